/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Why the register of stamps does not change. The message is for the log and the command line. */
#define GS_REGISTER_ERROR (gs_register_error_quark ())
typedef enum
{
  GS_REGISTER_ERROR_DENIED = 1, /* the role, or the second officer, does not allow it */
  GS_REGISTER_ERROR_UNKNOWN,    /* there is no such stamp */
  GS_REGISTER_ERROR_NOT_ACTIVE, /* it is lost, stolen or retired */
  GS_REGISTER_ERROR_HELD,       /* somebody holds it */
  GS_REGISTER_ERROR_HOLDS,      /* this officer holds another one */
  GS_REGISTER_ERROR_NOT_HELD,   /* nobody holds it */
  GS_REGISTER_ERROR_NOT_HOLDER, /* somebody else holds it, and no supervisor is there */
  GS_REGISTER_ERROR_USED,       /* the id or the code was used before */
  GS_REGISTER_ERROR_WORD,       /* an id or a code that cannot be one */
  GS_REGISTER_ERROR_BUSY,       /* a stamp is being printed */
  GS_REGISTER_ERROR_DAY,        /* a day before the last reconciled one, or after today */
  GS_REGISTER_ERROR_CHANGED,    /* the numbers are no longer those that were shown */
  GS_REGISTER_ERROR_UNSIGNED,   /* a supervisor must sign for it, with a reason */
  GS_REGISTER_ERROR_STORE,      /* the store could not take it */
} GsRegisterError;

GQuark gs_register_error_quark (void);
