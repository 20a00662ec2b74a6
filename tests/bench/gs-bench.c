/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-bench.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#define WARM_UP 3

static gboolean as_json;
static int runs_wanted;
static gboolean cpu_time;

void
gs_bench_init (int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print one JSON object a line", NULL },
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs_wanted, "Number of turns", "N" },
    { "cpu", 0, 0, G_OPTION_ARG_NONE, &cpu_time, "Take the processor's time, not the clock's",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error) || *argc > 1 || runs_wanted < 0)
    {
      g_printerr ("%s: %s\n", g_get_prgname (), error != NULL ? error->message : "wrong usage");
      exit (64);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
gs_bench_quantile (double *values, guint n_values, double part)
{
  guint at;

  if (n_values == 0)
    return 0;
  qsort (values, n_values, sizeof *values, compare_doubles);
  at = (guint) lround (part * (n_values - 1));
  return values[MIN (at, n_values - 1)];
}

/* On a busy machine the clock counts what others do; the processor's time does not. */
static double
now_us (void)
{
  struct timespec now;

  if (!cpu_time || clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now) != 0)
    return (double) g_get_monotonic_time ();
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static double
time_us (GsBenchFunc function, gpointer user_data)
{
  double begin_us = now_us ();

  function (user_data);
  return now_us () - begin_us;
}

void
gs_bench_compare (const char *name,
                  const char *floor_name,
                  GsBenchFunc floor,
                  const char *subject_name,
                  GsBenchFunc subject,
                  gpointer user_data,
                  guint runs)
{
  guint n = runs_wanted > 0 ? (guint) runs_wanted : MAX (runs, 1);
  g_autofree double *floors = g_new (double, n);
  g_autofree double *subjects = g_new (double, n);

  for (int i = 0; i < WARM_UP; i++)
    {
      floor (user_data);
      subject (user_data);
    }
  for (guint i = 0; i < n; i++)
    {
      floors[i] = time_us (floor, user_data);
      subjects[i] = time_us (subject, user_data);
    }
  gs_bench_report (name, "us", floor_name, gs_bench_quantile (floors, n, 0.5), subject_name,
                   gs_bench_quantile (subjects, n, 0.5));
}

static void
append_string (GString *out, const char *key, const char *value)
{
  g_autofree char *escaped = g_strescape (value, NULL);

  g_string_append_printf (out, "%s\"%s\":\"%s\"", out->len > 1 ? "," : "", key, escaped);
}

static void
append_number (GString *out, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (out, ",\"%s\":%s", key,
                          g_ascii_formatd (text, sizeof text, "%.6g", value));
}

void
gs_bench_report (const char *name,
                 const char *unit,
                 const char *floor_name,
                 double floor,
                 const char *subject_name,
                 double subject)
{
  double ratio = floor > 0 ? subject / floor : 0;
  g_autoptr (GString) out = g_string_new ("{");

  if (!as_json)
    {
      g_print ("%-24s %s %.1f %s, %s %.1f %s: %.2f times\n", name, subject_name, subject, unit,
               floor_name, floor, unit, ratio);
      return;
    }
  append_string (out, "name", name);
  append_string (out, "unit", unit);
  append_string (out, "floor_name", floor_name);
  append_number (out, "floor", floor);
  append_string (out, "subject_name", subject_name);
  append_number (out, "subject", subject);
  append_number (out, "ratio", ratio);
  g_print ("%s}\n", out->str);
}
