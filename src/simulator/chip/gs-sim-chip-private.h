/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-chip-pace.h"
#include "gs-sim-chip-session.h"
#include "gs-sim-chip.h"

struct _GsSimChip
{
  GsSimPassport *passport;
  const GsSimChipFault *fault;
  const GsSimRandomSource *random;
  guint number; /* commands since reset */
  gboolean application;
  guint16 selected;   /* file identifier; 0: none */
  const char *stage;  /* "plain", … */
  gboolean protected; /* session is in use */
  GsSimSession session;
  GsSimSession next; /* takes over after this answer */
  gboolean has_next;
  const char *next_stage;
  gboolean challenged;
  guint8 challenge[8];
  GsSimPace *pace;
  GByteArray *chained; /* data of a command in several pieces */
  gboolean ca_set;     /* MSE:Set AT for chip authentication came */
  EVP_PKEY *other_ca;  /* of a copy; made when it is needed */
  EVP_PKEY *other_aa;
};

/* ---- gs-sim-chip-files.c: SELECT and READ BINARY ---- */
guint16 gs_sim_chip_select (GsSimChip *self, const GsSimCommand *command);
guint16 gs_sim_chip_read_binary (GsSimChip *self, const GsSimCommand *command, GByteArray *answer);

/* ---- gs-sim-chip-access.c: who may read, and whether the chip is no copy ---- */
guint16
gs_sim_chip_get_challenge (GsSimChip *self, const GsSimCommand *command, GByteArray *answer);
guint16
gs_sim_chip_mutual_authenticate (GsSimChip *self, const GsSimCommand *command, GByteArray *answer);
guint16 gs_sim_chip_manage_environment (GsSimChip *self, const GsSimCommand *command);
guint16
gs_sim_chip_general_authenticate (GsSimChip *self, const GsSimCommand *command, GByteArray *answer);
guint16 gs_sim_chip_internal_authenticate (GsSimChip *self,
                                           const GsSimCommand *command,
                                           GByteArray *answer);
