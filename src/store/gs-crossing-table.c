/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-crossing-table.h"

#include "gs-time.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "crossing, gate, direction, state, outcome, reasons, party, flight, document_digest, "           \
  "serial, started_at, referred_at, admitted_at, resolved_at, closed_at, closed_cause, "           \
  "last_event_id, live"

GsCrossingRow *
gs_crossing_row_new (void)
{
  return g_new0 (GsCrossingRow, 1);
}

void
gs_crossing_row_free (GsCrossingRow *self)
{
  if (self == NULL)
    return;
  g_free (self->crossing);
  g_free (self->gate);
  g_free (self->direction);
  g_free (self->state);
  g_free (self->outcome);
  g_free (self->reasons);
  g_free (self->party);
  g_free (self->flight);
  g_free (self->document_digest);
  g_free (self->serial);
  g_free (self->closed_cause);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsCrossingRow *row = gs_crossing_row_new ();

  row->crossing = gs_statement_dup_text (statement, 0);
  row->gate = gs_statement_dup_text (statement, 1);
  row->direction = gs_statement_dup_text (statement, 2);
  row->state = gs_statement_dup_text (statement, 3);
  row->outcome = gs_statement_dup_text (statement, 4);
  row->reasons = gs_statement_dup_text (statement, 5);
  row->party = gs_statement_dup_text (statement, 6);
  row->flight = gs_statement_dup_text (statement, 7);
  row->document_digest = gs_statement_dup_text (statement, 8);
  row->serial = gs_statement_dup_text (statement, 9);
  row->started_at_utc_ms = gs_statement_get_int (statement, 10);
  row->referred_at_utc_ms = gs_statement_get_int (statement, 11);
  row->admitted_at_utc_ms = gs_statement_get_int (statement, 12);
  row->resolved_at_utc_ms = gs_statement_get_int (statement, 13);
  row->closed_at_utc_ms = gs_statement_get_int (statement, 14);
  row->closed_cause = gs_statement_dup_text (statement, 15);
  row->last_event_id = gs_statement_get_int (statement, 16);
  row->live = gs_statement_get_int (statement, 17) != 0;
  return row;
}

static void
bind_row (GsStatement *statement, const GsCrossingRow *row)
{
  gs_statement_bind_text (statement, 1, row->crossing);
  gs_statement_bind_text (statement, 2, row->gate);
  gs_statement_bind_text (statement, 3, row->direction);
  gs_statement_bind_text (statement, 4, row->state);
  gs_statement_bind_text (statement, 5, row->outcome);
  gs_statement_bind_text (statement, 6, row->reasons);
  gs_statement_bind_text (statement, 7, row->party);
  gs_statement_bind_text (statement, 8, row->flight);
  gs_statement_bind_text (statement, 9, row->document_digest);
  gs_statement_bind_text (statement, 10, row->serial);
  gs_statement_bind_int (statement, 11, row->started_at_utc_ms);
  gs_statement_bind_int (statement, 12, row->referred_at_utc_ms);
  gs_statement_bind_int (statement, 13, row->admitted_at_utc_ms);
  gs_statement_bind_int (statement, 14, row->resolved_at_utc_ms);
  gs_statement_bind_int (statement, 15, row->closed_at_utc_ms);
  gs_statement_bind_text (statement, 16, row->closed_cause);
  gs_statement_bind_int (statement, 17, row->last_event_id);
  gs_statement_bind_int (statement, 18, row->live ? 1 : 0);
}

/* The model tells an unknown time by GS_TIME_UNKNOWN or 0, the table by 0. */
static gint64
known (gint64 utc_ms)
{
  return utc_ms == GS_TIME_UNKNOWN ? 0 : utc_ms;
}

GsCrossingRow *
gs_crossing_row_new_from (const GsCrossing *crossing, gboolean live)
{
  GsCrossingRow *row = gs_crossing_row_new ();

  row->crossing = g_strdup (crossing->id);
  row->gate = g_strdup (crossing->gate);
  row->direction = g_strdup (gs_direction_to_word (crossing->direction));
  row->state = g_strdup (gs_crossing_state_to_word (crossing->state));
  row->outcome = g_strdup (crossing->outcome != 0 ? gs_outcome_to_word (crossing->outcome) : NULL);
  row->reasons = crossing->reasons != NULL ? g_strjoinv (",", crossing->reasons) : g_strdup ("");
  row->party = g_strdup (crossing->party);
  row->flight = g_strdup (crossing->flight);
  row->document_digest = g_strdup (crossing->document_digest);
  row->serial = g_strdup (crossing->stamp_serial);
  row->started_at_utc_ms = known (crossing->started_utc_ms);
  row->referred_at_utc_ms = known (crossing->referred_utc_ms);
  row->admitted_at_utc_ms = known (crossing->admitted_utc_ms);
  row->resolved_at_utc_ms = known (crossing->outcome_utc_ms);
  row->closed_at_utc_ms = known (crossing->closed_utc_ms);
  if (crossing->close_cause > GS_CLOSE_CAUSE_NONE)
    row->closed_cause = g_strdup (gs_close_cause_to_word (crossing->close_cause));
  row->last_event_id = crossing->as_of_event;
  row->live = live;
  return row;
}

gboolean
gs_crossing_table_put (GsDatabase *db, const GsCrossingRow *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO crossing (" COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
    " ON CONFLICT (crossing) DO UPDATE SET"
    " gate = excluded.gate, direction = excluded.direction, state = excluded.state, "
    " outcome = excluded.outcome, reasons = excluded.reasons, party = excluded.party, "
    " flight = excluded.flight, document_digest = excluded.document_digest, "
    " serial = excluded.serial, started_at = excluded.started_at, "
    " referred_at = excluded.referred_at, admitted_at = excluded.admitted_at, "
    " resolved_at = excluded.resolved_at, closed_at = excluded.closed_at, "
    " closed_cause = excluded.closed_cause, last_event_id = excluded.last_event_id, "
    " live = excluded.live"
    " WHERE excluded.last_event_id >= crossing.last_event_id",
    error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return gs_statement_run (statement, error);
}

GsCrossingRow *
gs_crossing_table_get (GsDatabase *db, const char *crossing, GError **error)
{
  gpointer row = NULL;
  GsStatement *statement =
    gs_database_statement (db, "SELECT " COLUMNS " FROM crossing WHERE crossing = $1", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  gs_statement_fetch (statement, read_row, &row, error);
  return row;
}

void
gs_history_filter_free (GsHistoryFilter *self)
{
  if (self == NULL)
    return;
  g_free (self->gate);
  g_free (self->reason);
  g_free (self->outcome);
  g_free (self->issuing_state);
  g_free (self->document_number);
  g_free (self);
}

/* The condition of the filter, with parameters from $1 on without a hole (PostgreSQL types only
 * those that it sees); *next is the first free one. The text depends only on which members are set,
 * so that the number of prepared statements stays small. */
static char *
make_condition (const GsHistoryFilter *filter, int *next)
{
  g_autoptr (GString) text = g_string_new (" WHERE started_at >= $1 AND started_at < $2");

  *next = 3;
  if (filter != NULL && filter->gate != NULL)
    g_string_append_printf (text, " AND gate = $%d", (*next)++);
  if (filter != NULL && filter->reason != NULL)
    g_string_append_printf (
      text, " AND (',' || reasons || ',') LIKE ('%%,' || CAST($%d AS TEXT) || ',%%')", (*next)++);
  if (filter != NULL && filter->outcome != NULL)
    g_string_append_printf (text, " AND outcome = $%d", (*next)++);
  if (filter != NULL && filter->document_number != NULL)
    {
      g_string_append_printf (text,
                              " AND crossing IN (SELECT crossing FROM identity"
                              " WHERE document_number = $%d AND issuing_state = $%d)",
                              *next, *next + 1);
      *next += 2;
    }
  return g_strdup (text->str);
}

/* In the order of make_condition(). */
static void
bind_condition (GsStatement *statement, const GsHistoryFilter *filter)
{
  int next = 3;

  gs_statement_bind_int (statement, 1, filter != NULL ? filter->from_utc_ms : 0);
  gs_statement_bind_int (statement, 2,
                         filter != NULL && filter->to_utc_ms > 0 ? filter->to_utc_ms : G_MAXINT64);
  if (filter == NULL)
    return;
  if (filter->gate != NULL)
    gs_statement_bind_text (statement, next++, filter->gate);
  if (filter->reason != NULL)
    gs_statement_bind_text (statement, next++, filter->reason);
  if (filter->outcome != NULL)
    gs_statement_bind_text (statement, next++, filter->outcome);
  if (filter->document_number != NULL)
    {
      gs_statement_bind_text (statement, next++, filter->document_number);
      gs_statement_bind_text (statement, next++, filter->issuing_state);
    }
}

GPtrArray *
gs_crossing_table_page (GsDatabase *db,
                        const GsHistoryFilter *filter,
                        gint64 key_utc_ms,
                        const char *key_crossing,
                        guint limit,
                        GError **error)
{
  int next;
  g_autofree char *condition = make_condition (filter, &next);
  g_autofree char *sql =
    g_strdup_printf ("SELECT " COLUMNS " FROM crossing%s AND (started_at, crossing) < ($%d, $%d)"
                     " ORDER BY started_at DESC, crossing DESC LIMIT $%d",
                     condition, next, next + 1, next + 2);
  GsStatement *statement = gs_database_statement (db, sql, error);

  if (statement == NULL)
    return NULL;
  bind_condition (statement, filter);
  gs_statement_bind_int (statement, next, key_utc_ms);
  gs_statement_bind_text (statement, next + 1, key_crossing);
  gs_statement_bind_int (statement, next + 2, limit);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_crossing_row_free, error);
}

gboolean
gs_crossing_table_count (GsDatabase *db,
                         const GsHistoryFilter *filter,
                         gint64 *count,
                         GError **error)
{
  int next;
  g_autofree char *condition = make_condition (filter, &next);
  g_autofree char *sql = g_strconcat ("SELECT COUNT(*) FROM crossing", condition, NULL);
  GsStatement *statement = gs_database_statement (db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  bind_condition (statement, filter);
  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  *count = row ? gs_statement_get_int (statement, 0) : 0;
  gs_statement_reset (statement);
  return TRUE;
}
