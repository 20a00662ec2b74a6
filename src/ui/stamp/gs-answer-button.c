/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-answer-button.h"

#include "gs-key-cap.h"

struct _GsAnswerButton
{
  GtkButton parent_instance;

  GsStampPreview *preview;
  GtkLabel *title_label;
  GtkLabel *text_label;
  GsKeyCap *key_cap;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_TEXT,
  PROP_KEY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GsAnswerButton, gs_answer_button, GTK_TYPE_BUTTON)

static void
gs_answer_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GsAnswerButton *self = GS_ANSWER_BUTTON (object);
  const char *text = g_value_get_string (value);

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title_label, text != NULL ? text : "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      text != NULL ? text : "", -1);
      break;
    case PROP_TEXT:
      gtk_label_set_text (self->text_label, text != NULL ? text : "");
      break;
    case PROP_KEY:
      gs_key_cap_set_text (self->key_cap, text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gs_answer_button_class_init (GsAnswerButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = gs_answer_button_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (GS_TYPE_KEY_CAP);
  g_type_ensure (GS_TYPE_STAMP_PREVIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/stamp/gs-answer-button.ui");
  gtk_widget_class_bind_template_child (widget_class, GsAnswerButton, preview);
  gtk_widget_class_bind_template_child (widget_class, GsAnswerButton, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsAnswerButton, text_label);
  gtk_widget_class_bind_template_child (widget_class, GsAnswerButton, key_cap);
}

static void
gs_answer_button_init (GsAnswerButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_stamp_preview_set_ruler (self->preview, FALSE);
}

GsStampPreview *
gs_answer_button_get_preview (GsAnswerButton *self)
{
  g_return_val_if_fail (GS_IS_ANSWER_BUTTON (self), NULL);
  return self->preview;
}
