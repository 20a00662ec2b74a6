/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stack-access.h"

static void
tell (GtkStack *stack)
{
  GListModel *pages = g_object_get_data (G_OBJECT (stack), "gs-stack-access");
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (pages, i);
      GtkWidget *child = gtk_stack_page_get_child (GTK_STACK_PAGE (page));

      gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                   child != shown, -1);
    }
}

void
gs_stack_access_attach (GtkStack *stack)
{
  GListModel *pages;

  g_return_if_fail (GTK_IS_STACK (stack));

  pages = G_LIST_MODEL (gtk_stack_get_pages (stack));
  g_object_set_data_full (G_OBJECT (stack), "gs-stack-access", pages, g_object_unref);
  g_signal_connect_object (pages, "items-changed", G_CALLBACK (tell), stack, G_CONNECT_SWAPPED);
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (tell), NULL);
  tell (stack);
}

static void
tell_view (AdwViewStack *stack)
{
  GListModel *pages = g_object_get_data (G_OBJECT (stack), "gs-stack-access");
  GtkWidget *shown = adw_view_stack_get_visible_child (stack);

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (pages, i);
      GtkWidget *child = adw_view_stack_page_get_child (ADW_VIEW_STACK_PAGE (page));

      gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                   child != shown, -1);
    }
}

void
gs_view_stack_access_attach (AdwViewStack *stack)
{
  GListModel *pages;

  g_return_if_fail (ADW_IS_VIEW_STACK (stack));

  pages = G_LIST_MODEL (adw_view_stack_get_pages (stack));
  g_object_set_data_full (G_OBJECT (stack), "gs-stack-access", pages, g_object_unref);
  g_signal_connect_object (pages, "items-changed", G_CALLBACK (tell_view), stack,
                           G_CONNECT_SWAPPED);
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (tell_view), NULL);
  tell_view (stack);
}
