/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-check-tree.h"
#include "gs-build-config.h"
#include "gs-countdown.h"
#include "gs-engine-page.h"
#include "gs-feed-row.h"
#include "gs-gate-tile.h"
#include "gs-label.h"
#include "gs-load-meter.h"
#include "gs-outcome-button.h"
#include "gs-privacy-text.h"
#include "gs-queue-row.h"
#include "gs-reason-chain.h"
#include "gs-sign-view.h"
#include "gs-status-item.h"
#include "gs-stamp-preview.h"
#include "gs-ui.h"

#include <adwaita.h>
#include <string.h>

#define DEADLINE_US (5 * G_USEC_PER_SEC)

static const GsQueueRowContent plain_case = { .kind = GS_QUEUE_ROW_CASE,
                                              .priority = 3,
                                              .code = "D06",
                                              .title = "Document expired",
                                              .name = "Ferreira, Luísa",
                                              .place = "gate 2",
                                              .waiting = "0:51" };

static void
set_text_scale (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
}

/* Puts the widget into a mapped window of that width. Transfer full. */
static GtkWidget *
show (GtkWidget *widget, int width)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gint64 end = g_get_monotonic_time () + DEADLINE_US;

  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), widget);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 800);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  while ((!gtk_widget_get_mapped (widget) || gtk_widget_get_width (widget) == 0)
         && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gtk_widget_get_width (widget), >, 0);
  return window;
}

static void
close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef void (*Visit) (GtkLabel *label, gpointer data);

static void
each_label (GtkWidget *widget, Visit visit, gpointer data)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    visit (GTK_LABEL (widget), data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    each_label (child, visit, data);
}

static void
collect (GtkLabel *label, gpointer data)
{
  g_string_append_printf (data, "%s\n", gtk_label_get_text (label));
}

/* Everything that the eye can read in it. Transfer full. */
static char *
all_text (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);

  each_label (widget, collect, text);
  return g_string_free (text, FALSE);
}

static void
not_clipped (GtkLabel *label, gpointer data)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width;
  int height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout) || width > gtk_widget_get_width (GTK_WIDGET (label))
      || height > gtk_widget_get_height (GTK_WIDGET (label)))
    {
      g_test_message ("clipped: “%s”", gtk_label_get_text (label));
      g_test_fail ();
    }
}

static int
height_of (GtkWidget *widget, int width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
assert_name (gpointer widget, const char *name)
{
  g_autofree char *found = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  g_assert_cmpstr (found, ==, NULL);
}

static GtkWidget *
queue_row (const GsQueueRowContent *content)
{
  GtkWidget *row = gs_queue_row_new ();

  gs_queue_row_update (GS_QUEUE_ROW (row), content);
  return row;
}

static void
test_heights (void)
{
  GsQueueRowContent member = plain_case;
  const GsGateTileContent gate = { "4", GS_GATE_TILE_FAULT, NULL, "reader, 3:15", NULL };
  const GsFeedRowContent line = {
    "14:22:05", "2", GS_SIGN_ADMITTED, NULL, "森 admitted", 0, "7 s"
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *rows[5];
  const int heights[] = { 64, 40, 76, 32, 60 };
  GtkWidget *window;

  member.kind = GS_QUEUE_ROW_GROUP_MEMBER;
  rows[0] = queue_row (&plain_case);
  rows[1] = queue_row (&member);
  rows[2] = gs_gate_tile_new ();
  gs_gate_tile_update (GS_GATE_TILE (rows[2]), &gate);
  rows[3] = gs_feed_row_new ();
  gs_feed_row_update (GS_FEED_ROW (rows[3]), &line);
  rows[4] = gs_outcome_button_new ("Admit", "and open the gate", "F7");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_box_append (GTK_BOX (box), rows[i]);
  window = show (box, 368);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (height_of (rows[i], 368), ==, heights[i]);
  close_window (window);
}

static void
test_large_text (void)
{
  static const char *const reasons[] = { "no link", "two officers", "not yet admitted", NULL };
  const GsGateTileContent gate = { "4", GS_GATE_TILE_FAULT, NULL, "reader, 3:15", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tile = gs_gate_tile_new ();
  GtkWidget *button = gs_outcome_button_new ("Second line", "with a note", "F8");
  GtkWidget *off = gs_outcome_button_new ("Stamp", NULL, "F10");
  GtkWidget *window;

  set_text_scale (2);
  gs_gate_tile_update (GS_GATE_TILE (tile), &gate);
  gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (off), reasons);
  gtk_box_append (GTK_BOX (box), queue_row (&plain_case));
  gtk_box_append (GTK_BOX (box), tile);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), off);
  window = show (box, 420);
  each_label (box, not_clipped, NULL);
  close_window (window);
  set_text_scale (1);
}

static void
test_face_compare_says_nothing (void)
{
  GsQueueRowContent content = plain_case;
  GtkWidget *row;
  GtkWidget *window;
  g_autofree char *text = NULL;

  content.code = "B01";
  content.title = "Face below threshold";
  content.priority = 2;
  content.face_compare = TRUE;
  row = queue_row (&content);
  window = show (row, 368);
  text = all_text (row);
  g_assert_null (strstr (text, "B01"));
  g_assert_null (strstr (text, "threshold"));
  g_assert_nonnull (strstr (text, "Face: compare"));
  assert_name (row, "Priority 2, Face: compare, Ferreira, Luísa, gate 2, waiting 0:51");
  close_window (window);
}

static void
test_shielded_row (void)
{
  GsQueueRowContent content = plain_case;
  GtkWidget *row;
  GtkWidget *window;
  g_autofree char *text = NULL;

  content.code = "B05";
  content.title = "Presentation attack suspected";
  content.priority = 1;
  content.shielded = TRUE;
  row = queue_row (&content);
  window = show (row, 368);
  text = all_text (row);
  g_assert_null (strstr (text, "attack"));
  g_assert_nonnull (strstr (text, "B05"));
  assert_name (row, "Priority 1, B05, Ferreira, Luísa, gate 2, waiting 0:51");
  close_window (window);
}

static void
test_shielded_chain (void)
{
  const GsReasonChainContent content = { .why_title = "Priority 1 · B05",
                                         .why_text = "Presentation attack suspected.",
                                         .evidence = "Attack detection failed.",
                                         .next_strong = "Call a second officer." };
  GtkWidget *chain = gs_reason_chain_new ();
  GtkWidget *window;
  g_autofree char *hidden = NULL;
  g_autofree char *shown = NULL;

  gs_reason_chain_update (GS_REASON_CHAIN (chain), &content);
  gs_reason_chain_set_shielded (GS_REASON_CHAIN (chain), TRUE);
  window = show (chain, 700);
  hidden = all_text (chain);
  g_assert_null (strstr (hidden, "ttack"));
  g_assert_nonnull (strstr (hidden, "Call a second officer."));
  gs_reason_chain_set_shielded (GS_REASON_CHAIN (chain), FALSE);
  shown = all_text (chain);
  g_assert_nonnull (strstr (shown, "Presentation attack suspected."));
  close_window (window);
}

static void
test_load_hysteresis (void)
{
  GtkWidget *meter = g_object_ref_sink (gs_load_meter_new ());
  GsLoadMeter *load = GS_LOAD_METER (meter);
  const guint values[] = { 9, 10, 6, 5, 9 };
  const gboolean flood[] = { FALSE, TRUE, TRUE, FALSE, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      gs_load_meter_update (load, &values[i], 1, NULL);
      g_assert_cmpint (gs_load_meter_get_flood (load), ==, flood[i]);
    }
  g_object_unref (meter);
}

static void
test_countdown_states (void)
{
  static const struct
  {
    GsCountdownReading reading;
    GsCountdownState state;
  } cases[] = {
    { { TRUE, FALSE, 600001, 0, FALSE }, GS_COUNTDOWN_OPEN },
    { { TRUE, FALSE, 600000, 0, FALSE }, GS_COUNTDOWN_SOON },
    { { TRUE, FALSE, 120001, 0, FALSE }, GS_COUNTDOWN_SOON },
    { { TRUE, FALSE, 120000, 0, FALSE }, GS_COUNTDOWN_LAST },
    { { TRUE, FALSE, 1, 0, FALSE }, GS_COUNTDOWN_LAST },
    { { TRUE, FALSE, 0, 0, FALSE }, GS_COUNTDOWN_CLOSED },
    { { TRUE, TRUE, 600001, 0, FALSE }, GS_COUNTDOWN_CLOSED },
    { { FALSE, FALSE, 600001, 0, FALSE }, GS_COUNTDOWN_NOT_KNOWN },
    { { FALSE, TRUE, 0, 0, FALSE }, GS_COUNTDOWN_CLOSED },
    { { TRUE, FALSE, 600001, 0, TRUE }, GS_COUNTDOWN_STAMPED },
    { { FALSE, TRUE, 0, 0, TRUE }, GS_COUNTDOWN_STAMPED },
  };
  static const struct
  {
    gint64 remaining_ms;
    const char *text;
  } formats[] = { { 473000, "07:53" }, { 472001, "07:53" }, { 6173000, "1:42:53" },
                  { 1, "00:01" },      { 0, "00:00" },      { -5, "00:00" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (gs_countdown_state (&cases[i].reading), ==, cases[i].state);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text = gs_countdown_format (formats[i].remaining_ms);

      g_assert_cmpstr (text, ==, formats[i].text);
    }
}

static void
read_stale (GsCountdownReading *reading, gpointer user_data)
{
  *reading = (GsCountdownReading){ .remaining_ms = 413000 };
}

static void
test_countdown_not_known (void)
{
  const GsCountdownText words = { .why = "UT 418, boarding closes 14:30", .as_of = "14:22:53" };
  GtkWidget *countdown = gs_countdown_new (FALSE);
  GtkWidget *window;
  g_autofree char *text = NULL;

  gs_countdown_set_text (GS_COUNTDOWN (countdown), &words);
  gs_countdown_set_func (GS_COUNTDOWN (countdown), read_stale, NULL, NULL);
  window = show (countdown, 520);
  text = all_text (countdown);
  g_assert_nonnull (strstr (text, "≤ 06:53"));
  g_assert_nonnull (strstr (text, "as of 14:22:53"));
  g_assert_true (gtk_widget_has_css_class (countdown, "not-known"));
  close_window (window);
}

static void
read_stamped (GsCountdownReading *reading, gpointer user_data)
{
  guint *count = user_data;

  *count += 1;
  *reading = (GsCountdownReading){ .known = TRUE, .remaining_ms = 270030, .stamped = TRUE };
}

/* What is on the page does not run out: the time of the print stands, and nobody is asked again. */
static void
test_countdown_stamped (void)
{
  const GsCountdownText words = { .why = "Desk 3", .stamped = "14:22:07" };
  GtkWidget *countdown = gs_countdown_new (FALSE);
  guint count = 0;
  guint before;
  GtkWidget *window;
  g_autofree char *text = NULL;
  gint64 end;

  gs_countdown_set_text (GS_COUNTDOWN (countdown), &words);
  gs_countdown_set_func (GS_COUNTDOWN (countdown), read_stamped, &count, NULL);
  window = show (countdown, 520);
  text = all_text (countdown);
  g_assert_nonnull (strstr (text, "Stamp printed"));
  g_assert_nonnull (strstr (text, "14:22:07"));
  g_assert_null (strstr (text, "04:31"));
  before = count;
  end = g_get_monotonic_time () + 100 * 1000;
  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpuint (count, ==, before);
  close_window (window);
}

static void
read_and_count (GsCountdownReading *reading, gpointer user_data)
{
  guint *count = user_data;

  *count += 1;
  /* 30 ms before the turn of a second. */
  *reading = (GsCountdownReading){ .known = TRUE, .remaining_ms = 270030 };
}

static void
test_countdown_asks_while_shown (void)
{
  GtkWidget *countdown = gs_countdown_new (TRUE);
  GtkWidget *window;
  guint count = 0;
  guint after;
  gint64 end;

  gs_countdown_set_func (GS_COUNTDOWN (countdown), read_and_count, &count, NULL);
  window = show (countdown, 300);
  end = g_get_monotonic_time () + DEADLINE_US;
  while (count < 4 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count, >=, 4);
  gtk_widget_set_visible (countdown, FALSE);
  after = count;
  end = g_get_monotonic_time () + 100 * 1000;
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (count, ==, after);
  close_window (window);
}

static void
test_outcome_reasons (void)
{
  static const char *const reasons[] = { "no link", "two officers", NULL };
  GtkWidget *button = gs_outcome_button_new ("Admit", "opens the gate", "F7");
  GtkWidget *window;
  g_autofree char *off = NULL;
  g_autofree char *on = NULL;

  gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (button), reasons);
  window = show (button, 300);
  off = all_text (button);
  g_assert_nonnull (strstr (off, "no link; two officers"));
  g_assert_false (gtk_widget_get_sensitive (button));
  assert_name (button, "Admit");
  gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (button), NULL);
  on = all_text (button);
  g_assert_nonnull (strstr (on, "opens the gate"));
  g_assert_true (gtk_widget_get_sensitive (button));
  close_window (window);
}

static void
test_gate_names (void)
{
  const GsGateTileContent fault = { "4", GS_GATE_TILE_FAULT, NULL, "reader, 3:15", NULL };
  const GsGateTileContent stale = { "4", GS_GATE_TILE_FAULT, NULL, "reader, 3:15", "14:22:53" };
  GtkWidget *tile = g_object_ref_sink (gs_gate_tile_new ());

  gs_gate_tile_update (GS_GATE_TILE (tile), &fault);
  assert_name (tile, "Gate 4: Fault, reader, 3:15");
  g_assert_true (gtk_widget_has_css_class (tile, "fault"));
  gs_gate_tile_update (GS_GATE_TILE (tile), &stale);
  assert_name (tile, "Gate 4: Fault, as of 14:22:53");
  g_assert_true (gtk_widget_has_css_class (tile, "as-of"));
  g_assert_false (gtk_widget_has_css_class (tile, "fault"));
  g_object_unref (tile);
}

static void
test_sign_names (void)
{
  for (guint i = GS_SIGN_SUCCESSFUL; i < GS_SIGN_COUNT; i++)
    {
      GtkWidget *sign = g_object_ref_sink (gs_sign_view_new (i, 16));

      assert_name (sign, gs_sign_get_word (i));
      g_assert_cmpint (strlen (gs_sign_get_word (i)), >, 0);
      g_object_unref (sign);
    }
}

static void
test_hidden_group (void)
{
  g_autoptr (GListStore) groups = g_list_store_new (GS_TYPE_CHECK_ITEM);
  g_autoptr (GsCheckItem) group =
    gs_check_item_new_group ("Face at the gate", GS_SIGN_FAILED, NULL, TRUE);
  g_autoptr (GsCheckItem) line =
    gs_check_item_new ("Match with the chip picture", GS_SIGN_FAILED, NULL);
  GtkWidget *tree = gs_check_tree_new ();
  GtkWidget *window;
  g_autofree char *text = NULL;

  gs_check_item_append (group, line);
  gs_check_item_update (group, GS_SIGN_FAILED, NULL, "hidden until you have judged");
  g_list_store_append (groups, group);
  gs_check_tree_set_groups (GS_CHECK_TREE (tree), G_LIST_MODEL (groups));
  window = show (tree, 364);
  text = all_text (tree);
  g_assert_null (strstr (text, "failed"));
  g_assert_null (strstr (text, "Match"));
  g_assert_nonnull (strstr (text, "hidden until you have judged"));
  close_window (window);
}

static void
test_short_bitmap (void)
{
  GtkWidget *preview = g_object_ref_sink (gs_stamp_preview_new ());
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xff\xff\xff", 3);

  g_assert_true (gs_stamp_preview_set_bitmap (GS_STAMP_PREVIEW (preview), bytes, 9, 1, 600));
  g_assert_false (gs_stamp_preview_set_bitmap (GS_STAMP_PREVIEW (preview), bytes, 9, 2, 600));
  g_assert_false (gs_stamp_preview_set_bitmap (GS_STAMP_PREVIEW (preview), bytes, 0, 1, 600));
  g_assert_true (gs_stamp_preview_set_bitmap (GS_STAMP_PREVIEW (preview), NULL, 0, 0, 0));
  g_object_unref (preview);
}

static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Red is for what failed: muted sound and a called supervisor warn. */
static void
test_status_colours (void)
{
  g_autoptr (GtkWidget) item = g_object_ref_sink (gs_status_item_new ());
  GtkWidget *label;

  gs_status_item_update (GS_STATUS_ITEM (item), GS_SIGN_WARNING, "gs-officer-symbolic", "Called",
                         NULL, NULL);
  label = find_label (item, "Called");
  g_assert_nonnull (label);
  g_assert_false (gtk_widget_has_css_class (label, "gs-bad"));
  g_assert_true (gtk_widget_has_css_class (label, "gs-warn"));
  gs_status_item_update (GS_STATUS_ITEM (item), GS_SIGN_FAILED, "gs-no-link-symbolic", "Called",
                         NULL, NULL);
  g_assert_true (gtk_widget_has_css_class (label, "gs-bad"));
  g_assert_false (gtk_widget_has_css_class (label, "gs-warn"));
}

static gboolean
shows (GtkWidget *widget, const char *text)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

/* Without an engine the page says why, as the opener said it, and guesses nothing. */
static void
test_engine_trouble (void)
{
  GsConfig config = { .face_engine = GS_FACE_ENGINE_EMBEDDED };
  GtkWidget *page =
    g_object_ref_sink (gs_engine_page_new (&config, NULL, "x.ini: no group [scale]"));
  GtkWidget *off;

  g_assert_true (shows (page, "x.ini: no group [scale]"));
  g_assert_true (shows (page, "cannot be used"));
  g_assert_true (shows (page, "MobileFaceNet"));
  g_assert_false (shows (page, "missing or altered"));
  config.face_engine = GS_FACE_ENGINE_OFF;
  off = g_object_ref_sink (gs_engine_page_new (&config, NULL, NULL));
  g_assert_true (shows (off, "No engine is asked for"));
  g_assert_false (shows (off, "What the program says"));
  g_assert_false (shows (off, "MobileFaceNet"));
  g_object_unref (page);
  g_object_unref (off);
}

/* GTK 4.8 contradicts itself over the width of a wrapping label that ends in a space, and a row
 * with too little room complains: a name from outside that ends in one must not. */
static void
test_label_ends_in_a_space (void)
{
  GtkWidget *label = g_object_ref_sink (gs_label_new (NULL, "gs-body"));
  int free_px, high_px;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gs_label_set (label, "F9 \n ");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "F9");
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &free_px, NULL, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, 1 << 20, &high_px, NULL, NULL, NULL);
  g_assert_cmpint (high_px, ==, free_px);
  gs_label_set (label, " ");
  g_assert_false (gtk_widget_get_visible (label));
  g_object_unref (label);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  gs_ui_init ();
  /* An application of that id loads the style sheets from the resources. */
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", GS_APPLICATION_ID, "flags",
                              G_APPLICATION_NON_UNIQUE, NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  set_text_scale (1);

  g_test_add_func ("/ui/widgets/heights", test_heights);
  g_test_add_func ("/ui/widgets/large-text", test_large_text);
  g_test_add_func ("/ui/queue-row/face-compare-says-nothing", test_face_compare_says_nothing);
  g_test_add_func ("/ui/queue-row/shielded", test_shielded_row);
  g_test_add_func ("/ui/reason-chain/shielded", test_shielded_chain);
  g_test_add_func ("/ui/load-meter/hysteresis", test_load_hysteresis);
  g_test_add_func ("/ui/countdown/states", test_countdown_states);
  g_test_add_func ("/ui/countdown/not-known", test_countdown_not_known);
  g_test_add_func ("/ui/countdown/stamped", test_countdown_stamped);
  g_test_add_func ("/ui/countdown/asks-while-shown", test_countdown_asks_while_shown);
  g_test_add_func ("/ui/outcome-button/reasons", test_outcome_reasons);
  g_test_add_func ("/ui/gate-tile/names", test_gate_names);
  g_test_add_func ("/ui/engine-page/trouble", test_engine_trouble);
  g_test_add_func ("/ui/label/ends-in-a-space", test_label_ends_in_a_space);
  g_test_add_func ("/ui/sign/names", test_sign_names);
  g_test_add_func ("/ui/check-tree/hidden-group", test_hidden_group);
  g_test_add_func ("/ui/status-item/colours", test_status_colours);
  g_test_add_func ("/ui/stamp-preview/short-bitmap", test_short_bitmap);
  return g_test_run ();
}
