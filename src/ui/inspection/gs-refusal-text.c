/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-reason-text.h"

/* Why there is no stamp, what that means, and what to do about it. */

typedef struct
{
  const char *words;    /* beside "Printer ready" */
  const char *sentence; /* what is wrong */
  const char *remedy;   /* what to do about it before a print */
  const char *printing; /* the same while it prints */
} Trouble;

static const Trouble troubles[] = {
  [GS_PRINTER_TROUBLE_NONE] = { N_ ("ready"), N_ ("The printer did not take the stamp."),
                                N_ ("Look at the printer’s panel."), N_ ("Keep the page still.") },
  [GS_PRINTER_TROUBLE_NO_ANSWER] = { N_ ("does not answer"), N_ ("The printer does not answer."),
                                     N_ ("Check its power and its cable."),
                                     N_ ("Check its power and its cable. Leave the page where it "
                                         "is.") },
  [GS_PRINTER_TROUBLE_OFFLINE] = { N_ ("offline"), N_ ("The printer is offline."),
                                   N_ ("Check its power and its cable."),
                                   N_ ("Check its power and its cable. Leave the page where it "
                                       "is.") },
  [GS_PRINTER_TROUBLE_JAM] = { N_ ("page stuck"), N_ ("The page is stuck in the printer."),
                               N_ ("Take the page out and close the printer."),
                               N_ ("Free it; the print goes on by itself.") },
  [GS_PRINTER_TROUBLE_COVER] = { N_ ("cover open"), N_ ("The printer’s cover is open."),
                                 N_ ("Close it."), N_ ("Close it; the print goes on by itself.") },
  [GS_PRINTER_TROUBLE_NO_INK] = { N_ ("no ink"), N_ ("The ink is used up."), N_ ("Change the ink."),
                                  N_ ("Change it; the print goes on by itself.") },
  [GS_PRINTER_TROUBLE_NO_PAGE] = { N_ ("no page in it"), N_ ("There is no page in the printer."),
                                   N_ ("Put the page into the printer."),
                                   N_ ("Put the page into the printer.") },
  [GS_PRINTER_TROUBLE_FULL] = { N_ ("output full"), N_ ("The printer’s output is full."),
                                N_ ("Take out what lies there."),
                                N_ ("Take out what lies there.") },
  [GS_PRINTER_TROUBLE_STOPPED] = { N_ ("stopped"), N_ ("The printer is stopped."),
                                   N_ ("Start it at its panel."), N_ ("Start it at its panel.") },
  [GS_PRINTER_TROUBLE_OTHER] = { N_ ("fault"), N_ ("The printer has a fault."),
                                 N_ ("Look at the printer’s panel."),
                                 N_ ("Look at the printer’s panel. Leave the page where it is.") },
  [GS_PRINTER_TROUBLE_UNFIT] = { N_ ("another size or format"),
                                 N_ ("The printer does not print the stamp’s size or format."),
                                 N_ ("Tell the administrator."),
                                 N_ ("Leave the page where it is. Tell the administrator.") },
  [GS_PRINTER_TROUBLE_UNTRUSTED] = { N_ ("another certificate"),
                                     N_ ("The printer shows another certificate than the enrolled "
                                         "one. Nothing is printed there."),
                                     N_ ("Tell the administrator, who enrols it anew."),
                                     N_ ("Leave the page where it is. Tell the administrator.") },
  [GS_PRINTER_TROUBLE_NOT_ENROLLED] = { N_ ("not enrolled"),
                                        N_ ("The printer was not enrolled yet."),
                                        N_ ("Tell the administrator, who enrols it."),
                                        N_ ("Tell the administrator, who enrols it.") },
  [GS_PRINTER_TROUBLE_REFUSED] = { N_ ("refused the job"), N_ ("The printer refused the stamp."),
                                   N_ ("Look at the printer’s panel."),
                                   N_ ("Look at the printer’s panel. Leave the page where it "
                                       "is.") },
  [GS_PRINTER_TROUBLE_SUBSTITUTED] = { N_ ("would print something else"),
                                       N_ ("The printer would have printed something else than the "
                                           "stamp."),
                                       N_ ("Tell the administrator."),
                                       N_ ("Leave the page where it is. Tell the "
                                           "administrator.") },
  [GS_PRINTER_TROUBLE_GIBBERISH] = { N_ ("answers wrongly"),
                                     N_ ("The printer’s answer makes no sense."),
                                     N_ ("Switch it off and on. If that does not help, tell the "
                                         "administrator."),
                                     N_ ("Leave the page where it is. Tell the administrator.") },
};

static const Trouble *
find (GsPrinterTrouble trouble)
{
  if (trouble < GS_PRINTER_TROUBLE_NONE || trouble > GS_PRINTER_TROUBLE_LAST)
    trouble = GS_PRINTER_TROUBLE_OTHER;
  return &troubles[trouble];
}

const char *
gs_reason_text_printer_trouble (GsPrinterTrouble trouble)
{
  return _ (find (trouble)->words);
}

const char *
gs_reason_text_printer_sentence (GsPrinterTrouble trouble)
{
  return _ (find (trouble)->sentence);
}

const char *
gs_reason_text_printer_remedy (GsPrinterTrouble trouble)
{
  return _ (find (trouble)->remedy);
}

const char *
gs_reason_text_printer_while_printing (GsPrinterTrouble trouble)
{
  return _ (find (trouble)->printing);
}

char *
gs_reason_text_passes (GsStampIssue *issue)
{
  GPtrArray *passes = gs_stamp_issue_get_passes (issue);
  GsPrinterMonitor *printer = gs_stamp_issue_get_printer (issue);
  g_autoptr (GString) text = g_string_new (NULL);

  if (passes->len == 0 || printer == NULL)
    return NULL;
  for (guint i = 0; i < passes->len; i++)
    {
      const GsPrinterPass *pass = g_ptr_array_index (passes, i);

      /* Translators: a printer's name, what is wrong with it. */
      g_string_append_printf (text, _ ("%s did not take the stamp: %s. "), pass->name,
                              gs_reason_text_printer_trouble (pass->trouble));
    }
  /* Translators: a printer's name. */
  g_string_append_printf (text,
                          _ ("It is printed at %s, with the same serial: put the page there."),
                          gs_stamp_printer_get_name (gs_printer_monitor_get_printer (printer)));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
gs_reason_text_claim_fate (GsClaimFate fate)
{
  switch (fate)
    {
    case GS_CLAIM_FATE_NONE:
      return _ ("Nothing is printed.");
    case GS_CLAIM_FATE_RELEASED:
      return _ ("Nothing was printed. The hall’s claim is given back, unused.");
    case GS_CLAIM_FATE_UNSETTLED:
      return _ ("Nothing was printed. The hall’s claim is given back when the station can store "
                "again.");
    case GS_CLAIM_FATE_KEPT:
      return _ (
        "Nothing was printed. The hall’s claim stays with this desk, for the stamp that was "
        "made void.");
    }
  return NULL;
}

char *
gs_reason_text_refusal_next (const GsRefusalInfo *refusal)
{
  switch (refusal->refusal)
    {
    case GS_REFUSAL_PRINTER:
      /* Translators: what to mend, then this. */
      return g_strdup_printf (_ ("%s Then close this sheet and press F10 again."),
                              _ (find (refusal->trouble)->remedy));
    case GS_REFUSAL_STOPPED:
      return g_strdup (_ ("Close this sheet and press F10 again if the traveller still wants it."));
    case GS_REFUSAL_NO_LINK:
      return g_strdup (_ ("Close this sheet and press F10 again when the link is back."));
    case GS_REFUSAL_HALL:
    case GS_REFUSAL_SEAL:
    case GS_REFUSAL_STORE:
      return g_strdup (_ ("Tell the administrator."));
    case GS_REFUSAL_WINDOW_CLOSED:
      return g_strdup (_ ("No stamp is issued any more."));
    case GS_REFUSAL_NO_STAMP:
      return g_strdup (_ ("Have a stamp handed out by a supervisor, then press F10 again."));
    case GS_REFUSAL_NONE:
    case GS_REFUSAL_ALREADY_STAMPED:
    case GS_REFUSAL_CLAIMED_ELSEWHERE:
    case GS_REFUSAL_IN_DOUBT:
    case GS_REFUSAL_OPEN_CASE:
    case GS_REFUSAL_NOT_ADMITTED:
    case GS_REFUSAL_CANCELLED:
      break;
    }
  return NULL;
}

char *
gs_reason_text_refusal (GsStation *station, const GsRefusalInfo *refusal)
{
  g_autofree char *at = gs_format_time (station, refusal->at_utc_ms);
  g_autofree char *desk = gs_format_desk (refusal->desk);
  GsCloseCause cause = GS_CLOSE_CAUSE_NONE;

  gs_close_cause_from_word (refusal->cause, &cause);
  switch (refusal->refusal)
    {
    case GS_REFUSAL_NONE:
      return g_strdup ("");
    case GS_REFUSAL_ALREADY_STAMPED:
      /* Translators: serial number, desk, time. */
      return g_strdup_printf (_ ("This crossing has its stamp: %s, %s, %s."),
                              refusal->serial != NULL ? refusal->serial : "–", desk, at);
    case GS_REFUSAL_CLAIMED_ELSEWHERE:
      return g_strdup_printf (_ ("%s is stamping this crossing since %s."), desk, at);
    case GS_REFUSAL_IN_DOUBT:
      return g_strdup_printf (
        _ ("A stamp of %s for this crossing is in doubt. A supervisor must settle it first."),
        desk);
    case GS_REFUSAL_OPEN_CASE:
      return g_strdup (_ ("The crossing is an open case. Decide it first."));
    case GS_REFUSAL_WINDOW_CLOSED:
      /* Translators: time, then the cause, such as "passed customs". */
      return g_strdup_printf (_ ("The window closed at %s: %s."), at,
                              gs_reason_text_close_cause (cause));
    case GS_REFUSAL_NOT_ADMITTED:
      return g_strdup (_ ("The traveller was not admitted."));
    case GS_REFUSAL_CANCELLED:
      return g_strdup (_ ("The crossing was annulled."));
    case GS_REFUSAL_NO_LINK:
      return g_strdup (_ ("The hall did not answer."));
    case GS_REFUSAL_HALL:
      return g_strdup (_ ("The hall’s answer could not be used."));
    case GS_REFUSAL_PRINTER:
      return g_strdup (gs_reason_text_printer_sentence (refusal->trouble));
    case GS_REFUSAL_SEAL:
      return g_strdup (_ ("The stamp’s digital seal could not be signed."));
    case GS_REFUSAL_STORE:
      return g_strdup (_ ("The station cannot store the next step, so it stopped here."));
    case GS_REFUSAL_STOPPED:
      return g_strdup (_ ("Stopped before anything was printed."));
    case GS_REFUSAL_NO_STAMP:
      return g_strdup (_ ("You hold no stamp any more, or it has a new code."));
    }
  return g_strdup ("");
}
