/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-picture.h"

#include "gs-seal-error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

static gpointer
fail (GError **error, GsSealError code, const char *why)
{
  g_set_error_literal (error, GS_SEAL_ERROR, code, why);
  return NULL;
}

static GsSealPicture *
picture_new (guint width, guint height)
{
  GsSealPicture *self = g_new (GsSealPicture, 1);

  *self = (GsSealPicture){ width, height, g_malloc ((gsize) width * height) };
  return self;
}

void
gs_seal_picture_free (GsSealPicture *self)
{
  if (self == NULL)
    return;
  g_free (self->dots);
  g_free (self);
}

static gboolean
check_size (guint64 width, guint64 height, GError **error)
{
  if (width == 0 || height == 0)
    return fail (error, GS_SEAL_ERROR_PICTURE, "the picture is damaged: it has no size") != NULL;
  if (width > GS_SEAL_PICTURE_MAX_SIDE || height > GS_SEAL_PICTURE_MAX_SIDE
      || width * height > GS_SEAL_PICTURE_MAX_DOTS)
    {
      g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_LIMIT,
                   "the picture is too large: %" G_GUINT64_FORMAT " by %" G_GUINT64_FORMAT
                   " dots, where %u million are read at most",
                   width, height, GS_SEAL_PICTURE_MAX_DOTS / 1000000);
      return FALSE;
    }
  return TRUE;
}

/* --- heads ------------------------------------------------------------------------------------ */

static guint32
read_u32 (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

static gboolean
check_png (const guint8 *bytes, gsize size, GError **error)
{
  gsize at = 8;
  gboolean ended = FALSE;

  if (size < 33 || memcmp (bytes + 12, "IHDR", 4) != 0)
    return fail (error, GS_SEAL_ERROR_PICTURE, "the picture is damaged or cut short") != NULL;
  if (!check_size (read_u32 (bytes + 16), read_u32 (bytes + 20), error))
    return FALSE;
  while (!ended && size - at >= 12)
    {
      guint32 length = read_u32 (bytes + at);

      if (length > size - at - 12)
        break;
      ended = memcmp (bytes + at + 4, "IEND", 4) == 0;
      at += 12 + (gsize) length;
    }
  return ended || fail (error, GS_SEAL_ERROR_PICTURE, "the picture is cut short") != NULL;
}

/* Whether a marker begins the frame that has the size. */
static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* A progressive picture is decoded as a whole for every scan, and a file may hold thousands. */
#define MAX_SCANS 64

static gboolean
check_jpeg (const guint8 *bytes, gsize size, GError **error)
{
  gboolean sized = FALSE;
  guint n_scans = 0;

  for (gsize at = 2; at + 4 <= size;)
    {
      guint8 marker = bytes[at + 1];
      gsize length;

      if (bytes[at] != 0xff || marker == 0x00 || marker == 0xff
          || (marker >= 0xd0 && marker <= 0xd8))
        {
          at++; /* coded data, fill bytes and restarts of a scan */
          continue;
        }
      if (marker == 0xd9)
        break;
      length = (gsize) bytes[at + 2] << 8 | bytes[at + 3];
      if (is_frame (marker))
        {
          if (at + 9 > size || length < 8)
            return fail (error, GS_SEAL_ERROR_PICTURE, "the picture is damaged") != NULL;
          sized = TRUE;
          if (!check_size ((guint64) bytes[at + 7] << 8 | bytes[at + 8],
                           (guint64) bytes[at + 5] << 8 | bytes[at + 6], error))
            return FALSE;
        }
      if (marker == 0xda && ++n_scans > MAX_SCANS)
        return fail (error, GS_SEAL_ERROR_LIMIT, "the picture has too many scans") != NULL;
      at += 2 + MAX (length, 2);
    }
  if (!sized || n_scans == 0)
    return fail (error, GS_SEAL_ERROR_PICTURE, "the picture is damaged or cut short") != NULL;
  for (gsize at = size; at >= 2; at--)
    if (bytes[at - 2] == 0xff && bytes[at - 1] == 0xd9)
      return TRUE;
  return fail (error, GS_SEAL_ERROR_PICTURE, "the picture is cut short") != NULL;
}

/* --- decoding --------------------------------------------------------------------------------- */

static guint8
grey (const guint8 *rgb)
{
  return (guint8) ((299u * rgb[0] + 587u * rgb[1] + 114u * rgb[2] + 500u) / 1000u);
}

static GsSealPicture *
from_pixbuf (GdkPixbuf *pixbuf, GError **error)
{
  guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  guint height = (guint) gdk_pixbuf_get_height (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  guint channels = (guint) gdk_pixbuf_get_n_channels (pixbuf);
  gboolean alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);
  GsSealPicture *self;

  if (gdk_pixbuf_get_bits_per_sample (pixbuf) != 8 || channels < 3 || (alpha && channels < 4))
    return fail (error, GS_SEAL_ERROR_UNSUPPORTED, "a strange format of dots");
  if (!check_size (width, height, error))
    return NULL;
  self = picture_new (width, height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint8 *dot = from + y * stride + (gsize) x * channels;
        guint8 *to = &self->dots[(gsize) y * width + x];

        *to = grey (dot);
        /* What can be seen through lies on white paper. */
        if (alpha)
          *to = (guint8) ((*to * dot[3] + 255u * (255u - dot[3])) / 255u);
      }
  return self;
}

static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  if (width <= 0 || height <= 0 || (gint64) width * height > GS_SEAL_PICTURE_MAX_DOTS)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
}

static GsSealPicture *
decode (const guint8 *bytes, gsize size, const char *type, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, &local);
  GdkPixbuf *pixbuf;
  gboolean ok;

  if (loader == NULL)
    return fail (error, GS_SEAL_ERROR_UNSUPPORTED, local->message);
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), NULL);
  ok = gdk_pixbuf_loader_write (loader, bytes, size, &local);
  ok = gdk_pixbuf_loader_close (loader, ok ? &local : NULL) && ok;
  pixbuf = ok ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf == NULL)
    return fail (error, GS_SEAL_ERROR_PICTURE, "the picture is damaged and cannot be read");
  return from_pixbuf (pixbuf, error);
}

/* A number of a PNM's head and the white space behind it. */
static gboolean
read_number (const guint8 *bytes, gsize size, gsize *at, guint *number)
{
  *number = 0;
  while (*at < size && g_ascii_isspace (bytes[*at]))
    ++*at;
  if (*at >= size || !g_ascii_isdigit (bytes[*at]))
    return FALSE;
  for (; *at < size && g_ascii_isdigit (bytes[*at]); ++*at)
    {
      if (*number > 1000000)
        return FALSE;
      *number = 10 * *number + (guint) (bytes[*at] - '0');
    }
  return *at < size && g_ascii_isspace (bytes[*at]);
}

static GsSealPicture *
decode_pnm (const guint8 *bytes, gsize size, GError **error)
{
  guint channels = bytes[1] == '6' ? 3 : 1;
  gsize at = 2;
  guint width, height, most;
  GsSealPicture *self;

  if (!read_number (bytes, size, &at, &width) || !read_number (bytes, size, &at, &height)
      || !read_number (bytes, size, &at, &most) || most != 255)
    return fail (error, GS_SEAL_ERROR_UNSUPPORTED, "a kind of PNM that is not read here");
  at++;
  if (!check_size (width, height, error))
    return NULL;
  if (size - at < (gsize) channels * width * height)
    return fail (error, GS_SEAL_ERROR_PICTURE, "the picture is cut short");
  self = picture_new (width, height);
  for (gsize i = 0; i < (gsize) width * height; i++)
    self->dots[i] = channels == 3 ? grey (bytes + at + 3 * i) : bytes[at + i];
  return self;
}

GsSealPicture *
gs_seal_picture_new (GBytes *file, GError **error)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);

  if (size == 0)
    return fail (error, GS_SEAL_ERROR_PICTURE, "the file is empty");
  if (size > GS_SEAL_PICTURE_MAX_BYTES)
    return fail (error, GS_SEAL_ERROR_LIMIT, "the file is larger than any picture of a page");
  if (size >= sizeof png && memcmp (bytes, png, sizeof png) == 0)
    return check_png (bytes, size, error) ? decode (bytes, size, "png", error) : NULL;
  if (size >= 3 && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[2] == 0xff)
    return check_jpeg (bytes, size, error) ? decode (bytes, size, "jpeg", error) : NULL;
  if (size >= 3 && bytes[0] == 'P' && (bytes[1] == '5' || bytes[1] == '6'))
    return decode_pnm (bytes, size, error);
  return fail (error, GS_SEAL_ERROR_UNSUPPORTED,
               "the file is no picture that is read here (PNG or JPEG)");
}

/* --- other sizes ------------------------------------------------------------------------------ */

GsSealPicture *
gs_seal_picture_shrink (const GsSealPicture *self, guint by)
{
  guint width = self->width / by;
  guint height = self->height / by;
  GsSealPicture *small;

  g_return_val_if_fail (by >= 2 && by <= 16, NULL);
  if (width == 0 || height == 0)
    return NULL;
  small = picture_new (width, height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint sum = 0;

        for (guint dy = 0; dy < by; dy++)
          {
            const guint8 *row = &self->dots[(gsize) (y * by + dy) * self->width + x * by];

            for (guint dx = 0; dx < by; dx++)
              sum += row[dx];
          }
        small->dots[(gsize) y * width + x] = (guint8) (sum / (by * by));
      }
  return small;
}

GsSealPicture *
gs_seal_picture_double (const GsSealPicture *self)
{
  GsSealPicture *large = picture_new (2 * self->width, 2 * self->height);

  for (guint y = 0; y < large->height; y++)
    {
      const guint8 *near = &self->dots[(gsize) (y / 2) * self->width];
      guint other = y % 2 == 0 ? (y / 2 > 0 ? y / 2 - 1 : 0) : MIN (y / 2 + 1, self->height - 1);
      const guint8 *far = &self->dots[(gsize) other * self->width];

      for (guint x = 0; x < large->width; x++)
        {
          guint a = x / 2;
          guint b = x % 2 == 0 ? (a > 0 ? a - 1 : 0) : MIN (a + 1, self->width - 1);

          large->dots[(gsize) y * large->width + x] =
            (guint8) ((9u * near[a] + 3u * near[b] + 3u * far[a] + far[b] + 8u) / 16u);
        }
    }
  return large;
}

GsSealPicture *
gs_seal_picture_smooth (const GsSealPicture *self)
{
  GsSealPicture *smooth = picture_new (self->width, self->height);

  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      {
        guint sum = 0;

        for (int dy = -1; dy <= 1; dy++)
          for (int dx = -1; dx <= 1; dx++)
            {
              guint at_y = (guint) CLAMP ((int) y + dy, 0, (int) self->height - 1);
              guint at_x = (guint) CLAMP ((int) x + dx, 0, (int) self->width - 1);

              sum += self->dots[(gsize) at_y * self->width + at_x];
            }
        smooth->dots[(gsize) y * self->width + x] = (guint8) (sum / 9);
      }
  return smooth;
}
