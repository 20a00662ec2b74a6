/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-action-table.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

static const GsActionEntry table[] = {
  { "take-next", "<Control>n", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE,
    N_ ("Take the next case") },
  { "call", "F2", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE,
    N_ ("Call the traveller to the desk") },
  { "verify", "F5", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE, N_ ("Verify again") },
  { "read-chip", "<Control>d", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE,
    N_ ("Read the chip again") },
  { "admit", "F7", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE, N_ ("Admit") },
  { "second-line", "F8", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE, N_ ("Second line") },
  { "more", "F9", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE, N_ ("More outcomes") },
  { "stamp", "F10", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE, N_ ("Stamp") },
  { "second-officer", "F3", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE,
    N_ ("Second officer") },
  { "read", "space", GS_ACTION_KEY_HELD, GS_ACTION_GROUP_CASE, N_ ("Read a shielded case") },
  { "stop", "Delete", GS_ACTION_KEY_HELD, GS_ACTION_GROUP_CASE,
    N_ ("Stop a print, 2 seconds; it may spoil the page") },
  { "type-document", "<Control>m", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE,
    N_ ("Type a document") },
  { "undo", "<Control>z", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_CASE,
    N_ ("Undo, within 5 seconds") },
  { "feed", "F6", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN, N_ ("Feed and checks") },
  { "pause", "p", GS_ACTION_KEY_PLAIN, GS_ACTION_GROUP_SCREEN, N_ ("Pause the feed") },
  { "blank", "F12", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN, N_ ("Blank the screen") },
  { "lock", "<Control>l", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN,
    N_ ("Lock and sign out") },
  { "supervisor", "F4", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN,
    N_ ("Call the supervisor, or note that one came") },
  { "mute", "<Control>u", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN,
    N_ ("Mute sounds for this shift") },
  { "try-link", "<Control>r", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN,
    N_ ("Try the link to the hall now") },
  { "check-seal", "<Control>e", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN,
    N_ ("Check a digital seal") },
  { "preferences", "<Control>comma", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN,
    N_ ("Preferences") },
  { "stamps", "<Control>t", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN,
    N_ ("Stamps, or back to the desk") },
  { "keys", "F1", GS_ACTION_KEY_ACCELERATOR, GS_ACTION_GROUP_SCREEN, N_ ("List of keys") },
};

const GsActionEntry *
gs_action_table (gsize *n)
{
  *n = G_N_ELEMENTS (table);
  return table;
}

const GsActionEntry *
gs_action_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].name, name) == 0)
      return &table[i];
  return NULL;
}

const char *
gs_action_label (const GsActionEntry *entry)
{
  return _ (entry->label);
}

char *
gs_action_key_text (const GsActionEntry *entry)
{
  g_autofree char *label = NULL;
  guint key = 0;
  GdkModifierType modifiers = 0;

  if (!gtk_accelerator_parse (entry->accelerator, &key, &modifiers))
    return g_strdup ("");
  if (key == GDK_KEY_space)
    label = g_strdup (C_ ("key", "Space"));
  else if (key == GDK_KEY_Delete)
    label = g_strdup (C_ ("key", "Del"));
  else
    {
      g_autofree char *name = gtk_accelerator_get_label (key, modifiers);

      label = g_strdelimit (g_steal_pointer (&name), "+", ' ');
    }
  if (entry->kind == GS_ACTION_KEY_HELD)
    /* Translators: a key that is held down, %s is its name. */
    return g_strdup_printf (_ ("hold %s"), label);
  return g_steal_pointer (&label);
}

char *
gs_action_tooltip (const char *name)
{
  const GsActionEntry *entry = gs_action_find (name);
  g_autofree char *key = NULL;

  g_return_val_if_fail (entry != NULL, NULL);
  key = gs_action_key_text (entry);
  /* Translators: an action and its key. */
  return g_strdup_printf (_ ("%s (%s)"), gs_action_label (entry), key);
}

const char *
gs_action_group_title (GsActionGroup group)
{
  switch (group)
    {
    case GS_ACTION_GROUP_CASE:
      return _ ("The open case");
    case GS_ACTION_GROUP_SCREEN:
      return _ ("The screen");
    case GS_ACTION_N_GROUPS:
    default:
      return "";
    }
}
