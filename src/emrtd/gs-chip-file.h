/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-channel.h"

/* The elementary files of an eMRTD (ICAO Doc 9303-10 section 3.11.3 and 4). */
typedef enum
{
  GS_CHIP_FILE_CARD_ACCESS, /* in the master file */
  GS_CHIP_FILE_CARD_SECURITY,
  GS_CHIP_FILE_COM, /* in the application, from here on */
  GS_CHIP_FILE_SOD,
  GS_CHIP_FILE_DG1,
  GS_CHIP_FILE_DG2,
  GS_CHIP_FILE_DG3,
  GS_CHIP_FILE_DG4,
  GS_CHIP_FILE_DG5,
  GS_CHIP_FILE_DG6,
  GS_CHIP_FILE_DG7,
  GS_CHIP_FILE_DG8,
  GS_CHIP_FILE_DG9,
  GS_CHIP_FILE_DG10,
  GS_CHIP_FILE_DG11,
  GS_CHIP_FILE_DG12,
  GS_CHIP_FILE_DG13,
  GS_CHIP_FILE_DG14,
  GS_CHIP_FILE_DG15,
  GS_CHIP_FILE_DG16,
  GS_CHIP_N_FILES,
} GsChipFile;

/* No file of a passport is larger: 512 kB. */
#define GS_CHIP_FILE_MAX (512 * 1024)

/* "EF.COM", "DG1", … Static. */
const char *gs_chip_file_to_string (GsChipFile file);
/* The other way: "DG2", "dg2", "EF.SOD", "SOD". FALSE when unknown. */
gboolean gs_chip_file_from_string (const char *name, GsChipFile *file);
/* Its two-byte identifier, 0x0101 for DG1. */
guint16 gs_chip_file_get_id (GsChipFile file);
/* 1 to 16; 0 for what is no data group. */
guint gs_chip_file_get_group (GsChipFile file);

/* How reading goes on: sizes of READ BINARY that this chip has taken so far. Zero it at first. */
typedef struct
{
  guint step; /* index into 224, 192, 160, 128 */
} GsChipSteps;

/* What has come of one file, kept over a session that broke. Zero it at first. */
typedef struct
{
  GByteArray *bytes;
  gsize size; /* 0 until the header told it */
} GsChipPart;

typedef void (*GsChipFileProgress) (GsChipFile file, gsize done, gsize size, gpointer user_data);

/* Selects a file and reads it to its end, or goes on where part stops. FALSE with
 * GS_EMRTD_ERROR_NOT_FOUND when the chip has no such file, _ACCESS when it does not let us read it,
 * _SESSION when secure messaging broke: access control must be done again, and the same call goes
 * on with a smaller step. Blocks. */
gboolean gs_chip_file_read (GsChipChannel *channel,
                            GsChipFile file,
                            GsChipSteps *steps,
                            GsChipPart *part,
                            GsChipFileProgress progress,
                            gpointer user_data,
                            GError **error);

void gs_chip_part_clear (GsChipPart *part);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GsChipPart, gs_chip_part_clear)
