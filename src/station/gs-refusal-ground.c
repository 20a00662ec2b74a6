/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-config.h"

void
gs_refusal_ground_free (gpointer data)
{
  GsRefusalGround *ground = data;

  g_free (ground->code);
  g_free (ground->text);
  g_hash_table_unref (ground->translations);
  g_free (ground);
}

const char *
gs_refusal_ground_get_text (const GsRefusalGround *self, const char *language)
{
  const char *text = language != NULL ? g_hash_table_lookup (self->translations, language) : NULL;

  return text != NULL ? text : self->text;
}

const GsRefusalGround *
gs_config_find_ground (const GsConfig *self, const char *code)
{
  for (guint i = 0; code != NULL && self->refusal_grounds != NULL && i < self->refusal_grounds->len;
       i++)
    {
      const GsRefusalGround *ground = g_ptr_array_index (self->refusal_grounds, i);

      if (g_str_equal (ground->code, code))
        return ground;
    }
  return NULL;
}
