/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-text.h"

#include <glib/gi18n.h>

#include "gs-reason-text.h"
#include "gs-test-picture.h"

static gboolean
is_first (GsPrinterDesk *printers, GsPrinterMonitor *printer)
{
  return gs_printer_desk_get_printer (printers, 0) == printer;
}

const char *
gs_printer_text_word (GsPrinterDesk *printers, GsPrinterMonitor *printer, GsSign *sign)
{
  const GsPrinterStatus *status = gs_printer_monitor_get_status (printer);

  *sign = GS_SIGN_FAILED;
  switch (gs_printer_desk_judge (printers, printer))
    {
    case GS_PRINTER_TROUBLE_NONE:
      break;
    case GS_PRINTER_TROUBLE_NO_ANSWER:
      if (status->error != NULL)
        return _ ("Printer away");
      *sign = GS_SIGN_NOT_KNOWN;
      return _ ("Printer");
    case GS_PRINTER_TROUBLE_JAM:
      return _ ("Printer jammed");
    case GS_PRINTER_TROUBLE_UNTRUSTED:
      return _ ("Printer not trusted");
    case GS_PRINTER_TROUBLE_NOT_ENROLLED:
      return _ ("Printer not enrolled");
    case GS_PRINTER_TROUBLE_OFFLINE:
    case GS_PRINTER_TROUBLE_COVER:
    case GS_PRINTER_TROUBLE_NO_INK:
    case GS_PRINTER_TROUBLE_NO_PAGE:
    case GS_PRINTER_TROUBLE_FULL:
    case GS_PRINTER_TROUBLE_STOPPED:
    case GS_PRINTER_TROUBLE_OTHER:
    case GS_PRINTER_TROUBLE_UNFIT:
    case GS_PRINTER_TROUBLE_REFUSED:
    case GS_PRINTER_TROUBLE_SUBSTITUTED:
    case GS_PRINTER_TROUBLE_GIBBERISH:
      return _ ("Printer stopped");
    }
  if (!is_first (printers, printer))
    {
      *sign = GS_SIGN_WARNING;
      return _ ("Second printer");
    }
  if (gs_printer_status_is_supply_low (status))
    {
      *sign = GS_SIGN_WARNING;
      return _ ("Ink low");
    }
  *sign = GS_SIGN_SUCCESSFUL;
  return _ ("Printer ready");
}

char *
gs_printer_text_ink (const GsPrinterStatus *status)
{
  int lowest = -1;

  for (guint i = 0; i < status->supplies->len; i++)
    {
      const GsPrinterSupply *supply = g_ptr_array_index (status->supplies, i);

      if (supply->level_percent >= 0 && (lowest < 0 || supply->level_percent < lowest))
        lowest = supply->level_percent;
    }
  return lowest >= 0 ? g_strdup_printf (_ ("ink %d %%"), lowest) : NULL;
}

static void
append_part (GString *text, const char *part)
{
  if (part != NULL)
    g_string_append_printf (text, ", %s", part);
}

char *
gs_printer_text_one (GsPrinterDesk *printers, GsPrinterMonitor *printer)
{
  const GsPrinterStatus *status = gs_printer_monitor_get_status (printer);
  GsPrinterTrouble trouble = gs_printer_desk_judge (printers, printer);
  g_autofree char *ink = gs_printer_text_ink (status);
  g_autofree char *counter = NULL;
  GString *text = g_string_new (NULL);

  g_string_append_printf (
    text, "%s: %s", gs_stamp_printer_get_name (gs_printer_monitor_get_printer (printer)),
    status->reachable || status->error != NULL ? gs_reason_text_printer_trouble (trouble)
                                               : _ ("not asked yet"));
  append_part (text, ink);
  if (gs_printer_status_is_supply_low (status))
    append_part (text, _ ("nearly used up"));
  if (status->reachable && status->impressions_completed >= 0)
    counter = g_strdup_printf (_ ("counter %06lld"), (long long) status->impressions_completed);
  append_part (text, counter);
  return g_string_free (text, FALSE);
}

char *
gs_printer_text_all (GsPrinterEnrolment *enrolment)
{
  GsPrinterDesk *printers = gs_printer_enrolment_get_printers (enrolment);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < gs_printer_desk_get_n_printers (printers); i++)
    {
      GsPrinterMonitor *printer = gs_printer_desk_get_printer (printers, i);
      const GsPrinterStatus *status = gs_printer_monitor_get_status (printer);
      GsPrinterTrouble trouble = gs_printer_desk_judge (printers, printer);
      g_autofree char *one = gs_printer_text_one (printers, printer);
      const char *ends = gs_printer_text_end (gs_printer_enrolment_judge_end (enrolment, printer));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n\n" : "", one);
      if (trouble != GS_PRINTER_TROUBLE_NONE && (status->reachable || status->error != NULL))
        g_string_append_printf (text, "\n%s %s", gs_reason_text_printer_sentence (trouble),
                                gs_reason_text_printer_remedy (trouble));
      if (ends != NULL)
        g_string_append_printf (text, "\n%s", ends);
    }
  return g_string_free (text, FALSE);
}

/* --- certificates ----------------------------------------------------------------------------- */

const char *
gs_printer_text_end (GsPinEnd end)
{
  switch (end)
    {
    case GS_PIN_ENDS_LATER:
      return NULL;
    case GS_PIN_ENDS_IN_30_DAYS:
      return _ ("The printer’s certificate ends within 30 days. Renew it and enrol the new one.");
    case GS_PIN_ENDS_IN_7_DAYS:
      return _ ("The printer’s certificate ends within 7 days. Renew it and enrol the new one.");
    case GS_PIN_ENDS_IN_1_DAY:
      return _ (
        "The printer’s certificate ends within a day. After that nothing is printed there.");
    case GS_PIN_HAS_ENDED:
      break;
    }
  return _ ("The printer’s certificate has ended. Nothing is printed there.");
}

const char *
gs_printer_text_flaw (GsCertificateFlaw flaw)
{
  switch (flaw)
    {
    case GS_CERTIFICATE_FLAW_NONE:
      return NULL;
    case GS_CERTIFICATE_FLAW_ENDED:
      return _ ("This certificate has ended: give the printer a new one first.");
    case GS_CERTIFICATE_FLAW_NOT_BEGUN:
      return _ ("This certificate is not valid yet: check the printer’s and this workstation’s "
                "clocks.");
    case GS_CERTIFICATE_FLAW_OTHER_HOST:
      break;
    }
  return _ ("This certificate is for another host than the address says: enter the host that it "
            "names, or give the printer another certificate.");
}

char *
gs_printer_text_test (const GsTestPrint *test)
{
  g_autofree char *name = gs_test_picture_format (test->number);

  switch (test->end)
    {
    case GS_TEST_PRINT_PRINTED:
      /* Translators: "TEST 000012". */
      return g_strdup_printf (_ ("%s was printed, and is counted in the register."), name);
    case GS_TEST_PRINT_NOT_KNOWN:
      return g_strdup_printf (_ ("Nobody knows whether %s was printed. Look at the printer; the "
                                 "reconciliation asks about it."),
                              name);
    case GS_TEST_PRINT_NOT_PRINTED:
      break;
    }
  /* Translators: what is wrong, as a sentence. */
  return g_strdup_printf (_ ("No test was printed. %s"),
                          gs_reason_text_printer_sentence (test->trouble));
}

const char *
gs_printer_text_error (const GError *error)
{
  if (error->domain == GS_PRINTER_ENROLMENT_ERROR)
    switch ((GsPrinterEnrolmentError) error->code)
      {
      case GS_PRINTER_ENROLMENT_ERROR_ROLE:
        return _ ("Only an administrator may do that. Sign in again.");
      case GS_PRINTER_ENROLMENT_ERROR_ADDRESS:
        return _ ("A printer’s address begins with ipps://, as ipps://printer.example/ipp/print.");
      case GS_PRINTER_ENROLMENT_ERROR_NO_ANSWER:
        return _ ("Nobody answers at this address. Check it, and the printer’s power and cable.");
      case GS_PRINTER_ENROLMENT_ERROR_NO_TLS:
        return _ ("What answers there shows no certificate, so it cannot be enrolled.");
      case GS_PRINTER_ENROLMENT_ERROR_FLAW:
        return _ ("The printer could not be trusted with this certificate. Nothing was enrolled.");
      case GS_PRINTER_ENROLMENT_ERROR_NOT_COMPARED:
        return _ ("That is not how the fingerprint ends. Compare it with the printer’s panel; if "
                  "they differ, do not enrol it.");
      case GS_PRINTER_ENROLMENT_ERROR_KNOWN:
        return _ ("This certificate is enrolled already.");
      case GS_PRINTER_ENROLMENT_ERROR_NOT_RECORDED:
        break;
      }
  return _ ("The station cannot store that, so nothing was changed.");
}
