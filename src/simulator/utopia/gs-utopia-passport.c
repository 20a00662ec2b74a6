/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-passport.h"

#include "gs-sim-mrz.h"
#include "gs-utopia-der.h"
#include "gs-utopia-people.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S G_GINT64_CONSTANT (86400)
#define CHIP_KEYS 3

struct _GsUtopiaPassport
{
  const GsUtopiaVariant *variant;
  GsUtopiaCountry *country;
  GHashTable *files; /* name -> GBytes */
  char *mrz;         /* as printed */
  char *chip_mrz;    /* as in DG1 */
  char *key_mrz;     /* whose access keys the chip has */
  char *name;
  char *birth;
  char sex;
  guint64 seed;
  gint64 issued_utc_s;
  EVP_PKEY *ca, *aa;           /* what the files say; owned by the country */
  EVP_PKEY *chip_ca, *chip_aa; /* what the chip has */
};

/* ---- whose it is ---- */

static gint64
parse_expiry (const char *mrz)
{
  int year = 2000 + (mrz[65] - '0') * 10 + (mrz[66] - '0');
  int month = (mrz[67] - '0') * 10 + (mrz[68] - '0');
  int day = (mrz[69] - '0') * 10 + (mrz[70] - '0');
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 0, 0, 0);

  return date == NULL ? -1 : g_date_time_to_unix (date);
}

static char *
make_up_mrz (const GsUtopiaHolder *holder, gint64 today_utc_s, int expires_days, char **name)
{
  const GsUtopiaPerson *person = gs_utopia_person (holder->person);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (today_utc_s);
  g_autoptr (GDateTime) expiry = g_date_time_add_days (today, expires_days);
  g_autofree char *expiry_date = g_date_time_format (expiry, "%y%m%d");
  g_autofree char *number = g_strdup_printf (
    "X%08" G_GUINT64_FORMAT, (holder->seed * 7919 + holder->person * 104729) % 100000000);
  char first[GS_SIM_MRZ_LINE + 1], second[GS_SIM_MRZ_LINE + 1], birth[7];
  char sex[2] = { person->sex, '\0' };
  GsUtopiaName called;
  GsSimMrzFields fields = { .issuing_state = "UTO",
                            .document_number = number,
                            .nationality = "UTO",
                            .birth_date = birth,
                            .expiry_date = expiry_date,
                            .sex = sex };

  gs_utopia_name (person->sex, holder->seed, &called);
  gs_utopia_birth_date (holder->person, holder->seed, g_date_time_get_year (today),
                        g_date_time_get_month (today), g_date_time_get_day_of_month (today), birth,
                        NULL);
  fields.surname = called.mrz_family;
  fields.given_names = called.mrz_given;
  *name = g_strconcat (called.family, "<<", called.given, NULL);
  gs_sim_mrz_write (&fields, first, second);
  return g_strconcat (first, second, NULL);
}

/* The same document of another name and state; line 2 keeps its check digits where it can. */
static char *
change_mrz (const char *mrz, const char *state, const char *surname)
{
  g_autofree char *number = g_strndup (mrz + 44, 9);
  g_autofree char *birth = g_strndup (mrz + 57, 6), *expiry = g_strndup (mrz + 65, 6);
  g_autofree char *own_state = g_strndup (mrz + 2, 3);
  g_auto (GStrv) names = g_strsplit (mrz + 5, "<<", 2);
  g_autofree char *given = g_strndup (names[1] ? names[1] : "", 36);
  char sex[2] = { mrz[64], '\0' };
  char first[GS_SIM_MRZ_LINE + 1], second[GS_SIM_MRZ_LINE + 1];
  GsSimMrzFields fields = { .issuing_state = state ? state : own_state,
                            .surname = surname ? surname : names[0],
                            .given_names = given,
                            .document_number = number,
                            .nationality = state ? state : own_state,
                            .birth_date = birth,
                            .expiry_date = expiry,
                            .sex = sex };

  given[strcspn (given, "<")] = '\0';
  gs_sim_mrz_write (&fields, first, second);
  return g_strconcat (first, second, NULL);
}

static char *
birth_of (GsUtopiaPassport *self, const char *mrz)
{
  g_autoptr (GDateTime) today =
    g_date_time_new_from_unix_utc (gs_utopia_country_get_today (self->country));
  int years = (mrz[57] - '0') * 10 + (mrz[58] - '0');
  int century = years > g_date_time_get_year (today) % 100 ? 19 : 20;

  return g_strdup_printf ("%d%.6s", century, mrz + 57);
}

static gboolean
decide_holder (GsUtopiaPassport *self, const GsUtopiaHolder *holder, GError **error)
{
  GsUtopiaTamper tamper = self->variant->tamper;
  gint64 today_utc_s = gs_utopia_country_get_today (self->country);

  self->name = g_strdup (holder->name);
  if (holder->mrz == NULL)
    {
      g_clear_pointer (&self->name, g_free);
      self->mrz =
        make_up_mrz (holder, today_utc_s, tamper & GS_UTOPIA_EXPIRED ? -30 : 1500, &self->name);
    }
  else
    self->mrz = g_strdup (holder->mrz);
  if (strlen (self->mrz) != 88 || parse_expiry (self->mrz) < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "The MRZ must be a passport's: 88 characters with a date of expiry");
      return FALSE;
    }
  if (tamper & GS_UTOPIA_FOREIGN_MRZ)
    {
      char *foreign = change_mrz (self->mrz, "XNQ", NULL);

      g_free (self->mrz);
      self->mrz = foreign;
    }
  self->sex = self->mrz[64];
  self->chip_mrz = tamper & GS_UTOPIA_PRINT_DIFFERS ? change_mrz (self->mrz, NULL, "SPECIMEN")
                                                    : g_strdup (self->mrz);
  self->key_mrz = g_strdup (self->mrz);
  if (tamper & GS_UTOPIA_OTHER_KEYS)
    /* One digit of the document number: as good as any other MRZ. */
    self->key_mrz[52] = self->key_mrz[52] == '7' ? '3' : '7';
  self->birth = holder->birth ? g_strdup (holder->birth) : birth_of (self, self->mrz);
  return TRUE;
}

/* Ten years before it runs out, but not in the future. */
static void
decide_issuance (GsUtopiaPassport *self)
{
  gint64 today_utc_s = gs_utopia_country_get_today (self->country);
  g_autoptr (GDateTime) expiry = g_date_time_new_from_unix_utc (parse_expiry (self->mrz));
  g_autoptr (GDateTime) issued = g_date_time_add_years (expiry, -10);

  self->issued_utc_s = MIN (g_date_time_to_unix (issued), today_utc_s - DAY_S);
}

static int
issue_year (GsUtopiaPassport *self)
{
  g_autoptr (GDateTime) issued = g_date_time_new_from_unix_utc (self->issued_utc_s);

  return g_date_time_get_year (issued);
}

/* ---- the chip's keys ---- */

static gboolean
take_key (GsUtopiaPassport *self,
          const char *use,
          GsUtopiaKeyKind kind,
          EVP_PKEY **written,
          EVP_PKEY **in_chip,
          GError **error)
{
  guint number = (guint) (self->seed % CHIP_KEYS);
  g_autofree char *label = g_strdup_printf ("chip-%s-%d-%u", use, kind, number);
  g_autofree char *copy = g_strdup_printf ("chip-%s-%d-%u", use, kind, (number + 1) % CHIP_KEYS);

  if (kind == 0)
    return TRUE;
  *written = *in_chip = gs_utopia_country_key (self->country, kind, label, error);
  if (*written != NULL && self->variant->tamper & GS_UTOPIA_CLONE)
    *in_chip = gs_utopia_country_key (self->country, kind, copy, error);
  return *written != NULL && *in_chip != NULL;
}

/* ---- its files ---- */

static void
put_file (GsUtopiaPassport *self, const char *name, GBytes *bytes)
{
  g_hash_table_replace (self->files, g_strdup (name), bytes);
}

static GBytes *
make_infos (GsUtopiaPassport *self, gboolean card_access, gboolean card_security)
{
  const GsUtopiaVariant *variant = self->variant;
  GPtrArray *parts = g_ptr_array_new ();
  guint parameter_id = 2;

  if (variant->pace != GS_UTOPIA_MAP_NONE)
    {
      if (variant->pace_curve != GS_UTOPIA_KEY_DH_2048)
        parameter_id = variant->pace_curve == GS_UTOPIA_KEY_P256    ? 12
                       : variant->pace_curve == GS_UTOPIA_KEY_BP256 ? 13
                       : variant->pace_curve == GS_UTOPIA_KEY_P384  ? 15
                       : variant->pace_curve == GS_UTOPIA_KEY_BP384 ? 16
                                                                    : 18;
      g_ptr_array_add (parts,
                       gs_utopia_lds_pace_info (variant->pace, variant->pace_cipher, parameter_id));
      /* Chip authentication mapping never stands alone (Doc 9303-11, 4.4). */
      if (variant->pace == GS_UTOPIA_MAP_CHIP)
        g_ptr_array_add (parts, gs_utopia_lds_pace_info (GS_UTOPIA_MAP_INTEGRATED,
                                                         variant->pace_cipher, parameter_id));
    }
  if (!card_access && self->ca != NULL)
    {
      g_ptr_array_add (parts, gs_utopia_lds_ca_info (self->ca, variant->ca_cipher, 0));
      g_ptr_array_add (
        parts,
        gs_utopia_lds_ca_public_key (
          self->ca, card_security ? GS_UTOPIA_FORM_STANDARDIZED : GS_UTOPIA_FORM_EXPLICIT, 0));
    }
  if (!card_access && !card_security && self->aa != NULL && EVP_PKEY_is_a (self->aa, "EC"))
    g_ptr_array_add (parts, gs_utopia_lds_aa_info ());
  return gs_utopia_lds_infos (parts);
}

/* What is hashed and signed. The tampering comes after. */
static gboolean
make_groups (GsUtopiaPassport *self, const GsUtopiaHolder *holder, GError **error)
{
  const GsUtopiaVariant *variant = self->variant;
  g_autoptr (GBytes) blank = NULL;
  GBytes *dg2, *portrait = holder->portrait;

  if (portrait == NULL)
    portrait = blank = gs_utopia_face_record_blank (error);
  if (portrait == NULL)
    return FALSE;
  dg2 = gs_utopia_face_record_dg2 (portrait, variant->picture, variant->record, self->sex, error);
  if (dg2 == NULL)
    return FALSE;
  put_file (self, "dg1", gs_utopia_lds_dg1 (self->chip_mrz));
  put_file (self, "dg2", dg2);
  if (self->name != NULL || variant->tamper & (GS_UTOPIA_EXTRA_GROUP | GS_UTOPIA_LACKS_FILE))
    put_file (self, "dg11",
              gs_utopia_lds_dg11 (self->name ? self->name : "SPECIMEN<<UTOPIA", self->birth));
  if (self->ca != NULL || (self->aa != NULL && EVP_PKEY_is_a (self->aa, "EC")))
    put_file (self, "dg14", gs_utopia_lds_dg14 (make_infos (self, FALSE, FALSE)));
  if (self->aa != NULL)
    put_file (self, "dg15", gs_utopia_lds_dg15 (self->aa));
  return TRUE;
}

static guint
list_groups (GsUtopiaPassport *self, guint8 numbers[17])
{
  guint count = 0;

  for (guint8 number = 1; number <= 16; number++)
    {
      g_autofree char *name = g_strdup_printf ("dg%d", number);

      if (g_hash_table_contains (self->files, name))
        numbers[count++] = number;
    }
  numbers[count] = 0;
  return count;
}

static GBytes *
make_security_object (GsUtopiaPassport *self, GsUtopiaScheme scheme)
{
  GsUtopiaGroupHash hashes[16];
  guint8 numbers[17];
  guint count = list_groups (self, numbers), used = 0;
  GBytes *object;

  for (guint i = 0; i < count; i++)
    {
      guint at = self->variant->tamper & GS_UTOPIA_UNSORTED ? count - 1 - i : i;
      g_autofree char *name = g_strdup_printf ("dg%d", numbers[at]);

      if (numbers[at] == 11 && self->variant->tamper & GS_UTOPIA_EXTRA_GROUP)
        continue;
      hashes[used].number = numbers[at];
      hashes[used++].hash =
        gs_utopia_scheme_digest (scheme, g_hash_table_lookup (self->files, name));
    }
  object = gs_utopia_lds_security_object (gs_utopia_scheme_digest_algorithm (scheme), hashes, used,
                                          (self->variant->tamper & GS_UTOPIA_SOD_VERSION_1) != 0);
  for (guint i = 0; i < used; i++)
    g_bytes_unref (hashes[i].hash);
  return object;
}

/* The year whose signer signs, and when. */
static int
decide_signing (GsUtopiaPassport *self)
{
  gint64 today_utc_s = gs_utopia_country_get_today (self->country);
  GsUtopiaTamper tamper = self->variant->tamper;

  if (tamper & GS_UTOPIA_SIGNED_LONG_AGO)
    self->issued_utc_s = today_utc_s - 3 * 365 * DAY_S;
  if (tamper & GS_UTOPIA_SIGNED_LATE)
    {
      self->issued_utc_s = today_utc_s - 200 * DAY_S;
      return issue_year (self) - 4;
    }
  if (tamper & GS_UTOPIA_SIGNED_EARLY)
    {
      int year = issue_year (self);

      self->issued_utc_s -= 2 * 365 * DAY_S;
      return year;
    }
  return issue_year (self);
}

static gboolean
put_signed (GsUtopiaPassport *self,
            const char *name,
            const char *type,
            GBytes *content,
            const GsUtopiaSigner *signers,
            guint n_signers,
            GError **error)
{
  gboolean sod = g_str_equal (name, "ef-sod");
  GsUtopiaCms cms = { .type = type,
                      .content = content,
                      .time_utc_s = self->issued_utc_s,
                      .flags = sod ? self->variant->cms : 0,
                      .signers = signers,
                      .n_signers = n_signers };
  GBytes *whole = gs_utopia_cms_new (&cms, error);

  if (whole == NULL)
    return FALSE;
  put_file (self, name, sod ? gs_utopia_lds_sod (whole) : whole);
  return TRUE;
}

static gboolean
sign_files (GsUtopiaPassport *self, GError **error)
{
  GsUtopiaTamper tamper = self->variant->tamper;
  int year = decide_signing (self);
  const GsUtopiaSigner *signer =
    gs_utopia_country_signer (self->country, self->variant->signer, year, error);
  GsUtopiaSigner both[2];
  g_autoptr (GBytes) object = NULL, infos = NULL;

  if (signer == NULL)
    return FALSE;
  both[0] = both[1] = *signer;
  if (tamper & GS_UTOPIA_TWO_SIGNERS)
    {
      signer = gs_utopia_country_signer (self->country, GS_UTOPIA_SIGNER_P256, year, error);
      if (signer == NULL)
        return FALSE;
      both[1] = *signer;
    }
  object = make_security_object (self, both[0].scheme);
  if (!put_signed (self, "ef-sod",
                   tamper & GS_UTOPIA_ID_DATA ? "1.2.840.113549.1.7.1"
                                              : GS_UTOPIA_ID_SECURITY_OBJECT,
                   object, both, tamper & GS_UTOPIA_TWO_SIGNERS ? 2 : 1, error))
    return FALSE;
  if (self->variant->pace == GS_UTOPIA_MAP_NONE)
    return TRUE;
  put_file (self, "ef-card-access", make_infos (self, TRUE, FALSE));
  if (self->variant->pace != GS_UTOPIA_MAP_CHIP)
    return TRUE;
  infos = make_infos (self, FALSE, TRUE);
  return put_signed (self, "ef-card-security", GS_UTOPIA_ID_CARD_SECURITY, infos, both, 1, error);
}

/* ---- what was done to it afterwards ---- */

static gboolean
tamper_groups (GsUtopiaPassport *self, const GsUtopiaHolder *holder, GError **error)
{
  GsUtopiaTamper tamper = self->variant->tamper;
  g_autoptr (GBytes) blank = NULL;
  g_autofree char *mrz = NULL;
  GBytes *dg2;

  if (tamper & GS_UTOPIA_TAMPER_DG1)
    {
      mrz = change_mrz (self->chip_mrz, NULL, "SPECIMEN");
      put_file (self, "dg1", gs_utopia_lds_dg1 (mrz));
    }
  if (tamper & GS_UTOPIA_TAMPER_DG2)
    {
      GBytes *portrait = holder->other_portrait;

      if (portrait == NULL && holder->portrait != NULL)
        portrait = blank = gs_utopia_face_record_blank (error);
      if (portrait == NULL)
        {
          /* A blank figure is there already: its record calls it the other sex. */
          portrait = blank = gs_utopia_face_record_blank (error);
          self->sex = self->sex == 'M' ? 'F' : 'M';
        }
      if (portrait == NULL)
        return FALSE;
      dg2 = gs_utopia_face_record_dg2 (portrait, self->variant->picture, self->variant->record,
                                       self->sex, error);
      if (dg2 == NULL)
        return FALSE;
      put_file (self, "dg2", dg2);
    }
  return TRUE;
}

static void
finish_files (GsUtopiaPassport *self)
{
  GsUtopiaTamper tamper = self->variant->tamper;
  guint8 numbers[18];
  guint count = list_groups (self, numbers);

  if (tamper & GS_UTOPIA_COM_DISAGREES)
    {
      numbers[count++] = 12;
      numbers[count] = 0;
    }
  put_file (self, "ef-com", gs_utopia_lds_com (numbers));
  if (tamper & GS_UTOPIA_LACKS_FILE)
    g_hash_table_remove (self->files, "dg11");
  if (tamper & GS_UTOPIA_BROKEN_SOD)
    {
      GBytes *whole = g_hash_table_lookup (self->files, "ef-sod");

      /* The length in front still promises all of it. */
      put_file (self, "ef-sod",
                g_bytes_new (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole) * 2 / 3));
    }
}

GsUtopiaPassport *
gs_utopia_passport_new (GsUtopiaCountry *country,
                        const GsUtopiaVariant *variant,
                        const GsUtopiaHolder *holder,
                        GError **error)
{
  g_autoptr (GsUtopiaPassport) self = g_new0 (GsUtopiaPassport, 1);

  self->country = country;
  self->variant = variant;
  self->seed = holder->seed;
  self->files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  if (!decide_holder (self, holder, error))
    return NULL;
  decide_issuance (self);
  if (!take_key (self, "ca", variant->ca, &self->ca, &self->chip_ca, error)
      || !take_key (self, "aa", variant->aa, &self->aa, &self->chip_aa, error)
      || !make_groups (self, holder, error) || !sign_files (self, error)
      || !tamper_groups (self, holder, error))
    return NULL;
  finish_files (self);
  return g_steal_pointer (&self);
}

void
gs_utopia_passport_free (GsUtopiaPassport *self)
{
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_free (self->mrz);
  g_free (self->chip_mrz);
  g_free (self->key_mrz);
  g_free (self->name);
  g_free (self->birth);
  g_free (self);
}

GBytes *
gs_utopia_passport_get_file (GsUtopiaPassport *self, const char *name)
{
  return g_hash_table_lookup (self->files, name);
}

const char *
gs_utopia_passport_get_mrz (GsUtopiaPassport *self)
{
  return self->mrz;
}

/* ---- the folder ---- */

static char *
describe_chip (GsUtopiaPassport *self)
{
  const GsUtopiaVariant *variant = self->variant;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *first = g_strndup (self->mrz, 44);

  g_key_file_set_comment (file, NULL, NULL, " SPECIMEN: nobody of this name exists.", NULL);
  g_key_file_set_string (file, "document", "variant", variant->name);
  g_key_file_set_string (file, "document", "description", variant->description);
  g_key_file_set_string (file, "document", "mrz-line-1", first);
  g_key_file_set_string (file, "document", "mrz-line-2", self->mrz + 44);
  g_key_file_set_string (file, "expected", "result", variant->result);
  g_key_file_set_string (file, "expected", "reason", variant->reason);
  g_key_file_set_string (file, "expected", "check", variant->check);
  g_key_file_set_string (file, "chip", "access-mrz", self->key_mrz + 44);
  g_key_file_set_boolean (file, "chip", "bac", !variant->no_bac);
  if (self->ca != NULL)
    {
      g_autofree char *oid = gs_utopia_ca_oid (self->ca, variant->ca_cipher);

      g_key_file_set_string (file, "chip", "chip-authentication", oid);
    }
  if (variant->tamper & GS_UTOPIA_MUTE)
    g_key_file_set_string (file, "chip", "fault", "mute");
  return g_key_file_to_data (file, NULL, NULL);
}

gboolean
gs_utopia_passport_write (GsUtopiaPassport *self, const char *folder, GError **error)
{
  g_autofree char *ini = describe_chip (self);
  g_autofree char *ini_path = g_build_filename (folder, "chip.ini", NULL);
  g_autofree char *ca = g_build_filename (folder, "ca-key.pem", NULL);
  g_autofree char *aa = g_build_filename (folder, "aa-key.pem", NULL);
  GHashTableIter files;
  gpointer name, bytes;

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  g_hash_table_iter_init (&files, self->files);
  while (g_hash_table_iter_next (&files, &name, &bytes))
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.bin", folder, (const char *) name);

      if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL),
                                     (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_NONE,
                                     0644, error))
        return FALSE;
    }
  if ((self->chip_ca != NULL && !gs_utopia_key_save (self->chip_ca, ca, FALSE, error))
      || (self->chip_aa != NULL && !gs_utopia_key_save (self->chip_aa, aa, FALSE, error)))
    return FALSE;
  /* Last: a folder with this file is whole. */
  return g_file_set_contents_full (ini_path, ini, -1, G_FILE_SET_CONTENTS_NONE, 0644, error);
}
