/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-choice-button.h"

#include "gs-reason-text.h"

struct _GsChoiceButton
{
  GtkButton parent_instance;

  GtkLabel *title_label;
  GtkLabel *hint_label;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_HINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GsChoiceButton, gs_choice_button, GTK_TYPE_BUTTON)

static void
gs_choice_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GsChoiceButton *self = GS_CHOICE_BUTTON (object);
  const char *text = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title_label, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
      break;
    case PROP_HINT:
      gs_choice_button_set_hint (self, text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gs_choice_button_class_init (GsChoiceButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = gs_choice_button_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-choice-button.ui");
  gtk_widget_class_bind_template_child (widget_class, GsChoiceButton, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsChoiceButton, hint_label);
}

static void
gs_choice_button_init (GsChoiceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_choice_button_set_hint (GsChoiceButton *self, const char *hint)
{
  g_return_if_fail (GS_IS_CHOICE_BUTTON (self));
  gtk_label_set_text (self->hint_label, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint,
                                  -1);
}

void
gs_choice_button_block (GsChoiceButton *self, guint blocks)
{
  g_autofree const char **words = NULL;
  g_autofree char *reasons = NULL;

  g_return_if_fail (GS_IS_CHOICE_BUTTON (self));
  if (blocks == 0)
    return;
  words = gs_reason_text_blocks (blocks);
  reasons = g_strjoinv ("; ", (char **) words);
  gs_choice_button_set_hint (self, reasons);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
}
