/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The certificates and revocation lists that verify and read judge on. */

#include "gateside-document-belief.h"

#include "gateside-document.h"

#include "gs-revocation.h"
#include "gs-time.h"
#include "gs-trust-store.h"

#include <string.h>

/* More problems than these are counted only. */
#define PROBLEMS_SHOWN 20

void
gs_document_belief_init (GsDocumentBelief *self)
{
  memset (self, 0, sizeof *self);
  self->anchor_paths = g_ptr_array_new ();
  self->crl_paths = g_ptr_array_new ();
  self->now_utc_ms = g_get_real_time () / 1000;
}

void
gs_document_belief_clear (GsDocumentBelief *self)
{
  g_clear_pointer (&self->anchor_paths, g_ptr_array_unref);
  g_clear_pointer (&self->crl_paths, g_ptr_array_unref);
  g_clear_pointer (&self->anchors, gs_anchor_set_unref);
  g_clear_pointer (&self->signers, g_ptr_array_unref);
  g_clear_pointer (&self->material, gs_trust_material_free);
  g_clear_pointer (&self->crl_material, gs_trust_material_free);
}

gboolean
gs_document_belief_take (GsDocumentBelief *self, int argc, char **argv, int *at)
{
  const char *value;

  if (gs_document_take_value (argc, argv, at, "--store", &value))
    {
      if (self->store != NULL)
        return FALSE;
      self->store = value;
      return TRUE;
    }
  if (gs_document_take_value (argc, argv, at, "--time", &value))
    return gs_time_parse_rfc3339 (value, -1, &self->now_utc_ms);
  if (gs_document_take_value (argc, argv, at, "--anchors", &value))
    {
      g_ptr_array_add (self->anchor_paths, (gpointer) value);
      /* "--anchors A B" is the same as "--anchors A --anchors B". */
      while (*at + 1 < argc && argv[*at + 1][0] != '-')
        g_ptr_array_add (self->anchor_paths, argv[++*at]);
      return TRUE;
    }
  if (gs_document_take_value (argc, argv, at, "--crl", &value))
    {
      g_ptr_array_add (self->crl_paths, (gpointer) value);
      return TRUE;
    }
  return FALSE;
}

gboolean
gs_document_belief_has_anchors (const GsDocumentBelief *self)
{
  return self->anchor_paths->len > 0 || self->store != NULL;
}

/* FALSE when a path cannot be opened. One that holds nothing of use is a problem, not an end: what
 * the other paths hold may do. */
static gboolean
read_paths (GsTrustMaterial *material, GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (gs_trust_material_read_path (material, paths->pdata[i], &error))
        continue;
      if (error->domain == G_FILE_ERROR)
        {
          gs_document_complain (error->message, NULL);
          return FALSE;
        }
      g_ptr_array_add (gs_trust_material_get_problems (material), g_strdup (error->message));
    }
  return TRUE;
}

/* Opens the store, whose anchors and lists join those of the paths. */
static gboolean
join_store (GsDocumentBelief *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustStore) store = NULL;

  if (self->store == NULL)
    return TRUE;
  store = gs_trust_store_open (self->store, &error);
  if (store == NULL)
    {
      gs_document_complain (error->message, NULL);
      return FALSE;
    }
  gs_trust_store_add_anchors (store, self->anchors);
  GPtrArray *lists = gs_trust_store_get_revocation_lists (store);
  for (guint i = 0; i < lists->len; i++)
    g_ptr_array_add (self->revocation_lists, gs_revocation_list_ref (lists->pdata[i]));
  return TRUE;
}

static gpointer
ref_list (gconstpointer list, gpointer user_data)
{
  return gs_revocation_list_ref ((GsRevocationList *) list);
}

gboolean
gs_document_belief_load (GsDocumentBelief *self)
{
  self->material = gs_trust_material_new (NULL, NULL);
  self->crl_material = gs_trust_material_new (NULL, NULL);
  self->revocation_lists = gs_trust_material_get_revocation_lists (self->material);
  if (!read_paths (self->material, self->anchor_paths)
      || !read_paths (self->crl_material, self->crl_paths))
    return FALSE;
  /* A certificate that stands beside a revocation list is no anchor for that. */
  g_ptr_array_extend (self->revocation_lists,
                      gs_trust_material_get_revocation_lists (self->crl_material), ref_list, NULL);
  self->anchors = gs_trust_material_make_anchors (self->material, &self->signers);
  return join_store (self);
}

static void
add_problems (GsVerdict *verdict, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len && i < PROBLEMS_SHOWN; i++)
    gs_verdict_warn (verdict, "entry-unusable", "%s", (const char *) problems->pdata[i]);
  if (problems->len > PROBLEMS_SHOWN)
    gs_verdict_warn (verdict, "entries-unusable", "%u more entries could not be used.",
                     problems->len - PROBLEMS_SHOWN);
}

void
gs_document_belief_warn (const GsDocumentBelief *self, GsVerdict *verdict)
{
  add_problems (verdict, gs_trust_material_get_problems (self->material));
  add_problems (verdict, gs_trust_material_get_problems (self->crl_material));
}
