/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Computes the table of contrasts (WCAG 2.2, 1.4.3) from the style sheets themselves. */
#include <gio/gio.h>
#include <math.h>

#define LEAST 4.5
#define LEAST_EDGE 3.0

static const char *const inks[] = { "text", "text2", "dim", "accent", "ok",
                                    "bad",  "warn",  "na",  "p3" };
static const char *const grounds[] = { "window",   "surface",   "inset",   "accent_tint", "ok_tint",
                                       "bad_tint", "warn_tint", "na_tint", "p3_tint" };
static const char *const fills[][2] = {
  { "on_accent", "accent_fill" }, { "on_bad", "bad_fill" },
  { "on_warn", "warn_fill" },     { "ink", "page" },
  { "page_caption", "page" },
};

static void
read_sheet (GHashTable *colors, const char *name)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "resources", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex =
    g_regex_new ("@define-color gs_([a-z0-9_]+) (#[0-9A-Fa-f]{6});", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    g_hash_table_insert (colors, g_match_info_fetch (match, 1), g_match_info_fetch (match, 2));
}

static double
channel (guint64 value)
{
  double c = (double) value / 255;

  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
luminance (const char *hex)
{
  guint64 rgb = g_ascii_strtoull (hex + 1, NULL, 16);

  return 0.2126 * channel (rgb >> 16) + 0.7152 * channel ((rgb >> 8) & 0xff)
         + 0.0722 * channel (rgb & 0xff);
}

static double
contrast (GHashTable *colors, const char *ink, const char *ground)
{
  const char *a = g_hash_table_lookup (colors, ink);
  const char *b = g_hash_table_lookup (colors, ground);
  double la;
  double lb;

  g_assert_nonnull (a);
  g_assert_nonnull (b);
  la = luminance (a);
  lb = luminance (b);
  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

static void
check (GHashTable *colors, const char *ink, const char *ground, double least, double *lowest)
{
  double value = contrast (colors, ink, ground);

  if (value < least)
    {
      g_test_message ("%s on %s: %.2f, less than %.1f", ink, ground, value, least);
      g_test_fail ();
    }
  *lowest = MIN (*lowest, value);
}

static void
test_theme (gconstpointer data)
{
  g_auto (GStrv) sheets = g_strsplit (data, " ", -1);
  g_autoptr (GHashTable) colors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  double lowest = 21;
  double lowest_edge = 21;

  for (guint i = 0; sheets[i] != NULL; i++)
    read_sheet (colors, sheets[i]);
  for (guint i = 0; i < G_N_ELEMENTS (inks); i++)
    for (guint j = 0; j < G_N_ELEMENTS (grounds); j++)
      check (colors, inks[i], grounds[j], LEAST, &lowest);
  for (guint i = 0; i < G_N_ELEMENTS (fills); i++)
    check (colors, fills[i][0], fills[i][1], LEAST, &lowest);
  /* 1.4.11: the bounds of controls. */
  for (guint j = 0; j < 3; j++)
    check (colors, "edge", grounds[j], LEAST_EDGE, &lowest_edge);
  g_test_message ("lowest %.2f, lowest edge %.2f", lowest, lowest_edge);
}

static void
test_known_pair (void)
{
  g_autoptr (GHashTable) colors = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (colors, (char *) "black", (char *) "#000000");
  g_hash_table_insert (colors, (char *) "white", (char *) "#FFFFFF");
  g_hash_table_insert (colors, (char *) "gray", (char *) "#767676");
  g_assert_cmpfloat_with_epsilon (contrast (colors, "black", "white"), 21, 0.001);
  g_assert_cmpfloat_with_epsilon (contrast (colors, "gray", "white"), 4.54, 0.005);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/contrast/known-pair", test_known_pair);
  g_test_add_data_func ("/ui/contrast/light", "style.css", test_theme);
  g_test_add_data_func ("/ui/contrast/dark", "style.css style-dark.css", test_theme);
  g_test_add_data_func ("/ui/contrast/high-contrast", "style.css style-hc.css", test_theme);
  g_test_add_data_func ("/ui/contrast/high-contrast-dark",
                        "style.css style-dark.css style-hc.css style-hc-dark.css", test_theme);
  return g_test_run ();
}
