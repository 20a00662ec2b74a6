/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-hall-access.h"

/* The two commands of gateside-feed. Each returns the exit status. */

#define FEED_EXIT_OK 0
#define FEED_EXIT_FAILED 1
#define FEED_EXIT_USAGE 64
#define FEED_EXIT_INPUT_OUTPUT 74

/* after: -1 when not given. */
int feed_follow (GsHallAccess *access, gint64 after);

/* desk: the name in the desk's certificate; NULL leaves out the rules that need one. */
int feed_check (GsHallAccess *access, const char *desk, gboolean as_json, gboolean quick);
