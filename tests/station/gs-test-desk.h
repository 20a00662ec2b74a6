/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case-book.h"
#include "gs-config.h"
#include "gs-fake-hall.h"
#include "gs-fake-stamp-printer.h"
#include "gs-printer-desk.h"
#include "gs-stamp-desk.h"
#include "gs-stamp-register.h"
#include "gs-test-store.h"

/* What the tests of the station share: a desk with a store in a folder of its own, a hall and a
 * printer in memory, and a hall's clock that stands at TEST_NOW when the test begins. */

#define TEST_NOW G_GINT64_CONSTANT (1795000000000)
#define TEST_CROSSING "0c0ffee0-0000-4000-8000-000000000001"

typedef struct
{
  char *folder;
  char *database;
  GsConfig config;
  GsStore *store;
  GsClock *clock;
  GsCaseBook *book;
  GsFakeHall *hall;
  GsFakeStampPrinter *printer;
  GsFakeStampPrinter *standby; /* NULL until test_desk_add_printer() */
  GsPrinterDesk *printers;
  GsPrinterMonitor *monitor;       /* of printer; borrowed */
  GsStampRegister *stamp_register; /* the officer holds D3 with the code D3 */
  GsStampDesk *stamps;             /* NULL until test_desk_start_stamps() */
  GsSession *officer;
  GsSession *second;
  gboolean live;
  gint64 last_event;
} TestDesk;

/* For g_test_add(). */
void test_desk_set_up (TestDesk *desk, gconstpointer data);
void test_desk_tear_down (TestDesk *desk, gconstpointer data);

/* A second printer, ready, that stands by. Before the stamps are started. */
void test_desk_add_printer (TestDesk *desk);
/* One change of the register, made at once. */
void test_desk_change_register (
  TestDesk *desk, GsRegisterAct act, const char *device, GsSession *officer, GsSession *second);

/* Runs the station's part that stamps; again, as after a crash: the old one is dropped as it is. */
void test_desk_start_stamps (TestDesk *desk);
void test_desk_recover (TestDesk *desk);

/* Folds the event of that type into the book, with members that the test may have set before. */
GsEvent *test_desk_event (TestDesk *desk, GsEventType type, const char *crossing);
GsCase *test_desk_apply (TestDesk *desk, GsEvent *event);

/* A crossing of gate-1, ten seconds ago: admitted, or referred for one reason. */
GsCase *test_desk_admit (TestDesk *desk, const char *crossing);
GsCase *
test_desk_refer (TestDesk *desk, const char *crossing, const char *reason, gint64 at_utc_ms);

/* The officer judges every pair asked, anew, at a face desk without camera and engine; in the store
 * when it returns. */
void test_desk_judge (TestDesk *desk, GsCase *item, GsJudgement judgement);

/* Read by a device and judged the same, just now: ready for a stamp. */
GsCase *test_desk_admit_ready (TestDesk *desk, const char *crossing);

/* Steps of a stamp in the store, as "REQUESTED CLAIMED …". Transfer full. */
char *test_desk_dup_steps (TestDesk *desk, const char *stamp);

/* Iterates the main context until the condition holds, at most 20 s. */
#define test_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end_monotonic_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                       \
    while (!(condition) && g_get_monotonic_time () < end_monotonic_us)                             \
      if (!g_main_context_iteration (NULL, FALSE))                                                 \
        g_usleep (500);                                                                            \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END
