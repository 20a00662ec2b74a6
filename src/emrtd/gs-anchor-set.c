/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-anchor-set.h"

struct _GsAnchor
{
  GMutex lock;
  GBytes *der;
  GsCertificate *certificate;
  gboolean was_parsed;
  GBytes *key_id;
  char *source;
};

struct _GsAnchorSet
{
  GPtrArray *anchors;
  GHashTable *by_fingerprint; /* char * -> GsAnchor */
  GHashTable *by_country;     /* char * -> GPtrArray of GsAnchor */
};

static void
anchor_free (gpointer data)
{
  GsAnchor *self = data;

  g_mutex_clear (&self->lock);
  g_bytes_unref (self->der);
  gs_certificate_unref (self->certificate);
  g_clear_pointer (&self->key_id, g_bytes_unref);
  g_free (self->source);
  g_free (self);
}

GsAnchorSet *
gs_anchor_set_new (void)
{
  GsAnchorSet *self = g_atomic_rc_box_new0 (GsAnchorSet);

  self->anchors = g_ptr_array_new_with_free_func (anchor_free);
  self->by_fingerprint = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_country =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

GsAnchorSet *
gs_anchor_set_ref (GsAnchorSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
anchor_set_clear (gpointer data)
{
  GsAnchorSet *self = data;

  g_hash_table_unref (self->by_fingerprint);
  g_hash_table_unref (self->by_country);
  g_ptr_array_unref (self->anchors);
}

void
gs_anchor_set_unref (GsAnchorSet *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, anchor_set_clear);
}

gboolean
gs_anchor_set_add_lazy (GsAnchorSet *self,
                        GBytes *der,
                        const char *fingerprint,
                        const char *country,
                        GBytes *subject_key_id,
                        const char *source)
{
  GsAnchor *anchor;
  GPtrArray *of_country;

  if (g_hash_table_contains (self->by_fingerprint, fingerprint))
    return FALSE;
  anchor = g_new0 (GsAnchor, 1);
  g_mutex_init (&anchor->lock);
  anchor->der = g_bytes_ref (der);
  anchor->key_id = subject_key_id != NULL ? g_bytes_ref (subject_key_id) : NULL;
  anchor->source = g_strdup (source);
  g_ptr_array_add (self->anchors, anchor);
  g_hash_table_insert (self->by_fingerprint, g_strdup (fingerprint), anchor);
  of_country = g_hash_table_lookup (self->by_country, country);
  if (of_country == NULL)
    {
      of_country = g_ptr_array_new ();
      g_hash_table_insert (self->by_country, g_strdup (country), of_country);
    }
  g_ptr_array_add (of_country, anchor);
  return TRUE;
}

gboolean
gs_anchor_set_add (GsAnchorSet *self, GsCertificate *certificate, const char *source)
{
  GsAnchor *anchor;

  if (!gs_anchor_set_add_lazy (self, gs_certificate_get_der (certificate),
                               gs_certificate_get_fingerprint (certificate),
                               gs_certificate_get_country (certificate),
                               gs_certificate_get_subject_key_id (certificate), source))
    return FALSE;
  anchor = self->anchors->pdata[self->anchors->len - 1];
  anchor->certificate = gs_certificate_ref (certificate);
  anchor->was_parsed = TRUE;
  return TRUE;
}

guint
gs_anchor_set_get_size (GsAnchorSet *self)
{
  return self->anchors->len;
}

gboolean
gs_anchor_set_contains (GsAnchorSet *self, const char *fingerprint)
{
  return g_hash_table_contains (self->by_fingerprint, fingerprint);
}

guint
gs_anchor_set_count_country (GsAnchorSet *self, const char *country)
{
  GPtrArray *of_country = g_hash_table_lookup (self->by_country, country);

  return of_country != NULL ? of_country->len : 0;
}

GPtrArray *
gs_anchor_set_look_up (GsAnchorSet *self, const char *country, GBytes *key_id)
{
  GPtrArray *of_country = g_hash_table_lookup (self->by_country, country);
  GPtrArray *found = g_ptr_array_new ();

  for (int wanted = 1; of_country != NULL && wanted >= 0; wanted--)
    for (guint i = 0; i < of_country->len; i++)
      if (gs_anchor_has_key_id (of_country->pdata[i], key_id) == wanted)
        g_ptr_array_add (found, of_country->pdata[i]);
  return found;
}

GsCertificate *
gs_anchor_get_certificate (GsAnchor *self)
{
  GsCertificate *certificate;

  g_mutex_lock (&self->lock);
  if (!self->was_parsed)
    self->certificate = gs_certificate_new (self->der, NULL);
  self->was_parsed = TRUE;
  certificate = self->certificate;
  g_mutex_unlock (&self->lock);
  return certificate;
}

const char *
gs_anchor_get_source (GsAnchor *self)
{
  return self->source;
}

gboolean
gs_anchor_has_key_id (GsAnchor *self, GBytes *key_id)
{
  return key_id != NULL && self->key_id != NULL && g_bytes_equal (self->key_id, key_id);
}
