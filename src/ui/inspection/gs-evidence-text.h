/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-verdict.h"

/* The evidence behind a check as text for an officer. Main thread. */

/* "Hash that was signed" for "hash_signed"; NULL for a key that no verdict makes. Transfer full. */
char *gs_evidence_text_key (const char *key);

/* "Data group 2 unaltered". Transfer full. */
char *gs_evidence_text_statement (const GsVerdict *check);
/* "successful", "not checked". Static. */
const char *gs_evidence_text_result (const GsVerdict *check);

/* The lines below the check's own result: its evidence, then the same of each check below it.
 * personal: with what tells of the holder (dates, hashes of the chip's files); without it those
 * lines are left out and the last line says so. Never holds a byte of the chip's files. Transfer
 * full; "" when there is nothing. */
char *gs_evidence_text_lines (const GsVerdict *check, gboolean personal);
/* All of it for a file or a letter: statement, result, cause, remark, lines, and the certificates
 * of signer and authority, which tell nothing of the holder, as PEM. Transfer full. */
char *gs_evidence_text_report (const GsVerdict *check, gboolean personal);
/* TRUE when gs_evidence_text_lines() would leave something out. */
gboolean gs_evidence_text_has_personal (const GsVerdict *check);
