/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-verdict.h"

#include "gs-seal-error.h"
#include "gs-seal-imprint.h"
#include "gs-seal-profile.h"

/* The keys that a seal may be signed with, and how they stand for its signer. */
typedef struct
{
  GPtrArray *keys; /* borrowed */
  gboolean named;  /* certificates that the seal names; else keys of which nobody says whose */
} Candidates;

static GsVerdict *
add_step (GsVerdict *root, const char *name, const char *statement)
{
  GsVerdict *step = gs_verdict_new (name, statement);

  gs_verdict_add (root, step);
  return step;
}

/* --- 1: readability --------------------------------------------------------------------------- */

static void
judge_readable (GsVerdict *step, const GsSealInput *input)
{
  if (input->bytes != NULL)
    {
      gs_verdict_set (step, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                      "%" G_GSIZE_FORMAT " bytes were read.", g_bytes_get_size (input->bytes));
      gs_verdict_add_evidence_data (step, "bytes", "as read", input->bytes);
      return;
    }
  gs_verdict_set (step, GS_CHECK_RESULT_UNDETERMINED, NULL, "No seal was read: %s.",
                  input->unreadable != NULL ? input->unreadable->message : "there is none");
}

/* --- 2: integrity ----------------------------------------------------------------------------- */

static void
tell_header (GsVerdict *step, const GsSeal *seal)
{
  const GsSealHeader *header = gs_seal_get_header (seal);
  g_autofree char *version = g_strdup_printf ("%u", header->version);
  g_autofree char *issued = gs_seal_date_format (&header->issued);
  g_autofree char *signed_on = gs_seal_date_format (&header->signed_on);
  g_autofree char *kind = g_strdup_printf ("%02x%02x", header->feature, header->category);

  gs_verdict_add_evidence (step, "version", version);
  gs_verdict_add_evidence (step, "country", header->country);
  gs_verdict_add_evidence (step, "signer", header->signer);
  gs_verdict_add_evidence (step, "certificate_reference", header->reference);
  gs_verdict_add_evidence (step, "issued", issued);
  gs_verdict_add_evidence (step, "signed", signed_on);
  gs_verdict_add_evidence (step, "kind", kind);
  gs_verdict_add_evidence (step, "profile", gs_seal_profile_get_name (seal));
  for (guint i = 0; i < gs_seal_get_n_messages (seal); i++)
    {
      const GsSealMessage *message = gs_seal_get_message (seal, i);
      g_autofree char *key = g_strdup_printf ("message_%02x", message->tag);
      g_autofree char *hex = gs_seal_bytes_to_hex (message->value);

      gs_verdict_add_evidence (step, key, hex);
    }
}

static GsSeal *
judge_intact (GsVerdict *step, const GsSealInput *input)
{
  g_autoptr (GError) error = NULL;
  GsSeal *seal = gs_seal_new (input->bytes, &error);

  if (seal != NULL)
    {
      gs_verdict_set (step, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                      "Header, messages and signature are whole.");
      tell_header (step, seal);
      return seal;
    }
  /* Bytes of something else are no verdict on a seal. */
  gs_verdict_set (step,
                  g_error_matches (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED)
                    ? GS_CHECK_RESULT_FAILED
                    : GS_CHECK_RESULT_UNDETERMINED,
                  NULL, "%c%s.", g_ascii_toupper (error->message[0]), error->message + 1);
  return NULL;
}

/* --- 3: certificate --------------------------------------------------------------------------- */

/* Certificates that the header names; without one, the keys of which nobody says whose they are. */
static void
find_candidates (const GsSealHeader *header, GsSealRing *ring, Candidates *candidates)
{
  g_autoptr (GPtrArray) nameless = g_ptr_array_new ();

  candidates->keys = g_ptr_array_new ();
  for (guint i = 0; i < gs_seal_ring_get_size (ring); i++)
    {
      GsSealKey *key = gs_seal_ring_get (ring, i);
      const char *signer = gs_seal_key_get_signer (key);

      if (signer == NULL)
        g_ptr_array_add (nameless, key);
      else if (g_str_equal (signer, header->signer)
               && gs_seal_reference_equal (gs_seal_key_get_reference (key), header->reference))
        g_ptr_array_add (candidates->keys, key);
    }
  candidates->named = candidates->keys->len > 0;
  if (!candidates->named)
    g_ptr_array_extend (candidates->keys, nameless, NULL, NULL);
}

/* The one that verifies; NULL when none does. */
static GsSealKey *
find_signer (const GsSeal *seal, const Candidates *candidates)
{
  for (guint i = 0; i < candidates->keys->len; i++)
    if (gs_seal_key_verify (candidates->keys->pdata[i], gs_seal_get_signed (seal),
                            gs_seal_get_signature (seal)))
      return candidates->keys->pdata[i];
  return NULL;
}

static void
tell_key (GsVerdict *step, GsSealKey *key)
{
  g_autofree char *first = gs_seal_date_format (gs_seal_key_get_first_day (key));
  g_autofree char *last = gs_seal_date_format (gs_seal_key_get_last_day (key));

  gs_verdict_add_evidence (step, "subject", gs_seal_key_get_subject (key));
  gs_verdict_add_evidence (step, "serial_number", gs_seal_key_get_reference (key));
  gs_verdict_add_evidence (step, "valid_from", first);
  gs_verdict_add_evidence (step, "valid_until", last);
  gs_verdict_add_evidence (step, "curve", gs_seal_key_get_curve (key));
  gs_verdict_add_evidence (step, "key_sha256", gs_seal_key_get_fingerprint (key));
  gs_verdict_add_evidence (step, "source", gs_seal_key_get_source (key));
}

static void
judge_days (GsVerdict *step, const GsSealHeader *header, GsSealKey *key)
{
  const GsSealDate *first = gs_seal_key_get_first_day (key);
  const GsSealDate *last = gs_seal_key_get_last_day (key);
  g_autofree char *day = gs_seal_date_format (&header->signed_on);

  if (!gs_seal_key_may_sign (key))
    gs_verdict_set (step, GS_CHECK_RESULT_FAILED, NULL,
                    "The certificate's key is not for signatures.");
  else if (header->signed_on.year == 0)
    gs_verdict_set (step, GS_CHECK_RESULT_UNDETERMINED, NULL,
                    "The seal does not say when it was signed, so nobody knows whether its "
                    "certificate was valid then.");
  else if (gs_seal_date_compare (&header->signed_on, first) < 0
           || gs_seal_date_compare (&header->signed_on, last) > 0)
    {
      g_autofree char *from = gs_seal_date_format (first);
      g_autofree char *until = gs_seal_date_format (last);

      gs_verdict_set (step, GS_CHECK_RESULT_FAILED, NULL,
                      "The certificate was not valid when the seal was signed: %s is not within %s "
                      "to %s.",
                      day, from, until);
    }
  else
    gs_verdict_set (step, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "The certificate that the seal names is one of those believed here, and was "
                    "valid when it was signed.");
}

static void
judge_certificate (GsVerdict *step,
                   const GsSeal *seal,
                   const Candidates *candidates,
                   GsSealKey *signer)
{
  const GsSealHeader *header = gs_seal_get_header (seal);
  GsSealKey *key = signer != NULL              ? signer
                   : candidates->keys->len > 0 ? candidates->keys->pdata[0]
                                               : NULL;

  if (key == NULL)
    {
      gs_verdict_set (step, GS_CHECK_RESULT_UNDETERMINED, NULL,
                      "No certificate of the signer %s with the reference %s is here.",
                      header->signer, header->reference);
      return;
    }
  if (candidates->named || (signer != NULL && gs_seal_key_get_certificate (key) != NULL))
    {
      tell_key (step, key);
      judge_days (step, header, key);
      if (!candidates->named)
        gs_verdict_warn (step, "unnamed-certificate",
                         "The certificate does not say by itself that it is the signer %s.",
                         header->signer);
      return;
    }
  if (signer != NULL)
    tell_key (step, key);
  gs_verdict_set (step, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                  "Bare keys are believed here; no certificate of the signer %s is needed.",
                  header->signer);
  gs_verdict_warn (step, "bare-key",
                   "Nothing says whose a bare key is, and until when it may be used.");
}

/* --- 4: signature ----------------------------------------------------------------------------- */

static void
judge_signature (GsVerdict *step,
                 const GsSeal *seal,
                 const Candidates *candidates,
                 GsSealKey *signer)
{
  g_autofree char *hex = gs_seal_bytes_to_hex (gs_seal_get_signature (seal));

  gs_verdict_add_evidence (step, "signature", hex);
  if (signer != NULL)
    gs_verdict_set (step, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "What the seal says is signed with this key, and unaltered.");
  else if (candidates->keys->len == 0)
    gs_verdict_set (step, GS_CHECK_RESULT_NOT_CHECKED, NULL,
                    "There is no key to check the signature with.");
  else
    gs_verdict_set (step, GS_CHECK_RESULT_FAILED, NULL,
                    candidates->named
                      ? "The seal is not signed by the signer that it names, or it was altered."
                      : "The seal is not signed with any key that is believed here, or it was "
                        "altered.");
}

/* --- 5: content ------------------------------------------------------------------------------- */

static void
judge_document (GsVerdict *parent, const GsSeal *seal, const GsSealInput *input)
{
  GsSealImprint imprint;
  GsVerdict *step;

  if (input->number == NULL || !gs_seal_imprint_read (&imprint, seal, NULL))
    return;
  step = add_step (parent, "seal-of-document", "The stamp was made for this document");
  if (gs_seal_imprint_is_of (&imprint, input->state, input->number))
    gs_verdict_set (step, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "The stamp was made for the document in hand.");
  else
    gs_verdict_set (step, GS_CHECK_RESULT_FAILED, NULL,
                    "The stamp was made for another document than the one in hand.");
}

/* Dates that cannot be: signed, issued or crossed after today. */
static const char *
find_late_date (const GsSeal *seal, const GsSealDate *today)
{
  const GsSealHeader *header = gs_seal_get_header (seal);
  GsSealImprint imprint;

  if (today->year == 0)
    return NULL;
  if (gs_seal_date_compare (&header->signed_on, today) > 0)
    return "It says that it was signed after today.";
  if (gs_seal_date_compare (&header->issued, today) > 0)
    return "It says that its document was issued after today.";
  if (gs_seal_is_imprint (seal) && gs_seal_imprint_read (&imprint, seal, NULL)
      && gs_seal_date_compare (&imprint.crossed_on, today) > 0)
    return "It says that the border was crossed after today.";
  return NULL;
}

static void
judge_content (GsVerdict *step, const GsSeal *seal, const GsSealInput *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = gs_seal_profile_dup_fields (seal, &error);
  const char *late = find_late_date (seal, &input->today);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const GsSealField *field = fields->pdata[i];

      gs_verdict_add_evidence (step, field->name, field->value);
    }
  if (fields == NULL)
    gs_verdict_set (step, GS_CHECK_RESULT_FAILED, NULL, "The content is wrong: %s.",
                    error->message);
  else if (late != NULL)
    gs_verdict_set (step, GS_CHECK_RESULT_FAILED, NULL, "%s", late);
  else if (gs_seal_profile_get_name (seal) == NULL)
    gs_verdict_set (step, GS_CHECK_RESULT_NOT_SUPPORTED, NULL,
                    "Seals of this kind are not known here, so what it says was not looked at.");
  else
    gs_verdict_set (step, GS_CHECK_RESULT_SUCCESSFUL, NULL, "Every field is there and can be.");
  judge_document (step, seal, input);
}

GsVerdict *
gs_seal_verdict_run (const GsSealInput *input)
{
  GsVerdict *root = gs_verdict_new ("seal-genuine", "The seal is genuine");
  GsVerdict *readable = add_step (root, "seal-readable", "The seal can be read");
  GsVerdict *intact = add_step (root, "seal-intact", "It is whole");
  GsVerdict *certificate = add_step (root, "seal-certificate", "Its signer is believed");
  GsVerdict *signature = add_step (root, "seal-signature", "The signature is good");
  GsVerdict *content = add_step (root, "seal-content", "What it says can be");
  g_autoptr (GsSeal) seal = NULL;
  Candidates candidates = { 0 };
  GsSealKey *signer;

  judge_readable (readable, input);
  if (input->bytes != NULL)
    seal = judge_intact (intact, input);
  if (seal == NULL)
    return root;
  find_candidates (gs_seal_get_header (seal), input->ring, &candidates);
  signer = find_signer (seal, &candidates);
  judge_certificate (certificate, seal, &candidates, signer);
  judge_signature (signature, seal, &candidates, signer);
  judge_content (content, seal, input);
  g_ptr_array_unref (candidates.keys);
  return root;
}
