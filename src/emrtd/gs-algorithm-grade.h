/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/types.h>

/* How far an algorithm can be believed today. OpenSSL lets SHA-1 pass in a security object, so the
 * grading is ours. Strong: hashes from SHA-224, RSA from 2048 bits, curves from 256 bits. Weak:
 * SHA-1, RSA from 1024 bits, curves from 192 bits (P-224 among them). Broken: the rest, MD5 among
 * them. Any thread. */
typedef enum
{
  GS_ALGORITHM_GRADE_STRONG = 1,
  GS_ALGORITHM_GRADE_WEAK,
  GS_ALGORITHM_GRADE_BROKEN
} GsAlgorithmGrade;

/* hash: OpenSSL's number; NID_undef is broken. */
GsAlgorithmGrade gs_algorithm_grade_hash (int hash);
GsAlgorithmGrade gs_algorithm_grade_key (EVP_PKEY *key);
GsAlgorithmGrade gs_algorithm_grade_worse (GsAlgorithmGrade one, GsAlgorithmGrade two);
/* "strong", "weak", "broken". */
const char *gs_algorithm_grade_to_word (GsAlgorithmGrade grade);

/* "RSA 2048", "EC brainpoolP256r1". Transfer full. */
char *gs_algorithm_describe_key (EVP_PKEY *key);
/* "SHA-256". Static. */
const char *gs_algorithm_describe_hash (int hash);

/* The hash that a signature algorithm with its parameters signs: that of RSASSA-PSS stands in its
 * parameters (and is SHA-1 where they say none, RFC 4055). NID_undef when it is not known.
 * is_pss may be NULL. */
int gs_algorithm_signature_hash (const X509_ALGOR *algorithm, gboolean *is_pss);
