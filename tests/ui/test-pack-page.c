/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of stamp templates: bringing a pack, its pictures, activating it. */

#include "gs-build-config.h"
#include "gs-pack-gallery.h"
#include "gs-pack-page.h"
#include "gs-test-desk.h"
#include "gs-test-pack.h"
#include "gs-ui.h"

#include <adwaita.h>
#include <string.h>

typedef struct
{
  TestDesk desk;
  GsTestPackAuthority *authority;
  char *pack;
  GsPackDesk *packs;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
sign_in (Fixture *fixture, GsRole role)
{
  g_autoptr (GsSession) session = gs_session_new ("mori", "Mori", role, TEST_NOW);

  gs_pack_desk_set_session (fixture->packs, session);
}

static void
write_bytes (const char *path, GBytes *bytes)
{
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsPackFiles) files = gs_test_pack_files ();
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (GBytes) tar = NULL;

  test_desk_set_up (&fixture->desk, NULL);
  fixture->authority = gs_test_pack_authority_new ("Test authority", FALSE);
  fixture->pack = g_build_filename (fixture->desk.folder, "pack.tar", NULL);
  g_free (fixture->desk.config.pack_authorities);
  fixture->desk.config.pack_authorities =
    g_build_filename (fixture->desk.folder, "authorities.pem", NULL);
  pem = gs_test_pack_authority_dup_pem (fixture->authority);
  write_bytes (fixture->desk.config.pack_authorities, pem);
  gs_test_pack_sign (files, fixture->authority, GS_TEST_SIGNER_GOOD, NULL);
  tar = gs_pack_files_write_tar (files, NULL);
  write_bytes (fixture->pack, tar);
  /* The key file's is of another authority, and refused. */
  fixture->packs =
    gs_pack_desk_new (&fixture->desk.config, fixture->desk.store, fixture->desk.clock);
  sign_in (fixture, GS_ROLE_SUPERVISOR);
  test_until (gs_pack_desk_is_loaded (fixture->packs));
  fixture->page = gs_pack_page_new (fixture->packs);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  gs_pack_desk_stop (fixture->packs);
  g_clear_object (&fixture->packs);
  gs_test_pack_authority_free (fixture->authority);
  g_free (fixture->pack);
  test_desk_tear_down (&fixture->desk, NULL);
}

static gpointer
part (Fixture *fixture, const char *name)
{
  GObject *child = gtk_widget_get_template_child (fixture->page, GS_TYPE_PACK_PAGE, name);

  g_assert_nonnull (child);
  return child;
}

static const char *
words (Fixture *fixture, const char *name)
{
  return gtk_label_get_text (GTK_LABEL (part (fixture, name)));
}

static gboolean
is_shown (Fixture *fixture, const char *name)
{
  return gtk_widget_get_visible (part (fixture, name));
}

static guint
n_rows (Fixture *fixture)
{
  GtkListBox *list = part (fixture, "list");
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, (int) n) != NULL)
    n++;
  return n;
}

/* From the file to the day on which it prints, with every stamp looked at on the way. */
static void
test_bring_and_activate (Fixture *fixture, gconstpointer data)
{
  GsPackGallery *gallery = part (fixture, "gallery");
  g_autofree char *today = gs_pack_desk_dup_today (fixture->packs);

  g_assert_cmpstr (words (fixture, "state_label"), ==, "refused: nothing is printed");
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  g_assert_false (is_shown (fixture, "activate_box"));
  gs_pack_page_read (GS_PACK_PAGE (fixture->page), fixture->pack);
  test_until (is_shown (fixture, "take_box"));
  g_assert_cmpuint (gs_pack_gallery_get_n_samples (gallery), >=, 6);
  test_until (gs_pack_gallery_get_n_drawn (gallery) == gs_pack_gallery_get_n_samples (gallery));
  gtk_widget_activate (part (fixture, "take_button"));
  test_until (n_rows (fixture) == 2);
  test_until (is_shown (fixture, "activate_box"));
  g_assert_cmpstr (words (fixture, "state_label"), ==, "not activated");
  gtk_editable_set_text (part (fixture, "day_entry"), "yesterday");
  gtk_widget_activate (part (fixture, "activate_button"));
  test_until (strstr (words (fixture, "message_label"), "Give a day") != NULL);
  gtk_editable_set_text (part (fixture, "day_entry"), today);
  gtk_widget_activate (part (fixture, "activate_button"));
  test_until (g_str_has_prefix (words (fixture, "state_label"), "prints since"));
  g_assert_cmpstr (words (fixture, "message_label"), ==, "Activated. It stands in the record.");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder =
    g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "data", "specimen-pack", NULL);

  gs_pack_page_read (GS_PACK_PAGE (fixture->page), folder);
  test_until (strstr (words (fixture, "message_label"), "nobody has signed it") != NULL);
  g_assert_false (is_shown (fixture, "take_box"));
}

/* An administrator brings and does not activate, an auditor looks, an officer sees nothing. */
static void
test_roles (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  gs_pack_page_read (GS_PACK_PAGE (fixture->page), fixture->pack);
  test_until (is_shown (fixture, "take_box"));
  gtk_widget_activate (part (fixture, "take_button"));
  test_until (n_rows (fixture) == 2 && !is_shown (fixture, "take_box"));
  g_assert_false (is_shown (fixture, "activate_box"));
  sign_in (fixture, GS_ROLE_AUDITOR);
  g_assert_cmpuint (n_rows (fixture), ==, 2);
  g_assert_false (is_shown (fixture, "bring_button"));
  sign_in (fixture, GS_ROLE_OFFICER);
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_assert_false (is_shown (fixture, "facts_box"));
}

#define ADD(name, func) g_test_add ("/ui/pack-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  /* A refused pack is warned of. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  gs_ui_init ();
  application = adw_application_new (GS_APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  ADD ("bring-and-activate", test_bring_and_activate);
  ADD ("refused", test_refused);
  ADD ("roles", test_roles);
  return g_test_run ();
}
