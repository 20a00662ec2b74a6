/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-page.h"

#include "gs-label.h"
#include "gs-sign-view.h"
#include "gs-trust-import-window.h"
#include "gs-trust-list.h"
#include "gs-trust-removal-window.h"
#include "gs-trust-text.h"

#include <glib/gi18n.h>

struct _GsTrustPage
{
  GtkBox parent_instance;

  GtkWidget *counts_label;
  GtkWidget *last_label;
  GtkWidget *found_label;
  GtkWidget *search_entry;
  GtkWidget *import_button;
  GtkWidget *message_label;
  GsTrustList *list;
  GtkWidget *facts_box;
  GtkWidget *hint_label;
  GsSignView *state_sign;
  GtkWidget *state_label;
  GtkWidget *name_label;
  GtkWidget *country_label;
  GtkWidget *subject_label;
  GtkWidget *dates_label;
  GtkWidget *key_label;
  GtkWidget *signature_label;
  GtkWidget *source_label;
  GtkWidget *reason_label;
  GtkWidget *imported_label;
  GtkWidget *fingerprint_label;
  GtkWidget *remove_button;

  GsTrustDesk *desk;
  GtkFileChooserNative *chooser; /* while it is open */
};

G_DEFINE_FINAL_TYPE (GsTrustPage, gs_trust_page, GTK_TYPE_BOX)

/* --- counts ----------------------------------------------------------------------------------- */

static void
append_count (GString *text, char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

static char *
dup_counts (const GsTrustCounts *counts)
{
  GString *text = g_string_new (NULL);

  append_count (text, g_strdup_printf (g_dngettext (NULL, "%u certificate", "%u certificates",
                                                    counts->n_certificates),
                                       counts->n_certificates));
  append_count (
    text, g_strdup_printf (g_dngettext (NULL, "%u country", "%u countries", counts->n_countries),
                           counts->n_countries));
  if (counts->n_ended > 0)
    append_count (
      text, g_strdup_printf (g_dngettext (NULL, "%u has ended", "%u have ended", counts->n_ended),
                             counts->n_ended));
  if (counts->n_ending_soon > 0)
    append_count (text,
                  g_strdup_printf (g_dngettext (NULL, "%u ends within 30 days",
                                                "%u end within 30 days", counts->n_ending_soon),
                                   counts->n_ending_soon));
  append_count (text, g_strdup_printf (g_dngettext (NULL, "%u revocation list",
                                                    "%u revocation lists", counts->n_crls),
                                       counts->n_crls));
  if (counts->n_crls_stale > 0)
    append_count (text,
                  g_strdup_printf (g_dngettext (NULL, "%u of them is out of date",
                                                "%u of them are out of date", counts->n_crls_stale),
                                   counts->n_crls_stale));
  return g_string_free (text, FALSE);
}

static void
show_counts (GsTrustPage *self, GsTrustListing *listing)
{
  GsTrustCounts counts;
  g_autofree char *text = NULL;
  g_autofree char *last = NULL;

  gs_trust_listing_count (listing, gs_trust_desk_now_utc_ms (self->desk), &counts);
  text = dup_counts (&counts);
  gs_label_set (self->counts_label, text);
  if (counts.n_last > 0)
    {
      g_autofree char *date = gs_trust_text_date (counts.last_utc_ms);
      g_autofree char *source = gs_trust_text_source (counts.last_source);

      /* Translators: a day; where from; how many certificates. */
      last = g_strdup_printf (g_dngettext (NULL, "Last import %s: %s, %u certificate",
                                           "Last import %s: %s, %u certificates", counts.n_last),
                              date, source, counts.n_last);
    }
  gs_label_set (self->last_label, last);
}

/* --- details ---------------------------------------------------------------------------------- */

static void
show_details (GsTrustPage *self)
{
  GsTrustCertificate *certificate = gs_trust_list_get_selected (self->list);
  const GsTrustFacts *facts;
  g_autofree char *state = NULL;
  g_autofree char *dates = NULL;
  g_autofree char *source = NULL;
  g_autofree char *imported = NULL;
  g_autofree char *fingerprint = NULL;
  GsSign sign;

  gtk_widget_set_visible (self->facts_box, certificate != NULL);
  gtk_widget_set_visible (self->hint_label, certificate == NULL);
  if (certificate == NULL)
    return;
  facts = gs_trust_certificate_get_facts (certificate);
  state = gs_trust_text_validity (certificate, gs_trust_desk_now_utc_ms (self->desk), &sign);
  dates = gs_trust_text_dates (facts->not_before_utc_ms, facts->not_after_utc_ms);
  source = gs_trust_text_source (facts->source);
  imported = gs_trust_text_date (facts->imported_utc_ms);
  fingerprint = gs_trust_group_fingerprint (facts->fingerprint);
  gs_sign_view_set_sign (self->state_sign, sign);
  gs_label_set (self->state_label, state);
  gs_label_set (self->name_label, facts->name);
  gs_label_set (self->country_label, *facts->country != '\0' ? facts->country : _ ("no country"));
  gs_label_set (self->subject_label, facts->subject);
  gs_label_set (self->dates_label, dates);
  gs_label_set (self->key_label, facts->key);
  gs_label_set (self->signature_label, facts->signature);
  gs_label_set (self->source_label, source);
  gs_label_set (self->reason_label, gs_trust_text_reason (facts->reason));
  gs_label_set (self->imported_label, imported);
  gs_label_set (self->fingerprint_label, fingerprint);
}

static void
show_found (GsTrustPage *self, guint n)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *found =
    *text != '\0' ? g_strdup_printf (g_dngettext (NULL, "%u found", "%u found", n), n) : NULL;

  gs_label_set (self->found_label, found);
}

static void
on_search (GsTrustPage *self)
{
  show_found (self, gs_trust_list_set_filter (
                      self->list, gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));
}

/* --- what the desk says ----------------------------------------------------------------------- */

static void
show_message (GsTrustPage *self, GsTrustListing *listing)
{
  if (gs_trust_desk_get_standing (self->desk) == GS_TRUST_STANDING_DIFFERS)
    {
      gs_label_set (self->message_label,
                    _ ("The trust store is not the one last recorded: its file was changed past "
                       "this page and past gateside-document. Find out who did it. If in doubt, "
                       "remove the file and import the lists again."));
      gtk_widget_add_css_class (self->message_label, "gs-bad");
      return;
    }
  gs_label_set (self->message_label,
                gs_trust_listing_get_certificates (listing)->len > 0
                  ? NULL
                  : _ ("No authority is trusted yet: no passport’s chip can be found genuine. An "
                       "administrator imports a master list here."));
  gtk_widget_remove_css_class (self->message_label, "gs-bad");
}

static void
on_desk_changed (GsTrustPage *self)
{
  GsTrustListing *listing = gs_trust_desk_get_listing (self->desk);
  gboolean may_change =
    gs_trust_desk_may_change (self->desk) && gs_trust_desk_get_path (self->desk) != NULL;

  gtk_widget_set_visible (self->import_button, may_change);
  gtk_widget_set_visible (self->remove_button, may_change);
  if (listing == NULL)
    {
      gs_label_set (self->counts_label, NULL);
      gs_label_set (self->last_label, NULL);
      gs_trust_list_set_certificates (self->list, NULL, 0, FALSE);
      return;
    }
  show_message (self, listing);
  show_counts (self, listing);
  gs_trust_list_set_certificates (self->list, gs_trust_listing_get_certificates (listing),
                                  gs_trust_desk_now_utc_ms (self->desk), FALSE);
  show_found (self, gs_trust_list_get_n_shown (self->list));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsTrustPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gs_trust_desk_load_finish (GS_TRUST_DESK (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return;
  g_message ("The trust store cannot be read: %s", error->message);
  gs_label_set (self->message_label, gs_trust_text_error (error));
  gtk_widget_add_css_class (self->message_label, "gs-bad");
}

static void
on_map (GsTrustPage *self)
{
  if (gs_trust_desk_may_look (self->desk))
    gs_trust_desk_load_async (self->desk, NULL, on_loaded, g_object_ref (self));
}

/* --- import and removal ------------------------------------------------------------------------
 */

static void
import_files (GsTrustPage *self, GListModel *files)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      char *path = g_file_get_path (file);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  if (paths->len == 0 || !GTK_IS_WINDOW (window))
    return;
  g_ptr_array_add (paths, NULL);
  gtk_window_present (GTK_WINDOW (gs_trust_import_window_new (GTK_WINDOW (window), self->desk,
                                                              (const char *const *) paths->pdata)));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, GsTrustPage *self)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  if (files != NULL)
    import_files (self, files);
}

static void
on_import (GsTrustPage *self)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL || !GTK_IS_WINDOW (window))
    return;
  self->chooser = gtk_file_chooser_native_new (
    _ ("Choose master lists, certificates or revocation lists"), GTK_WINDOW (window),
    GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Look at them"), _ ("Cancel"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_remove (GsTrustPage *self)
{
  GsTrustCertificate *certificate = gs_trust_list_get_selected (self->list);
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (certificate != NULL && GTK_IS_WINDOW (window))
    gtk_window_present (
      GTK_WINDOW (gs_trust_removal_window_new (GTK_WINDOW (window), self->desk, certificate)));
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_trust_page_dispose (GObject *object)
{
  GsTrustPage *self = GS_TRUST_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gs_trust_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GsTrustPage, name)

static void
bind_details (GtkWidgetClass *widget_class)
{
  BIND (facts_box);
  BIND (hint_label);
  BIND (state_sign);
  BIND (state_label);
  BIND (name_label);
  BIND (country_label);
  BIND (subject_label);
  BIND (dates_label);
  BIND (key_label);
  BIND (signature_label);
  BIND (source_label);
  BIND (reason_label);
  BIND (imported_label);
  BIND (fingerprint_label);
  BIND (remove_button);
}

static void
gs_trust_page_class_init (GsTrustPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_trust_page_dispose;
  g_type_ensure (GS_TYPE_TRUST_LIST);
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-trust-page.ui");
  BIND (counts_label);
  BIND (last_label);
  BIND (found_label);
  BIND (search_entry);
  BIND (import_button);
  BIND (message_label);
  BIND (list);
  bind_details (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_import);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_map);
  gtk_widget_class_bind_template_callback (widget_class, show_details);
}

static void
gs_trust_page_init (GsTrustPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_trust_page_new (GsTrustDesk *desk)
{
  GsTrustPage *self = g_object_new (GS_TYPE_TRUST_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
  on_desk_changed (self);
  show_details (self);
  return GTK_WIDGET (self);
}
