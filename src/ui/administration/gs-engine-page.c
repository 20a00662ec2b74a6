/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-engine-page.h"

#include <glib/gi18n.h>

#include "gs-embedded-face-engine.h"
#include "gs-face-text.h"
#include "gs-label.h"
#include "gs-sign-view.h"

#define N_MODELS 3

struct _GsEnginePage
{
  GtkBox parent_instance;

  GtkBox *column;
};

G_DEFINE_FINAL_TYPE (GsEnginePage, gs_engine_page, GTK_TYPE_BOX)

/* In the order in which the engine's version names their digests. */
static const struct
{
  const char *name;
  const char *use;
  const char *licence;
} models[N_MODELS] = {
  { "BlazeFace short range", N_ ("finds faces"), "Apache-2.0" },
  { "Face Mesh", N_ ("finds eyes, nose and mouth"), "Apache-2.0" },
  { "MobileFaceNet", N_ ("compares two faces"), "MIT" },
};

/* --- parts of the page ------------------------------------------------------------------------ */

static GtkWidget *
new_value (const char *text, const char *classes)
{
  GtkWidget *label = gs_label_new (text, classes);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkGrid *
begin_section (GsEnginePage *self, const char *title)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_add_css_class (panel, "gs-panel");
  gtk_widget_add_css_class (panel, "gs-padded");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_box_append (GTK_BOX (panel), gs_label_new (title, "gs-heading"));
  gtk_box_append (GTK_BOX (panel), grid);
  gtk_box_append (self->column, panel);
  return GTK_GRID (grid);
}

static int
rows_of (GtkGrid *grid)
{
  int row = 0;

  while (gtk_grid_get_child_at (grid, 0, row) != NULL)
    row++;
  return row;
}

static void
add_row (GtkGrid *grid, const char *title, GtkWidget *value)
{
  int row = rows_of (grid);
  GtkWidget *label = gs_label_new (title, "gs-second gs-strong gs-text2");

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
}

static void
add_text (GtkGrid *grid, const char *title, const char *text)
{
  if (text != NULL && text[0] != '\0')
    add_row (grid, title, new_value (text, "gs-body"));
}

static void
add_score (GtkGrid *grid, const char *title, double score)
{
  g_autofree char *text = gs_face_text_score (score);

  add_text (grid, title, text);
}

static void
add_markup (GtkGrid *grid, const char *title, const char *markup)
{
  GtkWidget *label = new_value (NULL, "gs-body");

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_widget_set_visible (label, TRUE);
  add_row (grid, title, label);
}

/* --- what it says ----------------------------------------------------------------------------- */

static const char *
missing_sentence (const GsConfig *config)
{
  switch (config->face_engine)
    {
    case GS_FACE_ENGINE_OFF:
      return _ ("No engine is asked for in the desk’s file. The officer’s own judgement counts and "
                "is recorded.");
    case GS_FACE_ENGINE_EMBEDDED:
      return _ ("The engine of this desk cannot be used. Until it is mended the officer’s own "
                "judgement counts.");
    case GS_FACE_ENGINE_REMOTE:
      break;
    }
  return _ ("The remote engine cannot be used. Until it is mended the officer’s own judgement "
            "counts.");
}

static void
add_state (GsEnginePage *self, const GsConfig *config, GsFaceEngine *engine, const char *trouble)
{
  GtkGrid *grid = begin_section (self, _ ("Face engine"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GsSign sign = engine != NULL                              ? GS_SIGN_SUCCESSFUL
                : config->face_engine == GS_FACE_ENGINE_OFF ? GS_SIGN_NOT_SUPPORTED
                                                            : GS_SIGN_FAILED;
  GtkWidget *view = gs_sign_view_new (sign, 18);

  gs_sign_view_set_label (GS_SIGN_VIEW (view), "");
  gtk_widget_set_valign (view, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box),
                  new_value (engine != NULL ? _ ("Ready. Every model is as it was published.")
                                            : missing_sentence (config),
                             "gs-body gs-strong"));
  add_row (grid, _ ("State"), box);
  if (engine == NULL)
    add_text (grid, _ ("What the program says"), trouble);
  if (engine != NULL)
    {
      add_text (grid, _ ("Engine"), gs_face_engine_get_name (engine));
      if (gs_face_engine_get_version (engine) != NULL)
        add_row (grid, _ ("Version"),
                 new_value (gs_face_engine_get_version (engine), "gs-fingerprint"));
    }
  add_text (grid, _ ("Attack detection"), _ ("none: the officer observes the traveller"));
  add_text (grid, _ ("What it does"),
            _ ("It compares one traveller with that traveller’s own document. It does not search, "
               "follow or decide."));
}

/* Only the embedded engine's models are ours to show. */
static void
add_models (GsEnginePage *self)
{
  g_auto (GStrv) digests = g_strsplit (gs_face_models_version (), "-", N_MODELS);
  GtkGrid *grid = begin_section (self, _ ("Models"));

  for (guint i = 0; i < N_MODELS; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      /* Translators: what a model is for, then its licence. */
      g_autofree char *what =
        g_strdup_printf (_ ("%s · licence %s"), _ (models[i].use), models[i].licence);
      const char *digest = i < g_strv_length (digests) ? digests[i] : "–";
      g_autofree char *sum = g_strdup_printf ("SHA-256 %s…", digest);

      gtk_box_append (GTK_BOX (box), new_value (what, "gs-body"));
      gtk_box_append (GTK_BOX (box), new_value (sum, "gs-fingerprint gs-text2"));
      add_row (grid, models[i].name, box);
    }
}

static void
add_thresholds (GsEnginePage *self, const GsFaceThresholds *thresholds)
{
  GtkGrid *grid = begin_section (self, _ ("Thresholds"));
  g_autofree char *eyes = g_strdup_printf (_ ("%.0f px"), thresholds->least_inter_eye_px);
  g_autofree char *sharp = g_strdup_printf ("%.0f", thresholds->least_sharpness);

  add_score (grid, _ ("Match from"), thresholds->match);
  add_score (grid, _ ("Review from"), thresholds->review);
  add_score (grid, _ ("One person from"), thresholds->one_person);
  add_text (grid, _ ("Least eye distance"), eyes);
  add_text (grid, _ ("Least sharpness"), sharp);
}

/* The evidence is data of the thresholds' file, in the words of whoever measured. */
static void
add_errors (GsEnginePage *self, GsFaceEngine *engine, const GsFaceThresholds *thresholds)
{
  GtkGrid *grid = begin_section (self, _ ("Measured errors"));
  GsFaceErrorRates rates;
  g_autofree char *match = NULL;
  g_autofree char *non_match = NULL;
  g_autofree char *measured = NULL;

  gs_face_engine_describe_errors (engine, &rates);
  match = gs_face_text_false_match (&rates);
  non_match = gs_face_text_false_non_match (&rates);
  measured = gs_face_text_measured (&rates);
  add_markup (grid, _ ("Different people"), match);
  add_markup (grid, _ ("The same person"), non_match);
  add_text (grid, _ ("Measured"), measured);
  if (thresholds == NULL)
    return;
  add_text (grid, _ ("Evidence"), thresholds->measured_on);
  add_text (grid, _ ("Limits"), thresholds->limits);
  add_text (grid, _ ("Training"), thresholds->training);
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_engine_page_class_init (GsEnginePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-engine-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GsEnginePage, column);
}

static void
gs_engine_page_init (GsEnginePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_engine_page_new (const GsConfig *config, GsFaceEngine *engine, const char *trouble)
{
  GsEnginePage *self = g_object_new (GS_TYPE_ENGINE_PAGE, NULL);
  const GsFaceThresholds *thresholds = NULL;
  gboolean embedded = engine != NULL && GS_IS_EMBEDDED_FACE_ENGINE (engine);

  if (embedded)
    thresholds = gs_embedded_face_engine_get_thresholds (GS_EMBEDDED_FACE_ENGINE (engine));
  add_state (self, config, engine, trouble);
  if (embedded || config->face_engine == GS_FACE_ENGINE_EMBEDDED)
    add_models (self);
  if (thresholds != NULL)
    add_thresholds (self, thresholds);
  if (engine != NULL)
    add_errors (self, engine, thresholds);
  return GTK_WIDGET (self);
}
