/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Errors of the store. The message is for the log and never quotes the database library; ui/ picks
 * the officer's sentence by the code. After every error the transaction is rolled back and the
 * store can be used again: nothing was half written. */
#define GS_STORE_ERROR (gs_store_error_quark ())
typedef enum
{
  GS_STORE_ERROR_FAILED = 1,   /* anything not named below; a programmer's error is among them */
  GS_STORE_ERROR_FULL,         /* disk full: works again as soon as there is room */
  GS_STORE_ERROR_READ_ONLY,    /* file or disk cannot be written */
  GS_STORE_ERROR_IO,           /* the disk reports errors */
  GS_STORE_ERROR_BUSY,         /* another process held the database too long: try again */
  GS_STORE_ERROR_CANNOT_OPEN,  /* path does not exist or may not be opened */
  GS_STORE_ERROR_CORRUPT,      /* damaged, or no database of this program */
  GS_STORE_ERROR_NEWER_SCHEMA, /* written by a newer version of this program */
  GS_STORE_ERROR_CONSTRAINT, /* a rule of the schema refused it: an id used twice, an unknown one */
  GS_STORE_ERROR_EPOCH,      /* feed events of an epoch that was not begun */
  GS_STORE_ERROR_CONFLICT,   /* what is changed is no longer in the state it was assumed to be in */
} GsStoreError;

GQuark gs_store_error_quark (void);
