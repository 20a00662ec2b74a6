/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-check.h"

/* The tree of what was checked on one document: each node is named as the good statement that it
 * proves, and carries its result (TR-03135-1's five words, or not checked), the code of the
 * referral reason that it may become, a plain English sentence for the record, and the evidence
 * behind it. A node with children has the worst of its own result and theirs. Passive
 * authentication makes one; chip and active authentication and the face hang theirs into it. Built
 * by one thread, then handed over and only read; the reference count is atomic. */
typedef struct _GsVerdict GsVerdict;

/* A line of evidence. value: text, never NULL; data: the bytes themselves (a certificate in DER, a
 * file of the chip), or NULL. */
typedef struct
{
  char *key;
  char *value;
  GBytes *data;
} GsEvidence;

/* name: short machine name, published in gs_check_names() where it is one of those
 * ("signed-by-issuer"); statement: the good statement in English ("Signed by the issuer"), NULL to
 * take the published one. Both are copied. The result is not checked until something is set. */
GsVerdict *gs_verdict_new (const char *name, const char *statement);
GsVerdict *gs_verdict_ref (GsVerdict *self);
void gs_verdict_unref (GsVerdict *self);

/* Sets the node's own result. code: a referral reason (C03) or NULL; sentence: printf format. */
void
gs_verdict_set (GsVerdict *self, GsCheckResult result, const char *code, const char *sentence, ...)
  G_GNUC_PRINTF (4, 5);
/* A finding that does not lower the result: more than one signer, a list that is out of date. code:
 * its short machine name ("several-signers"), by which an officer's own sentence is chosen. */
void
gs_verdict_warn (GsVerdict *self, const char *code, const char *sentence, ...) G_GNUC_PRINTF (3, 4);
/* One line of evidence; NULL values are left out. */
void gs_verdict_add_evidence (GsVerdict *self, const char *key, const char *value);
void
gs_verdict_add_evidence_data (GsVerdict *self, const char *key, const char *value, GBytes *data);
/* Appends a child; takes the reference. */
void gs_verdict_add (GsVerdict *self, GsVerdict *child);

const char *gs_verdict_get_name (const GsVerdict *self);
const char *gs_verdict_get_statement (const GsVerdict *self);
/* The worst of its own result and its children's: failed, aborted, undetermined, successful; not
 * supported and not checked only where there is nothing else. */
GsCheckResult gs_verdict_get_result (const GsVerdict *self);
/* Its own code and sentence; where it has none, those of the child that made the result. May be
 * NULL. */
const char *gs_verdict_get_code (const GsVerdict *self);
const char *gs_verdict_get_sentence (const GsVerdict *self);
guint gs_verdict_get_n_warnings (const GsVerdict *self);
const char *gs_verdict_get_warning (const GsVerdict *self, guint index);
const char *gs_verdict_get_warning_code (const GsVerdict *self, guint index);
guint gs_verdict_get_n_evidence (const GsVerdict *self);
const GsEvidence *gs_verdict_get_evidence (const GsVerdict *self, guint index);
/* The value of the first line with this key; NULL when there is none. */
const char *gs_verdict_find_evidence (const GsVerdict *self, const char *key);
guint gs_verdict_get_n_children (const GsVerdict *self);
const GsVerdict *gs_verdict_get_child (const GsVerdict *self, guint index);
/* The first node of this name, the node itself included, depth first; NULL when there is none. */
const GsVerdict *gs_verdict_find (const GsVerdict *self, const char *name);

/* "successful", "failed", "undetermined", "not-supported", "aborted", "not-checked". */
const char *gs_verdict_result_to_word (GsCheckResult result);

/* One JSON object: name, result, code, sentence, evidence, checks; bytes are Base64. Transfer full,
 * without a newline. */
char *gs_verdict_to_json (const GsVerdict *self);
/* An indented tree for people, one line a node and its sentence, ended by a newline. With evidence,
 * its lines too. Transfer full. */
char *gs_verdict_to_text (const GsVerdict *self, gboolean with_evidence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsVerdict, gs_verdict_unref)
