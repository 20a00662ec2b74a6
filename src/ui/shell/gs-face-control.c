/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-control.h"

#include "gs-verify.h"

struct _GsFaceControl
{
  GObject parent_instance;

  GsWindow *window;
  GsStation *station;
  GsVerifySheet *sheet; /* weak: open while it is not NULL */
};

enum
{
  CHANGED,
  CHOSEN,
  LOCK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsFaceControl, gs_face_control, G_TYPE_OBJECT)

static void
on_gone (GsFaceControl *self)
{
  self->sheet = NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The window lives on until whoever holds it lets go; for the desk it is gone now. */
static void
close_sheet (GsFaceControl *self)
{
  GsVerifySheet *sheet = self->sheet;

  g_signal_handlers_disconnect_by_data (sheet, self);
  gtk_window_destroy (GTK_WINDOW (sheet));
  on_gone (self);
}

/* What the window does needs the window: the sheet goes first. What the sheet does itself is left
 * to it: another capture, and the second officer who judges the face. */
static void
on_chosen (GsFaceControl *self, const char *action)
{
  g_autofree char *copy = g_strdup (action);
  GsFaceRuling ruling;

  gs_face_desk_get_ruling (gs_station_get_face_desk (self->station), &ruling);
  if (self->sheet == NULL || g_str_equal (copy, "verify")
      || (g_str_equal (copy, "second-officer") && ruling.step == GS_FACE_STEP_SECOND_OFFICER))
    return;
  close_sheet (self);
  g_signal_emit (self, signals[CHOSEN], 0, copy);
}

static void
on_lock (GsFaceControl *self)
{
  g_signal_emit (self, signals[LOCK], 0);
}

/* Another case on the card, or none: the sheet was for the one before. */
static void
on_current_changed (GsFaceControl *self)
{
  if (self->sheet != NULL)
    close_sheet (self);
}

void
gs_face_control_open (GsFaceControl *self)
{
  GsDocumentDesk *documents;
  GsCase *item;
  GsDeskDocument *document;

  g_return_if_fail (GS_IS_FACE_CONTROL (self));
  item = gs_station_get_current (self->station);
  if (self->sheet != NULL || item == NULL)
    return;
  documents = gs_station_get_document_desk (self->station);
  document = gs_case_get_document (item);
  if (document == NULL || gs_desk_document_get_headline (document) == GS_DOCUMENT_INCOMPLETE)
    gs_document_desk_read_again (documents);
  self->sheet = gs_verify_open (GTK_WINDOW (self->window), self->station,
                                gs_station_get_face_desk (self->station));
  if (self->sheet == NULL)
    return;
  g_signal_connect_object (self->sheet, "destroy", G_CALLBACK (on_gone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "lock", G_CALLBACK (on_lock), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->sheet));
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
gs_face_control_is_open (GsFaceControl *self)
{
  g_return_val_if_fail (GS_IS_FACE_CONTROL (self), FALSE);
  return self->sheet != NULL;
}

gboolean
gs_face_control_wants_second (GsFaceControl *self)
{
  GsCase *item;

  g_return_val_if_fail (GS_IS_FACE_CONTROL (self), FALSE);
  item = gs_station_get_current (self->station);
  return item != NULL
         && (gs_station_blocks (self->station, item, GS_OUTCOME_ADMITTED) & GS_BLOCK_SECOND_FACE)
              != 0;
}

gboolean
gs_face_control_set_notice (GsFaceControl *self, const char *notice)
{
  g_return_val_if_fail (GS_IS_FACE_CONTROL (self), FALSE);
  if (self->sheet == NULL)
    return FALSE;
  gs_verify_sheet_set_notice (self->sheet, notice);
  return TRUE;
}

static void
gs_face_control_dispose (GObject *object)
{
  g_clear_object (&GS_FACE_CONTROL (object)->station);
  G_OBJECT_CLASS (gs_face_control_parent_class)->dispose (object);
}

static void
gs_face_control_class_init (GsFaceControlClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_face_control_dispose;
  signals[CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LOCK] =
    g_signal_new ("lock", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_face_control_init (GsFaceControl *self)
{
}

GsFaceControl *
gs_face_control_new (GsWindow *window, GsStation *station)
{
  GsFaceControl *self = g_object_new (GS_TYPE_FACE_CONTROL, NULL);

  self->window = window;
  self->station = g_object_ref (station);
  g_signal_connect_object (station, "current-changed", G_CALLBACK (on_current_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}
