/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-check-row.h"

#include "gs-label.h"
#include "gs-sign-view.h"

#define LONGEST_WORD 10

struct _GsCheckRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *arrow;
  GsSignView *line_sign;
  GtkWidget *title_label;
  GtkWidget *hidden_label;
  GsSignView *group_sign;
  GtkWidget *hidden_icon;
  GtkWidget *result_label;
  GtkWidget *remark_box;
  GsSignView *remark_sign;
  GtkWidget *remark_label;

  GtkTreeListRow *row;
  GsCheckItem *item;
};

G_DEFINE_FINAL_TYPE (GsCheckRow, gs_check_row, GTK_TYPE_WIDGET)

/* In columns of the Latin script. */
static int
width_of (const char *word)
{
  int width = 0;

  for (const char *c = word; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
    width += g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;
  return width;
}

static void
update (GsCheckRow *self)
{
  const char *hidden = gs_check_item_get_hidden (self->item);
  const char *word = hidden != NULL ? NULL : gs_check_item_get_word (self->item);
  gboolean group = gs_check_item_is_group (self->item);
  gboolean expanded = gtk_tree_list_row_get_expanded (self->row) && hidden == NULL;
  GsSign sign = gs_check_item_get_sign (self->item);
  const char *remark = hidden != NULL ? NULL : gs_check_item_get_remark (self->item);
  GtkWidget *line = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *name = NULL;

  gs_style_toggle_class (self->box, "group", group);
  gs_style_toggle_class (self->box, "first",
                         group && gtk_tree_list_row_get_position (self->row) == 0);
  gs_style_toggle_class (self->box, "hidden-group", hidden != NULL);
  gtk_widget_set_visible (self->arrow, group);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), expanded ? "gs-chevron-down-symbolic"
                                                                  : "gs-chevron-right-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->line_sign), !group);
  gs_sign_view_set_sign (self->line_sign, sign);
  gtk_widget_set_visible (GTK_WIDGET (self->group_sign), group && hidden == NULL);
  gs_sign_view_set_sign (self->group_sign, sign);
  gtk_widget_set_visible (self->hidden_icon, hidden != NULL);
  gs_label_set (self->title_label, gs_check_item_get_title (self->item));
  gs_label_set (self->hidden_label, hidden);
  for (GsColor c = GS_COLOR_TEXT; c <= GS_COLOR_P3; c++)
    if (gs_style_color_class (c) != NULL)
      gtk_widget_remove_css_class (self->result_label, gs_style_color_class (c));
  if (gs_style_color_class (gs_sign_get_color (sign)) != NULL)
    gtk_widget_add_css_class (self->result_label, gs_style_color_class (gs_sign_get_color (sign)));
  gs_label_set (self->result_label, word);
  /* A short word is never broken; Japanese would break at any character. */
  gtk_label_set_wrap (GTK_LABEL (self->result_label), width_of (word) > LONGEST_WORD);
  gtk_widget_set_visible (self->remark_box, remark != NULL);
  gs_label_set (self->remark_label, remark);
  name = g_strdup_printf ("%s: %s%s%s", gs_check_item_get_title (self->item),
                          hidden != NULL ? hidden : word, remark != NULL ? ". " : "",
                          remark != NULL ? remark : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (line == NULL) /* what has the focus says all of it, and whether it is open */
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (group && hidden == NULL)
    gtk_accessible_update_state (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_STATE_EXPANDED, expanded,
                                 -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_STATE_EXPANDED);
}

static void
unbind (GsCheckRow *self)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_clear_object (&self->item);
  g_clear_object (&self->row);
}

static void
gs_check_row_dispose (GObject *object)
{
  unbind (GS_CHECK_ROW (object));
  g_clear_pointer (&GS_CHECK_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gs_check_row_parent_class)->dispose (object);
}

static void
gs_check_row_class_init (GsCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_check_row_dispose;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/widgets/gs-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, box);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, line_sign);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, hidden_label);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, group_sign);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, hidden_icon);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, result_label);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, remark_box);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, remark_sign);
  gtk_widget_class_bind_template_child (widget_class, GsCheckRow, remark_label);
}

static void
gs_check_row_init (GsCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_sign_view_set_label (self->line_sign, "");
  gs_sign_view_set_label (self->group_sign, "");
  gs_sign_view_set_label (self->remark_sign, "");
  gs_sign_view_set_sign (self->remark_sign, GS_SIGN_WARNING);
}

GtkWidget *
gs_check_row_new (void)
{
  return g_object_new (GS_TYPE_CHECK_ROW, NULL);
}

void
gs_check_row_bind (GsCheckRow *self, GtkTreeListRow *row)
{
  g_return_if_fail (GS_IS_CHECK_ROW (self));
  unbind (self);
  if (row == NULL)
    return;
  self->row = g_object_ref (row);
  self->item = gtk_tree_list_row_get_item (row);
  g_signal_connect_swapped (self->row, "notify::expanded", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->item, "changed", G_CALLBACK (update), self);
  update (self);
}
