/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-register-report.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "gs-time.h"

/* A4 in points. */
#define MM (72 / 25.4)
#define PAGE_WIDTH (210 * MM)
#define PAGE_HEIGHT (297 * MM)
#define MARGIN (16 * MM)
#define INNER_WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define BOTTOM (PAGE_HEIGHT - MARGIN - 8 * MM)
#define FAMILIES "Inter, Noto Sans CJK JP, sans-serif"

#define INK 0x14181e
#define DIM 0x565f6c
#define BLUE 0x25306e
#define BAD 0xae1a22
#define LINE 0xd9dde3

typedef struct
{
  const GsRegisterReport *report;
  cairo_t *cr;
  double y;
  guint page;
} Paper;

typedef struct
{
  const char *title;
  double width; /* a part of the inner width */
  gboolean right;
} Column;

static void
set_rgb (cairo_t *cr, guint32 rgb)
{
  cairo_set_source_rgb (cr, ((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0,
                        (rgb & 0xff) / 255.0);
}

static PangoLayout *
make_layout (Paper *paper, const char *text, double size, PangoWeight weight, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (paper->cr);
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);
  PangoAttrList *attributes = pango_attr_list_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  pango_context_set_round_glyph_positions (pango_layout_get_context (layout), FALSE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  cairo_font_options_destroy (options);
  pango_layout_context_changed (layout);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum, zero, ss02"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

/* Its height. */
static double
put (Paper *paper,
     const char *text,
     double x,
     double width,
     double size,
     PangoWeight weight,
     guint32 rgb,
     gboolean right)
{
  PangoLayout *layout = make_layout (paper, text, size, weight, width);
  int height;

  pango_layout_set_alignment (layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_get_size (layout, NULL, &height);
  set_rgb (paper->cr, rgb);
  cairo_move_to (paper->cr, x, paper->y);
  pango_cairo_show_layout (paper->cr, layout);
  g_object_unref (layout);
  return (double) height / PANGO_SCALE;
}

static void
put_rule (Paper *paper)
{
  set_rgb (paper->cr, LINE);
  cairo_set_line_width (paper->cr, 0.6);
  cairo_move_to (paper->cr, MARGIN, paper->y);
  cairo_line_to (paper->cr, MARGIN + INNER_WIDTH, paper->y);
  cairo_stroke (paper->cr);
}

static void
end_page (Paper *paper)
{
  g_autofree char *made = gs_time_format_rfc3339 (paper->report->made_utc_ms);
  g_autofree char *foot = g_strdup_printf ("%s · %s to %s · made %s · page %u", paper->report->desk,
                                           paper->report->first_day, paper->report->last_day,
                                           made != NULL ? made : "-", paper->page);

  paper->y = PAGE_HEIGHT - MARGIN;
  put (paper, foot, MARGIN, INNER_WIDTH, 7.5, PANGO_WEIGHT_NORMAL, DIM, FALSE);
  cairo_show_page (paper->cr);
  paper->page++;
  paper->y = MARGIN;
}

static gboolean
need (Paper *paper, double height)
{
  if (paper->y + height <= BOTTOM)
    return FALSE;
  end_page (paper);
  return TRUE;
}

static void
put_head (Paper *paper, const Column *columns, guint n)
{
  double x = MARGIN, height = 0;

  for (guint i = 0; i < n; i++)
    {
      double width = columns[i].width * INNER_WIDTH;

      height = MAX (height, put (paper, columns[i].title, x, width - 4, 7.5, PANGO_WEIGHT_SEMIBOLD,
                                 DIM, columns[i].right));
      x += width;
    }
  paper->y += height + 3;
  put_rule (paper);
  paper->y += 3;
}

static void
put_row (Paper *paper, const Column *columns, guint n, const char *const *cells, guint32 rgb)
{
  double x = MARGIN, height = 0;

  if (need (paper, 30))
    put_head (paper, columns, n);
  for (guint i = 0; i < n; i++)
    {
      double width = columns[i].width * INNER_WIDTH;

      height = MAX (height, put (paper, cells[i] != NULL ? cells[i] : "", x, width - 4, 8.5,
                                 PANGO_WEIGHT_NORMAL, rgb, columns[i].right));
      x += width;
    }
  paper->y += height + 3;
}

static void
put_heading (Paper *paper, const char *text)
{
  need (paper, 60);
  paper->y += 12;
  paper->y += put (paper, text, MARGIN, INNER_WIDTH, 11, PANGO_WEIGHT_BOLD, BLUE, FALSE) + 6;
}

static char *
dup_id (const char *account)
{
  return account != NULL ? g_strndup (account, 8) : g_strdup ("");
}

static char *
dup_number (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

/* "2026-11-23 14:22" in the port's time zone. */
static char *
dup_time (const GsRegisterReport *report, gint64 utc_ms)
{
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (utc_ms == 0 || utc_ms == GS_TIME_UNKNOWN)
    return g_strdup ("");
  day = gs_time_format_day (utc_ms, report->zone);
  clock = gs_time_format_clock (utc_ms, report->zone);
  return g_strdup_printf ("%s %.5s", day != NULL ? day : "-", clock);
}

/* --- the parts -------------------------------------------------------------------------------- */

static const Column day_columns[] = {
  { "Day", 0.15, FALSE },  { "Issued", 0.08, TRUE },  { "Void", 0.07, TRUE },
  { "Test", 0.07, TRUE },  { "Unused", 0.08, TRUE },  { "Difference", 0.12, TRUE },
  { "", 0.02, FALSE },     { "Result", 0.19, FALSE }, { "Closed by", 0.11, FALSE },
  { "With", 0.11, FALSE },
};

static void
put_day (Paper *paper, const GsReconciliation *of)
{
  g_autofree char *day =
    of->number > 1 ? g_strdup_printf ("%s (%u)", of->day, of->number) : g_strdup (of->day);
  g_autofree char *issued = dup_number (of->issued);
  g_autofree char *voids = dup_number (of->void_stamps + of->void_imprints);
  g_autofree char *tests = dup_number (of->tests);
  g_autofree char *unused = dup_number (of->unused);
  g_autofree char *difference = of->counted ? dup_number (of->difference) : g_strdup ("unknown");
  g_autofree char *officer = dup_id (of->officer);
  g_autofree char *second = dup_id (of->second);
  g_autofree char *result = of->result == GS_RECONCILIATION_SIGNED
                              ? g_strdup_printf ("signed: %s", gs_sign_reason_to_word (of->reason))
                              : g_strdup (gs_reconciliation_result_to_word (of->result));
  const char *const cells[] = { day,        issued, voids,  tests,   unused,
                                difference, "",     result, officer, second };

  put_row (paper, day_columns, G_N_ELEMENTS (day_columns), cells,
           of->result == GS_RECONCILIATION_SIGNED ? BAD : INK);
}

static void
put_days (Paper *paper)
{
  const GsRegisterReport *report = paper->report;

  put_heading (paper, "Reconciliations");
  put_head (paper, day_columns, G_N_ELEMENTS (day_columns));
  for (guint i = 0; i < report->reconciliations->len; i++)
    put_day (paper, g_ptr_array_index (report->reconciliations, i));
  for (guint i = 0; i < report->missing->len; i++)
    {
      const char *const cells[] = {
        g_ptr_array_index (report->missing, i), "", "", "", "", "", "", "not reconciled", "", ""
      };

      put_row (paper, day_columns, G_N_ELEMENTS (day_columns), cells, BAD);
    }
  if (report->reconciliations->len + report->missing->len == 0)
    paper->y += put (paper, "None.", MARGIN, INNER_WIDTH, 8.5, PANGO_WEIGHT_NORMAL, INK, FALSE) + 3;
}

static const Column difference_columns[] = {
  { "Day", 0.17, FALSE },
  { "What", 0.2, FALSE },
  { "Serial, printer or day", 0.63, FALSE },
};

static void
put_differences (Paper *paper)
{
  const GsRegisterReport *report = paper->report;
  gboolean begun = FALSE;

  for (guint i = 0; i < report->reconciliations->len; i++)
    {
      const GsReconciliation *of = g_ptr_array_index (report->reconciliations, i);

      for (guint j = 0; j < of->differences->len; j++)
        {
          const GsDifference *difference = g_ptr_array_index (of->differences, j);
          g_autofree char *subject =
            difference->last != NULL
              ? g_strdup_printf ("%s to %s", difference->subject, difference->last)
              : g_strdup (difference->subject);
          const char *const cells[] = { of->day, gs_difference_kind_to_word (difference->kind),
                                        subject };

          if (!begun)
            {
              put_heading (paper, "Differences and what may explain them");
              put_head (paper, difference_columns, G_N_ELEMENTS (difference_columns));
            }
          begun = TRUE;
          put_row (paper, difference_columns, G_N_ELEMENTS (difference_columns), cells, INK);
        }
    }
}

static const Column holding_columns[] = {
  { "Stamp", 0.14, FALSE },   { "Desk", 0.12, FALSE },   { "Holder", 0.13, FALSE },
  { "From", 0.18, FALSE },    { "Out by", 0.13, FALSE }, { "Until", 0.18, FALSE },
  { "Back to", 0.12, FALSE },
};

static void
put_holdings (Paper *paper)
{
  const GsRegisterReport *report = paper->report;

  if (report->holdings->len == 0)
    return;
  put_heading (paper, "Who held which stamp");
  put_head (paper, holding_columns, G_N_ELEMENTS (holding_columns));
  for (guint i = 0; i < report->holdings->len; i++)
    {
      const GsStampHolding *holding = g_ptr_array_index (report->holdings, i);
      g_autofree char *officer = dup_id (holding->officer);
      g_autofree char *handed_by = dup_id (holding->handed_by);
      g_autofree char *received_by = holding->until_utc_ms != 0 && holding->received_by == NULL
                                       ? g_strdup ("lost")
                                       : dup_id (holding->received_by);
      g_autofree char *from = dup_time (report, holding->from_utc_ms);
      g_autofree char *until = dup_time (report, holding->until_utc_ms);
      const char *const cells[] = { holding->device, holding->desk, officer,    from,
                                    handed_by,       until,         received_by };

      put_row (paper, holding_columns, G_N_ELEMENTS (holding_columns), cells, INK);
    }
}

static void
draw (Paper *paper)
{
  const GsRegisterReport *report = paper->report;
  g_autofree char *what =
    g_strdup_printf ("%s%s%s · %s to %s · times of %s", report->port != NULL ? report->port : "",
                     report->port != NULL ? " · " : "", report->desk, report->first_day,
                     report->last_day, g_time_zone_get_identifier (report->zone));

  paper->y +=
    put (paper, "Stamp register", MARGIN, INNER_WIDTH, 19, PANGO_WEIGHT_BOLD, INK, FALSE) + 2;
  paper->y += put (paper, what, MARGIN, INNER_WIDTH, 9.5, PANGO_WEIGHT_NORMAL, DIM, FALSE) + 4;
  put_days (paper);
  put_differences (paper);
  put_holdings (paper);
  end_page (paper);
}

static cairo_status_t
append_pdf (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
gs_register_report_to_pdf (const GsRegisterReport *report, GError **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  g_autofree char *created = gs_time_format_rfc3339 (report->made_utc_ms);
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (append_pdf, pdf, PAGE_WIDTH, PAGE_HEIGHT);
  Paper paper = { .report = report, .y = MARGIN, .page = 1 };
  cairo_status_t status;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, "Stamp register");
  if (created != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  paper.cr = cairo_create (surface);
  draw (&paper);
  status = cairo_status (paper.cr);
  cairo_destroy (paper.cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SLIP, "The report cannot be drawn: %s",
               cairo_status_to_string (status));
  return NULL;
}
