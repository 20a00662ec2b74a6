/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-cloud-event.h"

#include "gs-cloud-event-data.h"
#include "gs-json-range.h"
#include "gs-json-read.h"
#include "gs-time.h"
#include "gs-uuid.h"

#include <string.h>

#define TYPE_PREFIX "org.gateside."
#define TYPE_SUFFIX ".v1"

static const char *const mrz_members[] = {
  "document_number", "primary_identifier", "secondary_identifier", "birth_date", "optional_data",
  "name_own_script", "expiry_date",        "nationality",          "sex"
};

gint64
gs_cloud_event_parse_id (const char *text, gsize len)
{
  gint64 id = 0;

  if (text == NULL || len == 0 || len > 19 || text[0] == '0')
    return -1;
  for (gsize i = 0; i < len; i++)
    {
      int digit = text[i] - '0';

      if (digit < 0 || digit > 9 || id > (G_MAXINT64 - digit) / 10)
        return -1;
      id = id * 10 + digit;
    }
  return id;
}

/* The event's type of ours; FALSE when it is none. */
static gboolean
parse_type (const char *text, GsEventType *type)
{
  g_autofree char *word = NULL;

  if (text == NULL || !g_str_has_prefix (text, TYPE_PREFIX) || !g_str_has_suffix (text, TYPE_SUFFIX)
      || strlen (text) < strlen (TYPE_PREFIX TYPE_SUFFIX))
    return FALSE;
  word = g_strndup (text + strlen (TYPE_PREFIX), strlen (text) - strlen (TYPE_PREFIX TYPE_SUFFIX));
  return gs_event_type_from_word (word, type);
}

/* What CloudEvents 1.0 requires of every event, and the contract of its source and subject; NULL
 * when it holds. */
static const char *
check_envelope (json_t *json)
{
  const char *source = gs_json_text (json, "source");
  const char *subject = gs_json_text (json, "subject");
  const char *type = gs_json_text (json, "type");
  gint64 time;

  if (g_strcmp0 (gs_json_text (json, "specversion"), "1.0") != 0)
    return "specversion is not 1.0";
  if (source == NULL || *source == '\0')
    return "source is missing";
  if (type == NULL || *type == '\0')
    return "type is missing";
  if (subject == NULL || *subject == '\0')
    return "subject is missing";
  if (!gs_json_is_absent (json, "time")
      && !gs_time_parse_rfc3339 (gs_json_text (json, "time"), -1, &time))
    return "time is not an RFC 3339 time";
  if (!gs_json_is_absent (json, "datacontenttype")
      && g_strcmp0 (gs_json_text (json, "datacontenttype"), "application/json") != 0)
    return "datacontenttype is not application/json";
  return NULL;
}

static void
read_referral (GsFeedItem *item, json_t *json)
{
  const char *subject = gs_json_text (json, "subject");
  json_t *data = json_object_get (json, "data");
  GsEventType type;

  if (!parse_type (gs_json_text (json, "type"), &type) || type != GS_EVENT_CROSSING_REFERRED
      || !gs_uuid_is_valid (subject))
    return;
  item->referral_crossing = g_ascii_strdown (subject, -1);
  item->referral_gate = g_strdup (gs_json_text (data, "gate"));
  item->referral_reasons = gs_json_texts (data, "reasons");
}

/* The string value behind "name" : " in bytes that are no JSON; up to its closing quote, only when
 * it needs no unescaping. Transfer full. */
static char *
scan_text (const char *raw, gsize len, const char *name)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", name);
  const char *end = raw + len, *at = raw, *close;

  while ((at = memmem (at, (gsize) (end - at), quoted, strlen (quoted))) != NULL)
    {
      at += strlen (quoted);
      while (at < end && strchr (" \t\r\n:", *at) != NULL && *at != '\0')
        at++;
      if (at >= end || *at != '"')
        continue;
      at++;
      close = memchr (at, '"', (gsize) (end - at));
      if (close == NULL || close - at > 128 || memchr (at, '\\', (gsize) (close - at)) != NULL
          || memchr (at, '\0', (gsize) (close - at)) != NULL
          || !g_utf8_validate_len (at, (gsize) (close - at), NULL))
        continue;
      return g_strndup (at, (gsize) (close - at));
    }
  return NULL;
}

/* The codes in "reasons" : [ … ] of bytes that are no JSON. Transfer full or NULL. */
static char **
scan_reasons (const char *raw, gsize len)
{
  const char *at = memmem (raw, len, "\"reasons\"", strlen ("\"reasons\""));
  const char *open, *close;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) codes = NULL;

  if (at == NULL || (open = memchr (at, '[', (gsize) (raw + len - at))) == NULL
      || (close = memchr (open, ']', (gsize) (raw + len - open))) == NULL || close - open > 1024)
    return NULL;
  text = g_strndup (open + 1, (gsize) (close - open - 1));
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  codes = g_strv_builder_new ();
  parts = g_strsplit (text, ",", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      gsize size = strlen (g_strstrip (*part));

      if (size > 2 && (*part)[0] == '"' && (*part)[size - 1] == '"')
        {
          (*part)[size - 1] = '\0';
          g_strv_builder_add (codes, *part + 1);
        }
    }
  return g_strv_builder_end (codes);
}

/* A flaw in a message must not make a traveller invisible: what is left of a referral. */
static void
scan_referral (GsFeedItem *item, const char *raw, gsize len)
{
  g_autofree char *type = scan_text (raw, len, "type");
  g_autofree char *subject = NULL;
  GsEventType parsed;

  if (!parse_type (type, &parsed) || parsed != GS_EVENT_CROSSING_REFERRED)
    return;
  subject = scan_text (raw, len, "subject");
  if (!gs_uuid_is_valid (subject))
    return;
  item->referral_crossing = g_ascii_strdown (subject, -1);
  item->referral_gate = scan_text (raw, len, "gate");
  item->referral_reasons = scan_reasons (raw, len);
}

static GsFeedItem *
quarantine (GBytes *raw, gint64 id, json_t *json, const char *reason, const char *error)
{
  GsFeedItem *item = gs_feed_item_new (GS_FEED_ITEM_QUARANTINE, id);
  gsize len;
  const char *bytes = g_bytes_get_data (raw, &len);

  item->raw = g_bytes_ref (raw);
  item->reason = reason;
  item->error = g_strdup (error);
  if (json != NULL)
    read_referral (item, json);
  if (item->referral_crossing == NULL && bytes != NULL)
    scan_referral (item, bytes, len);
  return item;
}

GsFeedItem *
gs_cloud_event_quarantine (GBytes *raw, gint64 id, const char *reason, const char *error)
{
  g_return_val_if_fail (raw != NULL, NULL);
  return quarantine (raw, id, NULL, reason, error);
}

/* The id of an event that may be bad otherwise. */
static gint64
read_id (json_t *json)
{
  json_t *id = json_object_get (json, "id");

  if (!json_is_string (id))
    return -1;
  return gs_cloud_event_parse_id (json_string_value (id), json_string_length (id));
}

static GsFeedItem *
parse_json (GBytes *raw, json_t *json, gint64 expected_id)
{
  gint64 id = read_id (json), known_id = expected_id > 0 ? expected_id : id;
  g_autoptr (GsEvent) event = NULL;
  const char *fault;
  const char *subject = gs_json_text (json, "subject");
  GsEventType type;
  GsFeedItem *item;

  if (id < 0)
    return quarantine (raw, known_id, json, GS_FEED_BAD_ID, "id is not a decimal number");
  if (expected_id > 0 && id != expected_id)
    return quarantine (raw, known_id, json, GS_FEED_BAD_ID, "id is not the stream's id");
  fault = check_envelope (json);
  if (fault != NULL)
    return quarantine (raw, known_id, json, GS_FEED_BAD_CLOUD_EVENT, fault);
  if (!parse_type (gs_json_text (json, "type"), &type))
    return quarantine (raw, known_id, json, GS_FEED_BAD_TYPE, "type is not in the contract");
  if (gs_event_type_is_crossing (type) && !gs_uuid_is_valid (subject))
    return quarantine (raw, known_id, json, GS_FEED_BAD_CLOUD_EVENT, "subject is not a crossing");

  event = gs_event_new (id, type, subject);
  event->time_utc_ms = gs_json_time (json, "time");
  fault = gs_cloud_event_fill (event, json_object_get (json, "data"));
  if (fault != NULL)
    return quarantine (raw, known_id, json, GS_FEED_BAD_DATA, fault);
  item = gs_feed_item_new (GS_FEED_ITEM_EVENT, id);
  item->raw = g_bytes_ref (raw);
  item->event = g_steal_pointer (&event);
  return item;
}

GsFeedItem *
gs_cloud_event_parse (GBytes *raw, gint64 expected_id)
{
  g_autoptr (json_t) json = NULL;
  g_autofree char *why = NULL;
  const char *bytes;
  gsize len;

  g_return_val_if_fail (raw != NULL, NULL);

  bytes = g_bytes_get_data (raw, &len);
  if (len > GS_CLOUD_EVENT_LIMIT)
    return quarantine (raw, expected_id, NULL, GS_FEED_BAD_TOO_LONG, "longer than 1 MiB");
  json = gs_json_load (bytes != NULL ? bytes : "", len, GS_JSON_DEPTH_LIMIT, &why);
  if (json == NULL)
    return quarantine (raw, expected_id, NULL, GS_FEED_BAD_JSON, why);
  if (!json_is_object (json))
    return quarantine (raw, expected_id, NULL, GS_FEED_BAD_CLOUD_EVENT, "not an object");
  return parse_json (raw, json, expected_id);
}

gboolean
gs_cloud_event_split_identity (const char *raw, gsize len, gsize *start, gsize *length)
{
  gsize data_start, data_length, member_start, member_length;
  gboolean traveller;

  if (raw == NULL || !gs_json_find_member (raw, len, 0, "data", &data_start, &data_length)
      || raw[data_start] != '{')
    return FALSE;
  traveller = gs_json_find_member (raw, data_start + data_length, data_start, "traveller",
                                   &member_start, &member_length);
  for (gsize i = 0; i < G_N_ELEMENTS (mrz_members); i++)
    {
      gsize other_start, other_length;

      if (gs_json_find_member (raw, data_start + data_length, data_start, mrz_members[i],
                               &other_start, &other_length)
          && strncmp (raw + other_start, "null", other_length) != 0)
        {
          *start = data_start;
          *length = data_length;
          return TRUE;
        }
    }
  if (!traveller || strncmp (raw + member_start, "null", member_length) == 0)
    return FALSE;
  *start = member_start;
  *length = member_length;
  return TRUE;
}
