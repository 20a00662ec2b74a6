/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-page.h"

#include <glib/gi18n.h>

#include "gs-printer-card.h"
#include "gs-printer-enrol-window.h"

struct _GsPrinterPage
{
  GtkBox parent_instance;

  GtkBox *column;
  GtkWidget *none_label;
  GtkWidget *enrol_button;

  GsPrinterEnrolment *enrolment;
  GsPrinterTester *tester;
};

G_DEFINE_FINAL_TYPE (GsPrinterPage, gs_printer_page, GTK_TYPE_BOX)

/* A card for each printer; those that stand there stay, so that the focus does. */
static void
update (GsPrinterPage *self)
{
  GsPrinterDesk *printers = gs_printer_enrolment_get_printers (self->enrolment);
  guint n = gs_printer_desk_get_n_printers (printers);
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->column));

  for (guint i = 0; i < n; i++)
    {
      if (card == NULL)
        {
          card = gs_printer_card_new (self->enrolment, self->tester,
                                      gs_printer_desk_get_printer (printers, i));
          gtk_box_append (self->column, card);
        }
      gs_printer_card_update (GS_PRINTER_CARD (card));
      card = gtk_widget_get_next_sibling (card);
    }
  gtk_widget_set_visible (self->none_label, n == 0);
  gtk_widget_set_visible (self->enrol_button, gs_printer_enrolment_may_change (self->enrolment));
}

static void
on_enrol (GsPrinterPage *self)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (window))
    gtk_window_present (
      GTK_WINDOW (gs_printer_enrol_window_new (GTK_WINDOW (window), self->enrolment, NULL)));
}

static void
gs_printer_page_dispose (GObject *object)
{
  GsPrinterPage *self = GS_PRINTER_PAGE (object);

  g_clear_object (&self->enrolment);
  g_clear_object (&self->tester);
  G_OBJECT_CLASS (gs_printer_page_parent_class)->dispose (object);
}

static void
gs_printer_page_class_init (GsPrinterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_printer_page_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-printer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GsPrinterPage, column);
  gtk_widget_class_bind_template_child (widget_class, GsPrinterPage, none_label);
  gtk_widget_class_bind_template_child (widget_class, GsPrinterPage, enrol_button);
  gtk_widget_class_bind_template_callback (widget_class, on_enrol);
}

static void
gs_printer_page_init (GsPrinterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_printer_page_new (GsPrinterEnrolment *enrolment, GsPrinterTester *tester)
{
  GsPrinterPage *self = g_object_new (GS_TYPE_PRINTER_PAGE, NULL);

  self->enrolment = g_object_ref (enrolment);
  self->tester = g_object_ref (tester);
  g_signal_connect_object (enrolment, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gs_printer_enrolment_get_printers (enrolment), "changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
