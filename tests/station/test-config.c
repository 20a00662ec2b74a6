/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-config.h"

#include <string.h>

#include "gs-test-store.h"

/* The desk's key file: the documented example loads, and every mistake is named with its line. */

typedef struct
{
  char *folder;
  char *path;
  char *example;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *const files[] = { "hall-ca.pem", "desk.pem", "desk-key.pem", "printer.pem" };
  g_autofree char *source =
    g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "docs", "desk.conf.example", NULL);
  g_autoptr (GError) error = NULL;

  fixture->folder = test_directory_new ();
  fixture->path = g_build_filename (fixture->folder, "desk.conf", NULL);
  g_file_get_contents (source, &fixture->example, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, files[i], NULL);

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  g_free (fixture->example);
  test_directory_remove (fixture->folder);
}

/* Loads the example with one text in place of another. */
static GsConfig *
load_with (Fixture *fixture, const char *text, const char *instead, GPtrArray **mistakes)
{
  g_autoptr (GString) content = g_string_new (fixture->example);

  if (text != NULL)
    g_assert_cmpuint (g_string_replace (content, text, instead, 0), ==, 1);
  g_assert_true (g_file_set_contents (fixture->path, content->str, -1, NULL));
  return gs_config_load (fixture->path, mistakes);
}

/* The line of the example in which the text begins. */
static guint
line_of (Fixture *fixture, const char *text)
{
  const char *at = strstr (fixture->example, text);
  guint line = 1;

  g_assert_nonnull (at);
  for (const char *c = fixture->example; c < at; c++)
    line += *c == '\n';
  return line;
}

static void
test_example (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GsConfig) config = load_with (fixture, NULL, NULL, &mistakes);
  g_autofree char *ca = g_build_filename (fixture->folder, "hall-ca.pem", NULL);

  for (guint i = 0; i < mistakes->len; i++)
    g_test_message ("%s", ((GsConfigMistake *) g_ptr_array_index (mistakes, i))->sentence);
  g_assert_cmpuint (mistakes->len, ==, 0);
  g_assert_nonnull (config);
  g_assert_cmpstr (config->desk_id, ==, "desk-3");
  g_assert_cmpuint (g_strv_length (config->gates), ==, 4);
  g_assert_true (gs_config_has_gate (config, "gate-2"));
  g_assert_false (gs_config_has_gate (config, "gate-9"));
  g_assert_cmpstr (config->hall_ca, ==, ca);
  g_assert_cmpint (config->direction, ==, GS_DIRECTION_ARRIVAL);
  g_assert_cmpint (config->window.arrival_limit_ms, ==, 60 * 60000);
  g_assert_false (config->refuse_allowed);
  g_assert_true (config->after_window[GS_AFTER_WINDOW_SLIP]);
  g_assert_false (config->after_window[GS_AFTER_WINDOW_REFUSE]);
  g_assert_null (config->specimen_pack);
  g_assert_cmpint (config->keep_identity_ms, ==, 24 * 60 * 60 * 1000);
  g_assert_cmpint (config->keep_case_ms, ==, 30 * G_GINT64_CONSTANT (86400000));
  g_assert_cmpint (config->keep_quarantine_ms, ==, 24 * 60 * 60 * 1000);
}

/* Printers that stand by, in the file's order. */
static void
test_printers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *groups, *word;
  } cases[] = {
    { "[printer Right]\nuri=ipps://right.uto.example/\n[printer Third one]\n"
      "uri=ipps://third.uto.example/\ncertificate=printer.pem\n",
      NULL },
    { "[printer ]\nuri=ipps://right.uto.example/\n", "one to 24 letters" },
    { "[printer -x]\nuri=ipps://right.uto.example/\n", "one to 24 letters" },
    { "[printer Right]\n#\n", "needs “uri”" },
    { "[printer Right]\nuri=http://right.uto.example/\n", "ipps://" },
    { "[printer Right]\nuri=ipps://stamp-3.uto.example:631/ipp/print/stamp\n",
      "the address of another printer" },
    { "[printer Right]\nuri=ipps://right.uto.example/\nstamp-code=D4\n", "has no key" },
    { "[printer Right]\nuri=ipps://right.uto.example/\ncertificate=nowhere.pem\n",
      "does not exist" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *instead = g_strconcat (cases[i].groups, "[scanner]\n", NULL);
      g_autoptr (GPtrArray) mistakes = NULL;
      g_autoptr (GsConfig) config = load_with (fixture, "[scanner]\n", instead, &mistakes);
      const GsConfigPrinter *third;

      g_assert_cmpuint (mistakes->len, ==, cases[i].word != NULL ? 1 : 0);
      if (cases[i].word != NULL)
        {
          const GsConfigMistake *mistake = g_ptr_array_index (mistakes, 0);

          g_assert_nonnull (strstr (mistake->sentence, cases[i].word));
          continue;
        }
      g_assert_cmpuint (config->more_printers->len, ==, 2);
      third = g_ptr_array_index (config->more_printers, 1);
      g_assert_cmpstr (third->name, ==, "Third one");
      g_assert_cmpstr (third->uri, ==, "ipps://third.uto.example/");
      g_assert_true (g_str_has_suffix (third->certificate, "/printer.pem"));
      g_assert_null (
        ((GsConfigPrinter *) g_ptr_array_index (config->more_printers, 0))->certificate);
    }
}

/* The seals of stamps: every mistake that would else show at the first stamp. */
static void
test_seal (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *keys, *word;
  } cases[] = {
    { "required=no\n", "there is none" },
    { "port=AMA\n", "there is none" },
    { "keys=nowhere.pem\n", "nowhere.pem" },
    { "keys=desk.pem\n", "no certificate and no public key" },
    { "key=desk-key.pem\nport=AMA\n", "“certificate”" },
    { "key=desk-key.pem\ncertificate=desk.pem\nport=AMA\n", "no certificate" },
    { "key=pkcs11:what=1\nport=AMA\ncertificate=nowhere.pem\n", "does not exist" },
    { "signer=UTGS\nkeys=\n", "there is none" },
    { "secret=1\n", "has no key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *instead = g_strconcat ("[seal]\n", cases[i].keys, NULL);
      g_autoptr (GPtrArray) mistakes = NULL;
      g_autoptr (GsConfig) config = load_with (fixture, "[seal]\n", instead, &mistakes);
      gboolean found = FALSE;

      g_assert_null (config);
      for (guint k = 0; k < mistakes->len; k++)
        {
          const GsConfigMistake *mistake = g_ptr_array_index (mistakes, k);

          found = found || strstr (mistake->sentence, cases[i].word) != NULL;
        }
      g_assert_true (found);
    }
}

static void
test_grounds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GsConfig) config = load_with (
    fixture, "[refusal-grounds]\n", "[refusal-grounds]\na-1=First\na-1[ja]=第一\n", &mistakes);
  const GsRefusalGround *ground;

  g_assert_nonnull (config);
  g_assert_null (gs_config_find_ground (config, "a-2"));
  g_assert_null (gs_config_find_ground (config, NULL));
  ground = gs_config_find_ground (config, "a-1");
  g_assert_cmpstr (gs_refusal_ground_get_text (ground, "ja"), ==, "第一");
  g_assert_cmpstr (gs_refusal_ground_get_text (ground, "fr"), ==, "First");
  g_assert_cmpstr (gs_refusal_ground_get_text (ground, NULL), ==, "First");
}

/* A remote engine with everything it needs, and each relaxation of the face's policy. */
static void
test_face (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GsConfig) usual = load_with (fixture, NULL, NULL, &mistakes);
  g_autoptr (GsConfig) config = NULL;

  g_assert_cmpint (usual->face_engine, ==, GS_FACE_ENGINE_OFF);
  g_assert_null (usual->camera_device);
  g_assert_cmpint (usual->face.valid_ms, ==, 5 * 60 * 1000);
  g_assert_false (usual->face.waive_gate_no_match || usual->face.second_when_undecided
                  || usual->face.admit_by_eye || usual->face.stamp_by_eye
                  || usual->face.without_document);
  g_clear_pointer (&mistakes, g_ptr_array_unref);
  /* An engine that can be made silent needs two officers where the gate said no match. */
  config = load_with (fixture, "engine=none", "engine=embedded", &mistakes);
  g_assert_true (config->face.second_when_undecided);
  g_clear_pointer (&config, gs_config_free);
  g_clear_pointer (&mistakes, g_ptr_array_unref);
  config = load_with (fixture, "engine=none",
                      "engine=embedded\n[policy]\nface-no-decision=officer\n", &mistakes);
  g_assert_false (config->face.second_when_undecided);
  g_clear_pointer (&config, gs_config_free);
  g_clear_pointer (&mistakes, g_ptr_array_unref);
  config = load_with (fixture, "engine=none",
                      "engine=remote\nremote-url=https://engine.uto.example\n"
                      "remote-ca=hall-ca.pem\nremote-certificate=desk.pem\n"
                      "remote-key=desk-key.pem\nremote-timeout-seconds=7\n"
                      "[policy]\nface-valid-minutes=3\nface-gate-no-match=officer\n"
                      "face-no-decision=second-officer\nface-admit=by-eye\nface-stamp=by-eye\n"
                      "face-without-document=yes\n[camera]\ndevice=*\n",
                      &mistakes);
  g_assert_nonnull (config);
  g_assert_cmpint (config->face_engine, ==, GS_FACE_ENGINE_REMOTE);
  g_assert_cmpuint (config->face_remote_timeout_ms, ==, 7000);
  g_assert_true (g_path_is_absolute (config->face_remote_key));
  g_assert_cmpstr (config->camera_device, ==, "*");
  g_assert_cmpint (config->face.valid_ms, ==, 3 * 60 * 1000);
  g_assert_true (config->face.waive_gate_no_match && config->face.second_when_undecided
                 && config->face.admit_by_eye && config->face.stamp_by_eye
                 && config->face.without_document);
}

static void
test_shorter_retention (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GsConfig) config =
    load_with (fixture, "#keep-case-days=30", "keep-case-days=7", &mistakes);

  g_assert_nonnull (config);
  g_assert_cmpint (config->keep_case_ms, ==, 7 * 86400000);
}

/* Every key that the program knows stands in the example, perhaps behind a #. */
static void
test_example_is_whole (Fixture *fixture, gconstpointer data)
{
  const char *const keys[] = {
    "id=",
    "name=",
    "gates=",
    "direction=",
    "database=",
    "stamp-pack=",
    "authorities=",
    "url=",
    "ca=",
    "certificate=",
    "key=",
    "transport=",
    "crossing-point=",
    "office=",
    "uri=",
    "stamp-code=",
    "serial-prefix=",
    "device=",
    "arrival-limit-minutes=",
    "departure-limit-minutes=",
    "climb-minutes=",
    "refuse-allowed=",
    "after-window=",
    "engine=",
    "models=",
    "thresholds=",
    "remote-url=",
    "remote-ca=",
    "remote-certificate=",
    "remote-key=",
    "remote-timeout-seconds=",
    "face-valid-minutes=",
    "face-gate-no-match=",
    "face-no-decision=",
    "face-admit=",
    "face-stamp=",
    "face-without-document=",
    "keep-identity-hours=",
    "keep-case-days=",
    "keep-quarantine-hours=",
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *plain = g_strconcat ("\n", keys[i], NULL);
      g_autofree char *hidden = g_strconcat ("\n#", keys[i], NULL);

      g_assert_true (strstr (fixture->example, plain) != NULL
                     || strstr (fixture->example, hidden) != NULL);
    }
}

/* One mistake each: what is written instead, and where it must be found. */
static void
test_mistakes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text, *instead, *word;
    gboolean missing; /* a key that is not there has no line */
  } cases[] = {
    { "id=desk-3", "", "needs “id”", TRUE },
    { "id=desk-3", "id=", "needs “id”", FALSE },
    { "gates=gate-1;", "gates=;", "empty name", FALSE },
    { "direction=arrival", "direction=up", "arrival or departure", FALSE },
    { "url=https://hall", "url=http://hall", "https://", FALSE },
    { "#authorities=pack-authorities.pem", "authorities=nowhere.pem", "does not exist", FALSE },
    { "#authorities=pack-authorities.pem", "authorities=desk.pem", "no certificate", FALSE },
    { "ca=hall-ca.pem", "ca=nowhere.pem", "does not exist", FALSE },
    { "key=desk-key.pem", "", "needs “key”", TRUE },
    { "transport=air", "transport=rail", "air, sea or land", FALSE },
    { "uri=ipps://stamp-3", "uri=ipp://stamp-3", "ipps://", FALSE },
    { "uri=ipps://stamp-3.uto.example:631/", "uri=ipps://stamp-3.uto.example/;", "no semicolon",
      FALSE },
    { "serial-prefix=UTO-D3", "serial-prefix=D3", "three letters", FALSE },
    { "arrival-limit-minutes=60", "arrival-limit-minutes=0", "from 1 to 1440", FALSE },
    { "climb-minutes=3", "climb-minutes=soon", "whole number", FALSE },
    { "refuse-allowed=no", "refuse-allowed=maybe", "yes or no", FALSE },
    { "after-window=slip", "after-window=party", "not “party”", FALSE },
    { "#keep-identity-hours=24", "keep-identity-hours=25", "from 1 to 24", FALSE },
    { "#keep-case-days=30", "keep-case-days=31", "not for a longer one", FALSE },
    { "#keep-quarantine-hours=24", "keep-quarantine-hours=0", "from 1 to 24", FALSE },
    { "refuse-allowed=no", "refuse-allowed=yes", "must name the legal grounds", FALSE },
    { "#specimen-1[ja]=", "specimen-1[ja]=", "no text in English", FALSE },
    { "#specimen-1=Specimen", "a ground=Specimen", "sixteen letters", FALSE },
    { "engine=none", "engine=best", "embedded, remote or none", FALSE },
    { "engine=none", "engine=remote", "needs “remote-url”", TRUE },
    { "#device=*", "device=http://camera.uto.example/", "camera", FALSE },
    { "#thresholds=face-thresholds.ini", "thresholds=desk.pem", "thresholds", FALSE },
    { "#models=models", "models=models", "does not exist", FALSE },
    { "#remote-timeout-seconds=5", "remote-timeout-seconds=5", "belongs to engine=remote", FALSE },
    { "#face-valid-minutes=5", "face-valid-minutes=16", "from 1 to 15", FALSE },
    { "#face-gate-no-match=second-officer", "face-gate-no-match=nobody", "or officer", FALSE },
    { "#face-no-decision=second-officer", "face-no-decision=yes", "or second-officer", FALSE },
    { "#face-admit=required", "face-admit=no", "required or by-eye", FALSE },
    { "#face-stamp=required", "face-stamp=no", "required or by-eye", FALSE },
    { "#face-without-document=no", "face-without-document=by-eye", "yes or no", FALSE },
    { "[reader]", "[toaster]", "no group [toaster]", FALSE },
    { "transport=air", "colour=red", "no key “colour”", FALSE },
    { "transport=air", "name=UTOPIA", "second time", FALSE },
    { "transport=air", "transport", "neither", FALSE },
    { "office=Immigration", "office=\\Immigration", "backslash", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) mistakes = NULL;
      g_autoptr (GsConfig) config = load_with (fixture, cases[i].text, cases[i].instead, &mistakes);
      guint line = cases[i].missing ? 0 : line_of (fixture, cases[i].text);
      gboolean found = FALSE;

      g_assert_null (config);
      for (guint j = 0; j < mistakes->len; j++)
        {
          const GsConfigMistake *mistake = g_ptr_array_index (mistakes, j);

          g_test_message ("line %u: %s", mistake->line, mistake->sentence);
          found =
            found || (mistake->line == line && strstr (mistake->sentence, cases[i].word) != NULL);
        }
      g_assert_true (found);
    }
}

/* All mistakes are told at once, in the order of their lines. */
static void
test_all_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  const char *const text = "[desk]\nid=\ncolour=red\n[hall]\nurl=nonsense\n";
  guint last = 0;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_null (gs_config_load (fixture->path, &mistakes));
  g_assert_cmpuint (mistakes->len, >, 5);
  for (guint i = 0; i < mistakes->len; i++)
    {
      const GsConfigMistake *mistake = g_ptr_array_index (mistakes, i);

      g_assert_cmpuint (mistake->line, >=, last);
      last = mistake->line;
    }
}

static void
test_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GsConfig) config = load_with (fixture, "certificate=desk.pem\nkey=desk-key.pem",
                                           "certificate=pkcs11:token=desk;object=desk", &mistakes);

  g_assert_cmpuint (mistakes->len, ==, 0);
  g_assert_cmpstr (config->hall_certificate, ==, "pkcs11:token=desk;object=desk");
  g_assert_null (config->hall_key);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  const char binary[] = { 'a', '=', (char) 0xff, '\n' };
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GPtrArray) more = NULL;

  g_assert_null (gs_config_load ("/nowhere/desk.conf", &mistakes));
  g_assert_cmpuint (mistakes->len, ==, 1);
  g_assert_true (g_file_set_contents (fixture->path, binary, sizeof binary, NULL));
  g_assert_null (gs_config_load (fixture->path, &more));
  g_assert_cmpuint (more->len, ==, 1);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/station/config/example-loads", test_example);
  ADD ("/station/config/seal", test_seal);
  ADD ("/station/config/example-has-every-key", test_example_is_whole);
  ADD ("/station/config/each-mistake-with-its-line", test_mistakes);
  ADD ("/station/config/all-mistakes-at-once", test_all_at_once);
  ADD ("/station/config/shorter-retention", test_shorter_retention);
  ADD ("/station/config/printers", test_printers);
  ADD ("/station/config/refusal-grounds", test_grounds);
  ADD ("/station/config/face", test_face);
  ADD ("/station/config/token-needs-no-key-file", test_token);
  ADD ("/station/config/unreadable", test_unreadable);
  return g_test_run ();
}
