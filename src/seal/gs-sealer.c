/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sealer.h"

#include "gs-seal-curve.h"
#include "gs-seal-error.h"
#include "gs-seal-matrix.h"
#include "gs-worker.h"

#include <string.h>

struct _GsSealer
{
  GObject parent_instance;

  GsSealSigner *signer; /* used on the worker's thread alone */
  GsSealKey *key;
  GsSealHeader header; /* without dates */
  GsWorker *worker;
};

G_DEFINE_FINAL_TYPE (GsSealer, gs_sealer, G_TYPE_OBJECT)

void
gs_sealed_free (GsSealed *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  gs_seal_symbol_unref (self->symbol);
  g_free (self);
}

/* --- on the worker's thread ------------------------------------------------------------------- */

typedef struct
{
  GsSealSigner *signer;
  GsSealKey *key;
  GBytes *encoded;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->signer);
  gs_seal_key_unref (job->key);
  g_bytes_unref (job->encoded);
  g_free (job);
}

static GsSealed *
sign (const Job *job, GError **error)
{
  const GsSealCurve *curve = gs_seal_curve_of (gs_seal_key_get_key (job->key));
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GsSealSymbol *symbol;
  GsSealed *sealed;
  guint8 digest[64];

  gs_seal_curve_hash (curve, job->encoded, digest);
  signature = gs_seal_signer_sign (job->signer, digest, curve->hash_bytes,
                                   gs_seal_key_get_signature_size (job->key), error);
  if (signature == NULL)
    return NULL;
  if (!gs_seal_key_verify (job->key, job->encoded, signature))
    {
      g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY,
                           "the seal's key is not the one in its certificate");
      return NULL;
    }
  bytes = gs_seal_append_signature (job->encoded, signature);
  symbol = gs_seal_matrix_encode (bytes, error);
  if (symbol == NULL)
    return NULL;
  sealed = g_new (GsSealed, 1);
  *sealed = (GsSealed){ g_steal_pointer (&bytes), symbol };
  return sealed;
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GsSealed *sealed = sign (data, &error);

  if (sealed != NULL)
    g_task_return_pointer (task, sealed, (GDestroyNotify) gs_sealed_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* --- the wait for it -------------------------------------------------------------------------- */

static void
stop_waiting (GTask *task)
{
  guint timeout = GPOINTER_TO_UINT (g_task_get_task_data (task));

  if (timeout != 0)
    g_source_remove (timeout);
  g_task_set_task_data (task, NULL, NULL);
}

/* The thread still waits for its token; what it brings is dropped. */
static gboolean
on_slow (gpointer data)
{
  GTask *task = data;

  g_task_set_task_data (task, NULL, NULL);
  if (!g_task_get_completed (task))
    g_task_return_new_error (task, GS_SEAL_ERROR, GS_SEAL_ERROR_SLOW,
                             "the seal's signer did not answer in time");
  return G_SOURCE_REMOVE;
}

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GsSealed *sealed = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_get_task_data (task) == NULL)
    {
      gs_sealed_free (sealed);
      return;
    }
  stop_waiting (task);
  if (sealed != NULL)
    g_task_return_pointer (task, sealed, (GDestroyNotify) gs_sealed_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GBytes *
encode (GsSealer *self, const GsSealImprint *imprint, const GsSealDate *signed_on, GError **error)
{
  GsSealHeader header = self->header;

  if (gs_seal_date_compare (signed_on, gs_seal_key_get_first_day (self->key)) < 0
      || gs_seal_date_compare (signed_on, gs_seal_key_get_last_day (self->key)) > 0)
    {
      g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY,
                           "the seal's certificate is not valid today");
      return NULL;
    }
  header.issued = *signed_on;
  header.signed_on = *signed_on;
  return gs_seal_imprint_encode (imprint, &header, error);
}

void
gs_sealer_seal_async (GsSealer *self,
                      const GsSealImprint *imprint,
                      const GsSealDate *signed_on,
                      guint patience_ms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (GS_IS_SEALER (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) encoded = encode (self, imprint, signed_on, &error);
  g_autoptr (GTask) work = NULL;
  guint timeout;
  Job *job;

  g_task_set_source_tag (task, gs_sealer_seal_async);
  if (encoded == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  job = g_new (Job, 1);
  *job =
    (Job){ g_object_ref (self->signer), gs_seal_key_ref (self->key), g_steal_pointer (&encoded) };
  timeout = g_timeout_add_full (G_PRIORITY_DEFAULT, patience_ms, on_slow, g_object_ref (task),
                                g_object_unref);
  g_task_set_task_data (task, GUINT_TO_POINTER (timeout), NULL);
  work = g_task_new (NULL, cancellable, on_signed, g_object_ref (task));
  g_task_set_task_data (work, job, job_free);
  gs_worker_push (self->worker, work, run);
}

GsSealed *
gs_sealer_seal_finish (GsSealer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the object ------------------------------------------------------------------------------- */

static void
gs_sealer_finalize (GObject *object)
{
  GsSealer *self = GS_SEALER (object);

  if (self->worker != NULL)
    gs_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->signer);
  g_clear_pointer (&self->key, gs_seal_key_unref);
  g_free (self->header.reference);
  G_OBJECT_CLASS (gs_sealer_parent_class)->finalize (object);
}

static void
gs_sealer_class_init (GsSealerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = gs_sealer_finalize;
}

static void
gs_sealer_init (GsSealer *self)
{
}

static gboolean
bad_key (GError **error, const char *certificate, const char *why)
{
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY, "%s: %s", certificate, why);
  return FALSE;
}

/* What the seal will say of its signer. */
static gboolean
take_names (
  GsSealer *self, const char *certificate, const char *country, const char *signer, GError **error)
{
  const char *name = signer != NULL ? signer : gs_seal_key_get_signer (self->key);
  const char *reference = gs_seal_key_get_reference (self->key);

  if (reference == NULL)
    return bad_key (error, certificate, "this is a bare key and no certificate");
  if (name == NULL)
    return bad_key (error, certificate,
                    "C and CN of its subject have not two letters each, so “signer” must say who "
                    "signs");
  if (strlen (name) != 4 || strlen (country) != 3)
    return bad_key (error, certificate, "a signer has four letters, a state three");
  if (strlen (reference) > 5)
    return bad_key (error, certificate,
                    "its serial number has more than five hexadecimal digits, which a seal of this "
                    "size cannot hold");
  if (gs_seal_key_get_signature_size (self->key) != 64)
    return bad_key (error, certificate,
                    "its key is not of 256 bits, so the signature would be too large for the seal");
  if (!gs_seal_key_may_sign (self->key))
    return bad_key (error, certificate, "its key is not for signatures");
  g_strlcpy (self->header.signer, name, sizeof self->header.signer);
  g_strlcpy (self->header.country, country, sizeof self->header.country);
  self->header.reference = g_strdup (reference);
  return TRUE;
}

GsSealer *
gs_sealer_new (GsSealSigner *key,
               const char *certificate,
               const char *country,
               const char *signer,
               GError **error)
{
  g_return_val_if_fail (GS_IS_SEAL_SIGNER (key), NULL);
  g_autoptr (GsSealRing) ring = gs_seal_ring_new ();
  g_autoptr (GsSealer) self = g_object_new (GS_TYPE_SEALER, NULL);

  if (!gs_seal_ring_add_path (ring, certificate, error))
    return NULL;
  if (gs_seal_ring_get_size (ring) != 1)
    {
      bad_key (error, certificate, "there is more than one certificate in it");
      return NULL;
    }
  self->key = gs_seal_key_ref (gs_seal_ring_get (ring, 0));
  if (!take_names (self, certificate, country, signer, error))
    return NULL;
  self->signer = g_object_ref (key);
  self->worker = gs_worker_new ("seal");
  return g_steal_pointer (&self);
}

GsSealKey *
gs_sealer_get_key (GsSealer *self)
{
  g_return_val_if_fail (GS_IS_SEALER (self), NULL);
  return self->key;
}

const char *
gs_sealer_get_signer (GsSealer *self)
{
  g_return_val_if_fail (GS_IS_SEALER (self), NULL);
  return self->header.signer;
}
