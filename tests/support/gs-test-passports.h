/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-reading.h"
#include "gs-chip-transport.h"
#include "gs-mrz.h"
#include "gs-traveller.h"

G_BEGIN_DECLS

/* Utopia's specimen passports for tests of the desk: a country in a folder of its own, a trust
 * store with its authorities, and chips that answer in this process. */
typedef struct _GsTestPassports GsTestPassports;
typedef struct _GsTestPassport GsTestPassport;

GsTestPassports *gs_test_passports_new (gint64 today_utc_s);
void gs_test_passports_free (GsTestPassports *self);
/* A trust store with both authorities of Utopia and its revocation lists. */
const char *gs_test_passports_get_trust_store (GsTestPassports *self);

/* Names of all variants, NULL-terminated. Transfer container. */
const char **gs_test_passports_list_variants (void);

/* variant as gateside-authority --list-variants names it; person 0 to 23. The passport is the
 * country's. */
GsTestPassport *gs_test_passports_issue (GsTestPassports *self, const char *variant, guint person);
/* The 88 characters of the page. */
const char *gs_test_passport_get_lines (GsTestPassport *self);
/* What a gate would tell of its traveller. Transfer full. */
GsTraveller *gs_test_passport_dup_traveller (GsTestPassport *self);
/* Its zone, parsed. */
const GsMrz *gs_test_passport_get_zone (GsTestPassport *self);
/* Reads its chip at once, with the page's own zone. Transfer full. */
GsChipReading *gs_test_passport_read (GsTestPassport *self);
/* Its chip, reset. Transfer full. */
GsChipTransport *gs_test_passport_lay (GsTestPassport *self);

G_END_DECLS
