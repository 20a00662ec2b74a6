/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-enrol-window.h"

#include <glib/gi18n.h>

#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-printer-text.h"
#include "gs-trust-certificate.h"
#include "gs-trust-text.h"

struct _GsPrinterEnrolWindow
{
  AdwWindow parent_instance;

  GtkWidget *address_entry;
  GtkWidget *look_button;
  GtkWidget *certificate_box;
  GtkWidget *subject_label;
  GtkWidget *names_label;
  GtkWidget *dates_label;
  GtkWidget *fingerprint_label;
  GtkWidget *compare_box;
  GtkWidget *typed_entry;
  GtkWidget *keep_button;
  GtkWidget *message_label;
  GtkWidget *enrol_button;

  GsPrinterEnrolment *enrolment;
  GsPrinterCertificate *certificate;
  char *uri; /* where it was seen */
  GCancellable *cancellable;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (GsPrinterEnrolWindow, gs_printer_enrol_window, ADW_TYPE_WINDOW)

static void
show_message (GsPrinterEnrolWindow *self, const char *text)
{
  gs_label_set (self->message_label, text);
}

static void
update (GsPrinterEnrolWindow *self)
{
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address_entry));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->typed_entry));

  gtk_widget_set_sensitive (self->look_button, !self->busy && *address != '\0');
  gtk_widget_set_sensitive (self->enrol_button, !self->busy && self->certificate != NULL
                                                  && *typed != '\0'
                                                  && gtk_widget_get_visible (self->compare_box));
}

/* --- looking ---------------------------------------------------------------------------------- */

static gboolean
has_pins (GsPrinterEnrolWindow *self)
{
  GsPrinterDesk *printers = gs_printer_enrolment_get_printers (self->enrolment);
  GsPrinterMonitor *printer = gs_printer_desk_find (printers, self->uri);
  g_autoptr (GPtrArray) pins =
    printer != NULL ? gs_printer_enrolment_dup_pins (self->enrolment, printer) : NULL;

  return pins != NULL && pins->len > 0;
}

static void
show_certificate (GsPrinterEnrolWindow *self)
{
  const GsPrinterCertificate *certificate = self->certificate;
  GsCertificateFlaw flaw;
  g_autofree char *names = NULL;
  g_autofree char *dates = NULL;
  g_autofree char *fingerprint = NULL;

  gtk_widget_set_visible (self->certificate_box, certificate != NULL);
  if (certificate == NULL)
    return;
  names = g_strjoinv (", ", certificate->names);
  dates = gs_trust_text_dates (certificate->not_before_utc_ms, certificate->not_after_utc_ms);
  fingerprint = gs_trust_group_fingerprint (certificate->fingerprint);
  gs_label_set (self->subject_label, certificate->subject);
  gs_label_set (self->names_label, *names != '\0' ? names : _ ("names no host"));
  gs_label_set (self->dates_label, dates);
  gs_label_set (self->fingerprint_label, fingerprint);
  flaw = gs_printer_certificate_judge (certificate, self->uri,
                                       gs_printer_enrolment_now_utc_ms (self->enrolment));
  show_message (self, gs_printer_text_flaw (flaw));
  gtk_widget_set_visible (self->compare_box, flaw == GS_CERTIFICATE_FLAW_NONE);
  gtk_widget_set_visible (self->keep_button, has_pins (self));
  if (flaw == GS_CERTIFICATE_FLAW_NONE)
    gtk_widget_grab_focus (self->typed_entry);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPrinterEnrolWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  GsPrinterCertificate *certificate =
    gs_printer_enrolment_look_finish (GS_PRINTER_ENROLMENT (source), result, &error);

  if (self->enrolment == NULL)
    {
      gs_printer_certificate_unref (certificate);
      return;
    }
  self->busy = FALSE;
  self->certificate = certificate;
  show_certificate (self);
  if (certificate == NULL)
    {
      g_message ("Printer: %s", error->message);
      show_message (self, gs_printer_text_error (error));
    }
  update (self);
}

static void
on_look (GsPrinterEnrolWindow *self)
{
  if (self->busy)
    return;
  self->busy = TRUE;
  g_clear_pointer (&self->certificate, gs_printer_certificate_unref);
  g_free (self->uri);
  self->uri = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address_entry))));
  show_certificate (self);
  show_message (self, _ ("The printer is asked for its certificate. Nothing else is sent…"));
  gs_printer_enrolment_look_async (self->enrolment, self->uri, self->cancellable, on_looked,
                                   g_object_ref (self));
  update (self);
}

/* Another address: what was shown belongs to the old one. */
static void
on_address (GsPrinterEnrolWindow *self)
{
  if (self->certificate != NULL)
    {
      g_clear_pointer (&self->certificate, gs_printer_certificate_unref);
      show_certificate (self);
      show_message (self, NULL);
    }
  update (self);
}

/* --- enrolling -------------------------------------------------------------------------------- */

static void
on_enrolled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPrinterEnrolWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean enrolled =
    gs_printer_enrolment_change_finish (GS_PRINTER_ENROLMENT (source), result, &error);

  if (self->enrolment == NULL)
    return;
  self->busy = FALSE;
  if (enrolled)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  g_message ("Printer: %s", error->message);
  show_message (self, gs_printer_text_error (error));
  gtk_widget_grab_focus (self->typed_entry);
  update (self);
}

static void
on_enrol (GsPrinterEnrolWindow *self)
{
  if (self->busy || self->certificate == NULL)
    return;
  self->busy = TRUE;
  show_message (self, NULL);
  gs_printer_enrolment_enrol_async (
    self->enrolment, self->uri, self->certificate,
    gtk_editable_get_text (GTK_EDITABLE (self->typed_entry)),
    gtk_check_button_get_active (GTK_CHECK_BUTTON (self->keep_button)), on_enrolled,
    g_object_ref (self));
  update (self);
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_printer_enrol_window_dispose (GObject *object)
{
  GsPrinterEnrolWindow *self = GS_PRINTER_ENROL_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->enrolment);
  g_clear_pointer (&self->certificate, gs_printer_certificate_unref);
  g_clear_pointer (&self->uri, g_free);
  G_OBJECT_CLASS (gs_printer_enrol_window_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GsPrinterEnrolWindow, name)

static void
gs_printer_enrol_window_class_init (GsPrinterEnrolWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_printer_enrol_window_dispose;
  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-printer-enrol-window.ui");
  BIND (address_entry);
  BIND (look_button);
  BIND (certificate_box);
  BIND (subject_label);
  BIND (names_label);
  BIND (dates_label);
  BIND (fingerprint_label);
  BIND (compare_box);
  BIND (typed_entry);
  BIND (keep_button);
  BIND (message_label);
  BIND (enrol_button);
  gtk_widget_class_bind_template_callback (widget_class, on_look);
  gtk_widget_class_bind_template_callback (widget_class, on_address);
  gtk_widget_class_bind_template_callback (widget_class, on_enrol);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
gs_printer_enrol_window_init (GsPrinterEnrolWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
gs_printer_enrol_window_new (GtkWindow *parent, GsPrinterEnrolment *enrolment, const char *uri)
{
  GsPrinterEnrolWindow *self =
    g_object_new (GS_TYPE_PRINTER_ENROL_WINDOW, "transient-for", parent, NULL);

  self->enrolment = g_object_ref (enrolment);
  gtk_editable_set_text (GTK_EDITABLE (self->address_entry), uri != NULL ? uri : "ipps://");
  gtk_editable_set_position (GTK_EDITABLE (self->address_entry), -1);
  update (self);
  return GTK_WIDGET (self);
}
