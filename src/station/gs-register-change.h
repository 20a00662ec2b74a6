/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-approval.h"
#include "gs-register-error.h"
#include "gs-stamp-device.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* One change of the register of stamps: who may make it, and the transaction that makes it, for the
 * station and the command line alike. */
typedef enum
{
  GS_REGISTER_ENTER = 1, /* a new stamp, with its first code */
  GS_REGISTER_HAND_OUT,  /* officer receives it, second hands it out */
  GS_REGISTER_TAKE_BACK, /* officer gives it back, second receives it */
  GS_REGISTER_ROTATE,    /* a new code */
  GS_REGISTER_LOST,      /* blocks it at once and ends its holding; likewise */
  GS_REGISTER_STOLEN,
  GS_REGISTER_RETIRE,
} GsRegisterAct;
#define GS_REGISTER_ACT_LAST GS_REGISTER_RETIRE

typedef struct
{
  GsRegisterAct act;
  char *device;
  char *desk;          /* of HAND_OUT: where it is used */
  char *printer;       /* of ENTER, or NULL */
  char *code;          /* of ENTER and ROTATE; see gs_register_change_new() */
  char *officer;       /* account id; NULL for the station itself */
  char *second;        /* account id, of HAND_OUT and TAKE_BACK */
  gboolean supervised; /* one of the two is a supervisor: may take back what another one holds */
  gint64 at_utc_ms;
} GsRegisterChange;

/* ENTER and ROTATE get a random code, which may be replaced. desk may be NULL. Transfer full. */
GsRegisterChange *gs_register_change_new (GsRegisterAct act,
                                          const char *device,
                                          const char *desk,
                                          GsSession *officer,
                                          GsSession *second,
                                          gint64 at_utc_ms);
void gs_register_change_free (GsRegisterChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsRegisterChange, gs_register_change_free)

/* Pure: may officer, with second beside, do this? second is looked at only where two are needed. */
GsApprovalVerdict gs_register_judge (GsRegisterAct act, GsSession *officer, GsSession *second);
/* TRUE when two people are needed. */
gboolean gs_register_needs_second (GsRegisterAct act);
/* TRUE when that role alone may do it, or begin it. */
gboolean gs_register_may (GsRegisterAct act, GsRole role);

/* The record's entry; detail must outlive it. */
void
gs_register_change_describe (const GsRegisterChange *self, GsRecordEntry *entry, char **detail);

/* A GsStoreFunc; data is a GsRegisterChange. Not NULL when it was made. GS_REGISTER_ERROR, or what
 * the store says. */
gpointer gs_register_change_run (GsDatabase *db, gpointer data, GError **error);

G_END_DECLS
