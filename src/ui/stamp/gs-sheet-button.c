/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sheet-button.h"

#include "gs-key-cap.h"
#include "gs-label.h"

struct _GsSheetButton
{
  GtkButton parent_instance;

  GtkWidget *text_label;
  GsKeyCap *key_cap;
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_KEY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GsSheetButton, gs_sheet_button, GTK_TYPE_BUTTON)

static void
gs_sheet_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GsSheetButton *self = GS_SHEET_BUTTON (object);

  if (id == PROP_TEXT)
    g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->text_label)));
  else if (id == PROP_KEY)
    g_value_set_string (value, gs_key_cap_get_text (self->key_cap));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gs_sheet_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GsSheetButton *self = GS_SHEET_BUTTON (object);

  if (id == PROP_TEXT)
    gs_sheet_button_set_text (self, g_value_get_string (value));
  else if (id == PROP_KEY)
    gs_sheet_button_set_key (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gs_sheet_button_class_init (GsSheetButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gs_sheet_button_get_property;
  object_class->set_property = gs_sheet_button_set_property;
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/stamp/gs-sheet-button.ui");
  gtk_widget_class_bind_template_child (widget_class, GsSheetButton, text_label);
  gtk_widget_class_bind_template_child (widget_class, GsSheetButton, key_cap);
}

static void
gs_sheet_button_init (GsSheetButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_sheet_button_set_text (GsSheetButton *self, const char *text)
{
  g_return_if_fail (GS_IS_SHEET_BUTTON (self));
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->text_label)), text) == 0)
    return;
  gs_label_set (self->text_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

void
gs_sheet_button_set_key (GsSheetButton *self, const char *key)
{
  g_return_if_fail (GS_IS_SHEET_BUTTON (self));
  if (g_strcmp0 (gs_key_cap_get_text (self->key_cap), key) == 0)
    return;
  gs_key_cap_set_text (self->key_cap, key);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}
