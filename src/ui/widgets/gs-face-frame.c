/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-frame.h"

#include "gs-label.h"
#include "gs-sign-view.h"
#include "gs-text.h"

#include <string.h>

struct _GsFaceFrame
{
  GtkBox parent_instance;

  GtkWidget *head_box;
  GtkWidget *foot_box;
  GtkWidget *caption_label;
  GtkWidget *note_label;
  GsFacePicture *picture;
  GsSignView *foot_sign;
  GtkWidget *foot_icon;
  GtkWidget *foot_label;
};

G_DEFINE_FINAL_TYPE (GsFaceFrame, gs_face_frame, GTK_TYPE_BOX)

static void
gs_face_frame_class_init (GsFaceFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_SIGN_VIEW);
  g_type_ensure (GS_TYPE_FACE_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/widgets/gs-face-frame.ui");
  gtk_widget_class_bind_template_child (widget_class, GsFaceFrame, head_box);
  gtk_widget_class_bind_template_child (widget_class, GsFaceFrame, foot_box);
  gtk_widget_class_bind_template_child (widget_class, GsFaceFrame, caption_label);
  gtk_widget_class_bind_template_child (widget_class, GsFaceFrame, note_label);
  gtk_widget_class_bind_template_child (widget_class, GsFaceFrame, picture);
  gtk_widget_class_bind_template_child (widget_class, GsFaceFrame, foot_sign);
  gtk_widget_class_bind_template_child (widget_class, GsFaceFrame, foot_icon);
  gtk_widget_class_bind_template_child (widget_class, GsFaceFrame, foot_label);
}

static void
gs_face_frame_init (GsFaceFrame *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_sign_view_set_label (self->foot_sign, "");
  gs_face_frame_set_foot (self, GS_SIGN_NONE, NULL, NULL, NULL);
}

GtkWidget *
gs_face_frame_new (const char *caption)
{
  GsFaceFrame *self = g_object_new (GS_TYPE_FACE_FRAME, NULL);

  gs_face_frame_set_caption (self, caption, NULL);
  return GTK_WIDGET (self);
}

GsFacePicture *
gs_face_frame_get_picture (GsFaceFrame *self)
{
  g_return_val_if_fail (GS_IS_FACE_FRAME (self), NULL);
  return self->picture;
}

void
gs_face_frame_set_caption (GsFaceFrame *self, const char *caption, const char *note)
{
  g_return_if_fail (GS_IS_FACE_FRAME (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head_box),
                                  gs_text_scale (GTK_WIDGET (self)) > 1.3
                                    ? GTK_ORIENTATION_VERTICAL
                                    : GTK_ORIENTATION_HORIZONTAL);
  gs_label_set (self->caption_label, caption);
  gs_label_set (self->note_label, note);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  caption, -1);
}

/* One text, so that a narrow frame breaks it where there is room, and not each part for itself. */
static void
set_foot_text (GsFaceFrame *self, const char *strong, const char *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *whole = g_strjoin (strong != NULL && text != NULL ? " " : "",
                                      strong != NULL ? strong : "", text != NULL ? text : "", NULL);

  if (strong != NULL)
    {
      PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD);
      PangoAttribute *features = pango_attr_font_features_new ("tnum, zero, ss02");

      weight->end_index = features->end_index = (guint) strlen (strong);
      pango_attr_list_insert (attributes, weight);
      pango_attr_list_insert (attributes, features);
    }
  gtk_label_set_attributes (GTK_LABEL (self->foot_label), attributes);
  gtk_label_set_text (GTK_LABEL (self->foot_label), whole);
}

void
gs_face_frame_set_foot (
  GsFaceFrame *self, GsSign sign, const char *icon_name, const char *strong, const char *text)
{
  g_return_if_fail (GS_IS_FACE_FRAME (self));
  gs_sign_view_set_sign (self->foot_sign, sign);
  gtk_widget_set_visible (GTK_WIDGET (self->foot_sign), sign != GS_SIGN_NONE);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->foot_icon), icon_name);
  gtk_widget_set_visible (self->foot_icon, icon_name != NULL && sign == GS_SIGN_NONE);
  set_foot_text (self, strong, text);
}

void
gs_face_frame_hide_foot (GsFaceFrame *self)
{
  g_return_if_fail (GS_IS_FACE_FRAME (self));
  gtk_widget_set_visible (self->foot_box, FALSE);
}

void
gs_face_frame_align (GsFaceFrame *const *frames, gsize n)
{
  g_autoptr (GtkSizeGroup) heads = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);
  g_autoptr (GtkSizeGroup) feet = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);
  g_autofree GsFacePicture **pictures = g_new (GsFacePicture *, n);

  for (gsize i = 0; i < n; i++)
    {
      gtk_size_group_add_widget (heads, frames[i]->head_box);
      gtk_size_group_add_widget (feet, frames[i]->foot_box);
      pictures[i] = frames[i]->picture;
    }
  gs_face_picture_join (pictures, n);
}
