/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-access-key.h"

#include "gs-emrtd-error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#define NUMBER_LENGTH 9
#define NUMBER_MAX 27
#define DATE_LENGTH 6
#define CAN_LENGTH 6

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, "%s cannot open a chip", what);
  return FALSE;
}

static gboolean
is_mrz_text (const char *text, const char *also)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isdigit (*text) && !g_ascii_isupper (*text) && strchr (also, *text) == NULL)
      return FALSE;
  return TRUE;
}

static void
append_checked (GString *info, const char *text)
{
  g_string_append (info, text);
  g_string_append_c (info, gs_mrz_check_digit (text, strlen (text)));
}

gboolean
gs_access_key_from_fields (GsAccessKey *self,
                           const char *document_number,
                           const char *birth_date,
                           const char *expiry_date,
                           GError **error)
{
  g_autoptr (GString) info = g_string_new (NULL);
  g_autoptr (GString) number = g_string_new (document_number);

  gs_access_key_clear (self);
  /* The reader of the zone gives an inner filler as a space. */
  for (gsize i = 0; i < number->len; i++)
    if (number->str[i] == ' ')
      number->str[i] = '<';
  if (number->len == 0 || number->len > NUMBER_MAX || !is_mrz_text (number->str, "<"))
    return refuse (error, "this document number");
  if (strlen (birth_date) != DATE_LENGTH || !is_mrz_text (birth_date, "<"))
    return refuse (error, "this birth date");
  if (strlen (expiry_date) != DATE_LENGTH || !is_mrz_text (expiry_date, "<"))
    return refuse (error, "this expiry date");
  while (number->len < NUMBER_LENGTH)
    g_string_append_c (number, '<');
  append_checked (info, number->str);
  append_checked (info, birth_date);
  append_checked (info, expiry_date);

  self->kind = GS_ACCESS_KEY_MRZ;
  self->length = sizeof self->secret;
  gboolean ok = EVP_Digest (info->str, info->len, self->secret, NULL, EVP_sha1 (), NULL) == 1;
  OPENSSL_cleanse (info->str, info->len);
  OPENSSL_cleanse (number->str, number->len);
  if (!ok)
    g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO,
                         "OpenSSL could not hash the MRZ");
  return ok;
}

gboolean
gs_access_key_from_mrz (GsAccessKey *self, const GsMrz *mrz, GError **error)
{
  return gs_access_key_from_fields (self, mrz->document_number, mrz->birth_date_mrz,
                                    mrz->expiry_date_mrz, error);
}

gboolean
gs_access_key_from_can (GsAccessKey *self, const char *digits, GError **error)
{
  gs_access_key_clear (self);
  if (strlen (digits) != CAN_LENGTH || strspn (digits, "0123456789") != CAN_LENGTH)
    return refuse (error, "a card access number of other than six digits");
  self->kind = GS_ACCESS_KEY_CAN;
  self->length = CAN_LENGTH;
  memcpy (self->secret, digits, CAN_LENGTH);
  return TRUE;
}

void
gs_access_key_clear (GsAccessKey *self)
{
  OPENSSL_cleanse (self, sizeof *self);
}
