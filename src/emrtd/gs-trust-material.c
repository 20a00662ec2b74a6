/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-material.h"

#include "gs-csca-chain.h"
#include "gs-emrtd-error.h"
#include "gs-ldif.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

/* Larger than any list of today by far; a larger file is a mistake. */
#define LARGEST_FILE (256 * 1024 * 1024)
#define DEEPEST_FOLDER 8

struct _GsTrustMaterial
{
  GsTrustProgress progress;
  gpointer user_data;
  GCancellable *cancellable; /* may be NULL */
  GPtrArray *items;
  GPtrArray *lists;
  GPtrArray *revocation_lists;
  GPtrArray *problems;
};

/* One file that is being read. */
typedef struct
{
  GsTrustMaterial *material;
  const char *source;
  char *sha256;
  guint n_found;
} Reading;

static void
item_free (gpointer data)
{
  GsTrustItem *item = data;

  gs_certificate_unref (item->certificate);
  g_free (item->source);
  g_free (item->file_sha256);
  g_free (item);
}

GsTrustMaterial *
gs_trust_material_new (GsTrustProgress progress, gpointer user_data)
{
  GsTrustMaterial *self = g_new0 (GsTrustMaterial, 1);

  self->progress = progress;
  self->user_data = user_data;
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_master_list_free);
  self->revocation_lists =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_revocation_list_unref);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
gs_trust_material_set_cancellable (GsTrustMaterial *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

void
gs_trust_material_free (GsTrustMaterial *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->revocation_lists);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static void
add_problem (Reading *reading, const char *what, const char *why)
{
  g_ptr_array_add (reading->material->problems,
                   g_strdup_printf ("%s: %s%s%s", reading->source, what, why != NULL ? ": " : "",
                                    why != NULL ? why : ""));
}

static void
add_certificate (Reading *reading, GsCertificate *certificate, GsMasterList *list)
{
  GsTrustItem *item = g_new0 (GsTrustItem, 1);

  item->certificate = gs_certificate_ref (certificate);
  item->list = list;
  item->source = g_strdup (reading->source);
  item->file_sha256 = g_strdup (reading->sha256);
  g_ptr_array_add (reading->material->items, item);
  reading->n_found++;
}

static gboolean
on_list_progress (gsize done, gsize total, gpointer user_data)
{
  Reading *reading = user_data;
  GsTrustMaterial *self = reading->material;

  if (self->progress != NULL)
    self->progress (reading->source, done, total, self->user_data);
  return !g_cancellable_is_cancelled (self->cancellable);
}

static void
add_list (Reading *reading, GsMasterList *list)
{
  GPtrArray *certificates = gs_master_list_get_certificates (list);

  g_ptr_array_add (reading->material->lists, list);
  for (guint i = 0; i < certificates->len; i++)
    add_certificate (reading, certificates->pdata[i], list);
  if (gs_master_list_get_n_unreadable (list) > 0)
    {
      g_autofree char *why =
        g_strdup_printf ("%u of %u entries", gs_master_list_get_n_unreadable (list),
                         gs_master_list_get_n_entries (list));

      add_problem (reading, "Entries of the master list are no certificates", why);
    }
}

/* Certificate, revocation list or master list in DER: each looks like a sequence, so each is tried.
 * FALSE when it is none of them. */
static gboolean
read_der (Reading *reading, GBytes *bytes)
{
  GsTrustMaterial *self = reading->material;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  GsRevocationList *crl;

  if (gs_master_list_looks_like (data, size))
    {
      GsMasterList *list = gs_master_list_new (bytes, on_list_progress, reading, &error);

      if (list == NULL)
        add_problem (reading, "The master list is not readable", error->message);
      else
        add_list (reading, list);
      return list != NULL;
    }
  certificate = gs_certificate_new (bytes, NULL);
  if (certificate != NULL)
    {
      add_certificate (reading, certificate, NULL);
      return TRUE;
    }
  crl = gs_revocation_list_new (bytes, NULL);
  if (crl == NULL)
    return FALSE;
  g_ptr_array_add (self->revocation_lists, crl);
  reading->n_found++;
  return TRUE;
}

static void
read_pem (Reading *reading, const char *text, gsize size)
{
  BIO *bio = BIO_new_mem_buf (text, (int) size);
  char *name, *header;
  unsigned char *data;
  long length;

  while (!g_cancellable_is_cancelled (reading->material->cancellable)
         && PEM_read_bio (bio, &name, &header, &data, &length) == 1)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (data, (gsize) length);

      if (strstr (name, "PRIVATE KEY") != NULL)
        add_problem (reading, "A private key stands in the file and was not read", NULL);
      else if (!read_der (reading, bytes))
        add_problem (reading, "A part of the file is not readable", name);
      OPENSSL_free (name);
      OPENSSL_free (header);
      OPENSSL_free (data);
    }
  if (ERR_GET_REASON (ERR_peek_last_error ()) != PEM_R_NO_START_LINE)
    add_problem (reading, "The file breaks off within a part", NULL);
  ERR_clear_error ();
  BIO_free (bio);
}

static void
on_ldif_value (const char *dn, const char *attribute, GBytes *value, gpointer user_data)
{
  static const char *const wanted[] = {
    "usercertificate",
    "cacertificate",
    "certificaterevocationlist",
    "cscamasterlistdata",
    "pkdmasterlistcontent",
    "authorityrevocationlist",
    NULL,
  };

  Reading *reading = user_data;

  if (!g_cancellable_is_cancelled (reading->material->cancellable)
      && g_strv_contains (wanted, attribute) && !read_der (reading, value))
    add_problem (user_data, "An entry is not readable", dn);
}

static gboolean
is_pem (const char *text, gsize size)
{
  return g_strstr_len (text, (gssize) size, "-----BEGIN ") != NULL;
}

gboolean
gs_trust_material_read_bytes (GsTrustMaterial *self,
                              GBytes *bytes,
                              const char *source,
                              GError **error)
{
  Reading reading = { .material = self, .source = source };
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) ldif_error = NULL;

  if (size == 0 || size > LARGEST_FILE)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT, "%s is empty or too large", source);
      return FALSE;
    }
  reading.sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (text[0] == 0x30)
    read_der (&reading, bytes);
  else if (gs_ldif_looks_like (text, size))
    {
      if (!gs_ldif_read (text, size, on_ldif_value, &reading, &ldif_error))
        add_problem (&reading, "The file breaks off", ldif_error->message);
    }
  else if (is_pem (text, size))
    read_pem (&reading, text, size);
  g_free (reading.sha256);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->progress != NULL)
    self->progress (source, size, size, self->user_data);
  if (reading.n_found > 0)
    return TRUE;
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
               "%s holds no certificate, master list or revocation list that can be read", source);
  return FALSE;
}

static gboolean
read_file (GsTrustMaterial *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return FALSE;
  bytes = g_bytes_new_take (data, size);
  return gs_trust_material_read_bytes (self, bytes, path, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
read_folder (GsTrustMaterial *self, const char *path, GDir *dir, guint depth)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  /* The same order everywhere, whatever the file system's. */
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) error = NULL;
      GDir *inner = depth < DEEPEST_FOLDER ? g_dir_open (names->pdata[i], 0, NULL) : NULL;

      if (inner != NULL)
        {
          read_folder (self, names->pdata[i], inner, depth + 1);
          g_dir_close (inner);
        }
      else if (g_file_test (names->pdata[i], G_FILE_TEST_IS_REGULAR)
               && !read_file (self, names->pdata[i], &error))
        g_ptr_array_add (self->problems, g_strdup (error->message));
    }
}

gboolean
gs_trust_material_read_path (GsTrustMaterial *self, const char *path, GError **error)
{
  guint before = self->items->len + self->revocation_lists->len;
  GDir *dir = g_dir_open (path, 0, NULL);

  if (dir == NULL)
    return read_file (self, path, error);
  read_folder (self, path, dir, 0);
  g_dir_close (dir);
  if (self->items->len + self->revocation_lists->len > before)
    return TRUE;
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NOT_FOUND,
               "%s holds no certificate, master list or revocation list that can be read", path);
  return FALSE;
}

GPtrArray *
gs_trust_material_get_items (GsTrustMaterial *self)
{
  return self->items;
}

GPtrArray *
gs_trust_material_get_lists (GsTrustMaterial *self)
{
  return self->lists;
}

GPtrArray *
gs_trust_material_get_revocation_lists (GsTrustMaterial *self)
{
  return self->revocation_lists;
}

GPtrArray *
gs_trust_material_get_problems (GsTrustMaterial *self)
{
  return self->problems;
}

static gboolean
is_refused_list (GsMasterList *list)
{
  return list != NULL && gs_master_list_is_signed (list)
         && gs_master_list_get_signature (list) != GS_SIGNATURE_GOOD;
}

static gboolean
is_loose_link (const GsTrustItem *item)
{
  return item->list == NULL && !gs_certificate_is_self_signed (item->certificate);
}

/* Link certificates that came by themselves: as long as one more can be verified, round again, for
 * each may be signed by the key that another brought. */
static void
add_links (GsTrustMaterial *self, GsAnchorSet *anchors, GPtrArray *links)
{
  guint before;

  do
    {
      before = links->len;
      for (guint i = 0; i < links->len; i++)
        {
          GsTrustItem *item = links->pdata[i];

          if (!gs_csca_chain_verify_link (item->certificate, anchors, NULL))
            continue;
          gs_anchor_set_add (anchors, item->certificate, item->source);
          g_ptr_array_remove_index (links, i--);
        }
    }
  while (links->len < before);
}

/* The links that are left: where their country has no other anchor, they were named as anchors with
 * no older key to ask, and are taken as they are; else their older key did not sign them. */
static void
add_orphans (GsTrustMaterial *self, GsAnchorSet *anchors, GPtrArray *links)
{
  g_autoptr (GPtrArray) orphans = g_ptr_array_new ();

  for (guint i = 0; i < links->len; i++)
    {
      GsTrustItem *item = links->pdata[i];
      const char *country = gs_certificate_get_country (item->certificate);

      if (gs_anchor_set_contains (anchors, gs_certificate_get_fingerprint (item->certificate)))
        continue;
      if (gs_anchor_set_count_country (anchors, country) == 0)
        g_ptr_array_add (orphans, item);
      else
        g_ptr_array_add (self->problems,
                         g_strdup_printf ("%s: A link certificate of %s is signed by none of its "
                                          "older keys and was left out",
                                          item->source, country));
    }
  for (guint i = 0; i < orphans->len; i++)
    {
      GsTrustItem *item = orphans->pdata[i];

      gs_anchor_set_add (anchors, item->certificate, item->source);
    }
}

GsAnchorSet *
gs_trust_material_make_anchors (GsTrustMaterial *self, GPtrArray **signers)
{
  GsAnchorSet *anchors = gs_anchor_set_new ();
  g_autoptr (GPtrArray) links = g_ptr_array_new ();

  if (signers != NULL)
    *signers = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_certificate_unref);
  for (guint i = 0; i < self->lists->len; i++)
    if (is_refused_list (self->lists->pdata[i]))
      g_ptr_array_add (self->problems, g_strdup ("A master list has a wrong signature and was left "
                                                 "out"));
  for (guint i = 0; i < self->items->len; i++)
    {
      GsTrustItem *item = self->items->pdata[i];

      if (is_refused_list (item->list))
        continue;
      if (!gs_certificate_is_authority (item->certificate))
        {
          if (signers != NULL)
            g_ptr_array_add (*signers, gs_certificate_ref (item->certificate));
        }
      else if (is_loose_link (item))
        g_ptr_array_add (links, item);
      else
        gs_anchor_set_add (anchors, item->certificate, item->source);
    }
  add_links (self, anchors, links);
  add_orphans (self, anchors, links);
  return anchors;
}
