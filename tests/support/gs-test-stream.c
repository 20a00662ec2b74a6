/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-stream.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct GsTestStream
{
  char *launch;
  GStrv options;
  gboolean is_tls;
  int port;
  char *url;
  GSubprocess *process;
};

void
gs_test_stream_start (GsTestStream *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  g_ptr_array_add (words, g_strdup (g_getenv ("GATESIDE_TEST_STREAM")));
  g_ptr_array_add (words, g_strdup_printf ("--port=%d", self->port));
  for (guint i = 0; self->options != NULL && self->options[i] != NULL; i++)
    g_ptr_array_add (words, g_strdup (self->options[i]));
  g_ptr_array_add (words, g_strdup (self->launch));
  g_ptr_array_add (words, NULL);
  self->process =
    g_subprocess_newv ((const char *const *) words->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "port "));
  self->port = atoi (line + strlen ("port "));
  g_free (self->url);
  self->url = self->is_tls ? g_strdup_printf ("rtsps://localhost:%d/desk", self->port)
                           : g_strdup_printf ("rtsp://127.0.0.1:%d/desk", self->port);
}

GsTestStream *
gs_test_stream_new (const char *launch, const char *const *options)
{
  GsTestStream *self = g_new0 (GsTestStream, 1);

  self->launch = g_strdup (launch);
  self->options = g_strdupv ((GStrv) options);
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    self->is_tls = self->is_tls || g_str_has_prefix (options[i], "--cert");
  gs_test_stream_start (self);
  return self;
}

void
gs_test_stream_free (GsTestStream *self)
{
  gs_test_stream_kill (self);
  g_strfreev (self->options);
  g_free (self->launch);
  g_free (self->url);
  g_free (self);
}

const char *
gs_test_stream_get_url (GsTestStream *self)
{
  return self->url;
}

void
gs_test_stream_freeze (GsTestStream *self, gboolean frozen)
{
  g_subprocess_send_signal (self->process, frozen ? SIGSTOP : SIGCONT);
}

void
gs_test_stream_kill (GsTestStream *self)
{
  if (self->process == NULL)
    return;
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}
