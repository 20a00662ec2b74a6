/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-account.h"

#include <string.h>

GsAccount *
gs_account_new (void)
{
  return g_new0 (GsAccount, 1);
}

GsAccount *
gs_account_copy (const GsAccount *self)
{
  GsAccount *copy = gs_account_new ();

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->label = g_strdup (self->label);
  copy->hash = g_strdup (self->hash);
  return copy;
}

void
gs_account_free (GsAccount *self)
{
  if (self == NULL)
    return;
  if (self->hash != NULL)
    explicit_bzero (self->hash, strlen (self->hash));
  g_free (self->id);
  g_free (self->name);
  g_free (self->label);
  g_free (self->hash);
  g_free (self);
}

const char *
gs_account_get_display_name (const GsAccount *self)
{
  return self->label != NULL && *self->label != '\0' ? self->label : self->name;
}

gboolean
gs_account_name_is_valid (const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;

  if (length < 1 || length > 64)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (name[i]) && !g_ascii_isdigit (name[i])
        && (i == 0 || strchr (".-_", name[i]) == NULL))
      return FALSE;
  return TRUE;
}
