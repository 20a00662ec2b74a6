/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-schema.h"

/* What this desk found on a document: results and codes, neither its files nor its holder. */
static const char text[] = "CREATE TABLE desk_document ("
                           " crossing TEXT PRIMARY KEY,"
                           " judged_at {int} NOT NULL,"
                           " verdict TEXT NOT NULL,"
                           " opens {int} NOT NULL,"
                           " codes TEXT NOT NULL"
                           ") {strict};"
                           "CREATE INDEX desk_document_judged ON desk_document (judged_at);"
                           "CREATE TABLE desk_check ("
                           " crossing TEXT NOT NULL,"
                           " place {int} NOT NULL,"
                           " name TEXT NOT NULL,"
                           " result TEXT NOT NULL,"
                           " code TEXT,"
                           " PRIMARY KEY (crossing, place)"
                           ") {strict};";

const GsSchemaVersion gs_schema_5 = { text, NULL };
