/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-printer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define START_TIMEOUT_MS 15000
#define END_TIMEOUT_MS 5000
#define LOOK_MS 10

struct _GsTestPrinter
{
  char **argv;
  int plain_argc; /* the arguments before the extra ones */
  char **environ;
  char *uri;
  char *pins;
  char *spool;
  char *log_path;
  int port;
  GSubprocess *process;
  GSubprocess *bus; /* ippeveprinter's, or NULL */
};

typedef struct
{
  gboolean (*check) (gpointer data);
  gpointer data;
  gboolean late;
} Wait;

static gboolean
on_late (gpointer data)
{
  ((Wait *) data)->late = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
on_look (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
gs_test_wait_until (gboolean (*check) (gpointer data), gpointer data, guint timeout_ms)
{
  Wait wait = { check, data, FALSE };
  guint late = g_timeout_add (timeout_ms, on_late, &wait);
  guint look = g_timeout_add (LOOK_MS, on_look, &wait);
  gboolean done;

  while (!(done = check (data)) && !wait.late)
    g_main_context_iteration (NULL, TRUE);
  if (!wait.late)
    g_source_remove (late);
  g_source_remove (look);
  return done;
}

void
gs_test_make_certificate (const char *dir, const char *name, const char *host)
{
  g_autofree char *crt = g_strdup_printf ("%s/%s.crt", dir, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", dir, name);
  g_autofree char *subject = g_strdup_printf ("/CN=%s", host);
  g_autofree char *alt = g_strdup_printf ("subjectAltName=DNS:%s", host);
  const char *argv[] = {
    "openssl", "req",   "-x509", "-newkey", "ec",    "-pkeyopt", "ec_paramgen_curve:P-256",
    "-nodes",  "-days", "30",    "-subj",   subject, "-addext",  alt,
    "-keyout", key,     "-out",  crt,       NULL
  };
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, &error)
      || !g_spawn_check_wait_status (status, &error))
    g_error ("No certificate: %s", error->message);
}

static int
free_port (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t len = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) != 0
      || getsockname (fd, (struct sockaddr *) &address, &len) != 0)
    g_error ("No free port: %s", g_strerror (errno));
  close (fd);
  return ntohs (address.sin_port);
}

static gboolean
connects (int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons ((guint16) port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gboolean ok = connect (fd, (struct sockaddr *) &address, sizeof address) == 0;

  close (fd);
  return ok;
}

static gboolean
has_ended (gpointer data)
{
  return g_subprocess_get_identifier (data) == NULL;
}

static gboolean
is_up_or_ended (gpointer data)
{
  GsTestPrinter *self = data;

  return has_ended (self->process) || connects (self->port);
}

static void
on_child (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
spawn (char **argv, char **environ, const char *log_path)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_environ (launcher, environ);
  g_subprocess_launcher_set_child_setup (launcher, on_child, NULL, NULL);
  g_subprocess_launcher_set_stdout_file_path (launcher, log_path);
  g_subprocess_launcher_set_stderr_file_path (launcher, log_path);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  if (process == NULL)
    g_error ("%s: %s", argv[0], error->message);
  return process;
}

static void
start (GsTestPrinter *self)
{
  self->process = spawn (self->argv, self->environ, self->log_path);
  if (!gs_test_wait_until (is_up_or_ended, self, START_TIMEOUT_MS) || has_ended (self->process))
    {
      g_autofree char *log = NULL;

      g_file_get_contents (self->log_path, &log, NULL, NULL);
      g_error ("%s does not listen on port %d: %s", self->argv[0], self->port,
               log != NULL ? log : "");
    }
}

static GsTestPrinter *
printer_new (const char *dir, const char *pins_dir)
{
  GsTestPrinter *self = g_new0 (GsTestPrinter, 1);

  self->port = free_port ();
  self->uri = g_strdup_printf ("ipps://localhost:%d/ipp/print", self->port);
  self->pins = g_build_filename (pins_dir, "localhost.crt", NULL);
  self->log_path = g_build_filename (dir, "printer.log", NULL);
  self->environ = g_get_environ ();
  if (g_mkdir_with_parents (pins_dir, 0700) != 0)
    g_error ("%s: %s", pins_dir, g_strerror (errno));
  gs_test_make_certificate (pins_dir, "localhost", "localhost");
  return self;
}

GsTestPrinter *
gs_test_printer_new_simulated (const char *dir, const char *const *extra)
{
  g_autofree char *pins_dir = g_build_filename (dir, "pins", NULL);
  GsTestPrinter *self = printer_new (dir, pins_dir);
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_autofree char *program = g_build_filename (g_getenv ("GATESIDE_BUILD_ROOT"), "src", "simulator",
                                               "printer", "gateside-stamp-printer", NULL);
  g_autofree char *port = g_strdup_printf ("%d", self->port);
  g_autofree char *key = g_build_filename (pins_dir, "localhost.key", NULL);

  self->spool = g_build_filename (dir, "spool", NULL);
  g_strv_builder_add_many (argv, program, "--port", port, "--spool", self->spool, "--cert",
                           self->pins, "--key", key, "--log-level", "debug", NULL);
  if (extra != NULL)
    g_strv_builder_addv (argv, (const char **) extra);
  self->argv = g_strv_builder_end (argv);
  self->plain_argc = 11;
  start (self);
  return self;
}

/* A message bus for ippeveprinter alone; its address goes into the environment. */
static void
start_bus (GsTestPrinter *self, const char *dir)
{
  g_autofree char *address = g_strdup_printf ("unix:path=%s/bus", dir);
  g_autofree char *option = g_strdup_printf ("--address=%s", address);
  g_autofree char *log = g_build_filename (dir, "bus.log", NULL);
  char *argv[] = { (char *) "dbus-daemon", (char *) "--session", (char *) "--nofork", option,
                   NULL };

  self->bus = spawn (argv, self->environ, log);
  self->environ = g_environ_setenv (self->environ, "DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
  self->environ = g_environ_setenv (self->environ, "DBUS_SESSION_BUS_ADDRESS", address, TRUE);
}

static gboolean
exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

GsTestPrinter *
gs_test_printer_new_eve (const char *dir)
{
  g_autofree char *pins_dir = g_build_filename (dir, "pins", NULL);
  g_autofree char *support =
    g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "tests", "support", NULL);
  g_autofree char *attributes = g_build_filename (support, "ippeveprinter-stamp.conf", NULL);
  g_autofree char *command = g_build_filename (support, "ippeveprinter-command", NULL);
  g_autofree char *work = g_build_filename (dir, "work", NULL);
  g_autofree char *socket = g_build_filename (dir, "bus", NULL);
  g_autofree char *program = g_find_program_in_path ("ippeveprinter");
  g_autofree char *bus = g_find_program_in_path ("dbus-daemon");
  g_autofree char *port = NULL;
  GsTestPrinter *self;

  if (program == NULL || bus == NULL)
    return NULL;
  self = printer_new (dir, pins_dir);
  port = g_strdup_printf ("%d", self->port);
  self->spool = g_build_filename (dir, "documents", NULL);
  g_mkdir_with_parents (self->spool, 0700);
  g_mkdir_with_parents (work, 0700);
  start_bus (self, dir);
  gs_test_wait_until (exists, socket, START_TIMEOUT_MS);
  self->environ = g_environ_setenv (self->environ, "GATESIDE_SAVE_DIR", self->spool, TRUE);
  self->argv = g_strdupv ((char *[]){
    program, (char *) "-r", (char *) "off", (char *) "-n", (char *) "localhost", (char *) "-p",
    port, (char *) "-d", work, (char *) "-k", (char *) "-K", pins_dir, (char *) "--no-web-forms",
    (char *) "-a", attributes, (char *) "-c", command, (char *) "Stamp", NULL });
  self->plain_argc = (int) g_strv_length (self->argv);
  start (self);
  return self;
}

static void
end_process (GSubprocess *process, int signal)
{
  g_subprocess_send_signal (process, signal);
  if (!gs_test_wait_until (has_ended, process, END_TIMEOUT_MS))
    g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
}

void
gs_test_printer_kill (GsTestPrinter *self, int signal)
{
  end_process (self->process, signal);
  g_clear_object (&self->process);
}

void
gs_test_printer_restart (GsTestPrinter *self, gboolean plain)
{
  if (plain)
    for (int i = self->plain_argc; self->argv[i] != NULL; i++)
      g_clear_pointer (&self->argv[i], g_free);
  g_clear_object (&self->process);
  start (self);
}

int
gs_test_printer_wait_end (GsTestPrinter *self)
{
  if (!gs_test_wait_until (has_ended, self->process, 2 * END_TIMEOUT_MS))
    g_error ("The printer does not end");
  g_subprocess_wait (self->process, NULL, NULL);
  return g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process)
                                                    : -1;
}

void
gs_test_printer_free (GsTestPrinter *self)
{
  if (self == NULL)
    return;
  if (self->process != NULL)
    end_process (self->process, SIGTERM);
  if (self->bus != NULL)
    end_process (self->bus, SIGTERM);
  g_clear_object (&self->process);
  g_clear_object (&self->bus);
  g_strfreev (self->argv);
  g_strfreev (self->environ);
  g_free (self->uri);
  g_free (self->pins);
  g_free (self->spool);
  g_free (self->log_path);
  g_free (self);
}

const char *
gs_test_printer_get_uri (GsTestPrinter *self)
{
  return self->uri;
}

const char *
gs_test_printer_get_pins (GsTestPrinter *self)
{
  return self->pins;
}

int
gs_test_printer_get_port (GsTestPrinter *self)
{
  return self->port;
}

const char *
gs_test_printer_get_spool (GsTestPrinter *self)
{
  return self->spool;
}

void
gs_test_printer_set_fault (GsTestPrinter *self, const char *fault)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) self->port, NULL, &error);
  g_autofree char *request =
    g_strdup_printf ("POST /faults HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                     "Content-Type: application/x-www-form-urlencoded\r\n"
                     "Content-Length: %zu\r\n\r\nfault=%s",
                     strlen ("fault=") + strlen (fault), fault);
  char answer[64] = "";

  if (connection == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                     request, strlen (request), NULL, NULL, &error)
      || !g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                                   strlen ("HTTP/1.1 200"), NULL, NULL, &error))
    g_error ("The fault %s cannot be set: %s", fault, error->message);
  if (!g_str_has_suffix (answer, " 200"))
    g_error ("The fault %s was refused: %s", fault, answer);
}

char **
gs_test_printer_get_truth (GsTestPrinter *self, const char *text)
{
  g_autofree char *path = g_build_filename (self->spool, "ground-truth.jsonl", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &contents, NULL, NULL))
    return g_new0 (char *, 1);
  lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && (text == NULL || strstr (*line, text) != NULL))
      g_strv_builder_add (found, *line);
  return g_strv_builder_end (found);
}
