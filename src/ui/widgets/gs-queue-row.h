/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A waiting case, a group of cases with one cause, a member of such a group, or a crossing that
 * waits for its stamp. The content of a row; the list and its order belong to the caller. Main
 * thread. */
#define GS_TYPE_QUEUE_ROW (gs_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (GsQueueRow, gs_queue_row, GS, QUEUE_ROW, GtkWidget)

typedef enum
{
  GS_QUEUE_ROW_CASE = 1,     /* 64 px; a family's is a line higher */
  GS_QUEUE_ROW_GROUP_HEAD,   /* 64 px */
  GS_QUEUE_ROW_GROUP_MEMBER, /* 40 px */
} GsQueueRowKind;

typedef struct
{
  GsQueueRowKind kind;
  guint priority;          /* 1 to 4; a member of a group shows no plate */
  gboolean face_compare;   /* before the judgement: no code, no cause, plate in outline */
  gboolean shielded;       /* priority 1: the code, and "Priority 1" instead of the cause */
  const char *code;        /* "D06", or NULL */
  const char *title;       /* the cause; a member's name */
  const char *native_name; /* own script, shown first, or NULL */
  const char *native_lang; /* "ja", "zh-cn", "zh-tw", "ko", or NULL */
  const char *name;        /* Latin name, those of a family, or "4 travellers, one cause" */
  const char *place;       /* "gate 3", or NULL */
  guint family;            /* people who belong together, with a line of their own; from 2 on */
  const char *waiting;     /* "2:10" */
  gboolean waiting_as_of;  /* TRUE: dashed, the link is dead */
  gboolean climbed;
  gboolean open_here;
  const char *at_desk; /* "Desk 4" when it is taken there, else NULL */
} GsQueueRowContent;

GtkWidget *gs_queue_row_new (void);
void gs_queue_row_update (GsQueueRow *self, const GsQueueRowContent *content);

/* A row that has just come: it fades in where it belongs; an urgent one (priority 1) pulses its
 * edge three times in three seconds and then stands still. Neither moves when animations are off.
 * Once for a row. */
void gs_queue_row_announce (GsQueueRow *self, gboolean urgent);
