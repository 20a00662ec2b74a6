/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Renders one page of the widget gallery to a PNG. Usage:
 *   gs-gallery --page NAME [--dark] [--scale 2] [--size WxH] OUT.png
 * High contrast: ADW_DEBUG_HIGH_CONTRAST=1. Language: LANGUAGE=ja. */
#include "gs-gallery.h"

#include "gs-build-config.h"
#include "gs-ui.h"
#include "gs-verify-sheet.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* Frames to wait for: styles and sizes have settled after the third. */
#define SETTLED_FRAMES 4

static const struct
{
  const char *name;
  GtkWidget *(*build) (void);
} pages[] = {
  { "signs", gs_gallery_signs },
  { "desk", gs_gallery_desk },
  { "card", gs_gallery_card },
  { "stamp", gs_gallery_stamp },
  { "window", gs_gallery_window },
  { "window-dead", gs_gallery_window_dead },
  { "keys", gs_gallery_keys },
  { "preferences", gs_gallery_preferences },
  { "trust", gs_gallery_trust },
  { "trust-import", gs_gallery_trust_import },
  { "packs", gs_gallery_packs },
  { "printers", gs_gallery_printers },
  { "printer-enrol", gs_gallery_printer_enrol },
  { "seal", gs_gallery_seal },
  { "verify-judge", gs_gallery_verify_judge },
  { "verify-second", gs_gallery_verify_second },
  { "verify-compare", gs_gallery_verify_compare },
};

static char *page_name;
static char *size_text;
static double text_scale = 1;
static gboolean dark;
static char *out_path;
static int result = EXIT_FAILURE;

static gboolean
save (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  double w = gtk_widget_get_width (window);
  double h = gtk_widget_get_height (window);

  gdk_paintable_snapshot (paintable, snapshot, w, h);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) w, (float) h));
  return gdk_texture_save_to_png (texture, out_path);
}

static gboolean
on_tick (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  if (++*frames < SETTLED_FRAMES)
    {
      gtk_widget_queue_draw (window);
      return G_SOURCE_CONTINUE;
    }
  result = save (window) ? EXIT_SUCCESS : EXIT_FAILURE;
  g_application_quit (g_application_get_default ());
  return G_SOURCE_REMOVE;
}

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window;
  GtkWidget *page = NULL;
  int w = 1280;
  int h = 800;

  if (size_text != NULL && sscanf (size_text, "%dx%d", &w, &h) != 2)
    g_error ("--size wants WIDTHxHEIGHT");
  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  else
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * text_scale),
                "gtk-enable-animations", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, page_name) == 0)
      page = pages[i].build ();
  if (page == NULL)
    g_error ("there is no page “%s”", page_name);

  if (GS_IS_VERIFY_SHEET (page))
    gs_verify_sheet_set_room (GS_VERIFY_SHEET (page), w, h);
  if (GTK_IS_WINDOW (page))
    {
      window = page;
      gtk_window_set_application (GTK_WINDOW (window), application);
    }
  else
    {
      window = gtk_application_window_new (application);
      gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
      gtk_widget_set_margin_start (page, 16);
      gtk_widget_set_margin_end (page, 16);
      gtk_widget_set_margin_top (page, 16);
      gtk_widget_set_margin_bottom (page, 16);
      gtk_window_set_child (GTK_WINDOW (window), page);
    }
  gtk_window_set_default_size (GTK_WINDOW (window), w, h);
  gtk_widget_set_size_request (window, w, h);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_add_tick_callback (window, on_tick, g_new0 (guint, 1), g_free);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("OUT.png");
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  const char *locale_dir = g_getenv ("GATESIDE_TEST_LOCALEDIR");
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_STRING, &page_name, "Page", "NAME" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size_text, "Size of the window", "WxH" },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &text_scale, "Text scale", "N" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark theme", NULL },
    { NULL }
  };

  setlocale (LC_ALL, "");
  bindtextdomain (GS_GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : GS_LOCALEDIR);
  bind_textdomain_codeset (GS_GETTEXT_PACKAGE, "UTF-8");
  textdomain (GS_GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "one file name is wanted");
      return 64;
    }
  out_path = argv[1];
  gs_ui_init ();
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", GS_APPLICATION_ID, "flags",
                              G_APPLICATION_NON_UNIQUE, NULL);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  g_application_run (G_APPLICATION (application), 0, NULL);
  return result;
}
