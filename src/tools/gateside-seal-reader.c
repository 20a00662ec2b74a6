/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the symbols on the picture that comes in, for seal/gs-seal-reader.h and nobody else. What a
 * picture from anywhere may do to a decoder, it does to this process, which can do nothing.
 *
 * usage: gateside-seal-reader MILLISECONDS <PICTURE
 *
 * Lines: "size WIDTH HEIGHT", "preview WIDTH HEIGHT BASE64", "found X Y X Y X Y X Y HEX" for each,
 * "end"; or "error CODE SENTENCE" with a GsSealError. */

#include "gs-seal-error.h"
#include "gs-seal-finder.h"
#include "gs-seal-picture.h"
#include "gs-seal.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define CPU_SECONDS 20
/* Two copies of the largest picture in colour, and what libdmtx takes for it. */
#define MEMORY_BYTES (G_GUINT64_CONSTANT (1536) << 20)

static void
limit (int what, guint64 most)
{
  const struct rlimit both = { most, most };

  setrlimit (what, &both);
}

static void
give_up_rights (void)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_CPU, CPU_SECONDS);
  limit (RLIMIT_FSIZE, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit (RLIMIT_AS, MEMORY_BYTES);
#endif
}

static GBytes *
read_all (void)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 buffer[65536];
  gssize n;

  while ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0)
    {
      g_byte_array_append (all, buffer, (guint) n);
      if (all->len > GS_SEAL_PICTURE_MAX_BYTES)
        break;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static void
print_found (const GsSealFound *one)
{
  g_autofree char *hex = gs_seal_bytes_to_hex (one->bytes);
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  char y[G_ASCII_DTOSTR_BUF_SIZE];

  fputs ("found", stdout);
  for (guint i = 0; i < 4; i++)
    printf (" %s %s", g_ascii_formatd (x, sizeof x, "%.1f", one->x[i]),
            g_ascii_formatd (y, sizeof y, "%.1f", one->y[i]));
  printf (" %s\n", hex);
}

static void
print_preview (const GsSealPicture *picture)
{
  guint by = MAX ((MAX (picture->width, picture->height) + 999) / 1000, 1);
  g_autoptr (GsSealPicture) small = by > 1 ? gs_seal_picture_shrink (picture, by) : NULL;
  const GsSealPicture *shown = by > 1 ? small : picture;
  g_autofree char *text = NULL;

  if (shown == NULL)
    return;
  text = g_base64_encode (shown->dots, (gsize) shown->width * shown->height);
  printf ("preview %u %u %s\n", shown->width, shown->height, text);
}

int
main (int argc, char **argv)
{
  guint64 patience_ms = argc == 2 ? g_ascii_strtoull (argv[1], NULL, 10) : 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GsSealPicture) picture = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (patience_ms == 0 || patience_ms > 60000)
    {
      fputs ("usage: gateside-seal-reader MILLISECONDS <PICTURE\n", stderr);
      return 64;
    }
  give_up_rights ();
  file = read_all ();
  picture = gs_seal_picture_new (file, &error);
  if (picture == NULL)
    {
      printf ("error %d %s\n", error->code, error->message);
      return fflush (stdout) == 0 ? 0 : 74;
    }
  found = gs_seal_finder_run (picture, (guint) patience_ms);
  printf ("size %u %u\n", picture->width, picture->height);
  print_preview (picture);
  for (guint i = 0; i < found->len; i++)
    print_found (g_ptr_array_index (found, i));
  puts ("end");
  return fflush (stdout) == 0 ? 0 : 74;
}
