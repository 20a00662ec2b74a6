/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-counted-prints.h"

#include "gs-counted-print-table.h"

static gpointer
begin_in_store (GsDatabase *db, gpointer print, GError **error)
{
  return GINT_TO_POINTER (gs_counted_print_table_add (db, print, error));
}

void
gs_counted_prints_begin_async (GsStore *store,
                               const GsCountedPrint *print,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GsCountedPrint *copy = gs_counted_print_new ();
  g_autofree char *kind = g_strconcat ("print.", gs_counted_print_kind_to_word (print->kind), NULL);
  g_autofree char *detail = print->serial != NULL
                              ? g_strdup_printf ("desk=%s serial=%s", print->desk, print->serial)
                              : g_strdup_printf ("desk=%s", print->desk);
  const GsRecordEntry entry = { .kind = kind,
                                .at_utc_ms = print->taken_utc_ms,
                                .officer = print->officer,
                                .subject = print->id,
                                .detail = detail };

  *copy = *print;
  copy->id = g_strdup (print->id);
  copy->desk = g_strdup (print->desk);
  copy->printer = g_strdup (print->printer);
  copy->officer = g_strdup (print->officer);
  copy->serial = g_strdup (print->serial);
  gs_store_transact_async (store, &entry, begin_in_store, copy,
                           (GDestroyNotify) gs_counted_print_free, NULL, cancellable, callback,
                           user_data);
}

typedef struct
{
  char *id;
  GsCountedPrintState state;
  gint64 at_utc_ms;
} End;

static void
end_free (gpointer data)
{
  End *end = data;

  g_free (end->id);
  g_free (end);
}

static gpointer
end_in_store (GsDatabase *db, gpointer data, GError **error)
{
  const End *end = data;

  return GINT_TO_POINTER (
    gs_counted_print_table_end (db, end->id, end->state, end->at_utc_ms, error));
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("What became of a print is not written down: %s", error->message);
}

void
gs_counted_prints_end (GsStore *store, const char *id, GsCountedPrintState state, gint64 at_utc_ms)
{
  End *end = g_new0 (End, 1);
  g_autofree char *detail = g_strdup_printf ("state=%s", gs_counted_print_state_to_word (state));
  const GsRecordEntry entry = {
    .kind = "print.ended", .at_utc_ms = at_utc_ms, .subject = id, .detail = detail
  };

  end->id = g_strdup (id);
  end->state = state;
  end->at_utc_ms = at_utc_ms;
  gs_store_transact_async (store, &entry, end_in_store, end, end_free, NULL, NULL, on_ended, NULL);
}
