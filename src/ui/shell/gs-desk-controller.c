/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-desk-controller.h"

#include <glib/gi18n.h>

#include "gs-administration.h"
#include "gs-alarm.h"
#include "gs-desk-page.h"
#include "gs-desk-status.h"
#include "gs-face-control.h"
#include "gs-format.h"
#include "gs-more-dialog.h"
#include "gs-next-step.h"
#include "gs-preferences-window.h"
#include "gs-privacy-shield.h"
#include "gs-reason-text.h"
#include "gs-referral-reason.h"
#include "gs-seal-window.h"
#include "gs-second-officer-dialog.h"
#include "gs-sign-in-page.h"
#include "gs-slip-window.h"
#include "gs-stamp-sheet.h"
#include "gs-stamps-page.h"
#include "gs-time.h"
#include "gs-typed-document-dialog.h"
#include "gs-wedge-keys.h"

struct _GsDeskController
{
  GObject parent_instance;

  GsWindow *window;
  GsStation *station;
  GsScanner *scanner;
  GsPreferences *preferences;
  GsWedgeKeys *wedge;
  GtkWidget *page;
  GtkWidget *sign_in;
  GtkWidget *sheet;  /* weak: the open stamp sheet */
  char *ground;      /* of a refusal that waits for the supervisor, */
  char *note;        /* and its note */
  GsCase *refused;   /* its notice is due when it can no longer be undone */
  GsCase *asked;     /* the case of the dialog that is open, or was last */
  AdwToast *decided; /* weak: offers to undo the newest decision */
  GsAlarm *alarm;
  GsFaceControl *face;
  GsPrivacyShield *shield;
};

G_DEFINE_FINAL_TYPE (GsDeskController, gs_desk_controller, G_TYPE_OBJECT)

static GsInspectionView *
inspection (GsDeskController *self)
{
  return gs_desk_page_get_inspection (GS_DESK_PAGE (self->page));
}

static void
toast (GsDeskController *self, const char *text)
{
  AdwToast *message = adw_toast_new (text);

  adw_toast_set_timeout (message, 6);
  gs_window_add_toast (self->window, message);
}

/* --- what the window shows -------------------------------------------------------------------- */

static void
show_scanner (GsDeskController *self)
{
  gs_desk_status_show_reader (self->window, self->station, self->scanner);
}

static void
show_time (GsDeskController *self)
{
  GsClock *clock = gs_station_get_clock (self->station);
  g_autofree char *time = gs_format_time (self->station, gs_clock_now_utc_ms (clock));
  g_autofree char *as_of = NULL;
  GsLink link;

  gs_station_get_link (self->station, &link);
  if (link.state == GS_LINK_DEAD || link.state == GS_LINK_REFUSED)
    as_of = gs_format_time (self->station, link.as_of_utc_ms);
  gs_window_set_hall_time (self->window, time, as_of);
}

/* --- which actions are on --------------------------------------------------------------------- */

static gboolean
is_enabled (const char *action, gpointer user_data)
{
  GsDeskController *self = user_data;
  GsStation *station = self->station;
  GsCase *item = gs_station_get_current (station);
  gboolean signed_in = gs_station_get_session (station) != NULL;
  gboolean administers = gs_trust_desk_may_look (gs_station_get_trust_desk (station));
  gboolean sheet = self->sheet != NULL;
  /* A key decides nothing on a card that another page, a sheet or the blank screen hides. */
  gboolean free = signed_in && !sheet && gs_window_shows_page (self->window, "desk")
                  && !gs_face_control_is_open (self->face) && !gs_window_get_blanked (self->window);

  if (g_str_equal (action, "keys") || g_str_equal (action, "blank"))
    return TRUE;
  if (g_str_equal (action, "try-link"))
    return !gs_station_is_live (station);
  if (g_str_equal (action, "lock"))
    return signed_in || administers;
  if (g_str_equal (action, "pause") || g_str_equal (action, "feed") || g_str_equal (action, "mute"))
    return signed_in;
  if (g_str_equal (action, "preferences") || g_str_equal (action, "check-seal")
      || g_str_equal (action, "stamps"))
    return (signed_in || administers) && !sheet;
  if (g_str_equal (action, "take-next"))
    return free && gs_referral_queue_get_next (gs_station_get_queue (station)) != NULL;
  if (g_str_equal (action, "type-document") || g_str_equal (action, "supervisor"))
    return free;
  if (g_str_equal (action, "read-chip"))
    return free && gs_document_desk_can_read_again (gs_station_get_document_desk (station));
  if (g_str_equal (action, "undo"))
    return signed_in && gs_station_undo_left_ms (station) > 0;
  if (item == NULL || !free)
    return FALSE;
  if (g_str_equal (action, "call"))
    return gs_station_call_blocks (station, item) == 0;
  if (g_str_equal (action, "verify"))
    return gs_crossing_is_open_case (gs_case_get_crossing (item));
  if (g_str_equal (action, "admit"))
    return gs_station_blocks (station, item, GS_OUTCOME_ADMITTED) == 0;
  /* What waits for a second officer in the main window; sheets and dialogs have their own. */
  if (g_str_equal (action, "second-officer"))
    return gs_station_needs_second (station, item) || gs_face_control_wants_second (self->face);
  if (g_str_equal (action, "second-line"))
    return gs_station_blocks (station, item, GS_OUTCOME_SECOND_LINE) == 0;
  if (g_str_equal (action, "more"))
    return gs_station_more_blocks (station, item) == 0;
  if (g_str_equal (action, "stamp"))
    return gs_station_stamp_blocks (station, item) == 0;
  return FALSE;
}

static void
update_actions (GsDeskController *self)
{
  GsCase *item = gs_station_get_current (self->station);

  gs_window_update_actions (self->window, is_enabled, self);
  gs_window_set_space_reads (self->window, item != NULL && gs_case_is_shielded (item));
}

static void open_questions (GsDeskController *self);
static void offer_notice (GsDeskController *self);

static void
on_station_changed (GsDeskController *self)
{
  gs_desk_status_show_link (self->window, self->station);
  gs_desk_status_show_printer (self->window, self->station);
  show_scanner (self);
  gs_desk_status_show_camera (self->window, self->station);
  gs_desk_status_show_shift (self->window, self->station);
  show_time (self);
  gs_desk_status_show_place (self->window, self->station);
  update_actions (self);
  open_questions (self);
  offer_notice (self);
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
on_undo_toast (GsDeskController *self)
{
  gs_station_undo (self->station);
}

static void
say_decided (GsDeskController *self, GsOutcome outcome)
{
  /* Translators: an outcome, such as "second line". */
  g_autofree char *text = g_strdup_printf (_ ("Decided: %s"), gs_reason_text_outcome (outcome));
  AdwToast *message = adw_toast_new (text);

  /* Undo takes back the newest decision: an older message must not offer it. */
  if (self->decided != NULL)
    adw_toast_dismiss (self->decided);
  g_set_weak_pointer (&self->decided, message);
  adw_toast_set_button_label (message, _ ("Undo"));
  adw_toast_set_timeout (message, GS_DECISION_UNDO_MS / 1000);
  /* It must not wait behind another message until it is over. */
  adw_toast_set_priority (message, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (message, "button-clicked", G_CALLBACK (on_undo_toast), self,
                           G_CONNECT_SWAPPED);
  gs_window_add_toast (self->window, message);
}

/* item is the case that the officer was asked about, whatever is on the card meanwhile. */
static void
decide (GsDeskController *self,
        GsCase *item,
        GsOutcome outcome,
        const char *note,
        const char *gate,
        GsSession *second)
{
  if (item == NULL || !gs_station_decide (self->station, item, outcome, note, gate, second))
    return;
  say_decided (self, outcome);
  if (gs_station_get_current (self->station) == item)
    gs_station_open (self->station, NULL);
}

static void
on_dialog_gone (GsDeskController *self)
{
  gs_station_set_card_locked (self->station,
                              self->sheet != NULL || gs_face_control_is_open (self->face));
}

/* While a question about a case is open, no document puts another one on the card. */
static void
keep_card (GsDeskController *self, GtkWindow *dialog)
{
  gs_station_set_card_locked (self->station, TRUE);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (on_dialog_gone), self, G_CONNECT_SWAPPED);
}

static void
on_admit_approved (GsSession *second, gpointer user_data)
{
  g_autoptr (GsDeskController) self = user_data;

  if (second != NULL)
    decide (self, self->asked, GS_OUTCOME_ADMITTED, NULL, NULL, second);
}

static void
ask_second_officer (GsDeskController *self)
{
  g_set_object (&self->asked, gs_station_get_current (self->station));
  keep_card (
    self,
    gs_second_officer_dialog_present (
      GTK_WINDOW (self->window), self->station, GS_APPROVAL_PRIORITY_1,
      _ ("A priority 1 case is admitted by two officers. Look at the traveller and the evidence, "
         "then approve."),
      on_admit_approved, g_object_ref (self)));
}

static void
on_refusal_approved (GsSession *second, gpointer user_data)
{
  g_autoptr (GsDeskController) self = user_data;

  if (second == NULL || self->asked == NULL
      || !gs_station_refuse (self->station, self->asked, self->ground, self->note, second))
    return;
  say_decided (self, GS_OUTCOME_REFUSED);
  g_set_object (&self->refused, self->asked);
  if (gs_station_get_current (self->station) == self->asked)
    gs_station_open (self->station, NULL);
}

static void
ask_refusal (GsDeskController *self, const char *ground, const char *note)
{
  g_free (self->ground);
  self->ground = g_strdup (ground);
  g_free (self->note);
  self->note = g_strdup (note);
  keep_card (self,
             gs_second_officer_dialog_present (
               GTK_WINDOW (self->window), self->station, GS_APPROVAL_REFUSAL,
               _ ("A refusal of entry needs a supervisor. Look at the case and its ground, then "
                  "approve."),
               on_refusal_approved, g_object_ref (self)));
}

static void
on_more_decided (GsOutcome outcome, const char *note, const char *gate, gpointer user_data)
{
  GsDeskController *self = user_data;

  if (outcome == GS_OUTCOME_REFUSED)
    ask_refusal (self, gate, note);
  else if (outcome != 0)
    decide (self, self->asked, outcome, note, gate, NULL);
}

static void
ask_outcome (GsDeskController *self, GsOutcome only)
{
  GsCase *item = gs_station_get_current (self->station);

  if (item == NULL)
    return;
  g_set_object (&self->asked, item);
  keep_card (self, gs_more_dialog_present (GTK_WINDOW (self->window), self->station, item, only,
                                           on_more_decided, self));
}

static void
on_sheet_gone (gpointer data, GObject *sheet)
{
  GsDeskController *self = data;

  self->sheet = NULL;
  gs_station_set_card_locked (self->station, FALSE);
  update_actions (self);
}

static void lock (GsDeskController *self);

static void
show_sheet (GsDeskController *self, GsStampIssue *issue)
{
  GsStampSheet *sheet = gs_stamp_sheet_new (GTK_WINDOW (self->window), self->station, issue);

  self->sheet = GTK_WIDGET (sheet);
  g_object_weak_ref (G_OBJECT (sheet), on_sheet_gone, self);
  g_signal_connect_object (sheet, "lock", G_CALLBACK (lock), self, G_CONNECT_SWAPPED);
  gs_station_set_card_locked (self->station, TRUE);
  gtk_window_present (GTK_WINDOW (sheet));
  update_actions (self);
}

static void
open_stamp (GsDeskController *self)
{
  GsCase *item = gs_station_get_current (self->station);
  g_autoptr (GsStampIssue) issue = NULL;

  if (item == NULL || self->sheet != NULL)
    return;
  issue = gs_stamp_desk_open (gs_station_get_stamp_desk (self->station), item);
  show_sheet (self, issue);
}

/* A question about a page that a crash or a broken link left comes before everything else. */
static void
open_questions (GsDeskController *self)
{
  g_autoptr (GPtrArray) questions = NULL;

  if (self->sheet != NULL || gs_face_control_is_open (self->face)
      || gs_station_get_session (self->station) == NULL)
    return;
  questions = gs_stamp_desk_dup_questions (gs_station_get_stamp_desk (self->station));
  if (questions->len == 0)
    return;
  /* On the card as well: the passport that is laid down for a new serial is this traveller's. */
  gs_station_open (self->station, gs_stamp_issue_get_case (g_ptr_array_index (questions, 0)));
  show_sheet (self, g_ptr_array_index (questions, 0));
}

/* Nothing of a traveller stays open over the sign-in page. A dialog's asker hears that it was
 * closed without an answer; a sheet is left as it is. */
static void
close_windows (GsDeskController *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  g_list_foreach (windows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  for (GList *link = windows; link != NULL; link = link->next)
    if (link->data != (gpointer) self->sheet && link->data != (gpointer) self->window
        && gtk_window_get_transient_for (link->data) != NULL)
      gtk_window_close (link->data);
  g_list_foreach (windows, (GFunc) (void (*) (void)) g_object_unref, NULL);
  if (self->sheet != NULL)
    gs_stamp_sheet_leave (GS_STAMP_SHEET (self->sheet));
}

/* What is on paper cannot be undone: the notice comes when the decision stands. */
static void
offer_notice (GsDeskController *self)
{
  g_autoptr (GsCase) item = NULL;
  const GsRefusalGround *ground;

  if (self->refused == NULL || gs_station_get_session (self->station) == NULL)
    return;
  if (gs_case_get_pending (self->refused) == GS_OUTCOME_REFUSED
      && gs_station_undo_left_ms (self->station) > 0)
    return;
  item = g_steal_pointer (&self->refused);
  ground = gs_config_find_ground (gs_station_get_config (self->station), self->ground);
  if (ground != NULL
      && (gs_case_get_pending (item) == GS_OUTCOME_REFUSED
          || gs_case_get_crossing (item)->outcome == GS_OUTCOME_REFUSED))
    gs_slip_window_present_refusal (GTK_WINDOW (self->window), self->station, item, ground);
}

static void
lock (GsDeskController *self)
{
  close_windows (self);
  gs_station_set_session (self->station, NULL);
  gs_administration_update (self->window, self->station);
  gs_window_set_officer (self->window, NULL);
  gs_window_set_locked_page (self->window, self->sign_in);
  gs_sign_in_page_reset (GS_SIGN_IN_PAGE (self->sign_in));
  update_actions (self);
}

static void
on_signed_in (GsSignInPage *page, GsSession *session, GsDeskController *self)
{
  gs_station_set_session (self->station, session);
  gs_administration_update (self->window, self->station);
  gs_window_set_officer (self->window, gs_session_get_display_name (session));
  gs_window_set_locked_page (self->window, NULL);
  on_station_changed (self);
  gs_stamps_page_tell (self->window, self->station);
}

static void
toggle_pause (GsDeskController *self)
{
  GsFeedView *feed = gs_desk_page_get_feed (GS_DESK_PAGE (self->page));

  gs_feed_view_set_paused (feed, !gs_feed_view_get_paused (feed));
}

static void
toggle_mute (GsDeskController *self)
{
  GsShift *shift = gs_station_get_shift (self->station);

  gs_shift_set_muted (shift, !gs_shift_is_muted (shift));
}

static void
on_call_acknowledged (GsSession *second, gpointer user_data)
{
  g_autoptr (GsDeskController) self = user_data;

  if (second != NULL)
    gs_shift_acknowledge (gs_station_get_shift (self->station), second);
}

/* The first press calls, the next one asks the supervisor who came for the sign-in that ends it. */
static void
call_supervisor (GsDeskController *self)
{
  GsShift *shift = gs_station_get_shift (self->station);
  GsCase *item = gs_station_get_current (self->station);
  const char *ends = _ ("The supervisor who was called signs in here to end the call.");
  g_autofree char *left = NULL;
  g_autofree char *what = NULL;

  if (gs_shift_call_supervisor (shift, item != NULL ? gs_case_get_id (item) : NULL))
    {
      toast (self, _ ("The call is in the record and its time runs. This desk cannot ring anybody: "
                      "call by voice or telephone as well."));
      return;
    }
  left = gs_desk_status_dup_left (self->station);
  what = left != NULL ? g_strconcat (left, " ", ends, NULL) : g_strdup (ends);
  keep_card (self, gs_second_officer_dialog_present (GTK_WINDOW (self->window), self->station,
                                                     GS_APPROVAL_CALL, what, on_call_acknowledged,
                                                     g_object_ref (self)));
}

/* It stays until the supervisor closes it. */
static void
on_left (GsStation *station, GsCase *item, GsDeskController *self)
{
  g_autofree char *name = gs_format_name (item);
  g_autofree char *desk = gs_format_desk (gs_case_get_crossing (item)->outcome_desk);
  /* Translators: a desk, a traveller's name. */
  g_autofree char *text = g_strdup_printf (_ ("%s: %s left without a decision."), desk, name);
  AdwToast *message = adw_toast_new (text);

  adw_toast_set_timeout (message, 0);
  gs_window_add_toast (self->window, message);
}

static void
on_traveller_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsDeskController) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gs_station_call_forward_finish (GS_STATION (source), result, &error))
    toast (self, _ ("The traveller is called to this desk."));
  else if (g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_NOT_IN_HALL)
           || g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_NOT_FOUND))
    toast (self, _ ("Not called: the traveller is no longer in the hall."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("The traveller was not called: %s", error->message);
      toast (self, _ ("Not called: the hall did not take the call. Call by voice, or try again."));
    }
}

static void
call_traveller (GsDeskController *self)
{
  gs_station_call_forward_async (self->station, gs_station_get_current (self->station),
                                 on_traveller_called, g_object_ref (self));
}

/* The verify sheet is open, or gone: the card behind it is locked, and stands still. */
static void
on_face_changed (GsDeskController *self)
{
  gboolean open = gs_face_control_is_open (self->face);

  gs_station_set_card_locked (self->station, open || self->sheet != NULL);
  gs_inspection_view_set_covered (inspection (self), open);
  update_actions (self);
}

static void
on_activated (GsWindow *window, const char *name, GsDeskController *self)
{
  /* A key or a touch that a reader's burst brought about must not decide anything. */
  if (gs_wedge_keys_is_dead (self->wedge) || !is_enabled (name, self))
    return;
  if (g_str_equal (name, "take-next"))
    gs_station_take_next (self->station);
  else if (g_str_equal (name, "call"))
    call_traveller (self);
  else if (g_str_equal (name, "verify"))
    gs_face_control_open (self->face);
  else if (g_str_equal (name, "read-chip"))
    gs_document_desk_read_again (gs_station_get_document_desk (self->station));
  else if (g_str_equal (name, "supervisor"))
    call_supervisor (self);
  else if (g_str_equal (name, "admit"))
    decide (self, gs_station_get_current (self->station), GS_OUTCOME_ADMITTED, NULL, NULL, NULL);
  else if (g_str_equal (name, "second-officer"))
    gs_face_control_wants_second (self->face) ? gs_face_control_open (self->face)
                                              : ask_second_officer (self);
  else if (g_str_equal (name, "second-line"))
    ask_outcome (self, GS_OUTCOME_SECOND_LINE);
  else if (g_str_equal (name, "more"))
    ask_outcome (self, 0);
  else if (g_str_equal (name, "stamp"))
    open_stamp (self);
  else if (g_str_equal (name, "type-document"))
    gs_typed_document_dialog_present (GTK_WINDOW (self->window), self->station);
  else if (g_str_equal (name, "undo"))
    gs_station_undo (self->station);
  else if (g_str_equal (name, "feed"))
    gs_desk_page_toggle_feed (GS_DESK_PAGE (self->page));
  else if (g_str_equal (name, "pause"))
    toggle_pause (self);
  else if (g_str_equal (name, "mute"))
    toggle_mute (self);
  else if (g_str_equal (name, "preferences"))
    gtk_window_present (gs_preferences_window_new (GTK_WINDOW (self->window), self->preferences));
  else if (g_str_equal (name, "check-seal"))
    gs_seal_window_open (GTK_WINDOW (self->window), self->station);
  else if (g_str_equal (name, "blank"))
    gs_privacy_shield_toggle (self->shield);
  else if (g_str_equal (name, "stamps"))
    gs_stamps_page_toggle (self->window, self->station);
  else if (g_str_equal (name, "lock"))
    lock (self);
  else if (g_str_equal (name, "try-link"))
    gs_station_try_now (self->station);
  update_actions (self);
}

static void
on_read_held (GsWindow *window, gboolean held, GsDeskController *self)
{
  gs_inspection_view_set_read_held (inspection (self), held);
}

/* What was chosen in the verify sheet, which is gone by now. */
static void
on_face_chosen (GsDeskController *self, const char *action)
{
  on_activated (self->window, action, self);
}

/* --- documents -------------------------------------------------------------------------------- */

static void
on_document_read (GsStation *station, const GsReading *reading, GsDeskController *self)
{
  g_autofree char *name = gs_traveller_dup_name (reading->traveller);
  g_autofree char *text = NULL;

  switch (reading->result)
    {
    case GS_READING_OPENED:
    case GS_READING_SAME:
      if (reading->chip)
        return;
      if (reading->repaired)
        toast (self, _ ("A misread character was put right. Compare the number with the page."));
      if (self->sheet != NULL)
        gs_stamp_sheet_set_notice (GS_STAMP_SHEET (self->sheet), NULL);
      gs_face_control_set_notice (self->face, NULL);
      return;
    case GS_READING_OTHER:
      /* Translators: a traveller's name. */
      text = g_strdup_printf (
        _ ("Another document was read: %s. Finish here first; nothing was changed."),
        name != NULL ? name : "–");
      if (self->sheet != NULL)
        {
          gs_stamp_sheet_set_notice (GS_STAMP_SHEET (self->sheet), text);
          return;
        }
      if (gs_face_control_set_notice (self->face, text))
        return;
      break;
    case GS_READING_NO_CROSSING:
      text = g_strdup_printf (
        _ ("%s: no crossing of this document in the hall. Perhaps another passport was used at the "
           "gate, or the traveller came another way: use the manual counter."),
        name != NULL ? name : "–");
      if (reading->chip)
        return;
      break;
    case GS_READING_NOT_MRZ:
      text = g_strdup (_ ("The reader sent no good machine readable zone. Swipe again, or type it "
                          "with Ctrl M."));
      break;
    case GS_READING_NO_LINK:
      text = g_strdup (_ ("This document is not known here, and the hall cannot be asked now."));
      break;
    case GS_READING_NOT_SIGNED_IN:
      text = g_strdup (_ ("Sign in before a document is read."));
      break;
    }
  toast (self, text);
}

static void
on_scan (GObject *source, GBytes *raw, GsDeskController *self)
{
  gsize length;
  const char *bytes = g_bytes_get_data (raw, &length);

  gs_station_read_document (self->station, bytes, length, GS_READ_DEVICE, NULL);
}

static void
on_rejected (GsDeskController *self)
{
  toast (self, _ ("The hall rejected a decision. The case is back as priority 1."));
}

static void
on_failed (GsDeskController *self)
{
  toast (self, _ ("The decision could not be stored, so it was not made. Tell the administrator."));
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_desk_controller_dispose (GObject *object)
{
  GsDeskController *self = GS_DESK_CONTROLLER (object);

  g_clear_object (&self->alarm);
  g_clear_object (&self->face);
  g_clear_object (&self->shield);
  if (self->sheet != NULL)
    g_object_weak_unref (G_OBJECT (self->sheet), on_sheet_gone, self);
  self->sheet = NULL;
  g_clear_weak_pointer (&self->decided);
  g_clear_object (&self->asked);
  g_clear_pointer (&self->ground, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_object (&self->refused);
  g_clear_object (&self->wedge);
  g_clear_object (&self->scanner);
  g_clear_object (&self->preferences);
  g_clear_object (&self->station);
  g_clear_object (&self->sign_in);
  G_OBJECT_CLASS (gs_desk_controller_parent_class)->dispose (object);
}

static void
gs_desk_controller_class_init (GsDeskControllerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_desk_controller_dispose;
}

static void
gs_desk_controller_init (GsDeskController *self)
{
  self->wedge = gs_wedge_keys_new ();
}

static void
connect_keys (GsDeskController *self)
{
  self->shield = gs_privacy_shield_new (self->window);
  self->face = gs_face_control_new (self->window, self->station);
  g_signal_connect_object (self->face, "changed", G_CALLBACK (on_face_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->face, "chosen", G_CALLBACK (on_face_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->face, "lock", G_CALLBACK (lock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wedge, "scan", G_CALLBACK (on_scan), self, 0);
  gs_wedge_keys_attach_all (self->wedge);
}

GsDeskController *
gs_desk_controller_new (GsWindow *window,
                        GsStation *station,
                        GsScanner *scanner,
                        GsPreferences *preferences,
                        const char *note)
{
  GsDeskController *self = g_object_new (GS_TYPE_DESK_CONTROLLER, NULL);

  self->window = window;
  self->station = g_object_ref (station);
  g_set_object (&self->scanner, scanner);
  self->preferences = g_object_ref (preferences);
  self->page = gs_desk_page_new (station);
  g_object_bind_property (preferences, "feed-shown", self->page, "feed-shown",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gs_window_add_page (window, self->page, "desk", _ ("Desk"), "gs-desk-symbolic");
  gs_administration_attach (window, station);
  self->sign_in = g_object_ref_sink (gs_sign_in_page_new (
    gs_station_get_sign_in (station), GS_SIGN_IN_SESSION, _ ("Sign in"), _ ("Sign in"), note));
  g_signal_connect_object (self->sign_in, "signed-in", G_CALLBACK (on_signed_in), self, 0);
  g_signal_connect_object (window, "activated", G_CALLBACK (on_activated), self, 0);
  g_signal_connect_object (window, "read-held", G_CALLBACK (on_read_held), self, 0);
  g_signal_connect_object (station, "changed", G_CALLBACK (on_station_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "current-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "document-read", G_CALLBACK (on_document_read), self, 0);
  g_signal_connect_object (station, "left", G_CALLBACK (on_left), self, 0);
  self->alarm = gs_alarm_new (station, GTK_WIDGET (window));
  g_signal_connect_object (gs_station_get_decision_desk (station), "rejected",
                           G_CALLBACK (on_rejected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gs_station_get_decision_desk (station), "failed", G_CALLBACK (on_failed),
                           self, G_CONNECT_SWAPPED);
  if (scanner != NULL)
    {
      g_signal_connect_object (scanner, "scan", G_CALLBACK (on_scan), self, 0);
      g_signal_connect_object (scanner, "state-changed", G_CALLBACK (show_scanner), self,
                               G_CONNECT_SWAPPED);
    }
  connect_keys (self);
  lock (self);
  on_station_changed (self);
  return self;
}
