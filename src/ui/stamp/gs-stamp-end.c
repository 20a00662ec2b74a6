/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-end.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-sheet-button.h"
#include "gs-sign-view.h"

struct _GsStampEnd
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *sign;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *slip_button;
  GtkWidget *office_label;
  GtkWidget *again_button;
};

enum
{
  SLIP,
  AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsStampEnd, gs_stamp_end, GTK_TYPE_BOX)

void
gs_stamp_end_update (GsStampEnd *self, GsStampIssue *issue)
{
  const GsRefusalInfo *refusal = gs_stamp_issue_get_refusal (issue);
  const GsConfig *config = gs_station_get_config (self->station);
  GsIssueState state = gs_stamp_issue_get_state (issue);
  g_autofree char *text = NULL;
  gboolean late = state == GS_ISSUE_REFUSED || state == GS_ISSUE_FAILED;
  gboolean reissue = gs_stamp_issue_may_reissue (issue);

  late = late && (refusal->refusal == GS_REFUSAL_WINDOW_CLOSED);
  if (state == GS_ISSUE_DONE)
    {
      gs_sign_view_set_sign (GS_SIGN_VIEW (self->sign), GS_SIGN_SUCCESSFUL);
      gs_label_set (self->title, _ ("Stamped"));
      text = g_strdup_printf (_ ("%s is on the page and in the register."),
                              gs_stamp_issue_get_serial (issue));
    }
  else if (state == GS_ISSUE_VOID)
    {
      gs_sign_view_set_sign (GS_SIGN_VIEW (self->sign), GS_SIGN_WITHDRAWN);
      gs_label_set (self->title, _ ("This stamp is void"));
      text = g_strdup_printf (
        !reissue && gs_stamp_issue_is_void_printed (issue)
          ? _ ("%s is void, and VOID was printed over it. No replacement may follow.")
        : !reissue ? _ ("%s is void. No VOID was printed: write it over the impression by hand. No "
                        "replacement may follow.")
        : gs_stamp_issue_is_void_printed (issue)
          ? _ (
            "%s is void, and VOID was printed over it. A new stamp, with a new serial, may follow "
            "under the same claim.")
          : _ (
            "%s is void. No VOID was printed: write it over the impression by hand. A new stamp, "
            "with a new serial, may follow under the same claim."),
        gs_stamp_issue_get_serial (issue));
    }
  else
    {
      gs_sign_view_set_sign (GS_SIGN_VIEW (self->sign),
                             state == GS_ISSUE_REFUSED ? GS_SIGN_REFUSED : GS_SIGN_WARNING);
      gs_label_set (self->title, _ ("No stamp"));
      text = gs_reason_text_refusal (self->station, refusal);
    }
  gs_label_set (self->text, text);
  gtk_widget_set_visible (self->slip_button, late && config->after_window[GS_AFTER_WINDOW_SLIP]);
  gtk_widget_set_visible (self->office_label, late && config->after_window[GS_AFTER_WINDOW_OFFICE]
                                                && config->office != NULL);
  gtk_widget_set_visible (self->again_button, reissue);
}

static void
gs_stamp_end_dispose (GObject *object)
{
  g_clear_object (&GS_STAMP_END (object)->station);
  G_OBJECT_CLASS (gs_stamp_end_parent_class)->dispose (object);
}

static void
gs_stamp_end_class_init (GsStampEndClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_stamp_end_dispose;
  signals[SLIP] = g_signal_new ("slip", GS_TYPE_STAMP_END, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[AGAIN] = g_signal_new ("again", GS_TYPE_STAMP_END, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
gs_stamp_end_init (GsStampEnd *self)
{
}

static void
on_slip (GsStampEnd *self)
{
  g_signal_emit (self, signals[SLIP], 0);
}

static void
on_again (GsStampEnd *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

GtkWidget *
gs_stamp_end_new (GsStation *station)
{
  GsStampEnd *self =
    g_object_new (GS_TYPE_STAMP_END, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);
  const GsConfig *config = gs_station_get_config (station);
  GtkWidget *box = GTK_WIDGET (self);
  g_autofree char *office = NULL;

  self->station = g_object_ref (station);
  self->sign = gs_sign_view_new (GS_SIGN_SUCCESSFUL, 40);
  gtk_widget_set_halign (self->sign, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), self->sign);
  self->title = gs_label_new (NULL, "gs-title");
  gtk_box_append (GTK_BOX (box), self->title);
  self->text = gs_label_new (NULL, "gs-heading gs-regular");
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->text), 48);
  gtk_box_append (GTK_BOX (box), self->text);
  self->slip_button = gs_sheet_button_new (_ ("Travel record slip…"), NULL, FALSE, NULL);
  gtk_widget_set_halign (self->slip_button, GTK_ALIGN_START);
  g_signal_connect_swapped (self->slip_button, "clicked", G_CALLBACK (on_slip), self);
  gtk_box_append (GTK_BOX (box), self->slip_button);
  /* Translators: the name of an office. */
  office =
    g_strdup_printf (_ ("Airport office: %s"), config->office != NULL ? config->office : "–");
  self->office_label = gs_label_new (office, "gs-body");
  gtk_box_append (GTK_BOX (box), self->office_label);
  self->again_button = gs_sheet_button_new (_ ("New stamp"), NULL, TRUE, NULL);
  gtk_widget_set_halign (self->again_button, GTK_ALIGN_START);
  g_signal_connect_swapped (self->again_button, "clicked", G_CALLBACK (on_again), self);
  gtk_box_append (GTK_BOX (box), self->again_button);
  return box;
}
