/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-printer-status.h"
#include "gs-stamp-bitmap.h"
#include "gs-stamp-error.h"

G_BEGIN_DECLS

/* What a test print shows: TEST and SPECIMEN in words, the test's number, the printer, the day,
 * scales along two edges, and lines of one to four dots by which a tired head is seen. Nothing of a
 * stamp: no frame, no port, no serial, and it needs no pack. number is printed as "TEST 000012".
 * The same input gives the same dots. NULL with GS_STAMP_ERROR_RENDER, or GS_STAMP_ERROR_SPECIMEN
 * when the dots do not read SPECIMEN. Any thread; takes some 10 ms. Transfer full. */
GsStampBitmap *gs_test_picture_draw (GsPrintMedia media,
                                     guint dpi,
                                     gint64 number,
                                     const char *printer,
                                     const char *day,
                                     GError **error);

/* "TEST 000012". Transfer full. */
char *gs_test_picture_format (gint64 number);

G_END_DECLS
