/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The errors of src/stamp. The message is for the log, without personal data; the officer's
 * sentence is chosen in ui/ from the code. */
typedef enum
{
  GS_STAMP_ERROR_PACK = 1,   /* the template pack is missing, malformed or not allowed */
  GS_STAMP_ERROR_FIELDS,     /* a field is missing, not printable or does not fit its place */
  GS_STAMP_ERROR_FONT,       /* the font of the pack is not installed */
  GS_STAMP_ERROR_RENDER,     /* librsvg or cairo failed */
  GS_STAMP_ERROR_SPECIMEN,   /* the bitmap does not read SPECIMEN: nothing may be printed */
  GS_STAMP_ERROR_RASTER,     /* a PWG raster or gzip stream is malformed or of another kind */
  GS_STAMP_ERROR_TRANSITION, /* the journal does not allow this step */
  GS_STAMP_ERROR_SLIP,       /* the travel record slip cannot be made */
  GS_STAMP_ERROR_SEAL,       /* the seal has no place, does not fit it, or the place is not free */
  GS_STAMP_ERROR_PORT,       /* the pack has no stamp for this port, transport or kind */

  /* Why a signed pack is refused (docs/stamp-pack.md). */
  GS_STAMP_ERROR_PACK_UNREADABLE,     /* no such file, or neither a folder nor a pack file */
  GS_STAMP_ERROR_PACK_PATH,           /* a file's name is not a plain one */
  GS_STAMP_ERROR_PACK_LINK,           /* a link, folder or device where a file must be */
  GS_STAMP_ERROR_PACK_SIZE,           /* a file, or all of them, too large, or too many */
  GS_STAMP_ERROR_PACK_MANIFEST,       /* the list of files is malformed or there is none */
  GS_STAMP_ERROR_PACK_UNSIGNED,       /* there is no signature */
  GS_STAMP_ERROR_PACK_SIGNATURE,      /* the signature is malformed or not over this list */
  GS_STAMP_ERROR_PACK_AUTHORITY,      /* the signer's authority is none of the desk's */
  GS_STAMP_ERROR_PACK_SIGNER_EXPIRED, /* the signer's certificate, or its authority's, has ended */
  GS_STAMP_ERROR_PACK_SIGNER_NOT_YET, /* it is not valid yet */
  GS_STAMP_ERROR_PACK_SIGNER_USAGE,   /* it is not a certificate that may sign packs */
  GS_STAMP_ERROR_PACK_HASH,           /* a file is not the one that was signed */
  GS_STAMP_ERROR_PACK_EXTRA,          /* a file that was not signed, or one twice */
  GS_STAMP_ERROR_PACK_MISSING,        /* a signed file is not there */
  GS_STAMP_ERROR_PACK_NOT_YET,        /* the pack's first day is to come */
  GS_STAMP_ERROR_PACK_ENDED,          /* the pack's last day is over */
  GS_STAMP_ERROR_PACK_AUTHORITIES,    /* the desk's file of authorities cannot be used */
} GsStampError;

#define GS_STAMP_ERROR (gs_stamp_error_quark ())
GQuark gs_stamp_error_quark (void);

/* A word for records and JSON: "unsigned", "wrong-hash", "unknown-authority"; "malformed" for what
 * is wrong inside of a pack. Static. */
const char *gs_stamp_error_to_word (GsStampError code);

G_END_DECLS
