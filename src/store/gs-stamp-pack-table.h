/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* The station's template packs: what was brought in and from which day on each prints. Both tables
 * only grow; the later of two activations for one day holds. */

typedef struct
{
  char *digest; /* SHA-256 of its list of files, hex */
  char *name;
  char *month;
  char *valid_from;
  char *valid_until; /* or NULL */
  char *signer;
  char *signer_digest;
  gint64 brought_at_utc_ms;
  char *brought_by; /* account id */
  GBytes *file;     /* the tar */
} GsStampPackRow;

typedef struct
{
  gint64 sequence; /* from 1, by the order of the decisions */
  char *digest;
  char *from_day; /* "2026-12-01", in the port's time zone */
  gint64 decided_at_utc_ms;
  char *decided_by; /* account id */
} GsStampPackActivation;

GsStampPackRow *gs_stamp_pack_row_new (void);
void gs_stamp_pack_row_free (GsStampPackRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampPackRow, gs_stamp_pack_row_free)
GsStampPackActivation *gs_stamp_pack_activation_new (void);
void gs_stamp_pack_activation_free (GsStampPackActivation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampPackActivation, gs_stamp_pack_activation_free)

/* Worker thread. */

/* GS_STORE_ERROR_CONFLICT when it is there already. */
gboolean gs_stamp_pack_table_add (GsDatabase *db, const GsStampPackRow *row, GError **error);
/* sequence is given by the table. GS_STORE_ERROR_CONFLICT when there is no such pack, or when it is
 * the one that prints from that day on already. */
gboolean gs_stamp_pack_table_activate (GsDatabase *db,
                                       const GsStampPackActivation *activation,
                                       GError **error);

/* All of them, in the order in which they came. GPtrArray of GsStampPackRow. */
GPtrArray *gs_stamp_pack_table_list (GsDatabase *db, GError **error);
/* All of them, in the order of the decisions. GPtrArray of GsStampPackActivation. */
GPtrArray *gs_stamp_pack_table_list_activations (GsDatabase *db, GError **error);

/* The decision that holds on that day among these, NULL for none: the one with the latest day up to
 * it, and of several for one day the last. Pure. Transfer none. */
const GsStampPackActivation *gs_stamp_pack_choose (GPtrArray *activations, const char *day);

G_END_DECLS
