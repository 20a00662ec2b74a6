/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-faces.h"

#include <glib/gi18n.h>

#include "gs-face-judging.h"
#include "gs-second-officer-dialog.h"

struct _GsStampFaces
{
  AdwBin parent_instance;

  GsStation *station;
  GsFaceDesk *desk;
  GsCase *item;
  GsFaceJudge *judge;
};

G_DEFINE_FINAL_TYPE (GsStampFaces, gs_stamp_faces, ADW_TYPE_BIN)

static gboolean
is_on_card (GsStampFaces *self)
{
  return self->item != NULL && gs_face_desk_get_case (self->desk) == self->item;
}

gboolean
gs_stamp_faces_asks (GsStampFaces *self)
{
  g_return_val_if_fail (GS_IS_STAMP_FACES (self), FALSE);
  return is_on_card (self) && !gs_face_desk_is_revealed (self->desk)
         && !gs_face_desk_is_verified (self->desk, self->item, NULL);
}

static void
on_second (GsSession *second, gpointer user_data)
{
  g_autoptr (GsStampFaces) self = user_data;

  if (second != NULL && is_on_card (self))
    gs_face_desk_begin_second (self->desk, second);
}

void
gs_stamp_faces_begin_second (GsStampFaces *self)
{
  GtkRoot *root;
  GsFaceRuling ruling;

  g_return_if_fail (GS_IS_STAMP_FACES (self));
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!is_on_card (self) || !GTK_IS_WINDOW (root))
    return;
  gs_face_desk_get_ruling (self->desk, &ruling);
  if (ruling.step != GS_FACE_STEP_SECOND_OFFICER)
    return;
  gs_second_officer_dialog_present (
    GTK_WINDOW (root), self->station, GS_APPROVAL_FACE,
    _ ("The second officer signs in, then judges alone and without seeing any result."), on_second,
    g_object_ref (self));
}

void
gs_stamp_faces_begin_again (GsStampFaces *self)
{
  g_return_if_fail (GS_IS_STAMP_FACES (self));
  if (is_on_card (self))
    gs_face_desk_begin_again (self->desk);
}

void
gs_stamp_faces_renew (GsStampFaces *self)
{
  GsFaceRuling ruling;

  g_return_if_fail (GS_IS_STAMP_FACES (self));
  if (!is_on_card (self) || !gs_face_desk_is_revealed (self->desk))
    return;
  gs_face_desk_get_ruling (self->desk, &ruling);
  if (ruling.step == GS_FACE_STEP_ADMIT && gs_face_desk_can_begin_again (self->desk))
    gs_face_desk_begin_again (self->desk);
}

void
gs_stamp_faces_leave (GsStampFaces *self)
{
  g_return_if_fail (GS_IS_STAMP_FACES (self));
  if (is_on_card (self) && gs_face_desk_is_second_judging (self->desk))
    gs_face_desk_cancel_second (self->desk);
}

gboolean
gs_stamp_faces_handle_key (GsStampFaces *self, guint keyval)
{
  g_return_val_if_fail (GS_IS_STAMP_FACES (self), FALSE);

  if (!is_on_card (self))
    return FALSE;
  if (keyval == GDK_KEY_F3)
    gs_stamp_faces_begin_second (self);
  else if (keyval == GDK_KEY_F5)
    gs_stamp_faces_begin_again (self);
  else if (!gs_stamp_faces_asks (self))
    return FALSE;
  else if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_3)
    gs_face_judging_answer (self->station, self->desk, -1, (GsJudgement) (keyval - GDK_KEY_0));
  else if (keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_3)
    gs_face_judging_answer (self->station, self->desk, -1, (GsJudgement) (keyval - GDK_KEY_KP_0));
  else if (gdk_keyval_to_lower (keyval) == GDK_KEY_a)
    gs_face_judge_toggle_attack (self->judge);
  else if (gdk_keyval_to_lower (keyval) == GDK_KEY_c)
    gs_face_judge_capture (self->judge);
  else
    return FALSE;
  return TRUE;
}

static void
gs_stamp_faces_dispose (GObject *object)
{
  GsStampFaces *self = GS_STAMP_FACES (object);

  g_clear_object (&self->item);
  g_clear_object (&self->desk);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_stamp_faces_parent_class)->dispose (object);
}

static void
gs_stamp_faces_class_init (GsStampFacesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_stamp_faces_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/gateside/Station/ui/stamp/gs-stamp-faces.ui");
}

static void
gs_stamp_faces_init (GsStampFaces *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_stamp_faces_set_case (GsStampFaces *self, GsStation *station, GsCase *item)
{
  g_return_if_fail (GS_IS_STAMP_FACES (self));
  g_set_object (&self->station, station);
  g_set_object (&self->desk, gs_station_get_face_desk (station));
  g_set_object (&self->item, item);
  if (!is_on_card (self) || self->judge != NULL)
    return;
  self->judge = g_object_new (GS_TYPE_FACE_JUDGE, NULL);
  gs_face_judge_set_compact (self->judge);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->judge));
  gs_face_judging_attach (self->judge, station, self->desk);
}

void
gs_stamp_faces_set_width (GsStampFaces *self, int width)
{
  g_return_if_fail (GS_IS_STAMP_FACES (self));
  if (self->judge != NULL)
    gs_face_judge_set_layout (self->judge, FALSE, TRUE, width);
}
