/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-signed-data.h"

#include <glib.h>

/* A list of the certificates of signing authorities (CscaMasterList, ICAO Doc 9303-12 section 8),
 * signed by the state that made it, or bare. Read once, then only read. */
typedef struct _GsMasterList GsMasterList;

/* done of total bytes of the list were read. FALSE ends the reading with G_IO_ERROR_CANCELLED. */
typedef gboolean (*GsMasterListProgress) (gsize done, gsize total, gpointer user_data);

/* Reads signed data of the type 2.23.136.1.1.2, or the bare CscaMasterList. A certificate that is
 * not readable is counted and left out. progress may be NULL. NULL with GS_EMRTD_ERROR when it is
 * no master list; one with a wrong signature is still given back, see the state. Up to a quarter of
 * a second for 600 certificates. */
GsMasterList *gs_master_list_new (GBytes *data,
                                  GsMasterListProgress progress,
                                  gpointer user_data,
                                  GError **error);
void gs_master_list_free (GsMasterList *self);

/* What the list holds, in its order: GPtrArray of GsCertificate, each once. Transfer none. */
GPtrArray *gs_master_list_get_certificates (GsMasterList *self);
/* Entries of the list, unreadable and repeated ones included; and how many were unreadable. */
guint gs_master_list_get_n_entries (GsMasterList *self);
guint gs_master_list_get_n_unreadable (GsMasterList *self);

gboolean gs_master_list_is_signed (GsMasterList *self);
/* GS_SIGNATURE_GOOD for a signed list with a right signature; a bare list has no signer. */
GsSignatureState gs_master_list_get_signature (GsMasterList *self);
/* NULL for a bare list. Transfer none. */
GsCertificate *gs_master_list_get_signer (GsMasterList *self);
/* The certificate of the state's authority that has signed the signer's, among those that came with
 * the list and those in it; NULL when it is neither. Transfer none. */
GsCertificate *gs_master_list_get_authority (GsMasterList *self);
gint64 gs_master_list_get_signing_time_utc_ms (GsMasterList *self);

/* TRUE when the bytes look like a master list, signed or bare; for telling files apart. */
gboolean gs_master_list_looks_like (const guint8 *data, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsMasterList, gs_master_list_free)
