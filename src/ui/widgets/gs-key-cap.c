/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-key-cap.h"

struct _GsKeyCap
{
  GtkWidget parent_instance;

  GtkWidget *label;
};

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GsKeyCap, gs_key_cap, GTK_TYPE_WIDGET)

static void
gs_key_cap_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    g_value_set_string (value, gs_key_cap_get_text (GS_KEY_CAP (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gs_key_cap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    gs_key_cap_set_text (GS_KEY_CAP (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gs_key_cap_dispose (GObject *object)
{
  g_clear_pointer (&GS_KEY_CAP (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (gs_key_cap_parent_class)->dispose (object);
}

static void
gs_key_cap_class_init (GsKeyCapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gs_key_cap_get_property;
  object_class->set_property = gs_key_cap_set_property;
  object_class->dispose = gs_key_cap_dispose;
  properties[PROP_TEXT] = g_param_spec_string (
    "text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "keycap");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/widgets/gs-key-cap.ui");
  gtk_widget_class_bind_template_child (widget_class, GsKeyCap, label);
}

static void
gs_key_cap_init (GsKeyCap *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
gs_key_cap_new (const char *text)
{
  return g_object_new (GS_TYPE_KEY_CAP, "text", text, NULL);
}

void
gs_key_cap_set_text (GsKeyCap *self, const char *text)
{
  g_return_if_fail (GS_IS_KEY_CAP (self));
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), text != NULL ? text : "") == 0)
    return;
  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && text[0] != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

const char *
gs_key_cap_get_text (GsKeyCap *self)
{
  g_return_val_if_fail (GS_IS_KEY_CAP (self), NULL);
  return gtk_label_get_text (GTK_LABEL (self->label));
}
