/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-guidance.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-sheet-button.h"
#include "gs-sign-view.h"
#include "gs-style.h"

#define N_TICKS 5

struct _GsFaceGuidance
{
  GtkBox parent_instance;

  GtkWidget *ticks_box;
  GtkWidget *sentence_label;
  GtkWidget *note_label;
  GtkWidget *capture_button;
  GsSignView *signs[N_TICKS];
  GtkWidget *labels[N_TICKS];
  gboolean brief;
};

enum
{
  CAPTURE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsFaceGuidance, gs_face_guidance, GTK_TYPE_BOX)

typedef struct
{
  GsFaceTrouble first;
  GsFaceTrouble second; /* 0: none */
  const char *good;
  const char *first_words;
  const char *second_words;
} Tick;

static const Tick ticks[N_TICKS] = {
  { GS_FACE_TROUBLE_NO_FACE, GS_FACE_TROUBLE_SEVERAL_FACES, N_ ("one face"), N_ ("no face"),
    N_ ("several faces") },
  { GS_FACE_TROUBLE_TOO_FAR, GS_FACE_TROUBLE_TOO_NEAR, N_ ("near enough"), N_ ("too far"),
    N_ ("too near") },
  { GS_FACE_TROUBLE_DARK, GS_FACE_TROUBLE_GLARE, N_ ("lit"), N_ ("too dark"), N_ ("too bright") },
  { GS_FACE_TROUBLE_BLURRED, 0, N_ ("sharp"), N_ ("blurred"), NULL },
  { GS_FACE_TROUBLE_TURNED, GS_FACE_TROUBLE_EYES_SHUT, N_ ("facing the camera"), N_ ("turned away"),
    N_ ("eyes shut") },
};

/* Of no face nothing else can be said. */
static gboolean
is_told (const Tick *tick, const GsFaceView *view)
{
  return tick == &ticks[0] || view->n_faces > 0;
}

static const char *
trouble_of (const Tick *tick, guint troubles)
{
  if ((troubles & tick->first) != 0)
    return _ (tick->first_words);
  if ((troubles & tick->second) != 0)
    return _ (tick->second_words);
  return NULL;
}

void
gs_face_guidance_set_view (GsFaceGuidance *self, const GsFaceView *view)
{
  g_return_if_fail (GS_IS_FACE_GUIDANCE (self));
  gtk_widget_set_visible (self->ticks_box, view != NULL && !self->brief);
  for (guint i = 0; view != NULL && i < N_TICKS; i++)
    {
      const char *trouble = trouble_of (&ticks[i], view->troubles);
      gboolean told = is_told (&ticks[i], view);

      gs_sign_view_set_sign (self->signs[i],
                             trouble == NULL && told ? GS_SIGN_TICK : GS_SIGN_NOT_DONE);
      gs_label_set (self->labels[i], trouble != NULL ? trouble : _ (ticks[i].good));
      gs_style_toggle_class (self->labels[i], "gs-strong", trouble != NULL);
      gs_style_toggle_class (self->labels[i], "gs-dim", trouble == NULL && !told);
    }
}

/* An empty label keeps its line. */
static void
set_line (GtkWidget *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

void
gs_face_guidance_set_words (GsFaceGuidance *self, const char *sentence, const char *note)
{
  g_return_if_fail (GS_IS_FACE_GUIDANCE (self));
  set_line (self->sentence_label, sentence);
  set_line (self->note_label, note);
}

void
gs_face_guidance_hide_ticks (GsFaceGuidance *self)
{
  g_return_if_fail (GS_IS_FACE_GUIDANCE (self));
  self->brief = TRUE;
  gtk_widget_set_visible (self->ticks_box, FALSE);
}

void
gs_face_guidance_set_capture (GsFaceGuidance *self, gboolean possible)
{
  g_return_if_fail (GS_IS_FACE_GUIDANCE (self));
  gtk_widget_set_visible (self->capture_button, possible);
}

static void
on_capture (GsFaceGuidance *self)
{
  g_signal_emit (self, signals[CAPTURE], 0);
}

static void
gs_face_guidance_class_init (GsFaceGuidanceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CAPTURE] = g_signal_new ("capture", GS_TYPE_FACE_GUIDANCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/face/gs-face-guidance.ui");
  gtk_widget_class_bind_template_child (widget_class, GsFaceGuidance, ticks_box);
  gtk_widget_class_bind_template_child (widget_class, GsFaceGuidance, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, GsFaceGuidance, note_label);
  gtk_widget_class_bind_template_child (widget_class, GsFaceGuidance, capture_button);
  gtk_widget_class_bind_template_callback (widget_class, on_capture);
}

static void
gs_face_guidance_init (GsFaceGuidance *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_TICKS; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *child = gtk_flow_box_child_new ();

      self->signs[i] = GS_SIGN_VIEW (gs_sign_view_new (GS_SIGN_NOT_DONE, 15));
      gs_sign_view_set_label (self->signs[i], "");
      self->labels[i] = gs_label_new (_ (ticks[i].good), "gs-second");
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->signs[i]));
      gtk_box_append (GTK_BOX (box), self->labels[i]);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_append (GTK_FLOW_BOX (self->ticks_box), child);
    }
  gs_face_guidance_set_view (self, NULL);
}
