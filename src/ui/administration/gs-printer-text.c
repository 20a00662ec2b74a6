/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-text.h"

#include <glib/gi18n.h>

#include "gs-reason-text.h"

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
gs_printer_text_all (GsPrinterDesk *printers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < gs_printer_desk_get_n_printers (printers); i++)
    {
      GsPrinterMonitor *printer = gs_printer_desk_get_printer (printers, i);
      const GsPrinterStatus *status = gs_printer_monitor_get_status (printer);
      GsPrinterTrouble trouble = gs_printer_desk_judge (printers, printer);
      g_autofree char *one = gs_printer_text_one (printers, printer);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n\n" : "", one);
      if (trouble != GS_PRINTER_TROUBLE_NONE && (status->reachable || status->error != NULL))
        g_string_append_printf (text, "\n%s %s", gs_reason_text_printer_sentence (trouble),
                                gs_reason_text_printer_remedy (trouble));
    }
  return g_string_free (text, FALSE);
}
