/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-live.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gs-camera-text.h"
#include "gs-face-texture.h"

/* The cut around the face is moved only when the eyes have moved this much of the distance between
 * them, or the face has grown this much: a picture that swims is hard to judge. */
#define MOVED 0.5
#define GROWN 1.25

struct _GsFaceLive
{
  GObject parent_instance;

  GsFaceFrame *frame; /* owns this */
  GsFaceDesk *desk;
  GsFaceEyes eyes; /* that the picture is cut around */
  int preview_px;
  gboolean paused;
};

G_DEFINE_FINAL_TYPE (GsFaceLive, gs_face_live, G_TYPE_OBJECT)

static GsFacePicture *
picture_of (GsFaceLive *self)
{
  return gs_face_frame_get_picture (self->frame);
}

/* --- the picture ------------------------------------------------------------------------------ */

static void
cut_around (GsFaceLive *self, const GsFaceView *view)
{
  const GsFaceEyes *eyes = view != NULL ? &view->eyes : NULL;
  double moved;

  if (eyes == NULL || view->n_faces == 0 || eyes->apart <= 0)
    return;
  moved = MAX (fabs (eyes->x - self->eyes.x), fabs (eyes->y - self->eyes.y));
  if (self->eyes.apart > 0 && moved < MOVED * self->eyes.apart
      && eyes->apart < self->eyes.apart * GROWN && eyes->apart * GROWN > self->eyes.apart)
    return;
  self->eyes = *eyes;
  gs_face_picture_set_eyes (picture_of (self), eyes);
}

/* As many dots as the screen shows, and no more. */
static void
ask_for_size (GsFaceLive *self)
{
  GtkWidget *picture = GTK_WIDGET (picture_of (self));
  int px = gtk_widget_get_height (picture) * gtk_widget_get_scale_factor (picture);
  GsCamera *camera = gs_face_desk_get_camera (self->desk);

  if (px <= 0 || px == self->preview_px || camera == NULL)
    return;
  self->preview_px = px;
  /* A cut around the face enlarges it. */
  gs_camera_set_preview_size (camera, (guint) (px * 16 / 9 * 3 / 2), (guint) (px * 3 / 2));
}

static void
on_preview (GsFaceLive *self, GsCameraFrame *frame)
{
  g_autoptr (GdkTexture) texture = NULL;

  if (self->paused || !gtk_widget_get_mapped (GTK_WIDGET (self->frame)))
    return;
  ask_for_size (self);
  texture = gs_face_texture_from_frame (frame);
  gs_face_picture_set_paintable (picture_of (self), GDK_PAINTABLE (texture));
}

/* --- why it does not run ---------------------------------------------------------------------- */

static const char *
cover_words (GsFaceDesk *desk)
{
  switch (gs_face_desk_get_state (desk))
    {
    case GS_FACE_DESK_NO_CAMERA:
      return _ ("look at the traveller");
    case GS_FACE_DESK_NO_CASE:
    case GS_FACE_DESK_NO_DOCUMENT:
      return gs_face_desk_has_reader (desk) ? _ ("lay the document on the reader, or swipe it")
                                            : _ ("swipe the document");
    case GS_FACE_DESK_STARTING:
      return _ ("camera starting…");
    case GS_FACE_DESK_LOST:
      return _ ("camera lost: look at the traveller");
    case GS_FACE_DESK_REFUSED:
      return _ ("no picture: look at the traveller");
    case GS_FACE_DESK_LIVE:
    case GS_FACE_DESK_FROZEN:
      break;
    }
  return NULL;
}

const char *
gs_face_live_sentence (GsFaceDesk *desk)
{
  switch (gs_face_desk_get_state (desk))
    {
    case GS_FACE_DESK_NO_CAMERA:
      return _ ("No camera at this desk: look at the traveller.");
    case GS_FACE_DESK_NO_CASE:
      return _ ("No case is open.");
    case GS_FACE_DESK_NO_DOCUMENT:
      return gs_face_desk_has_reader (desk)
               ? _ ("Lay the document on the reader, or swipe it: the camera belongs to the person "
                    "at the desk.")
               : _ ("Swipe the document: the camera belongs to the person at the desk.");
    case GS_FACE_DESK_STARTING:
      return _ ("The camera is starting.");
    case GS_FACE_DESK_FROZEN:
      return _ ("The picture stands still: look at the traveller, and wait for the camera.");
    case GS_FACE_DESK_LOST:
      return _ ("The camera is lost and tried again. Check its plug, and look at the traveller.");
    case GS_FACE_DESK_REFUSED:
      return gs_camera_text_trouble (gs_camera_get_trouble (gs_face_desk_get_camera (desk)));
    case GS_FACE_DESK_LIVE:
      break;
    }
  return NULL;
}

/* Follows the document's number. */
static const char *
document_words (GsFaceDesk *desk)
{
  switch (gs_face_desk_get_document (desk))
    {
    case GS_FACE_DOCUMENT_ON_READER:
      /* Translators: follows the document's number. */
      return _ ("on the reader");
    case GS_FACE_DOCUMENT_SWIPED:
      /* Translators: follows the document's number. */
      return _ ("swiped here");
    case GS_FACE_DOCUMENT_TYPED:
      /* Translators: follows the document's number. */
      return _ ("typed here");
    case GS_FACE_DOCUMENT_NONE:
      break;
    }
  return NULL;
}

static void
show_foot (GsFaceLive *self, GsFaceDeskState state)
{
  GsCase *item = gs_face_desk_get_case (self->desk);
  const GsTraveller *traveller = item != NULL ? gs_case_get_crossing (item)->traveller : NULL;
  const char *number = traveller != NULL ? traveller->document_number : NULL;

  if (state == GS_FACE_DESK_NO_CAMERA)
    gs_face_frame_set_foot (self->frame, GS_SIGN_NONE, "gs-camera-symbolic", NULL,
                            _ ("no camera at this desk"));
  else if (state == GS_FACE_DESK_NO_DOCUMENT || state == GS_FACE_DESK_NO_CASE)
    gs_face_frame_set_foot (self->frame, GS_SIGN_NONE, "gs-passport-symbolic", NULL,
                            gs_face_desk_has_reader (self->desk) ? _ ("document not on the reader")
                                                                 : _ ("document not swiped"));
  else
    gs_face_frame_set_foot (self->frame, GS_SIGN_NONE, "gs-passport-symbolic", number,
                            document_words (self->desk));
}

static void
update (GsFaceLive *self)
{
  GsFaceDeskState state = gs_face_desk_get_state (self->desk);
  GsFacePicture *picture = picture_of (self);
  const char *words = cover_words (self->desk);

  gs_face_picture_set_live (picture, state == GS_FACE_DESK_LIVE);
  gs_face_picture_set_frozen (picture, state == GS_FACE_DESK_FROZEN);
  gs_face_picture_set_cover (picture, words != NULL ? GS_FACE_COVER_ABSENT : GS_FACE_COVER_NONE,
                             words);
  /* Nothing of a person stays behind a cover. */
  if (words != NULL)
    {
      gs_face_picture_set_paintable (picture, NULL);
      self->eyes = (GsFaceEyes){ 0 };
      gs_face_picture_set_eyes (picture, &self->eyes);
    }
  else
    cut_around (self, gs_face_desk_get_view (self->desk));
  show_foot (self, state);
  gs_face_frame_set_caption (self->frame, _ ("Desk"),
                             state == GS_FACE_DESK_LIVE     ? C_ ("picture", "live")
                             : state == GS_FACE_DESK_FROZEN ? C_ ("picture", "frozen")
                                                            : NULL);
}

static void
on_view (GsFaceLive *self)
{
  if (gs_face_desk_get_state (self->desk) == GS_FACE_DESK_LIVE)
    cut_around (self, gs_face_desk_get_view (self->desk));
}

static void
gs_face_live_dispose (GObject *object)
{
  g_clear_object (&GS_FACE_LIVE (object)->desk);
  G_OBJECT_CLASS (gs_face_live_parent_class)->dispose (object);
}

static void
gs_face_live_class_init (GsFaceLiveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_face_live_dispose;
}

static void
gs_face_live_init (GsFaceLive *self)
{
}

GsFaceLive *
gs_face_live_attach (GsFaceFrame *frame, GsFaceDesk *desk)
{
  GsFaceLive *self = g_object_new (GS_TYPE_FACE_LIVE, NULL);

  self->frame = frame;
  self->desk = g_object_ref (desk);
  g_object_set_data_full (G_OBJECT (frame), "gs-face-live", self, g_object_unref);
  g_signal_connect_object (desk, "preview", G_CALLBACK (on_preview), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "view-changed", G_CALLBACK (on_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (frame, "map", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

void
gs_face_live_set_paused (GsFaceLive *self, gboolean paused)
{
  g_return_if_fail (GS_IS_FACE_LIVE (self));
  self->paused = paused;
}
