/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-chain.h"

#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-format.h"
#include "gs-next-step.h"
#include "gs-reason-text.h"
#include "gs-sign.h"

/* The checks that did not go well, in words; or that all did. */
static char *
dup_evidence (GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < crossing->checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (crossing->checks, i);
      const GsCheckName *row = gs_check_name_find (check->name);

      if (check->result == GS_CHECK_RESULT_SUCCESSFUL
          || check->result == GS_CHECK_RESULT_NOT_SUPPORTED)
        continue;
      if (row != NULL && row->group == GS_CHECK_GROUP_FACE && gs_case_hides_face (item))
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      /* Translators: the statement a check proves, then its result: "Not expired: failed". */
      g_string_append_printf (text, _ ("%s: %s"), gs_case_checks_statement (check->name),
                              gs_sign_get_word ((GsSign) gs_case_checks_sign (check->result)));
    }
  if (text->len > 0)
    return g_strdup (text->str);
  if (crossing->checks->len == 0)
    return g_strdup (_ ("The gate told no check."));
  return g_strdup (_ ("Every other check that the gate made is successful."));
}

/* Once the officer has judged, the next step follows from that. */
static void
fill_judged (GsStation *station, GsCase *item, GsReasonChainContent *content)
{
  GsJudgement judgement = gs_case_get_judgement (item);

  if (judgement == GS_JUDGEMENT_UNSURE || judgement == GS_JUDGEMENT_DIFFERENT)
    {
      content->next_strong = _ ("Send to the second line.");
      content->next_text = _ ("Your judgement goes with the case.");
    }
  else if (judgement == GS_JUDGEMENT_SAME
           && gs_station_blocks (station, item, GS_OUTCOME_ADMITTED) == 0)
    {
      content->next_strong = _ ("Admit.");
      content->next_text = _ ("You judged: same person. Your judgement is recorded.");
    }
  else if (judgement == GS_JUDGEMENT_SAME && gs_station_needs_second (station, item))
    {
      content->next_strong = _ ("Call a second officer (F3).");
      content->next_text = _ ("You judged: same person. Admitting needs two officers.");
    }
}

/* The chip that the gate could not read was read here. */
static void
fill_answered (GsReasonChainContent *content)
{
  content->why_text = _ ("The chip was read at this desk.");
  content->next_strong = _ ("Compare the face.");
  content->next_text = _ ("The gate had no chip picture to compare it with. Press F5.");
}

static void
fill_open_case (
  GsStation *station, GsCase *item, GsReasonChainContent *content, char **why, char **evidence)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  const char *code = crossing->reasons != NULL ? crossing->reasons[0] : NULL;

  *evidence = dup_evidence (item);
  content->evidence = *evidence;
  if (gs_case_is_blind (item))
    {
      content->why_title = _ ("Face: compare");
      content->why_text =
        _ ("The gate asks for an officer’s eyes. What it found, and its code, are hidden until "
           "you have judged.");
    }
  else
    {
      *why = gs_case_is_shielded (item)
               ? g_strdup_printf (_ ("Priority 1 · %s"), code != NULL ? code : "–")
               : g_strdup_printf ("%s  %s", code != NULL ? code : "", gs_reason_text_title (code));
      content->why_title = *why;
      content->why_text = gs_case_is_shielded (item) ? gs_reason_text_title (code) : NULL;
    }
  if (gs_case_get_rejected (item))
    content->why_text = _ ("The hall rejected the decision that was sent. Look again and decide.");
  content->next_strong = gs_reason_text_next (code, &content->next_text);
  if (gs_case_is_answered (item, code))
    fill_answered (content);
  fill_judged (station, item, content);
  content->say = gs_reason_text_say (code, gs_reason_text_language (crossing->traveller),
                                     &content->say_lang, &content->say_badge);
  content->say_meaning = gs_reason_text_say_meaning (code);
  /* Said in the officer's own language it needs no second line. */
  if (g_strcmp0 (content->say, content->say_meaning) == 0)
    content->say_meaning = NULL;
}

static void
fill_admitted (GsStation *station, GsCase *item, GsReasonChainContent *content, char **why)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GsWindowVerdict verdict;

  gs_station_judge_window (station, item, &verdict);
  if (crossing->stamp_serial != NULL)
    {
      g_autofree char *at = gs_format_time (station, crossing->stamped_utc_ms);
      g_autofree char *desk = gs_format_desk (crossing->stamp_desk);

      *why = g_strdup_printf (_ ("Stamped: %s, %s, %s"), crossing->stamp_serial, desk, at);
      content->why_title = *why;
      content->next_strong = _ ("Nothing more to do.");
      content->next_text = _ ("One crossing gets one stamp.");
      return;
    }
  content->why_title =
    crossing->admitted_by_officer ? _ ("Admitted by an officer") : _ ("Admitted by the gate");
  if (verdict.may_stamp)
    {
      content->next_strong = _ ("Stamp on request.");
      content->next_text = _ ("Press F10 when the traveller asks for it.");
    }
  else if (verdict.state == GS_WINDOW_NOT_KNOWN)
    {
      content->next_strong = _ ("Stamp not known.");
      content->next_text = _ ("Whether the window is open is known when the hall answers again.");
    }
  else
    {
      content->next_strong = _ ("No stamp any more.");
      content->next_text =
        _ ("F10 shows why, and the ways on: travel record slip or airport office.");
    }
}

void
gs_case_chain_update (GsReasonChain *chain, GsStation *station, GsCase *item, gboolean shielded)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GsReasonChainContent content = { 0 };
  g_autofree char *why = NULL;
  g_autofree char *evidence = NULL;

  if (gs_crossing_is_open_case (crossing))
    fill_open_case (station, item, &content, &why, &evidence);
  else if (crossing->state == GS_CROSSING_STATE_ADMITTED)
    fill_admitted (station, item, &content, &why);
  else if (crossing->state == GS_CROSSING_STATE_STARTED)
    {
      content.why_title = _ ("In the gate");
      content.next_strong = _ ("Wait for the gate.");
    }
  else
    {
      /* Translators: an outcome, such as "second line". */
      why = g_strdup_printf (_ ("Decided: %s"), gs_reason_text_outcome (crossing->outcome));
      content.why_title = why;
      content.next_strong = _ ("Nothing more to do here.");
    }
  gs_reason_chain_update (chain, &content);
  gs_reason_chain_set_shielded (chain, shielded);
}
