/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gs-case-checks.h"
#include "gs-check-item.h"
#include "gs-check-tree.h"
#include "gs-label.h"
#include "gs-seal-desk.h"
#include "gs-seal-error.h"
#include "gs-seal-picture.h"
#include "gs-seal-text.h"
#include "gs-sheet-button.h"

struct _GsSealWindow
{
  AdwWindow parent_instance;

  GsStation *station;
  GsSealDesk *desk;
  GCancellable *cancellable; /* of what is being read */
  GsSealReading *reading;
  int chosen; /* of the reading's symbols; -1 for none */
  GsCameraFrame *frame;
  gulong preview_handler;
  GtkFileChooserNative *chooser;

  GtkPicture *picture;
  GtkDrawingArea *outlines;
  GtkWidget *hint_label;
  GtkWidget *result_label;
  GtkWidget *message_label;
  GtkWidget *fields_label;
  GsCheckTree *steps;
  GtkWidget *next_button;
  GtkWidget *camera_button;
  GtkEditable *digits_entry;
};

G_DEFINE_FINAL_TYPE (GsSealWindow, gs_seal_window, ADW_TYPE_WINDOW)

static guint
count_seals (GsSealWindow *self)
{
  guint n = 0;

  for (guint i = 0; self->reading != NULL && i < self->reading->found->len; i++)
    n += gs_seal_found_is_seal (self->reading->found->pdata[i]) ? 1 : 0;
  return n;
}

/* --- the picture ------------------------------------------------------------------------------ */

/* Where the picture lies within the area, and how large a dot of it is. */
static gboolean
get_scale (GsSealWindow *self, double width, double height, double *x, double *y, double *scale)
{
  const GsSealReading *reading = self->reading;

  if (reading == NULL || reading->width == 0 || reading->height == 0)
    return FALSE;
  *scale = MIN (width / reading->width, height / reading->height);
  *x = (width - *scale * reading->width) / 2;
  *y = (height - *scale * reading->height) / 2;
  return TRUE;
}

static void
draw_outlines (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  GsSealWindow *self = data;
  double x, y, scale;

  if (!get_scale (self, width, height, &x, &y, &scale))
    return;
  for (guint i = 0; i < self->reading->found->len; i++)
    {
      const GsSealFound *one = self->reading->found->pdata[i];

      if (!gs_seal_found_is_seal (one))
        continue;
      for (guint k = 0; k < 4; k++)
        cairo_line_to (cr, x + scale * one->x[k], y + scale * one->y[k]);
      cairo_close_path (cr);
      /* The chosen one is told apart by its line, not only by its colour. */
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_set_line_width (cr, (int) i == self->chosen ? 7 : 4);
      cairo_stroke_preserve (cr);
      cairo_set_source_rgb (cr, 0.05, 0.3, 0.75);
      cairo_set_line_width (cr, (int) i == self->chosen ? 4 : 1.5);
      cairo_stroke (cr);
    }
}

static void
show_picture (GsSealWindow *self)
{
  const GsSealReading *reading = self->reading;
  g_autoptr (GdkTexture) texture = NULL;

  if (reading != NULL && reading->preview != NULL)
    {
      gsize n = (gsize) reading->preview_width * reading->preview_height;
      const guint8 *grey = g_bytes_get_data (reading->preview, NULL);
      guint8 *rgb = g_malloc (3 * n);
      g_autoptr (GBytes) bytes = NULL;

      for (gsize i = 0; i < n; i++)
        memset (rgb + 3 * i, grey[i], 3);
      bytes = g_bytes_new_take (rgb, 3 * n);
      texture =
        gdk_memory_texture_new ((int) reading->preview_width, (int) reading->preview_height,
                                GDK_MEMORY_R8G8B8, bytes, 3 * (gsize) reading->preview_width);
    }
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->hint_label, texture == NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self->outlines));
}

/* --- the verdict ------------------------------------------------------------------------------ */

static void
clear_verdict (GsSealWindow *self)
{
  gs_label_set (self->result_label, NULL);
  gs_label_set (self->message_label, NULL);
  gs_label_set (self->fields_label, NULL);
  gs_check_tree_set_groups (self->steps, NULL);
}

static void
append_step (GsCheckItem *group, const GsVerdict *step)
{
  const char *title = gs_seal_text_step (step);
  GsCheckItem *item;

  if (title == NULL)
    return;
  item =
    gs_check_item_new (title, (GsSign) gs_case_checks_sign (gs_verdict_get_result (step)), NULL);
  gs_check_item_set_remark (item, gs_seal_text_cause (step));
  gs_check_item_append (group, item);
  g_object_unref (item);
  for (guint i = 0; i < gs_verdict_get_n_children (step); i++)
    append_step (group, gs_verdict_get_child (step, i));
}

static void
show_verdict (GsSealWindow *self, const GsVerdict *verdict)
{
  GsCheckResult result = gs_verdict_get_result (verdict);
  g_autoptr (GListStore) groups = g_list_store_new (GS_TYPE_CHECK_ITEM);
  g_autoptr (GsCheckItem) group =
    gs_check_item_new_group (_ ("Digital seal"), (GsSign) gs_case_checks_sign (result), NULL, TRUE);
  g_autofree char *fields = gs_seal_text_fields (verdict);
  g_autofree char *several = NULL;
  guint n_seals = count_seals (self);

  for (guint i = 0; i < gs_verdict_get_n_children (verdict); i++)
    append_step (group, gs_verdict_get_child (verdict, i));
  g_list_store_append (groups, group);
  gs_check_tree_set_groups (self->steps, G_LIST_MODEL (groups));
  gs_label_set (self->result_label, gs_seal_text_result (result));
  gs_label_set (self->fields_label, fields);
  if (n_seals > 1)
    /* Translators: more than one. */
    several = g_strdup_printf (
      _ ("There are %u seals on the picture. This is about the one with the thick line."), n_seals);
  gs_label_set (self->message_label, several);
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsSealWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsVerdict) verdict = gs_seal_desk_judge_finish (GS_SEAL_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  if (verdict == NULL)
    {
      g_warning ("A seal cannot be judged: %s", error->message);
      gs_label_set (self->message_label,
                    _ ("The keys that seals are believed under cannot be read. Tell the "
                       "administrator."));
      return;
    }
  show_verdict (self, verdict);
}

static void
judge (GsSealWindow *self, GBytes *seal)
{
  GsCase *item = self->station != NULL ? gs_station_get_current (self->station) : NULL;
  const GsTraveller *traveller = item != NULL ? gs_case_get_crossing (item)->traveller : NULL;

  clear_verdict (self);
  gs_seal_desk_judge_async (self->desk, seal, traveller != NULL ? traveller->issuing_state : NULL,
                            traveller != NULL ? traveller->document_number : NULL,
                            self->cancellable, on_judged, g_object_ref (self));
}

static void
choose (GsSealWindow *self, int index)
{
  self->chosen = index;
  gtk_widget_set_sensitive (self->next_button, count_seals (self) > 1);
  gtk_widget_queue_draw (GTK_WIDGET (self->outlines));
  if (index >= 0)
    judge (self, ((const GsSealFound *) self->reading->found->pdata[index])->bytes);
}

static void
on_next (GsSealWindow *self)
{
  guint n = self->reading != NULL ? self->reading->found->len : 0;

  for (guint i = 1; i < n; i++)
    {
      guint index = ((guint) self->chosen + i) % n;

      if (gs_seal_found_is_seal (self->reading->found->pdata[index]))
        {
          choose (self, (int) index);
          return;
        }
    }
}

static void
on_pressed (GtkGestureClick *click, int n, double at_x, double at_y, GsSealWindow *self)
{
  GtkWidget *area = GTK_WIDGET (self->outlines);
  double x, y, scale;
  double nearest = G_MAXDOUBLE;
  int index = -1;

  if (!get_scale (self, gtk_widget_get_width (area), gtk_widget_get_height (area), &x, &y, &scale))
    return;
  for (guint i = 0; i < self->reading->found->len; i++)
    {
      const GsSealFound *one = self->reading->found->pdata[i];
      double dx = x + scale * gs_seal_found_get_x (one) - at_x;
      double dy = y + scale * gs_seal_found_get_y (one) - at_y;

      if (!gs_seal_found_is_seal (one) || dx * dx + dy * dy >= nearest)
        continue;
      nearest = dx * dx + dy * dy;
      index = (int) i;
    }
  if (index >= 0 && index != self->chosen)
    choose (self, index);
}

/* --- reading ---------------------------------------------------------------------------------- */

static const char *
error_text (const GError *error)
{
  if (g_error_matches (error, GS_SEAL_ERROR, GS_SEAL_ERROR_LIMIT))
    return _ ("The picture is too large. Take one of the page alone.");
  if (g_error_matches (error, GS_SEAL_ERROR, GS_SEAL_ERROR_UNSUPPORTED))
    return _ ("This file is no picture that is read here. Choose a PNG or a JPEG.");
  if (g_error_matches (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SLOW))
    return _ ("Reading the picture took too long.");
  if (g_error_matches (error, GS_SEAL_ERROR, GS_SEAL_ERROR_NOT_A_SEAL))
    return _ ("These are not the digits of a seal.");
  return _ ("The picture is damaged and cannot be read.");
}

static void
begin (GsSealWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->reading, gs_seal_reading_free);
  self->chosen = -1;
  gtk_widget_set_sensitive (self->next_button, FALSE);
  clear_verdict (self);
  show_picture (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsSealWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsSealReading) reading = gs_seal_reader_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  if (reading == NULL)
    {
      g_message ("A picture cannot be read: %s", error->message);
      gs_label_set (self->message_label, error_text (error));
      return;
    }
  self->reading = g_steal_pointer (&reading);
  show_picture (self);
  gs_label_set (self->message_label, NULL);
  choose (self,
          gs_seal_found_choose (self->reading->found, self->reading->width, self->reading->height));
  if (self->chosen < 0)
    gs_label_set (self->message_label,
                  _ ("There is no seal on the picture, or it cannot be read. Take it nearer, "
                     "straight from above, and sharp."));
}

static void
read_picture (GsSealWindow *self, GBytes *picture)
{
  gs_label_set (self->message_label, _ ("The picture is being read…"));
  gs_seal_reader_read_async (picture, GS_SEAL_READER_PATIENCE_MS, self->cancellable, on_read,
                             g_object_ref (self));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsSealWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  if (picture != NULL)
    read_picture (self, picture);
  else
    gs_label_set (self->message_label, _ ("The file cannot be opened."));
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsSealWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    gs_label_set (self->message_label, _ ("The file cannot be opened."));
  else if (g_file_info_get_size (info) > GS_SEAL_PICTURE_MAX_BYTES)
    gs_label_set (self->message_label, _ ("The picture is too large. Take one of the page alone."));
  else
    g_file_load_bytes_async (G_FILE (source), self->cancellable, on_loaded, g_object_ref (self));
}

void
gs_seal_window_open_file (GsSealWindow *self, GFile *file)
{
  g_return_if_fail (GS_IS_SEAL_WINDOW (self));
  begin (self);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, on_info,
                           g_object_ref (self));
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, GsSealWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  if (file != NULL)
    gs_seal_window_open_file (self, file);
}

static void
on_open (GsSealWindow *self)
{
  g_autoptr (GtkFileChooserNative) chooser =
    gtk_file_chooser_native_new (_ ("Choose a picture of the seal"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  g_object_unref (filter);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
  g_set_object (&self->chooser, chooser);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GsSealWindow *self)
{
  if (!G_VALUE_HOLDS (value, G_TYPE_FILE))
    return FALSE;
  gs_seal_window_open_file (self, g_value_get_object (value));
  return TRUE;
}

/* The newest picture of the desk's camera, as PNM. */
static void
on_camera (GsSealWindow *self)
{
  const GsCameraFrame *frame = self->frame;
  g_autoptr (GByteArray) out = NULL;
  g_autofree char *head = NULL;
  g_autoptr (GBytes) picture = NULL;
  const guint8 *from;

  if (frame == NULL)
    return;
  head = g_strdup_printf ("P6\n%u %u\n255\n", frame->width, frame->height);
  out = g_byte_array_sized_new (3 * frame->width * frame->height + 32);
  g_byte_array_append (out, (const guint8 *) head, (guint) strlen (head));
  from = g_bytes_get_data (frame->bgra, NULL);
  for (guint y = 0; y < frame->height; y++)
    for (guint x = 0; x < frame->width; x++)
      {
        const guint8 *dot = from + y * frame->stride + 4 * (gsize) x;

        g_byte_array_append (out, (const guint8[]){ dot[2], dot[1], dot[0] }, 3);
      }
  picture = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  begin (self);
  read_picture (self, picture);
}

static void
on_preview (GsSealWindow *self, GsCameraFrame *frame)
{
  g_clear_pointer (&self->frame, gs_camera_frame_unref);
  self->frame = gs_camera_frame_ref (frame);
  gtk_widget_set_sensitive (self->camera_button, TRUE);
}

static void
on_digits (GsSealWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) seal =
    gs_seal_bytes_from_hex (gtk_editable_get_text (self->digits_entry), &error);

  begin (self);
  if (seal == NULL)
    gs_label_set (self->message_label, error_text (error));
  else
    judge (self, seal);
}

/* --- the window ------------------------------------------------------------------------------- */

static gboolean
on_key (
  GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, GsSealWindow *self)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  if (keyval == GDK_KEY_Escape)
    gtk_window_close (GTK_WINDOW (self));
  else if (control && (keyval == GDK_KEY_o || keyval == GDK_KEY_O))
    on_open (self);
  else if (control && (keyval == GDK_KEY_n || keyval == GDK_KEY_N))
    on_next (self);
  else if (control && (keyval == GDK_KEY_k || keyval == GDK_KEY_K))
    on_camera (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
gs_seal_window_dispose (GObject *object)
{
  GsSealWindow *self = GS_SEAL_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->station != NULL && self->preview_handler != 0)
    g_clear_signal_handler (&self->preview_handler, gs_station_get_face_desk (self->station));
  g_clear_object (&self->station);
  g_clear_object (&self->desk);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->frame, gs_camera_frame_unref);
  g_clear_pointer (&self->reading, gs_seal_reading_free);
  G_OBJECT_CLASS (gs_seal_window_parent_class)->dispose (object);
}

static void
gs_seal_window_class_init (GsSealWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_seal_window_dispose;
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  g_type_ensure (GS_TYPE_CHECK_TREE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/stamp/gs-seal-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, outlines);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, result_label);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, fields_label);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, camera_button);
  gtk_widget_class_bind_template_child (widget_class, GsSealWindow, digits_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_camera);
  gtk_widget_class_bind_template_callback (widget_class, on_digits);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
}

static void
gs_seal_window_init (GsSealWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  self->chosen = -1;
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->outlines, draw_outlines, self, NULL);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

GsSealWindow *
gs_seal_window_new (GtkWindow *parent, GsSealDesk *desk)
{
  GsSealWindow *self = g_object_new (GS_TYPE_SEAL_WINDOW, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  clear_verdict (self);
  if (!gs_seal_desk_has_keys (self->desk))
    gs_label_set (self->message_label, _ ("This desk has no certificates of signers: seals can be "
                                          "read, but not judged."));
  return self;
}

void
gs_seal_window_open (GtkWindow *parent, GsStation *station)
{
  g_autoptr (GsSealDesk) desk = gs_seal_desk_new (gs_station_get_config (station));
  GsSealWindow *self = gs_seal_window_new (parent, desk);

  self->station = g_object_ref (station);
  self->preview_handler =
    g_signal_connect_object (gs_station_get_face_desk (station), "preview", G_CALLBACK (on_preview),
                             self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
}

gboolean
gs_seal_window_has_verdict (GsSealWindow *self)
{
  g_return_val_if_fail (GS_IS_SEAL_WINDOW (self), FALSE);
  return *gtk_label_get_text (GTK_LABEL (self->result_label)) != '\0';
}
