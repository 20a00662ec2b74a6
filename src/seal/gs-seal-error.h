/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can go wrong with a digital seal. The message is English and for the log or a terminal. */
typedef enum
{
  GS_SEAL_ERROR_NOT_A_SEAL = 1, /* the bytes do not begin as a seal does */
  GS_SEAL_ERROR_UNSUPPORTED,    /* a version, curve or kind of picture that is not known here */
  GS_SEAL_ERROR_MALFORMED,      /* it begins as a seal and breaks the rules afterwards */
  GS_SEAL_ERROR_FIELDS,         /* what shall be sealed cannot be put into a seal */
  GS_SEAL_ERROR_KEY,            /* a key or certificate cannot be read or used */
  GS_SEAL_ERROR_SIGNER,         /* the signer did not sign: token gone, wrong PIN, locked */
  GS_SEAL_ERROR_SLOW,           /* the signer did not answer in time */
  GS_SEAL_ERROR_SYMBOL,         /* the symbol cannot be made */
  GS_SEAL_ERROR_PICTURE,        /* the picture cannot be read */
  GS_SEAL_ERROR_LIMIT,          /* the picture is larger than anything that is read here */
  GS_SEAL_ERROR_NO_SYMBOL       /* the picture was read and no seal is on it */
} GsSealError;

#define GS_SEAL_ERROR (gs_seal_error_quark ())
GQuark gs_seal_error_quark (void);

G_END_DECLS
