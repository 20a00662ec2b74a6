/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-outcome.h"

G_BEGIN_DECLS

/* One local account as it is stored. A plain struct of one owner; no thread of its own. */
typedef struct
{
  char *id;    /* UUID, what the record names */
  char *name;  /* what the officer types; lower case, 1 to 64 characters */
  char *label; /* what is shown ("Kato"), NULL to show the name */
  GsRole role;
  char *hash; /* argon2id in libsodium's text form; cleansed when freed */
  gboolean disabled;
  gint64 failures;            /* wrong passwords since the last good one */
  gint64 locked_until_utc_ms; /* 0 when not locked out */
  gint64 created_at_utc_ms;
} GsAccount;

GsAccount *gs_account_new (void);
GsAccount *gs_account_copy (const GsAccount *self);
void gs_account_free (GsAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsAccount, gs_account_free)

/* The label, or the name where there is none. */
const char *gs_account_get_display_name (const GsAccount *self);

/* Letters a-z, digits, '.', '-' and '_', beginning with a letter or digit, 1 to 64 bytes. */
gboolean gs_account_name_is_valid (const char *name);

G_END_DECLS
