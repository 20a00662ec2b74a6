/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-privacy-shield.h"

#define ATTACHED "gs-privacy-shield"

struct _GsPrivacyShield
{
  GObject parent_instance;

  GsWindow *window;
  GPtrArray *hidden; /* of GtkWindow, in the order in which they are shown again */
  guint attach_source;
};

G_DEFINE_FINAL_TYPE (GsPrivacyShield, gs_privacy_shield, G_TYPE_OBJECT)

/* --- hiding and showing ----------------------------------------------------------------------- */

static gboolean
is_over (GsPrivacyShield *self, GtkWindow *window)
{
  return window != GTK_WINDOW (self->window) && gtk_window_get_transient_for (window) != NULL;
}

/* A window closed while it is hidden is not shown again. */
static void
on_hidden_gone (GsPrivacyShield *self, GtkWidget *window)
{
  g_ptr_array_remove (self->hidden, window);
}

static void
hide_one (GsPrivacyShield *self, GtkWindow *window)
{
  g_signal_connect_object (window, "destroy", G_CALLBACK (on_hidden_gone), self, G_CONNECT_SWAPPED);
  g_ptr_array_insert (self->hidden, 0, g_object_ref (window));
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
}

/* The newest window first: it is shown last again, so it is on top. */
static void
hide_all (GsPrivacyShield *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  g_list_foreach (windows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  for (GList *link = windows; link != NULL; link = link->next)
    if (gtk_widget_get_visible (link->data) && is_over (self, link->data))
      hide_one (self, link->data);
  g_list_foreach (windows, (GFunc) (void (*) (void)) g_object_unref, NULL);
}

/* Parents before their dialogs. */
static int
depth_of (GtkWindow *window)
{
  int depth = 0;

  for (; window != NULL; window = gtk_window_get_transient_for (window))
    depth++;
  return depth;
}

static int
by_depth (gconstpointer a, gconstpointer b)
{
  return depth_of (*(GtkWindow *const *) a) - depth_of (*(GtkWindow *const *) b);
}

void
gs_privacy_shield_lift (GsPrivacyShield *self)
{
  g_autoptr (GPtrArray) hidden = NULL;

  g_return_if_fail (GS_IS_PRIVACY_SHIELD (self));
  gs_window_set_blanked (self->window, FALSE);
  hidden = g_steal_pointer (&self->hidden);
  self->hidden = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_sort (hidden, by_depth);
  for (guint i = 0; i < hidden->len; i++)
    {
      g_signal_handlers_disconnect_by_func (hidden->pdata[i], on_hidden_gone, self);
      gtk_window_present (hidden->pdata[i]);
    }
}

void
gs_privacy_shield_toggle (GsPrivacyShield *self)
{
  g_return_if_fail (GS_IS_PRIVACY_SHIELD (self));
  if (gs_window_get_blanked (self->window))
    {
      gs_privacy_shield_lift (self);
      return;
    }
  gs_window_set_blanked (self->window, TRUE);
  hide_all (self);
}

/* --- the key ---------------------------------------------------------------------------------- */

static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint code,
        GdkModifierType state,
        GsPrivacyShield *self)
{
  if (keyval != GDK_KEY_F12)
    return GDK_EVENT_PROPAGATE;
  gs_privacy_shield_toggle (self);
  return GDK_EVENT_STOP;
}

/* The window itself has the key in its table. One that opens while everything is blank must not
 * show. */
static void
attach (GsPrivacyShield *self, GtkWindow *window)
{
  GtkEventController *keys;

  if (!is_over (self, window) || g_object_get_data (G_OBJECT (window), ATTACHED) != NULL)
    return;
  g_object_set_data (G_OBJECT (window), ATTACHED, self);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  if (gs_window_get_blanked (self->window) && gtk_widget_get_visible (GTK_WIDGET (window)))
    hide_one (self, window);
}

static gboolean
on_windows_settled (gpointer user_data)
{
  GsPrivacyShield *self = user_data;
  GListModel *windows = gtk_window_get_toplevels ();

  self->attach_source = 0;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      attach (self, window);
    }
  return G_SOURCE_REMOVE;
}

/* A window is in the list before it is complete. */
static void
on_windows_changed (
  GListModel *windows, guint position, guint removed, guint added, GsPrivacyShield *self)
{
  if (added > 0 && self->attach_source == 0)
    self->attach_source = g_idle_add_full (G_PRIORITY_HIGH, on_windows_settled, self, NULL);
}

static void
gs_privacy_shield_finalize (GObject *object)
{
  GsPrivacyShield *self = GS_PRIVACY_SHIELD (object);

  g_clear_handle_id (&self->attach_source, g_source_remove);
  g_ptr_array_unref (self->hidden);
  G_OBJECT_CLASS (gs_privacy_shield_parent_class)->finalize (object);
}

static void
gs_privacy_shield_class_init (GsPrivacyShieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_privacy_shield_finalize;
}

static void
gs_privacy_shield_init (GsPrivacyShield *self)
{
  self->hidden = g_ptr_array_new_with_free_func (g_object_unref);
}

GsPrivacyShield *
gs_privacy_shield_new (GsWindow *window)
{
  GsPrivacyShield *self = g_object_new (GS_TYPE_PRIVACY_SHIELD, NULL);

  self->window = window;
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed",
                           G_CALLBACK (on_windows_changed), self, 0);
  on_windows_settled (self);
  return self;
}
