/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-error.h"

G_DEFINE_QUARK (gs - stamp - error - quark, gs_stamp_error)

static const struct
{
  GsStampError code;
  const char *word;
} words[] = {
  { GS_STAMP_ERROR_FONT, "font-missing" },
  { GS_STAMP_ERROR_SPECIMEN, "no-specimen" },
  { GS_STAMP_ERROR_SEAL, "bad-seal-place" },
  { GS_STAMP_ERROR_PORT, "not-for-this-port" },
  { GS_STAMP_ERROR_PACK_UNREADABLE, "unreadable" },
  { GS_STAMP_ERROR_PACK_PATH, "bad-name" },
  { GS_STAMP_ERROR_PACK_LINK, "link" },
  { GS_STAMP_ERROR_PACK_SIZE, "too-large" },
  { GS_STAMP_ERROR_PACK_MANIFEST, "bad-manifest" },
  { GS_STAMP_ERROR_PACK_UNSIGNED, "unsigned" },
  { GS_STAMP_ERROR_PACK_SIGNATURE, "bad-signature" },
  { GS_STAMP_ERROR_PACK_AUTHORITY, "unknown-authority" },
  { GS_STAMP_ERROR_PACK_SIGNER_EXPIRED, "signer-expired" },
  { GS_STAMP_ERROR_PACK_SIGNER_NOT_YET, "signer-not-yet-valid" },
  { GS_STAMP_ERROR_PACK_SIGNER_USAGE, "wrong-key-usage" },
  { GS_STAMP_ERROR_PACK_HASH, "wrong-hash" },
  { GS_STAMP_ERROR_PACK_EXTRA, "extra-file" },
  { GS_STAMP_ERROR_PACK_MISSING, "missing-file" },
  { GS_STAMP_ERROR_PACK_NOT_YET, "not-yet-valid" },
  { GS_STAMP_ERROR_PACK_ENDED, "ended" },
  { GS_STAMP_ERROR_PACK_AUTHORITIES, "no-authorities" },
};

const char *
gs_stamp_error_to_word (GsStampError code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].code == code)
      return words[i].word;
  return "malformed";
}
