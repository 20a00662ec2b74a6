/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The simulated chip in a process of its own, Utopia's passports for it, and the PC/SC daemon, for
 * test programs that tests/support/pcsc-stack runs. One thread. Whatever goes wrong ends the test
 * program with a word. */
typedef struct _GsVirtualChip GsVirtualChip;

/* Starts gateside-chip, and makes one passport of every variant with gateside-authority, both in a
 * temporary folder that goes with the chip. */
GsVirtualChip *gs_virtual_chip_new (const char *authority_program, const char *chip_program);
void gs_virtual_chip_free (GsVirtualChip *self);

/* Lays the passport of a variant on the reader, with faults ("delay=20,dies=9") or NULL; instead of
 * what lies there. */
void gs_virtual_chip_lay (GsVirtualChip *self, const char *variant, const char *faults);
void gs_virtual_chip_take (GsVirtualChip *self);
/* Faults from now on. */
void gs_virtual_chip_set_fault (GsVirtualChip *self, const char *faults);

/* A file of a passport, as it was laid on the chip: "dg1.bin". Transfer full. */
GBytes *gs_virtual_chip_load (GsVirtualChip *self, const char *variant, const char *file);
/* One of the two lines of the page as it is printed. Transfer full. */
char *gs_virtual_chip_get_line (GsVirtualChip *self, const char *variant, guint line);
/* The folder of the state's certificates and lists. */
const char *gs_virtual_chip_get_country (GsVirtualChip *self);

/* Kills the daemon of this stack without a chance to say farewell. */
void gs_virtual_chip_kill_daemon (GsVirtualChip *self);
/* Starts another one. */
void gs_virtual_chip_start_daemon (GsVirtualChip *self);
/* The same, but the other one has no reader. */
void gs_virtual_chip_start_daemon_without_readers (GsVirtualChip *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsVirtualChip, gs_virtual_chip_free)
