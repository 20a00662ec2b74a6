/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-desk.h"

#include "gs-journal-table.h"
#include "gs-test-judge.h"
#include "gs-store-load.h"
#include "gs-time.h"

static gboolean
is_live (gpointer data)
{
  return ((TestDesk *) data)->live;
}

static void
fill_config (TestDesk *desk)
{
  GsConfig *config = &desk->config;

  config->desk_id = g_strdup ("desk-3");
  config->desk_name = g_strdup ("Desk 3");
  config->gates = g_strsplit ("gate-1 gate-2", " ", -1);
  config->direction = GS_DIRECTION_ARRIVAL;
  config->database = g_strdup (desk->database);
  config->specimen_pack =
    g_build_filename (g_getenv ("GATESIDE_BUILD_ROOT"), "data", "specimen-pack.tar", NULL);
  config->pack_authorities = g_build_filename (g_getenv ("GATESIDE_BUILD_ROOT"), "data",
                                               "specimen-pack-authority.pem", NULL);
  config->port_name = g_strdup ("UTOPIA CITY");
  config->transport = g_strdup ("air");
  config->printer_uri = g_strdup ("ipps://stamp.uto.example/ipp/print");
  config->stamp_code = g_strdup ("D3");
  config->serial_prefix = g_strdup ("UTO-D3");
  gs_config_set_default_policy (config);
}

static void
clear_config (GsConfig *config)
{
  g_free (config->desk_id);
  g_free (config->desk_name);
  g_strfreev (config->gates);
  g_free (config->database);
  g_free (config->specimen_pack);
  g_free (config->pack_authorities);
  g_free (config->port_name);
  g_free (config->transport);
  g_free (config->printer_uri);
  g_free (config->stamp_code);
  g_free (config->serial_prefix);
}

void
test_desk_change_register (
  TestDesk *desk, GsRegisterAct act, const char *device, GsSession *officer, GsSession *second)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  g_autoptr (GsRegisterChange) change =
    gs_register_change_new (act, device, desk->config.desk_id, officer, second, TEST_NOW);
  GsRecordEntry entry;

  if (act == GS_REGISTER_ENTER)
    {
      g_free (change->code);
      change->code = g_strdup (device);
    }
  gs_register_change_describe (change, &entry, &detail);
  gs_store_transact (desk->store, &entry, gs_register_change_run, change, &error);
  g_assert_no_error (error);
  gs_stamp_register_reload (desk->stamp_register);
}

/* The register of a desk at work: D3 in the officer's hand. */
static void
hand_stamp (TestDesk *desk)
{
  desk->stamp_register = gs_stamp_register_new (&desk->config, desk->store, desk->clock);
  test_desk_change_register (desk, GS_REGISTER_ENTER, "D3", NULL, NULL);
  test_desk_change_register (desk, GS_REGISTER_HAND_OUT, "D3", desk->officer, desk->second);
  test_until (gs_stamp_register_get_held (desk->stamp_register, "kato") != NULL);
}

void
test_desk_set_up (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 now_us = g_get_monotonic_time ();

  desk->folder = test_directory_new ();
  desk->database = g_build_filename (desk->folder, "desk.db", NULL);
  fill_config (desk);
  desk->store = gs_store_open (desk->database, &error);
  g_assert_no_error (error);
  desk->clock = gs_clock_new ();
  gs_clock_observe (desk->clock, now_us, now_us, TEST_NOW, TRUE, 5);
  desk->book = gs_case_book_new (desk->config.desk_id);
  desk->hall = gs_fake_hall_new (desk->clock);
  desk->printer = gs_fake_stamp_printer_new ();
  desk->printers = gs_printer_desk_new ();
  gs_printer_desk_add (desk->printers, GS_STAMP_PRINTER (desk->printer));
  desk->monitor = gs_printer_desk_get_printer (desk->printers, 0);
  gs_printer_desk_start (desk->printers);
  desk->officer = gs_session_new ("kato", "Kato", GS_ROLE_OFFICER, TEST_NOW);
  desk->second = gs_session_new ("mori", "Mori", GS_ROLE_OFFICER, TEST_NOW);
  desk->live = TRUE;
  hand_stamp (desk);
}

/* What is under way ends, so that nothing keeps an object alive. */
static void
settle (void)
{
  gint64 end_monotonic_us = g_get_monotonic_time () + G_USEC_PER_SEC / 20;

  while (g_main_context_iteration (NULL, FALSE) || g_get_monotonic_time () < end_monotonic_us)
    ;
}

static void
drop_stamps (TestDesk *desk)
{
  if (desk->stamps == NULL)
    return;
  g_object_run_dispose (G_OBJECT (desk->stamps));
  g_clear_object (&desk->stamps);
}

void
test_desk_tear_down (TestDesk *desk, gconstpointer data)
{
  drop_stamps (desk);
  g_object_run_dispose (G_OBJECT (desk->stamp_register));
  gs_printer_desk_stop (desk->printers);
  gs_store_close (desk->store);
  settle ();
  g_clear_object (&desk->stamp_register);
  g_clear_object (&desk->printers);
  g_clear_object (&desk->standby);
  g_clear_object (&desk->printer);
  g_clear_object (&desk->hall);
  g_clear_object (&desk->book);
  g_clear_object (&desk->store);
  g_clear_object (&desk->clock);
  g_clear_object (&desk->officer);
  g_clear_object (&desk->second);
  clear_config (&desk->config);
  g_free (desk->database);
  test_directory_remove (desk->folder);
}

void
test_desk_add_printer (TestDesk *desk)
{
  desk->standby = gs_fake_stamp_printer_new_named ("Right", "ipps://right.uto.example/ipp/print");
  gs_printer_desk_add (desk->printers, GS_STAMP_PRINTER (desk->standby));
  gs_printer_desk_start (desk->printers);
}

void
test_desk_start_stamps (TestDesk *desk)
{
  drop_stamps (desk);
  desk->stamps = gs_stamp_desk_new (&desk->config, GS_HALL (desk->hall), desk->store,
                                    desk->printers, desk->book, desk->clock, is_live, desk);
  gs_stamp_desk_set_register (desk->stamps, desk->stamp_register);
  gs_stamp_desk_set_session (desk->stamps, desk->officer);
  gs_stamp_desk_set_closing_events (desk->stamps, TRUE);
}

void
test_desk_recover (TestDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStoreSnapshot) snapshot = NULL;
  gint64 since_utc_ms = 0;

  test_desk_start_stamps (desk);
  snapshot = gs_store_query (desk->store, gs_store_load_run, &since_utc_ms, &error);
  g_assert_no_error (error);
  gs_stamp_desk_recover (desk->stamps, snapshot->claims, snapshot->journal, snapshot->outcomes);
}

GsEvent *
test_desk_event (TestDesk *desk, GsEventType type, const char *crossing)
{
  GsEvent *event = gs_event_new (++desk->last_event, type, crossing);

  event->time_utc_ms = TEST_NOW - 10000;
  event->gate = g_strdup ("gate-1");
  event->direction = GS_DIRECTION_ARRIVAL;
  return event;
}

GsCase *
test_desk_apply (TestDesk *desk, GsEvent *event)
{
  GsCase *item = gs_case_book_apply (desk->book, event);

  gs_event_unref (event);
  return item;
}

GsCase *
test_desk_admit (TestDesk *desk, const char *crossing)
{
  GsEvent *event;

  test_desk_apply (desk, test_desk_event (desk, GS_EVENT_CROSSING_STARTED, crossing));
  event = test_desk_event (desk, GS_EVENT_CROSSING_ADMITTED, crossing);
  event->by = g_strdup ("gate");
  return test_desk_apply (desk, event);
}

GsCase *
test_desk_refer (TestDesk *desk, const char *crossing, const char *reason, gint64 at_utc_ms)
{
  GsEvent *event = test_desk_event (desk, GS_EVENT_CROSSING_REFERRED, crossing);

  event->time_utc_ms = at_utc_ms;
  event->reasons = g_strsplit (reason, " ", -1);
  return test_desk_apply (desk, event);
}

GsCase *
test_desk_admit_ready (TestDesk *desk, const char *crossing)
{
  GsCase *item = test_desk_admit (desk, crossing);

  gs_case_set_read (item, GS_READ_DEVICE, TEST_NOW);
  test_desk_judge (desk, item, GS_JUDGEMENT_SAME);
  return item;
}

void
test_desk_judge (TestDesk *desk, GsCase *item, GsJudgement judgement)
{
  g_autoptr (GsDocumentDesk) documents =
    gs_document_desk_new (NULL, desk->store, desk->clock, NULL);
  const GsFaceDeskParts parts = { .config = &desk->config,
                                  .store = desk->store,
                                  .clock = desk->clock,
                                  .hall = GS_HALL (desk->hall),
                                  .book = desk->book,
                                  .documents = documents };
  g_autoptr (GsFaceDesk) faces = gs_face_desk_new (&parts);

  gs_face_desk_set_session (faces, desk->officer);
  gs_face_desk_set_case (faces, item);
  g_assert_true (gs_face_desk_begin_again (faces));
  test_until (gs_test_judge (faces, judgement, desk->officer));
  gs_face_desk_stop (faces);
  gs_document_desk_stop (documents);
}

static gpointer
list_steps (GsDatabase *db, gpointer stamp, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_journal_table_of_stamp (db, stamp, error);
  GString *text = g_string_new (NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((GsJournalRow *) g_ptr_array_index (rows, i))->step);
  return g_string_free (text, FALSE);
}

char *
test_desk_dup_steps (TestDesk *desk, const char *stamp)
{
  g_autoptr (GError) error = NULL;
  char *steps = gs_store_query (desk->store, list_steps, (gpointer) stamp, &error);

  g_assert_no_error (error);
  return steps;
}
