/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-print-progress.h"

#include "gs-icon.h"
#include "gs-sign.h"
#include "gs-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define MARK 22.0

struct _GsPrintProgress
{
  GtkWidget parent_instance;

  GsPrintStepState states[GS_PRINT_N_STEPS];
  char *notes[GS_PRINT_N_STEPS];
};

G_DEFINE_FINAL_TYPE (GsPrintProgress, gs_print_progress, GTK_TYPE_WIDGET)

static const char *const names[GS_PRINT_N_STEPS] = {
  NC_ ("step of a print", "Claim"), NC_ ("step of a print", "Journal"),
  NC_ ("step of a print", "Send"), NC_ ("step of a print", "Print"), NC_ ("step of a print", "Look")
};

static const char *
state_word (GsPrintStepState state)
{
  switch (state)
    {
    case GS_PRINT_STEP_RUNNING:
      return C_ ("step of a print", "running");
    case GS_PRINT_STEP_DONE:
      return C_ ("step of a print", "done");
    case GS_PRINT_STEP_FAILED:
      return C_ ("step of a print", "failed");
    case GS_PRINT_STEP_UNSURE:
      return C_ ("step of a print", "not known");
    case GS_PRINT_STEP_WAITING:
    default:
      return C_ ("step of a print", "waiting");
    }
}

static void
update_accessible (GsPrintProgress *self)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < GS_PRINT_N_STEPS; i++)
    g_string_append_printf (name, "%s%s: %s", i > 0 ? ", " : "",
                            g_dpgettext2 (NULL, "step of a print", names[i]),
                            state_word (self->states[i]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static void
gs_print_progress_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  double scale = gs_text_scale (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural =
      (int) ceil (MARK * scale + 8 + gs_text_line_height (widget, GS_TEXT_SECOND)
                  + gs_text_line_height (widget, GS_TEXT_CAPTION));
  else
    {
      *minimum = (int) ceil (78 * scale * GS_PRINT_N_STEPS);
      *natural = (int) ceil (116 * scale * GS_PRINT_N_STEPS);
    }
}

static void
draw_mark (GsPrintProgress *self, GtkSnapshot *snapshot, guint i, double x, double y, double size)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA fill = gs_style_color (widget, GS_COLOR_ACCENT_FILL);
  GdkRGBA ink = gs_style_color (widget, GS_COLOR_ON_ACCENT);
  GskRoundedRect outline;

  switch (self->states[i])
    {
    case GS_PRINT_STEP_DONE:
      gs_sign_snapshot (GS_SIGN_SUCCESSFUL, snapshot, widget, x, y, size);
      break;
    case GS_PRINT_STEP_FAILED:
      gs_sign_snapshot (GS_SIGN_FAILED, snapshot, widget, x, y, size);
      break;
    case GS_PRINT_STEP_UNSURE:
      gs_sign_snapshot (GS_SIGN_UNDETERMINED, snapshot, widget, x, y, size);
      break;
    case GS_PRINT_STEP_RUNNING:
      gsk_rounded_rect_init_from_rect (
        &outline,
        &GRAPHENE_RECT_INIT ((float) x + 1, (float) y + 1, (float) size - 2, (float) size - 2),
        (float) size / 2 - 1);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &fill, &outline.bounds);
      gtk_snapshot_pop (snapshot);
      gs_icon_snapshot (snapshot, widget, "gs-arrow-right-symbolic", x + size * 0.22,
                        y + size * 0.22, round (size * 0.56), &ink);
      break;
    case GS_PRINT_STEP_WAITING:
    default:
      gs_sign_snapshot (GS_SIGN_NOT_DONE, snapshot, widget, x, y, size);
      break;
    }
}

static void
draw_words (GsPrintProgress *self, GtkSnapshot *snapshot, guint i, double center, double top)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double line = gs_text_line_height (widget, GS_TEXT_SECOND);
  GdkRGBA text = gs_style_color (widget, self->states[i] == GS_PRINT_STEP_WAITING ? GS_COLOR_TEXT2
                                                                                  : GS_COLOR_TEXT);
  GdkRGBA text2 = gs_style_color (widget, GS_COLOR_TEXT2);
  g_autoptr (PangoLayout) name =
    gs_text_layout (widget, GS_TEXT_SECOND, PANGO_WEIGHT_SEMIBOLD, GS_TEXT_PLAIN,
                    g_dpgettext2 (NULL, "step of a print", names[i]));
  g_autoptr (PangoLayout) note =
    gs_text_layout (widget, GS_TEXT_CAPTION, PANGO_WEIGHT_NORMAL, GS_TEXT_PLAIN, self->notes[i]);

  gs_text_draw (snapshot, name, center - gs_text_layout_width (name) / 2,
                gs_text_baseline (widget, GS_TEXT_SECOND, top, line), &text);
  gs_text_draw (snapshot, note, center - gs_text_layout_width (note) / 2,
                gs_text_baseline (widget, GS_TEXT_CAPTION, top + line,
                                  gs_text_line_height (widget, GS_TEXT_CAPTION)),
                &text2);
}

static void
gs_print_progress_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsPrintProgress *self = GS_PRINT_PROGRESS (widget);
  double column = (double) gtk_widget_get_width (widget) / GS_PRINT_N_STEPS;
  double mark = MARK * gs_text_scale (widget);

  for (guint i = 0; i < GS_PRINT_N_STEPS; i++)
    {
      double center = round (column * (i + 0.5));
      GdkRGBA line =
        gs_style_color (widget, self->states[i] == GS_PRINT_STEP_WAITING ? GS_COLOR_LINE
                                : self->states[i] == GS_PRINT_STEP_DONE  ? GS_COLOR_OK
                                                                         : GS_COLOR_ACCENT);

      draw_mark (self, snapshot, i, round (center - mark / 2), 0, mark);
      if (i > 0)
        gtk_snapshot_append_color (snapshot, &line,
                                   &GRAPHENE_RECT_INIT ((float) (center - column + mark / 2 + 12),
                                                        (float) round (mark / 2) - 1,
                                                        (float) (column - mark - 24), 2));
      draw_words (self, snapshot, i, center, mark + 8);
    }
}

static void
gs_print_progress_finalize (GObject *object)
{
  GsPrintProgress *self = GS_PRINT_PROGRESS (object);

  for (guint i = 0; i < GS_PRINT_N_STEPS; i++)
    g_free (self->notes[i]);
  G_OBJECT_CLASS (gs_print_progress_parent_class)->finalize (object);
}

static void
gs_print_progress_class_init (GsPrintProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_print_progress_finalize;
  widget_class->measure = gs_print_progress_measure;
  widget_class->snapshot = gs_print_progress_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gs_print_progress_init (GsPrintProgress *self)
{
  for (guint i = 0; i < GS_PRINT_N_STEPS; i++)
    self->states[i] = GS_PRINT_STEP_WAITING;
  update_accessible (self);
}

GtkWidget *
gs_print_progress_new (void)
{
  return g_object_new (GS_TYPE_PRINT_PROGRESS, NULL);
}

void
gs_print_progress_set_step (GsPrintProgress *self,
                            GsPrintStep step,
                            GsPrintStepState state,
                            const char *note)
{
  g_return_if_fail (GS_IS_PRINT_PROGRESS (self));
  g_return_if_fail (step < GS_PRINT_N_STEPS);
  self->states[step] = state;
  g_free (self->notes[step]);
  self->notes[step] = g_strdup (note);
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gs_print_progress_reset (GsPrintProgress *self)
{
  g_return_if_fail (GS_IS_PRINT_PROGRESS (self));
  for (guint i = 0; i < GS_PRINT_N_STEPS; i++)
    gs_print_progress_set_step (self, i, GS_PRINT_STEP_WAITING, NULL);
}
