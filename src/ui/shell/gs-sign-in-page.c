/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sign-in-page.h"

#include <glib/gi18n.h>

#include "gs-auth-error.h"
#include "gs-label.h"

struct _GsSignInPage
{
  GtkBox parent_instance;

  GsSignIn *sign_in;
  GsSignInPurpose purpose;
  GCancellable *cancellable;
  GtkWidget *name_entry;
  GtkWidget *password_entry;
  GtkWidget *message_label;
  GtkWidget *button;
  GtkWidget *spinner;
};

enum
{
  SIGNAL_SIGNED_IN = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsSignInPage, gs_sign_in_page, GTK_TYPE_BOX)

static void
set_busy (GsSignInPage *self, gboolean busy)
{
  /* Not made insensitive: GTK 4.8 does not tell an entry that it lost the focus that way. */
  gtk_editable_set_editable (GTK_EDITABLE (self->name_entry), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->password_entry), !busy);
  gtk_widget_set_sensitive (self->button, !busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_widget_set_visible (self->spinner, busy);
}

void
gs_sign_in_page_set_message (GsSignInPage *self, const char *message)
{
  g_return_if_fail (GS_IS_SIGN_IN_PAGE (self));
  gs_label_set (self->message_label, message);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsSession) session = gs_sign_in_finish (GS_SIGN_IN (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->password_entry), "");
  if (session != NULL)
    {
      gs_sign_in_page_set_message (self, NULL);
      gtk_editable_set_text (GTK_EDITABLE (self->name_entry), "");
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
      g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, session);
      return;
    }
  gs_sign_in_page_set_message (
    self, g_error_matches (error, GS_AUTH_ERROR, GS_AUTH_ERROR_DENIED)
            ? _ ("Name or password is not right, or the account cannot be used now.")
            : _ ("Accounts cannot be read now. Tell the administrator."));
  gtk_widget_grab_focus (self->password_entry);
}

static void
begin (GsSignInPage *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_entry));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_entry));

  if (*name == '\0')
    {
      gtk_widget_grab_focus (self->name_entry);
      return;
    }
  if (*password == '\0')
    {
      gtk_widget_grab_focus (self->password_entry);
      return;
    }
  set_busy (self, TRUE);
  gs_sign_in_page_set_message (self, NULL);
  gs_sign_in_async (self->sign_in, self->purpose, name, password, self->cancellable, on_signed_in,
                    g_object_ref (self));
}

void
gs_sign_in_page_reset (GsSignInPage *self)
{
  g_return_if_fail (GS_IS_SIGN_IN_PAGE (self));
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), "");
  gtk_editable_set_text (GTK_EDITABLE (self->password_entry), "");
  gs_sign_in_page_set_message (self, NULL);
  gtk_widget_grab_focus (self->name_entry);
}

static gboolean
on_first_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gtk_widget_grab_focus (GS_SIGN_IN_PAGE (widget)->name_entry);
  return G_SOURCE_REMOVE;
}

/* What is not drawn yet takes no focus. */
static void
gs_sign_in_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gs_sign_in_page_parent_class)->map (widget);
  gtk_widget_add_tick_callback (widget, on_first_frame, NULL, NULL);
}

static void
gs_sign_in_page_dispose (GObject *object)
{
  GsSignInPage *self = GS_SIGN_IN_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->sign_in);
  G_OBJECT_CLASS (gs_sign_in_page_parent_class)->dispose (object);
}

static void
gs_sign_in_page_class_init (GsSignInPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_sign_in_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = gs_sign_in_page_map;
  signals[SIGNAL_SIGNED_IN] =
    g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GS_TYPE_SESSION);
}

static void
gs_sign_in_page_init (GsSignInPage *self)
{
  self->cancellable = g_cancellable_new ();
}

static GtkWidget *
add_field (GtkWidget *box, const char *title, GtkWidget *entry)
{
  gtk_box_append (GTK_BOX (box), gs_label_new (title, "gs-second gs-text2"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_margin_bottom (entry, 8);
  gtk_box_append (GTK_BOX (box), entry);
  return entry;
}

GtkWidget *
gs_sign_in_page_new (GsSignIn *sign_in,
                     GsSignInPurpose purpose,
                     const char *title,
                     const char *button,
                     const char *note)
{
  GsSignInPage *self = g_object_new (GS_TYPE_SIGN_IN_PAGE, "orientation", GTK_ORIENTATION_VERTICAL,
                                     "spacing", 4, NULL);
  GtkWidget *box = GTK_WIDGET (self);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *heading = gs_label_new (title, "gs-title");

  self->sign_in = g_object_ref (sign_in);
  self->purpose = purpose;
  gtk_widget_add_css_class (box, "gs-panel");
  gtk_widget_add_css_class (box, "gs-sign-in");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (box, 400, -1);
  gtk_widget_set_margin_bottom (heading, 12);
  gtk_box_append (GTK_BOX (box), heading);
  self->name_entry = add_field (box, _ ("Name"), gtk_entry_new ());
  self->password_entry = add_field (box, _ ("Password"), gtk_password_entry_new ());
  g_signal_connect_swapped (self->name_entry, "activate", G_CALLBACK (begin), self);
  g_signal_connect_swapped (self->password_entry, "activate", G_CALLBACK (begin), self);
  self->message_label = gs_label_new (NULL, "gs-second gs-bad");
  gtk_label_set_wrap (GTK_LABEL (self->message_label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->message_label), 44);
  gtk_widget_set_visible (self->message_label, FALSE);
  gtk_box_append (GTK_BOX (box), self->message_label);
  if (note != NULL)
    {
      GtkWidget *label = gs_label_new (note, "gs-caption gs-text2");

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 52);
      gtk_box_append (GTK_BOX (box), label);
    }
  self->button = gtk_button_new_with_label (button);
  gtk_widget_add_css_class (self->button, "gs-button");
  gtk_widget_add_css_class (self->button, "filled");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (begin), self);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_widget_set_margin_top (line, 12);
  gtk_box_append (GTK_BOX (line), self->button);
  gtk_box_append (GTK_BOX (line), self->spinner);
  gtk_box_append (GTK_BOX (box), line);
  return box;
}
