/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

/* Which printer of the desk prints a stamp. It is chosen before REQUESTED and stands in every step
 * of the journal. Until its document is sent another printer may take it, under the same claim and
 * serial; from SENDING on never, and recovery asks the printer that the journal names alone. */

void
gs_printer_pass_free (GsPrinterPass *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->uri);
  g_free (self);
}

GsStampPrinter *
gs_stamp_issue_get_device (GsStampIssue *self)
{
  return self->printer != NULL ? gs_printer_monitor_get_printer (self->printer) : NULL;
}

GsPrinterMonitor *
gs_stamp_issue_get_printer (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), NULL);
  return self->printer;
}

GPtrArray *
gs_stamp_issue_get_passes (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), NULL);
  return self->passes;
}

static void
take_printer (GsStampIssue *self, GsPrinterMonitor *printer)
{
  if (!g_set_object (&self->printer, printer) || printer == NULL)
    return;
  g_free (self->printer_uri);
  self->printer_uri = g_strdup (gs_stamp_printer_get_uri (gs_stamp_issue_get_device (self)));
}

void
gs_stamp_issue_choose_printer (GsStampIssue *self)
{
  GsPrinterDesk *printers;
  GsPrinterMonitor *printer;

  if (self->desk == NULL || self->state != GS_ISSUE_SHEET)
    return;
  printers = self->desk->printers;
  printer = gs_printer_desk_choose (printers, NULL);
  if (printer == NULL && gs_printer_desk_get_n_printers (printers) > 0)
    printer = gs_printer_desk_get_printer (printers, 0);
  take_printer (self, printer);
}

void
gs_stamp_issue_resume_printer (GsStampIssue *self)
{
  if (self->printer_uri == NULL)
    self->printer_uri = g_strdup (self->desk->config->printer_uri);
  g_set_object (&self->printer, gs_printer_desk_find (self->desk->printers, self->printer_uri));
}

/* The printer that would take it next, NULL for none. */
static GsPrinterMonitor *
find_next (GsStampIssue *self)
{
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();

  if (self->desk == NULL || (self->step != 0 && gs_stamp_journal_may_have_printed (self->step)))
    return NULL;
  for (guint i = 0; i < self->passes->len; i++)
    g_ptr_array_add (passed, ((GsPrinterPass *) g_ptr_array_index (self->passes, i))->uri);
  g_ptr_array_add (passed, self->printer_uri);
  return gs_printer_desk_choose (self->desk->printers, passed);
}

gboolean
gs_stamp_issue_can_pass_on (GsStampIssue *self)
{
  return find_next (self) != NULL;
}

gboolean
gs_stamp_issue_pass_on (GsStampIssue *self, GsPrinterTrouble trouble)
{
  GsPrinterMonitor *next = find_next (self);
  GsPrinterPass *pass;

  self->passing = FALSE;
  if (next == NULL)
    return FALSE;
  pass = g_new0 (GsPrinterPass, 1);
  pass->name = g_strdup (gs_stamp_printer_get_name (gs_stamp_issue_get_device (self)));
  pass->uri = g_strdup (self->printer_uri);
  pass->trouble = trouble;
  g_ptr_array_add (self->passes, pass);
  take_printer (self, next);
  g_message ("Stamp %s: %s does not take it, %s is asked", self->stamp, pass->uri,
             self->printer_uri);
  /* What was refused was this printer, not the stamp. */
  self->refusal.refusal = GS_REFUSAL_NONE;
  self->refusal.trouble = GS_PRINTER_TROUBLE_NONE;
  self->job_id = 0;
  self->counter_before = -1;
  gs_stamp_issue_changed (self);
  return TRUE;
}
