/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection to the printer is cut after so many bytes, everywhere between the handshake and
 * the last line: what the client says afterwards must never contradict what is on paper. */
#include "gs-printer-calls.h"
#include "gs-uuid.h"

#include <string.h>

#define BUFFER_SIZE 4096

/* A wire between the client and the printer that breaks. TLS goes through it unread. */
typedef struct
{
  GSocketService *service;
  int port;
  int printer_port;
  gint left; /* bytes that may still go to the printer; atomic */
} Wire;

static gboolean
pass (GSocket *from, GSocket *to, gint *left)
{
  char buffer[BUFFER_SIZE];
  gssize got = g_socket_receive (from, buffer, sizeof buffer, NULL, NULL);
  gssize sent = 0;

  if (got <= 0)
    return FALSE;
  if (left != NULL)
    {
      gint before = g_atomic_int_add (left, (gint) -got);

      got = MIN (got, MAX (before, 0));
    }
  while (sent < got)
    {
      gssize n = g_socket_send (to, buffer + sent, (gsize) (got - sent), NULL, NULL);

      if (n <= 0)
        return FALSE;
      sent += n;
    }
  return left == NULL || g_atomic_int_get (left) > 0;
}

static gboolean
on_connection (GThreadedSocketService *service,
               GSocketConnection *connection,
               GObject *source,
               gpointer data)
{
  Wire *wire = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) onward =
    g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) wire->printer_port, NULL, NULL);
  GSocket *near = g_socket_connection_get_socket (connection);
  GSocket *far = onward != NULL ? g_socket_connection_get_socket (onward) : NULL;
  gboolean open = far != NULL;

  while (open)
    {
      GPollFD fds[2] = { { g_socket_get_fd (near), G_IO_IN, 0 },
                         { g_socket_get_fd (far), G_IO_IN, 0 } };

      g_poll (fds, 2, 200);
      if (fds[0].revents != 0)
        open = pass (near, far, &wire->left);
      if (open && fds[1].revents != 0)
        open = pass (far, near, NULL);
      open = open && g_socket_service_is_active (G_SOCKET_SERVICE (service));
    }
  if (far != NULL)
    g_socket_close (far, NULL);
  g_socket_close (near, NULL);
  return TRUE;
}

static void
wire_lay (Wire *wire, int printer_port)
{
  g_autoptr (GError) error = NULL;

  wire->printer_port = printer_port;
  wire->left = G_MAXINT;
  wire->service = g_threaded_socket_service_new (16);
  wire->port =
    g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (wire->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (wire->service, "run", G_CALLBACK (on_connection), wire);
  g_socket_service_start (wire->service);
}

/* A job that never got its document waits for ever: cancelled, as the desk's recovery does. */
static GsPrintJob *
settle (GsStampPrinter *printer, int id, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrintJob) job = gs_call_job (printer, id, name, &error);

  g_assert_no_error (error);
  if (gs_print_job_is_without_document (job))
    {
      g_assert_true (gs_call_cancel (printer, id, name, &error));
      g_assert_no_error (error);
    }
  return gs_call_until_final (printer, id, name);
}

static void
assert_honest (GsTestPrinter *peer, const GsPrintJob *job)
{
  g_auto (GStrv) lines = gs_test_printer_get_truth (peer, job->name);
  gboolean fully = lines[0] != NULL && strstr (lines[0], "\"fully\"") != NULL;
  gboolean nothing = lines[0] == NULL || strstr (lines[0], "\"nothing\"") != NULL;

  g_assert_cmpuint (g_strv_length (lines), <=, 1);
  if (gs_print_job_is_printed (job) && !fully)
    g_error ("Called printed: %s", lines[0] != NULL ? lines[0] : "no page");
  if (gs_print_job_is_unprinted (job) && !nothing)
    g_error ("Called unprinted: %s", lines[0]);
}

static void
test_cuts (void)
{
  static const int cuts[] = { 100,   700,   1100,  1300,   1500,   2000,   4000,   8000,
                              20000, 50000, 80000, 110000, 114000, 114800, 115200, 10000000 };
  g_autofree char *dir = g_dir_make_tmp ("gateside-cut-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf -- '%s'", dir);
  g_autoptr (GsTestPrinter) peer = gs_test_printer_new_simulated (dir, NULL);
  g_autoptr (GBytes) raster = gs_test_raster (31, NULL);
  g_autoptr (GsIppPrinter) direct = gs_ipp_printer_new (NULL, gs_test_printer_get_uri (peer),
                                                        gs_test_printer_get_pins (peer), NULL);
  guint printed = 0, unprinted = 0, unclear = 0;
  g_autofree char *uri = NULL;
  Wire wire = { 0 };

  wire_lay (&wire, gs_test_printer_get_port (peer));
  uri = g_strdup_printf ("ipps://localhost:%d/ipp/print", wire.port);
  for (size_t i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GsIppPrinter) printer =
        gs_ipp_printer_new (NULL, uri, gs_test_printer_get_pins (peer), &error);
      g_autofree char *name = gs_uuid_new ();
      g_autoptr (GsPrintJob) job = NULL;
      gboolean sent;
      int id;

      g_atomic_int_set (&wire.left, G_MAXINT);
      id = gs_call_create (GS_STAMP_PRINTER (printer), name, &error);
      g_assert_no_error (error);
      g_atomic_int_set (&wire.left, cuts[i]);
      sent = gs_call_send (GS_STAMP_PRINTER (printer), id, name, raster, &error);
      g_assert_true (sent || g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_GONE)
                     || g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNREACHABLE));
      job = settle (GS_STAMP_PRINTER (direct), id, name);
      assert_honest (peer, job);
      if (g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNREACHABLE))
        g_assert_true (gs_print_job_is_unprinted (job));
      printed += gs_print_job_is_printed (job);
      unprinted += gs_print_job_is_unprinted (job);
      unclear += !gs_print_job_is_printed (job) && !gs_print_job_is_unprinted (job);
      g_test_message ("cut after %d: %s, job %d, %d impressions", cuts[i],
                      sent ? "sent" : error->message, job->state, job->impressions);
    }
  g_test_message ("%u printed, %u unprinted, %u for the officer's eye", printed, unprinted,
                  unclear);
  g_assert_cmpuint (printed, >=, 1);
  g_assert_cmpuint (unprinted, >=, 1);
  g_assert_cmpuint (unclear, >=, 1);
  g_socket_service_stop (wire.service);
  g_socket_listener_close (G_SOCKET_LISTENER (wire.service));
  g_clear_object (&wire.service);
  g_clear_pointer (&peer, gs_test_printer_free);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp-cut/never-contradicts-the-paper", test_cuts);
  return g_test_run ();
}
