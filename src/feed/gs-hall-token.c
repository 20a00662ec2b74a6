/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-token.h"

#include <string.h>

struct _GsHallToken
{
  GTlsInteraction parent_instance;

  char *pin;
};

G_DEFINE_FINAL_TYPE (GsHallToken, gs_hall_token, G_TYPE_TLS_INTERACTION)

static GTlsInteractionResult
gs_hall_token_ask_password (GTlsInteraction *interaction,
                            GTlsPassword *password,
                            GCancellable *cancellable,
                            GError **error)
{
  return gs_hall_token_fill (GS_HALL_TOKEN (interaction), password) ? G_TLS_INTERACTION_HANDLED
                                                                    : G_TLS_INTERACTION_UNHANDLED;
}

static void
gs_hall_token_finalize (GObject *object)
{
  GsHallToken *self = GS_HALL_TOKEN (object);

  if (self->pin != NULL)
    explicit_bzero (self->pin, strlen (self->pin));
  g_free (self->pin);
  G_OBJECT_CLASS (gs_hall_token_parent_class)->finalize (object);
}

static void
gs_hall_token_class_init (GsHallTokenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_hall_token_finalize;
  G_TLS_INTERACTION_CLASS (klass)->ask_password = gs_hall_token_ask_password;
}

static void
gs_hall_token_init (GsHallToken *self)
{
}

/* An attribute of a PKCS#11 URI (RFC 7512), unescaped. Transfer full or NULL. */
static char *
read_attribute (const char *uri, const char *name)
{
  g_auto (GStrv) parts = g_strsplit_set (uri + strlen ("pkcs11:"), ";?&", -1);

  for (char **part = parts; *part != NULL; part++)
    if (g_str_has_prefix (*part, name) && (*part)[strlen (name)] == '=')
      return g_uri_unescape_string (*part + strlen (name) + 1, NULL);
  return NULL;
}

/* The first line of the file that pin-source names ("file:/…" or a path). */
static char *
read_pin_source (const char *uri)
{
  g_autofree char *source = read_attribute (uri, "pin-source");
  const char *path = source;
  char *pin = NULL;

  if (source == NULL)
    return NULL;
  if (g_str_has_prefix (path, "file://"))
    path += strlen ("file://");
  else if (g_str_has_prefix (path, "file:"))
    path += strlen ("file:");
  if (!g_file_get_contents (path, &pin, NULL, NULL))
    return NULL;
  pin[strcspn (pin, "\r\n")] = '\0';
  return pin;
}

GTlsInteraction *
gs_hall_token_new (const char *pin, const char *uri)
{
  GsHallToken *self = g_object_new (GS_TYPE_HALL_TOKEN, NULL);

  if (pin != NULL)
    self->pin = g_strdup (pin);
  else if (g_str_has_prefix (uri, "pkcs11:"))
    {
      self->pin = read_attribute (uri, "pin-value");
      if (self->pin == NULL)
        self->pin = read_pin_source (uri);
    }
  return G_TLS_INTERACTION (self);
}

gboolean
gs_hall_token_fill (GsHallToken *self, GTlsPassword *password)
{
  g_return_val_if_fail (GS_IS_HALL_TOKEN (self), FALSE);

  if (self->pin == NULL || (g_tls_password_get_flags (password) & G_TLS_PASSWORD_RETRY) != 0)
    return FALSE;
  g_tls_password_set_value (password, (const guchar *) self->pin, -1);
  return TRUE;
}
