/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-holding.h"

GsStampHolding *
gs_stamp_holding_new (void)
{
  return g_new0 (GsStampHolding, 1);
}

void
gs_stamp_holding_free (GsStampHolding *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->device);
  g_free (self->officer);
  g_free (self->desk);
  g_free (self->handed_by);
  g_free (self->returned_by);
  g_free (self->received_by);
  g_free (self);
}
