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
  GtkWidget *title_label;
  GtkWidget *name_entry;
  GtkWidget *password_entry;
  GtkWidget *message_label;
  GtkWidget *note_label;
  GtkWidget *button;
  GtkWidget *spinner;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_BUTTON_LABEL,
  PROP_NOTE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

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

  g_return_if_fail (self->sign_in != NULL);
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
gs_sign_in_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GsSignInPage *self = GS_SIGN_IN_PAGE (object);

  switch (id)
    {
    case PROP_TITLE:
      gs_label_set (self->title_label, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      gtk_button_set_label (GTK_BUTTON (self->button), g_value_get_string (value));
      break;
    case PROP_NOTE:
      gs_label_set (self->note_label, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gs_sign_in_page_class_init (GsSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = gs_sign_in_page_set_property;
  object_class->dispose = gs_sign_in_page_dispose;
  widget_class->map = gs_sign_in_page_map;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_SIGNED_IN] =
    g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GS_TYPE_SESSION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/shell/gs-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GsSignInPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsSignInPage, name_entry);
  gtk_widget_class_bind_template_child (widget_class, GsSignInPage, password_entry);
  gtk_widget_class_bind_template_child (widget_class, GsSignInPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, GsSignInPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, GsSignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, GsSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, begin);
}

static void
gs_sign_in_page_init (GsSignInPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_sign_in_page_set_sign_in (GsSignInPage *self, GsSignIn *sign_in, GsSignInPurpose purpose)
{
  g_return_if_fail (GS_IS_SIGN_IN_PAGE (self));
  g_set_object (&self->sign_in, sign_in);
  self->purpose = purpose;
}

GtkWidget *
gs_sign_in_page_new (GsSignIn *sign_in,
                     GsSignInPurpose purpose,
                     const char *title,
                     const char *button,
                     const char *note)
{
  GsSignInPage *self =
    g_object_new (GS_TYPE_SIGN_IN_PAGE, "title", title, "button-label", button, "note", note, NULL);

  gs_sign_in_page_set_sign_in (self, sign_in, purpose);
  return GTK_WIDGET (self);
}
