/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-row.h"

#include "gs-text.h"
#include "gs-trust-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define ROW_HEIGHT 36
#define PADDING 16.0
#define GAP 16.0
#define SIGN_SIZE 16.0
#define LEAST_NAME 220.0

enum
{
  COLUMN_STATE,
  COLUMN_NAME,
  COLUMN_DATES,
  COLUMN_KEY,
  COLUMN_SIGNATURE,
  COLUMN_SOURCE,
  COLUMN_REASON,
  N_COLUMNS
};

typedef enum
{
  KIND_CERTIFICATE,
  KIND_COUNTRY,
  KIND_TITLES
} Kind;

/* In pixels at normal text scale; the name takes what is left. */
static const double widths[N_COLUMNS] = { 176, 0, 204, 172, 184, 160, 176 };

struct _GsTrustRow
{
  GtkWidget parent_instance;

  Kind kind;
  gpointer shown; /* the certificate, only to be compared */
  GsSign sign;
  char *texts[N_COLUMNS];
  PangoLayout *layouts[N_COLUMNS]; /* made when first drawn */
};

G_DEFINE_FINAL_TYPE (GsTrustRow, gs_trust_row, GTK_TYPE_WIDGET)

static void
forget_layouts (GsTrustRow *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->layouts[i]);
}

static PangoLayout *
column (GsTrustRow *self, guint index)
{
  PangoWeight weight = self->kind != KIND_CERTIFICATE || index == COLUMN_NAME
                         ? PANGO_WEIGHT_SEMIBOLD
                         : PANGO_WEIGHT_NORMAL;

  if (self->layouts[index] == NULL)
    {
      self->layouts[index] =
        gs_text_layout (GTK_WIDGET (self), GS_TEXT_SECOND, weight, GS_TEXT_PLAIN,
                        self->texts[index] != NULL ? self->texts[index] : "");
      pango_layout_set_ellipsize (self->layouts[index], PANGO_ELLIPSIZE_END);
      pango_layout_set_single_paragraph_mode (self->layouts[index], TRUE);
    }
  return self->layouts[index];
}

static void
gs_trust_row_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  double scale = gs_text_scale (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int) ceil (ROW_HEIGHT * scale);
  else
    {
      *minimum = (int) ceil (320 * scale);
      *natural = (int) ceil (900 * scale);
    }
}

/* How many columns have room, and what is left for the name. */
static guint
fit_columns (double width, double scale, double *name_width)
{
  guint n = COLUMN_DATES;
  double used = 2 * PADDING + SIGN_SIZE * scale + 8 + widths[COLUMN_STATE] * scale + GAP;

  while (n < N_COLUMNS && used + GAP + (widths[n] + LEAST_NAME) * scale <= width)
    used += GAP + widths[n++] * scale;
  *name_width = MAX (width - used, 0);
  return n;
}

static void
draw_column (GsTrustRow *self,
             GtkSnapshot *snapshot,
             guint index,
             double x,
             double width,
             const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PangoLayout *layout = column (self, index);

  pango_layout_set_width (layout, (int) (MAX (width, 0) * PANGO_SCALE));
  gs_text_draw (snapshot, layout, x,
                gs_text_baseline (widget, GS_TEXT_SECOND, 0, gtk_widget_get_height (widget)),
                color);
}

static void
draw_line (GsTrustRow *self, GtkSnapshot *snapshot, double width, double height)
{
  GdkRGBA line = gs_style_color (GTK_WIDGET (self), GS_COLOR_LINE);

  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, (float) height - 1, (float) width, 1));
}

static void
gs_trust_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsTrustRow *self = GS_TRUST_ROW (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double scale = gs_text_scale (widget);
  double sign_size = round (SIGN_SIZE * scale);
  double name_width, x = PADDING;
  guint n = fit_columns (width, scale, &name_width);
  GdkRGBA text = gs_style_color (widget, GS_COLOR_TEXT);
  GdkRGBA text2 = gs_style_color (widget, GS_COLOR_TEXT2);
  GdkRGBA inset = gs_style_color (widget, GS_COLOR_INSET);
  GdkRGBA state =
    self->sign != GS_SIGN_NONE ? gs_style_color (widget, gs_sign_get_color (self->sign)) : text2;

  if (self->kind != KIND_CERTIFICATE)
    gtk_snapshot_append_color (snapshot, &inset,
                               &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  draw_line (self, snapshot, width, height);
  if (self->kind == KIND_COUNTRY)
    {
      draw_column (self, snapshot, COLUMN_NAME, x, width - 2 * PADDING, &text);
      return;
    }
  if (self->sign != GS_SIGN_NONE)
    gs_sign_snapshot (self->sign, snapshot, widget, x, round ((height - sign_size) / 2), sign_size);
  x += sign_size + 8;
  for (guint i = 0; i < n; i++)
    {
      double room = i == COLUMN_NAME ? name_width : widths[i] * scale;
      const GdkRGBA *color = self->kind == KIND_TITLES ? &text2
                             : i == COLUMN_STATE       ? &state
                             : i == COLUMN_NAME        ? &text
                                                       : &text2;

      draw_column (self, snapshot, i, x, room, color);
      x += room + GAP;
    }
}

static void
gs_trust_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (gs_trust_row_parent_class)->css_changed (widget, change);
  forget_layouts (GS_TRUST_ROW (widget));
}

static void
gs_trust_row_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (gs_trust_row_parent_class)->system_setting_changed (widget, setting);
  forget_layouts (GS_TRUST_ROW (widget));
  gtk_widget_queue_resize (widget);
}

static void
gs_trust_row_finalize (GObject *object)
{
  GsTrustRow *self = GS_TRUST_ROW (object);

  forget_layouts (self);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (gs_trust_row_parent_class)->finalize (object);
}

static void
gs_trust_row_class_init (GsTrustRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_trust_row_finalize;
  widget_class->measure = gs_trust_row_measure;
  widget_class->snapshot = gs_trust_row_snapshot;
  widget_class->css_changed = gs_trust_row_css_changed;
  widget_class->system_setting_changed = gs_trust_row_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "gs-trust-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
gs_trust_row_init (GsTrustRow *self)
{
}

GtkWidget *
gs_trust_row_new (void)
{
  return g_object_new (GS_TYPE_TRUST_ROW, NULL);
}

/* Shaping costs more than all the rest of a row: only what differs is shaped anew. */
static void
set_texts (GsTrustRow *self, Kind kind, GsSign sign, const char *const *texts)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (self->kind != kind || g_strcmp0 (self->texts[i], texts[i]) != 0)
      {
        g_clear_object (&self->layouts[i]);
        g_free (self->texts[i]);
        self->texts[i] = g_strdup (texts[i]);
      }
  self->kind = kind;
  self->sign = sign;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_name (GsTrustRow *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
gs_trust_row_show_titles (GsTrustRow *self, gboolean decisions)
{
  const char *const texts[N_COLUMNS] = {
    /* Translators: titles of columns; the first says what becomes of a certificate. */
    decisions ? _ ("What happens") : _ ("State"),
    C_ ("certificate", "Name"),
    _ ("Valid from – to"),
    _ ("Key"),
    _ ("Signed with"),
    _ ("Source"),
    decisions ? "" : _ ("Trusted by"),
  };

  g_return_if_fail (GS_IS_TRUST_ROW (self));
  self->shown = NULL;
  set_texts (self, KIND_TITLES, GS_SIGN_NONE, texts);
  set_name (self, _ ("Titles of the columns"));
}

void
gs_trust_row_show_country (GsTrustRow *self, const char *country, guint n)
{
  g_autofree char *text =
    g_strdup_printf (g_dngettext (NULL, "%s · %u certificate", "%s · %u certificates", n),
                     *country != '\0' ? country : _ ("no country"), n);
  const char *const texts[N_COLUMNS] = { [COLUMN_NAME] = text };

  g_return_if_fail (GS_IS_TRUST_ROW (self));
  self->shown = NULL;
  set_texts (self, KIND_COUNTRY, GS_SIGN_NONE, texts);
  set_name (self, text);
}

void
gs_trust_row_show_certificate (GsTrustRow *self, GsTrustCertificate *certificate, gint64 now_utc_ms)
{
  const GsTrustFacts *facts = gs_trust_certificate_get_facts (certificate);
  g_autofree char *dates = gs_trust_text_dates (facts->not_before_utc_ms, facts->not_after_utc_ms);
  g_autofree char *source = gs_trust_text_source (facts->source);
  g_autofree char *validity = NULL;
  g_autofree char *name = NULL;
  const char *texts[N_COLUMNS] = { [COLUMN_NAME] = facts->name,
                                   [COLUMN_DATES] = dates,
                                   [COLUMN_KEY] = facts->key,
                                   [COLUMN_SIGNATURE] = facts->signature,
                                   [COLUMN_SOURCE] = source };
  GsSign sign;

  g_return_if_fail (GS_IS_TRUST_ROW (self));
  if (self->shown == certificate)
    return;
  self->shown = certificate;
  if (facts->decision != 0)
    texts[COLUMN_STATE] = gs_trust_text_decision (facts->decision, &sign);
  else
    {
      texts[COLUMN_STATE] = validity = gs_trust_text_validity (certificate, now_utc_ms, &sign);
      texts[COLUMN_REASON] = gs_trust_text_reason (facts->reason);
    }
  set_texts (self, KIND_CERTIFICATE, sign, texts);
  name =
    g_strdup_printf ("%s, %s, %s, %s", facts->country, facts->name, texts[COLUMN_STATE], dates);
  set_name (self, name);
}
