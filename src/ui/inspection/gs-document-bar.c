/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-document-bar.h"

#include <glib/gi18n.h>

#include "gs-document-text.h"
#include "gs-label.h"
#include "gs-remark-text.h"
#include "gs-sign-view.h"
#include "gs-style.h"

struct _GsDocumentBar
{
  GtkBox parent_instance;

  GsStation *station;
  GsSignView *sign;
  GtkWidget *title_label;
  GtkWidget *text_label;
  GtkWidget *progress;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (GsDocumentBar, gs_document_bar, GTK_TYPE_BOX)

static void
on_clicked (GsDocumentBar *self)
{
  GsDocumentDesk *desk = gs_station_get_document_desk (self->station);

  if (gs_document_desk_get_state (desk) == GS_DOCUMENT_DESK_READING)
    gs_document_desk_cancel (desk);
  else
    gs_document_desk_read_again (desk);
}

static void
say (GsDocumentBar *self, GsSign sign, const char *title, const char *text)
{
  gs_sign_view_set_sign (self->sign, sign);
  gs_label_set (self->title_label, title);
  gs_label_set (self->text_label, text);
  gs_style_toggle_class (GTK_WIDGET (self), "bad", sign == GS_SIGN_FAILED);
  gs_style_toggle_class (GTK_WIDGET (self), "warn",
                         sign == GS_SIGN_UNDETERMINED || sign == GS_SIGN_WARNING);
  gs_style_toggle_class (GTK_WIDGET (self), "ok", sign == GS_SIGN_SUCCESSFUL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* TRUE when the state says more than the verdict that the case may have. */
static gboolean
state_speaks (GsDocumentDesk *desk, GsCase *current)
{
  GsCase *item = gs_document_desk_get_case (desk);

  switch (gs_document_desk_get_state (desk))
    {
    case GS_DOCUMENT_DESK_OFF:
    case GS_DOCUMENT_DESK_EMPTY:
    case GS_DOCUMENT_DESK_DONE:
      return FALSE;
    case GS_DOCUMENT_DESK_NO_SERVICE:
    case GS_DOCUMENT_DESK_NO_READER:
      /* In the header; a verdict that is there already stands. */
      return FALSE;
    case GS_DOCUMENT_DESK_OTHER:
    case GS_DOCUMENT_DESK_NO_CROSSING:
    case GS_DOCUMENT_DESK_WANTS_ZONE:
      return TRUE;
    default:
      return item == NULL || item == current;
    }
}

static void
show_progress (GsDocumentBar *self, GsDocumentDesk *desk)
{
  const GsChipProgress *progress = gs_document_desk_get_progress (desk);
  gboolean reading = gs_document_desk_get_state (desk) == GS_DOCUMENT_DESK_READING;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->progress, reading && progress->size > 0);
  if (!reading)
    return;
  text = gs_document_text_progress (progress);
  gs_label_set (self->title_label, text);
  if (progress->size > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                   (double) progress->done / (double) progress->size);
}

static void
show_state (GsDocumentBar *self, GsDocumentDesk *desk)
{
  GsDocumentDeskState state = gs_document_desk_get_state (desk);
  const char *name = gs_document_desk_get_name (desk);
  g_autofree char *title =
    name != NULL ? g_strdup_printf ("%s: %s", gs_document_text_state (state), name) : NULL;

  say (self, gs_document_text_state_sign (state),
       title != NULL ? title : gs_document_text_state (state), gs_document_text_state_next (state));
}

static void
show_verdict (GsDocumentBar *self, GsDeskDocument *document)
{
  GsDocumentHeadline headline = gs_desk_document_get_headline (document);
  const char *next = gs_document_text_next (headline);
  g_autofree char *text =
    gs_remark_text_is_any (gs_desk_document_get_verdict (document))
      ? g_strdup_printf ("%s %s", next, _ ("There is a remark among the checks."))
      : g_strdup (next);

  say (self, gs_document_text_sign (headline), gs_document_text_headline (headline), text);
}

/* What an earlier reading came to, when its files are gone: as after the program was started again.
 */
static GsDocumentHeadline
earlier (GsCase *current)
{
  if (current == NULL || gs_case_get_document (current) != NULL
      || !gs_crossing_is_open_case (gs_case_get_crossing (current)))
    return 0;
  return gs_case_get_headline (current);
}

static void
show_earlier (GsDocumentBar *self, GsDocumentHeadline headline)
{
  g_autofree char *text =
    g_strdup_printf ("%s %s", gs_document_text_next (headline),
                     _ ("Read before; its evidence comes when the chip is read again."));

  say (self, gs_document_text_sign (headline), gs_document_text_headline (headline), text);
}

static void
update (GsDocumentBar *self)
{
  GsDocumentDesk *desk = gs_station_get_document_desk (self->station);
  GsCase *current = gs_station_get_current (self->station);
  GsDeskDocument *document = current != NULL ? gs_case_get_document (current) : NULL;
  GsDocumentHeadline headline = earlier (current);
  gboolean speaks = state_speaks (desk, current);
  gboolean reading = gs_document_desk_get_state (desk) == GS_DOCUMENT_DESK_READING;

  gtk_widget_set_visible (GTK_WIDGET (self), speaks || document != NULL || headline != 0);
  /* Nothing is known that would open a chip that waits for its MRZ. */
  gtk_widget_set_visible (self->button,
                          reading
                            || (gs_document_desk_get_state (desk) != GS_DOCUMENT_DESK_WANTS_ZONE
                                && gs_document_desk_can_read_again (desk)));
  gtk_button_set_label (GTK_BUTTON (self->button),
                        reading ? _ ("Cancel")
                        : gs_document_desk_get_state (desk) == GS_DOCUMENT_DESK_OTHER
                          ? _ ("Read now")
                          : _ ("Read again"));
  gtk_widget_set_visible (self->progress, FALSE);
  if (speaks)
    {
      show_state (self, desk);
      show_progress (self, desk);
    }
  else if (document != NULL)
    show_verdict (self, document);
  else if (headline != 0)
    show_earlier (self, headline);
}

static void
gs_document_bar_dispose (GObject *object)
{
  g_clear_object (&GS_DOCUMENT_BAR (object)->station);
  G_OBJECT_CLASS (gs_document_bar_parent_class)->dispose (object);
}

static void
gs_document_bar_class_init (GsDocumentBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_document_bar_dispose;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-document-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, GsDocumentBar, sign);
  gtk_widget_class_bind_template_child (widget_class, GsDocumentBar, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsDocumentBar, text_label);
  gtk_widget_class_bind_template_child (widget_class, GsDocumentBar, progress);
  gtk_widget_class_bind_template_child (widget_class, GsDocumentBar, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
gs_document_bar_init (GsDocumentBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_sign_view_set_label (self->sign, "");
}

void
gs_document_bar_set_station (GsDocumentBar *self, GsStation *station)
{
  g_return_if_fail (GS_IS_DOCUMENT_BAR (self));

  self->station = g_object_ref (station);
  g_signal_connect_object (gs_station_get_document_desk (station), "changed", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "current-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
