/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-pictures.h"

#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-document-text.h"
#include "gs-face-frame.h"
#include "gs-face-live.h"
#include "gs-format.h"
#include "gs-reason-text.h"
#include "gs-sign.h"
#include "gs-time.h"

struct _GsCasePictures
{
  GtkBox parent_instance;

  GsStation *station;
  GsCase *item;
  GCancellable *cancellable;
  GtkWidget *chip;
  GtkWidget *gate;
  GtkWidget *desk;
  GsFaceLive *live;      /* owned by the desk's frame */
  GsFaceDesk *desk_face; /* the station's */
  GsDeskDocument *shown; /* whose picture stands in the chip's frame; compared, never read */
  gboolean chip_there;
  gboolean gate_there;
};

G_DEFINE_FINAL_TYPE (GsCasePictures, gs_case_pictures, GTK_TYPE_BOX)

static void cut_pictures (GsCasePictures *self);

typedef struct
{
  GsCasePictures *pictures;
  gboolean gate;
} Wait;

static void
wait_free (Wait *wait)
{
  g_object_unref (wait->pictures);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wait, wait_free)

static void
decode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = gdk_texture_new_from_bytes (data, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wait) wait = user_data;
  GsCasePictures *self = wait->pictures;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);
  GsFacePicture *picture =
    gs_face_frame_get_picture (GS_FACE_FRAME (wait->gate ? self->gate : self->chip));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (!wait->gate && self->shown))
    return;
  if (texture == NULL)
    {
      g_message ("A picture cannot be decoded: %s", error->message);
      gs_face_picture_set_cover (picture, GS_FACE_COVER_ABSENT, _ ("picture not readable"));
      return;
    }
  gs_face_picture_set_paintable (picture, GDK_PAINTABLE (texture));
  gs_face_picture_set_cover (picture, GS_FACE_COVER_NONE, NULL);
  cut_pictures (self);
  if (wait->gate)
    self->gate_there = TRUE;
  else
    self->chip_there = TRUE;
}

static void
bytes_unref (gpointer bytes)
{
  g_bytes_unref (bytes);
}

static void
on_evidence (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wait) wait = user_data;
  GsCasePictures *self = wait->pictures;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = gs_station_get_evidence_finish (GS_STATION (source), result, &error);
  GsFacePicture *picture =
    gs_face_frame_get_picture (GS_FACE_FRAME (wait->gate ? self->gate : self->chip));
  g_autoptr (GTask) task = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (!wait->gate && self->shown))
    return;
  if (bytes == NULL)
    {
      gs_face_picture_set_cover (picture, GS_FACE_COVER_ABSENT,
                                 g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_NOT_FOUND)
                                   ? _ ("no picture")
                                   : _ ("picture not reachable"));
      return;
    }
  task = g_task_new (self, self->cancellable, on_decoded, wait);
  g_steal_pointer (&wait);
  g_task_set_task_data (task, g_bytes_ref (bytes), bytes_unref);
  g_task_run_in_thread (task, decode_in_thread);
}

static void
fetch (GsCasePictures *self, gboolean gate)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->pictures = g_object_ref (self);
  wait->gate = gate;
  gs_station_get_evidence_async (self->station, self->item, gate ? "gate-face" : "chip-face",
                                 self->cancellable, on_evidence, wait);
}

static void
clear_picture (GtkWidget *frame, GsFaceCover cover, const char *words)
{
  GsFacePicture *picture = gs_face_frame_get_picture (GS_FACE_FRAME (frame));

  gs_face_picture_set_paintable (picture, NULL);
  gs_face_picture_set_band (picture, NULL);
  gs_face_picture_set_cover (picture, cover, words);
}

void
gs_case_pictures_set_case (GsCasePictures *self, GsCase *item)
{
  g_return_if_fail (GS_IS_CASE_PICTURES (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->shown = NULL;
  self->chip_there = FALSE;
  self->gate_there = FALSE;
  g_set_object (&self->item, item);
  clear_picture (self->chip, GS_FACE_COVER_ABSENT, _ ("loading…"));
  clear_picture (self->gate, GS_FACE_COVER_ABSENT, _ ("loading…"));
  if (item == NULL)
    return;
  fetch (self, FALSE);
  fetch (self, TRUE);
}

/* The picture that was read at this desk takes the place of the one that the gate read. */
static void
show_chip_picture (GsCasePictures *self)
{
  GsDeskDocument *document = gs_case_get_document (self->item);
  const GsPixels *pixels = document != NULL ? gs_desk_document_get_picture (document) : NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GsFacePicture *picture = gs_face_frame_get_picture (GS_FACE_FRAME (self->chip));

  if (document == self->shown)
    return;
  if (pixels == NULL)
    {
      /* Its pixels are gone with its files. */
      if (self->shown != NULL)
        {
          self->shown = NULL;
          fetch (self, FALSE);
        }
      return;
    }
  self->shown = document;
  texture = gdk_memory_texture_new ((int) pixels->width, (int) pixels->height, GDK_MEMORY_R8G8B8,
                                    pixels->rgb, 3 * (gsize) pixels->width);
  gs_face_picture_set_paintable (picture, GDK_PAINTABLE (texture));
  gs_face_picture_set_cover (picture, GS_FACE_COVER_NONE, NULL);
  cut_pictures (self);
  self->chip_there = TRUE;
}

/* Whose picture it is; and that this desk read one that it does not show. */
static const char *
say_chip_picture (GsCasePictures *self)
{
  GsDeskDocument *document = gs_case_get_document (self->item);

  switch (document != NULL ? gs_desk_document_get_picture_state (document) : GS_PICTURE_NOT_READ)
    {
    case GS_PICTURE_SHOWN:
      return _ ("read here");
    case GS_PICTURE_TOO_LARGE:
      return _ ("read here: too large to show");
    case GS_PICTURE_UNKNOWN_KIND:
      return _ ("read here: of an unknown kind");
    case GS_PICTURE_DAMAGED:
      return _ ("read here: damaged");
    case GS_PICTURE_NOT_READ:
      break;
    }
  return NULL;
}

static void
show_chip_foot (GsCasePictures *self)
{
  GPtrArray *checks = gs_case_get_crossing (self->item)->checks;
  GsCheckResult chip = gs_checks_group_result (checks, GS_CHECK_GROUP_CHIP);
  GsSign sign = (GsSign) gs_case_checks_sign (chip);
  GsDocumentHeadline headline = gs_case_get_headline (self->item);
  const char *text;

  if (headline != 0 && gs_document_text_is_of_chip (headline))
    {
      sign = gs_document_text_sign (headline);
      text = gs_document_text_headline (headline);
    }
  else if (chip == GS_CHECK_RESULT_SUCCESSFUL && gs_case_is_chip_genuine (self->item))
    text = _ ("genuine, unaltered");
  else if (chip == GS_CHECK_RESULT_SUCCESSFUL)
    {
      sign = GS_SIGN_UNDETERMINED;
      text = _ ("unaltered, copy not excluded");
    }
  else
    text = chip == GS_CHECK_RESULT_NOT_CHECKED ? _ ("chip not checked") : gs_sign_get_word (sign);
  gs_face_frame_set_foot (GS_FACE_FRAME (self->chip), sign, NULL, NULL, text);
}

static void
show_gate_foot (GsCasePictures *self, gboolean shielded)
{
  const char *text = NULL;

  if (gs_case_is_blind (self->item))
    text = _ ("result hidden until you have judged");
  else if (shielded)
    text = _ ("hidden, hold Space to read");
  gs_face_frame_set_foot (GS_FACE_FRAME (self->gate), GS_SIGN_NONE,
                          text != NULL ? "gs-eye-off-symbolic" : NULL, NULL, text);
}

void
gs_case_pictures_update (GsCasePictures *self, gboolean shielded)
{
  const GsCrossing *crossing;
  g_autofree char *gate = NULL;
  g_autofree char *caption = NULL;
  g_autofree char *time = NULL;

  g_return_if_fail (GS_IS_CASE_PICTURES (self));
  if (self->item == NULL)
    return;
  crossing = gs_case_get_crossing (self->item);
  gate = gs_format_gate (self->station, crossing->gate);
  /* Translators: the gate's number. */
  caption = g_strdup_printf (_ ("Gate %s"), gate);
  time = gs_format_time (self->station, crossing->started_utc_ms);
  /* What is suspected stands on the gate's picture while the officer reads it. */
  gs_face_picture_set_band (gs_face_frame_get_picture (GS_FACE_FRAME (self->gate)),
                            gs_case_is_shielded (self->item) && !shielded
                                && crossing->reasons != NULL
                              ? gs_reason_text_title (crossing->reasons[0])
                              : NULL);
  gs_face_frame_set_caption (GS_FACE_FRAME (self->gate), caption, time);
  show_chip_picture (self);
  gs_face_frame_set_caption (GS_FACE_FRAME (self->chip), _ ("Chip"), say_chip_picture (self));
  show_chip_foot (self);
  show_gate_foot (self, shielded);
}

/* The face desk has looked for the eyes in the picture of that size; another one is not cut. */
static void
cut_picture (GtkWidget *frame, const GsPixels *pixels, GsFaceEyes eyes)
{
  GsFacePicture *picture = gs_face_frame_get_picture (GS_FACE_FRAME (frame));
  GdkPaintable *paintable = gs_face_picture_get_paintable (picture);

  if (pixels == NULL || paintable == NULL
      || gdk_paintable_get_intrinsic_width (paintable) != (int) pixels->width
      || gdk_paintable_get_intrinsic_height (paintable) != (int) pixels->height)
    eyes = (GsFaceEyes){ 0 };
  gs_face_picture_set_eyes (picture, &eyes);
}

static void
cut_pictures (GsCasePictures *self)
{
  gboolean known = self->item != NULL && gs_face_desk_get_case (self->desk_face) == self->item;

  cut_picture (self->chip, known ? gs_face_desk_get_chip_picture (self->desk_face) : NULL,
               gs_face_desk_get_chip_eyes (self->desk_face));
  cut_picture (self->gate, known ? gs_face_desk_get_gate_picture (self->desk_face) : NULL,
               gs_face_desk_get_gate_eyes (self->desk_face));
}

static void
gs_case_pictures_dispose (GObject *object)
{
  GsCasePictures *self = GS_CASE_PICTURES (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->item);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_case_pictures_parent_class)->dispose (object);
}

static void
gs_case_pictures_class_init (GsCasePicturesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_case_pictures_dispose;
  g_type_ensure (GS_TYPE_FACE_FRAME);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-case-pictures.ui");
  gtk_widget_class_bind_template_child (widget_class, GsCasePictures, chip);
  gtk_widget_class_bind_template_child (widget_class, GsCasePictures, gate);
  gtk_widget_class_bind_template_child (widget_class, GsCasePictures, desk);
}

static void
gs_case_pictures_init (GsCasePictures *self)
{
  GsFaceFrame *frames[3];

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  frames[0] = GS_FACE_FRAME (self->chip);
  frames[1] = GS_FACE_FRAME (self->gate);
  frames[2] = GS_FACE_FRAME (self->desk);
  gs_face_frame_set_caption (frames[0], _ ("Chip"), NULL);
  gs_face_frame_set_caption (frames[1], _ ("Gate"), NULL);
  gs_face_frame_set_caption (frames[2], _ ("Desk"), NULL);
  gs_face_frame_align (frames, G_N_ELEMENTS (frames));
}

void
gs_case_pictures_set_station (GsCasePictures *self, GsStation *station)
{
  g_return_if_fail (GS_IS_CASE_PICTURES (self));
  g_set_object (&self->station, station);
  self->desk_face = gs_station_get_face_desk (station);
  self->live = gs_face_live_attach (GS_FACE_FRAME (self->desk), self->desk_face);
  g_signal_connect_object (self->desk_face, "changed", G_CALLBACK (cut_pictures), self,
                           G_CONNECT_SWAPPED);
}

void
gs_case_pictures_set_paused (GsCasePictures *self, gboolean paused)
{
  g_return_if_fail (GS_IS_CASE_PICTURES (self));
  gs_face_live_set_paused (self->live, paused);
}
