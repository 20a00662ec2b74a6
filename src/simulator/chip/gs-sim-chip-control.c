/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-control.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

#define LONGEST_LINE 8192

struct _GsSimChipControl
{
  GsSimChipLink *link;
  GsSimChipFault *fault;
  GMainLoop *loop;
  GSocketService *service;
  char *path;
  GCancellable *cancellable;
};

/* One who talks to us. */
typedef struct
{
  GsSimChipControl *control;
  GCancellable *cancellable;
  GIOStream *connection; /* NULL: standard input */
  GDataInputStream *in;
  GOutputStream *out;
} Talker;

static char *
lay (GsSimChipControl *self, const char *folder)
{
  g_autoptr (GError) error = NULL;

  /* A new passport begins without the faults of the one before. */
  gs_sim_chip_fault_clear (self->fault);
  if (gs_sim_chip_link_lay (self->link, folder, &error))
    return g_strdup ("ok");
  return g_strdup_printf ("error %s", error->message);
}

static char *
set_fault (GsSimChipControl *self, const char *words)
{
  g_autofree char *wrong = NULL;

  if (gs_sim_chip_fault_add (self->fault, words, &wrong))
    return g_strdup ("ok");
  return g_strdup_printf ("error unknown fault %s", wrong);
}

char *
gs_sim_chip_control_run (GsSimChipControl *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  const char *rest = words[0] != NULL && words[1] != NULL ? words[1] : "";

  if (g_strcmp0 (words[0], "lay") == 0 && *rest != '\0')
    return lay (self, rest);
  if (g_strcmp0 (words[0], "take") == 0)
    {
      gs_sim_chip_link_take (self->link);
      return g_strdup ("ok");
    }
  if (g_strcmp0 (words[0], "fault") == 0 && *rest != '\0')
    return set_fault (self, rest);
  if (g_strcmp0 (words[0], "status") == 0)
    {
      g_autofree char *text = gs_sim_chip_link_describe (self->link);

      return g_strconcat ("ok ", text, NULL);
    }
  if (g_strcmp0 (words[0], "quit") == 0)
    {
      g_main_loop_quit (self->loop);
      return g_strdup ("ok");
    }
  return g_strdup ("error commands: lay FOLDER, take, fault NAME[=VALUE], status, quit");
}

static void
talker_free (Talker *talker)
{
  g_clear_object (&talker->connection);
  g_object_unref (talker->in);
  g_object_unref (talker->out);
  g_object_unref (talker->cancellable);
  g_free (talker);
}

static void read_next (Talker *talker);

static void
line_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Talker *talker = user_data;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  g_autofree char *answer = NULL, *text = NULL;

  if (line == NULL || strlen (line) > LONGEST_LINE
      || g_cancellable_is_cancelled (talker->cancellable))
    {
      talker_free (talker);
      return;
    }
  answer = gs_sim_chip_control_run (talker->control, g_strstrip (line));
  text = g_strconcat (answer, "\n", NULL);
  /* Short lines to somebody who waits for them: no queue is needed. */
  if (!g_output_stream_write_all (talker->out, text, strlen (text), NULL, NULL, NULL))
    {
      talker_free (talker);
      return;
    }
  read_next (talker);
}

static void
read_next (Talker *talker)
{
  g_data_input_stream_read_line_async (talker->in, G_PRIORITY_DEFAULT, talker->cancellable,
                                       line_read, talker);
}

static void
start_talking (GsSimChipControl *self, GIOStream *connection, GInputStream *in, GOutputStream *out)
{
  Talker *talker = g_new0 (Talker, 1);

  talker->control = self;
  talker->cancellable = g_object_ref (self->cancellable);
  talker->connection = connection ? g_object_ref (connection) : NULL;
  talker->in = g_data_input_stream_new (in);
  talker->out = g_object_ref (out);
  read_next (talker);
}

static gboolean
incoming (GSocketService *service,
          GSocketConnection *connection,
          GObject *source,
          gpointer user_data)
{
  GIOStream *stream = G_IO_STREAM (connection);

  start_talking (user_data, stream, g_io_stream_get_input_stream (stream),
                 g_io_stream_get_output_stream (stream));
  return TRUE;
}

GsSimChipControl *
gs_sim_chip_control_new (GsSimChipLink *link, GsSimChipFault *fault, GMainLoop *loop)
{
  GsSimChipControl *self = g_new0 (GsSimChipControl, 1);

  self->link = link;
  self->fault = fault;
  self->loop = loop;
  self->cancellable = g_cancellable_new ();
  return self;
}

void
gs_sim_chip_control_free (GsSimChipControl *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->service != NULL)
    g_socket_service_stop (self->service);
  /* Whoever still waits for a line is told here, and forgets us. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->service);
  if (self->path != NULL)
    unlink (self->path);
  g_free (self->path);
  g_object_unref (self->cancellable);
  g_free (self);
}

static GSocketAddress *
make_address (const char *where, char **path, GError **error)
{
  g_autofree char *host = NULL;
  const char *colon = strrchr (where, ':');
  guint64 port;
  GSocketAddress *address;

  if (strchr (where, '/') != NULL)
    {
      *path = g_strdup (where);
      return g_unix_socket_address_new (where);
    }
  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, error))
    {
      if (*error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                     "%s is neither a path nor HOST:PORT", where);
      return NULL;
    }
  host = g_strndup (where, (gsize) (colon - where));
  address = g_inet_socket_address_new_from_string (host, (guint) port);
  if (address == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is no numeric address", host);
  return address;
}

gboolean
gs_sim_chip_control_listen (GsSimChipControl *self,
                            const char *where,
                            guint16 *port,
                            GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GSocketAddress) address = make_address (where, &self->path, &problem), used = NULL;

  *port = 0;
  if (address == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (self->path != NULL)
    unlink (self->path);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming), self);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, &used,
                                      error))
    return FALSE;
  if (G_IS_INET_SOCKET_ADDRESS (used))
    *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (used));
  return TRUE;
}

void
gs_sim_chip_control_read_input (GsSimChipControl *self)
{
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

  start_talking (self, NULL, in, out);
}
