/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population-private.h"

/* Enough for a hall of 24 faces and the names of one script of them. */
#define NAME_TRIES 100

/* Forgets whom scripts made and who has left by now. */
static void
prune_scripted (GsPopulation *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->scripted);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      GsSimCrossing *crossing = gs_sim_hall_get_crossing (self->hall, id);

      if (crossing == NULL || !gs_sim_crossing_is_open (crossing))
        g_hash_table_iter_remove (&iter);
    }
}

/* A script's traveller wears a face while in a gate or waiting for an officer: nothing makes them
 * leave the hall, and there are only 24. */
static gboolean
scripts_use_face (GsPopulation *self, int face)
{
  GHashTableIter iter;
  gpointer id, visitor;

  g_hash_table_iter_init (&iter, self->scripted);
  while (g_hash_table_iter_next (&iter, &id, &visitor))
    {
      GsSimCrossing *crossing = gs_sim_hall_get_crossing (self->hall, id);

      if (((GsVisitor *) visitor)->traveller->person == face && crossing != NULL
          && (crossing->state == GS_SIM_STATE_IN_GATE || crossing->state == GS_SIM_STATE_REFERRED))
        return TRUE;
    }
  return FALSE;
}

int
gs_population_take_face (GsPopulation *self)
{
  if (!self->loading)
    prune_scripted (self);
  for (guint i = 0; i < GS_SIM_PERSONS; i++)
    {
      guint face = (self->next_face + i) % GS_SIM_PERSONS;

      if (!self->loading && (self->face_users[face] > 0 || scripts_use_face (self, (int) face)))
        continue;
      self->face_users[face]++;
      /* A step that shares no factor with 24: neighbours do not follow each other. */
      self->next_face = (face + 7) % GS_SIM_PERSONS;
      return (int) face;
    }
  return -1;
}

void
gs_population_release_face (GsPopulation *self, int person)
{
  if (self->face_users[person] > 0)
    self->face_users[person]--;
}

static gboolean
somebody_is_called (GHashTable *visitors, const GsSimTraveller *traveller)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, visitors);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GsSimTraveller *other = ((GsVisitor *) value)->traveller;

      if (g_strcmp0 (other->surname, traveller->surname) == 0
          && g_strcmp0 (other->given_names, traveller->given_names) == 0)
        return TRUE;
    }
  return FALSE;
}

GsSimTraveller *
gs_population_new_traveller (
  GsPopulation *self, int person, const char *surname, gboolean expired, gint64 now_utc_ms)
{
  if (!self->loading)
    prune_scripted (self);
  for (int i = 1;; i++)
    {
      g_autoptr (GsSimTraveller) traveller =
        gs_sim_traveller_new (self->random, person, surname, expired, now_utc_ms);

      if (self->loading || i == NAME_TRIES
          || (!somebody_is_called (self->visitors, traveller)
              && !somebody_is_called (self->scripted, traveller)))
        return g_steal_pointer (&traveller);
    }
}

void
gs_population_keep_scripted (GsPopulation *self, GsVisitor *visitor)
{
  g_hash_table_replace (self->scripted, visitor->id, visitor);
}
