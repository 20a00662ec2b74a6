/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-register.h"

/* What the files of the register share; not for anybody else. */

struct _GsStampRegister
{
  GObject parent_instance;

  const GsConfig *config;
  GsStore *store;
  GsClock *clock;
  GsSession *session;
  GTimeZone *zone;
  GsPrinterDesk *printers; /* NULL for none */
  GHashTable *begun;       /* addresses whose first counter is in the store, or on its way */

  gboolean read;
  gboolean reading;
  gboolean again; /* something changed while it was being read */
  gboolean entering;
  GPtrArray *devices; /* GsStampDevice */
  GPtrArray *history; /* GsReconciliation */
  GHashTable *names;  /* account id → label */
  char *began;        /* the day on which the register began; or NULL */
  char *digest;       /* of what was read: "changed" only when it is another */

  GCancellable *cancellable;
  guint timer;
};

void gs_stamp_register_emit (GsStampRegister *self);
guint gs_stamp_register_get_n_printers (GsStampRegister *self);
/* The printer's address; *status is what it said last. Borrowed. */
const char *gs_stamp_register_get_printer (GsStampRegister *self,
                                           guint position,
                                           const GsPrinterStatus **status);
/* The store refused: in words of the register. */
GError *gs_stamp_register_translate (GError *error);
