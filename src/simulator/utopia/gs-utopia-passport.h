/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-country.h"
#include "gs-utopia-variant.h"

/* A specimen passport: the files of its chip, the chip's keys and how the chip behaves. */
typedef struct _GsUtopiaPassport GsUtopiaPassport;

typedef struct
{
  const char *mrz;        /* 88 characters as printed, or NULL: a citizen is made up */
  guint person;           /* whose face; for a made-up citizen and for SEX */
  guint64 seed;           /* of a made-up citizen, and of the choice of chip keys */
  const char *name;       /* DG11: own script, "<<" between family and given names; NULL: none,
                           * or the made-up citizen's */
  const char *birth;      /* YYYYMMDD for DG11, or NULL: out of the MRZ */
  GBytes *portrait;       /* JPEG, or NULL: a blank figure */
  GBytes *other_portrait; /* for a tampered DG2; NULL: a blank figure */
} GsUtopiaHolder;

/* Makes VARIANT for HOLDER. Chip keys come out of a small pool of the country, so that a passport
 * takes milliseconds. NULL and ERROR (G_IO_ERROR, G_FILE_ERROR). Transfer full. */
GsUtopiaPassport *gs_utopia_passport_new (GsUtopiaCountry *country,
                                          const GsUtopiaVariant *variant,
                                          const GsUtopiaHolder *holder,
                                          GError **error);
void gs_utopia_passport_free (GsUtopiaPassport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsUtopiaPassport, gs_utopia_passport_free)

/* A file by its name without ".bin": "ef-com", "ef-sod", "dg1", "dg2", "dg11", "dg14", "dg15",
 * "ef-card-access", "ef-card-security"; NULL when the chip has none. Owned by the passport. */
GBytes *gs_utopia_passport_get_file (GsUtopiaPassport *self, const char *name);

/* The 88 characters as printed on the page. */
const char *gs_utopia_passport_get_mrz (GsUtopiaPassport *self);

/* Writes FOLDER: the files as NAME.bin, chip.ini (what the chip needs to know and what a reader
 * should find; see src/simulator/README.md), ca-key.pem and aa-key.pem. */
gboolean gs_utopia_passport_write (GsUtopiaPassport *self, const char *folder, GError **error);
