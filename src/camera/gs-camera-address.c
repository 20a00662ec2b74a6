/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-address.h"

#include <string.h>

G_DEFINE_QUARK (gs - camera - address - error - quark, gs_camera_address_error)

#define RTSP_PORT 554
#define RTSPS_PORT 322

static gboolean
has_control_character (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar) *at < 0x20 || *at == 0x7f)
      return TRUE;
  return FALSE;
}

/* "v4l2:" or "pipewire:" and what stands behind it. */
static gboolean
parse_device (GsCameraAddress *self, GsCameraKind kind, const char *device, GError **error)
{
  self->kind = kind;
  if (*device == '\0')
    {
      g_set_error (error, GS_CAMERA_ADDRESS_ERROR, GS_CAMERA_ADDRESS_ERROR_DEVICE,
                   "The camera's address names no device; \"%s*\" takes the first there is.",
                   kind == GS_CAMERA_KIND_V4L2 ? "v4l2:" : "pipewire:");
      return FALSE;
    }
  if (kind == GS_CAMERA_KIND_V4L2 && g_str_has_prefix (device, ".") && strchr (device, '/') != NULL)
    {
      g_set_error_literal (error, GS_CAMERA_ADDRESS_ERROR, GS_CAMERA_ADDRESS_ERROR_DEVICE,
                           "A camera's device is named by its whole path, such as /dev/video0.");
      return FALSE;
    }
  self->device = g_str_equal (device, "*") ? NULL : g_strdup (device);
  return TRUE;
}

static gboolean
parse_url (GsCameraAddress *self, const char *text, GError **error)
{
  /* GLib knows no port of these schemes; what it cannot read it must not quote, for it may hold a
   * password. */
  g_autoptr (GUri) uri = g_uri_parse (
    text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);
  int port = uri == NULL ? -1 : g_uri_get_port (uri);

  self->kind = GS_CAMERA_KIND_RTSP;
  if (uri == NULL || host == NULL || *host == '\0' || strchr (text, ' ') != NULL)
    {
      g_set_error_literal (error, GS_CAMERA_ADDRESS_ERROR, GS_CAMERA_ADDRESS_ERROR_URL,
                           "The camera's address is no URL with a host, such as "
                           "rtsp://camera-3.example/desk.");
      return FALSE;
    }
  if (port == 0)
    {
      g_set_error_literal (error, GS_CAMERA_ADDRESS_ERROR, GS_CAMERA_ADDRESS_ERROR_URL,
                           "The port in the camera's address is not 1 to 65535.");
      return FALSE;
    }
  self->is_tls = g_ascii_strcasecmp (g_uri_get_scheme (uri), "rtsps") == 0;
  self->host = g_strdup (host);
  self->user = g_strdup (g_uri_get_user (uri));
  self->password = g_strdup (g_uri_get_password (uri));
  self->url = g_uri_join (G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY,
                          self->is_tls ? "rtsps" : "rtsp", NULL, host,
                          port > 0 ? port : (self->is_tls ? RTSPS_PORT : RTSP_PORT),
                          g_uri_get_path (uri), g_uri_get_query (uri), NULL);
  return TRUE;
}

static gboolean
parse_file (GsCameraAddress *self, const char *text, GError **error)
{
  g_autofree char *host = NULL;

  self->kind = GS_CAMERA_KIND_FILE;
  self->path = g_filename_from_uri (text, &host, NULL);
  if (self->path == NULL || host != NULL || g_str_equal (self->path, "/"))
    {
      g_set_error_literal (error, GS_CAMERA_ADDRESS_ERROR, GS_CAMERA_ADDRESS_ERROR_URL,
                           "The camera's file is named by its whole path on this machine, such as "
                           "file:///var/lib/camera/picture.jpg.");
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_into (GsCameraAddress *self, const char *text, GError **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);

  if (has_control_character (text))
    {
      g_set_error_literal (error, GS_CAMERA_ADDRESS_ERROR, GS_CAMERA_ADDRESS_ERROR_SCHEME,
                           "The camera's address has a control character in it.");
      return FALSE;
    }
  if (g_str_equal (text, "*"))
    {
      self->kind = GS_CAMERA_KIND_ANY;
      return TRUE;
    }
  if (g_str_has_prefix (text, "v4l2:"))
    return parse_device (self, GS_CAMERA_KIND_V4L2, text + strlen ("v4l2:"), error);
  if (g_str_has_prefix (text, "pipewire:"))
    return parse_device (self, GS_CAMERA_KIND_PIPEWIRE, text + strlen ("pipewire:"), error);
  if (scheme != NULL
      && (g_ascii_strcasecmp (scheme, "rtsp") == 0 || g_ascii_strcasecmp (scheme, "rtsps") == 0))
    return parse_url (self, text, error);
  if (scheme != NULL && g_ascii_strcasecmp (scheme, "file") == 0)
    return parse_file (self, text, error);
  g_set_error_literal (error, GS_CAMERA_ADDRESS_ERROR, GS_CAMERA_ADDRESS_ERROR_SCHEME,
                       "The camera's address begins with v4l2:, pipewire:, rtsp://, rtsps:// or "
                       "file://, or is * for the first camera there is.");
  return FALSE;
}

GsCameraAddress *
gs_camera_address_parse (const char *text, GError **error)
{
  g_autoptr (GsCameraAddress) self = g_new0 (GsCameraAddress, 1);

  g_return_val_if_fail (text != NULL, NULL);
  return parse_into (self, text, error) ? g_steal_pointer (&self) : NULL;
}

GsCameraAddress *
gs_camera_address_copy (const GsCameraAddress *self)
{
  GsCameraAddress *copy = g_new (GsCameraAddress, 1);

  *copy = (GsCameraAddress){
    .kind = self->kind,
    .device = g_strdup (self->device),
    .url = g_strdup (self->url),
    .host = g_strdup (self->host),
    .is_tls = self->is_tls,
    .user = g_strdup (self->user),
    .password = g_strdup (self->password),
    .path = g_strdup (self->path),
  };
  return copy;
}

void
gs_camera_address_free (GsCameraAddress *self)
{
  if (self == NULL)
    return;
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_free (self->device);
  g_free (self->url);
  g_free (self->host);
  g_free (self->user);
  g_free (self->password);
  g_free (self->path);
  g_free (self);
}

gboolean
gs_camera_address_check (const char *text, GError **error)
{
  g_autoptr (GsCameraAddress) address = gs_camera_address_parse (text, error);

  return address != NULL;
}

static gboolean
begins_with (const char *text, const char *beginning)
{
  return text != NULL && g_str_has_prefix (text, beginning);
}

gboolean
gs_camera_address_fits (const GsCameraAddress *self,
                        GsCameraKind kind,
                        const char *path,
                        const char *name,
                        const char *description,
                        const char *wanted_path)
{
  if (self->kind == GS_CAMERA_KIND_ANY)
    return TRUE;
  if (self->kind != kind)
    return FALSE;
  if (self->device == NULL)
    return TRUE;
  if (*self->device == '/')
    return path != NULL && (g_str_equal (path, self->device) || g_strcmp0 (path, wanted_path) == 0);
  return begins_with (name, self->device) || begins_with (description, self->device);
}
