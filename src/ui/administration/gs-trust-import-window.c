/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-import-window.h"

#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-sign-view.h"
#include "gs-stack-access.h"
#include "gs-trust-list.h"
#include "gs-trust-text.h"
#include "gs-trust-voucher-view.h"

#include <glib/gi18n.h>

/* What could not be read is told line by line up to here. */
#define PROBLEMS_SHOWN 8

struct _GsTrustImportWindow
{
  AdwWindow parent_instance;

  GtkWidget *stack;
  GtkWidget *reading_label;
  GtkWidget *progress_bar;
  GtkWidget *scroller;
  GtkWidget *summary_box;
  GtkWidget *vouchers_box;
  GtkWidget *problems_label;
  GtkWidget *list_label;
  GsTrustList *list;
  GtkWidget *take_button;
  GtkWidget *note_label;
  GsSignView *end_sign;
  GtkWidget *end_title;
  GtkWidget *end_label;
  GtkWidget *close_button;

  GsTrustDesk *desk;
  GsTrustPreview *preview;
  GCancellable *cancellable;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (GsTrustImportWindow, gs_trust_import_window, ADW_TYPE_WINDOW)

static void
show_page (GsTrustImportWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void
show_end (GsTrustImportWindow *self, GsSign sign, const char *title, const char *sentence)
{
  gs_sign_view_set_sign (self->end_sign, sign);
  gs_label_set (self->end_title, title);
  gs_label_set (self->end_label, sentence);
  show_page (self, "end");
  gtk_widget_grab_focus (self->close_button);
}

static void
show_failure (GsTrustImportWindow *self, const GError *error)
{
  g_message ("Trust import: %s", error->message);
  show_end (self, GS_SIGN_FAILED, _ ("Nothing was taken in"), gs_trust_text_error (error));
}

/* --- what would change -------------------------------------------------------------------------
 */

static void
add_line (GsTrustImportWindow *self, GsSign sign, char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *view = gs_sign_view_new (sign, 18);
  GtkWidget *label = gs_label_new (text, "gs-body");

  gs_sign_view_set_label (GS_SIGN_VIEW (view), "");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (view, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), view);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (self->summary_box), line);
  g_free (text);
}

static void
add_crls (GsTrustImportWindow *self)
{
  GPtrArray *crls = gs_trust_preview_get_crls (self->preview);

  for (guint i = 0; i < crls->len; i++)
    {
      const GsTrustCrl *crl = g_ptr_array_index (crls, i);
      GsSign sign;
      const char *word = gs_trust_text_decision (crl->decision, &sign);
      g_autofree char *date = gs_trust_text_date (crl->this_update_utc_ms);

      /* Translators: who issued it; its day; how many it revokes; what happens to it. */
      add_line (self, sign,
                g_strdup_printf (_ ("Revocation list of %s, %s, %u revoked: %s"), crl->issuer, date,
                                 crl->n_revoked, word));
    }
}

static void
show_summary (GsTrustImportWindow *self)
{
  guint n_gone = gs_trust_preview_get_no_longer_listed (self->preview)->len;

  clear_box (self->summary_box);
  for (int decision = GS_TRUST_TAKEN; decision <= GS_TRUST_KEY_NOT_ACCEPTED; decision++)
    {
      guint n = gs_trust_preview_count (self->preview, (GsTrustDecision) decision);
      GsSign sign;
      const char *word = gs_trust_text_decision ((GsTrustDecision) decision, &sign);

      if (n > 0)
        /* Translators: a number of certificates, and what happens to them, such as "comes in". */
        add_line (self, sign,
                  g_strdup_printf (
                    g_dngettext (NULL, "%u certificate: %s", "%u certificates: %s", n), n, word));
    }
  add_crls (self);
  if (n_gone > 0)
    add_line (
      self, GS_SIGN_WARNING,
      g_strdup_printf (
        g_dngettext (NULL,
                     "%u certificate of the trust store is no longer listed. It stays, for the "
                     "passports that it signed.",
                     "%u certificates of the trust store are no longer listed. They stay, for "
                     "the passports that they signed.",
                     n_gone),
        n_gone));
}

static void
show_problems (GsTrustImportWindow *self)
{
  guint n = gs_trust_preview_get_problems (self->preview)->len;
  g_autofree char *text = NULL;

  if (n > 0)
    text =
      g_strdup_printf (g_dngettext (NULL, "%u part of the files cannot be read and is left out.",
                                    "%u parts of the files cannot be read and are left out.", n),
                       n);
  for (guint i = 0; i < MIN (n, PROBLEMS_SHOWN); i++)
    g_message ("Trust import: %s",
               (const char *) gs_trust_preview_get_problems (self->preview)->pdata[i]);
  gs_label_set (self->problems_label, text);
}

static void on_voucher_confirm (GsTrustVoucherView *view,
                                guint index,
                                const char *typed,
                                GsTrustImportWindow *self);

static void
show_vouchers (GsTrustImportWindow *self)
{
  GPtrArray *vouchers = gs_trust_preview_get_vouchers (self->preview);

  clear_box (self->vouchers_box);
  for (guint i = 0; i < vouchers->len; i++)
    {
      GtkWidget *view = gs_trust_voucher_view_new (g_ptr_array_index (vouchers, i), i);

      g_signal_connect_object (view, "confirm", G_CALLBACK (on_voucher_confirm), self, 0);
      gtk_box_append (GTK_BOX (self->vouchers_box), view);
    }
}

static void
show_take_button (GsTrustImportWindow *self)
{
  guint n = gs_trust_preview_count_taken (self->preview);
  guint n_crls = gs_trust_preview_count_crls (self->preview);
  g_autofree char *text = NULL;

  if (n > 0)
    text = g_strdup_printf (
      g_dngettext (NULL, "Take in %u certificate", "Take in %u certificates", n), n);
  else if (n_crls > 0)
    text = g_strdup_printf (
      g_dngettext (NULL, "Take in %u revocation list", "Take in %u revocation lists", n_crls),
      n_crls);
  gtk_button_set_label (GTK_BUTTON (self->take_button), text != NULL ? text : _ ("Take in"));
  gtk_widget_set_sensitive (self->take_button, n + n_crls > 0 && !self->busy);
  gs_label_set (self->note_label,
                n + n_crls > 0 ? _ ("Nothing is changed yet.")
                : gs_trust_preview_count (self->preview, GS_TRUST_NOT_CONFIRMED) > 0
                  ? _ ("Nothing is changed yet. First compare a fingerprint.")
                  : _ ("There is nothing to take in."));
}

static void
show_preview (GsTrustImportWindow *self, GsTrustPreview *preview)
{
  g_clear_pointer (&self->preview, gs_trust_preview_unref);
  self->preview = gs_trust_preview_ref (preview);
  show_summary (self);
  show_problems (self);
  show_vouchers (self);
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          gs_trust_preview_get_certificates (preview)->len > 0);
  gtk_widget_set_visible (self->list_label, gs_trust_preview_get_certificates (preview)->len > 0);
  gs_trust_list_set_certificates (self->list, gs_trust_preview_get_certificates (preview),
                                  gs_trust_desk_now_utc_ms (self->desk), TRUE);
  show_take_button (self);
  show_page (self, "preview");
}

/* --- asking the desk -------------------------------------------------------------------------- */

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsTrustImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustPreview) preview =
    gs_trust_desk_preview_finish (GS_TRUST_DESK (source), result, &error);

  self->busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (preview != NULL)
    show_preview (self, preview);
  else
    show_failure (self, error);
}

static GtkWidget *
voucher_view_at (GsTrustImportWindow *self, guint index)
{
  GtkWidget *view = gtk_widget_get_first_child (self->vouchers_box);

  for (guint i = 0; i < index && view != NULL; i++)
    view = gtk_widget_get_next_sibling (view);
  return view;
}

typedef struct
{
  GsTrustImportWindow *window;
  guint index;
} Asked;

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (GsTrustImportWindow) self = asked->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustPreview) preview =
    gs_trust_desk_preview_finish (GS_TRUST_DESK (source), result, &error);
  GtkWidget *view;

  self->busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (preview != NULL)
    {
      show_preview (self, preview);
      if (gtk_widget_get_sensitive (self->take_button))
        gtk_widget_grab_focus (self->take_button);
      return;
    }
  view = voucher_view_at (self, asked->index);
  if (!g_error_matches (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOT_COMPARED)
      || view == NULL)
    {
      show_failure (self, error);
      return;
    }
  gs_trust_voucher_view_set_error (GS_TRUST_VOUCHER_VIEW (view), gs_trust_text_error (error));
  show_take_button (self);
}

static void
on_voucher_confirm (GsTrustVoucherView *view,
                    guint index,
                    const char *typed,
                    GsTrustImportWindow *self)
{
  Asked *asked;

  if (self->busy)
    return;
  asked = g_new0 (Asked, 1);
  asked->window = g_object_ref (self);
  asked->index = index;
  self->busy = TRUE;
  gs_trust_desk_confirm_async (self->desk, self->preview, index, typed, self->cancellable,
                               on_confirmed, asked);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsTrustImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n = gs_trust_preview_count_taken (self->preview);
  guint n_crls = gs_trust_preview_count_crls (self->preview);
  g_autofree char *certificates = NULL;
  g_autofree char *text = NULL;

  self->busy = FALSE;
  if (!gs_trust_desk_change_finish (GS_TRUST_DESK (source), result, &error))
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        show_failure (self, error);
      return;
    }
  certificates = g_strdup_printf (g_dngettext (NULL, "%u certificate", "%u certificates", n), n);
  /* Translators: "12 certificates"; a number of revocation lists. */
  text =
    g_strdup_printf (g_dngettext (NULL,
                                  "%s and %u revocation list came in. Passports are checked with "
                                  "them from now on. It is in the record.",
                                  "%s and %u revocation lists came in. Passports are checked with "
                                  "them from now on. It is in the record.",
                                  n_crls),
                     certificates, n_crls);
  show_end (self, GS_SIGN_SUCCESSFUL, _ ("Taken in"), text);
}

static void
on_take (GsTrustImportWindow *self)
{
  if (self->busy || self->preview == NULL)
    return;
  self->busy = TRUE;
  gtk_widget_set_sensitive (self->take_button, FALSE);
  gs_label_set (self->note_label, _ ("Saving…"));
  gs_trust_desk_apply_async (self->desk, self->preview, self->cancellable, on_applied,
                             g_object_ref (self));
}

static void
on_progress (GsTrustDesk *desk, const char *path, double fraction, GsTrustImportWindow *self)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);

  gs_label_set (self->reading_label, name);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress_bar), CLAMP (fraction, 0, 1));
}

static gboolean
gs_trust_import_window_close_request (GtkWindow *window)
{
  GsTrustImportWindow *self = GS_TRUST_IMPORT_WINDOW (window);

  g_cancellable_cancel (self->cancellable);
  return GTK_WINDOW_CLASS (gs_trust_import_window_parent_class)->close_request (window);
}

static void
gs_trust_import_window_dispose (GObject *object)
{
  GsTrustImportWindow *self = GS_TRUST_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->preview, gs_trust_preview_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gs_trust_import_window_parent_class)->dispose (object);
}

static void
gs_trust_import_window_finalize (GObject *object)
{
  g_clear_object (&GS_TRUST_IMPORT_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (gs_trust_import_window_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GsTrustImportWindow, name)

static void
gs_trust_import_window_class_init (GsTrustImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_trust_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_trust_import_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gs_trust_import_window_close_request;
  g_type_ensure (GS_TYPE_KEY_CAP);
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  g_type_ensure (GS_TYPE_TRUST_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-trust-import-window.ui");
  BIND (stack);
  BIND (reading_label);
  BIND (progress_bar);
  BIND (scroller);
  BIND (summary_box);
  BIND (vouchers_box);
  BIND (problems_label);
  BIND (list_label);
  BIND (list);
  BIND (take_button);
  BIND (note_label);
  BIND (end_sign);
  BIND (end_title);
  BIND (end_label);
  BIND (close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
}

static void
gs_trust_import_window_init (GsTrustImportWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_stack_access_attach (GTK_STACK (self->stack));
}

/* As large as the window below lets it be, and no larger than it needs. */
static void
choose_size (GsTrustImportWindow *self, GtkWindow *parent)
{
  int width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  int height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (width - 80, 1120) : 1120,
                               height > 0 ? MIN (height - 48, 900) : 860);
}

GtkWidget *
gs_trust_import_window_new (GtkWindow *parent, GsTrustDesk *desk, const char *const *paths)
{
  GsTrustImportWindow *self =
    g_object_new (GS_TYPE_TRUST_IMPORT_WINDOW, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  choose_size (self, parent);
  g_signal_connect_object (desk, "progress", G_CALLBACK (on_progress), self, 0);
  self->busy = TRUE;
  gs_trust_desk_preview_async (desk, paths, self->cancellable, on_previewed, g_object_ref (self));
  return GTK_WIDGET (self);
}
