/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-question.h"

#include <glib/gi18n.h>

#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-sheet-button.h"
#include "gs-stamp-preview.h"

struct _GsStampQuestion
{
  GtkBox parent_instance;

  GsStampQuestionFunc func;
  gpointer user_data;
  GtkWidget *previews[4];
  GtkWidget *answers_box;
  GtkWidget *places_box;
};

G_DEFINE_FINAL_TYPE (GsStampQuestion, gs_stamp_question, GTK_TYPE_BOX)

static void
gs_stamp_question_class_init (GsStampQuestionClass *klass)
{
}

static void
gs_stamp_question_init (GsStampQuestion *self)
{
}

void
gs_stamp_question_set_bitmap (GsStampQuestion *self, GsStampBitmap *bitmap)
{
  static const guint with_stamp[] = { 0, 1, 3 }; /* all but absent */

  g_return_if_fail (GS_IS_STAMP_QUESTION (self));
  for (guint i = 0; i < G_N_ELEMENTS (with_stamp); i++)
    gs_stamp_preview_set_bitmap (
      GS_STAMP_PREVIEW (self->previews[with_stamp[i]]), gs_stamp_bitmap_get_rows (bitmap),
      gs_stamp_bitmap_get_width (bitmap), gs_stamp_bitmap_get_height (bitmap),
      gs_stamp_bitmap_get_dpi (bitmap));
}

void
gs_stamp_question_ask_place (GsStampQuestion *self, gboolean ask)
{
  g_return_if_fail (GS_IS_STAMP_QUESTION (self));
  gtk_widget_set_visible (self->answers_box, !ask);
  gtk_widget_set_visible (self->places_box, ask);
}

gboolean
gs_stamp_question_asks_place (GsStampQuestion *self)
{
  g_return_val_if_fail (GS_IS_STAMP_QUESTION (self), FALSE);
  return gtk_widget_get_visible (self->places_box);
}

static void
on_answer_clicked (GtkWidget *button, GsStampQuestion *self)
{
  self->func (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "number")), self->user_data);
}

static GtkWidget *
make_answer (GsStampQuestion *self, int number, const char *title, const char *text)
{
  g_autofree char *key = g_strdup_printf ("%d", number);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *preview = gs_stamp_preview_new ();
  GtkWidget *label = gs_label_new (title, "gs-strong");
  GtkWidget *more = gs_label_new (text, "gs-second gs-text2");

  gs_stamp_preview_set_ruler (GS_STAMP_PREVIEW (preview), FALSE);
  gs_stamp_preview_set_look (GS_STAMP_PREVIEW (preview), number == 2   ? GS_STAMP_LOOK_CUT
                                                         : number == 4 ? GS_STAMP_LOOK_ASTRAY
                                                                       : GS_STAMP_LOOK_WHOLE);
  gtk_widget_set_size_request (preview, 110, 88);
  gtk_widget_set_valign (preview, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), preview);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), gs_key_cap_new (key));
  gtk_box_append (GTK_BOX (words), head);
  gtk_label_set_wrap (GTK_LABEL (more), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (more), 26);
  gtk_box_append (GTK_BOX (words), more);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "gs-button");
  gtk_widget_add_css_class (button, "gs-answer");
  gtk_widget_set_focusable (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  g_object_set_data (G_OBJECT (button), "number", GINT_TO_POINTER (number));
  g_signal_connect (button, "clicked", G_CALLBACK (on_answer_clicked), self);
  self->previews[number - 1] = preview;
  return button;
}

static GtkWidget *
make_places (GsStampQuestion *self)
{
  static const char *const places[] = { N_ ("Another page, still valid"), N_ ("Over another stamp"),
                                        N_ ("In another person’s passport"),
                                        N_ ("On a loose sheet") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_box_append (GTK_BOX (box), gs_label_new (_ ("Where is it?"), "gs-title"));
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *key = g_strdup_printf ("%d", i + 1);
      GtkWidget *button = gs_sheet_button_new (_ (places[i]), key, FALSE, NULL);

      g_object_set_data (G_OBJECT (button), "number", GINT_TO_POINTER (i + 1));
      g_signal_connect (button, "clicked", G_CALLBACK (on_answer_clicked), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_set_visible (box, FALSE);
  return box;
}

GtkWidget *
gs_stamp_question_new (GsStampQuestionFunc func, gpointer user_data)
{
  GsStampQuestion *self = g_object_new (GS_TYPE_STAMP_QUESTION, "orientation",
                                        GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);
  GtkWidget *box = GTK_WIDGET (self);
  GtkWidget *grid = gtk_grid_new ();

  self->func = func;
  self->user_data = user_data;
  self->answers_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->answers_box),
                  gs_label_new (_ ("What is on the page?"), "gs-title"));
  gtk_box_append (GTK_BOX (self->answers_box),
                  gs_label_new (_ ("Press the key for what you see."), "gs-body gs-text2"));
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_attach (GTK_GRID (grid),
                   make_answer (self, 1, _ ("Complete"), _ ("All edges and the date are there.")),
                   0, 0, 1, 1);
  gtk_grid_attach (
    GTK_GRID (grid),
    make_answer (self, 2, _ ("Incomplete"), _ ("Cut, faint or smeared. Void, second officer.")), 1,
    0, 1, 1);
  gtk_grid_attach (
    GTK_GRID (grid),
    make_answer (self, 3, _ ("Absent"), _ ("No ink. The printer’s counter is asked first.")), 0, 1,
    1, 1);
  gtk_grid_attach (GTK_GRID (grid),
                   make_answer (self, 4, _ ("In the wrong place"),
                                _ ("Other page, over another stamp, other passport.")),
                   1, 1, 1, 1);
  gtk_box_append (GTK_BOX (self->answers_box), grid);
  gtk_box_append (GTK_BOX (box), self->answers_box);
  self->places_box = make_places (self);
  gtk_box_append (GTK_BOX (box), self->places_box);
  return box;
}
