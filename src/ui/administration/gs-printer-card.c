/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-card.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-printer-enrol-window.h"
#include "gs-printer-text.h"
#include "gs-reason-text.h"
#include "gs-sign-view.h"
#include "gs-style.h"
#include "gs-time.h"
#include "gs-trust-certificate.h"
#include "gs-trust-text.h"

struct _GsPrinterCard
{
  GtkBox parent_instance;

  GsSignView *sign;
  GtkWidget *name_label;
  GtkWidget *address_label;
  GtkWidget *trouble_label;
  GtkBox *pins_box;
  GtkWidget *refused_box;
  GtkWidget *refused_label;
  GtkWidget *refused_fingerprint_label;
  GtkWidget *message_label;
  GtkWidget *enrol_button;
  GtkWidget *test_button;

  GsPrinterEnrolment *enrolment;
  GsPrinterTester *tester;
  GsPrinterMonitor *printer;
  char *shown_pins; /* what the box was made from */
};

G_DEFINE_FINAL_TYPE (GsPrinterCard, gs_printer_card, GTK_TYPE_BOX)

/* --- certificates ----------------------------------------------------------------------------- */

static const char *
uri_of (GsPrinterCard *self)
{
  return gs_stamp_printer_get_uri (gs_printer_monitor_get_printer (self->printer));
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPrinterCard) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gs_printer_enrolment_change_finish (GS_PRINTER_ENROLMENT (source), result, &error))
    return;
  g_message ("Printer: %s", error->message);
  if (self->enrolment != NULL)
    gs_label_set (self->message_label, gs_printer_text_error (error));
}

static void
on_withdraw (GtkButton *button, GsPrinterCard *self)
{
  gs_printer_enrolment_withdraw_async (self->enrolment, uri_of (self),
                                       g_object_get_data (G_OBJECT (button), "fingerprint"),
                                       on_withdrawn, g_object_ref (self));
}

static GtkWidget *
new_label (const char *text, const char *classes)
{
  GtkWidget *label = gs_label_new (text, classes);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static char *
dup_origin (const GsPrinterPin *pin)
{
  g_autofree char *day = NULL;

  if (pin->officer == NULL)
    return g_strdup (_ ("from the desk’s key file"));
  day = gs_trust_text_date (pin->enrolled_at_utc_ms);
  /* Translators: a day; who enrolled it. */
  return g_strdup_printf (_ ("enrolled %s by %s"), day, pin->officer);
}

static GtkWidget *
new_pin (GsPrinterCard *self, const GsPrinterPin *pin)
{
  const GsPrinterCertificate *certificate = pin->certificate;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *dates =
    gs_trust_text_dates (certificate->not_before_utc_ms, certificate->not_after_utc_ms);
  g_autofree char *origin = dup_origin (pin);
  g_autofree char *fingerprint = gs_trust_group_fingerprint (certificate->fingerprint);
  g_autofree char *head = g_strdup_printf ("%s · %s · %s", certificate->subject, dates, origin);
  GsPinEnd end = gs_pin_end_judge (certificate->not_after_utc_ms,
                                   gs_printer_enrolment_now_utc_ms (self->enrolment));
  const char *warning = gs_printer_text_end (end);
  GtkWidget *print = new_label (fingerprint, "gs-fingerprint");

  gtk_box_append (GTK_BOX (box), new_label (head, "gs-second gs-strong"));
  if (warning != NULL)
    gtk_box_append (GTK_BOX (box), new_label (warning, end >= GS_PIN_ENDS_IN_7_DAYS
                                                         ? "gs-second gs-strong gs-bad"
                                                         : "gs-second gs-strong gs-warn"));
  gtk_label_set_selectable (GTK_LABEL (print), TRUE);
  gtk_widget_set_focusable (print, FALSE);
  gtk_box_append (GTK_BOX (box), print);
  if (pin->officer != NULL && gs_printer_enrolment_may_change (self->enrolment))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Withdraw this certificate"));

      gtk_widget_add_css_class (button, "gs-button");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_object_set_data_full (G_OBJECT (button), "fingerprint", g_strdup (certificate->fingerprint),
                              g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (on_withdraw), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

/* Made again only when something of it is another, so that the focus stays. */
static void
show_pins (GsPrinterCard *self, GPtrArray *pins)
{
  g_autoptr (GString) key = g_string_new (NULL);
  GtkWidget *child;

  g_string_append_c (key, gs_printer_enrolment_may_change (self->enrolment) ? 'w' : 'r');
  for (guint i = 0; i < pins->len; i++)
    {
      const GsPrinterPin *pin = g_ptr_array_index (pins, i);

      g_string_append_printf (key, " %s%d", pin->certificate->fingerprint,
                              gs_pin_end_judge (pin->certificate->not_after_utc_ms,
                                                gs_printer_enrolment_now_utc_ms (self->enrolment)));
    }
  if (g_strcmp0 (key->str, self->shown_pins) == 0)
    return;
  g_free (self->shown_pins);
  self->shown_pins = g_strdup (key->str);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pins_box))) != NULL)
    gtk_box_remove (self->pins_box, child);
  for (guint i = 0; i < pins->len; i++)
    gtk_box_append (self->pins_box, new_pin (self, g_ptr_array_index (pins, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->pins_box), pins->len > 0);
}

static gboolean
is_believed (GPtrArray *pins, const GsPrinterCertificate *certificate)
{
  for (guint i = 0; i < pins->len; i++)
    if (g_str_equal (((GsPrinterPin *) g_ptr_array_index (pins, i))->certificate->fingerprint,
                     certificate->fingerprint))
      return TRUE;
  return FALSE;
}

/* What it shows instead of what is believed: nothing is printed there. */
static void
show_refused (GsPrinterCard *self, GPtrArray *pins)
{
  g_autoptr (GsPrinterCertificate) refused =
    gs_printer_enrolment_dup_refused (self->enrolment, self->printer);
  g_autofree char *fingerprint = NULL;
  gboolean untrusted =
    gs_printer_desk_judge (gs_printer_enrolment_get_printers (self->enrolment), self->printer)
    == GS_PRINTER_TROUBLE_UNTRUSTED;

  gtk_widget_set_visible (self->refused_box, untrusted && refused != NULL);
  if (!untrusted || refused == NULL)
    return;
  fingerprint = gs_trust_group_fingerprint (refused->fingerprint);
  gs_label_set (self->refused_label,
                is_believed (pins, refused) ? gs_printer_text_flaw (gs_printer_certificate_judge (
                  refused, uri_of (self), gs_printer_enrolment_now_utc_ms (self->enrolment)))
                                            : _ ("What it shows now:"));
  gs_label_set (self->refused_fingerprint_label, fingerprint);
}

/* --- the printer ------------------------------------------------------------------------------ */

void
gs_printer_card_update (GsPrinterCard *self)
{
  GsPrinterDesk *printers;
  const GsPrinterStatus *status;
  g_autoptr (GPtrArray) pins = NULL;
  g_autofree char *name = NULL;
  g_autofree char *trouble_text = NULL;
  GsPrinterTrouble trouble;
  gboolean asked, certificate;

  g_return_if_fail (GS_IS_PRINTER_CARD (self));
  printers = gs_printer_enrolment_get_printers (self->enrolment);
  status = gs_printer_monitor_get_status (self->printer);
  trouble = gs_printer_desk_judge (printers, self->printer);
  asked = status->reachable || status->error != NULL;
  pins = gs_printer_enrolment_dup_pins (self->enrolment, self->printer);
  name = gs_printer_text_one (printers, self->printer);
  gs_sign_view_set_sign (self->sign, !asked                               ? GS_SIGN_NOT_KNOWN
                                     : trouble != GS_PRINTER_TROUBLE_NONE ? GS_SIGN_FAILED
                                     : gs_printer_status_is_supply_low (status)
                                       ? GS_SIGN_WARNING
                                       : GS_SIGN_SUCCESSFUL);
  gs_label_set (self->name_label, name);
  gs_label_set (self->address_label, uri_of (self));
  certificate =
    trouble == GS_PRINTER_TROUBLE_UNTRUSTED || trouble == GS_PRINTER_TROUBLE_NOT_ENROLLED;
  /* Who can mend it stands before it. */
  if (asked && certificate && gs_printer_enrolment_may_change (self->enrolment))
    trouble_text = g_strdup (gs_reason_text_printer_sentence (trouble));
  else if (asked && trouble != GS_PRINTER_TROUBLE_NONE)
    trouble_text = g_strdup_printf ("%s %s", gs_reason_text_printer_sentence (trouble),
                                    gs_reason_text_printer_remedy (trouble));
  gs_label_set (self->trouble_label, trouble_text);
  show_pins (self, pins);
  show_refused (self, pins);
  gtk_button_set_label (GTK_BUTTON (self->enrol_button),
                        pins->len > 0 ? _ ("Enrol anew…") : _ ("Enrol…"));
  gs_style_toggle_class (self->enrol_button, "filled", certificate);
  gtk_widget_set_visible (self->enrol_button, gs_printer_enrolment_may_change (self->enrolment));
  gtk_widget_set_sensitive (self->test_button, gs_printer_tester_may_print (self->tester)
                                                 && trouble == GS_PRINTER_TROUBLE_NONE);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPrinterCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GsTestPrint test;

  if (gs_printer_tester_print_finish (GS_PRINTER_TESTER (source), result, &test, &error))
    text = gs_printer_text_test (&test);
  else
    g_message ("Test print: %s", error->message);
  if (self->enrolment == NULL)
    return;
  gs_label_set (self->message_label, text != NULL ? text
                                                  : _ ("The test could not be written down, so "
                                                       "nothing was sent."));
  gs_printer_card_update (self);
}

static void
on_test (GsPrinterCard *self)
{
  gs_label_set (self->message_label, _ ("The test is being printed…"));
  gs_printer_tester_print_async (self->tester, self->printer, on_tested, g_object_ref (self));
  gs_printer_card_update (self);
}

static void
on_enrol (GsPrinterCard *self)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (window))
    gtk_window_present (GTK_WINDOW (
      gs_printer_enrol_window_new (GTK_WINDOW (window), self->enrolment, uri_of (self))));
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_printer_card_dispose (GObject *object)
{
  GsPrinterCard *self = GS_PRINTER_CARD (object);

  g_clear_object (&self->enrolment);
  g_clear_object (&self->tester);
  g_clear_object (&self->printer);
  g_clear_pointer (&self->shown_pins, g_free);
  G_OBJECT_CLASS (gs_printer_card_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GsPrinterCard, name)

static void
gs_printer_card_class_init (GsPrinterCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_printer_card_dispose;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-printer-card.ui");
  BIND (sign);
  BIND (name_label);
  BIND (address_label);
  BIND (trouble_label);
  BIND (pins_box);
  BIND (refused_box);
  BIND (refused_label);
  BIND (refused_fingerprint_label);
  BIND (message_label);
  BIND (enrol_button);
  BIND (test_button);
  gtk_widget_class_bind_template_callback (widget_class, on_enrol);
  gtk_widget_class_bind_template_callback (widget_class, on_test);
}

static void
gs_printer_card_init (GsPrinterCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_sign_view_set_label (self->sign, "");
}

GtkWidget *
gs_printer_card_new (GsPrinterEnrolment *enrolment,
                     GsPrinterTester *tester,
                     GsPrinterMonitor *printer)
{
  GsPrinterCard *self = g_object_new (GS_TYPE_PRINTER_CARD, NULL);

  self->enrolment = g_object_ref (enrolment);
  self->tester = g_object_ref (tester);
  self->printer = g_object_ref (printer);
  return GTK_WIDGET (self);
}
