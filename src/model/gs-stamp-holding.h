/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who had which stamp of the register when, and from whose hand. A plain struct of one owner. Any
 * thread. */
typedef struct
{
  char *id; /* UUID */
  char *device;
  char *officer;
  char *desk;
  gint64 from_utc_ms;
  char *handed_by;
  gint64 until_utc_ms; /* 0 while it lasts */
  char *returned_by;
  char *received_by;
} GsStampHolding;

GsStampHolding *gs_stamp_holding_new (void);
void gs_stamp_holding_free (GsStampHolding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampHolding, gs_stamp_holding_free)

G_END_DECLS
