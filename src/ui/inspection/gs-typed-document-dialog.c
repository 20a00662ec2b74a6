/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-typed-document-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gs-action-table.h"
#include "gs-label.h"
#include "gs-mrz-live.h"
#include "gs-second-officer-dialog.h"
#include "gs-style.h"

struct _GsTypedDocumentDialog
{
  AdwWindow parent_instance;

  GtkWidget *view;
  GtkTextBuffer *buffer;
  GtkWidget *status_label;
  GtkWidget *button;

  GsStation *station;
};

G_DEFINE_FINAL_TYPE (GsTypedDocumentDialog, gs_typed_document_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (GsTypedDocumentDialog *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/* "document number right, birth date wrong": what the check digits say so far. */
static char *
describe (const GsMrzLive *live)
{
  const char *const names[GS_MRZ_N_CHECKS] = { N_ ("Document number"), N_ ("Birth date"),
                                               N_ ("Expiry date"), N_ ("Optional data"),
                                               N_ ("Whole zone") };
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    {
      if (live->checks[i] == GS_MRZ_CHECK_ABSENT)
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      /* Translators: a field of the zone, then whether its check digit is right. */
      g_string_append_printf (text, _ ("%s: %s"), _ (names[i]),
                              live->checks[i] == GS_MRZ_CHECK_RIGHT ? _ ("right") : _ ("wrong"));
    }
  if (text->len == 0)
    return g_strdup (_ ("Type both lines as they are printed; a space stands for <."));
  return g_strdup (text->str);
}

static void
on_changed (GsTypedDocumentDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *status = NULL;
  g_autofree char *tooltip = NULL;
  GsMrzLive live;

  gs_mrz_live (text, &live);
  status = describe (&live);
  gs_label_set (self->status_label, status);
  gs_style_toggle_class (self->status_label, "gs-bad", live.complete && !live.right);
  gtk_widget_set_sensitive (self->button, live.right);
  tooltip = live.right ? gs_action_tooltip ("second-officer")
                       : g_strdup (_ ("Both lines must be complete, and every check digit right."));
  gtk_widget_set_tooltip_text (self->button, tooltip);
  explicit_bzero (&live, sizeof live);
}

typedef struct
{
  GsStation *station;
  char *text;
} Typed;

static void
on_approved (GsSession *second, gpointer user_data)
{
  Typed *typed = user_data;

  if (second != NULL)
    gs_station_read_document (typed->station, typed->text, strlen (typed->text), GS_READ_TYPED,
                              second);
  explicit_bzero (typed->text, strlen (typed->text));
  g_free (typed->text);
  g_object_unref (typed->station);
  g_free (typed);
}

static void
on_clicked (GsTypedDocumentDialog *self)
{
  Typed *typed = g_new0 (Typed, 1);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  typed->station = g_object_ref (self->station);
  typed->text = dup_text (self);
  gtk_window_destroy (GTK_WINDOW (self));
  gs_second_officer_dialog_present (
    parent, typed->station, GS_APPROVAL_TYPED_MRZ,
    _ ("No device read this document. Compare what was typed with the page, then approve."),
    on_approved, typed);
}

static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint code,
        GdkModifierType state,
        GsTypedDocumentDialog *self)
{
  if (keyval == GDK_KEY_Escape)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_F3)
    {
      if (gtk_widget_get_sensitive (self->button))
        on_clicked (self);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Tab)
    {
      gtk_widget_grab_focus (self->button);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
gs_typed_document_dialog_dispose (GObject *object)
{
  g_clear_object (&GS_TYPED_DOCUMENT_DIALOG (object)->station);
  G_OBJECT_CLASS (gs_typed_document_dialog_parent_class)->dispose (object);
}

static void
gs_typed_document_dialog_class_init (GsTypedDocumentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_typed_document_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-typed-document-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GsTypedDocumentDialog, view);
  gtk_widget_class_bind_template_child (widget_class, GsTypedDocumentDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, GsTypedDocumentDialog, status_label);
  gtk_widget_class_bind_template_child (widget_class, GsTypedDocumentDialog, button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
gs_typed_document_dialog_init (GsTypedDocumentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_changed (self);
}

GtkWindow *
gs_typed_document_dialog_present (GtkWindow *parent, GsStation *station)
{
  GsTypedDocumentDialog *self =
    g_object_new (GS_TYPE_TYPED_DOCUMENT_DIALOG, "transient-for", parent, NULL);

  self->station = g_object_ref (station);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
