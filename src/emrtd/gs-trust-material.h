/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"
#include "gs-master-list.h"
#include "gs-revocation.h"

#include <gio/gio.h>

/* Certificates and revocation lists as they come: master lists (signed and bare), PEM bundles, DER,
 * LDIF of the ICAO Public Key Directory, and folders of all these. What a file is, is told by its
 * bytes, never by its name. Nothing is trusted by being read. One thread at a time. */
typedef struct _GsTrustMaterial GsTrustMaterial;

/* One certificate. list: the master list that it stood in, or NULL; owned by the material. */
typedef struct
{
  GsCertificate *certificate;
  GsMasterList *list;
  char *source;      /* the file's name */
  char *file_sha256; /* of the file that it stood in */
} GsTrustItem;

/* Called while a file is read; done of total are bytes of that file. */
typedef void (*GsTrustProgress) (const char *path, gsize done, gsize total, gpointer user_data);

GsTrustMaterial *gs_trust_material_new (GsTrustProgress progress, gpointer user_data);
/* From now on a reading that is cancelled ends with G_IO_ERROR_CANCELLED; what it had found until
 * then stays. */
void gs_trust_material_set_cancellable (GsTrustMaterial *self, GCancellable *cancellable);
void gs_trust_material_free (GsTrustMaterial *self);

/* Reads a file or every file below a folder. FALSE with an error (G_FILE_ERROR, GS_EMRTD_ERROR)
 * when it cannot be opened or holds nothing of use; single entries that cannot be read become
 * problems. */
gboolean gs_trust_material_read_path (GsTrustMaterial *self, const char *path, GError **error);
gboolean gs_trust_material_read_bytes (GsTrustMaterial *self,
                                       GBytes *bytes,
                                       const char *source,
                                       GError **error);

/* GPtrArray of GsTrustItem, GsMasterList, GsRevocationList; and of char * for what could not be
 * read and why. Transfer none. */
GPtrArray *gs_trust_material_get_items (GsTrustMaterial *self);
GPtrArray *gs_trust_material_get_lists (GsTrustMaterial *self);
GPtrArray *gs_trust_material_get_revocation_lists (GsTrustMaterial *self);
GPtrArray *gs_trust_material_get_problems (GsTrustMaterial *self);

/* All of it as anchors, for when whoever named the files vouches for them: the certificates of
 * authorities, but no link certificate whose older key is known and did not sign it, and none of a
 * master list with a wrong signature (these become problems). signers, may be NULL: the
 * certificates that are no authorities (GPtrArray of GsCertificate). Transfer full. */
GsAnchorSet *gs_trust_material_make_anchors (GsTrustMaterial *self, GPtrArray **signers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTrustMaterial, gs_trust_material_free)
