/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stamp as a thing of the register: it has an id for life, a code that stands on every stamp and
 * is changed at least monthly, and at most one holder. After the model of annex II of the Schengen
 * Borders Code. Plain structs of one owner. Any thread. */

/* Only ACTIVE prints. What was lost, stolen or retired never becomes active again: what is found
 * is entered under a new id. */
typedef enum
{
  GS_STAMP_DEVICE_ACTIVE = 1,
  GS_STAMP_DEVICE_LOST,
  GS_STAMP_DEVICE_STOLEN,
  GS_STAMP_DEVICE_RETIRED,
} GsStampDeviceState;

/* "active", "lost", … as stored and exported; NULL outside the enumeration. */
const char *gs_stamp_device_state_to_word (GsStampDeviceState state);
gboolean gs_stamp_device_state_from_word (const char *word, GsStampDeviceState *state);

typedef struct
{
  char *id;      /* "U7"; see gs_stamp_device_id_is_valid() */
  char *printer; /* address of the printer that it belongs to; NULL for any of its desk's */
  GsStampDeviceState state;
  gint64 state_utc_ms; /* since when */
  char *code;          /* "K4TM": stands on the stamp since code_utc_ms */
  gint64 code_utc_ms;
  gint64 entered_utc_ms;

  /* Its open holding; officer is NULL when nobody holds it. */
  char *officer; /* account id */
  char *desk;
  gint64 held_utc_ms;
  char *handed_by; /* account id of who handed it out */
} GsStampDevice;

GsStampDevice *gs_stamp_device_new (void);
GsStampDevice *gs_stamp_device_copy (const GsStampDevice *self);
void gs_stamp_device_free (GsStampDevice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampDevice, gs_stamp_device_free)

/* One to 16 of A-Z, 0-9 and '-', the first and last none of '-'. Codes alike: both stand where the
 * template has its place for the desk. */
gboolean gs_stamp_device_id_is_valid (const char *id);

/* Four letters and digits that are not taken for each other, from random; never a code that is
 * "taken", which is asked until it says no. Transfer full. */
typedef gboolean (*GsStampCodeTaken) (const char *code, gpointer user_data);
char *gs_stamp_device_make_code (GsStampCodeTaken taken, gpointer user_data);

/* How long what counts. */
typedef struct
{
  gint64 code_ms; /* a code older than this prints no more; at most 31 days */
  gint64 warn_ms; /* before that the rotation is announced */
  gint64 hold_ms; /* a shift: what was handed out longer ago must be returned and taken anew */
} GsStampDevicePolicy;

/* 30 days, announced 5 days before; 14 hours. */
void gs_stamp_device_policy_init (GsStampDevicePolicy *self);

/* Whether an officer at a desk may print with a device now, and why not. */
typedef enum
{
  GS_STAMP_STANDING_HELD = 1,
  GS_STAMP_STANDING_NONE,       /* holds no stamp */
  GS_STAMP_STANDING_OTHER_DESK, /* holds one that was handed out for another desk */
  GS_STAMP_STANDING_NOT_ACTIVE, /* lost, stolen or retired */
  GS_STAMP_STANDING_SHIFT_OVER, /* handed out for an earlier shift */
  GS_STAMP_STANDING_CODE_OLD,   /* its code must be changed first */
  GS_STAMP_STANDING_UNKNOWN,    /* the register was not read yet, or the time is not known */
} GsStampStanding;

/* device may be NULL: NONE. now_utc_ms may be GS_TIME_UNKNOWN. */
GsStampStanding gs_stamp_device_judge (const GsStampDevice *device,
                                       const char *officer,
                                       const char *desk,
                                       const GsStampDevicePolicy *policy,
                                       gint64 now_utc_ms);

/* Until when the code may be printed. */
gint64
gs_stamp_device_code_ends_utc_ms (const GsStampDevice *device, const GsStampDevicePolicy *policy);

/* TRUE for an active device whose code ends within the warning, or has ended. */
gboolean gs_stamp_device_is_code_due (const GsStampDevice *device,
                                      const GsStampDevicePolicy *policy,
                                      gint64 now_utc_ms);

G_END_DECLS
