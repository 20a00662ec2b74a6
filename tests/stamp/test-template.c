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
  g_test_add_func ("/stamp/template/depth", test_depth);
  return g_test_run ();
}
