/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-certificate.h"

/* A signing authority of a made-up state, with a new P-256 key: its self-signed certificate. Times
 * in seconds since 1970. Transfer full. */
GsCertificate *
gs_test_authority_new (const char *country, const char *name, gint64 from_utc_s, gint64 to_utc_s);

/* Puts n of them into a new trust store at that path, of a dozen made-up states; about a quarter
 * has ended at now_utc_ms, and one ends within a month. */
void gs_test_authority_fill_store (const char *path, guint n, gint64 now_utc_ms);
/* One PEM file of these certificates (GPtrArray of GsCertificate). */
void gs_test_authority_write_pem (const char *path, GPtrArray *certificates);
