/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sheet-button.h"

#include "gs-key-cap.h"
#include "gs-label.h"

GtkWidget *
gs_sheet_button_new (const char *text, const char *key, gboolean filled, GtkWidget **label)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gs_label_new (text, "gs-strong");

  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), title);
  if (key != NULL)
    gtk_box_append (GTK_BOX (line), gs_key_cap_new (key));
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "gs-button");
  if (filled)
    gtk_widget_add_css_class (button, "filled");
  /* Enter and Space belong to the sheet, whatever was touched last. */
  gtk_widget_set_focusable (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (label != NULL)
    *label = title;
  return button;
}
