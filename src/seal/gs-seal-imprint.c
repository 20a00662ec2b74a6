/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-imprint.h"

#include "gs-c40.h"
#include "gs-seal-error.h"

#include <string.h>

#define MOVEMENT_BYTES 6

static gboolean
bad_fields (GError **error, const char *why, const char *value)
{
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_FIELDS, "no seal can be made: %s: “%s”", why,
               value != NULL ? value : "");
  return FALSE;
}

/* Upper case without what only separates or fills up. */
static char *
dup_plain (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; text != NULL && *text != '\0'; text++)
    if (*text != '-' && *text != ' ' && *text != '<')
      g_string_append_c (out, g_ascii_toupper (*text));
  return g_string_free (out, FALSE);
}

static gboolean
is_plain (const char *text, gsize least, gsize most)
{
  gsize length = strlen (text);

  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isdigit (*at) && !g_ascii_isupper (*at))
      return FALSE;
  return length >= least && length <= most;
}

/* The first bytes of SHA-256 over serial, state and number, a line feed between them. */
static void
bind_document (const char *serial, const char *state, const char *number, guint8 *binding)
{
  g_autofree char *plain_state = dup_plain (state);
  g_autofree char *plain_number = dup_plain (number);
  g_autofree char *text = g_strjoin ("\n", serial, plain_state, plain_number, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (checksum, digest, &size);
  memcpy (binding, digest, GS_SEAL_BINDING_BYTES);
  explicit_bzero (text, strlen (text));
  explicit_bzero (plain_number, strlen (plain_number));
}

gboolean
gs_seal_imprint_init (GsSealImprint *self,
                      const char *serial,
                      GsDirection direction,
                      GsSealTransport transport,
                      const char *port,
                      const GsSealDate *crossed_on,
                      const char *state,
                      const char *number,
                      GError **error)
{
  g_autofree char *plain_serial = dup_plain (serial);
  g_autofree char *plain_state = dup_plain (state);
  g_autofree char *plain_number = dup_plain (number);
  guint8 date[3];

  if (!is_plain (plain_serial, 1, GS_SEAL_IMPRINT_MAX_SERIAL))
    return bad_fields (error, "the serial has other or more characters than a seal takes", serial);
  if (port == NULL || !is_plain (port, 3, 3))
    return bad_fields (error, "a port has three letters or digits", port);
  if ((direction != GS_DIRECTION_ARRIVAL && direction != GS_DIRECTION_DEPARTURE)
      || transport < GS_SEAL_TRANSPORT_AIR || transport > GS_SEAL_TRANSPORT_LAND)
    return bad_fields (error, "there is no such direction or transport", NULL);
  if (crossed_on->year == 0 || !gs_seal_date_encode (crossed_on, date))
    return bad_fields (error, "the crossing's date is no day", NULL);
  /* No value in the sentence: it may be a document's number. */
  if (!is_plain (plain_state, 1, 3) || !is_plain (plain_number, 1, 22))
    return bad_fields (error, "the document's state or number is missing", NULL);
  *self =
    (GsSealImprint){ .direction = direction, .transport = transport, .crossed_on = *crossed_on };
  g_strlcpy (self->serial, plain_serial, sizeof self->serial);
  g_strlcpy (self->port, port, sizeof self->port);
  bind_document (self->serial, state, number, self->binding);
  return TRUE;
}

gboolean
gs_seal_imprint_is_of (const GsSealImprint *self, const char *state, const char *number)
{
  guint8 binding[GS_SEAL_BINDING_BYTES];
  guint8 difference = 0;

  bind_document (self->serial, state, number, binding);
  for (gsize i = 0; i < sizeof binding; i++)
    difference |= binding[i] ^ self->binding[i];
  return difference == 0;
}

GBytes *
gs_seal_imprint_encode (const GsSealImprint *self, const GsSealHeader *header, GError **error)
{
  g_autoptr (GByteArray) serial = gs_c40_encode (self->serial, error);
  g_autoptr (GByteArray) port = gs_c40_encode (self->port, error);
  g_autoptr (GBytes) binding = g_bytes_new (self->binding, sizeof self->binding);
  guint8 movement[MOVEMENT_BYTES];
  GsSealHeader full = *header;

  if (serial == NULL || port == NULL)
    return NULL;
  movement[0] = (guint8) (self->direction << 4 | (guint) self->transport);
  memcpy (movement + 1, port->data, 2);
  gs_seal_date_encode (&self->crossed_on, movement + 3);
  g_autoptr (GBytes) serial_bytes = g_byte_array_free_to_bytes (g_steal_pointer (&serial));
  g_autoptr (GBytes) movement_bytes = g_bytes_new (movement, sizeof movement);
  const GsSealMessage messages[] = { { GS_SEAL_IMPRINT_BINDING_TAG, binding },
                                     { GS_SEAL_IMPRINT_SERIAL_TAG, serial_bytes },
                                     { GS_SEAL_IMPRINT_MOVEMENT_TAG, movement_bytes } };
  full.feature = GS_SEAL_IMPRINT_FEATURE;
  full.category = GS_SEAL_IMPRINT_CATEGORY;
  full.version = header->reference != NULL && strlen (header->reference) <= 3 ? 4 : 3;
  return gs_seal_encode (&full, messages, G_N_ELEMENTS (messages), error);
}

gboolean
gs_seal_is_imprint (const GsSeal *seal)
{
  const GsSealHeader *header = gs_seal_get_header (seal);

  return header->feature == GS_SEAL_IMPRINT_FEATURE && header->category == GS_SEAL_IMPRINT_CATEGORY;
}

static gboolean
malformed (GError **error, const char *why)
{
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED, "not the seal of a stamp: %s", why);
  return FALSE;
}

/* Direction and transport, port, date. */
static gboolean
read_movement (GsSealImprint *self, GBytes *message, GError **error)
{
  gsize size = 0;
  const guint8 *bytes = message != NULL ? g_bytes_get_data (message, &size) : NULL;
  g_autofree char *port = NULL;

  if (size != MOVEMENT_BYTES)
    return malformed (error, "its movement has a wrong length");
  self->direction = (GsDirection) (bytes[0] >> 4);
  self->transport = (GsSealTransport) (bytes[0] & 0x0f);
  if ((self->direction != GS_DIRECTION_ARRIVAL && self->direction != GS_DIRECTION_DEPARTURE)
      || self->transport < GS_SEAL_TRANSPORT_AIR || self->transport > GS_SEAL_TRANSPORT_LAND)
    return malformed (error, "there is no such direction or transport");
  port = gs_c40_decode (bytes + 1, 2, NULL);
  if (port == NULL || !is_plain (port, 3, 3))
    return malformed (error, "its port cannot be read");
  g_strlcpy (self->port, port, sizeof self->port);
  if (!gs_seal_date_decode (bytes + 3, &self->crossed_on) || self->crossed_on.year == 0)
    return malformed (error, "the crossing's date is no day");
  return TRUE;
}

gboolean
gs_seal_imprint_read (GsSealImprint *self, const GsSeal *seal, GError **error)
{
  GBytes *binding = gs_seal_find_message (seal, GS_SEAL_IMPRINT_BINDING_TAG);
  GBytes *serial = gs_seal_find_message (seal, GS_SEAL_IMPRINT_SERIAL_TAG);
  g_autofree char *text = NULL;
  gsize size = 0;
  const guint8 *bytes;

  *self = (GsSealImprint){ 0 };
  if (!gs_seal_is_imprint (seal))
    return malformed (error, "its header says that it is of something else");
  if (binding == NULL || g_bytes_get_size (binding) != sizeof self->binding)
    return malformed (error, "nothing binds it to a document");
  memcpy (self->binding, g_bytes_get_data (binding, NULL), sizeof self->binding);
  bytes = serial != NULL ? g_bytes_get_data (serial, &size) : NULL;
  text = bytes != NULL ? gs_c40_decode (bytes, size, NULL) : NULL;
  if (text == NULL || !is_plain (text, 1, GS_SEAL_IMPRINT_MAX_SERIAL))
    return malformed (error, "its serial cannot be read");
  g_strlcpy (self->serial, text, sizeof self->serial);
  return read_movement (self, gs_seal_find_message (seal, GS_SEAL_IMPRINT_MOVEMENT_TAG), error);
}

const char *
gs_seal_transport_to_word (GsSealTransport transport)
{
  switch (transport)
    {
    case GS_SEAL_TRANSPORT_AIR:
      return "air";
    case GS_SEAL_TRANSPORT_SEA:
      return "sea";
    case GS_SEAL_TRANSPORT_LAND:
      return "land";
    }
  return NULL;
}
