/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-checks.h"

#include <glib/gi18n.h>

#include "gs-check-item.h"
#include "gs-document-text.h"
#include "gs-face-text.h"
#include "gs-reason-text.h"
#include "gs-remark-text.h"
#include "gs-sign.h"

/* The published list's sentences stand in the core, which translates nothing; these make them known
 * to the catalogue. */
static const char *const statements[] G_GNUC_UNUSED = {
  N_ ("Not expired"),
  N_ ("Not a specimen"),
  N_ ("MRZ well formed"),
  N_ ("MRZ readable in infrared"),
  N_ ("Ultraviolet pattern right"),
  N_ ("Document model known"),
  N_ ("Document undamaged"),
  N_ ("Document well placed"),
  N_ ("Chip opened"),
  N_ ("Signed by the issuer"),
  N_ ("Signer trusted"),
  N_ ("Certificate in its period"),
  N_ ("Certificate not revoked"),
  N_ ("Chip data unaltered"),
  N_ ("EF.SOD and EF.COM agree"),
  N_ ("Issuing state agrees with the signer"),
  N_ ("Not a copy (chip authentication)"),
  N_ ("Not a copy (active authentication)"),
  N_ ("Match with the chip picture"),
  N_ ("No attack found"),
  N_ ("One face in view"),
  N_ ("Live picture good enough"),
  N_ ("Chip picture readable"),
  N_ ("Same person as in the chip, by the officer"),
  N_ ("Same person as at the gate, by the officer"),
  N_ ("Match at the desk with the chip picture"),
  N_ ("Match at the desk with the gate picture"),
  N_ ("No attack seen by the officer"),
  N_ ("Printed data match the chip"),
  N_ ("Printed face matches the chip"),
  N_ ("Same document as at the gate"),
  N_ ("Visa or permit agrees"),
  N_ ("Digital seal good"),
  N_ ("Not reported lost or stolen"),
  N_ ("No alert on the person"),
  N_ ("No entry ban on file"),
  N_ ("No directive for an officer"),
};

int
gs_case_checks_sign (GsCheckResult result)
{
  switch (result)
    {
    case GS_CHECK_RESULT_SUCCESSFUL:
      return GS_SIGN_SUCCESSFUL;
    case GS_CHECK_RESULT_FAILED:
      return GS_SIGN_FAILED;
    case GS_CHECK_RESULT_UNDETERMINED:
      return GS_SIGN_UNDETERMINED;
    case GS_CHECK_RESULT_NOT_SUPPORTED:
      return GS_SIGN_NOT_SUPPORTED;
    case GS_CHECK_RESULT_ABORTED:
      return GS_SIGN_ABORTED;
    case GS_CHECK_RESULT_NOT_CHECKED:
      return GS_SIGN_NOT_DONE;
    }
  return GS_SIGN_NOT_DONE;
}

const char *
gs_case_checks_statement (const char *name)
{
  const GsCheckName *row = gs_check_name_find (name);

  return row != NULL ? _ (row->sentence) : name;
}

static const char *
title_of (GsCheckGroup group)
{
  switch (group)
    {
    case GS_CHECK_GROUP_DOCUMENT:
      return _ ("Document");
    case GS_CHECK_GROUP_CHIP:
      return _ ("Chip");
    case GS_CHECK_GROUP_FACE:
      return _ ("Face at the gate");
    case GS_CHECK_GROUP_CROSS_CHECK:
      return _ ("Cross-checks");
    case GS_CHECK_GROUP_BACKGROUND:
      return _ ("Background");
    case GS_CHECK_GROUP_OTHER:
      break;
    }
  return _ ("Other checks");
}

static const char *
word_of (GsCheckResult result)
{
  return result == GS_CHECK_RESULT_NOT_CHECKED ? _ ("not checked") : NULL;
}

/* What of this document opens behind the line, and what was noticed there. */
static void
add_evidence (GsCheckItem *line, GsDeskDocument *document, const char *name)
{
  const GsVerdict *check =
    document != NULL ? gs_verdict_find (gs_desk_document_get_verdict (document), name) : NULL;
  g_autofree char *remark = check != NULL ? gs_remark_text_of_check (check) : NULL;

  if (check == NULL)
    return;
  gs_check_item_set_name (line, name);
  gs_check_item_set_remark (line, remark);
}

static void
add_group (GListStore *groups, GsCase *item, GsCheckGroup group, gboolean shielded)
{
  GPtrArray *checks = gs_case_get_crossing (item)->checks;
  GsCheckResult worst = gs_checks_group_result (checks, group);
  GsSign sign = gs_case_checks_sign (worst);
  const char *word = word_of (worst);
  const char *hidden = NULL;
  GsDeskDocument *document = gs_case_get_document (item);
  GsDocumentHeadline headline = gs_case_get_headline (item);
  g_autoptr (GsCheckItem) head = NULL;

  if (group == GS_CHECK_GROUP_OTHER && worst == GS_CHECK_RESULT_NOT_CHECKED)
    return;
  if (group == GS_CHECK_GROUP_CHIP && worst == GS_CHECK_RESULT_SUCCESSFUL)
    {
      gboolean genuine = gs_case_is_chip_genuine (item);

      word = genuine ? _ ("genuine") : _ ("unaltered, copy not excluded");
      sign = genuine ? GS_SIGN_SUCCESSFUL : GS_SIGN_UNDETERMINED;
    }
  if (group == GS_CHECK_GROUP_CHIP && headline != 0 && gs_document_text_is_of_chip (headline))
    {
      word = gs_document_text_headline (headline);
      sign = gs_document_text_sign (headline);
    }
  if (group == GS_CHECK_GROUP_FACE && gs_case_hides_face (item))
    hidden = _ ("hidden until you have judged");
  else if (shielded && (group == GS_CHECK_GROUP_FACE || group == GS_CHECK_GROUP_BACKGROUND))
    hidden = _ ("shielded, hold Space to read");
  head = gs_check_item_new_group (
    title_of (group), hidden != NULL ? GS_SIGN_NOT_DONE : sign, hidden != NULL ? NULL : word,
    worst != GS_CHECK_RESULT_SUCCESSFUL || group == GS_CHECK_GROUP_CHIP
      || group == GS_CHECK_GROUP_BACKGROUND);
  if (hidden != NULL)
    gs_check_item_update (head, GS_SIGN_NOT_DONE, NULL, hidden);
  for (guint i = 0; hidden == NULL && i < checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (checks, i);
      const GsCheckName *row = gs_check_name_find (check->name);
      g_autoptr (GsCheckItem) line = NULL;

      if ((row != NULL ? row->group : GS_CHECK_GROUP_OTHER) != group)
        continue;
      line = gs_check_item_new (gs_case_checks_statement (check->name),
                                gs_case_checks_sign (check->result), NULL);
      add_evidence (line, document, check->name);
      gs_check_item_append (head, line);
    }
  g_list_store_append (groups, head);
}

static GsSign
judgement_sign (GsJudgement judgement)
{
  switch (judgement)
    {
    case GS_JUDGEMENT_SAME:
      return GS_SIGN_SAME;
    case GS_JUDGEMENT_UNSURE:
      return GS_SIGN_UNSURE;
    case GS_JUDGEMENT_DIFFERENT:
      return GS_SIGN_DIFFERENT;
    }
  return GS_SIGN_NOT_DONE;
}

static void
add_line (GsCheckItem *head, const char *title, GsSign sign, const char *word)
{
  g_autoptr (GsCheckItem) line = gs_check_item_new (title, sign, word);

  gs_check_item_append (head, line);
}

static void
add_comparison (GsCheckItem *head, const char *title, const GsFacePairResult *pair)
{
  const GsFaceComparison *comparison = pair->comparison;
  g_autofree char *word = NULL;

  if (!pair->asked || comparison == NULL)
    return;
  word = gs_face_text_result (comparison->verdict, comparison->score);
  add_line (head, title, gs_face_text_verdict_sign (comparison->verdict), word);
}

/* What this desk found of the face: nothing before the judgement, and nothing again while a second
 * officer judges blind; then the officers' words and the engine's. */
static void
add_desk_face (GListStore *groups, GsCase *item)
{
  GsJudgement judgement = gs_case_get_judgement (item);
  const GsFaceVerification *verification = judgement != 0 ? gs_case_get_verification (item) : NULL;
  gboolean good = verification != NULL && verification->ruling.step == GS_FACE_STEP_ADMIT;
  const GsFaceComparison *chip =
    verification != NULL ? verification->pairs[GS_FACE_PAIR_CHIP_DESK].comparison : NULL;
  gboolean engine = chip != NULL && chip->verdict != GS_FACE_NO_DECISION;
  g_autofree char *word = NULL;
  g_autoptr (GsCheckItem) head = NULL;

  if (judgement == 0)
    word = g_strdup (_ ("not yet judged"));
  else if (engine)
    /* Translators: the officer's judgement, then the engine's answer. */
    word = g_strdup_printf (_ ("%s, engine: %s"), gs_reason_text_judgement (judgement),
                            gs_face_text_verdict (chip->verdict));
  else
    /* Translators: the officer's judgement, made without an engine. */
    word = g_strdup_printf (_ ("%s, by eye"), gs_reason_text_judgement (judgement));
  head = gs_check_item_new_group (_ ("Face at this desk"),
                                  good ? GS_SIGN_SUCCESSFUL : judgement_sign (judgement), word,
                                  verification != NULL && !good);
  if (verification != NULL)
    {
      const GsFacePairResult *pair = &verification->pairs[GS_FACE_PAIR_CHIP_DESK];

      add_comparison (head, _ ("Chip to desk"), pair);
      add_comparison (head, _ ("Gate to desk"), &verification->pairs[GS_FACE_PAIR_GATE_DESK]);
      if (pair->second.judgement != 0)
        add_line (head, _ ("Second officer"), judgement_sign (pair->second.judgement),
                  gs_reason_text_judgement (pair->second.judgement));
      if (verification->attack_seen)
        add_line (head, _ ("No attack seen by the officer"), GS_SIGN_FAILED, NULL);
    }
  g_list_store_append (groups, head);
}

GListModel *
gs_case_checks_build (GsCase *item, gboolean shielded)
{
  GListStore *groups = g_list_store_new (GS_TYPE_CHECK_ITEM);

  add_group (groups, item, GS_CHECK_GROUP_DOCUMENT, shielded);
  add_group (groups, item, GS_CHECK_GROUP_CHIP, shielded);
  add_group (groups, item, GS_CHECK_GROUP_CROSS_CHECK, shielded);
  add_group (groups, item, GS_CHECK_GROUP_BACKGROUND, shielded);
  add_group (groups, item, GS_CHECK_GROUP_FACE, shielded);
  add_group (groups, item, GS_CHECK_GROUP_OTHER, shielded);
  add_desk_face (groups, item);
  return G_LIST_MODEL (groups);
}
