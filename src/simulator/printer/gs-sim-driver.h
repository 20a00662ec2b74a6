/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pappl/pappl.h>

#include "gs-sim-fault.h"
#include "gs-sim-paper.h"

G_BEGIN_DECLS

/* The PAPPL driver of the stamp printer: 45×35 mm, 600 dpi, one bit, one ink. A page is counted
 * only when a line of it is on paper; a page whose data ends early fails. */

#define GS_SIM_DRIVER_NAME "gateside-stamp"
#define GS_SIM_DEVICE_URI "gateside-stamp://localhost/"

typedef struct
{
  GsSimFaults *faults;
  GsSimPaper *paper;
} GsSimMachine;

/* Registers the device scheme and the driver with the system. machine must outlive it. */
void gs_sim_driver_install (pappl_system_t *system, GsSimMachine *machine);

/* Tells PAPPL the state, reasons and supplies that the faults make; after each change of them. */
void gs_sim_driver_refresh (pappl_printer_t *printer, GsSimMachine *machine);

G_END_DECLS
