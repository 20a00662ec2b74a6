/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-schema.h"

/* Template packs that were brought in, each with the bytes that were signed, and from which day on
 * each prints. Nothing is ever changed here: a later decision comes after an earlier one. */
static const char text[] = "CREATE TABLE stamp_pack ("
                           " digest TEXT PRIMARY KEY,"
                           " name TEXT NOT NULL,"
                           " month TEXT NOT NULL,"
                           " valid_from TEXT NOT NULL,"
                           " valid_until TEXT,"
                           " signer TEXT NOT NULL,"
                           " signer_digest TEXT NOT NULL,"
                           " brought_at {int} NOT NULL,"
                           " brought_by TEXT NOT NULL,"
                           " file {bytes} NOT NULL"
                           ") {strict};"
                           "CREATE TABLE stamp_pack_activation ("
                           " sequence {int} PRIMARY KEY,"
                           " digest TEXT NOT NULL REFERENCES stamp_pack (digest),"
                           " from_day TEXT NOT NULL,"
                           " decided_at {int} NOT NULL,"
                           " decided_by TEXT NOT NULL"
                           ") {strict};";

static const char *const append_only[] = { "stamp_pack", "stamp_pack_activation", NULL };

const GsSchemaVersion gs_schema_8 = { text, append_only };
