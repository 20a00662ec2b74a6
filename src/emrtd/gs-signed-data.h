/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-certificate.h"

#include <glib.h>

/* Signed data of the Cryptographic Message Syntax (RFC 5652) as ICAO uses it: EF.SOD,
 * EF.CardSecurity, master lists. DER or BER with indefinite lengths. One thread at a time. */
typedef struct _GsSignedData GsSignedData;

#define GS_CONTENT_TYPE_SECURITY_OBJECT "2.23.136.1.1.1"
#define GS_CONTENT_TYPE_MASTER_LIST "2.23.136.1.1.2"
#define GS_CONTENT_TYPE_CARD_SECURITY "0.4.0.127.0.7.3.2.1"
#define GS_CONTENT_TYPE_DATA "1.2.840.113549.1.7.1"

/* What is wrong with a signature, each with its own sentence for the officer. */
typedef enum
{
  GS_SIGNATURE_GOOD = 1,
  GS_SIGNATURE_NO_SIGNER,            /* nobody has signed */
  GS_SIGNATURE_NO_CERTIFICATE,       /* the signer's certificate is not there */
  GS_SIGNATURE_KEY_NOT_ACCEPTED,     /* a curve of nobody's name, or an unreadable key */
  GS_SIGNATURE_NO_ATTRIBUTES,        /* no signed attributes */
  GS_SIGNATURE_CONTENT_TYPE_DIFFERS, /* the signed content type is another than that outside */
  GS_SIGNATURE_WRONG                 /* the hash or the signature does not fit */
} GsSignatureState;

/* How the signer's certificate was found. */
typedef enum
{
  GS_SIGNER_MATCH_IDENTIFIER = 1, /* issuer and serial number, or key identifier */
  GS_SIGNER_MATCH_SERIAL,         /* the serial number alone: the issuer is written otherwise */
  GS_SIGNER_MATCH_ONLY            /* nothing fits, but there is only one certificate */
} GsSignerMatch;

/* Reads one ContentInfo; bytes behind it are an error, and so are more signatures than anybody
 * makes (16). NULL with GS_EMRTD_ERROR. */
GsSignedData *gs_signed_data_new (const guint8 *data, gsize size, GError **error);
void gs_signed_data_free (GsSignedData *self);

/* The encapsulated content and its type in dots. */
const char *gs_signed_data_get_content_type (GsSignedData *self);
GBytes *gs_signed_data_get_content (GsSignedData *self);
guint gs_signed_data_get_n_signers (GsSignedData *self);
/* GPtrArray of GsCertificate; those that could not be read are left out. Transfer none. */
GPtrArray *gs_signed_data_get_certificates (GsSignedData *self);
/* Of the first signer; GS_TIME_UNKNOWN when it says none. */
gint64 gs_signed_data_get_signing_time_utc_ms (GsSignedData *self);
/* "ECDSA with SHA-256" of the first signer, transfer full; its grade, the digest's and the
 * signature's hash both counted. */
char *gs_signed_data_describe_algorithm (GsSignedData *self);
GsAlgorithmGrade gs_signed_data_grade_algorithm (GsSignedData *self);

/* The certificate of the first signer, among those inside and, behind them, others (GPtrArray of
 * GsCertificate or NULL). NULL when none fits. match may be NULL. Transfer full. */
GsCertificate *
gs_signed_data_find_signer (GsSignedData *self, GPtrArray *others, GsSignerMatch *match);

/* Checks every signer's signature with the certificates found as above; no chain, no time. Once for
 * each object. */
GsSignatureState gs_signed_data_verify (GsSignedData *self, GPtrArray *others);
const char *gs_signature_state_to_word (GsSignatureState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSignedData, gs_signed_data_free)
