/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-second-officer-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-sign-in-page.h"

typedef struct
{
  GtkWindow *window;
  GsStation *station;
  GsApprovalKind kind;
  GsSecondOfficerFunc func;
  gpointer user_data;
  gboolean answered;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->station);
  g_free (dialog);
}

static void
answer (Dialog *dialog, GsSession *second)
{
  if (dialog->answered)
    return;
  dialog->answered = TRUE;
  dialog->func (second, dialog->user_data);
}

static void
on_signed_in (GsSignInPage *page, GsSession *second, Dialog *dialog)
{
  switch (gs_approval_judge (dialog->kind, gs_station_get_session (dialog->station), second))
    {
    case GS_APPROVAL_GRANTED:
      answer (dialog, second);
      gtk_window_destroy (dialog->window);
      return;
    case GS_APPROVAL_SAME_OFFICER:
      gs_sign_in_page_set_message (page, _ ("You cannot approve your own request."));
      return;
    case GS_APPROVAL_NOBODY:
    case GS_APPROVAL_ROLE:
    case GS_APPROVAL_REQUESTER_ROLE:
      gs_sign_in_page_set_message (page, _ ("This role may not approve it."));
      return;
    }
}

static gboolean
on_close (GtkWindow *window, Dialog *dialog)
{
  answer (dialog, NULL);
  return FALSE;
}

static gboolean
on_key (
  GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, Dialog *dialog)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (dialog->window);
  return GDK_EVENT_STOP;
}

GtkWindow *
gs_second_officer_dialog_present (GtkWindow *parent,
                                  GsStation *station,
                                  GsApprovalKind kind,
                                  const char *what,
                                  GsSecondOfficerFunc func,
                                  gpointer user_data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *window = adw_window_new ();
  GtkWidget *page =
    gs_sign_in_page_new (gs_station_get_sign_in (station), GS_SIGN_IN_SECOND_OFFICER,
                         _ ("Second officer"), _ ("Approve"), what);
  GtkEventController *keys = gtk_event_controller_key_new ();

  dialog->window = GTK_WINDOW (window);
  dialog->station = g_object_ref (station);
  dialog->kind = kind;
  dialog->func = func;
  dialog->user_data = user_data;
  g_object_set_data_full (G_OBJECT (window), "dialog", dialog, dialog_free);
  gtk_widget_add_css_class (window, "gs-station");
  gtk_widget_add_css_class (window, "gs-sheet-window");
  gtk_window_set_title (GTK_WINDOW (window), _ ("Second officer"));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_resizable (GTK_WINDOW (window), FALSE);
  g_signal_connect (page, "signed-in", G_CALLBACK (on_signed_in), dialog);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close), dialog);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), dialog);
  gtk_widget_add_controller (window, keys);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  gs_sign_in_page_reset (GS_SIGN_IN_PAGE (page));
  return GTK_WINDOW (window);
}
