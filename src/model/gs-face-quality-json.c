/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-quality-json.h"

#include <math.h>
#include <string.h>

typedef enum
{
  RAW = 1, /* a double from 0 on; -1: not measured */
  ANGLE,   /* a double; NAN: not measured */
  VALUE    /* an int from 0 to 100; -1: not measured */
} Kind;

static const struct
{
  const char *name;
  Kind kind;
  gsize offset;
} members[] = {
  { "inter_eye_px", RAW, G_STRUCT_OFFSET (GsFaceQuality, inter_eye_px) },
  { "yaw_degrees", ANGLE, G_STRUCT_OFFSET (GsFaceQuality, yaw_degrees) },
  { "pitch_degrees", ANGLE, G_STRUCT_OFFSET (GsFaceQuality, pitch_degrees) },
  { "roll_degrees", ANGLE, G_STRUCT_OFFSET (GsFaceQuality, roll_degrees) },
  { "sharpness_raw", RAW, G_STRUCT_OFFSET (GsFaceQuality, sharpness_raw) },
  { "confidence", VALUE, G_STRUCT_OFFSET (GsFaceQuality, confidence) },
  { "inter_eye", VALUE, G_STRUCT_OFFSET (GsFaceQuality, inter_eye) },
  { "pose", VALUE, G_STRUCT_OFFSET (GsFaceQuality, pose) },
  { "luminance", VALUE, G_STRUCT_OFFSET (GsFaceQuality, luminance) },
  { "exposure", VALUE, G_STRUCT_OFFSET (GsFaceQuality, exposure) },
  { "dynamic_range", VALUE, G_STRUCT_OFFSET (GsFaceQuality, dynamic_range) },
  { "uniformity", VALUE, G_STRUCT_OFFSET (GsFaceQuality, uniformity) },
  { "sharpness", VALUE, G_STRUCT_OFFSET (GsFaceQuality, sharpness) },
  { "eyes_open", VALUE, G_STRUCT_OFFSET (GsFaceQuality, eyes_open) },
  { "mouth_closed", VALUE, G_STRUCT_OFFSET (GsFaceQuality, mouth_closed) },
  { "single_face", VALUE, G_STRUCT_OFFSET (GsFaceQuality, single_face) },
  { "head_size", VALUE, G_STRUCT_OFFSET (GsFaceQuality, head_size) },
};

/* --- writing ---------------------------------------------------------------------------------- */

static void
append_member (GString *text, const GsFaceQuality *quality, guint i)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  const char *comma = text->str[text->len - 1] == '{' ? "" : ",";

  if (members[i].kind == VALUE)
    {
      int value = G_STRUCT_MEMBER (int, quality, members[i].offset);

      if (value >= 0)
        g_string_append_printf (text, "%s\"%s\":%d", comma, members[i].name, value);
      return;
    }
  double value = G_STRUCT_MEMBER (double, quality, members[i].offset);

  if (!isfinite (value) || (members[i].kind == RAW && value < 0))
    return;
  g_string_append_printf (text, "%s\"%s\":%s", comma, members[i].name,
                          g_ascii_formatd (number, sizeof number, "%.3f", value));
}

static void
append_quality (GString *text, const GsFaceQuality *quality)
{
  g_string_append_c (text, '{');
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    append_member (text, quality, i);
  g_string_append_c (text, '}');
}

char *
gs_face_comparison_quality_to_json (const GsFaceComparison *comparison)
{
  GString *text = g_string_new ("{\"reference\":");

  append_quality (text, &comparison->reference_quality);
  g_string_append (text, ",\"probe\":");
  append_quality (text, &comparison->probe_quality);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
skip_space (const char **at)
{
  while (g_ascii_isspace (**at))
    ++*at;
}

static gboolean
take (const char **at, char c)
{
  skip_space (at);
  if (**at != c)
    return FALSE;
  ++*at;
  return TRUE;
}

/* "name": with the quotes and the colon. name and its length; no name here has a backslash. */
static gboolean
take_name (const char **at, const char **name, gsize *length)
{
  if (!take (at, '"'))
    return FALSE;
  *name = *at;
  *length = strcspn (*at, "\"\\");
  *at += *length;
  return take (at, '"') && take (at, ':');
}

static void
set_member (GsFaceQuality *quality, const char *name, gsize length, double value)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (strlen (members[i].name) != length || strncmp (members[i].name, name, length) != 0)
        continue;
      if (members[i].kind == VALUE && value >= 0 && value <= 100)
        G_STRUCT_MEMBER (int, quality, members[i].offset) = (int) lround (value);
      else if (members[i].kind == ANGLE || (members[i].kind == RAW && value >= 0))
        G_STRUCT_MEMBER (double, quality, members[i].offset) = value;
      return;
    }
}

static gboolean
read_quality (const char **at, GsFaceQuality *quality)
{
  if (!take (at, '{'))
    return FALSE;
  if (take (at, '}'))
    return TRUE;
  do
    {
      const char *name;
      gsize length;
      char *end;
      double value;

      if (!take_name (at, &name, &length))
        return FALSE;
      value = g_ascii_strtod (*at, &end);
      if (end == *at || !isfinite (value))
        return FALSE;
      *at = end;
      set_member (quality, name, length, value);
    }
  while (take (at, ','));
  return take (at, '}');
}

static gboolean
read_both (const char *at, GsFaceQuality *reference, GsFaceQuality *probe)
{
  if (!take (&at, '{'))
    return FALSE;
  do
    {
      const char *name;
      gsize length;

      if (!take_name (&at, &name, &length))
        return FALSE;
      if (!read_quality (&at, length == 5 && strncmp (name, "probe", 5) == 0 ? probe : reference))
        return FALSE;
    }
  while (take (&at, ','));
  if (!take (&at, '}'))
    return FALSE;
  skip_space (&at);
  return *at == '\0';
}

gboolean
gs_face_comparison_quality_from_json (GsFaceComparison *comparison, const char *text)
{
  gs_face_quality_init (&comparison->reference_quality);
  gs_face_quality_init (&comparison->probe_quality);
  if (text == NULL)
    return FALSE;
  if (read_both (text, &comparison->reference_quality, &comparison->probe_quality))
    return TRUE;
  gs_face_quality_init (&comparison->reference_quality);
  gs_face_quality_init (&comparison->probe_quality);
  return FALSE;
}
