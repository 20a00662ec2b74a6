/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* DG2 and the pictures in it. Any thread. */

typedef enum
{
  GS_UTOPIA_PICTURE_JPEG,
  GS_UTOPIA_PICTURE_JP2,     /* JPEG 2000 in its container */
  GS_UTOPIA_PICTURE_J2K,     /* JPEG 2000, the codestream alone */
  GS_UTOPIA_PICTURE_GARBAGE, /* begins like a JPEG and is none */
} GsUtopiaPicture;

typedef enum
{
  GS_UTOPIA_RECORD_19794,
  GS_UTOPIA_RECORD_39794,
} GsUtopiaRecord;

/* A grey head and shoulders, as JPEG, for passports without a portrait. Transfer full. */
GBytes *gs_utopia_face_record_blank (GError **error);

/* The JPEG in another form. NULL and ERROR when it cannot be read. Transfer full. */
GBytes *gs_utopia_face_record_convert (GBytes *jpeg, GsUtopiaPicture form, GError **error);

/* DG2 (Doc 9303-10, 4.7.2) with JPEG converted to FORM, in a record after ISO/IEC 19794-5 or
 * 39794-5. SEX: 'M', 'F' or anything else. NULL and ERROR. Transfer full. */
GBytes *gs_utopia_face_record_dg2 (
  GBytes *jpeg, GsUtopiaPicture form, GsUtopiaRecord record, char sex, GError **error);
