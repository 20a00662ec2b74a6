/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-slip.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "gs-slip-words.h"
#include "gs-time.h"
#include "gs-uuid.h"

/* A5 in points, and the margins that any office printer leaves. */
#define MM (72 / 25.4)
#define PAGE_WIDTH (148 * MM)
#define PAGE_HEIGHT (210 * MM)
#define MARGIN (13 * MM)
#define INNER_WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define MAX_TEXT 400
/* Between lines and after the last, as a part of the type size. */
#define LEADING 0.2

#define INK 0x14181e
#define DIM 0x565f6c
#define BLUE 0x25306e
#define LINE 0xd9dde3
#define INSET 0xf4f6f8
#define WHITE 0xffffff

/* One pass over the page: measures (shown is FALSE) or draws. */
typedef struct
{
  const GsSlip *slip;
  const GsSlipWords *words;
  const GsSlipWords *english; /* NULL when the slip itself is in English */
  cairo_t *cr;
  double scale; /* on type and gaps, so that long languages fit */
  double y;
  gboolean shown;
  gboolean pdf;
  guint32 ground; /* the colour below the text */
} Page;

typedef struct
{
  double size;
  PangoWeight weight;
  guint32 rgb;
  const char *features;
} Style;

static const Style style_authority = { 8.5, PANGO_WEIGHT_SEMIBOLD, BLUE, "tnum" };
static const Style style_title = { 19, PANGO_WEIGHT_BOLD, INK, "tnum" };
static const Style style_title_2 = { 9.5, PANGO_WEIGHT_NORMAL, DIM, "tnum" };
static const Style style_body = { 9.5, PANGO_WEIGHT_NORMAL, INK, "tnum" };
static const Style style_small = { 7.5, PANGO_WEIGHT_NORMAL, DIM, "tnum" };
static const Style style_value = { 10, PANGO_WEIGHT_SEMIBOLD, INK, "tnum" };
static const Style style_reference = { 20, PANGO_WEIGHT_BOLD, BLUE, "tnum, zero, ss02" };
static const Style style_heading = { 10.5, PANGO_WEIGHT_BOLD, BLUE, "tnum" };

static void
set_rgb (cairo_t *cr, guint32 rgb)
{
  cairo_set_source_rgb (cr, ((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0,
                        (rgb & 0xff) / 255.0);
}

/* Korean is written in words, and Pango would break it between any two syllables. */
static void
keep_words_whole (PangoAttrList *attributes, const char *text)
{
  for (const char *word = text; *word != '\0';)
    {
      gsize length = strcspn (word, " \n");
      PangoAttribute *whole = pango_attr_allow_breaks_new (FALSE);

      whole->start_index = (guint) (word - text);
      whole->end_index = (guint) (word - text + (gssize) length);
      pango_attr_list_insert (attributes, whole);
      word += length;
      word += strspn (word, " \n");
    }
}

static PangoLayout *
make_layout (Page *page, const GsSlipWords *words, const Style *style, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (page->cr);
  PangoFontDescription *font = pango_font_description_from_string (words->families);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoContext *context = pango_layout_get_context (layout);
  cairo_font_options_t *options = cairo_font_options_create ();

  pango_context_set_language (context, pango_language_from_string (words->code));
  /* Paper has no pixels: without this, letters stand on whole points. */
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_layout_context_changed (layout);
  pango_font_description_set_absolute_size (font, style->size * page->scale * PANGO_SCALE);
  pango_font_description_set_weight (font, style->weight);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new (style->features));
  if (page->slip->language == GS_SLIP_LANGUAGE_KOREAN)
    keep_words_whole (attributes, text);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (layout, (int) (LEADING * style->size * page->scale * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

/* cairo 1.16 loses single Chinese glyphs when it cuts a font down for a PDF, without a word: a page
 * may say "if any" with the "if" gone. Such text is drawn as outlines, and once more below them in
 * the colour of the ground, so that it can be searched and read aloud. */
static gboolean
has_wide_letters (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x2e80 || (c >= 0x1100 && c < 0x1200))
        return TRUE;
    }
  return FALSE;
}

/* Puts text at x and y within width (0: one line); returns its height. */
static double
put (Page *page,
     const GsSlipWords *words,
     const Style *style,
     double x,
     double y,
     double width,
     const char *text)
{
  PangoLayout *layout = make_layout (page, words, style, text);
  PangoRectangle extents;

  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_get_extents (layout, NULL, &extents);
  if (page->shown)
    {
      gboolean outlined = page->pdf && has_wide_letters (text);

      set_rgb (page->cr, outlined ? page->ground : style->rgb);
      cairo_move_to (page->cr, x, y);
      pango_cairo_show_layout (page->cr, layout);
      if (outlined)
        {
          set_rgb (page->cr, style->rgb);
          cairo_new_path (page->cr);
          cairo_move_to (page->cr, x, y);
          pango_cairo_layout_path (page->cr, layout);
          cairo_fill (page->cr);
        }
    }
  g_object_unref (layout);
  return (double) extents.height / PANGO_SCALE + LEADING * style->size * page->scale;
}

typedef struct
{
  double width;
  double baseline; /* of the first line, from the top */
} Measure;

static Measure
measure (Page *page, const GsSlipWords *words, const Style *style, const char *text)
{
  PangoLayout *layout = make_layout (page, words, style, text);
  Measure found;
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  found.width = (double) extents.width / PANGO_SCALE;
  found.baseline = (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
  g_object_unref (layout);
  return found;
}

static void
gap (Page *page, double points)
{
  page->y += points * page->scale;
}

static void
rule (Page *page, guint32 rgb, double width)
{
  if (!page->shown)
    return;
  set_rgb (page->cr, rgb);
  cairo_new_path (page->cr);
  cairo_rectangle (page->cr, MARGIN, page->y, INNER_WIDTH, width);
  cairo_fill (page->cr);
}

static void
put_block (Page *page, const GsSlipWords *words, const Style *style, const char *text)
{
  page->y += put (page, words, style, MARGIN, page->y, INNER_WIDTH, text);
}

/* The traveller's words, then the same in English for the office, when that is another language. */
static void
put_both (Page *page, const Style *first, const Style *second, gsize member)
{
  const char *text = *(const char *const *) ((const guint8 *) page->words + member);

  put_block (page, page->words, first, text);
  if (page->english == NULL)
    return;
  gap (page, 1.5);
  put_block (page, page->english, second,
             *(const char *const *) ((const guint8 *) page->english + member));
}

#define BOTH(page, first, second, member)                                                          \
  put_both (page, first, second, G_STRUCT_OFFSET (GsSlipWords, member))

static void
put_head (Page *page)
{
  rule (page, BLUE, 2.5);
  gap (page, 9);
  put_block (page, page->english != NULL ? page->english : page->words, &style_authority,
             page->slip->authority);
  if (page->slip->specimen)
    put_block (page, page->english != NULL ? page->english : page->words, &style_reference,
               "SPECIMEN");
  gap (page, 8);
  BOTH (page, &style_title, &style_title_2, title);
  gap (page, 7);
  BOTH (page, &style_body, &style_small, lead);
}

/* A label over its value; returns the height. */
static double
put_fact (Page *page,
          double x,
          double y,
          double width,
          const char *label,
          const char *english_label,
          const char *value,
          const char *english_value)
{
  double top = y;
  g_autofree char *labels =
    english_label != NULL ? g_strdup_printf ("%s  %s", label, english_label) : g_strdup (label);
  g_autofree char *values =
    english_value != NULL ? g_strdup_printf ("%s  %s", value, english_value) : g_strdup (value);

  y += put (page, page->words, &style_small, x, y, width, labels);
  y += put (page, page->words, &style_value, x, y, width, values);
  return y - top;
}

/* The two columns of facts below the reference. Returns the y after them. */
static double
put_facts (Page *page, double x, double y, double width)
{
  const GsSlipWords *w = page->words;
  const GsSlipWords *e = page->english;
  gboolean entry = page->slip->direction == GS_DIRECTION_ARRIVAL;
  double half = (width - 12) / 2;
  double space = 6 * page->scale;
  g_autofree char *when = gs_slip_words_format_time (
    page->slip->language, page->slip->crossed_at_utc_ms, page->slip->port_zone);
  double left, right;

  left = put_fact (page, x, y, half, w->date, e != NULL ? e->date : NULL, when, NULL);
  right = put_fact (page, x + half + 12, y, half, w->direction, e != NULL ? e->direction : NULL,
                    entry ? w->entry : w->exit,
                    e == NULL ? NULL
                    : entry   ? e->entry
                              : e->exit);
  y += MAX (left, right) + space;
  left = put_fact (page, x, y, half, w->port, e != NULL ? e->port : NULL, page->slip->port, NULL);
  right = put_fact (page, x + half + 12, y, half, w->gate, e != NULL ? e->gate : NULL,
                    page->slip->gate, NULL);
  y += MAX (left, right);
  if (page->slip->name != NULL)
    y += space
         + put_fact (page, x, y + space, width, w->name, e != NULL ? e->name : NULL,
                     page->slip->name, NULL);
  return y;
}

static double
put_reference (Page *page, double x, double y, double width)
{
  g_autofree char *upper = g_ascii_strup (page->slip->crossing_id, 8);
  g_autofree char *shown = g_strdup_printf ("%.4s %.4s", upper, upper + 4);
  g_autofree char *label =
    page->english != NULL
      ? g_strdup_printf ("%s  %s", page->words->reference, page->english->reference)
      : g_strdup (page->words->reference);

  y += put (page, page->words, &style_small, x, y, width, label);
  y += put (page, page->words, &style_reference, x, y, width, shown);
  return y;
}

static void
round_box (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -(G_PI / 2), 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, (G_PI / 2));
  cairo_arc (cr, x + radius, y + height - radius, radius, (G_PI / 2), G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * (G_PI / 2));
  cairo_close_path (cr);
}

static void
put_crossing (Page *page)
{
  double padding = 10 * page->scale;
  double top = page->y;
  gboolean shown = page->shown;
  double bottom = top;

  page->ground = INSET;
  /* Measured first, since the box lies under its text. */
  for (int pass = shown ? 0 : 1; pass < 2; pass++)
    {
      page->shown = shown && pass == 1;
      bottom = put_reference (page, MARGIN + padding, top + padding, INNER_WIDTH - 2 * padding);
      bottom =
        put_facts (page, MARGIN + padding, bottom + 5 * page->scale, INNER_WIDTH - 2 * padding)
        + padding;
      if (shown && pass == 0)
        {
          cairo_new_path (page->cr);
          round_box (page->cr, MARGIN, top, INNER_WIDTH, bottom - top, 6);
          set_rgb (page->cr, INSET);
          cairo_fill_preserve (page->cr);
          set_rgb (page->cr, LINE);
          cairo_set_line_width (page->cr, 0.75);
          cairo_stroke (page->cr);
        }
    }
  page->shown = shown;
  page->ground = WHITE;
  page->y = bottom;
}

/* English in small type on the first line of what was just put at page->y. */
static void
put_beside (Page *page, double x, const Measure *first, const char *english)
{
  Measure second = measure (page, page->english, &style_small, english);

  put (page, page->english, &style_small, x + first->width + 7,
       page->y + first->baseline - second.baseline, 0, english);
}

static void
put_heading (Page *page, const char *text, const char *english)
{
  Measure first = measure (page, page->words, &style_heading, text);
  double height = put (page, page->words, &style_heading, MARGIN, page->y, 0, text);

  if (english != NULL)
    put_beside (page, MARGIN, &first, english);
  page->y += height;
}

static void
draw_tick_box (Page *page, double x, double y, double size, gboolean ticked)
{
  cairo_t *cr = page->cr;

  if (!page->shown)
    return;
  cairo_new_path (cr);
  round_box (cr, x, y, size, size, 1.5);
  set_rgb (cr, BLUE);
  cairo_set_line_width (cr, 0.9);
  cairo_stroke (cr);
  if (!ticked)
    return;
  cairo_new_path (cr);
  cairo_move_to (cr, x + size * 0.2, y + size * 0.52);
  cairo_line_to (cr, x + size * 0.42, y + size * 0.75);
  cairo_line_to (cr, x + size * 0.82, y + size * 0.24);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_bullet (Page *page, double x, double y)
{
  if (!page->shown)
    return;
  set_rgb (page->cr, BLUE);
  cairo_new_path (page->cr);
  cairo_arc (page->cr, x, y, 1.6 * page->scale, 0, 2 * G_PI);
  cairo_fill (page->cr);
}

/* One entry of a list: its words, and the English behind them if there is room, else below. */
static void
put_entry (Page *page, double indent, const char *text, const char *english)
{
  double x = MARGIN + indent;
  double room = INNER_WIDTH - indent;
  Measure first = measure (page, page->words, &style_body, text);
  double height = put (page, page->words, &style_body, x, page->y, room, text);

  if (english != NULL
      && first.width + 7 + measure (page, page->english, &style_small, english).width <= room)
    put_beside (page, x, &first, english);
  else if (english != NULL)
    height += put (page, page->english, &style_small, x, page->y + height, room, english);
  page->y += height;
}

/* Where the middle of small letters is in a line of body text. */
static double
middle_of_line (Page *page)
{
  Measure line = measure (page, page->words, &style_body, page->words->title);

  return page->y + line.baseline - 0.36 * style_body.size * page->scale;
}

static void
put_lists (Page *page)
{
  const GsSlipWords *e = page->english;
  double indent = 14 * page->scale;

  put_heading (page, page->words->purposes_title, e != NULL ? e->purposes_title : NULL);
  for (guint i = 0; i < GS_SLIP_N_PURPOSES; i++)
    {
      draw_tick_box (page, MARGIN, middle_of_line (page) - 4 * page->scale, 8 * page->scale,
                     (page->slip->purposes & (1u << i)) != 0);
      put_entry (page, indent, page->words->purposes[i], e != NULL ? e->purposes[i] : NULL);
    }
  gap (page, 8);
  put_heading (page, page->words->bring_title, e != NULL ? e->bring_title : NULL);
  for (guint i = 0; i < GS_SLIP_N_BRING; i++)
    {
      draw_bullet (page, MARGIN + 4 * page->scale, middle_of_line (page));
      put_entry (page, indent, page->words->bring[i], e != NULL ? e->bring[i] : NULL);
    }
}

static void
put_ground (Page *page)
{
  const GsSlip *slip = page->slip;
  const GsSlipWords *english = page->english != NULL ? page->english : page->words;

  put_heading (page, page->words->purposes_title,
               page->english != NULL ? page->english->purposes_title : NULL);
  put_block (page, english, &style_small, slip->ground_code);
  put_block (page, slip->ground_english != NULL ? page->words : english, &style_value,
             slip->ground);
  if (slip->ground_english != NULL)
    put_block (page, english, &style_small, slip->ground_english);
}

static void
put_where (Page *page)
{
  const GsSlip *slip = page->slip;

  put_heading (page, page->words->where_title,
               page->english != NULL ? page->english->where_title : NULL);
  put_block (page, page->words, &style_value, slip->office);
  if (slip->address != NULL)
    put_block (page, page->words, &style_body, slip->address);
  if (slip->hours != NULL)
    {
      g_autofree char *hours = g_strdup_printf ("%s  %s", page->words->hours, slip->hours);

      put_block (page, page->words, &style_body, hours);
    }
  if (slip->web != NULL)
    put_block (page, page->words, &style_body, slip->web);
}

static void
put_foot (Page *page)
{
  g_autofree char *when = gs_slip_words_format_time (
    page->slip->language, page->slip->issued_at_utc_ms, page->slip->port_zone);
  g_autofree char *issued = g_strdup_printf ("%s  %s", page->words->issued, when);

  rule (page, LINE, 0.75);
  gap (page, 6);
  BOTH (page, &style_value, &style_small, notice);
  gap (page, 2);
  put_block (page, page->words, &style_small, issued);
}

static double
run_page (Page *page)
{
  double foot;

  page->y = MARGIN;
  put_head (page);
  gap (page, 9);
  put_crossing (page);
  gap (page, 10);
  if (page->slip->ground != NULL)
    put_ground (page);
  else
    put_lists (page);
  gap (page, 8);
  put_where (page);
  gap (page, 9);
  /* The foot stands at the page's end, wherever the text ended. */
  if (page->shown)
    {
      Page measure = *page;

      measure.shown = FALSE;
      put_foot (&measure);
      foot = measure.y - page->y;
      page->y = MAX (page->y, PAGE_HEIGHT - MARGIN - foot);
    }
  put_foot (page);
  return page->y;
}

static gboolean
fail (GError **error, const char *problem)
{
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SLIP, "Slip: %s", problem);
  return FALSE;
}

static gboolean
check_text (const char *text, const char *what, gboolean needed, GError **error)
{
  if (text == NULL && !needed)
    return TRUE;
  if (text != NULL && *text != '\0' && strlen (text) <= MAX_TEXT
      && g_utf8_validate (text, -1, NULL))
    return TRUE;
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SLIP,
               "Slip: the %s is missing, too long or not UTF-8", what);
  return FALSE;
}

static gboolean
is_a_date (gint64 utc_ms)
{
  g_autofree char *text = gs_time_format_rfc3339 (utc_ms);

  return text != NULL;
}

static gboolean
check_slip (const GsSlip *slip, GError **error)
{
  if (slip->language < GS_SLIP_LANGUAGE_ENGLISH || slip->language > GS_SLIP_LANGUAGE_LAST)
    return fail (error, "unknown language");
  if (slip->direction != GS_DIRECTION_ARRIVAL && slip->direction != GS_DIRECTION_DEPARTURE)
    return fail (error, "the direction is neither arrival nor departure");
  if (slip->crossing_id == NULL || !gs_uuid_is_valid (slip->crossing_id))
    return fail (error, "the crossing has no valid id");
  if (slip->port_zone == NULL || slip->crossed_at_utc_ms == GS_TIME_UNKNOWN
      || slip->issued_at_utc_ms == GS_TIME_UNKNOWN)
    return fail (error, "a time or the time zone is missing");
  if (!is_a_date (slip->crossed_at_utc_ms) || !is_a_date (slip->issued_at_utc_ms))
    return fail (error, "a time is outside years 1 to 9999");
  return check_text (slip->authority, "authority", TRUE, error)
         && check_text (slip->port, "port", TRUE, error)
         && check_text (slip->gate, "gate", TRUE, error)
         && check_text (slip->office, "office", TRUE, error)
         && check_text (slip->name, "name", FALSE, error)
         && check_text (slip->ground, "ground", FALSE, error)
         && check_text (slip->ground_english, "English ground", FALSE, error)
         && check_text (slip->ground_code, "code of the ground", slip->ground != NULL, error)
         && check_text (slip->address, "address", FALSE, error)
         && check_text (slip->hours, "hours", FALSE, error)
         && check_text (slip->web, "web address", FALSE, error);
}

/* Draws in points; type gets smaller in small steps until the page holds all. */
static gboolean
draw_slip (const GsSlip *slip, cairo_t *cr, gboolean pdf, GError **error)
{
  GsSlipWords words = *gs_slip_words (slip->language);
  GsSlipWords english = *gs_slip_words (GS_SLIP_LANGUAGE_ENGLISH);
  Page page = { .slip = slip, .words = &words, .cr = cr, .pdf = pdf, .ground = WHITE };

  if (slip->ground != NULL)
    {
      gs_slip_words_refuse (&words, slip->language);
      gs_slip_words_refuse (&english, GS_SLIP_LANGUAGE_ENGLISH);
    }
  if (slip->language != GS_SLIP_LANGUAGE_ENGLISH)
    page.english = &english;
  for (page.scale = 1.06; page.scale > 0.78; page.scale -= 0.03)
    if (run_page (&page) <= PAGE_HEIGHT - MARGIN)
      {
        page.shown = TRUE;
        run_page (&page);
        if (cairo_status (cr) != CAIRO_STATUS_SUCCESS)
          return fail (error, cairo_status_to_string (cairo_status (cr)));
        return TRUE;
      }
  return fail (error, "the text does not fit on the page");
}

GsSlipLanguage
gs_slip_language_from_code (const char *code)
{
  for (guint i = GS_SLIP_LANGUAGE_ENGLISH; code != NULL && i <= GS_SLIP_LANGUAGE_LAST; i++)
    if (g_ascii_strncasecmp (code, gs_slip_words ((GsSlipLanguage) i)->code, 2) == 0
        && !g_ascii_isalpha (code[2]))
      return (GsSlipLanguage) i;
  return GS_SLIP_LANGUAGE_ENGLISH;
}

const char *
gs_slip_language_to_code (GsSlipLanguage language)
{
  return language == GS_SLIP_LANGUAGE_CHINESE ? "zh" : gs_slip_words (language)->code;
}

static cairo_status_t
append_pdf (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GsSlipWords
dup_words (const GsSlip *slip)
{
  GsSlipWords words = *gs_slip_words (slip->language);

  if (slip->ground != NULL)
    gs_slip_words_refuse (&words, slip->language);
  return words;
}

GBytes *
gs_slip_to_pdf (const GsSlip *slip, GError **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  g_autofree char *created = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean drawn;

  g_return_val_if_fail (slip != NULL, NULL);
  if (!check_slip (slip, error))
    return NULL;
  surface = cairo_pdf_surface_create_for_stream (append_pdf, pdf, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, dup_words (slip).title);
  created = gs_time_format_rfc3339 (slip->issued_at_utc_ms);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
  cr = cairo_create (surface);
  drawn = draw_slip (slip, cr, TRUE, error);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (drawn && cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    drawn = fail (error, cairo_status_to_string (cairo_surface_status (surface)));
  cairo_surface_destroy (surface);
  return drawn ? g_byte_array_free_to_bytes (g_steal_pointer (&pdf)) : NULL;
}

GBytes *
gs_slip_to_pixels (
  const GsSlip *slip, double pixels_per_mm, guint *width, guint *height, GError **error)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  GBytes *pixels = NULL;

  g_return_val_if_fail (slip != NULL && width != NULL && height != NULL, NULL);
  g_return_val_if_fail (pixels_per_mm >= 2 && pixels_per_mm <= 40, NULL);
  if (!check_slip (slip, error))
    return NULL;
  *width = (guint) lround (PAGE_WIDTH / MM * pixels_per_mm);
  *height = (guint) lround (PAGE_HEIGHT / MM * pixels_per_mm);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) *width, (int) *height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, pixels_per_mm / MM, pixels_per_mm / MM);
  if (draw_slip (slip, cr, FALSE, error))
    {
      cairo_surface_flush (surface);
      pixels = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) *width * 4 * *height);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return pixels;
}
