/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-look.h"

#include <adwaita.h>

#define PLAIN_DPI (96 * 1024)

static void
follow_color_scheme (GsPreferences *preferences)
{
  const char *name = gs_preferences_get_color_scheme (preferences);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (name, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                      : g_str_equal (name, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                   : ADW_COLOR_SCHEME_DEFAULT);
}

/* The desktop's own resolution is known only until this program sets one, so it is taken down when
 * the program begins; a desktop that changes it later is followed from the next start on. */
static void
follow_text_scale (GsPreferences *preferences, GParamSpec *pspec, gpointer data)
{
  int desktop_dpi = GPOINTER_TO_INT (data);
  int wanted = (int) (desktop_dpi * gs_preferences_get_text_scale (preferences));
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  if ((dpi > 0 ? dpi : PLAIN_DPI) != wanted)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", wanted, NULL);
}

void
gs_look_follow (GsPreferences *preferences)
{
  int desktop_dpi = 0;

  g_return_if_fail (GS_IS_PREFERENCES (preferences));
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &desktop_dpi, NULL);
  if (desktop_dpi <= 0)
    desktop_dpi = PLAIN_DPI;
  g_signal_connect (preferences, "notify::color-scheme", G_CALLBACK (follow_color_scheme), NULL);
  g_signal_connect (preferences, "notify::text-scale", G_CALLBACK (follow_text_scale),
                    GINT_TO_POINTER (desktop_dpi));
  follow_color_scheme (preferences);
  follow_text_scale (preferences, NULL, GINT_TO_POINTER (desktop_dpi));
}
