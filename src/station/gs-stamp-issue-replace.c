/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

#include "gs-time.h"

/* After VOID one replacement may follow within ten minutes under the same claim of the hall, even
 * when the window has closed meanwhile, whoever closed the sheet and whether or not the station was
 * started again: what is replaced stands in the register. */

#define REPLACE_MS (10 * 60 * G_GINT64_CONSTANT (1000))

static gboolean
is_in_time (GsStampDesk *desk, gint64 void_utc_ms)
{
  gint64 now_utc_ms = gs_clock_now_utc_ms (desk->clock);

  return void_utc_ms != GS_TIME_UNKNOWN && now_utc_ms != GS_TIME_UNKNOWN
         && now_utc_ms + MAX (gs_clock_error_ms (desk->clock), 0) < void_utc_ms + REPLACE_MS;
}

gboolean
gs_stamp_issue_may_replace (GsStampIssue *self)
{
  if (self->replaces == NULL)
    return TRUE;
  /* An annulled crossing gets no stamp, however short ago. */
  return gs_case_get_crossing (self->item)->close_cause != GS_CLOSE_CAUSE_CANCELLED
         && is_in_time (self->desk, self->void_utc_ms);
}

void
gs_stamp_issue_review_replacement (GsStampIssue *self)
{
  if (gs_stamp_issue_may_replace (self) || !gs_clock_is_known (self->desk->clock))
    return;
  gs_stamp_issue_refuse (self, GS_REFUSAL_WINDOW_CLOSED, NULL);
  g_free (self->refusal.cause);
  self->refusal.cause = g_strdup (gs_close_cause_to_word (GS_CLOSE_CAUSE_TIME_LIMIT));
  if (self->void_utc_ms != GS_TIME_UNKNOWN)
    self->refusal.at_utc_ms = self->void_utc_ms + REPLACE_MS;
  gs_stamp_issue_set_state (self, GS_ISSUE_REFUSED);
}

/* --- found in the register -------------------------------------------------------------------- */

typedef struct
{
  char *crossing;
  char *desk;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->crossing);
  g_free (search->desk);
  g_free (search);
}

static gpointer
find_in_store (GsDatabase *db, gpointer data, GError **error)
{
  const Search *search = data;
  GsReplacement *found = NULL;

  gs_replacement_table_find (db, search->crossing, search->desk, &found, error);
  return found;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsReplacement) found = gs_store_query_finish (GS_STORE (source), result, &error);

  self->looking_back = FALSE;
  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Without the answer it is a sheet like any other, which the window closes. */
  if (error != NULL)
    g_warning ("The register cannot be read: %s", error->message);
  if (found != NULL && self->state == GS_ISSUE_SHEET && !self->begun
      && gs_case_get_crossing (self->item)->close_cause != GS_CLOSE_CAUSE_CANCELLED
      && is_in_time (self->desk, found->void_at_utc_ms))
    {
      g_free (self->claim_stamp);
      self->claim_stamp = g_strdup (found->claim_stamp);
      g_free (self->hall_claim);
      self->hall_claim = g_strdup (found->hall_claim);
      g_free (self->replaces);
      self->replaces = g_strdup (found->serial);
      self->void_utc_ms = found->void_at_utc_ms;
    }
  gs_stamp_issue_review (self);
  gs_stamp_issue_changed (self);
}

void
gs_stamp_issue_look_back (GsStampIssue *self)
{
  GsStampDesk *desk = self->desk;
  Search *search = g_new0 (Search, 1);

  search->crossing = g_strdup (gs_case_get_id (self->item));
  search->desk = g_strdup (desk->config->desk_id);
  self->looking_back = TRUE;
  gs_store_query_async (desk->store, find_in_store, search, search_free,
                        (GDestroyNotify) gs_replacement_free, desk->cancellable, on_found,
                        g_object_ref (self));
}

/* --- from the void one on the sheet ----------------------------------------------------------- */

gboolean
gs_stamp_issue_may_reissue (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);

  /* A replacement that is void too has no further one. */
  return self->desk != NULL && self->state == GS_ISSUE_VOID && !self->reissued
         && self->hall_claim != NULL && self->replaces == NULL
         && is_in_time (self->desk, self->void_utc_ms);
}

GsStampIssue *
gs_stamp_issue_reissue (GsStampIssue *self)
{
  GsStampIssue *issue;

  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), NULL);

  if (!gs_stamp_issue_may_reissue (self))
    return NULL;
  issue = gs_stamp_issue_new (self->desk, self->item);
  g_free (issue->claim_stamp);
  issue->claim_stamp = g_strdup (self->claim_stamp);
  issue->hall_claim = g_strdup (self->hall_claim);
  issue->start_before_utc_ms = self->start_before_utc_ms;
  issue->window_closes_utc_ms = self->window_closes_utc_ms;
  issue->replaces = g_strdup (self->serial);
  issue->void_utc_ms = self->void_utc_ms;
  g_ptr_array_add (self->desk->issues, g_object_ref (issue));
  self->reissued = TRUE;
  gs_stamp_desk_preview (self->desk, issue);
  gs_stamp_issue_changed (self);
  return issue;
}
