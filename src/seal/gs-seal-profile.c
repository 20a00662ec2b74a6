/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-profile.h"

#include "gs-c40.h"
#include "gs-seal-error.h"
#include "gs-seal-imprint.h"

#include <string.h>

typedef enum
{
  KIND_C40 = 1,
  KIND_ZONE, /* C40 of a machine readable zone: its fillers became spaces */
  KIND_UTF8,
  KIND_NUMBER, /* one byte */
  KIND_HEX
} Kind;

typedef struct
{
  guint8 tag; /* 0 ends the list */
  const char *name;
  Kind kind;
  gboolean may_lack;
} Field;

typedef struct
{
  guint8 feature;
  guint8 category;
  const char *name;
  Field fields[8];
} Profile;

static const Profile profiles[] = {
  { 0x5d,
    0x01,
    "visa",
    { { 1, "mrz", KIND_ZONE, TRUE },
      { 2, "mrz", KIND_ZONE, TRUE },
      { 3, "entries", KIND_NUMBER, TRUE },
      { 4, "stay", KIND_HEX, TRUE },
      { 5, "passport-number", KIND_C40, TRUE },
      { 6, "visa-type", KIND_HEX, TRUE },
      { 7, "more", KIND_HEX, TRUE } } },
  { 0x5e, 0x03, "emergency-document", { { 2, "mrz", KIND_ZONE, FALSE } } },
  { 0xfd,
    0x02,
    "arrival-attestation",
    { { 2, "mrz", KIND_ZONE, FALSE }, { 3, "registration-number", KIND_C40, FALSE } } },
  { 0xfb,
    0x06,
    "residence-permit",
    { { 2, "mrz", KIND_ZONE, FALSE }, { 3, "passport-number", KIND_C40, FALSE } } },
  { 0xfa,
    0x06,
    "supplement-sheet",
    { { 4, "mrz", KIND_ZONE, FALSE }, { 5, "sheet-number", KIND_C40, FALSE } } },
  { 0xfc,
    0x04,
    "social-insurance-card",
    { { 1, "insurance-number", KIND_C40, FALSE },
      { 2, "surname", KIND_UTF8, FALSE },
      { 3, "given-names", KIND_UTF8, FALSE },
      { 4, "birth-name", KIND_UTF8, TRUE } } },
};

void
gs_seal_field_free (GsSealField *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static const Profile *
find_profile (const GsSeal *seal)
{
  const GsSealHeader *header = gs_seal_get_header (seal);

  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (profiles[i].feature == header->feature && profiles[i].category == header->category)
      return &profiles[i];
  return NULL;
}

const char *
gs_seal_profile_get_name (const GsSeal *seal)
{
  const Profile *profile = find_profile (seal);

  if (gs_seal_is_imprint (seal))
    return "stamp";
  return profile != NULL ? profile->name : NULL;
}

static void
add (GPtrArray *fields, const char *name, char *value)
{
  GsSealField *field = g_new0 (GsSealField, 1);

  field->name = g_strdup (name);
  field->value = value;
  g_ptr_array_add (fields, field);
}

/* NULL when the bytes are not of that kind. */
static char *
dup_value (GBytes *bytes, Kind kind)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  switch (kind)
    {
    case KIND_C40:
      {
        char *text = gs_c40_decode (data, size, NULL);

        return text != NULL ? g_strchomp (text) : NULL;
      }
    case KIND_ZONE:
      {
        char *text = gs_c40_decode (data, size, NULL);

        return text != NULL ? g_strdelimit (text, " ", '<') : NULL;
      }
    case KIND_UTF8:
      return g_utf8_validate ((const char *) data, (gssize) size, NULL)
               ? g_strndup ((const char *) data, size)
               : NULL;
    case KIND_NUMBER:
      return size == 1 ? g_strdup_printf ("%u", data[0]) : NULL;
    case KIND_HEX:
      return gs_seal_bytes_to_hex (bytes);
    }
  return NULL;
}

static const Field *
find_field (const Profile *profile, guint8 tag)
{
  for (const Field *field = profile->fields; field->tag != 0; field++)
    if (field->tag == tag)
      return field;
  return NULL;
}

static GPtrArray *
dup_imprint (const GsSeal *seal, GError **error)
{
  g_autoptr (GPtrArray) fields =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_seal_field_free);
  g_autoptr (GBytes) binding = NULL;
  GsSealImprint imprint;

  if (!gs_seal_imprint_read (&imprint, seal, error))
    return NULL;
  binding = g_bytes_new (imprint.binding, sizeof imprint.binding);
  add (fields, "serial", g_strdup (imprint.serial));
  add (fields, "direction",
       g_strdup (imprint.direction == GS_DIRECTION_ARRIVAL ? "arrival" : "departure"));
  add (fields, "transport", g_strdup (gs_seal_transport_to_word (imprint.transport)));
  add (fields, "port", g_strdup (imprint.port));
  add (fields, "crossed-on", gs_seal_date_format (&imprint.crossed_on));
  add (fields, "binding", gs_seal_bytes_to_hex (binding));
  return g_steal_pointer (&fields);
}

GPtrArray *
gs_seal_profile_dup_fields (const GsSeal *seal, GError **error)
{
  const Profile *profile = find_profile (seal);
  g_autoptr (GPtrArray) fields =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_seal_field_free);

  if (gs_seal_is_imprint (seal))
    return dup_imprint (seal, error);
  for (guint i = 0; i < gs_seal_get_n_messages (seal); i++)
    {
      const GsSealMessage *message = gs_seal_get_message (seal, i);
      const Field *field = profile != NULL ? find_field (profile, message->tag) : NULL;
      g_autofree char *name =
        field != NULL ? g_strdup (field->name) : g_strdup_printf ("message-%02x", message->tag);
      char *value = dup_value (message->value, field != NULL ? field->kind : KIND_HEX);

      if (value == NULL)
        {
          g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED,
                       "message %02x is not what a seal of this kind has there", message->tag);
          return NULL;
        }
      add (fields, name, value);
    }
  for (const Field *field = profile != NULL ? profile->fields : NULL;
       field != NULL && field->tag != 0; field++)
    if (!field->may_lack && gs_seal_find_message (seal, field->tag) == NULL)
      {
        g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED, "message %02x (%s) is missing",
                     field->tag, field->name);
        return NULL;
      }
  return g_steal_pointer (&fields);
}
