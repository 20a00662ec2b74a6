/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-evidence-window.h"

#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-sign-view.h"

#include <string.h>

struct _GsEvidenceWindow
{
  AdwWindow parent_instance;

  GsSignView *sign;
  GtkWidget *title_label;
  GtkWidget *result_label;
  GtkWidget *cause_label;
  GtkWidget *next_label;
  GtkWidget *evidence_label;
};

G_DEFINE_FINAL_TYPE (GsEvidenceWindow, gs_evidence_window, ADW_TYPE_WINDOW)

/* Statements of checks that are not on the published list, as gs-passive-authentication.h makes
 * them; here for the catalogue. */
static const char *const statements[] G_GNUC_UNUSED = {
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

static const struct
{
  const char *key;
  const char *words;
} keys[] = {
  { "error", N_ ("Error code") },
  { "access", N_ ("Access control") },
  { "cipher", N_ ("Cipher") },
  { "protocol", N_ ("Protocol") },
  { "algorithm", N_ ("Algorithm") },
  { "hash_algorithm", N_ ("Hash algorithm") },
  { "hash_signed", N_ ("Hash that was signed") },
  { "hash_read", N_ ("Hash of what was read") },
  { "signer", N_ ("Signer’s certificate") },
  { "authority", N_ ("Authority’s certificate") },
  { "signer_country", N_ ("State of the signer") },
  { "issuing_state", N_ ("Issuing state") },
  { "not_before", N_ ("Valid from") },
  { "not_after", N_ ("Valid to") },
  { "issued_at", N_ ("Signed at") },
  { "revoked_at", N_ ("Revoked at") },
  { "expires", N_ ("Date of expiry") },
  { "differs", N_ ("Differs in") },
  { "key_file", N_ ("File of the chip’s key") },
  { "file", N_ ("File") },
  { "size", N_ ("Size") },
  { "coding", N_ ("Coding") },
  { "record", N_ ("Record") },
};

static const char *
words_of_key (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, key))
      return _ (keys[i].words);
  return key;
}

/* What a library says in its own words is for the log. */
static gboolean
is_shown (const char *key)
{
  return !g_str_equal (key, "detail") && !g_str_equal (key, "pace_error")
         && !g_str_equal (key, "note");
}

/* Transfer full. */
static char *
statement_of (const GsVerdict *check)
{
  const char *name = gs_verdict_get_name (check);

  if (gs_check_name_find (name) != NULL)
    return g_strdup (gs_case_checks_statement (name));
  if (g_str_has_prefix (name, "data-group-"))
    /* Translators: the number of a file of the chip. */
    return g_strdup_printf (_ ("Data group %s unaltered"), name + strlen ("data-group-"));
  return g_strdup (_ (gs_verdict_get_statement (check)));
}

static const char *
word_of (const GsVerdict *check)
{
  GsCheckResult result = gs_verdict_get_result (check);

  return result == GS_CHECK_RESULT_NOT_CHECKED
           ? _ ("not checked")
           : gs_sign_get_word ((GsSign) gs_case_checks_sign (result));
}

static void
describe (GString *text, const GsVerdict *check, guint depth)
{
  if (depth > 0)
    {
      const char *code = gs_verdict_get_code (check);
      GsCheckResult result = gs_verdict_get_result (check);
      g_autofree char *statement = statement_of (check);

      g_string_append_printf (text, "\n%s: %s%s%s\n", statement, word_of (check),
                              code != NULL && result != GS_CHECK_RESULT_SUCCESSFUL ? ", " : "",
                              code != NULL && result != GS_CHECK_RESULT_SUCCESSFUL ? code : "");
    }
  for (guint i = 0; i < gs_verdict_get_n_evidence (check); i++)
    {
      const GsEvidence *line = gs_verdict_get_evidence (check, i);

      if (is_shown (line->key))
        g_string_append_printf (text, "%s: %s\n", words_of_key (line->key), line->value);
    }
  for (guint i = 0; i < gs_verdict_get_n_children (check); i++)
    describe (text, gs_verdict_get_child (check, i), depth + 1);
}

static void
fill (GsEvidenceWindow *self, const GsVerdict *check)
{
  GsCheckResult result = gs_verdict_get_result (check);
  const char *code = result != GS_CHECK_RESULT_SUCCESSFUL ? gs_verdict_get_code (check) : NULL;
  g_autoptr (GString) evidence = g_string_new (NULL);
  g_autofree char *cause = NULL;
  g_autofree char *next = NULL;
  g_autofree char *statement = statement_of (check);

  gs_sign_view_set_sign (self->sign, (GsSign) gs_case_checks_sign (result));
  gs_label_set (self->title_label, statement);
  gs_label_set (self->result_label, word_of (check));
  if (code != NULL)
    {
      const char *rest;
      const char *strong = gs_reason_text_next (code, &rest);

      cause = g_strdup_printf ("%s  %s", code, gs_reason_text_title (code));
      if (result == GS_CHECK_RESULT_FAILED || result == GS_CHECK_RESULT_ABORTED)
        next = g_strdup_printf ("%s %s", strong, rest != NULL ? rest : "");
      else
        next = g_strdup (_ ("Nothing failed, but it could not be told. Look at the document by "
                            "hand."));
    }
  gs_label_set (self->cause_label, cause);
  gs_label_set (self->next_label, next);
  describe (evidence, check, 0);
  g_strstrip (evidence->str);
  gs_label_set (self->evidence_label,
                evidence->str[0] != '\0' ? evidence->str : _ ("Nothing else was noted."));
}

static void
gs_evidence_window_class_init (GsEvidenceWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-evidence-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, sign);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, result_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, cause_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, next_label);
  gtk_widget_class_bind_template_child (widget_class, GsEvidenceWindow, evidence_label);
}

static void
gs_evidence_window_init (GsEvidenceWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_sign_view_set_label (self->sign, "");
}

GtkWindow *
gs_evidence_window_new (GtkWindow *parent, const GsVerdict *check)
{
  GsEvidenceWindow *self = g_object_new (GS_TYPE_EVIDENCE_WINDOW, "transient-for", parent, NULL);

  fill (self, check);
  return GTK_WINDOW (self);
}
