/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz.h"
#include "gs-mrz-layout-private.h"

#include <string.h>

/* Readers frame a zone in many ways, and some frames look like its text: a length byte of 89 is a
 * "Y". So every way to cut lines out of the bytes is tried and the best one is kept: exact cuts
 * before cuts that leave a byte or three out, and more right check digits before fewer. */

#define MAX_PIECES 16
#define PIECE_SIZE 104 /* 90 characters, a prefix, a check byte, and room to notice "too long" */
#define MAX_PREFIX 3   /* characters before the text, if the input is framed */
#define MAX_SUFFIX 1   /* after it */
#define MAX_UNREADABLE 4

/* Results of decoding one sign, beside A-Z, 0-9 and '<'. */
enum
{
  SIGN_SPACE = ' ',
  SIGN_GUILLEMET = '"',
  SIGN_NOTHING = 0,
};

typedef struct
{
  const uint8_t *bytes;
  size_t len;
  uint32_t filler; /* the sign that stands for '<', 0 for '<' only */
  bool is_framed;  /* something but text was sent, so bytes at the edges may be lengths or sums */
} Input;

typedef enum
{
  SPACE_DROPPED,
  SPACE_TRIMMED_FILLER,
  SPACE_FILLER,
  N_SPACE_RULES,
} SpaceRule;

typedef struct
{
  unsigned n;
  size_t length[MAX_PIECES]; /* PIECE_SIZE: too long to be part of a zone */
  char text[MAX_PIECES][PIECE_SIZE];
} Pieces;

/* The next code point; bytes that are no UTF-8 count as themselves, as in ISO 8859-1. */
static uint32_t
next_code_point (const uint8_t *bytes, size_t len, size_t *at)
{
  uint8_t first = bytes[*at];
  unsigned more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
  uint32_t value = more == 3 ? first & 0x07 : more == 2 ? first & 0x0f : first & 0x1f;

  if (more == 0 || more >= len - *at)
    {
      (*at)++;
      return first;
    }
  for (unsigned i = 1; i <= more; i++)
    {
      if ((bytes[*at + i] & 0xc0) != 0x80)
        {
          (*at)++;
          return first;
        }
      value = value << 6 | (bytes[*at + i] & 0x3f);
    }
  *at += more + 1;
  return value;
}

static char
decode (uint32_t c, uint32_t filler)
{
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 'A';
  if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<')
    return c;
  if (c == ' ' || c == 0xa0 || c == 0x3000)
    return SIGN_SPACE;
  if (c == 0xab)
    return SIGN_GUILLEMET;
  if (c == 0x2039 || (filler != 0 && c == filler))
    return '<';
  if (c == 0xfeff)
    return SIGN_NOTHING;
  if (c >= 0xff10 && c <= 0xff5a)
    return decode (c - 0xfee0, 0);
  return GS_MRZ_UNREADABLE;
}

static bool
is_control (uint32_t c)
{
  return c < 0x20 || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Keeps what stands between STX and ETX, and notices whether there is any framing at all. */
static void
cut_frame (Input *input)
{
  const uint8_t *found = memchr (input->bytes, 0x02, input->len);

  for (size_t i = 0; i < input->len; i++)
    if (input->bytes[i] < 0x20 && memchr ("\t\n\r", input->bytes[i], 3) == NULL)
      input->is_framed = true;
  /* A single length byte that happens to be a letter: it says how much follows, give or take what
   * the reader counts of line ends and sums. */
  if (input->bytes[0] + 3u >= input->len && input->bytes[0] <= input->len + 2)
    input->is_framed = true;
  if (found != NULL)
    {
      input->len -= found + 1 - input->bytes;
      input->bytes = found + 1;
    }
  found = memchr (input->bytes, 0x03, input->len);
  if (found != NULL)
    input->len = found - input->bytes;
}

/* When no '<' was read: the one sign that is neither letter nor digit and was read at least twice.
 * Two kinds of such signs decide nothing. */
static uint32_t
find_foreign_filler (const Input *input)
{
  uint32_t sign = 0;
  unsigned count = 0;

  for (size_t at = 0; at < input->len;)
    {
      uint32_t c = next_code_point (input->bytes, input->len, &at);
      char d = decode (c, 0);

      if (is_control (c))
        continue;
      if (d == '<' || d == SIGN_GUILLEMET)
        return 0;
      if (d != GS_MRZ_UNREADABLE)
        continue;
      if (sign != 0 && c != sign)
        return 0;
      sign = c;
      count++;
    }
  return count >= 2 ? sign : 0;
}

/* Adds n times a character to the piece under construction. */
static void
piece_add (Pieces *pieces, char c, unsigned n)
{
  size_t *length = &pieces->length[pieces->n];

  for (; n > 0; n--)
    if (*length < PIECE_SIZE - 1)
      pieces->text[pieces->n][(*length)++] = c;
    else
      *length = PIECE_SIZE;
}

static void
piece_end (Pieces *pieces, unsigned spaces, SpaceRule rule)
{
  if (rule == SPACE_FILLER)
    piece_add (pieces, '<', spaces);
  if (pieces->length[pieces->n] == 0)
    return;
  if (pieces->length[pieces->n] < PIECE_SIZE)
    pieces->text[pieces->n][pieces->length[pieces->n]] = '\0';
  pieces->n++;
}

/* Splits the input at control characters and normalises each piece. FALSE: too many pieces. */
static bool
split (const Input *input, SpaceRule rule, unsigned guillemet_width, Pieces *pieces)
{
  unsigned spaces = 0;

  memset (pieces, 0, sizeof *pieces);
  for (size_t at = 0; at < input->len;)
    {
      uint32_t c = next_code_point (input->bytes, input->len, &at);
      char d;

      if (is_control (c))
        {
          piece_end (pieces, spaces, rule);
          spaces = 0;
          if (pieces->n == MAX_PIECES)
            return at == input->len;
          continue;
        }
      d = decode (c, input->filler);
      if (d == SIGN_SPACE)
        {
          spaces += rule != SPACE_DROPPED;
          continue;
        }
      if (d == SIGN_NOTHING)
        continue;
      if (rule == SPACE_FILLER || pieces->length[pieces->n] > 0)
        piece_add (pieces, '<', spaces);
      spaces = 0;
      piece_add (pieces, d == SIGN_GUILLEMET ? '<' : d, d == SIGN_GUILLEMET ? guillemet_width : 1);
    }
  piece_end (pieces, spaces, rule);
  return true;
}

/* The points that the check digits give; 0 when lines that were cut out with something left over
 * have not most of them right. */
static unsigned
check_points (const GsMrzLines *lines, bool exact)
{
  GsMrzCheckResult checks[GS_MRZ_N_CHECKS];
  unsigned right = 0, wrong = 0;

  gs_mrz_checks_compute (lines, checks);
  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    {
      right += checks[i] == GS_MRZ_CHECK_RIGHT;
      wrong += checks[i] == GS_MRZ_CHECK_WRONG;
    }
  if (!exact && right <= wrong)
    return 0;
  return 100 + 10 * right - 3 * wrong + (exact ? 12 : 0);
}

/* How much lines look like a zone; 0 when they do not at all. */
static unsigned
plausibility (const GsMrzLines *lines, bool exact)
{
  const GsMrzLayout *layout = gs_mrz_layout (lines->type);
  unsigned fillers = 0, digits = 0, unreadable = 0;
  unsigned score;

  if (layout == NULL || lines->line[0][0] < 'A' || lines->line[0][0] > 'Z')
    return 0;
  for (unsigned i = 0; i < lines->n_lines; i++)
    for (unsigned j = 0; j < lines->line_length; j++)
      {
        char c = lines->line[i][j];

        fillers += c == '<';
        digits += c >= '0' && c <= '9';
        unreadable += c == GS_MRZ_UNREADABLE;
      }
  if (fillers == 0 || digits == 0 || unreadable > MAX_UNREADABLE)
    return 0;

  score = check_points (lines, exact);
  if (score > 0 && strchr (layout->codes, lines->line[0][0]) != NULL)
    score += 5;
  return score;
}

typedef struct
{
  bool is_framed;
  unsigned best_score;
  GsMrzLines *best;
} Search;

/* Looks at n_lines texts of line_length characters and keeps them if they are the best so far. */
static void
consider (
  Search *search, const char *const *texts, unsigned n_lines, unsigned line_length, bool exact)
{
  GsMrzLines lines = { 0 };
  unsigned score;

  if (!exact && !search->is_framed)
    return;
  lines.type = gs_mrz_type_of_shape (n_lines, line_length, texts[0][0]);
  lines.n_lines = n_lines;
  lines.line_length = line_length;
  for (unsigned i = 0; i < n_lines; i++)
    memcpy (lines.line[i], texts[i], line_length);
  score = plausibility (&lines, exact);
  if (score > search->best_score)
    {
      search->best_score = score;
      *search->best = lines;
    }
}

/* Pieces i to i + n_lines - 1 as one line each: the first may have something before it, the last
 * something behind it. */
static void
consider_lines (
  Search *search, const Pieces *pieces, unsigned i, unsigned n_lines, unsigned line_length)
{
  const char *texts[GS_MRZ_MAX_LINES];
  size_t before = pieces->length[i] - line_length;
  size_t behind = pieces->length[i + n_lines - 1] - line_length;

  if (pieces->length[i] < line_length || before > MAX_PREFIX
      || pieces->length[i + n_lines - 1] < line_length || behind > MAX_SUFFIX)
    return;
  for (unsigned k = 0; k < n_lines; k++)
    {
      if (k > 0 && k + 1 < n_lines && pieces->length[i + k] != line_length)
        return;
      texts[k] = pieces->text[i + k];
    }
  texts[0] += before;
  consider (search, texts, n_lines, line_length, before == 0 && behind == 0);
}

/* One piece that holds all lines without anything between them. */
static void
consider_block (
  Search *search, const Pieces *pieces, unsigned i, unsigned n_lines, unsigned line_length)
{
  size_t whole = (size_t) n_lines * line_length;
  size_t length = pieces->length[i];

  if (length < whole || length >= PIECE_SIZE || length - whole > MAX_PREFIX + MAX_SUFFIX)
    return;
  for (size_t before = 0; before <= length - whole && before <= MAX_PREFIX; before++)
    {
      const char *texts[GS_MRZ_MAX_LINES];

      if (length - whole - before > MAX_SUFFIX)
        continue;
      for (unsigned k = 0; k < n_lines; k++)
        texts[k] = pieces->text[i] + before + (size_t) k * line_length;
      consider (search, texts, n_lines, line_length, length == whole);
    }
}

static void
consider_pieces (Search *search, const Pieces *pieces)
{
  static const struct
  {
    unsigned n_lines;
    unsigned line_length;
  } shapes[] = { { 2, 44 }, { 3, 30 }, { 2, 36 } };

  for (unsigned s = 0; s < sizeof shapes / sizeof shapes[0]; s++)
    for (unsigned i = 0; i < pieces->n; i++)
      {
        if (i + shapes[s].n_lines <= pieces->n)
          consider_lines (search, pieces, i, shapes[s].n_lines, shapes[s].line_length);
        consider_block (search, pieces, i, shapes[s].n_lines, shapes[s].line_length);
      }
}

static bool
is_empty (const Input *input)
{
  for (size_t at = 0; at < input->len;)
    {
      uint32_t c = next_code_point (input->bytes, input->len, &at);
      char d = decode (c, 0);

      if (!is_control (c) && d != SIGN_SPACE && d != SIGN_NOTHING && d != '<')
        return false;
    }
  return true;
}

GsMrzStatus
gs_mrz_extract (const uint8_t *bytes, size_t len, GsMrzLines *lines)
{
  Input input = { bytes, len, 0, false };
  Search search = { false, 0, lines };

  memset (lines, 0, sizeof *lines);
  if (len > GS_MRZ_MAX_INPUT)
    return GS_MRZ_ERROR_TOO_LONG;
  if (len == 0)
    return GS_MRZ_ERROR_EMPTY;
  cut_frame (&input);
  if (input.len == 0 || is_empty (&input))
    return GS_MRZ_ERROR_EMPTY;
  input.filler = find_foreign_filler (&input);
  search.is_framed = input.is_framed;

  for (int rule = 0; rule < N_SPACE_RULES; rule++)
    for (unsigned width = 2; width >= 1; width--)
      {
        Pieces pieces;

        if (!split (&input, rule, width, &pieces))
          return GS_MRZ_ERROR_TOO_LONG;
        consider_pieces (&search, &pieces);
      }
  return search.best_score > 0 ? GS_MRZ_OK : GS_MRZ_ERROR_NOT_MRZ;
}
