/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-reason-chain.h"

#include "gs-chain-mark.h"
#include "gs-label.h"
#include "gs-privacy-text.h"
#include "gs-read-hint.h"

struct _GsReasonChain
{
  GtkGrid parent_instance;

  GsChainMark *why_mark;
  GtkWidget *why_title;
  GtkWidget *why_hint;
  GsPrivacyText *why_text;

  GtkWidget *evidence_mark;
  GtkWidget *evidence_name;
  GtkWidget *evidence_body;
  GtkWidget *evidence_hint;
  GsPrivacyText *evidence;
  GsPrivacyText *evidence_2;

  GtkWidget *next_mark;
  GtkWidget *next_name;
  GtkWidget *next_body;
  GsPrivacyText *next;

  GtkWidget *say_mark;
  GtkWidget *say_name;
  GtkWidget *say_body;
  GtkWidget *say;
  GtkWidget *say_badge;
  GtkWidget *say_meaning;
};

G_DEFINE_FINAL_TYPE (GsReasonChain, gs_reason_chain, GTK_TYPE_GRID)

static void
gs_reason_chain_class_init (GsReasonChainClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_CHAIN_MARK);
  g_type_ensure (GS_TYPE_PRIVACY_TEXT);
  g_type_ensure (GS_TYPE_READ_HINT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/widgets/gs-reason-chain.ui");
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, why_mark);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, why_title);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, why_hint);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, why_text);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, evidence_mark);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, evidence_name);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, evidence_body);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, evidence_hint);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, evidence);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, evidence_2);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, next_mark);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, next_name);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, next_body);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, next);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, say_mark);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, say_name);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, say_body);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, say);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, say_badge);
  gtk_widget_class_bind_template_child (widget_class, GsReasonChain, say_meaning);
}

static void
gs_reason_chain_init (GsReasonChain *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_reason_chain_new (void)
{
  return g_object_new (GS_TYPE_REASON_CHAIN, NULL);
}

static void
show_step (GtkWidget *mark, GtkWidget *name, GtkWidget *body, gboolean visible)
{
  gtk_widget_set_visible (mark, visible);
  gtk_widget_set_visible (name, visible);
  gtk_widget_set_visible (body, visible);
}

void
gs_reason_chain_update (GsReasonChain *self, const GsReasonChainContent *content)
{
  g_autofree char *strong = NULL;
  g_autofree char *text = NULL;
  g_autofree char *next = NULL;

  g_return_if_fail (GS_IS_REASON_CHAIN (self));
  gs_label_set (self->why_title, content->why_title);
  gs_privacy_text_set_text (self->why_text, content->why_text);
  gs_privacy_text_set_text (self->evidence, content->evidence);
  gs_privacy_text_set_text (self->evidence_2, content->evidence_2);
  strong = g_markup_escape_text (content->next_strong != NULL ? content->next_strong : "", -1);
  text = g_markup_escape_text (content->next_text != NULL ? content->next_text : "", -1);
  next = g_strdup_printf ("<b>%s</b>%s%s", strong, text[0] != '\0' ? " " : "", text);
  gs_privacy_text_set_markup (self->next, next);
  gs_label_set (self->say, content->say);
  gs_label_set_script (self->say, content->say_lang);
  gs_label_set (self->say_badge, content->say_badge);
  gs_label_set (self->say_meaning, content->say_meaning);
  show_step (self->evidence_mark, self->evidence_name, self->evidence_body,
             content->evidence != NULL || content->evidence_2 != NULL);
  show_step (self->next_mark, self->next_name, self->next_body,
             content->next_strong != NULL || content->next_text != NULL);
  show_step (self->say_mark, self->say_name, self->say_body, content->say != NULL);
}

void
gs_reason_chain_set_shielded (GsReasonChain *self, gboolean shielded)
{
  g_return_if_fail (GS_IS_REASON_CHAIN (self));
  gs_privacy_text_set_shielded (self->why_text, shielded);
  gs_privacy_text_set_shielded (self->evidence, shielded);
  gs_privacy_text_set_shielded (self->evidence_2, shielded);
  gtk_widget_set_visible (self->why_hint, shielded);
  gtk_widget_set_visible (self->evidence_hint, shielded);
  gs_chain_mark_set_icon (self->why_mark, shielded ? "gs-eye-off-symbolic" : "gs-face-symbolic");
}
