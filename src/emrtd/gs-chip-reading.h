/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-access-key.h"
#include "gs-chip-file.h"
#include "gs-check.h"
#include "gs-pace.h"

/* One reading of one chip, from access control to the last file (ICAO Doc 9303-11 section 3 and
 * 9303-10): what was read, what was not and why, and whether the chip proved that it is the one
 * that was issued. What ends a reading early loses nothing of what was read before. */

typedef enum
{
  GS_CHIP_ACCESS_UNKNOWN = 0, /* never came so far */
  GS_CHIP_ACCESS_OPEN,        /* the chip gives its files without any key */
  GS_CHIP_ACCESS_BAC,
  GS_CHIP_ACCESS_PACE_GENERIC,
  GS_CHIP_ACCESS_PACE_INTEGRATED,
  GS_CHIP_ACCESS_PACE_CHIP_AUTHENTICATION,
} GsChipAccess;

/* What is happening now, for the officer's progress line. */
typedef enum
{
  GS_CHIP_STAGE_CONNECT = 1,
  GS_CHIP_STAGE_ACCESS,
  GS_CHIP_STAGE_FILE,
  GS_CHIP_STAGE_CHIP_AUTHENTICATION,
  GS_CHIP_STAGE_ACTIVE_AUTHENTICATION,
} GsChipStage;

/* file, done and size (bytes) count in GS_CHIP_STAGE_FILE only. */
typedef struct
{
  GsChipStage stage;
  GsChipFile file;
  gsize done;
  gsize size;
} GsChipProgress;

typedef void (*GsChipProgressFunc) (const GsChipProgress *progress, gpointer user_data);

/* Called when a file is complete, while the rest is still being read: DG1 finds the crossing. */
typedef void (*GsChipFileFunc) (GsChipFile file, GBytes *bytes, gpointer user_data);

/* What to do. Zeroed: DG1, DG2, DG11, DG14, DG15, EF.COM, EF.SOD; 60 s; every check. */
typedef struct
{
  guint32 without;      /* files to leave out, 1 << GsChipFile */
  guint32 also;         /* files to read as well */
  gboolean no_pace;     /* BAC even where PACE is offered */
  gint64 time_limit_us; /* 0: 60 s */
  GsChipProgressFunc progress;
  GsChipFileFunc file_done;
  gpointer user_data;
} GsChipPlan;

/* Owned by whoever got it; used by one thread at a time. result members: successful, failed,
 * aborted (the conversation broke), not supported (the chip cannot do it), not checked. */
typedef struct
{
  GBytes *files[GS_CHIP_N_FILES];  /* NULL: not read */
  GError *errors[GS_CHIP_N_FILES]; /* why; NULL when read or never asked for */
  GsChipAccess access;
  GsChipCipher cipher; /* of access control; 0 without secure messaging */
  char *protocol;      /* its object identifier; NULL for BAC */
  GError *pace_error;  /* why PACE was given up for BAC */
  GsCheckResult chip_authentication;
  GError *chip_authentication_error;
  GBytes *chip_key; /* SubjectPublicKeyInfo that chip authentication used */
  GsCheckResult active_authentication;
  GError *active_authentication_error;
  GsPaceProof proof; /* of chip-authentication mapping */
  GError *error;     /* what ended the reading early; NULL when it came to its end */
  guint n_commands;
  gint64 chip_time_us; /* spent waiting for the chip */
  gint64 time_us;      /* in all */
} GsChipReading;

/* Reads a chip. key NULL is for chips without access control. Never NULL; see its error. Blocks for
 * as long as the plan allows; the functions of the plan are called on the same thread. */
GsChipReading *gs_chip_reading_run (GsChipTransport *transport,
                                    const GsAccessKey *key,
                                    const GsChipPlan *plan,
                                    const GsRandomSource *random,
                                    GCancellable *cancellable);
/* Cleanses the files before it frees them. */
void gs_chip_reading_free (GsChipReading *self);

/* "PACE, generic mapping", "BAC", … English, for the record. Static. */
const char *gs_chip_access_to_string (GsChipAccess access);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsChipReading, gs_chip_reading_free)
