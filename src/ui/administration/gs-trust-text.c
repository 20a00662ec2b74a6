/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-text.h"

#include "gs-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
/* As the store writes it. */
#define LIST_OF "Master list of "

char *
gs_trust_text_validity (GsTrustCertificate *certificate, gint64 now_utc_ms, GsSign *sign)
{
  const GsTrustFacts *facts = gs_trust_certificate_get_facts (certificate);
  GsSign unused;
  guint days;

  if (sign == NULL)
    sign = &unused;
  switch (gs_trust_certificate_judge (certificate, now_utc_ms))
    {
    case GS_TRUST_VALID:
      /* What is as it should be stays grey. */
      *sign = GS_SIGN_TICK;
      return g_strdup (_ ("valid"));
    case GS_TRUST_ENDING_SOON:
      days = (guint) ((facts->not_after_utc_ms - now_utc_ms) / DAY_MS);
      *sign = GS_SIGN_WARNING;
      return g_strdup_printf (g_dngettext (NULL, "ends in %u day", "ends in %u days", days), days);
    case GS_TRUST_ENDED:
      *sign = GS_SIGN_NOT_SUPPORTED;
      /* Translators: a certificate whose time is over. */
      return g_strdup (_ ("ended"));
    case GS_TRUST_NOT_YET:
      *sign = GS_SIGN_NOT_DONE;
      return g_strdup (_ ("not yet valid"));
    case GS_TRUST_VALIDITY_UNKNOWN:
      break;
    }
  *sign = GS_SIGN_NOT_KNOWN;
  return g_strdup (_ ("not known"));
}

const char *
gs_trust_text_decision (GsTrustDecision decision, GsSign *sign)
{
  GsSign unused;

  if (sign == NULL)
    sign = &unused;
  switch (decision)
    {
    case GS_TRUST_TAKEN:
      *sign = GS_SIGN_SUCCESSFUL;
      return _ ("comes in");
    case GS_TRUST_TAKEN_LINK:
      *sign = GS_SIGN_SUCCESSFUL;
      return _ ("comes in, by a link");
    case GS_TRUST_ALREADY_THERE:
      *sign = GS_SIGN_NOT_SUPPORTED;
      return _ ("already there");
    case GS_TRUST_NOT_CONFIRMED:
      *sign = GS_SIGN_UNDETERMINED;
      return _ ("not confirmed");
    case GS_TRUST_LIST_WRONG:
      *sign = GS_SIGN_FAILED;
      return _ ("its list is wrongly signed");
    case GS_TRUST_NOT_AUTHORITY:
      *sign = GS_SIGN_NOT_SUPPORTED;
      return _ ("no authority");
    case GS_TRUST_LINK_WRONG:
      *sign = GS_SIGN_FAILED;
      return _ ("wrong signature");
    case GS_TRUST_KEY_NOT_ACCEPTED:
      break;
    }
  *sign = GS_SIGN_FAILED;
  return _ ("key not accepted");
}

const char *
gs_trust_text_reason (GsTrustReason reason)
{
  switch (reason)
    {
    case GS_TRUST_BY_LIST:
      return _ ("confirmed master list");
    case GS_TRUST_BY_CONFIRMATION:
      return _ ("confirmed itself");
    case GS_TRUST_BY_LINK:
      break;
    }
  return _ ("link from an older one");
}

const char *
gs_trust_text_removal (GsTrustRemoval removal)
{
  switch (removal)
    {
    case GS_TRUST_REMOVAL_WITHDRAWN:
      return _ ("Its authority withdrew it");
    case GS_TRUST_REMOVAL_KEY_LOST:
      return _ ("Its key may be in other hands");
    case GS_TRUST_REMOVAL_MISTAKE:
      return _ ("It was taken in by mistake");
    case GS_TRUST_REMOVAL_ORDER:
      break;
    }
  return _ ("The agency ordered it");
}

char *
gs_trust_text_source (const char *source)
{
  if (g_str_has_prefix (source, LIST_OF))
    /* Translators: a state's two letters. */
    return g_strdup_printf (_ ("Master list of %s"), source + strlen (LIST_OF));
  return g_strdup (source);
}

char *
gs_trust_text_date (gint64 utc_ms)
{
  g_autofree char *text = gs_time_format_rfc3339 (utc_ms);

  return text != NULL ? g_strndup (text, 10) : g_strdup ("-");
}

char *
gs_trust_text_dates (gint64 from_utc_ms, gint64 to_utc_ms)
{
  g_autofree char *from = gs_trust_text_date (from_utc_ms);
  g_autofree char *to = gs_trust_text_date (to_utc_ms);

  return g_strdup_printf ("%s – %s", from, to);
}

const char *
gs_trust_text_error (const GError *error)
{
  if (error->domain != GS_TRUST_DESK_ERROR)
    return _ ("This did not work. Nothing was changed. Try again.");
  switch ((GsTrustDeskError) error->code)
    {
    case GS_TRUST_DESK_ERROR_NONE_SET:
      return _ (
        "This desk has no trust store. Name its file in the desk’s key file: [trust] store=…, "
        "then start again.");
    case GS_TRUST_DESK_ERROR_ROLE:
      return _ ("Only an administrator may change the trust store. Nothing was changed.");
    case GS_TRUST_DESK_ERROR_DAMAGED:
      return _ ("The trust store’s file is damaged or cannot be read. Put its backup in its place, "
                "or remove it and import the lists again.");
    case GS_TRUST_DESK_ERROR_FILES:
      return _ (
        "Nothing in these files can be read as a certificate, master list or revocation list. "
        "Get them again from where they were published.");
    case GS_TRUST_DESK_ERROR_NOT_COMPARED:
      return _ (
        "These are not the last 8 characters of a fingerprint above. Compare again, letter by "
        "letter. If the paper says something else, do not take the file in.");
    case GS_TRUST_DESK_ERROR_CHANGED:
      return _ ("The trust store was changed meanwhile. Nothing was changed now. Choose the files "
                "again.");
    case GS_TRUST_DESK_ERROR_NOTHING:
      return _ ("There is nothing to change.");
    case GS_TRUST_DESK_ERROR_NOT_SAVED:
      return _ (
        "The trust store could not be saved: the disk is full or cannot be written. Nothing "
        "was changed. Make room, then try again.");
    case GS_TRUST_DESK_ERROR_NOT_RECORDED:
      return _ (
        "The record could not be written, so nothing was changed. Look at the disk, then try "
        "again.");
    case GS_TRUST_DESK_ERROR_BUSY:
      return _ ("Another program is changing the trust store. Nothing was changed. Try again in a "
                "moment.");
    }
  return _ ("This did not work. Nothing was changed. Try again.");
}
