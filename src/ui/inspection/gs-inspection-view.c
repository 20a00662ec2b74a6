/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-inspection-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-case-head.h"
#include "gs-case-history.h"
#include "gs-case-pictures.h"
#include "gs-check-tree.h"
#include "gs-format.h"
#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-outcome-bar.h"
#include "gs-reason-chain.h"
#include "gs-reason-text.h"
#include "gs-referral-reason.h"
#include "gs-sign-view.h"
#include "gs-stack-access.h"
#include "gs-style.h"
#include "gs-time.h"

/* Three pictures and two gaps. */
#define PICTURES_PX 900
#define PICTURES_NARROW_PX (3 * 160 + 2 * 16)

struct _GsInspectionView
{
  GtkBox parent_instance;

  GsStation *station;
  GsCase *item;
  gulong item_handler;
  guint update_source;
  gboolean read_held;
  gboolean judging;

  GtkWidget *stack;
  GtkWidget *shield_bar;
  GtkWidget *shield_label;
  GtkWidget *head;
  GtkWidget *pictures;
  GtkWidget *pictures_clamp;
  GtkWidget *question;
  GtkWidget *chain;
  GtkWidget *checks;
  GtkWidget *history;
  GtkWidget *outcomes;
};

G_DEFINE_FINAL_TYPE (GsInspectionView, gs_inspection_view, GTK_TYPE_BOX)

static gboolean
is_shielded (GsInspectionView *self)
{
  return self->item != NULL && gs_case_is_shielded (self->item) && !self->read_held;
}

/* --- shield ------------------------------------------------------------------------------------
 */

static void
update_shield (GsInspectionView *self)
{
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  gboolean one = gs_case_is_shielded (self->item);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->shield_bar, one);
  gs_style_toggle_class (GTK_WIDGET (self), "alarm", one);
  if (!one)
    return;
  /* Translators: a referral code follows. */
  text = g_strdup_printf (
    _ ("Priority 1 · %s"),
    crossing->reasons != NULL && crossing->reasons[0] != NULL ? crossing->reasons[0] : "–");
  gs_label_set (self->shield_label, text);
}

/* --- reason chain ----------------------------------------------------------------------------- */

/* The checks that did not go well, in words; or that all did. */
static char *
dup_evidence (GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < crossing->checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (crossing->checks, i);
      const GsCheckName *row = gs_check_name_find (check->name);

      if (check->result == GS_CHECK_RESULT_SUCCESSFUL
          || check->result == GS_CHECK_RESULT_NOT_SUPPORTED)
        continue;
      if (row != NULL && row->group == GS_CHECK_GROUP_FACE && gs_case_is_blind (item))
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      /* Translators: the statement a check proves, then its result: "Not expired: failed". */
      g_string_append_printf (text, _ ("%s: %s"), gs_case_checks_statement (check->name),
                              gs_sign_get_word ((GsSign) gs_case_checks_sign (check->result)));
    }
  if (text->len > 0)
    return g_strdup (text->str);
  if (crossing->checks->len == 0)
    return g_strdup (_ ("The gate told no check."));
  return g_strdup (_ ("Every other check that the gate made is successful."));
}

/* Once the officer has judged, the next step follows from that. */
static void
fill_judged (GsInspectionView *self, GsReasonChainContent *content)
{
  GsJudgement judgement = gs_case_get_judgement (self->item);

  if (judgement == GS_JUDGEMENT_UNSURE || judgement == GS_JUDGEMENT_DIFFERENT)
    {
      content->next_strong = _ ("Send to the second line.");
      content->next_text = _ ("Your judgement goes with the case.");
    }
  else if (judgement == GS_JUDGEMENT_SAME
           && gs_station_blocks (self->station, self->item, GS_OUTCOME_ADMITTED) == 0)
    {
      content->next_strong = _ ("Admit.");
      content->next_text = _ ("You judged: same person. Your judgement is recorded.");
    }
}

static void
fill_open_case (GsInspectionView *self, GsReasonChainContent *content, char **why, char **evidence)
{
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  const char *code = crossing->reasons != NULL ? crossing->reasons[0] : NULL;

  *evidence = dup_evidence (self->item);
  content->evidence = *evidence;
  if (gs_case_is_blind (self->item))
    {
      content->why_title = _ ("Face: compare");
      content->why_text =
        _ ("The gate asks for an officer’s eyes. What it found, and its code, are hidden until "
           "you have judged.");
    }
  else
    {
      *why = gs_case_is_shielded (self->item)
               ? g_strdup_printf (_ ("Priority 1 · %s"), code != NULL ? code : "–")
               : g_strdup_printf ("%s  %s", code != NULL ? code : "", gs_reason_text_title (code));
      content->why_title = *why;
      content->why_text = gs_case_is_shielded (self->item) ? gs_reason_text_title (code) : NULL;
    }
  if (gs_case_get_rejected (self->item))
    content->why_text = _ ("The hall rejected the decision that was sent. Look again and decide.");
  content->next_strong = gs_reason_text_next (code, &content->next_text);
  fill_judged (self, content);
  content->say = gs_reason_text_say (code, gs_reason_text_language (crossing->traveller),
                                     &content->say_lang, &content->say_badge);
  content->say_meaning = gs_reason_text_say_meaning (code);
  /* Said in the officer's own language it needs no second line. */
  if (g_strcmp0 (content->say, content->say_meaning) == 0)
    content->say_meaning = NULL;
}

static void
fill_admitted (GsInspectionView *self, GsReasonChainContent *content, char **why)
{
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  GsWindowVerdict verdict;

  gs_station_judge_window (self->station, self->item, &verdict);
  if (crossing->stamp_serial != NULL)
    {
      g_autofree char *at = gs_format_time (self->station, crossing->stamped_utc_ms);
      g_autofree char *desk = gs_format_desk (crossing->stamp_desk);

      *why = g_strdup_printf (_ ("Stamped: %s, %s, %s"), crossing->stamp_serial, desk, at);
      content->why_title = *why;
      content->next_strong = _ ("Nothing more to do.");
      content->next_text = _ ("One crossing gets one stamp.");
      return;
    }
  content->why_title =
    crossing->admitted_by_officer ? _ ("Admitted by an officer") : _ ("Admitted by the gate");
  if (verdict.may_stamp)
    {
      content->next_strong = _ ("Stamp on request.");
      content->next_text = _ ("Press F10 when the traveller asks for it.");
    }
  else
    {
      content->next_strong = _ ("No stamp any more.");
      content->next_text =
        _ ("F10 shows why, and the ways on: travel record slip or airport office.");
    }
}

static void
update_chain (GsInspectionView *self)
{
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  GsReasonChainContent content = { 0 };
  g_autofree char *why = NULL;
  g_autofree char *evidence = NULL;

  if (gs_crossing_is_open_case (crossing))
    fill_open_case (self, &content, &why, &evidence);
  else if (crossing->state == GS_CROSSING_STATE_ADMITTED)
    fill_admitted (self, &content, &why);
  else if (crossing->state == GS_CROSSING_STATE_STARTED)
    {
      content.why_title = _ ("In the gate");
      content.next_strong = _ ("Wait for the gate.");
    }
  else
    {
      /* Translators: an outcome, such as "second line". */
      why = g_strdup_printf (_ ("Decided: %s"), gs_reason_text_outcome (crossing->outcome));
      content.why_title = why;
      content.next_strong = _ ("Nothing more to do here.");
    }
  gs_reason_chain_update (GS_REASON_CHAIN (self->chain), &content);
  gs_reason_chain_set_shielded (GS_REASON_CHAIN (self->chain), is_shielded (self));
}

/* --- judgement -------------------------------------------------------------------------------- */

static void
end_judgement (GsInspectionView *self)
{
  self->judging = FALSE;
  gtk_widget_set_visible (self->question, FALSE);
  gs_station_set_card_locked (self->station, FALSE);
}

static void
judge (GsInspectionView *self, GsJudgement judgement)
{
  if (!self->judging || self->item == NULL)
    return;
  end_judgement (self);
  gs_station_judge (self->station, self->item, judgement);
}

void
gs_inspection_view_begin_judgement (GsInspectionView *self)
{
  g_return_if_fail (GS_IS_INSPECTION_VIEW (self));

  if (self->item == NULL || !gs_crossing_is_open_case (gs_case_get_crossing (self->item)))
    return;
  self->judging = TRUE;
  gs_station_set_card_locked (self->station, TRUE);
  gtk_widget_set_visible (self->question, TRUE);
}

gboolean
gs_inspection_view_is_judging (GsInspectionView *self)
{
  g_return_val_if_fail (GS_IS_INSPECTION_VIEW (self), FALSE);
  return self->judging;
}

gboolean
gs_inspection_view_handle_key (GsInspectionView *self, guint keyval)
{
  g_return_val_if_fail (GS_IS_INSPECTION_VIEW (self), FALSE);

  if (!self->judging)
    return FALSE;
  if (keyval == GDK_KEY_1 || keyval == GDK_KEY_KP_1)
    judge (self, GS_JUDGEMENT_SAME);
  else if (keyval == GDK_KEY_2 || keyval == GDK_KEY_KP_2)
    judge (self, GS_JUDGEMENT_UNSURE);
  else if (keyval == GDK_KEY_3 || keyval == GDK_KEY_KP_3)
    judge (self, GS_JUDGEMENT_DIFFERENT);
  else if (keyval == GDK_KEY_Escape)
    end_judgement (self);
  else
    return FALSE;
  return TRUE;
}

static void
on_same (GsInspectionView *self)
{
  judge (self, GS_JUDGEMENT_SAME);
}

static void
on_unsure (GsInspectionView *self)
{
  judge (self, GS_JUDGEMENT_UNSURE);
}

static void
on_different (GsInspectionView *self)
{
  judge (self, GS_JUDGEMENT_DIFFERENT);
}

static GtkWidget *
make_answer (GsInspectionView *self, GsSign sign, const char *text, const char *key, GCallback func)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gs_sign_view_new (sign, 18);

  gs_sign_view_set_label (GS_SIGN_VIEW (icon), "");
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), gs_label_new (text, "gs-strong"));
  gtk_box_append (GTK_BOX (line), gs_key_cap_new (key));
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "gs-button");
  /* The keys come through the window, so that a reader that types cannot answer. */
  gtk_widget_set_focusable (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_swapped (button, "clicked", func, self);
  return button;
}

static GtkWidget *
make_question (GsInspectionView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *answers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text =
    gs_label_new (_ ("Chip picture and the traveller before you. Your answer is recorded and "
                     "cannot be changed."),
                  "gs-second gs-text2");

  gtk_widget_add_css_class (box, "gs-inset");
  gtk_widget_add_css_class (box, "gs-question");
  gtk_box_append (GTK_BOX (box), gs_label_new (_ ("Is it the same person?"), "gs-heading"));
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (answers),
                  make_answer (self, GS_SIGN_SAME, _ ("Same person"), "1", G_CALLBACK (on_same)));
  gtk_box_append (GTK_BOX (answers),
                  make_answer (self, GS_SIGN_UNSURE, _ ("Unsure"), "2", G_CALLBACK (on_unsure)));
  gtk_box_append (GTK_BOX (answers), make_answer (self, GS_SIGN_DIFFERENT, _ ("Different"), "3",
                                                  G_CALLBACK (on_different)));
  gtk_box_append (GTK_BOX (box), answers);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

/* --- update ----------------------------------------------------------------------------------- */

static void
update (GsInspectionView *self)
{
  g_autoptr (GListModel) groups = NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), self->item != NULL ? "card" : "empty");
  if (self->item == NULL)
    return;
  update_shield (self);
  gs_case_head_update (GS_CASE_HEAD (self->head), self->item);
  update_chain (self);
  gs_case_pictures_update (GS_CASE_PICTURES (self->pictures), is_shielded (self));
  groups = gs_case_checks_build (self->item, is_shielded (self));
  gs_check_tree_set_groups (GS_CHECK_TREE (self->checks), groups);
  gs_case_history_update (self->history, self->station, self->item);
  gs_outcome_bar_update (GS_OUTCOME_BAR (self->outcomes), self->item);
}

static gboolean
on_update (gpointer data)
{
  GsInspectionView *self = data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (GsInspectionView *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (on_update, self);
}

/* Once a second: what counts by itself, without building the tree again. */
static void
on_station_changed (GsInspectionView *self)
{
  if (self->item == NULL)
    return;
  gs_case_head_update (GS_CASE_HEAD (self->head), self->item);
  gs_outcome_bar_update (GS_OUTCOME_BAR (self->outcomes), self->item);
}

static void
on_current_changed (GsInspectionView *self)
{
  GsCase *item = gs_station_get_current (self->station);

  if (self->judging)
    end_judgement (self);
  if (self->item != NULL)
    g_clear_signal_handler (&self->item_handler, self->item);
  g_set_object (&self->item, item);
  gs_check_tree_set_groups (GS_CHECK_TREE (self->checks), NULL);
  gs_case_pictures_set_case (GS_CASE_PICTURES (self->pictures), item);
  if (item != NULL)
    self->item_handler =
      g_signal_connect_swapped (item, "changed", G_CALLBACK (queue_update), self);
  update (self);
}

void
gs_inspection_view_set_read_held (GsInspectionView *self, gboolean held)
{
  g_return_if_fail (GS_IS_INSPECTION_VIEW (self));

  if (self->read_held == held)
    return;
  self->read_held = held;
  update (self);
}

void
gs_inspection_view_set_narrow (GsInspectionView *self, gboolean narrow)
{
  g_return_if_fail (GS_IS_INSPECTION_VIEW (self));
  gs_check_tree_set_folded (GS_CHECK_TREE (self->checks), narrow);
  gtk_widget_set_size_request (self->checks, narrow ? 280 : 364, -1);
  gs_case_head_set_narrow (GS_CASE_HEAD (self->head), narrow);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->pictures_clamp),
                              narrow ? PICTURES_NARROW_PX : PICTURES_PX);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->pictures_clamp),
                                      narrow ? PICTURES_NARROW_PX : PICTURES_PX);
  gtk_widget_set_halign (self->pictures_clamp, narrow ? GTK_ALIGN_START : GTK_ALIGN_FILL);
}

/* --- building --------------------------------------------------------------------------------- */

static GtkWidget *
make_shield_bar (GsInspectionView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("gs-eye-off-symbolic");
  GtkWidget *hint = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *blank = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (bar, "gs-shield-bar");
  self->shield_label = gs_label_new (NULL, "gs-heading gs-bad");
  gtk_box_append (GTK_BOX (bar), self->shield_label);
  gtk_box_append (GTK_BOX (hint), icon);
  gtk_widget_add_css_class (icon, "gs-icon-16");
  gtk_box_append (GTK_BOX (hint), gs_label_new (_ ("shielded, hold to read:"), "gs-second"));
  gtk_box_append (GTK_BOX (hint), gs_key_cap_new (C_ ("key", "Space")));
  gtk_widget_set_hexpand (hint, TRUE);
  gtk_box_append (GTK_BOX (bar), hint);
  gtk_box_append (GTK_BOX (line), gs_label_new (_ ("Blank all"), NULL));
  gtk_box_append (GTK_BOX (line), gs_key_cap_new ("F12"));
  gtk_button_set_child (GTK_BUTTON (blank), line);
  gtk_widget_add_css_class (blank, "gs-small-button");
  gtk_widget_set_valign (blank, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (blank), "win.blank");
  gtk_accessible_update_property (GTK_ACCESSIBLE (blank), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Blank all"), -1);
  gtk_box_append (GTK_BOX (bar), blank);
  return bar;
}

static GtkWidget *
make_body (GsInspectionView *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  GtkWidget *left_scroller = gtk_scrolled_window_new ();
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *right_scroller = gtk_scrolled_window_new ();
  GtkWidget *title = gs_label_new (_ ("Checks"), "gs-heading");

  self->pictures = gs_case_pictures_new (self->station);
  self->pictures_clamp = adw_clamp_new ();
  adw_clamp_set_child (ADW_CLAMP (self->pictures_clamp), self->pictures);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->pictures_clamp), PICTURES_PX);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->pictures_clamp), PICTURES_PX);
  self->question = make_question (self);
  self->chain = gs_reason_chain_new ();
  gtk_widget_add_css_class (left, "gs-card-body");
  gtk_box_append (GTK_BOX (left), self->pictures_clamp);
  gtk_box_append (GTK_BOX (left), self->question);
  gtk_box_append (GTK_BOX (left), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (left), self->chain);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (left_scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (left_scroller), left);
  gtk_widget_set_hexpand (left_scroller, TRUE);
  gtk_box_append (GTK_BOX (body), left_scroller);
  gtk_box_append (GTK_BOX (body), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_widget_add_css_class (title, "gs-panel-head");
  gtk_box_append (GTK_BOX (right), title);
  self->checks = gs_check_tree_new ();
  gtk_widget_set_vexpand (self->checks, TRUE);
  gtk_box_append (GTK_BOX (right), self->checks);
  self->history = gs_case_history_new ();
  gtk_box_append (GTK_BOX (right), self->history);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (right_scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (right_scroller), right);
  gtk_widget_set_size_request (self->checks, 364, -1);
  gtk_box_append (GTK_BOX (body), right_scroller);
  gtk_widget_set_vexpand (body, TRUE);
  return body;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("gs-passport-symbolic");
  GtkWidget *title = gs_label_new (_ ("No case is open"), "gs-title");
  GtkWidget *text =
    gs_label_new (_ ("Take the next one with Ctrl N, or swipe a document to open its crossing."),
                  "gs-body gs-text2");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 56);
  gtk_widget_add_css_class (icon, "gs-text2");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_widget_set_halign (title, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (text, GTK_ALIGN_CENTER);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (box, TRUE);
  return box;
}

static void
gs_inspection_view_dispose (GObject *object)
{
  GsInspectionView *self = GS_INSPECTION_VIEW (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->item != NULL)
    g_clear_signal_handler (&self->item_handler, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_inspection_view_parent_class)->dispose (object);
}

static void
gs_inspection_view_class_init (GsInspectionViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_inspection_view_dispose;
}

static void
gs_inspection_view_init (GsInspectionView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gs-panel");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
gs_inspection_view_new (GsStation *station)
{
  GsInspectionView *self = g_object_new (GS_TYPE_INSPECTION_VIEW, NULL);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->station = g_object_ref (station);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->shield_bar = make_shield_bar (self);
  gtk_box_append (GTK_BOX (card), self->shield_bar);
  self->head = gs_case_head_new (station);
  gtk_box_append (GTK_BOX (card), self->head);
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (card), make_body (self));
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->outcomes = gs_outcome_bar_new (station);
  gtk_box_append (GTK_BOX (card), self->outcomes);
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), card, "card");
  gs_stack_access_attach (GTK_STACK (self->stack));
  gtk_box_append (GTK_BOX (self), self->stack);
  g_signal_connect_object (station, "current-changed", G_CALLBACK (on_current_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "changed", G_CALLBACK (on_station_changed), self,
                           G_CONNECT_SWAPPED);
  on_current_changed (self);
  return GTK_WIDGET (self);
}
