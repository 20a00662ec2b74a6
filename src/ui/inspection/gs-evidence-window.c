/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-evidence-window.h"

#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-evidence-text.h"
#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-remark-text.h"
#include "gs-sign-view.h"

#include <string.h>

struct _GsEvidenceWindow
{
  AdwWindow parent_instance;

  GsSignView *sign;
  GtkWidget *title_label;
  GtkWidget *result_label;
  GtkWidget *cause_label;
  GtkWidget *next_label;
  GtkWidget *remark_box;
  GsSignView *remark_sign;
  GtkWidget *remark_label;
  GtkWidget *evidence_label;
  GtkWidget *personal_check;
  GtkWidget *message_label;

  char *name;
  char *reports[2]; /* without what tells of the holder, and with it */
  GtkFileChooserNative *chooser;
};

enum
{
  EXPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsEvidenceWindow, gs_evidence_window, ADW_TYPE_WINDOW)

/* What copying and saving writes: without what tells of the holder, and with it. */
static const char *
report_of (GsEvidenceWindow *self)
{
  return self->reports[gtk_check_button_get_active (GTK_CHECK_BUTTON (self->personal_check))];
}

static void
tell_exported (GsEvidenceWindow *self, gboolean file)
{
  g_signal_emit (self, signals[EXPORTED], 0, file,
                 gtk_check_button_get_active (GTK_CHECK_BUTTON (self->personal_check)));
}

static void
on_copy (GsEvidenceWindow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), report_of (self));
  gs_label_set (self->message_label, _ ("Copied."));
  tell_exported (self, FALSE);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsEvidenceWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      g_message ("The evidence cannot be saved: %s", error->message);
      gs_label_set (self->message_label, _ ("The file cannot be written there."));
      return;
    }
  gs_label_set (self->message_label, _ ("Saved."));
}

void
gs_evidence_window_save (GsEvidenceWindow *self, GFile *file)
{
  const char *text;
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (GS_IS_EVIDENCE_WINDOW (self) && G_IS_FILE (file));

  text = report_of (self);
  bytes = g_bytes_new (text, strlen (text));
  gs_label_set (self->message_label, NULL);
  tell_exported (self, TRUE);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_saved, g_object_ref (self));
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, GsEvidenceWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    gs_evidence_window_save (self, file);
  gtk_native_dialog_destroy (dialog);
}

static void
on_save (GsEvidenceWindow *self)
{
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
    _ ("Save the evidence"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = g_strdup_printf ("%s.txt", self->name);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
  g_set_object (&self->chooser, chooser);
}

/* What to do, for what did not succeed. */
static char *
next_of (GsCheckResult result, const char *code)
{
  const char *rest;
  const char *strong;

  if (result == GS_CHECK_RESULT_UNDETERMINED)
    return g_strdup (_ ("Nothing failed, but it could not be told. Look at the document by hand."));
  if (code == NULL)
    return NULL;
  strong = gs_reason_text_next (code, &rest);
  return g_strdup_printf ("%s %s", strong, rest != NULL ? rest : "");
}

static void
fill (GsEvidenceWindow *self, const GsVerdict *check)
{
  GsCheckResult result = gs_verdict_get_result (check);
  const char *code = result != GS_CHECK_RESULT_SUCCESSFUL ? gs_verdict_get_code (check) : NULL;
  g_autofree char *evidence = gs_evidence_text_lines (check, TRUE);
  g_autofree char *cause =
    code != NULL ? g_strdup_printf ("%s  %s", code, gs_reason_text_title (code)) : NULL;
  g_autofree char *next = next_of (result, code);
  g_autofree char *remark = gs_remark_text_of_check (check);
  g_autofree char *statement = gs_evidence_text_statement (check);

  self->name = g_strdup (gs_verdict_get_name (check));
  self->reports[FALSE] = gs_evidence_text_report (check, FALSE);
  self->reports[TRUE] = gs_evidence_text_report (check, TRUE);
  gs_sign_view_set_sign (self->sign, (GsSign) gs_case_checks_sign (result));
  gs_label_set (self->title_label, statement);
  gs_label_set (self->result_label, gs_evidence_text_result (check));
  gs_label_set (self->cause_label, cause);
  gs_label_set (self->next_label, next);
  gtk_widget_set_visible (self->remark_box, remark != NULL);
  gs_label_set (self->remark_label, remark);
  gs_label_set (self->evidence_label, *evidence != '\0' ? evidence : _ ("Nothing else was noted."));
  gtk_widget_set_visible (self->personal_check, gs_evidence_text_has_personal (check));
  gs_label_set (self->message_label, NULL);
}

static void
cleanse (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
gs_evidence_window_finalize (GObject *object)
{
  GsEvidenceWindow *self = GS_EVIDENCE_WINDOW (object);

  g_clear_object (&self->chooser);
  g_free (self->name);
  cleanse (self->reports[FALSE]);
  cleanse (self->reports[TRUE]);
  G_OBJECT_CLASS (gs_evidence_window_parent_class)->finalize (object);
}

static void
gs_evidence_window_class_init (GsEvidenceWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_evidence_window_finalize;
  signals[EXPORTED] =
    g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_BOOLEAN);
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-evidence-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, sign);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, result_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, cause_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, next_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, remark_box);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, remark_sign);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, remark_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, evidence_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, personal_check);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, message_label);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
gs_evidence_window_init (GsEvidenceWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_sign_view_set_label (self->sign, "");
  gs_sign_view_set_label (self->remark_sign, "");
  gs_sign_view_set_sign (self->remark_sign, GS_SIGN_WARNING);
}

GtkWindow *
gs_evidence_window_new (GtkWindow *parent, const GsVerdict *check)
{
  GsEvidenceWindow *self = g_object_new (GS_TYPE_EVIDENCE_WINDOW, "transient-for", parent, NULL);

  fill (self, check);
  return GTK_WINDOW (self);
}
