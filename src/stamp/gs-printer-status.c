/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-status.h"

#include "gs-printer-error.h"

#include <string.h>

static const char *const severities[] = { "-report", "-warning", "-error" };

/* Reasons that stop a print even as a warning or without a severity: ippeveprinter calls a jam
 * "media-jam-warning", PAPPL "media-jam". */
static const char *const stoppers[] = { "media-jam",       "media-empty",
                                        "media-needed",    "cover-open",
                                        "door-open",       "shutdown",
                                        "stopping",        "paused",
                                        "offline",         "marker-supply-empty",
                                        "timed-out",       "toner-empty",
                                        "interlock-open",  "connecting-to-device",
                                        "marker-failure",  "fuser-over-temp",
                                        "output-area-full" };

void
gs_printer_supply_free (GsPrinterSupply *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

GsPrinterStatus *
gs_printer_status_new (void)
{
  GsPrinterStatus *self = g_atomic_rc_box_new0 (GsPrinterStatus);

  self->state = GS_PRINTER_STATE_UNKNOWN;
  self->reasons = g_new0 (char *, 1);
  self->formats = g_new0 (char *, 1);
  self->supplies = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_printer_supply_free);
  self->resolutions = g_array_new (FALSE, TRUE, sizeof (GsPrinterResolution));
  self->media = g_array_new (FALSE, TRUE, sizeof (GsPrintMedia));
  self->media_ready = g_array_new (FALSE, TRUE, sizeof (GsPrintMedia));
  self->impressions_completed = -1;
  self->taken_monotonic_us = g_get_monotonic_time ();
  return self;
}

GsPrinterStatus *
gs_printer_status_new_unreachable (const GError *error)
{
  GsPrinterStatus *self = gs_printer_status_new ();

  if (error != NULL)
    self->error = g_error_copy (error);
  return self;
}

GsPrinterStatus *
gs_printer_status_ref (GsPrinterStatus *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
status_clear (gpointer data)
{
  GsPrinterStatus *self = data;

  g_clear_error (&self->error);
  g_strfreev (self->reasons);
  g_strfreev (self->formats);
  g_free (self->message);
  g_free (self->make_and_model);
  g_ptr_array_unref (self->supplies);
  g_array_unref (self->resolutions);
  g_array_unref (self->media);
  g_array_unref (self->media_ready);
}

void
gs_printer_status_unref (GsPrinterStatus *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, status_clear);
}

static gboolean
reason_is (const char *reason, const char *keyword)
{
  size_t len = strlen (keyword);

  if (strncmp (reason, keyword, len) != 0)
    return FALSE;
  if (reason[len] == '\0')
    return TRUE;
  for (size_t i = 0; i < G_N_ELEMENTS (severities); i++)
    if (strcmp (reason + len, severities[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
gs_printer_status_has_reason (const GsPrinterStatus *self, const char *keyword)
{
  for (char **reason = self->reasons; *reason != NULL; reason++)
    if (reason_is (*reason, keyword))
      return TRUE;
  return FALSE;
}

static gboolean
reason_stops (const char *reason)
{
  if (g_str_has_suffix (reason, "-error"))
    return TRUE;
  for (size_t i = 0; i < G_N_ELEMENTS (stoppers); i++)
    if (reason_is (reason, stoppers[i]))
      return !g_str_has_suffix (reason, "-report");
  return FALSE;
}

gboolean
gs_printer_status_is_ready (const GsPrinterStatus *self)
{
  if (!self->reachable || !self->accepting)
    return FALSE;
  if (self->state != GS_PRINTER_STATE_IDLE && self->state != GS_PRINTER_STATE_PROCESSING)
    return FALSE;
  for (char **reason = self->reasons; *reason != NULL; reason++)
    if (reason_stops (*reason))
      return FALSE;
  return TRUE;
}

GsPrinterTrouble
gs_printer_status_get_trouble (const GsPrinterStatus *self)
{
  static const struct
  {
    const char *keyword;
    GsPrinterTrouble trouble;
  } rows[] = {
    { "offline", GS_PRINTER_TROUBLE_OFFLINE },
    { "connecting-to-device", GS_PRINTER_TROUBLE_OFFLINE },
    { "timed-out", GS_PRINTER_TROUBLE_OFFLINE },
    { "shutdown", GS_PRINTER_TROUBLE_OFFLINE },
    { "media-jam", GS_PRINTER_TROUBLE_JAM },
    { "cover-open", GS_PRINTER_TROUBLE_COVER },
    { "door-open", GS_PRINTER_TROUBLE_COVER },
    { "interlock-open", GS_PRINTER_TROUBLE_COVER },
    { "marker-supply-empty", GS_PRINTER_TROUBLE_NO_INK },
    { "toner-empty", GS_PRINTER_TROUBLE_NO_INK },
    { "media-empty", GS_PRINTER_TROUBLE_NO_PAGE },
    { "media-needed", GS_PRINTER_TROUBLE_NO_PAGE },
    { "output-area-full", GS_PRINTER_TROUBLE_FULL },
  };
  gboolean paused;

  if (self == NULL || !self->reachable)
    return gs_printer_trouble_of_error (self != NULL ? self->error : NULL);
  if (gs_printer_status_is_ready (self))
    return GS_PRINTER_TROUBLE_NONE;
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    for (char **reason = self->reasons; *reason != NULL; reason++)
      if (reason_is (*reason, rows[i].keyword) && reason_stops (*reason))
        return rows[i].trouble;
  paused = gs_printer_status_has_reason (self, "paused")
           || gs_printer_status_has_reason (self, "stopping");
  /* A printer that stopped for a reason of its own names it; one that was stopped names none. */
  for (char **reason = self->reasons; !paused && *reason != NULL; reason++)
    if (reason_stops (*reason))
      return GS_PRINTER_TROUBLE_OTHER;
  return GS_PRINTER_TROUBLE_STOPPED;
}

GsPrinterTrouble
gs_printer_status_judge (const GsPrinterStatus *self, GsPrintMedia media, int dpi)
{
  GsPrinterTrouble trouble = gs_printer_status_get_trouble (self);

  return trouble == GS_PRINTER_TROUBLE_NONE && !gs_printer_status_supports (self, media, dpi)
           ? GS_PRINTER_TROUBLE_UNFIT
           : trouble;
}

GsPrinterTrouble
gs_printer_trouble_of_error (const GError *error)
{
  if (error == NULL || error->domain != GS_PRINTER_ERROR)
    return GS_PRINTER_TROUBLE_NO_ANSWER;
  switch ((GsPrinterError) error->code)
    {
    case GS_PRINTER_ERROR_UNTRUSTED:
      return GS_PRINTER_TROUBLE_UNTRUSTED;
    case GS_PRINTER_ERROR_NOT_ENROLLED:
      return GS_PRINTER_TROUBLE_NOT_ENROLLED;
    case GS_PRINTER_ERROR_REFUSED:
    case GS_PRINTER_ERROR_BUSY:
    case GS_PRINTER_ERROR_NO_SUCH_JOB:
      return GS_PRINTER_TROUBLE_REFUSED;
    case GS_PRINTER_ERROR_SUBSTITUTED:
      return GS_PRINTER_TROUBLE_SUBSTITUTED;
    case GS_PRINTER_ERROR_JAMMED:
      return GS_PRINTER_TROUBLE_OTHER;
    case GS_PRINTER_ERROR_PROTOCOL:
      return GS_PRINTER_TROUBLE_GIBBERISH;
    case GS_PRINTER_ERROR_UNREACHABLE:
    case GS_PRINTER_ERROR_GONE:
      break;
    }
  return GS_PRINTER_TROUBLE_NO_ANSWER;
}

gboolean
gs_printer_status_is_supply_low (const GsPrinterStatus *self)
{
  static const char *const keywords[] = { "marker-supply-low", "marker-supply-empty", "toner-low",
                                          "toner-empty" };

  for (guint i = 0; i < self->supplies->len; i++)
    {
      const GsPrinterSupply *supply = g_ptr_array_index (self->supplies, i);

      if (supply->low)
        return TRUE;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (gs_printer_status_has_reason (self, keywords[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_size (const GArray *list, GsPrintMedia media)
{
  for (guint i = 0; i < list->len; i++)
    {
      const GsPrintMedia *size = &g_array_index (list, GsPrintMedia, i);

      if (size->width_hmm == media.width_hmm && size->height_hmm == media.height_hmm)
        return TRUE;
    }
  return FALSE;
}

gboolean
gs_printer_status_supports (const GsPrinterStatus *self, GsPrintMedia media, int dpi)
{
  gboolean has_media = has_size (self->media, media)
                       && (self->media_ready->len == 0 || has_size (self->media_ready, media));
  gboolean has_resolution = FALSE;

  for (guint i = 0; i < self->resolutions->len; i++)
    {
      const GsPrinterResolution *res = &g_array_index (self->resolutions, GsPrinterResolution, i);

      has_resolution |= res->x_dpi == dpi && res->y_dpi == dpi;
    }
  return has_media && has_resolution
         && g_strv_contains ((const char *const *) self->formats, "image/pwg-raster");
}

static gboolean
supplies_equal (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const GsPrinterSupply *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);

      if (g_strcmp0 (x->name, y->name) != 0 || x->level_percent != y->level_percent
          || x->low != y->low)
        return FALSE;
    }
  return TRUE;
}

static gboolean
arrays_equal (const GArray *a, const GArray *b, size_t item)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * item) == 0);
}

static gboolean
errors_equal (const GError *a, const GError *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->domain == b->domain && a->code == b->code;
}

gboolean
gs_printer_status_equal (const GsPrinterStatus *a, const GsPrinterStatus *b)
{
  return a->reachable == b->reachable && a->state == b->state && a->accepting == b->accepting
         && a->gzip == b->gzip && a->impressions_completed == b->impressions_completed
         && errors_equal (a->error, b->error) && g_strcmp0 (a->message, b->message) == 0
         && g_strcmp0 (a->make_and_model, b->make_and_model) == 0
         && g_strv_equal ((const char *const *) a->reasons, (const char *const *) b->reasons)
         && g_strv_equal ((const char *const *) a->formats, (const char *const *) b->formats)
         && supplies_equal (a->supplies, b->supplies)
         && arrays_equal (a->resolutions, b->resolutions, sizeof (GsPrinterResolution))
         && arrays_equal (a->media, b->media, sizeof (GsPrintMedia))
         && arrays_equal (a->media_ready, b->media_ready, sizeof (GsPrintMedia));
}
