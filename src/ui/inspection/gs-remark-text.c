/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-remark-text.h"

#include <glib/gi18n.h>

#include "gs-reason-text.h"

#include <string.h>

typedef struct
{
  const char *code;
  const char *sentence;
  const char *next;
  gboolean quiet; /* stands in the evidence only */
} Remark;

#define BY_HAND N_ ("Look at the document by hand.")
#define ALONE_NOTHING N_ ("This alone needs nothing.")

static const Remark remarks[] = {
  { "several-signers",
    N_ ("It is signed more than once; the chain was followed from the first signature alone."),
    BY_HAND, FALSE },
  { "weak-algorithm", N_ ("An algorithm is weak: with much effort it can be forged."), BY_HAND,
    FALSE },
  { "pace-failed", N_ ("The chip’s newer lock (PACE) failed; the older one (BAC) opened it."),
    N_ ("Read it again. If it stays so, look at the document by hand."), FALSE },
  { "file-withheld", N_ ("The chip does not give a file that the issuer signed."), BY_HAND, FALSE },
  { "not-given", N_ ("The chip does not give a file that the issuer signed."), BY_HAND, FALSE },
  { "missing", N_ ("The chip does not give a file that the issuer signed."), BY_HAND, FALSE },
  { "wrapper-missing", N_ ("The signed file lacks its outer mark."), ALONE_NOTHING, FALSE },
  { "signer-usage", N_ ("The signer’s certificate is not made for signatures."), BY_HAND, FALSE },
  { "authority-usage",
    N_ ("The signer’s certificate begins when the authority’s key was not in use."), BY_HAND,
    FALSE },
  { "list-out-of-date", N_ ("The revocation list is out of date."),
    N_ ("Tell the administrator that a newer list is needed."), FALSE },
  { "list-in-future", N_ ("The revocation list is dated in the future."),
    N_ ("Tell the administrator: the list or this desk’s clock is wrong."), FALSE },
  { "picture-kind-differs", N_ ("The picture is of another kind than its record says."),
    ALONE_NOTHING, FALSE },
  /* Whoever issues specimens is trusted here or is not: the signer says which. */
  { "specimen-state", N_ ("The code of the issuing state is that of specimens."),
    N_ ("No traveller has such a document, except where specimens are tried."), TRUE },
};

static const Remark *
find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (remarks); i++)
    if (g_strcmp0 (remarks[i].code, code) == 0)
      return &remarks[i];
  return NULL;
}

const char *
gs_remark_text_sentence (const char *code)
{
  const Remark *remark = find (code);

  return remark != NULL ? _ (remark->sentence) : NULL;
}

const char *
gs_remark_text_next (const char *code)
{
  const Remark *remark = find (code);

  return remark != NULL ? _ (remark->next) : NULL;
}

static void
add (GString *text, const char *sentence, const char *next)
{
  g_autofree char *line = g_strdup_printf ("%s %s", sentence, next);

  /* Two keys may be weak for one reason. */
  if (strstr (text->str, line) == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

static void
add_code (GString *text, const char *code, gboolean quiet)
{
  const Remark *remark = find (code);

  if (remark != NULL && (quiet || !remark->quiet))
    add (text, _ (remark->sentence), _ (remark->next));
}

/* A node's own: a group has the words of what is below it. */
static void
add_node (GString *text, const GsVerdict *node, gboolean quiet)
{
  GsCheckResult result = gs_verdict_get_result (node);
  const char *code = gs_verdict_get_code (node);

  for (guint i = 0; i < gs_verdict_get_n_warnings (node); i++)
    add_code (text, gs_verdict_get_warning_code (node, i), quiet);
  /* A referral reason speaks for itself where it lowers the result. */
  if (result == GS_CHECK_RESULT_SUCCESSFUL && code != NULL && gs_verdict_get_n_children (node) == 0)
    {
      const char *rest;
      const char *next = gs_reason_text_next (code, &rest);
      g_autofree char *title = g_strdup_printf ("%s %s.", code, gs_reason_text_title (code));

      add (text, title, next);
    }
  else if (code == NULL)
    add_code (text, gs_verdict_find_evidence (node, "error"), quiet);
}

static void
add_below (GString *text, const GsVerdict *node, gboolean top)
{
  if (!top && gs_check_name_find (gs_verdict_get_name (node)) != NULL)
    return;
  add_node (text, node, FALSE);
  for (guint i = 0; i < gs_verdict_get_n_children (node); i++)
    add_below (text, gs_verdict_get_child (node, i), FALSE);
}

static char *
take (GString *text)
{
  return text->len > 0 ? g_string_free (text, FALSE) : (g_string_free (text, TRUE), NULL);
}

char *
gs_remark_text_of_check (const GsVerdict *check)
{
  GString *text = g_string_new (NULL);

  add_below (text, check, TRUE);
  return take (text);
}

char *
gs_remark_text_of_node (const GsVerdict *check)
{
  GString *text = g_string_new (NULL);

  add_node (text, check, TRUE);
  return take (text);
}

gboolean
gs_remark_text_is_any (const GsVerdict *document)
{
  const GsCheckName *row = gs_check_name_find (gs_verdict_get_name (document));

  /* What the card does not list carries no remark there. */
  if (row != NULL && row->group != GS_CHECK_GROUP_FACE)
    {
      g_autofree char *text = gs_remark_text_of_check (document);

      if (text != NULL)
        return TRUE;
    }
  for (guint i = 0; i < gs_verdict_get_n_children (document); i++)
    if (gs_remark_text_is_any (gs_verdict_get_child (document, i)))
      return TRUE;
  return FALSE;
}
