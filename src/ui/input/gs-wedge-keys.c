/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-wedge-keys.h"

#include "gs-wedge.h"

/* A key press waits in the display's queue with a lower number than this, so it is always taken
 * before the time that passed since the last one is looked at. */
#define TICK_PRIORITY G_PRIORITY_HIGH_IDLE

/* Another clock may leap. */
#define LONGEST_WAIT_US GS_WEDGE_HOLD_US

struct _GsWedgeKeys
{
  GObject parent;

  GsWedge *wedge;
  guint tick_source;
  guint attach_source;
  GPtrArray *replayed; /* of GdkEvent: put back, on their way to the window again */
  GHashTable *held;    /* hardware keys whose press the wedge holds */

  guint32 last_event_ms; /* the display's clock, which wraps */
  gint64 event_us;       /* the same, counted on */
  gint64 offset_us;      /* the smallest distance seen from there to the monotonic clock */
  gboolean has_offset;

  GsWedgeTimeFunc time; /* NULL: the display's and the monotonic clock */
  gpointer time_data;
};

G_DEFINE_FINAL_TYPE (GsWedgeKeys, gs_wedge_keys, G_TYPE_OBJECT)

static guint scan_signal;

static gint64
now_us (GsWedgeKeys *self)
{
  return self->time != NULL ? self->time (NULL, self->time_data) : g_get_monotonic_time ();
}

/* When the key was pressed, on the monotonic clock. The display's clock has another zero; the
 * fastest delivery so far says how far they are apart. */
static gint64
time_of (GsWedgeKeys *self, GdkEvent *event)
{
  guint32 event_ms = gdk_event_get_time (event);
  gint64 monotonic_us = g_get_monotonic_time ();

  if (self->time != NULL)
    return self->time (event, self->time_data);
  if (event_ms == GDK_CURRENT_TIME)
    return monotonic_us;
  self->event_us += (gint64) (gint32) (event_ms - self->last_event_ms) * 1000;
  self->last_event_ms = event_ms;
  if (!self->has_offset || monotonic_us - self->event_us < self->offset_us)
    self->offset_us = monotonic_us - self->event_us;
  self->has_offset = TRUE;
  return self->event_us + self->offset_us;
}

/* A key that types nothing has 0; Ctrl and Alt make every key such a one. */
static gunichar
character_of (guint keyval, GdkModifierType state)
{
  gunichar character;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return 0;
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Linefeed:
      return '\r';
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      return '\t';
    default:
      break;
    }
  if (keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_greek)
    return GS_WEDGE_UNKNOWN_CHARACTER;
  character = gdk_keyval_to_unicode (keyval);
  return g_unichar_isprint (character) ? character : 0;
}

static void schedule_tick (GsWedgeKeys *self);

static gboolean
on_tick (gpointer user_data)
{
  g_autoptr (GsWedgeKeys) self = g_object_ref (user_data);

  self->tick_source = 0;
  gs_wedge_tick (self->wedge, now_us (self));
  schedule_tick (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_tick (GsWedgeKeys *self)
{
  gint64 deadline_us = gs_wedge_get_deadline_us (self->wedge);
  gint64 wait_us;

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (deadline_us < 0)
    return;
  wait_us = CLAMP (deadline_us - now_us (self), 0, LONGEST_WAIT_US);
  self->tick_source =
    g_timeout_add_full (TICK_PRIORITY, (wait_us + 999) / 1000, on_tick, self, NULL);
}

static gpointer
hardware_key (GdkEvent *event)
{
  return GUINT_TO_POINTER (gdk_key_event_get_keycode (event));
}

static void
on_replay (gpointer key, gpointer user_data)
{
  g_autoptr (GdkEvent) event = key;
  GsWedgeKeys *self = user_data;

  g_hash_table_remove (self->held, hardware_key (event));
  g_ptr_array_add (self->replayed, gdk_event_ref (event));
  gdk_display_put_event (gdk_event_get_display (event), event);
}

static void
on_scan (GBytes *text, gpointer user_data)
{
  g_signal_emit (user_data, scan_signal, 0, text);
}

/* Modifiers alone pass: a window that does not know of Shift would read a replayed key wrongly. */
static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, GsWedgeKeys *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  gunichar character = 0;

  if (type != GDK_KEY_PRESS && type != GDK_KEY_RELEASE)
    return GDK_EVENT_PROPAGATE;
  if (g_ptr_array_remove (self->replayed, event) || gdk_key_event_is_modifier (event))
    return GDK_EVENT_PROPAGATE;

  /* A release follows its press: held while that is held, and dropped with it. */
  if (type == GDK_KEY_RELEASE)
    {
      if (!g_hash_table_contains (self->held, hardware_key (event)))
        return GDK_EVENT_PROPAGATE;
    }
  else
    {
      character =
        character_of (gdk_key_event_get_keyval (event), gdk_event_get_modifier_state (event));
      g_hash_table_add (self->held, hardware_key (event));
    }
  gs_wedge_key (self->wedge, character, gdk_event_ref (event), time_of (self, event));
  schedule_tick (self);
  return GDK_EVENT_STOP;
}

static void
gs_wedge_keys_finalize (GObject *object)
{
  GsWedgeKeys *self = GS_WEDGE_KEYS (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->attach_source, g_source_remove);
  g_clear_pointer (&self->wedge, gs_wedge_free);
  g_clear_pointer (&self->replayed, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_hash_table_unref);

  G_OBJECT_CLASS (gs_wedge_keys_parent_class)->finalize (object);
}

static void
gs_wedge_keys_class_init (GsWedgeKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_wedge_keys_finalize;
  scan_signal = g_signal_new ("scan", GS_TYPE_WEDGE_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_BYTES);
}

static void
gs_wedge_keys_init (GsWedgeKeys *self)
{
  self->wedge = gs_wedge_new (on_replay, on_scan, (GDestroyNotify) gdk_event_unref, self);
  self->replayed = g_ptr_array_new_with_free_func ((GDestroyNotify) gdk_event_unref);
  self->held = g_hash_table_new (NULL, NULL);
}

GsWedgeKeys *
gs_wedge_keys_new (void)
{
  return g_object_new (GS_TYPE_WEDGE_KEYS, NULL);
}

GsWedgeKeys *
gs_wedge_keys_new_with_time (GsWedgeTimeFunc time, gpointer user_data)
{
  GsWedgeKeys *self = gs_wedge_keys_new ();

  g_return_val_if_fail (time != NULL, self);
  self->time = time;
  self->time_data = user_data;
  return self;
}

/* Of two controllers of one widget and phase, GTK asks the younger one first. So that ours is asked
 * before every key binding, it is made the youngest whenever the window gets another one. */
static void
on_controllers_changed (GListModel *controllers,
                        guint position,
                        guint removed,
                        guint added,
                        GtkEventController *controller)
{
  GtkWidget *window = gtk_event_controller_get_widget (controller);

  if (added == 0 || window == NULL)
    return;
  g_signal_handlers_block_by_func (controllers, on_controllers_changed, controller);
  g_object_ref (controller);
  gtk_widget_remove_controller (window, controller);
  gtk_widget_add_controller (window, controller);
  g_signal_handlers_unblock_by_func (controllers, on_controllers_changed, controller);
}

void
gs_wedge_keys_attach (GsWedgeKeys *self, GtkWindow *window)
{
  GtkEventController *controller;
  GListModel *controllers;

  g_return_if_fail (GS_IS_WEDGE_KEYS (self));
  g_return_if_fail (GTK_IS_WINDOW (window));

  if (g_object_get_data (G_OBJECT (window), "gs-wedge-keys-controllers") != NULL)
    return;
  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_name (controller, "gs-wedge-keys");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_event), self, 0);
  g_object_set_data_full (G_OBJECT (controller), "gs-wedge-keys", g_object_ref (self),
                          g_object_unref);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);

  controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  g_signal_connect_object (controllers, "items-changed", G_CALLBACK (on_controllers_changed),
                           controller, 0);
  g_object_set_data_full (G_OBJECT (window), "gs-wedge-keys-controllers", controllers,
                          g_object_unref);
}

static gboolean
on_windows_settled (gpointer user_data)
{
  GsWedgeKeys *self = user_data;
  GListModel *windows = gtk_window_get_toplevels ();

  self->attach_source = 0;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      gs_wedge_keys_attach (self, window);
    }
  return G_SOURCE_REMOVE;
}

/* A window is in the list before it is complete; no key can reach it before the loop runs. */
static void
on_windows_changed (
  GListModel *windows, guint position, guint removed, guint added, GsWedgeKeys *self)
{
  if (added > 0 && self->attach_source == 0)
    self->attach_source = g_idle_add_full (G_PRIORITY_HIGH, on_windows_settled, self, NULL);
}

void
gs_wedge_keys_attach_all (GsWedgeKeys *self)
{
  g_return_if_fail (GS_IS_WEDGE_KEYS (self));

  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed",
                           G_CALLBACK (on_windows_changed), self, 0);
  on_windows_settled (self);
}

gboolean
gs_wedge_keys_is_dead (GsWedgeKeys *self)
{
  g_return_val_if_fail (GS_IS_WEDGE_KEYS (self), FALSE);
  return gs_wedge_is_dead (self->wedge, now_us (self));
}
