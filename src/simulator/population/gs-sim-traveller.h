/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-mrz.h"

#include <glib.h>
#include <jansson.h>

#define GS_SIM_PERSONS 24

/* A made-up traveller of Utopia with a passport. */
typedef struct
{
  int person; /* whose face, 0 to 23 */
  char *surname;
  char *given_names;
  char *document_number;
  char *nationality;
  char *birth_date;      /* YYMMDD */
  char *expiry_date;     /* YYMMDD */
  const char *sex;       /* M or F, as the face looks */
  char *name_own_script; /* or NULL when the MRZ's letters are its own */
  const char *language;  /* ISO 639, or NULL */
  char *chip_name;       /* family<<given in its own script, as DG11 has it; or NULL */
} GsSimTraveller;

/* Makes one whose sex and age fit the face; now is for the dates. surname may be NULL. expired
 * makes a passport that ran out within the last year. Transfer full. */
GsSimTraveller *gs_sim_traveller_new (
  GRand *random, int person, const char *surname, gboolean expired, gint64 now_utc_ms);
void gs_sim_traveller_free (GsSimTraveller *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimTraveller, gs_sim_traveller_free)

void gs_sim_traveller_write_mrz (const GsSimTraveller *self,
                                 char first[GS_SIM_MRZ_LINE + 1],
                                 char second[GS_SIM_MRZ_LINE + 1]);

/* The MRZ fields as the contract names them, and the name in its own script. Transfer full. */
json_t *gs_sim_traveller_to_json (const GsSimTraveller *self);
