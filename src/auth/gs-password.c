/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-password.h"

#include <sodium.h>
#include <string.h>

#include "gs-auth-error.h"

#define SHORTEST 8
#define LONGEST 256

/* libsodium's moderate number of passes, on 64 MiB. */
#define PASSES crypto_pwhash_argon2id_OPSLIMIT_MODERATE
#define MEMORY (64u * 1024 * 1024)

static gboolean
is_ready (void)
{
  return sodium_init () >= 0;
}

char *
gs_password_hash (const char *password, GError **error)
{
  char hash[crypto_pwhash_argon2id_STRBYTES];
  gsize length = password != NULL ? strlen (password) : 0;

  if (length < SHORTEST || length > LONGEST)
    {
      g_set_error (error, GS_AUTH_ERROR, GS_AUTH_ERROR_WEAK, "A password has %d to %d bytes",
                   SHORTEST, LONGEST);
      return NULL;
    }
  if (!is_ready () || crypto_pwhash_argon2id_str (hash, password, length, PASSES, MEMORY) != 0)
    {
      g_set_error (error, GS_AUTH_ERROR, GS_AUTH_ERROR_HASH, "Not enough memory for argon2id");
      return NULL;
    }
  return g_strdup (hash);
}

/* Spends the time of a real check where there is no hash to check against. */
static void
spend_time (const char *password, gsize length)
{
  static const guint8 salt[crypto_pwhash_argon2id_SALTBYTES] = { 0 };
  guint8 key[32];

  if (crypto_pwhash_argon2id (key, sizeof key, password, length, salt, PASSES, MEMORY,
                              crypto_pwhash_argon2id_ALG_ARGON2ID13)
      != 0)
    g_debug ("Not enough memory for argon2id");
  sodium_memzero (key, sizeof key);
}

gboolean
gs_password_verify (const char *hash, const char *password)
{
  char padded[crypto_pwhash_argon2id_STRBYTES] = { 0 };
  gsize length = strlen (password);
  gboolean fits;

  if (!is_ready () || length > LONGEST)
    return FALSE;
  if (hash == NULL || strlen (hash) >= sizeof padded
      || !g_str_has_prefix (hash, crypto_pwhash_argon2id_STRPREFIX))
    {
      spend_time (password, length);
      return FALSE;
    }
  memcpy (padded, hash, strlen (hash));
  fits = crypto_pwhash_argon2id_str_verify (padded, password, length) == 0;
  sodium_memzero (padded, sizeof padded);
  return fits;
}
