/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include <math.h>

#define WIDTH 400
#define HEIGHT 500

static void
ellipse (cairo_t *cr, double x, double y, double rx, double ry)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, rx, ry);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
}

GdkPaintable *
gs_gallery_face (guint seed)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  double shade = 0.86 - 0.08 * (seed % 3);

  cairo_set_source_rgb (cr, shade - 0.04, shade, shade + 0.02);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.25, 0.32, 0.43);
  ellipse (cr, 200, 560, 210, 170);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.35, 0.24, 0.17);
  ellipse (cr, 200, 210, 132, 160);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.87, 0.7, 0.58);
  cairo_rectangle (cr, 160, 310, 80, 120);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.93, 0.77, 0.65);
  ellipse (cr, 200, 245, 100, 128);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.15, 0.2, 0.25);
  ellipse (cr, 160, 235, 10, 10);
  cairo_fill (cr);
  ellipse (cr, 240, 235, 10, 10);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.7, 0.38, 0.36);
  ellipse (cr, 200, 315, 32, 8);
  cairo_fill (cr);
  cairo_destroy (cr);
  pixbuf = gdk_pixbuf_get_from_surface (surface, 0, 0, WIDTH, HEIGHT);
  cairo_surface_destroy (surface);
  return GDK_PAINTABLE (gdk_texture_new_for_pixbuf (pixbuf));
}
