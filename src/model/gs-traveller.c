/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-traveller.h"

#include <string.h>

#define FIELD_COUNT (sizeof (GsTraveller) / sizeof (char *))

G_STATIC_ASSERT (sizeof (GsTraveller) == FIELD_COUNT * sizeof (char *));

GsTraveller *
gs_traveller_new (void)
{
  return g_new0 (GsTraveller, 1);
}

GsTraveller *
gs_traveller_copy (const GsTraveller *self)
{
  GsTraveller *copy;

  if (self == NULL)
    return NULL;
  copy = gs_traveller_new ();
  for (gsize i = 0; i < FIELD_COUNT; i++)
    ((char **) copy)[i] = g_strdup (((char *const *) self)[i]);
  return copy;
}

static void
cleanse (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

void
gs_traveller_free (GsTraveller *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < FIELD_COUNT; i++)
    cleanse (((char **) self)[i]);
  g_free (self);
}

void
gs_traveller_set (char **field, const char *value)
{
  char *copy = g_strdup (value);

  cleanse (*field);
  *field = copy;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

char *
gs_traveller_dup_name (const GsTraveller *self)
{
  if (self == NULL)
    return NULL;
  if (has_text (self->primary_identifier) && has_text (self->secondary_identifier))
    return g_strdup_printf ("%s, %s", self->primary_identifier, self->secondary_identifier);
  if (has_text (self->primary_identifier))
    return g_strdup (self->primary_identifier);
  return has_text (self->secondary_identifier) ? g_strdup (self->secondary_identifier) : NULL;
}

int
gs_traveller_age (const GsTraveller *self, int year, int month, int day)
{
  int digits[6], birth_year, birth_month, birth_day;

  if (self == NULL || self->birth_date == NULL || strlen (self->birth_date) != 6)
    return -1;
  for (int i = 0; i < 6; i++)
    {
      if (!g_ascii_isdigit (self->birth_date[i]))
        return -1;
      digits[i] = self->birth_date[i] - '0';
    }
  birth_year = year - year % 100 + digits[0] * 10 + digits[1];
  birth_month = digits[2] * 10 + digits[3];
  birth_day = digits[4] * 10 + digits[5];
  if (birth_month < 1 || birth_month > 12 || birth_day < 1 || birth_day > 31)
    return -1;
  if (birth_year * 10000 + birth_month * 100 + birth_day > year * 10000 + month * 100 + day)
    birth_year -= 100;
  return year - birth_year - (birth_month * 100 + birth_day > month * 100 + day ? 1 : 0);
}

/* Compares as the MRZ does: fillers at the end say nothing. */
static gboolean
equal_without_fillers (const char *a, const char *b)
{
  gsize a_length, b_length;

  if (a == NULL || b == NULL)
    return FALSE;
  for (a_length = strlen (a); a_length > 0 && a[a_length - 1] == '<'; a_length--)
    ;
  for (b_length = strlen (b); b_length > 0 && b[b_length - 1] == '<'; b_length--)
    ;
  return a_length > 0 && a_length == b_length && memcmp (a, b, a_length) == 0;
}

gboolean
gs_traveller_same_document (const GsTraveller *self,
                            const char *issuing_state,
                            const char *document_number)
{
  return self != NULL && equal_without_fillers (self->issuing_state, issuing_state)
         && equal_without_fillers (self->document_number, document_number);
}
