/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "gs-outcome.h"

G_BEGIN_DECLS

/* Who is signed in. Immutable; any thread. */
#define GS_TYPE_SESSION (gs_session_get_type ())
G_DECLARE_FINAL_TYPE (GsSession, gs_session, GS, SESSION, GObject)

GsSession *
gs_session_new (const char *officer_id, const char *display_name, GsRole role, gint64 since_utc_ms);

const char *gs_session_get_officer_id (GsSession *self);
const char *gs_session_get_display_name (GsSession *self);
GsRole gs_session_get_role (GsSession *self);
gint64 gs_session_get_since_utc_ms (GsSession *self);

/* TRUE for officer and supervisor: an administrator and an auditor decide nothing and stamp
 * nothing. */
gboolean gs_session_may_decide (GsSession *self);

G_END_DECLS
