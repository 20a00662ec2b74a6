/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-outcome-button.h"

#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-style.h"

#include <glib/gi18n.h>

struct _GsOutcomeButton
{
  GtkButton parent_instance;

  GtkWidget *label;
  GtkWidget *reason_label;
  GsKeyCap *key_cap;

  char *hint;
  char *reasons;
};

G_DEFINE_FINAL_TYPE (GsOutcomeButton, gs_outcome_button, GTK_TYPE_BUTTON)

static void
update (GsOutcomeButton *self)
{
  const char *line = self->reasons != NULL ? self->reasons : self->hint;

  gs_label_set (self->reason_label, line);
  gtk_widget_set_sensitive (GTK_WIDGET (self), self->reasons == NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (self->label)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, line != NULL ? line : "",
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                  gs_key_cap_get_text (self->key_cap), -1);
}

static void
gs_outcome_button_dispose (GObject *object)
{
  GsOutcomeButton *self = GS_OUTCOME_BUTTON (object);

  g_clear_pointer (&self->hint, g_free);
  g_clear_pointer (&self->reasons, g_free);
  G_OBJECT_CLASS (gs_outcome_button_parent_class)->dispose (object);
}

static void
gs_outcome_button_class_init (GsOutcomeButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_outcome_button_dispose;
  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/widgets/gs-outcome-button.ui");
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeButton, label);
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeButton, reason_label);
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeButton, key_cap);
}

static void
gs_outcome_button_init (GsOutcomeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_outcome_button_new (const char *label, const char *hint, const char *key)
{
  GsOutcomeButton *self = g_object_new (GS_TYPE_OUTCOME_BUTTON, NULL);

  gs_outcome_button_set_key (self, key);
  gs_outcome_button_set_text (self, label, hint);
  return GTK_WIDGET (self);
}

void
gs_outcome_button_set_text (GsOutcomeButton *self, const char *label, const char *hint)
{
  g_autofree char *old = NULL;

  g_return_if_fail (GS_IS_OUTCOME_BUTTON (self));
  old = g_steal_pointer (&self->hint);
  self->hint = g_strdup (hint);
  gs_label_set (self->label, label);
  update (self);
}

void
gs_outcome_button_set_key (GsOutcomeButton *self, const char *key)
{
  g_return_if_fail (GS_IS_OUTCOME_BUTTON (self));
  gs_key_cap_set_text (self->key_cap, key);
  update (self);
}

void
gs_outcome_button_set_filled (GsOutcomeButton *self, gboolean filled)
{
  g_return_if_fail (GS_IS_OUTCOME_BUTTON (self));
  gs_style_toggle_class (GTK_WIDGET (self), "filled", filled);
}

void
gs_outcome_button_set_reasons (GsOutcomeButton *self, const char *const *reasons)
{
  g_return_if_fail (GS_IS_OUTCOME_BUTTON (self));
  g_free (self->reasons);
  /* Translators: joins the reasons why a key is off: "no link; two officers". */
  self->reasons = reasons != NULL && reasons[0] != NULL
                    ? g_strjoinv (C_ ("between reasons", "; "), (char **) reasons)
                    : NULL;
  update (self);
}
