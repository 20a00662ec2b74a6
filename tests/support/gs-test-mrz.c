/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-mrz.h"

#include <string.h>

static void
random_text (char *out, int length, const char *alphabet, GRand *random)
{
  for (int i = 0; i < length; i++)
    out[i] = alphabet[g_rand_int_range (random, 0, strlen (alphabet))];
  out[length] = '\0';
}

static void
random_names (char *out, gsize size, GRand *random)
{
  g_autoptr (GString) names = g_string_new (NULL);
  int n = g_rand_int_range (random, 1, 4);

  for (int i = 0; i < n; i++)
    {
      char name[8];

      random_text (name, g_rand_int_range (random, 1, 7), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", random);
      if (names->len > 0)
        g_string_append_c (names, ' ');
      g_string_append (names, name);
    }
  /* Primary and secondary together fit the shortest name field (30 characters). */
  if (names->len > 13)
    g_string_truncate (names, 13);
  g_strchomp (names->str);
  g_strlcpy (out, names->str, size);
}

static void
random_dates (GsTestDocument *document, GRand *random)
{
  g_snprintf (document->birth, sizeof document->birth, "%02d%02d%02d",
              g_rand_int_range (random, 0, 100), g_rand_int_range (random, 1, 13),
              g_rand_int_range (random, 1, 29));
  if (g_rand_int_range (random, 0, 8) == 0)
    memcpy (document->birth + 4, "<<", 2);
  if (g_rand_int_range (random, 0, 16) == 0)
    memcpy (document->birth + 2, "<<<<", 4);
  g_snprintf (document->expiry, sizeof document->expiry, "%02d%02d%02d",
              g_rand_int_range (random, 0, 100), g_rand_int_range (random, 1, 13),
              g_rand_int_range (random, 1, 29));
}

void
gs_test_document_random (GsTestDocument *document, GsMrzType type, GRand *random)
{
  static const char alphanumeric[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  static const char *const states[] = { "UTO", "D", "XXA", "RKS", "EUE", "UNO" };
  static const char *const codes[] = { "", "I", "ID", "P", "V", "V" };
  int number_length = g_rand_int_range (random, 5, 10);
  int room = 0;

  memset (document, 0, sizeof *document);
  document->type = type;
  g_strlcpy (document->code, codes[type], sizeof document->code);
  g_strlcpy (document->state, states[g_rand_int_range (random, 0, G_N_ELEMENTS (states))], 4);
  g_strlcpy (document->nationality, states[g_rand_int_range (random, 0, G_N_ELEMENTS (states))], 4);
  random_names (document->primary, sizeof document->primary, random);
  if (g_rand_int_range (random, 0, 6) > 0)
    random_names (document->secondary, sizeof document->secondary, random);
  random_dates (document, random);
  document->sex = "MF<"[g_rand_int_range (random, 0, 3)];

  if ((type == GS_MRZ_TYPE_TD1 || type == GS_MRZ_TYPE_TD2) && g_rand_boolean (random))
    number_length = g_rand_int_range (random, 10, 14);
  random_text (document->number, number_length, alphanumeric, random);
  room = type == GS_MRZ_TYPE_TD1    ? 15
         : type == GS_MRZ_TYPE_TD2  ? 7
         : type == GS_MRZ_TYPE_MRVB ? 8
                                    : 14;
  if (number_length > 9)
    room -= number_length - 9 + 2;
  if (room > 0 && g_rand_boolean (random))
    random_text (document->optional, g_rand_int_range (random, 1, room + 1), alphanumeric, random);
  if (type == GS_MRZ_TYPE_TD1 && g_rand_boolean (random))
    random_text (document->optional_2, g_rand_int_range (random, 1, 12), alphanumeric, random);
}

/* Doc 9303-3 section 4.9, by its table of values. */
static char
digit_of (const char *text)
{
  static const char values[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static const int weights[] = { 7, 3, 1 };
  int sum = 0;

  for (int i = 0; text[i] != '\0'; i++)
    sum += text[i] == '<' ? 0 : (int) (strchr (values, text[i]) - values) * weights[i % 3];
  return "0123456789"[sum % 10];
}

static char *
padded (const char *text, gsize length)
{
  GString *out = g_string_new (text);

  while (out->len < length)
    g_string_append_c (out, '<');
  return g_strdelimit (g_string_free (out, FALSE), " ", '<');
}

static char *
name_field (const GsTestDocument *document, gsize length)
{
  g_autofree char *name = g_strconcat (
    document->primary, document->secondary[0] != '\0' ? "<<" : "", document->secondary, NULL);

  return padded (name, length);
}

/* The number in its field, its check digit, and the optional data, which a long number begins. */
static void
number_fields (const GsTestDocument *document,
               gsize optional_length,
               char **number_and_check,
               char **optional)
{
  g_autofree char *number = padded (document->number, 9);

  if (strlen (document->number) > 9)
    {
      g_autofree char *rest = g_strdup_printf ("%s%c<%s", document->number + 9,
                                               digit_of (document->number), document->optional);

      *number_and_check = g_strdup_printf ("%.9s<", document->number);
      *optional = padded (rest, optional_length);
    }
  else
    {
      *number_and_check = g_strdup_printf ("%s%c", number, digit_of (number));
      *optional = padded (document->optional, optional_length);
    }
}

static char *
write_td1 (const GsTestDocument *document, const char *code, const char *state, const char *nation)
{
  g_autofree char *number = NULL, *optional = NULL, *covered = NULL;
  g_autofree char *optional_2 = padded (document->optional_2, 11);
  g_autofree char *name = name_field (document, 30);

  number_fields (document, 15, &number, &optional);
  covered = g_strdup_printf ("%s%s%s%c%s%c%s", number, optional, document->birth,
                             digit_of (document->birth), document->expiry,
                             digit_of (document->expiry), optional_2);
  return g_strdup_printf ("%s%s%s%s\n%s%c%c%s%c%s%s%c\n%s\n", code, state, number, optional,
                          document->birth, digit_of (document->birth), document->sex,
                          document->expiry, digit_of (document->expiry), nation, optional_2,
                          digit_of (covered), name);
}

char *
gs_test_document_write (const GsTestDocument *document)
{
  g_autofree char *code = padded (document->code, 2);
  g_autofree char *state = padded (document->state, 3);
  g_autofree char *nation = padded (document->nationality, 3);
  g_autofree char *number = NULL, *optional = NULL, *name = NULL, *covered = NULL;
  g_autoptr (GString) second = g_string_new (NULL);
  gsize optional_length = 14;

  if (document->type == GS_MRZ_TYPE_TD1)
    return write_td1 (document, code, state, nation);
  if (document->type == GS_MRZ_TYPE_TD2)
    optional_length = 7;
  else if (document->type == GS_MRZ_TYPE_MRVA)
    optional_length = 16;
  else if (document->type == GS_MRZ_TYPE_MRVB)
    optional_length = 8;

  number_fields (document, optional_length, &number, &optional);
  name = name_field (
    document, document->type == GS_MRZ_TYPE_TD3 || document->type == GS_MRZ_TYPE_MRVA ? 39 : 31);
  g_string_printf (second, "%s%s%s%c%c%s%c%s", number, nation, document->birth,
                   digit_of (document->birth), document->sex, document->expiry,
                   digit_of (document->expiry), optional);
  if (document->type == GS_MRZ_TYPE_TD3)
    g_string_append_c (second, digit_of (optional));
  if (document->type == GS_MRZ_TYPE_TD3 || document->type == GS_MRZ_TYPE_TD2)
    {
      covered = g_strdup_printf ("%.10s%.7s%s", second->str, second->str + 13, second->str + 21);
      g_string_append_c (second, digit_of (covered));
    }
  return g_strdup_printf ("%s%s%s\n%s\n", code, state, name, second->str);
}
