/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-check-tree.h"
#include "gs-face-frame.h"
#include "gs-label.h"
#include "gs-outcome-button.h"
#include "gs-reason-chain.h"

#include <adwaita.h>

static GtkWidget *
frames (gboolean shielded)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *chip = gs_face_frame_new ("Chip");
  GtkWidget *gate = gs_face_frame_new ("Gate 3");
  GtkWidget *desk = gs_face_frame_new ("Desk, live");
  GtkWidget *frame[] = { chip, gate, desk };
  GsFacePicture *picture;

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (frame); i++)
    {
      g_autoptr (GdkPaintable) face = gs_gallery_face (i);

      picture = gs_face_frame_get_picture (GS_FACE_FRAME (frame[i]));
      gs_face_picture_set_paintable (picture, face);
      gs_face_picture_set_drawn (picture, TRUE);
      gtk_box_append (GTK_BOX (box), frame[i]);
    }
  gs_face_frame_align ((GsFaceFrame *const *) frame, G_N_ELEMENTS (frame));
  gs_face_frame_set_caption (GS_FACE_FRAME (chip), "Chip", "picture of 2022");
  gs_face_frame_set_foot (GS_FACE_FRAME (chip),
                          shielded ? GS_SIGN_UNDETERMINED : GS_SIGN_SUCCESSFUL, NULL, NULL,
                          shielded ? "unaltered, copy not excluded" : "genuine, unaltered");
  gs_face_frame_set_caption (GS_FACE_FRAME (gate), "Gate 3", "14:19:48");
  gs_face_frame_set_foot (GS_FACE_FRAME (gate), GS_SIGN_NONE, "gs-eye-off-symbolic", NULL,
                          "hidden until you have judged");
  gs_face_frame_set_caption (GS_FACE_FRAME (desk), "Desk, live", "one face, near, sharp, lit");
  gs_face_frame_set_foot (GS_FACE_FRAME (desk), GS_SIGN_NONE, "gs-passport-symbolic", "L898902C3",
                          "on the reader");
  picture = gs_face_frame_get_picture (GS_FACE_FRAME (desk));
  gs_face_picture_set_live (picture, !shielded);
  gs_face_picture_set_guides (picture, !shielded);
  gs_face_picture_set_frozen (picture, shielded);
  if (shielded)
    {
      gs_face_picture_set_band (gs_face_frame_get_picture (GS_FACE_FRAME (gate)),
                                "Attack suspected");
      gs_face_picture_set_cover (gs_face_frame_get_picture (GS_FACE_FRAME (chip)),
                                 GS_FACE_COVER_SHIELDED, "shielded, hold Space to read");
    }
  return box;
}

static GtkWidget *
chain (gboolean shielded)
{
  static const GsReasonChainContent face = {
    .why_title = "Face: compare",
    .why_text = "Gate 3 asks for an officer’s eyes. What it found, and its code, are hidden "
                "until you have judged.",
    .evidence = "Document, chip, cross-checks and background are successful.",
    .evidence_2 = "Glasses in the gate picture, none in the chip’s.",
    .next_strong = "Verify again, blind.",
    .next_text = "Ask for the glasses to be taken off. Then judge: same person, unsure, "
                 "different.",
    .say = "« Veuillez retirer vos lunettes et regarder la caméra, s’il vous plaît. »",
    .say_lang = "fr",
    .say_badge = "Français",
    .say_meaning = "Please take off your glasses and look at the camera."
  };
  static const GsReasonChainContent attack = {
    .why_title = "Priority 1 · B05",
    .why_text = "Presentation attack suspected at gate 3.",
    .evidence = "The gate’s attack detection failed.",
    .next_strong = "Keep the traveller at the desk. Call a second officer.",
    .next_text = "Admitting needs two officers.",
    .say = "안경을 벗고 카메라를 봐 주십시오.",
    .say_lang = "ko",
    .say_badge = "한국어",
    .say_meaning = "Please take off your glasses and look at the camera."
  };
  GtkWidget *widget = gs_reason_chain_new ();

  gs_reason_chain_update (GS_REASON_CHAIN (widget), shielded ? &attack : &face);
  gs_reason_chain_set_shielded (GS_REASON_CHAIN (widget), shielded);
  return widget;
}

static void
append (GListStore *store, GsCheckItem *item)
{
  g_list_store_append (store, item);
  g_object_unref (item);
}

static void
line (GsCheckItem *group, const char *title, GsSign sign)
{
  g_autoptr (GsCheckItem) item = gs_check_item_new (title, sign, NULL);

  gs_check_item_append (group, item);
}

static GtkWidget *
checks (void)
{
  g_autoptr (GListStore) groups = g_list_store_new (GS_TYPE_CHECK_ITEM);
  GtkWidget *tree = gs_check_tree_new ();
  GsCheckItem *group = gs_check_item_new_group ("Document", GS_SIGN_SUCCESSFUL, NULL, FALSE);

  line (group, "Not expired", GS_SIGN_SUCCESSFUL);
  append (groups, group);
  group = gs_check_item_new_group ("Chip", GS_SIGN_SUCCESSFUL, "genuine", TRUE);
  line (group, "Opened with PACE", GS_SIGN_SUCCESSFUL);
  line (group, "Signed by the issuer", GS_SIGN_SUCCESSFUL);
  line (group, "Signer trusted", GS_SIGN_FAILED);
  line (group, "Certificate in its period", GS_SIGN_UNDETERMINED);
  line (group, "Certificate not revoked", GS_SIGN_ABORTED);
  line (group, "Not a copy (active auth.)", GS_SIGN_NOT_SUPPORTED);
  append (groups, group);
  group = gs_check_item_new_group ("Background", GS_SIGN_SUCCESSFUL, NULL, TRUE);
  line (group, "Not reported lost or stolen", GS_SIGN_SUCCESSFUL);
  line (group, "No alert on the person", GS_SIGN_SUCCESSFUL);
  append (groups, group);
  group = gs_check_item_new_group ("Face at the gate", GS_SIGN_FAILED, NULL, TRUE);
  line (group, "Match with the chip picture", GS_SIGN_FAILED);
  gs_check_item_update (group, GS_SIGN_FAILED, NULL, "hidden until you have judged");
  append (groups, group);
  append (groups,
          gs_check_item_new_group ("Face at this desk", GS_SIGN_NOT_DONE, "not yet judged", FALSE));
  gs_check_tree_set_groups (GS_CHECK_TREE (tree), G_LIST_MODEL (groups));
  return tree;
}

static GtkWidget *
outcomes (void)
{
  static const char *const off[] = { "face not judged", NULL };
  static const char *const stamp[] = { "face not judged", "not yet admitted", NULL };
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gs_outcome_button_new ("Verify again", "blind, at this desk", "F5");

  gs_outcome_button_set_filled (GS_OUTCOME_BUTTON (button), TRUE);
  gtk_box_append (GTK_BOX (bar), button);
  button = gs_outcome_button_new ("Admit", NULL, "F7");
  gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (button), off);
  gtk_box_append (GTK_BOX (bar), button);
  gtk_box_append (GTK_BOX (bar), gs_outcome_button_new ("Second line", "with a note", "F8"));
  gtk_box_append (
    GTK_BOX (bar),
    gs_outcome_button_new ("More…", "back to a gate, left without decision, hand over", "F9"));
  button = gs_outcome_button_new ("Stamp", NULL, "F10");
  gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (button), stamp);
  gtk_box_append (GTK_BOX (bar), button);
  gtk_box_set_homogeneous (GTK_BOX (bar), TRUE);
  return bar;
}

GtkWidget *
gs_gallery_card (void)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *tree = checks ();

  gtk_widget_add_css_class (page, "gs-panel");
  gtk_widget_add_css_class (page, "gs-padded");
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

      gtk_widget_set_size_request (column, 740, -1);
      gtk_box_append (GTK_BOX (column), frames (i == 1));
      gtk_box_append (GTK_BOX (column), chain (i == 1));
      gtk_box_append (GTK_BOX (columns), column);
    }
  gtk_widget_set_size_request (tree, 364, -1);
  gtk_box_append (GTK_BOX (columns), tree);
  gtk_box_append (GTK_BOX (page), columns);
  gtk_box_append (GTK_BOX (page), outcomes ());
  return page;
}
