/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-error.h"

G_DEFINE_QUARK (gs - face - error, gs_face_error)
