/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A full reading of a simulated passport through pcscd, beside the sum of its own round trips: what
 * the chip, the daemon and the virtual reader took is the floor, the rest is ours. Run by
 * tests/support/pcsc-stack; GATESIDE_AUTHORITY and GATESIDE_CHIP name the programs. */

#include "gs-access-key.h"
#include "gs-bench.h"
#include "gs-document-verdict.h"
#include "gs-pcsc-transport.h"
#include "gs-virtual-chip.h"

#define READER "Virtual PCD 00 00"
#define TURNS 30
#define WAIT_US (5 * G_USEC_PER_SEC)

typedef struct
{
  const char *name;
  const char *variant;
} Subject;

static const Subject subjects[] = {
  { "PACE with generic mapping, chip authentication", "genuine" },
  { "PACE with chip-authentication mapping", "pace-cam" },
  { "BAC (3DES), active authentication with RSA", "bac-aa-rsa" },
};

static GsAccessKey
make_key (GsVirtualChip *chip, const char *variant)
{
  g_autofree char *line = gs_virtual_chip_get_line (chip, variant, 2);
  g_autofree char *number = g_strndup (line, 9);
  g_autofree char *birth = g_strndup (line + 13, 6);
  g_autofree char *expiry = g_strndup (line + 21, 6);
  g_autoptr (GError) error = NULL;
  GsAccessKey key;

  if (!gs_access_key_from_fields (&key, number, birth, expiry, &error))
    g_error ("%s", error->message);
  return key;
}

/* The daemon looks for a new chip every 400 ms. */
static GsPcscTransport *
connect_with_chip (void)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      GsPcscTransport *transport = gs_pcsc_transport_new (READER, &error);

      if (transport != NULL)
        return transport;
      if (g_get_monotonic_time () > end_us)
        g_error ("%s", error->message);
      g_usleep (20000);
    }
}

static double
judge_ms (const GsChipReading *reading)
{
  const GsDocumentInput input = { .reading = reading,
                                  .now_utc_ms = g_get_real_time () / 1000,
                                  .today = { 2026, 11, 1 } };
  gint64 begin_us = g_get_monotonic_time ();

  gs_verdict_unref (gs_document_verdict_run (&input));
  return (double) (g_get_monotonic_time () - begin_us) / 1000.0;
}

static double
bare_round_trip_ms (GsPcscTransport *transport)
{
  static const guint8 select[] = { 0x00, 0xA4, 0x00, 0x0C };
  g_autoptr (GBytes) command = g_bytes_new_static (select, sizeof select);
  gint64 begin_us = g_get_monotonic_time ();

  for (guint i = 0; i < TURNS; i++)
    {
      g_autoptr (GBytes) answer =
        gs_chip_transport_transmit (GS_CHIP_TRANSPORT (transport), command, NULL, NULL);

      if (answer == NULL)
        g_error ("the chip does not answer");
    }
  return (double) (g_get_monotonic_time () - begin_us) / 1000.0 / TURNS;
}

static void
measure (GsVirtualChip *chip, const Subject *subject)
{
  GsAccessKey key = make_key (chip, subject->variant);
  double whole[TURNS], waiting[TURNS], judging[TURNS], bare[TURNS];
  gsize bytes = 0;
  guint n_commands = 0;

  gs_virtual_chip_lay (chip, subject->variant, NULL);
  for (int i = -1; i < TURNS; i++)
    {
      g_autoptr (GsPcscTransport) transport = connect_with_chip ();
      double trip_ms = bare_round_trip_ms (transport);
      g_autoptr (GsChipReading) reading = gs_chip_reading_run (
        GS_CHIP_TRANSPORT (transport), &key, NULL, gs_random_source_system (), NULL);

      if (reading->error != NULL)
        g_error ("%s: %s", subject->variant, reading->error->message);
      if (i < 0)
        continue;
      n_commands = reading->n_commands;
      whole[i] = (double) reading->time_us / 1000.0;
      waiting[i] = (double) reading->chip_time_us / 1000.0;
      bare[i] = trip_ms * n_commands;
      judging[i] = judge_ms (reading);
      bytes = 0;
      for (guint f = 0; f < GS_CHIP_N_FILES; f++)
        bytes += reading->files[f] != NULL ? g_bytes_get_size (reading->files[f]) : 0;
    }
  gs_virtual_chip_take (chip);
  g_autofree char *trips =
    g_strdup_printf ("its %u round trips, %" G_GSIZE_FORMAT " bytes", n_commands, bytes);
  double waiting_ms = gs_bench_quantile (waiting, TURNS, 0.5);
  gs_bench_report (subject->name, "ms", trips, waiting_ms, "the reading",
                   gs_bench_quantile (whole, TURNS, 0.5));
  gs_bench_report (subject->name, "ms", "as many bare SELECTs",
                   gs_bench_quantile (bare, TURNS, 0.5), "its round trips", waiting_ms);
  gs_bench_report (subject->name, "ms", "its round trips", waiting_ms,
                   "the verdict, without anchors", gs_bench_quantile (judging, TURNS, 0.5));
}

/* What lay there before may still be seen: the first connection would meet a chip that is gone. */
static void
wait_until_empty (void)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  for (;;)
    {
      g_autoptr (GsPcscTransport) transport = gs_pcsc_transport_new (READER, NULL);

      if (transport == NULL)
        return;
      g_clear_object (&transport);
      if (g_get_monotonic_time () > end_us)
        g_error ("the reader does not get empty");
      g_usleep (50000);
    }
}

int
main (int argc, char **argv)
{
  gs_bench_init (&argc, &argv);
  g_autoptr (GsVirtualChip) chip =
    gs_virtual_chip_new (g_getenv ("GATESIDE_AUTHORITY"), g_getenv ("GATESIDE_CHIP"));

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      wait_until_empty ();
      measure (chip, &subjects[i]);
    }
  return 0;
}
