/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-queue-row.h"

#include "gs-label.h"
#include "gs-sign-view.h"
#include "gs-text.h"

#include <glib/gi18n.h>

struct _GsQueueRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GsSignView *plate;
  GtkWidget *code_label;
  GtkWidget *native_title_label;
  GtkWidget *title_label;
  GtkWidget *second_box;
  GtkWidget *native_label;
  GtkWidget *name_label;
  GtkWidget *place_box;
  GtkWidget *family_box;
  GtkWidget *family_label;
  GtkWidget *place_label;
  GtkWidget *member_code_label;
  GtkWidget *wait_label;
  GtkWidget *state_box;
  GsSignView *state_sign;
  GtkWidget *state_label;
};

#define SHORT_NAME 5 /* characters */

G_DEFINE_FINAL_TYPE (GsQueueRow, gs_queue_row, GTK_TYPE_WIDGET)

static const char *
shown_title (const GsQueueRowContent *content)
{
  if (content->face_compare)
    return _ ("Face: compare");
  if (content->shielded)
    return _ ("Priority 1");
  return content->title;
}

/* Two names that are both cut say nothing: one of an alphabet gives way to its Latin spelling, as
 * the card shows both. A short one, which the scripts of East Asia make, is never cut. */
static const char *
shown_native (const GsQueueRowContent *content, gboolean large)
{
  if (content->native_name == NULL || content->name == NULL || large
      || g_utf8_strlen (content->native_name, -1) <= SHORT_NAME)
    return content->native_name;
  return NULL;
}

static void
update_lines (GsQueueRow *self, const GsQueueRowContent *content)
{
  gboolean member = content->kind == GS_QUEUE_ROW_GROUP_MEMBER;
  const char *code = content->face_compare ? NULL : content->code;
  gboolean large = gs_text_scale (GTK_WIDGET (self)) > 1.3;
  gboolean family = content->family >= 2;
  g_autofree char *place = NULL;
  g_autofree char *count = NULL;

  gs_label_set (self->code_label, member ? NULL : code);
  gs_label_set (self->member_code_label, member ? code : NULL);
  gs_label_set (self->native_title_label, member ? shown_native (content, large) : NULL);
  gs_label_set_script (self->native_title_label, content->native_lang);
  gtk_widget_set_tooltip_text (self->native_title_label, content->native_name);
  gs_label_set_title (self->title_label, member ? content->name : shown_title (content));
  gs_style_toggle_class (self->title_label, "gs-text2", member && content->native_name != NULL);

  gtk_widget_set_visible (self->second_box, !member);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->second_box),
                                  large || family ? GTK_ORIENTATION_VERTICAL
                                                  : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->place_box),
                                  large ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (member)
    return;
  gs_label_set (self->native_label, shown_native (content, large));
  gtk_widget_set_tooltip_text (self->native_label, content->native_name);
  gs_label_set_script (self->native_label, content->native_lang);
  gs_label_set_title (self->name_label, content->name);
  if (content->place != NULL && content->name != NULL && !family && !large)
    place = g_strdup_printf ("· %s", content->place);
  gs_label_set (self->place_label, place != NULL ? place : content->place);
  gtk_widget_set_visible (self->family_box, family);
  if (family)
    count = g_strdup_printf (_ ("family of %u"), content->family);
  gs_label_set (self->family_label, count);
}

static void
update_state (GsQueueRow *self, const GsQueueRowContent *content)
{
  g_autofree char *at = NULL;
  const char *state = NULL;
  GsSign sign = GS_SIGN_NONE;

  if (content->open_here)
    state = _ ("open here");
  else if (content->at_desk != NULL)
    state = at = g_strdup_printf (_ ("at %s"), content->at_desk);
  else if (content->climbed)
    {
      state = _ ("climbed");
      sign = GS_SIGN_CLIMBED;
    }
  gs_label_set (self->wait_label, content->waiting);
  gs_style_toggle_class (self->wait_label, "gs-not-known", content->waiting_as_of);
  gs_label_set (self->state_label, state);
  gs_style_toggle_class (self->state_label, "climbed", sign == GS_SIGN_CLIMBED);
  gs_sign_view_set_sign (self->state_sign, sign);
  gtk_widget_set_visible (GTK_WIDGET (self->state_sign), sign != GS_SIGN_NONE);
  gtk_widget_set_visible (self->state_box,
                          state != NULL && content->kind != GS_QUEUE_ROW_GROUP_MEMBER);
}

static void
update_accessible (GsQueueRow *self, const GsQueueRowContent *content)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *parts[9] = { NULL };
  guint n = 0;

  if (content->kind != GS_QUEUE_ROW_GROUP_MEMBER)
    {
      parts[n++] = gs_sign_get_word (gs_sign_for_priority (content->priority, FALSE));
      if (!content->shielded || content->face_compare)
        parts[n++] = shown_title (content);
    }
  parts[n++] = content->face_compare ? NULL : content->code;
  parts[n++] = content->native_name;
  parts[n++] = content->name;
  parts[n++] = gtk_label_get_text (GTK_LABEL (self->family_label));
  parts[n++] = content->place;
  for (guint i = 0; i < n; i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", parts[i]);
  if (content->waiting != NULL)
    {
      g_autofree char *waiting = g_strdup_printf (_ ("waiting %s"), content->waiting);

      g_string_append_printf (name, ", %s", waiting);
    }
  if (gtk_widget_get_visible (self->state_box))
    g_string_append_printf (name, ", %s", gtk_label_get_text (GTK_LABEL (self->state_label)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static void
gs_queue_row_dispose (GObject *object)
{
  g_clear_pointer (&GS_QUEUE_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gs_queue_row_parent_class)->dispose (object);
}

static void
gs_queue_row_class_init (GsQueueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_queue_row_dispose;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/widgets/gs-queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, box);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, plate);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, code_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, native_title_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, second_box);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, native_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, place_box);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, family_box);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, family_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, place_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, member_code_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, wait_label);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, state_box);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, state_sign);
  gtk_widget_class_bind_template_child (widget_class, GsQueueRow, state_label);
}

static void
gs_queue_row_init (GsQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_sign_view_set_label (self->plate, "");
  gs_sign_view_set_label (self->state_sign, "");
}

GtkWidget *
gs_queue_row_new (void)
{
  return g_object_new (GS_TYPE_QUEUE_ROW, NULL);
}

void
gs_queue_row_update (GsQueueRow *self, const GsQueueRowContent *content)
{
  gboolean member;

  g_return_if_fail (GS_IS_QUEUE_ROW (self));
  member = content->kind == GS_QUEUE_ROW_GROUP_MEMBER;
  gs_style_toggle_class (GTK_WIDGET (self->box), "open-here", content->open_here);
  gs_style_toggle_class (GTK_WIDGET (self->box), "group-head",
                         content->kind == GS_QUEUE_ROW_GROUP_HEAD);
  gs_style_toggle_class (GTK_WIDGET (self->box), "group-member", member);
  gs_sign_view_set_sign (self->plate,
                         member ? GS_SIGN_NONE
                                : gs_sign_for_priority (content->priority, content->face_compare));
  update_lines (self, content);
  update_state (self, content);
  update_accessible (self, content);
}

void
gs_queue_row_announce (GsQueueRow *self, gboolean urgent)
{
  g_return_if_fail (GS_IS_QUEUE_ROW (self));
  gtk_widget_add_css_class (self->box, urgent ? "urgent" : "new");
}
