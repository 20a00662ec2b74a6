/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-serial-scanner.h"

#include "gs-mrz.h"

#include <glib-unix.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define REOPEN_INTERVAL_MS 1000
#define GAP_AFTER_ZONE_MS 30
#define GAP_MS 150
#define MIN_SIGNS 5 /* fewer are a check sum or noise */
#define ETX 0x03

struct _GsSerialScanner
{
  GObject parent;

  char *path;
  guint baud;
  guint reopen_interval_ms;

  GsScannerState state;
  gint64 since_monotonic_us;
  GError *error;

  gboolean is_started;
  int fd;
  guint fd_source;
  guint reopen_source;
  guint gap_source;
  GByteArray *received;
  gboolean is_overflowing; /* dropping what comes until the line is quiet */
};

static void gs_serial_scanner_iface_init (GsScannerInterface *iface);
static void open_device (GsSerialScanner *self);

G_DEFINE_TYPE_WITH_CODE (GsSerialScanner,
                         gs_serial_scanner,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (GS_TYPE_SCANNER, gs_serial_scanner_iface_init))

static const struct
{
  guint baud;
  speed_t speed;
} speeds[] = {
  { 1200, B1200 },   { 2400, B2400 },   { 4800, B4800 },   { 9600, B9600 },
  { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
};

static void
set_state (GsSerialScanner *self, GsScannerState state, GError *error)
{
  gboolean same = state == self->state && (error == NULL) == (self->error == NULL)
                  && (error == NULL || error->code == self->error->code);

  g_clear_error (&self->error);
  self->error = error;
  if (same)
    return;
  if (state != self->state)
    self->since_monotonic_us = g_get_monotonic_time ();
  self->state = state;
  gs_scanner_emit_state_changed (GS_SCANNER (self));
}

static void
wipe_received (GsSerialScanner *self)
{
  if (self->received->len > 0)
    explicit_bzero (self->received->data, self->received->len);
  g_byte_array_set_size (self->received, 0);
}

static void
close_device (GsSerialScanner *self)
{
  g_clear_handle_id (&self->fd_source, g_source_remove);
  g_clear_handle_id (&self->gap_source, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  self->is_overflowing = FALSE;
  wipe_received (self);
}

static gboolean
on_reopen (gpointer user_data)
{
  GsSerialScanner *self = user_data;

  self->reopen_source = 0;
  open_device (self);
  return G_SOURCE_REMOVE;
}

/* Closes the device, says why, and looks for it again later. */
static void
lose_device (GsSerialScanner *self, int error_number)
{
  GsScannerState state = GS_SCANNER_FAILED;
  GsScannerError code = GS_SCANNER_ERROR_DEVICE;

  close_device (self);
  if (self->is_started && self->reopen_source == 0)
    self->reopen_source = g_timeout_add (self->reopen_interval_ms, on_reopen, self);
  if (error_number == ENOENT || error_number == ENODEV || error_number == ENXIO
      || error_number == EIO || error_number == ENOTDIR)
    {
      state = GS_SCANNER_ABSENT;
      code = GS_SCANNER_ERROR_NOT_FOUND;
    }
  else if (error_number == EACCES || error_number == EPERM)
    code = GS_SCANNER_ERROR_DENIED;
  else if (error_number == ENOTTY || error_number == EISDIR)
    code = GS_SCANNER_ERROR_NOT_SERIAL;
  set_state (self, state,
             g_error_new (GS_SCANNER_ERROR, code, "%s: %s", self->path, g_strerror (error_number)));
}

/* Sends out what came since the last reading, if that is more than line ends and a check sum. */
static void
finish_reading (GsSerialScanner *self, gsize len)
{
  g_autoptr (GBytes) raw = NULL;
  guint n_signs = 0;

  for (gsize i = 0; i < len; i++)
    n_signs += self->received->data[i] > ' ';
  if (n_signs >= MIN_SIGNS)
    raw = g_bytes_new (self->received->data, len);
  explicit_bzero (self->received->data, len);
  g_byte_array_remove_range (self->received, 0, len);
  if (raw != NULL)
    gs_scanner_emit_scan (GS_SCANNER (self), raw);
}

static gboolean
on_gap (gpointer user_data)
{
  g_autoptr (GsSerialScanner) self = g_object_ref (user_data);

  self->gap_source = 0;
  if (self->is_overflowing)
    wipe_received (self);
  else
    finish_reading (self, self->received->len);
  self->is_overflowing = FALSE;
  return G_SOURCE_REMOVE;
}

/* Readings that an ETX ended go out at once; the check byte after it, if there is one, is left to
 * the next gap, where so little is no reading. */
static void
finish_framed_readings (GsSerialScanner *self)
{
  for (;;)
    {
      const guint8 *etx = NULL;

      if (self->received->len > 0)
        etx = memchr (self->received->data, ETX, self->received->len);
      if (etx == NULL)
        return;
      finish_reading (self, etx + 1 - self->received->data);
    }
}

static void
wait_for_gap (GsSerialScanner *self)
{
  GsMrzLines lines;
  guint gap_ms = GAP_MS;

  g_clear_handle_id (&self->gap_source, g_source_remove);
  if (self->received->len == 0 && !self->is_overflowing)
    return;
  if (!self->is_overflowing
      && gs_mrz_extract (self->received->data, self->received->len, &lines) == GS_MRZ_OK)
    gap_ms = GAP_AFTER_ZONE_MS;
  self->gap_source = g_timeout_add (gap_ms, on_gap, self);
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (GsSerialScanner) self = g_object_ref (user_data);
  guint8 buffer[1024];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n < 0 && (errno == EAGAIN || errno == EINTR) && (condition & (G_IO_HUP | G_IO_ERR)) == 0)
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      self->fd_source = 0;
      lose_device (self, n < 0 && errno != EAGAIN ? errno : EIO);
      return G_SOURCE_REMOVE;
    }
  if (self->received->len + n > GS_MRZ_MAX_INPUT)
    {
      if (!self->is_overflowing)
        g_message ("The scanner sent more than %d bytes without a pause; they are dropped.",
                   GS_MRZ_MAX_INPUT);
      self->is_overflowing = TRUE;
      wipe_received (self);
    }
  if (!self->is_overflowing)
    g_byte_array_append (self->received, buffer, n);
  explicit_bzero (buffer, sizeof buffer);
  finish_framed_readings (self);
  /* A handler of "scan" may have stopped the scanner. */
  if (self->fd < 0)
    return G_SOURCE_REMOVE;
  wait_for_gap (self);
  return G_SOURCE_CONTINUE;
}

/* Raw bytes, the line's speed, nothing echoed. 0, or an errno. */
static int
set_up_line (int fd, guint baud)
{
  struct termios line;

  if (tcgetattr (fd, &line) != 0)
    return errno;
  cfmakeraw (&line);
  line.c_cflag |= CLOCAL | CREAD;
  line.c_cflag &= ~(CRTSCTS | CSTOPB);
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == baud)
      {
        cfsetispeed (&line, speeds[i].speed);
        cfsetospeed (&line, speeds[i].speed);
      }
  if (tcsetattr (fd, TCSANOW, &line) != 0)
    return errno;
  return tcflush (fd, TCIFLUSH) == 0 ? 0 : errno;
}

static void
open_device (GsSerialScanner *self)
{
  int error_number;

  self->fd = open (self->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (self->fd < 0)
    {
      lose_device (self, errno);
      return;
    }
  error_number = set_up_line (self->fd, self->baud);
  if (error_number != 0)
    {
      lose_device (self, error_number);
      return;
    }
  self->fd_source = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, self);
  set_state (self, GS_SCANNER_READY, NULL);
}

static void
gs_serial_scanner_start (GsScanner *scanner)
{
  GsSerialScanner *self = GS_SERIAL_SCANNER (scanner);

  if (self->is_started)
    return;
  self->is_started = TRUE;
  open_device (self);
}

static void
gs_serial_scanner_stop (GsScanner *scanner)
{
  GsSerialScanner *self = GS_SERIAL_SCANNER (scanner);

  if (!self->is_started)
    return;
  self->is_started = FALSE;
  g_clear_handle_id (&self->reopen_source, g_source_remove);
  close_device (self);
  set_state (self, GS_SCANNER_ABSENT, NULL);
}

static GsScannerState
gs_serial_scanner_get_state (GsScanner *scanner)
{
  return GS_SERIAL_SCANNER (scanner)->state;
}

static gint64
gs_serial_scanner_get_since_monotonic_us (GsScanner *scanner)
{
  return GS_SERIAL_SCANNER (scanner)->since_monotonic_us;
}

static const GError *
gs_serial_scanner_get_error (GsScanner *scanner)
{
  return GS_SERIAL_SCANNER (scanner)->error;
}

static void
gs_serial_scanner_iface_init (GsScannerInterface *iface)
{
  iface->start = gs_serial_scanner_start;
  iface->stop = gs_serial_scanner_stop;
  iface->get_state = gs_serial_scanner_get_state;
  iface->get_since_monotonic_us = gs_serial_scanner_get_since_monotonic_us;
  iface->get_error = gs_serial_scanner_get_error;
}

static void
gs_serial_scanner_dispose (GObject *object)
{
  GsSerialScanner *self = GS_SERIAL_SCANNER (object);

  self->is_started = FALSE;
  g_clear_handle_id (&self->reopen_source, g_source_remove);
  if (self->received != NULL)
    close_device (self);

  G_OBJECT_CLASS (gs_serial_scanner_parent_class)->dispose (object);
}

static void
gs_serial_scanner_finalize (GObject *object)
{
  GsSerialScanner *self = GS_SERIAL_SCANNER (object);

  g_clear_pointer (&self->received, g_byte_array_unref);
  g_clear_error (&self->error);
  g_free (self->path);

  G_OBJECT_CLASS (gs_serial_scanner_parent_class)->finalize (object);
}

static void
gs_serial_scanner_class_init (GsSerialScannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gs_serial_scanner_dispose;
  object_class->finalize = gs_serial_scanner_finalize;
}

static void
gs_serial_scanner_init (GsSerialScanner *self)
{
  self->fd = -1;
  self->state = GS_SCANNER_ABSENT;
  self->since_monotonic_us = g_get_monotonic_time ();
  self->reopen_interval_ms = REOPEN_INTERVAL_MS;
  /* All of a reading fits, so that the bytes are never moved and left behind in freed memory. */
  self->received = g_byte_array_sized_new (GS_MRZ_MAX_INPUT);
}

GsSerialScanner *
gs_serial_scanner_new (const char *path, guint baud)
{
  GsSerialScanner *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (GS_TYPE_SERIAL_SCANNER, NULL);
  self->path = g_strdup (path);
  self->baud = baud;
  return self;
}

void
gs_serial_scanner_set_reopen_interval_ms (GsSerialScanner *self, guint interval_ms)
{
  g_return_if_fail (GS_IS_SERIAL_SCANNER (self));
  self->reopen_interval_ms = interval_ms;
}

const char *
gs_serial_scanner_get_path (GsSerialScanner *self)
{
  g_return_val_if_fail (GS_IS_SERIAL_SCANNER (self), NULL);
  return self->path;
}

gboolean
gs_serial_scanner_baud_is_known (guint baud)
{
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == baud)
      return TRUE;
  return baud == 0;
}
