/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-scanner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

typedef struct
{
  char *link;
  int master;
  gint64 sent_monotonic_us;
  int keep_open; /* our own end of the other side, so that the pty lives while nobody reads */
} Scanner;

struct _GsSimScanners
{
  GHashTable *desks;
};

static void
scanner_free (gpointer data)
{
  Scanner *scanner = data;

  if (scanner->link != NULL)
    unlink (scanner->link);
  if (scanner->master >= 0)
    close (scanner->master);
  if (scanner->keep_open >= 0)
    close (scanner->keep_open);
  g_free (scanner->link);
  g_free (scanner);
}

GsSimScanners *
gs_sim_scanners_new (void)
{
  GsSimScanners *self = g_new0 (GsSimScanners, 1);

  self->desks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, scanner_free);
  return self;
}

void
gs_sim_scanners_free (GsSimScanners *self)
{
  g_hash_table_unref (self->desks);
  g_free (self);
}

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", what,
               g_strerror (errno));
  return FALSE;
}

static gboolean
make_raw (int fd)
{
  struct termios settings;

  if (tcgetattr (fd, &settings) != 0)
    return FALSE;
  cfmakeraw (&settings);
  return tcsetattr (fd, TCSANOW, &settings) == 0;
}

gboolean
gs_sim_scanners_add (GsSimScanners *self, const char *desk, const char *link, GError **error)
{
  Scanner *scanner = g_new0 (Scanner, 1);
  struct stat status;
  const char *name;

  scanner->keep_open = -1;
  scanner->master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  g_hash_table_replace (self->desks, g_strdup (desk), scanner);
  if (scanner->master < 0 || grantpt (scanner->master) != 0 || unlockpt (scanner->master) != 0)
    return fail (link, error);
  name = ptsname (scanner->master);
  scanner->keep_open = name == NULL ? -1 : open (name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (scanner->keep_open < 0 || !make_raw (scanner->keep_open))
    return fail (link, error);
  if (lstat (link, &status) == 0 && !S_ISLNK (status.st_mode))
    {
      errno = EEXIST;
      return fail (link, error);
    }
  unlink (link);
  if (symlink (name, link) != 0)
    return fail (link, error);
  scanner->link = g_strdup (link);
  return TRUE;
}

gboolean
gs_sim_scanners_send (GsSimScanners *self, const char *desk, const char *text, gsize length)
{
  Scanner *scanner = g_hash_table_lookup (self->desks, desk);

  if (scanner == NULL)
    return FALSE;
  /* What nobody read of an earlier passport must not arrive with this one; a quick second passport
   * must not take away the first. */
  if (g_get_monotonic_time () - scanner->sent_monotonic_us > 2 * G_USEC_PER_SEC)
    tcflush (scanner->keep_open, TCIFLUSH);
  scanner->sent_monotonic_us = g_get_monotonic_time ();
  return write (scanner->master, text, length) == (gssize) length;
}
