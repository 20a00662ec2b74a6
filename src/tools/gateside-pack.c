/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Template packs: what a designer, an authority and whoever doubts a pack do with them. */

#include "gs-build-config.h"
#include "gs-pack-manifest.h"
#include "gs-stamp-render.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define EXIT_DONE 0
#define EXIT_REFUSED 1
#define EXIT_UNREADABLE 2
#define EXIT_USAGE 64

#define INK 0x25306e
#define PAGE 0xf7f2e4
#define MARGIN_PX 40

static const char usage[] =
  "Usage: gateside-pack verify FOLDER|FILE --authorities PEM [--on DAY] [--json]\n"
  "       gateside-pack sign FOLDER --key PEM --certificate PEM --valid-from DAY\n"
  "                     [--valid-until DAY] [--chain PEM]\n"
  "       gateside-pack make FOLDER --out FILE\n"
  "       gateside-pack preview FOLDER|FILE --out FOLDER [--on DAY]\n"
  "       gateside-pack --help | --version\n"
  "\n"
  "Commands:\n"
  "  verify     whether a desk with these authorities would print with the pack, and if not why\n"
  "  sign       list the pack's files in manifest.txt and sign that list in manifest.p7s\n"
  "  make       make one file of a signed folder\n"
  "  preview    draw every stamp of the pack as PNG; no signature is asked for\n"
  "\n"
  "DAY is such as 2026-11-23; today without it.\n"
  "Exit status: 0 done or verified, 1 refused, 2 not readable or not written, 64 wrong usage.\n";

static char *authorities_path, *on_day, *key_path, *certificate_path, *chain_path;
static char *valid_from, *valid_until, *out_path;
static gboolean as_json;

static int
fail_usage (const char *message)
{
  fprintf (stderr, "gateside-pack: %s\nTry 'gateside-pack --help'.\n", message);
  return EXIT_USAGE;
}

static int
fail (const GError *error)
{
  fprintf (stderr, "gateside-pack: %s\n", error->message);
  switch (error->domain == GS_STAMP_ERROR ? error->code : 0)
    {
    case 0:
    case GS_STAMP_ERROR_PACK_UNREADABLE:
    case GS_STAMP_ERROR_PACK_AUTHORITIES:
      return EXIT_UNREADABLE;
    default:
      return EXIT_REFUSED;
    }
}

static char *
dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

/* Noon of that day, so that no zone makes another of it. */
static gint64
noon_utc_ms (const char *day)
{
  g_autofree char *text = g_strconcat (day, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) noon = g_date_time_new_from_iso8601 (text, NULL);

  return noon != NULL ? g_date_time_to_unix (noon) * 1000 : 0;
}

/* --- verify ----------------------------------------------------------------------------------- */

static json_t *
text_or_null (const char *text)
{
  return text != NULL ? json_string (text) : json_null ();
}

static json_t *
list_files (GsPackFiles *files)
{
  g_auto (GStrv) names = gs_pack_files_dup_names (files);
  json_t *list = json_array ();

  for (char **name = names; *name != NULL; name++)
    {
      GBytes *content = gs_pack_files_get (files, *name);
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

      json_array_append_new (list,
                             json_pack ("{s:s, s:I, s:s}", "name", *name, "size",
                                        (json_int_t) g_bytes_get_size (content), "sha256", digest));
    }
  return list;
}

static json_t *
list_ports (GsStampPack *pack)
{
  static const char *const words[] = { NULL, "air", "sea", "land" };
  GPtrArray *ports = gs_stamp_pack_get_ports (pack);
  json_t *list = json_array ();

  for (guint i = 0; i < ports->len; i++)
    {
      const GsStampPort *port = g_ptr_array_index (ports, i);
      json_t *transports = json_array ();

      for (int t = GS_STAMP_TRANSPORT_AIR; t <= GS_STAMP_TRANSPORT_LAND; t++)
        if (port->transports[t])
          json_array_append_new (transports, json_string (words[t]));
      json_array_append_new (
        list, json_pack ("{s:s, s:o}", "name", port->name, "transports", transports));
    }
  return list;
}

static json_t *
describe_pack (GsStampPack *pack)
{
  const GsPackProof *proof = gs_stamp_pack_get_proof (pack);

  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:o, s:{s:s, s:s, s:s}, s:o, s:b, s:b}", "digest",
                    proof->digest, "name", gs_stamp_pack_get_name (pack), "state",
                    gs_stamp_pack_get_state (pack), "month", gs_stamp_pack_get_month (pack),
                    "valid_from", proof->valid_from, "valid_until",
                    text_or_null (proof->valid_until), "signer", "name", proof->signer, "authority",
                    proof->authority, "sha256", proof->fingerprint, "ports", list_ports (pack),
                    "other_ports", gs_stamp_pack_has_other_ports (pack), "cancelled",
                    gs_stamp_pack_has_kind (pack, GS_STAMP_KIND_CANCELLED));
}

static void
print_json (GsPackFiles *files, GsStampPack *pack, const GError *error)
{
  json_t *whole =
    json_pack ("{s:b, s:o, s:o, s:o, s:o}", "verified", error == NULL, "reason",
               error != NULL ? json_string (gs_stamp_error_to_word ((GsStampError) error->code))
                             : json_null (),
               "message", text_or_null (error != NULL ? error->message : NULL), "files",
               files != NULL ? list_files (files) : json_null (), "pack",
               pack != NULL && error == NULL ? describe_pack (pack) : json_null ());
  char *text = json_dumps (whole, JSON_INDENT (2));

  puts (text);
  free (text);
  json_decref (whole);
}

static void
print_text (GsStampPack *pack)
{
  const GsPackProof *proof = gs_stamp_pack_get_proof (pack);
  GPtrArray *ports = gs_stamp_pack_get_ports (pack);

  printf ("verified: %s, %s, %s\n", gs_stamp_pack_get_name (pack), gs_stamp_pack_get_state (pack),
          gs_stamp_pack_get_month (pack));
  printf ("valid:    from %s%s%s\n", proof->valid_from, proof->valid_until != NULL ? " to " : "",
          proof->valid_until != NULL ? proof->valid_until : "");
  printf ("signer:   %s, of %s\n", proof->signer, proof->authority);
  printf ("          SHA-256 %s\n", proof->fingerprint);
  for (guint i = 0; i < ports->len; i++)
    printf ("%s %s\n", i == 0 ? "ports:   " : "         ",
            ((const GsStampPort *) g_ptr_array_index (ports, i))->name);
  printf ("pack:     SHA-256 %s\n", proof->digest);
}

static int
run_verify (const char *path)
{
  g_autofree char *day = on_day != NULL ? g_strdup (on_day) : dup_today ();
  gint64 now_utc_ms = on_day != NULL ? noon_utc_ms (day) : g_get_real_time () / 1000;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackAuthorities) authorities = gs_pack_authorities_load (authorities_path, &error);
  g_autoptr (GsPackFiles) files = NULL;
  g_autoptr (GsStampPack) pack = NULL;

  if (authorities != NULL)
    files = gs_pack_files_read (path, &error);
  if (files != NULL)
    pack = gs_stamp_pack_new_signed (files, authorities, now_utc_ms, &error);
  if (pack != NULL)
    gs_pack_proof_check_day (gs_stamp_pack_get_proof (pack), day, &error);
  if (as_json)
    print_json (files, pack, error);
  else if (error == NULL)
    print_text (pack);
  else
    printf ("refused: %s\n", gs_stamp_error_to_word ((GsStampError) error->code));
  return error == NULL ? EXIT_DONE : fail (error);
}

/* --- sign and make ---------------------------------------------------------------------------- */

static GBytes *
read_bytes (const char *path, GError **error)
{
  char *text;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  return g_bytes_new_take (text, size);
}

static gboolean
write_bytes (const char *path, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_set_contents (path, data, (gssize) size, error);
}

static gboolean
write_into (const char *folder, GsPackFiles *files, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return write_bytes (path, gs_pack_files_get (files, name), error);
}

static gboolean
sign_folder (const char *folder, GError **error)
{
  g_autoptr (GBytes) key = read_bytes (key_path, error);
  g_autoptr (GBytes) certificate = key != NULL ? read_bytes (certificate_path, error) : NULL;
  g_autoptr (GBytes) chain = NULL;
  g_autoptr (GsPackFiles) files = NULL;
  g_autoptr (GsStampPack) pack = NULL;
  g_autoptr (GBytes) manifest = NULL;

  if (certificate == NULL
      || (chain_path != NULL && (chain = read_bytes (chain_path, error)) == NULL))
    return FALSE;
  files = gs_pack_files_read (folder, error);
  /* An authority does not put its name to what no desk could print. */
  pack = files != NULL ? gs_stamp_pack_new (files, error) : NULL;
  manifest = pack != NULL ? gs_pack_manifest_make (files, valid_from, valid_until, error) : NULL;
  return manifest != NULL && gs_pack_files_put (files, GS_PACK_MANIFEST, manifest, error)
         && gs_pack_sign (files, key, certificate, chain, error)
         && write_into (folder, files, GS_PACK_MANIFEST, error)
         && write_into (folder, files, GS_PACK_SIGNATURE, error);
}

static int
run_sign (const char *folder)
{
  g_autoptr (GError) error = NULL;

  return sign_folder (folder, &error) ? EXIT_DONE : fail (error);
}

static int
run_make (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackFiles) files = gs_pack_files_read (folder, &error);
  g_autoptr (GBytes) tar = NULL;

  if (files != NULL && gs_pack_files_get (files, GS_PACK_SIGNATURE) == NULL)
    g_set_error_literal (&error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_UNSIGNED,
                         "The pack is not signed");
  else if (files != NULL)
    tar = gs_pack_files_write_tar (files, &error);
  return tar != NULL && write_bytes (out_path, tar, &error) ? EXIT_DONE : fail (error);
}

/* --- preview ---------------------------------------------------------------------------------- */

static char *
dup_picture_name (const GsStampFields *fields)
{
  static const char *const transports[] = { NULL, "air", "sea", "land" };
  const char *kind = fields->kind == GS_STAMP_KIND_VOID          ? "void"
                     : fields->kind == GS_STAMP_KIND_CANCELLED   ? "cancelled"
                     : fields->direction == GS_DIRECTION_ARRIVAL ? "entry"
                                                                 : "exit";
  g_autofree char *port = g_ascii_strdown (fields->port, -1);

  for (char *c = port; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      *c = '-';
  return g_strdup_printf ("%s-%s-%s.png", port, kind, transports[fields->transport]);
}

static gboolean
draw_sample (GsStampPack *pack, const GsStampFields *fields, GError **error)
{
  g_autoptr (GsStampBitmap) bitmap = gs_stamp_render (pack, fields, 0, error);
  g_autoptr (GBytes) png =
    bitmap != NULL ? gs_stamp_bitmap_to_png (bitmap, INK, PAGE, MARGIN_PX, error) : NULL;
  g_autofree char *name = dup_picture_name (fields);
  g_autofree char *path = g_build_filename (out_path, name, NULL);

  return png != NULL && write_bytes (path, png, error);
}

static int
run_preview (const char *path)
{
  g_autofree char *day = on_day != NULL ? g_strdup (on_day) : dup_today ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampPack) pack = gs_stamp_pack_load (path, &error);
  g_autoptr (GPtrArray) samples = NULL;

  if (pack == NULL)
    return fail (error);
  if (g_mkdir_with_parents (out_path, 0777) != 0)
    {
      fprintf (stderr, "gateside-pack: %s: %s\n", out_path, g_strerror (errno));
      return EXIT_UNREADABLE;
    }
  samples = gs_stamp_pack_list_samples (pack, day);
  for (guint i = 0; i < samples->len; i++)
    if (!draw_sample (pack, g_ptr_array_index (samples, i), &error))
      return fail (error);
  printf ("%u pictures in %s\n", samples->len, out_path);
  return EXIT_DONE;
}

/* --- the command ------------------------------------------------------------------------------ */

typedef struct
{
  const char *name;
  int (*run) (const char *path);
  gboolean authorities, key, out; /* what it needs */
  gboolean on, json;              /* what it may have */
} Command;

static const Command commands[] = {
  { "verify", run_verify, TRUE, FALSE, FALSE, TRUE, TRUE },
  { "sign", run_sign, FALSE, TRUE, FALSE, FALSE, FALSE },
  { "make", run_make, FALSE, FALSE, TRUE, FALSE, FALSE },
  { "preview", run_preview, FALSE, FALSE, TRUE, TRUE, FALSE },
};

static gboolean
is_bad_day (const char *day)
{
  return day != NULL && !gs_pack_day_is_valid (day);
}

static int
run (const Command *command, const char *path)
{
  gboolean signs = key_path != NULL || certificate_path != NULL || valid_from != NULL
                   || valid_until != NULL || chain_path != NULL;

  if (command->authorities != (authorities_path != NULL))
    return fail_usage (command->authorities ? "--authorities is missing"
                                            : "--authorities belongs to verify");
  if (command->key && (key_path == NULL || certificate_path == NULL || valid_from == NULL))
    return fail_usage ("--key, --certificate and --valid-from are needed");
  if (!command->key && signs)
    return fail_usage ("an option of sign stands with another command");
  if (command->out != (out_path != NULL))
    return fail_usage (command->out ? "--out is missing" : "--out belongs to make and preview");
  if ((as_json && !command->json) || (on_day != NULL && !command->on))
    return fail_usage ("an option does not belong to this command");
  if (is_bad_day (on_day) || is_bad_day (valid_from) || is_bad_day (valid_until))
    return fail_usage ("a day is written such as 2026-11-23");
  if (valid_until != NULL && strcmp (valid_until, valid_from) < 0)
    return fail_usage ("--valid-until is before --valid-from");
  return command->run (path);
}

int
main (int argc, char **argv)
{
  gboolean version = FALSE, help = FALSE;
  const GOptionEntry entries[] = {
    { "authorities", 0, 0, G_OPTION_ARG_FILENAME, &authorities_path, NULL, NULL },
    { "on", 0, 0, G_OPTION_ARG_STRING, &on_day, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, NULL, NULL },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key_path, NULL, NULL },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &certificate_path, NULL, NULL },
    { "chain", 0, 0, G_OPTION_ARG_FILENAME, &chain_path, NULL, NULL },
    { "valid-from", 0, 0, G_OPTION_ARG_STRING, &valid_from, NULL, NULL },
    { "valid-until", 0, 0, G_OPTION_ARG_STRING, &valid_until, NULL, NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out_path, NULL, NULL },
    { "help", 0, 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return fail_usage (error->message);
  if (help)
    {
      fputs (usage, stdout);
      return EXIT_DONE;
    }
  if (version)
    {
      puts ("gateside-pack " GS_VERSION);
      return EXIT_DONE;
    }
  if (argc != 3)
    return fail_usage (argc < 3 ? "a command and a pack are needed" : "one pack is enough");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return run (&commands[i], argv[2]);
  return fail_usage ("unknown command");
}
