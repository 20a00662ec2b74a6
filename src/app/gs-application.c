/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-application.h"

#include <glib/gi18n.h>

#include "gs-build-config.h"
#include "gs-desk-controller.h"
#include "gs-face-open.h"
#include "gs-failure-window.h"
#include "gs-gst-camera.h"
#include "gs-hall-client.h"
#include "gs-ipp-printer.h"
#include "gs-local-accounts.h"
#include "gs-look.h"
#include "gs-pcsc-reader.h"
#include "gs-serial-scanner.h"
#include "gs-station.h"
#include "gs-ui.h"
#include "gs-window-size.h"
#include "gs-window.h"

struct _GsApplication
{
  AdwApplication parent_instance;

  GsConfig *config;
  GsStation *station;
  GsScanner *scanner;
  GsStore *store;
  GsDeskController *controller;
  GsPreferences *preferences;
  GsWindow *window;           /* weak: the officer may close it before the desk has opened */
  GAsyncResult *store_result; /* until the first frame is drawn */
  GsFaceEquipment *face;      /* likewise */
  guint frame_source;
  gboolean framed;
  gboolean opening;
};

/* The desk opens after the window's first frame; where none is drawn, after this time. */
#define FIRST_FRAME_MS 500

G_DEFINE_FINAL_TYPE (GsApplication, gs_application, ADW_TYPE_APPLICATION)

static void
show_failure (GsApplication *self, const char *sentence, const char *detail)
{
  g_printerr ("%s %s\n", sentence, detail);
  gtk_window_present (gs_failure_window_new (GTK_APPLICATION (self), sentence));
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_application_release (G_APPLICATION (self));
}

static const char *
store_sentence (const GError *error)
{
  if (g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_NEWER_SCHEMA))
    return _ ("The database was written by a newer version of Gateside. Update this desk first.");
  if (g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_CORRUPT))
    return _ ("The database is damaged. Nothing was changed. Tell the administrator.");
  if (g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_FULL))
    return _ ("The disk is full. Make room, then start again.");
  if (g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_READ_ONLY))
    return _ ("The database cannot be written. Tell the administrator.");
  return _ ("The database cannot be opened. Tell the administrator.");
}

static GsHallAccess *
make_access (GsApplication *self, GError **error)
{
  g_autoptr (GsHallAccess) access = gs_hall_access_new (self->config->hall_url, error);

  if (access == NULL || !gs_hall_access_add_ca_file (access, self->config->hall_ca, error)
      || !gs_hall_access_set_certificate (access, self->config->hall_certificate,
                                          self->config->hall_key, error))
    return NULL;
  return g_steal_pointer (&access);
}

/* GLib's TLS reads the default database anew for every connection, before it learns of the one that
 * the connection shall use. The system's, with all its authorities, would hold the main thread for
 * 20 ms each time, and nothing here may trust them anyway. */
static void
trust_no_system_authority (GsApplication *self)
{
  g_autofree char *path = g_canonicalize_filename (self->config->hall_ca, NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, NULL);

  if (database != NULL)
    g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

static void
on_station_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gs_station_start_finish (GS_STATION (source), result, &error))
    {
      show_failure (self, store_sentence (error), error->message);
      return;
    }
  if (self->window != NULL)
    {
      /* Before the pages: what is hidden cannot take the focus. */
      gtk_widget_set_visible (
        adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window)), TRUE);
      self->controller = gs_desk_controller_new (self->window, self->station, self->scanner,
                                                 self->preferences, NULL);
      if (self->scanner != NULL)
        gs_scanner_start (self->scanner);
      gtk_window_set_icon_name (GTK_WINDOW (self->window), "org.gateside.Station");
    }
  g_application_release (G_APPLICATION (self));
}

/* A camera of the hall or of the desk: a stream within TLS is trusted by the hall's authority, and
 * asks for the desk's certificate. */
static GsCamera *
make_camera (const char *address, gpointer data)
{
  GsApplication *self = data;
  g_autoptr (GError) error = NULL;
  GsGstCamera *camera = gs_gst_camera_new (address, &error);

  if (camera == NULL)
    {
      g_message ("A camera cannot be used: %s", error->message);
      return NULL;
    }
  gs_gst_camera_set_tls (camera, self->config->hall_ca, self->config->hall_certificate,
                         self->config->hall_key);
  return GS_CAMERA (camera);
}

static void
add_face (GsApplication *self, GsStationDevices *devices)
{
  devices->face_engine = self->face->engine;
  devices->face_engine_trouble = self->face->engine_trouble;
  devices->face_watcher = self->face->watcher;
  if (self->face->engine_trouble != NULL)
    g_warning ("No engine compares faces here: %s", self->face->engine_trouble);
  if (self->face->watcher_trouble != NULL)
    g_message ("Nothing guides the picture of the desk: %s", self->face->watcher_trouble);
  devices->make_camera = make_camera;
  devices->make_camera_data = self;
}

static gboolean
add_printer (
  GPtrArray *printers, const char *name, const char *uri, const char *certificate, GError **error)
{
  GsIppPrinter *printer = gs_ipp_printer_new (name, uri, certificate, error);

  if (printer == NULL)
    return FALSE;
  g_ptr_array_add (printers, printer);
  return TRUE;
}

/* GsStampPrinter, the first one first; NULL when a certificate of the key file cannot be read. */
static GPtrArray *
make_printers (const GsConfig *config, GError **error)
{
  g_autoptr (GPtrArray) printers = g_ptr_array_new_with_free_func (g_object_unref);

  if (config->printer_uri != NULL
      && !add_printer (printers, config->printer_name, config->printer_uri,
                       config->printer_certificate, error))
    return NULL;
  for (guint i = 0; config->more_printers != NULL && i < config->more_printers->len; i++)
    {
      const GsConfigPrinter *more = g_ptr_array_index (config->more_printers, i);

      if (!add_printer (printers, more->name, more->uri, more->certificate, error))
        return NULL;
    }
  return g_steal_pointer (&printers);
}

static void
open_desk (GsApplication *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAccess) access = NULL;
  g_autoptr (GsHallClient) hall = NULL;
  g_autoptr (GPtrArray) printers = NULL;
  g_autoptr (GsLocalAccounts) accounts = NULL;
  g_autoptr (GsPcscReader) reader = NULL;
  g_autoptr (GsCamera) camera = NULL;
  g_autoptr (GsStampPrinter) first = NULL;
  GsStationDevices devices = { .config = self->config };

  self->store = gs_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      show_failure (self, store_sentence (error), error->message);
      return;
    }
  trust_no_system_authority (self);
  access = make_access (self, &error);
  if (access != NULL)
    hall = gs_hall_client_new (access, &error);
  if (hall == NULL)
    {
      show_failure (self, _ ("The certificates for the hall cannot be used."), error->message);
      return;
    }
  printers = make_printers (self->config, &error);
  if (printers == NULL)
    {
      show_failure (self, _ ("The printer’s certificate cannot be used."), error->message);
      return;
    }
  accounts = gs_local_accounts_new (GS_ACCOUNT_STORE (self->store), NULL, NULL);
  if (self->config->scanner_device != NULL)
    self->scanner = GS_SCANNER (gs_serial_scanner_new (self->config->scanner_device, 0));
  devices.access = access;
  devices.hall = GS_HALL (hall);
  devices.store = self->store;
  if (printers->len > 0)
    devices.printer = g_ptr_array_steal_index (printers, 0);
  first = devices.printer;
  devices.more_printers = printers;
  if (self->config->reader_name != NULL)
    reader = gs_pcsc_reader_new (
      g_str_equal (self->config->reader_name, "*") ? NULL : self->config->reader_name, NULL);
  devices.reader = reader != NULL ? GS_CHIP_READER (reader) : NULL;
  devices.sign_in = GS_SIGN_IN (accounts);
  if (self->config->camera_device != NULL)
    camera = make_camera (self->config->camera_device, self);
  devices.camera = camera;
  add_face (self, &devices);
  self->station = gs_station_new (&devices);
  gs_station_start_async (self->station, NULL, on_station_started, g_object_ref (self));
}

/* The store opens in its thread meanwhile, and the face's networks in another; what they bring
 * waits for the first frame. */
static void
open_desk_if_ready (GsApplication *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!self->framed || self->store_result == NULL || self->face == NULL)
    return;
  result = g_steal_pointer (&self->store_result);
  open_desk (self, result);
}

static void
on_store_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsApplication) self = user_data;

  self->store_result = g_object_ref (result);
  open_desk_if_ready (self);
}

static void
on_face_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsApplication) self = user_data;

  self->face = gs_face_open_finish (result);
  open_desk_if_ready (self);
}

static void
open_face (GsApplication *self)
{
  const GsConfig *config = self->config;
  const GsFaceOptions options = { .kind = config->face_engine,
                                  .models = config->face_models,
                                  .thresholds = config->face_thresholds,
                                  .url = config->face_remote_url,
                                  .ca = config->face_remote_ca,
                                  .certificate = config->face_remote_certificate,
                                  .key = config->face_remote_key,
                                  .timeout_ms = config->face_remote_timeout_ms };

  gs_face_open_async (&options, on_face_opened, g_object_ref (self));
}

static gboolean
on_no_frame (gpointer data)
{
  GsApplication *self = data;

  self->frame_source = 0;
  self->framed = TRUE;
  open_desk_if_ready (self);
  return G_SOURCE_REMOVE;
}

static void
on_first_frame (GdkFrameClock *clock, GsApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_first_frame, self);
  g_clear_handle_id (&self->frame_source, g_source_remove);
  self->framed = TRUE;
  open_desk_if_ready (self);
}

/* The window comes first and empty: the officer sees at once that the desk starts. Certificates,
 * pages, fonts and icons follow when it stands. */
static void
show_window (GsApplication *self)
{
  g_set_weak_pointer (&self->window, gs_window_new (GTK_APPLICATION (self)));
  gtk_widget_set_visible (
    adw_application_window_get_content (ADW_APPLICATION_WINDOW (self->window)), FALSE);
  gs_window_size_follow (GTK_WINDOW (self->window), self->preferences);
  gtk_window_present (GTK_WINDOW (self->window));
  self->frame_source = g_timeout_add (FIRST_FRAME_MS, on_no_frame, self);
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)), "after-paint",
                           G_CALLBACK (on_first_frame), self, 0);
}

static void
gs_application_activate (GApplication *application)
{
  GsApplication *self = GS_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }
  if (self->opening)
    return;
  /* Held until a window stands: without one the program would end. */
  g_application_hold (application);
  self->opening = TRUE;
  gs_store_open_async (self->config->database, NULL, on_store_opened, g_object_ref (self));
  open_face (self);
  show_window (self);
}

/* A display is open from here on, and no window stands yet. */
static void
gs_application_startup (GApplication *application)
{
  GsApplication *self = GS_APPLICATION (application);
  g_autoptr (GSettingsSchemaSource) source = gs_preferences_dup_source ();

  G_APPLICATION_CLASS (gs_application_parent_class)->startup (application);
  self->preferences = gs_preferences_new (source);
  gs_look_follow (self->preferences);
}

static void
gs_application_shutdown (GApplication *application)
{
  GsApplication *self = GS_APPLICATION (application);

  g_clear_handle_id (&self->frame_source, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->store_result);
  g_clear_pointer (&self->face, gs_face_equipment_free);
  g_clear_object (&self->controller);
  if (self->station != NULL)
    gs_station_stop (self->station);
  if (self->scanner != NULL)
    gs_scanner_stop (self->scanner);
  g_clear_object (&self->station);
  g_clear_object (&self->scanner);
  if (self->store != NULL)
    gs_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->preferences);
  G_APPLICATION_CLASS (gs_application_parent_class)->shutdown (application);
}

static void
gs_application_finalize (GObject *object)
{
  GsApplication *self = GS_APPLICATION (object);

  g_clear_pointer (&self->config, gs_config_free);
  G_OBJECT_CLASS (gs_application_parent_class)->finalize (object);
}

static void
gs_application_class_init (GsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_application_finalize;
  application_class->activate = gs_application_activate;
  application_class->startup = gs_application_startup;
  application_class->shutdown = gs_application_shutdown;
}

static void
gs_application_init (GsApplication *self)
{
}

GsApplication *
gs_application_new (GsConfig *config)
{
  GsApplication *self = g_object_new (GS_TYPE_APPLICATION, "application-id", GS_APPLICATION_ID,
                                      "flags", G_APPLICATION_NON_UNIQUE, NULL);

  self->config = config;
  return self;
}
