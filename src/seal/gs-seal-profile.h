/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal.h"

G_BEGIN_DECLS

/* What the messages of a seal mean, for the kinds of document that are known here: Gateside's
 * stamp, ICAO's visa and emergency document (Doc 9303-13), and those that BSI TR-03137 and the
 * public test seals show. Any thread. */

/* One message in words. */
typedef struct
{
  char *name;  /* short machine name: "serial", "mrz", "message-05" */
  char *value; /* UTF-8 */
} GsSealField;

void gs_seal_field_free (GsSealField *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSealField, gs_seal_field_free)

/* "stamp", "residence-permit"; NULL when the kind is not known here. */
const char *gs_seal_profile_get_name (const GsSeal *seal);

/* Every message, in the seal's order; GPtrArray of GsSealField, transfer full. What is not known is
 * in hexadecimal digits. NULL with GS_SEAL_ERROR_MALFORMED when a message is not what its profile
 * says, or one that it needs is missing. */
GPtrArray *gs_seal_profile_dup_fields (const GsSeal *seal, GError **error);

G_END_DECLS
