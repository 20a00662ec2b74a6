/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-people.h"
#include "gs-utopia-portrait.h"

#include "gs-build-config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#define EXIT_USAGE 64

static struct
{
  char *output, *people, *views, *size, *blend, *contact_sheet;
  int threads;
  gint64 seed;
  gboolean quiet, list, version;
} opt = { .threads = 2, .seed = 1 };

static const GOptionEntry entries[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &opt.output, "Folder of the pictures", "DIR" },
  { "threads", 't', 0, G_OPTION_ARG_INT, &opt.threads, "Threads that draw (2)", "N" },
  { "people", 'p', 0, G_OPTION_ARG_STRING, &opt.people, "Which of the 24 (0-23)", "A-B" },
  { "views", 0, 0, G_OPTION_ARG_STRING, &opt.views, "Which pictures (passport,gate,desk,special)",
    "LIST" },
  { "size", 0, 0, G_OPTION_ARG_STRING, &opt.size, "Size of gate pictures (480x640)", "WxH" },
  { "seed", 's', 0, G_OPTION_ARG_INT64, &opt.seed, "Seed of gate and desk pictures (1)", "N" },
  { "blend", 0, 0, G_OPTION_ARG_STRING, &opt.blend,
    "Draw a lookalike of A between A and B (T 0 to 1) instead", "A,B,T" },
  { "contact-sheet", 0, 0, G_OPTION_ARG_FILENAME, &opt.contact_sheet,
    "Write one small picture of all 24", "FILE" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &opt.list, "Print who they are", NULL },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &opt.quiet, "No progress on standard error", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &opt.version, "Print the version", NULL },
  { NULL },
};

static GsUtopiaPortraitOptions drawing = { .views = GS_UTOPIA_VIEW_ALL };
static guint first_person, last_person = GS_UTOPIA_PEOPLE - 1;

/* Shared by the drawing threads. */
static GMutex lock;
static guint people_done, pictures_drawn;
static GError *failure;

static void
draw_person (gpointer data, gpointer user_data)
{
  guint index = GPOINTER_TO_UINT (data) - 1, drawn = 0;
  g_autoptr (GError) error = NULL;
  gboolean stop;

  g_mutex_lock (&lock);
  stop = failure != NULL;
  g_mutex_unlock (&lock);
  if (stop)
    return;
  gs_utopia_portrait_write (&drawing, index, &drawn, &error);

  g_mutex_lock (&lock);
  people_done++;
  pictures_drawn += drawn;
  if (error != NULL && failure == NULL)
    failure = g_steal_pointer (&error);
  if (!opt.quiet && drawn > 0)
    g_printerr ("portraits: %u of %u people\n", people_done, last_person - first_person + 1);
  g_mutex_unlock (&lock);
}

static gboolean
draw_people (GError **error)
{
  GThreadPool *pool = g_thread_pool_new (draw_person, NULL, opt.threads, FALSE, error);

  if (pool == NULL)
    return FALSE;
  for (guint i = first_person; i <= last_person; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return TRUE;
}

static gboolean
draw_blend (GError **error)
{
  unsigned int a, b;
  float t;

  /* Checked in read_options(). */
  sscanf (opt.blend, "%u,%u,%f", &a, &b, &t);
  return gs_utopia_portrait_write_blend (&drawing, a, b, t, &pictures_drawn, error);
}

static gboolean
read_views (void)
{
  static const struct
  {
    const char *name;
    GsUtopiaViews view;
  } names[] = { { "passport", GS_UTOPIA_VIEW_PASSPORT },
                { "gate", GS_UTOPIA_VIEW_GATE },
                { "desk", GS_UTOPIA_VIEW_DESK },
                { "special", GS_UTOPIA_VIEW_SPECIAL } };
  g_auto (GStrv) words = g_strsplit (opt.views, ",", -1);

  drawing.views = 0;
  for (char **word = words; *word; word++)
    {
      GsUtopiaViews before = drawing.views;

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (strcmp (*word, names[i].name) == 0)
          drawing.views |= names[i].view;
      if (drawing.views == before)
        return FALSE;
    }
  return TRUE;
}

/* NULL, or what is wrong with the command line. */
static const char *
read_options (void)
{
  char end;

  drawing.folder = opt.output;
  drawing.seed = (guint64) opt.seed;
  drawing.width = 480;
  drawing.height = 640;
  if (opt.output == NULL && opt.contact_sheet == NULL && !opt.list)
    return "--output DIR, --contact-sheet FILE or --list is needed";
  if (opt.threads < 1 || opt.threads > 64)
    return "--threads takes 1 to 64";
  if (opt.size
      && (sscanf (opt.size, "%dx%d%c", &drawing.width, &drawing.height, &end) != 2
          || drawing.width < 120 || drawing.width > 2000 || drawing.height < 120
          || drawing.height > 2000))
    return "--size takes WxH, each 120 to 2000";
  if (opt.people)
    {
      int count = sscanf (opt.people, "%u-%u%c", &first_person, &last_person, &end);

      if (count == 1 && strchr (opt.people, '-') == NULL)
        last_person = first_person;
      else if (count != 2)
        return "--people takes a number or A-B";
      if (first_person > last_person || last_person >= GS_UTOPIA_PEOPLE)
        return "--people takes numbers from 0 to 23";
    }
  if (opt.views && !read_views ())
    return "--views takes passport, gate, desk and special, with commas";
  if (opt.blend)
    {
      unsigned int a, b;
      float t;

      if (sscanf (opt.blend, "%u,%u,%f%c", &a, &b, &t, &end) != 3 || a >= GS_UTOPIA_PEOPLE
          || b >= GS_UTOPIA_PEOPLE || !(t >= 0.0f && t <= 1.0f))
        return "--blend takes A,B,T: two people and 0 to 1";
    }
  return NULL;
}

static void
print_list (void)
{
  for (guint i = 0; i < GS_UTOPIA_PEOPLE; i++)
    {
      const GsUtopiaPerson *person = gs_utopia_person (i);

      g_print ("%02u\t%c\t%d\t%s\n", i, person->sex, person->apparent_age_years, person->label);
    }
}

/* Waits until nobody else draws into the folder: two who begin together would draw everything
 * twice, and the later one could take the earlier one's first pictures for old ones. The lock goes
 * with the program. A folder that cannot be locked is told by what follows. */
static void
take_turn (const char *folder)
{
  if (g_mkdir_with_parents (folder, 0755) != 0)
    return;
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    while (flock (fd, LOCK_EX) != 0 && errno == EINTR)
      ;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 started_us = g_get_monotonic_time ();
  const char *wrong;

  g_option_context_set_summary (context, "Draws the citizens of Utopia: nobody in these pictures "
                                         "exists. Pictures that are there already are kept.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("gateside-portraits: %s\n", error ? error->message : "unexpected argument");
      return EXIT_USAGE;
    }
  if (opt.version)
    {
      g_print ("gateside-portraits " GS_VERSION "\n");
      return EXIT_SUCCESS;
    }
  if ((wrong = read_options ()))
    {
      g_printerr ("gateside-portraits: %s\n", wrong);
      return EXIT_USAGE;
    }
  if (opt.list)
    print_list ();
  if (opt.output)
    take_turn (opt.output);
  if ((opt.contact_sheet && !gs_utopia_contact_sheet (opt.contact_sheet, &error))
      || (opt.output
          && (!gs_utopia_portrait_prepare (&drawing, &error)
              || !(opt.blend ? draw_blend (&error) : draw_people (&error)))))
    {
      g_printerr ("gateside-portraits: %s\n", error->message);
      return EXIT_FAILURE;
    }
  if (!opt.quiet && opt.output)
    g_printerr ("portraits: %u pictures drawn in %.1f s\n", pictures_drawn,
                (double) (g_get_monotonic_time () - started_us) / 1e6);
  return EXIT_SUCCESS;
}
