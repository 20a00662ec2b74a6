/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-verify-sheet.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-sheet-button.h"
#include "gs-sign-view.h"
#include "gs-stack-access.h"
#include "gs-style.h"
#include "gs-text.h"

#define PARENT_MARGIN 40
#define USUAL_WIDTH 1920
#define USUAL_HEIGHT 1080
/* One below the other from this height on, at the normal size of text; else beside each other. */
#define TALL_HEIGHT 900
#define TALL_WIDTH 1080
#define WIDE_WIDTH 1240
/* What stands above and below the pictures of the first page. */
#define REST_PX 664
#define LARGEST_PICTURE 390
#define LEAST_PICTURE 200
/* The same of the second page, where the qualities stand beside the pictures. */
#define COMPARE_REST_PX 770
#define COMPARE_LARGEST_PICTURE 360
#define COMPARE_LEAST_PICTURE 250
/* Five keys beside each other need this much, at the normal size of text. */
#define BESIDE_WIDTH 1000
#define KEYS_WIDTH 1040

struct _GsVerifySheet
{
  AdwWindow parent_instance;

  GsSignView *plate;
  GtkWidget *mark_icon;
  GtkWidget *line_label;
  GtkWidget *pill_label;
  GtkWidget *elapsed_label;
  GtkWidget *notice_label;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GsFaceJudge *judge;
  GsFaceCompare *compare;
  GtkWidget *outcomes_line;
  GsFaceOutcomes *outcomes;
  gboolean revealed;
};

enum
{
  ANSWERED,
  CHOSEN,
  LOCK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsVerifySheet, gs_verify_sheet, ADW_TYPE_WINDOW)

GsFaceJudge *
gs_verify_sheet_get_judge (GsVerifySheet *self)
{
  g_return_val_if_fail (GS_IS_VERIFY_SHEET (self), NULL);
  return self->judge;
}

GsFaceCompare *
gs_verify_sheet_get_compare (GsVerifySheet *self)
{
  g_return_val_if_fail (GS_IS_VERIFY_SHEET (self), NULL);
  return self->compare;
}

GsFaceOutcomes *
gs_verify_sheet_get_outcomes (GsVerifySheet *self)
{
  g_return_val_if_fail (GS_IS_VERIFY_SHEET (self), NULL);
  return self->outcomes;
}

void
gs_verify_sheet_set_revealed (GsVerifySheet *self, gboolean revealed)
{
  g_return_if_fail (GS_IS_VERIFY_SHEET (self));
  if (!revealed)
    {
      gs_face_compare_clear (self->compare);
      gs_face_outcomes_clear (self->outcomes);
    }
  if (self->revealed != revealed)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  self->revealed = revealed;
  gtk_stack_set_visible_child_name (self->stack, revealed ? "compare" : "judge");
  gtk_widget_set_visible (GTK_WIDGET (self->outcomes), revealed);
  gtk_widget_set_visible (self->outcomes_line, revealed);
}

void
gs_verify_sheet_set_head (GsVerifySheet *self, GsSign plate, const char *line, const char *pill)
{
  g_return_if_fail (GS_IS_VERIFY_SHEET (self));
  gs_sign_view_set_sign (self->plate, plate);
  gtk_widget_set_visible (GTK_WIDGET (self->plate), plate != GS_SIGN_NONE);
  gtk_widget_set_visible (self->mark_icon, plate == GS_SIGN_NONE);
  gs_label_set_title (self->line_label, line);
  gs_label_set (self->pill_label, pill);
}

void
gs_verify_sheet_set_elapsed (GsVerifySheet *self, const char *elapsed)
{
  g_return_if_fail (GS_IS_VERIFY_SHEET (self));
  gs_label_set (self->elapsed_label, elapsed);
}

void
gs_verify_sheet_set_notice (GsVerifySheet *self, const char *notice)
{
  g_return_if_fail (GS_IS_VERIFY_SHEET (self));
  gs_label_set (self->notice_label, notice);
}

/* --- what the officer does -------------------------------------------------------------------- */

static void
on_chosen (GsVerifySheet *self, const char *action)
{
  g_signal_emit (self, signals[CHOSEN], 0, action);
}

static void
close_sheet (GsVerifySheet *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

/* The keys of the outcomes that are on. */
static gboolean
choose (GsVerifySheet *self, guint keyval)
{
  const char *action = keyval == GDK_KEY_F3   ? "second-officer"
                       : keyval == GDK_KEY_F5 ? "verify"
                       : keyval == GDK_KEY_F7 ? "admit"
                       : keyval == GDK_KEY_F8 ? "second-line"
                       : keyval == GDK_KEY_F9 ? "more"
                                              : NULL;

  if (action == NULL)
    return GDK_EVENT_PROPAGATE;
  if (self->revealed && gs_face_outcomes_is_on (self->outcomes, action))
    on_chosen (self, action);
  return GDK_EVENT_STOP;
}

static gboolean
judge_key (GsVerifySheet *self, guint keyval)
{
  if (self->revealed)
    return GDK_EVENT_PROPAGATE;
  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_3)
    g_signal_emit (self, signals[ANSWERED], 0, (int) (keyval - GDK_KEY_0));
  else if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_3)
    g_signal_emit (self, signals[ANSWERED], 0, (int) (keyval - GDK_KEY_KP_0));
  else if (gdk_keyval_to_lower (keyval) == GDK_KEY_a)
    gs_face_judge_toggle_attack (self->judge);
  else if (gdk_keyval_to_lower (keyval) == GDK_KEY_c)
    gs_face_judge_capture (self->judge);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                GsVerifySheet *self)
{
  if ((modifiers & GDK_CONTROL_MASK) != 0 && gdk_keyval_to_lower (keyval) == GDK_KEY_l)
    {
      g_signal_emit (self, signals[LOCK], 0);
      return GDK_EVENT_STOP;
    }
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape)
    {
      close_sheet (self);
      return GDK_EVENT_STOP;
    }
  return judge_key (self, keyval) || choose (self, keyval);
}

/* --- building --------------------------------------------------------------------------------- */

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GsVerifySheet, name)

static void
add_signals (void)
{
  GType type = GS_TYPE_VERIFY_SHEET;

  signals[ANSWERED] = g_signal_new ("answered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LOCK] =
    g_signal_new ("lock", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_verify_sheet_class_init (GsVerifySheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  add_signals ();
  g_type_ensure (GS_TYPE_FACE_COMPARE);
  g_type_ensure (GS_TYPE_FACE_JUDGE);
  g_type_ensure (GS_TYPE_FACE_OUTCOMES);
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/face/gs-verify-sheet.ui");
  BIND (plate);
  BIND (mark_icon);
  BIND (line_label);
  BIND (pill_label);
  BIND (elapsed_label);
  BIND (notice_label);
  BIND (stack);
  BIND (scroller);
  BIND (judge);
  BIND (compare);
  BIND (outcomes_line);
  BIND (outcomes);
  gtk_widget_class_bind_template_callback (widget_class, close_sheet);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
gs_verify_sheet_init (GsVerifySheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_stack_access_attach (self->stack);
  gs_verify_sheet_set_head (self, GS_SIGN_NONE, NULL, NULL);
  gs_verify_sheet_set_revealed (self, FALSE);
}

void
gs_verify_sheet_set_room (GsVerifySheet *self, int most_w, int most_h)
{
  double scale = gs_text_scale (GTK_WIDGET (self));
  gboolean wide = most_h < TALL_HEIGHT * scale;
  int width = MIN (most_w, (int) ((wide ? WIDE_WIDTH : TALL_WIDTH) * scale));
  int picture = CLAMP (most_h - (int) (REST_PX * scale), LEAST_PICTURE, LARGEST_PICTURE) * 4 / 5;

  int compared =
    CLAMP (most_h - (int) (COMPARE_REST_PX * scale), COMPARE_LEAST_PICTURE, COMPARE_LARGEST_PICTURE)
    * 4 / 5;
  gboolean beside;

  g_return_if_fail (GS_IS_VERIFY_SHEET (self));
  gs_style_toggle_class (GTK_WIDGET (self), "small", wide);
  /* A small screen with large text has room for nothing beside anything: it scrolls downwards. */
  beside = wide && width >= BESIDE_WIDTH * scale;
  gs_face_judge_set_layout (self->judge, beside, wide,
                            beside ? width * 54 / 100 : 3 * picture + 2 * 16);
  gs_face_compare_set_layout (self->compare, wide, beside,
                              beside ? width * 39 / 100 : 3 * compared + 2 * 16);
  gs_face_outcomes_set_two_rows (self->outcomes, width < KEYS_WIDTH * scale);
  gtk_window_set_default_size (GTK_WINDOW (self), width, most_h);
}

GsVerifySheet *
gs_verify_sheet_new (GtkWindow *parent)
{
  GsVerifySheet *self = g_object_new (GS_TYPE_VERIFY_SHEET, "transient-for", parent, NULL);
  int width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  int height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  gs_verify_sheet_set_room (self, (width > 0 ? width : USUAL_WIDTH) - PARENT_MARGIN,
                            (height > 0 ? height : USUAL_HEIGHT) - PARENT_MARGIN);
  return self;
}
