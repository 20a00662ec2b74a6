/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GsPcscReader on a real PC/SC daemon: what lies on it comes and goes, the daemon too. Run by
 * tests/support/pcsc-stack with the programs gateside-authority and gateside-chip. */

#include "gs-emrtd-error.h"
#include "gs-pcsc-reader.h"
#include "gs-virtual-chip.h"

#include <time.h>
#include <winscard.h>

#define SECOND_MS 1000

static GsVirtualChip *chip;

/* A reader and what it said. */
typedef struct
{
  GsChipReader *reader;
  guint n_laid, n_removed;
  GArray *states;
  guint n_file_progress;
  gboolean done;
  GsChipReading *reading;
  GError *error;
} Fixture;

typedef gboolean (*Condition) (Fixture *self);

static gboolean
on_deadline (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Iterates until the condition holds; how long that took, in milliseconds. */
static gint64
await (Fixture *self, Condition condition, guint limit_ms, const char *what)
{
  gint64 start_us = g_get_monotonic_time ();
  gboolean late = FALSE;
  guint timer = g_timeout_add (limit_ms, on_deadline, &late);

  while (!condition (self) && !late)
    g_main_context_iteration (NULL, TRUE);
  if (late)
    g_error ("%s did not come within %u ms; the reader is %s", what, limit_ms,
             gs_chip_reader_state_to_string (gs_chip_reader_get_state (self->reader)));
  g_source_remove (timer);
  return (g_get_monotonic_time () - start_us) / 1000;
}

static void
let_pass (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_deadline, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

#define STATE_CONDITION(name, state)                                                               \
  static gboolean is_##name (Fixture *self)                                                        \
  {                                                                                                \
    return gs_chip_reader_get_state (self->reader) == (state);                                     \
  }

STATE_CONDITION (empty, GS_CHIP_READER_EMPTY)
STATE_CONDITION (card, GS_CHIP_READER_CARD)
STATE_CONDITION (mute, GS_CHIP_READER_MUTE)
STATE_CONDITION (in_use, GS_CHIP_READER_IN_USE)
STATE_CONDITION (without_service, GS_CHIP_READER_NO_SERVICE)
STATE_CONDITION (absent, GS_CHIP_READER_ABSENT)

static gboolean
is_read (Fixture *self)
{
  return self->done;
}

static gboolean
is_in_files (Fixture *self)
{
  return self->n_file_progress > 0;
}

static void
on_laid (GsChipReader *reader, gpointer data)
{
  ((Fixture *) data)->n_laid++;
}

static void
on_removed (GsChipReader *reader, gpointer data)
{
  ((Fixture *) data)->n_removed++;
}

static void
on_state (GsChipReader *reader, gpointer data)
{
  GsChipReaderState state = gs_chip_reader_get_state (reader);

  g_array_append_val (((Fixture *) data)->states, state);
}

static void
on_progress (GsChipReader *reader, gpointer progress, gpointer data)
{
  if (((const GsChipProgress *) progress)->stage == GS_CHIP_STAGE_FILE)
    ((Fixture *) data)->n_file_progress++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  gs_virtual_chip_take (chip);
  self->states = g_array_new (FALSE, FALSE, sizeof (GsChipReaderState));
  self->reader = GS_CHIP_READER (gs_pcsc_reader_new ("Virtual PCD 00 00", NULL));
  g_signal_connect (self->reader, "card-laid", G_CALLBACK (on_laid), self);
  g_signal_connect (self->reader, "card-removed", G_CALLBACK (on_removed), self);
  g_signal_connect (self->reader, "state-changed", G_CALLBACK (on_state), self);
  g_signal_connect (self->reader, "progress", G_CALLBACK (on_progress), self);
  g_assert_cmpint (gs_chip_reader_get_state (self->reader), ==, GS_CHIP_READER_STOPPED);
  gs_chip_reader_start (self->reader);
  /* What lay there before may still be seen for 400 ms. */
  await (self, is_empty, 5 * SECOND_MS, "an empty reader");
  self->n_laid = self->n_removed = 0;
  g_array_set_size (self->states, 0);
}

static void
forget_reading (Fixture *self)
{
  g_clear_pointer (&self->reading, gs_chip_reading_free);
  g_clear_error (&self->error);
  self->done = FALSE;
  self->n_file_progress = 0;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gs_chip_reader_stop (self->reader);
  g_signal_handlers_disconnect_by_data (self->reader, self);
  g_assert_finalize_object (self->reader);
  g_array_unref (self->states);
  forget_reading (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  self->reading = gs_chip_reader_read_finish (GS_CHIP_READER (source), result, &self->error);
  self->done = TRUE;
}

static void
begin_reading (Fixture *self, const char *variant)
{
  g_autofree char *line = gs_virtual_chip_get_line (chip, variant, 2);
  g_autofree char *number = g_strndup (line, 9);
  g_autofree char *birth = g_strndup (line + 13, 6);
  g_autofree char *expiry = g_strndup (line + 21, 6);
  g_auto (GsAccessKey) key = { 0 };
  g_autoptr (GError) error = NULL;

  forget_reading (self);
  gs_access_key_from_fields (&key, number, birth, expiry, &error);
  g_assert_no_error (error);
  gs_chip_reader_read_async (self->reader, &key, NULL, NULL, on_read, self);
}

static void
read_well (Fixture *self, const char *variant)
{
  g_autoptr (GBytes) dg1 = gs_virtual_chip_load (chip, variant, "dg1.bin");

  begin_reading (self, variant);
  g_assert_cmpint (gs_chip_reader_get_state (self->reader), ==, GS_CHIP_READER_READING);
  await (self, is_read, 10 * SECOND_MS, "a reading");
  g_assert_no_error (self->error);
  g_assert_no_error (self->reading->error);
  g_assert_true (g_bytes_equal (self->reading->files[GS_CHIP_FILE_DG1], dg1));
}

static void
lay_and_wait (Fixture *self, const char *variant, const char *faults)
{
  gs_virtual_chip_lay (chip, variant, faults);
  await (self, is_card, 5 * SECOND_MS, "the chip");
}

/* --- what lies there */

static void
test_laid_and_taken (Fixture *self, gconstpointer data)
{
  const GsChipReaderState expected[] = { GS_CHIP_READER_CARD, GS_CHIP_READER_READING,
                                         GS_CHIP_READER_CARD, GS_CHIP_READER_EMPTY };

  lay_and_wait (self, "genuine", NULL);
  g_assert_cmpstr (gs_chip_reader_get_name (self->reader), ==, "Virtual PCD 00 00");
  g_assert_cmpuint (self->n_laid, ==, 1);
  read_well (self, "genuine");
  g_assert_cmpuint (self->n_file_progress, >, 5);
  /* Connecting and resetting are no other chip, and holding it ourselves is nobody else. */
  let_pass (1500);
  g_assert_cmpuint (self->n_laid, ==, 1);
  g_assert_cmpuint (self->n_removed, ==, 0);
  gs_virtual_chip_take (chip);
  g_test_message ("removal seen after %" G_GINT64_FORMAT " ms",
                  await (self, is_empty, 3 * SECOND_MS, "an empty reader"));
  g_assert_cmpuint (self->n_removed, ==, 1);
  g_assert_cmpmem (self->states->data, self->states->len * sizeof (GsChipReaderState), expected,
                   sizeof expected);
}

static gboolean
is_swapped (Fixture *self)
{
  return self->n_laid == 2 && self->n_removed == 1;
}

static void
test_swapped (Fixture *self, gconstpointer data)
{
  lay_and_wait (self, "genuine", NULL);
  gs_virtual_chip_lay (chip, "nusquama", NULL);
  await (self, is_swapped, 5 * SECOND_MS, "the other chip");
  read_well (self, "nusquama");
  g_assert_cmpuint (self->n_laid, ==, 2);
}

static void
test_mute (Fixture *self, gconstpointer data)
{
  gs_virtual_chip_lay (chip, "genuine", "mute");
  await (self, is_mute, 5 * SECOND_MS, "a mute chip");
  g_assert_cmpuint (self->n_laid, ==, 0);
  begin_reading (self, "genuine");
  await (self, is_read, 5 * SECOND_MS, "an answer");
  g_assert_error (self->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD);
}

static void
test_nothing_there (Fixture *self, gconstpointer data)
{
  begin_reading (self, "genuine");
  await (self, is_read, SECOND_MS, "an answer");
  g_assert_error (self->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD);
}

static void
test_taken_while_read (Fixture *self, gconstpointer data)
{
  lay_and_wait (self, "genuine", "delay=15");
  begin_reading (self, "genuine");
  await (self, is_in_files, 5 * SECOND_MS, "a file");
  gs_virtual_chip_take (chip);
  g_test_message ("told after %" G_GINT64_FORMAT " ms",
                  await (self, is_read, 3 * SECOND_MS, "the end of the reading"));
  g_assert_no_error (self->error);
  g_assert_error (self->reading->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD);
  await (self, is_empty, 3 * SECOND_MS, "an empty reader");
  lay_and_wait (self, "genuine", NULL);
  read_well (self, "genuine");
}

/* --- the daemon */

static void
test_daemon_restarts (Fixture *self, gconstpointer data)
{
  lay_and_wait (self, "genuine", NULL);
  gs_virtual_chip_kill_daemon (chip);
  g_test_message ("its end seen after %" G_GINT64_FORMAT " ms",
                  await (self, is_without_service, 3 * SECOND_MS, "the daemon's end"));
  g_assert_cmpuint (self->n_removed, ==, 1);
  g_assert_null (gs_chip_reader_get_name (self->reader));
  begin_reading (self, "genuine");
  await (self, is_read, SECOND_MS, "an answer");
  g_assert_error (self->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER);
  gs_virtual_chip_start_daemon (chip);
  g_test_message ("the next one seen after %" G_GINT64_FORMAT " ms",
                  await (self, is_card, 4 * SECOND_MS, "the chip on the next daemon"));
  g_assert_cmpuint (self->n_laid, ==, 2);
  read_well (self, "genuine");
}

static void
test_daemon_dies_while_read (Fixture *self, gconstpointer data)
{
  lay_and_wait (self, "genuine", "delay=15");
  begin_reading (self, "genuine");
  await (self, is_in_files, 5 * SECOND_MS, "a file");
  gs_virtual_chip_kill_daemon (chip);
  await (self, is_read, 3 * SECOND_MS, "the end of the reading");
  g_assert_no_error (self->error);
  g_assert_error (self->reading->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER);
  await (self, is_without_service, 3 * SECOND_MS, "the daemon's end");
  gs_virtual_chip_start_daemon (chip);
  await (self, is_card, 4 * SECOND_MS, "the chip on the next daemon");
  gs_virtual_chip_set_fault (chip, "none");
  read_well (self, "genuine");
}

/* --- the reader */

/* Processor time of this process, in milliseconds. */
static gint64
used_ms (void)
{
  return (gint64) clock () * 1000 / CLOCKS_PER_SEC;
}

/* The service runs and has no reader, as before one is plugged in: that is said, nothing is read,
 * and waiting for it costs nothing. vpcd's readers come and go only with the daemon: one that is
 * plugged in or out under a daemon that stays cannot be had here. */
static void
test_plugged_in_late (Fixture *self, gconstpointer data)
{
  gint64 before_ms;

  lay_and_wait (self, "genuine", NULL);
  gs_virtual_chip_start_daemon_without_readers (chip);
  await (self, is_absent, 5 * SECOND_MS, "a service without a reader");
  g_assert_cmpuint (self->n_removed, ==, 1);
  g_assert_null (gs_chip_reader_get_name (self->reader));
  begin_reading (self, "genuine");
  await (self, is_read, SECOND_MS, "an answer");
  g_assert_error (self->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER);
  before_ms = used_ms ();
  let_pass (2 * SECOND_MS);
  g_assert_cmpint (used_ms () - before_ms, <, 200);
  g_assert_true (is_absent (self));
  gs_virtual_chip_start_daemon (chip);
  await (self, is_card, 5 * SECOND_MS, "the chip on the reader");
  g_assert_cmpuint (self->n_laid, ==, 2);
  read_well (self, "genuine");
}

/* The reader goes with its service in the middle of a reading, and is not there when that comes
 * back. */
static void
test_pulled_out_while_read (Fixture *self, gconstpointer data)
{
  lay_and_wait (self, "genuine", "delay=15");
  begin_reading (self, "genuine");
  await (self, is_in_files, 5 * SECOND_MS, "a file");
  gs_virtual_chip_start_daemon_without_readers (chip);
  await (self, is_read, 5 * SECOND_MS, "the end of the reading");
  g_assert_no_error (self->error);
  g_assert_error (self->reading->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER);
  await (self, is_absent, 5 * SECOND_MS, "a service without a reader");
  gs_virtual_chip_start_daemon (chip);
  await (self, is_card, 5 * SECOND_MS, "the chip on the reader");
  gs_virtual_chip_set_fault (chip, "none");
  read_well (self, "genuine");
}

/* --- others */

static void
test_in_use (Fixture *self, gconstpointer data)
{
  SCARDCONTEXT context;
  SCARDHANDLE card;
  DWORD protocol;

  lay_and_wait (self, "genuine", NULL);
  g_assert_cmpint (SCardEstablishContext (SCARD_SCOPE_USER, NULL, NULL, &context), ==,
                   SCARD_S_SUCCESS);
  g_assert_cmpint (SCardConnect (context, "Virtual PCD 00 00", SCARD_SHARE_EXCLUSIVE,
                                 SCARD_PROTOCOL_T1, &card, &protocol),
                   ==, SCARD_S_SUCCESS);
  await (self, is_in_use, 3 * SECOND_MS, "another's hold");
  begin_reading (self, "genuine");
  await (self, is_read, 3 * SECOND_MS, "an answer");
  g_assert_error (self->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER);
  await (self, is_in_use, 3 * SECOND_MS, "another's hold, as before");
  SCardDisconnect (card, SCARD_LEAVE_CARD);
  SCardReleaseContext (context);
  await (self, is_card, 3 * SECOND_MS, "a free chip");
  g_assert_cmpuint (self->n_laid, ==, 1);
  read_well (self, "genuine");
}

static gboolean
is_free_again (Fixture *self)
{
  return gs_chip_reader_get_state (self->reader) != GS_CHIP_READER_STUCK;
}

static void
test_silent (Fixture *self, gconstpointer data)
{
  gs_pcsc_reader_set_patience (GS_PCSC_READER (self->reader), 1 * G_USEC_PER_SEC);
  lay_and_wait (self, "genuine", "silent=5");
  begin_reading (self, "genuine");
  gint64 took_ms = await (self, is_read, 3 * SECOND_MS, "the watchdog");
  g_assert_cmpint (took_ms, >=, 900);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (gs_chip_reader_get_state (self->reader), ==, GS_CHIP_READER_STUCK);
  begin_reading (self, "genuine");
  await (self, is_read, SECOND_MS, "an answer");
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_PENDING);
  /* The chip is gone five seconds after its last word; then the reader works again. */
  await (self, is_free_again, 8 * SECOND_MS, "the end of the silence");
  lay_and_wait (self, "genuine", NULL);
  read_well (self, "genuine");
}

/* --- ourselves */

static void
test_stopped_while_read (Fixture *self, gconstpointer data)
{
  lay_and_wait (self, "genuine", "delay=15");
  begin_reading (self, "genuine");
  await (self, is_in_files, 5 * SECOND_MS, "a file");
  gs_chip_reader_stop (self->reader);
  await (self, is_read, SECOND_MS, "the end of the reading");
  g_assert_no_error (self->error);
  g_assert_error (self->reading->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_nonnull (self->reading->files[GS_CHIP_FILE_CARD_ACCESS]);
  g_assert_cmpint (gs_chip_reader_get_state (self->reader), ==, GS_CHIP_READER_STOPPED);
  gs_chip_reader_start (self->reader);
  await (self, is_card, 3 * SECOND_MS, "the chip");
  gs_virtual_chip_set_fault (chip, "none");
  read_well (self, "genuine");
}

static void
test_let_go_while_read (Fixture *self, gconstpointer data)
{
  GsChipReader *kept = self->reader;

  lay_and_wait (self, "genuine", "delay=15");
  begin_reading (self, "genuine");
  await (self, is_in_files, 5 * SECOND_MS, "a file");
  g_object_add_weak_pointer (G_OBJECT (kept), (gpointer *) &kept);
  gs_chip_reader_stop (self->reader);
  g_object_unref (self->reader);
  self->reader = GS_CHIP_READER (gs_pcsc_reader_new (NULL, NULL)); /* for tear_down() */
  await (self, is_read, 3 * SECOND_MS, "the end of the reading");
  let_pass (200);
  g_assert_null (kept);
}

static void
test_list (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) readers = gs_pcsc_reader_list (&error);
  const char *const expected[] = { "Virtual PCD 00 00", "Virtual PCD 00 01", NULL };

  g_assert_no_error (error);
  g_assert_cmpstrv (readers, expected);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (argc != 3)
    g_error ("usage: pcsc-stack test-pcsc-reader GATESIDE-AUTHORITY GATESIDE-CHIP");
  chip = gs_virtual_chip_new (argv[1], argv[2]);
#define ADD(path, func) g_test_add ("/pcsc-reader/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("laid-and-taken", test_laid_and_taken);
  ADD ("swapped", test_swapped);
  ADD ("mute", test_mute);
  ADD ("nothing-there", test_nothing_there);
  ADD ("taken-while-read", test_taken_while_read);
  ADD ("daemon-restarts", test_daemon_restarts);
  ADD ("daemon-dies-while-read", test_daemon_dies_while_read);
  ADD ("plugged-in-late", test_plugged_in_late);
  ADD ("pulled-out-while-read", test_pulled_out_while_read);
  ADD ("in-use", test_in_use);
  ADD ("silent", test_silent);
  ADD ("stopped-while-read", test_stopped_while_read);
  ADD ("let-go-while-read", test_let_go_while_read);
  ADD ("list", test_list);
  status = g_test_run ();
  gs_virtual_chip_free (chip);
  return status;
}
