/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-wedge.h"

#include "gs-mrz.h"

#include <string.h>

#define SCAN_CHARACTERS 6
#define SCAN_DIFFERENT 3
#define MAX_HELD 256 /* of one key held down: the oldest are let go */
#define NEVER G_MININT64

typedef struct
{
  gunichar character;
  gpointer key;
  gint64 time_us;
} Held;

struct _GsWedge
{
  GsWedgeReplayFunc replay;
  GsWedgeScanFunc scan;
  GDestroyNotify free_key;
  gpointer user_data;

  GArray *held;       /* keys of which it is not known yet whose they are */
  gint64 last_key_us; /* of the keys that are held */

  gboolean is_scanning;
  GString *text;          /* of the scan */
  gint64 last_scanned_us; /* NEVER before the first scan; stays after a scan */
};

GsWedge *
gs_wedge_new (GsWedgeReplayFunc replay,
              GsWedgeScanFunc scan,
              GDestroyNotify free_key,
              gpointer user_data)
{
  GsWedge *self = g_new0 (GsWedge, 1);

  self->replay = replay;
  self->scan = scan;
  self->free_key = free_key;
  self->user_data = user_data;
  self->held = g_array_new (FALSE, FALSE, sizeof (Held));
  self->text = g_string_sized_new (GS_MRZ_MAX_INPUT);
  self->last_scanned_us = NEVER;
  return self;
}

static void
drop_key (GsWedge *self, gpointer key)
{
  if (self->free_key != NULL && key != NULL)
    self->free_key (key);
}

static void
drop_held (GsWedge *self)
{
  for (guint i = 0; i < self->held->len; i++)
    drop_key (self, g_array_index (self->held, Held, i).key);
  g_array_set_size (self->held, 0);
}

void
gs_wedge_free (GsWedge *self)
{
  if (self == NULL)
    return;
  drop_held (self);
  g_array_unref (self->held);
  explicit_bzero (self->text->str, self->text->len);
  g_string_free (self->text, TRUE);
  g_free (self);
}

gboolean
gs_wedge_is_dead (GsWedge *self, gint64 now_us)
{
  return self->is_scanning
         || (self->last_scanned_us != NEVER && now_us - self->last_scanned_us < GS_WEDGE_DEAD_US);
}

/* The held keys were a person's: gives them back, but not those pressed right after a scan. The
 * array is emptied first, because a replayed key may come round again. */
static void
replay_held (GsWedge *self)
{
  g_autoptr (GArray) keys = g_steal_pointer (&self->held);

  self->held = g_array_new (FALSE, FALSE, sizeof (Held));
  for (guint i = 0; i < keys->len; i++)
    {
      const Held *held = &g_array_index (keys, Held, i);

      if (gs_wedge_is_dead (self, held->time_us))
        drop_key (self, held->key);
      else
        self->replay (held->key, self->user_data);
    }
}

static void
append_character (GsWedge *self, gunichar character)
{
  if (character != 0 && self->text->len + 6 < GS_MRZ_MAX_INPUT)
    g_string_append_unichar (self->text, character);
}

/* Whether the characters at the end of the held keys are a reader's. Keys that type nothing neither
 * count nor break the run. */
static gboolean
held_is_scan (GsWedge *self)
{
  gunichar different[SCAN_DIFFERENT];
  guint n = 0, n_different = 0;
  gint64 later_us = G_MAXINT64;

  for (guint i = self->held->len; i-- > 0;)
    {
      const Held *held = &g_array_index (self->held, Held, i);
      guint k = 0;

      if (held->character == 0)
        continue;
      if (later_us != G_MAXINT64 && later_us - held->time_us >= GS_WEDGE_BURST_US)
        break;
      later_us = held->time_us;
      n++;
      while (k < n_different && different[k] != held->character)
        k++;
      if (k == n_different && n_different < SCAN_DIFFERENT)
        different[n_different++] = held->character;
    }
  return n >= SCAN_CHARACTERS && n_different == SCAN_DIFFERENT;
}

/* All that is held belongs to the scan: nothing in it was a pause. */
static void
begin_scan (GsWedge *self)
{
  self->is_scanning = TRUE;
  g_string_truncate (self->text, 0);
  for (guint i = 0; i < self->held->len; i++)
    append_character (self, g_array_index (self->held, Held, i).character);
  self->last_scanned_us = self->last_key_us;
  drop_held (self);
}

static void
end_scan (GsWedge *self)
{
  g_autoptr (GBytes) text = g_bytes_new (self->text->str, self->text->len);

  explicit_bzero (self->text->str, self->text->len);
  g_string_truncate (self->text, 0);
  self->is_scanning = FALSE;
  self->scan (text, self->user_data);
}

static gboolean
scan_is_zone (GsWedge *self)
{
  GsMrzLines lines;

  return gs_mrz_extract ((const guint8 *) self->text->str, self->text->len, &lines) == GS_MRZ_OK;
}

void
gs_wedge_tick (GsWedge *self, gint64 now_us)
{
  if (self->is_scanning)
    {
      gint64 quiet_us = now_us - self->last_scanned_us;

      if (quiet_us >= GS_WEDGE_DEAD_US || (quiet_us >= GS_WEDGE_HOLD_US && scan_is_zone (self)))
        end_scan (self);
    }
  else if (self->held->len > 0 && now_us - self->last_key_us >= GS_WEDGE_HOLD_US)
    replay_held (self);
}

gint64
gs_wedge_get_deadline_us (GsWedge *self)
{
  if (self->is_scanning)
    return self->last_scanned_us + (scan_is_zone (self) ? GS_WEDGE_HOLD_US : GS_WEDGE_DEAD_US);
  return self->held->len > 0 ? self->last_key_us + GS_WEDGE_HOLD_US : -1;
}

/* A key that is held down fills the array: the oldest half is the person's. */
static void
bound_held (GsWedge *self)
{
  if (self->held->len < MAX_HELD)
    return;
  for (guint i = 0; i < MAX_HELD / 2; i++)
    drop_key (self, g_array_index (self->held, Held, i).key);
  g_array_remove_range (self->held, 0, MAX_HELD / 2);
}

void
gs_wedge_key (GsWedge *self, gunichar character, gpointer key, gint64 time_us)
{
  Held held = { character, key, time_us };

  gs_wedge_tick (self, time_us);
  if (self->is_scanning)
    {
      append_character (self, character);
      if (character != 0)
        self->last_scanned_us = MAX (self->last_scanned_us, time_us);
      drop_key (self, key);
      return;
    }
  bound_held (self);
  g_array_append_val (self->held, held);
  self->last_key_us = time_us;
  if (held_is_scan (self))
    begin_scan (self);
}
