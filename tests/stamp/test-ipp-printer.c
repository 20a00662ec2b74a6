/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GsIppPrinter against a printer that lies, breaks off, or is an impostor. */
#include "gs-ipp-codec.h"
#include "gs-ipp-printer.h"
#include "gs-test-printer.h"

#include <cups/cups.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>

#define CANCEL_JOB 0x0008

typedef enum
{
  ANSWER_IPP = 1,
  ANSWER_HUGE,
  ANSWER_HTML,
  ANSWER_FORBIDDEN,
  ANSWER_BROKEN,
  ANSWER_REDIRECT,
  ANSWER_CLOSE,
  ANSWER_NEVER,
} Mode;

typedef struct
{
  char *dir;
  char *uri;
  char *pins;
  SoupServer *server;
  GsStampPrinter *printer;
  Mode mode;
  int status;
  int cancel_status;
  int id_error; /* added to the request-id of the answer */
  guint requests;
  guint cancels;
  guint redirected;
  int cancelled_job;
  SoupServerMessage *waiting;
} Fixture;

static ssize_t
append (void *context, ipp_uchar_t *data, size_t len)
{
  g_byte_array_append (context, data, (guint) len);
  return (ssize_t) len;
}

static void
answer_ipp (Fixture *fixture, SoupServerMessage *message, int status, int request_id)
{
  ipp_t *answer = ippNew ();
  GByteArray *bytes = g_byte_array_new ();
  gsize len;

  ippSetVersion (answer, 2, 0);
  ippSetStatusCode (answer, (ipp_status_t) status);
  ippSetRequestId (answer, request_id + fixture->id_error);
  ippAddString (answer, IPP_TAG_OPERATION, IPP_TAG_CHARSET, "attributes-charset", NULL, "utf-8");
  ippAddInteger (answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", 5);
  ippSetState (answer, IPP_STATE_IDLE);
  while (ippWriteIO (bytes, append, 1, NULL, answer) != IPP_STATE_DATA)
    ;
  ippDelete (answer);
  len = bytes->len;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/ipp", SOUP_MEMORY_TAKE,
                                    (char *) g_byte_array_free (bytes, FALSE), len);
}

static int
number_at (const guint8 *data, gsize at)
{
  return data[at] << 24 | data[at + 1] << 16 | data[at + 2] << 8 | data[at + 3];
}

/* The job-id of a Cancel-Job: the four bytes behind the attribute's name and value length. */
static int
job_id_of (const guint8 *data, gsize len)
{
  const guint8 *name = memmem (data, len, "job-id", 6);

  return name != NULL ? number_at (name, 8) : 0;
}

static void
answer_otherwise (Fixture *fixture, SoupServerMessage *message)
{
  switch (fixture->mode)
    {
    case ANSWER_HUGE:
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/ipp", SOUP_MEMORY_TAKE,
                                        g_malloc0 (GS_IPP_ANSWER_MAX + 1), GS_IPP_ANSWER_MAX + 1);
      break;
    case ANSWER_HTML:
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>hello", 8);
      break;
    case ANSWER_FORBIDDEN:
      soup_server_message_set_status (message, 403, NULL);
      break;
    case ANSWER_BROKEN:
      soup_server_message_set_status (message, 500, NULL);
      break;
    case ANSWER_REDIRECT:
      soup_server_message_set_redirect (message, 307, "/elsewhere");
      break;
    case ANSWER_CLOSE:
      g_socket_close (soup_server_message_get_socket (message), NULL);
      break;
    case ANSWER_NEVER:
      soup_server_message_pause (message);
      fixture->waiting = g_object_ref (message);
      break;
    case ANSWER_IPP:
    default:
      break;
    }
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  Fixture *fixture = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize len;
  const guint8 *ipp = g_bytes_get_data (bytes, &len);
  int operation;

  g_assert_cmpuint (len, >, 8);
  operation = ipp[2] << 8 | ipp[3];
  fixture->requests++;
  if (g_strcmp0 (path, "/ipp/print") != 0)
    fixture->redirected++;
  if (operation == CANCEL_JOB)
    {
      fixture->cancels++;
      fixture->cancelled_job = job_id_of (ipp, len);
      answer_ipp (fixture, message, fixture->cancel_status, number_at (ipp, 4));
    }
  else if (fixture->mode == ANSWER_IPP)
    answer_ipp (fixture, message, fixture->status, number_at (ipp, 4));
  else
    answer_otherwise (fixture, message);
}

static void
run_openssl (const char *dir, const char *arguments)
{
  g_autofree char *command =
    g_strdup_printf ("sh -c 'cd \"%s\" && openssl %s 2>/dev/null'", dir, arguments);
  int status = 0;

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
serve (Fixture *fixture, const char *crt, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *crt_path = g_build_filename (fixture->dir, crt, NULL);
  g_autofree char *key_path = g_build_filename (fixture->dir, key, NULL);
  g_autoptr (GTlsCertificate) certificate =
    g_tls_certificate_new_from_files (crt_path, key_path, &error);
  GSList *uris;

  g_assert_no_error (error);
  fixture->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, 0,
                            SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->uri = g_strdup_printf ("ipps://localhost:%d/ipp/print", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
connect_pinned (Fixture *fixture, const char *pins)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->printer);
  g_free (fixture->pins);
  fixture->pins = g_build_filename (fixture->dir, pins, NULL);
  fixture->printer =
    GS_STAMP_PRINTER (gs_ipp_printer_new (NULL, fixture->uri, fixture->pins, &error));
  g_assert_no_error (error);
  gs_ipp_printer_set_timeout (GS_IPP_PRINTER (fixture->printer), 2000);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("gateside-ipp-XXXXXX", NULL);
  fixture->mode = ANSWER_IPP;
  gs_test_make_certificate (fixture->dir, "printer", "localhost");
  if (data != NULL)
    return;
  serve (fixture, "printer.crt", "printer.key");
  connect_pinned (fixture, "printer.crt");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf -- '%s'", fixture->dir);

  g_clear_object (&fixture->printer);
  g_clear_object (&fixture->waiting);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->dir);
  g_free (fixture->uri);
  g_free (fixture->pins);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
has_answer (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static int
create (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_stamp_printer_create_job_async (fixture->printer, "a-stamp", (GsPrintMedia){ 4500, 3500 }, 600,
                                     NULL, on_answer, &result);
  g_assert_true (gs_test_wait_until (has_answer, &result, 10000));
  return gs_stamp_printer_create_job_finish (fixture->printer, result, error);
}

static void
on_progress (gint64 sent, gint64 total, gpointer data)
{
  g_assert_cmpint (sent, >, *(gint64 *) data);
  g_assert_cmpint (sent, <=, total);
  *(gint64 *) data = sent;
}

static gboolean
send_document (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) raster = g_bytes_new_take (g_malloc0 (200000), 200000);
  gint64 sent = 0;
  gboolean done;

  gs_stamp_printer_send_document_async (fixture->printer, 5, "a-stamp", raster, on_progress, &sent,
                                        NULL, NULL, on_answer, &result);
  g_assert_true (gs_test_wait_until (has_answer, &result, 10000));
  done = gs_stamp_printer_send_document_finish (fixture->printer, result, error);
  if (fixture->mode == ANSWER_IPP)
    g_assert_cmpint (sent, ==, 200000);
  return done;
}

static void
test_exact (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (create (fixture, &error), ==, 5);
  g_assert_no_error (error);
  g_assert_true (send_document (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->requests, ==, 2);
}

static void
test_substituted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->status = 0x0001;
  g_assert_cmpint (create (fixture, &error), ==, 0);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_SUBSTITUTED);
  g_assert_cmpuint (fixture->cancels, ==, 1);
  g_assert_cmpint (fixture->cancelled_job, ==, 5);
  g_assert_null (strstr (error->message, "could not be cancelled"));
  g_clear_error (&error);
  g_assert_false (send_document (fixture, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_SUBSTITUTED);
  g_assert_cmpuint (fixture->cancels, ==, 2);
  g_assert_false (gs_printer_error_is_harmless (error));
}

static void
test_substituted_for_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->status = 0x0002;
  fixture->cancel_status = 0x0404;
  g_assert_cmpint (create (fixture, &error), ==, 0);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_SUBSTITUTED);
  g_assert_nonnull (strstr (error->message, "could not be cancelled"));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->status = 0x0507;
  g_assert_cmpint (create (fixture, &error), ==, 0);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_BUSY);
  g_assert_cmpuint (fixture->requests, ==, 1);
  g_assert_cmpuint (fixture->cancels, ==, 0);
}

static void
assert_create_fails (Fixture *fixture, Mode mode, int code)
{
  g_autoptr (GError) error = NULL;
  guint before = fixture->requests;

  fixture->mode = mode;
  g_assert_cmpint (create (fixture, &error), ==, 0);
  g_assert_error (error, GS_PRINTER_ERROR, code);
  /* Once is once: nothing is ever sent a second time. */
  g_assert_cmpuint (fixture->requests, ==, before + 1);
}

static void
test_strange_answers (Fixture *fixture, gconstpointer data)
{
  assert_create_fails (fixture, ANSWER_HUGE, GS_PRINTER_ERROR_PROTOCOL);
  assert_create_fails (fixture, ANSWER_HTML, GS_PRINTER_ERROR_PROTOCOL);
  assert_create_fails (fixture, ANSWER_FORBIDDEN, GS_PRINTER_ERROR_REFUSED);
  assert_create_fails (fixture, ANSWER_BROKEN, GS_PRINTER_ERROR_PROTOCOL);
  assert_create_fails (fixture, ANSWER_REDIRECT, GS_PRINTER_ERROR_PROTOCOL);
  g_assert_cmpuint (fixture->redirected, ==, 0);
  fixture->id_error = 1;
  assert_create_fails (fixture, ANSWER_IPP, GS_PRINTER_ERROR_PROTOCOL);
}

static void
test_broken_off (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  /* A connection that is kept open stands ready, and must not be used to send again. */
  g_assert_cmpint (create (fixture, NULL), ==, 5);
  assert_create_fails (fixture, ANSWER_CLOSE, GS_PRINTER_ERROR_GONE);
  g_assert_false (send_document (fixture, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_GONE);
  g_assert_false (gs_printer_error_is_harmless (error));
}

static void
test_never_answers (Fixture *fixture, gconstpointer data)
{
  gs_ipp_printer_set_timeout (GS_IPP_PRINTER (fixture->printer), 200);
  assert_create_fails (fixture, ANSWER_NEVER, GS_PRINTER_ERROR_GONE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  gs_stamp_printer_get_status_async (fixture->printer, cancellable, on_answer, &result);
  g_assert_null (result);
  g_assert_true (gs_test_wait_until (has_answer, &result, 5000));
  g_assert_null (gs_stamp_printer_get_status_finish (fixture->printer, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->requests, ==, 0);
}

/* An enrolled certificate may not vouch for others, even if it is one that could. */
static void
test_issued_by_pin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run_openssl (fixture->dir,
               "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=ca "
               "-addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:TRUE "
               "-keyout ca.key -out ca.crt");
  run_openssl (fixture->dir,
               "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost "
               "-addext subjectAltName=DNS:localhost -keyout leaf.key -out leaf.csr");
  run_openssl (fixture->dir, "x509 -req -in leaf.csr -CA ca.crt -CAkey ca.key -CAcreateserial "
                             "-days 2 -copy_extensions copy -out leaf.crt");
  serve (fixture, "leaf.crt", "leaf.key");
  connect_pinned (fixture, "ca.crt");
  g_assert_cmpint (create (fixture, &error), ==, 0);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNTRUSTED);
  g_assert_cmpuint (fixture->requests, ==, 0);
  g_clear_error (&error);
  /* Pinned itself it is trusted, whoever issued it. */
  connect_pinned (fixture, "leaf.crt");
  g_assert_cmpint (create (fixture, &error), ==, 5);
  g_assert_no_error (error);
}

/* A pin that has run out is no pin. */
static void
test_expired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run_openssl (fixture->dir,
               "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost "
               "-addext subjectAltName=DNS:localhost -keyout old.key -out old.csr");
  run_openssl (
    fixture->dir,
    "x509 -req -in old.csr -signkey old.key -days -1 -copy_extensions copy -out old.crt");
  serve (fixture, "old.crt", "old.key");
  connect_pinned (fixture, "old.crt");
  g_assert_cmpint (create (fixture, &error), ==, 0);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNTRUSTED);
  g_assert_cmpuint (fixture->requests, ==, 0);
}

#define ADD(path, data, function)                                                                  \
  g_test_add ("/ipp-printer/" path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("exact", NULL, test_exact);
  ADD ("substituted/cancelled-at-once", NULL, test_substituted);
  ADD ("substituted/not-cancelled", NULL, test_substituted_for_good);
  ADD ("refused", NULL, test_refused);
  ADD ("strange-answers", NULL, test_strange_answers);
  ADD ("broken-off", NULL, test_broken_off);
  ADD ("never-answers", NULL, test_never_answers);
  ADD ("cancelled-before", NULL, test_cancelled);
  ADD ("trust/issued-by-pin", "own", test_issued_by_pin);
  ADD ("trust/expired", "own", test_expired);
  return g_test_run ();
}
