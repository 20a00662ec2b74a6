/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-csca-chain.h"
#include "gs-passive-authentication.h"

/* What one run knows so far, for the checks that follow. */
typedef struct
{
  const GsPassiveInput *input;
  GsVerdict *root;
  GsVerdict *signed_by_issuer;
  GsSecurityObject *object; /* NULL: not even signed data */
  gboolean content_was_read;
  GsCertificate *signer; /* NULL: none found */
  GsSignerMatch match;
  gint64 issued_utc_ms; /* signing time, else the signer's beginning */
  gboolean has_signing_time;
  GsCscaChain chain;
} GsPassiveRun;

/* Adds a child that was not checked, with the reason, and gives it back (transfer none). */
GsVerdict *gs_passive_add (GsVerdict *parent, const char *name, const char *statement);
/* Evidence about a certificate: subject, issuer, serial, fingerprint, validity, key; the DER. */
void gs_passive_describe (GsVerdict *verdict, const char *prefix, GsCertificate *certificate);
/* "2026-11-23T14:22:07.000Z"; "unknown". Transfer full. */
char *gs_passive_format_time (gint64 utc_ms);

/* gs-passive-signer.c: what is asked about the signer. */
void gs_passive_check_trust (GsPassiveRun *run);
void gs_passive_check_period (GsPassiveRun *run);
void gs_passive_check_revocation (GsPassiveRun *run);
void gs_passive_check_algorithms (GsPassiveRun *run);
