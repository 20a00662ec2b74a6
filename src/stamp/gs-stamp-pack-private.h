/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-pack.h"

G_BEGIN_DECLS

/* One drawing of a pack. */
typedef struct
{
  GsStampTemplate *template;
  GsStampArea specimen;
  GsStampArea seal;
  gboolean has_seal;
} GsStampDrawing;

struct _GsStampPack
{
  gatomicrefcount ref_count;
  char *name;
  char *state;
  char *month;
  char *font;
  int width_hmm;
  int height_hmm;
  gboolean other_ports;
  GHashTable *drawings; /* "entry", "exit", "void", "cancelled", or "entry PORT" → GsStampDrawing */
  GPtrArray *ports;     /* of GsStampPort */
  GsPackProof *proof;   /* or NULL */
};

/* gs-stamp-pack-read.c: pack.ini and the drawings that it names, into an empty pack. */
gboolean gs_stamp_pack_read (GsStampPack *self, GsPackFiles *files, GError **error);

void gs_stamp_drawing_free (gpointer data);
void gs_stamp_port_free (gpointer data);

G_END_DECLS
