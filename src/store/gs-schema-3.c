/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-schema.h"

/* The face verified at the desk: a row for each pair of pictures of a sitting, written when the
 * engine's answer may be seen. Scores are text: each engine has its own scale. */
static const char text[] =
  "CREATE TABLE face_verification ("
  " verification TEXT NOT NULL,"
  " crossing TEXT NOT NULL,"
  " pair TEXT NOT NULL,"
  " officer TEXT NOT NULL,"
  " judgement {int} NOT NULL,"
  " judged_at {int} NOT NULL,"
  " second_officer TEXT,"
  " second_judgement {int} NOT NULL,"
  " second_judged_at {int} NOT NULL,"
  " reference TEXT NOT NULL,"
  " engine TEXT,"
  " engine_version TEXT,"
  " verdict TEXT NOT NULL,"
  " cause TEXT NOT NULL,"
  " score TEXT,"
  " match_threshold TEXT,"
  " review_threshold TEXT,"
  " attack TEXT NOT NULL,"
  " duration_us {int} NOT NULL,"
  " quality TEXT,"
  " gate_verdict TEXT," /* what the gate had said, NULL for nothing */
  " gate_attack TEXT NOT NULL,"
  " attack_seen {int} NOT NULL,"
  " captured_again {int} NOT NULL,"
  " captured_at {int} NOT NULL,"
  " document_read_at {int} NOT NULL,"
  " revealed_at {int} NOT NULL,"
  " step TEXT NOT NULL,"
  " ground TEXT NOT NULL,"
  " PRIMARY KEY (verification, crossing, pair)"
  ") {strict};"
  "CREATE INDEX face_verification_crossing ON face_verification (crossing, revealed_at);"
  "CREATE INDEX face_verification_revealed ON face_verification (revealed_at);"
  /* An answer of a sitting: whose it is, and that the second officer gave it. */
  "ALTER TABLE judgement ADD COLUMN verification TEXT;"
  "ALTER TABLE judgement ADD COLUMN by_second {int} NOT NULL DEFAULT 0;";

const GsSchemaVersion gs_schema_3 = { text, NULL };
