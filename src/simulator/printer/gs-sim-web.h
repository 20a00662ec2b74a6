/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-driver.h"

G_BEGIN_DECLS

/* Adds to PAPPL's own web pages: /pages (what came out, newest first), /page.png?page=N, and
 * /faults (GET: JSON of the faults; POST of a form with fault=NAME or fault=NAME=NUMBER or
 * fault=clear sets one: 200 with the JSON, or 400). */
void gs_sim_web_install (pappl_system_t *system, GsSimMachine *machine);

G_END_DECLS
