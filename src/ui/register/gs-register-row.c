/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-register-row.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-register-text.h"
#include "gs-sign-view.h"
#include "gs-style.h"

struct _GsRegisterRow
{
  GtkBox parent_instance;

  GsSignView *sign;
  GtkWidget *title;
  GtkWidget *holder;
  GtkWidget *code;
  GtkWidget *age;
  GtkWidget *hand_button;
  GtkWidget *more_button;
  char *device;
};

enum
{
  HAND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsRegisterRow, gs_register_row, GTK_TYPE_BOX)

static void
on_hand (GsRegisterRow *self)
{
  g_signal_emit (self, signals[HAND], 0);
}

static void
gs_register_row_finalize (GObject *object)
{
  g_free (GS_REGISTER_ROW (object)->device);
  G_OBJECT_CLASS (gs_register_row_parent_class)->finalize (object);
}

static void
gs_register_row_class_init (GsRegisterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_register_row_finalize;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  signals[HAND] = g_signal_new ("hand", GS_TYPE_REGISTER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/register/gs-register-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GsRegisterRow, sign);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterRow, title);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterRow, holder);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterRow, code);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterRow, age);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterRow, hand_button);
  gtk_widget_class_bind_template_child (widget_class, GsRegisterRow, more_button);
  gtk_widget_class_bind_template_callback (widget_class, on_hand);
}

static void
gs_register_row_init (GsRegisterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_register_row_new (void)
{
  return g_object_new (GS_TYPE_REGISTER_ROW, NULL);
}

const char *
gs_register_row_get_device (GsRegisterRow *self)
{
  return self->device;
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *device)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", device);
  g_menu_append_item (menu, item);
}

/* What this role may do to a stamp in this state. */
static GMenuModel *
make_menu (GsStampRegister *stamps, const GsStampDevice *device)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  gboolean active = device->state == GS_STAMP_DEVICE_ACTIVE;

  if (active && gs_stamp_register_may (stamps, GS_REGISTER_ROTATE))
    add_item (menu, _ ("Change the code"), "stamps.rotate", device->id);
  if (active && gs_stamp_register_may (stamps, GS_REGISTER_LOST))
    {
      add_item (menu, _ ("Report as lost…"), "stamps.lost", device->id);
      add_item (menu, _ ("Report as stolen…"), "stamps.stolen", device->id);
    }
  if (device->state != GS_STAMP_DEVICE_RETIRED && device->officer == NULL
      && gs_stamp_register_may (stamps, GS_REGISTER_RETIRE))
    add_item (menu, _ ("Retire…"), "stamps.retire", device->id);
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return NULL;
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
show_hand (GsRegisterRow *self, GsStampRegister *stamps, const GsStampDevice *device)
{
  const GsStampDevice *held = gs_stamp_register_get_held (stamps, NULL);
  gboolean take = device->officer == NULL && device->state == GS_STAMP_DEVICE_ACTIVE && held == NULL
                  && gs_stamp_register_may (stamps, GS_REGISTER_HAND_OUT);
  gboolean give = device->officer != NULL && gs_stamp_register_may (stamps, GS_REGISTER_TAKE_BACK);
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->hand_button, take || give);
  gtk_button_set_label (GTK_BUTTON (self->hand_button), take             ? _ ("Take…")
                                                        : held == device ? _ ("Return…")
                                                                         : _ ("Take back…"));
  /* Translators: what is done, then a stamp's name. */
  name = g_strdup_printf (_ ("%s Stamp %s"), gtk_button_get_label (GTK_BUTTON (self->hand_button)),
                          device->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->hand_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

void
gs_register_row_show (GsRegisterRow *self,
                      GsStampRegister *stamps,
                      const GsStampDevicePolicy *policy,
                      const GsStampDevice *device)
{
  g_autofree char *holder = gs_register_text_holder (stamps, device);
  g_autofree char *age = gs_register_text_code_age (stamps, policy, device);
  /* Translators: a stamp's name, its state. */
  g_autofree char *title =
    g_strdup_printf (_ ("%s · %s"), device->id, gs_register_text_state (device->state));
  /* Translators: the code that stands on a stamp. */
  g_autofree char *code = g_strdup_printf (_ ("Code %s"), device->code);
  g_autofree char *more = g_strdup_printf (_ ("More about stamp %s"), device->id);
  g_autoptr (GMenuModel) menu = make_menu (stamps, device);
  gint64 now = gs_stamp_register_now_utc_ms (stamps);

  g_free (self->device);
  self->device = g_strdup (device->id);
  gs_sign_view_set_sign (self->sign, gs_register_text_state_sign (device->state));
  gs_sign_view_set_label (self->sign, "");
  gs_label_set (self->title, title);
  gs_label_set (self->holder, holder);
  gs_label_set (self->code, code);
  gs_label_set (self->age, age);
  gs_style_toggle_class (self->age, "gs-warn", gs_stamp_device_is_code_due (device, policy, now));
  gs_style_toggle_class (self->age, "gs-text2", !gs_stamp_device_is_code_due (device, policy, now));
  show_hand (self, stamps, device);
  gtk_widget_set_visible (self->more_button, menu != NULL);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->more_button), menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  more, -1);
}
