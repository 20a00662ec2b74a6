/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-readers.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

#define TIMEOUT_S 5

typedef struct
{
  char *desk;
  GSocketConnectable *address;
  GQueue orders; /* lines */
  GSocketConnection *connection;
  GCancellable *cancellable;
  char answer[512];
} Reader;

struct _GsSimReaders
{
  GSocketClient *client;
  GPtrArray *readers;
};

static void send_next (Reader *reader, GSocketClient *client);

static void
reader_free (gpointer data)
{
  Reader *reader = data;

  g_cancellable_cancel (reader->cancellable);
  g_object_unref (reader->cancellable);
  g_clear_object (&reader->connection);
  g_object_unref (reader->address);
  g_queue_clear_full (&reader->orders, g_free);
  g_free (reader->desk);
  g_free (reader);
}

GsSimReaders *
gs_sim_readers_new (void)
{
  GsSimReaders *self = g_new0 (GsSimReaders, 1);

  self->client = g_socket_client_new ();
  g_socket_client_set_timeout (self->client, TIMEOUT_S);
  self->readers = g_ptr_array_new_with_free_func (reader_free);
  return self;
}

void
gs_sim_readers_free (GsSimReaders *self)
{
  g_ptr_array_unref (self->readers);
  g_object_unref (self->client);
  g_free (self);
}

gboolean
gs_sim_readers_add (GsSimReaders *self, const char *desk, const char *address)
{
  GSocketConnectable *place;
  Reader *reader;

  if (strchr (address, '/') != NULL)
    place = G_SOCKET_CONNECTABLE (g_unix_socket_address_new (address));
  else
    place = strchr (address, ':') ? g_network_address_parse (address, 1, NULL) : NULL;
  if (place == NULL)
    return FALSE;
  reader = g_new0 (Reader, 1);
  reader->desk = g_strdup (desk);
  reader->address = place;
  reader->cancellable = g_cancellable_new ();
  g_queue_init (&reader->orders);
  g_ptr_array_add (self->readers, reader);
  return TRUE;
}

/* One order travels at a time. On cancellation the reader is gone already. */
typedef struct
{
  Reader *reader;
  GSocketClient *client;
  GCancellable *cancellable;
} Trip;

static void
trip_free (Trip *trip)
{
  g_object_unref (trip->client);
  g_object_unref (trip->cancellable);
  g_free (trip);
}

static void
finish (Trip *trip, const char *problem)
{
  Reader *reader = trip->reader;
  g_autofree char *order = g_queue_pop_head (&reader->orders);

  if (problem != NULL)
    g_printerr ("gateside-hall: chip of %s: %s: %s\n", reader->desk, g_strchomp (order), problem);
  g_clear_object (&reader->connection);
  if (!g_queue_is_empty (&reader->orders))
    send_next (reader, trip->client);
  trip_free (trip);
}

static gboolean
ended (Trip *trip)
{
  if (!g_cancellable_is_cancelled (trip->cancellable))
    return FALSE;
  trip_free (trip);
  return TRUE;
}

static void
answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Trip *trip = user_data;
  g_autoptr (GError) error = NULL;
  gssize count = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  char *answer;

  if (ended (trip))
    return;
  answer = trip->reader->answer;
  answer[MAX (count, 0)] = '\0';
  finish (trip, error                             ? error->message
                : g_str_has_prefix (answer, "ok") ? NULL
                                                  : g_strchomp (answer));
}

static void
written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Trip *trip = user_data;
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);
  if (ended (trip))
    return;
  if (error != NULL)
    {
      finish (trip, error->message);
      return;
    }
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (trip->reader->connection)),
                             trip->reader->answer, sizeof trip->reader->answer - 1,
                             G_PRIORITY_DEFAULT, trip->cancellable, answered, trip);
}

static void
connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Trip *trip = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  const char *order;

  if (ended (trip))
    return;
  if (connection == NULL)
    {
      finish (trip, error->message);
      return;
    }
  order = g_queue_peek_head (&trip->reader->orders);
  trip->reader->connection = g_steal_pointer (&connection);
  g_output_stream_write_all_async (
    g_io_stream_get_output_stream (G_IO_STREAM (trip->reader->connection)), order, strlen (order),
    G_PRIORITY_DEFAULT, trip->cancellable, written, trip);
}

static void
send_next (Reader *reader, GSocketClient *client)
{
  Trip *trip = g_new0 (Trip, 1);

  trip->reader = reader;
  trip->client = g_object_ref (client);
  trip->cancellable = g_object_ref (reader->cancellable);
  g_socket_client_connect_async (client, reader->address, reader->cancellable, connected, trip);
}

gboolean
gs_sim_readers_put (GsSimReaders *self, const char *desk, const char *folder)
{
  for (guint i = 0; i < self->readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (self->readers, i);

      if (!g_str_equal (reader->desk, desk))
        continue;
      g_queue_push_tail (&reader->orders,
                         folder ? g_strdup_printf ("lay %s\n", folder) : g_strdup ("take\n"));
      if (reader->orders.length == 1)
        send_next (reader, self->client);
      return TRUE;
    }
  return FALSE;
}
