/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Errors of the electronic document: what a chip answered, what its files say, and the certificates
 * that they are checked with. The message is for the log; ui/ has the officer's sentences. */
#define GS_EMRTD_ERROR (gs_emrtd_error_quark ())
typedef enum
{
  GS_EMRTD_ERROR_MALFORMED = 1, /* bytes from outside that break their own format */
  GS_EMRTD_ERROR_LIMIT,         /* well formed, but larger or deeper than we are willing to read */
  GS_EMRTD_ERROR_UNSUPPORTED,   /* a version, algorithm or type that we do not know */
  GS_EMRTD_ERROR_SIGNATURE,     /* a signature or a message authentication code is wrong */
  GS_EMRTD_ERROR_CRYPTO,        /* the cryptographic library failed */
  GS_EMRTD_ERROR_UNTRUSTED,     /* nobody has confirmed who signed this */
  GS_EMRTD_ERROR_NOT_FOUND,     /* a file, certificate or entry that is not there */
  GS_EMRTD_ERROR_STORAGE,       /* a file of ours cannot be read or written */
  GS_EMRTD_ERROR_NO_CARD,       /* no chip on the reader, or taken away */
  GS_EMRTD_ERROR_READER,        /* the reader or its daemon is not there, or in use */
  GS_EMRTD_ERROR_ACCESS,        /* access control (PACE, BAC) failed */
  GS_EMRTD_ERROR_STATUS,        /* the chip answered with a status word that ends the reading */
  GS_EMRTD_ERROR_SESSION,       /* secure messaging broke; access control must be done again */
  GS_EMRTD_ERROR_BUSY,          /* another program is changing a file of ours */
} GsEmrtdError;

GQuark gs_emrtd_error_quark (void);
