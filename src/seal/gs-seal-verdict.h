/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-ring.h"
#include "gs-verdict.h"

G_BEGIN_DECLS

/* What a seal is judged on. Everything is borrowed for the length of the call. */
typedef struct
{
  GBytes *bytes;            /* as they were read; NULL when nothing was */
  const GError *unreadable; /* why nothing was read; NULL with bytes */
  GsSealRing *ring;
  GsSealDate today;
  const char *state; /* of the document in hand, with its number; NULL when it is not known */
  const char *number;
} GsSealInput;

/* The verdict "seal-genuine" with the five steps of BSI TR-03135 for a visible digital seal, each a
 * child of its own: seal-readable, seal-intact, seal-certificate, seal-signature, seal-content.
 *
 * A seal that cannot be read is undetermined. One that was read and is malformed, is signed with
 * none of the keys that stand for its signer, with a certificate that was not valid on the day, or
 * that says what its profile does not know, failed. A seal of a signer whose certificate is not
 * there is undetermined. A bare key stands for every signer. What a kind of document says that is
 * not known here is not supported, which does not lower the result.
 *
 * Evidence of seal-intact: the header; of seal-content: the fields (gs-seal-profile.h). Sentences
 * hold no personal data; evidence may. Takes a millisecond for each bare key; any thread. Transfer
 * full. */
GsVerdict *gs_seal_verdict_run (const GsSealInput *input);

G_END_DECLS
