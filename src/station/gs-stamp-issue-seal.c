/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

#include "gs-seal-error.h"
#include "gs-seal-matrix.h"
#include "gs-time.h"

#include <string.h>

/* The digital seal of one stamp. It is signed once the serial is taken and the hall has granted the
 * claim, and before INTENT: a stamp that is only looked at never has a signature, for a picture of
 * the screen would be a good seal. */

/* What the symbol of a stamp says that is not signed yet. As long as a seal, so that it looks like
 * one on the preview. */
#define PREVIEW "PREVIEW OF A STAMP. THIS IS NO SEAL. NOTHING IS SIGNED. "

gboolean
gs_stamp_desk_open_sealer (GsStampDesk *self, GError **error)
{
  const GsConfig *config = self->config;
  g_autoptr (GsSealSigner) signer = NULL;
  g_autofree char *state = NULL;

  if (config->seal_key == NULL)
    return TRUE;
  signer = gs_seal_signer_new (config->seal_key, error);
  if (signer == NULL)
    return FALSE;
  state = g_strndup (config->serial_prefix, 3);
  self->sealer =
    gs_sealer_new (signer, config->seal_certificate, state, config->seal_signer, error);
  return self->sealer != NULL;
}

static GsSealSymbol *
make_preview (void)
{
  char text[GS_SEAL_IMPRINT_MAX_BYTES];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GsSealSymbol *symbol;

  for (gsize i = 0; i < sizeof text; i++)
    text[i] = (char) (PREVIEW[i % strlen (PREVIEW)] | 0x80);
  bytes = g_bytes_new (text, sizeof text);
  symbol = gs_seal_matrix_encode (bytes, &error);
  if (symbol == NULL)
    g_warning ("The preview of a seal cannot be drawn: %s", error->message);
  return symbol;
}

/* The day it is at the port; year 0 when that is not known. */
static GsSealDate
get_today (GsStampDesk *desk)
{
  gint64 now_utc_ms = gs_clock_now_utc_ms (desk->clock);
  g_autoptr (GDateTime) utc =
    now_utc_ms != GS_TIME_UNKNOWN ? g_date_time_new_from_unix_utc (now_utc_ms / 1000) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, desk->time_zone) : NULL;
  GsSealDate day = { 0 };

  if (local != NULL)
    day = (GsSealDate){ (guint) g_date_time_get_year (local), (guint) g_date_time_get_month (local),
                        (guint) g_date_time_get_day_of_month (local) };
  return day;
}

typedef struct
{
  GsStampIssue *issue;
  char *serial;
  GsStampFields *fields;
} Sealing;

/* Prints it without a seal where the policy allows that; else not at all. */
static void
go_without (GsStampIssue *self, const char *serial, GsStampFields *fields, const GError *error)
{
  g_warning ("The stamp's seal cannot be signed: %s", error->message);
  g_free (self->seal);
  self->seal = g_strdup ("missing");
  if (!self->desk->config->seal_required)
    {
      gs_stamp_issue_draw (self, serial, fields, FALSE);
      return;
    }
  gs_stamp_fields_free (fields);
  if (self->state == GS_ISSUE_PRINTING)
    gs_stamp_issue_release (self, GS_REFUSAL_SEAL);
}

static void
on_sealed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sealing *sealing = user_data;
  g_autoptr (GsStampIssue) self = sealing->issue;
  g_autofree char *serial = sealing->serial;
  GsStampFields *fields = sealing->fields;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsSealed) sealed = gs_sealer_seal_finish (GS_SEALER (source), result, &error);

  g_free (sealing);
  self->sealing = FALSE;
  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gs_stamp_fields_free (fields);
      return;
    }
  if (sealed == NULL)
    {
      go_without (self, serial, fields, error);
      return;
    }
  g_free (self->seal);
  self->seal = g_strdup ("signed");
  gs_stamp_fields_set_seal (fields, sealed->symbol);
  gs_stamp_issue_draw (self, serial, fields, FALSE);
}

static gboolean
make_imprint (GsStampIssue *self,
              const char *serial,
              const GsStampFields *fields,
              GsSealImprint *imprint,
              GError **error)
{
  const GsTraveller *traveller = gs_case_get_crossing (self->item)->traveller;
  const GsSealDate crossed_on = { (guint) fields->year, (guint) fields->month,
                                  (guint) fields->day };
  GsSealTransport transport = fields->transport == GS_STAMP_TRANSPORT_SEA ? GS_SEAL_TRANSPORT_SEA
                              : fields->transport == GS_STAMP_TRANSPORT_LAND
                                ? GS_SEAL_TRANSPORT_LAND
                                : GS_SEAL_TRANSPORT_AIR;

  return gs_seal_imprint_init (imprint, serial, fields->direction, transport,
                               self->desk->config->seal_port, &crossed_on,
                               traveller != NULL ? traveller->issuing_state : NULL,
                               traveller != NULL ? traveller->document_number : NULL, error);
}

/* Takes fields. */
static void
sign (GsStampIssue *self, const char *serial, GsStampFields *fields)
{
  GsSealDate today = get_today (self->desk);
  g_autoptr (GError) error = NULL;
  GsSealImprint imprint;
  Sealing *sealing;

  if (gs_stamp_pack_get_seal_area (gs_stamp_issue_get_pack (self, NULL), fields) == NULL)
    error = g_error_new_literal (GS_SEAL_ERROR, GS_SEAL_ERROR_FIELDS,
                                 "the stamp pack has no place for a seal");
  else if (self->desk->sealer == NULL)
    error = g_error_new_literal (GS_SEAL_ERROR, GS_SEAL_ERROR_KEY, "the desk has no signer");
  if (error != NULL)
    {
      go_without (self, serial, fields, error);
      return;
    }
  if (!make_imprint (self, serial, fields, &imprint, &error))
    {
      go_without (self, serial, fields, error);
      return;
    }
  sealing = g_new (Sealing, 1);
  *sealing = (Sealing){ g_object_ref (self), g_strdup (serial), fields };
  self->sealing = TRUE;
  gs_sealer_seal_async (self->desk->sealer, &imprint, &today, GS_SEALER_PATIENCE_MS,
                        self->desk->cancellable, on_sealed, sealing);
}

void
gs_stamp_issue_seal_and_draw (GsStampIssue *self, const char *serial, GsStampFields *fields)
{
  if (self->desk->config->seal_key == NULL)
    gs_stamp_issue_draw (self, serial, fields, FALSE);
  else if (self->state == GS_ISSUE_PRINTING)
    sign (self, serial, fields);
  else
    {
      g_autoptr (GsSealSymbol) preview = make_preview ();

      gs_stamp_fields_set_seal (fields, preview);
      gs_stamp_issue_draw (self, serial, fields, TRUE);
    }
}
