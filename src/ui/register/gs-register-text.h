/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-reconciliation.h"
#include "gs-sign.h"
#include "gs-stamp-register.h"

/* The register of stamps in words. Main thread. */

/* Why the officer may not print, for a row of the stamp sheet; "" for HELD. Static. */
const char *gs_register_text_standing (GsStampStanding standing);
/* "Active", "Lost", …, with its sign. Static. */
const char *gs_register_text_state (GsStampDeviceState state);
GsSign gs_register_text_state_sign (GsStampDeviceState state);
/* What went wrong, as a sentence. Static. */
const char *gs_register_text_error (const GError *error);

/* "Equal", "Explained", "Signed for". Static. */
const char *gs_register_text_result (GsReconciliationResult result);
GsSign gs_register_text_result_sign (GsReconciliationResult result);
/* One line of the difference table: what it is. Static. */
const char *gs_register_text_difference (GsDifferenceKind kind);
/* What a supervisor signs for. Static. */
const char *gs_register_text_reason (GsSignReason reason);
/* "Kato, desk-3, since 14:02"; transfer full. */
char *gs_register_text_holder (GsStampRegister *stamps, const GsStampDevice *device);
/* "since 12 days", or until when it may be printed. Transfer full. */
char *gs_register_text_code_age (GsStampRegister *stamps,
                                 const GsStampDevicePolicy *policy,
                                 const GsStampDevice *device);
