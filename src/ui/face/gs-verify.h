/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-desk.h"
#include "gs-station.h"
#include "gs-verify-sheet.h"

G_BEGIN_DECLS

/* Opens the verify sheet for the case on the card and joins it with the face desk: what is shown
 * there follows from the desk, what the officer does goes to the desk. A second officer signs in
 * and judges in the same sheet. "admit", "second-line" and "more" are left to whoever opened it:
 * connect to the sheet's "chosen". Borrowed: the sheet owns itself until it is closed. Main thread.
 */
GsVerifySheet *gs_verify_open (GtkWindow *parent, GsStation *station, GsFaceDesk *desk);

G_END_DECLS
