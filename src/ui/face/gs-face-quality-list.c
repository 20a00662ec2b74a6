/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-quality-list.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gs-label.h"
#include "gs-sign-view.h"

#define N_ROWS 6

/* What an officer calls good enough; the engine's own limits stand in its page. */
#define LEAST_EYES_PX 60
#define MOST_DEGREES 20
#define LEAST_SHARE 50

struct _GsFaceQualityList
{
  GtkGrid parent_instance;

  GtkWidget *values[N_ROWS];
  GsSignView *signs[N_ROWS];
};

G_DEFINE_FINAL_TYPE (GsFaceQualityList, gs_face_quality_list, GTK_TYPE_GRID)

static const char *const titles[N_ROWS] = {
  N_ ("Eye distance"), N_ ("Sharpness"), N_ ("Turned"),
  N_ ("Light, even"),  N_ ("Eyes open"), N_ ("Mouth shut"),
};

static void
show (GsFaceQualityList *self, guint row, gboolean known, gboolean good, const char *text)
{
  gs_label_set (self->values[row], known ? text : _ ("not measured"));
  gs_sign_view_set_sign (self->signs[row], !known ? GS_SIGN_NOT_SUPPORTED
                                           : good ? GS_SIGN_SUCCESSFUL
                                                  : GS_SIGN_UNDETERMINED);
}

static void
show_share (GsFaceQualityList *self, guint row, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  show (self, row, value >= 0, value >= LEAST_SHARE, text);
}

static void
show_yes (GsFaceQualityList *self, guint row, int value)
{
  show (self, row, value >= 0, value >= LEAST_SHARE,
        value >= LEAST_SHARE ? C_ ("quality", "yes") : C_ ("quality", "no"));
}

void
gs_face_quality_list_set (GsFaceQualityList *self, const GsFaceQuality *quality)
{
  GsFaceQuality none;
  g_autofree char *eyes = NULL;
  g_autofree char *turned = NULL;
  double degrees;

  g_return_if_fail (GS_IS_FACE_QUALITY_LIST (self));
  if (quality == NULL)
    {
      none = (GsFaceQuality){ .inter_eye_px = -1,
                              .yaw_degrees = NAN,
                              .pitch_degrees = NAN,
                              .sharpness = -1,
                              .uniformity = -1,
                              .eyes_open = -1,
                              .mouth_closed = -1 };
      quality = &none;
    }
  degrees = fmax (fabs (quality->yaw_degrees), fabs (quality->pitch_degrees));
  eyes = g_strdup_printf (_ ("%.0f px"), quality->inter_eye_px);
  turned = g_strdup_printf (_ ("%.0f°"), degrees);
  show (self, 0, quality->inter_eye_px >= 0, quality->inter_eye_px >= LEAST_EYES_PX, eyes);
  show_share (self, 1, quality->sharpness);
  show (self, 2, !isnan (degrees), degrees <= MOST_DEGREES, turned);
  show_share (self, 3, quality->uniformity);
  show_yes (self, 4, quality->eyes_open);
  show_yes (self, 5, quality->mouth_closed);
}

static void
gs_face_quality_list_class_init (GsFaceQualityListClass *klass)
{
  gtk_widget_class_set_template_from_resource (
    GTK_WIDGET_CLASS (klass), "/org/gateside/Station/ui/face/gs-face-quality-list.ui");
}

static void
gs_face_quality_list_init (GsFaceQualityList *self)
{
  GtkGrid *grid = GTK_GRID (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_ROWS; i++)
    {
      GtkWidget *title = gs_label_new (_ (titles[i]), "gs-second");
      GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      self->values[i] = gs_label_new (NULL, "gs-second");
      self->signs[i] = GS_SIGN_VIEW (gs_sign_view_new (GS_SIGN_NOT_SUPPORTED, 16));
      gtk_label_set_xalign (GTK_LABEL (self->values[i]), 1);
      gtk_widget_set_hexpand (title, TRUE);
      gtk_widget_set_vexpand (title, TRUE);
      gtk_widget_add_css_class (title, "gs-quality-row");
      gtk_grid_attach (grid, line, 0, 2 * i + 1, 3, 1);
      gtk_grid_attach (grid, title, 0, 2 * i + 2, 1, 1);
      gtk_grid_attach (grid, self->values[i], 1, 2 * i + 2, 1, 1);
      gtk_grid_attach (grid, GTK_WIDGET (self->signs[i]), 2, 2 * i + 2, 1, 1);
    }
  gs_face_quality_list_set (self, NULL);
}
