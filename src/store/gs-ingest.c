/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ingest.h"

#include <openssl/evp.h>
#include <string.h>

#include "gs-ingest-private.h"
#include "gs-record-table.h"
#include "gs-uuid.h"

/* One entry of the record for so many events. */
#define EVENTS_PER_ENTRY 1000

GsIngestItem *
gs_ingest_item_new (GsIngestKind kind, gint64 id)
{
  GsIngestItem *self = g_new0 (GsIngestItem, 1);

  self->kind = kind;
  self->id = id;
  self->last_id = id;
  return self;
}

void
gs_ingest_item_free (GsIngestItem *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->crossing);
  g_free (self->gate);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_pointer (&self->traveller, gs_traveller_free);
  g_free (self->reason);
  g_free (self);
}

void
gs_ingest_result_free (GsIngestResult *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->verdicts);
  g_free (self);
}

/* The bytes of an item before and after the identity, as one blob. */
static GBytes *
cut (const GsIngestItem *item)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (item->raw, &length);
  gsize end = item->identity_start + item->identity_length;
  guint8 *rest;

  if (item->identity_length == 0)
    return g_bytes_ref (item->raw);
  rest = g_malloc (length - item->identity_length + 1);
  if (item->identity_start > 0)
    memcpy (rest, data, item->identity_start);
  if (length > end)
    memcpy (rest + item->identity_start, data + end, length - end);
  return g_bytes_new_take (rest, length - item->identity_length);
}

static gboolean
insert_event (GsIngestBatch *batch, const GsIngestItem *item, gboolean *inserted, GError **error)
{
  g_autoptr (GBytes) rest = cut (item);
  GsStatement *statement = gs_database_statement (
    batch->db,
    "INSERT INTO event (position, epoch_number, event_id, type, crossing, gate, event_at, raw,"
    " identity_start, identity_length) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    " ON CONFLICT (epoch_number, event_id) DO NOTHING",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, batch->position + 1);
  gs_statement_bind_int (statement, 2, batch->epoch_number);
  gs_statement_bind_int (statement, 3, item->id);
  gs_statement_bind_text (statement, 4, item->type);
  gs_statement_bind_text (statement, 5, item->crossing);
  gs_statement_bind_text (statement, 6, item->gate);
  gs_statement_bind_int (statement, 7, item->time_utc_ms);
  gs_statement_bind_blob (statement, 8, rest);
  gs_statement_bind_int (statement, 9, (gint64) item->identity_start);
  gs_statement_bind_int (statement, 10, (gint64) item->identity_length);
  if (!gs_statement_run (statement, error))
    return FALSE;
  *inserted = gs_statement_changes (statement) == 1;
  if (!*inserted)
    return TRUE;
  batch->position++;
  if (item->identity_length == 0)
    return TRUE;
  return gs_identity_table_add (
    batch->db, item->crossing != NULL ? item->crossing : "", batch->position, item->time_utc_ms,
    (const guint8 *) g_bytes_get_data (item->raw, NULL) + item->identity_start,
    item->identity_length, item->traveller, error);
}

typedef struct
{
  GBytes *rest;
  GBytes *middle; /* NULL when it was deleted */
  gint64 start;
  gint64 length;
} StoredEvent;

static gpointer
read_stored (GsStatement *statement)
{
  StoredEvent *stored = g_new0 (StoredEvent, 1);

  stored->rest = gs_statement_dup_blob (statement, 0);
  stored->start = gs_statement_get_int (statement, 1);
  stored->length = gs_statement_get_int (statement, 2);
  stored->middle = gs_statement_dup_blob (statement, 3);
  return stored;
}

/* Whether the event of that number that is here has the item's bytes. Where the identity was
 * deleted meanwhile its bytes cannot be compared, only their length and all around them. */
static gboolean
is_same (GsIngestBatch *batch, const GsIngestItem *item, gboolean *same, GError **error)
{
  g_autoptr (GBytes) rest = cut (item);
  g_autofree StoredEvent *stored = NULL;
  gpointer row;
  GsStatement *statement = gs_database_statement (
    batch->db,
    "SELECT e.raw, e.identity_start, e.identity_length, i.bytes FROM event AS e"
    " LEFT JOIN identity AS i ON i.crossing = COALESCE(e.crossing, '')"
    " AND i.position = e.position AND e.identity_length > 0"
    " WHERE e.epoch_number = $1 AND e.event_id = $2",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, batch->epoch_number);
  gs_statement_bind_int (statement, 2, item->id);
  if (!gs_statement_fetch (statement, read_stored, &row, error))
    return FALSE;
  stored = row;
  if (stored == NULL)
    {
      g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CORRUPT, "An event is there and is not");
      return FALSE;
    }
  *same = (gsize) stored->start == item->identity_start
          && (gsize) stored->length == item->identity_length && g_bytes_equal (rest, stored->rest);
  if (*same && stored->middle != NULL)
    *same = g_bytes_get_size (stored->middle) == item->identity_length
            && memcmp (g_bytes_get_data (stored->middle, NULL),
                       (const guint8 *) g_bytes_get_data (item->raw, NULL) + item->identity_start,
                       item->identity_length)
                 == 0;
  g_bytes_unref (stored->rest);
  g_clear_pointer (&stored->middle, g_bytes_unref);
  return TRUE;
}

static gboolean
insert_quarantine (GsIngestBatch *batch,
                   const GsIngestItem *item,
                   const char *reason,
                   gboolean *inserted,
                   GError **error)
{
  g_autofree char *quarantine = gs_uuid_new ();
  guint8 digest[EVP_MAX_MD_SIZE];
  gsize length = 0;
  gconstpointer data = item->raw != NULL ? g_bytes_get_data (item->raw, &length) : NULL;
  GsStatement *statement = gs_database_statement (
    batch->db,
    "INSERT INTO quarantine (quarantine, epoch_number, event_id, crossing, reason, arrived_at, raw,"
    " digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (epoch_number, event_id, digest) DO NOTHING",
    error);

  if (statement == NULL)
    return FALSE;
  EVP_Digest (data, length, digest, NULL, EVP_sha256 (), NULL);
  gs_statement_bind_text (statement, 1, quarantine);
  gs_statement_bind_int (statement, 2, batch->epoch_number);
  if (item->id >= 0)
    gs_statement_bind_int (statement, 3, item->id);
  gs_statement_bind_text (statement, 4, item->crossing);
  gs_statement_bind_text (statement, 5, reason);
  gs_statement_bind_int (statement, 6, batch->now_utc_ms);
  gs_statement_bind_bytes (statement, 7, data, length);
  gs_statement_bind_bytes (statement, 8, digest, 32);
  if (!gs_statement_run (statement, error))
    return FALSE;
  *inserted = gs_statement_changes (statement) == 1;
  if (*inserted)
    batch->result->n_quarantined++;
  return TRUE;
}

static gboolean
insert_gap (GsIngestBatch *batch, const GsIngestItem *item, gboolean *inserted, GError **error)
{
  GsStatement *statement = gs_database_statement (
    batch->db,
    "INSERT INTO gap (epoch_number, first_id, last_id, found_at) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (epoch_number, first_id, last_id) DO NOTHING",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, batch->epoch_number);
  gs_statement_bind_int (statement, 2, item->id);
  gs_statement_bind_int (statement, 3, item->last_id);
  gs_statement_bind_int (statement, 4, batch->now_utc_ms);
  if (!gs_statement_run (statement, error))
    return FALSE;
  *inserted = gs_statement_changes (statement) == 1;
  if (*inserted)
    batch->n_gaps++;
  return TRUE;
}

/* An event that cannot be kept as one: the caller's parser should not have let it through. */
static const char *
find_flaw (const GsIngestItem *item)
{
  gsize length;

  if (item->raw == NULL)
    return "no-bytes";
  if (item->id < 1)
    return "bad-id";
  if (item->type == NULL)
    return "no-type";
  length = g_bytes_get_size (item->raw);
  if (item->identity_start > length || item->identity_length > length - item->identity_start)
    return "bad-range";
  return NULL;
}

static gboolean
take_event (GsIngestBatch *batch,
            const GsIngestItem *item,
            GsIngestVerdict *verdict,
            GError **error)
{
  const char *flaw = find_flaw (item);
  gboolean inserted, same;

  if (flaw != NULL)
    {
      *verdict = GS_INGEST_QUARANTINED;
      return insert_quarantine (batch, item, flaw, &inserted, error);
    }
  if (!insert_event (batch, item, &inserted, error))
    return FALSE;
  if (inserted)
    {
      batch->n_events++;
      *verdict = GS_INGEST_NEW;
      return TRUE;
    }
  if (!is_same (batch, item, &same, error))
    return FALSE;
  *verdict = same ? GS_INGEST_DUPLICATE : GS_INGEST_QUARANTINED;
  return same || insert_quarantine (batch, item, "other-content", &inserted, error);
}

static gboolean
take_item (GsIngestBatch *batch, const GsIngestItem *item, GError **error)
{
  GsIngestVerdict verdict = GS_INGEST_NEW;
  gboolean inserted = TRUE, taken;

  switch (item->kind)
    {
    case GS_INGEST_QUARANTINE:
      taken = insert_quarantine (batch, item, item->reason != NULL ? item->reason : "unreadable",
                                 &inserted, error);
      verdict = inserted ? GS_INGEST_NEW : GS_INGEST_DUPLICATE;
      break;
    case GS_INGEST_GAP:
      if (item->id < 1 || item->last_id < item->id)
        {
          g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT,
                       "A gap ends before it begins");
          return FALSE;
        }
      taken = insert_gap (batch, item, &inserted, error);
      verdict = inserted ? GS_INGEST_NEW : GS_INGEST_DUPLICATE;
      break;
    case GS_INGEST_EVENT:
    default:
      taken = take_event (batch, item, &verdict, error);
      break;
    }
  if (!taken)
    return FALSE;
  if (verdict == GS_INGEST_NEW)
    batch->result->n_new++;
  g_array_append_val (batch->result->verdicts, verdict);
  if (item->id >= 1)
    gs_ingest_batch_pass (batch, item->id, item->kind == GS_INGEST_GAP ? item->last_id : item->id);
  return TRUE;
}

/* The one automatic entry: see gs-ingest.h. */
static gboolean
write_entry (GsIngestBatch *batch, const char *epoch, GError **error)
{
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { 0 };

  if (batch->result->n_quarantined == 0 && batch->n_gaps == 0
      && batch->n_events - batch->n_recorded < EVENTS_PER_ENTRY)
    return TRUE;
  detail = g_strdup_printf (
    "cursor=%" G_GINT64_FORMAT " events=%" G_GINT64_FORMAT " quarantined=%u gaps=%u", batch->cursor,
    batch->n_events, batch->result->n_quarantined, batch->n_gaps);
  entry.kind = "feed.ingest";
  entry.at_utc_ms = batch->now_utc_ms;
  entry.subject = epoch;
  entry.detail = detail;
  batch->n_recorded = batch->n_events;
  return gs_record_table_append (batch->db, &entry, error);
}

GsIngestResult *
gs_ingest_run (
  GsDatabase *db, const char *epoch, GPtrArray *items, GPtrArray *crossings, GError **error)
{
  g_autoptr (GsIngestResult) result = g_new0 (GsIngestResult, 1);
  GsIngestBatch batch = { 0 };

  result->verdicts = g_array_sized_new (FALSE, FALSE, sizeof (GsIngestVerdict), items->len);
  batch.db = db;
  batch.result = result;
  batch.now_utc_ms = g_get_real_time () / 1000;
  if (!gs_ingest_batch_load (&batch, epoch, error))
    return NULL;
  for (guint i = 0; i < items->len; i++)
    if (!take_item (&batch, g_ptr_array_index (items, i), error))
      return NULL;
  for (guint i = 0; crossings != NULL && i < crossings->len; i++)
    if (!gs_crossing_table_put (db, g_ptr_array_index (crossings, i), error))
      return NULL;
  if (!gs_ingest_batch_advance (&batch, error) || !write_entry (&batch, epoch, error)
      || !gs_ingest_batch_save (&batch, error))
    return NULL;
  return g_steal_pointer (&result);
}
