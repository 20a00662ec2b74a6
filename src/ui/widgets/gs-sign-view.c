/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sign-view.h"

#include "gs-text.h"

#include <math.h>

struct _GsSignView
{
  GtkWidget parent_instance;

  GsSign sign;
  guint size_px;
  char *label; /* NULL: the sign's own word */
};

enum
{
  PROP_0,
  PROP_SIGN,
  PROP_SIZE,
  PROP_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GsSignView, gs_sign_view, GTK_TYPE_WIDGET)

static void
update_accessible (GsSignView *self)
{
  const char *name = self->label != NULL ? self->label : gs_sign_get_word (self->sign);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, name[0] == '\0',
                               -1);
}

static void
gs_sign_view_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  GsSignView *self = GS_SIGN_VIEW (widget);

  *minimum = *natural = (int) ceil (self->size_px * gs_text_scale (widget));
}

static void
gs_sign_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsSignView *self = GS_SIGN_VIEW (widget);
  double size = self->size_px * gs_text_scale (widget);

  gs_sign_snapshot (self->sign, snapshot, widget, (gtk_widget_get_width (widget) - size) / 2,
                    (gtk_widget_get_height (widget) - size) / 2, size);
}

static void
gs_sign_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GsSignView *self = GS_SIGN_VIEW (object);

  switch (id)
    {
    case PROP_SIGN:
      g_value_set_uint (value, self->sign);
      break;
    case PROP_SIZE:
      g_value_set_uint (value, self->size_px);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gs_sign_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GsSignView *self = GS_SIGN_VIEW (object);

  switch (id)
    {
    case PROP_SIGN:
      gs_sign_view_set_sign (self, g_value_get_uint (value));
      break;
    case PROP_SIZE:
      gs_sign_view_set_size (self, g_value_get_uint (value));
      break;
    case PROP_LABEL:
      gs_sign_view_set_label (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gs_sign_view_finalize (GObject *object)
{
  g_free (GS_SIGN_VIEW (object)->label);
  G_OBJECT_CLASS (gs_sign_view_parent_class)->finalize (object);
}

static void
gs_sign_view_class_init (GsSignViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gs_sign_view_get_property;
  object_class->set_property = gs_sign_view_set_property;
  object_class->finalize = gs_sign_view_finalize;
  widget_class->measure = gs_sign_view_measure;
  widget_class->snapshot = gs_sign_view_snapshot;
  properties[PROP_SIGN] =
    g_param_spec_uint ("sign", NULL, NULL, 0, GS_SIGN_COUNT - 1, GS_SIGN_NONE, flags);
  properties[PROP_SIZE] = g_param_spec_uint ("size", NULL, NULL, 8, 96, 16, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "gs-sign");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gs_sign_view_init (GsSignView *self)
{
  self->size_px = 16;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_accessible (self);
}

GtkWidget *
gs_sign_view_new (GsSign sign, guint size_px)
{
  return g_object_new (GS_TYPE_SIGN_VIEW, "sign", (guint) sign, "size", size_px, NULL);
}

void
gs_sign_view_set_sign (GsSignView *self, GsSign sign)
{
  g_return_if_fail (GS_IS_SIGN_VIEW (self));
  g_return_if_fail (sign < GS_SIGN_COUNT);
  if (self->sign == sign)
    return;
  self->sign = sign;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGN]);
}

GsSign
gs_sign_view_get_sign (GsSignView *self)
{
  g_return_val_if_fail (GS_IS_SIGN_VIEW (self), GS_SIGN_NONE);
  return self->sign;
}

void
gs_sign_view_set_size (GsSignView *self, guint size_px)
{
  g_return_if_fail (GS_IS_SIGN_VIEW (self));
  if (self->size_px == size_px)
    return;
  self->size_px = size_px;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

void
gs_sign_view_set_label (GsSignView *self, const char *label)
{
  g_return_if_fail (GS_IS_SIGN_VIEW (self));
  if (g_strcmp0 (self->label, label) == 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}
