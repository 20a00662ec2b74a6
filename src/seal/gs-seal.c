/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal.h"

#include "gs-c40.h"
#include "gs-seal-error.h"

#include <string.h>

struct _GsSeal
{
  gatomicrefcount references;
  GsSealHeader header;
  GArray *messages; /* GsSealMessage */
  GBytes *bytes;
  GBytes *signed_part;
  GBytes *signature;
};

/* Where reading stands. */
typedef struct
{
  GBytes *whole;
  const guint8 *bytes;
  gsize size;
  gsize at;
} Reader;

static gboolean
malformed (GError **error, const char *why)
{
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED, "the seal is malformed: %s", why);
  return FALSE;
}

/* The next length bytes; NULL when they are not there. */
static const guint8 *
take (Reader *reader, gsize length)
{
  const guint8 *at = reader->bytes + reader->at;

  if (length > reader->size - reader->at)
    return NULL;
  reader->at += length;
  return at;
}

gboolean
gs_seal_date_decode (const guint8 bytes[3], GsSealDate *date)
{
  guint number = (guint) bytes[0] << 16 | (guint) bytes[1] << 8 | bytes[2];

  *date = (GsSealDate){ 0 };
  if (number == 0 || number == 0xffffff)
    return TRUE;
  /* Month, day, year: 12312026. */
  *date =
    (GsSealDate){ .year = number % 10000, .month = number / 1000000, .day = number / 10000 % 100 };
  return date->month >= 1 && date->month <= 12
         && g_date_valid_dmy ((GDateDay) date->day, (GDateMonth) date->month,
                              (GDateYear) date->year);
}

gboolean
gs_seal_date_encode (const GsSealDate *date, guint8 bytes[3])
{
  guint number = date->month * 1000000 + date->day * 10000 + date->year;

  memset (bytes, 0, 3);
  if (date->year == 0)
    return TRUE;
  if (date->year > 9999 || date->month < 1 || date->month > 12 || date->day > 31
      || !g_date_valid_dmy ((GDateDay) date->day, (GDateMonth) date->month, (GDateYear) date->year))
    return FALSE;
  bytes[0] = (guint8) (number >> 16);
  bytes[1] = (guint8) (number >> 8);
  bytes[2] = (guint8) number;
  return TRUE;
}

char *
gs_seal_date_format (const GsSealDate *date)
{
  return date->year == 0 ? NULL
                         : g_strdup_printf ("%04u-%02u-%02u", date->year, date->month, date->day);
}

int
gs_seal_date_compare (const GsSealDate *a, const GsSealDate *b)
{
  gint64 first = a->year * 10000 + a->month * 100 + a->day;
  gint64 second = b->year * 10000 + b->month * 100 + b->day;

  return first < second ? -1 : first > second;
}

static const char *
skip_zeros (const char *reference)
{
  while (reference[0] == '0' && reference[1] != '\0')
    reference++;
  return reference;
}

gboolean
gs_seal_reference_equal (const char *a, const char *b)
{
  return g_ascii_strcasecmp (skip_zeros (a), skip_zeros (b)) == 0;
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean
is_hex (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isxdigit (*text))
      return FALSE;
  return TRUE;
}

/* Three letters in two bytes; fillers at the end go. */
static gboolean
read_country (Reader *reader, GsSealHeader *header, GError **error)
{
  const guint8 *bytes = take (reader, 2);
  g_autofree char *text = bytes != NULL ? gs_c40_decode (bytes, 2, NULL) : NULL;

  if (text == NULL || strlen (text) > 3)
    return malformed (error, "it names no issuing country");
  g_strlcpy (header->country, g_strchomp (text), sizeof header->country);
  return TRUE;
}

/* Version 3: nine characters, four for the signer and five for the reference. */
static gboolean
read_signer_3 (Reader *reader, GsSealHeader *header, GError **error)
{
  const guint8 *bytes = take (reader, 6);
  g_autofree char *text = bytes != NULL ? gs_c40_decode (bytes, 6, NULL) : NULL;

  if (text == NULL || strlen (text) != 9 || !is_hex (text + 4))
    return malformed (error, "it names no signer and certificate");
  g_strlcpy (header->signer, text, sizeof header->signer);
  header->reference = g_strdup (skip_zeros (text + 4));
  return TRUE;
}

/* Version 4: four characters for the signer, two digits for the reference's length, the reference.
 */
static gboolean
read_signer_4 (Reader *reader, GsSealHeader *header, GError **error)
{
  const guint8 *bytes = take (reader, 4);
  g_autofree char *start = bytes != NULL ? gs_c40_decode (bytes, 4, NULL) : NULL;
  g_autofree char *text = NULL;
  guint length;

  if (start == NULL || strlen (start) != 6 || !is_hex (start + 4))
    return malformed (error, "it names no signer and certificate");
  length = (guint) g_ascii_strtoull (start + 4, NULL, 16);
  if (length == 0)
    return malformed (error, "it names no certificate");
  reader->at -= 4;
  bytes = take (reader, gs_c40_size (6 + length));
  if (bytes == NULL)
    return malformed (error, "it ends within the name of the certificate");
  text = gs_c40_decode (bytes, gs_c40_size (6 + length), NULL);
  if (text == NULL)
    return malformed (error, "the name of the certificate is no C40 text");
  g_strchomp (text);
  if (strlen (text) != 6 + length || !is_hex (text + 6))
    return malformed (error, "the name of the certificate has another length than it says");
  g_strlcpy (header->signer, text, sizeof header->signer);
  header->reference = g_strdup (skip_zeros (text + 6));
  return TRUE;
}

static gboolean
read_date (Reader *reader, GsSealDate *date, GError **error)
{
  const guint8 *bytes = take (reader, 3);

  if (bytes == NULL)
    return malformed (error, "it ends within the header");
  return gs_seal_date_decode (bytes, date)
         || malformed (error, "a date in the header is no day of the calendar");
}

static gboolean
read_header (Reader *reader, GsSealHeader *header, GError **error)
{
  const guint8 *start = take (reader, 2);

  if (start == NULL || start[0] != GS_SEAL_MAGIC)
    {
      g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_NOT_A_SEAL,
                           "this is not a visible digital seal: it does not begin with DC");
      return FALSE;
    }
  if (start[1] != 2 && start[1] != 3)
    {
      g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_UNSUPPORTED,
                   "a seal of a version that is not known here (byte %02x)", start[1]);
      return FALSE;
    }
  header->version = start[1] + 1u;
  if (!read_country (reader, header, error)
      || !(header->version == 3 ? read_signer_3 (reader, header, error)
                                : read_signer_4 (reader, header, error))
      || !read_date (reader, &header->issued, error)
      || !read_date (reader, &header->signed_on, error))
    return FALSE;
  start = take (reader, 2);
  if (start == NULL)
    return malformed (error, "it ends within the header");
  header->feature = start[0];
  header->category = start[1];
  return TRUE;
}

/* A length as in DER: one byte, or 81 and one, or 82 and two, the shortest of them. */
static gboolean
read_length (Reader *reader, gsize *length)
{
  const guint8 *first = take (reader, 1);
  const guint8 *more;

  if (first == NULL || *first > 0x82 || *first == 0x80)
    return FALSE;
  *length = *first;
  if (*first < 0x80)
    return TRUE;
  more = take (reader, *first - 0x80u);
  if (more == NULL)
    return FALSE;
  *length = *first == 0x81 ? more[0] : (gsize) more[0] << 8 | more[1];
  return *length >= (*first == 0x81 ? 0x80u : 0x100u);
}

static gboolean
read_message (GsSeal *self, Reader *reader, GError **error)
{
  gsize begin = reader->at;
  const guint8 *tag = take (reader, 1);
  gsize length;
  gsize at;

  if (tag == NULL)
    return malformed (error, "it ends without a signature");
  if (!read_length (reader, &length) || take (reader, length) == NULL)
    return malformed (error, "a message is longer than what is there");
  at = reader->at - length;
  if (*tag == GS_SEAL_SIGNATURE_TAG)
    {
      if (length == 0)
        return malformed (error, "the signature is empty");
      if (reader->at != reader->size)
        return malformed (error, "something follows the signature");
      self->signed_part = g_bytes_new_from_bytes (reader->whole, 0, begin);
      self->signature = g_bytes_new_from_bytes (reader->whole, at, length);
      return TRUE;
    }
  if (*tag == 0 || gs_seal_find_message (self, *tag) != NULL)
    return malformed (error,
                      *tag == 0 ? "a message has the tag 0" : "a message stands there twice");
  GsSealMessage message = { *tag, g_bytes_new_from_bytes (reader->whole, at, length) };
  g_array_append_val (self->messages, message);
  return TRUE;
}

static void
clear_message (gpointer data)
{
  GsSealMessage *message = data;

  g_bytes_unref (message->value);
}

GsSeal *
gs_seal_new (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_autoptr (GsSeal) self = g_new0 (GsSeal, 1);
  Reader reader = { .whole = bytes };

  g_atomic_ref_count_init (&self->references);
  self->messages = g_array_new (FALSE, FALSE, sizeof (GsSealMessage));
  g_array_set_clear_func (self->messages, clear_message);
  self->bytes = g_bytes_ref (bytes);
  reader.bytes = g_bytes_get_data (bytes, &reader.size);
  if (!read_header (&reader, &self->header, error))
    return NULL;
  if (reader.size > GS_SEAL_MAX_BYTES)
    {
      malformed (error, "it is longer than any symbol");
      return NULL;
    }
  while (self->signature == NULL)
    if (!read_message (self, &reader, error))
      return NULL;
  return g_steal_pointer (&self);
}

GsSeal *
gs_seal_ref (GsSeal *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gs_seal_unref (GsSeal *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->header.reference);
  g_array_unref (self->messages);
  g_bytes_unref (self->bytes);
  g_clear_pointer (&self->signed_part, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

const GsSealHeader *
gs_seal_get_header (const GsSeal *self)
{
  return &self->header;
}

guint
gs_seal_get_n_messages (const GsSeal *self)
{
  return self->messages->len;
}

const GsSealMessage *
gs_seal_get_message (const GsSeal *self, guint index)
{
  g_return_val_if_fail (index < self->messages->len, NULL);
  return &g_array_index (self->messages, GsSealMessage, index);
}

GBytes *
gs_seal_find_message (const GsSeal *self, guint8 tag)
{
  for (guint i = 0; i < self->messages->len; i++)
    if (gs_seal_get_message (self, i)->tag == tag)
      return gs_seal_get_message (self, i)->value;
  return NULL;
}

GBytes *
gs_seal_get_bytes (const GsSeal *self)
{
  return self->bytes;
}

GBytes *
gs_seal_get_signed (const GsSeal *self)
{
  return self->signed_part;
}

GBytes *
gs_seal_get_signature (const GsSeal *self)
{
  return self->signature;
}

/* --- writing ---------------------------------------------------------------------------------- */

static gboolean
bad_fields (GError **error, const char *why)
{
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_FIELDS, "no seal can be made: %s", why);
  return FALSE;
}

static gboolean
append_c40 (GByteArray *out, const char *text, GError **error)
{
  g_autoptr (GByteArray) coded = gs_c40_encode (text, error);

  if (coded == NULL)
    return FALSE;
  g_byte_array_append (out, coded->data, coded->len);
  return TRUE;
}

static gboolean
append_signer (GByteArray *out, const GsSealHeader *header, GError **error)
{
  g_autofree char *reference =
    g_ascii_strup (header->reference != NULL ? header->reference : "", -1);
  gsize length = strlen (reference);
  g_autofree char *text = NULL;

  if (strlen (header->signer) != 4)
    return bad_fields (error, "the signer has four letters");
  if (length == 0 || length > (header->version == 3 ? 5 : 255) || !is_hex (reference))
    return bad_fields (error, "the certificate's reference does not fit into the header");
  text = header->version == 3
           ? g_strdup_printf ("%s%05" G_GINT64_MODIFIER "X", header->signer,
                              g_ascii_strtoull (reference, NULL, 16))
           : g_strdup_printf ("%s%02X%s", header->signer, (guint) length, reference);
  return append_c40 (out, text, error);
}

static gboolean
append_date (GByteArray *out, const GsSealDate *date, GError **error)
{
  guint8 bytes[3];

  if (!gs_seal_date_encode (date, bytes))
    return bad_fields (error, "a date is no day of the calendar");
  g_byte_array_append (out, bytes, sizeof bytes);
  return TRUE;
}

static gboolean
append_header (GByteArray *out, const GsSealHeader *header, GError **error)
{
  const guint8 start[] = { GS_SEAL_MAGIC, (guint8) (header->version - 1) };
  const guint8 kind[] = { header->feature, header->category };
  g_autofree char *country = g_strdup_printf ("%-3s", header->country);

  if (header->version != 3 && header->version != 4)
    return bad_fields (error, "there is no such version");
  g_byte_array_append (out, start, sizeof start);
  if (!append_c40 (out, country, error) || !append_signer (out, header, error)
      || !append_date (out, &header->issued, error)
      || !append_date (out, &header->signed_on, error))
    return FALSE;
  g_byte_array_append (out, kind, sizeof kind);
  return TRUE;
}

static void
append_value (GByteArray *out, guint8 tag, GBytes *value)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (value, &size);
  const guint8 start[] = { tag, size < 0x80 ? (guint8) size : 0x81, (guint8) size };

  g_byte_array_append (out, start, size < 0x80 ? 2 : 3);
  g_byte_array_append (out, bytes, (guint) size);
}

GBytes *
gs_seal_encode (const GsSealHeader *header,
                const GsSealMessage *messages,
                guint n_messages,
                GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  if (!append_header (out, header, error))
    return NULL;
  for (guint i = 0; i < n_messages; i++)
    {
      gboolean twice = FALSE;

      for (guint k = 0; k < i; k++)
        twice |= messages[k].tag == messages[i].tag;
      if (twice || messages[i].tag == 0 || messages[i].tag == GS_SEAL_SIGNATURE_TAG
          || g_bytes_get_size (messages[i].value) > 254)
        {
          bad_fields (error, "a message has a wrong tag or is too long");
          return NULL;
        }
      append_value (out, messages[i].tag, messages[i].value);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
gs_seal_append_signature (GBytes *encoded, GBytes *signature)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize size;
  const guint8 *bytes = g_bytes_get_data (encoded, &size);

  g_return_val_if_fail (g_bytes_get_size (signature) <= 254, NULL);
  g_byte_array_append (out, bytes, (guint) size);
  append_value (out, GS_SEAL_SIGNATURE_TAG, signature);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* --- hexadecimal digits ----------------------------------------------------------------------- */

GBytes *
gs_seal_bytes_from_hex (const char *text, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  int high = -1;

  for (; *text != '\0'; text++)
    {
      int digit = g_ascii_xdigit_value (*text);

      if (g_ascii_isspace (*text))
        continue;
      if (digit < 0 || out->len > 2 * GS_SEAL_MAX_BYTES)
        break;
      if (high < 0)
        high = digit;
      else
        {
          guint8 byte = (guint8) (high << 4 | digit);

          g_byte_array_append (out, &byte, 1);
          high = -1;
        }
    }
  if (*text != '\0' || high >= 0 || out->len == 0)
    {
      g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_NOT_A_SEAL,
                           "this is no seal in hexadecimal digits");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

char *
gs_seal_bytes_to_hex (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  char *text = g_malloc (2 * size + 1);

  for (gsize i = 0; i < size; i++)
    g_snprintf (text + 2 * i, 3, "%02x", data[i]);
  text[2 * size] = '\0';
  return text;
}
