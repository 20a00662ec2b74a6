/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-compare.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gs-face-quality-list.h"
#include "gs-face-text.h"
#include "gs-label.h"
#include "gs-score-plot.h"
#include "gs-sign-view.h"
#include "gs-style.h"

/* Columns of the table. */
enum
{
  COMPARED,
  FIRST,
  SECOND,
  ENGINES,
  DETAIL,
  N_COLUMNS
};

typedef struct
{
  GtkWidget *line;
  GtkWidget *compared;
  GsSignView *first_sign;
  GtkWidget *first_word;
  GtkWidget *first_time;
  GtkWidget *first_box;
  GsSignView *second_sign;
  GtkWidget *second_word;
  GtkWidget *second_time;
  GtkWidget *second_box;
  GtkWidget *spinner;
  GsSignView *verdict_sign;
  GtkWidget *verdict;
  GtkWidget *code;
  GtkWidget *engine_box;
  GtkWidget *detail;
  gboolean has_second;
} Row;

struct _GsFaceCompare
{
  GtkBox parent_instance;

  GtkBox *body;
  GtkBox *top_box;
  AdwClamp *pictures_clamp;
  GsFaceFrame *chip;
  GsFaceFrame *gate;
  GsFaceFrame *desk;
  GsFaceQualityList *quality;
  GtkGrid *table;
  GsScorePlot *plot;
  GtkWidget *meaning_box;
  GtkWidget *false_match_label;
  GtkWidget *false_non_match_label;
  GtkWidget *measured_label;
  GtkWidget *no_engine_label;
  GtkWidget *gate_box;
  GtkWidget *gate_checks;
  GtkWidget *ruling_label;
  GtkWidget *attack_label;

  GtkWidget *second_head;
  Row rows[GS_FACE_N_RESULTS];
};

G_DEFINE_FINAL_TYPE (GsFaceCompare, gs_face_compare, GTK_TYPE_BOX)

GsFaceFrame *
gs_face_compare_get_frame (GsFaceCompare *self, GsFacePlace place)
{
  g_return_val_if_fail (GS_IS_FACE_COMPARE (self), NULL);
  return place == GS_FACE_PLACE_CHIP   ? self->chip
         : place == GS_FACE_PLACE_GATE ? self->gate
                                       : self->desk;
}

/* --- the table -------------------------------------------------------------------------------- */

static GsSign
sign_of (GsJudgement judgement)
{
  switch (judgement)
    {
    case GS_JUDGEMENT_SAME:
      return GS_SIGN_SAME;
    case GS_JUDGEMENT_UNSURE:
      return GS_SIGN_UNSURE;
    case GS_JUDGEMENT_DIFFERENT:
      return GS_SIGN_DIFFERENT;
    }
  return GS_SIGN_NONE;
}

static const char *
word_of (GsJudgement judgement)
{
  switch (judgement)
    {
    case GS_JUDGEMENT_SAME:
      return _ ("Same person");
    case GS_JUDGEMENT_UNSURE:
      return _ ("Unsure");
    case GS_JUDGEMENT_DIFFERENT:
      return _ ("Different");
    }
  return NULL;
}

static void
show_judgement (GsSignView *sign,
                GtkWidget *word,
                GtkWidget *time,
                gboolean asked,
                GsJudgement judgement,
                const char *at)
{
  gs_sign_view_set_sign (sign, sign_of (judgement));
  gtk_widget_set_visible (GTK_WIDGET (sign), judgement != 0);
  gs_label_set (word, judgement != 0 ? word_of (judgement)
                      : asked        ? _ ("not answered")
                                     : _ ("not asked"));
  gs_style_toggle_class (word, "gs-strong", judgement != 0);
  gs_style_toggle_class (word, "gs-text2", judgement == 0);
  gs_label_set (time, judgement != 0 ? at : NULL);
}

static void
set_row_visible (Row *row, gboolean visible)
{
  gtk_widget_set_visible (row->line, visible);
  gtk_widget_set_visible (row->compared, visible);
  gtk_widget_set_visible (row->first_box, visible);
  gtk_widget_set_visible (row->second_box, visible && row->has_second);
  gtk_widget_set_visible (row->engine_box, visible);
  gtk_widget_set_visible (row->detail, visible);
}

static void
show_second_column (GsFaceCompare *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < GS_FACE_N_RESULTS; i++)
    any = any || self->rows[i].has_second;
  gtk_widget_set_visible (self->second_head, any);
}

void
gs_face_compare_set_result (GsFaceCompare *self, GsFaceResultRow place, const GsFaceResult *result)
{
  Row *row;

  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  g_return_if_fail (place < GS_FACE_N_RESULTS);
  row = &self->rows[place];
  row->has_second = result != NULL && result->second != 0;
  if (result != NULL)
    {
      gs_label_set (row->compared, result->compared);
      show_judgement (row->first_sign, row->first_word, row->first_time, result->asked,
                      result->first, result->first_time);
      show_judgement (row->second_sign, row->second_word, row->second_time, TRUE, result->second,
                      result->second_time);
      gs_sign_view_set_sign (row->verdict_sign, result->computing ? GS_SIGN_NONE : result->sign);
      gtk_widget_set_visible (GTK_WIDGET (row->verdict_sign),
                              !result->computing && result->sign != GS_SIGN_NONE);
      gtk_widget_set_visible (row->spinner, result->computing);
      gtk_spinner_set_spinning (GTK_SPINNER (row->spinner), result->computing);
      gs_label_set (row->verdict, result->computing ? _ ("comparing…") : result->verdict);
      gs_label_set (row->code, result->computing ? NULL : result->code);
      gs_label_set (row->detail, result->computing ? NULL : result->detail);
    }
  set_row_visible (row, result != NULL);
  gtk_widget_set_visible (row->detail,
                          result != NULL && !result->computing && result->detail != NULL);
  show_second_column (self);
}

static GtkWidget *
judgement_box (GsSignView **sign, GtkWidget **word, GtkWidget **time)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  *sign = GS_SIGN_VIEW (gs_sign_view_new (GS_SIGN_NONE, 16));
  gs_sign_view_set_label (*sign, "");
  *word = gs_label_new (NULL, "gs-body");
  *time = gs_label_new (NULL, "gs-caption gs-text2");
  gtk_widget_set_valign (*time, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (*word, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*sign));
  gtk_box_append (GTK_BOX (box), *word);
  gtk_box_append (GTK_BOX (box), *time);
  return box;
}

static GtkWidget *
engine_box (Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  row->spinner = gtk_spinner_new ();
  row->verdict_sign = GS_SIGN_VIEW (gs_sign_view_new (GS_SIGN_NONE, 18));
  gs_sign_view_set_label (row->verdict_sign, "");
  row->verdict = gs_label_new (NULL, "gs-body gs-strong");
  row->code = gs_label_new (NULL, "gs-body gs-text2 gs-code");
  gtk_box_append (GTK_BOX (box), row->spinner);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->verdict_sign));
  gtk_box_append (GTK_BOX (box), row->verdict);
  gtk_box_append (GTK_BOX (box), row->code);
  return box;
}

static GtkWidget *
head (const char *text)
{
  return gs_label_new (text, "gs-second gs-strong gs-text2 gs-table-head");
}

static void
build_table (GsFaceCompare *self)
{
  self->second_head = head (_ ("Second officer"));
  gtk_grid_attach (self->table, head (_ ("Compared")), COMPARED, 0, 1, 1);
  gtk_grid_attach (self->table, head (_ ("You judged first")), FIRST, 0, 1, 1);
  gtk_grid_attach (self->table, self->second_head, SECOND, 0, 1, 1);
  gtk_grid_attach (self->table, head (_ ("Then the engines")), ENGINES, 0, 2, 1);
  for (int i = 0; i < GS_FACE_N_RESULTS; i++)
    {
      Row *row = &self->rows[i];

      row->line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      row->compared = gs_label_new (NULL, "gs-body gs-strong gs-table-row");
      row->first_box = judgement_box (&row->first_sign, &row->first_word, &row->first_time);
      row->second_box = judgement_box (&row->second_sign, &row->second_word, &row->second_time);
      row->engine_box = engine_box (row);
      row->detail = gs_label_new (NULL, "gs-caption gs-text2");
      gtk_label_set_wrap (GTK_LABEL (row->detail), TRUE);
      gtk_label_set_xalign (GTK_LABEL (row->detail), 1);
      gtk_widget_set_hexpand (row->detail, TRUE);
      gtk_grid_attach (self->table, row->line, 0, 2 * i + 1, N_COLUMNS, 1);
      gtk_grid_attach (self->table, row->compared, COMPARED, 2 * i + 2, 1, 1);
      gtk_grid_attach (self->table, row->first_box, FIRST, 2 * i + 2, 1, 1);
      gtk_grid_attach (self->table, row->second_box, SECOND, 2 * i + 2, 1, 1);
      gtk_grid_attach (self->table, row->engine_box, ENGINES, 2 * i + 2, 1, 1);
      gtk_grid_attach (self->table, row->detail, DETAIL, 2 * i + 2, 1, 1);
    }
}

/* --- scores and words ------------------------------------------------------------------------- */

void
gs_face_compare_set_quality (GsFaceCompare *self, const GsFaceQuality *quality)
{
  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  gs_face_quality_list_set (self->quality, quality);
}

static void
set_mark (GsFaceCompare *self, guint place, const GsFaceComparison *comparison, const char *format)
{
  g_autofree char *score = NULL;
  g_autofree char *words = NULL;

  if (comparison == NULL || isnan (comparison->score))
    {
      gs_score_plot_set_mark (self->plot, place, NAN, NULL);
      return;
    }
  score = gs_face_text_score (comparison->score);
  words = g_strdup_printf (format, score);
  gs_score_plot_set_mark (self->plot, place, comparison->score, words);
}

void
gs_face_compare_set_scores (GsFaceCompare *self,
                            const GsFaceComparison *chip_desk,
                            const GsFaceComparison *gate_desk)
{
  const GsFaceComparison *any;

  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  any = chip_desk != NULL && !isnan (chip_desk->score) ? chip_desk : gate_desk;
  if (any != NULL && isnan (any->score))
    any = NULL;
  gs_score_plot_set_thresholds (self->plot, any != NULL ? any->review_threshold : NAN,
                                any != NULL ? any->match_threshold : NAN);
  /* Translators: a score, such as .64. */
  set_mark (self, 0, chip_desk, _ ("%s chip to desk"));
  /* Translators: a score, such as .71. */
  set_mark (self, 1, gate_desk, _ ("%s gate to desk"));
}

void
gs_face_compare_set_rates (GsFaceCompare *self, const GsFaceErrorRates *rates)
{
  g_autofree char *false_match = NULL;
  g_autofree char *false_non_match = NULL;
  g_autofree char *measured = NULL;

  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  gtk_widget_set_visible (self->meaning_box, rates != NULL);
  gtk_widget_set_visible (self->no_engine_label, rates == NULL);
  if (rates == NULL)
    return;
  false_match = gs_face_text_false_match (rates);
  false_non_match = gs_face_text_false_non_match (rates);
  measured = gs_face_text_measured (rates);
  gtk_label_set_markup (GTK_LABEL (self->false_match_label), false_match);
  gtk_label_set_markup (GTK_LABEL (self->false_non_match_label), false_non_match);
  gs_label_set (self->measured_label, measured);
}

void
gs_face_compare_begin_gate (GsFaceCompare *self)
{
  GtkWidget *child;

  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  while ((child = gtk_widget_get_first_child (self->gate_checks)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->gate_checks), child);
  gtk_widget_set_visible (self->gate_box, FALSE);
}

void
gs_face_compare_add_gate (GsFaceCompare *self, const char *statement, GsSign sign, const char *word)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *view = gs_sign_view_new (sign, 15);
  GtkWidget *word_label = gs_label_new (word, "gs-second gs-strong");
  const char *color = gs_style_color_class (gs_sign_get_color (sign));

  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  gs_sign_view_set_label (GS_SIGN_VIEW (view), "");
  if (color != NULL)
    gtk_widget_add_css_class (word_label, color);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), gs_label_new (statement, "gs-second"));
  gtk_box_append (GTK_BOX (box), word_label);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (GTK_FLOW_BOX (self->gate_checks), child);
  gtk_widget_set_visible (self->gate_box, TRUE);
}

void
gs_face_compare_set_ruling (GsFaceCompare *self, const GsFaceRuling *ruling, gboolean told)
{
  const char *rest;
  g_autofree char *strong = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  strong = g_strdup (gs_face_text_ruling (ruling, &rest));
  if (!told && g_str_has_suffix (strong, ","))
    strong[strlen (strong) - 1] = '.';
  /* Pango measures a Japanese line that ends with a space in two ways, and GTK complains. */
  if (told && *rest != '\0')
    markup = g_markup_printf_escaped ("<b>%s</b> %s", strong, rest);
  else
    markup = g_markup_printf_escaped ("<b>%s</b>", strong);
  gtk_label_set_markup (GTK_LABEL (self->ruling_label), markup);
}

void
gs_face_compare_set_attack (GsFaceCompare *self, GsFaceAttack attack, gboolean seen)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  markup =
    g_markup_printf_escaped ("<b>%s</b> %s", _ ("Attack detection:"),
                             seen ? _ ("the officer saw an attack") : gs_face_text_attack (attack));
  gtk_label_set_markup (GTK_LABEL (self->attack_label), markup);
}

void
gs_face_compare_clear (GsFaceCompare *self)
{
  const GsFaceRuling none = { GS_FACE_STEP_JUDGE, GS_FACE_GROUND_NOT_JUDGED };

  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  for (guint i = 0; i < GS_FACE_N_RESULTS; i++)
    {
      const GsFaceResult nothing = { 0 };

      gs_face_compare_set_result (self, i, &nothing);
      gs_face_compare_set_result (self, i, NULL);
    }
  gs_face_compare_set_quality (self, NULL);
  gs_face_compare_set_scores (self, NULL, NULL);
  gs_face_compare_set_rates (self, &(GsFaceErrorRates){ NAN, NAN, NAN, NAN, 0 });
  gs_face_compare_begin_gate (self);
  gs_face_compare_set_ruling (self, &none, TRUE);
  gs_face_compare_set_attack (self, GS_FACE_ATTACK_NONE, FALSE);
}

void
gs_face_compare_set_layout (GsFaceCompare *self, gboolean stacked, gboolean beside, int pictures_px)
{
  g_return_if_fail (GS_IS_FACE_COMPARE (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->top_box),
                                  stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  adw_clamp_set_maximum_size (self->pictures_clamp, pictures_px);
  adw_clamp_set_tightening_threshold (self->pictures_clamp, pictures_px);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GsFaceCompare, name)

static void
gs_face_compare_class_init (GsFaceCompareClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_FACE_FRAME);
  g_type_ensure (GS_TYPE_FACE_QUALITY_LIST);
  g_type_ensure (GS_TYPE_SCORE_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/face/gs-face-compare.ui");
  BIND (body);
  BIND (top_box);
  BIND (pictures_clamp);
  BIND (chip);
  BIND (gate);
  BIND (desk);
  BIND (quality);
  BIND (table);
  BIND (plot);
  BIND (meaning_box);
  BIND (false_match_label);
  BIND (false_non_match_label);
  BIND (measured_label);
  BIND (no_engine_label);
  BIND (gate_box);
  BIND (gate_checks);
  BIND (ruling_label);
  BIND (attack_label);
}

static void
gs_face_compare_init (GsFaceCompare *self)
{
  GsFaceFrame *frames[GS_FACE_N_PLACES];

  gtk_widget_init_template (GTK_WIDGET (self));
  frames[0] = self->chip;
  frames[1] = self->gate;
  frames[2] = self->desk;
  gs_face_frame_set_caption (self->chip, _ ("Chip"), NULL);
  gs_face_frame_set_caption (self->gate, _ ("Gate"), NULL);
  gs_face_frame_set_caption (self->desk, _ ("Desk, best"), NULL);
  gs_face_frame_align (frames, G_N_ELEMENTS (frames));
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    gs_face_frame_hide_foot (frames[i]);
  build_table (self);
  gs_face_compare_clear (self);
}
