/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-algorithm-grade.h"

#include <glib.h>
#include <openssl/types.h>

/* An X.509 certificate as travel documents use them (ICAO Doc 9303-12): read once, never changed.
 * Any thread; the reference count is atomic. */
typedef struct _GsCertificate GsCertificate;

/* Reads one certificate in DER; bytes behind it are an error. NULL with GS_EMRTD_ERROR_MALFORMED.
 */
GsCertificate *gs_certificate_new (GBytes *der, GError **error);
/* One that OpenSSL has read already; NULL when it cannot be written as DER. */
GsCertificate *gs_certificate_new_from_x509 (X509 *x509);
GsCertificate *gs_certificate_ref (GsCertificate *self);
void gs_certificate_unref (GsCertificate *self);

GBytes *gs_certificate_get_der (GsCertificate *self);
X509 *gs_certificate_get_x509 (GsCertificate *self);
/* SHA-256 of the DER in lower-case hexadecimal digits. */
const char *gs_certificate_get_fingerprint (GsCertificate *self);
/* C of the subject, else of the issuer, in upper case; "" when there is none. */
const char *gs_certificate_get_country (GsCertificate *self);
/* RFC 2253 and UTF-8, and hexadecimal digits. Transfer full. */
char *gs_certificate_describe_subject (GsCertificate *self);
char *gs_certificate_describe_issuer (GsCertificate *self);
char *gs_certificate_describe_serial (GsCertificate *self);
/* Key identifiers; NULL when the certificate has none. Transfer none. */
GBytes *gs_certificate_get_subject_key_id (GsCertificate *self);
GBytes *gs_certificate_get_authority_key_id (GsCertificate *self);
/* GS_TIME_UNKNOWN when the certificate's own time is no time. */
gint64 gs_certificate_get_not_before_utc_ms (GsCertificate *self);
gint64 gs_certificate_get_not_after_utc_ms (GsCertificate *self);
/* The private key usage period; GS_TIME_UNKNOWN where it is open. */
gint64 gs_certificate_get_usage_from_utc_ms (GsCertificate *self);
gint64 gs_certificate_get_usage_to_utc_ms (GsCertificate *self);
/* basicConstraints says so; a certificate without that extension is one when issuer and subject are
 * the same. */
gboolean gs_certificate_is_authority (GsCertificate *self);
/* Issuer and subject are the same name. */
gboolean gs_certificate_is_self_issued (GsCertificate *self);
/* Authority key id and subject key id are the same, or, where one lacks, self-issued. */
gboolean gs_certificate_is_self_signed (GsCertificate *self);

/* The extended key usage names this purpose, an object identifier in dots. */
gboolean gs_certificate_has_purpose (GsCertificate *self, const char *purpose);

/* The key on its named curve (gs-ec-curve.h). NULL with an error when its curve is not acceptable
 * or the key unreadable. Transfer none. */
EVP_PKEY *gs_certificate_get_key (GsCertificate *self, GError **error);
/* The curve is written out as parameters. */
gboolean gs_certificate_has_explicit_curve (GsCertificate *self);

/* The signature under the issuer's key, and nothing else: no names, no times. */
gboolean gs_certificate_is_signed_by (GsCertificate *self, GsCertificate *issuer);

/* "EC brainpoolP256r1", "RSA 2048"; "unreadable key". Transfer full. */
char *gs_certificate_describe_key (GsCertificate *self);
/* What the certificate was signed with: "ECDSA with SHA-256", "RSA-PSS with SHA-256". Transfer
 * full. */
char *gs_certificate_describe_signature (GsCertificate *self);
/* Of the key, and of the hash under the certificate's signature. */
GsAlgorithmGrade gs_certificate_grade_key (GsCertificate *self);
GsAlgorithmGrade gs_certificate_grade_signature (GsCertificate *self);

/* 64 hexadecimal digits, small, of 32 bytes. Transfer full. */
char *gs_certificate_format_fingerprint (const guint8 *sha256);
/* Milliseconds of an ASN.1 time; GS_TIME_UNKNOWN when it is none. */
gint64 gs_certificate_time_utc_ms (const ASN1_TIME *time);
/* RFC 2253 with UTF-8 as it stands. Transfer full. */
char *gs_certificate_format_name (const X509_NAME *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCertificate, gs_certificate_unref)
