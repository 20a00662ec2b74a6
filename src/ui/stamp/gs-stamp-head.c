/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-head.h"

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-label.h"

static GtkWidget *
make_fact (const char *title, const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *caption = gs_label_new (title, "gs-caption gs-text2");
  GtkWidget *text = gs_label_new (value, "gs-heading");

  gtk_widget_set_halign (caption, GTK_ALIGN_END);
  gtk_widget_set_halign (text, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_names (GsCase *item)
{
  const GsTraveller *traveller = gs_case_get_crossing (item)->traveller;
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *native = gs_label_new (NULL, "gs-key-figure gs-regular");
  GtkWidget *latin;
  g_autofree char *name = gs_format_name (item);

  latin = gs_label_new (name, "gs-key-figure");
  gs_label_set (native, traveller != NULL ? traveller->name_own_script : NULL);
  gs_label_set_script (native, gs_format_script (item));
  gtk_label_set_ellipsize (GTK_LABEL (latin), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (names), native);
  gtk_box_append (GTK_BOX (names), latin);
  return names;
}

GtkWidget *
gs_stamp_head_new (GsStation *station, GsCase *item)
{
  const GsConfig *config = gs_station_get_config (station);
  const GsCrossing *crossing = gs_case_get_crossing (item);
  const GsTraveller *traveller = crossing->traveller;
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name ("gs-stamp-symbolic");
  g_autofree char *crossed = gs_format_time (station, crossing->admitted_utc_ms);
  g_autofree char *number = g_strdup_printf (
    "%s  %s",
    traveller != NULL && traveller->issuing_state != NULL ? traveller->issuing_state : "–",
    traveller != NULL && traveller->document_number != NULL ? traveller->document_number : "–");

  gtk_widget_add_css_class (head, "gs-card-head");
  gtk_widget_add_css_class (icon, "gs-stamp-mark");
  gtk_widget_add_css_class (icon, "gs-icon-22");
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (text), make_names (item));
  gtk_box_append (GTK_BOX (text), gs_label_new (number, "gs-body gs-strong gs-code"));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), text);
  gtk_box_append (GTK_BOX (head),
                  make_fact (_ ("direction"), crossing->direction == GS_DIRECTION_DEPARTURE
                                                ? _ ("Departure")
                                                : _ ("Arrival")));
  gtk_box_append (GTK_BOX (head), make_fact (_ ("port"), config->port_name));
  gtk_box_append (GTK_BOX (head), make_fact (_ ("crossed"), crossed));
  return head;
}
