/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-evidence-text.h"

#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-chip-file.h"
#include "gs-reason-text.h"
#include "gs-remark-text.h"
#include "gs-sign.h"

#include <string.h>

#define PEM_LINE 64

/* Statements of checks that are not on the published list, as gs-passive-authentication.h makes
 * them; here for the catalogue. */
static const char *const statements[] G_GNUC_UNUSED = {
  N_ ("Document genuine"),
  N_ ("Data of the issuing state, unaltered"),
  N_ ("Data of the issuer, unaltered"),
  N_ ("The document that the gate saw"),
  N_ ("Security object readable"),
  N_ ("Content of the right type"),
  N_ ("Signature right"),
  N_ ("Signed within the signer's period"),
  N_ ("Issued within the authority's period"),
  N_ ("Signer not revoked"),
  N_ ("Authority not revoked"),
  N_ ("Algorithms strong enough"),
  N_ ("Strong signature"),
  N_ ("Strong key of the signer"),
  N_ ("Strong signature of the certificate"),
  N_ ("Strong key of the authority"),
  N_ ("Strong hash of the data groups"),
  N_ ("Not a copy"),
  N_ ("Signed once"),
};

typedef struct
{
  const char *key;
  const char *words;
} Key;

static const Key keys[] = {
  { "error", N_ ("Error code") },
  { "detail", N_ ("In the program’s own words") },
  { "note", N_ ("Note") },
  { "access", N_ ("Access control") },
  { "cipher", N_ ("Cipher") },
  { "protocol", N_ ("Protocol") },
  { "pace_error", N_ ("Why PACE failed") },
  { "algorithm", N_ ("Algorithm") },
  { "grade", N_ ("Strength") },
  { "hash_algorithm", N_ ("Hash algorithm") },
  { "hash_signed", N_ ("Hash that was signed") },
  { "hash_read", N_ ("Hash of what was read") },
  { "version", N_ ("Version of the security object") },
  { "lds_version", N_ ("Version of the data structure") },
  { "unicode_version", N_ ("Version of Unicode") },
  { "content_type", N_ ("Type of the content") },
  { "signer_found_by", N_ ("Signer found by") },
  { "authority_source", N_ ("Authority known from") },
  { "found_by", N_ ("Authority found by") },
  { "link", N_ ("Link to an older key") },
  { "signer_country", N_ ("State of the signer") },
  { "issuing_state", N_ ("Issuing state") },
  { "checked_for_time", N_ ("Checked for the time") },
  { "not_before", N_ ("Valid from") },
  { "not_after", N_ ("Valid to") },
  { "issued_at", N_ ("Signed at") },
  { "issued_at_from", N_ ("Time of signing taken from") },
  { "signer_expired_since", N_ ("Signer’s certificate ended at") },
  { "revoked_at", N_ ("Revoked at") },
  { "list_issuer", N_ ("Issuer of the revocation list") },
  { "list_sha256", N_ ("SHA-256 of the revocation list") },
  { "list_this_update", N_ ("Revocation list of") },
  { "list_next_update", N_ ("Next revocation list due") },
  { "expires", N_ ("Date of expiry") },
  { "differs", N_ ("Differs in") },
  { "key_file", N_ ("File of the chip’s key") },
  { "file", N_ ("File") },
  { "size", N_ ("Size") },
  { "coding", N_ ("Coding") },
  { "record", N_ ("Record") },
  { "document_number", N_ ("Check digit of the document number") },
  { "birth_date", N_ ("Check digit of the date of birth") },
  { "expiry_date", N_ ("Check digit of the date of expiry") },
  { "optional_data", N_ ("Check digit of the optional data") },
  { "composite", N_ ("Check digit of the whole") },
};

/* Whose certificate, and what of it: "signer_issuer". */
static const Key owners[] = {
  { "signer", N_ ("Signer’s certificate") },
  { "authority", N_ ("Authority’s certificate") },
  { "linked_from", N_ ("Older certificate of the authority") },
};

static const Key parts[] = {
  { "issuer", N_ ("Issuer") },          { "serial", N_ ("Serial number") },
  { "sha256", N_ ("SHA-256") },         { "not_before", N_ ("Valid from") },
  { "not_after", N_ ("Valid to") },     { "key", N_ ("Key") },
  { "curve", N_ ("Curve of the key") },
};

/* Values that are words of the core; here for the catalogue. */
static const char *const values[] = {
  N_ ("right"),
  N_ ("wrong"),
  N_ ("strong"),
  N_ ("weak"),
  N_ ("broken"),
  N_ ("signing time"),
  N_ ("beginning of the certificate"),
  N_ ("signer identifier"),
  N_ ("serial number; the issuer is written in another way"),
  N_ ("the only certificate; the signer identifier fits none"),
  N_ ("key identifier"),
  N_ ("trying every key"),
  N_ ("the older key is not among the anchors"),
  N_ ("written out, and the same as the named one"),
  N_ ("unknown"),
  /* what differs */
  N_ ("issuing state"),
  N_ ("document number"),
  N_ ("birth date"),
  N_ ("expiry date"),
  N_ ("nationality"),
  N_ ("name"),
  N_ ("given names"),
  N_ ("sex"),
  N_ ("optional data or check digits"),
};

/* A hash of a short file is as good as the file to whoever tries all dates and numbers. */
static const char *const personal_keys[] = { "expires", "hash_signed", "hash_read", NULL };

static const char *
find (const Key *table, gsize n, const char *key)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (table[i].key, key))
      return _ (table[i].words);
  return NULL;
}

static char *
key_of_certificate (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      gsize length = strlen (owners[i].key);
      const char *part;

      if (!g_str_has_prefix (key, owners[i].key))
        continue;
      if (key[length] == '\0')
        return g_strdup (_ (owners[i].words));
      part = key[length] == '_' ? find (parts, G_N_ELEMENTS (parts), key + length + 1) : NULL;
      if (part != NULL)
        /* Translators: whose certificate, then what of it: "Signer’s certificate, valid to". */
        return g_strdup_printf (_ ("%s, %s"), _ (owners[i].words), part);
    }
  return NULL;
}

char *
gs_evidence_text_key (const char *key)
{
  const char *words = find (keys, G_N_ELEMENTS (keys), key);
  GsChipFile file;

  if (words != NULL)
    return g_strdup (words);
  if (gs_chip_file_from_string (key, &file))
    /* Translators: a file of the chip, such as DG2 or EF.SOD. */
    return g_strdup_printf (_ ("File %s"), gs_chip_file_to_string (file));
  return key_of_certificate (key);
}

static char *
value_of (const char *value)
{
  g_auto (GStrv) pieces = g_strsplit (value, ", ", -1);

  for (char **piece = pieces; *piece != NULL; piece++)
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      if (g_str_equal (*piece, values[i]))
        {
          g_free (*piece);
          *piece = g_strdup (_ (values[i]));
          break;
        }
  return g_strjoinv (", ", pieces);
}

/* What a library says in its own words is for the log. */
static gboolean
is_shown (const char *key)
{
  return !g_str_equal (key, "detail") && !g_str_equal (key, "pace_error")
         && !g_str_equal (key, "note");
}

static gboolean
is_personal (const char *key)
{
  return g_strv_contains (personal_keys, key);
}

char *
gs_evidence_text_statement (const GsVerdict *check)
{
  const char *name = gs_verdict_get_name (check);

  if (gs_check_name_find (name) != NULL)
    return g_strdup (gs_case_checks_statement (name));
  if (g_str_has_prefix (name, "data-group-"))
    /* Translators: the number of a file of the chip. */
    return g_strdup_printf (_ ("Data group %s unaltered"), name + strlen ("data-group-"));
  return g_strdup (_ (gs_verdict_get_statement (check)));
}

const char *
gs_evidence_text_result (const GsVerdict *check)
{
  GsCheckResult result = gs_verdict_get_result (check);

  return result == GS_CHECK_RESULT_NOT_CHECKED
           ? _ ("not checked")
           : gs_sign_get_word ((GsSign) gs_case_checks_sign (result));
}

static const char *
code_of (const GsVerdict *check)
{
  return gs_verdict_get_result (check) != GS_CHECK_RESULT_SUCCESSFUL ? gs_verdict_get_code (check)
                                                                     : NULL;
}

static void
describe (GString *text, const GsVerdict *check, gboolean personal, guint depth)
{
  if (depth > 0)
    {
      const char *code = code_of (check);
      g_autofree char *statement = gs_evidence_text_statement (check);
      g_autofree char *remark = gs_remark_text_of_node (check);

      g_string_append_printf (text, "\n%s: %s%s%s\n", statement, gs_evidence_text_result (check),
                              code != NULL ? ", " : "", code != NULL ? code : "");
      if (remark != NULL)
        g_string_append_printf (text, "%s\n", remark);
    }
  for (guint i = 0; i < gs_verdict_get_n_evidence (check); i++)
    {
      const GsEvidence *line = gs_verdict_get_evidence (check, i);
      g_autofree char *key = gs_evidence_text_key (line->key);
      g_autofree char *value = value_of (line->value);

      if (is_shown (line->key) && (personal || !is_personal (line->key)))
        g_string_append_printf (text, "%s: %s\n", key != NULL ? key : line->key, value);
    }
  for (guint i = 0; i < gs_verdict_get_n_children (check); i++)
    describe (text, gs_verdict_get_child (check, i), personal, depth + 1);
}

gboolean
gs_evidence_text_has_personal (const GsVerdict *check)
{
  for (guint i = 0; i < gs_verdict_get_n_evidence (check); i++)
    if (is_personal (gs_verdict_get_evidence (check, i)->key))
      return TRUE;
  for (guint i = 0; i < gs_verdict_get_n_children (check); i++)
    if (gs_evidence_text_has_personal (gs_verdict_get_child (check, i)))
      return TRUE;
  return FALSE;
}

char *
gs_evidence_text_lines (const GsVerdict *check, gboolean personal)
{
  GString *text = g_string_new (NULL);

  describe (text, check, personal, 0);
  if (!personal && gs_evidence_text_has_personal (check))
    g_string_append_printf (text, "\n%s\n", _ ("What tells of the holder was left out."));
  g_strstrip (text->str);
  return g_string_free (text, FALSE);
}

/* --- the report ------------------------------------------------------------------------------- */

static void
add_certificates (GString *text, const GsVerdict *check)
{
  for (guint i = 0; i < gs_verdict_get_n_evidence (check); i++)
    {
      const GsEvidence *line = gs_verdict_get_evidence (check, i);
      g_autofree char *base64 = NULL;
      g_autofree char *key = NULL;
      gsize size;
      gconstpointer data;

      /* The chip's own files are data of the holder and are not written. */
      if (line->data == NULL || find (owners, G_N_ELEMENTS (owners), line->key) == NULL)
        continue;
      data = g_bytes_get_data (line->data, &size);
      base64 = g_base64_encode (data, size);
      key = gs_evidence_text_key (line->key);
      g_string_append_printf (text, "\n%s: %s\n-----BEGIN CERTIFICATE-----\n", key, line->value);
      for (gsize at = 0; at < strlen (base64); at += PEM_LINE)
        g_string_append_printf (text, "%.*s\n", PEM_LINE, base64 + at);
      g_string_append (text, "-----END CERTIFICATE-----\n");
    }
  for (guint i = 0; i < gs_verdict_get_n_children (check); i++)
    add_certificates (text, gs_verdict_get_child (check, i));
}

char *
gs_evidence_text_report (const GsVerdict *check, gboolean personal)
{
  GString *text = g_string_new (NULL);
  const char *code = code_of (check);
  g_autofree char *statement = gs_evidence_text_statement (check);
  g_autofree char *remark = gs_remark_text_of_node (check);
  g_autofree char *lines = gs_evidence_text_lines (check, personal);

  g_string_append_printf (text, "%s: %s\n", statement, gs_evidence_text_result (check));
  if (code != NULL)
    g_string_append_printf (text, "%s  %s\n", code, gs_reason_text_title (code));
  if (remark != NULL)
    g_string_append_printf (text, "%s\n", remark);
  g_string_append_printf (text, "\n%s\n", lines);
  add_certificates (text, check);
  return g_string_free (text, FALSE);
}
