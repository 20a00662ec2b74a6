/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-traffic.h"

#include "gs-sim-json.h"
#include "gs-time.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct _GsSimTraffic
{
  FILE *file;
};

GsSimTraffic *
gs_sim_traffic_new (const char *path, GError **error)
{
  FILE *file = fopen (path, "ae");
  GsSimTraffic *self;

  if (file == NULL)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
                   g_strerror (errno));
      return NULL;
    }
  self = g_new0 (GsSimTraffic, 1);
  self->file = file;
  return self;
}

void
gs_sim_traffic_free (GsSimTraffic *self)
{
  fclose (self->file);
  g_free (self);
}

/* JSON as JSON, other text as text, anything else as its length. */
static json_t *
describe_body (const char *data, gsize length)
{
  json_t *json;

  if (length == 0)
    return json_null ();
  json = gs_sim_json_parse (data, length, NULL);
  if (json != NULL)
    return json;
  if (g_utf8_validate (data, (gssize) length, NULL))
    return json_pack ("{s:s%}", "text", data, length);
  return json_pack ("{s:I}", "bytes", (json_int_t) length);
}

/* Those that the contract names. */
static json_t *
describe_headers (SoupMessageHeaders *headers)
{
  static const char *const wanted[] = { "Accept",   "Content-Type",  "Idempotency-Key",
                                        "If-Match", "Last-Event-ID", "Gateside-Epoch",
                                        "ETag" };
  json_t *object = json_object ();

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const char *value = soup_message_headers_get_one (headers, wanted[i]);

      if (value != NULL)
        json_object_set_new (object, wanted[i], json_string (value));
    }
  return object;
}

void
gs_sim_traffic_record (GsSimTraffic *self,
                       SoupServerMessage *message,
                       const char *desk,
                       guint status,
                       const char *content_type,
                       GBytes *body)
{
  g_autoptr (GBytes) request =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (json_t) line = NULL;
  g_autofree char *text = NULL;
  gsize request_length, length = 0;
  const char *request_data = g_bytes_get_data (request, &request_length);
  const char *data = body == NULL ? NULL : g_bytes_get_data (body, &length);

  line = json_pack ("{s:o, s:s?, s:s, s:s, s:s?, s:o, s:o, s:i, s:s?, s:o, s:o}", "at",
                    gs_sim_json_new_time (g_get_real_time () / 1000), "desk", desk, "method",
                    soup_server_message_get_method (message), "path", g_uri_get_path (uri), "query",
                    g_uri_get_query (uri), "headers",
                    describe_headers (soup_server_message_get_request_headers (message)), "request",
                    describe_body (request_data, request_length), "status", (int) status,
                    "content_type", content_type, "answer_headers",
                    describe_headers (soup_server_message_get_response_headers (message)), "answer",
                    describe_body (data, length));
  if (line == NULL)
    return;
  text = gs_sim_json_print (line);
  fprintf (self->file, "%s\n", text);
  fflush (self->file);
}
