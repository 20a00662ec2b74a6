/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-second-officer-dialog.h"

#include <glib/gi18n.h>

#include "gs-sign-in-page.h"

struct _GsSecondOfficerDialog
{
  AdwWindow parent_instance;

  GsSignInPage *page;

  GsStation *station;
  GsApprovalKind kind;
  GsSecondOfficerFunc func;
  gpointer user_data;
  gboolean answered;
};

G_DEFINE_FINAL_TYPE (GsSecondOfficerDialog, gs_second_officer_dialog, ADW_TYPE_WINDOW)

static void
answer (GsSecondOfficerDialog *self, GsSession *second)
{
  if (self->answered)
    return;
  self->answered = TRUE;
  self->func (second, self->user_data);
}

static void
on_signed_in (GsSignInPage *page, GsSession *second, GsSecondOfficerDialog *self)
{
  switch (gs_approval_judge (self->kind, gs_station_get_session (self->station), second))
    {
    case GS_APPROVAL_GRANTED:
      answer (self, second);
      gtk_window_destroy (GTK_WINDOW (self));
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
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint code,
        GdkModifierType state,
        GsSecondOfficerDialog *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

static gboolean
gs_second_officer_dialog_close_request (GtkWindow *window)
{
  answer (GS_SECOND_OFFICER_DIALOG (window), NULL);
  return GTK_WINDOW_CLASS (gs_second_officer_dialog_parent_class)->close_request (window);
}

static void
gs_second_officer_dialog_dispose (GObject *object)
{
  g_clear_object (&GS_SECOND_OFFICER_DIALOG (object)->station);
  G_OBJECT_CLASS (gs_second_officer_dialog_parent_class)->dispose (object);
}

static void
gs_second_officer_dialog_class_init (GsSecondOfficerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_second_officer_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = gs_second_officer_dialog_close_request;
  g_type_ensure (GS_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/shell/gs-second-officer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GsSecondOfficerDialog, page);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in);
}

static void
gs_second_officer_dialog_init (GsSecondOfficerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gs_second_officer_dialog_present (GtkWindow *parent,
                                  GsStation *station,
                                  GsApprovalKind kind,
                                  const char *what,
                                  GsSecondOfficerFunc func,
                                  gpointer user_data)
{
  GsSecondOfficerDialog *self =
    g_object_new (GS_TYPE_SECOND_OFFICER_DIALOG, "transient-for", parent, NULL);

  self->station = g_object_ref (station);
  self->kind = kind;
  self->func = func;
  self->user_data = user_data;
  gs_sign_in_page_set_sign_in (self->page, gs_station_get_sign_in (station),
                               GS_SIGN_IN_SECOND_OFFICER);
  g_object_set (self->page, "note", what, NULL);
  gtk_window_present (GTK_WINDOW (self));
  gs_sign_in_page_reset (self->page);
  return GTK_WINDOW (self);
}
