/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gate-look-window.h"

#include <glib/gi18n.h>

#include "gs-camera-text.h"
#include "gs-face-texture.h"
#include "gs-format.h"
#include "gs-label.h"
#include "gs-sheet-button.h"
#include "gs-time.h"

#define PREVIEW_WIDTH 960
#define PREVIEW_HEIGHT 540

struct _GsGateLookWindow
{
  AdwWindow parent_instance;

  GsGateLook *look;
  char *gate;
  guint tick_source;
  GtkWidget *title_label;
  GtkWidget *left_label;
  GtkPicture *picture;
  GtkWidget *state_label;
};

G_DEFINE_FINAL_TYPE (GsGateLookWindow, gs_gate_look_window, ADW_TYPE_WINDOW)

const char *
gs_gate_look_window_reason (GsLookVerdict verdict)
{
  switch (verdict)
    {
    case GS_LOOK_ALLOWED:
      return NULL;
    case GS_LOOK_NOT_SIGNED_IN:
      return _ ("not signed in");
    case GS_LOOK_NO_CAMERA:
      return _ ("no camera at this gate");
    case GS_LOOK_NO_REASON:
      break;
    }
  return _ ("only with an open case or an alarm");
}

static void
close_window (GsGateLookWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
show_left (GsGateLookWindow *self)
{
  g_autofree char *left = gs_time_format_duration (gs_gate_look_get_left_ms (self->look));

  gs_label_set (self->left_label, left);
}

static gboolean
on_tick (gpointer data)
{
  show_left (data);
  return G_SOURCE_CONTINUE;
}

static void
on_changed (GsGateLookWindow *self)
{
  GsCamera *camera = gs_gate_look_get_camera (self->look);

  if (g_strcmp0 (gs_gate_look_get_gate (self->look), self->gate) != 0)
    {
      close_window (self);
      return;
    }
  gs_label_set (self->state_label,
                camera != NULL ? gs_camera_text_state (gs_camera_get_state (camera)) : NULL);
  show_left (self);
}

/* The bytes are in memory already. */
static void
on_preview (GsGateLookWindow *self, GsCameraFrame *frame)
{
  g_autoptr (GdkTexture) texture = gs_face_texture_from_frame (frame);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint code,
        GdkModifierType state,
        GsGateLookWindow *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  close_window (self);
  return GDK_EVENT_STOP;
}

/* Only the look that this window shows ends with it. */
static void
gs_gate_look_window_dispose (GObject *object)
{
  GsGateLookWindow *self = GS_GATE_LOOK_WINDOW (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->look != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->look, self);
      if (g_strcmp0 (gs_gate_look_get_gate (self->look), self->gate) == 0)
        gs_gate_look_end (self->look);
    }
  g_clear_object (&self->look);
  g_clear_pointer (&self->gate, g_free);
  G_OBJECT_CLASS (gs_gate_look_window_parent_class)->dispose (object);
}

static void
gs_gate_look_window_class_init (GsGateLookWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_gate_look_window_dispose;
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/gates/gs-gate-look-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsGateLookWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsGateLookWindow, left_label);
  gtk_widget_class_bind_template_child (widget_class, GsGateLookWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, GsGateLookWindow, state_label);
  gtk_widget_class_bind_template_callback (widget_class, close_window);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
gs_gate_look_window_init (GsGateLookWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_gate_look_window_open (GtkWindow *parent, GsStation *station, const char *gate)
{
  GsGateLook *look = gs_station_get_gate_look (station);
  GsGateLookWindow *self;
  GsCamera *camera;
  g_autofree char *number = gs_format_gate (station, gate);
  /* Translators: the gate's number. */
  g_autofree char *title = g_strdup_printf (_ ("Gate %s, live"), number);

  if (!gs_gate_look_begin (look, gate))
    return;
  self = g_object_new (GS_TYPE_GATE_LOOK_WINDOW, "transient-for", parent, NULL);
  self->look = g_object_ref (look);
  self->gate = g_strdup (gate);
  gs_label_set (self->title_label, title);
  camera = gs_gate_look_get_camera (look);
  if (camera != NULL)
    gs_camera_set_preview_size (camera, PREVIEW_WIDTH, PREVIEW_HEIGHT);
  g_signal_connect_swapped (look, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (look, "preview", G_CALLBACK (on_preview), self);
  self->tick_source = g_timeout_add_seconds (1, on_tick, self);
  on_changed (self);
  gtk_window_present (GTK_WINDOW (self));
}
