/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gate-tile.h"

#include "gs-label.h"
#include "gs-sign-view.h"

#include <glib/gi18n.h>

struct _GsGateTile
{
  GtkButton parent_instance;

  GtkWidget *number_label;
  GsSignView *sign_view;
  GtkWidget *word_label;
  GtkWidget *detail_label;

  char *word;
  char *detail;
  char *name; /* what a screen reader was told */
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (GsGateTile, gs_gate_tile, GTK_TYPE_BUTTON)

static const struct
{
  GsSign sign;
  const char *css_class;
  const char *word;
} states[] = {
  [GS_GATE_TILE_FREE] = { GS_SIGN_GATE_FREE, "free", N_ ("Free") },
  [GS_GATE_TILE_OCCUPIED] = { GS_SIGN_GATE_STEP, "occupied", N_ ("In use") },
  [GS_GATE_TILE_ADMITTED] = { GS_SIGN_ADMITTED, "admitted", N_ ("Admitted") },
  [GS_GATE_TILE_REFERRED] = { GS_SIGN_GATE_REFERRED, "referred", N_ ("Referred") },
  [GS_GATE_TILE_HELD] = { GS_SIGN_GATE_HELD, "held", N_ ("Held") },
  [GS_GATE_TILE_CLOSED] = { GS_SIGN_GATE_CLOSED, "closed", N_ ("Closed") },
  [GS_GATE_TILE_FAULT] = { GS_SIGN_GATE_FAULT, "fault", N_ ("Fault") },
  [GS_GATE_TILE_ALARM] = { GS_SIGN_GATE_FAULT, "alarm", N_ ("Alarm") },
};

static void
show_words (GsGateTile *self)
{
  if (self->compact)
    {
      gs_label_set (self->word_label, NULL);
      gs_label_set (self->detail_label, self->word);
    }
  else
    {
      gs_label_set (self->word_label, self->word);
      gs_label_set (self->detail_label, self->detail);
    }
}

static void
gs_gate_tile_dispose (GObject *object)
{
  GsGateTile *self = GS_GATE_TILE (object);

  g_clear_pointer (&self->word, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (gs_gate_tile_parent_class)->dispose (object);
}

static void
gs_gate_tile_class_init (GsGateTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_gate_tile_dispose;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/widgets/gs-gate-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, GsGateTile, number_label);
  gtk_widget_class_bind_template_child (widget_class, GsGateTile, sign_view);
  gtk_widget_class_bind_template_child (widget_class, GsGateTile, word_label);
  gtk_widget_class_bind_template_child (widget_class, GsGateTile, detail_label);
}

static void
gs_gate_tile_init (GsGateTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_gate_tile_new (void)
{
  return g_object_new (GS_TYPE_GATE_TILE, NULL);
}

void
gs_gate_tile_update (GsGateTile *self, const GsGateTileContent *content)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *name = NULL;
  const char *word;

  g_return_if_fail (GS_IS_GATE_TILE (self));
  g_return_if_fail (content->state >= GS_GATE_TILE_FREE && content->state <= GS_GATE_TILE_ALARM);

  word = content->word != NULL ? content->word : _ (states[content->state].word);
  for (guint i = GS_GATE_TILE_FREE; i <= GS_GATE_TILE_ALARM; i++)
    gs_style_toggle_class (widget, states[i].css_class,
                           i == content->state && content->as_of == NULL);
  gs_style_toggle_class (widget, "as-of", content->as_of != NULL);
  gs_sign_view_set_sign (self->sign_view, states[content->state].sign);
  gs_sign_view_set_label (self->sign_view, "");
  gs_label_set (self->number_label, content->number);

  g_free (self->word);
  self->word = g_strdup (word);
  g_free (self->detail);
  self->detail = content->as_of != NULL ? g_strdup_printf (_ ("as of %s"), content->as_of)
                                        : g_strdup (content->detail);
  show_words (self);

  /* Translators: what a screen reader says of a gate: number, state, more. */
  name = g_strdup_printf (_ ("Gate %s: %s, %s"), content->number, word,
                          self->detail != NULL ? self->detail : "");
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_steal_pointer (&name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
}

void
gs_gate_tile_set_compact (GsGateTile *self, gboolean compact)
{
  g_return_if_fail (GS_IS_GATE_TILE (self));
  if (self->compact == compact)
    return;
  self->compact = compact;
  gs_style_toggle_class (GTK_WIDGET (self), "compact", compact);
  show_words (self);
}
