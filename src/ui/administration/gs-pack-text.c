/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-text.h"

#include <glib/gi18n.h>

static const struct
{
  const char *word;
  const char *text;
} reasons[] = {
  { "unsigned", N_ ("nobody has signed it") },
  { "bad-signature", N_ ("its signature does not fit") },
  { "unknown-authority", N_ ("its signer’s authority is not one of this desk’s") },
  { "signer-expired", N_ ("its signer’s certificate has ended") },
  { "signer-not-yet-valid", N_ ("its signer’s certificate is not valid yet") },
  { "wrong-key-usage", N_ ("its signer’s certificate is not one for stamp templates") },
  { "wrong-hash", N_ ("a file was changed after it was signed") },
  { "extra-file", N_ ("it has a file that was not signed") },
  { "missing-file", N_ ("a signed file is missing") },
  { "bad-name", N_ ("a file has a name that is not allowed") },
  { "link", N_ ("it has a link or folder where a file must be") },
  { "too-large", N_ ("it is too large") },
  { "bad-manifest", N_ ("its list of files is missing or malformed") },
  { "not-yet-valid", N_ ("its first day is still to come") },
  { "ended", N_ ("its last day is over") },
  { "font-missing", N_ ("its font is not installed on this desk") },
  { "no-specimen", N_ ("a stamp does not read SPECIMEN") },
  { "not-for-this-port", N_ ("it has no stamp for this port") },
  { "unreadable", N_ ("it cannot be read, or is no stamp pack") },
  { "no-authorities", N_ ("this desk’s file of pack authorities cannot be used") },
  { "missing-pack", N_ ("the activated pack is not in this desk’s store") },
};

const char *
gs_pack_text_reason (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].word, word) == 0)
      return _ (reasons[i].text);
  return _ ("its drawings or their description are malformed");
}

char *
gs_pack_text_error (const GError *error)
{
  if (error->domain == GS_STAMP_ERROR)
    /* Translators: half a sentence says why. */
    return g_strdup_printf (
      _ ("The pack is refused: %s."),
      gs_pack_text_reason (gs_stamp_error_to_word ((GsStampError) error->code)));
  if (error->domain != GS_PACK_DESK_ERROR)
    return g_strdup (_ ("It could not be done. Try again."));
  switch ((GsPackDeskError) error->code)
    {
    case GS_PACK_DESK_ERROR_ROLE:
      return g_strdup (_ ("A supervisor activates packs; supervisors and administrators bring "
                          "them."));
    case GS_PACK_DESK_ERROR_LOADING:
      return g_strdup (_ ("The packs are still being read."));
    case GS_PACK_DESK_ERROR_DAY:
      return g_strdup (_ ("Give a day from today on, within the pack’s own days, such as "
                          "2026-12-01."));
    case GS_PACK_DESK_ERROR_THERE:
      return g_strdup (_ ("That is so already; nothing was changed."));
    case GS_PACK_DESK_ERROR_NONE:
      return g_strdup (_ ("There is no such pack any more."));
    case GS_PACK_DESK_ERROR_NOT_RECORDED:
      break;
    }
  return g_strdup (_ ("The record could not be written; nothing was changed."));
}

char *
gs_pack_text_state (const GsPackEntry *entry, GsSign *sign)
{
  GsSign unused;

  if (sign == NULL)
    sign = &unused;
  *sign = entry->trouble != NULL                   ? GS_SIGN_FAILED
          : entry->state == GS_PACK_STATE_ACTIVE   ? GS_SIGN_SUCCESSFUL
          : entry->state == GS_PACK_STATE_PLANNED  ? GS_SIGN_TICK
          : entry->state == GS_PACK_STATE_REPLACED ? GS_SIGN_NOT_SUPPORTED
                                                   : GS_SIGN_NOT_DONE;
  if (entry->trouble != NULL && entry->state == GS_PACK_STATE_ACTIVE)
    return g_strdup (_ ("refused: nothing is printed"));
  if (entry->trouble != NULL)
    /* Translators: a template pack. */
    return g_strdup (_ ("refused"));
  switch (entry->state)
    {
    case GS_PACK_STATE_ACTIVE:
      /* Translators: a template pack; a day. */
      return entry->since != NULL ? g_strdup_printf (_ ("prints since %s"), entry->since)
                                  : g_strdup (_ ("prints until one is activated"));
    case GS_PACK_STATE_PLANNED:
      /* Translators: a template pack; a day. */
      return g_strdup_printf (_ ("will print from %s"), entry->since);
    case GS_PACK_STATE_REPLACED:
      /* Translators: a template pack. */
      return g_strdup (_ ("replaced"));
    case GS_PACK_STATE_WAITING:
      break;
    }
  /* Translators: a template pack. */
  return g_strdup (_ ("not activated"));
}

char *
gs_pack_text_days (const char *from, const char *until)
{
  if (from == NULL)
    return g_strdup ("–");
  return until != NULL ? g_strdup_printf ("%s – %s", from, until)
                       /* Translators: a day. */
                       : g_strdup_printf (_ ("from %s"), from);
}

char *
gs_pack_text_sample (const GsStampFields *fields)
{
  const char *transport = fields->transport == GS_STAMP_TRANSPORT_SEA    ? _ ("by sea")
                          : fields->transport == GS_STAMP_TRANSPORT_LAND ? _ ("by land")
                                                                         : _ ("by air");

  switch (fields->kind)
    {
    case GS_STAMP_KIND_VOID:
      return g_strdup (_ ("The mark VOID"));
    case GS_STAMP_KIND_CANCELLED:
      return g_strdup (_ ("The mark CANCELLED"));
    case GS_STAMP_KIND_STAMP:
      break;
    }
  /* Translators: a port, then how travellers come or leave. */
  return g_strdup_printf (fields->direction == GS_DIRECTION_ARRIVAL ? _ ("%s, entry, %s")
                                                                    : _ ("%s, exit, %s"),
                          fields->port, transport);
}
