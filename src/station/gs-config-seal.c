/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-config-private.h"

#include "gs-sealer.h"

#include <string.h>

#define GROUP "seal"

static const char *const known_keys[] = { "key",      "certificate", "signer", "port",
                                          "required", "keys",        NULL };

gboolean
gs_config_seal_is_key (const char *group, const char *key)
{
  return g_str_equal (group, GROUP) && (key == NULL || g_strv_contains (known_keys, key));
}

void
gs_config_seal_clear (GsConfig *config)
{
  g_free (config->seal_key);
  g_free (config->seal_certificate);
  g_free (config->seal_signer);
  g_free (config->seal_port);
  g_strfreev (config->seal_keys);
}

static guint
line (GsConfigReader *reader, const char *key)
{
  return gs_config_line_of (reader, GROUP, key);
}

/* A path, or the address of a token. */
static char *
read_key (GsConfigReader *reader)
{
  g_autofree char *text = gs_config_read_text (reader, GROUP, "key", FALSE);

  if (text == NULL || g_str_has_prefix (text, "pkcs11:"))
    return g_steal_pointer (&text);
  return gs_config_read_path (reader, GROUP, "key", FALSE, TRUE);
}

static gboolean
read_required (GsConfigReader *reader)
{
  g_autofree char *text = gs_config_read_text (reader, GROUP, "required", FALSE);

  if (text != NULL && !g_str_equal (text, "yes") && !g_str_equal (text, "no"))
    gs_config_add_mistake (reader, line (reader, "required"), "“required” must be yes or no.");
  return g_strcmp0 (text, "no") != 0;
}

/* Each file with what it holds: a key that cannot be used is told before the first seal is read. */
static char **
read_keys (GsConfigReader *reader)
{
  g_autofree char *text = gs_config_read_text (reader, GROUP, "keys", FALSE);
  g_auto (GStrv) names = text != NULL ? g_strsplit (text, ";", -1) : NULL;
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autoptr (GsSealRing) ring = gs_seal_ring_new ();

  if (names == NULL)
    return NULL;
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = NULL;
      g_autoptr (GError) error = NULL;

      if (*g_strstrip (*name) == '\0')
        continue;
      path = g_canonicalize_filename (*name, reader->folder);
      if (!gs_seal_ring_add_path (ring, path, &error))
        gs_config_add_mistake (reader, line (reader, "keys"), "%s", error->message);
      g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

/* What the desk would only notice at its first stamp. */
static void
check_sealer (GsConfigReader *reader, const GsConfig *config)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsSealSigner) signer = gs_seal_signer_new (config->seal_key, &error);
  g_autoptr (GsSealer) sealer = NULL;

  if (signer == NULL)
    {
      gs_config_add_mistake (reader, line (reader, "key"), "%s", error->message);
      return;
    }
  if (config->seal_certificate == NULL
      || !g_file_test (config->seal_certificate, G_FILE_TEST_EXISTS))
    return;
  sealer = gs_sealer_new (signer, config->seal_certificate, "UTO", config->seal_signer, &error);
  if (sealer == NULL)
    gs_config_add_mistake (reader, line (reader, "certificate"), "%s", error->message);
}

static void
check_port_and_prefix (GsConfigReader *reader, const GsConfig *config)
{
  if (config->seal_port != NULL && !g_regex_match_simple ("^[A-Z0-9]{3}$", config->seal_port, 0, 0))
    gs_config_add_mistake (reader, line (reader, "port"),
                           "“port” must be three letters or digits, such as AMA.");
  if (config->serial_prefix == NULL)
    gs_config_add_mistake (reader, line (reader, "key"),
                           "A desk without [printer] has no stamps that could be sealed.");
  else if (strlen (config->serial_prefix) > strlen ("UTO-ABC"))
    gs_config_add_mistake (reader, gs_config_line_of (reader, "printer", "serial-prefix"),
                           "A seal has room for a “serial-prefix” of at most three letters or "
                           "digits behind the hyphen.");
}

static void
refuse_without_key (GsConfigReader *reader)
{
  static const char *const names[] = { "certificate", "signer", "port", "required" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (line (reader, names[i]) != 0)
      gs_config_add_mistake (reader, line (reader, names[i]),
                             "“%s” belongs to a “key”, and there is none.", names[i]);
}

void
gs_config_seal_read (GsConfigReader *reader, GsConfig *config)
{
  config->seal_keys = read_keys (reader);
  config->seal_key = read_key (reader);
  if (config->seal_key == NULL)
    {
      refuse_without_key (reader);
      return;
    }
  config->seal_certificate = gs_config_read_path (reader, GROUP, "certificate", TRUE, TRUE);
  config->seal_signer = gs_config_read_text (reader, GROUP, "signer", FALSE);
  config->seal_port = gs_config_read_text (reader, GROUP, "port", TRUE);
  config->seal_required = read_required (reader);
  check_port_and_prefix (reader, config);
  check_sealer (reader, config);
}
