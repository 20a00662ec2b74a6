/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-inspection-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gs-case-chain.h"
#include "gs-case-checks.h"
#include "gs-case-head.h"
#include "gs-case-history.h"
#include "gs-case-pictures.h"
#include "gs-check-tree.h"
#include "gs-document-bar.h"
#include "gs-evidence-window.h"
#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-outcome-bar.h"
#include "gs-text.h"
#include "gs-stack-access.h"
#include "gs-style.h"

/* Lines of what happened that stay in view; fewer than three would be lower than a scroll bar. */
#define HISTORY 5
#define HISTORY_NARROW 3

/* Three pictures and two gaps. */
#define PICTURES_PX 900
#define PICTURES_SHIELDED_PX 600 /* below the band, so that what may be said stays in view */
#define PICTURES_NARROW_PX (3 * 160 + 2 * 16)
#define LARGEST_PICTURES 1.5 /* their captions are text, so they grow with it, to here */
#define LARGEST_PINNED 1.3   /* with larger text the history would leave no room for the checks */

struct _GsInspectionView
{
  GtkBox parent_instance;

  GsStation *station;
  GsCase *item;
  gulong item_handler;
  guint update_source;
  gboolean read_held;
  gboolean narrow;

  GsDocumentBar *document_bar;
  GtkStack *stack;
  GtkWidget *shield_bar;
  GtkWidget *shield_label;
  GsCaseHead *head;
  AdwClamp *pictures_clamp;
  GsCasePictures *pictures;
  GsReasonChain *chain;
  GtkBox *side;
  GtkBox *side_scrolled;
  GsCheckTree *checks;
  GsCaseHistory *history;
  GsOutcomeBar *outcomes;
};

G_DEFINE_FINAL_TYPE (GsInspectionView, gs_inspection_view, GTK_TYPE_BOX)

static gboolean
is_shielded (GsInspectionView *self)
{
  return self->item != NULL && gs_case_is_shielded (self->item) && !self->read_held;
}

/* --- shield ------------------------------------------------------------------------------------
 */

static void
update_shield (GsInspectionView *self)
{
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  gboolean one = gs_case_is_shielded (self->item);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->shield_bar, one);
  gs_style_toggle_class (GTK_WIDGET (self), "alarm", one);
  if (!one)
    return;
  /* Translators: a referral code follows. */
  text = g_strdup_printf (
    _ ("Priority 1 · %s"),
    crossing->reasons != NULL && crossing->reasons[0] != NULL ? crossing->reasons[0] : "–");
  gs_label_set (self->shield_label, text);
}

void
gs_inspection_view_set_covered (GsInspectionView *self, gboolean covered)
{
  g_return_if_fail (GS_IS_INSPECTION_VIEW (self));
  gs_case_pictures_set_paused (self->pictures, covered);
}

/* --- evidence --------------------------------------------------------------------------------- */

/* Of one check of one case, which may leave the card meanwhile. */
typedef struct
{
  GsDocumentDesk *desk;
  GsCase *item;
  char *check;
} Evidence;

static void
evidence_free (gpointer data, GClosure *closure)
{
  Evidence *evidence = data;

  g_object_unref (evidence->desk);
  g_object_unref (evidence->item);
  g_free (evidence->check);
  g_free (evidence);
}

static void
on_exported (GsEvidenceWindow *window, gboolean file, gboolean personal, Evidence *evidence)
{
  gs_document_desk_note_export (evidence->desk, evidence->item, evidence->check, file, personal);
}

static void
on_check_opened (GsInspectionView *self, const char *name)
{
  GsDeskDocument *document = self->item != NULL ? gs_case_get_document (self->item) : NULL;
  const GsVerdict *check =
    document != NULL ? gs_verdict_find (gs_desk_document_get_verdict (document), name) : NULL;
  GtkWindow *window;
  Evidence *evidence;

  if (check == NULL)
    return;
  window = gs_evidence_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), check);
  evidence = g_new0 (Evidence, 1);
  evidence->desk = g_object_ref (gs_station_get_document_desk (self->station));
  evidence->item = g_object_ref (self->item);
  evidence->check = g_strdup (name);
  g_signal_connect_data (window, "exported", G_CALLBACK (on_exported), evidence, evidence_free, 0);
  gtk_window_present (window);
}

/* --- update ----------------------------------------------------------------------------------- */

static void
update_pictures_size (GsInspectionView *self)
{
  double scale = MIN (gs_text_scale (GTK_WIDGET (self)), LARGEST_PICTURES);
  gboolean shielded = self->item != NULL && gs_case_is_shielded (self->item);
  int pictures = self->narrow ? (int) (PICTURES_NARROW_PX * scale)
                 : shielded   ? PICTURES_SHIELDED_PX
                              : PICTURES_PX;

  adw_clamp_set_maximum_size (self->pictures_clamp, pictures);
  adw_clamp_set_tightening_threshold (self->pictures_clamp, pictures);
  gtk_widget_set_halign (GTK_WIDGET (self->pictures_clamp),
                         self->narrow || shielded ? GTK_ALIGN_START : GTK_ALIGN_FILL);
}

static void
place_history (GsInspectionView *self)
{
  gboolean pinned = gs_text_scale (GTK_WIDGET (self)) <= LARGEST_PINNED;
  GtkBox *wanted = pinned ? self->side : self->side_scrolled;
  GtkWidget *history = GTK_WIDGET (self->history);
  GtkWidget *parent = gtk_widget_get_parent (history);

  gs_case_history_set_room (self->history, !pinned ? 0 : self->narrow ? HISTORY_NARROW : HISTORY);
  if (parent == GTK_WIDGET (wanted))
    return;
  g_object_ref (history);
  gtk_box_remove (GTK_BOX (parent), history);
  gtk_box_append (wanted, history);
  g_object_unref (history);
}

static void
update (GsInspectionView *self)
{
  g_autoptr (GListModel) groups = NULL;

  gtk_stack_set_visible_child_name (self->stack, self->item != NULL ? "card" : "empty");
  if (self->item == NULL)
    {
      gs_style_toggle_class (GTK_WIDGET (self), "alarm", FALSE);
      return;
    }
  update_shield (self);
  update_pictures_size (self);
  place_history (self);
  gs_case_head_update (self->head, self->item);
  gs_case_chain_update (self->chain, self->station, self->item, is_shielded (self));
  gs_case_pictures_update (self->pictures, is_shielded (self));
  groups = gs_case_checks_build (self->item, is_shielded (self));
  gs_check_tree_set_groups (self->checks, groups);
  gs_case_history_update (self->history, self->station, self->item);
  gs_outcome_bar_update (self->outcomes, self->item);
}

static gboolean
on_update (gpointer data)
{
  GsInspectionView *self = data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (GsInspectionView *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (on_update, self);
}

/* Once a second: what counts by itself, and whether a stamp is possible, which link and clock tell;
 * without building the tree again. */
static void
on_station_changed (GsInspectionView *self)
{
  if (self->item == NULL)
    return;
  gs_case_head_update (self->head, self->item);
  if (gs_case_get_crossing (self->item)->state == GS_CROSSING_STATE_ADMITTED)
    gs_case_chain_update (self->chain, self->station, self->item, FALSE);
  gs_outcome_bar_update (self->outcomes, self->item);
}

static void
on_current_changed (GsInspectionView *self)
{
  GsCase *item = gs_station_get_current (self->station);

  if (self->item != NULL)
    g_clear_signal_handler (&self->item_handler, self->item);
  g_set_object (&self->item, item);
  gs_check_tree_set_groups (self->checks, NULL);
  gs_case_pictures_set_case (self->pictures, item);
  if (item != NULL)
    self->item_handler =
      g_signal_connect_swapped (item, "changed", G_CALLBACK (queue_update), self);
  update (self);
}

void
gs_inspection_view_set_read_held (GsInspectionView *self, gboolean held)
{
  g_return_if_fail (GS_IS_INSPECTION_VIEW (self));

  if (self->read_held == held)
    return;
  self->read_held = held;
  update (self);
}

void
gs_inspection_view_set_narrow (GsInspectionView *self, gboolean narrow)
{
  g_return_if_fail (GS_IS_INSPECTION_VIEW (self));
  self->narrow = narrow;
  gs_check_tree_set_folded (self->checks, narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self->checks), narrow ? 280 : 364, -1);
  gs_case_head_set_narrow (self->head, narrow);
  update_pictures_size (self);
  place_history (self);
}

void
gs_inspection_view_set_tight (GsInspectionView *self, gboolean tight)
{
  g_return_if_fail (GS_IS_INSPECTION_VIEW (self));
  gs_outcome_bar_set_two_rows (self->outcomes, tight);
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_inspection_view_dispose (GObject *object)
{
  GsInspectionView *self = GS_INSPECTION_VIEW (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->item != NULL)
    g_clear_signal_handler (&self->item_handler, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_inspection_view_parent_class)->dispose (object);
}

static void
gs_inspection_view_class_init (GsInspectionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_inspection_view_dispose;
  g_type_ensure (GS_TYPE_CASE_HEAD);
  g_type_ensure (GS_TYPE_CASE_HISTORY);
  g_type_ensure (GS_TYPE_CASE_PICTURES);
  g_type_ensure (GS_TYPE_CHECK_TREE);
  g_type_ensure (GS_TYPE_DOCUMENT_BAR);
  g_type_ensure (GS_TYPE_KEY_CAP);
  g_type_ensure (GS_TYPE_OUTCOME_BAR);
  g_type_ensure (GS_TYPE_REASON_CHAIN);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-inspection-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, document_bar);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, stack);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, shield_bar);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, shield_label);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, head);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, pictures_clamp);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, pictures);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, chain);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, side);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, side_scrolled);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, checks);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, history);
  gtk_widget_class_bind_template_child (widget_class, GsInspectionView, outcomes);
  gtk_widget_class_bind_template_callback (widget_class, on_check_opened);
}

static void
gs_inspection_view_init (GsInspectionView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_stack_access_attach (self->stack);
}

GtkWidget *
gs_inspection_view_new (GsStation *station)
{
  GsInspectionView *self = g_object_new (GS_TYPE_INSPECTION_VIEW, NULL);

  self->station = g_object_ref (station);
  gs_document_bar_set_station (self->document_bar, station);
  gs_case_head_set_station (self->head, station);
  gs_case_pictures_set_station (self->pictures, station);
  gs_outcome_bar_set_station (self->outcomes, station);
  g_signal_connect_object (station, "current-changed", G_CALLBACK (on_current_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "changed", G_CALLBACK (on_station_changed), self,
                           G_CONNECT_SWAPPED);
  on_current_changed (self);
  return GTK_WIDGET (self);
}
