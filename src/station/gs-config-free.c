/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-config-private.h"

void
gs_config_free (GsConfig *self)
{
  if (self == NULL)
    return;
  g_free (self->desk_id);
  g_free (self->desk_name);
  g_strfreev (self->gates);
  g_free (self->database);
  g_free (self->specimen_pack);
  g_free (self->pack_authorities);
  g_free (self->hall_url);
  g_free (self->hall_ca);
  g_free (self->hall_certificate);
  g_free (self->hall_key);
  g_free (self->port_name);
  g_free (self->crossing_point);
  g_free (self->transport);
  g_free (self->office);
  g_free (self->authority);
  g_free (self->printer_name);
  g_free (self->printer_uri);
  g_free (self->printer_certificate);
  g_free (self->stamp_code);
  g_free (self->serial_prefix);
  g_free (self->scanner_device);
  g_free (self->reader_name);
  g_free (self->camera_device);
  g_free (self->face_models);
  g_free (self->face_thresholds);
  g_free (self->face_remote_url);
  g_free (self->face_remote_ca);
  g_free (self->face_remote_certificate);
  g_free (self->face_remote_key);
  g_free (self->trust_store);
  gs_config_seal_clear (self);
  g_clear_pointer (&self->more_printers, g_ptr_array_unref);
  g_clear_pointer (&self->refusal_grounds, g_ptr_array_unref);
  g_free (self);
}

gboolean
gs_config_has_gate (const GsConfig *self, const char *gate)
{
  return gate != NULL && g_strv_contains ((const char *const *) self->gates, gate);
}
