/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Measures a subject beside a floor, the least that the same work can cost, in one run on one
 * machine, so that the ratio says something even where the seconds do not. Prints one line for
 * people and, with --json as the program's argument, one JSON object a line instead. A benchmark
 * never fails because something was slow. Main thread. */

typedef void (*GsBenchFunc) (gpointer user_data);

/* Reads and removes --json, --runs N and --cpu (the processor's time instead of the clock's) from
 * the arguments; exits with 64 for any other. */
void gs_bench_init (int *argc, char ***argv);

/* Runs floor and subject in turns, so that a machine that gets slower hits both, and reports the
 * medians. runs is the number of turns after a warm-up, unless --runs says otherwise. */
void gs_bench_compare (const char *name,
                       const char *floor_name,
                       GsBenchFunc floor,
                       const char *subject_name,
                       GsBenchFunc subject,
                       gpointer user_data,
                       guint runs);

/* For what is measured elsewhere, such as events a second or a memory size: the ratio is subject by
 * floor, whatever the unit. */
void gs_bench_report (const char *name,
                      const char *unit,
                      const char *floor_name,
                      double floor,
                      const char *subject_name,
                      double subject);

/* The value below which part (0 to 1) of the values lie; sorts them. 0 when there are none. */
double gs_bench_quantile (double *values, guint n_values, double part);

G_END_DECLS
