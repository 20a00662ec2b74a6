/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-calls.h"

#include <cups/cups.h>
#include <cups/raster.h>
#include <string.h>

#define WAIT_MS 20000

typedef struct
{
  GAsyncResult *result;
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Answer *) data)->result = g_object_ref (result);
}

static gboolean
has_answer (gpointer data)
{
  return ((Answer *) data)->result != NULL;
}

static GAsyncResult *
await (Answer *answer)
{
  if (!gs_test_wait_until (has_answer, answer, WAIT_MS))
    g_error ("The printer's call does not end");
  return answer->result;
}

GsPrinterStatus *
gs_call_status (GsStampPrinter *printer, GError **error)
{
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  gs_stamp_printer_get_status_async (printer, NULL, on_answer, &answer);
  result = await (&answer);
  return gs_stamp_printer_get_status_finish (printer, result, error);
}

int
gs_call_create (GsStampPrinter *printer, const char *name, GError **error)
{
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  gs_stamp_printer_create_job_async (printer, name, (GsPrintMedia){ 4500, 3500 }, 600, NULL,
                                     on_answer, &answer);
  result = await (&answer);
  return gs_stamp_printer_create_job_finish (printer, result, error);
}

GsPrintJob *
gs_call_job (GsStampPrinter *printer, int id, const char *name, GError **error)
{
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  gs_stamp_printer_get_job_async (printer, id, name, NULL, on_answer, &answer);
  result = await (&answer);
  return gs_stamp_printer_get_job_finish (printer, result, error);
}

GPtrArray *
gs_call_find (GsStampPrinter *printer, const char *name, GError **error)
{
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  gs_stamp_printer_find_jobs_by_name_async (printer, name, NULL, on_answer, &answer);
  result = await (&answer);
  return gs_stamp_printer_find_jobs_by_name_finish (printer, result, error);
}

gboolean
gs_call_cancel (GsStampPrinter *printer, int id, const char *name, GError **error)
{
  Answer answer = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  gs_stamp_printer_cancel_job_async (printer, id, name, NULL, on_answer, &answer);
  result = await (&answer);
  return gs_stamp_printer_cancel_job_finish (printer, result, error);
}

struct _GsSending
{
  GsStampPrinter *printer;
  Answer answer;
};

GsSending *
gs_sending_begin (
  GsStampPrinter *printer, int id, const char *name, GBytes *raster, GCancellable *cancellable)
{
  GsSending *self = g_new0 (GsSending, 1);

  self->printer = printer;
  gs_stamp_printer_send_document_async (printer, id, name, raster, NULL, NULL, NULL, cancellable,
                                        on_answer, &self->answer);
  return self;
}

gboolean
gs_sending_is_done (GsSending *self)
{
  return self->answer.result != NULL;
}

gboolean
gs_sending_end (GsSending *self, GError **error)
{
  g_autoptr (GAsyncResult) result = await (&self->answer);
  gboolean sent = gs_stamp_printer_send_document_finish (self->printer, result, error);

  g_free (self);
  return sent;
}

gboolean
gs_call_send (GsStampPrinter *printer, int id, const char *name, GBytes *raster, GError **error)
{
  return gs_sending_end (gs_sending_begin (printer, id, name, raster, NULL), error);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

GsPrintJob *
gs_call_until_final (GsStampPrinter *printer, int id, const char *name)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      GsPrintJob *job = gs_call_job (printer, id, name, &error);

      g_assert_no_error (error);
      if (gs_print_job_is_final (job))
        return job;
      gs_print_job_free (job);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      gs_test_wait_until (never, NULL, 50);
    }
}

static ssize_t
append (void *context, unsigned char *data, size_t len)
{
  g_byte_array_append (context, data, (guint) len);
  return (ssize_t) len;
}

GBytes *
gs_test_raster (guint32 seed, GBytes **dots)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GByteArray *bytes = g_byte_array_new (), *lines = g_byte_array_new ();
  cups_raster_t *raster = cupsRasterOpenIO (append, bytes, CUPS_RASTER_WRITE_PWG);
  cups_page_header2_t header;
  g_autofree guint8 *line = NULL;

  cupsRasterInitPWGHeader (&header, pwgMediaForSize (4500, 3500), "black_1", 600, 600, "one-sided",
                           NULL);
  header.cupsInteger[CUPS_RASTER_PWG_TotalPageCount] = 1;
  cupsRasterWriteHeader2 (raster, &header);
  line = g_malloc0 (header.cupsBytesPerLine);
  for (unsigned y = 0; y < header.cupsHeight; y++)
    {
      for (unsigned x = 0; x < header.cupsBytesPerLine; x++)
        line[x] = (guint8) g_rand_int (rand);
      line[header.cupsBytesPerLine - 1] &= (guint8) (0xff << ((8 - header.cupsWidth % 8) % 8));
      cupsRasterWritePixels (raster, line, header.cupsBytesPerLine);
      g_byte_array_append (lines, line, header.cupsBytesPerLine);
    }
  cupsRasterClose (raster);
  if (dots != NULL)
    *dots = g_byte_array_free_to_bytes (lines);
  else
    g_byte_array_unref (lines);
  return g_byte_array_free_to_bytes (bytes);
}
