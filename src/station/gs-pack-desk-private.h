/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-pack-desk.h"
#include "gs-worker.h"

G_BEGIN_DECLS

/* A pack of the store or of the key file, as the worker found it. Shared by reference count. */
typedef struct
{
  GsStampPackRow *row; /* NULL for the key file's */
  GsStampPack *pack;
  GError *trouble;
} GsPackFound;

struct _GsPackDesk
{
  GObject parent_instance;

  const GsConfig *config;
  GsStore *store;
  GsClock *clock;
  GsSession *session;
  GTimeZone *time_zone;
  GsWorker *worker;
  GCancellable *cancellable;
  GPtrArray *found;       /* of GsPackFound; the key file's first. NULL before the first look */
  GPtrArray *activations; /* of GsStampPackActivation */
  gboolean told;          /* what does not verify was said and recorded */
};

void gs_pack_desk_load (GsPackDesk *self);
gint64 gs_pack_desk_now_utc_ms (GsPackDesk *self);
char *gs_pack_desk_dup_authorities_path (GsPackDesk *self);
const GsPackFound *gs_pack_desk_find (GsPackDesk *self, const char *digest);

G_END_DECLS
