/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-window.h"

#include "gs-action-table.h"
#include "gs-dead-link-bar.h"
#include "gs-key-list-window.h"
#include "gs-label.h"
#include "gs-stack-access.h"
#include "gs-status-item.h"
#include "gs-text.h"

#include <glib/gi18n.h>

/* Below this width, at the normal size of text, the header shows signs and words without figures.
 */
#define COMPACT_WIDTH 1600
/* Below this one the header says neither where it stands nor, with one page, which page it is (the
 * window's title does), and the time has no words beside it: a dead link has its bar and its edge.
 */
#define CRAMPED_WIDTH 800

struct _GsWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *switcher;
  GtkWidget *place_box;
  GtkWidget *place_icon;
  GtkWidget *hall_label;
  GtkWidget *desk_label;
  GtkWidget *clock_box;
  GtkWidget *time_label;
  GtkWidget *time_note_label;
  GtkWidget *officer_separator;
  GtkWidget *officer_button;
  GtkWidget *officer_label;
  GtkWidget *blank_button;
  GtkWidget *lock_button;
  GtkWidget *blank_key_label;
  GsDeadLinkBar *dead_link_bar;
  AdwToastOverlay *toasts;
  GtkWidget *root_stack;
  AdwViewStack *pages;
  GtkWidget *locked_bin;

  GsStatusItem *status[GS_WINDOW_N_STATUS];
  gboolean cramped;
  gboolean locked;
  gboolean blanked;
  gboolean space_reads;
  gboolean space_held;
};

/* In the template. */
static const char *const status_ids[] = {
  [GS_WINDOW_STATUS_LINK] = "link_status",     [GS_WINDOW_STATUS_PRINTER] = "printer_status",
  [GS_WINDOW_STATUS_READER] = "reader_status", [GS_WINDOW_STATUS_CAMERA] = "camera_status",
  [GS_WINDOW_STATUS_SOUND] = "sound_status",   [GS_WINDOW_STATUS_CALL] = "call_status",
};
G_STATIC_ASSERT (G_N_ELEMENTS (status_ids) == GS_WINDOW_N_STATUS);

enum
{
  ACTIVATED,
  READ_HELD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsWindow, gs_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- actions ---------------------------------------------------------------------------------- */

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GsWindow *self = GS_WINDOW (user_data);
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_strcmp0 (name, "keys") == 0)
    gtk_window_present (gs_key_list_window_new (GTK_WINDOW (self)));
  g_signal_emit (self, signals[ACTIVATED], g_quark_from_string (name), name);
}

static void
add_plain_key (GsWindow *self, const GsActionEntry *entry)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autofree char *action = g_strdup_printf ("win.%s", entry->name);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_BUBBLE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (entry->accelerator),
                      gtk_named_action_new (action)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
add_actions (GsWindow *self)
{
  gsize n;
  const GsActionEntry *table = gs_action_table (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GSimpleAction) action = NULL;

      if (table[i].kind == GS_ACTION_KEY_HELD)
        continue;
      action = g_simple_action_new (table[i].name, NULL);
      g_simple_action_set_enabled (action, g_str_equal (table[i].name, "keys"));
      g_signal_connect (action, "activate", G_CALLBACK (on_action), self);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
      if (table[i].kind == GS_ACTION_KEY_PLAIN)
        add_plain_key (self, &table[i]);
    }
}

static void
set_accelerators (GtkApplication *application)
{
  gsize n;
  const GsActionEntry *table = gs_action_table (&n);

  for (gsize i = 0; i < n; i++)
    if (table[i].kind == GS_ACTION_KEY_ACCELERATOR)
      {
        g_autofree char *action = g_strdup_printf ("win.%s", table[i].name);
        const char *const accelerators[] = { table[i].accelerator, NULL };

        gtk_application_set_accels_for_action (application, action, accelerators);
      }
}

static GMenuModel *
officer_menu (void)
{
  static const char *const names[] = {
    "check-seal", "mute", "stamps", "preferences", "keys", "lock"
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *action = g_strdup_printf ("win.%s", names[i]);

      g_menu_append (menu, gs_action_label (gs_action_find (names[i])), action);
    }
  return G_MENU_MODEL (menu);
}

/* --- Space reads a shielded case -------------------------------------------------------------- */

static void
set_held (GsWindow *self, gboolean held)
{
  if (self->space_held == held)
    return;
  self->space_held = held;
  g_signal_emit (self, signals[READ_HELD], 0, held);
}

static gboolean
focus_is_text (GsWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                gpointer user_data)
{
  GsWindow *self = GS_WINDOW (user_data);

  if (key != GDK_KEY_space || !self->space_reads || self->blanked || focus_is_text (self))
    return GDK_EVENT_PROPAGATE;
  set_held (self, TRUE);
  return GDK_EVENT_STOP;
}

static void
on_key_released (GtkEventControllerKey *controller,
                 guint key,
                 guint code,
                 GdkModifierType state,
                 gpointer user_data)
{
  if (key == GDK_KEY_space)
    set_held (GS_WINDOW (user_data), FALSE);
}

/* Whoever turns to another window lets go of the key unseen. */
static void
on_active_changed (GsWindow *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    set_held (self, FALSE);
}

static void
add_space_controller (GsWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active_changed), NULL);
}

/* --- layout ------------------------------------------------------------------------------------
 */

/* Pages that are for whoever is signed in, without that of the stamps, which has a key and stands
 * in the officer's menu. */
static gboolean
has_several_pages (GsWindow *self)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->pages);
  guint visible = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);

      if (g_strcmp0 (adw_view_stack_page_get_name (page), "stamps") != 0)
        visible += adw_view_stack_page_get_visible (page);
    }
  return visible > 1;
}

static void
show_page (GsWindow *self)
{
  const char *name = self->locked ? "locked" : self->blanked ? "blank" : "pages";
  gboolean signed_in = gtk_label_get_text (GTK_LABEL (self->officer_label))[0] != '\0';
  gboolean tight = self->cramped || gs_text_scale (GTK_WIDGET (self)) > 1.3
                   || gtk_widget_has_css_class (GTK_WIDGET (self), "compact");

  gtk_stack_set_visible_child_name (GTK_STACK (self->root_stack), name);
  gtk_widget_set_visible (self->switcher, !self->locked && (!tight || has_several_pages (self)));
  /* Two words more have no place beside the clock; assistive technology still reads them. */
  gs_style_toggle_class (self->switcher, "gs-icons-only", tight);
  gtk_widget_set_visible (self->place_box, !self->cramped);
  gtk_widget_set_visible (self->time_note_label, !self->cramped);
  gs_dead_link_bar_set_cramped (self->dead_link_bar, self->cramped);
  gtk_widget_set_visible (self->officer_button, !self->locked && signed_in);
  gtk_widget_set_visible (self->officer_separator, !self->locked);
  gtk_widget_set_visible (self->lock_button, !self->locked);
  gtk_widget_set_visible (self->blank_button, !self->locked);
}

static gboolean
on_cramped (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  show_page (GS_WINDOW (widget));
  return G_SOURCE_REMOVE;
}

static void
on_layout (GdkSurface *surface, int width, int height, gpointer user_data)
{
  GsWindow *self = GS_WINDOW (user_data);
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean cramped = width < CRAMPED_WIDTH * gs_text_scale (widget);

  gs_style_toggle_class (widget, "compact", width < COMPACT_WIDTH * gs_text_scale (widget));
  if (cramped == self->cramped)
    return;
  self->cramped = cramped;
  gtk_widget_add_tick_callback (widget, on_cramped, NULL, NULL);
}

static void
gs_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gs_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout",
                           G_CALLBACK (on_layout), widget, 0);
}

static void
gs_window_class_init (GsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->realize = gs_window_realize;
  g_type_ensure (GS_TYPE_DEAD_LINK_BAR);
  g_type_ensure (GS_TYPE_STATUS_ITEM);
  signals[ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[READ_HELD] = g_signal_new ("read-held", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/shell/gs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, place_box);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, place_icon);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, hall_label);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, desk_label);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, clock_box);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, time_label);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, time_note_label);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, officer_separator);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, officer_button);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, officer_label);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, blank_button);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, lock_button);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, blank_key_label);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, dead_link_bar);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, root_stack);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, GsWindow, locked_bin);
  for (guint i = 0; i < GS_WINDOW_N_STATUS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, status_ids[i], FALSE,
                                               G_STRUCT_OFFSET (GsWindow, status)
                                                 + (gssize) (i * sizeof (GsStatusItem *)));
}

static void
set_action_button (GtkWidget *button, const char *name)
{
  g_autofree char *tooltip = gs_action_tooltip (name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gs_action_label (gs_action_find (name)), -1);
}

static void
gs_window_init (GsWindow *self)
{
  g_autoptr (GMenuModel) menu = officer_menu ();
  g_autofree char *key = gs_action_key_text (gs_action_find ("blank"));
  g_autofree char *words = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gs_stack_access_attach (GTK_STACK (self->root_stack));
  gs_view_stack_access_attach (self->pages);
  add_actions (self);
  add_space_controller (self);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->officer_button), menu);
  set_action_button (self->blank_button, "blank");
  set_action_button (self->lock_button, "lock");
  words = g_strdup_printf (_ ("The screen is blank. %s shows it again."), key);
  gs_label_set (self->blank_key_label, words);
  gs_window_set_officer (self, NULL);
}

GsWindow *
gs_window_new (GtkApplication *application)
{
  set_accelerators (application);
  return g_object_new (GS_TYPE_WINDOW, "application", application, NULL);
}

/* --- what is shown -----------------------------------------------------------------------------
 */

void
gs_window_add_page (
  GsWindow *self, GtkWidget *page, const char *name, const char *title, const char *icon_name)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  adw_view_stack_add_titled_with_icon (self->pages, page, name, title, icon_name);
  show_page (self);
}

void
gs_window_set_page_visible (GsWindow *self, const char *name, gboolean visible)
{
  GtkWidget *child;

  g_return_if_fail (GS_IS_WINDOW (self));
  child = adw_view_stack_get_child_by_name (self->pages, name);
  if (child != NULL)
    adw_view_stack_page_set_visible (adw_view_stack_get_page (self->pages, child), visible);
  show_page (self);
}

void
gs_window_show_page (GsWindow *self, const char *name)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  adw_view_stack_set_visible_child_name (self->pages, name);
}

gboolean
gs_window_shows_page (GsWindow *self, const char *name)
{
  g_return_val_if_fail (GS_IS_WINDOW (self), FALSE);
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), name) == 0;
}

void
gs_window_set_locked_page (GsWindow *self, GtkWidget *page)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  adw_bin_set_child (ADW_BIN (self->locked_bin), page);
  self->locked = page != NULL;
  if (self->locked)
    set_held (self, FALSE);
  show_page (self);
}

void
gs_window_set_place (GsWindow *self, const char *icon, const char *hall, const char *desk)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (self->place_icon)), icon) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->place_icon), icon);
  gs_label_set (self->hall_label, hall);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->hall_label), hall) != 0)
    gtk_widget_set_tooltip_text (self->hall_label, hall);
  gs_label_set (self->desk_label, desk);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->desk_label), desk) != 0)
    gtk_widget_set_tooltip_text (self->desk_label, desk);
  if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self)), hall) != 0)
    gtk_window_set_title (GTK_WINDOW (self), hall);
}

void
gs_window_set_status (GsWindow *self,
                      GsWindowStatus which,
                      GsSign sign,
                      const char *icon_name,
                      const char *word,
                      const char *tail,
                      const char *detail)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  g_return_if_fail (which < GS_WINDOW_N_STATUS);
  gtk_widget_set_visible (GTK_WIDGET (self->status[which]), word != NULL);
  if (word != NULL)
    gs_status_item_update (self->status[which], sign, icon_name, word, tail, detail);
}

void
gs_window_set_hall_time (GsWindow *self, const char *time, const char *as_of)
{
  g_autofree char *note = NULL;

  g_return_if_fail (GS_IS_WINDOW (self));
  if (as_of != NULL)
    note = g_strdup_printf (_ ("hall, counted here\nas of %s"), as_of);
  gs_label_set (self->time_label, time);
  gs_label_set (self->time_note_label, note != NULL ? note : _ ("hall time"));
  gs_style_toggle_class (self->clock_box, "as-of", as_of != NULL);
  gtk_widget_set_visible (self->time_note_label, !self->cramped);
}

void
gs_window_set_officer (GsWindow *self, const char *name)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  gs_label_set (self->officer_label, name);
  show_page (self);
}

void
gs_window_set_dead_link (GsWindow *self, const char *title, const char *sentence, const char *next)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  gs_dead_link_bar_update (self->dead_link_bar, title, sentence, next);
}

void
gs_window_set_blanked (GsWindow *self, gboolean blanked)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  self->blanked = !!blanked;
  if (self->blanked)
    set_held (self, FALSE);
  show_page (self);
}

gboolean
gs_window_get_blanked (GsWindow *self)
{
  g_return_val_if_fail (GS_IS_WINDOW (self), FALSE);
  return self->blanked;
}

void
gs_window_set_space_reads (GsWindow *self, gboolean reads)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  self->space_reads = !!reads;
  if (!self->space_reads)
    set_held (self, FALSE);
}

void
gs_window_update_actions (GsWindow *self, GsWindowEnabledFunc func, gpointer user_data)
{
  gsize n;
  const GsActionEntry *table = gs_action_table (&n);

  g_return_if_fail (GS_IS_WINDOW (self));
  for (gsize i = 0; i < n; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), table[i].name);

      if (action != NULL && !g_str_equal (table[i].name, "keys"))
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), func (table[i].name, user_data));
    }
}

void
gs_window_add_toast (GsWindow *self, AdwToast *toast)
{
  g_return_if_fail (GS_IS_WINDOW (self));
  adw_toast_overlay_add_toast (self->toasts, toast);
}
