/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-chip-crypto.h"

#include <gio/gio.h>
#include <openssl/evp.h>

/* A passport's folder as gateside-authority writes it, read by the chip. Immutable once loaded. */
typedef struct
{
  char *folder;
  GHashTable *files; /* key: gs_sim_passport_file_key(); GBytes */
  guint8 secret[20]; /* out of the MRZ that opens it */
  char *can;         /* card access number, or NULL */
  gboolean bac;
  GPtrArray *pace;  /* GsSimPaceOffer */
  GsSimCipher ca;   /* of chip authentication; 0: none */
  EVP_PKEY *ca_key; /* also of chip authentication mapping */
  EVP_PKEY *aa_key;
  char *fault; /* faults that the folder asks for, with semicolons; or NULL */
} GsSimPassport;

typedef struct
{
  char *oid; /* dotted */
  guint mapping;
  GsSimCipher cipher;
  guint parameter_id;
} GsSimPaceOffer;

/* NULL and ERROR (G_FILE_ERROR, G_KEY_FILE_ERROR, G_IO_ERROR) when the folder is none. Transfer
 * full. */
GsSimPassport *gs_sim_passport_load (const char *folder, GError **error);
void gs_sim_passport_free (GsSimPassport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimPassport, gs_sim_passport_free)

/* A file of the master file (APPLICATION FALSE) or of the eMRTD application, by its identifier;
 * NULL when there is none. Owned by the passport. */
GBytes *gs_sim_passport_get_file (GsSimPassport *self, gboolean application, guint16 identifier);
