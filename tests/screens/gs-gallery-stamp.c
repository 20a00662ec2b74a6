/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-label.h"
#include "gs-print-progress.h"
#include "gs-stamp-preview.h"
#include "gs-status-item.h"

#include <adwaita.h>
#include <string.h>

#define WIDTH 1062
#define HEIGHT 826
#define DPI 600

/* A frame and the word SPECIMEN: enough to see that the preview shows every bit where it is. */
static GBytes *
specimen (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  gsize row_bytes = (WIDTH + 7) / 8;
  guint8 *bits = g_malloc0 (row_bytes * HEIGHT);
  const guint8 *data;
  gsize stride;

  cairo_set_line_width (cr, 14);
  cairo_rectangle (cr, 7, 7, WIDTH - 14, HEIGHT - 14);
  cairo_stroke (cr);
  cairo_select_font_face (cr, "Inter", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cr, 130);
  cairo_move_to (cr, 180, 330);
  cairo_show_text (cr, "SPECIMEN");
  cairo_set_font_size (cr, 90);
  cairo_move_to (cr, 180, 500);
  cairo_show_text (cr, "23 NOV 2026");
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      if (data[y * stride + x] > 127)
        bits[y * row_bytes + x / 8] |= (guint8) (0x80 >> (x % 8));
  cairo_surface_destroy (surface);
  return g_bytes_new_take (bits, row_bytes * HEIGHT);
}

static GtkWidget *
progress (GsPrintStepState third, GsPrintStepState fourth)
{
  GtkWidget *widget = gs_print_progress_new ();
  GsPrintProgress *steps = GS_PRINT_PROGRESS (widget);

  gs_print_progress_set_step (steps, GS_PRINT_STEP_CLAIM, GS_PRINT_STEP_DONE, "14:25:34");
  gs_print_progress_set_step (steps, GS_PRINT_STEP_JOURNAL, GS_PRINT_STEP_DONE, "14:25:34");
  gs_print_progress_set_step (steps, GS_PRINT_STEP_SEND, third, "62 %");
  gs_print_progress_set_step (steps, GS_PRINT_STEP_PRINT, fourth, NULL);
  return widget;
}

GtkWidget *
gs_gallery_stamp (void)
{
  g_autoptr (GBytes) bits = specimen ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  GtkWidget *status = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *large = gs_stamp_preview_new ();
  GtkWidget *small = gs_stamp_preview_new ();
  GtkWidget *item;
  static const struct
  {
    GsSign sign;
    const char *icon;
    const char *word;
    const char *tail;
  } states[] = {
    { GS_SIGN_LIVE, NULL, "Live", NULL },
    { GS_SIGN_NONE, "gs-no-link-symbolic", "No link 0:14", NULL },
    { GS_SIGN_SUCCESSFUL, NULL, "Printer ready", "ink 72 %" },
    { GS_SIGN_WARNING, NULL, "Ink low", "8 %" },
    { GS_SIGN_GATE_FAULT, NULL, "Printer jam", NULL },
    { GS_SIGN_NOT_SUPPORTED, NULL, "No camera", NULL },
  };

  gtk_widget_add_css_class (page, "gs-panel");
  gtk_widget_add_css_class (page, "gs-padded");
  gtk_widget_set_size_request (large, 620, -1);
  gtk_widget_set_valign (large, GTK_ALIGN_START);
  gtk_widget_set_halign (small, GTK_ALIGN_START);
  gs_stamp_preview_set_bitmap (GS_STAMP_PREVIEW (large), bits, WIDTH, HEIGHT, DPI);
  gs_stamp_preview_set_ruler (GS_STAMP_PREVIEW (small), FALSE);
  gs_stamp_preview_set_bitmap (GS_STAMP_PREVIEW (small), bits, WIDTH, HEIGHT, DPI);
  gtk_box_append (GTK_BOX (page), large);
  gtk_box_append (GTK_BOX (right), progress (GS_PRINT_STEP_RUNNING, GS_PRINT_STEP_WAITING));
  gtk_box_append (GTK_BOX (right), progress (GS_PRINT_STEP_DONE, GS_PRINT_STEP_UNSURE));
  gtk_box_append (GTK_BOX (right), progress (GS_PRINT_STEP_FAILED, GS_PRINT_STEP_WAITING));
  gtk_box_append (GTK_BOX (right), small);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      item = gs_status_item_new ();
      gs_status_item_update (GS_STATUS_ITEM (item), states[i].sign, states[i].icon, states[i].word,
                             states[i].tail, NULL);
      gtk_box_append (GTK_BOX (status), item);
    }
  gtk_box_append (GTK_BOX (right), status);
  gtk_box_append (GTK_BOX (page), right);
  return page;
}
