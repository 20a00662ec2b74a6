/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-hall-error.h"

/* Makes the error for an answer that is no success: from its status, and from the problem+json body
 * (RFC 9457) when it is one. body may be NULL. epoch: the answer's Gateside-Epoch, or NULL.
 * Transfer full. Internal to this room. Any thread. */
GError *
gs_hall_problem_to_error (guint status, const char *content_type, GBytes *body, const char *epoch);
