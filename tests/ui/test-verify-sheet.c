/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-build-config.h"
#include "gs-camera-text.h"
#include "gs-face-text.h"
#include "gs-fake-camera.h"
#include "gs-fake-face-engine.h"
#include "gs-privacy-shield.h"
#include "gs-test-desk.h"
#include "gs-ui.h"
#include "gs-verify.h"

#include <math.h>
#include <string.h>

/* The verify sheet over a desk whose hall, camera and engine do what a test says: what the officer,
 * and whoever reads the screen to the officer, is told at each moment. With
 * GATESIDE_PICTURES=FOLDER each moment is also saved as a picture. */

#define ZONE                                                                                       \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"                                                 \
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n"

/* The widths tell the fake engine which pair it is. */
#define CHIP_WIDTH 80
#define GATE_WIDTH 120

typedef struct
{
  TestDesk base;
  GsStation *station;
  GsFaceDesk *desk;
  GsFakeCamera *camera;
  GsFakeFaceEngine *engine;
  GsFakeFaceWatcher *watcher;
  GtkWidget *window;
  GsVerifySheet *sheet;
  guint readings;
} Fixture;

/* --- the desk --------------------------------------------------------------------------------- */

static void
set_evidence (Fixture *fixture, const char *name, int width)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, 160);
  g_autoptr (GBytes) jpeg = NULL;
  char *bytes = NULL;
  gsize length = 0;

  gdk_pixbuf_fill (pixbuf, 0x80604000);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "jpeg", NULL, NULL));
  jpeg = g_bytes_new_take (bytes, length);
  gs_fake_hall_set_evidence (fixture->base.hall, name, jpeg);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (gs_station_start_finish (GS_STATION (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static void
on_document_read (Fixture *fixture)
{
  fixture->readings++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *without = data != NULL ? data : "";
  TestDesk *base = &fixture->base;
  GsStationDevices devices = { .config = &base->config };
  gboolean started = FALSE;

  test_desk_set_up (base, NULL);
  set_evidence (fixture, "chip-face", CHIP_WIDTH);
  if (strstr (without, "gate") == NULL)
    set_evidence (fixture, "gate-face", GATE_WIDTH);
  fixture->camera = gs_fake_camera_new ("Desk camera");
  fixture->engine = gs_fake_face_engine_new ();
  fixture->watcher = gs_fake_face_watcher_new ();
  devices.hall = GS_HALL (base->hall);
  devices.store = base->store;
  devices.clock = base->clock;
  devices.camera = strstr (without, "camera") != NULL ? NULL : GS_CAMERA (fixture->camera);
  devices.face_engine =
    strstr (without, "engine") != NULL ? NULL : GS_FACE_ENGINE (fixture->engine);
  devices.face_watcher = GS_FACE_WATCHER (fixture->watcher);
  fixture->station = gs_station_new (&devices);
  fixture->desk = gs_station_get_face_desk (fixture->station);
  g_set_object (&base->book, gs_station_get_book (fixture->station));
  gs_station_start_async (fixture->station, NULL, on_started, &started);
  test_until (started);
  gs_station_set_session (fixture->station, base->officer);
  g_signal_connect_swapped (fixture->station, "document-read", G_CALLBACK (on_document_read),
                            fixture);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->sheet != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->sheet));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  gs_station_stop (fixture->station);
  g_object_run_dispose (G_OBJECT (fixture->station));
  g_clear_object (&fixture->station);
  g_clear_object (&fixture->camera);
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->watcher);
  test_desk_tear_down (&fixture->base, data);
}

static GsCase *
refer (Fixture *fixture, const char *reason)
{
  GsEvent *face = test_desk_event (&fixture->base, GS_EVENT_CROSSING_FACE, TEST_CROSSING);
  GsEvent *event;

  face->match = GS_CHECK_RESULT_FAILED;
  face->attack = GS_CHECK_RESULT_SUCCESSFUL;
  test_desk_apply (&fixture->base, face);
  event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_REFERRED, TEST_CROSSING);
  event->time_utc_ms = TEST_NOW - 10000;
  event->reasons = g_strsplit (reason, " ", -1);
  event->traveller = gs_traveller_new ();
  gs_traveller_set (&event->traveller->issuing_state, "UTO");
  gs_traveller_set (&event->traveller->document_number, "L898902C3");
  return test_desk_apply (&fixture->base, event);
}

static void
show_frames (Fixture *fixture)
{
  for (guint i = 0; i < GS_FACE_PROBE_MAX_FRAMES; i++)
    {
      gs_fake_camera_show_grey (fixture->camera, 320, 180, 100);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

/* The card, the passport, and the sheet. */
static void
open_sheet (Fixture *fixture, const char *reason, gboolean frames)
{
  gs_station_open (fixture->station, refer (fixture, reason));
  test_until (!gs_face_desk_is_loading (fixture->desk));
  gs_station_read_document (fixture->station, ZONE, strlen (ZONE), GS_READ_DEVICE, NULL);
  test_until (fixture->readings > 0);
  fixture->sheet = gs_verify_open (GTK_WINDOW (fixture->window), fixture->station, fixture->desk);
  gtk_window_present (GTK_WINDOW (fixture->sheet));
  if (frames)
    show_frames (fixture);
}

static void
press (Fixture *fixture, GsJudgement judgement)
{
  g_signal_emit_by_name (fixture->sheet, "answered", (int) judgement);
}

/* --- what is told ----------------------------------------------------------------------------- */

/* Every word of every widget below, shown or not: text, tooltip, and what assistive technology is
 * told of it. */
static void
collect (GtkWidget *widget, GString *words)
{
  g_autofree char *label = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "\x01");

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (words, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    g_string_append_printf (words, "%s\n", gtk_widget_get_tooltip_text (widget));
  if (label != NULL)
    g_string_append_printf (words, "%s\n", label);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, words);
}

static char *
dup_words (Fixture *fixture)
{
  GString *words = g_string_new (NULL);

  collect (GTK_WIDGET (fixture->sheet), words);
  return g_string_free (words, FALSE);
}

static gboolean
knows (Fixture *fixture, const char *text)
{
  g_autofree char *words = dup_words (fixture);

  return strstr (words, text) != NULL;
}

static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
says (Fixture *fixture, const char *text)
{
  return shows (GTK_WIDGET (fixture->sheet), text);
}

/* No score, threshold, code or result anywhere in the sheet. */
static void
assert_blind (Fixture *fixture, const char *code)
{
  static const char *const words[] = {
    ".80",    ".56",        ".42",      "Match",          "match .", "No match",
    "failed", "successful", "engine, ", "engines differ", "1 in "
  };

  g_assert_false (gs_face_desk_is_revealed (fixture->desk));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (knows (fixture, words[i]))
      {
        g_test_message ("The sheet tells “%s”", words[i]);
        g_test_fail ();
      }
  g_assert_false (knows (fixture, code));
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw (widget);
  return ++*(guint *) data < 6;
}

static void
picture (Fixture *fixture, const char *name)
{
  GtkWidget *window = GTK_WIDGET (fixture->sheet);
  const char *folder = g_getenv ("GATESIDE_PICTURES");
  g_autofree char *path = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint frames = 0;

  if (folder == NULL)
    return;
  gtk_widget_add_tick_callback (window, on_frame, &frames, NULL);
  test_until (frames >= 6);
  snapshot = gtk_snapshot_new ();
  paintable = gtk_widget_paintable_new (window);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_strdup_printf ("%s/verify-%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_agreement (Fixture *fixture, gconstpointer data)
{
  open_sheet (fixture, "B02", TRUE);
  test_until (says (fixture, "All results are hidden until you have answered both."));
  g_assert_true (says (fixture, "none: the officer observes the traveller"));
  g_assert_true (says (fixture, "L898902C3"));
  g_assert_true (says (fixture, "swiped here"));
  g_assert_false (says (fixture, "on the reader"));
  g_assert_true (says (fixture, "The picture is good."));
  assert_blind (fixture, "B02");
  picture (fixture, "judge");
  press (fixture, GS_JUDGEMENT_SAME);
  assert_blind (fixture, "B02");
  press (fixture, GS_JUDGEMENT_SAME);
  test_until (says (fixture, "Match .80"));
  test_until (says (fixture, "B02"));
  g_assert_true (says (fixture, "Recorded:"));
  test_until (says (fixture, "Match with the chip picture"));
  test_until (!gs_face_desk_is_comparing (fixture->desk));
  /* The sharpness, from 0 to 100. */
  g_assert_true (says (fixture, "77"));
  picture (fixture, "agreed");
}

/* The second officer is told as little as the first one was. */
static void
test_second_officer (Fixture *fixture, gconstpointer data)
{
  GsFaceRuling ruling;

  gs_fake_face_engine_say (fixture->engine, CHIP_WIDTH, GS_FACE_NO_MATCH);
  open_sheet (fixture, "B01", TRUE);
  press (fixture, GS_JUDGEMENT_SAME);
  press (fixture, GS_JUDGEMENT_SAME);
  test_until (says (fixture, "because this desk’s engine says no match."));
  picture (fixture, "second-needed");
  g_assert_true (gs_face_desk_begin_second (fixture->desk, fixture->base.second));
  test_until (says (fixture, "judges alone now."));
  g_assert_true (says (fixture, gs_session_get_display_name (fixture->base.second)));
  assert_blind (fixture, "B01");
  picture (fixture, "second");
  press (fixture, GS_JUDGEMENT_SAME);
  assert_blind (fixture, "B01");
  press (fixture, GS_JUDGEMENT_DIFFERENT);
  test_until (says (fixture, "The second officer does not agree."));
  gs_face_desk_get_ruling (fixture->desk, &ruling);
  g_assert_cmpint (ruling.step, ==, GS_FACE_STEP_SECOND_LINE);
  g_assert_false (gs_face_outcomes_is_on (gs_verify_sheet_get_outcomes (fixture->sheet), "admit"));
  picture (fixture, "second-refused");
}

/* Each picture is cut where the watcher found the eyes. */
static void
test_eyes (Fixture *fixture, gconstpointer data)
{
  open_sheet (fixture, "B02", TRUE);
  for (int place = GS_FACE_PLACE_CHIP; place < GS_FACE_N_PLACES; place++)
    {
      GsFaceFrame *frame =
        gs_face_judge_get_frame (gs_verify_sheet_get_judge (fixture->sheet), (GsFacePlace) place);

      test_until (gs_face_picture_get_eyes (gs_face_frame_get_picture (frame)).apart == 0.2);
    }
  press (fixture, GS_JUDGEMENT_SAME);
  press (fixture, GS_JUDGEMENT_SAME);
  test_until (gs_face_desk_is_revealed (fixture->desk));
  for (int place = GS_FACE_PLACE_CHIP; place < GS_FACE_N_PLACES; place++)
    {
      GsFaceFrame *frame = gs_face_compare_get_frame (gs_verify_sheet_get_compare (fixture->sheet),
                                                      (GsFacePlace) place);

      test_until (gs_face_picture_get_eyes (gs_face_frame_get_picture (frame)).apart == 0.2);
    }
}

/* A camera that nobody wants now is no trouble. */
static void
test_camera_off (void)
{
  g_assert_cmpstr (gs_camera_text_state (GS_CAMERA_OFF), ==, "Camera off");
  g_assert_cmpint (gs_camera_text_sign (GS_CAMERA_OFF), ==, GS_SIGN_NOT_SUPPORTED);
}

static void
test_comparing (Fixture *fixture, gconstpointer data)
{
  gs_fake_face_engine_hold (fixture->engine, TRUE);
  open_sheet (fixture, "B02", TRUE);
  press (fixture, GS_JUDGEMENT_SAME);
  press (fixture, GS_JUDGEMENT_SAME);
  test_until (says (fixture, "comparing…"));
  g_assert_false (says (fixture, "Match .80"));
  gs_fake_face_engine_hold (fixture->engine, FALSE);
  test_until (says (fixture, "Match .80"));
}

static void
test_guidance (Fixture *fixture, gconstpointer data)
{
  gs_fake_face_watcher_see (fixture->watcher, GS_FACE_TROUBLE_TOO_FAR | GS_FACE_TROUBLE_DARK, 0.2);
  open_sheet (fixture, "B02", TRUE);
  test_until (says (fixture, "Too far away. Ask the traveller to come nearer."));
  g_assert_true (says (fixture, "too dark"));
  g_assert_true (says (fixture, "Take this picture"));
  press (fixture, GS_JUDGEMENT_SAME);
  g_assert_cmpint (gs_face_desk_get_answer (fixture->desk, GS_FACE_PAIR_CHIP_DESK), ==, 0);
  picture (fixture, "guidance");
  gs_face_judge_capture (gs_verify_sheet_get_judge (fixture->sheet));
  show_frames (fixture);
  test_until (gs_face_desk_has_capture (fixture->desk));
  press (fixture, GS_JUDGEMENT_SAME);
  g_assert_cmpint (gs_face_desk_get_answer (fixture->desk, GS_FACE_PAIR_CHIP_DESK), ==,
                   GS_JUDGEMENT_SAME);
}

static void
test_camera_troubles (Fixture *fixture, gconstpointer data)
{
  open_sheet (fixture, "B02", TRUE);
  test_until (says (fixture, "Live") || says (fixture, "live"));
  gs_fake_camera_set_state (fixture->camera, GS_CAMERA_FROZEN, GS_CAMERA_TROUBLE_NONE);
  test_until (says (fixture, "The picture stands still"));
  picture (fixture, "frozen");
  gs_fake_camera_set_state (fixture->camera, GS_CAMERA_LOST, GS_CAMERA_TROUBLE_NO_DEVICE);
  test_until (says (fixture, "The camera is lost and tried again."));
  picture (fixture, "lost");
}

static void
test_without_camera (Fixture *fixture, gconstpointer data)
{
  open_sheet (fixture, "B02", FALSE);
  test_until (says (fixture, "No camera at this desk: look at the traveller."));
  picture (fixture, "no-camera");
  press (fixture, GS_JUDGEMENT_SAME);
  press (fixture, GS_JUDGEMENT_SAME);
  test_until (gs_face_desk_is_revealed (fixture->desk));
  test_until (says (fixture, "No decision"));
}

static void
test_without_engine (Fixture *fixture, gconstpointer data)
{
  open_sheet (fixture, "B02", TRUE);
  press (fixture, GS_JUDGEMENT_SAME);
  press (fixture, GS_JUDGEMENT_SAME);
  test_until (says (fixture, "No engine at this desk: your own judgement is recorded."));
  picture (fixture, "no-engine");
}

static void
test_without_gate_picture (Fixture *fixture, gconstpointer data)
{
  open_sheet (fixture, "B02", TRUE);
  test_until (says (fixture, "All results are hidden until you have answered."));
  press (fixture, GS_JUDGEMENT_SAME);
  test_until (says (fixture, "Match .80"));
}

static void
test_attack (Fixture *fixture, gconstpointer data)
{
  open_sheet (fixture, "B02", TRUE);
  gs_face_judge_toggle_attack (gs_verify_sheet_get_judge (fixture->sheet));
  g_assert_true (gs_face_desk_get_attack_seen (fixture->desk));
  test_until (says (fixture, "Attack seen, recorded"));
  press (fixture, GS_JUDGEMENT_SAME);
  press (fixture, GS_JUDGEMENT_SAME);
  test_until (says (fixture, "because an attack is suspected."));
  g_assert_true (says (fixture, "the officer saw an attack"));
}

/* F12: the sheet goes from the screen, and comes back as it was. */
static void
test_shield (Fixture *fixture, gconstpointer data)
{
  GsWindow *window = gs_window_new (GTK_APPLICATION (g_application_get_default ()));
  g_autoptr (GsPrivacyShield) shield = gs_privacy_shield_new (window);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  fixture->window = GTK_WIDGET (window);
  gtk_window_present (GTK_WINDOW (window));
  open_sheet (fixture, "B02", TRUE);
  press (fixture, GS_JUDGEMENT_SAME);
  gs_privacy_shield_toggle (shield);
  g_assert_true (gs_window_get_blanked (window));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->sheet)));
  gs_privacy_shield_toggle (shield);
  g_assert_false (gs_window_get_blanked (window));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->sheet)));
  test_until (says (fixture, "Is it the same person?"));
}

static void
test_error_words (void)
{
  static const struct
  {
    GsFaceErrorRates rates;
    const char *match;
    const char *non_match;
  } rows[] = {
    { { 1.4e-3, 0.018, 0.0015, 0.041, 501 }, "<b>1 in 700</b>", "(between 1 in 670 and 1 in 24)" },
    { { 0.5, 0.1, NAN, NAN, 10 }, "<b>1 in 2</b>", "<b>1 in 10</b> stay below it." },
    { { NAN, NAN, NAN, NAN, 0 }, "is not known", "is not known" },
    { { 0, 0.01, NAN, NAN, 400 }, "No pair of different people", "<b>1 in 100</b>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *match = gs_face_text_false_match (&rows[i].rates);
      g_autofree char *non_match = gs_face_text_false_non_match (&rows[i].rates);

      g_test_message ("%s %s", match, non_match);
      g_assert_nonnull (strstr (match, rows[i].match));
      g_assert_nonnull (strstr (non_match, rows[i].non_match));
    }
}

static void
test_score_words (void)
{
  static const struct
  {
    double score;
    const char *words;
  } rows[] = { { 0.64, ".64" }, { 1, "1.00" },  { 0, ".00" },    { -0.12, "−.12" },
               { NAN, "–" },    { 63.7, "64" }, { 0.555, ".56" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = gs_face_text_score (rows[i].score);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

#define add(path, func, without)                                                                   \
  g_test_add ("/ui/verify-sheet/" path, Fixture, without, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  gs_ui_init ();
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", GS_APPLICATION_ID, "flags",
                              G_APPLICATION_NON_UNIQUE, NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_set_default (G_APPLICATION (application));
  g_test_add_func ("/ui/face-text/errors", test_error_words);
  g_test_add_func ("/ui/face-text/score", test_score_words);
  add ("agreement", test_agreement, NULL);
  add ("second-officer", test_second_officer, NULL);
  add ("comparing", test_comparing, NULL);
  add ("guidance", test_guidance, NULL);
  add ("camera-troubles", test_camera_troubles, NULL);
  add ("without-camera", test_without_camera, "camera");
  add ("without-engine", test_without_engine, "engine");
  add ("without-gate-picture", test_without_gate_picture, "gate");
  add ("attack", test_attack, NULL);
  add ("eyes", test_eyes, NULL);
  g_test_add_func ("/ui/verify-sheet/camera-off", test_camera_off);
  add ("shield", test_shield, NULL);
  return g_test_run ();
}
