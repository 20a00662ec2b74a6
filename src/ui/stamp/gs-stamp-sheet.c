/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-sheet.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-second-officer-dialog.h"
#include "gs-sheet-button.h"
#include "gs-slip-window.h"
#include "gs-stack-access.h"
#include "gs-stamp-conditions.h"
#include "gs-stamp-countdown.h"
#include "gs-stamp-end.h"
#include "gs-stamp-faces.h"
#include "gs-stamp-head.h"
#include "gs-stamp-preview.h"
#include "gs-stamp-progress.h"
#include "gs-stamp-question.h"
#include "gs-style.h"
#include "gs-text.h"
#include "gs-time.h"

#define STOP_HOLD_MS 2000
#define WIDE_WIDTH 1240
#define WIDE_HEIGHT 880
#define TALL_HEIGHT 960 /* where the screen has it: the questions about the face need it */
#define PARENT_MARGIN 40
/* Below it, at the normal size of text, the preview goes under. */
#define STACKED_WIDTH 1200
#define PREVIEW_WIDE 600
#define PREVIEW_SMALL 410

struct _GsStampSheet
{
  AdwWindow parent_instance;

  GsStation *station;
  GsStampIssue *issue;
  gulong issue_handler;
  guint stop_source;

  GsStampHead *head;
  GtkWidget *notice_label;
  GtkBox *body;
  AdwClamp *preview_clamp;
  GtkStack *left_stack;
  GsStampFaces *faces;
  GtkWidget *preview_title;
  GtkWidget *size_label;
  GsStampPreview *preview;
  GtkWidget *specimen_label;
  GtkWidget *place_label;
  GsCountdown *countdown;
  GtkStack *right_stack;
  GsStampConditions *conditions;
  GsStampProgress *progress;
  GsStampQuestion *question;
  GsStampEnd *end;
  GtkWidget *serial_label;
  GtkWidget *hint_label;
  GsSheetButton *close_button;
  GsSheetButton *print_button;
};

enum
{
  LOCK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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
  g_return_val_if_fail (GS_IS_STAMP_SHEET (self), FALSE);
  return gs_stamp_issue_is_busy (self->issue);
}

void
gs_stamp_sheet_set_notice (GsStampSheet *self, const char *notice)
{
  g_return_if_fail (GS_IS_STAMP_SHEET (self));
  gs_label_set (self->notice_label, notice);
}

/* When the printer said that this stamp is done, or else the officer; GS_TIME_UNKNOWN before. */
static gint64
stamped_utc_ms (GsStampSheet *self)
{
  GsIssueState state = gs_stamp_issue_get_state (self->issue);
  gint64 printed = gs_stamp_issue_get_step_utc_ms (self->issue, GS_STAMP_STEP_PRINTED);

  if (state != GS_ISSUE_QUESTION && state != GS_ISSUE_DONE)
    return GS_TIME_UNKNOWN;
  if (printed == GS_TIME_UNKNOWN && state == GS_ISSUE_DONE)
    return gs_stamp_issue_get_step_utc_ms (self->issue, GS_STAMP_STEP_CONFIRMED);
  return printed;
}

static void
read_window (GsCountdownReading *reading, gpointer user_data)
{
  GsStampSheet *self = user_data;

  gs_stamp_countdown_read (reading, self->station, gs_stamp_issue_get_case (self->issue));
  reading->stamped |= stamped_utc_ms (self) != GS_TIME_UNKNOWN;
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

static const char *
preview_title_of (GsIssueState state)
{
  switch (state)
    {
    case GS_ISSUE_SHEET:
    case GS_ISSUE_CLAIMING:
    case GS_ISSUE_PRINTING:
      return _ ("As it will look on the page");
    case GS_ISSUE_QUESTION:
    case GS_ISSUE_RECOVERING:
      return _ ("As it should be on the page");
    case GS_ISSUE_DONE:
      return _ ("As it is on the page");
    case GS_ISSUE_VOIDING:
    case GS_ISSUE_VOID:
      return _ ("This stamp is void");
    case GS_ISSUE_REFUSED:
    case GS_ISSUE_FAILED:
      return _ ("Nothing is printed");
    }
  return NULL;
}

static void
show_preview (GsStampSheet *self, GsIssueState state)
{
  GsStampBitmap *bitmap = gs_stamp_issue_get_bitmap (self->issue);
  gboolean none = state == GS_ISSUE_REFUSED || state == GS_ISSUE_FAILED;
  gboolean before =
    state == GS_ISSUE_SHEET || state == GS_ISSUE_CLAIMING || state == GS_ISSUE_PRINTING;

  gs_label_set (self->preview_title, preview_title_of (state));
  gtk_widget_set_visible (self->size_label, !none);
  gtk_widget_set_visible (self->specimen_label, !none);
  gtk_widget_set_visible (self->place_label, before);
  if (none)
    gs_stamp_preview_set_bitmap (self->preview, NULL, 0, 0, 0);
  else if (bitmap != NULL)
    gs_stamp_preview_set_bitmap (
      self->preview, gs_stamp_bitmap_get_rows (bitmap), gs_stamp_bitmap_get_width (bitmap),
      gs_stamp_bitmap_get_height (bitmap), gs_stamp_bitmap_get_dpi (bitmap));
  if (bitmap != NULL)
    gs_stamp_question_set_bitmap (self->question, bitmap);
}

/* The serial belongs to a stamp only once it was taken; what was taken and not printed is spent. */
static void
show_serial (GsStampSheet *self, GsIssueState state)
{
  const char *serial = gs_stamp_issue_get_serial (self->issue);
  gboolean none = state == GS_ISSUE_REFUSED || state == GS_ISSUE_FAILED;
  g_autofree char *text = NULL;

  if (none && gs_stamp_issue_has_serial (self->issue))
    text = g_strdup_printf (_ ("Serial %s was not used and is void"), serial);
  else if (!none)
    text = g_strdup_printf (_ ("Serial %s"), serial != NULL ? serial : "–");
  gs_label_set (self->serial_label, text);
}

static const char *
hint_of (GsIssueState state)
{
  switch (state)
    {
    case GS_ISSUE_SHEET:
      return _ ("The hall is asked first. Without its claim nothing is printed.");
    case GS_ISSUE_CLAIMING:
      return _ ("The hall is being asked. Without its claim nothing is printed.");
    case GS_ISSUE_PRINTING:
      return _ ("The hall has granted this stamp.");
    case GS_ISSUE_QUESTION:
    case GS_ISSUE_RECOVERING:
    case GS_ISSUE_VOIDING:
      return _ ("The hall is told what is on the page as soon as it is known.");
    case GS_ISSUE_DONE:
    case GS_ISSUE_VOID:
    case GS_ISSUE_REFUSED:
    case GS_ISSUE_FAILED:
      break;
    }
  return NULL; /* the end says it all */
}

static gboolean
asks_for_face (GsStampSheet *self)
{
  if (!gs_stamp_issue_needs_judgement (self->issue))
    return FALSE;
  gs_stamp_faces_renew (self->faces);
  return gs_stamp_faces_asks (self->faces);
}

static void
update (GsStampSheet *self)
{
  GsIssueState state = gs_stamp_issue_get_state (self->issue);
  g_autofree char *passes = gs_reason_text_passes (self->issue);

  show_preview (self, state);
  gtk_stack_set_visible_child_name (self->left_stack, asks_for_face (self) ? "faces" : "preview");
  gs_stamp_countdown_update (self->countdown, self->station, gs_stamp_issue_get_case (self->issue),
                             stamped_utc_ms (self));
  gs_stamp_conditions_update (self->conditions, self->station, self->issue);
  gs_stamp_progress_update (self->progress, self->station, self->issue);
  gs_stamp_question_set_pass (self->question, passes);
  gs_stamp_end_update (self->end, self->station, self->issue);
  gtk_stack_set_visible_child_name (self->right_stack, page_of (state));
  show_serial (self, state);
  gs_label_set (self->hint_label, hint_of (state));
  gtk_widget_set_visible (GTK_WIDGET (self->print_button), state == GS_ISSUE_SHEET);
  gtk_widget_set_sensitive (GTK_WIDGET (self->print_button),
                            gs_stamp_issue_can_print (self->issue));
  gtk_widget_set_sensitive (GTK_WIDGET (self->close_button), !gs_stamp_sheet_is_busy (self));
  gs_sheet_button_set_text (self->close_button,
                            state == GS_ISSUE_SHEET ? _ ("Not now") : _ ("Close"));
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
      gs_stamp_question_ask_place (self->question, TRUE);
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
close_sheet (GsStampSheet *self)
{
  if (gs_stamp_sheet_is_busy (self))
    return;
  if (gs_stamp_issue_get_state (self->issue) == GS_ISSUE_SHEET)
    gs_case_set_stamp_wanted (gs_stamp_issue_get_case (self->issue), FALSE);
  gtk_window_destroy (GTK_WINDOW (self));
}

void
gs_stamp_sheet_leave (GsStampSheet *self)
{
  g_return_if_fail (GS_IS_STAMP_SHEET (self));
  g_clear_handle_id (&self->stop_source, g_source_remove);
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

  if (state == GS_ISSUE_QUESTION && gs_stamp_question_asks_place (self->question))
    answer (self, GS_PAGE_ANSWER_WRONG_PLACE, (GsStampPlace) number);
  else if (state == GS_ISSUE_QUESTION)
    answer (self, (GsPageAnswer) number, 0);
  else
    return FALSE;
  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                GsStampSheet *self)
{
  GsIssueState state = gs_stamp_issue_get_state (self->issue);

  if ((modifiers & GDK_CONTROL_MASK) != 0 && gdk_keyval_to_lower (keyval) == GDK_KEY_l)
    {
      g_signal_emit (self, signals[LOCK], 0);
      return GDK_EVENT_STOP;
    }
  if (state == GS_ISSUE_SHEET && (modifiers & GDK_ALT_MASK) == 0
      && gs_stamp_faces_handle_key (self->faces, keyval))
    {
      update (self);
      return GDK_EVENT_STOP;
    }
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
on_close_request (GsStampSheet *self, gpointer user_data)
{
  close_sheet (self);
  return TRUE;
}

static void
on_second_wanted (GsStampSheet *self)
{
  gs_stamp_faces_begin_second (self->faces);
}

static void
on_again_wanted (GsStampSheet *self)
{
  gs_stamp_faces_begin_again (self->faces);
  update (self);
}

static void
on_slip (GsStampSheet *self)
{
  gs_slip_window_present (GTK_WINDOW (self), self->station, gs_stamp_issue_get_case (self->issue));
}

/* --- building --------------------------------------------------------------------------------- */

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
  if (self->faces != NULL && self->station != NULL)
    gs_stamp_faces_leave (self->faces);
  if (self->issue != NULL)
    g_clear_signal_handler (&self->issue_handler, self->issue);
  g_clear_object (&self->issue);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_stamp_sheet_parent_class)->dispose (object);
}

static void
gs_stamp_sheet_class_init (GsStampSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_stamp_sheet_dispose;
  signals[LOCK] = g_signal_new ("lock", GS_TYPE_STAMP_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  g_type_ensure (GS_TYPE_COUNTDOWN);
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  g_type_ensure (GS_TYPE_STAMP_CONDITIONS);
  g_type_ensure (GS_TYPE_STAMP_END);
  g_type_ensure (GS_TYPE_STAMP_FACES);
  g_type_ensure (GS_TYPE_STAMP_HEAD);
  g_type_ensure (GS_TYPE_STAMP_PREVIEW);
  g_type_ensure (GS_TYPE_STAMP_PROGRESS);
  g_type_ensure (GS_TYPE_STAMP_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/stamp/gs-stamp-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, head);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, notice_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, preview_clamp);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, left_stack);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, faces);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, preview_title);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, size_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, preview);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, specimen_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, place_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, countdown);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, right_stack);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, body);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, conditions);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, progress);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, question);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, end);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, serial_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, hint_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, close_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampSheet, print_button);
  gtk_widget_class_bind_template_callback (widget_class, close_sheet);
  gtk_widget_class_bind_template_callback (widget_class, handle_number);
  gtk_widget_class_bind_template_callback (widget_class, on_close_request);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_released);
  gtk_widget_class_bind_template_callback (widget_class, on_again_wanted);
  gtk_widget_class_bind_template_callback (widget_class, on_second_wanted);
  gtk_widget_class_bind_template_callback (widget_class, on_slip);
  gtk_widget_class_bind_template_callback (widget_class, print_now);
  gtk_widget_class_bind_template_callback (widget_class, reissue);
}

static void
gs_stamp_sheet_init (GsStampSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_stack_access_attach (self->left_stack);
  gs_stack_access_attach (self->right_stack);
}

/* One size for all its pages, so that nothing jumps, and never larger than its parent. */
static void
set_size (GsStampSheet *self, GtkWindow *parent)
{
  int width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  int height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;
  gboolean small = height > 0 && height < WIDE_HEIGHT + PARENT_MARGIN; /* 1280×800 */
  int preview = small ? PREVIEW_SMALL : PREVIEW_WIDE;
  double scale = parent != NULL ? gs_text_scale (GTK_WIDGET (parent)) : 1;
  int widest = (int) (WIDE_WIDTH * scale);

  gs_style_toggle_class (GTK_WIDGET (self), "small", small);
  adw_clamp_set_maximum_size (self->preview_clamp, preview);
  adw_clamp_set_tightening_threshold (self->preview_clamp, preview);
  gtk_widget_set_size_request (GTK_WIDGET (self->preview_clamp), preview, -1);
  gs_stamp_faces_set_width (self->faces, preview);
  if (width > 0)
    widest = MIN (widest, width - PARENT_MARGIN);
  if (widest < STACKED_WIDTH * scale)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body), GTK_ORIENTATION_VERTICAL);
      gtk_box_reorder_child_after (self->body, gtk_widget_get_last_child (GTK_WIDGET (self->body)),
                                   NULL);
      /* What is below scrolls, so the preview need not shrink. */
      gtk_widget_set_size_request (GTK_WIDGET (self->preview), -1, preview * 35 / 45);
    }
  gtk_window_set_default_size (GTK_WINDOW (self), widest,
                               height > 0 ? MIN (TALL_HEIGHT, height - PARENT_MARGIN)
                                          : WIDE_HEIGHT);
}

GsStampSheet *
gs_stamp_sheet_new (GtkWindow *parent, GsStation *station, GsStampIssue *issue)
{
  GsStampSheet *self = g_object_new (GS_TYPE_STAMP_SHEET, "transient-for", parent, NULL);

  self->station = g_object_ref (station);
  connect_issue (self, issue);
  gs_stamp_faces_set_case (self->faces, station, gs_stamp_issue_get_case (issue));
  set_size (self, parent);
  gs_countdown_set_func (self->countdown, read_window, self, NULL);
  gs_stamp_head_set_case (self->head, station, gs_stamp_issue_get_case (issue));
  g_signal_connect_object (station, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gs_station_get_face_desk (station), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return self;
}
