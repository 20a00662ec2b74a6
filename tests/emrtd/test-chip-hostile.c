/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chips that mean harm, and chips that are merely strange: at every command of every protocol. The
 * reading always ends, with a sentence, without a file that the issuer did not write, and a
 * document is never called good that was not read. */
#include "gs-document-verdict.h"
#include "gs-emrtd-error.h"
#include "gs-tampering-transport.h"
#include "gs-trust-material.h"
#include "gs-utopia-passport.h"
#include "gs-utopia-transport.h"

#include <glib/gstdio.h>
#include <string.h>

/* A picture of this many bytes; far beyond 32 kB, where READ BINARY takes its other form. */
#define LARGE_PICTURE (60 * 1024)
#define HUGE_PICTURE (300 * 1024)
#define OVERSIZE_PICTURE (600 * 1024)
/* Commands to the end of access control and chip authentication; behind them are only more pieces
 * of the same files, of which every so many is enough. */
#define EVERY_ONE 44
#define STRIDE 9

#define TIME_LIMIT_US (20 * G_USEC_PER_SEC)

static char *root;
static GsUtopiaCountry *country;
static GsAnchorSet *anchors;
static GPtrArray *revocation_lists;
static GsMrzDate today;

typedef struct
{
  const GsUtopiaVariant *variant;
  GsUtopiaPassport *issued;
  GsSimPassport *passport;
  GsSimChipFault fault;
  GsSimChip *chip;
  GsAccessKey key;
  GsMrz mrz;
} Laid;

typedef struct
{
  GsChipReading *reading;
  GsVerdict *verdict;
} Seen;

static void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->reading, gs_chip_reading_free);
  g_clear_pointer (&seen->verdict, gs_verdict_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static void
load_chip (Laid *laid, const char *folder)
{
  g_autoptr (GError) error = NULL;

  laid->passport = gs_sim_passport_load (folder, &error);
  g_assert_no_error (error);
  laid->chip = gs_sim_chip_new (laid->passport, &laid->fault, NULL);
}

/* file and its bytes stand in the place of what was issued; NULL for none. */
static void
lay (Laid *laid, const char *name, GBytes *portrait, const char *file, GBytes *bytes)
{
  g_autofree char *folder = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;
  GsUtopiaHolder holder = { .person = 3, .portrait = portrait };

  memset (laid, 0, sizeof *laid);
  laid->variant = gs_utopia_variant_find (name);
  g_assert_nonnull (laid->variant);
  laid->issued = gs_utopia_passport_new (country, laid->variant, &holder, &error);
  g_assert_no_error (error);
  gs_utopia_passport_write (laid->issued, folder, &error);
  g_assert_no_error (error);
  if (file != NULL)
    {
      g_autofree char *base = g_strconcat (file, ".bin", NULL);
      g_autofree char *path = g_build_filename (folder, base, NULL);
      gsize size;
      const char *data = g_bytes_get_data (bytes, &size);
      g_file_set_contents (path, data != NULL ? data : "", (gssize) size, &error);
      g_assert_no_error (error);
    }
  load_chip (laid, folder);
  const char *zone = gs_utopia_passport_get_mrz (laid->issued);
  g_assert_cmpint (gs_mrz_read ((const guint8 *) zone, strlen (zone), &today, &laid->mrz), ==,
                   GS_MRZ_OK);
  gs_access_key_from_mrz (&laid->key, &laid->mrz, &error);
  g_assert_no_error (error);
}

static void
take (Laid *laid)
{
  gs_sim_chip_free (laid->chip);
  gs_sim_passport_free (laid->passport);
  gs_utopia_passport_free (laid->issued);
  gs_sim_chip_fault_clear (&laid->fault);
  gs_access_key_clear (&laid->key);
}

/* Reads and judges; what holds for whatever a chip does is asserted here. */
static void
look (Laid *laid, GsTamperFunc func, gpointer user_data, Seen *seen)
{
  static const struct
  {
    GsChipFile file;
    const char *name;
  } files[] = { { GS_CHIP_FILE_DG1, "dg1" },   { GS_CHIP_FILE_SOD, "ef-sod" },
                { GS_CHIP_FILE_DG2, "dg2" },   { GS_CHIP_FILE_DG11, "dg11" },
                { GS_CHIP_FILE_DG14, "dg14" }, { GS_CHIP_FILE_DG15, "dg15" } };
  g_autoptr (GsChipTransport) chip = gs_utopia_transport_new (laid->chip);
  g_autoptr (GsChipTransport) between =
    func != NULL ? gs_tampering_transport_new (chip, func, user_data) : g_object_ref (chip);
  const GsChipPlan plan = { .time_limit_us = TIME_LIMIT_US };

  gs_sim_chip_reset (laid->chip);
  seen_clear (seen);
  seen->reading =
    gs_chip_reading_run (between, &laid->key, &plan, gs_random_source_system (), NULL);
  const GsDocumentInput input = { .reading = seen->reading,
                                  .optical = &laid->mrz,
                                  .gate = &laid->mrz,
                                  .anchors = anchors,
                                  .revocation_lists = revocation_lists,
                                  .now_utc_ms = g_get_real_time () / 1000,
                                  .today = today };
  seen->verdict = gs_document_verdict_run (&input);
  g_assert_cmpint (seen->reading->time_us, <, TIME_LIMIT_US + G_USEC_PER_SEC);
  g_assert_false (g_error_matches (seen->reading->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  const char *sentence = gs_verdict_get_sentence (gs_verdict_find (seen->verdict, "chip-opened"));
  g_assert_true (sentence != NULL && *sentence != '\0');
  sentence = gs_verdict_get_sentence (seen->verdict);
  if (gs_verdict_get_result (seen->verdict) != GS_CHECK_RESULT_SUCCESSFUL)
    {
      g_assert_true (sentence != NULL && *sentence != '\0');
      return;
    }
  /* Good is only what was signed and read as it was issued, from a chip that proved itself. */
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      GBytes *issued = gs_utopia_passport_get_file (laid->issued, files[i].name);
      if (issued == NULL)
        continue;
      g_assert_nonnull (seen->reading->files[files[i].file]);
      g_assert_true (g_bytes_equal (seen->reading->files[files[i].file], issued));
    }
  g_assert_true (seen->reading->chip_authentication == GS_CHECK_RESULT_SUCCESSFUL
                 || seen->reading->active_authentication == GS_CHECK_RESULT_SUCCESSFUL
                 || seen->reading->proof.proof != NULL);
}

/* ---- From one command on the chip misbehaves, for every command ---- */

static void
test_every_command (gconstpointer data)
{
  static const char *const faults[] = { "dies=%u",        "wrong-mac=%u",   "plain=%u",
                                        "garbage=%u",     "status=6982@%u", "status=6A82@%u",
                                        "status=6F00@%u", "status=9000@%u", "status=6282@%u" };
  Laid laid;
  g_auto (Seen) seen = { NULL, NULL };

  lay (&laid, data, NULL, NULL, NULL);
  look (&laid, NULL, NULL, &seen);
  g_assert_no_error (seen.reading->error);
  g_assert_cmpint (gs_verdict_get_result (seen.verdict), ==, GS_CHECK_RESULT_SUCCESSFUL);
  guint n_commands = seen.reading->n_commands, n_readings = 0;
  for (guint n = 1; n < n_commands; n += n < EVERY_ONE ? 1 : STRIDE)
    for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
      {
        g_autofree char *fault = g_strdup_printf (faults[i], n);
        g_autofree char *wrong = NULL;

        /* The first few at every command, of the status words one after the other. */
        if (i >= 4 && (i + n) % 5 != 0)
          continue;
        gs_sim_chip_fault_clear (&laid.fault);
        g_assert_true (gs_sim_chip_fault_add (&laid.fault, fault, &wrong));
        look (&laid, NULL, NULL, &seen);
        n_readings++;
        if (gs_verdict_get_result (seen.verdict) == GS_CHECK_RESULT_SUCCESSFUL)
          g_test_message ("%s of %u: good all the same", fault, n_commands);
        g_assert_cmpint (gs_verdict_get_result (seen.verdict), !=, GS_CHECK_RESULT_SUCCESSFUL);
      }
  g_test_message ("%u commands, %u readings", n_commands, n_readings);
  take (&laid);
}

/* ---- One answer alone is altered, for every command ---- */

typedef enum
{
  TAMPER_FLIP_FIRST,
  TAMPER_FLIP_MIDDLE,
  TAMPER_FLIP_STATUS,
  TAMPER_CUT_ONE,
  TAMPER_CUT_HALF,
  TAMPER_NOTHING_AT_ALL,
  TAMPER_STATUS_ALONE,
  TAMPER_LONGER,
  TAMPER_AS_LONG_AS_CAN_BE,
  TAMPER_TWICE,
  TAMPER_ECHO,
  TAMPER_LAST_ANSWER,
  N_TAMPERS
} Tamper;

typedef struct
{
  guint at;
  Tamper tamper;
  GBytes *last;
  gboolean done;
} One;

static GBytes *
alter (Tamper tamper, GBytes *command, GBytes *answer, GBytes *last)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (answer, &size);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_byte_array_append (out, bytes, (guint) size);
  switch (tamper)
    {
    case TAMPER_FLIP_FIRST:
      out->data[0] ^= 0x01;
      break;
    case TAMPER_FLIP_MIDDLE:
      out->data[size / 2] ^= 0x80;
      break;
    case TAMPER_FLIP_STATUS:
      out->data[size - 2] ^= 0x0a;
      break;
    case TAMPER_CUT_ONE:
      g_byte_array_remove_index (out, 0);
      break;
    case TAMPER_CUT_HALF:
      g_byte_array_set_size (out, (guint) size / 2);
      break;
    case TAMPER_NOTHING_AT_ALL:
      g_byte_array_set_size (out, 0);
      break;
    case TAMPER_STATUS_ALONE:
      g_byte_array_remove_range (out, 0, (guint) size - 2);
      break;
    case TAMPER_LONGER:
      g_byte_array_prepend (out, (const guint8 *) "SPECIMEN", 8);
      break;
    case TAMPER_AS_LONG_AS_CAN_BE:
      g_byte_array_set_size (out, 65538);
      memset (out->data + size, 0x7c, 65538 - size);
      memcpy (out->data + 65536, "\x90\x00", 2);
      break;
    case TAMPER_TWICE:
      g_byte_array_append (out, bytes, (guint) size);
      break;
    case TAMPER_ECHO:
      return g_bytes_ref (command);
    default:
      return g_bytes_ref (last != NULL ? last : answer);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
alter_one (guint number, GBytes *command, GsChipTransport *chip, gpointer user_data, GError **error)
{
  One *one = user_data;
  g_autoptr (GBytes) answer = gs_chip_transport_transmit (chip, command, NULL, error);

  if (answer == NULL)
    return NULL;
  if (number != one->at)
    {
      g_clear_pointer (&one->last, g_bytes_unref);
      one->last = g_bytes_ref (answer);
      return g_steal_pointer (&answer);
    }
  one->done = TRUE;
  return alter (one->tamper, command, answer, one->last);
}

static void
test_one_answer (gconstpointer data)
{
  Laid laid;
  g_auto (Seen) seen = { NULL, NULL };
  guint counts[2] = { 0, 0 };

  lay (&laid, data, NULL, NULL, NULL);
  look (&laid, NULL, NULL, &seen);
  guint n_commands = seen.reading->n_commands;
  for (guint n = 0; n < n_commands; n += n < EVERY_ONE ? 1 : 4 * STRIDE)
    for (Tamper tamper = 0; tamper < N_TAMPERS; tamper++)
      {
        One one = { .at = n, .tamper = tamper };

        if ((tamper + n) % 3 != 0)
          continue;
        look (&laid, alter_one, &one, &seen);
        g_clear_pointer (&one.last, g_bytes_unref);
        g_assert_true (one.done);
        counts[gs_verdict_get_result (seen.verdict) == GS_CHECK_RESULT_SUCCESSFUL]++;
      }
  /* A session that broke once is opened again, so many of them are read whole. */
  g_test_message ("%u readings were good all the same, %u not", counts[1], counts[0]);
  g_assert_cmpuint (counts[0], >, 0);
  take (&laid);
}

/* ---- Chips that are strange, but not wrong ---- */

/* Every answer in pieces, the next of which has to be fetched (ISO/IEC 7816-4, 61xx). */
typedef struct
{
  gsize piece;
  GByteArray *kept;
  guint n_fetched;
} Pieces;

static GBytes *
give_piece (Pieces *pieces)
{
  guint count = (guint) MIN (pieces->piece, pieces->kept->len - 2);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_byte_array_append (out, pieces->kept->data, count);
  g_byte_array_remove_range (pieces->kept, 0, count);
  if (pieces->kept->len > 2)
    {
      const guint8 more[] = { 0x61, (guint8) MIN (pieces->piece, pieces->kept->len - 2) };
      g_byte_array_append (out, more, 2);
    }
  else
    {
      g_byte_array_append (out, pieces->kept->data, 2);
      g_byte_array_set_size (pieces->kept, 0);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
give_in_pieces (
  guint number, GBytes *command, GsChipTransport *chip, gpointer user_data, GError **error)
{
  Pieces *pieces = user_data;
  const guint8 *bytes = g_bytes_get_data (command, NULL);

  (void) number;
  if (bytes[1] != 0xc0)
    {
      g_autoptr (GBytes) answer = gs_chip_transport_transmit (chip, command, NULL, error);
      gsize size;

      if (answer == NULL)
        return NULL;
      bytes = g_bytes_get_data (answer, &size);
      g_byte_array_set_size (pieces->kept, 0);
      g_byte_array_append (pieces->kept, bytes, (guint) size);
      return give_piece (pieces);
    }
  g_assert_cmpuint (bytes[0] & 0x0c, ==, 0);
  if (pieces->kept->len < 2)
    return g_bytes_new_static ("\x6f\x00", 2);
  pieces->n_fetched++;
  return give_piece (pieces);
}

static void
test_in_pieces (gconstpointer data)
{
  static const gsize sizes[] = { 1, 16, 100, 255 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Laid laid;
      g_auto (Seen) seen = { NULL, NULL };
      Pieces pieces = { .piece = sizes[i], .kept = g_byte_array_new () };

      lay (&laid, data, NULL, NULL, NULL);
      look (&laid, give_in_pieces, &pieces, &seen);
      g_assert_no_error (seen.reading->error);
      g_assert_cmpint (gs_verdict_get_result (seen.verdict), ==, GS_CHECK_RESULT_SUCCESSFUL);
      if (sizes[i] < 200)
        g_assert_cmpuint (pieces.n_fetched, >, 10);
      g_byte_array_unref (pieces.kept);
      take (&laid);
    }
}

/* The country's blank picture with a comment in it, until it has that many bytes. */
static GBytes *
inflate (GBytes *dg2, gsize wanted)
{
  gsize size, end;
  const guint8 *bytes = g_bytes_get_data (dg2, &size);
  const guint8 *start = memmem (bytes, size, "\xff\xd8\xff", 3);
  GByteArray *out = g_byte_array_new ();

  g_assert_nonnull (start);
  end = size - (gsize) (start - bytes);
  g_byte_array_append (out, start, 2);
  while (out->len + end < wanted)
    {
      gsize count = MIN (wanted - out->len - end + 4, 65533);
      const guint8 head[] = { 0xff, 0xfe, (guint8) ((count + 2) >> 8), (guint8) (count + 2) };
      g_autofree guint8 *filling = g_malloc (count);

      for (gsize i = 0; i < count; i++)
        filling[i] = (guint8) ("SPECIMEN"[i % 8] ^ (i >> 8));
      g_byte_array_append (out, head, 4);
      g_byte_array_append (out, filling, (guint) count);
    }
  g_byte_array_append (out, start + 2, (guint) end - 2);
  return g_byte_array_free_to_bytes (out);
}

static void
lay_with_picture (Laid *laid, const char *name, gsize size)
{
  Laid small;

  lay (&small, name, NULL, NULL, NULL);
  g_autoptr (GBytes) portrait = inflate (gs_utopia_passport_get_file (small.issued, "dg2"), size);
  take (&small);
  lay (laid, name, portrait, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (gs_utopia_passport_get_file (laid->issued, "dg2")), >, size);
}

static void
test_large_picture (gconstpointer data)
{
  static const gsize sizes[] = { LARGE_PICTURE, HUGE_PICTURE };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Laid laid;
      g_auto (Seen) seen = { NULL, NULL };

      lay_with_picture (&laid, data, sizes[i]);
      look (&laid, NULL, NULL, &seen);
      g_test_message ("%" G_GSIZE_FORMAT " bytes: %u commands, %.1f ms", sizes[i],
                      seen.reading->n_commands, (double) seen.reading->time_us / 1000.0);
      g_assert_no_error (seen.reading->error);
      g_assert_no_error (seen.reading->errors[GS_CHIP_FILE_DG2]);
      g_assert_cmpint (gs_verdict_get_result (seen.verdict), ==, GS_CHECK_RESULT_SUCCESSFUL);
      take (&laid);
    }
}

static void
test_oversize_picture (void)
{
  Laid laid;
  g_auto (Seen) seen = { NULL, NULL };

  lay_with_picture (&laid, "genuine", OVERSIZE_PICTURE);
  look (&laid, NULL, NULL, &seen);
  g_assert_no_error (seen.reading->error);
  g_assert_error (seen.reading->errors[GS_CHIP_FILE_DG2], GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT);
  g_assert_cmpint (gs_verdict_get_result (seen.verdict), ==, GS_CHECK_RESULT_UNDETERMINED);
  take (&laid);
}

/* ---- Files whose headers lie ---- */

static void
test_lying_header (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
  } heads[] = {
    { "", 0 },
    { "\x61", 1 },
    { "\x61\x80\x00\x00", 4 },
    { "\x61\x84\xff\xff\xff\xff\x5f\x1f", 8 },
    { "\x61\x85\x00\x00\x00\x00\x01\x00", 8 },
    { "\x61\x83\x08\x00\x01\x5f\x1f\x58", 8 },
    { "\x61\x82\x7f\xff\x5f\x1f\x58\x50", 8 },
    { "\x61\x00\x00\x00\x00\x00\x00\x00", 8 },
    { "\x7f\xff\xff\xff\xff\xff\xff\xff", 8 },
    { "\x61\x5b\x5f\x1f\x84\xff\xff\xff\xff\xff\xff\xff", 12 },
    { "\x00\x00\x00\x00\x00\x00\x00\x00", 8 },
    { "\xff\xff\xff\xff\xff\xff\xff\xff", 8 },
  };
  static const char *const files[] = { "dg1", "ef-sod", "dg2", "dg14", "ef-com", "ef-card-access" };

  for (gsize f = 0; f < G_N_ELEMENTS (files); f++)
    for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
      {
        Laid laid;
        g_auto (Seen) seen = { NULL, NULL };
        g_autoptr (GBytes) bytes = g_bytes_new_static (heads[i].bytes, heads[i].size);

        lay (&laid, "genuine", NULL, files[f], bytes);
        g_test_message ("%s as %" G_GSIZE_FORMAT, files[f], i);
        look (&laid, NULL, NULL, &seen);
        /* BAC opens the chip too; and nobody signed EF.COM, which EF.SOD replaces. */
        if (!g_str_equal (files[f], "ef-card-access") && !g_str_equal (files[f], "ef-com"))
          g_assert_cmpint (gs_verdict_get_result (seen.verdict), !=, GS_CHECK_RESULT_SUCCESSFUL);
        take (&laid);
      }
}

/* ---- A key that somebody else signed ---- */

/* The key of DG14 is not at hand, so chip authentication is refused. */
static GBytes *
refuse_authentication (
  guint number, GBytes *command, GsChipTransport *chip, gpointer user_data, GError **error)
{
  static const guint8 header[] = { 0x0c, 0x22, 0x41 };

  (void) number;
  (void) user_data;
  if (memcmp (g_bytes_get_data (command, NULL), header, sizeof header) == 0)
    return g_bytes_new_static ("\x6a\x80", 2);
  return gs_chip_transport_transmit (chip, command, NULL, error);
}

/* EF.CardSecurity is signed apart from EF.SOD. A copy of a passport may bring its own key, signed
 * by another state's signer, or by one whose key was stolen and is revoked since. */
static void
test_foreign_card_security (void)
{
  static const GsUtopiaSignerKind signers[] = { GS_UTOPIA_SIGNER_P256, GS_UTOPIA_SIGNER_FOREIGN,
                                                GS_UTOPIA_SIGNER_REVOKED, GS_UTOPIA_SIGNER_FORGED };

  for (gsize i = 0; i < G_N_ELEMENTS (signers); i++)
    {
      GsUtopiaVariant other = *gs_utopia_variant_find ("pace-cam");
      GsUtopiaHolder holder = { .person = 3 };
      g_autoptr (GError) error = NULL;
      Laid laid;
      g_auto (Seen) seen = { NULL, NULL };

      other.signer = signers[i];
      g_autoptr (GsUtopiaPassport) issued =
        gs_utopia_passport_new (country, &other, &holder, &error);
      g_assert_no_error (error);
      lay (&laid, "pace-cam", NULL, "ef-card-security",
           gs_utopia_passport_get_file (issued, "ef-card-security"));
      look (&laid, refuse_authentication, NULL, &seen);
      g_assert_no_error (seen.reading->error);
      g_assert_nonnull (seen.reading->proof.proof);
      const GsVerdict *copy = gs_verdict_find (seen.verdict, "not-a-copy");
      g_autofree char *text = gs_verdict_to_text (copy, TRUE);
      g_test_message ("%s", text);
      g_assert_cmpint (gs_verdict_get_result (copy), ==,
                       signers[i] == GS_UTOPIA_SIGNER_P256 ? GS_CHECK_RESULT_SUCCESSFUL
                                                           : GS_CHECK_RESULT_UNDETERMINED);
      take (&laid);
    }
}

/* ---- */

static void
load_trust (const char *folder)
{
  static const char *const files[] = { "master-list.ml", "utopia-1.crl", "utopia-2.crl",
                                       "nusquama.crl" };
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, "lists", files[i], NULL);
      g_autoptr (GError) error = NULL;

      gs_trust_material_read_path (material, path, &error);
      g_assert_no_error (error);
    }
  anchors = gs_trust_material_make_anchors (material, NULL);
  revocation_lists = g_ptr_array_ref (gs_trust_material_get_revocation_lists (material));
}

static void
prepare (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_date_time_get_ymd (now, &today.year, &today.month, &today.day);
  root = g_dir_make_tmp ("gateside-hostile-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *folder = g_build_filename (root, "country", NULL);
  country = gs_utopia_country_open (folder, 1, g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  gs_utopia_country_publish (country, &error);
  g_assert_no_error (error);
  load_trust (folder);
}

int
main (int argc, char **argv)
{
  static const char *const variants[] = { "genuine",  "bac-aa-rsa", "bac-aa-ec", "bac-ca",
                                          "pace-cam", "pace-im",    "ca-dh" };

  g_test_init (&argc, &argv, NULL);
  prepare ();
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *every = g_strconcat ("/chip-hostile/every-command/", variants[i], NULL);
      g_test_add_data_func (every, variants[i], test_every_command);
    }
  g_test_add_data_func ("/chip-hostile/one-answer/pace", "genuine", test_one_answer);
  g_test_add_data_func ("/chip-hostile/one-answer/bac", "bac-aa-rsa", test_one_answer);
  g_test_add_data_func ("/chip-hostile/one-answer/cam", "pace-cam", test_one_answer);
  g_test_add_data_func ("/chip-hostile/in-pieces/pace", "genuine", test_in_pieces);
  g_test_add_data_func ("/chip-hostile/in-pieces/bac", "bac-aa-rsa", test_in_pieces);
  g_test_add_data_func ("/chip-hostile/large-picture/aes", "genuine", test_large_picture);
  g_test_add_data_func ("/chip-hostile/large-picture/3des", "bac-aa-rsa", test_large_picture);
  g_test_add_func ("/chip-hostile/oversize-picture", test_oversize_picture);
  g_test_add_func ("/chip-hostile/lying-header", test_lying_header);
  g_test_add_func ("/chip-hostile/foreign-card-security", test_foreign_card_security);
  int status = g_test_run ();
  gs_utopia_country_free (country);
  gs_anchor_set_unref (anchors);
  g_ptr_array_unref (revocation_lists);
  if (status == 0)
    {
      const char *arguments[] = { "rm", "-rf", root, NULL };
      g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                    NULL, NULL);
    }
  g_free (root);
  return status;
}
