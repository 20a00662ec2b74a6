/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-slip-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-slip.h"
#include "gs-time.h"

#define PIXELS_PER_MM 5.0
#define OTHER_HEIGHT 200 /* title, buttons, margins */

struct _GsSlipWindow
{
  AdwWindow parent_instance;

  GtkWidget *picture;
  GtkWidget *title_label;
  GtkWidget *message_label;
  GtkWidget *save_button;
  GtkWidget *print_button;
  GdkTexture *texture; /* NULL until drawn */
  GBytes *pdf;
  gboolean refusal; /* a notice of refusal, else a travel record slip */
};

G_DEFINE_FINAL_TYPE (GsSlipWindow, gs_slip_window, ADW_TYPE_WINDOW)

typedef struct
{
  GsSlip slip;
  char *crossing_id;
  char *port;
  char *gate;
  char *office;
  char *authority;
  GTimeZone *zone;
} SlipData;

typedef struct
{
  GBytes *pixels;
  guint width;
  guint height;
  GBytes *pdf;
} SlipResult;

static void
slip_data_free (gpointer data)
{
  SlipData *self = data;

  g_free (self->crossing_id);
  g_free (self->port);
  g_free (self->gate);
  g_free (self->office);
  g_free (self->authority);
  g_time_zone_unref (self->zone);
  g_free (self);
}

static void
slip_result_free (gpointer data)
{
  SlipResult *self = data;

  g_clear_pointer (&self->pixels, g_bytes_unref);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self);
}

static void
draw_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SlipData *self = data;
  SlipResult *result = g_new0 (SlipResult, 1);
  g_autoptr (GError) error = NULL;

  result->pixels =
    gs_slip_to_pixels (&self->slip, PIXELS_PER_MM, &result->width, &result->height, &error);
  if (result->pixels != NULL)
    result->pdf = gs_slip_to_pdf (&self->slip, &error);
  if (result->pdf != NULL)
    g_task_return_pointer (task, result, slip_result_free);
  else
    {
      slip_result_free (result);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    return;
  g_message ("The slip cannot be saved: %s", error->message);
  dialog = adw_message_dialog_new (window, _ ("The slip was not saved"),
                                   _ ("Choose another folder, or print it."));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_save_response (GtkNativeDialog *dialog, int response, GBytes *pdf)
{
  GtkWindow *window = gtk_native_dialog_get_transient_for (dialog);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT && window != NULL)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_file_replace_contents_bytes_async (file, pdf, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                           on_saved, g_object_ref (window));
    }
  g_object_unref (dialog);
}

static void
on_save (GsSlipWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    self->refusal ? _ ("Save the notice") : _ ("Save the slip"), GTK_WINDOW (self),
    GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));

  gtk_file_chooser_set_current_name (
    GTK_FILE_CHOOSER (dialog), self->refusal ? "refusal-notice.pdf" : "travel-record-slip.pdf");
  g_signal_connect (dialog, "response", G_CALLBACK (on_save_response), self->pdf);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, GdkTexture *texture)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  double scale = gtk_print_context_get_width (context) / width;

  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

static void
on_print (GsSlipWindow *self)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();

  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, gtk_window_get_title (GTK_WINDOW (self)));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page), self->texture, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self),
                           NULL);
}

static gboolean
on_key (
  GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, GsSlipWindow *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsSlipWindow *self = GS_SLIP_WINDOW (source);
  g_autoptr (GError) error = NULL;
  SlipResult *drawn = g_task_propagate_pointer (G_TASK (result), &error);

  if (drawn == NULL)
    {
      g_warning ("The slip cannot be drawn: %s", error->message);
      gs_label_set (self->message_label,
                    _ ("The slip cannot be drawn. Send the traveller to the airport office."));
      return;
    }
  self->texture =
    gdk_memory_texture_new ((int) drawn->width, (int) drawn->height,
                            GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, drawn->pixels, drawn->width * 4);
  self->pdf = g_bytes_ref (drawn->pdf);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (self->texture));
  gtk_widget_set_sensitive (self->save_button, TRUE);
  gtk_widget_set_sensitive (self->print_button, TRUE);
  slip_result_free (drawn);
}

static SlipData *
make_data (GsStation *station, GsCase *item)
{
  const GsConfig *config = gs_station_get_config (station);
  const GsCrossing *crossing = gs_case_get_crossing (item);
  SlipData *data = g_new0 (SlipData, 1);

  data->crossing_id = g_strdup (crossing->id);
  data->port = config->crossing_point != NULL
                 ? g_strdup_printf ("%s (%s)", config->port_name, config->crossing_point)
                 : g_strdup (config->port_name);
  data->gate = gs_format_gate (station, crossing->gate);
  data->office = g_strdup (config->office != NULL ? config->office : config->port_name);
  data->zone = g_time_zone_ref (gs_station_get_time_zone (station));
  data->slip.language = gs_slip_language_from_code (gs_reason_text_language (crossing->traveller));
  data->authority = g_strdup (config->authority);
  data->slip.authority = data->authority;
  data->slip.direction = crossing->direction != 0 ? crossing->direction : config->direction;
  data->slip.crossing_id = data->crossing_id;
  data->slip.crossed_at_utc_ms = crossing->admitted_utc_ms;
  data->slip.port_zone = data->zone;
  data->slip.port = data->port;
  data->slip.gate = data->gate;
  data->slip.office = data->office;
  data->slip.issued_at_utc_ms = gs_clock_now_utc_ms (gs_station_get_clock (station));
  return data;
}

/* The configuration, which holds the ground, outlives the window. */
static void
make_refusal (SlipData *data, GsStation *station, GsCase *item, const GsRefusalGround *ground)
{
  const GsConfig *config = gs_station_get_config (station);
  const GsCrossing *crossing = gs_case_get_crossing (item);

  data->slip.ground_code = ground->code;
  data->slip.ground =
    gs_refusal_ground_get_text (ground, gs_slip_language_to_code (data->slip.language));
  data->slip.ground_english = data->slip.ground != ground->text ? ground->text : NULL;
  data->slip.crossed_at_utc_ms = crossing->referred_utc_ms != GS_TIME_UNKNOWN
                                   ? crossing->referred_utc_ms
                                   : data->slip.issued_at_utc_ms;
  /* UTO is nobody's state: what such a desk prints is a specimen. */
  data->slip.specimen =
    config->serial_prefix == NULL || g_str_has_prefix (config->serial_prefix, "UTO-");
}

static void
gs_slip_window_finalize (GObject *object)
{
  GsSlipWindow *self = GS_SLIP_WINDOW (object);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  G_OBJECT_CLASS (gs_slip_window_parent_class)->finalize (object);
}

static void
gs_slip_window_class_init (GsSlipWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_slip_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/stamp/gs-slip-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsSlipWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, GsSlipWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsSlipWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, GsSlipWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, GsSlipWindow, print_button);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
gs_slip_window_init (GsSlipWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
present (GtkWindow *parent, GsStation *station, GsCase *item, const GsRefusalGround *ground)
{
  SlipData *data = make_data (station, item);
  GsSlipWindow *self = g_object_new (GS_TYPE_SLIP_WINDOW, "transient-for", parent, NULL);
  /* An A6 page; on a small screen as tall as there is room for. */
  int tall = CLAMP (gtk_widget_get_height (GTK_WIDGET (parent)) - OTHER_HEIGHT, 300,
                    (int) (148 * PIXELS_PER_MM));
  g_autoptr (GTask) task = NULL;

  if (ground != NULL)
    {
      self->refusal = TRUE;
      make_refusal (data, station, item, ground);
      gtk_window_set_title (GTK_WINDOW (self), _ ("Notice of refusal"));
      gs_label_set (self->title_label, _ ("Notice of refusal"));
      gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), _ ("Notice of refusal"));
    }
  gtk_widget_set_size_request (self->picture, tall * 105 / 148, tall);
  gtk_window_present (GTK_WINDOW (self));
  task = g_task_new (self, NULL, on_drawn, NULL);
  g_task_set_task_data (task, data, slip_data_free);
  g_task_run_in_thread (task, draw_in_thread);
}

void
gs_slip_window_present (GtkWindow *parent, GsStation *station, GsCase *item)
{
  present (parent, station, item, NULL);
}

void
gs_slip_window_present_refusal (GtkWindow *parent,
                                GsStation *station,
                                GsCase *item,
                                const GsRefusalGround *ground)
{
  present (parent, station, item, ground);
}
