/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-identity-private.h"

struct _GsCameraIdentity
{
  GTlsInteraction parent;

  GTlsCertificate *certificate;
};

G_DEFINE_FINAL_TYPE (GsCameraIdentity, gs_camera_identity, G_TYPE_TLS_INTERACTION)

static GTlsInteractionResult
gs_camera_identity_request_certificate (GTlsInteraction *interaction,
                                        GTlsConnection *connection,
                                        GTlsCertificateRequestFlags flags,
                                        GCancellable *cancellable,
                                        GError **error)
{
  g_tls_connection_set_certificate (connection, GS_CAMERA_IDENTITY (interaction)->certificate);
  return G_TLS_INTERACTION_HANDLED;
}

static void
gs_camera_identity_dispose (GObject *object)
{
  g_clear_object (&GS_CAMERA_IDENTITY (object)->certificate);
  G_OBJECT_CLASS (gs_camera_identity_parent_class)->dispose (object);
}

static void
gs_camera_identity_class_init (GsCameraIdentityClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_camera_identity_dispose;
  G_TLS_INTERACTION_CLASS (klass)->request_certificate = gs_camera_identity_request_certificate;
}

static void
gs_camera_identity_init (GsCameraIdentity *self)
{
}

GsCameraIdentity *
gs_camera_identity_new (void)
{
  return g_object_new (GS_TYPE_CAMERA_IDENTITY, NULL);
}

gboolean
gs_camera_identity_load (GsCameraIdentity *self,
                         const char *certificate,
                         const char *key,
                         GError **error)
{
  GTlsCertificate *loaded =
    g_str_has_prefix (certificate, "pkcs11:")
      ? g_tls_certificate_new_from_pkcs11_uris (certificate, key, error)
      : g_tls_certificate_new_from_files (certificate, key != NULL ? key : certificate, error);

  if (loaded == NULL)
    return FALSE;
  g_clear_object (&self->certificate);
  self->certificate = loaded;
  return TRUE;
}
