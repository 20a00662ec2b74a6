/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-session.h"

struct _GsSession
{
  GObject parent_instance;

  char *officer_id;
  char *display_name;
  GsRole role;
  gint64 since_utc_ms;
};

G_DEFINE_FINAL_TYPE (GsSession, gs_session, G_TYPE_OBJECT)

static void
gs_session_finalize (GObject *object)
{
  GsSession *self = GS_SESSION (object);

  g_free (self->officer_id);
  g_free (self->display_name);
  G_OBJECT_CLASS (gs_session_parent_class)->finalize (object);
}

static void
gs_session_class_init (GsSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_session_finalize;
}

static void
gs_session_init (GsSession *self)
{
}

GsSession *
gs_session_new (const char *officer_id, const char *display_name, GsRole role, gint64 since_utc_ms)
{
  GsSession *self = g_object_new (GS_TYPE_SESSION, NULL);

  self->officer_id = g_strdup (officer_id);
  self->display_name = g_strdup (display_name);
  self->role = role;
  self->since_utc_ms = since_utc_ms;
  return self;
}

const char *
gs_session_get_officer_id (GsSession *self)
{
  g_return_val_if_fail (GS_IS_SESSION (self), NULL);
  return self->officer_id;
}

const char *
gs_session_get_display_name (GsSession *self)
{
  g_return_val_if_fail (GS_IS_SESSION (self), NULL);
  return self->display_name;
}

GsRole
gs_session_get_role (GsSession *self)
{
  g_return_val_if_fail (GS_IS_SESSION (self), GS_ROLE_AUDITOR);
  return self->role;
}

gint64
gs_session_get_since_utc_ms (GsSession *self)
{
  g_return_val_if_fail (GS_IS_SESSION (self), 0);
  return self->since_utc_ms;
}

gboolean
gs_session_may_decide (GsSession *self)
{
  g_return_val_if_fail (GS_IS_SESSION (self), FALSE);
  return self->role == GS_ROLE_OFFICER || self->role == GS_ROLE_SUPERVISOR;
}
