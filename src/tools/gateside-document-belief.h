/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"
#include "gs-trust-material.h"
#include "gs-verdict.h"

/* What the commands verify and read judge a document on: the certificates and revocation lists that
 * the caller named. One thread. */

typedef struct
{
  /* As they stand on the command line; the strings are borrowed. */
  const char *store;
  GPtrArray *anchor_paths;
  GPtrArray *crl_paths;
  gint64 now_utc_ms;
  /* From here on filled by gs_document_belief_load(). */
  GsTrustMaterial *material;
  GsTrustMaterial *crl_material;
  GsAnchorSet *anchors;
  GPtrArray *signers;
  GPtrArray *revocation_lists; /* the material's */
} GsDocumentBelief;

void gs_document_belief_init (GsDocumentBelief *self);
void gs_document_belief_clear (GsDocumentBelief *self);

/* Takes --store, --anchors, --crl or --time at argv[*at] and stands on the last word that it used.
 * FALSE when it is none of these, or its value is wrong. */
gboolean gs_document_belief_take (GsDocumentBelief *self, int argc, char **argv, int *at);
/* TRUE when any certificate was named. */
gboolean gs_document_belief_has_anchors (const GsDocumentBelief *self);
/* Reads them all. FALSE, and said on standard error, when a file cannot be opened. */
gboolean gs_document_belief_load (GsDocumentBelief *self);
/* Puts what could not be read of the files into the verdict, as warnings. */
void gs_document_belief_warn (const GsDocumentBelief *self, GsVerdict *verdict);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GsDocumentBelief, gs_document_belief_clear)
