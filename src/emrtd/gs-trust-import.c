/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-import.h"

#include "gs-csca-chain.h"

#include <string.h>

struct _GsTrustImport
{
  GsTrustStore *store;
  GsTrustMaterial *material;
  GHashTable *confirmed;
  GsAnchorSet *anchors; /* the store's, and what is being taken */
  GPtrArray *parts;
  GArray *list_decisions;
  GPtrArray *no_longer_listed;
};

char *
gs_trust_import_normalise_fingerprint (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isxdigit (*text))
      g_string_append_c (digits, g_ascii_tolower (*text));
    else if (strchr (": -", *text) == NULL)
      return NULL;
  return digits->len == 64 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static gboolean
is_confirmed (GsTrustImport *self, const char *fingerprint)
{
  return g_hash_table_contains (self->confirmed, fingerprint)
         || gs_trust_store_is_confirmed (self->store, fingerprint);
}

gboolean
gs_trust_import_is_confirmed (GsTrustImport *self, GsMasterList *list)
{
  GsCertificate *signer = gs_master_list_get_signer (list);
  GsCertificate *authority = gs_master_list_get_authority (list);

  if (signer != NULL && is_confirmed (self, gs_certificate_get_fingerprint (signer)))
    return TRUE;
  /* An authority vouches only for those whom it made signers of lists: each of its document signers
   * could sign one, too. */
  return signer != NULL && authority != NULL
         && gs_certificate_has_purpose (signer, GS_PURPOSE_MASTER_LIST)
         && is_confirmed (self, gs_certificate_get_fingerprint (authority));
}

static gboolean
is_item_confirmed (GsTrustImport *self, const GsTrustItem *item)
{
  if (item->list != NULL && gs_master_list_is_signed (item->list))
    return gs_trust_import_is_confirmed (self, item->list);
  return is_confirmed (self, gs_certificate_get_fingerprint (item->certificate))
         || is_confirmed (self, item->file_sha256);
}

static GsTrustDecision
decide (GsTrustImport *self, const GsTrustItem *item)
{
  GsCertificate *certificate = item->certificate;
  gboolean confirmed = is_item_confirmed (self, item);
  gboolean is_link;

  if (gs_anchor_set_contains (self->anchors, gs_certificate_get_fingerprint (certificate)))
    return GS_TRUST_ALREADY_THERE;
  if (item->list != NULL && gs_master_list_is_signed (item->list))
    {
      if (gs_master_list_get_signature (item->list) != GS_SIGNATURE_GOOD)
        return GS_TRUST_LIST_WRONG;
      return confirmed ? GS_TRUST_TAKEN : GS_TRUST_NOT_CONFIRMED;
    }
  if (!gs_certificate_is_authority (certificate))
    return GS_TRUST_NOT_AUTHORITY;
  if (gs_certificate_get_key (certificate, NULL) == NULL)
    return GS_TRUST_KEY_NOT_ACCEPTED;
  is_link = !gs_certificate_is_self_signed (certificate);
  if (is_link && gs_csca_chain_verify_link (certificate, self->anchors, NULL))
    return GS_TRUST_TAKEN_LINK;
  if (!is_link && !gs_certificate_is_signed_by (certificate, certificate))
    return GS_TRUST_LINK_WRONG;
  if (!confirmed)
    return GS_TRUST_NOT_CONFIRMED;
  return is_link
             && gs_anchor_set_count_country (self->anchors,
                                             gs_certificate_get_country (certificate))
                  > 0
           ? GS_TRUST_LINK_WRONG
           : GS_TRUST_TAKEN;
}

static void
take_if (GsTrustImport *self, GsTrustPart *part)
{
  if (part->decision == GS_TRUST_TAKEN || part->decision == GS_TRUST_TAKEN_LINK)
    gs_anchor_set_add (self->anchors, part->item->certificate, part->item->source);
}

/* A link may stand before the certificate that it links from: those that were not taken are asked
 * again as long as something new came in. */
static void
decide_all (GsTrustImport *self)
{
  GPtrArray *items = gs_trust_material_get_items (self->material);
  guint before;

  for (guint i = 0; i < items->len; i++)
    {
      GsTrustPart *part = g_new0 (GsTrustPart, 1);

      part->item = items->pdata[i];
      part->decision = decide (self, part->item);
      take_if (self, part);
      g_ptr_array_add (self->parts, part);
    }
  do
    {
      before = gs_anchor_set_get_size (self->anchors);
      for (guint i = 0; i < self->parts->len; i++)
        {
          GsTrustPart *part = self->parts->pdata[i];

          if (part->item->list != NULL
              || (part->decision != GS_TRUST_NOT_CONFIRMED
                  && part->decision != GS_TRUST_LINK_WRONG))
            continue;
          part->decision = decide (self, part->item);
          take_if (self, part);
        }
    }
  while (gs_anchor_set_get_size (self->anchors) > before);
}

static gboolean
is_newer_there (GsTrustImport *self, GsRevocationList *list)
{
  GPtrArray *there = gs_trust_store_get_revocation_lists (self->store);

  for (guint i = 0; i < there->len; i++)
    if (gs_revocation_list_is_same_series (there->pdata[i], list)
        && gs_revocation_list_get_this_update_utc_ms (there->pdata[i])
             >= gs_revocation_list_get_this_update_utc_ms (list))
      return TRUE;
  return FALSE;
}

static GsTrustDecision
decide_list (GsTrustImport *self, GsRevocationList *list)
{
  g_autoptr (GPtrArray) anchors =
    gs_anchor_set_look_up (self->anchors, gs_revocation_list_get_country (list), NULL);

  if (is_newer_there (self, list))
    return GS_TRUST_ALREADY_THERE;
  for (guint i = 0; i < anchors->len; i++)
    {
      GsCertificate *anchor = gs_anchor_get_certificate (anchors->pdata[i]);

      if (anchor != NULL && gs_certificate_is_authority (anchor)
          && gs_revocation_list_is_signed_by (list, anchor))
        return GS_TRUST_TAKEN;
    }
  return GS_TRUST_NOT_CONFIRMED;
}

/* What the lists of one state are called in the store. */
static char *
name_source (const GsTrustItem *item)
{
  GsCertificate *signer = item->list != NULL ? gs_master_list_get_signer (item->list) : NULL;

  if (signer != NULL)
    return g_strdup_printf ("Master list of %s", gs_certificate_get_country (signer));
  return g_path_get_basename (item->source);
}

static void
find_no_longer_listed (GsTrustImport *self)
{
  g_autoptr (GHashTable) sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const GsTrustItem *item = ((GsTrustPart *) self->parts->pdata[i])->item;

      g_hash_table_add (listed, (gpointer) gs_certificate_get_fingerprint (item->certificate));
      if (item->list != NULL && gs_trust_import_is_confirmed (self, item->list))
        g_hash_table_add (sources, name_source (item));
    }
  for (guint i = 0; i < gs_trust_store_get_n_entries (self->store); i++)
    {
      const GsTrustEntry *entry = gs_trust_store_get_entry (self->store, i);

      if (g_hash_table_contains (sources, entry->source)
          && !g_hash_table_contains (listed, entry->fingerprint))
        g_ptr_array_add (self->no_longer_listed, g_strdup (entry->fingerprint));
    }
}

GsTrustImport *
gs_trust_import_new (GsTrustStore *store, GsTrustMaterial *material, const char *const *confirmed)
{
  GsTrustImport *self = g_new0 (GsTrustImport, 1);
  GPtrArray *lists = gs_trust_material_get_revocation_lists (material);

  self->store = store;
  self->material = material;
  self->confirmed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->anchors = gs_anchor_set_new ();
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->list_decisions = g_array_new (FALSE, FALSE, sizeof (GsTrustDecision));
  self->no_longer_listed = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; confirmed != NULL && confirmed[i] != NULL; i++)
    {
      char *fingerprint = gs_trust_import_normalise_fingerprint (confirmed[i]);

      if (fingerprint != NULL)
        g_hash_table_add (self->confirmed, fingerprint);
    }
  gs_trust_store_add_anchors (store, self->anchors);
  decide_all (self);
  for (guint i = 0; i < lists->len; i++)
    {
      GsTrustDecision decision = decide_list (self, lists->pdata[i]);

      g_array_append_val (self->list_decisions, decision);
    }
  find_no_longer_listed (self);
  return self;
}

void
gs_trust_import_free (GsTrustImport *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->confirmed);
  gs_anchor_set_unref (self->anchors);
  g_ptr_array_unref (self->parts);
  g_array_unref (self->list_decisions);
  g_ptr_array_unref (self->no_longer_listed);
  g_free (self);
}

guint
gs_trust_import_get_n_parts (GsTrustImport *self)
{
  return self->parts->len;
}

const GsTrustPart *
gs_trust_import_get_part (GsTrustImport *self, guint index)
{
  return g_ptr_array_index (self->parts, index);
}

guint
gs_trust_import_count (GsTrustImport *self, GsTrustDecision decision)
{
  guint count = 0;

  for (guint i = 0; i < self->parts->len; i++)
    count += ((GsTrustPart *) self->parts->pdata[i])->decision == decision;
  return count;
}

GsTrustDecision
gs_trust_import_get_list_decision (GsTrustImport *self, guint index)
{
  return g_array_index (self->list_decisions, GsTrustDecision, index);
}

GPtrArray *
gs_trust_import_get_no_longer_listed (GsTrustImport *self)
{
  return self->no_longer_listed;
}

/* Only what vouched for something is remembered. */
static void
remember (GsTrustImport *self, const GsTrustItem *item)
{
  GsCertificate *vouchers[] = { gs_master_list_get_signer (item->list),
                                gs_master_list_get_authority (item->list) };

  for (guint i = 0; i < G_N_ELEMENTS (vouchers); i++)
    if (vouchers[i] != NULL
        && g_hash_table_contains (self->confirmed, gs_certificate_get_fingerprint (vouchers[i])))
      gs_trust_store_confirm (self->store, gs_certificate_get_fingerprint (vouchers[i]));
}

void
gs_trust_import_apply (GsTrustImport *self, gint64 now_utc_ms)
{
  GPtrArray *lists = gs_trust_material_get_revocation_lists (self->material);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const GsTrustPart *part = self->parts->pdata[i];
      g_autofree char *source = NULL;
      gboolean from_list = part->item->list != NULL && gs_master_list_is_signed (part->item->list);

      if (part->decision != GS_TRUST_TAKEN && part->decision != GS_TRUST_TAKEN_LINK)
        continue;
      source = name_source (part->item);
      gs_trust_store_add (self->store, part->item->certificate, source,
                          part->decision == GS_TRUST_TAKEN_LINK ? GS_TRUST_BY_LINK
                          : from_list                           ? GS_TRUST_BY_LIST
                                                                : GS_TRUST_BY_CONFIRMATION,
                          now_utc_ms);
      if (from_list)
        remember (self, part->item);
    }
  for (guint i = 0; i < lists->len; i++)
    if (gs_trust_import_get_list_decision (self, i) == GS_TRUST_TAKEN)
      gs_trust_store_add_revocation_list (self->store, lists->pdata[i]);
}

const char *
gs_trust_decision_to_word (GsTrustDecision decision)
{
  switch (decision)
    {
    case GS_TRUST_TAKEN:
      return "taken";
    case GS_TRUST_TAKEN_LINK:
      return "taken-link";
    case GS_TRUST_ALREADY_THERE:
      return "already-there";
    case GS_TRUST_NOT_CONFIRMED:
      return "not-confirmed";
    case GS_TRUST_LIST_WRONG:
      return "list-signature-wrong";
    case GS_TRUST_NOT_AUTHORITY:
      return "not-an-authority";
    case GS_TRUST_LINK_WRONG:
      return "signature-wrong";
    case GS_TRUST_KEY_NOT_ACCEPTED:
      break;
    }
  return "key-not-accepted";
}
