/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-build-config.h"
#include "gs-check-tree.h"
#include "gs-format.h"
#include "gs-gate-detail.h"
#include "gs-reason-text.h"
#include "gs-referral-reason.h"
#include "gs-ui.h"

#include <adwaita.h>

static GsCase *
referred_case (const char *code)
{
  GsCase *item = gs_case_new ("6b0c3c1e-0000-4000-8000-000000000001");
  GsCrossing *crossing = gs_crossing_new (gs_case_get_id (item));
  const char *const codes[] = { code, NULL };

  crossing->state = GS_CROSSING_STATE_REFERRED;
  crossing->gate = g_strdup ("gate-1");
  crossing->reasons = g_strdupv ((char **) codes);
  gs_case_take_crossing (item, crossing);
  return item;
}

/* The hall gives the code as the gate's reason too; a tile must not tell what the card hides. */
static void
test_gate_detail (void)
{
  static const struct
  {
    const char *code;
    const char *shown;
  } rows[] = { { "B03", "0:11" }, { "B05", "0:11" }, { "X01", "X01 · 0:11" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GsCase) item = referred_case (rows[i].code);
      g_autoptr (GsGate) gate = gs_gate_new ("gate-1", "1", GS_GATE_STATE_REFERRED, 0);
      g_autofree char *known = NULL;
      g_autofree char *unknown = NULL;

      gate->reason = g_strdup (rows[i].code);
      known = gs_gate_detail (gate, item, "0:11");
      g_assert_cmpstr (known, ==, rows[i].shown);
      unknown = gs_gate_detail (gate, NULL, "0:11");
      g_assert_cmpstr (unknown, ==, "0:11");
    }
}

static void
test_gate_detail_of_a_fault (void)
{
  g_autoptr (GsGate) gate = gs_gate_new ("gate-1", "1", GS_GATE_STATE_FAULT, 0);
  g_autofree char *detail = NULL;

  gate->reason = g_strdup ("reader");
  detail = gs_gate_detail (gate, NULL, "3:15");
  g_assert_cmpstr (detail, ==, "reader · 3:15");
}

static GsCase *
traveller_case (const char *surname, const char *given, const char *number)
{
  GsCase *item = gs_case_new (number);
  GsCrossing *crossing = gs_crossing_new (number);

  crossing->referred_utc_ms = 1000;
  if (surname != NULL)
    {
      crossing->traveller = gs_traveller_new ();
      gs_traveller_set (&crossing->traveller->primary_identifier, surname);
      gs_traveller_set (&crossing->traveller->secondary_identifier, given);
      gs_traveller_set (&crossing->traveller->issuing_state, "UTO");
      gs_traveller_set (&crossing->traveller->document_number, number);
    }
  gs_case_take_crossing (item, crossing);
  return item;
}

/* The family's name once; several names in full; who was not told is not left out. */
static void
test_family_names (void)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;

  g_ptr_array_add (cases, traveller_case ("OKAFOR", "ADA", "L1"));
  g_ptr_array_add (cases, traveller_case ("OKAFOR", "CHIDI", "L2"));
  one = gs_format_family (cases);
  g_assert_cmpstr (one, ==, "OKAFOR: ADA, CHIDI");
  g_ptr_array_add (cases, traveller_case ("MENSAH", "KOFI", "L3"));
  two = gs_format_family (cases);
  g_assert_cmpstr (two, ==, "OKAFOR, ADA; OKAFOR, CHIDI; MENSAH, KOFI");
  g_ptr_array_remove_index (cases, 2);
  g_ptr_array_add (cases, traveller_case (NULL, NULL, "L4"));
  three = gs_format_family (cases);
  g_assert_cmpstr (three, ==, "OKAFOR, ADA; OKAFOR, CHIDI; Name not told");
}

static GListModel *
make_groups (GsSign sign)
{
  GListStore *groups = g_list_store_new (GS_TYPE_CHECK_ITEM);
  g_autoptr (GsCheckItem) group = gs_check_item_new_group ("Document", sign, NULL, FALSE);
  g_autoptr (GsCheckItem) line = gs_check_item_new ("Not expired", sign, NULL);

  gs_check_item_append (group, line);
  g_list_store_append (groups, group);
  return G_LIST_MODEL (groups);
}

static guint
rows_of (GtkWidget *tree)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_first_child (tree));
  int n = 0;

  while (gtk_list_box_get_row_at_index (list, n) != NULL)
    n++;
  return (guint) n;
}

/* New results do not fold what the officer opened; another case begins as it comes. */
static void
test_opened_groups_stay (void)
{
  GtkWidget *tree = g_object_ref_sink (gs_check_tree_new ());
  GtkWidget *list = gtk_widget_get_first_child (tree);
  g_autoptr (GListModel) first = make_groups (GS_SIGN_SUCCESSFUL);
  g_autoptr (GListModel) second = make_groups (GS_SIGN_FAILED);
  g_autoptr (GListModel) third = make_groups (GS_SIGN_SUCCESSFUL);
  g_autoptr (GsCheckItem) shown = NULL;

  gs_check_tree_set_groups (GS_CHECK_TREE (tree), first);
  g_assert_cmpuint (rows_of (tree), ==, 1);
  g_signal_emit_by_name (list, "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_cmpuint (rows_of (tree), ==, 2);
  gs_check_tree_set_groups (GS_CHECK_TREE (tree), second);
  g_assert_cmpuint (rows_of (tree), ==, 2);
  shown = g_list_model_get_item (first, 0);
  g_assert_cmpint (gs_check_item_get_sign (shown), ==, GS_SIGN_FAILED);
  gs_check_tree_set_groups (GS_CHECK_TREE (tree), NULL);
  gs_check_tree_set_groups (GS_CHECK_TREE (tree), third);
  g_assert_cmpuint (rows_of (tree), ==, 1);
  g_object_unref (tree);
}

/* A row whose words wrap is not cut: the tree asks for its whole height at its width. */
static void
test_rows_are_whole (void)
{
  GtkWidget *tree = g_object_ref_sink (gs_check_tree_new ());
  GtkWidget *window = gtk_window_new ();
  GListStore *groups = g_list_store_new (GS_TYPE_CHECK_ITEM);
  g_autoptr (GsCheckItem) group = gs_check_item_new_group (
    "Chip", GS_SIGN_UNDETERMINED, "unaltered, copy not excluded, and more", FALSE);
  int wide, narrow;

  g_list_store_append (groups, group);
  gtk_window_set_child (GTK_WINDOW (window), tree);
  gs_check_tree_set_groups (GS_CHECK_TREE (tree), G_LIST_MODEL (groups));
  gtk_widget_measure (tree, GTK_ORIENTATION_VERTICAL, 1000, &wide, NULL, NULL, NULL);
  gtk_widget_measure (tree, GTK_ORIENTATION_VERTICAL, 200, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (wide, >, 0);
  g_assert_cmpint (narrow, >, wide);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (groups);
  g_object_unref (tree);
}

/* The words of the next step and the button that is proposed say the same. */
static void
test_second_line_words (void)
{
  for (const GsReferralReason *reason = gs_referral_reasons (); reason->code != NULL; reason++)
    {
      const char *rest;
      const char *next = gs_reason_text_next (reason->code, &rest);

      g_test_message ("%s: %s", reason->code, next);
      g_assert_cmpint (gs_referral_reason_is_second_line (reason->code), ==,
                       g_str_equal (next, "Send to the second line."));
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  gs_ui_init ();
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", GS_APPLICATION_ID, "flags",
                              G_APPLICATION_NON_UNIQUE, NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add_func ("/ui/queue/family-names", test_family_names);
  g_test_add_func ("/ui/gate-detail/referred", test_gate_detail);
  g_test_add_func ("/ui/gate-detail/fault", test_gate_detail_of_a_fault);
  g_test_add_func ("/ui/check-tree/opened-groups-stay", test_opened_groups_stay);
  g_test_add_func ("/ui/check-tree/rows-are-whole", test_rows_are_whole);
  g_test_add_func ("/ui/reason-text/second-line", test_second_line_words);
  return g_test_run ();
}
