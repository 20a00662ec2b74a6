/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reads a key file and prints "FILE:LINE: sentence" for every mistake to standard error. Exit
 * status: 0 without a mistake, 1 with one. Main thread. */
int gs_check_config (const char *path);
