/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-gate-look.h"

/* For tests that cannot wait: a shorter look, never a longer one. */
void gs_gate_look_set_length_ms (GsGateLook *self, guint length_ms);
