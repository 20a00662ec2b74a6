/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the eyes are in a picture, so that pictures beside each other can be cut to the same size
 * of face with the eyes on one line. It says nothing of whose they are. */
typedef struct
{
  double x, y;  /* the point between them, as shares of the picture's width and height */
  double apart; /* how far, as a share of its width, were the face not turned; 0: not known */
} GsFaceEyes;

G_END_DECLS
