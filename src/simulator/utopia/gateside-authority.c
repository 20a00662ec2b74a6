/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-country.h"
#include "gs-utopia-passport.h"
#include "gs-utopia-variant.h"

#include "gs-build-config.h"

#include <stdlib.h>
#include <string.h>

#define EXIT_USAGE 64

static struct
{
  char *country, *passport, *all, *variant, *mrz, *name, *birth, *portrait, *portraits, *today;
  int person;
  gint64 seed;
  gboolean list, quiet, version;
} opt = { .person = -1, .seed = 1 };

static const GOptionEntry entries[] = {
  { "country", 'c', 0, G_OPTION_ARG_FILENAME, &opt.country,
    "Folder of the state: keys, certificates, lists; made when it is not there", "DIR" },
  { "passport", 'p', 0, G_OPTION_ARG_FILENAME, &opt.passport, "Make one passport in this folder",
    "DIR" },
  { "variant", 'v', 0, G_OPTION_ARG_STRING, &opt.variant, "Which passport (genuine)", "NAME" },
  { "all", 'a', 0, G_OPTION_ARG_FILENAME, &opt.all,
    "Make one passport of every variant, each in a folder of its name below DIR", "DIR" },
  { "mrz", 'm', 0, G_OPTION_ARG_STRING, &opt.mrz,
    "The page's 88 characters; without it a citizen is made up", "TEXT" },
  { "name", 'n', 0, G_OPTION_ARG_FILENAME, &opt.name,
    "Name in DG11, own script, FAMILY<<GIVEN; with --mrz", "TEXT" },
  { "birth", 'b', 0, G_OPTION_ARG_STRING, &opt.birth, "Birth in DG11; with --mrz", "YYYYMMDD" },
  { "portrait", 0, 0, G_OPTION_ARG_FILENAME, &opt.portrait, "The picture, JPEG", "FILE" },
  { "portraits", 0, 0, G_OPTION_ARG_FILENAME, &opt.portraits,
    "Take the pictures out of a folder of gateside-portraits", "DIR" },
  { "person", 0, 0, G_OPTION_ARG_INT, &opt.person, "Which citizen (0-23)", "N" },
  { "seed", 's', 0, G_OPTION_ARG_INT64, &opt.seed, "Seed of keys and citizens (1)", "N" },
  { "today", 't', 0, G_OPTION_ARG_STRING, &opt.today, "The day of issue of it all (today)",
    "YYYY-MM-DD" },
  { "list-variants", 'l', 0, G_OPTION_ARG_NONE, &opt.list,
    "Print name, expected result, referral reason, check and description of every variant", NULL },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &opt.quiet, "Nothing on standard output", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &opt.version, "Print the version", NULL },
  { NULL },
};

static void
list_variants (void)
{
  for (const GsUtopiaVariant *variant = gs_utopia_variants (); variant->name != NULL; variant++)
    g_print ("%s\t%s\t%s\t%s\t%s\n", variant->name, variant->result,
             *variant->reason ? variant->reason : "-", *variant->check ? variant->check : "-",
             variant->description);
}

static GBytes *
load_portrait (guint person)
{
  g_autofree char *path = opt.portrait ? g_strdup (opt.portrait)
                          : opt.portraits
                            ? g_strdup_printf ("%s/%02u-passport.jpg", opt.portraits, person)
                            : NULL;
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  if (path == NULL)
    return NULL;
  if (g_file_get_contents (path, &contents, &length, &error))
    return g_bytes_new_take (contents, length);
  g_printerr ("gateside-authority: %s\n", error->message);
  exit (EXIT_FAILURE);
}

static gboolean
make_passport (GsUtopiaCountry *country,
               const GsUtopiaVariant *variant,
               const char *folder,
               guint person,
               GError **error)
{
  g_autoptr (GBytes) portrait = load_portrait (person);
  g_autoptr (GBytes) other = opt.portraits ? load_portrait ((person + 1) % 24) : NULL;
  GsUtopiaHolder holder = { .mrz = opt.mrz,
                            .person = person,
                            .seed = (guint64) opt.seed + person,
                            .name = opt.name,
                            .birth = opt.birth,
                            .portrait = portrait,
                            .other_portrait = other };
  g_autoptr (GsUtopiaPassport) passport = gs_utopia_passport_new (country, variant, &holder, error);
  const char *mrz;

  if (passport == NULL || !gs_utopia_passport_write (passport, folder, error))
    return FALSE;
  mrz = gs_utopia_passport_get_mrz (passport);
  if (!opt.quiet)
    g_print ("%s\t%s\t%.44s\t%s\n", folder, variant->name, mrz, mrz + 44);
  return TRUE;
}

static gboolean
make_all (GsUtopiaCountry *country, GError **error)
{
  guint person = opt.person < 0 ? 0 : (guint) opt.person;

  for (const GsUtopiaVariant *variant = gs_utopia_variants (); variant->name != NULL; variant++)
    {
      g_autofree char *folder = g_build_filename (opt.all, variant->name, NULL);

      if (!make_passport (country, variant, folder, person, error))
        return FALSE;
      if (opt.person < 0)
        person = (person + 7) % 24;
    }
  return TRUE;
}

static gboolean
run (gint64 today_utc_s, const GsUtopiaVariant *variant, GError **error)
{
  g_autoptr (GsUtopiaCountry) country =
    gs_utopia_country_open (opt.country, (guint64) opt.seed, today_utc_s, error);

  if (country == NULL || !gs_utopia_country_publish (country, error))
    return FALSE;
  if (opt.passport != NULL
      && !make_passport (country, variant, opt.passport, (guint) MAX (opt.person, 0), error))
    return FALSE;
  return opt.all == NULL || make_all (country, error);
}

/* NULL, or what is wrong with the command line. */
static const char *
check_options (gint64 *today_utc_s, const GsUtopiaVariant **variant)
{
  g_autoptr (GDateTime) day = NULL;

  *variant = gs_utopia_variant_find (opt.variant ? opt.variant : "genuine");
  if (*variant == NULL)
    return "there is no such variant; see --list-variants";
  if (opt.country == NULL)
    return "--country DIR is needed";
  if (opt.mrz != NULL && strlen (opt.mrz) != 88)
    return "--mrz takes 88 characters";
  if (opt.name != NULL && !g_utf8_validate (opt.name, -1, NULL))
    return "--name takes UTF-8";
  if (opt.person > 23)
    return "--person takes 0 to 23";
  *today_utc_s = g_get_real_time () / G_USEC_PER_SEC;
  if (opt.today != NULL)
    {
      g_autofree char *text = g_strconcat (opt.today, "T00:00:00Z", NULL);

      day = g_date_time_new_from_iso8601 (text, NULL);
      if (day == NULL)
        return "--today takes YYYY-MM-DD";
      *today_utc_s = g_date_time_to_unix (day);
    }
  return NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const GsUtopiaVariant *variant;
  gint64 today_utc_s = 0;
  const char *wrong;

  g_option_context_set_summary (
    context, "Issues the specimen passports of Utopia, genuine and otherwise, and the\n"
             "certificates behind them. Nothing of it is a document of any state.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("gateside-authority: %s\n", error ? error->message : "unexpected argument");
      return EXIT_USAGE;
    }
  if (opt.version)
    {
      g_print ("gateside-authority " GS_VERSION "\n");
      return EXIT_SUCCESS;
    }
  if (opt.list)
    {
      list_variants ();
      return EXIT_SUCCESS;
    }
  if ((wrong = check_options (&today_utc_s, &variant)))
    {
      g_printerr ("gateside-authority: %s\n", wrong);
      return EXIT_USAGE;
    }
  if (run (today_utc_s, variant, &error))
    return EXIT_SUCCESS;
  g_printerr ("gateside-authority: %s\n", error->message);
  return EXIT_FAILURE;
}
