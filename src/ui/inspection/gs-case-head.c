/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-head.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-sign-view.h"
#include "gs-style.h"
#include "gs-time.h"

struct _GsCaseHead
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *plate;
  GtkWidget *native_label;
  GtkWidget *name_label;
  GtkWidget *code_label;
  GtkWidget *facts_label;
  GtkWidget *gate_label;
  GtkWidget *referred_title;
  GtkWidget *referred_label;
  GtkWidget *waiting_box;
  GtkWidget *waiting_label;
  GtkWidget *call_button;
};

G_DEFINE_FINAL_TYPE (GsCaseHead, gs_case_head, GTK_TYPE_BOX)

/* "12 Aug 1992 · 34" of an MRZ date; "–" when it is not fully known. */
static char *
dup_birth (const GsTraveller *traveller)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  int age = gs_traveller_age (traveller, g_date_time_get_year (now), g_date_time_get_month (now),
                              g_date_time_get_day_of_month (now));
  g_autoptr (GDateTime) birth = NULL;
  g_autofree char *date = NULL;
  int year, month, day;

  if (age < 0 || sscanf (traveller->birth_date, "%2d%2d%2d", &year, &month, &day) != 3)
    return g_strdup ("–");
  year += g_date_time_get_year (now) / 100 * 100;
  if (year * 10000 + month * 100 + day > g_date_time_get_year (now) * 10000
                                           + g_date_time_get_month (now) * 100
                                           + g_date_time_get_day_of_month (now))
    year -= 100;
  birth = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (birth == NULL)
    return g_strdup ("–");
  /* Translators: a date as strftime writes it. */
  date = g_date_time_format (birth, _ ("%-d %b %Y"));
  return g_strdup_printf ("%s · %d", date, age);
}

static char *
dup_expiry (const GsTraveller *traveller)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;

  if (traveller->expiry_date == NULL
      || sscanf (traveller->expiry_date, "%2d%2d%2d", &year, &month, &day) != 3)
    return NULL;
  date = g_date_time_new_utc (2000 + year, month, day, 0, 0, 0);
  if (date == NULL)
    return NULL;
  /* Translators: the document's expiry; a date as strftime writes it. */
  return g_date_time_format (date, _ ("valid to %-d %b %Y"));
}

/* "UTO  L898902C3" and "12 Aug 1992 · 34   F   valid to …"; both NULL before the identity is known.
 */
static void
show_document (GsCaseHead *self, const GsTraveller *traveller)
{
  g_autofree char *code = NULL;
  g_autofree char *facts = NULL;

  if (traveller != NULL)
    {
      g_autofree char *birth = dup_birth (traveller);
      g_autofree char *expiry = dup_expiry (traveller);

      code = g_strdup_printf (
        "%s  %s", traveller->issuing_state != NULL ? traveller->issuing_state : "–",
        traveller->document_number != NULL ? traveller->document_number : "–");
      facts = g_strdup_printf ("%s   %s   %s", birth, traveller->sex != NULL ? traveller->sex : "–",
                               expiry != NULL ? expiry : "");
    }
  gs_label_set (self->code_label, code);
  gs_label_set_title (self->facts_label, facts);
}

void
gs_case_head_update (GsCaseHead *self, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  const GsTraveller *traveller = crossing->traveller;
  GsDeskDocument *document = gs_case_get_document (item);
  const char *own = document != NULL ? gs_desk_document_get_own_name (document) : NULL;
  g_autofree char *name = gs_format_name (item);
  g_autofree char *gate = gs_format_gate (self->station, crossing->gate);
  gboolean open = gs_crossing_is_open_case (crossing);
  g_autofree char *referred =
    gs_format_time (self->station, open ? crossing->referred_utc_ms : crossing->admitted_utc_ms);
  g_autofree char *waiting = gs_format_since (self->station, crossing->referred_utc_ms);
  GsLink link;

  gtk_widget_set_visible (self->plate, open);
  gs_sign_view_set_sign (
    GS_SIGN_VIEW (self->plate),
    gs_sign_for_priority ((guint) gs_case_get_priority (item), gs_case_is_blind (item)));
  gs_label_set_title (self->name_label, name);
  gs_label_set (self->native_label, own != NULL         ? own
                                    : traveller != NULL ? traveller->name_own_script
                                                        : NULL);
  gs_label_set_script (self->native_label, gs_format_script (item));
  show_document (self, traveller);
  gs_label_set (self->gate_label, gate);
  gs_label_set (self->referred_title, open ? _ ("referred") : _ ("admitted"));
  gs_label_set (self->referred_label, referred);
  gtk_widget_set_visible (self->waiting_box, open);
  gtk_widget_set_visible (self->call_button, open);
  gs_label_set (self->waiting_label, waiting);
  gs_station_get_link (self->station, &link);
  gs_style_toggle_class (self->waiting_label, "gs-not-known",
                         link.state == GS_LINK_DEAD || link.state == GS_LINK_REFUSED);
}

static void
gs_case_head_dispose (GObject *object)
{
  g_clear_object (&GS_CASE_HEAD (object)->station);
  G_OBJECT_CLASS (gs_case_head_parent_class)->dispose (object);
}

static void
gs_case_head_class_init (GsCaseHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_case_head_dispose;
  g_type_ensure (GS_TYPE_KEY_CAP);
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-case-head.ui");
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, plate);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, native_label);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, name_label);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, code_label);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, facts_label);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, gate_label);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, referred_title);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, referred_label);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHead, call_button);
}

static void
gs_case_head_init (GsCaseHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_case_head_set_station (GsCaseHead *self, GsStation *station)
{
  g_return_if_fail (GS_IS_CASE_HEAD (self));
  g_set_object (&self->station, station);
}

void
gs_case_head_set_narrow (GsCaseHead *self, gboolean narrow)
{
  g_return_if_fail (GS_IS_CASE_HEAD (self));
  gtk_box_set_spacing (GTK_BOX (self), narrow ? 16 : 24);
}
