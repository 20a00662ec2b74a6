/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Why the traveller is here, what shows it, what to do next, what may be said: four steps on one
 * rail. Main thread. */
#define GS_TYPE_REASON_CHAIN (gs_reason_chain_get_type ())
G_DECLARE_FINAL_TYPE (GsReasonChain, gs_reason_chain, GS, REASON_CHAIN, GtkGrid)

typedef struct
{
  const char *why_title;   /* "Face: compare"; "Priority 1 · B05", which is never shielded */
  const char *why_text;    /* shielded with the case */
  const char *evidence;    /* shielded with the case */
  const char *evidence_2;  /* second line, smaller; shielded */
  const char *next_strong; /* "Verify again, blind." */
  const char *next_text;   /* "Ask for the glasses to be taken off." */
  const char *say;         /* in the traveller's language, or NULL */
  const char *say_lang;    /* "fr", "zh-cn", "ko" … for the glyphs */
  const char *say_badge;   /* "Français" */
  const char *say_meaning; /* the same in the officer's language, or NULL */
} GsReasonChainContent;

GtkWidget *gs_reason_chain_new (void);
void gs_reason_chain_update (GsReasonChain *self, const GsReasonChainContent *content);

/* Priority 1 while Space is not held: bars instead of words in the first two steps. */
void gs_reason_chain_set_shielded (GsReasonChain *self, gboolean shielded);
