/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-finder.h"

#include <dmtx.h>
#include <math.h>

/* No page has more; each costs time. */
#define MAX_SYMBOLS 16
/* Once a seal was found, so much longer for others beside it. */
#define AFTERWARDS_US (600 * 1000)
/* Sizes of the longer side that the passes look at, in this order: large symbols are found sooner
 * on a small picture, and small ones only on a large one. */
static const guint sides[] = { 1600, 3200, 6400, GS_SEAL_PICTURE_MAX_SIDE };

typedef struct
{
  GPtrArray *found;
  gint64 deadline_monotonic_us;
} Search;

static gboolean
is_over (const Search *search)
{
  return g_get_monotonic_time () >= search->deadline_monotonic_us
         || search->found->len >= MAX_SYMBOLS;
}

static gboolean
is_known (const Search *search, const GsSealFound *one)
{
  for (guint i = 0; i < search->found->len; i++)
    {
      const GsSealFound *other = g_ptr_array_index (search->found, i);
      double side = hypot (other->x[1] - other->x[0], other->y[1] - other->y[0]);

      if (hypot (gs_seal_found_get_x (one) - gs_seal_found_get_x (other),
                 gs_seal_found_get_y (one) - gs_seal_found_get_y (other))
          < side / 2)
        return TRUE;
    }
  return FALSE;
}

/* The region's corners in dots of the whole picture. dot: how large a dot of this pass is there. */
static void
take_corners (GsSealFound *one, DmtxRegion *region, const GsSealPicture *picture, double dot)
{
  static const double at[4][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };

  for (guint i = 0; i < 4; i++)
    {
      DmtxVector2 corner = { at[i][0], at[i][1] };

      dmtxMatrix3VMultiplyBy (&corner, region->fit2raw);
      one->x[i] = corner.X * dot;
      one->y[i] = (picture->height - 1 - corner.Y) * dot;
    }
}

static void
take_region (
  Search *search, DmtxDecode *decoder, DmtxRegion *region, const GsSealPicture *picture, double dot)
{
  DmtxMessage *message = dmtxDecodeMatrixRegion (decoder, region, DmtxUndefined);
  GsSealFound *one;

  if (message == NULL)
    return;
  one = g_new0 (GsSealFound, 1);
  one->bytes = g_bytes_new (message->output, (gsize) MAX (message->outputIdx, 0));
  take_corners (one, region, picture, dot);
  dmtxMessageDestroy (&message);
  if (g_bytes_get_size (one->bytes) == 0 || is_known (search, one))
    {
      gs_seal_found_free (one);
      return;
    }
  g_ptr_array_add (search->found, one);
  if (gs_seal_found_is_seal (one))
    search->deadline_monotonic_us =
      MIN (search->deadline_monotonic_us, g_get_monotonic_time () + AFTERWARDS_US);
}

static void
look (Search *search, const GsSealPicture *picture, double dot)
{
  DmtxImage *image =
    dmtxImageCreate (picture->dots, (int) picture->width, (int) picture->height, DmtxPack8bppK);
  DmtxDecode *decoder = image != NULL ? dmtxDecodeCreate (image, 1) : NULL;

  /* A seal has 22 modules a side and more, each of which needs two dots. */
  if (decoder != NULL)
    {
      dmtxDecodeSetProp (decoder, DmtxPropSymbolSize, DmtxSymbolSquareAuto);
      dmtxDecodeSetProp (decoder, DmtxPropEdgeMin, 32);
      dmtxDecodeSetProp (decoder, DmtxPropScanGap, 4);
    }
  while (decoder != NULL && !is_over (search))
    {
      gint64 left_us = search->deadline_monotonic_us - g_get_monotonic_time ();
      DmtxTime until = dmtxTimeAdd (dmtxTimeNow (), (long) MAX (left_us / 1000, 1));
      DmtxRegion *region = dmtxRegionFindNext (decoder, &until);

      if (region == NULL)
        break;
      take_region (search, decoder, region, picture, dot);
      dmtxRegionDestroy (&region);
    }
  if (decoder != NULL)
    dmtxDecodeDestroy (&decoder);
  if (image != NULL)
    dmtxImageDestroy (&image);
}

/* The same dots without their noise. */
static void
look_smoothly (Search *search, const GsSealPicture *picture, double dot)
{
  g_autoptr (GsSealPicture) smooth = gs_seal_picture_smooth (picture);

  look (search, smooth, dot);
}

GPtrArray *
gs_seal_finder_run (const GsSealPicture *picture, guint patience_ms)
{
  Search search = { .found = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_seal_found_free),
                    .deadline_monotonic_us =
                      g_get_monotonic_time () + 1000 * (gint64) patience_ms };
  guint longer = MAX (picture->width, picture->height);
  guint before = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (sides) && before != 1 && !is_over (&search); i++)
    {
      guint by = MIN ((longer + sides[i] - 1) / sides[i], 16);
      g_autoptr (GsSealPicture) small = NULL;

      if (by == before)
        continue;
      before = by;
      small = by > 1 ? gs_seal_picture_shrink (picture, by) : NULL;
      look (&search, small != NULL ? small : picture, by);
      if (search.found->len == 0 && !is_over (&search))
        look_smoothly (&search, small != NULL ? small : picture, by);
    }
  if (search.found->len == 0 && longer <= 1600 && !is_over (&search))
    {
      g_autoptr (GsSealPicture) large = gs_seal_picture_double (picture);

      look (&search, large, 0.5);
    }
  return search.found;
}
