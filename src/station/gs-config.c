/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-config.h"

#include <string.h>

#include "gs-camera-address.h"
#include "gs-config-private.h"
#include "gs-face-thresholds.h"

#define CONFIG_SIZE_LIMIT (256 * 1024)

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* How long personal data stay at most: the defaults, which a desk may only shorten. */
#define KEEP_IDENTITY_HOURS 24
#define KEEP_CASE_DAYS 30
#define KEEP_QUARANTINE_HOURS 24

#define FACE_VALID_MINUTES 5
#define FACE_VALID_MINUTES_LIMIT 15

/* Short names in this file. */
typedef GsConfigReader Reader;
#define add_mistake gs_config_add_mistake
#define line_of gs_config_line_of
#define read_text gs_config_read_text
#define read_path gs_config_read_path

typedef struct
{
  const char *group;
  const char *key;
} KnownKey;

static const KnownKey known_keys[] = {
  { "desk", "id" },
  { "desk", "name" },
  { "desk", "gates" },
  { "desk", "direction" },
  { "desk", "database" },
  { "desk", "stamp-pack" },
  { "stamp-packs", "authorities" },
  { "hall", "url" },
  { "hall", "ca" },
  { "hall", "certificate" },
  { "hall", "key" },
  { "port", "name" },
  { "port", "crossing-point" },
  { "port", "transport" },
  { "port", "office" },
  { "port", "authority" },
  { "printer", "name" },
  { "printer", "uri" },
  { "printer", "certificate" },
  { "printer", "stamp-code" },
  { "printer", "serial-prefix" },
  { "scanner", "device" },
  { "reader", "name" },
  { "camera", "device" },
  { "face", "engine" },
  { "face", "models" },
  { "face", "thresholds" },
  { "face", "remote-url" },
  { "face", "remote-ca" },
  { "face", "remote-certificate" },
  { "face", "remote-key" },
  { "face", "remote-timeout-seconds" },
  { "trust", "store" },
  { "policy", "arrival-limit-minutes" },
  { "policy", "departure-limit-minutes" },
  { "policy", "climb-minutes" },
  { "policy", "refuse-allowed" },
  { "policy", "after-window" },
  { "policy", "face-valid-minutes" },
  { "policy", "face-gate-no-match" },
  { "policy", "face-no-decision" },
  { "policy", "face-admit" },
  { "policy", "face-stamp" },
  { "policy", "face-without-document" },
  { "policy", "stamp-code-days" },
  { "policy", "stamp-code-warning-days" },
  { "policy", "stamp-shift-hours" },
  { "policy", "keep-identity-hours" },
  { "policy", "keep-case-days" },
  { "policy", "keep-quarantine-hours" },
};

void
gs_config_mistake_free (GsConfigMistake *self)
{
  if (self == NULL)
    return;
  g_free (self->sentence);
  g_free (self);
}

void
gs_config_set_default_policy (GsConfig *self)
{
  gs_window_policy_init (&self->window);
  gs_stamp_device_policy_init (&self->stamps);
  self->climb_minutes = 3;
  self->face.valid_ms = FACE_VALID_MINUTES * MINUTE_MS;
  self->keep_identity_ms = KEEP_IDENTITY_HOURS * HOUR_MS;
  self->keep_case_ms = KEEP_CASE_DAYS * DAY_MS;
  self->keep_quarantine_ms = KEEP_QUARANTINE_HOURS * HOUR_MS;
}

void
gs_config_add_mistake (Reader *reader, guint line, const char *format, ...)
{
  GsConfigMistake *mistake = g_new0 (GsConfigMistake, 1);
  va_list arguments;

  va_start (arguments, format);
  mistake->line = line;
  mistake->sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (reader->mistakes, mistake);
}

guint
gs_config_line_of (Reader *reader, const char *group, const char *key)
{
  g_autofree char *name = g_strdup_printf ("%s\n%s", group, key);

  return GPOINTER_TO_UINT (g_hash_table_lookup (reader->lines, name));
}

/* Its keys are the agency's own. */
#define GROUNDS "refusal-grounds"

/* Before the name of a printer that stands by. */
#define MORE_PRINTERS "printer "

static gboolean
is_known (const char *group, const char *key)
{
  if (g_str_equal (group, GROUNDS))
    return TRUE;
  if (gs_config_seal_is_key (group, key))
    return TRUE;
  if (g_str_has_prefix (group, MORE_PRINTERS))
    return key == NULL || g_str_equal (key, "uri") || g_str_equal (key, "certificate");
  for (gsize i = 0; i < G_N_ELEMENTS (known_keys); i++)
    if (g_str_equal (known_keys[i].group, group)
        && (key == NULL || g_str_equal (known_keys[i].key, key)))
      return TRUE;
  return FALSE;
}

/* GKeyFile forgets lines and takes the last of two equal keys silently; this pass remembers where
 * each key stands and names what nobody will read. */
static void
read_lines (Reader *reader, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *group = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *equals = strchr (line, '=');

      if (*line == '\0' || *line == '#')
        continue;
      if (*line == '[' && g_str_has_suffix (line, "]"))
        {
          g_free (group);
          group = g_strndup (line + 1, strlen (line) - 2);
          if (!is_known (group, NULL))
            add_mistake (reader, i + 1, "There is no group [%s].", group);
        }
      else if (equals == NULL)
        add_mistake (reader, i + 1, "This line is neither a [group] nor key=value.");
      else if (group == NULL)
        add_mistake (reader, i + 1, "This key stands before the first [group].");
      else
        {
          g_autofree char *key = g_strndup (line, equals - line);
          g_autofree char *name = NULL;

          g_strstrip (key);
          name = g_strdup_printf ("%s\n%s", group, key);
          if (is_known (group, NULL) && !is_known (group, key))
            add_mistake (reader, i + 1, "The group [%s] has no key “%s”.", group, key);
          else if (g_hash_table_contains (reader->lines, name))
            add_mistake (reader, i + 1, "The key “%s” of [%s] stands here a second time.", key,
                         group);
          g_hash_table_insert (reader->lines, g_steal_pointer (&name), GUINT_TO_POINTER (i + 1));
        }
    }
}

char *
gs_config_read_text (Reader *reader, const char *group, const char *key, gboolean required)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = g_key_file_get_string (reader->file, group, key, &error);

  if (g_error_matches (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE))
    {
      add_mistake (reader, line_of (reader, group, key),
                   "The value of “%s” has a backslash that means nothing; write two for one.", key);
      return NULL;
    }
  if (value != NULL)
    g_strstrip (value);
  if (value == NULL || *value == '\0')
    {
      if (required)
        add_mistake (reader, line_of (reader, group, key), "[%s] needs “%s”.", group, key);
      return NULL;
    }
  return g_steal_pointer (&value);
}

static char *
absolute (Reader *reader, const char *path)
{
  if (g_path_is_absolute (path))
    return g_strdup (path);
  return g_build_filename (reader->folder, path, NULL);
}

char *
gs_config_read_path (
  Reader *reader, const char *group, const char *key, gboolean required, gboolean exists)
{
  g_autofree char *value = read_text (reader, group, key, required);
  g_autofree char *path = NULL;

  if (value == NULL)
    return NULL;
  path = absolute (reader, value);
  if (exists && !g_file_test (path, G_FILE_TEST_EXISTS))
    add_mistake (reader, line_of (reader, group, key), "The file “%s” does not exist.", path);
  return g_steal_pointer (&path);
}

static guint
read_number_of (
  Reader *reader, const char *group, const char *key, guint lowest, guint highest, guint otherwise)
{
  g_autofree char *value = read_text (reader, group, key, FALSE);
  guint64 number;

  if (value == NULL)
    return otherwise;
  if (!g_ascii_string_to_unsigned (value, 10, lowest, highest, &number, NULL))
    {
      add_mistake (reader, line_of (reader, group, key),
                   "“%s” must be a whole number from %u to %u.", key, lowest, highest);
      return otherwise;
    }
  return (guint) number;
}

static guint
read_number (Reader *reader, const char *key, guint lowest, guint highest, guint otherwise)
{
  return read_number_of (reader, "policy", key, lowest, highest, otherwise);
}

/* A time after which personal data go. Keeping them longer than the default is not for a key file
 * to say: it needs an administrator and an auditor. */
static gint64
read_keep (Reader *reader, const char *key, guint highest, gint64 unit_ms)
{
  g_autofree char *value = read_text (reader, "policy", key, FALSE);
  guint64 number;

  if (value == NULL)
    return highest * unit_ms;
  if (g_ascii_string_to_unsigned (value, 10, 1, highest, &number, NULL))
    return (gint64) number * unit_ms;
  add_mistake (reader, line_of (reader, "policy", key),
               "“%s” must be a whole number from 1 to %u: personal data may be kept for a shorter "
               "time than that, not for a longer one.",
               key, highest);
  return highest * unit_ms;
}

static gboolean
read_switch (Reader *reader, const char *key, gboolean otherwise)
{
  g_autofree char *value = read_text (reader, "policy", key, FALSE);

  if (value == NULL)
    return otherwise;
  if (g_str_equal (value, "yes") || g_str_equal (value, "no"))
    return g_str_equal (value, "yes");
  add_mistake (reader, line_of (reader, "policy", key), "“%s” must be yes or no.", key);
  return otherwise;
}

/* TRUE for the second of two words; the first holds where nothing stands. */
static gboolean
read_choice (Reader *reader, const char *key, const char *usual, const char *other)
{
  g_autofree char *value = read_text (reader, "policy", key, FALSE);

  if (value == NULL || g_str_equal (value, usual))
    return FALSE;
  if (g_str_equal (value, other))
    return TRUE;
  add_mistake (reader, line_of (reader, "policy", key), "“%s” must be %s or %s.", key, usual,
               other);
  return FALSE;
}

/* A web address with that scheme and a host. */
static char *
read_uri (Reader *reader, const char *group, const char *key, const char *scheme, gboolean required)
{
  g_autofree char *value = read_text (reader, group, key, required);
  g_autoptr (GUri) uri = NULL;

  if (value == NULL)
    return NULL;
  uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), scheme) != 0 || g_uri_get_host (uri) == NULL
      || *g_uri_get_host (uri) == '\0')
    add_mistake (reader, line_of (reader, group, key),
                 "“%s” must be an address that begins with %s://.", key, scheme);
  return g_steal_pointer (&value);
}

static void
read_desk (Reader *reader, GsConfig *config)
{
  g_autofree char *direction = read_text (reader, "desk", "direction", TRUE);
  g_autofree char *gates = read_text (reader, "desk", "gates", TRUE);

  config->desk_id = read_text (reader, "desk", "id", TRUE);
  config->desk_name = read_text (reader, "desk", "name", FALSE);
  if (config->desk_name == NULL)
    config->desk_name = g_strdup (config->desk_id);
  config->database = read_path (reader, "desk", "database", TRUE, FALSE);
  config->specimen_pack = read_path (reader, "desk", "stamp-pack", FALSE, TRUE);
  if (direction != NULL && !gs_direction_from_word (direction, &config->direction))
    add_mistake (reader, line_of (reader, "desk", "direction"),
                 "“direction” must be arrival or departure.");

  config->gates = g_strsplit (gates != NULL ? gates : "", ";", -1);
  for (char **gate = config->gates; *gate != NULL; gate++)
    {
      g_strstrip (*gate);
      if (**gate == '\0' && gate[1] != NULL)
        add_mistake (reader, line_of (reader, "desk", "gates"), "“gates” has an empty name.");
    }
  if (config->gates[0] != NULL)
    {
      guint last = g_strv_length (config->gates) - 1;

      /* A list may end with its separator. */
      if (*config->gates[last] == '\0')
        g_clear_pointer (&config->gates[last], g_free);
    }
}

static void
read_hall (Reader *reader, GsConfig *config)
{
  g_autofree char *certificate = read_text (reader, "hall", "certificate", TRUE);
  gboolean token = certificate != NULL && g_str_has_prefix (certificate, "pkcs11:");

  config->hall_url = read_uri (reader, "hall", "url", "https", TRUE);
  config->hall_ca = read_path (reader, "hall", "ca", TRUE, TRUE);
  if (token)
    config->hall_certificate = g_steal_pointer (&certificate);
  else
    {
      config->hall_certificate = read_path (reader, "hall", "certificate", FALSE, TRUE);
      config->hall_key = read_path (reader, "hall", "key", TRUE, TRUE);
    }
}

static void
read_port (Reader *reader, GsConfig *config)
{
  const char *const modes[] = { "air", "sea", "land", NULL };

  config->port_name = read_text (reader, "port", "name", TRUE);
  config->crossing_point = read_text (reader, "port", "crossing-point", FALSE);
  config->office = read_text (reader, "port", "office", FALSE);
  config->authority = read_text (reader, "port", "authority", FALSE);
  if (config->authority == NULL)
    config->authority = g_strdup (config->port_name);
  config->transport = read_text (reader, "port", "transport", FALSE);
  if (config->transport == NULL)
    config->transport = g_strdup ("air");
  if (!g_strv_contains (modes, config->transport))
    add_mistake (reader, line_of (reader, "port", "transport"),
                 "“transport” must be air, sea or land.");
}

static void
config_printer_free (gpointer data)
{
  GsConfigPrinter *printer = data;

  g_free (printer->name);
  g_free (printer->uri);
  g_free (printer->certificate);
  g_free (printer);
}

/* The journal writes the address between semicolons. */
static char *
read_printer_uri (Reader *reader, const char *group)
{
  char *uri = read_uri (reader, group, "uri", "ipps", TRUE);

  if (uri != NULL && strchr (uri, ';') != NULL)
    add_mistake (reader, line_of (reader, group, "uri"), "“uri” may hold no semicolon.");
  return uri;
}

static gboolean
is_other_printer (const GsConfig *config, const char *name, const char *uri)
{
  if (g_strcmp0 (config->printer_name, name) == 0 || g_strcmp0 (config->printer_uri, uri) == 0)
    return TRUE;
  for (guint i = 0; i < config->more_printers->len; i++)
    {
      const GsConfigPrinter *printer = g_ptr_array_index (config->more_printers, i);

      if (g_str_equal (printer->name, name) || g_strcmp0 (printer->uri, uri) == 0)
        return TRUE;
    }
  return FALSE;
}

/* [printer NAME]: the printers that stand by, in the order in which they are asked. */
static void
read_more_printers (Reader *reader, GsConfig *config)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);

  config->more_printers = g_ptr_array_new_with_free_func (config_printer_free);
  for (char **group = groups; *group != NULL; group++)
    {
      const char *name = *group + strlen (MORE_PRINTERS);
      GsConfigPrinter *printer;
      guint line;

      if (!g_str_has_prefix (*group, MORE_PRINTERS))
        continue;
      line = line_of (reader, *group, "uri");
      if (!g_key_file_has_group (reader->file, "printer"))
        add_mistake (reader, line, "[%s] stands by for a [printer], and there is none.", *group);
      if (!g_regex_match_simple ("^[\\p{L}\\p{N}](?:[\\p{L}\\p{N} .-]{0,22}[\\p{L}\\p{N}])?$", name,
                                 0, 0))
        add_mistake (
          reader, line,
          "[%s]: a printer’s name is one to 24 letters, digits, spaces, dots or hyphens.", *group);
      printer = g_new0 (GsConfigPrinter, 1);
      printer->name = g_strdup (name);
      printer->uri = read_printer_uri (reader, *group);
      printer->certificate = read_path (reader, *group, "certificate", FALSE, TRUE);
      if (is_other_printer (config, printer->name, printer->uri))
        add_mistake (reader, line, "[%s] has the name or the address of another printer.", *group);
      g_ptr_array_add (config->more_printers, printer);
    }
}

static void
read_printer (Reader *reader, GsConfig *config)
{
  if (g_key_file_has_group (reader->file, "printer"))
    {
      config->printer_name = read_text (reader, "printer", "name", FALSE);
      config->printer_uri = read_printer_uri (reader, "printer");
      config->printer_certificate = read_path (reader, "printer", "certificate", FALSE, TRUE);
    }
  read_more_printers (reader, config);
  if (!g_key_file_has_group (reader->file, "printer"))
    return;
  config->stamp_code = read_text (reader, "printer", "stamp-code", TRUE);
  if (config->stamp_code != NULL && !gs_stamp_device_id_is_valid (config->stamp_code))
    add_mistake (reader, line_of (reader, "printer", "stamp-code"),
                 "“stamp-code” must be 1 to 16 of A-Z, 0-9 and -, such as D3.");
  config->serial_prefix = read_text (reader, "printer", "serial-prefix", TRUE);
  if (config->serial_prefix != NULL
      && !g_regex_match_simple ("^[A-Z]{3}-[A-Z0-9]{1,6}$", config->serial_prefix, 0, 0))
    add_mistake (
      reader, line_of (reader, "printer", "serial-prefix"),
      "“serial-prefix” must be three letters, a hyphen and one to six letters or digits, "
      "such as UTO-D3.");
}

static GsFaceEngineKind
read_engine (Reader *reader)
{
  g_autofree char *engine = read_text (reader, "face", "engine", FALSE);

  if (engine == NULL || g_str_equal (engine, "none"))
    return GS_FACE_ENGINE_OFF;
  if (g_str_equal (engine, "embedded"))
    return GS_FACE_ENGINE_EMBEDDED;
  if (g_str_equal (engine, "remote"))
    return GS_FACE_ENGINE_REMOTE;
  add_mistake (reader, line_of (reader, "face", "engine"),
               "“engine” must be embedded, remote or none.");
  return GS_FACE_ENGINE_OFF;
}

/* A key of the remote engine that another engine has no use for would look as if it were used. */
static void
refuse_remote_keys (Reader *reader)
{
  static const char *const keys[] = { "remote-url", "remote-ca", "remote-certificate", "remote-key",
                                      "remote-timeout-seconds" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (line_of (reader, "face", keys[i]) != 0)
      add_mistake (reader, line_of (reader, "face", keys[i]),
                   "“%s” belongs to engine=remote, and “engine” says something else.", keys[i]);
}

static void
read_camera (Reader *reader, GsConfig *config)
{
  g_autoptr (GError) error = NULL;

  config->camera_device = read_text (reader, "camera", "device", FALSE);
  if (config->camera_device != NULL && !gs_camera_address_check (config->camera_device, &error))
    add_mistake (reader, line_of (reader, "camera", "device"), "%s", error->message);
}

static void
check_thresholds (Reader *reader, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsFaceThresholds) thresholds = NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  thresholds = gs_face_thresholds_load (path, &error);
  if (thresholds == NULL)
    add_mistake (reader, line_of (reader, "face", "thresholds"), "%s", error->message);
}

static void
read_face (Reader *reader, GsConfig *config)
{
  read_camera (reader, config);
  config->face_engine = read_engine (reader);
  config->face_models = read_path (reader, "face", "models", FALSE, TRUE);
  config->face_thresholds = read_path (reader, "face", "thresholds", FALSE, TRUE);
  check_thresholds (reader, config->face_thresholds);
  if (config->face_engine != GS_FACE_ENGINE_REMOTE)
    {
      refuse_remote_keys (reader);
      return;
    }
  config->face_remote_url = read_uri (reader, "face", "remote-url", "https", TRUE);
  config->face_remote_ca = read_path (reader, "face", "remote-ca", TRUE, TRUE);
  config->face_remote_certificate = read_path (reader, "face", "remote-certificate", TRUE, TRUE);
  config->face_remote_key = read_path (reader, "face", "remote-key", TRUE, TRUE);
  config->face_remote_timeout_ms =
    1000
    * read_number_of (reader, "face", "remote-timeout-seconds", 1, 20, GS_FACE_TIMEOUT_MS / 1000);
}

static void
read_face_policy (Reader *reader, GsConfig *config)
{
  GsFacePolicy *policy = &config->face;
  /* Else pulling out the camera would make a second officer unnecessary. */
  gboolean engine = config->face_engine != GS_FACE_ENGINE_OFF;

  policy->valid_ms =
    read_number (reader, "face-valid-minutes", 1, FACE_VALID_MINUTES_LIMIT, FACE_VALID_MINUTES)
    * MINUTE_MS;
  policy->waive_gate_no_match =
    read_choice (reader, "face-gate-no-match", "second-officer", "officer");
  policy->second_when_undecided =
    engine ? !read_choice (reader, "face-no-decision", "second-officer", "officer")
           : read_choice (reader, "face-no-decision", "officer", "second-officer");
  policy->admit_by_eye = read_choice (reader, "face-admit", "required", "by-eye");
  policy->stamp_by_eye = read_choice (reader, "face-stamp", "required", "by-eye");
  policy->without_document = read_switch (reader, "face-without-document", FALSE);
}

static void
read_policy (Reader *reader, GsConfig *config)
{
  g_autofree char *after = read_text (reader, "policy", "after-window", FALSE);
  g_auto (GStrv) words = g_strsplit (after != NULL ? after : "slip;office", ";", -1);

  config->window.arrival_limit_ms =
    read_number (reader, "arrival-limit-minutes", 1, 24 * 60, 60) * G_GINT64_CONSTANT (60000);
  config->window.departure_limit_ms =
    read_number (reader, "departure-limit-minutes", 1, 24 * 60, 360) * G_GINT64_CONSTANT (60000);
  config->climb_minutes = read_number (reader, "climb-minutes", 1, 60, 3);
  read_face_policy (reader, config);
  config->stamps.code_ms = read_number (reader, "stamp-code-days", 1, 31, 30) * DAY_MS;
  config->stamps.warn_ms = read_number (reader, "stamp-code-warning-days", 0, 14, 5) * DAY_MS;
  config->stamps.hold_ms = read_number (reader, "stamp-shift-hours", 1, 24, 14) * HOUR_MS;
  config->refuse_allowed = read_switch (reader, "refuse-allowed", FALSE);
  config->keep_identity_ms =
    read_keep (reader, "keep-identity-hours", KEEP_IDENTITY_HOURS, HOUR_MS);
  config->keep_case_ms = read_keep (reader, "keep-case-days", KEEP_CASE_DAYS, DAY_MS);
  config->keep_quarantine_ms =
    read_keep (reader, "keep-quarantine-hours", KEEP_QUARANTINE_HOURS, HOUR_MS);
  for (char **word = words; *word != NULL; word++)
    {
      g_strstrip (*word);
      if (g_str_equal (*word, "refuse"))
        config->after_window[GS_AFTER_WINDOW_REFUSE] = TRUE;
      else if (g_str_equal (*word, "office"))
        config->after_window[GS_AFTER_WINDOW_OFFICE] = TRUE;
      else if (g_str_equal (*word, "slip"))
        config->after_window[GS_AFTER_WINDOW_SLIP] = TRUE;
      else if (**word != '\0')
        add_mistake (reader, line_of (reader, "policy", "after-window"),
                     "“after-window” knows refuse, office and slip, not “%s”.", *word);
    }
}

/* "a-1" and "a-1[ja]": the text of a ground in English, and in another language. */
static void
read_ground (Reader *reader, GsConfig *config, const char *key)
{
  static const char *const languages[] = { "ja", "zh", "ko", "fr", "es", "de" };
  GsRefusalGround *ground;

  if (strchr (key, '[') != NULL)
    {
      g_autofree char *code = g_strndup (key, (gsize) (strchr (key, '[') - key));

      if (!g_key_file_has_key (reader->file, GROUNDS, code, NULL))
        add_mistake (reader, line_of (reader, GROUNDS, key), "“%s” has no text in English.", code);
      return;
    }
  if (!g_regex_match_simple ("^[A-Za-z0-9-]{1,16}$", key, 0, 0))
    {
      add_mistake (reader, line_of (reader, GROUNDS, key),
                   "A ground is named by one to sixteen letters, digits or hyphens, not “%s”.",
                   key);
      return;
    }
  ground = g_new0 (GsRefusalGround, 1);
  ground->code = g_strdup (key);
  ground->text = read_text (reader, GROUNDS, key, TRUE);
  ground->translations = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s[%s]", key, languages[i]);

      if (g_key_file_has_key (reader->file, GROUNDS, name, NULL))
        {
          char *text = read_text (reader, GROUNDS, name, TRUE);

          if (text != NULL)
            g_hash_table_insert (ground->translations, (gpointer) languages[i], text);
        }
    }
  g_ptr_array_add (config->refusal_grounds, ground);
}

static void
read_grounds (Reader *reader, GsConfig *config)
{
  g_auto (GStrv) keys = g_key_file_get_keys (reader->file, GROUNDS, NULL, NULL);

  config->refusal_grounds = g_ptr_array_new_with_free_func (gs_refusal_ground_free);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    read_ground (reader, config, keys[i]);
  if (config->refuse_allowed && config->refusal_grounds->len == 0)
    add_mistake (reader, line_of (reader, "policy", "refuse-allowed"),
                 "Where officers may refuse, [" GROUNDS "] must name the legal grounds.");
}

static char *
read_file (Reader *reader, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, &error))
    add_mistake (reader, 0, "The file cannot be read: %s", error->message);
  else if (length > CONFIG_SIZE_LIMIT)
    add_mistake (reader, 0, "The file is larger than a desk's key file can be.");
  else if (!g_utf8_validate (text, (gssize) length, NULL))
    add_mistake (reader, 0, "The file is not UTF-8 text.");
  else
    return g_steal_pointer (&text);
  return NULL;
}

static GsConfig *
read_all (Reader *reader, const char *text)
{
  g_autoptr (GsConfig) config = g_new0 (GsConfig, 1);
  g_autoptr (GError) error = NULL;

  read_lines (reader, text);
  if (!g_key_file_load_from_data (reader->file, text, (gsize) -1, G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &error))
    {
      if (reader->mistakes->len == 0)
        add_mistake (reader, 0, "The file is not a key file: %s", error->message);
      return NULL;
    }
  read_desk (reader, config);
  gs_config_packs_read (reader, config);
  read_hall (reader, config);
  read_port (reader, config);
  read_printer (reader, config);
  config->scanner_device = read_path (reader, "scanner", "device", FALSE, FALSE);
  config->reader_name = read_text (reader, "reader", "name", FALSE);
  read_face (reader, config);
  config->trust_store = read_path (reader, "trust", "store", FALSE, FALSE);
  gs_config_seal_read (reader, config);
  read_policy (reader, config);
  read_grounds (reader, config);
  return reader->mistakes->len == 0 ? g_steal_pointer (&config) : NULL;
}

static int
compare_mistakes (gconstpointer a, gconstpointer b)
{
  const GsConfigMistake *first = *(GsConfigMistake *const *) a;
  const GsConfigMistake *second = *(GsConfigMistake *const *) b;

  return first->line < second->line ? -1 : first->line > second->line;
}

GsConfig *
gs_config_load (const char *path, GPtrArray **mistakes)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  Reader reader = { .file = g_key_file_new (),
                    .lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                    .mistakes =
                      g_ptr_array_new_with_free_func ((GDestroyNotify) gs_config_mistake_free),
                    .folder = g_path_get_dirname (full) };
  g_autofree char *text = read_file (&reader, full);
  GsConfig *config = text != NULL ? read_all (&reader, text) : NULL;

  g_ptr_array_sort (reader.mistakes, compare_mistakes);
  *mistakes = reader.mistakes;
  g_key_file_unref (reader.file);
  g_hash_table_unref (reader.lines);
  g_free (reader.folder);
  return config;
}
