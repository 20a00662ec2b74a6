/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-voucher-view.h"

#include "gs-label.h"
#include "gs-sign-view.h"
#include "gs-time.h"
#include "gs-trust-certificate.h"
#include "gs-trust-text.h"

#include <glib/gi18n.h>

struct _GsTrustVoucherView
{
  GtkBox parent_instance;

  GsSignView *state_sign;
  GtkWidget *state_label;
  GtkWidget *title_label;
  GtkWidget *second_label;
  GtkWidget *keys_box;
  GtkWidget *ask_box;
  GtkWidget *entry;
  GtkWidget *error_label;

  guint index;
};

enum
{
  CONFIRM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsTrustVoucherView, gs_trust_voucher_view, GTK_TYPE_BOX)

static void
on_confirm (GsTrustVoucherView *self)
{
  gs_label_set (self->error_label, NULL);
  g_signal_emit (self, signals[CONFIRM], 0, self->index,
                 gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
gs_trust_voucher_view_class_init (GsTrustVoucherViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_SIGN_VIEW);
  signals[CONFIRM] = g_signal_new ("confirm", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-trust-voucher-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GsTrustVoucherView, state_sign);
  gtk_widget_class_bind_template_child (widget_class, GsTrustVoucherView, state_label);
  gtk_widget_class_bind_template_child (widget_class, GsTrustVoucherView, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsTrustVoucherView, second_label);
  gtk_widget_class_bind_template_child (widget_class, GsTrustVoucherView, keys_box);
  gtk_widget_class_bind_template_child (widget_class, GsTrustVoucherView, ask_box);
  gtk_widget_class_bind_template_child (widget_class, GsTrustVoucherView, entry);
  gtk_widget_class_bind_template_child (widget_class, GsTrustVoucherView, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
}

static void
gs_trust_voucher_view_init (GsTrustVoucherView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
key_words (const GsTrustVoucher *voucher, const GsTrustKey *key)
{
  switch (voucher->kind)
    {
    case GS_TRUST_VOUCHER_FILE:
      return _ ("Fingerprint of the whole file");
    case GS_TRUST_VOUCHER_CERTIFICATE:
      return _ ("Fingerprint of the certificate");
    case GS_TRUST_VOUCHER_LIST:
      break;
    }
  return key->is_authority ? _ ("Fingerprint of the state’s authority")
                           : _ ("Fingerprint of the list’s signer");
}

static void
add_key (GsTrustVoucherView *self, const GsTrustVoucher *voucher, const GsTrustKey *key)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *fingerprint;
  g_autofree char *grouped = gs_trust_group_fingerprint (key->fingerprint);

  gtk_box_append (GTK_BOX (box), gs_label_new (key_words (voucher, key), "gs-second gs-strong"));
  if (key->subject != NULL)
    {
      g_autofree char *dates = gs_trust_text_dates (key->not_before_utc_ms, key->not_after_utc_ms);
      g_autofree char *text = g_strdup_printf ("%s · %s", key->subject, dates);
      GtkWidget *subject = gs_label_new (text, "gs-second gs-text2");

      gtk_label_set_wrap (GTK_LABEL (subject), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (subject), PANGO_WRAP_WORD_CHAR);
      gtk_box_append (GTK_BOX (box), subject);
    }
  /* Two lines of eight groups, as paper has them. */
  grouped[39] = '\n';
  fingerprint = gs_label_new (grouped, "gs-fingerprint large");
  gtk_label_set_selectable (GTK_LABEL (fingerprint), FALSE);
  gtk_box_append (GTK_BOX (box), fingerprint);
  gtk_box_append (GTK_BOX (self->keys_box), box);
}

static void
show_title (GsTrustVoucherView *self, const GsTrustVoucher *voucher)
{
  g_autofree char *title = NULL;
  g_autofree char *signed_on = gs_trust_text_date (voucher->signing_time_utc_ms);
  g_autofree char *many = g_strdup_printf (
    g_dngettext (NULL, "%u certificate", "%u certificates", voucher->n_certificates),
    voucher->n_certificates);
  g_autoptr (GString) second = g_string_new (NULL);

  if (voucher->kind == GS_TRUST_VOUCHER_LIST)
    {
      title = g_strdup_printf (_ ("Master list of %s"), voucher->country);
      g_string_append_printf (second, "%s · ", voucher->source);
    }
  else
    title = g_strdup (voucher->source);
  gs_label_set (self->title_label, title);
  g_string_append (second, many);
  if (voucher->signing_time_utc_ms != GS_TIME_UNKNOWN)
    {
      g_autofree char *when = g_strdup_printf (_ ("signed %s"), signed_on);

      g_string_append_printf (second, " · %s", when);
    }
  gs_label_set (self->second_label, second->str);
}

GtkWidget *
gs_trust_voucher_view_new (const GsTrustVoucher *voucher, guint index)
{
  GsTrustVoucherView *self = g_object_new (GS_TYPE_TRUST_VOUCHER_VIEW, NULL);
  gboolean wrong =
    voucher->kind == GS_TRUST_VOUCHER_LIST && voucher->signature != GS_SIGNATURE_GOOD;
  GsSign sign = wrong                ? GS_SIGN_FAILED
                : voucher->confirmed ? GS_SIGN_SUCCESSFUL
                                     : GS_SIGN_UNDETERMINED;

  self->index = index;
  show_title (self, voucher);
  gs_sign_view_set_sign (self->state_sign, sign);
  gs_label_set (self->state_label, wrong                ? _ ("wrong signature: it cannot be taken")
                                   : voucher->confirmed ? _ ("confirmed")
                                                        : _ ("not confirmed yet"));
  gtk_widget_add_css_class (self->state_label, gs_style_color_class (gs_sign_get_color (sign)));
  for (guint i = 0; i < voucher->keys->len && !wrong; i++)
    add_key (self, voucher, g_ptr_array_index (voucher->keys, i));
  gtk_widget_set_visible (self->ask_box, !wrong && !voucher->confirmed);
  return GTK_WIDGET (self);
}

void
gs_trust_voucher_view_set_error (GsTrustVoucherView *self, const char *sentence)
{
  g_return_if_fail (GS_IS_TRUST_VOUCHER_VIEW (self));
  gs_label_set (self->error_label, sentence);
  if (sentence != NULL)
    gtk_widget_grab_focus (self->entry);
}
