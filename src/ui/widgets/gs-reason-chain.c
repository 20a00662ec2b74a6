/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-reason-chain.h"

#include "gs-chain-mark.h"
#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-privacy-text.h"

#include <glib/gi18n.h>

enum
{
  STEP_WHY,
  STEP_EVIDENCE,
  STEP_NEXT,
  STEP_SAY,
  N_STEPS,
};

struct _GsReasonChain
{
  GtkGrid parent_instance;

  GtkWidget *marks[N_STEPS];
  GtkWidget *names[N_STEPS];
  GtkWidget *bodies[N_STEPS];

  GtkWidget *why_title;
  GtkWidget *hints[2];
  GtkWidget *why_text;
  GtkWidget *evidence;
  GtkWidget *evidence_2;
  GtkWidget *next;
  GtkWidget *say;
  GtkWidget *say_badge;
  GtkWidget *say_meaning;
};

G_DEFINE_FINAL_TYPE (GsReasonChain, gs_reason_chain, GTK_TYPE_GRID)

/* "hold [Space] to read", beside the eye that is struck out. */
static GtkWidget *
new_hint (void)
{
  /* Translators: %s is the key Space, drawn as a key. */
  g_auto (GStrv) parts = g_strsplit (_ ("hold %s to read"), "%s", 2);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("gs-eye-off-symbolic");

  gtk_widget_add_css_class (icon, "gs-icon-16");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), gs_label_new (NULL, "gs-second"));
  gs_label_set (gtk_widget_get_last_child (box), g_strstrip (parts[0]));
  gtk_box_append (GTK_BOX (box), gs_key_cap_new (C_ ("key", "Space")));
  gtk_box_append (GTK_BOX (box), gs_label_new (NULL, "gs-second"));
  gs_label_set (gtk_widget_get_last_child (box), parts[1] != NULL ? g_strstrip (parts[1]) : NULL);
  gtk_widget_add_css_class (box, "gs-text2");
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
build_steps (GsReasonChain *self)
{
  const char *const names[N_STEPS] = { _ ("Why here"), _ ("Evidence"), _ ("Next step"),
                                       _ ("You may say") };
  const char *const numbers[N_STEPS] = { "1", "2", "3", NULL };
  const char *const icons[N_STEPS] = { "gs-face-symbolic", NULL, NULL, "gs-say-symbolic" };
  GtkGrid *grid = GTK_GRID (self);

  gtk_grid_set_column_spacing (grid, 16);
  for (guint i = 0; i < N_STEPS; i++)
    {
      self->marks[i] = gs_chain_mark_new (numbers[i], icons[i], i == N_STEPS - 1);
      self->names[i] = gs_label_new (names[i], "gs-chain-label");
      self->bodies[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      gtk_widget_set_valign (self->names[i], GTK_ALIGN_START);
      gtk_widget_set_margin_top (self->names[i], 3);
      gtk_widget_set_margin_end (self->names[i], 16);
      gtk_widget_set_hexpand (self->bodies[i], TRUE);
      gtk_widget_set_margin_top (self->bodies[i], 2);
      gtk_widget_set_margin_bottom (self->bodies[i], i == N_STEPS - 1 ? 0 : 14);
      gtk_grid_attach (grid, self->marks[i], 0, (int) i, 1, 1);
      gtk_grid_attach (grid, self->names[i], 1, (int) i, 1, 1);
      gtk_grid_attach (grid, self->bodies[i], 2, (int) i, 1, 1);
    }
}

static void
build_bodies (GsReasonChain *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *meaning = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->why_title = gs_label_new (NULL, "gs-chain-title");
  gtk_label_set_wrap (GTK_LABEL (self->why_title), TRUE);
  self->hints[0] = new_hint ();
  self->hints[1] = new_hint ();
  self->why_text = gs_privacy_text_new ("gs-chain-more");
  self->evidence = gs_privacy_text_new ("gs-chain-text");
  self->evidence_2 = gs_privacy_text_new ("gs-chain-more");
  self->next = gs_privacy_text_new ("gs-chain-text");
  self->say = gs_label_new (NULL, "gs-chain-say");
  gtk_label_set_wrap (GTK_LABEL (self->say), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->say), PANGO_WRAP_WORD_CHAR);
  self->say_badge = gs_label_new (NULL, "gs-badge");
  gtk_widget_set_valign (self->say_badge, GTK_ALIGN_START);
  self->say_meaning = gs_label_new (NULL, "gs-chain-more");
  gtk_label_set_wrap (GTK_LABEL (self->say_meaning), TRUE);

  gtk_box_append (GTK_BOX (head), self->why_title);
  gtk_box_append (GTK_BOX (head), self->hints[0]);
  gtk_box_append (GTK_BOX (self->bodies[STEP_WHY]), head);
  gtk_box_append (GTK_BOX (self->bodies[STEP_WHY]), self->why_text);
  gtk_box_append (GTK_BOX (self->bodies[STEP_EVIDENCE]), self->hints[1]);
  gtk_box_append (GTK_BOX (self->bodies[STEP_EVIDENCE]), self->evidence);
  gtk_box_append (GTK_BOX (self->bodies[STEP_EVIDENCE]), self->evidence_2);
  gtk_box_append (GTK_BOX (self->bodies[STEP_NEXT]), self->next);
  gtk_box_append (GTK_BOX (self->bodies[STEP_SAY]), self->say);
  gtk_box_append (GTK_BOX (meaning), self->say_badge);
  gtk_box_append (GTK_BOX (meaning), self->say_meaning);
  gtk_box_append (GTK_BOX (self->bodies[STEP_SAY]), meaning);
}

static void
gs_reason_chain_class_init (GsReasonChainClass *klass)
{
}

static void
gs_reason_chain_init (GsReasonChain *self)
{
  build_steps (self);
  build_bodies (self);
}

GtkWidget *
gs_reason_chain_new (void)
{
  return g_object_new (GS_TYPE_REASON_CHAIN, NULL);
}

static void
show_step (GsReasonChain *self, guint step, gboolean visible)
{
  gtk_widget_set_visible (self->marks[step], visible);
  gtk_widget_set_visible (self->names[step], visible);
  gtk_widget_set_visible (self->bodies[step], visible);
}

void
gs_reason_chain_update (GsReasonChain *self, const GsReasonChainContent *content)
{
  g_autofree char *strong = NULL;
  g_autofree char *text = NULL;
  g_autofree char *next = NULL;

  g_return_if_fail (GS_IS_REASON_CHAIN (self));
  gs_label_set (self->why_title, content->why_title);
  gs_privacy_text_set_text (GS_PRIVACY_TEXT (self->why_text), content->why_text);
  gs_privacy_text_set_text (GS_PRIVACY_TEXT (self->evidence), content->evidence);
  gs_privacy_text_set_text (GS_PRIVACY_TEXT (self->evidence_2), content->evidence_2);
  strong = g_markup_escape_text (content->next_strong != NULL ? content->next_strong : "", -1);
  text = g_markup_escape_text (content->next_text != NULL ? content->next_text : "", -1);
  next = g_strdup_printf ("<b>%s</b>%s%s", strong, text[0] != '\0' ? " " : "", text);
  gs_privacy_text_set_markup (GS_PRIVACY_TEXT (self->next), next);
  gs_label_set (self->say, content->say);
  gs_label_set_script (self->say, content->say_lang);
  gs_label_set (self->say_badge, content->say_badge);
  gs_label_set (self->say_meaning, content->say_meaning);
  show_step (self, STEP_EVIDENCE, content->evidence != NULL || content->evidence_2 != NULL);
  show_step (self, STEP_NEXT, content->next_strong != NULL || content->next_text != NULL);
  show_step (self, STEP_SAY, content->say != NULL);
}

void
gs_reason_chain_set_shielded (GsReasonChain *self, gboolean shielded)
{
  g_return_if_fail (GS_IS_REASON_CHAIN (self));
  gs_privacy_text_set_shielded (GS_PRIVACY_TEXT (self->why_text), shielded);
  gs_privacy_text_set_shielded (GS_PRIVACY_TEXT (self->evidence), shielded);
  gs_privacy_text_set_shielded (GS_PRIVACY_TEXT (self->evidence_2), shielded);
  gtk_widget_set_visible (self->hints[0], shielded);
  gtk_widget_set_visible (self->hints[1], shielded);
  gs_chain_mark_set_icon (GS_CHAIN_MARK (self->marks[STEP_WHY]),
                          shielded ? "gs-eye-off-symbolic" : "gs-face-symbolic");
}
