/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pcsc-transport.h"

#include "gs-apdu.h"
#include "gs-emrtd-error.h"

#include <string.h>
#include <winscard.h>

#define CONNECT_TRIES 6
#define CONNECT_PAUSE_US 80000

struct _GsPcscTransport
{
  GObject parent_instance;
  SCARDCONTEXT context;
  SCARDHANDLE card;
  DWORD protocol;
  gboolean has_context;
  gboolean has_card;
  GMutex lock; /* of waiting_since_us alone */
  gint64 waiting_since_us;
};

static void gs_pcsc_transport_chip_init (GsChipTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsPcscTransport,
                               gs_pcsc_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CHIP_TRANSPORT,
                                                      gs_pcsc_transport_chip_init))

void
gs_pcsc_set_error (GError **error, long code, const char *what)
{
  GsEmrtdError kind;

  switch (code)
    {
    case SCARD_W_REMOVED_CARD:
    case SCARD_E_NO_SMARTCARD:
    case SCARD_W_UNPOWERED_CARD:
    case SCARD_W_UNRESPONSIVE_CARD:
    case SCARD_W_RESET_CARD:
    case SCARD_E_NOT_TRANSACTED:
    case SCARD_E_PROTO_MISMATCH:
    case SCARD_W_UNSUPPORTED_CARD:
    case SCARD_E_COMM_DATA_LOST:
      kind = GS_EMRTD_ERROR_NO_CARD;
      break;
    default:
      kind = GS_EMRTD_ERROR_READER;
    }
  g_set_error (error, GS_EMRTD_ERROR, kind, "%s: %s (0x%08lX)", what,
               pcsc_stringify_error ((LONG) code), (unsigned long) code & 0xFFFFFFFF);
}

static void
set_waiting (GsPcscTransport *self, gint64 since_us)
{
  g_mutex_lock (&self->lock);
  self->waiting_since_us = since_us;
  g_mutex_unlock (&self->lock);
}

gint64
gs_pcsc_transport_get_waiting_since_us (GsPcscTransport *self)
{
  g_mutex_lock (&self->lock);
  gint64 since_us = self->waiting_since_us;
  g_mutex_unlock (&self->lock);
  return since_us;
}

static GBytes *
gs_pcsc_transport_transmit (GsChipTransport *transport,
                            GBytes *command,
                            GCancellable *cancellable,
                            GError **error)
{
  GsPcscTransport *self = GS_PCSC_TRANSPORT (transport);
  const SCARD_IO_REQUEST *header =
    self->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
  DWORD received = GS_APDU_MAX_DATA + 3;
  g_autofree guint8 *answer = g_malloc (received);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (command, &size);

  (void) cancellable; /* a command on its way cannot be called back; the caller looks before each */
  set_waiting (self, g_get_monotonic_time ());
  LONG code = SCardTransmit (self->card, header, bytes, (DWORD) size, NULL, answer, &received);
  set_waiting (self, 0);
  if (code != SCARD_S_SUCCESS)
    {
      gs_pcsc_set_error (error, code, "no answer from the chip");
      return NULL;
    }
  return g_bytes_new (answer, received);
}

static gboolean
gs_pcsc_transport_reset (GsChipTransport *transport, GError **error)
{
  GsPcscTransport *self = GS_PCSC_TRANSPORT (transport);

  set_waiting (self, g_get_monotonic_time ());
  LONG code =
    SCardReconnect (self->card, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                    SCARD_RESET_CARD, &self->protocol);
  set_waiting (self, 0);
  if (code == SCARD_S_SUCCESS)
    return TRUE;
  gs_pcsc_set_error (error, code, "the chip cannot be reset");
  return FALSE;
}

static void
gs_pcsc_transport_chip_init (GsChipTransportInterface *iface)
{
  iface->transmit = gs_pcsc_transport_transmit;
  iface->reset = gs_pcsc_transport_reset;
}

static void
gs_pcsc_transport_finalize (GObject *object)
{
  GsPcscTransport *self = GS_PCSC_TRANSPORT (object);

  if (self->has_card)
    SCardDisconnect (self->card, SCARD_RESET_CARD);
  if (self->has_context)
    SCardReleaseContext (self->context);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (gs_pcsc_transport_parent_class)->finalize (object);
}

static void
gs_pcsc_transport_class_init (GsPcscTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_pcsc_transport_finalize;
}

static void
gs_pcsc_transport_init (GsPcscTransport *self)
{
  g_mutex_init (&self->lock);
}

/* While the service powers a chip down or up that another program has just let go, it says for a
 * moment that there is none. */
static LONG
connect_to (GsPcscTransport *self, const char *reader)
{
  for (guint n_tries = 1;; n_tries++)
    {
      LONG code =
        SCardConnect (self->context, reader, SCARD_SHARE_EXCLUSIVE,
                      SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &self->card, &self->protocol);

      if ((code != SCARD_E_NO_SMARTCARD && code != SCARD_W_UNPOWERED_CARD)
          || n_tries == CONNECT_TRIES)
        return code;
      g_usleep (CONNECT_PAUSE_US);
    }
}

GsPcscTransport *
gs_pcsc_transport_new (const char *reader, GError **error)
{
  g_autoptr (GsPcscTransport) self = g_object_new (GS_TYPE_PCSC_TRANSPORT, NULL);
  LONG code = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &self->context);

  if (code != SCARD_S_SUCCESS)
    {
      gs_pcsc_set_error (error, code, "the chip reader's service does not answer");
      return NULL;
    }
  self->has_context = TRUE;
  code = connect_to (self, reader);
  if (code != SCARD_S_SUCCESS)
    {
      gs_pcsc_set_error (error, code, "the chip cannot be reached");
      return NULL;
    }
  self->has_card = TRUE;
  return g_steal_pointer (&self);
}

/* NULL with *code when they cannot be listed. */
static char **
list_in (SCARDCONTEXT context, LONG *code)
{
  g_autoptr (GStrvBuilder) readers = g_strv_builder_new ();
  DWORD size = 0;

  *code = SCardListReaders (context, NULL, NULL, &size);
  if (*code == SCARD_S_SUCCESS && size > 0)
    {
      g_autofree char *names = g_malloc0 (size + 2);

      *code = SCardListReaders (context, NULL, names, &size);
      for (const char *name = names; *code == SCARD_S_SUCCESS && *name != '\0';
           name += strlen (name) + 1)
        g_strv_builder_add (readers, name);
    }
  if (*code != SCARD_S_SUCCESS && *code != SCARD_E_NO_READERS_AVAILABLE)
    return NULL;
  return g_strv_builder_end (readers);
}

char **
gs_pcsc_transport_list_readers (GError **error)
{
  SCARDCONTEXT context;
  LONG code = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);
  char **readers = NULL;

  if (code == SCARD_S_SUCCESS)
    {
      readers = list_in (context, &code);
      SCardReleaseContext (context);
    }
  if (readers == NULL)
    gs_pcsc_set_error (error, code, "the readers cannot be listed");
  return readers;
}
