/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-template.h"

#include <string.h>

#define HEAD "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"45mm\" viewBox=\"0 0 400 100\">"

static GsStampTemplate *
make_template (const char *body)
{
  g_autofree char *svg = g_strconcat (HEAD, body, "</svg>", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (svg, strlen (svg));
  g_autoptr (GError) error = NULL;
  GsStampTemplate *template = gs_stamp_template_new (bytes, &error);

  g_assert_no_error (error);
  return template;
}

static char *
fill (const char *body, const char *port, const char *serial)
{
  g_autoptr (GsStampTemplate) template = make_template (body);
  g_autoptr (GsStampFields) fields = gs_stamp_fields_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) filled = NULL;

  fields->direction = GS_DIRECTION_ARRIVAL;
  fields->transport = GS_STAMP_TRANSPORT_SEA;
  fields->year = 2026;
  fields->month = 1;
  fields->day = 2;
  gs_stamp_fields_set_port (fields, port, NULL);
  gs_stamp_fields_set_serial (fields, serial);
  filled = gs_stamp_template_fill (template, fields, &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (filled, NULL), g_bytes_get_size (filled));
}

static void
test_escaped (void)
{
  static const char evil[] = "</text><script>&lt;\"'&#10;]]>";
  g_autofree char *svg =
    fill ("<text id=\"port\" y=\"9\">old <tspan>text</tspan></text>", evil, "1");

  g_assert_nonnull (strstr (svg, "&lt;/text&gt;&lt;script&gt;&amp;lt;&quot;"));
  g_assert_null (strstr (svg, "<script"));
  g_assert_null (strstr (svg, "old"));
  g_assert_null (strstr (svg, "tspan"));
}

static void
test_attributes_escaped (void)
{
  g_autofree char *svg = fill ("<text id=\"serial\" font-family=\"&quot;&gt;&lt;g&gt;\">x</text>"
                               "<g id=\"transport-air\"/><g id=\"transport-sea\"/>",
                               "P", "7");

  g_assert_null (strstr (svg, "><g>"));
  g_assert_nonnull (strstr (svg, "id=\"transport-air\" display=\"none\""));
  g_assert_null (strstr (svg, "id=\"transport-sea\" display"));
}

static void
test_prefix (void)
{
  g_autofree char *svg = fill ("<text id=\"serial\" data-prefix=\"No \">x</text>", "P", "7");

  g_assert_nonnull (strstr (svg, ">No 7</text>"));
  g_assert_null (strstr (svg, "data-prefix"));
}

static void
test_two_lines (void)
{
  static const char body[] =
    "<g id=\"port-single\"><text id=\"port\" y=\"50\" font-family=\"Inter\" font-size=\"40\" "
    "data-max-width=\"200\">x</text></g><g id=\"port-double\"><text id=\"port-1\" y=\"40\" "
    "font-family=\"Inter\" font-size=\"30\" data-max-width=\"200\">x</text><text id=\"port-2\" "
    "y=\"80\" font-family=\"Inter\" font-size=\"30\" data-max-width=\"200\">x</text></g>";
  g_autofree char *short_name = fill (body, "ANYDER", "1");
  g_autofree char *long_name = fill (body, "OLD ANYDER WEST", "1");

  g_assert_nonnull (strstr (short_name, ">ANYDER</text>"));
  g_assert_nonnull (strstr (short_name, "id=\"port-double\" display=\"none\""));
  g_assert_nonnull (strstr (long_name, ">OLD ANYDER</text>"));
  g_assert_nonnull (strstr (long_name, ">WEST</text>"));
  g_assert_nonnull (strstr (long_name, "id=\"port-single\" display=\"none\""));
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "",
    "<svg/>",
    "text",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><style>a{}</style></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><svg/></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"1 0 9 9\"/>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 nan 9\"/>",
    HEAD "<g id=\"a\"/><g id=\"a\"/></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><use href=\"#a\"/></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g style=\"fill:red\"/></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (gs_stamp_template_new (bytes, &error));
      g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK);
    }
}

/* What would fetch, run, hide or multiply something; each within an SVG that is good without it. */
static void
test_subset (void)
{
  static const struct
  {
    const char *body;
    gboolean good;
  } rows[] = {
    { "<path d=\"M0 0 L1600 -1600\" fill=\"#000\"/>", TRUE },
    { "<path d=\"M0 0 L1601 0\"/>", FALSE },
    { "<path d=\"M0 0 L1e999 0\"/>", FALSE },
    { "<path d=\"M0 0 L-inf 0\"/>", FALSE },
    { "<text font-size=\"99999\">x</text>", FALSE },
    { "<g transform=\"translate(4 4) scale(2)\"/>", TRUE },
    { "<g transform=\"scale(17)\"/>", FALSE },
    { "<g transform=\"scale(2) scale(2)\"/>", FALSE },
    { "<g transform=\"scale(2)\"><g transform=\"scale(2)\"/></g>", FALSE },
    { "<g transform=\"scale(2)\"/><g transform=\"scale(2)\"/>", TRUE },
    { "<g transform=\"matrix(1 0 0 1 0 0)\"/>", FALSE },
    { "<path stroke-dasharray=\"4 2\" d=\"M0 0 L9 9\"/>", TRUE },
    { "<path stroke-dasharray=\"0.001\" d=\"M0 0 L9 9\"/>", FALSE },
    { "<g stroke-dasharray=\"4 2\"/>", FALSE },
    { "<clipPath id=\"c\"><rect width=\"9\" height=\"9\"/></clipPath><g clip-path=\"url(#c)\"/>",
      TRUE },
    { "<clipPath id=\"c\"><rect clip-path=\"url(#c)\" width=\"9\"/></clipPath>", FALSE },
    { "<clipPath id=\"c\" clip-path=\"url(#c)\"/>", FALSE },
    { "<g clip-path=\"url(#c) url(http://uto.example/)\"/>", FALSE },
    { "<g clip-path=\"url(http://uto.example/#c)\"/>", FALSE },
    { "<g fill=\"url(#c)\"/>", FALSE },
    { "<g fill=\"URL(http://uto.example/)\"/>", FALSE },
    { "<g fill=\"\\75rl(http://uto.example/)\"/>", FALSE },
    { "<g fill=\"var(--x)\"/>", FALSE },
    { "<g xmlns=\"http://www.w3.org/1999/xhtml\"/>", FALSE },
    { "<g xmlns:xlink=\"http://www.w3.org/1999/xlink\"/>", FALSE },
    { "<g xlink:href=\"#a\"/>", FALSE },
    { "<g onclick=\"x\"/>", FALSE },
    { "<g id=\"a b\"/>", FALSE },
    { "<a/>", FALSE },
    { "<image/>", FALSE },
    { "<script/>", FALSE },
    { "<style/>", FALSE },
    { "<pattern/>", FALSE },
    { "<filter/>", FALSE },
    { "<mask/>", FALSE },
    { "<animate/>", FALSE },
    { "<foreignObject/>", FALSE },
    { "<font-face/>", FALSE },
    { "<textPath/>", FALSE },
    { "<![CDATA[<script/>]]>", FALSE },
    { "<?xml-stylesheet href=\"a.css\"?>", FALSE },
    { "&unknown;", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *svg = g_strconcat (HEAD, rows[i].body, "</svg>", NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (svg, strlen (svg));
      g_autoptr (GError) error = NULL;
      g_autoptr (GsStampTemplate) template = gs_stamp_template_new (bytes, &error);

      g_test_message ("%s", rows[i].body);
      g_assert_cmpint (template != NULL, ==, rows[i].good);
      if (template == NULL)
        g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK);
    }
}

/* Many small things are one large one. */
static void
test_counts (void)
{
  static const struct
  {
    const char *one;
    guint most;
  } rows[] = { { "<g/>", 3999 },
               { "<path stroke-dasharray=\"4\" d=\"M0 0\"/>", 16 },
               { "<g clip-path=\"url(#c)\"/>", 16 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint more = 0; more <= 1; more++)
      {
        g_autoptr (GString) svg = g_string_new (HEAD);
        g_autoptr (GsStampTemplate) template = NULL;
        g_autoptr (GBytes) bytes = NULL;

        for (guint n = 0; n < rows[i].most + more; n++)
          g_string_append (svg, rows[i].one);
        g_string_append (svg, "</svg>");
        bytes = g_bytes_new (svg->str, svg->len);
        template = gs_stamp_template_new (bytes, NULL);
        g_assert_cmpint (template == NULL, ==, more == 1);
      }
}

/* The markup is UTF-8 whatever its declaration says: librsvg never sees the declaration. */
static void
test_encoding (void)
{
  static const char text[] = "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" HEAD
                             "<text id=\"port\">+ADw-script/+AD4-</text></svg>";
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampTemplate) template = gs_stamp_template_new (bytes, &error);

  g_assert_no_error (error);
  g_assert_true (gs_stamp_template_has_place (template, "port"));
}

static void
test_fonts (void)
{
  g_autoptr (GsStampTemplate) one =
    make_template ("<text font-family=\"Inter\">a</text><text font-family=\"Inter\">b</text>");
  g_autoptr (GsStampTemplate) two =
    make_template ("<text font-family=\"Inter\">a</text><text font-family=\"Other\">b</text>");
  g_autoptr (GsStampTemplate) none = make_template ("<text>a</text>");

  g_assert_true (gs_stamp_template_uses_font (one, "Inter"));
  g_assert_false (gs_stamp_template_uses_font (one, "Other"));
  g_assert_false (gs_stamp_template_uses_font (two, "Inter"));
  g_assert_false (gs_stamp_template_uses_font (none, "Inter"));
}

static void
test_depth (void)
{
  g_autoptr (GString) svg = g_string_new (HEAD);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (int i = 0; i < 10000; i++)
    g_string_append (svg, "<g>");
  bytes = g_bytes_new (svg->str, svg->len);
  g_assert_null (gs_stamp_template_new (bytes, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/template/escaped", test_escaped);
  g_test_add_func ("/stamp/template/attributes-escaped", test_attributes_escaped);
  g_test_add_func ("/stamp/template/prefix", test_prefix);
  g_test_add_func ("/stamp/template/two-lines", test_two_lines);
  g_test_add_func ("/stamp/template/refused", test_refused);
  g_test_add_func ("/stamp/template/subset", test_subset);
  g_test_add_func ("/stamp/template/counts", test_counts);
  g_test_add_func ("/stamp/template/encoding", test_encoding);
  g_test_add_func ("/stamp/template/fonts", test_fonts);
  g_test_add_func ("/stamp/template/depth", test_depth);
  return g_test_run ();
}
