/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The paper that comes out of the simulated printer, and the log of what really got on it: one JSON
 * line a page, which no fault can make lie. Pages are written as PNG (to look at) and PBM (to
 * compare). Any thread. */

typedef struct _GsSimPaper GsSimPaper;
typedef struct _GsSimPage GsSimPage;

/* Pages go to spool_dir as page-0001.png and .pbm, numbered on from what is there; lines are
 * appended to ground_truth_path and are on disk when a page ends. */
GsSimPaper *gs_sim_paper_new (const char *spool_dir, const char *ground_truth_path, GError **error);
void gs_sim_paper_free (GsSimPaper *self);

/* How many pages are in the spool folder. */
unsigned gs_sim_paper_get_pages (GsSimPaper *self);

/* The PNG of a page. Transfer full. */
char *gs_sim_paper_get_path (GsSimPaper *self, unsigned page);

/* A page of width × height dots, 1 bit each, 1 is ink. */
GsSimPage *gs_sim_page_new (int job_id, const char *job_name, unsigned width, unsigned height);

/* One line of raster was taken; it is on paper when printed. */
void gs_sim_page_take_line (GsSimPage *self, unsigned y, const guint8 *line, gboolean printed);

/* Lines on paper so far. */
unsigned gs_sim_page_get_printed (GsSimPage *self);

/* TRUE when every line was taken. */
gboolean gs_sim_page_is_complete (GsSimPage *self);

/* The page comes out (or does not, when no line was printed), and its line is logged. why is
 * "finished", "cancelled", "short-data", "power-cut" or "ended". Frees page. */
void gs_sim_paper_end_page (GsSimPaper *self, GsSimPage *page, const char *why);

G_END_DECLS
