/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A printer in a process of its own on a free port of loopback, for tests: the project's simulated
 * stamp printer or ippeveprinter. What cannot be started ends the test program with the reason. The
 * processes end with the test program, however it ends. */
typedef struct _GsTestPrinter GsTestPrinter;

/* Starts build/src/simulator/printer/gateside-stamp-printer with its spool below dir and waits
 * until it listens; extra is a NULL-terminated list of further options, or NULL. */
GsTestPrinter *gs_test_printer_new_simulated (const char *dir, const char *const *extra);

/* Starts ippeveprinter as a stamp printer, with a bus of its own because it wants one. NULL when
 * the program is not installed: skip the test, and say so. */
GsTestPrinter *gs_test_printer_new_eve (const char *dir);

/* Ends the process (SIGTERM, then SIGKILL after 5 s) and frees. */
void gs_test_printer_free (GsTestPrinter *self);

/* "ipps://localhost:PORT/ipp/print", and the certificate that it shows. */
const char *gs_test_printer_get_uri (GsTestPrinter *self);
const char *gs_test_printer_get_pins (GsTestPrinter *self);
int gs_test_printer_get_port (GsTestPrinter *self);

/* The simulated printer's spool (page-0001.pbm, …), or where ippeveprinter's documents are kept
 * (<job-name>.pwg). */
const char *gs_test_printer_get_spool (GsTestPrinter *self);

/* Ends the process by a signal and waits for it; gs_test_printer_restart() begins it again on the
 * same port and spool, without the extra options when plain. */
void gs_test_printer_kill (GsTestPrinter *self, int signal);
void gs_test_printer_restart (GsTestPrinter *self, gboolean plain);

/* Waits up to 10 s until the process has ended by itself; its exit status. */
int gs_test_printer_wait_end (GsTestPrinter *self);

/* The simulated printer's fault, as "jam=100" or "clear". */
void gs_test_printer_set_fault (GsTestPrinter *self, const char *fault);

/* The lines of the simulated printer's ground-truth log that hold text (NULL: all). Transfer full.
 */
char **gs_test_printer_get_truth (GsTestPrinter *self, const char *text);

/* Runs the default main context until check (data) is TRUE or the time is over; its last answer. */
gboolean gs_test_wait_until (gboolean (*check) (gpointer data), gpointer data, guint timeout_ms);

/* Makes dir/name.crt and dir/name.key for the host by openssl; valid for 30 days. */
void gs_test_make_certificate (const char *dir, const char *name, const char *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTestPrinter, gs_test_printer_free)

G_END_DECLS
