/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-device.h"

#include <string.h>

#include "gs-time.h"
#include "gs-words.h"

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define DAY_MS (24 * HOUR_MS)
#define CODE_LENGTH 4

static const GsWord state_words[] = {
  { GS_STAMP_DEVICE_ACTIVE, "active" },
  { GS_STAMP_DEVICE_LOST, "lost" },
  { GS_STAMP_DEVICE_STOLEN, "stolen" },
  { GS_STAMP_DEVICE_RETIRED, "retired" },
  { 0, NULL },
};

const char *
gs_stamp_device_state_to_word (GsStampDeviceState state)
{
  return gs_words_to_word (state_words, state);
}

gboolean
gs_stamp_device_state_from_word (const char *word, GsStampDeviceState *state)
{
  int value;

  if (!gs_words_from_word (state_words, word, &value))
    return FALSE;
  *state = (GsStampDeviceState) value;
  return TRUE;
}

GsStampDevice *
gs_stamp_device_new (void)
{
  GsStampDevice *self = g_new0 (GsStampDevice, 1);

  self->state = GS_STAMP_DEVICE_ACTIVE;
  self->state_utc_ms = GS_TIME_UNKNOWN;
  self->code_utc_ms = GS_TIME_UNKNOWN;
  self->entered_utc_ms = GS_TIME_UNKNOWN;
  self->held_utc_ms = GS_TIME_UNKNOWN;
  return self;
}

GsStampDevice *
gs_stamp_device_copy (const GsStampDevice *self)
{
  GsStampDevice *copy = gs_stamp_device_new ();

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->printer = g_strdup (self->printer);
  copy->code = g_strdup (self->code);
  copy->officer = g_strdup (self->officer);
  copy->desk = g_strdup (self->desk);
  copy->handed_by = g_strdup (self->handed_by);
  return copy;
}

void
gs_stamp_device_free (GsStampDevice *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->printer);
  g_free (self->code);
  g_free (self->officer);
  g_free (self->desk);
  g_free (self->handed_by);
  g_free (self);
}

gboolean
gs_stamp_device_id_is_valid (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;

  if (length < 1 || length > 16 || id[0] == '-' || id[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (id[i]) && !g_ascii_isdigit (id[i]) && id[i] != '-')
      return FALSE;
  return TRUE;
}

char *
gs_stamp_device_make_code (GsStampCodeTaken taken, gpointer user_data)
{
  /* Neither 0 and O, nor 1, I and L; no vowels, so that no word comes out. */
  static const char letters[] = "BCDFGHJKMNPQRSTVWXZ23456789";
  char code[CODE_LENGTH + 1] = "";

  do
    for (guint i = 0; i < CODE_LENGTH; i++)
      code[i] = letters[g_random_int_range (0, (gint32) strlen (letters))];
  while (taken != NULL && taken (code, user_data));
  return g_strdup (code);
}

void
gs_stamp_device_policy_init (GsStampDevicePolicy *self)
{
  self->code_ms = 30 * DAY_MS;
  self->warn_ms = 5 * DAY_MS;
  self->hold_ms = 14 * HOUR_MS;
}

gint64
gs_stamp_device_code_ends_utc_ms (const GsStampDevice *device, const GsStampDevicePolicy *policy)
{
  return device->code_utc_ms + policy->code_ms;
}

gboolean
gs_stamp_device_is_code_due (const GsStampDevice *device,
                             const GsStampDevicePolicy *policy,
                             gint64 now_utc_ms)
{
  return device->state == GS_STAMP_DEVICE_ACTIVE && now_utc_ms != GS_TIME_UNKNOWN
         && now_utc_ms >= gs_stamp_device_code_ends_utc_ms (device, policy) - policy->warn_ms;
}

GsStampStanding
gs_stamp_device_judge (const GsStampDevice *device,
                       const char *officer,
                       const char *desk,
                       const GsStampDevicePolicy *policy,
                       gint64 now_utc_ms)
{
  if (device == NULL || officer == NULL || g_strcmp0 (device->officer, officer) != 0)
    return GS_STAMP_STANDING_NONE;
  if (device->state != GS_STAMP_DEVICE_ACTIVE)
    return GS_STAMP_STANDING_NOT_ACTIVE;
  if (g_strcmp0 (device->desk, desk) != 0)
    return GS_STAMP_STANDING_OTHER_DESK;
  if (now_utc_ms == GS_TIME_UNKNOWN)
    return GS_STAMP_STANDING_UNKNOWN;
  if (now_utc_ms >= device->held_utc_ms + policy->hold_ms)
    return GS_STAMP_STANDING_SHIFT_OVER;
  if (now_utc_ms >= gs_stamp_device_code_ends_utc_ms (device, policy))
    return GS_STAMP_STANDING_CODE_OLD;
  return GS_STAMP_STANDING_HELD;
}
