/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ipp-codec.h"

#include <cups/cups.h>
#include <string.h>

#define URI "ipps://localhost:631/ipp/print"

static ssize_t
append (void *context, ipp_uchar_t *data, size_t len)
{
  g_byte_array_append (context, data, (guint) len);
  return (ssize_t) len;
}

static GBytes *
encode (ipp_t *answer)
{
  GByteArray *bytes = g_byte_array_new ();

  ippSetState (answer, IPP_STATE_IDLE);
  while (ippWriteIO (bytes, append, 1, NULL, answer) != IPP_STATE_DATA)
    ;
  ippDelete (answer);
  return g_byte_array_free_to_bytes (bytes);
}

static ipp_t *
answer_new (int status, int request_id)
{
  ipp_t *answer = ippNew ();

  ippSetVersion (answer, 2, 0);
  ippSetStatusCode (answer, (ipp_status_t) status);
  ippSetRequestId (answer, request_id);
  ippAddString (answer, IPP_TAG_OPERATION, IPP_TAG_CHARSET, "attributes-charset", NULL, "utf-8");
  ippAddString (answer, IPP_TAG_OPERATION, IPP_TAG_LANGUAGE, "attributes-natural-language", NULL,
                "en");
  return answer;
}

static GsPrinterStatus *
read_printer (ipp_t *answer, GError **error)
{
  g_autoptr (GBytes) bytes = encode (answer);

  return gs_ipp_codec_read_printer (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 7,
                                    error);
}

static gboolean
read_done (ipp_t *answer, gboolean exactly, gboolean want_job_id, int *job_id, GError **error)
{
  g_autoptr (GBytes) bytes = encode (answer);

  return gs_ipp_codec_read_done (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 7,
                                 exactly, want_job_id, job_id, error);
}

static GPtrArray *
read_jobs (ipp_t *answer, GError **error)
{
  g_autoptr (GBytes) bytes = encode (answer);

  return gs_ipp_codec_read_jobs (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 7,
                                 error);
}

static gboolean
holds (GBytes *message, const char *text)
{
  gsize len;
  const char *data = g_bytes_get_data (message, &len);

  return memmem (data, len, text, strlen (text)) != NULL;
}

/* RFC 8010 section 3.1.1: version, operation, request-id. */
static void
assert_head (GBytes *message, int operation, int request_id)
{
  const guint8 *data = g_bytes_get_data (message, NULL);

  g_assert_cmpuint (g_bytes_get_size (message), >, 8);
  g_assert_cmpint (data[0], ==, 2);
  g_assert_cmpint (data[1], ==, 0);
  g_assert_cmpint (data[2] << 8 | data[3], ==, operation);
  g_assert_cmpint (data[4] << 24 | data[5] << 16 | data[6] << 8 | data[7], ==, request_id);
  g_assert_cmpint (data[g_bytes_get_size (message) - 1], ==, IPP_TAG_END);
}

static void
test_requests (void)
{
  g_autoptr (GBytes) attributes = gs_ipp_codec_get_printer_attributes (URI, 1);
  g_autoptr (GBytes) create =
    gs_ipp_codec_create_job (URI, 2, "the-stamp", (GsPrintMedia){ 4500, 3500 }, 600);
  g_autoptr (GBytes) send = gs_ipp_codec_send_document (URI, 3, 77, TRUE);
  g_autoptr (GBytes) plain = gs_ipp_codec_send_document (URI, 3, 77, FALSE);
  g_autoptr (GBytes) job = gs_ipp_codec_get_job_attributes (URI, 4, 77);
  g_autoptr (GBytes) jobs = gs_ipp_codec_get_jobs (URI, 5, "completed");
  g_autoptr (GBytes) cancel = gs_ipp_codec_cancel_job (URI, 6, 77);

  assert_head (attributes, 0x000b, 1);
  assert_head (create, 0x0005, 2);
  assert_head (send, 0x0006, 3);
  assert_head (job, 0x0009, 4);
  assert_head (jobs, 0x000a, 5);
  assert_head (cancel, 0x0008, 6);
  g_assert_true (holds (create, "the-stamp"));
  g_assert_true (holds (create, "ipp-attribute-fidelity"));
  g_assert_true (holds (send, "gzip"));
  g_assert_false (holds (plain, "gzip"));
  g_assert_true (holds (send, "image/pwg-raster"));
}

static void
test_status (void)
{
  static const char *const reasons[] = { "media-jam-error", "marker-supply-low-warning" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = NULL;
  ipp_t *answer = answer_new (0x0000, 7);

  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_STOPPED);
  ippAddStrings (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", 2, NULL,
                 reasons);
  ippAddBoolean (answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs", 1);
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-impressions-completed", 41);
  ippAddResolution (answer, IPP_TAG_PRINTER, "printer-resolution-supported", IPP_RES_PER_CM, 118,
                    118);
  status = read_printer (answer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status->state, ==, GS_PRINTER_STATE_STOPPED);
  g_assert_true (gs_printer_status_has_reason (status, "media-jam"));
  g_assert_false (gs_printer_status_has_reason (status, "media"));
  g_assert_true (gs_printer_status_is_supply_low (status));
  g_assert_cmpint (status->impressions_completed, ==, 41);
  g_assert_cmpint (g_array_index (status->resolutions, GsPrinterResolution, 0).x_dpi, ==, 299);
  g_assert_false (gs_printer_status_is_ready (status));
}

/* What is of another type than the standard's counts as absent. */
static void
test_lies (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = NULL;
  ipp_t *answer = answer_new (0x0000, 7);

  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_IDLE);
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-state-reasons", 5);
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-is-accepting-jobs", 1);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-impressions-completed", NULL,
                "many");
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "media-size-supported", 4500);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-supply", NULL, "level=90;");
  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "marker-levels", 300);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_NAME, "marker-names", NULL, "Ink\n\x01of lies");
  status = read_printer (answer, &error);
  g_assert_no_error (error);
  g_assert_false (status->accepting);
  g_assert_cmpint (status->impressions_completed, ==, -1);
  g_assert_cmpuint (status->media->len, ==, 0);
  g_assert_cmpuint (g_strv_length (status->reasons), ==, 0);
  g_assert_cmpuint (status->supplies->len, ==, 1);
  g_assert_cmpint (((GsPrinterSupply *) status->supplies->pdata[0])->level_percent, ==, -1);
  g_assert_cmpstr (((GsPrinterSupply *) status->supplies->pdata[0])->name, ==, "Ink  of lies");
  g_assert_false (gs_printer_status_is_ready (status));
}

static void
test_status_codes (void)
{
  static const struct
  {
    int status;
    int code;
  } cases[] = {
    { 0x0400, GS_PRINTER_ERROR_REFUSED },     { 0x0404, GS_PRINTER_ERROR_REFUSED },
    { 0x0406, GS_PRINTER_ERROR_NO_SUCH_JOB }, { 0x0407, GS_PRINTER_ERROR_NO_SUCH_JOB },
    { 0x040b, GS_PRINTER_ERROR_REFUSED },     { 0x0504, GS_PRINTER_ERROR_JAMMED },
    { 0x0505, GS_PRINTER_ERROR_BUSY },        { 0x0506, GS_PRINTER_ERROR_REFUSED },
    { 0x0507, GS_PRINTER_ERROR_BUSY },        { 0x7fff, GS_PRINTER_ERROR_REFUSED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (read_done (answer_new (cases[i].status, 7), TRUE, FALSE, NULL, &error));
      g_assert_error (error, GS_PRINTER_ERROR, cases[i].code);
    }
}

static void
test_only_exactly (void)
{
  int job_id = 0;
  g_autoptr (GError) error = NULL;
  ipp_t *answer = answer_new (0x0001, 7);

  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", 12);
  g_assert_false (read_done (answer, TRUE, TRUE, &job_id, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_SUBSTITUTED);
  g_assert_cmpint (job_id, ==, 12);
  g_clear_error (&error);
  g_assert_true (read_done (answer_new (0x0001, 7), FALSE, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (read_done (answer_new (0x0000, 7), TRUE, TRUE, &job_id, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_false (read_done (answer_new (0x0000, 8), TRUE, FALSE, NULL, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL);
}

static void
add_job (ipp_t *answer, int id, const char *name, int state)
{
  if (id > 1)
    ippAddSeparator (answer);
  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", id);
  if (name != NULL)
    ippAddString (answer, IPP_TAG_JOB, IPP_TAG_NAME, "job-name", NULL, name);
  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", state);
  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed", id - 1);
}

static void
test_jobs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  const GsPrintJob *job;
  ipp_t *answer = answer_new (0x0000, 7);

  add_job (answer, 1, "first", 7);
  add_job (answer, 2, NULL, 9);
  add_job (answer, 3, "third", 9);
  add_job (answer, 4, "fourth", 99);
  jobs = read_jobs (answer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, 2);
  job = g_ptr_array_index (jobs, 0);
  g_assert_cmpstr (job->name, ==, "first");
  g_assert_true (gs_print_job_is_unprinted (job));
  job = g_ptr_array_index (jobs, 1);
  g_assert_cmpint (job->id, ==, 3);
  g_assert_true (gs_print_job_is_printed (job));
}

static void
test_damaged (void)
{
  ipp_t *answer = answer_new (0x0000, 7);
  g_autoptr (GBytes) whole = NULL;
  g_autofree guint8 *deep = g_malloc0 (200);
  g_autoptr (GError) error = NULL;
  gsize len, at = 9;
  const guint8 *data;

  ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_IDLE);
  whole = encode (answer);
  data = g_bytes_get_data (whole, &len);
  for (gsize cut = 0; cut < len; cut++)
    {
      g_assert_null (gs_ipp_codec_read_printer (data, cut, 7, &error));
      g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL);
      g_clear_error (&error);
    }
  /* Collections within collections within …: refused before libcups follows them. */
  memcpy (deep, data, 8);
  deep[8] = IPP_TAG_PRINTER;
  for (int i = 0; i < 12; i++, at += 5)
    deep[at] = IPP_TAG_BEGIN_COLLECTION;
  for (int i = 0; i < 12; i++, at += 5)
    deep[at] = IPP_TAG_END_COLLECTION;
  deep[at++] = IPP_TAG_END;
  g_assert_null (gs_ipp_codec_read_printer (deep, at, 7, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "well-formed"));
}

static void
test_readiness (void)
{
  static const struct
  {
    const char *reason;
    gboolean ready;
  } cases[] = { { "marker-supply-low", TRUE },  { "media-jam", FALSE },
                { "media-jam-warning", FALSE }, { "media-jam-report", TRUE },
                { "other-error", FALSE },       { "other", TRUE },
                { "media-low-warning", TRUE },  { "media-jammed", TRUE } };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GsPrinterStatus) status = NULL;
      ipp_t *answer = answer_new (0x0000, 7);

      ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_IDLE);
      ippAddBoolean (answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs", 1);
      ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", NULL,
                    cases[i].reason);
      status = read_printer (answer, NULL);
      if (gs_printer_status_is_ready (status) != cases[i].ready)
        g_error ("%s: ready is not %d", cases[i].reason, cases[i].ready);
    }
}

/* Each state has one cause that the officer can mend; the worst comes first. */
static void
test_trouble (void)
{
  static const struct
  {
    const char *reason;
    ipp_pstate_t state;
    GsPrinterTrouble trouble;
  } cases[] = {
    { "none", IPP_PSTATE_IDLE, GS_PRINTER_TROUBLE_NONE },
    { "marker-supply-low", IPP_PSTATE_IDLE, GS_PRINTER_TROUBLE_NONE },
    { "media-jam", IPP_PSTATE_STOPPED, GS_PRINTER_TROUBLE_JAM },
    { "media-jam-report", IPP_PSTATE_IDLE, GS_PRINTER_TROUBLE_NONE },
    { "cover-open-error", IPP_PSTATE_STOPPED, GS_PRINTER_TROUBLE_COVER },
    { "marker-supply-empty-error", IPP_PSTATE_IDLE, GS_PRINTER_TROUBLE_NO_INK },
    { "media-needed", IPP_PSTATE_IDLE, GS_PRINTER_TROUBLE_NO_PAGE },
    { "media-empty-error", IPP_PSTATE_STOPPED, GS_PRINTER_TROUBLE_NO_PAGE },
    { "offline", IPP_PSTATE_IDLE, GS_PRINTER_TROUBLE_OFFLINE },
    { "output-area-full-error", IPP_PSTATE_IDLE, GS_PRINTER_TROUBLE_FULL },
    { "paused", IPP_PSTATE_STOPPED, GS_PRINTER_TROUBLE_STOPPED },
    { "none", IPP_PSTATE_STOPPED, GS_PRINTER_TROUBLE_STOPPED },
    { "head-failure-error", IPP_PSTATE_STOPPED, GS_PRINTER_TROUBLE_OTHER },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GsPrinterStatus) status = NULL;
      ipp_t *answer = answer_new (0x0000, 7);

      ippAddInteger (answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", (int) cases[i].state);
      ippAddBoolean (answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs", 1);
      ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons", NULL,
                    cases[i].reason);
      status = read_printer (answer, NULL);
      g_test_message ("%s", cases[i].reason);
      g_assert_cmpint (gs_printer_status_get_trouble (status), ==, cases[i].trouble);
    }
  g_assert_cmpint (gs_printer_status_get_trouble (NULL), ==, GS_PRINTER_TROUBLE_NO_ANSWER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ipp-codec/requests", test_requests);
  g_test_add_func ("/ipp-codec/status", test_status);
  g_test_add_func ("/ipp-codec/lies", test_lies);
  g_test_add_func ("/ipp-codec/status-codes", test_status_codes);
  g_test_add_func ("/ipp-codec/only-exactly", test_only_exactly);
  g_test_add_func ("/ipp-codec/jobs", test_jobs);
  g_test_add_func ("/ipp-codec/damaged", test_damaged);
  g_test_add_func ("/ipp-codec/readiness", test_readiness);
  g_test_add_func ("/ipp-codec/trouble", test_trouble);
  return g_test_run ();
}
