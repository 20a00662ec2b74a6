/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-desk-private.h"

#include "gs-time.h"

/* The engine runs as soon as there is something to compare, and what it says stays here until the
 * officer has judged: nothing that can be seen or heard before tells of it. */

typedef struct
{
  GsFaceDesk *desk;
  GsFacePair pair;
  GCancellable *cancellable;
} Comparing;

static void
comparing_free (Comparing *comparing)
{
  g_object_unref (comparing->desk);
  g_object_unref (comparing->cancellable);
  g_free (comparing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Comparing, comparing_free)

static void
stop_comparing (GsFaceDesk *self, GsFacePair pair)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->comparing[pair]);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

void
gs_face_desk_drop_comparisons (GsFaceDesk *self)
{
  g_clear_handle_id (&self->guard_source, g_source_remove);
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      stop_comparing (self, (GsFacePair) pair);
      g_clear_pointer (&self->answers[pair], gs_face_comparison_free);
    }
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Comparing) comparing = user_data;
  GsFaceDesk *self = comparing->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsFaceComparison) comparison =
    gs_face_engine_verify_finish (GS_FACE_ENGINE (source), result, &error);

  /* Another picture, another sitting, another case. */
  if (self->comparing[comparing->pair] != comparing->cancellable)
    return;
  g_clear_object (&self->comparing[comparing->pair]);
  if (comparison == NULL)
    comparison = gs_face_comparison_new_undecided (gs_face_engine_get_name (self->engine),
                                                   gs_face_engine_get_version (self->engine),
                                                   GS_FACE_CAUSE_ANSWER);
  self->answers[comparing->pair] = g_steal_pointer (&comparison);
  gs_face_desk_reveal (self);
}

static void
begin (GsFaceDesk *self, GsFacePair pair)
{
  const GsPixels *reference = self->pictures[pair].pixels;
  Comparing *comparing;

  if (self->engine == NULL || reference == NULL || self->probe == NULL || !self->frozen
      || self->answers[pair] != NULL || self->comparing[pair] != NULL)
    return;
  self->comparing[pair] = g_cancellable_new ();
  comparing = g_new0 (Comparing, 1);
  comparing->desk = g_object_ref (self);
  comparing->pair = pair;
  comparing->cancellable = g_object_ref (self->comparing[pair]);
  gs_face_engine_verify_async (self->engine, reference, self->probe, self->comparing[pair],
                               on_verified, comparing);
}

void
gs_face_desk_compare (GsFaceDesk *self)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    begin (self, (GsFacePair) pair);
}

void
gs_face_desk_compare_again (GsFaceDesk *self, GsFacePair pair)
{
  stop_comparing (self, pair);
  g_clear_pointer (&self->answers[pair], gs_face_comparison_free);
  begin (self, pair);
}

/* --- the reveal ------------------------------------------------------------------------------- */

static GsFaceComparison *
undecided (GsFaceDesk *self, GsFaceCause cause)
{
  if (self->engine == NULL)
    return gs_face_comparison_new_undecided (NULL, NULL, GS_FACE_CAUSE_NO_ENGINE);
  return gs_face_comparison_new_undecided (gs_face_engine_get_name (self->engine),
                                           gs_face_engine_get_version (self->engine), cause);
}

/* What the engine said, or why it says nothing; NULL while it computes. */
static GsFaceComparison *
take_answer (GsFaceDesk *self, GsFacePair pair)
{
  if (self->answers[pair] != NULL)
    return g_steal_pointer (&self->answers[pair]);
  if (self->comparing[pair] != NULL)
    return NULL;
  return undecided (self,
                    self->probe == NULL ? GS_FACE_CAUSE_NO_PROBE : GS_FACE_CAUSE_NO_REFERENCE);
}

static gboolean
on_guard (gpointer data)
{
  GsFaceDesk *self = data;

  self->guard_source = 0;
  gs_face_desk_give_up_comparing (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_open (const GsFaceVerification *verification)
{
  return verification != NULL && verification->revealed_utc_ms != GS_TIME_UNKNOWN
         && !verification->stored;
}

void
gs_face_desk_reveal (GsFaceDesk *self)
{
  GsFaceVerification *verification = gs_face_desk_get_verification (self);
  gboolean complete = TRUE;

  if (!is_open (verification) || self->writing)
    return;
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      GsFacePairResult *asked = &verification->pairs[pair];

      if (!asked->asked || asked->comparison != NULL)
        continue;
      asked->comparison = take_answer (self, (GsFacePair) pair);
      if (asked->comparison == NULL)
        complete = FALSE;
      else
        asked->quality = gs_face_comparison_quality_to_json (asked->comparison);
    }
  if (!complete)
    {
      if (self->guard_source == 0)
        self->guard_source = g_timeout_add (self->guard_ms, on_guard, self);
      gs_face_desk_note_change (self);
      return;
    }
  g_clear_handle_id (&self->guard_source, g_source_remove);
  gs_face_desk_conclude (self);
}

void
gs_face_desk_give_up_comparing (GsFaceDesk *self)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    if (self->comparing[pair] != NULL)
      {
        stop_comparing (self, (GsFacePair) pair);
        self->answers[pair] = undecided (self, GS_FACE_CAUSE_TIME_OUT);
      }
  gs_face_desk_reveal (self);
}

void
gs_face_desk_set_guard_ms (GsFaceDesk *self, guint guard_ms)
{
  g_return_if_fail (GS_IS_FACE_DESK (self));
  self->guard_ms = guard_ms;
}

gboolean
gs_face_desk_is_comparing (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);
  return is_open (gs_face_desk_get_verification (self));
}

gboolean
gs_face_desk_is_revealed (GsFaceDesk *self)
{
  const GsFaceVerification *verification;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);

  verification = gs_face_desk_get_verification (self);
  return verification != NULL && verification->revealed_utc_ms != GS_TIME_UNKNOWN
         && !self->second_judging;
}

const GsFaceComparison *
gs_face_desk_get_comparison (GsFaceDesk *self, GsFacePair pair)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  g_return_val_if_fail (pair >= GS_FACE_PAIR_CHIP_DESK && pair <= GS_FACE_PAIR_LAST, NULL);
  return gs_face_desk_is_revealed (self)
           ? gs_face_desk_get_verification (self)->pairs[pair].comparison
           : NULL;
}
