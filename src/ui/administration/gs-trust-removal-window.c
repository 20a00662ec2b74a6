/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-removal-window.h"

#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-trust-text.h"

#include <glib/gi18n.h>

struct _GsTrustRemovalWindow
{
  AdwWindow parent_instance;

  GtkWidget *name_label;
  GtkWidget *fingerprint_label;
  GtkDropDown *reason_drop_down;
  GtkWidget *error_label;
  GtkWidget *remove_button;

  GsTrustDesk *desk;
  GsTrustCertificate *certificate;
};

G_DEFINE_FINAL_TYPE (GsTrustRemovalWindow, gs_trust_removal_window, ADW_TYPE_WINDOW)

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsTrustRemovalWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gs_trust_desk_change_finish (GS_TRUST_DESK (source), result, &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  g_message ("Trust removal: %s", error->message);
  gs_label_set (self->error_label, gs_trust_text_error (error));
  gtk_widget_set_sensitive (self->remove_button, TRUE);
}

static void
on_remove (GsTrustRemovalWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->reason_drop_down);

  if (chosen < GS_TRUST_REMOVAL_WITHDRAWN || chosen > GS_TRUST_REMOVAL_ORDER)
    return;
  gtk_widget_set_sensitive (self->remove_button, FALSE);
  gs_label_set (self->error_label, NULL);
  gs_trust_desk_remove_async (self->desk,
                              gs_trust_certificate_get_facts (self->certificate)->fingerprint,
                              (GsTrustRemoval) chosen, NULL, on_removed, g_object_ref (self));
}

static void
on_reason (GsTrustRemovalWindow *self)
{
  gtk_widget_set_sensitive (self->remove_button,
                            gtk_drop_down_get_selected (self->reason_drop_down) != 0);
}

static void
gs_trust_removal_window_dispose (GObject *object)
{
  GsTrustRemovalWindow *self = GS_TRUST_REMOVAL_WINDOW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->certificate);
  G_OBJECT_CLASS (gs_trust_removal_window_parent_class)->dispose (object);
}

static void
gs_trust_removal_window_class_init (GsTrustRemovalWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_trust_removal_window_dispose;
  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-trust-removal-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsTrustRemovalWindow, name_label);
  gtk_widget_class_bind_template_child (widget_class, GsTrustRemovalWindow, fingerprint_label);
  gtk_widget_class_bind_template_child (widget_class, GsTrustRemovalWindow, reason_drop_down);
  gtk_widget_class_bind_template_child (widget_class, GsTrustRemovalWindow, error_label);
  gtk_widget_class_bind_template_child (widget_class, GsTrustRemovalWindow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_reason);
}

static void
gs_trust_removal_window_init (GsTrustRemovalWindow *self)
{
  g_autoptr (GtkStringList) reasons = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_string_list_append (reasons, _ ("Choose the reason"));
  for (int i = GS_TRUST_REMOVAL_WITHDRAWN; i <= GS_TRUST_REMOVAL_ORDER; i++)
    gtk_string_list_append (reasons, gs_trust_text_removal ((GsTrustRemoval) i));
  gtk_drop_down_set_model (self->reason_drop_down, G_LIST_MODEL (reasons));
}

GtkWidget *
gs_trust_removal_window_new (GtkWindow *parent, GsTrustDesk *desk, GsTrustCertificate *certificate)
{
  GsTrustRemovalWindow *self =
    g_object_new (GS_TYPE_TRUST_REMOVAL_WINDOW, "transient-for", parent, NULL);
  const GsTrustFacts *facts = gs_trust_certificate_get_facts (certificate);
  g_autofree char *name = g_strdup_printf ("%s · %s", facts->country, facts->name);
  g_autofree char *fingerprint = gs_trust_group_fingerprint (facts->fingerprint);

  self->desk = g_object_ref (desk);
  self->certificate = g_object_ref (certificate);
  gs_label_set (self->name_label, name);
  fingerprint[39] = '\n';
  gs_label_set (self->fingerprint_label, fingerprint);
  return GTK_WIDGET (self);
}
