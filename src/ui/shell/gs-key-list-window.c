/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-key-list-window.h"

#include "gs-action-table.h"
#include "gs-key-cap.h"
#include "gs-label.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static GtkWidget *
new_row (const GsActionEntry *entry)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *label = gs_label_new (gs_action_label (entry), "gs-body");
  g_autofree char *key = gs_action_key_text (entry);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_widget_add_css_class (row, "gs-key-row");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), gs_key_cap_new (key));
  return row;
}

static GtkWidget *
new_group (GsActionGroup group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gsize n;
  const GsActionEntry *table = gs_action_table (&n);

  gtk_box_append (GTK_BOX (box), gs_label_new (gs_action_group_title (group), "gs-heading"));
  for (gsize i = 0; i < n; i++)
    if (table[i].group == group)
      gtk_box_append (GTK_BOX (box), new_row (&table[i]));
  return box;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

GtkWindow *
gs_key_list_window_new (GtkWindow *parent)
{
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "modal", TRUE, "transient-for", parent,
                                    "title", _ ("List of keys"), "default-width", 860, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 48);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (window, "gs-sheet");
  gtk_widget_add_css_class (columns, "gs-sheet-body");
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (GTK_BOX (columns), new_group (GS_ACTION_GROUP_CASE));
  gtk_box_append (GTK_BOX (right), new_group (GS_ACTION_GROUP_SCREEN));
  gtk_box_append (GTK_BOX (columns), right);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), columns);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 680);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  return GTK_WINDOW (window);
}
