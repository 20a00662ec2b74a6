/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-store.h"

G_BEGIN_DECLS

/* The report of some days of a desk's register, read and noted in the record as an export in one
 * transaction. */
typedef struct
{
  char *desk;
  char *port;      /* or NULL */
  char *first_day; /* "2026-11-01", both included */
  char *last_day;
  GTimeZone *zone; /* NULL: that of the last reconciliation, else UTC */
  gint64 now_utc_ms;
  gboolean pdf; /* else CSV */
} GsRegisterExport;

GsRegisterExport *gs_register_export_new (const char *desk,
                                          const char *port,
                                          const char *first_day,
                                          const char *last_day,
                                          GTimeZone *zone,
                                          gint64 now_utc_ms,
                                          gboolean pdf);
void gs_register_export_free (GsRegisterExport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsRegisterExport, gs_register_export_free)

/* officer: account id, NULL for the command line. detail must outlive the entry. */
void gs_register_export_describe (const GsRegisterExport *self,
                                  const char *officer,
                                  GsRecordEntry *entry,
                                  char **detail);

/* A GsStoreFunc; data is a GsRegisterExport, the result the file's GBytes. */
gpointer gs_register_export_run (GsDatabase *db, gpointer data, GError **error);

G_END_DECLS
