/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-reading.h"
#include "gs-document-verdict.h"
#include "gs-emrtd-error.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A chip whose answers are the input: a byte of length, then so many bytes, again and again; when
 * they are used up the chip is gone. What must hold: the reading comes to its end, and says why. */
#define GS_TYPE_FUZZ_TRANSPORT (gs_fuzz_transport_get_type ())
G_DECLARE_FINAL_TYPE (GsFuzzTransport, gs_fuzz_transport, GS, FUZZ_TRANSPORT, GObject)

struct _GsFuzzTransport
{
  GObject parent_instance;
  const guint8 *data;
  gsize size;
  gsize at;
};

static void gs_fuzz_transport_chip_init (GsChipTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFuzzTransport,
                               gs_fuzz_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CHIP_TRANSPORT,
                                                      gs_fuzz_transport_chip_init))

static GBytes *
gs_fuzz_transport_transmit (GsChipTransport *transport,
                            GBytes *command,
                            GCancellable *cancellable,
                            GError **error)
{
  GsFuzzTransport *self = GS_FUZZ_TRANSPORT (transport);

  (void) cancellable;
  g_assert (g_bytes_get_size (command) >= 4);
  if (self->at >= self->size)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD, "gone");
      return NULL;
    }
  gsize length = MIN (self->data[self->at], self->size - self->at - 1);
  GBytes *answer = g_bytes_new (self->data + self->at + 1, length);
  self->at += 1 + length;
  return answer;
}

static gboolean
gs_fuzz_transport_reset (GsChipTransport *transport, GError **error)
{
  (void) transport;
  (void) error;
  return TRUE;
}

static void
gs_fuzz_transport_chip_init (GsChipTransportInterface *iface)
{
  iface->transmit = gs_fuzz_transport_transmit;
  iface->reset = gs_fuzz_transport_reset;
}

static void
gs_fuzz_transport_class_init (GsFuzzTransportClass *klass)
{
  (void) klass;
}

static void
gs_fuzz_transport_init (GsFuzzTransport *self)
{
  (void) self;
}

/* Not random, so that a finding can be found again. */
static gboolean
fill (guint8 *out, gsize length, gpointer user_data)
{
  (void) user_data;
  memset (out, 0x11, length);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const GsRandomSource random = { fill, NULL };
  g_autoptr (GsFuzzTransport) transport = g_object_new (GS_TYPE_FUZZ_TRANSPORT, NULL);
  g_auto (GsAccessKey) key = { 0 };
  gboolean with_key = size > 0 && (data[0] & 1) != 0;

  transport->data = data;
  transport->size = size;
  transport->at = size > 0 ? 1 : 0;
  gs_access_key_from_fields (&key, "L898902C3", "740812", "120415", NULL);
  g_autoptr (GsChipReading) reading = gs_chip_reading_run (
    GS_CHIP_TRANSPORT (transport), with_key ? &key : NULL, NULL, &random, NULL);
  g_assert (reading->error != NULL || reading->access != GS_CHIP_ACCESS_UNKNOWN);

  const GsDocumentInput input = { .reading = reading, .today = { 2026, 11, 23 } };
  g_autoptr (GsVerdict) verdict = gs_document_verdict_run (&input);
  g_assert (gs_verdict_get_result (verdict) != GS_CHECK_RESULT_SUCCESSFUL);
  return 0;
}
