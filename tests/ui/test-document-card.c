/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-build-config.h"
#include "gs-desk-status.h"
#include "gs-document-bar.h"
#include "gs-document-text.h"
#include "gs-evidence-text.h"
#include "gs-evidence-window.h"
#include "gs-fake-chip-reader.h"
#include "gs-inspection-view.h"
#include "gs-remark-text.h"
#include "gs-test-desk.h"
#include "gs-test-passports.h"
#include "gs-trust-store.h"
#include "gs-ui.h"

#include <glib/gstdio.h>
#include <string.h>

/* The card while a passport lies on the reader: what the officer reads at each moment. With
 * GATESIDE_PICTURES=FOLDER each moment is also saved as a picture. */

static GsTestPassports *passports;

typedef struct
{
  TestDesk base;
  GsStation *station;
  GsFakeChipReader *reader;
  GsDocumentDesk *desk;
  GtkWidget *window;
  char *damaged; /* a file that is no trust store */
} Fixture;

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (gs_station_start_finish (GS_STATION (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;
  GsStationDevices devices = { 0 };
  gboolean started = FALSE;

  test_desk_set_up (base, data);
  base->config.trust_store = (char *) gs_test_passports_get_trust_store (passports);
  if (g_strcmp0 (data, "empty") == 0)
    base->config.trust_store = NULL;
  if (g_strcmp0 (data, "damaged") == 0)
    {
      fixture->damaged = g_build_filename (g_get_tmp_dir (), "gateside-damaged-XXXXXX", NULL);
      g_close (g_mkstemp (fixture->damaged), NULL);
      g_assert_true (g_file_set_contents (fixture->damaged, "no store", -1, NULL));
      base->config.trust_store = fixture->damaged;
      /* That it cannot be used is said to the log too. */
      g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
    }
  fixture->reader = gs_fake_chip_reader_new ();
  devices.config = &base->config;
  devices.hall = GS_HALL (base->hall);
  devices.store = base->store;
  devices.clock = base->clock;
  devices.reader = GS_CHIP_READER (fixture->reader);
  fixture->station = gs_station_new (&devices);
  fixture->desk = gs_station_get_document_desk (fixture->station);
  gs_station_start_async (fixture->station, NULL, on_started, &started);
  test_until (started);
  gs_station_set_session (fixture->station, base->officer);
  g_set_object (&base->book, gs_station_get_book (fixture->station));
  fixture->window = gtk_window_new ();
  gtk_widget_add_css_class (fixture->window, "gs-station");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), gs_inspection_view_new (fixture->station));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  gs_station_stop (fixture->station);
  g_object_run_dispose (G_OBJECT (fixture->station));
  g_clear_object (&fixture->station);
  g_clear_object (&fixture->reader);
  fixture->base.config.trust_store = NULL;
  if (fixture->damaged != NULL)
    g_unlink (fixture->damaged);
  g_clear_pointer (&fixture->damaged, g_free);
  test_desk_tear_down (&fixture->base, data);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw (widget);
  return ++*(guint *) data < 6;
}

static void
picture (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("GATESIDE_PICTURES");
  g_autofree char *path = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint frames = 0;
  int w, h;

  gtk_widget_add_tick_callback (window, on_frame, &frames, NULL);
  test_until (frames >= 6);
  if (folder == NULL)
    return;
  w = gtk_widget_get_width (window);
  h = gtk_widget_get_height (window);
  paintable = gtk_widget_paintable_new (window);
  gdk_paintable_snapshot (paintable, snapshot, w, h);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) w, (float) h));
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* The first label below that has this text and is shown. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static GsCase *
begin (Fixture *fixture, const char *variant)
{
  GsTestPassport *passport = gs_test_passports_issue (passports, variant, 6);
  const char *lines = gs_test_passport_get_lines (passport);
  GsEvent *event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_REFERRED, TEST_CROSSING);
  g_autoptr (GsChipTransport) chip = gs_test_passport_lay (passport);
  GsCase *item;

  event->reasons = g_strsplit ("E02", " ", -1);
  event->traveller = gs_test_passport_dup_traveller (passport);
  item = test_desk_apply (&fixture->base, event);
  gs_station_read_document (fixture->station, lines, strlen (lines), GS_READ_DEVICE, NULL);
  test_until (gs_station_get_current (fixture->station) == item);
  gs_fake_chip_reader_lay (fixture->reader, chip);
  return item;
}

static void
expect (Fixture *fixture, const char *variant, const char *headline)
{
  GsCase *item = begin (fixture, variant);

  test_until (gs_document_desk_get_state (fixture->desk) == GS_DOCUMENT_DESK_DONE);
  g_assert_nonnull (gs_case_get_document (item));
  test_until (says (fixture->window, headline));
  picture (fixture->window, variant);
}

static void
test_genuine (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "genuine", "Genuine");
  g_assert_true (says (fixture->window, "read here"));
  g_assert_true (says (fixture->window, gs_desk_document_get_own_name (gs_case_get_document (
                                          gs_station_get_current (fixture->station)))));
}

static void
test_altered (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "tampered-dg2", "Altered");
  test_until (says (fixture->window, "C09"));
}

/* As after a start: what it came to stands, and where its evidence is. */
static void
test_read_before (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "tampered-dg2", "Altered");
  g_assert_false (says (fixture->window, "Read before"));
  gs_case_set_document (gs_station_get_current (fixture->station), NULL);
  test_until (says (fixture->window, "Read before"));
  g_assert_true (says (fixture->window, "Altered"));
  picture (fixture->window, "read-before");
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "cloned-aa", "A copy");
}

/* The document has expired; its chip is as good as before. */
static void
test_expired (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "expired-document", "Expired");
  test_until (says (fixture->window, "genuine, unaltered"));
}

/* A finding of the desk beside a reason of the face: what the gate found of the face is told
 * neither among the checks nor as evidence before the officer has judged. */
static void
test_face_stays_hidden (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = gs_test_passports_issue (passports, "cloned-aa", 6);
  const char *lines = gs_test_passport_get_lines (passport);
  GsEvent *event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_REFERRED, TEST_CROSSING);
  g_autoptr (GsChipTransport) chip = gs_test_passport_lay (passport);

  event->reasons = g_strsplit ("B01", " ", -1);
  event->traveller = gs_test_passport_dup_traveller (passport);
  event->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  g_ptr_array_add (event->checks, gs_check_new ("face-match", GS_CHECK_RESULT_FAILED, "B01", NULL));
  test_desk_apply (&fixture->base, event);
  gs_station_read_document (fixture->station, lines, strlen (lines), GS_READ_DEVICE, NULL);
  gs_fake_chip_reader_lay (fixture->reader, chip);
  test_until (says (fixture->window, "A copy"));
  test_until (says (fixture->window, "C07  Chip not genuine"));
  g_assert_true (says (fixture->window, "hidden until you have judged"));
  g_assert_false (says (fixture->window, "Match with the chip picture"));
}

static void
test_undetermined (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "nusquama", "Signer unknown");
}

static void
test_unaltered (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "no-proof", "Unaltered, copy not excluded");
  g_assert_false (says (fixture->window, "Genuine"));
}

/* What lowers no result stands at its check, with what to do. */
static void
expect_remark (Fixture *fixture, const char *variant, const char *sentence, const char *next)
{
  g_autofree char *line = g_strdup_printf ("%s %s", sentence, next);

  expect (fixture, variant, "remark among the checks");
  test_until (says (fixture->window, line));
}

static void
test_two_signers (Fixture *fixture, gconstpointer data)
{
  expect_remark (fixture, "two-signers",
                 "It is signed more than once; the chain was followed from the first signature "
                 "alone.",
                 "Look at the document by hand.");
  g_assert_true (says (fixture->window, "Genuine"));
  g_assert_false (says (fixture->window, "undetermined"));
}

static void
test_weak (Fixture *fixture, gconstpointer data)
{
  expect_remark (fixture, "weak-sha1", "An algorithm is weak: with much effort it can be forged.",
                 "Look at the document by hand.");
}

static void
test_known_defect (Fixture *fixture, gconstpointer data)
{
  expect_remark (fixture, "sod-id-data", "C11 Known production defect.",
                 "Look at the document by hand.");
  g_assert_true (says (fixture->window, "Genuine"));
}

/* A genuine one has nothing to remark, though it is a specimen. */
static void
test_no_remark (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "genuine", "Genuine");
  g_assert_false (says (fixture->window, "remark"));
}

/* A picture that cannot be shown is said to be read, and why it is not seen. */
static void
test_no_picture (Fixture *fixture, gconstpointer data)
{
  GsCase *item = begin (fixture, "picture-garbage");

  test_until (gs_document_desk_get_state (fixture->desk) == GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (gs_desk_document_get_picture_state (gs_case_get_document (item)), ==,
                   GS_PICTURE_DAMAGED);
  test_until (says (fixture->window, "read here: damaged"));
  picture (fixture->window, "picture-garbage");
}

static void
test_reading (Fixture *fixture, gconstpointer data)
{
  gs_fake_chip_reader_hold_at (fixture->reader, GS_CHIP_FILE_DG2);
  begin (fixture, "genuine");
  test_until (gs_fake_chip_reader_is_held (fixture->reader));
  test_until (says (fixture->window, "Reading the picture, "));
  g_assert_true (says (fixture->window, "Cancel"));
  picture (fixture->window, "reading");
  gs_fake_chip_reader_remove (fixture->reader);
  test_until (says (fixture->window, "Taken away too early"));
  picture (fixture->window, "taken-away");
}

static void
test_wants_zone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsChipTransport) chip =
    gs_test_passport_lay (gs_test_passports_issue (passports, "genuine", 7));

  gs_fake_chip_reader_lay (fixture->reader, chip);
  test_until (says (fixture->window, "Swipe the MRZ: it opens the chip."));
  picture (fixture->window, "wants-zone");
}

static void
test_evidence (Fixture *fixture, gconstpointer data)
{
  GsCase *item = begin (fixture, "tampered-dg2");
  const GsVerdict *check;
  GtkWindow *window;

  test_until (gs_case_get_document (item) != NULL);
  check = gs_verdict_find (gs_desk_document_get_verdict (gs_case_get_document (item)),
                           "chip-data-unaltered");
  window = gs_evidence_window_new (GTK_WINDOW (fixture->window), check);
  gtk_window_present (window);
  test_until (says (GTK_WIDGET (window), "Chip data unaltered"));
  g_assert_true (says (GTK_WIDGET (window), "Send to the second line."));
  g_assert_true (says (GTK_WIDGET (window), "Hash of what was read"));
  g_assert_true (says (GTK_WIDGET (window), "hash-differs"));
  picture (GTK_WIDGET (window), "evidence");
  gtk_window_destroy (window);
}

/* --- the evidence outside of the program ------------------------------------------------------ */

static GsEvidenceWindow *
open_evidence (Fixture *fixture, GsCase *item, const char *name)
{
  const GsVerdict *check =
    gs_verdict_find (gs_desk_document_get_verdict (gs_case_get_document (item)), name);
  GtkWindow *window = gs_evidence_window_new (GTK_WINDOW (fixture->window), check);

  gtk_window_present (window);
  return GS_EVIDENCE_WINDOW (window);
}

/* The button or check with that label. */
static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  if (GTK_IS_CHECK_BUTTON (widget)
      && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
on_exported (GsEvidenceWindow *window, gboolean file, gboolean personal, GString *told)
{
  g_string_append_printf (told, "%s%s;", file ? "file" : "clipboard", personal ? " personal" : "");
}

static char *
save (GsEvidenceWindow *window)
{
  g_autofree char *folder = g_dir_make_tmp ("gateside-evidence-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "evidence.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *text = NULL;

  gs_evidence_window_save (window, file);
  test_until (says (GTK_WIDGET (window), "Saved."));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return text;
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  GsCase *item = begin (fixture, "tampered-dg2");
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *bare = NULL;
  g_autofree char *full = NULL;
  GsEvidenceWindow *window;

  test_until (gs_case_get_document (item) != NULL);
  window = open_evidence (fixture, item, "chip-data-unaltered");
  g_signal_connect (window, "exported", G_CALLBACK (on_exported), told);
  test_until (says (GTK_WIDGET (window), "Hash that was signed"));
  /* Nothing that tells of the holder leaves without being chosen. */
  bare = save (window);
  g_assert_nonnull (strstr (bare, "Chip data unaltered: failed"));
  g_assert_nonnull (strstr (bare, "C09"));
  g_assert_nonnull (strstr (bare, "left out"));
  g_assert_null (strstr (bare, "Hash that was signed"));
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (
      find_button (GTK_WIDGET (window), "Copy and save what tells of the holder too")),
    TRUE);
  full = save (window);
  g_assert_nonnull (strstr (full, "Hash that was signed"));
  g_assert_null (strstr (full, "left out"));
  gtk_widget_activate (find_button (GTK_WIDGET (window), "Copy"));
  test_until (says (GTK_WIDGET (window), "Copied."));
  g_assert_cmpstr (told->str, ==, "file;file personal;clipboard personal;");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The certificates go along; they are the state's, not the holder's. */
static void
test_export_certificates (Fixture *fixture, gconstpointer data)
{
  GsCase *item = begin (fixture, "genuine");
  g_autofree char *text = NULL;
  GsEvidenceWindow *window;

  test_until (gs_case_get_document (item) != NULL);
  window = open_evidence (fixture, item, "signer-trusted");
  text = save (window);
  g_assert_nonnull (strstr (text, "Signer’s certificate, SHA-256"));
  g_assert_nonnull (strstr (text, "-----BEGIN CERTIFICATE-----"));
  picture (GTK_WIDGET (window), "evidence-certificates");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- the reader in the header ----------------------------------------------------------------- */

/* A popover's text is there before it opens. */
static gboolean
holds (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (holds (child, text))
      return TRUE;
  return FALSE;
}

static void
test_status (Fixture *fixture, gconstpointer data)
{
  GsWindow *window = gs_window_new (GTK_APPLICATION (g_application_get_default ()));
  GtkWidget *widget = GTK_WIDGET (window);

  test_until (gs_document_desk_get_trust (fixture->desk) != GS_TRUST_LOADING);
  gs_desk_status_show_reader (window, fixture->station, NULL);
  g_assert_true (holds (widget, "Lay a document down: its chip is read by itself."));
  if (g_strcmp0 (data, "empty") == 0)
    {
      g_assert_true (holds (widget, "No authorities"));
      g_assert_true (holds (widget, "The trust store is empty: no chip can be found genuine."));
    }
  else if (g_strcmp0 (data, "damaged") == 0)
    {
      g_assert_true (holds (widget, "Trust store damaged"));
      g_assert_true (holds (widget, "The trust store cannot be read"));
    }
  else
    g_assert_true (holds (widget, "Trust store: 2 authorities, as of 2026-11-18."));
  /* What the reader lacks comes before what the store lacks; its popover tells both. */
  gs_fake_chip_reader_set_state (fixture->reader, GS_CHIP_READER_ABSENT);
  gs_desk_status_show_reader (window, fixture->station, NULL);
  g_assert_true (holds (widget, "Chip reader away"));
  g_assert_true (holds (widget, "Plug it in."));
  g_assert_true (holds (widget, "rust store"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- words for every key ---------------------------------------------------------------------- */

static guint
expect_words (const GsVerdict *check, const char *variant)
{
  guint n = gs_verdict_get_n_evidence (check);

  for (guint i = 0; i < gs_verdict_get_n_evidence (check); i++)
    {
      const char *key = gs_verdict_get_evidence (check, i)->key;
      g_autofree char *words = gs_evidence_text_key (key);

      if (words == NULL)
        g_error ("%s: nobody can read the key “%s”", variant, key);
    }
  for (guint i = 0; i < gs_verdict_get_n_warnings (check); i++)
    if (gs_remark_text_sentence (gs_verdict_get_warning_code (check, i)) == NULL)
      g_error ("%s: there is no sentence for the warning “%s”", variant,
               gs_verdict_get_warning_code (check, i));
  for (guint i = 0; i < gs_verdict_get_n_children (check); i++)
    n += expect_words (gs_verdict_get_child (check, i), variant);
  return n;
}

/* Every passport that the authority makes, judged without a station: each key of the evidence has a
 * name and each warning a sentence. */
static void
test_words (void)
{
  g_autofree const char **names = gs_test_passports_list_variants ();
  g_autoptr (GsTrustStore) store =
    gs_trust_store_open (gs_test_passports_get_trust_store (passports), NULL);
  g_autoptr (GsAnchorSet) anchors = gs_anchor_set_new ();
  guint n_variants = 0;

  gs_trust_store_add_anchors (store, anchors);
  g_assert_null (gs_evidence_text_key ("no_such_key"));
  for (const char **name = names; *name != NULL; name++)
    {
      GsTestPassport *passport = gs_test_passports_issue (passports, *name, 3);
      GsDeskDocumentInput input = {
        .reading = gs_test_passport_read (passport),
        .optical = gs_test_passport_get_zone (passport),
        .anchors = anchors,
        .revocation_lists = gs_trust_store_get_revocation_lists (store),
        .now_utc_ms = TEST_NOW,
        .today = { 2026, 11, 18 },
      };
      g_autoptr (GsDeskDocument) document = NULL;

      input.gate = input.optical;
      document = gs_desk_document_new (&input);

      g_assert_cmpuint (expect_words (gs_desk_document_get_verdict (document), *name), >, 0);
      n_variants++;
    }
  g_assert_cmpuint (n_variants, >=, 64);
}

#define add(path, func)                                                                            \
  g_test_add ("/ui/document-card/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  gs_ui_init ();
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", GS_APPLICATION_ID, "flags",
                              G_APPLICATION_NON_UNIQUE, NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  if (g_getenv ("GATESIDE_DARK") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  passports = gs_test_passports_new (TEST_NOW / 1000);
  add ("genuine", test_genuine);
  add ("altered", test_altered);
  add ("read-before", test_read_before);
  add ("copy", test_copy);
  add ("expired", test_expired);
  add ("face-stays-hidden", test_face_stays_hidden);
  add ("undetermined", test_undetermined);
  add ("unaltered", test_unaltered);
  add ("two-signers", test_two_signers);
  add ("weak", test_weak);
  add ("known-defect", test_known_defect);
  add ("no-remark", test_no_remark);
  add ("no-picture", test_no_picture);
  add ("reading", test_reading);
  add ("wants-zone", test_wants_zone);
  add ("evidence", test_evidence);
  add ("export", test_export);
  add ("export-certificates", test_export_certificates);
  add ("status", test_status);
  g_test_add ("/ui/document-card/status-empty", Fixture, "empty", set_up, test_status, tear_down);
  g_test_add ("/ui/document-card/status-damaged", Fixture, "damaged", set_up, test_status,
              tear_down);
  g_test_add_func ("/ui/document-card/words", test_words);
  result = g_test_run ();
  gs_test_passports_free (passports);
  return result;
}
