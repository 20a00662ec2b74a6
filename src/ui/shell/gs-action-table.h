/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Every action of the window in one table: menus, tooltips, accelerators and the list of keys are
 * made from it. Constant; any thread, but the texts are in the officer's language. */
typedef enum
{
  GS_ACTION_GROUP_CASE = 1, /* on the open card */
  GS_ACTION_GROUP_SCREEN,   /* what is shown */
  GS_ACTION_N_GROUPS,
} GsActionGroup;

typedef enum
{
  GS_ACTION_KEY_ACCELERATOR = 1, /* anywhere in the window */
  GS_ACTION_KEY_PLAIN,           /* a letter: only while nothing is being typed */
  GS_ACTION_KEY_HELD,            /* held down; the window handles it itself */
} GsActionKeyKind;

typedef struct
{
  const char *name;        /* "admit", the action is "win.admit" */
  const char *accelerator; /* as gtk_accelerator_parse () reads it */
  GsActionKeyKind kind;
  GsActionGroup group;
  const char *label; /* untranslated; gs_action_label () translates */
} GsActionEntry;

/* The table and its length. */
const GsActionEntry *gs_action_table (gsize *n);

/* NULL when there is none of that name. */
const GsActionEntry *gs_action_find (const char *name);

/* "Admit". Static. */
const char *gs_action_label (const GsActionEntry *entry);

/* "F7", "Ctrl N", "hold Del". Transfer full. */
char *gs_action_key_text (const GsActionEntry *entry);

/* "Admit (F7)", for tooltips. Transfer full. */
char *gs_action_tooltip (const char *name);

/* "Keys for the open case". Static. */
const char *gs_action_group_title (GsActionGroup group);
