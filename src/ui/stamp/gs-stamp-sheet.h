/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The sheet of one stamp: preview, countdown, conditions, the officer's judgement, the print, the
 * question about the page, or why there is none and the ways on. Escape is "Not now" before the
 * print and does nothing during it. All its keys come through gs_stamp_sheet_handle_key(), because
 * a reader that types must not print. Emits "lock" when the key that locks the desk is pressed
 * over it. Main thread. */
#define GS_TYPE_STAMP_SHEET (gs_stamp_sheet_get_type ())
G_DECLARE_FINAL_TYPE (GsStampSheet, gs_stamp_sheet, GS, STAMP_SHEET, AdwWindow)

GsStampSheet *gs_stamp_sheet_new (GtkWindow *parent, GsStation *station, GsStampIssue *issue);

GsCase *gs_stamp_sheet_get_case (GsStampSheet *self);
/* The desk is locked: the sheet goes as it is, whatever it shows. Nothing is declined or answered;
 * the station decides what is still printed, and a question comes back at the next sign-in. */
void gs_stamp_sheet_leave (GsStampSheet *self);
/* TRUE from the print key until the answer: the sheet cannot be closed. */
gboolean gs_stamp_sheet_is_busy (GsStampSheet *self);
/* A document of somebody else was read: says whose, and nothing happens. NULL takes it away. */
void gs_stamp_sheet_set_notice (GsStampSheet *self, const char *notice);

G_END_DECLS
