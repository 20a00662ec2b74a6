/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-schema.h"

/* The certificates that administrators enrolled for printers. */
static const char text[] = "CREATE TABLE printer_pin ("
                           " uri TEXT NOT NULL,"
                           " name TEXT,"
                           " fingerprint TEXT NOT NULL,"
                           " pem TEXT NOT NULL,"
                           " officer TEXT NOT NULL,"
                           " enrolled_at {int} NOT NULL,"
                           " ended_at {int} NOT NULL,"
                           " ended_by TEXT"
                           ") {strict};"
                           "CREATE UNIQUE INDEX printer_pin_believed"
                           " ON printer_pin (uri, fingerprint) WHERE ended_at = 0;";

const GsSchemaVersion gs_schema_9 = { text, NULL };
