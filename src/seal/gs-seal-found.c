/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-found.h"

#include "gs-seal.h"

void
gs_seal_found_free (GsSealFound *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}

gboolean
gs_seal_found_is_seal (const GsSealFound *self)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (self->bytes, &size);

  return size > 0 && bytes[0] == GS_SEAL_MAGIC;
}

double
gs_seal_found_get_x (const GsSealFound *self)
{
  return (self->x[0] + self->x[1] + self->x[2] + self->x[3]) / 4;
}

double
gs_seal_found_get_y (const GsSealFound *self)
{
  return (self->y[0] + self->y[1] + self->y[2] + self->y[3]) / 4;
}

int
gs_seal_found_choose (GPtrArray *found, guint width, guint height)
{
  int chosen = -1;
  double nearest = G_MAXDOUBLE;

  for (guint i = 0; i < found->len; i++)
    {
      const GsSealFound *one = g_ptr_array_index (found, i);
      double dx = gs_seal_found_get_x (one) - width / 2.0;
      double dy = gs_seal_found_get_y (one) - height / 2.0;

      if (!gs_seal_found_is_seal (one) || dx * dx + dy * dy >= nearest)
        continue;
      nearest = dx * dx + dy * dy;
      chosen = (int) i;
    }
  return chosen;
}
