/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-sheet.h"

#include <glib/gi18n.h>

#include "gs-countdown.h"
#include "gs-format.h"
#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-second-officer-dialog.h"
#include "gs-sheet-button.h"
#include "gs-slip-window.h"
#include "gs-stack-access.h"
#include "gs-stamp-conditions.h"
#include "gs-stamp-end.h"
#include "gs-stamp-head.h"
#include "gs-stamp-preview.h"
#include "gs-stamp-progress.h"
#include "gs-stamp-question.h"
#include "gs-style.h"
#include "gs-time.h"

#define STOP_HOLD_MS 2000
#define WIDE_WIDTH 1240
#define WIDE_HEIGHT 880
#define PARENT_MARGIN 40

struct _GsStampSheet
{
  AdwWindow parent_instance;

  GsStation *station;
  GsStampIssue *issue;
  gulong issue_handler;
  guint stop_source;
  gboolean small; /* for a screen of 1280×800 */

  GtkWidget *notice_label;
  GtkWidget *preview_title;
  GtkWidget *preview;
  GtkWidget *countdown;
  GtkWidget *conditions;
  GtkWidget *conditions_pill;
  GtkWidget *right_stack; /* conditions, progress, question, end */
  GtkWidget *identity_box;
  GtkWidget *area_box;
  GtkWidget *progress;
  GtkWidget *question;
  GtkWidget *end;
  GtkWidget *serial_label;
  GtkWidget *close_button;
  GtkWidget *close_label;
  GtkWidget *print_button;
};

G_DEFINE_FINAL_TYPE (GsStampSheet, gs_stamp_sheet, ADW_TYPE_WINDOW)

/* --- state ------------------------------------------------------------------------------------ */

GsCase *
gs_stamp_sheet_get_case (GsStampSheet *self)
{
  g_return_val_if_fail (GS_IS_STAMP_SHEET (self), NULL);
  return gs_stamp_issue_get_case (self->issue);
}

gboolean
gs_stamp_sheet_is_busy (GsStampSheet *self)
{
  GsIssueState state;

  g_return_val_if_fail (GS_IS_STAMP_SHEET (self), FALSE);
  state = gs_stamp_issue_get_state (self->issue);
  return state == GS_ISSUE_CLAIMING || state == GS_ISSUE_PRINTING || state == GS_ISSUE_QUESTION
         || state == GS_ISSUE_RECOVERING || state == GS_ISSUE_VOIDING;
}

void
gs_stamp_sheet_set_notice (GsStampSheet *self, const char *notice)
{
  g_return_if_fail (GS_IS_STAMP_SHEET (self));
  gs_label_set (self->notice_label, notice);
}

static void
read_window (GsCountdownReading *reading, gpointer user_data)
{
  GsStampSheet *self = user_data;
  GsWindowVerdict verdict;

  gs_station_judge_window (self->station, gs_stamp_issue_get_case (self->issue), &verdict);
  reading->known = verdict.state != GS_WINDOW_NOT_KNOWN;
  reading->closed = verdict.state == GS_WINDOW_CLOSED || verdict.state == GS_WINDOW_NOT_OPEN;
  reading->remaining_ms = verdict.left_ms;
  reading->total_ms =
    verdict.closes_utc_ms != GS_TIME_UNKNOWN && verdict.opened_utc_ms != GS_TIME_UNKNOWN
      ? verdict.closes_utc_ms - verdict.opened_utc_ms
      : 0;
}

static void
update_countdown (GsStampSheet *self)
{
  const GsCrossing *crossing = gs_case_get_crossing (gs_stamp_issue_get_case (self->issue));
  GsCountdownText text = { 0 };
  GsWindowVerdict verdict;
  GsLink link;
  g_autofree char *why = NULL;
  g_autofree char *closes = NULL;
  g_autofree char *opened_time = NULL;
  g_autofree char *opened = NULL;
  g_autofree char *closed = NULL;
  g_autofree char *precision = NULL;
  g_autofree char *as_of = NULL;

  gs_station_judge_window (self->station, gs_stamp_issue_get_case (self->issue), &verdict);
  gs_station_get_link (self->station, &link);
  closes = gs_format_time (self->station, verdict.closes_utc_ms);
  opened_time = gs_format_time (self->station, verdict.opened_utc_ms);
  opened = g_strdup_printf (_ ("admitted %s"), opened_time);
  if (crossing->flight != NULL && verdict.cause == GS_CLOSE_CAUSE_BOARDING_CLOSED)
    /* Translators: flight, time. */
    why = g_strdup_printf (_ ("%s, boarding closes %s"), crossing->flight, closes);
  else if (crossing->direction == GS_DIRECTION_DEPARTURE)
    why = g_strdup (_ ("until boarding"));
  else
    why = g_strdup (_ ("until customs"));
  text.why = why;
  text.also = crossing->direction == GS_DIRECTION_DEPARTURE
                ? _ ("or when the traveller boards, whichever is first")
                : _ ("or when the traveller passes customs, whichever is first");
  precision = g_strdup_printf (
    _ ("hall time, ± %.1f s"),
    (double) MAX (gs_clock_error_ms (gs_station_get_clock (self->station)), 0) / 1000);
  text.precision = precision;
  text.opened = opened;
  text.closes = closes;
  /* Translators: time, cause. */
  closed =
    g_strdup_printf (_ ("closed %s, %s"), closes, gs_reason_text_close_cause (verdict.cause));
  text.closed = closed;
  as_of = gs_format_time (self->station, link.as_of_utc_ms);
  text.as_of = as_of;
  gs_countdown_set_text (GS_COUNTDOWN (self->countdown), &text);
  gs_countdown_refresh (GS_COUNTDOWN (self->countdown));
}

static gboolean
window_is_closed (GsStampSheet *self)
{
  GsWindowVerdict verdict;

  gs_station_judge_window (self->station, gs_stamp_issue_get_case (self->issue), &verdict);
  return verdict.state == GS_WINDOW_CLOSED;
}

static void
update_sheet (GsStampSheet *self)
{
  g_autoptr (GPtrArray) conditions = gs_stamp_issue_dup_conditions (self->issue);
  guint good = 0;
  g_autofree char *pill = NULL;
  GsCheckResult identity = GS_CHECK_RESULT_NOT_CHECKED;
  gboolean can = gs_stamp_issue_can_print (self->issue);

  gs_stamp_conditions_update (self->conditions, self->station, self->issue);
  for (guint i = 0; i < conditions->len; i++)
    {
      const GsCondition *condition = g_ptr_array_index (conditions, i);

      good += condition->result == GS_CHECK_RESULT_SUCCESSFUL
              || condition->result == GS_CHECK_RESULT_NOT_SUPPORTED;
      if (condition->id == GS_CONDITION_IDENTITY)
        identity = condition->result;
    }
  /* Translators: how many conditions hold, of how many. */
  pill = g_strdup_printf (_ ("%u of %u"), good, conditions->len);
  gs_label_set (self->conditions_pill, pill);
  gtk_widget_remove_css_class (self->conditions_pill, "ok");
  gtk_widget_remove_css_class (self->conditions_pill, "na");
  gtk_widget_add_css_class (self->conditions_pill, can ? "ok" : "na");
  gtk_widget_set_visible (self->identity_box,
                          identity == GS_CHECK_RESULT_NOT_CHECKED && !window_is_closed (self));
  gtk_widget_set_visible (self->area_box, gs_stamp_issue_needs_area_word (self->issue));
  gtk_widget_set_sensitive (self->print_button, can);
}

static const char *
page_of (GsIssueState state)
{
  switch (state)
    {
    case GS_ISSUE_SHEET:
      return "conditions";
    case GS_ISSUE_CLAIMING:
    case GS_ISSUE_PRINTING:
    case GS_ISSUE_RECOVERING:
    case GS_ISSUE_VOIDING:
      return "progress";
    case GS_ISSUE_QUESTION:
      return "question";
    case GS_ISSUE_DONE:
    case GS_ISSUE_VOID:
    case GS_ISSUE_REFUSED:
    case GS_ISSUE_FAILED:
      return "end";
    }
  return "end";
}

static void
update (GsStampSheet *self)
{
  GsIssueState state = gs_stamp_issue_get_state (self->issue);
  GsStampBitmap *bitmap = gs_stamp_issue_get_bitmap (self->issue);
  const char *serial = gs_stamp_issue_get_serial (self->issue);
  gboolean none;
  g_autofree char *text = NULL;

  none = state == GS_ISSUE_REFUSED || state == GS_ISSUE_FAILED;
  gs_label_set (self->preview_title,
                none ? _ ("Nothing is printed") : _ ("As it will look on the page"));
  if (none)
    gs_stamp_preview_set_bitmap (GS_STAMP_PREVIEW (self->preview), NULL, 0, 0, 0);
  else if (bitmap != NULL)
    gs_stamp_preview_set_bitmap (
      GS_STAMP_PREVIEW (self->preview), gs_stamp_bitmap_get_rows (bitmap),
      gs_stamp_bitmap_get_width (bitmap), gs_stamp_bitmap_get_height (bitmap),
      gs_stamp_bitmap_get_dpi (bitmap));
  if (bitmap != NULL)
    gs_stamp_question_set_bitmap (GS_STAMP_QUESTION (self->question), bitmap);
  update_countdown (self);
  update_sheet (self);
  gs_stamp_progress_update (GS_STAMP_PROGRESS (self->progress), self->issue);
  gs_stamp_end_update (GS_STAMP_END (self->end), self->issue);
  gtk_stack_set_visible_child_name (GTK_STACK (self->right_stack), page_of (state));
  text = g_strdup_printf (_ ("Serial %s"), serial != NULL ? serial : "–");
  gs_label_set (self->serial_label, text);
  gtk_widget_set_visible (self->print_button, state == GS_ISSUE_SHEET);
  gtk_widget_set_sensitive (self->close_button, !gs_stamp_sheet_is_busy (self));
  gs_label_set (self->close_label, state == GS_ISSUE_SHEET ? _ ("Not now") : _ ("Close"));
}

/* --- what the officer does -------------------------------------------------------------------- */

static void
print_now (GsStampSheet *self)
{
  gs_stamp_sheet_set_notice (self, NULL);
  gs_stamp_issue_print (self->issue);
}

typedef struct
{
  GsStampSheet *sheet;
  GsPageAnswer answer;
  GsStampPlace place;
} Question;

static void
on_second_officer (GsSession *second, gpointer user_data)
{
  Question *question = user_data;
  GsStampVerdict verdict;

  if (second != NULL)
    gs_stamp_issue_answer (question->sheet->issue, question->answer, question->place, second,
                           &verdict);
  g_object_unref (question->sheet);
  g_free (question);
}

static void
answer (GsStampSheet *self, GsPageAnswer page, GsStampPlace place)
{
  GsStampVerdict verdict;
  Question *question;

  if (gs_stamp_issue_get_state (self->issue) != GS_ISSUE_QUESTION)
    return;
  if (page == GS_PAGE_ANSWER_WRONG_PLACE && place == 0)
    {
      gs_stamp_question_ask_place (GS_STAMP_QUESTION (self->question), TRUE);
      return;
    }
  if (!gs_stamp_issue_answer (self->issue, page, place, NULL, &verdict) || !verdict.needs_second)
    return;
  question = g_new0 (Question, 1);
  question->sheet = g_object_ref (self);
  question->answer = page;
  question->place = place;
  gs_second_officer_dialog_present (
    GTK_WINDOW (self), self->station,
    page == GS_PAGE_ANSWER_ABSENT ? GS_APPROVAL_ABSENT_STAMP : GS_APPROVAL_VOID_STAMP,
    page == GS_PAGE_ANSWER_ABSENT
      ? _ ("The printer counted an impression, or cannot be asked. Look at the page too, then "
           "approve that there is no stamp on it.")
      : _ ("This makes the stamp on the page void. Look at the page too, then approve."),
    on_second_officer, question);
}

static void
judge (GsStampSheet *self, GsJudgement judgement)
{
  if (gs_stamp_issue_get_state (self->issue) == GS_ISSUE_SHEET
      && gtk_widget_get_visible (self->identity_box))
    gs_station_judge (self->station, gs_stamp_issue_get_case (self->issue), judgement);
}

static void
close_sheet (GsStampSheet *self)
{
  if (gs_stamp_sheet_is_busy (self))
    return;
  if (gs_stamp_issue_get_state (self->issue) == GS_ISSUE_SHEET)
    gs_case_set_stamp_wanted (gs_stamp_issue_get_case (self->issue), FALSE);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void connect_issue (GsStampSheet *self, GsStampIssue *issue);

static void
reissue (GsStampSheet *self)
{
  g_autoptr (GsStampIssue) next = gs_stamp_issue_reissue (self->issue);

  if (next == NULL)
    return;
  connect_issue (self, next);
  /* Opening again draws the preview with the next serial. */
  g_object_unref (gs_stamp_desk_open (gs_station_get_stamp_desk (self->station),
                                      gs_stamp_issue_get_case (self->issue)));
  update (self);
}

static gboolean
on_stop_held (gpointer data)
{
  GsStampSheet *self = data;

  self->stop_source = 0;
  gs_stamp_issue_stop (self->issue);
  return G_SOURCE_REMOVE;
}

static gboolean
handle_number (GsStampSheet *self, int number)
{
  GsIssueState state = gs_stamp_issue_get_state (self->issue);

  if (state == GS_ISSUE_SHEET && number <= 3)
    judge (self, (GsJudgement) number);
  else if (state == GS_ISSUE_QUESTION
           && gs_stamp_question_asks_place (GS_STAMP_QUESTION (self->question)))
    answer (self, GS_PAGE_ANSWER_WRONG_PLACE, (GsStampPlace) number);
  else if (state == GS_ISSUE_QUESTION)
    answer (self, (GsPageAnswer) number, 0);
  else
    return FALSE;
  return TRUE;
}

static void
on_answer (int number, gpointer user_data)
{
  handle_number (user_data, number);
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                GsStampSheet *self)
{
  GsIssueState state = gs_stamp_issue_get_state (self->issue);

  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_4)
    return handle_number (self, (int) (keyval - GDK_KEY_0));
  if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_4)
    return handle_number (self, (int) (keyval - GDK_KEY_KP_0));
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (state == GS_ISSUE_SHEET)
        print_now (self);
      else if (state == GS_ISSUE_DONE)
        close_sheet (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      close_sheet (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Delete:
      if (self->stop_source == 0 && (state == GS_ISSUE_CLAIMING || state == GS_ISSUE_PRINTING))
        self->stop_source = g_timeout_add (STOP_HOLD_MS, on_stop_held, self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_key_released (GtkEventControllerKey *keys,
                 guint keyval,
                 guint keycode,
                 GdkModifierType modifiers,
                 GsStampSheet *self)
{
  if (keyval == GDK_KEY_Delete)
    g_clear_handle_id (&self->stop_source, g_source_remove);
}

static gboolean
on_close_request (GsStampSheet *self)
{
  close_sheet (self);
  return TRUE;
}

static void
on_slip (GsStampSheet *self)
{
  gs_slip_window_present (GTK_WINDOW (self), self->station, gs_stamp_issue_get_case (self->issue));
}

/* --- building --------------------------------------------------------------------------------- */

static GtkWidget *
make_preview (GsStampSheet *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gs_label_new (_ ("As it will look on the page"), "gs-heading");
  GtkWidget *note = gs_label_new (
    _ ("Next free visa page, clear of other stamps, never on the machine readable lines. The date "
       "is the crossing’s, in the port’s time zone."),
    "gs-second gs-text2");

  self->preview_title = title;
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), gs_label_new (_ ("45 × 35 mm · 600 dpi"), "gs-caption gs-text2"));
  gtk_box_append (GTK_BOX (box), line);
  self->preview = gs_stamp_preview_new ();
  gtk_box_append (GTK_BOX (box), self->preview);
  gtk_box_append (GTK_BOX (box),
                  gs_label_new (_ ("Specimen of Utopia, not signed: no seal, no signature"),
                                "gs-second gs-strong"));
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 64);
  gtk_box_append (GTK_BOX (box), note);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), self->small ? 410 : 600);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), self->small ? 410 : 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_set_size_request (clamp, self->small ? 410 : 600, -1);
  return clamp;
}

static void
on_same (GsStampSheet *self)
{
  judge (self, GS_JUDGEMENT_SAME);
}

static void
on_unsure (GsStampSheet *self)
{
  judge (self, GS_JUDGEMENT_UNSURE);
}

static void
on_different (GsStampSheet *self)
{
  judge (self, GS_JUDGEMENT_DIFFERENT);
}

static void
on_area (GsStampSheet *self)
{
  gs_stamp_issue_give_area_word (self->issue);
}

static GtkWidget *
make_conditions (GsStampSheet *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gs_label_new (_ ("Conditions"), "gs-heading");
  GtkWidget *answers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *button;

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), title);
  self->conditions_pill = gs_label_new (NULL, "gs-pill");
  gtk_box_append (GTK_BOX (line), self->conditions_pill);
  self->identity_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->identity_box, "gs-question");
  gtk_box_append (GTK_BOX (self->identity_box),
                  gs_label_new (_ ("Is it the same person as in the document?"), "gs-strong"));
  button = gs_sheet_button_new (_ ("Same person"), "1", FALSE, NULL);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_same), self);
  gtk_box_append (GTK_BOX (answers), button);
  button = gs_sheet_button_new (_ ("Unsure"), "2", FALSE, NULL);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_unsure), self);
  gtk_box_append (GTK_BOX (answers), button);
  button = gs_sheet_button_new (_ ("Different"), "3", FALSE, NULL);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_different), self);
  gtk_box_append (GTK_BOX (answers), button);
  gtk_box_append (GTK_BOX (self->identity_box), answers);
  gtk_box_append (GTK_BOX (box), self->identity_box);
  gtk_box_append (GTK_BOX (box), line);
  self->conditions = gs_stamp_conditions_new ();
  gtk_box_append (GTK_BOX (box), self->conditions);

  self->area_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->area_box, "gs-question");
  title =
    gs_label_new (_ ("This hall does not tell when a traveller leaves the area."), "gs-strong");
  gtk_box_append (GTK_BOX (self->area_box), title);
  button = gs_sheet_button_new (_ ("The traveller has not left the area"), NULL, FALSE, NULL);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_area), self);
  gtk_box_append (GTK_BOX (self->area_box), button);
  gtk_box_append (GTK_BOX (box), self->area_box);
  return box;
}

static GtkWidget *
make_foot (GsStampSheet *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_add_css_class (foot, "gs-outcome-bar");
  self->serial_label = gs_label_new (NULL, "gs-body gs-strong gs-code");
  gtk_box_append (GTK_BOX (text), self->serial_label);
  gtk_box_append (
    GTK_BOX (text),
    gs_label_new (_ ("The hall is asked first. Without its claim nothing is printed."),
                  "gs-second gs-text2"));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (foot), text);
  self->close_button = gs_sheet_button_new (_ ("Not now"), "Esc", FALSE, &self->close_label);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_sheet), self);
  gtk_box_append (GTK_BOX (foot), self->close_button);
  self->print_button = gs_sheet_button_new (_ ("Print stamp"), "Enter", TRUE, NULL);
  gtk_widget_set_size_request (self->print_button, 260, 60);
  g_signal_connect_swapped (self->print_button, "clicked", G_CALLBACK (print_now), self);
  gtk_box_append (GTK_BOX (foot), self->print_button);
  return foot;
}

static void
connect_issue (GsStampSheet *self, GsStampIssue *issue)
{
  if (self->issue != NULL)
    g_clear_signal_handler (&self->issue_handler, self->issue);
  g_set_object (&self->issue, issue);
  self->issue_handler = g_signal_connect_swapped (issue, "changed", G_CALLBACK (update), self);
}

static void
gs_stamp_sheet_dispose (GObject *object)
{
  GsStampSheet *self = GS_STAMP_SHEET (object);

  g_clear_handle_id (&self->stop_source, g_source_remove);
  if (self->issue != NULL)
    g_clear_signal_handler (&self->issue_handler, self->issue);
  g_clear_object (&self->issue);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_stamp_sheet_parent_class)->dispose (object);
}

static void
gs_stamp_sheet_class_init (GsStampSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_stamp_sheet_dispose;
}

static void
gs_stamp_sheet_init (GsStampSheet *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "gs-station");
  gtk_widget_add_css_class (GTK_WIDGET (self), "gs-sheet-window");
}

static GtkWidget *
make_right (GsStampSheet *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  self->countdown = gs_countdown_new (FALSE);
  gs_countdown_set_func (GS_COUNTDOWN (self->countdown), read_window, self, NULL);
  gtk_box_append (GTK_BOX (right), self->countdown);
  self->right_stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->right_stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->right_stack), make_conditions (self), "conditions");
  self->progress = gs_stamp_progress_new (self->station);
  gtk_stack_add_named (GTK_STACK (self->right_stack), self->progress, "progress");
  self->question = gs_stamp_question_new (on_answer, self);
  gtk_stack_add_named (GTK_STACK (self->right_stack), self->question, "question");
  self->end = gs_stamp_end_new (self->station);
  g_signal_connect_swapped (self->end, "slip", G_CALLBACK (on_slip), self);
  g_signal_connect_swapped (self->end, "again", G_CALLBACK (reissue), self);
  gtk_stack_add_named (GTK_STACK (self->right_stack), self->end, "end");
  gs_stack_access_attach (GTK_STACK (self->right_stack));
  gtk_box_append (GTK_BOX (right), self->right_stack);
  gtk_widget_set_hexpand (right, TRUE);
  return right;
}

/* One size for all its pages, so that nothing jumps, and never larger than its parent. */
static void
set_size (GsStampSheet *self, GtkWindow *parent)
{
  int width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  int height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  self->small = height > 0 && height < WIDE_HEIGHT + PARENT_MARGIN;
  gs_style_toggle_class (GTK_WIDGET (self), "small", self->small);
  gtk_window_set_default_size (
    GTK_WINDOW (self), width > 0 ? MIN (WIDE_WIDTH, width - PARENT_MARGIN) : WIDE_WIDTH,
    height > 0 ? MIN (WIDE_HEIGHT, height - PARENT_MARGIN) : WIDE_HEIGHT);
}

GsStampSheet *
gs_stamp_sheet_new (GtkWindow *parent, GsStation *station, GsStampIssue *issue)
{
  GsStampSheet *self = g_object_new (GS_TYPE_STAMP_SHEET, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->station = g_object_ref (station);
  connect_issue (self, issue);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Stamp"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  set_size (self, parent);
  gtk_box_append (GTK_BOX (box), gs_stamp_head_new (station, gs_stamp_issue_get_case (issue)));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->notice_label = gs_label_new (NULL, "gs-body gs-strong gs-notice");
  gtk_label_set_wrap (GTK_LABEL (self->notice_label), TRUE);
  gtk_widget_set_visible (self->notice_label, FALSE);
  gtk_box_append (GTK_BOX (box), self->notice_label);
  gtk_widget_add_css_class (body, "gs-card-body");
  gtk_box_append (GTK_BOX (body), make_preview (self));
  gtk_box_append (GTK_BOX (body), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (body), make_right (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), body);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_foot (self));
  adw_window_set_content (ADW_WINDOW (self), box);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close_request), NULL);
  g_signal_connect_object (station, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}
