/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One symbol that was found on a picture. Plain values, immutable once made; any thread. */
typedef struct
{
  double x[4]; /* its corners in dots of the picture, around it */
  double y[4];
  GBytes *bytes; /* what it holds */
} GsSealFound;

void gs_seal_found_free (GsSealFound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSealFound, gs_seal_found_free)

/* It begins as a seal does; else it is another Data Matrix. */
gboolean gs_seal_found_is_seal (const GsSealFound *self);
/* Its middle. */
double gs_seal_found_get_x (const GsSealFound *self);
double gs_seal_found_get_y (const GsSealFound *self);

/* The seal whose middle is nearest to that of the picture; -1 when there is none. found: GPtrArray
 * of GsSealFound. */
int gs_seal_found_choose (GPtrArray *found, guint width, guint height);

G_END_DECLS
