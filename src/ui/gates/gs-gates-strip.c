/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gates-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-gate-detail.h"
#include "gs-gate-look-window.h"
#include "gs-gate-popover.h"
#include "gs-gate-tile.h"
#include "gs-load-meter.h"
#include "gs-text.h"
#include "gs-time.h"

#define METER_PX 328
#define METER_NARROW_PX 200

struct _GsGatesStrip
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *tiles_box;
  GtkWidget *meter;
  AdwClamp *meter_clamp;
  gboolean narrow;
  guint tick;
  GHashTable *tiles; /* gate id → GsGateTile */
};

G_DEFINE_FINAL_TYPE (GsGatesStrip, gs_gates_strip, GTK_TYPE_BOX)

static gboolean
is_occupying (const GsCrossing *crossing)
{
  return crossing->gate != NULL
         && (crossing->state == GS_CROSSING_STATE_STARTED || gs_crossing_is_open_case (crossing));
}

/* For each gate the newest crossing that the traveller has not left. Gate id → GsCase, both
 * borrowed. */
static GHashTable *
find_occupants (GsGatesStrip *self)
{
  g_autoptr (GPtrArray) cases = gs_case_book_list_present (gs_station_get_book (self->station));
  GHashTable *occupants = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < cases->len; i++)
    {
      GsCase *item = g_ptr_array_index (cases, i);
      const GsCrossing *crossing = gs_case_get_crossing (item);
      GsCase *found;

      if (!is_occupying (crossing))
        continue;
      found = g_hash_table_lookup (occupants, crossing->gate);
      if (found == NULL || crossing->started_utc_ms > gs_case_get_crossing (found)->started_utc_ms)
        g_hash_table_insert (occupants, crossing->gate, item);
    }
  return occupants;
}

static const char *
step_of (GsCase *item)
{
  const GsCrossing *crossing = item != NULL ? gs_case_get_crossing (item) : NULL;

  if (crossing == NULL)
    return _ ("Occupied");
  if (crossing->face_attempts > 0)
    return _ ("Face check");
  if (crossing->document_digest != NULL || crossing->checks->len > 0)
    return _ ("Reading chip");
  return _ ("Document");
}

static char *
dup_detail (GsGatesStrip *self, const GsGate *gate, GsCase *occupant)
{
  g_autofree char *since = gs_format_since (self->station, gate->since_utc_ms);

  return gs_gate_detail (gate, occupant, since);
}

static GsGateTileState
tile_state_of (const GsGate *gate)
{
  switch (gate->state)
    {
    case GS_GATE_STATE_FREE:
      return GS_GATE_TILE_FREE;
    case GS_GATE_STATE_OCCUPIED:
      return GS_GATE_TILE_OCCUPIED;
    case GS_GATE_STATE_REFERRED:
      return GS_GATE_TILE_REFERRED;
    case GS_GATE_STATE_HELD:
      return GS_GATE_TILE_HELD;
    case GS_GATE_STATE_CLOSED:
      return GS_GATE_TILE_CLOSED;
    case GS_GATE_STATE_FAULT:
      return GS_GATE_TILE_FAULT;
    case GS_GATE_STATE_ALARM:
      return GS_GATE_TILE_ALARM;
    }
  return GS_GATE_TILE_FREE;
}

static void
on_look (GsGatesStrip *self, const char *gate)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (window))
    gs_gate_look_window_open (GTK_WINDOW (window), self->station, gate);
}

/* What can be done with a gate: closing and reopening, and a look through its camera. The popover
 * goes with its closing. */
static void
show_commands (GsGatesStrip *self, GtkWidget *tile, const GsGate *gate)
{
  GtkWidget *popover = gs_gate_popover_new (gate->id, gate->state == GS_GATE_STATE_CLOSED);
  GsLookVerdict verdict = gs_gate_look_judge (gs_station_get_gate_look (self->station), gate->id);

  gs_gate_popover_set_look (GS_GATE_POPOVER (popover), gs_gate_look_window_reason (verdict));
  g_signal_connect_object (popover, "look", G_CALLBACK (on_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "command", G_CALLBACK (gs_station_set_gate_closed),
                           self->station, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (popover, tile);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_tile_clicked (GtkButton *button, GsGatesStrip *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), "gate");
  const GsGate *gate = gs_case_book_find_gate (gs_station_get_book (self->station), id);
  g_autoptr (GHashTable) occupants = find_occupants (self);
  GsCase *occupant = g_hash_table_lookup (occupants, id);

  if (gs_station_get_session (self->station) == NULL || gate == NULL)
    return;
  /* The first press opens the case that is there, the next one says what can be done. */
  if (occupant != NULL && gs_crossing_is_open_case (gs_case_get_crossing (occupant))
      && gs_station_get_current (self->station) != occupant)
    gs_station_open (self->station, occupant);
  else
    show_commands (self, GTK_WIDGET (button), gate);
}

static GtkWidget *
ensure_tile (GsGatesStrip *self, const char *gate)
{
  GtkWidget *tile = g_hash_table_lookup (self->tiles, gate);

  if (tile != NULL)
    return tile;
  tile = gs_gate_tile_new ();
  g_object_set_data_full (G_OBJECT (tile), "gate", g_strdup (gate), g_free);
  g_signal_connect_object (tile, "clicked", G_CALLBACK (on_tile_clicked), self, 0);
  gtk_box_append (GTK_BOX (self->tiles_box), tile);
  g_hash_table_insert (self->tiles, g_strdup (gate), tile);
  return tile;
}

static void
refresh (GsGatesStrip *self)
{
  g_autoptr (GHashTable) occupants = find_occupants (self);
  const GsConfig *config = gs_station_get_config (self->station);
  guint values[10];
  GsLink link;
  g_autofree char *as_of = NULL;

  gs_station_get_link (self->station, &link);
  if (link.state == GS_LINK_DEAD || link.state == GS_LINK_REFUSED)
    as_of = gs_format_time (self->station, link.as_of_utc_ms);
  for (char **id = config->gates; *id != NULL; id++)
    {
      const GsGate *gate = gs_case_book_find_gate (gs_station_get_book (self->station), *id);
      GsCase *occupant = gate != NULL && gate->state != GS_GATE_STATE_FREE
                           ? g_hash_table_lookup (occupants, *id)
                           : NULL;
      g_autofree char *detail = gate != NULL ? dup_detail (self, gate, occupant) : NULL;
      GtkWidget *tile = ensure_tile (self, *id);
      GsGateTileContent content = {
        .number = gate != NULL ? gate->name : *id,
        .state = gate != NULL ? tile_state_of (gate) : GS_GATE_TILE_CLOSED,
        .word = gate == NULL                            ? _ ("not known")
                : gate->state == GS_GATE_STATE_OCCUPIED ? step_of (occupant)
                                                        : NULL,
        .detail = detail,
        .as_of = as_of,
      };

      gs_gate_tile_update (GS_GATE_TILE (tile), &content);
      gs_gate_tile_set_compact (GS_GATE_TILE (tile), self->narrow);
    }
  gs_station_get_load (self->station, values);
  gs_load_meter_update (GS_LOAD_METER (self->meter), values, G_N_ELEMENTS (values), as_of);
}

void
gs_gates_strip_set_narrow (GsGatesStrip *self, gboolean narrow)
{
  int width;

  g_return_if_fail (GS_IS_GATES_STRIP (self));

  self->narrow = narrow;
  width = (int) ((narrow ? METER_NARROW_PX : METER_PX) * gs_text_scale (GTK_WIDGET (self)));
  gtk_widget_set_size_request (self->meter, width, -1);
  adw_clamp_set_maximum_size (self->meter_clamp, width);
  adw_clamp_set_tightening_threshold (self->meter_clamp, width);
  gtk_box_set_spacing (GTK_BOX (self->tiles_box), narrow ? 8 : 12);
  refresh (self);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GsGatesStrip *self = GS_GATES_STRIP (widget);

  self->tick = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* However many events came, the tiles are filled once a frame. */
static void
queue_refresh (GsGatesStrip *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
gs_gates_strip_dispose (GObject *object)
{
  GsGatesStrip *self = GS_GATES_STRIP (object);

  g_clear_pointer (&self->tiles, g_hash_table_unref);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_gates_strip_parent_class)->dispose (object);
}

static void
gs_gates_strip_class_init (GsGatesStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_gates_strip_dispose;
  g_type_ensure (GS_TYPE_LOAD_METER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/gates/gs-gates-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, GsGatesStrip, tiles_box);
  gtk_widget_class_bind_template_child (widget_class, GsGatesStrip, meter);
  gtk_widget_class_bind_template_child (widget_class, GsGatesStrip, meter_clamp);
}

static void
gs_gates_strip_init (GsGatesStrip *self)
{
  self->tiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_gates_strip_set_station (GsGatesStrip *self, GsStation *station)
{
  g_return_if_fail (GS_IS_GATES_STRIP (self));
  g_return_if_fail (self->station == NULL);
  self->station = g_object_ref (station);
  g_signal_connect_object (station, "changed", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "gates-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
}
