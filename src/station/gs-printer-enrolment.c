/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-enrolment.h"

#include "gs-ipp-printer.h"
#include "gs-printer-pin-table.h"
#include "gs-time.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

struct _GsPrinterEnrolment
{
  GObject parent_instance;

  GsPrinterDesk *printers;
  const GsConfig *config;
  GsStore *store;
  GsClock *clock;
  GsSession *session;
  GPtrArray *rows;   /* GsPrinterPinRow: what is believed */
  GHashTable *known; /* address → GPtrArray of GsPrinterPin, made from rows and key file */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (gs - printer - enrolment - error - quark, gs_printer_enrolment_error)
G_DEFINE_FINAL_TYPE (GsPrinterEnrolment, gs_printer_enrolment, G_TYPE_OBJECT)

void
gs_printer_pin_free (GsPrinterPin *self)
{
  if (self == NULL)
    return;
  gs_printer_certificate_unref (self->certificate);
  g_free (self->officer);
  g_free (self);
}

GsPinEnd
gs_pin_end_judge (gint64 not_after_utc_ms, gint64 now_utc_ms)
{
  if (not_after_utc_ms == GS_TIME_UNKNOWN || now_utc_ms > not_after_utc_ms)
    return GS_PIN_HAS_ENDED;
  if (not_after_utc_ms - now_utc_ms <= DAY_MS)
    return GS_PIN_ENDS_IN_1_DAY;
  if (not_after_utc_ms - now_utc_ms <= 7 * DAY_MS)
    return GS_PIN_ENDS_IN_7_DAYS;
  return not_after_utc_ms - now_utc_ms <= 30 * DAY_MS ? GS_PIN_ENDS_IN_30_DAYS : GS_PIN_ENDS_LATER;
}

static void
gs_printer_enrolment_dispose (GObject *object)
{
  GsPrinterEnrolment *self = GS_PRINTER_ENROLMENT (object);

  g_clear_object (&self->printers);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  G_OBJECT_CLASS (gs_printer_enrolment_parent_class)->dispose (object);
}

static void
gs_printer_enrolment_class_init (GsPrinterEnrolmentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_printer_enrolment_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_printer_enrolment_init (GsPrinterEnrolment *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_printer_pin_row_free);
  self->known =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

GsPrinterEnrolment *
gs_printer_enrolment_new (GsPrinterDesk *printers,
                          const GsConfig *config,
                          GsStore *store,
                          GsClock *clock)
{
  GsPrinterEnrolment *self = g_object_new (GS_TYPE_PRINTER_ENROLMENT, NULL);

  self->printers = g_object_ref (printers);
  self->config = config;
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  return self;
}

GsPrinterDesk *
gs_printer_enrolment_get_printers (GsPrinterEnrolment *self)
{
  g_return_val_if_fail (GS_IS_PRINTER_ENROLMENT (self), NULL);
  return self->printers;
}

/* TLS takes the workstation's clock for a certificate's dates, so this does too. */
gint64
gs_printer_enrolment_now_utc_ms (GsPrinterEnrolment *self)
{
  return g_get_real_time () / 1000;
}

void
gs_printer_enrolment_set_session (GsPrinterEnrolment *self, GsSession *session)
{
  g_return_if_fail (GS_IS_PRINTER_ENROLMENT (self));
  if (g_set_object (&self->session, session))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
gs_printer_enrolment_may_change (GsPrinterEnrolment *self)
{
  g_return_val_if_fail (GS_IS_PRINTER_ENROLMENT (self), FALSE);
  return self->session != NULL && gs_session_get_role (self->session) == GS_ROLE_ADMINISTRATOR;
}

/* --- what is believed ------------------------------------------------------------------------- */

static const char *
uri_of (GsPrinterMonitor *printer)
{
  return gs_stamp_printer_get_uri (gs_printer_monitor_get_printer (printer));
}

static const char *
find_key_file_pin (GsPrinterEnrolment *self, const char *uri)
{
  if (g_strcmp0 (self->config->printer_uri, uri) == 0)
    return self->config->printer_certificate;
  for (guint i = 0; self->config->more_printers != NULL && i < self->config->more_printers->len;
       i++)
    {
      const GsConfigPrinter *more = g_ptr_array_index (self->config->more_printers, i);

      if (g_strcmp0 (more->uri, uri) == 0)
        return more->certificate;
    }
  return NULL;
}

static void
add_pin (GPtrArray *pins, GsPrinterCertificate *certificate, const GsPrinterPinRow *row)
{
  GsPrinterPin *pin = g_new0 (GsPrinterPin, 1);

  pin->certificate = certificate;
  pin->enrolled_at_utc_ms = row != NULL ? row->enrolled_at_utc_ms : GS_TIME_UNKNOWN;
  pin->officer = row != NULL ? g_strdup (row->officer) : NULL;
  g_ptr_array_add (pins, pin);
}

static void
add_key_file_pins (GsPrinterEnrolment *self, const char *uri, GPtrArray *pins)
{
  const char *path = find_key_file_pin (self, uri);
  GList *list = path != NULL ? g_tls_certificate_list_new_from_file (path, NULL) : NULL;

  for (GList *l = list; l != NULL; l = l->next)
    add_pin (pins, gs_printer_certificate_new (l->data), NULL);
  g_list_free_full (list, g_object_unref);
}

static GPtrArray *
make_pins (GsPrinterEnrolment *self, const char *uri)
{
  GPtrArray *pins = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_printer_pin_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const GsPrinterPinRow *row = g_ptr_array_index (self->rows, i);
      GsPrinterCertificate *certificate = g_strcmp0 (row->uri, uri) == 0
                                            ? gs_printer_certificate_new_from_pem (row->pem, NULL)
                                            : NULL;

      if (certificate != NULL)
        add_pin (pins, certificate, row);
    }
  if (pins->len == 0)
    add_key_file_pins (self, uri, pins);
  return pins;
}

/* Asked for with every change of a printer, and made once. */
static GPtrArray *
dup_pins (GsPrinterEnrolment *self, const char *uri)
{
  GPtrArray *pins = g_hash_table_lookup (self->known, uri);

  if (pins == NULL)
    {
      pins = make_pins (self, uri);
      g_hash_table_insert (self->known, g_strdup (uri), pins);
    }
  return g_ptr_array_ref (pins);
}

GPtrArray *
gs_printer_enrolment_dup_pins (GsPrinterEnrolment *self, GsPrinterMonitor *printer)
{
  g_return_val_if_fail (GS_IS_PRINTER_ENROLMENT (self), NULL);
  return dup_pins (self, uri_of (printer));
}

GsPinEnd
gs_printer_enrolment_judge_end (GsPrinterEnrolment *self, GsPrinterMonitor *printer)
{
  g_autoptr (GPtrArray) pins = NULL;
  gint64 last_utc_ms = GS_TIME_UNKNOWN;

  g_return_val_if_fail (GS_IS_PRINTER_ENROLMENT (self), GS_PIN_ENDS_LATER);
  pins = dup_pins (self, uri_of (printer));
  /* Of two that overlap in a renewal the later one counts. */
  for (guint i = 0; i < pins->len; i++)
    last_utc_ms = MAX (
      last_utc_ms, ((GsPrinterPin *) g_ptr_array_index (pins, i))->certificate->not_after_utc_ms);
  return pins->len > 0 ? gs_pin_end_judge (last_utc_ms, gs_printer_enrolment_now_utc_ms (self))
                       : GS_PIN_ENDS_LATER;
}

GsPrinterCertificate *
gs_printer_enrolment_dup_refused (GsPrinterEnrolment *self, GsPrinterMonitor *printer)
{
  GsStampPrinter *device = gs_printer_monitor_get_printer (printer);
  GTlsCertificate *refused =
    GS_IS_IPP_PRINTER (device) ? gs_ipp_printer_get_refused (GS_IPP_PRINTER (device)) : NULL;

  return refused != NULL ? gs_printer_certificate_new (refused) : NULL;
}

/* --- what the printers are held against ------------------------------------------------------- */

static void
apply (GsPrinterEnrolment *self, const char *uri)
{
  GsPrinterMonitor *printer = gs_printer_desk_find (self->printers, uri);
  GsStampPrinter *device = printer != NULL ? gs_printer_monitor_get_printer (printer) : NULL;
  g_autoptr (GPtrArray) pins = dup_pins (self, uri);
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (g_object_unref);

  if (device == NULL || !GS_IS_IPP_PRINTER (device))
    return;
  for (guint i = 0; i < pins->len; i++)
    g_ptr_array_add (certificates, gs_printer_certificate_dup_tls (
                                     ((GsPrinterPin *) g_ptr_array_index (pins, i))->certificate));
  gs_ipp_printer_set_pins (GS_IPP_PRINTER (device), certificates);
  gs_printer_monitor_poll_now (printer);
}

/* A printer that the key file does not name joins the others. */
static void
add_printer (GsPrinterEnrolment *self, const char *uri, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsIppPrinter) printer = NULL;

  if (gs_printer_desk_find (self->printers, uri) != NULL)
    return;
  printer = gs_ipp_printer_new (name, uri, NULL, &error);
  if (printer != NULL)
    gs_printer_desk_add (self->printers, GS_STAMP_PRINTER (printer));
  else
    g_warning ("An enrolled printer cannot be used: %s", error->message);
}

void
gs_printer_enrolment_restore (GsPrinterEnrolment *self, GPtrArray *rows)
{
  g_return_if_fail (GS_IS_PRINTER_ENROLMENT (self));

  g_ptr_array_set_size (self->rows, 0);
  g_hash_table_remove_all (self->known);
  for (guint i = 0; i < rows->len; i++)
    {
      const GsPrinterPinRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (self->rows, gs_printer_pin_row_copy (row));
      add_printer (self, row->uri, row->name);
    }
  for (guint i = 0; i < rows->len; i++)
    apply (self, ((GsPrinterPinRow *) g_ptr_array_index (rows, i))->uri);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- looking ---------------------------------------------------------------------------------- */

static void
fail (GTask *task, GsPrinterEnrolmentError code, const char *why)
{
  g_task_return_new_error (task, GS_PRINTER_ENROLMENT_ERROR, code, "%s", why);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GsPrinterCertificate *certificate = gs_printer_certificate_fetch_finish (result, &error);

  if (certificate != NULL)
    g_task_return_pointer (task, certificate, (GDestroyNotify) gs_printer_certificate_unref);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    fail (task, GS_PRINTER_ENROLMENT_ERROR_ADDRESS, error->message);
  else
    fail (task,
          g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL)
            ? GS_PRINTER_ENROLMENT_ERROR_NO_TLS
            : GS_PRINTER_ENROLMENT_ERROR_NO_ANSWER,
          error->message);
}

void
gs_printer_enrolment_look_async (GsPrinterEnrolment *self,
                                 const char *uri,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (GS_IS_PRINTER_ENROLMENT (self));

  g_task_set_source_tag (task, gs_printer_enrolment_look_async);
  if (!gs_printer_enrolment_may_change (self))
    fail (task, GS_PRINTER_ENROLMENT_ERROR_ROLE, "This role may not do that");
  else if (uri == NULL || strchr (uri, ';') != NULL)
    fail (task, GS_PRINTER_ENROLMENT_ERROR_ADDRESS, "No address of a printer");
  else
    gs_printer_certificate_fetch_async (uri, cancellable, on_fetched, g_steal_pointer (&task));
}

GsPrinterCertificate *
gs_printer_enrolment_look_finish (GsPrinterEnrolment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_printer_enrolment_look_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- changing --------------------------------------------------------------------------------- */

typedef struct
{
  GsPrinterPinRow *row;
  GPtrArray *taken_over; /* GsPrinterPinRow: certificates of the key file that stay believed */
  gboolean withdraw;
  gboolean keep;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  gs_printer_pin_row_free (change->row);
  g_ptr_array_unref (change->taken_over);
  g_free (change);
}

/* In the store's worker, in one transaction with the record. */
static gpointer
change_in_store (GsDatabase *db, gpointer data, GError **error)
{
  Change *change = g_task_get_task_data (data);
  const GsPrinterPinRow *row = change->row;

  for (guint i = 0; i < change->taken_over->len; i++)
    if (!gs_printer_pin_table_add (db, g_ptr_array_index (change->taken_over, i), error))
      return NULL;
  if (change->withdraw)
    gs_printer_pin_table_end (db, row->uri, row->fingerprint, NULL, row->officer,
                              row->enrolled_at_utc_ms, error);
  else if (gs_printer_pin_table_add (db, row, error) && !change->keep)
    gs_printer_pin_table_end (db, row->uri, NULL, row->fingerprint, row->officer,
                              row->enrolled_at_utc_ms, error);
  return NULL;
}

/* The same in memory. */
static void
change_rows (GsPrinterEnrolment *self, const Change *change)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      const GsPrinterPinRow *row = g_ptr_array_index (self->rows, i - 1);
      gboolean same = g_strcmp0 (row->fingerprint, change->row->fingerprint) == 0;

      if (g_strcmp0 (row->uri, change->row->uri) == 0
          && (change->withdraw ? same : !change->keep && !same))
        g_ptr_array_remove_index (self->rows, i - 1);
    }
  for (guint i = 0; i < change->taken_over->len; i++)
    g_ptr_array_add (self->rows,
                     gs_printer_pin_row_copy (g_ptr_array_index (change->taken_over, i)));
  if (!change->withdraw)
    g_ptr_array_add (self->rows, gs_printer_pin_row_copy (change->row));
  g_hash_table_remove_all (self->known);
}

static void
on_changed_in_store (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsPrinterEnrolment *self = g_task_get_source_object (task);
  const Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error != NULL)
    {
      fail (task,
            g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT)
              ? GS_PRINTER_ENROLMENT_ERROR_KNOWN
              : GS_PRINTER_ENROLMENT_ERROR_NOT_RECORDED,
            error->message);
      return;
    }
  change_rows (self, change);
  if (!change->withdraw)
    add_printer (self, change->row->uri, change->row->name);
  apply (self, change->row->uri);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_task_return_boolean (task, TRUE);
}

/* What the key file alone vouched for until now would end with the first enrolment. */
static GPtrArray *
take_over (GsPrinterEnrolment *self, const GsPrinterPinRow *like)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_printer_pin_row_free);
  g_autoptr (GPtrArray) pins = dup_pins (self, like->uri);

  for (guint i = 0; i < pins->len; i++)
    {
      const GsPrinterPin *pin = g_ptr_array_index (pins, i);
      GsPrinterPinRow *row;

      if (pin->officer != NULL || g_str_equal (pin->certificate->fingerprint, like->fingerprint))
        continue;
      row = gs_printer_pin_row_copy (like);
      g_free (row->fingerprint);
      row->fingerprint = g_strdup (pin->certificate->fingerprint);
      g_free (row->pem);
      row->pem = g_strdup (pin->certificate->pem);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* Takes row. */
static void
begin_change (
  GsPrinterEnrolment *self, GTask *task, GsPrinterPinRow *row, gboolean withdraw, gboolean keep)
{
  Change *change = g_new0 (Change, 1);
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = withdraw ? "printer.withdraw" : "printer.enrol" };
  gint64 now_utc_ms = gs_clock_now_utc_ms (self->clock);

  row->officer = g_strdup (gs_session_get_officer_id (self->session));
  row->enrolled_at_utc_ms = now_utc_ms != GS_TIME_UNKNOWN ? now_utc_ms : g_get_real_time () / 1000;
  change->row = row;
  change->taken_over =
    keep ? take_over (self, row)
         : g_ptr_array_new_with_free_func ((GDestroyNotify) gs_printer_pin_row_free);
  change->withdraw = withdraw;
  change->keep = keep;
  g_task_set_task_data (task, change, change_free);
  detail = withdraw ? g_strdup_printf ("printer=%s", row->uri)
                    : g_strdup_printf ("printer=%s compared=typed before=%s", row->uri,
                                       keep ? "kept" : "ended");
  entry.at_utc_ms = row->enrolled_at_utc_ms;
  entry.officer = row->officer;
  entry.subject = row->fingerprint;
  entry.detail = detail;
  gs_store_transact_async (self->store, &entry, change_in_store, g_object_ref (task),
                           g_object_unref, NULL, NULL, on_changed_in_store, g_object_ref (task));
}

void
gs_printer_enrolment_enrol_async (GsPrinterEnrolment *self,
                                  const char *uri,
                                  GsPrinterCertificate *certificate,
                                  const char *typed,
                                  gboolean keep,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GsPrinterPinRow *row;

  g_return_if_fail (GS_IS_PRINTER_ENROLMENT (self) && uri != NULL && certificate != NULL);

  g_task_set_source_tag (task, gs_printer_enrolment_enrol_async);
  if (!gs_printer_enrolment_may_change (self))
    {
      fail (task, GS_PRINTER_ENROLMENT_ERROR_ROLE, "This role may not do that");
      return;
    }
  if (gs_printer_certificate_judge (certificate, uri, gs_printer_enrolment_now_utc_ms (self))
      != GS_CERTIFICATE_FLAW_NONE)
    {
      fail (task, GS_PRINTER_ENROLMENT_ERROR_FLAW, "The certificate could not be trusted");
      return;
    }
  if (typed == NULL || !gs_printer_certificate_is_typed (certificate, typed))
    {
      fail (task, GS_PRINTER_ENROLMENT_ERROR_NOT_COMPARED, "That does not end the fingerprint");
      return;
    }
  row = gs_printer_pin_row_new ();
  row->uri = g_strdup (uri);
  row->fingerprint = g_strdup (certificate->fingerprint);
  row->pem = g_strdup (certificate->pem);
  begin_change (self, task, row, FALSE, keep);
}

void
gs_printer_enrolment_withdraw_async (GsPrinterEnrolment *self,
                                     const char *uri,
                                     const char *fingerprint,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GsPrinterPinRow *row;

  g_return_if_fail (GS_IS_PRINTER_ENROLMENT (self) && uri != NULL && fingerprint != NULL);

  g_task_set_source_tag (task, gs_printer_enrolment_enrol_async);
  if (!gs_printer_enrolment_may_change (self))
    {
      fail (task, GS_PRINTER_ENROLMENT_ERROR_ROLE, "This role may not do that");
      return;
    }
  row = gs_printer_pin_row_new ();
  row->uri = g_strdup (uri);
  row->fingerprint = g_strdup (fingerprint);
  begin_change (self, task, row, TRUE, FALSE);
}

gboolean
gs_printer_enrolment_change_finish (GsPrinterEnrolment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_printer_enrolment_enrol_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
