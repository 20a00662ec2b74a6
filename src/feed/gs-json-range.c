/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-json-range.h"

#include <string.h>

#define NOT_FOUND ((size_t) -1)

static const char hex_digits[] = "0123456789abcdefABCDEF";

static bool
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t
skip_space (const char *text, size_t len, size_t pos)
{
  while (pos < len && is_space (text[pos]))
    pos++;
  return pos;
}

/* pos at the opening quote; returns the place behind the closing one, NOT_FOUND when there is none.
 */
static size_t
skip_string (const char *text, size_t len, size_t pos)
{
  for (pos++; pos < len; pos++)
    {
      if (text[pos] == '\\')
        pos++;
      else if (text[pos] == '"')
        return pos + 1;
    }
  return NOT_FOUND;
}

/* pos at the first byte of a value; returns the place behind it. */
static size_t
skip_value (const char *text, size_t len, size_t pos)
{
  size_t depth = 0;

  while (pos < len)
    {
      char c = text[pos];

      if (c == '"')
        {
          pos = skip_string (text, len, pos);
          if (pos == NOT_FOUND || depth == 0)
            return pos;
          continue;
        }
      if (c == '[' || c == '{')
        depth++;
      else if (c == ']' || c == '}')
        {
          if (depth == 0)
            return pos;
          if (--depth == 0)
            return pos + 1;
        }
      else if (depth == 0 && (c == ',' || c == ':' || is_space (c)))
        return pos;
      pos++;
    }
  return depth == 0 ? pos : NOT_FOUND;
}

static int
hex_value (const char *digits)
{
  int value = 0;

  for (int i = 0; i < 4; i++)
    {
      const char *found = memchr (hex_digits, digits[i], sizeof hex_digits - 1);
      int digit;

      if (found == NULL)
        return -1;
      digit = (int) (found - hex_digits);
      value = value * 16 + (digit < 16 ? digit : digit - 6);
    }
  return value;
}

/* The string between two quotes is this name, escapes resolved. */
static bool
name_matches (const char *string, size_t len, const char *name)
{
  size_t i = 0;

  for (; *name != '\0'; name++)
    {
      int c;

      if (i >= len)
        return false;
      c = (unsigned char) string[i++];
      if (c == '\\')
        {
          if (i + 5 > len || string[i] != 'u')
            return false;
          c = hex_value (string + i + 1);
          i += 5;
        }
      if (c != (unsigned char) *name)
        return false;
    }
  return i == len;
}

unsigned
gs_json_depth (const char *text, size_t len)
{
  unsigned depth = 0, deepest = 0;

  for (size_t pos = 0; pos < len;)
    {
      char c = text[pos];

      if (c == '"')
        {
          pos = skip_string (text, len, pos);
          if (pos == NOT_FOUND)
            break;
          continue;
        }
      if (c == '[' || c == '{')
        {
          if (++depth > deepest)
            deepest = depth;
        }
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;
      pos++;
    }
  return deepest;
}

bool
gs_json_next_element (const char *text, size_t len, size_t *pos, size_t *start, size_t *length)
{
  size_t at, end;

  if (*pos == NOT_FOUND)
    return false;
  at = skip_space (text, len, *pos);
  if (at >= len || (text[at] != (*pos == 0 ? '[' : ',') && text[at] != ']'))
    {
      *pos = NOT_FOUND;
      return false;
    }
  if (text[at] == ']')
    {
      *pos = *pos == 0 ? NOT_FOUND : at + 1;
      return false;
    }
  end = skip_space (text, len, at + 1);
  if (text[at] == '[' && end < len && text[end] == ']')
    {
      *pos = end + 1;
      return false;
    }
  at = end;
  end = at < len ? skip_value (text, len, at) : NOT_FOUND;
  if (end == NOT_FOUND || end == at)
    {
      *pos = NOT_FOUND;
      return false;
    }
  *start = at;
  *length = end - at;
  *pos = end;
  return true;
}

bool
gs_json_find_member (
  const char *text, size_t len, size_t from, const char *name, size_t *start, size_t *length)
{
  size_t pos = skip_space (text, len, from);

  if (pos >= len || text[pos] != '{')
    return false;
  pos = skip_space (text, len, pos + 1);
  while (pos < len && text[pos] == '"')
    {
      size_t name_start = pos + 1, name_end, value;

      pos = skip_string (text, len, pos);
      if (pos == NOT_FOUND)
        return false;
      name_end = pos - 1;
      pos = skip_space (text, len, pos);
      if (pos >= len || text[pos] != ':')
        return false;
      value = skip_space (text, len, pos + 1);
      if (value >= len)
        return false;
      pos = skip_value (text, len, value);
      if (pos == NOT_FOUND || pos == value)
        return false;
      if (name_matches (text + name_start, name_end - name_start, name))
        {
          *start = value;
          *length = pos - value;
          return true;
        }
      pos = skip_space (text, len, pos);
      if (pos >= len || text[pos] != ',')
        return false;
      pos = skip_space (text, len, pos + 1);
    }
  return false;
}
