/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seals made with a key that openssl made, in a file and on a SoftHSM token: openssl verifies the
 * signature, ZXingReader and dmtxread read the symbol, and so does the reader of this project. */
#include "gs-seal-error.h"
#include "gs-seal-matrix.h"
#include "gs-seal-reader.h"
#include "gs-seal-verdict.h"
#include "gs-sealer.h"

#include <glib/gstdio.h>
#include <string.h>

#define PIN "4711"
#define WAIT_US (20 * G_USEC_PER_SEC)

static char *folder;
/* The certificates are made while the test runs, and are valid from then on. */
static GsSealDate today;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* Runs a command in the folder; its standard output. NULL when it failed or is not there. */
static GBytes *
run (const char *const *words, gboolean must)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  GBytes *out = NULL;

  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, words, &error);
  if (process == NULL)
    {
      g_assert_false (must);
      return NULL;
    }
  g_subprocess_communicate (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_successful (process))
    return out;
  g_bytes_unref (out);
  g_assert_false (must);
  return NULL;
}

#define RUN(...) run ((const char *const[]){ __VA_ARGS__, NULL }, TRUE)
#define TRY(...) run ((const char *const[]){ __VA_ARGS__, NULL }, FALSE)

static void
make_key (const char *name, const char *curve, const char *subject)
{
  g_autofree char *key = g_strconcat (name, ".key", NULL);
  g_autofree char *certificate = g_strconcat (name, ".pem", NULL);
  g_autofree char *option = g_strconcat ("ec_paramgen_curve:", curve, NULL);

  g_bytes_unref (RUN ("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", option, "-pkeyopt",
                      "ec_param_enc:named_curve", "-out", key));
  g_bytes_unref (RUN ("openssl", "req", "-x509", "-new", "-key", key, "-subj", subject, "-days",
                      "30000", "-set_serial", "0x1a", "-out", certificate));
}

/* --- the main context ------------------------------------------------------------------------- */

typedef struct
{
  gboolean done;
  gpointer result;
  GError *error;
} Wait;

static void
on_sealed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = gs_sealer_seal_finish (GS_SEALER (source), result, &wait->error);
  wait->done = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = gs_seal_reader_read_finish (result, &wait->error);
  wait->done = TRUE;
}

static gpointer
wait_for (Wait *wait)
{
  gint64 deadline_monotonic_us = g_get_monotonic_time () + WAIT_US;

  while (!wait->done && g_get_monotonic_time () < deadline_monotonic_us)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (wait->done);
  return wait->result;
}

static GsSealer *
open_sealer (const char *key, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsSealSigner) signer = gs_seal_signer_new (key, &error);
  g_autofree char *certificate = path_of (name);
  GsSealer *sealer;

  g_assert_no_error (error);
  sealer = gs_sealer_new (signer, certificate, "UTO", NULL, &error);
  g_assert_no_error (error);
  return sealer;
}

static GsSealed *
seal (GsSealer *sealer, guint patience_ms, GError **error)
{
  GsSealImprint imprint;
  Wait wait = { 0 };
  GsSealed *sealed;

  g_assert_true (gs_seal_imprint_init (&imprint, "UTO-D3 004217", GS_DIRECTION_ARRIVAL,
                                       GS_SEAL_TRANSPORT_AIR, "AMA", &today, "UTO", "L898902C3",
                                       NULL));
  gs_sealer_seal_async (sealer, &imprint, &today, patience_ms, NULL, on_sealed, &wait);
  sealed = wait_for (&wait);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return sealed;
}

static GsSealed *
seal_well (GsSealer *sealer)
{
  g_autoptr (GError) error = NULL;
  GsSealed *sealed = seal (sealer, GS_SEALER_PATIENCE_MS, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (sealed->bytes), ==, GS_SEAL_IMPRINT_MAX_BYTES);
  g_assert_cmpuint (gs_seal_symbol_get_side (sealed->symbol), ==, 40);
  return sealed;
}

static GsCheckResult
judge (GsSealer *sealer, GBytes *bytes, const char *number)
{
  g_autoptr (GsSealRing) ring = gs_seal_ring_new ();
  GsSealInput input = {
    .bytes = bytes, .ring = ring, .today = today, .state = "UTO", .number = number
  };
  g_autoptr (GsVerdict) verdict = NULL;

  gs_seal_ring_add (ring, gs_sealer_get_key (sealer));
  verdict = gs_seal_verdict_run (&input);
  return gs_verdict_get_result (verdict);
}

/* --- the file --------------------------------------------------------------------------------- */

static void
test_file (void)
{
  g_autofree char *key = path_of ("good.key");
  g_autoptr (GsSealer) sealer = open_sealer (key, "good.pem");
  g_autoptr (GsSealed) sealed = seal_well (sealer);
  g_autoptr (GsSeal) read = gs_seal_new (sealed->bytes, NULL);

  g_assert_cmpstr (gs_sealer_get_signer (sealer), ==, "UTGS");
  g_assert_cmpstr (gs_seal_get_header (read)->signer, ==, "UTGS");
  g_assert_cmpstr (gs_seal_get_header (read)->reference, ==, "1A");
  g_assert_cmpint (judge (sealer, sealed->bytes, "L898902C3"), ==, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_cmpint (judge (sealer, sealed->bytes, NULL), ==, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_cmpint (judge (sealer, sealed->bytes, "L898902C4"), ==, GS_CHECK_RESULT_FAILED);
}

static void
append_integer (GByteArray *out, const guint8 *bytes)
{
  const guint8 head[] = { 0x02, bytes[0] >= 0x80 ? 33 : 32, 0 };

  g_byte_array_append (out, head, bytes[0] >= 0x80 ? 3 : 2);
  g_byte_array_append (out, bytes, 32);
}

/* Not with the code of this project: openssl's program, and DER written here. */
static void
test_openssl (void)
{
  g_autofree char *key = path_of ("good.key");
  g_autoptr (GsSealer) sealer = open_sealer (key, "good.pem");

  for (guint turn = 0; turn < 3; turn++)
    {
      g_autoptr (GsSealed) sealed = seal_well (sealer);
      gsize size;
      const guint8 *bytes = g_bytes_get_data (sealed->bytes, &size);
      const guint8 *rs = bytes + size - 64;
      g_autoptr (GByteArray) der = g_byte_array_new ();
      g_autofree char *signature = path_of ("signature");
      g_autofree char *data = path_of ("data");
      guint8 head[] = { 0x30, 0 };

      /* A leading zero byte would need a shorter integer; take another signature then. */
      if (rs[0] == 0 || rs[32] == 0)
        continue;
      g_assert_cmpint (rs[-2], ==, 0xff);
      g_assert_cmpint (rs[-1], ==, 0x40);
      g_byte_array_append (der, head, 2);
      append_integer (der, rs);
      append_integer (der, rs + 32);
      der->data[1] = (guint8) (der->len - 2);
      g_file_set_contents (signature, (char *) der->data, (gssize) der->len, NULL);
      g_file_set_contents (data, (const char *) bytes, (gssize) size - 66, NULL);
      g_bytes_unref (
        RUN ("openssl", "x509", "-in", "good.pem", "-pubkey", "-noout", "-out", "good.pub"));
      g_autoptr (GBytes) said = RUN ("openssl", "dgst", "-sha256", "-verify", "good.pub",
                                     "-signature", "signature", "data");
      g_assert_true (
        g_str_has_prefix ((const char *) g_bytes_get_data (said, NULL), "Verified OK"));
    }
}

/* --- the symbol ------------------------------------------------------------------------------- */

/* Modules of 7 dots, as on a stamp of 600 dpi, with white around. */
static GBytes *
draw (const GsSealSymbol *symbol)
{
  guint side = (gs_seal_symbol_get_side (symbol) + 6) * 7;
  GByteArray *out = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("P5\n%u %u\n255\n", side, side);

  g_byte_array_append (out, (guint8 *) head, (guint) strlen (head));
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      {
        /* Unsigned: what lies before the symbol is far behind it, and light. */
        guint8 dot = gs_seal_symbol_get (symbol, x / 7 - 3, y / 7 - 3) ? 0 : 255;

        g_byte_array_append (out, &dot, 1);
      }
  return g_byte_array_free_to_bytes (out);
}

static void
expect_peer (GBytes *said, GBytes *bytes, const char *peer)
{
  if (said == NULL)
    {
      g_test_message ("%s is not there", peer);
      g_test_skip ("a reader of Data Matrix symbols is missing");
      return;
    }
  g_assert_true (g_bytes_equal (said, bytes));
  g_bytes_unref (said);
}

static void
test_symbol (void)
{
  g_autofree char *key = path_of ("good.key");
  g_autoptr (GsSealer) sealer = open_sealer (key, "good.pem");
  g_autoptr (GsSealed) sealed = seal_well (sealer);
  g_autoptr (GBytes) picture = draw (sealed->symbol);
  g_autofree char *file = path_of ("symbol.pgm");
  g_autoptr (GsSealReading) reading = NULL;
  Wait wait = { 0 };
  gsize size;
  const char *data = g_bytes_get_data (picture, &size);

  g_file_set_contents (file, data, (gssize) size, NULL);
  expect_peer (TRY ("ZXingReader", "-bytes", file), sealed->bytes, "ZXingReader");
  expect_peer (TRY ("dmtxread", "-N1", file), sealed->bytes, "dmtxread");
  gs_seal_reader_read_async (picture, GS_SEAL_READER_PATIENCE_MS, NULL, on_read, &wait);
  reading = wait_for (&wait);
  g_assert_no_error (wait.error);
  g_assert_cmpuint (reading->found->len, ==, 1);
  const GsSealFound *found = g_ptr_array_index (reading->found, 0);
  g_assert_true (g_bytes_equal (found->bytes, sealed->bytes));
  g_assert_cmpint ((int) gs_seal_found_get_x (found) / 20, ==, 46 * 7 / 2 / 20);
}

/* The largest message is the last that fits into 40 × 40. */
static void
test_symbol_sizes (void)
{
  guint8 bytes[2100];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (0x80 + i * 37 % 0x7f);
  for (gsize size = 100; size <= 113; size++)
    {
      g_autoptr (GBytes) data = g_bytes_new (bytes, size);
      g_autoptr (GsSealSymbol) symbol = gs_seal_matrix_encode (data, NULL);

      g_assert_cmpuint (gs_seal_symbol_get_side (symbol), ==, size <= 112 ? 40 : 44);
    }
  g_autoptr (GBytes) large = g_bytes_new (bytes, sizeof bytes);
  g_autoptr (GBytes) none = g_bytes_new (bytes, 0);
  g_autoptr (GError) error = NULL;
  g_assert_null (gs_seal_matrix_encode (large, &error));
  g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SYMBOL);
  g_assert_null (gs_seal_matrix_encode (none, NULL));
}

/* --- what goes wrong -------------------------------------------------------------------------- */

static void
expect_failure (const char *key, const char *certificate, int code)
{
  g_autofree char *path =
    g_str_has_prefix (key, "pkcs11:") ? g_strdup (key) : g_build_filename (folder, key, NULL);
  g_autoptr (GsSealer) sealer = open_sealer (path, certificate);
  g_autoptr (GError) error = NULL;

  g_assert_null (seal (sealer, GS_SEALER_PATIENCE_MS, &error));
  g_assert_error (error, GS_SEAL_ERROR, code);
}

static void
test_failures (void)
{
  g_autofree char *garbage = path_of ("garbage.key");

  g_file_set_contents (garbage, "no key", -1, NULL);
  expect_failure ("missing.key", "good.pem", GS_SEAL_ERROR_SIGNER);
  expect_failure ("garbage.key", "good.pem", GS_SEAL_ERROR_KEY);
  /* A certificate of another key: found before anything is printed. */
  expect_failure ("other.key", "good.pem", GS_SEAL_ERROR_KEY);
}

static void
refuse_certificate (const char *name, const char *signer)
{
  g_autofree char *key = path_of ("good.key");
  g_autofree char *certificate = path_of (name);
  g_autoptr (GsSealSigner) file = gs_seal_signer_new (key, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_sealer_new (file, certificate, "UTO", signer, &error));
  g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY);
}

static void
test_certificates (void)
{
  g_autofree char *key = path_of ("named.key");
  g_autofree char *certificate = path_of ("named.pem");
  g_autoptr (GsSealSigner) file = gs_seal_signer_new (key, NULL);
  g_autoptr (GsSealer) sealer = NULL;

  refuse_certificate ("missing.pem", NULL);
  refuse_certificate ("good.key", NULL);
  refuse_certificate ("large.pem", NULL);
  refuse_certificate ("named.pem", NULL);
  refuse_certificate ("good.pem", "UTGSX");
  sealer = gs_sealer_new (file, certificate, "UTO", "UTXX", NULL);
  g_assert_nonnull (sealer);
  g_assert_cmpstr (gs_sealer_get_signer (sealer), ==, "UTXX");
}

/* --- a signer that takes its time ------------------------------------------------------------- */

#define TEST_TYPE_SLOW (test_slow_get_type ())
G_DECLARE_FINAL_TYPE (TestSlow, test_slow, TEST, SLOW, GObject)

struct _TestSlow
{
  GObject parent_instance;
  GMutex mutex;
  GCond cond;
  gboolean go_on;
};

static GBytes *
slow_sign (GsSealSigner *signer, const guint8 *digest, gsize size, gsize wanted, GError **error)
{
  TestSlow *self = TEST_SLOW (signer);

  g_mutex_lock (&self->mutex);
  while (!self->go_on)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SIGNER, "it is too late");
  return NULL;
}

static void
slow_interface (GsSealSignerInterface *interface)
{
  interface->sign = slow_sign;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSlow,
                               test_slow,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_SEAL_SIGNER, slow_interface))

static void
test_slow_class_init (TestSlowClass *class)
{
}

static void
test_slow_init (TestSlow *self)
{
}

static void
test_slow_signer (void)
{
  g_autoptr (TestSlow) slow = g_object_new (TEST_TYPE_SLOW, NULL);
  g_autofree char *certificate = path_of ("good.pem");
  g_autoptr (GsSealer) sealer =
    gs_sealer_new (GS_SEAL_SIGNER (slow), certificate, "UTO", NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (seal (sealer, 50, &error));
  g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SLOW);
  g_mutex_lock (&slow->mutex);
  slow->go_on = TRUE;
  g_cond_signal (&slow->cond);
  g_mutex_unlock (&slow->mutex);
}

/* --- the token -------------------------------------------------------------------------------- */

static gboolean
make_token (void)
{
  g_autofree char *tokens = path_of ("tokens");
  g_autofree char *configuration = path_of ("softhsm2.conf");
  g_autofree char *text = g_strdup_printf ("directories.tokendir = %s\n", tokens);
  g_autofree char *pin = path_of ("pin");
  GBytes *said;

  g_mkdir (tokens, 0700);
  g_file_set_contents (configuration, text, -1, NULL);
  g_file_set_contents (pin, PIN "\n", -1, NULL);
  g_setenv ("SOFTHSM2_CONF", configuration, TRUE);
  said = TRY ("softhsm2-util", "--init-token", "--free", "--label", "seal", "--pin", PIN,
              "--so-pin", "123456");
  if (said == NULL)
    return FALSE;
  g_bytes_unref (said);
  g_bytes_unref (RUN ("softhsm2-util", "--import", "good.key", "--token", "seal", "--label",
                      "stamp", "--id", "01", "--pin", PIN));
  return TRUE;
}

static void
test_token (void)
{
  g_autofree char *by_file =
    g_strdup_printf ("pkcs11:token=seal;object=stamp?pin-source=file:%s/pin", folder);

  if (!make_token ())
    {
      g_test_skip ("SoftHSM2 is missing");
      return;
    }
  const char *const addresses[] = { "pkcs11:token=seal;id=%01?pin-value=" PIN, by_file };
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GsSealer) sealer = open_sealer (addresses[i], "good.pem");
      g_autoptr (GsSealed) sealed = seal_well (sealer);
      g_autoptr (GsSealed) again = seal_well (sealer);

      g_assert_cmpint (judge (sealer, sealed->bytes, "L898902C3"), ==, GS_CHECK_RESULT_SUCCESSFUL);
      g_assert_false (g_bytes_equal (sealed->bytes, again->bytes));
    }
  expect_failure ("pkcs11:token=other;object=stamp?pin-value=" PIN, "good.pem",
                  GS_SEAL_ERROR_SIGNER);
  expect_failure ("pkcs11:token=seal;object=stamp?pin-value=0000", "good.pem",
                  GS_SEAL_ERROR_SIGNER);
  expect_failure ("pkcs11:token=seal;object=nothing?pin-value=" PIN, "good.pem",
                  GS_SEAL_ERROR_SIGNER);
  expect_failure ("pkcs11:token=seal;object=stamp?pin-source=/nowhere/pin", "good.pem",
                  GS_SEAL_ERROR_SIGNER);
  expect_failure ("pkcs11:token=seal;object=stamp?pin-value=" PIN, "other.pem", GS_SEAL_ERROR_KEY);
}

static void
test_address (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_seal_signer_new ("pkcs11:no-such-part=1", &error));
  g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDateTime) now = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  now = g_date_time_new_now_utc ();
  today.year = g_date_time_get_year (now);
  today.month = g_date_time_get_month (now);
  today.day = g_date_time_get_day_of_month (now);
  folder = g_dir_make_tmp ("gateside-sealer-XXXXXX", NULL);
  make_key ("good", "brainpoolP256r1", "/C=UT/CN=GS");
  make_key ("other", "brainpoolP256r1", "/C=UT/CN=GS");
  make_key ("large", "brainpoolP384r1", "/C=UT/CN=GS");
  make_key ("named", "P-256", "/C=UT/CN=Seal Signer SPECIMEN");
  g_test_add_func ("/seal/sealer/file", test_file);
  g_test_add_func ("/seal/sealer/openssl", test_openssl);
  g_test_add_func ("/seal/sealer/symbol", test_symbol);
  g_test_add_func ("/seal/sealer/symbol-sizes", test_symbol_sizes);
  g_test_add_func ("/seal/sealer/failures", test_failures);
  g_test_add_func ("/seal/sealer/certificates", test_certificates);
  g_test_add_func ("/seal/sealer/slow", test_slow_signer);
  g_test_add_func ("/seal/sealer/address", test_address);
  g_test_add_func ("/seal/sealer/token", test_token);
  status = g_test_run ();
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  if (!g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL))
    status = 1;
  g_free (folder);
  return status;
}
