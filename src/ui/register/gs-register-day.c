/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-register-day.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-register-text.h"
#include "gs-second-officer-dialog.h"
#include "gs-sign-view.h"

struct _GsRegisterDay
{
  GtkBox parent_instance;

  GtkWidget *title;
  GsSignView *sign;
  GtkWidget *result;
  GtkWidget *issued;
  GtkWidget *voids;
  GtkWidget *tests;
  GtkWidget *counted;
  GtkWidget *difference;
  GtkWidget *sum;
  GtkGrid *grid;
  GtkWidget *message;
  GtkWidget *close_box;
  GtkWidget *hand_box;
  GtkWidget *hand_entry;
  GtkWidget *reason;
  GtkWidget *close_button;

  GsStation *station;
  GsReconciliation *closing; /* what a second officer is asked about */
  gboolean looking;
  gboolean by_hand; /* a printer cannot say what it counted */
  gboolean signing;
};

G_DEFINE_FINAL_TYPE (GsRegisterDay, gs_register_day, GTK_TYPE_BOX)

static GsStampRegister *
get_register (GsRegisterDay *self)
{
  return gs_station_get_register (self->station);
}

/* -1 when nothing was counted. */
static gint64
get_by_hand (GsRegisterDay *self)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (gtk_editable_get_text (GTK_EDITABLE (self->hand_entry)), 10, 0,
                                   999999, &number, NULL))
    return -1;
  return (gint64) number;
}

/* Reasons stand in the list behind "Choose a reason". */
static GsSignReason
get_reason (GsRegisterDay *self)
{
  return (GsSignReason) (GS_SIGN_REASON_NONE
                         + (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->reason)));
}

static void
update_button (GsRegisterDay *self)
{
  gtk_button_set_label (GTK_BUTTON (self->close_button), self->signing ? _ ("Sign for it…")
                                                         : self->by_hand
                                                           ? _ ("Close the day, counted by two…")
                                                           : _ ("Close the day"));
  gtk_widget_set_sensitive (self->close_button,
                            !self->signing || get_reason (self) != GS_SIGN_REASON_NONE);
}

/* --- showing ---------------------------------------------------------------------------------- */

static void
set_number (GtkWidget *label, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  gs_label_set (label, text);
}

static void
set_difference (GtkWidget *label, gint64 number)
{
  g_autofree char *text = number > 0   ? g_strdup_printf ("+%" G_GINT64_FORMAT, number)
                          : number < 0 ? g_strdup_printf ("−%" G_GINT64_FORMAT, -number)
                                       : g_strdup ("0");

  gs_label_set (label, text);
}

static void
empty_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static void
add_cell (GtkGrid *grid, int column, int row, const char *text, const char *classes)
{
  GtkWidget *label = gs_label_new (text, classes);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, column > 0);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
show_counts (GsRegisterDay *self, const GsReconciliation *row, int *line)
{
  for (guint i = 0; i < row->counts->len; i++)
    {
      const GsPrinterCount *count = g_ptr_array_index (row->counts, i);
      g_autofree char *text = NULL;

      if (count->source == GS_COUNT_NONE || count->now < 0)
        continue;
      text = count->source == GS_COUNT_HAND
               ? g_strdup_printf (_ ("%lld counted by hand"), (long long) count->now)
             : count->before < 0
               /* Translators: a printer's counter. */
               ? g_strdup_printf (_ ("counter %lld"), (long long) count->now)
               /* Translators: a printer's counter before and now. */
               : g_strdup_printf (_ ("counter %lld to %lld"), (long long) count->before,
                                  (long long) count->now);
      add_cell (self->grid, 0, *line, count->printer, "gs-second gs-text2");
      add_cell (self->grid, 1, (*line)++, text, "gs-second gs-code");
    }
}

static void
show_differences (GsRegisterDay *self, const GsReconciliation *row, int *line)
{
  for (guint i = 0; i < row->differences->len; i++)
    {
      const GsDifference *difference = g_ptr_array_index (row->differences, i);
      g_autofree char *subject =
        difference->last != NULL
          /* Translators: two serial numbers. */
          ? g_strdup_printf (_ ("%s to %s"), difference->subject, difference->last)
          : g_strdup (difference->subject);

      add_cell (self->grid, 0, *line, subject, "gs-body gs-strong gs-code");
      add_cell (self->grid, 1, (*line)++, gs_register_text_difference (difference->kind),
                "gs-body");
    }
}

static void
show_figures (GsRegisterDay *self, const GsReconciliation *row)
{
  gint64 printed = gs_reconciliation_get_printed (row);
  gint64 voids = row->void_stamps + row->void_imprints;
  g_autofree char *sum = NULL;

  set_number (self->issued, row->issued);
  set_number (self->voids, voids);
  set_number (self->tests, row->tests);
  if (row->counted)
    {
      set_number (self->counted, printed + row->difference);
      set_difference (self->difference, row->difference);
    }
  else
    {
      gs_label_set (self->counted, _ ("not known"));
      gs_label_set (self->difference, _ ("not known"));
    }
  /* Translators: issued, void and test are added up; the last number is of serials that were taken
   * and never printed. */
  sum = g_strdup_printf (_ ("%lld + %lld + %lld = %lld on paper since the last reconciliation · "
                            "%lld serials unused"),
                         (long long) row->issued, (long long) voids, (long long) row->tests,
                         (long long) printed, (long long) row->unused);
  gs_label_set (self->sum, sum);
}

static gboolean
has_unknown (const GsReconciliation *row)
{
  for (guint i = 0; i < row->counts->len; i++)
    if (((const GsPrinterCount *) g_ptr_array_index (row->counts, i))->source != GS_COUNT_PRINTER)
      return TRUE;
  return FALSE;
}

/* The day was closed, and nothing was printed since. */
static gboolean
is_closed (const GsReconciliation *row)
{
  return row->number > 1 && row->counted && row->difference == 0 && row->issued == 0
         && row->void_stamps == 0 && row->void_imprints == 0 && row->tests == 0;
}

void
gs_register_day_show (GsRegisterDay *self, const GsReconciliation *row, gboolean may_close)
{
  gboolean closed = is_closed (row);
  g_autofree char *title = NULL;
  int line = 0;

  g_return_if_fail (GS_IS_REGISTER_DAY (self));

  self->signing = row->result == GS_RECONCILIATION_SIGNED;
  self->by_hand = has_unknown (row);
  title = row->number > 1 && !closed
            /* Translators: a date, and how often it was reconciled with this time. */
            ? g_strdup_printf (_ ("Reconciliation of %s, number %u"), row->day, row->number)
            : g_strdup_printf (_ ("Reconciliation of %s"), row->day);
  gs_label_set (self->title, title);
  gs_sign_view_set_sign (self->sign,
                         closed ? GS_SIGN_SUCCESSFUL : gs_register_text_result_sign (row->result));
  gs_sign_view_set_label (self->sign, "");
  gs_label_set (self->result, closed          ? _ ("Closed, nothing printed since")
                              : self->signing ? _ ("Needs a signature")
                                              : gs_register_text_result (row->result));
  show_figures (self, row);
  empty_grid (self->grid);
  show_counts (self, row, &line);
  show_differences (self, row, &line);
  gtk_widget_set_visible (GTK_WIDGET (self->grid), line > 0);
  gtk_widget_set_visible (self->close_box, may_close && !closed);
  gtk_widget_set_visible (self->hand_box, self->by_hand);
  gtk_widget_set_visible (self->reason, self->signing);
  update_button (self);
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean
may_close (GsRegisterDay *self)
{
  GsSession *session = gs_stamp_register_get_session (get_register (self));

  return session != NULL && gs_session_may_decide (session);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsRegisterDay) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsReconciliation) row =
    gs_stamp_register_look_finish (GS_STAMP_REGISTER (source), result, &error);

  self->looking = FALSE;
  if (row != NULL)
    gs_register_day_show (self, row, may_close (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gs_label_set (self->message, gs_register_text_error (error));
}

void
gs_register_day_refresh (GsRegisterDay *self)
{
  g_return_if_fail (GS_IS_REGISTER_DAY (self));

  if (self->station == NULL || self->looking || self->closing != NULL)
    return;
  self->looking = TRUE;
  gs_stamp_register_look_async (get_register (self), FALSE, get_by_hand (self), on_looked,
                                g_object_ref (self));
}

static void
on_counted (GsRegisterDay *self)
{
  gs_register_day_refresh (self);
}

static void
on_reason (GsRegisterDay *self)
{
  update_button (self);
}

/* --- closing ---------------------------------------------------------------------------------- */

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsRegisterDay) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->close_box, TRUE);
  if (gs_stamp_register_close_finish (GS_STAMP_REGISTER (source), result, &error))
    {
      gs_label_set (self->message, _ ("The day is closed."));
      gtk_editable_set_text (GTK_EDITABLE (self->hand_entry), "");
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->reason), 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gs_label_set (self->message, gs_register_text_error (error));
  gs_register_day_refresh (self);
}

static void
close_day (GsRegisterDay *self, GsSession *second)
{
  GsReconciliation *shown = g_steal_pointer (&self->closing);

  gs_stamp_register_close_async (get_register (self), shown, second,
                                 shown->result == GS_RECONCILIATION_SIGNED ? get_reason (self)
                                                                           : GS_SIGN_REASON_NONE,
                                 on_closed, g_object_ref (self));
}

static void
on_second (GsSession *second, gpointer user_data)
{
  g_autoptr (GsRegisterDay) self = user_data;

  if (self->closing == NULL)
    return;
  if (second != NULL)
    {
      close_day (self, second);
      return;
    }
  g_clear_pointer (&self->closing, gs_reconciliation_free);
  gtk_widget_set_sensitive (self->close_box, TRUE);
}

static void
ask_second (GsRegisterDay *self)
{
  gboolean signing = self->closing->result == GS_RECONCILIATION_SIGNED;
  g_autofree char *difference = NULL;
  g_autofree char *what = NULL;

  difference = self->closing->counted
                 ? g_strdup_printf ("%+" G_GINT64_FORMAT, self->closing->difference)
                 : g_strdup (_ ("not known"));
  what =
    signing
      /* Translators: a number with its sign, then a reason. */
      ? g_strdup_printf (_ ("The difference is %s: %s. Two officers sign for it, one of them a "
                            "supervisor."),
                         difference, gs_register_text_reason (get_reason (self)))
      : g_strdup (_ ("What the printer cannot say was counted by hand. The second officer who "
                     "counted signs in."));
  gs_second_officer_dialog_present (
    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->station,
    signing ? GS_APPROVAL_RECONCILIATION : GS_APPROVAL_COUNT, what, on_second, g_object_ref (self));
}

/* The printers were asked again: what they said now is what is closed. */
static void
on_looked_to_close (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsRegisterDay) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean signing = self->signing;
  GsReconciliation *row =
    gs_stamp_register_look_finish (GS_STAMP_REGISTER (source), result, &error);

  self->looking = FALSE;
  if (row == NULL)
    {
      gtk_widget_set_sensitive (self->close_box, TRUE);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gs_label_set (self->message, gs_register_text_error (error));
      return;
    }
  gs_register_day_show (self, row, may_close (self));
  if (!signing && self->signing)
    {
      /* It needs a reason now. */
      gs_reconciliation_free (row);
      gtk_widget_set_sensitive (self->close_box, TRUE);
      gs_label_set (self->message, _ ("The numbers have changed. Look at them again."));
      return;
    }
  gs_reconciliation_free (self->closing);
  self->closing = row;
  if (self->signing || gs_reconciliation_is_by_hand (row))
    ask_second (self);
  else
    close_day (self, NULL);
}

static void
on_close (GsRegisterDay *self)
{
  if (self->looking || self->closing != NULL)
    return;
  self->looking = TRUE;
  gs_label_set (self->message, NULL);
  gtk_widget_set_sensitive (self->close_box, FALSE);
  gs_stamp_register_look_async (get_register (self), TRUE, get_by_hand (self), on_looked_to_close,
                                g_object_ref (self));
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_register_day_dispose (GObject *object)
{
  GsRegisterDay *self = GS_REGISTER_DAY (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->closing, gs_reconciliation_free);
  G_OBJECT_CLASS (gs_register_day_parent_class)->dispose (object);
}

static void
gs_register_day_class_init (GsRegisterDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_register_day_dispose;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/register/gs-register-day.ui");
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, title);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, sign);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, result);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, issued);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, voids);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, tests);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, counted);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, difference);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, sum);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, grid);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, message);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, close_box);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, hand_box);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, hand_entry);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, reason);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterDay, close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_counted);
  gtk_widget_class_bind_template_callback (widget_class, on_reason);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
gs_register_day_init (GsRegisterDay *self)
{
  GtkStringList *reasons;

  gtk_widget_init_template (GTK_WIDGET (self));
  reasons = gtk_string_list_new (NULL);
  for (int i = GS_SIGN_REASON_NONE; i <= GS_SIGN_REASON_LAST; i++)
    gtk_string_list_append (reasons, gs_register_text_reason ((GsSignReason) i));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->reason), G_LIST_MODEL (reasons));
  g_object_unref (reasons);
  gtk_widget_set_visible (self->close_box, FALSE);
}

void
gs_register_day_set_station (GsRegisterDay *self, GsStation *station)
{
  g_return_if_fail (GS_IS_REGISTER_DAY (self));
  g_set_object (&self->station, station);
}
