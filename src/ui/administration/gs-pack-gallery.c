/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-gallery.h"

#include "gs-label.h"
#include "gs-pack-text.h"
#include "gs-stamp-preview.h"

#define PREVIEW_WIDTH_PX 260
#define PREVIEW_HEIGHT_PX 206

struct _GsPackGallery
{
  GtkBox parent_instance;

  GtkWidget *flow;
  GsStampPack *pack; /* that is shown */
  GCancellable *cancellable;
  guint n_samples;
  guint n_drawn;
};

G_DEFINE_FINAL_TYPE (GsPackGallery, gs_pack_gallery, GTK_TYPE_BOX)

static void
clear (GsPackGallery *self)
{
  GtkWidget *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pack, gs_stamp_pack_unref);
  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  self->n_samples = self->n_drawn = 0;
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) preview = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampBitmap) bitmap =
    gs_pack_desk_draw_finish (GS_PACK_DESK (source), result, &error);
  GtkWidget *self = gtk_widget_get_ancestor (preview, GS_TYPE_PACK_GALLERY);

  if (bitmap == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        g_warning ("A sample cannot be drawn: %s", error->message);
      return;
    }
  gs_stamp_preview_set_bitmap (GS_STAMP_PREVIEW (preview), gs_stamp_bitmap_get_rows (bitmap),
                               gs_stamp_bitmap_get_width (bitmap),
                               gs_stamp_bitmap_get_height (bitmap),
                               gs_stamp_bitmap_get_dpi (bitmap));
  if (self != NULL)
    GS_PACK_GALLERY (self)->n_drawn++;
}

static void
add_sample (GsPackGallery *self, GsPackDesk *desk, const GsStampFields *fields)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *preview = gs_stamp_preview_new ();
  g_autofree char *text = gs_pack_text_sample (fields);
  GtkWidget *caption = gs_label_new (text, "gs-second");

  gs_stamp_preview_set_ruler (GS_STAMP_PREVIEW (preview), FALSE);
  gtk_widget_set_size_request (preview, PREVIEW_WIDTH_PX, PREVIEW_HEIGHT_PX);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (caption), 26);
  gtk_accessible_update_property (GTK_ACCESSIBLE (preview), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  gtk_box_append (GTK_BOX (box), preview);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_flow_box_insert (GTK_FLOW_BOX (self->flow), box, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
  gs_pack_desk_draw_async (desk, self->pack, fields, self->cancellable, on_drawn,
                           g_object_ref (preview));
}

void
gs_pack_gallery_show (GsPackGallery *self, GsPackDesk *desk, GsStampPack *pack, const char *day)
{
  g_autoptr (GPtrArray) samples = NULL;

  g_return_if_fail (GS_IS_PACK_GALLERY (self));
  /* The same again keeps its pictures. */
  if (pack != NULL && pack == self->pack)
    return;
  clear (self);
  if (pack == NULL)
    return;
  self->pack = gs_stamp_pack_ref (pack);
  self->cancellable = g_cancellable_new ();
  samples = gs_stamp_pack_list_samples (pack, day);
  self->n_samples = samples->len;
  for (guint i = 0; i < samples->len; i++)
    add_sample (self, desk, g_ptr_array_index (samples, i));
}

guint
gs_pack_gallery_get_n_drawn (GsPackGallery *self)
{
  g_return_val_if_fail (GS_IS_PACK_GALLERY (self), 0);
  return self->n_drawn;
}

guint
gs_pack_gallery_get_n_samples (GsPackGallery *self)
{
  g_return_val_if_fail (GS_IS_PACK_GALLERY (self), 0);
  return self->n_samples;
}

static void
gs_pack_gallery_dispose (GObject *object)
{
  GsPackGallery *self = GS_PACK_GALLERY (object);

  if (self->flow != NULL)
    clear (self);
  G_OBJECT_CLASS (gs_pack_gallery_parent_class)->dispose (object);
}

static void
gs_pack_gallery_class_init (GsPackGalleryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_pack_gallery_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-pack-gallery.ui");
  gtk_widget_class_bind_template_child (widget_class, GsPackGallery, flow);
}

static void
gs_pack_gallery_init (GsPackGallery *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
