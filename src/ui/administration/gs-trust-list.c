/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-list.h"

#include "gs-notch-scroll.h"
#include "gs-trust-row.h"

#include <string.h>

struct _GsTrustList
{
  GtkBox parent_instance;

  GsTrustRow *titles;
  GtkScrolledWindow *scroller;
  GtkListView *view;

  GPtrArray *certificates; /* NULL before the first */
  GListStore *shown;       /* GsTrustCertificate, and a GtkStringObject above each country */
  GHashTable *counts;      /* country → how many are shown */
  GtkSingleSelection *selection;
  char *filter;
  gint64 now_utc_ms;
  guint n_shown;
};

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsTrustList, gs_trust_list, GTK_TYPE_BOX)

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gs_trust_row_new ());
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, GsTrustList *self)
{
  GsTrustRow *row = GS_TRUST_ROW (gtk_list_item_get_child (item));
  gpointer object = gtk_list_item_get_item (item);
  const char *country;

  if (GS_IS_TRUST_CERTIFICATE (object))
    {
      gs_trust_row_show_certificate (row, object, self->now_utc_ms);
      gtk_list_item_set_selectable (item, TRUE);
      return;
    }
  country = gtk_string_object_get_string (object);
  gs_trust_row_show_country (row, country,
                             GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, country)));
  gtk_list_item_set_selectable (item, FALSE);
}

static void
on_selected (GsTrustList *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static const char *
country_of (gpointer certificate)
{
  return gs_trust_certificate_get_facts (certificate)->country;
}

/* What is shown, a country's line above its certificates. */
static GPtrArray *
collect (GsTrustList *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  const char *country = NULL;

  g_hash_table_remove_all (self->counts);
  self->n_shown = 0;
  for (guint i = 0; self->certificates != NULL && i < self->certificates->len; i++)
    {
      GsTrustCertificate *certificate = g_ptr_array_index (self->certificates, i);

      if (!gs_trust_certificate_matches (certificate, self->filter))
        continue;
      if (country == NULL || strcmp (country, country_of (certificate)) != 0)
        {
          country = country_of (certificate);
          g_ptr_array_add (rows, gtk_string_object_new (country));
        }
      g_hash_table_insert (
        self->counts, g_strdup (country),
        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, country)) + 1));
      g_ptr_array_add (rows, g_object_ref (certificate));
      self->n_shown++;
    }
  return rows;
}

static guint
position_of (GPtrArray *rows, const char *fingerprint)
{
  for (guint i = 0; fingerprint != NULL && i < rows->len; i++)
    if (GS_IS_TRUST_CERTIFICATE (rows->pdata[i])
        && strcmp (gs_trust_certificate_get_facts (rows->pdata[i])->fingerprint, fingerprint) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
refresh (GsTrustList *self)
{
  GsTrustCertificate *selected = gs_trust_list_get_selected (self);
  g_autofree char *fingerprint =
    selected != NULL ? g_strdup (gs_trust_certificate_get_facts (selected)->fingerprint) : NULL;
  g_autoptr (GPtrArray) rows = collect (self);

  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       rows->pdata, rows->len);
  gtk_single_selection_set_selected (self->selection, position_of (rows, fingerprint));
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
gs_trust_list_dispose (GObject *object)
{
  GsTrustList *self = GS_TRUST_LIST (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->filter, g_free);
  G_OBJECT_CLASS (gs_trust_list_parent_class)->dispose (object);
}

static void
gs_trust_list_class_init (GsTrustListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_trust_list_dispose;
  g_type_ensure (GS_TYPE_TRUST_ROW);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-trust-list.ui");
  gtk_widget_class_bind_template_child (widget_class, GsTrustList, titles);
  gtk_widget_class_bind_template_child (widget_class, GsTrustList, scroller);
  gtk_widget_class_bind_template_child (widget_class, GsTrustList, view);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
}

static void
gs_trust_list_init (GsTrustList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = g_strdup ("");
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->shown = g_list_store_new (G_TYPE_OBJECT);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  gs_notch_scroll_attach (self->scroller);
}

void
gs_trust_list_set_certificates (GsTrustList *self,
                                GPtrArray *certificates,
                                gint64 now_utc_ms,
                                gboolean decisions)
{
  g_return_if_fail (GS_IS_TRUST_LIST (self));
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  self->certificates = certificates != NULL ? g_ptr_array_ref (certificates) : NULL;
  self->now_utc_ms = now_utc_ms;
  gs_trust_row_show_titles (self->titles, decisions);
  refresh (self);
}

guint
gs_trust_list_set_filter (GsTrustList *self, const char *text)
{
  g_return_val_if_fail (GS_IS_TRUST_LIST (self) && text != NULL, 0);
  if (strcmp (self->filter, text) != 0)
    {
      g_free (self->filter);
      self->filter = g_strdup (text);
      refresh (self);
    }
  return self->n_shown;
}

GsTrustCertificate *
gs_trust_list_get_selected (GsTrustList *self)
{
  gpointer item;

  g_return_val_if_fail (GS_IS_TRUST_LIST (self), NULL);
  item = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
  return GS_IS_TRUST_CERTIFICATE (item) ? item : NULL;
}

guint
gs_trust_list_get_n_shown (GsTrustList *self)
{
  g_return_val_if_fail (GS_IS_TRUST_LIST (self), 0);
  return self->n_shown;
}
