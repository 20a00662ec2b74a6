/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-net.h"

#include <stdio.h>
#include <stdlib.h>

/* usage: run-net MODEL SIDE LENGTH…: runs a network on 3 × SIDE × SIDE floats from standard input,
 * and writes the outputs of these lengths, in this order. */
int
main (int argc, char **argv)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  GsFaceNetOutput outputs[8];
  gsize length, n_outputs = 0;

  if (argc < 4 || argc > 3 + 8)
    return 64;
  guint side = (guint) atoi (argv[2]);
  gsize n_input = (gsize) 3 * side * side;
  g_autofree float *input = g_new (float, n_input);
  for (; n_outputs + 3 < (gsize) argc; n_outputs++)
    {
      outputs[n_outputs].n_values = (gsize) atoi (argv[3 + n_outputs]);
      outputs[n_outputs].values = g_new0 (float, outputs[n_outputs].n_values);
    }
  gboolean ok = fread (input, sizeof *input, n_input, stdin) == n_input
                && g_file_get_contents (argv[1], &bytes, &length, &error);
  g_autoptr (GsFaceNet) net = ok ? gs_face_net_new (bytes, length, &error) : NULL;
  ok = net != NULL && gs_face_net_run (net, input, side, outputs, n_outputs, &error);
  if (error != NULL)
    fprintf (stderr, "run-net: %s\n", error->message);
  for (gsize i = 0; i < n_outputs; i++)
    {
      if (ok)
        fwrite (outputs[i].values, sizeof (float), outputs[i].n_values, stdout);
      g_free (outputs[i].values);
    }
  return ok ? 0 : 1;
}
