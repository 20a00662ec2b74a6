/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-mrz.h"

#include <glib.h>

/* What opens a chip: the MRZ's document number, birth date and expiry date with their check digits,
 * or the card access number printed on the card (ICAO Doc 9303-11 section 4.3.2 and 4.4.4).
 * Personal data: cleanse with gs_access_key_clear(). Any thread. */

typedef enum
{
  GS_ACCESS_KEY_MRZ = 1, /* the password references of MSE:Set AT */
  GS_ACCESS_KEY_CAN = 2,
} GsAccessKeyKind;

typedef struct
{
  GsAccessKeyKind kind;
  /* MRZ: the hash of the MRZ information, 20 bytes. CAN: its characters. */
  guint8 secret[20];
  gsize length;
} GsAccessKey;

/* From the three fields as they stand in the MRZ: document number up to 27 characters (short ones
 * are filled up), dates as YYMMDD. FALSE with GS_EMRTD_ERROR_MALFORMED when a field cannot be one.
 */
gboolean gs_access_key_from_fields (GsAccessKey *self,
                                    const char *document_number,
                                    const char *birth_date,
                                    const char *expiry_date,
                                    GError **error);
/* From a zone that was read. */
gboolean gs_access_key_from_mrz (GsAccessKey *self, const GsMrz *mrz, GError **error);
/* From six digits on the card. */
gboolean gs_access_key_from_can (GsAccessKey *self, const char *digits, GError **error);

void gs_access_key_clear (GsAccessKey *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GsAccessKey, gs_access_key_clear)
