/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The five steps of a print, each with its sign, its word and a time or figure below. Draws
 * itself. Main thread. */
#define GS_TYPE_PRINT_PROGRESS (gs_print_progress_get_type ())
G_DECLARE_FINAL_TYPE (GsPrintProgress, gs_print_progress, GS, PRINT_PROGRESS, GtkWidget)

typedef enum
{
  GS_PRINT_STEP_CLAIM,
  GS_PRINT_STEP_JOURNAL,
  GS_PRINT_STEP_SEND,
  GS_PRINT_STEP_PRINT,
  GS_PRINT_STEP_LOOK,
  GS_PRINT_N_STEPS,
} GsPrintStep;

typedef enum
{
  GS_PRINT_STEP_WAITING = 1,
  GS_PRINT_STEP_RUNNING,
  GS_PRINT_STEP_DONE,
  GS_PRINT_STEP_FAILED,
  GS_PRINT_STEP_UNSURE, /* the officer has to look */
} GsPrintStepState;

GtkWidget *gs_print_progress_new (void);

/* note: "14:25:34", "62 %", or NULL. */
void gs_print_progress_set_step (GsPrintProgress *self,
                                 GsPrintStep step,
                                 GsPrintStepState state,
                                 const char *note);

/* Every step waits again. */
void gs_print_progress_reset (GsPrintProgress *self);
