/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-ingest.h"

/* What the tests of the store share. */

/* A directory of the test's own below the build's, on a real file system; removed by
 * test_directory_remove(). Transfer full. */
char *test_directory_new (void);
void test_directory_remove (char *directory);

/* An event as the hall would send it. Every fifth crossing event is a referral that names the
 * traveller. The bytes depend on id alone. */
GsIngestItem *test_event_new (gint64 id);

/* The traveller's name that stands in the event of that id, NULL when it names nobody. */
char *test_event_dup_name (gint64 id);

/* A begun epoch inside of gs_store_transact() or of an open transaction. */
#define TEST_EPOCH "5f0e2f0e-3f1c-4a5e-9d5e-0a52c1d8a001"

gint64 test_begin_epoch (GsStore *store, const char *epoch, gint64 after);
GsIngestResult *
test_ingest (GsStore *store, const char *epoch, GPtrArray *items, GPtrArray *crossings);

/* Appends every SQL text that SQLite runs in this process to the file that GATESIDE_TEST_SQL_LOG
 * names, each once, ended by a line "-- end": for test-postgres-sql.py. Nothing without the
 * variable. Before the first database is opened. */
void test_log_sql (void);

/* Runs the default main context until *done, at most 30 s. */
void test_wait_until (gboolean *done);
