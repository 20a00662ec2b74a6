/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-countdown.h"

#include "gs-label.h"
#include "gs-sign-view.h"
#include "gs-window-bar.h"

#include <glib/gi18n.h>

#define SOON_MS (10 * 60 * 1000)
#define LAST_MS (2 * 60 * 1000)

struct _GsCountdown
{
  GtkBox parent_instance;

  GtkWidget *head_box;
  GsSignView *sign_view;
  GtkWidget *icon;
  GtkWidget *word_label;
  GtkWidget *digits_label;
  GtkWidget *small_word_label;
  GtkWidget *side_box;
  GtkWidget *why_label;
  GtkWidget *also_label;
  GtkWidget *precision_label;
  GsWindowBar *bar;
  GtkWidget *ends_box;
  GtkWidget *opened_label;
  GtkWidget *closes_label;

  GsCountdownFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
  guint timeout_id;
  gboolean compact;
  GsCountdownState state;
  char *closed_text;
  char *also_text;
  char *as_of;
  char *stamped_text;
};

enum
{
  PROP_0,
  PROP_COMPACT,
};

G_DEFINE_FINAL_TYPE (GsCountdown, gs_countdown, GTK_TYPE_BOX)

static const struct
{
  const char *css_class;
  const char *color_class;
  const char *word;
  const char *heading;
} states[] = {
  [GS_COUNTDOWN_OPEN] = { "open", "gs-ok", NC_ ("stamp window", "open"),
                          NC_ ("stamp window", "Window open") },
  [GS_COUNTDOWN_SOON] = { "soon", "gs-warn", NC_ ("stamp window", "closes soon"),
                          NC_ ("stamp window", "Window closes soon") },
  [GS_COUNTDOWN_LAST] = { "last", "gs-bad", NC_ ("stamp window", "last minutes"),
                          NC_ ("stamp window", "Last minutes") },
  [GS_COUNTDOWN_CLOSED] = { "closed", "gs-na", NC_ ("stamp window", "closed"),
                            NC_ ("stamp window", "Window closed") },
  [GS_COUNTDOWN_NOT_KNOWN] = { "not-known", "gs-na", NC_ ("stamp window", "not known"),
                               NC_ ("stamp window", "Window not known") },
  [GS_COUNTDOWN_STAMPED] = { "stamped", "gs-ok", NC_ ("stamp window", "stamped"),
                             NC_ ("stamp window", "Stamp printed") },
};

GsCountdownState
gs_countdown_state (const GsCountdownReading *reading)
{
  if (reading->stamped)
    return GS_COUNTDOWN_STAMPED;
  if (reading->closed)
    return GS_COUNTDOWN_CLOSED;
  if (!reading->known)
    return GS_COUNTDOWN_NOT_KNOWN;
  if (reading->remaining_ms <= 0)
    return GS_COUNTDOWN_CLOSED;
  if (reading->remaining_ms <= LAST_MS)
    return GS_COUNTDOWN_LAST;
  if (reading->remaining_ms <= SOON_MS)
    return GS_COUNTDOWN_SOON;
  return GS_COUNTDOWN_OPEN;
}

char *
gs_countdown_format (gint64 remaining_ms)
{
  gint64 seconds = remaining_ms <= 0 ? 0 : (remaining_ms - 1) / 1000 + 1;

  if (seconds >= 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600,
                            (int) (seconds / 60 % 60), (int) (seconds % 60));
  return g_strdup_printf ("%02d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

static void
show_digits (GsCountdown *self, const GsCountdownReading *reading)
{
  g_autofree char *digits =
    reading->closed ? g_strdup ("00:00") : gs_countdown_format (reading->remaining_ms);
  g_autofree char *at_most = NULL;

  if (self->state == GS_COUNTDOWN_NOT_KNOWN)
    at_most = g_strdup_printf ("≤ %s", digits);
  if (self->state == GS_COUNTDOWN_STAMPED)
    gs_label_set (self->digits_label, self->stamped_text);
  else if (self->compact && self->state == GS_COUNTDOWN_CLOSED)
    gs_label_set (self->digits_label, NULL);
  else
    gs_label_set (self->digits_label, at_most != NULL ? at_most : digits);
  gs_style_toggle_class (self->digits_label, "gs-not-known", self->state == GS_COUNTDOWN_NOT_KNOWN);
}

static void
show_state (GsCountdown *self, const GsCountdownReading *reading)
{
  const char *word = g_dpgettext2 (NULL, "stamp window", states[self->state].word);
  const char *heading = g_dpgettext2 (NULL, "stamp window", states[self->state].heading);
  gboolean closed = self->state == GS_COUNTDOWN_CLOSED;
  gboolean not_known = self->state == GS_COUNTDOWN_NOT_KNOWN;
  gboolean stamped = self->state == GS_COUNTDOWN_STAMPED;
  g_autofree char *as_of = NULL;

  for (guint i = GS_COUNTDOWN_OPEN; i <= GS_COUNTDOWN_STAMPED; i++)
    {
      gs_style_toggle_class (GTK_WIDGET (self), states[i].css_class, i == self->state);
      gs_style_toggle_class (self->word_label, states[i].color_class, FALSE);
      gs_style_toggle_class (self->icon, states[i].color_class, FALSE);
      gs_style_toggle_class (self->small_word_label, states[i].color_class, FALSE);
      gs_style_toggle_class (self->digits_label, states[i].color_class, FALSE);
    }
  gs_style_toggle_class (self->word_label, states[self->state].color_class, TRUE);
  gs_style_toggle_class (self->icon, states[self->state].color_class, TRUE);
  gs_style_toggle_class (self->small_word_label, states[self->state].color_class, TRUE);
  gs_style_toggle_class (self->digits_label, states[self->state].color_class, self->compact);

  gs_label_set (self->word_label, heading);
  gs_label_set (self->small_word_label, self->compact ? word : NULL);
  gs_sign_view_set_sign (self->sign_view, closed    ? GS_SIGN_GATE_CLOSED
                                          : stamped ? GS_SIGN_SUCCESSFUL
                                                    : GS_SIGN_NOT_KNOWN);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_view), closed || not_known || stamped);
  gtk_widget_set_visible (self->icon, !closed && !not_known && !stamped);
  if (not_known && self->as_of != NULL)
    as_of = g_strdup_printf (_ ("as of %s"), self->as_of);
  gs_label_set (self->also_label, closed ? self->closed_text : not_known ? as_of : self->also_text);
  gs_window_bar_update (self->bar, reading->closed ? 0 : reading->remaining_ms, reading->total_ms,
                        states[self->state].color_class);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !self->compact && reading->total_ms > 0 && !closed
                                                    && !not_known && !stamped);
}

static gboolean on_second (gpointer user_data);

static void
schedule (GsCountdown *self, const GsCountdownReading *reading)
{
  gint64 wait_ms = 1000;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || reading->closed)
    return;
  if (reading->remaining_ms > 0 && reading->remaining_ms % 1000 != 0)
    wait_ms = reading->remaining_ms % 1000;
  self->timeout_id = g_timeout_add ((guint) MAX (wait_ms, 20), on_second, self);
}

void
gs_countdown_refresh (GsCountdown *self)
{
  GsCountdownReading reading = { .known = FALSE };
  g_autofree char *name = NULL;

  g_return_if_fail (GS_IS_COUNTDOWN (self));
  if (self->func != NULL)
    self->func (&reading, self->user_data);
  self->state = gs_countdown_state (&reading);
  if (self->state == GS_COUNTDOWN_CLOSED || self->state == GS_COUNTDOWN_STAMPED)
    reading.closed = TRUE;
  show_digits (self, &reading);
  show_state (self, &reading);
  name = g_strdup_printf ("%s, %s, %s", gtk_label_get_text (GTK_LABEL (self->word_label)),
                          gtk_label_get_text (GTK_LABEL (self->digits_label)),
                          gtk_label_get_text (GTK_LABEL (self->why_label)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  schedule (self, &reading);
}

static gboolean
on_second (gpointer user_data)
{
  GsCountdown *self = GS_COUNTDOWN (user_data);

  self->timeout_id = 0;
  gs_countdown_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
gs_countdown_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gs_countdown_parent_class)->map (widget);
  gs_countdown_refresh (GS_COUNTDOWN (widget));
}

static void
gs_countdown_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&GS_COUNTDOWN (widget)->timeout_id, g_source_remove);
  GTK_WIDGET_CLASS (gs_countdown_parent_class)->unmap (widget);
}

static void
gs_countdown_dispose (GObject *object)
{
  GsCountdown *self = GS_COUNTDOWN (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  self->destroy = NULL;
  self->func = NULL;
  g_clear_pointer (&self->closed_text, g_free);
  g_clear_pointer (&self->also_text, g_free);
  g_clear_pointer (&self->as_of, g_free);
  g_clear_pointer (&self->stamped_text, g_free);
  G_OBJECT_CLASS (gs_countdown_parent_class)->dispose (object);
}

static void
set_compact (GsCountdown *self, gboolean compact)
{
  self->compact = compact;
  gs_style_toggle_class (GTK_WIDGET (self), "gs-window-box", !compact);
  gs_style_toggle_class (GTK_WIDGET (self), "gs-countdown-compact", compact);
  gtk_widget_set_visible (self->head_box, !compact);
  gtk_widget_set_visible (self->side_box, !compact);
  gtk_widget_set_visible (self->ends_box, !compact);
  gtk_widget_set_halign (self->digits_label, compact ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_add_css_class (self->digits_label, compact ? "gs-heading" : "gs-countdown-digits");
}

static void
gs_countdown_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_COMPACT)
    set_compact (GS_COUNTDOWN (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gs_countdown_class_init (GsCountdownClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_countdown_dispose;
  G_OBJECT_CLASS (klass)->set_property = gs_countdown_set_property;
  widget_class->map = gs_countdown_map;
  widget_class->unmap = gs_countdown_unmap;
  g_object_class_install_property (
    G_OBJECT_CLASS (klass), PROP_COMPACT,
    g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  g_type_ensure (GS_TYPE_WINDOW_BAR);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TIMER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/widgets/gs-countdown.ui");
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, head_box);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, sign_view);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, icon);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, word_label);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, digits_label);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, small_word_label);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, side_box);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, why_label);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, also_label);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, precision_label);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, bar);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, ends_box);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, opened_label);
  gtk_widget_class_bind_template_child (widget_class, GsCountdown, closes_label);
}

static void
gs_countdown_init (GsCountdown *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->state = GS_COUNTDOWN_NOT_KNOWN;
  gs_sign_view_set_label (self->sign_view, "");
}

GtkWidget *
gs_countdown_new (gboolean compact)
{
  return g_object_new (GS_TYPE_COUNTDOWN, "compact", compact, NULL);
}

void
gs_countdown_set_func (GsCountdown *self,
                       GsCountdownFunc func,
                       gpointer user_data,
                       GDestroyNotify destroy)
{
  g_return_if_fail (GS_IS_COUNTDOWN (self));
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  gs_countdown_refresh (self);
}

void
gs_countdown_set_text (GsCountdown *self, const GsCountdownText *text)
{
  g_return_if_fail (GS_IS_COUNTDOWN (self));
  g_free (self->closed_text);
  self->closed_text = g_strdup (text->closed);
  g_free (self->also_text);
  self->also_text = g_strdup (text->also);
  g_free (self->as_of);
  self->as_of = g_strdup (text->as_of);
  g_free (self->stamped_text);
  self->stamped_text = g_strdup (text->stamped);
  gs_label_set (self->why_label, text->why);
  gs_label_set (self->precision_label, text->precision);
  gs_label_set (self->opened_label, text->opened);
  gs_label_set (self->closes_label, text->closes);
  gs_countdown_refresh (self);
}
