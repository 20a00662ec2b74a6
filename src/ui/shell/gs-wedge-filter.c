/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-wedge-filter.h"

#include "gs-wedge.h"

struct _GsWedgeFilter
{
  GObject parent_instance;

  GsWedge *wedge;
  GHashTable *replayed; /* GdkEvent given back and on its way */
  gint64 offset_us;     /* monotonic clock less the events' own clock */
  gboolean offset_known;
  guint tick_source;
};

enum
{
  SIGNAL_SCAN = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsWedgeFilter, gs_wedge_filter, G_TYPE_OBJECT)

static void
gs_wedge_filter_finalize (GObject *object)
{
  GsWedgeFilter *self = GS_WEDGE_FILTER (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_pointer (&self->wedge, gs_wedge_free);
  g_hash_table_unref (self->replayed);
  G_OBJECT_CLASS (gs_wedge_filter_parent_class)->finalize (object);
}

static void
gs_wedge_filter_class_init (GsWedgeFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_wedge_filter_finalize;
  signals[SIGNAL_SCAN] = g_signal_new ("scan", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
}

/* Puts the event back at the front of the display's queue; the filter lets it pass when it comes
 * again. */
static void
replay (gpointer key, gpointer user_data)
{
  GsWedgeFilter *self = user_data;
  GdkEvent *event = key;

  g_hash_table_add (self->replayed, event);
  gdk_display_put_event (gdk_event_get_display (event), event);
}

static void
scanned (GBytes *text, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_SCAN], 0, text);
}

static void
free_key (gpointer key)
{
  gdk_event_unref (key);
}

static void
gs_wedge_filter_init (GsWedgeFilter *self)
{
  self->wedge = gs_wedge_new (replay, scanned, free_key, self);
  self->replayed = g_hash_table_new_full (NULL, NULL, free_key, NULL);
}

GsWedgeFilter *
gs_wedge_filter_new (void)
{
  return g_object_new (GS_TYPE_WEDGE_FILTER, NULL);
}

static gint64
now_us (GsWedgeFilter *self)
{
  return g_get_monotonic_time () - self->offset_us;
}

static void schedule (GsWedgeFilter *self);

static gboolean
on_tick (gpointer data)
{
  GsWedgeFilter *self = data;

  self->tick_source = 0;
  gs_wedge_tick (self->wedge, now_us (self));
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (GsWedgeFilter *self)
{
  gint64 deadline = gs_wedge_get_deadline_us (self->wedge);
  gint64 wait_us;

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (deadline < 0)
    return;
  wait_us = MAX (deadline - now_us (self), 0);
  /* Below the toolkit's events: a key that waits in the queue is taken first. */
  self->tick_source = g_timeout_add_full (GDK_PRIORITY_EVENTS + 10, (guint) (wait_us / 1000) + 1,
                                          on_tick, self, NULL);
}

static gboolean
is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R)
         || keyval == GDK_KEY_ISO_Level3_Shift || keyval == GDK_KEY_Num_Lock
         || keyval == GDK_KEY_Mode_switch;
}

static gunichar
character_of (guint keyval, GdkModifierType state)
{
  gunichar character;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    return 0;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    return '\r';
  if (keyval == GDK_KEY_Tab)
    return '\t';
  if (keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_greek)
    return GS_WEDGE_UNKNOWN_CHARACTER;
  character = gdk_keyval_to_unicode (keyval);
  return g_unichar_isprint (character) ? character : 0;
}

/* The events' clock and ours run alike; the smallest difference seen is the one least delayed. */
static void
learn_offset (GsWedgeFilter *self, gint64 event_us)
{
  gint64 offset = g_get_monotonic_time () - event_us;

  if (!self->offset_known || offset < self->offset_us
      || offset - self->offset_us > 60 * G_USEC_PER_SEC)
    self->offset_us = offset;
  self->offset_known = TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GsWedgeFilter *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gint64 event_us;

  if (event == NULL || is_modifier (keyval))
    return GDK_EVENT_PROPAGATE;
  if (g_hash_table_contains (self->replayed, event))
    {
      g_hash_table_remove (self->replayed, event);
      return GDK_EVENT_PROPAGATE;
    }
  event_us = (gint64) gdk_event_get_time (event) * 1000;
  learn_offset (self, event_us);
  gs_wedge_key (self->wedge, character_of (keyval, state), gdk_event_ref (event), event_us);
  schedule (self);
  return GDK_EVENT_STOP;
}

void
gs_wedge_filter_attach (GsWedgeFilter *self, GtkWindow *window)
{
  GtkEventController *keys;

  g_return_if_fail (GS_IS_WEDGE_FILTER (self));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}

gboolean
gs_wedge_filter_is_dead (GsWedgeFilter *self)
{
  g_return_val_if_fail (GS_IS_WEDGE_FILTER (self), FALSE);
  return gs_wedge_is_dead (self->wedge, now_us (self));
}
