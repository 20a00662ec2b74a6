/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-check-tree.h"

#include "gs-check-row.h"

/* A few dozen lines whose words wrap: a GtkListView would make less of them, but asks each row for
 * its height at no width, so the last one would be cut. */
struct _GsCheckTree
{
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkTreeListModel *tree;
  GListModel *groups;
  GHashTable *chosen; /* group title → whether the officer opened it; as it came when not there */
  gboolean folded;
};

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsCheckTree, gs_check_tree, GTK_TYPE_WIDGET)

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  GListModel *children = gs_check_item_get_children (item);

  return children != NULL ? g_object_ref (children) : NULL;
}

/* A group stands as the officer left it, else as it came. */
static gboolean
wants_open (GsCheckTree *self, GsCheckItem *item)
{
  gpointer chosen;

  if (gs_check_item_get_hidden (item) != NULL)
    return FALSE;
  if (g_hash_table_lookup_extended (self->chosen, gs_check_item_get_title (item), NULL, &chosen))
    return GPOINTER_TO_INT (chosen);
  return !self->folded && gs_check_item_get_expanded (item);
}

/* From the last to the first, since opening one moves those after it. */
static void
open_groups (GsCheckTree *self)
{
  guint n;

  if (self->tree == NULL)
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->tree));
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i - 1);
      g_autoptr (GsCheckItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

      if (item != NULL && gs_check_item_is_group (item))
        gtk_tree_list_row_set_expanded (row, wants_open (self, item));
    }
}

static void
on_activate (GtkListBox *list, GtkListBoxRow *line, gpointer user_data)
{
  GsCheckTree *self = GS_CHECK_TREE (user_data);
  g_autoptr (GtkTreeListRow) row =
    gtk_tree_list_model_get_row (self->tree, (guint) gtk_list_box_row_get_index (line));
  g_autoptr (GsCheckItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (item != NULL && gs_check_item_get_name (item) != NULL)
    {
      g_signal_emit (self, signals[OPENED], 0, gs_check_item_get_name (item));
      return;
    }
  if (item == NULL || !gs_check_item_is_group (item) || gs_check_item_get_hidden (item) != NULL)
    return;
  gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
  g_hash_table_insert (self->chosen, g_strdup (gs_check_item_get_title (item)),
                       GINT_TO_POINTER (gtk_tree_list_row_get_expanded (row)));
}

static GtkWidget *
make_line (gpointer row, gpointer user_data)
{
  g_autoptr (GsCheckItem) item = gtk_tree_list_row_get_item (row);
  GtkWidget *line = gtk_list_box_row_new ();
  GtkWidget *check = gs_check_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), check);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line),
                                    gs_check_item_is_group (item)
                                      || gs_check_item_get_name (item) != NULL);
  gs_check_row_bind (GS_CHECK_ROW (check), row);
  return line;
}

static void
gs_check_tree_dispose (GObject *object)
{
  GsCheckTree *self = GS_CHECK_TREE (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->tree);
  g_clear_object (&self->groups);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  G_OBJECT_CLASS (gs_check_tree_parent_class)->dispose (object);
}

static void
gs_check_tree_class_init (GsCheckTreeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_check_tree_dispose;
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/widgets/gs-check-tree.ui");
  gtk_widget_class_bind_template_child (widget_class, GsCheckTree, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
gs_check_tree_init (GsCheckTree *self)
{
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_check_tree_new (void)
{
  return g_object_new (GS_TYPE_CHECK_TREE, NULL);
}

static guint
length (GListModel *list)
{
  return list != NULL ? g_list_model_get_n_items (list) : 0;
}

/* Takes over what new says, line by line, when both have the same lines; else changes nothing. */
static gboolean
take_over (GListModel *old, GListModel *new, gboolean apply)
{
  if (length (old) != length (new))
    return FALSE;
  for (guint i = 0; i < length (old); i++)
    {
      g_autoptr (GsCheckItem) before = g_list_model_get_item (old, i);
      g_autoptr (GsCheckItem) after = g_list_model_get_item (new, i);

      if (g_strcmp0 (gs_check_item_get_title (before), gs_check_item_get_title (after)) != 0
          || g_strcmp0 (gs_check_item_get_name (before), gs_check_item_get_name (after)) != 0
          || g_strcmp0 (gs_check_item_get_remark (before), gs_check_item_get_remark (after)) != 0
          || (gs_check_item_get_hidden (before) == NULL)
               != (gs_check_item_get_hidden (after) == NULL)
          || !take_over (gs_check_item_get_children (before), gs_check_item_get_children (after),
                         apply))
        return FALSE;
      if (apply)
        gs_check_item_update (before, gs_check_item_get_sign (after),
                              gs_check_item_get_word (after), gs_check_item_get_hidden (after));
    }
  return TRUE;
}

void
gs_check_tree_set_groups (GsCheckTree *self, GListModel *groups)
{
  g_return_if_fail (GS_IS_CHECK_TREE (self));
  if (groups != NULL && self->groups != NULL && take_over (self->groups, groups, FALSE))
    {
      take_over (self->groups, groups, TRUE);
      return;
    }
  g_clear_object (&self->tree);
  g_set_object (&self->groups, groups);
  if (groups == NULL)
    g_hash_table_remove_all (self->chosen);
  else
    {
      self->tree =
        gtk_tree_list_model_new (g_object_ref (groups), FALSE, FALSE, create_children, NULL, NULL);
      open_groups (self);
    }
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->tree), make_line, NULL,
                           NULL);
}

void
gs_check_tree_set_folded (GsCheckTree *self, gboolean folded)
{
  g_return_if_fail (GS_IS_CHECK_TREE (self));
  folded = !!folded;
  if (self->folded == folded)
    return;
  self->folded = folded;
  open_groups (self);
}
