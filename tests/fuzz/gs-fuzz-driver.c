/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzzer's entry point without libFuzzer: once on every file of the corpus folder given as
 * argument, then on seeded mutations of them, so that an ordinary build still exercises it. */

#include <glib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

#define MUTATIONS_PER_FILE 400

static void
run_exactly (const guint8 *data, gsize size)
{
  /* A copy of exactly this size, so that the address sanitizer notices a read beyond it. */
  g_autofree guint8 *copy = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (copy, data, size);
  LLVMFuzzerTestOneInput (copy, size);
}

static void
run_mutations (GRand *random, const guint8 *data, gsize size)
{
  for (int i = 0; i < MUTATIONS_PER_FILE; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      int changes = g_rand_int_range (random, 1, 6);

      g_byte_array_append (bytes, data, size);
      for (; changes > 0; changes--)
        {
          guint at = bytes->len > 0 ? (guint) g_rand_int_range (random, 0, bytes->len) : 0;
          guint8 byte = g_rand_int_range (random, 0, 256);

          switch (g_rand_int_range (random, 0, 4))
            {
            case 0:
              if (bytes->len > 0)
                bytes->data[at] = byte;
              break;
            case 1:
              if (bytes->len > 0)
                g_byte_array_remove_index (bytes, at);
              break;
            case 2:
              g_byte_array_append (bytes, &byte, 1);
              break;
            default:
              if (bytes->len > 0)
                g_byte_array_set_size (bytes, at);
              break;
            }
        }
      run_exactly (bytes->data, bytes->len);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9303);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_files = 0;

  if (argc != 2 || (dir = g_dir_open (argv[1], 0, &error)) == NULL)
    {
      g_printerr ("usage: %s CORPUS-FOLDER%s%s\n", argv[0], error != NULL ? ": " : "",
                  error != NULL ? error->message : "");
      return 64;
    }
  run_exactly (NULL, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *data = NULL;
      gsize size = 0;

      if (!g_file_get_contents (path, &data, &size, NULL))
        continue;
      run_exactly ((const guint8 *) data, size);
      run_mutations (random, (const guint8 *) data, size);
      n_files++;
    }
  g_print ("%u files, %u mutations\n", n_files, n_files * MUTATIONS_PER_FILE);
  return n_files > 0 ? 0 : 1;
}
