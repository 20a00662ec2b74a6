/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-outcome.h"
#include "gs-stamp-issue.h"
#include "gs-stamp-window.h"
#include "gs-station.h"

/* What the officer reads about a referral, a window, a refusal. Strings are in the officer's
 * language and static unless said otherwise. Main thread. */

/* Short cause of a code: "Document expired". An unknown code comes back as it came. */
const char *gs_reason_text_title (const char *code);
/* What to do next: a strong part and the rest; "" for nothing. */
const char *gs_reason_text_next (const char *code, const char **rest);
/* What may be said to the traveller, in the language "fr" and the like (English when it is not
 * among the seven). *lang is the language used, *name its own name ("Français"). */
const char *
gs_reason_text_say (const char *code, const char *language, const char **lang, const char **name);
/* The same in the officer's language. */
const char *gs_reason_text_say_meaning (const char *code);
/* The language to speak to a traveller of that nationality: "fr". */
const char *gs_reason_text_language (const GsTraveller *traveller);

/* Reason of a gate's state as the hall tells it: "unwatched" and the like. */
const char *gs_reason_text_gate (const char *reason);
const char *gs_reason_text_outcome (GsOutcome outcome);
const char *gs_reason_text_judgement (GsJudgement judgement);
/* Names every bit of the blocks as short words; ends with NULL. Transfer container, strings
 * static. */
const char **gs_reason_text_blocks (guint blocks);
/* "passed customs", "boarding closed"; for a word of the contract. */
const char *gs_reason_text_close_cause (GsCloseCause cause);
/* What the printer lacks in a few words ("page stuck"), as a sentence, and what to do about it
 * before or while it prints. */
const char *gs_reason_text_printer_trouble (GsPrinterTrouble trouble);
const char *gs_reason_text_printer_sentence (GsPrinterTrouble trouble);
const char *gs_reason_text_printer_remedy (GsPrinterTrouble trouble);
const char *gs_reason_text_printer_while_printing (GsPrinterTrouble trouble);
/* Which printers did not take the stamp, why, and which one has it now; NULL when the first one
 * took it. Transfer full. */
char *gs_reason_text_passes (GsStampIssue *issue);
/* What became of the claim of a stamp that there is not. */
const char *gs_reason_text_claim_fate (GsClaimFate fate);
/* What to do next about it, or NULL. Transfer full. */
char *gs_reason_text_refusal_next (const GsRefusalInfo *refusal);
/* A whole sentence why there is no stamp. Transfer full. */
char *gs_reason_text_refusal (GsStation *station, const GsRefusalInfo *refusal);
