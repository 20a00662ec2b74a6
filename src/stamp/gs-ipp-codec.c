/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ipp-codec.h"

#include <cups/cups.h>
#include <cups/ipp.h>
#include <string.h>

/* More attributes than this in one answer is no printer's description. */
#define ATTRIBUTES_MAX 8192
/* Values read of one attribute, and characters kept of one text. */
#define VALUES_MAX 256
#define TEXT_MAX 255

/* ---- Requests ---- */

typedef struct
{
  GByteArray *bytes;
} Sink;

static ssize_t
sink_write (void *context, ipp_uchar_t *buffer, size_t len)
{
  g_byte_array_append (((Sink *) context)->bytes, buffer, (guint) len);
  return (ssize_t) len;
}

static ipp_t *
request_new (ipp_op_t operation, const char *uri, int request_id)
{
  ipp_t *request = ippNewRequest (operation);

  ippSetVersion (request, 2, 0);
  ippSetRequestId (request, request_id);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  return request;
}

static void
request_add_user (ipp_t *request)
{
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "gateside");
}

/* Encodes and frees the request. */
static GBytes *
request_end (ipp_t *request)
{
  Sink sink = { g_byte_array_new () };
  ipp_state_t state;

  ippSetState (request, IPP_STATE_IDLE);
  do
    state = ippWriteIO (&sink, sink_write, 1, NULL, request);
  while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR);
  ippDelete (request);
  if (state == IPP_STATE_ERROR)
    g_byte_array_set_size (sink.bytes, 0);
  return g_byte_array_free_to_bytes (sink.bytes);
}

GBytes *
gs_ipp_codec_get_printer_attributes (const char *uri, int request_id)
{
  static const char *const wanted[] = { "printer-state",
                                        "printer-state-reasons",
                                        "printer-state-message",
                                        "printer-is-accepting-jobs",
                                        "printer-make-and-model",
                                        "printer-impressions-completed",
                                        "printer-supply",
                                        "printer-supply-description",
                                        "marker-names",
                                        "marker-levels",
                                        "marker-low-levels",
                                        "document-format-supported",
                                        "compression-supported",
                                        "media-size-supported",
                                        "media-col-ready",
                                        "pwg-raster-document-resolution-supported",
                                        "printer-resolution-supported" };
  ipp_t *request = request_new (IPP_OP_GET_PRINTER_ATTRIBUTES, uri, request_id);

  request_add_user (request);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (wanted), NULL, wanted);
  return request_end (request);
}

GBytes *
gs_ipp_codec_create_job (
  const char *uri, int request_id, const char *job_name, GsPrintMedia media, int dpi)
{
  ipp_t *request = request_new (IPP_OP_CREATE_JOB, uri, request_id);
  ipp_t *size = ippNew (), *col = ippNew ();

  request_add_user (request);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, job_name);
  ippAddBoolean (request, IPP_TAG_OPERATION, "ipp-attribute-fidelity", 1);
  ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", media.width_hmm);
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", media.height_hmm);
  ippAddCollection (col, IPP_TAG_ZERO, "media-size", size);
  ippAddCollection (request, IPP_TAG_JOB, "media-col", col);
  ippAddResolution (request, IPP_TAG_JOB, "printer-resolution", IPP_RES_PER_INCH, dpi, dpi);
  ippDelete (size);
  ippDelete (col);
  return request_end (request);
}

GBytes *
gs_ipp_codec_send_document (const char *uri, int request_id, int job_id, gboolean gzip)
{
  ipp_t *request = request_new (IPP_OP_SEND_DOCUMENT, uri, request_id);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job_id);
  request_add_user (request);
  if (gzip)
    ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "compression", NULL, "gzip");
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                "image/pwg-raster");
  ippAddBoolean (request, IPP_TAG_OPERATION, "last-document", 1);
  return request_end (request);
}

static const char *const job_attributes[] = { "job-id", "job-name", "job-state",
                                              "job-state-reasons", "job-impressions-completed" };

GBytes *
gs_ipp_codec_get_job_attributes (const char *uri, int request_id, int job_id)
{
  ipp_t *request = request_new (IPP_OP_GET_JOB_ATTRIBUTES, uri, request_id);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job_id);
  request_add_user (request);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (job_attributes), NULL, job_attributes);
  return request_end (request);
}

GBytes *
gs_ipp_codec_get_jobs (const char *uri, int request_id, const char *which)
{
  ipp_t *request = request_new (IPP_OP_GET_JOBS, uri, request_id);

  request_add_user (request);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
  ippAddBoolean (request, IPP_TAG_OPERATION, "my-jobs", 0);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (job_attributes), NULL, job_attributes);
  return request_end (request);
}

GBytes *
gs_ipp_codec_cancel_job (const char *uri, int request_id, int job_id)
{
  ipp_t *request = request_new (IPP_OP_CANCEL_JOB, uri, request_id);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job_id);
  request_add_user (request);
  return request_end (request);
}

/* ---- Answers: the frame ---- */

typedef struct
{
  const guint8 *data;
  size_t len;
  size_t pos;
} Source;

static ssize_t
source_read (void *context, ipp_uchar_t *buffer, size_t len)
{
  Source *source = context;
  size_t left = source->len - source->pos;

  if (len > left)
    len = left;
  memcpy (buffer, source->data + source->pos, len);
  source->pos += len;
  return (ssize_t) len;
}

static gboolean
skip_counted (const guint8 *data, size_t len, size_t *pos)
{
  size_t count;

  if (len - *pos < 2)
    return FALSE;
  count = ((size_t) data[*pos] << 8) | data[*pos + 1];
  *pos += 2;
  if (len - *pos < count)
    return FALSE;
  *pos += count;
  return TRUE;
}

/* Walks the encoding (RFC 8010 section 3.1) before libcups does, which reads every level of nesting
 * with another buffer of 32 KiB: lengths inside the message, depth and number limited, an end. */
static gboolean
frame_is_sound (const guint8 *data, size_t len)
{
  size_t pos = 8;
  guint attributes = 0, depth = 0;

  if (len < 9 || len > GS_IPP_ANSWER_MAX)
    return FALSE;
  while (pos < len)
    {
      guint8 tag = data[pos++];

      if (tag == IPP_TAG_END)
        return depth == 0;
      if (tag < 0x10)
        {
          if (depth != 0)
            return FALSE;
          continue;
        }
      if (tag == IPP_TAG_BEGIN_COLLECTION)
        depth++;
      if (tag == IPP_TAG_END_COLLECTION && depth-- == 0)
        return FALSE;
      if (depth > GS_IPP_DEPTH_MAX || ++attributes > ATTRIBUTES_MAX)
        return FALSE;
      if (!skip_counted (data, len, &pos) || !skip_counted (data, len, &pos))
        return FALSE;
    }
  return FALSE;
}

/* A text of the printer: valid UTF-8, no control characters, short. */
static char *
clean_text (const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return NULL;
  valid = g_utf8_make_valid (text, (gssize) strnlen (text, TEXT_MAX));
  for (char *c = valid; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == 0x7f)
      *c = ' ';
  return g_steal_pointer (&valid);
}

static int
error_code_of (ipp_status_t status)
{
  switch ((int) status)
    {
    case IPP_STATUS_ERROR_NOT_FOUND:
    case IPP_STATUS_ERROR_GONE:
      return GS_PRINTER_ERROR_NO_SUCH_JOB;
    case IPP_STATUS_ERROR_DEVICE:
      return GS_PRINTER_ERROR_JAMMED;
    case IPP_STATUS_ERROR_BUSY:
    case IPP_STATUS_ERROR_TEMPORARY:
      return GS_PRINTER_ERROR_BUSY;
    default:
      return GS_PRINTER_ERROR_REFUSED;
    }
}

static void
set_status_error (ipp_t *answer, ipp_status_t status, GError **error)
{
  ipp_attribute_t *attr = ippFindAttribute (answer, "status-message", IPP_TAG_TEXT);
  g_autofree char *text = attr != NULL ? clean_text (ippGetString (attr, 0, NULL)) : NULL;

  g_set_error (error, GS_PRINTER_ERROR, error_code_of (status), "The printer answered 0x%04x%s%s",
               (guint) status, text != NULL ? ": " : "", text != NULL ? text : "");
}

static ipp_t *
answer_decode (const guint8 *data, size_t len, int request_id, GError **error)
{
  Source source = { data, len, 0 };
  ipp_state_t state;
  ipp_t *answer;

  /* IPP/1.x and 2.x are what RFC 8010 and PWG 5100.12 know. */
  if (!frame_is_sound (data, len) || data[0] < 1 || data[0] > 2)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                   "The printer's answer of %zu bytes is not well-formed IPP", len);
      return NULL;
    }
  answer = ippNew ();
  ippSetState (answer, IPP_STATE_IDLE);
  do
    state = ippReadIO (&source, source_read, 1, NULL, answer);
  while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR);
  if (state == IPP_STATE_ERROR)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                   "The printer's answer cannot be decoded");
      g_clear_pointer (&answer, ippDelete);
    }
  else if (ippGetRequestId (answer) != request_id)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                   "The printer answered request %d instead of %d", ippGetRequestId (answer),
                   request_id);
      g_clear_pointer (&answer, ippDelete);
    }
  return answer;
}

/* Decodes an answer that must be a success of any kind. */
static ipp_t *
answer_decode_success (const guint8 *data, size_t len, int request_id, GError **error)
{
  ipp_t *answer = answer_decode (data, len, request_id, error);

  if (answer != NULL && (guint) ippGetStatusCode (answer) > 0x00ff)
    {
      set_status_error (answer, ippGetStatusCode (answer), error);
      g_clear_pointer (&answer, ippDelete);
    }
  return answer;
}

/* ---- Answers: values, each of its own type or absent ---- */

static ipp_attribute_t *
find_in (ipp_t *answer, ipp_tag_t group, const char *name)
{
  for (ipp_attribute_t *attr = ippFirstAttribute (answer); attr != NULL;
       attr = ippNextAttribute (answer))
    if (ippGetGroupTag (attr) == group && g_strcmp0 (ippGetName (attr), name) == 0)
      return attr;
  return NULL;
}

static gboolean
is_integer (ipp_attribute_t *attr)
{
  return attr != NULL && ippGetValueTag (attr) == IPP_TAG_INTEGER && ippGetCount (attr) > 0;
}

static gboolean
is_enum (ipp_attribute_t *attr)
{
  return attr != NULL && ippGetValueTag (attr) == IPP_TAG_ENUM && ippGetCount (attr) > 0;
}

static gboolean
is_text (ipp_attribute_t *attr)
{
  if (attr == NULL || ippGetCount (attr) == 0)
    return FALSE;
  switch ((int) ippGetValueTag (attr))
    {
    case IPP_TAG_TEXT:
    case IPP_TAG_NAME:
    case IPP_TAG_TEXTLANG:
    case IPP_TAG_NAMELANG:
    case IPP_TAG_KEYWORD:
    case IPP_TAG_MIMETYPE:
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
get_text (ipp_attribute_t *attr)
{
  return is_text (attr) ? clean_text (ippGetString (attr, 0, NULL)) : NULL;
}

/* Every value as text; "none" is left out. Never NULL. */
static char **
get_texts (ipp_attribute_t *attr)
{
  GPtrArray *texts = g_ptr_array_new ();
  int count = is_text (attr) ? MIN (ippGetCount (attr), VALUES_MAX) : 0;

  for (int i = 0; i < count; i++)
    {
      char *text = clean_text (ippGetString (attr, i, NULL));

      if (text != NULL && strcmp (text, "none") != 0 && *text != '\0')
        g_ptr_array_add (texts, text);
      else
        g_free (text);
    }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (texts, FALSE);
}

/* ---- Answers: the printer ---- */

static void
add_supply (GsPrinterStatus *status, char *name, int level, int low_level)
{
  GsPrinterSupply *supply = g_new0 (GsPrinterSupply, 1);

  supply->name = name != NULL ? name : g_strdup ("");
  supply->level_percent = level >= 0 && level <= 100 ? level : -1;
  supply->low = supply->level_percent >= 0 && supply->level_percent <= low_level;
  g_ptr_array_add (status->supplies, supply);
}

/* marker-names, marker-levels, marker-low-levels: the percentages of PWG 5100.9's predecessors,
 * which PAPPL and CUPS give. */
static gboolean
read_markers (ipp_t *answer, GsPrinterStatus *status)
{
  ipp_attribute_t *names = find_in (answer, IPP_TAG_PRINTER, "marker-names");
  ipp_attribute_t *levels = find_in (answer, IPP_TAG_PRINTER, "marker-levels");
  ipp_attribute_t *lows = find_in (answer, IPP_TAG_PRINTER, "marker-low-levels");

  if (!is_integer (levels) || !is_text (names))
    return FALSE;
  for (int i = 0; i < MIN (ippGetCount (levels), VALUES_MAX); i++)
    {
      int low = is_integer (lows) && i < ippGetCount (lows) ? ippGetInteger (lows, i) : 10;
      const char *name = i < ippGetCount (names) ? ippGetString (names, i, NULL) : NULL;

      add_supply (status, clean_text (name), ippGetInteger (levels, i), low);
    }
  return TRUE;
}

/* One "key=value;" of a printer-supply value (PWG 5100.13, printer-supply), or -1. */
static int
supply_number (const char *value, const char *key)
{
  const char *found = strstr (value, key);
  gint64 number;

  if (found == NULL)
    return -1;
  number = g_ascii_strtoll (found + strlen (key), NULL, 10);
  return number >= 0 && number <= G_MAXINT ? (int) number : -1;
}

static void
read_supplies (ipp_t *answer, GsPrinterStatus *status)
{
  ipp_attribute_t *attr = find_in (answer, IPP_TAG_PRINTER, "printer-supply");
  ipp_attribute_t *names = find_in (answer, IPP_TAG_PRINTER, "printer-supply-description");

  if (attr == NULL || ippGetValueTag (attr) != IPP_TAG_STRING)
    return;
  for (int i = 0; i < MIN (ippGetCount (attr), VALUES_MAX); i++)
    {
      int len = 0, level, max;
      const char *octets = ippGetOctetString (attr, i, &len);
      g_autofree char *value = octets != NULL && len > 0 ? g_strndup (octets, (gsize) len) : NULL;
      const char *name =
        is_text (names) && i < ippGetCount (names) ? ippGetString (names, i, NULL) : NULL;

      if (value == NULL || strstr (value, "class=receptacleThatIsFilled") != NULL)
        continue;
      level = supply_number (value, "level=");
      max = supply_number (value, "maxcapacity=");
      if (level >= 0 && max > 0)
        level = (int) ((gint64) level * 100 / max);
      add_supply (status, clean_text (name), level, 10);
    }
}

static void
read_resolutions (ipp_t *answer, GsPrinterStatus *status)
{
  ipp_attribute_t *attr =
    find_in (answer, IPP_TAG_PRINTER, "pwg-raster-document-resolution-supported");

  if (attr == NULL)
    attr = find_in (answer, IPP_TAG_PRINTER, "printer-resolution-supported");
  if (attr == NULL || ippGetValueTag (attr) != IPP_TAG_RESOLUTION)
    return;
  for (int i = 0; i < MIN (ippGetCount (attr), VALUES_MAX); i++)
    {
      ipp_res_t unit = IPP_RES_PER_INCH;
      int y = 0, x = ippGetResolution (attr, i, &y, &unit);
      GsPrinterResolution value = { x, y };

      if (x <= 0 || y <= 0 || x > 100000 || y > 100000)
        continue;
      if (unit == IPP_RES_PER_CM)
        value = (GsPrinterResolution){ x * 254 / 100, y * 254 / 100 };
      g_array_append_val (status->resolutions, value);
    }
}

static gboolean
is_collection (ipp_attribute_t *attr)
{
  return attr != NULL && ippGetValueTag (attr) == IPP_TAG_BEGIN_COLLECTION
         && ippGetCount (attr) > 0;
}

static void
add_size (GArray *list, ipp_t *size)
{
  ipp_attribute_t *x = ippFindAttribute (size, "x-dimension", IPP_TAG_INTEGER);
  ipp_attribute_t *y = ippFindAttribute (size, "y-dimension", IPP_TAG_INTEGER);
  GsPrintMedia media;

  if (!is_integer (x) || !is_integer (y))
    return;
  media = (GsPrintMedia){ ippGetInteger (x, 0), ippGetInteger (y, 0) };
  if (media.width_hmm > 0 && media.height_hmm > 0)
    g_array_append_val (list, media);
}

/* What it can print on, and what lies in it now (PWG 5100.3 media-col-ready). */
static void
read_media (ipp_t *answer, GsPrinterStatus *status)
{
  ipp_attribute_t *sizes = find_in (answer, IPP_TAG_PRINTER, "media-size-supported");
  ipp_attribute_t *ready = find_in (answer, IPP_TAG_PRINTER, "media-col-ready");

  for (int i = 0; is_collection (sizes) && i < MIN (ippGetCount (sizes), VALUES_MAX); i++)
    add_size (status->media, ippGetCollection (sizes, i));
  for (int i = 0; is_collection (ready) && i < MIN (ippGetCount (ready), VALUES_MAX); i++)
    {
      ipp_t *col = ippGetCollection (ready, i);
      ipp_attribute_t *size = ippFindAttribute (col, "media-size", IPP_TAG_BEGIN_COLLECTION);

      if (is_collection (size))
        add_size (status->media_ready, ippGetCollection (size, 0));
    }
}

static GsPrinterState
state_of (ipp_attribute_t *attr)
{
  if (!is_enum (attr))
    return GS_PRINTER_STATE_UNKNOWN;
  switch (ippGetInteger (attr, 0))
    {
    case IPP_PSTATE_IDLE:
      return GS_PRINTER_STATE_IDLE;
    case IPP_PSTATE_PROCESSING:
      return GS_PRINTER_STATE_PROCESSING;
    case IPP_PSTATE_STOPPED:
      return GS_PRINTER_STATE_STOPPED;
    default:
      return GS_PRINTER_STATE_UNKNOWN;
    }
}

static void
take_texts (char ***where, char **texts)
{
  g_strfreev (*where);
  *where = texts;
}

GsPrinterStatus *
gs_ipp_codec_read_printer (const guint8 *data, size_t len, int request_id, GError **error)
{
  g_autoptr (GsPrinterStatus) status = NULL;
  g_auto (GStrv) compressions = NULL;
  ipp_attribute_t *attr;
  ipp_t *answer = answer_decode_success (data, len, request_id, error);

  if (answer == NULL)
    return NULL;
  status = gs_printer_status_new ();
  status->reachable = TRUE;
  status->state = state_of (find_in (answer, IPP_TAG_PRINTER, "printer-state"));
  attr = find_in (answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs");
  status->accepting =
    attr != NULL && ippGetValueTag (attr) == IPP_TAG_BOOLEAN && ippGetBoolean (attr, 0);
  attr = find_in (answer, IPP_TAG_PRINTER, "printer-impressions-completed");
  if (is_integer (attr) && ippGetInteger (attr, 0) >= 0)
    status->impressions_completed = ippGetInteger (attr, 0);
  status->message = get_text (find_in (answer, IPP_TAG_PRINTER, "printer-state-message"));
  status->make_and_model = get_text (find_in (answer, IPP_TAG_PRINTER, "printer-make-and-model"));
  take_texts (&status->reasons,
              get_texts (find_in (answer, IPP_TAG_PRINTER, "printer-state-reasons")));
  take_texts (&status->formats,
              get_texts (find_in (answer, IPP_TAG_PRINTER, "document-format-supported")));
  compressions = get_texts (find_in (answer, IPP_TAG_PRINTER, "compression-supported"));
  status->gzip = g_strv_contains ((const char *const *) compressions, "gzip");
  if (!read_markers (answer, status))
    read_supplies (answer, status);
  read_resolutions (answer, status);
  read_media (answer, status);
  ippDelete (answer);
  if (status->state == GS_PRINTER_STATE_UNKNOWN)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                   "The printer does not say its state");
      return NULL;
    }
  return g_steal_pointer (&status);
}

/* ---- Answers: jobs ---- */

gboolean
gs_ipp_codec_read_done (const guint8 *data,
                        size_t len,
                        int request_id,
                        gboolean exactly,
                        gboolean want_job_id,
                        int *job_id,
                        GError **error)
{
  ipp_t *answer = answer_decode_success (data, len, request_id, error);
  ipp_attribute_t *attr;
  ipp_status_t status;
  int id = 0;

  if (job_id != NULL)
    *job_id = 0;
  if (answer == NULL)
    return FALSE;
  status = ippGetStatusCode (answer);
  attr = find_in (answer, IPP_TAG_JOB, "job-id");
  if (is_integer (attr) && ippGetInteger (attr, 0) > 0)
    id = ippGetInteger (attr, 0);
  ippDelete (answer);
  if (job_id != NULL)
    *job_id = id;
  if (exactly && status != IPP_STATUS_OK)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_SUBSTITUTED,
                   "The printer would not print exactly what was asked (0x%04x)", (guint) status);
      return FALSE;
    }
  if (want_job_id && id == 0)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                   "The printer made a job and gave no id");
      return FALSE;
    }
  return TRUE;
}

static void
job_take (GsPrintJob *job, ipp_attribute_t *attr)
{
  const char *name = ippGetName (attr);

  if (strcmp (name, "job-id") == 0 && is_integer (attr))
    job->id = ippGetInteger (attr, 0);
  else if (strcmp (name, "job-state") == 0 && is_enum (attr))
    job->state = (GsPrintJobState) ippGetInteger (attr, 0);
  else if (strcmp (name, "job-name") == 0 && is_text (attr) && job->name == NULL)
    job->name = get_text (attr);
  else if (strcmp (name, "job-state-reasons") == 0)
    take_texts (&job->reasons, get_texts (attr));
  else if (strcmp (name, "job-impressions-completed") == 0 && is_integer (attr))
    job->impressions = MAX (ippGetInteger (attr, 0), -1);
}

static GsPrintJob *
job_new (void)
{
  GsPrintJob *job = g_new0 (GsPrintJob, 1);

  job->impressions = -1;
  job->reasons = g_new0 (char *, 1);
  return job;
}

static gboolean
job_is_complete (const GsPrintJob *job)
{
  return job->id > 0 && job->name != NULL && job->state >= GS_PRINT_JOB_PENDING
         && job->state <= GS_PRINT_JOB_COMPLETED;
}

/* One GsPrintJob for each job group; groups are parted by an attribute without a name. */
static GPtrArray *
jobs_of (ipp_t *answer)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_print_job_free);
  GsPrintJob *job = NULL;

  for (ipp_attribute_t *attr = ippFirstAttribute (answer);; attr = ippNextAttribute (answer))
    {
      gboolean in_job =
        attr != NULL && ippGetName (attr) != NULL && ippGetGroupTag (attr) == IPP_TAG_JOB;

      if (in_job)
        {
          if (job == NULL)
            job = job_new ();
          job_take (job, attr);
        }
      else if (job != NULL)
        {
          if (job_is_complete (job))
            g_ptr_array_add (jobs, job);
          else
            gs_print_job_free (job);
          job = NULL;
        }
      if (attr == NULL)
        return jobs;
    }
}

GPtrArray *
gs_ipp_codec_read_jobs (const guint8 *data, size_t len, int request_id, GError **error)
{
  ipp_t *answer = answer_decode_success (data, len, request_id, error);
  GPtrArray *jobs;

  if (answer == NULL)
    return NULL;
  jobs = jobs_of (answer);
  ippDelete (answer);
  return jobs;
}

GsPrintJob *
gs_ipp_codec_read_job (const guint8 *data, size_t len, int request_id, GError **error)
{
  g_autoptr (GPtrArray) jobs = gs_ipp_codec_read_jobs (data, len, request_id, error);

  if (jobs == NULL)
    return NULL;
  if (jobs->len != 1)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                   "The printer described %u jobs where one was asked for", jobs->len);
      return NULL;
    }
  return g_ptr_array_steal_index (jobs, 0);
}
