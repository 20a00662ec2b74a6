/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-signed-data.h"

#include <glib.h>

/* EF.SOD, the document security object (ICAO Doc 9303-10 section 4.6.2): tag 77 around signed data
 * whose content is an LDSSecurityObject, version 0 or 1, with one hash a data group. One thread at
 * a time. */
typedef struct _GsSecurityObject GsSecurityObject;

#define GS_N_DATA_GROUPS 16

/* Reads the file as it came from the chip, filling bytes at its end included. NULL with
 * GS_EMRTD_ERROR when it is not signed data at all. */
GsSecurityObject *gs_security_object_new (GBytes *file, GError **error);
void gs_security_object_free (GsSecurityObject *self);

GBytes *gs_security_object_get_file (GsSecurityObject *self);
GsSignedData *gs_security_object_get_signed_data (GsSecurityObject *self);
/* FALSE when the file begins with the signed data, without its own tag. */
gboolean gs_security_object_has_wrapper (GsSecurityObject *self);

/* Reads the content; the other functions below need it. FALSE with GS_EMRTD_ERROR when it is no
 * LDSSecurityObject of a known version and hash, or has a group twice. */
gboolean gs_security_object_read_content (GsSecurityObject *self, GError **error);
/* 0 or 1. */
guint gs_security_object_get_version (GsSecurityObject *self);
/* "0108" and the like where version 1 says them; else NULL. */
const char *gs_security_object_get_lds_version (GsSecurityObject *self);
const char *gs_security_object_get_unicode_version (GsSecurityObject *self);
/* OpenSSL's number of the hash of the data groups. */
int gs_security_object_get_hash (GsSecurityObject *self);
/* number: 1 to 16. NULL when the object has no such group. */
GBytes *gs_security_object_get_group_hash (GsSecurityObject *self, guint number);
/* The hash of a file with the object's algorithm. NULL with an error. Transfer full. */
GBytes *gs_security_object_hash_file (GsSecurityObject *self, GBytes *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSecurityObject, gs_security_object_free)
