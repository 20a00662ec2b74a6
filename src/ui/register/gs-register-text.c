/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-register-text.h"

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-time.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

const char *
gs_register_text_standing (GsStampStanding standing)
{
  switch (standing)
    {
    case GS_STAMP_STANDING_HELD:
      return "";
    case GS_STAMP_STANDING_NONE:
      return _ ("you hold no stamp: a supervisor hands one out");
    case GS_STAMP_STANDING_OTHER_DESK:
      return _ ("your stamp was handed out for another desk");
    case GS_STAMP_STANDING_NOT_ACTIVE:
      return _ ("your stamp is blocked");
    case GS_STAMP_STANDING_SHIFT_OVER:
      return _ ("your stamp was handed out for an earlier shift: return it and take it anew");
    case GS_STAMP_STANDING_CODE_OLD:
      return _ ("the code of your stamp is too old: a supervisor changes it");
    case GS_STAMP_STANDING_UNKNOWN:
      return _ ("the register of stamps was not read yet");
    }
  return "";
}

const char *
gs_register_text_state (GsStampDeviceState state)
{
  switch (state)
    {
    case GS_STAMP_DEVICE_ACTIVE:
      return _ ("Active");
    case GS_STAMP_DEVICE_LOST:
      return _ ("Lost");
    case GS_STAMP_DEVICE_STOLEN:
      return _ ("Stolen");
    case GS_STAMP_DEVICE_RETIRED:
      return _ ("Retired");
    }
  return "";
}

GsSign
gs_register_text_state_sign (GsStampDeviceState state)
{
  switch (state)
    {
    case GS_STAMP_DEVICE_ACTIVE:
      return GS_SIGN_SUCCESSFUL;
    case GS_STAMP_DEVICE_LOST:
    case GS_STAMP_DEVICE_STOLEN:
      return GS_SIGN_FAILED;
    case GS_STAMP_DEVICE_RETIRED:
      break;
    }
  return GS_SIGN_NOT_SUPPORTED;
}

const char *
gs_register_text_error (const GError *error)
{
  if (error->domain != GS_REGISTER_ERROR)
    return _ ("The register could not be changed. Tell the administrator.");
  switch ((GsRegisterError) error->code)
    {
    case GS_REGISTER_ERROR_DENIED:
      return _ ("This role, or this second officer, may not do that.");
    case GS_REGISTER_ERROR_UNKNOWN:
      return _ ("There is no such stamp in the register.");
    case GS_REGISTER_ERROR_NOT_ACTIVE:
      return _ ("This stamp is blocked.");
    case GS_REGISTER_ERROR_HELD:
      return _ ("Somebody holds this stamp. It is returned first.");
    case GS_REGISTER_ERROR_HOLDS:
      return _ ("You hold another stamp. Return it first.");
    case GS_REGISTER_ERROR_NOT_HELD:
      return _ ("Nobody holds this stamp.");
    case GS_REGISTER_ERROR_NOT_HOLDER:
      return _ ("Somebody else holds this stamp. A supervisor can take it back.");
    case GS_REGISTER_ERROR_USED:
      return _ ("This name or code was used before. Choose another one.");
    case GS_REGISTER_ERROR_WORD:
      return _ ("A stamp’s name has 1 to 16 capital letters, digits or hyphens.");
    case GS_REGISTER_ERROR_BUSY:
      return _ ("A stamp is being printed. Close the day when it is done.");
    case GS_REGISTER_ERROR_DAY:
      return _ ("This day is over, or a later one was reconciled.");
    case GS_REGISTER_ERROR_CHANGED:
      return _ ("Something was printed meanwhile. Look at the new numbers.");
    case GS_REGISTER_ERROR_UNSIGNED:
      return _ ("This difference needs a reason and a supervisor.");
    case GS_REGISTER_ERROR_STORE:
      break;
    }
  return _ ("The register could not be changed. Tell the administrator.");
}

const char *
gs_register_text_result (GsReconciliationResult result)
{
  switch (result)
    {
    case GS_RECONCILIATION_MATCHED:
      return _ ("Equal");
    case GS_RECONCILIATION_EXPLAINED:
      return _ ("Explained");
    case GS_RECONCILIATION_SIGNED:
      return _ ("Signed for");
    }
  return "";
}

GsSign
gs_register_text_result_sign (GsReconciliationResult result)
{
  switch (result)
    {
    case GS_RECONCILIATION_MATCHED:
      return GS_SIGN_SUCCESSFUL;
    case GS_RECONCILIATION_EXPLAINED:
      return GS_SIGN_UNDETERMINED;
    case GS_RECONCILIATION_SIGNED:
      break;
    }
  return GS_SIGN_WARNING;
}

const char *
gs_register_text_difference (GsDifferenceKind kind)
{
  switch (kind)
    {
    case GS_DIFFERENCE_OPEN:
      return _ ("Nobody has said yet what is on the page");
    case GS_DIFFERENCE_EARLIER:
      return _ ("Open at the last reconciliation, perhaps counted then");
    case GS_DIFFERENCE_ABSENT:
      return _ ("Not on the page, perhaps counted by the printer");
    case GS_DIFFERENCE_INCOMPLETE:
      return _ ("Incomplete on the page, perhaps not counted");
    case GS_DIFFERENCE_TEST:
      return _ ("Test print, not known whether it was printed");
    case GS_DIFFERENCE_VOID_IMPRINT:
      return _ ("VOID imprint, not known whether it was printed");
    case GS_DIFFERENCE_COUNTER_RESET:
      return _ ("Printer counts lower than before");
    case GS_DIFFERENCE_NO_COUNTER:
      return _ ("Printer cannot say what it counted");
    case GS_DIFFERENCE_NO_BEGINNING:
      return _ ("Printer was not counted before");
    case GS_DIFFERENCE_SERIAL_GAP:
      return _ ("Serials missing in the journal");
    case GS_DIFFERENCE_MISSING_DAY:
      return _ ("Day without a reconciliation");
    }
  return "";
}

const char *
gs_register_text_reason (GsSignReason reason)
{
  switch (reason)
    {
    case GS_SIGN_REASON_NONE:
      return _ ("Choose a reason");
    case GS_SIGN_REASON_COUNTER_RESET:
      return _ ("Counter reset");
    case GS_SIGN_REASON_PRINTER_EXCHANGED:
      return _ ("Printer exchanged");
    case GS_SIGN_REASON_SERVICE:
      return _ ("Printed during maintenance");
    case GS_SIGN_REASON_FIRST:
      return _ ("First reconciliation of the printer");
    case GS_SIGN_REASON_RESTORED:
      return _ ("Database restored from a copy");
    case GS_SIGN_REASON_NOT_FOUND:
      return _ ("Looked into, not found");
    }
  return "";
}

char *
gs_register_text_holder (GsStampRegister *stamps, const GsStampDevice *device)
{
  g_autofree char *desk = gs_format_desk (device->desk);
  g_autofree char *since = NULL;

  if (device->officer == NULL)
    return g_strdup (device->state == GS_STAMP_DEVICE_ACTIVE ? _ ("in nobody’s hand") : "–");
  since = gs_time_format_clock (device->held_utc_ms, gs_stamp_register_get_time_zone (stamps));
  since[5] = '\0';
  /* Translators: an officer, a desk, a time of day. */
  return g_strdup_printf (_ ("%s, %s, since %s"),
                          gs_stamp_register_get_name (stamps, device->officer), desk, since);
}

char *
gs_register_text_code_age (GsStampRegister *stamps,
                           const GsStampDevicePolicy *policy,
                           const GsStampDevice *device)
{
  gint64 now = gs_stamp_register_now_utc_ms (stamps);
  gint64 days = MAX (now - device->code_utc_ms, 0) / DAY_MS;
  g_autofree char *ends = NULL;

  if (device->state != GS_STAMP_DEVICE_ACTIVE)
    return g_strdup ("–");
  ends = gs_time_format_day (gs_stamp_device_code_ends_utc_ms (device, policy),
                             gs_stamp_register_get_time_zone (stamps));
  if (now >= gs_stamp_device_code_ends_utc_ms (device, policy))
    /* Translators: a date. */
    return g_strdup_printf (_ ("ended %s"), ends);
  if (gs_stamp_device_is_code_due (device, policy, now))
    /* Translators: a date. */
    return g_strdup_printf (_ ("to be changed by %s"), ends);
  return g_strdup_printf (ngettext ("%d day old", "%d days old", (gulong) days), (int) days);
}
