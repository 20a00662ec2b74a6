/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-virtual-chip.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

struct _GsVirtualChip
{
  char *folder;
  char *country;
  GSubprocess *process;
  GSocketConnection *connection;
  GDataInputStream *answers;
  pid_t daemon;
};

static void
need (gboolean ok, const char *what, const GError *error)
{
  if (!ok)
    g_error ("%s: %s", what, error != NULL ? error->message : "no reason given");
}

static char *
tell (GsVirtualChip *self, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  char *answer;

  need (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, &error), line, error);
  answer = g_data_input_stream_read_line (self->answers, NULL, NULL, &error);
  need (answer != NULL && g_str_has_prefix (answer, "ok"), line, error);
  return answer;
}

/* In the child: the chip ends with the test, however that ends. */
static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_chip (GsVirtualChip *self, const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "control", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GDataInputStream) words = NULL;
  g_autofree char *listening = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, program, "--control", path,
                                               "--gap", "600", NULL);
  need (self->process != NULL, program, error);
  words = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  listening = g_data_input_stream_read_line (words, NULL, NULL, &error);
  need (listening != NULL, program, error);
  self->connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  need (self->connection != NULL, path, error);
  self->answers =
    g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)));
}

GsVirtualChip *
gs_virtual_chip_new (const char *authority_program, const char *chip_program)
{
  GsVirtualChip *self = g_new0 (GsVirtualChip, 1);
  const char *daemon = g_getenv ("GS_PCSCD_PID");
  g_autoptr (GError) error = NULL;
  g_autofree char *passports = NULL;
  g_autoptr (GSubprocess) authority = NULL;

  need (daemon != NULL, "GS_PCSCD_PID is not set: run this by pcsc-stack", NULL);
  self->daemon = atoi (daemon);
  self->folder = g_dir_make_tmp ("gateside-chip-XXXXXX", &error);
  need (self->folder != NULL, "a temporary folder", error);
  self->country = g_build_filename (self->folder, "country", NULL);
  passports = g_build_filename (self->folder, "passports", NULL);
  authority = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, authority_program, "--country",
                                self->country, "--all", passports, "--quiet", NULL);
  need (authority != NULL && g_subprocess_wait_check (authority, NULL, &error), authority_program,
        error);
  start_chip (self, chip_program);
  return self;
}

static void
remove_folder (const char *folder)
{
  const char *arguments[] = { "rm", "-rf", folder, NULL };

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

void
gs_virtual_chip_free (GsVirtualChip *self)
{
  g_free (tell (self, "quit"));
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->answers);
  g_object_unref (self->connection);
  g_object_unref (self->process);
  remove_folder (self->folder);
  g_free (self->country);
  g_free (self->folder);
  g_free (self);
}

void
gs_virtual_chip_lay (GsVirtualChip *self, const char *variant, const char *faults)
{
  g_autofree char *line = g_strdup_printf ("lay %s/passports/%s", self->folder, variant);

  g_free (tell (self, line));
  if (faults != NULL)
    gs_virtual_chip_set_fault (self, faults);
}

void
gs_virtual_chip_take (GsVirtualChip *self)
{
  g_free (tell (self, "take"));
}

void
gs_virtual_chip_set_fault (GsVirtualChip *self, const char *faults)
{
  g_autofree char *line = g_strconcat ("fault ", faults, NULL);

  g_free (tell (self, line));
}

GBytes *
gs_virtual_chip_load (GsVirtualChip *self, const char *variant, const char *file)
{
  g_autofree char *path = g_build_filename (self->folder, "passports", variant, file, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  need (g_file_get_contents (path, &data, &size, &error), path, error);
  return g_bytes_new_take (data, size);
}

char *
gs_virtual_chip_get_line (GsVirtualChip *self, const char *variant, guint line)
{
  g_autofree char *path = g_build_filename (self->folder, "passports", variant, "chip.ini", NULL);
  g_autofree char *key = g_strdup_printf ("mrz-line-%u", line);
  g_autoptr (GKeyFile) told = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  char *text;

  need (g_key_file_load_from_file (told, path, G_KEY_FILE_NONE, &error), path, error);
  text = g_key_file_get_string (told, "document", key, &error);
  need (text != NULL, path, error);
  return text;
}

const char *
gs_virtual_chip_get_country (GsVirtualChip *self)
{
  return self->country;
}

/* It is not our child: it is gone, or a corpse that its parent has not yet taken away. */
static gboolean
daemon_lives (GsVirtualChip *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) self->daemon);
  g_autofree char *text = NULL;
  const char *state;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  state = strrchr (text, ')');
  return state != NULL && state[1] == ' ' && state[2] != 'Z';
}

void
gs_virtual_chip_kill_daemon (GsVirtualChip *self)
{
  if (self->daemon == 0)
    return;
  kill (self->daemon, SIGKILL);
  while (daemon_lives (self))
    g_usleep (5000);
  self->daemon = 0;
}

static void
start_daemon (GsVirtualChip *self, const char *how)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  const char *arguments[] = { g_getenv ("GS_PCSC_STACK"), how, NULL };
  int status;

  gs_virtual_chip_kill_daemon (self);
  need (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL,
                      &status, &error)
          && g_spawn_check_wait_status (status, &error),
        "another daemon", error);
  self->daemon = atoi (out);
}

void
gs_virtual_chip_start_daemon (GsVirtualChip *self)
{
  start_daemon (self, "--daemon");
}

void
gs_virtual_chip_start_daemon_without_readers (GsVirtualChip *self)
{
  start_daemon (self, "--daemon-without-readers");
}
