/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-lds.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/crypto.h>
#include <string.h>

#define TAG_COM 0x60
#define TAG_DG1 0x61
#define TAG_DG11 0x6B
#define TAG_LDS_VERSION 0x5F01
#define TAG_UNICODE_VERSION 0x5F36
#define TAG_LIST 0x5C
#define TAG_MRZ 0x5F1F
#define TAG_FULL_NAME 0x5F0E
#define TAG_OTHER_NAMES 0xA0
#define TAG_OTHER_NAME 0x5F0F
#define TAG_PERSONAL_NUMBER 0x5F10
#define TAG_FULL_BIRTH_DATE 0x5F2B
#define TAG_PLACE_OF_BIRTH 0x5F11

#define MAX_OTHER_NAMES 16
#define MAX_TEXT 1024

static gboolean
malformed (GError **error, const char *what)
{
  g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, what);
  return FALSE;
}

/* Opens a file whose outer tag must be this one. */
static gboolean
enter (GBytes *file, GsTlvTag tag, const char *name, GsTlvReader *reader, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  GsTlvReader outer;
  GsTlv element;

  if (!gs_tlv_read_only (bytes, size, TRUE, &element, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  if (element.tag != tag)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, "%s has the tag %X", name,
                   element.tag);
      return FALSE;
    }
  gs_tlv_reader_init (&outer, bytes, size);
  gs_tlv_reader_enter (reader, &outer, &element);
  return TRUE;
}

/* Data group by its tag in EF.COM's list; 0 for an unknown one. */
static guint
group_of_tag (guint8 tag)
{
  static const guint8 tags[] = { 0,    0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
                                 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70 };

  for (guint i = 1; i < G_N_ELEMENTS (tags); i++)
    if (tags[i] == tag)
      return i;
  return 0;
}

static gboolean
copy_digits (const GsTlv *element, char *out, gsize size)
{
  if (element->length != size - 1)
    return FALSE;
  for (gsize i = 0; i < element->length; i++)
    if (!g_ascii_isdigit (element->value[i]))
      return FALSE;
  memcpy (out, element->value, element->length);
  out[element->length] = '\0';
  return TRUE;
}

gboolean
gs_lds_com_parse (GBytes *file, GsLdsCom *com, GError **error)
{
  GsTlvReader reader;
  GsTlv element;
  gboolean has_list = FALSE;

  memset (com, 0, sizeof *com);
  if (!enter (file, TAG_COM, "EF.COM", &reader, error))
    return FALSE;
  while (!gs_tlv_reader_at_end (&reader))
    {
      if (!gs_tlv_read (&reader, &element, error))
        return FALSE;
      if (element.tag == TAG_LDS_VERSION)
        copy_digits (&element, com->lds_version, sizeof com->lds_version);
      else if (element.tag == TAG_UNICODE_VERSION)
        copy_digits (&element, com->unicode_version, sizeof com->unicode_version);
      else if (element.tag == TAG_LIST)
        {
          has_list = TRUE;
          for (gsize i = 0; i < element.length; i++)
            if (group_of_tag (element.value[i]) != 0)
              com->groups |= 1u << group_of_tag (element.value[i]);
        }
    }
  return has_list || malformed (error, "EF.COM lists no data groups");
}

gboolean
gs_lds_dg1_parse (GBytes *file, const GsMrzDate *today, GsMrz *mrz, GError **error)
{
  GsTlvReader reader;
  GsTlv zone;
  GsMrzLines lines;

  memset (mrz, 0, sizeof *mrz);
  if (!enter (file, TAG_DG1, "DG1", &reader, error)
      || !gs_tlv_read_tag (&reader, TAG_MRZ, &zone, error))
    return FALSE;
  GsMrzStatus status = gs_mrz_extract (zone.value, zone.length, &lines);
  if (status != GS_MRZ_OK)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, "DG1: %s",
                   gs_mrz_status_to_string (status));
      return FALSE;
    }
  /* The issuer wrote it: nothing is repaired here. */
  gs_mrz_parse (&lines, today, mrz);
  return TRUE;
}

/* UTF-8 of a sane length without control characters; NULL else. */
static char *
take_text (const GsTlv *element)
{
  const char *text = (const char *) element->value;

  if (element->length == 0 || element->length > MAX_TEXT
      || !g_utf8_validate (text, (gssize) element->length, NULL))
    return NULL;
  for (const char *at = text; at < text + element->length; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at))
        || g_unichar_type (g_utf8_get_char (at)) == G_UNICODE_FORMAT)
      return NULL;
  return g_strndup (text, element->length);
}

/* "VAN<DER<STEEN<<JAN" becomes "VAN DER STEEN, JAN". */
static char *
take_name (const GsTlv *element)
{
  g_autofree char *text = take_text (element);

  if (text == NULL)
    return NULL;
  g_auto (GStrv) identifiers = g_strsplit (text, "<<", 2);
  for (guint i = 0; identifiers[i] != NULL; i++)
    g_strstrip (g_strdelimit (identifiers[i], "<", ' '));
  return g_strjoinv (identifiers[1] != NULL && *identifiers[1] != '\0' ? ", " : "", identifiers);
}

static gboolean
take_other_names (const GsTlvReader *parent,
                  const GsTlv *element,
                  GsLdsDetails *details,
                  GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GsTlvReader reader;
  GsTlv inner;

  gs_tlv_reader_enter (&reader, parent, element);
  while (!gs_tlv_reader_at_end (&reader) && names->len < MAX_OTHER_NAMES)
    {
      if (!gs_tlv_read (&reader, &inner, error))
        return FALSE;
      char *name = inner.tag == TAG_OTHER_NAME ? take_name (&inner) : NULL;
      if (name != NULL)
        g_ptr_array_add (names, name);
    }
  if (names->len == 0)
    return TRUE;
  g_ptr_array_add (names, NULL);
  g_strfreev (details->other_names);
  details->other_names = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

/* Eight digits, or four bytes of them packed, which older chips have. */
static char *
take_date (const GsTlv *element)
{
  char digits[9];

  if (copy_digits (element, digits, sizeof digits))
    return g_strdup (digits);
  if (element->length != 4)
    return NULL;
  for (guint i = 0; i < 4; i++)
    {
      digits[2 * i] = (char) ('0' + (element->value[i] >> 4));
      digits[2 * i + 1] = (char) ('0' + (element->value[i] & 15));
    }
  digits[8] = '\0';
  return strspn (digits, "0123456789") == 8 ? g_strdup (digits) : NULL;
}

static void
replace (char **member, char *text)
{
  if (text == NULL)
    return;
  g_free (*member);
  *member = text;
}

GsLdsDetails *
gs_lds_dg11_parse (GBytes *file, GError **error)
{
  g_autoptr (GsLdsDetails) details = g_new0 (GsLdsDetails, 1);
  GsTlvReader reader;
  GsTlv element;

  if (!enter (file, TAG_DG11, "DG11", &reader, error))
    return NULL;
  while (!gs_tlv_reader_at_end (&reader))
    {
      if (!gs_tlv_read (&reader, &element, error))
        return NULL;
      switch (element.tag)
        {
        case TAG_FULL_NAME:
          replace (&details->full_name, take_name (&element));
          break;
        case TAG_OTHER_NAMES:
          if (!take_other_names (&reader, &element, details, error))
            return NULL;
          break;
        case TAG_PERSONAL_NUMBER:
          replace (&details->personal_number, take_text (&element));
          break;
        case TAG_FULL_BIRTH_DATE:
          replace (&details->full_birth_date, take_date (&element));
          break;
        case TAG_PLACE_OF_BIRTH:
          replace (&details->place_of_birth, take_name (&element));
          break;
        default:
          break;
        }
    }
  return g_steal_pointer (&details);
}

static void
forget (char *text)
{
  if (text != NULL)
    OPENSSL_cleanse (text, strlen (text));
  g_free (text);
}

void
gs_lds_details_free (GsLdsDetails *self)
{
  forget (self->full_name);
  forget (self->personal_number);
  forget (self->full_birth_date);
  forget (self->place_of_birth);
  for (guint i = 0; self->other_names != NULL && self->other_names[i] != NULL; i++)
    forget (self->other_names[i]);
  g_free (self->other_names);
  g_free (self);
}
