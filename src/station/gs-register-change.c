/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-register-change.h"

#include "gs-stamp-device-table.h"
#include "gs-uuid.h"

G_DEFINE_QUARK (gs - register - error - quark, gs_register_error)

GsRegisterChange *
gs_register_change_new (GsRegisterAct act,
                        const char *device,
                        const char *desk,
                        GsSession *officer,
                        GsSession *second,
                        gint64 at_utc_ms)
{
  GsRegisterChange *self = g_new0 (GsRegisterChange, 1);

  self->act = act;
  self->device = g_strdup (device);
  self->desk = g_strdup (desk);
  self->at_utc_ms = at_utc_ms;
  if (act == GS_REGISTER_ENTER || act == GS_REGISTER_ROTATE)
    self->code = gs_stamp_device_make_code (NULL, NULL);
  if (officer != NULL)
    {
      self->officer = g_strdup (gs_session_get_officer_id (officer));
      self->supervised = gs_session_get_role (officer) == GS_ROLE_SUPERVISOR;
    }
  if (second != NULL && gs_register_needs_second (act))
    {
      self->second = g_strdup (gs_session_get_officer_id (second));
      self->supervised = self->supervised || gs_session_get_role (second) == GS_ROLE_SUPERVISOR;
    }
  return self;
}

void
gs_register_change_free (GsRegisterChange *self)
{
  if (self == NULL)
    return;
  g_free (self->device);
  g_free (self->desk);
  g_free (self->printer);
  g_free (self->code);
  g_free (self->officer);
  g_free (self->second);
  g_free (self);
}

/* --- who may ---------------------------------------------------------------------------------- */

gboolean
gs_register_needs_second (GsRegisterAct act)
{
  return act == GS_REGISTER_HAND_OUT || act == GS_REGISTER_TAKE_BACK;
}

gboolean
gs_register_may (GsRegisterAct act, GsRole role)
{
  switch (act)
    {
    case GS_REGISTER_ENTER:
    case GS_REGISTER_RETIRE:
      return role == GS_ROLE_SUPERVISOR || role == GS_ROLE_ADMINISTRATOR;
    case GS_REGISTER_ROTATE:
      return role == GS_ROLE_SUPERVISOR;
    case GS_REGISTER_HAND_OUT:
    case GS_REGISTER_TAKE_BACK:
      return role == GS_ROLE_OFFICER || role == GS_ROLE_SUPERVISOR;
    case GS_REGISTER_LOST:
    case GS_REGISTER_STOLEN:
      /* Whoever notices it must not look for somebody first. */
      return role != GS_ROLE_AUDITOR;
    }
  return FALSE;
}

GsApprovalVerdict
gs_register_judge (GsRegisterAct act, GsSession *officer, GsSession *second)
{
  if (officer == NULL)
    return GS_APPROVAL_NOBODY;
  if (!gs_register_may (act, gs_session_get_role (officer)))
    return GS_APPROVAL_REQUESTER_ROLE;
  if (!gs_register_needs_second (act))
    return GS_APPROVAL_GRANTED;
  return gs_approval_judge (act == GS_REGISTER_HAND_OUT ? GS_APPROVAL_STAMP_HANDED
                                                        : GS_APPROVAL_STAMP_BACK,
                            officer, second);
}

/* --- the record ------------------------------------------------------------------------------- */

static const char *
kind_of (GsRegisterAct act)
{
  switch (act)
    {
    case GS_REGISTER_ENTER:
      return "register.enter";
    case GS_REGISTER_HAND_OUT:
      return "register.hand-out";
    case GS_REGISTER_TAKE_BACK:
      return "register.take-back";
    case GS_REGISTER_ROTATE:
      return "register.rotate";
    case GS_REGISTER_LOST:
      return "register.lost";
    case GS_REGISTER_STOLEN:
      return "register.stolen";
    case GS_REGISTER_RETIRE:
    default:
      return "register.retire";
    }
}

void
gs_register_change_describe (const GsRegisterChange *self, GsRecordEntry *entry, char **detail)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->desk != NULL)
    g_string_append_printf (text, "desk=%s", self->desk);
  if (self->code != NULL)
    g_string_append_printf (text, "%scode=%s", text->len > 0 ? " " : "", self->code);
  /* The first stamp of a desk that had no register is taken from its key file. */
  if (self->officer == NULL)
    g_string_append (text, " source=key-file");
  g_free (*detail);
  *detail = text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
  *entry = (GsRecordEntry){ .kind = kind_of (self->act),
                            .at_utc_ms = self->at_utc_ms,
                            .officer = self->officer,
                            .second = self->second,
                            .subject = self->device,
                            .detail = *detail };
}

/* --- the change ------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, GsRegisterError code, const char *message)
{
  g_set_error_literal (error, GS_REGISTER_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
check_code (GsDatabase *db, const char *code, GError **error)
{
  gboolean used;

  if (!gs_stamp_device_id_is_valid (code))
    return refuse (error, GS_REGISTER_ERROR_WORD,
                   "A code is 1 to 16 of A-Z, 0-9 and '-', which neither begins nor ends it");
  if (!gs_stamp_device_table_has_code (db, code, &used, error))
    return FALSE;
  return !used || refuse (error, GS_REGISTER_ERROR_USED, "This code was used before");
}

static gboolean
enter (GsDatabase *db, const GsRegisterChange *self, const GsStampDevice *known, GError **error)
{
  const GsStampDevice device = { .id = self->device,
                                 .printer = self->printer,
                                 .code = self->code,
                                 .entered_utc_ms = self->at_utc_ms };

  if (!gs_stamp_device_id_is_valid (self->device))
    return refuse (error, GS_REGISTER_ERROR_WORD,
                   "A stamp's name is 1 to 16 of A-Z, 0-9 and '-', which neither begins nor ends "
                   "it");
  if (known != NULL)
    return refuse (error, GS_REGISTER_ERROR_USED, "There is or was a stamp of this name");
  return check_code (db, self->code, error)
         && gs_stamp_device_table_add (db, &device, self->officer, error);
}

static gboolean
hand_out (GsDatabase *db, const GsRegisterChange *self, const GsStampDevice *device, GError **error)
{
  g_autofree char *id = gs_uuid_new ();
  const GsStampHolding holding = { .id = id,
                                   .device = self->device,
                                   .officer = self->officer,
                                   .desk = self->desk,
                                   .from_utc_ms = self->at_utc_ms,
                                   .handed_by = self->second };
  g_autoptr (GError) local = NULL;
  g_autoptr (GsStampDevice) other = NULL;

  if (device->officer != NULL)
    return refuse (error, GS_REGISTER_ERROR_HELD,
                   "Somebody holds this stamp: it is returned first");
  if (self->desk == NULL || self->second == NULL || g_strcmp0 (self->officer, self->second) == 0)
    return refuse (error, GS_REGISTER_ERROR_DENIED, "Two people hand a stamp over, for a desk");
  other = gs_stamp_device_table_find_held (db, self->officer, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (other != NULL)
    return refuse (error, GS_REGISTER_ERROR_HOLDS, "This officer holds another stamp");
  return gs_stamp_holding_table_begin (db, &holding, error);
}

static gboolean
take_back (GsDatabase *db,
           const GsRegisterChange *self,
           const GsStampDevice *device,
           GError **error)
{
  if (device->officer == NULL)
    return refuse (error, GS_REGISTER_ERROR_NOT_HELD, "Nobody holds this stamp");
  if (g_strcmp0 (device->officer, self->officer) != 0 && !self->supervised)
    return refuse (error, GS_REGISTER_ERROR_NOT_HOLDER,
                   "Somebody else holds this stamp: a supervisor is needed");
  return gs_stamp_holding_table_end (db, self->device, self->at_utc_ms, self->officer, self->second,
                                     error);
}

/* What is lost is in nobody's hand. */
static gboolean
end_life (GsDatabase *db, const GsRegisterChange *self, const GsStampDevice *device, GError **error)
{
  GsStampDeviceState state = self->act == GS_REGISTER_LOST     ? GS_STAMP_DEVICE_LOST
                             : self->act == GS_REGISTER_STOLEN ? GS_STAMP_DEVICE_STOLEN
                                                               : GS_STAMP_DEVICE_RETIRED;

  if (device->state == GS_STAMP_DEVICE_RETIRED
      || (device->state != GS_STAMP_DEVICE_ACTIVE && state != GS_STAMP_DEVICE_RETIRED))
    return refuse (error, GS_REGISTER_ERROR_NOT_ACTIVE, "This stamp is not active any more");
  if (device->officer != NULL && state == GS_STAMP_DEVICE_RETIRED)
    return refuse (error, GS_REGISTER_ERROR_HELD,
                   "Somebody holds this stamp: it is returned first");
  if (device->officer != NULL
      && !gs_stamp_holding_table_end (db, self->device, self->at_utc_ms, self->officer, NULL,
                                      error))
    return FALSE;
  return gs_stamp_device_table_set_state (db, self->device, state, self->at_utc_ms, error);
}

static gboolean
change (GsDatabase *db, const GsRegisterChange *self, const GsStampDevice *device, GError **error)
{
  if (self->act == GS_REGISTER_ENTER)
    return enter (db, self, device, error);
  if (device == NULL)
    return refuse (error, GS_REGISTER_ERROR_UNKNOWN, "There is no such stamp in the register");
  if (self->act == GS_REGISTER_TAKE_BACK)
    return take_back (db, self, device, error);
  if (self->act != GS_REGISTER_ROTATE && self->act != GS_REGISTER_HAND_OUT)
    return end_life (db, self, device, error);
  if (device->state != GS_STAMP_DEVICE_ACTIVE)
    return refuse (error, GS_REGISTER_ERROR_NOT_ACTIVE, "This stamp is not active any more");
  if (self->act == GS_REGISTER_HAND_OUT)
    return hand_out (db, self, device, error);
  return check_code (db, self->code, error)
         && gs_stamp_device_table_rotate (db, self->device, self->code, self->at_utc_ms,
                                          self->officer, error);
}

gpointer
gs_register_change_run (GsDatabase *db, gpointer data, GError **error)
{
  const GsRegisterChange *self = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (GsStampDevice) device = gs_stamp_device_table_get (db, self->device, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return GINT_TO_POINTER (change (db, self, device, error));
}
