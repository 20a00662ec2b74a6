/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* One gate in the strip: number, sign, word, second line. A button. Main thread. */
#define GS_TYPE_GATE_TILE (gs_gate_tile_get_type ())
G_DECLARE_FINAL_TYPE (GsGateTile, gs_gate_tile, GS, GATE_TILE, GtkButton)

typedef enum
{
  GS_GATE_TILE_FREE = 1,
  GS_GATE_TILE_OCCUPIED, /* the word is the step: "Face check", "Reading chip" */
  GS_GATE_TILE_ADMITTED,
  GS_GATE_TILE_REFERRED,
  GS_GATE_TILE_HELD,
  GS_GATE_TILE_CLOSED,
  GS_GATE_TILE_FAULT,
  GS_GATE_TILE_ALARM,
} GsGateTileState;

typedef struct
{
  const char *number;
  GsGateTileState state;
  const char *word;   /* NULL: the state's own word */
  const char *detail; /* second line, or NULL */
  const char *as_of;  /* "14:22:53" while the link is dead: dashed, and said so; else NULL */
} GsGateTileContent;

GtkWidget *gs_gate_tile_new (void);

/* Shows the content; the strings are copied. Redraws only what differs. */
void gs_gate_tile_update (GsGateTile *self, const GsGateTileContent *content);

/* Narrow strips and large text: number and sign, with the word as the second line. */
void gs_gate_tile_set_compact (GsGateTile *self, gboolean compact);
