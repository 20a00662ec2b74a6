/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-outcome-button.h"
#include "gs-sign-view.h"

#include <adwaita.h>

static const char *const icons[] = { "administration",
                                     "arrow-right",
                                     "arrow-up",
                                     "bell",
                                     "camera",
                                     "car",
                                     "chevron-down",
                                     "chevron-right",
                                     "clock",
                                     "cross",
                                     "desk",
                                     "export",
                                     "eye",
                                     "eye-off",
                                     "face",
                                     "family",
                                     "hand-over",
                                     "history",
                                     "keyboard",
                                     "link",
                                     "list",
                                     "lock",
                                     "no-link",
                                     "officer",
                                     "passport",
                                     "phone",
                                     "plane",
                                     "printer",
                                     "reader",
                                     "say",
                                     "scan",
                                     "search",
                                     "shield",
                                     "ship",
                                     "slip",
                                     "sound",
                                     "sound-off",
                                     "stamp",
                                     "statistics",
                                     "tick",
                                     "train",
                                     "undo",
                                     "walk" };

static GtkWidget *
flow (void)
{
  return g_object_new (GTK_TYPE_FLOW_BOX, "max-children-per-line", 9, "min-children-per-line", 9,
                       "selection-mode", GTK_SELECTION_NONE, "column-spacing", 8, "row-spacing", 6,
                       NULL);
}

GtkWidget *
gs_gallery_signs (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *signs = flow ();
  GtkWidget *symbols = flow ();
  GtkWidget *keys = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  static const char *const reasons[] = { "no link", "two officers", "not yet admitted", NULL };
  GtkWidget *button;

  for (guint i = GS_SIGN_SUCCESSFUL; i < GS_SIGN_COUNT; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *word = gs_label_new (gs_sign_get_word (i), "gs-second gs-strong");

      gtk_widget_add_css_class (word, gs_style_color_class (gs_sign_get_color (i)));
      gtk_box_append (GTK_BOX (row), gs_sign_view_new (i, 16));
      gtk_box_append (GTK_BOX (row), gs_sign_view_new (i, 30));
      gtk_box_append (GTK_BOX (row), word);
      gtk_flow_box_append (GTK_FLOW_BOX (signs), row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      g_autofree char *name = g_strdup_printf ("gs-%s-symbolic", icons[i]);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *image = gtk_image_new_from_icon_name (name);
      GtkWidget *large = gtk_image_new_from_icon_name (name);

      gtk_image_set_pixel_size (GTK_IMAGE (image), 20);
      gtk_image_set_pixel_size (GTK_IMAGE (large), 40);
      gtk_box_append (GTK_BOX (row), image);
      gtk_box_append (GTK_BOX (row), large);
      gtk_box_append (GTK_BOX (row), gs_label_new (icons[i], "gs-caption"));
      gtk_flow_box_append (GTK_FLOW_BOX (symbols), row);
    }
  button = gs_outcome_button_new ("Verify again", "blind, at this desk", "F5");
  gs_outcome_button_set_filled (GS_OUTCOME_BUTTON (button), TRUE);
  gtk_box_append (GTK_BOX (keys), button);
  button = gs_outcome_button_new ("Admit", NULL, "F7");
  gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (button), reasons);
  gtk_box_append (GTK_BOX (keys), button);
  gtk_box_append (GTK_BOX (keys), gs_outcome_button_new ("Second line", "with a note", "F8"));
  gtk_box_append (GTK_BOX (keys), gs_key_cap_new ("Ctrl N"));
  gtk_box_append (GTK_BOX (keys), gs_key_cap_new ("Space"));
  gtk_box_append (GTK_BOX (keys), gs_label_new ("document L898902C3 0O1Il", "gs-code gs-strong"));
  gtk_widget_add_css_class (box, "gs-panel");
  gtk_widget_set_margin_start (box, 16);
  gtk_widget_set_margin_end (box, 16);
  gtk_widget_set_margin_top (box, 16);
  gtk_widget_set_margin_bottom (box, 16);
  gtk_box_append (GTK_BOX (box), signs);
  gtk_box_append (GTK_BOX (box), symbols);
  gtk_box_append (GTK_BOX (box), keys);
  return box;
}
