/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-register-private.h"

#include "gs-account-table.h"
#include "gs-reconciliation-table.h"
#include "gs-stamp-device-table.h"
#include "gs-time.h"

#define READ_AGAIN_S 3
#define HISTORY 60

enum
{
  SIGNAL_CHANGED = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsStampRegister, gs_stamp_register, G_TYPE_OBJECT)

static void
gs_stamp_register_dispose (GObject *object)
{
  GsStampRegister *self = GS_STAMP_REGISTER (object);

  gs_stamp_register_stop (self);
  g_clear_object (&self->printers);
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (gs_stamp_register_parent_class)->dispose (object);
}

static void
gs_stamp_register_finalize (GObject *object)
{
  GsStampRegister *self = GS_STAMP_REGISTER (object);

  g_hash_table_unref (self->begun);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->history);
  g_hash_table_unref (self->names);
  g_time_zone_unref (self->zone);
  g_free (self->began);
  g_free (self->digest);
  G_OBJECT_CLASS (gs_stamp_register_parent_class)->finalize (object);
}

static void
gs_stamp_register_class_init (GsStampRegisterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_stamp_register_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_stamp_register_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_stamp_register_init (GsStampRegister *self)
{
  self->begun = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_stamp_device_free);
  self->history = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_reconciliation_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->zone = g_time_zone_new_utc ();
  self->cancellable = g_cancellable_new ();
}

GsStampRegister *
gs_stamp_register_new (const GsConfig *config, GsStore *store, GsClock *clock)
{
  GsStampRegister *self = g_object_new (GS_TYPE_STAMP_REGISTER, NULL);

  self->config = config;
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  return self;
}

void
gs_stamp_register_emit (GsStampRegister *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gint64
gs_stamp_register_now_utc_ms (GsStampRegister *self)
{
  gint64 now = gs_clock_now_utc_ms (self->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

/* --- reading ---------------------------------------------------------------------------------- */

typedef struct
{
  char *desk;
  GPtrArray *devices;
  GPtrArray *history;
  GPtrArray *accounts;
  gint64 began_utc_ms;
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  g_free (content->desk);
  g_clear_pointer (&content->devices, g_ptr_array_unref);
  g_clear_pointer (&content->history, g_ptr_array_unref);
  g_clear_pointer (&content->accounts, g_ptr_array_unref);
  g_free (content);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Content, content_free)

static gpointer
read_in_store (GsDatabase *db, gpointer desk, GError **error)
{
  g_autoptr (Content) content = g_new0 (Content, 1);

  content->devices = gs_stamp_device_table_list (db, error);
  if (content->devices == NULL)
    return NULL;
  content->history = gs_reconciliation_table_list (db, desk, HISTORY, error);
  if (content->history == NULL)
    return NULL;
  content->accounts = gs_account_table_list (db, error);
  if (content->accounts == NULL
      || !gs_printer_count_table_began (db, desk, &content->began_utc_ms, error))
    return NULL;
  return g_steal_pointer (&content);
}

static char *
digest_of (const Content *content)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < content->devices->len; i++)
    {
      const GsStampDevice *device = g_ptr_array_index (content->devices, i);

      g_string_append_printf (text, "%s %d %s %s %s %" G_GINT64_FORMAT "\n", device->id,
                              device->state, device->code, device->officer, device->desk,
                              device->held_utc_ms);
    }
  if (content->history->len > 0)
    g_string_append (text, ((GsReconciliation *) content->history->pdata[0])->id);
  for (guint i = 0; i < content->accounts->len; i++)
    g_string_append (text, gs_account_get_display_name (content->accounts->pdata[i]));
  return g_string_free (text, FALSE);
}

static void
take_content (GsStampRegister *self, Content *content)
{
  g_autofree char *digest = digest_of (content);

  if (content->began_utc_ms != GS_TIME_UNKNOWN)
    {
      g_free (self->began);
      self->began = gs_time_format_day (content->began_utc_ms, self->zone);
    }
  if (self->read && g_strcmp0 (digest, self->digest) == 0)
    return;
  self->read = TRUE;
  g_free (self->digest);
  self->digest = g_steal_pointer (&digest);
  g_ptr_array_unref (self->devices);
  self->devices = g_steal_pointer (&content->devices);
  g_ptr_array_unref (self->history);
  self->history = g_steal_pointer (&content->history);
  g_hash_table_remove_all (self->names);
  for (guint i = 0; i < content->accounts->len; i++)
    {
      const GsAccount *account = g_ptr_array_index (content->accounts, i);

      g_hash_table_insert (self->names, g_strdup (account->id),
                           g_strdup (gs_account_get_display_name (account)));
    }
  gs_stamp_register_emit (self);
}

static void enter_first (GsStampRegister *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampRegister) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Content) content = gs_store_query_finish (GS_STORE (source), result, &error);

  self->reading = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (content == NULL)
    {
      g_warning ("The register of stamps cannot be read: %s", error->message);
      return;
    }
  take_content (self, content);
  if (self->devices->len == 0)
    enter_first (self);
  if (self->again)
    gs_stamp_register_reload (self);
}

void
gs_stamp_register_reload (GsStampRegister *self)
{
  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  gs_store_query_async (self->store, read_in_store, g_strdup (self->config->desk_id), g_free,
                        content_free, self->cancellable, on_read, g_object_ref (self));
}

/* --- the first stamp -------------------------------------------------------------------------- */

static gpointer
enter_in_store (GsDatabase *db, gpointer change, GError **error)
{
  g_autoptr (GPtrArray) devices = gs_stamp_device_table_list (db, error);

  if (devices == NULL)
    return NULL;
  if (devices->len == 0)
    return gs_register_change_run (db, change, error);
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The register has a stamp");
  return NULL;
}

static void
on_entered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampRegister) self = user_data;
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Tried again when the register is read the next time. */
  self->entering = FALSE;
  if (error != NULL)
    g_warning ("The first stamp is not in the register: %s", error->message);
  else
    gs_stamp_register_reload (self);
}

/* The key file's stamp is entered once, by the station, and lies in nobody's hand. */
static void
enter_first (GsStampRegister *self)
{
  GsRegisterChange *change;
  GsRecordEntry entry;
  g_autofree char *detail = NULL;

  if (self->config->stamp_code == NULL || self->entering)
    return;
  self->entering = TRUE;
  change =
    gs_register_change_new (GS_REGISTER_ENTER, self->config->stamp_code, self->config->desk_id,
                            NULL, NULL, gs_stamp_register_now_utc_ms (self));
  g_free (change->code);
  change->code = g_strdup (self->config->stamp_code);
  gs_register_change_describe (change, &entry, &detail);
  gs_store_transact_async (self->store, &entry, enter_in_store, change,
                           (GDestroyNotify) gs_register_change_free, NULL, self->cancellable,
                           on_entered, g_object_ref (self));
}

/* --- printers --------------------------------------------------------------------------------- */

typedef struct
{
  char *desk;
  char *printer;
  gint64 counter;
  gint64 at_utc_ms;
} Beginning;

static void
beginning_free (gpointer data)
{
  Beginning *beginning = data;

  g_free (beginning->desk);
  g_free (beginning->printer);
  g_free (beginning);
}

static gpointer
begin_in_store (GsDatabase *db, gpointer data, GError **error)
{
  const Beginning *beginning = data;
  gboolean begun;

  if (!gs_printer_count_table_begin (db, beginning->desk, beginning->printer, beginning->counter,
                                     beginning->at_utc_ms, &begun, error))
    return NULL;
  if (begun)
    return GINT_TO_POINTER (TRUE);
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The printer is known");
  return NULL;
}

typedef struct
{
  GsStampRegister *self;
  char *address;
} BeginWait;

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BeginWait *wait = user_data;
  g_autoptr (GsStampRegister) self = wait->self;
  g_autofree char *address = wait->address;
  g_autoptr (GError) error = NULL;

  g_free (wait);
  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT))
    return;
  g_warning ("The counter of a printer cannot be kept: %s", error->message);
  g_hash_table_remove (self->begun, address);
}

/* What it counted before this moment is no business of the register. A stamp cannot be printed
 * before this is in the store: it needs a status, too, and its first step is committed later. */
static void
see_printer (GsStampRegister *self, const char *address, const GsPrinterStatus *status)
{
  Beginning *beginning;
  BeginWait *wait;
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "register.counter" };

  if (address == NULL || !status->reachable || !g_hash_table_add (self->begun, g_strdup (address)))
    return;
  beginning = g_new0 (Beginning, 1);
  beginning->desk = g_strdup (self->config->desk_id);
  beginning->printer = g_strdup (address);
  beginning->counter = MAX (status->impressions_completed, -1);
  beginning->at_utc_ms = gs_stamp_register_now_utc_ms (self);
  detail =
    g_strdup_printf ("desk=%s counter=%" G_GINT64_FORMAT, beginning->desk, beginning->counter);
  entry.at_utc_ms = beginning->at_utc_ms;
  entry.subject = beginning->printer;
  entry.detail = detail;
  wait = g_new0 (BeginWait, 1);
  wait->self = g_object_ref (self);
  wait->address = g_strdup (address);
  gs_store_transact_async (self->store, &entry, begin_in_store, beginning, beginning_free, NULL,
                           self->cancellable, on_begun, wait);
}

guint
gs_stamp_register_get_n_printers (GsStampRegister *self)
{
  return self->printers != NULL ? gs_printer_desk_get_n_printers (self->printers) : 0;
}

const char *
gs_stamp_register_get_printer (GsStampRegister *self,
                               guint position,
                               const GsPrinterStatus **status)
{
  GsPrinterMonitor *monitor = gs_printer_desk_get_printer (self->printers, position);

  *status = gs_printer_monitor_get_status (monitor);
  return gs_stamp_printer_get_uri (gs_printer_monitor_get_printer (monitor));
}

static void
on_printers_changed (GsStampRegister *self)
{
  for (guint i = 0; i < gs_stamp_register_get_n_printers (self); i++)
    {
      const GsPrinterStatus *status;
      const char *address = gs_stamp_register_get_printer (self, i, &status);

      see_printer (self, address, status);
    }
}

void
gs_stamp_register_set_printers (GsStampRegister *self, GsPrinterDesk *printers)
{
  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  g_set_object (&self->printers, printers);
  if (printers == NULL)
    return;
  g_signal_connect_object (printers, "changed", G_CALLBACK (on_printers_changed), self,
                           G_CONNECT_SWAPPED);
  on_printers_changed (self);
}

/* --- its life --------------------------------------------------------------------------------- */

static gboolean
on_timer (gpointer data)
{
  gs_stamp_register_reload (data);
  return G_SOURCE_CONTINUE;
}

void
gs_stamp_register_start (GsStampRegister *self)
{
  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  gs_stamp_register_reload (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (READ_AGAIN_S, on_timer, self);
}

void
gs_stamp_register_stop (GsStampRegister *self)
{
  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

void
gs_stamp_register_set_session (GsStampRegister *self, GsSession *session)
{
  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  if (g_set_object (&self->session, session))
    gs_stamp_register_emit (self);
}

GsSession *
gs_stamp_register_get_session (GsStampRegister *self)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), NULL);
  return self->session;
}

void
gs_stamp_register_set_time_zone (GsStampRegister *self, GTimeZone *zone)
{
  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (zone);
}

GTimeZone *
gs_stamp_register_get_time_zone (GsStampRegister *self)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), NULL);
  return self->zone;
}

/* --- what it holds ---------------------------------------------------------------------------- */

gboolean
gs_stamp_register_is_read (GsStampRegister *self)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), FALSE);
  return self->read;
}

GPtrArray *
gs_stamp_register_list (GsStampRegister *self)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), NULL);
  return self->devices;
}

const GsStampDevice *
gs_stamp_register_find (GsStampRegister *self, const char *id)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), NULL);

  for (guint i = 0; i < self->devices->len; i++)
    {
      const GsStampDevice *device = g_ptr_array_index (self->devices, i);

      if (g_strcmp0 (device->id, id) == 0)
        return device;
    }
  return NULL;
}

const GsStampDevice *
gs_stamp_register_get_held (GsStampRegister *self, const char *officer)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), NULL);

  if (officer == NULL && self->session != NULL)
    officer = gs_session_get_officer_id (self->session);
  for (guint i = 0; officer != NULL && i < self->devices->len; i++)
    {
      const GsStampDevice *device = g_ptr_array_index (self->devices, i);

      if (g_strcmp0 (device->officer, officer) == 0)
        return device;
    }
  return NULL;
}

gboolean
gs_stamp_register_may_see (GsStampRegister *self, const GsStampDevice *device)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), FALSE);

  if (self->session == NULL)
    return FALSE;
  if (gs_session_get_role (self->session) != GS_ROLE_OFFICER)
    return TRUE;
  return device->state == GS_STAMP_DEVICE_ACTIVE
         && (device->officer == NULL
             || g_str_equal (device->officer, gs_session_get_officer_id (self->session)));
}

GsStampStanding
gs_stamp_register_get_standing (GsStampRegister *self)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), GS_STAMP_STANDING_UNKNOWN);

  if (!self->read)
    return GS_STAMP_STANDING_UNKNOWN;
  if (self->session == NULL)
    return GS_STAMP_STANDING_NONE;
  return gs_stamp_device_judge (gs_stamp_register_get_held (self, NULL),
                                gs_session_get_officer_id (self->session), self->config->desk_id,
                                &self->config->stamps, gs_stamp_register_now_utc_ms (self));
}

const char *
gs_stamp_register_get_name (GsStampRegister *self, const char *account)
{
  const char *name;

  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), NULL);

  if (account == NULL)
    return NULL;
  name = g_hash_table_lookup (self->names, account);
  return name != NULL ? name : account;
}

GPtrArray *
gs_stamp_register_get_history (GsStampRegister *self)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), NULL);
  return self->history;
}

GPtrArray *
gs_stamp_register_dup_missing (GsStampRegister *self)
{
  g_autofree char *today = NULL;
  const GsReconciliation *last;
  GPtrArray *days;

  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), NULL);

  today = gs_time_format_day (gs_stamp_register_now_utc_ms (self), self->zone);
  last = self->history->len > 0 ? g_ptr_array_index (self->history, 0) : NULL;
  days = gs_reconcile_days_between (last != NULL ? last->day : self->began, today);
  if (last == NULL && self->began != NULL && g_strcmp0 (self->began, today) < 0)
    g_ptr_array_insert (days, 0, g_strdup (self->began));
  return days;
}
