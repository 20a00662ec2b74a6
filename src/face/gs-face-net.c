/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-net.h"

#include "gs-build-config.h"
#include "gs-face-error.h"
#include "gs-face-net-calls.h"

#define MODULE "libgs-face-net.so"
/* From a program in the build folder to its top. */
#define MAX_CLIMB 3

/* Beside a program that runs where it was built; NULL for one that is installed. */
static char *
find_in_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  if (folder == NULL || g_str_equal (folder, GS_BINDIR))
    return NULL;
  for (guint i = 0; i < MAX_CLIMB; i++)
    {
      g_autofree char *path = g_build_filename (folder, "src", "face", MODULE, NULL);
      char *parent = g_path_get_dirname (folder);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        {
          g_free (parent);
          return g_steal_pointer (&path);
        }
      g_free (folder);
      folder = parent;
    }
  return NULL;
}

static const GsFaceNetCalls *
load (GError **error)
{
  g_autofree char *path = find_in_build_folder ();
  const GsFaceNetCalls *(*calls) (void) = NULL;

  if (path == NULL)
    path = g_build_filename (GS_PKGLIBDIR, MODULE, NULL);
  GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);
  if (module == NULL || !g_module_symbol (module, GS_FACE_NET_CALLS, (gpointer *) &calls)
      || calls == NULL)
    {
      g_set_error (error, GS_FACE_ERROR, GS_FACE_ERROR_ABSENT,
                   "the networks' runtime cannot be loaded: %s", g_module_error ());
      if (module != NULL)
        g_module_close (module);
      return NULL;
    }
  /* Libraries with threads and static objects do not like to be unloaded. */
  g_module_make_resident (module);
  return calls ();
}

static const GsFaceNetCalls *
get_calls (GError **error)
{
  static GMutex lock;
  static const GsFaceNetCalls *calls;

  g_mutex_lock (&lock);
  if (calls == NULL)
    calls = load (error);
  const GsFaceNetCalls *found = calls;
  g_mutex_unlock (&lock);
  return found;
}

GsFaceNet *
gs_face_net_new (const void *onnx, gsize length, GError **error)
{
  const GsFaceNetCalls *calls = get_calls (error);

  return calls != NULL ? calls->create (onnx, length, error) : NULL;
}

void
gs_face_net_free (GsFaceNet *self)
{
  if (self != NULL)
    get_calls (NULL)->free (self);
}

gboolean
gs_face_net_run (GsFaceNet *self,
                 float *picture,
                 guint side,
                 const GsFaceNetOutput *outputs,
                 gsize n_outputs,
                 GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return get_calls (NULL)->run (self, picture, side, outputs, n_outputs, error);
}
