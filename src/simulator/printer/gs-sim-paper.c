/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-paper.h"

#include "gs-time.h"

#include <cairo.h>
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

struct _GsSimPaper
{
  GMutex mutex;
  char *spool_dir;
  int log_fd;
  unsigned pages;
};

struct _GsSimPage
{
  int job_id;
  char *job_name;
  unsigned width;
  unsigned height;
  unsigned bytes_per_line;
  unsigned received; /* lines taken */
  unsigned printed;  /* of these, on paper */
  guint8 *dots;
  GChecksum *received_hash;
};

static char *
path_of (GsSimPaper *self, unsigned page, const char *extension)
{
  g_autofree char *name = g_strdup_printf ("page-%04u.%s", page, extension);

  return g_build_filename (self->spool_dir, name, NULL);
}

GsSimPaper *
gs_sim_paper_new (const char *spool_dir, const char *ground_truth_path, GError **error)
{
  GsSimPaper *self;
  int fd = open (ground_truth_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", ground_truth_path,
                   g_strerror (saved));
      return NULL;
    }
  self = g_new0 (GsSimPaper, 1);
  g_mutex_init (&self->mutex);
  self->spool_dir = g_strdup (spool_dir);
  self->log_fd = fd;
  for (;;)
    {
      g_autofree char *path = path_of (self, self->pages + 1, "png");

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return self;
      self->pages++;
    }
}

void
gs_sim_paper_free (GsSimPaper *self)
{
  close (self->log_fd);
  g_mutex_clear (&self->mutex);
  g_free (self->spool_dir);
  g_free (self);
}

unsigned
gs_sim_paper_get_pages (GsSimPaper *self)
{
  unsigned pages;

  g_mutex_lock (&self->mutex);
  pages = self->pages;
  g_mutex_unlock (&self->mutex);
  return pages;
}

char *
gs_sim_paper_get_path (GsSimPaper *self, unsigned page)
{
  return path_of (self, page, "png");
}

GsSimPage *
gs_sim_page_new (int job_id, const char *job_name, unsigned width, unsigned height)
{
  GsSimPage *self = g_new0 (GsSimPage, 1);

  self->job_id = job_id;
  self->job_name = g_utf8_make_valid (job_name, -1);
  self->width = width;
  self->height = height;
  self->bytes_per_line = (width + 7) / 8;
  self->dots = g_malloc0_n (height, self->bytes_per_line);
  self->received_hash = g_checksum_new (G_CHECKSUM_SHA256);
  return self;
}

static void
page_free (GsSimPage *self)
{
  g_free (self->job_name);
  g_free (self->dots);
  g_checksum_free (self->received_hash);
  g_free (self);
}

void
gs_sim_page_take_line (GsSimPage *self, unsigned y, const guint8 *line, gboolean printed)
{
  if (y >= self->height)
    return;
  g_checksum_update (self->received_hash, line, self->bytes_per_line);
  self->received++;
  if (!printed)
    return;
  memcpy (self->dots + (size_t) y * self->bytes_per_line, line, self->bytes_per_line);
  self->printed++;
}

unsigned
gs_sim_page_get_printed (GsSimPage *self)
{
  return self->printed;
}

gboolean
gs_sim_page_is_complete (GsSimPage *self)
{
  return self->received == self->height;
}

static gboolean
write_pbm (const GsSimPage *page, const char *path)
{
  g_autofree char *head = g_strdup_printf ("P4\n%u %u\n", page->width, page->height);
  size_t head_len = strlen (head), len = (size_t) page->height * page->bytes_per_line;
  g_autofree char *all = g_malloc (head_len + len);

  memcpy (all, head, head_len);
  memcpy (all + head_len, page->dots, len);
  return g_file_set_contents (path, all, (gssize) (head_len + len), NULL);
}

/* Black on white, one bit a dot: cairo writes an A1 surface as grey, 1 is white. */
static gboolean
write_png (const GsSimPage *page, const char *path)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_A1, (int) page->width, (int) page->height);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  cairo_status_t status;

  for (unsigned y = 0; data != NULL && y < page->height; y++)
    for (unsigned x = 0; x < page->width; x++)
      {
        guint8 ink = page->dots[y * page->bytes_per_line + x / 8] & (0x80 >> (x % 8));
        guint8 bit =
          G_BYTE_ORDER == G_LITTLE_ENDIAN ? (guint8) (1u << (x % 8)) : (guint8) (0x80 >> (x % 8));

        if (!ink)
          data[y * (unsigned) stride + x / 8] |= bit;
      }
  cairo_surface_mark_dirty (surface);
  status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS;
}

static void
append_json_string (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (json, "\\%c", *c);
    else if ((guchar) *c < 0x20)
      g_string_append_printf (json, "\\u%04x", (guchar) *c);
    else
      g_string_append_c (json, *c);
  g_string_append_c (json, '"');
}

static char *
line_of (const GsSimPage *page, unsigned number, const char *why)
{
  GString *json = g_string_new ("{\"time\": ");
  g_autofree char *time = gs_time_format_rfc3339 (g_get_real_time () / 1000);
  g_autofree char *paper_hash = g_compute_checksum_for_data (
    G_CHECKSUM_SHA256, page->dots, (gsize) page->height * page->bytes_per_line);
  const char *result = page->printed == 0             ? "nothing"
                       : page->printed < page->height ? "partly"
                                                      : "fully";

  append_json_string (json, time);
  g_string_append_printf (json, ", \"page\": %u, \"job_id\": %d, \"job_name\": ", number,
                          page->job_id);
  append_json_string (json, page->job_name);
  g_string_append_printf (json,
                          ", \"width\": %u, \"height\": %u, \"lines_received\": %u"
                          ", \"lines_printed\": %u, \"bytes_received\": %u"
                          ", \"received_sha256\": \"%s\", \"paper_sha256\": \"%s\""
                          ", \"printed\": \"%s\", \"why\": \"%s\"}\n",
                          page->width, page->height, page->received, page->printed,
                          page->received * page->bytes_per_line,
                          g_checksum_get_string (page->received_hash), paper_hash, result, why);
  return g_string_free (json, FALSE);
}

static void
write_log (GsSimPaper *self, const char *line)
{
  size_t len = strlen (line);

  if (write (self->log_fd, line, len) != (ssize_t) len || fdatasync (self->log_fd) != 0)
    g_printerr ("The ground-truth log cannot be written: %s\n", g_strerror (errno));
}

void
gs_sim_paper_end_page (GsSimPaper *self, GsSimPage *page, const char *why)
{
  g_autofree char *line = NULL;
  unsigned number = 0;

  g_mutex_lock (&self->mutex);
  if (page->printed > 0)
    {
      g_autofree char *png = NULL, *pbm = NULL;

      number = self->pages + 1;
      png = path_of (self, number, "png");
      pbm = path_of (self, number, "pbm");
      if (write_pbm (page, pbm) && write_png (page, png))
        self->pages = number;
      else
        g_printerr ("Page %u cannot be written to %s\n", number, self->spool_dir);
    }
  line = line_of (page, number, why);
  write_log (self, line);
  g_mutex_unlock (&self->mutex);
  page_free (page);
}
