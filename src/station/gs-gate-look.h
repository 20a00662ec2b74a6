/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-camera.h"
#include "gs-case-book.h"
#include "gs-clock.h"
#include "gs-session.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* A gate's camera, looked at live: only a gate with an open case or an alarm, for 60 s at a time,
 * one gate at a time. There is no snapshot and no recording, and each look is in the record before
 * its first picture comes. It ends by itself when its time or its reason is over, and with the
 * officer. Main thread only; nothing here blocks.
 *
 * Signals:
 * "changed" ()                 gate, camera's state or the time's end
 * "preview" (GsCameraFrame*)   the picture, while a look lasts */
#define GS_TYPE_GATE_LOOK (gs_gate_look_get_type ())
G_DECLARE_FINAL_TYPE (GsGateLook, gs_gate_look, GS, GATE_LOOK, GObject)

#define GS_GATE_LOOK_MS 60000

/* A camera for the gate's address (an rtsps URL of the hall's status), off; NULL when the address
 * cannot be used. Transfer full. */
typedef GsCamera *(*GsMakeCameraFunc) (const char *address, gpointer user_data);

GsGateLook *gs_gate_look_new (GsCaseBook *book,
                              GsStore *store,
                              GsClock *clock,
                              GsMakeCameraFunc make_camera,
                              gpointer user_data);
void gs_gate_look_set_session (GsGateLook *self, GsSession *session);

typedef enum
{
  GS_LOOK_ALLOWED = 1,
  GS_LOOK_NOT_SIGNED_IN,
  GS_LOOK_NO_CAMERA, /* the hall names none for this gate, or it cannot be used */
  GS_LOOK_NO_REASON  /* no open case at this gate, and no alarm */
} GsLookVerdict;

GsLookVerdict gs_gate_look_judge (GsGateLook *self, const char *gate);
/* Looks; one that lasts ends. FALSE when gs_gate_look_judge() does not allow it. At the gate that
 * is looked at already, another minute begins, and another entry of the record. */
gboolean gs_gate_look_begin (GsGateLook *self, const char *gate);
void gs_gate_look_end (GsGateLook *self);

/* The gate's id while a look lasts, else NULL. Borrowed. */
const char *gs_gate_look_get_gate (GsGateLook *self);
/* The camera while it runs, else NULL: for its state and the size of the preview. Borrowed. */
GsCamera *gs_gate_look_get_camera (GsGateLook *self);
gint64 gs_gate_look_get_left_ms (GsGateLook *self);

G_END_DECLS
