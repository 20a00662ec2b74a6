/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-page.h"

#include "gs-label.h"
#include "gs-pack-gallery.h"
#include "gs-pack-text.h"
#include "gs-sign-view.h"
#include "gs-trust-listing.h"
#include "gs-trust-text.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GsPackPage
{
  GtkBox parent_instance;

  GtkWidget *bring_button;
  GtkWidget *message_label;
  GtkListBox *list;
  GtkWidget *facts_box;
  GtkWidget *name_label;
  GsSignView *state_sign;
  GtkWidget *state_label;
  GtkGrid *facts;
  GtkWidget *take_box;
  GtkWidget *take_button;
  GtkWidget *activate_box;
  GtkWidget *day_entry;
  GtkWidget *activate_button;
  GsPackGallery *gallery;

  GsPackDesk *desk;
  GPtrArray *entries;         /* of GsPackEntry, as the list shows them */
  GsPackCandidate *candidate; /* before it is taken in, or NULL */
  char *wanted;               /* digest that shall be chosen after the next change */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (GsPackPage, gs_pack_page, GTK_TYPE_BOX)

static void
say (GsPackPage *self, const char *text, gboolean bad)
{
  gs_label_set (self->message_label, text);
  if (bad)
    gtk_widget_add_css_class (self->message_label, "gs-bad");
  else
    gtk_widget_remove_css_class (self->message_label, "gs-bad");
}

static void
say_error (GsPackPage *self, const GError *error)
{
  g_autofree char *text = gs_pack_text_error (error);

  g_message ("A stamp pack: %s", error->message);
  say (self, text, TRUE);
}

static const GsPackEntry *
get_selected (GsPackPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return at >= 0 && at < (int) self->entries->len ? g_ptr_array_index (self->entries, at) : NULL;
}

/* --- details ---------------------------------------------------------------------------------- */

static void
add_fact (GsPackPage *self, int *row, const char *title, const char *text, const char *classes)
{
  GtkWidget *label, *value;

  if (text == NULL || *text == '\0')
    return;
  label = gs_label_new (title, "gs-second gs-text2");
  value = gs_label_new (text, classes);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (self->facts, label, 0, *row, 1, 1);
  gtk_grid_attach (self->facts, value, 1, *row, 1, 1);
  (*row)++;
}

static void
clear_facts (GsPackPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
}

static char *
dup_ports (GsStampPack *pack)
{
  GPtrArray *ports = gs_stamp_pack_get_ports (pack);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ports->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "",
                            ((const GsStampPort *) g_ptr_array_index (ports, i))->name);
  if (gs_stamp_pack_has_other_ports (pack))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                            text->len > 0 ? _ ("every other port") : _ ("every port"));
  return g_string_free (text, FALSE);
}

static void
add_pack_facts (GsPackPage *self, int *row, GsStampPack *pack)
{
  const GsPackProof *proof = gs_stamp_pack_get_proof (pack);
  g_autofree char *days = gs_pack_text_days (proof->valid_from, proof->valid_until);
  g_autofree char *signer_until = gs_trust_text_date (proof->signer_until_utc_ms);
  g_autofree char *fingerprint = gs_trust_group_fingerprint (proof->fingerprint);
  g_autofree char *ports = dup_ports (pack);

  add_fact (self, row, _ ("Valid"), days, "gs-body");
  add_fact (self, row, _ ("Signed by"), proof->signer, "gs-body");
  add_fact (self, row, _ ("For the authority"), proof->authority, "gs-body");
  add_fact (self, row, _ ("Signer valid until"), signer_until, "gs-body");
  add_fact (self, row, _ ("Signer’s fingerprint"), fingerprint, "gs-fingerprint");
  add_fact (self, row, _ ("Ports"), ports, "gs-body");
}

static void
show_candidate (GsPackPage *self)
{
  GsStampPack *pack = self->candidate->pack;
  g_autofree char *today = gs_pack_desk_dup_today (self->desk);
  g_autofree char *name =
    g_strdup_printf ("%s · %s", gs_stamp_pack_get_name (pack), gs_stamp_pack_get_month (pack));
  int row = 0;

  gtk_list_box_unselect_all (self->list);
  gs_label_set (self->name_label, name);
  gs_sign_view_set_sign (self->state_sign, GS_SIGN_SUCCESSFUL);
  gs_label_set (self->state_label, _ ("Verified. It is not taken in yet."));
  clear_facts (self);
  add_pack_facts (self, &row, pack);
  gs_pack_gallery_show (self->gallery, self->desk, pack, today);
  gtk_widget_set_visible (self->facts_box, TRUE);
  gtk_widget_set_visible (self->take_box, TRUE);
  gtk_widget_set_visible (self->activate_box, FALSE);
  gtk_widget_grab_focus (self->take_button);
}

static void
add_history (GsPackPage *self, int *row, const GsPackEntry *entry)
{
  g_autofree char *date = gs_trust_text_date (entry->brought_at_utc_ms);
  g_autofree char *brought =
    /* Translators: a day, then an officer's account. */
    entry->brought_by != NULL ? g_strdup_printf (_ ("%s by %s"), date, entry->brought_by) : NULL;
  g_autofree char *decided = entry->decided_by != NULL
                               ? g_strdup_printf (_ ("%s by %s"), entry->since, entry->decided_by)
                               : NULL;

  add_fact (self, row, _ ("Brought in"),
            entry->of_key_file ? _ ("named in the desk’s file") : brought, "gs-body");
  add_fact (self, row, _ ("Activated from"), decided, "gs-body");
}

static void
show_entry (GsPackPage *self, const GsPackEntry *entry)
{
  g_autofree char *today = gs_pack_desk_dup_today (self->desk);
  g_autofree char *state = NULL;
  g_autofree char *name = entry->name != NULL
                            ? g_strdup_printf ("%s · %s", entry->name, entry->month)
                            : g_strdup (_ ("The pack of the desk’s file"));
  GsSign sign;
  int row = 0;

  state = gs_pack_text_state (entry, &sign);
  gs_label_set (self->name_label, name);
  gs_sign_view_set_sign (self->state_sign, sign);
  gs_label_set (self->state_label, state);
  clear_facts (self);
  if (entry->trouble != NULL)
    {
      g_autofree char *why = gs_pack_text_error (entry->trouble);

      add_fact (self, &row, _ ("Why"), why, "gs-body gs-bad");
    }
  if (entry->pack != NULL)
    add_pack_facts (self, &row, entry->pack);
  else
    add_fact (self, &row, _ ("Signed by"), entry->signer, "gs-body");
  add_history (self, &row, entry);
  gs_pack_gallery_show (self->gallery, self->desk, entry->pack, today);
  gtk_widget_set_visible (self->take_box, FALSE);
  gtk_widget_set_visible (self->activate_box, gs_pack_desk_may_activate (self->desk)
                                                && !entry->of_key_file && entry->pack != NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->day_entry),
                         strcmp (today, entry->valid_from != NULL ? entry->valid_from : "") > 0
                           ? today
                           : entry->valid_from);
}

static void
on_selected (GsPackPage *self)
{
  const GsPackEntry *entry = get_selected (self);

  if (entry == NULL)
    return;
  g_clear_pointer (&self->candidate, gs_pack_candidate_free);
  gtk_widget_set_visible (self->facts_box, TRUE);
  show_entry (self, entry);
}

/* --- the list --------------------------------------------------------------------------------- */

static GtkWidget *
new_row (const GsPackEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *state = NULL;
  g_autofree char *name = entry->name != NULL
                            ? g_strdup_printf ("%s · %s", entry->name, entry->month)
                            : g_strdup (_ ("The pack of the desk’s file"));
  GtkWidget *title = gs_label_new (name, "gs-body gs-strong");
  GtkWidget *view, *label;
  GsSign sign;

  state = gs_pack_text_state (entry, &sign);
  view = gs_sign_view_new (sign, 18);
  gs_sign_view_set_label (GS_SIGN_VIEW (view), "");
  gtk_widget_set_valign (view, GTK_ALIGN_START);
  label = gs_label_new (state, "gs-second gs-text2");
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), label);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 10);
  gtk_widget_set_margin_bottom (box, 10);
  return box;
}

static int
place_of (GsPackPage *self, const char *digest)
{
  for (guint i = 0; digest != NULL && i < self->entries->len; i++)
    if (g_strcmp0 (((const GsPackEntry *) g_ptr_array_index (self->entries, i))->digest, digest)
        == 0)
      return (int) i;
  return 0;
}

static void
on_desk_changed (GsPackPage *self)
{
  const GsPackEntry *before = get_selected (self);
  g_autofree char *digest = self->wanted != NULL
                              ? g_steal_pointer (&self->wanted)
                              : g_strdup (before != NULL ? before->digest : NULL);
  GPtrArray *entries = gs_pack_desk_list (self->desk);
  GtkWidget *child;

  gtk_widget_set_visible (self->bring_button, gs_pack_desk_may_bring (self->desk));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
  for (guint i = 0; i < entries->len; i++)
    gtk_list_box_append (self->list, new_row (g_ptr_array_index (entries, i)));
  gtk_widget_set_visible (self->facts_box, entries->len > 0);
  if (self->candidate != NULL && gs_pack_desk_may_bring (self->desk))
    {
      show_candidate (self);
      return;
    }
  g_clear_pointer (&self->candidate, gs_pack_candidate_free);
  if (entries->len > 0)
    gtk_list_box_select_row (self->list,
                             gtk_list_box_get_row_at_index (self->list, place_of (self, digest)));
  else
    gs_pack_gallery_show (self->gallery, self->desk, NULL, NULL);
}

/* --- bringing --------------------------------------------------------------------------------- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPackPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GsPackCandidate *candidate = gs_pack_desk_read_finish (GS_PACK_DESK (source), result, &error);

  gtk_widget_set_sensitive (self->bring_button, TRUE);
  if (candidate == NULL)
    {
      say_error (self, error);
      return;
    }
  g_clear_pointer (&self->candidate, gs_pack_candidate_free);
  self->candidate = candidate;
  say (self, NULL, FALSE);
  show_candidate (self);
}

void
gs_pack_page_read (GsPackPage *self, const char *path)
{
  g_return_if_fail (GS_IS_PACK_PAGE (self) && path != NULL);
  gtk_widget_set_sensitive (self->bring_button, FALSE);
  gs_pack_desk_read_async (self->desk, path, NULL, on_read, g_object_ref (self));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, GsPackPage *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    gs_pack_page_read (self, path);
}

static void
on_bring (GsPackPage *self)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL || !GTK_IS_WINDOW (window))
    return;
  self->chooser =
    gtk_file_chooser_native_new (_ ("Choose a stamp pack"), GTK_WINDOW (window),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Look at it"), _ ("Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_leave (GsPackPage *self)
{
  g_clear_pointer (&self->candidate, gs_pack_candidate_free);
  say (self, NULL, FALSE);
  on_desk_changed (self);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPackPage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->take_box, TRUE);
  gtk_widget_set_sensitive (self->activate_box, TRUE);
  if (!gs_pack_desk_change_finish (GS_PACK_DESK (source), result, &error))
    {
      say_error (self, error);
      return;
    }
  if (self->candidate != NULL)
    {
      g_free (self->wanted);
      self->wanted = g_strdup (gs_stamp_pack_get_proof (self->candidate->pack)->digest);
      g_clear_pointer (&self->candidate, gs_pack_candidate_free);
      say (self, _ ("Taken in. A supervisor activates it with a date."), FALSE);
      return;
    }
  say (self, _ ("Activated. It stands in the record."), FALSE);
}

static void
on_take (GsPackPage *self)
{
  if (self->candidate == NULL)
    return;
  gtk_widget_set_sensitive (self->take_box, FALSE);
  gs_pack_desk_bring_async (self->desk, self->candidate, NULL, on_changed, g_object_ref (self));
}

static void
on_activate (GsPackPage *self)
{
  const GsPackEntry *entry = get_selected (self);
  g_autofree char *day = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->day_entry)));

  if (entry == NULL || entry->digest == NULL || !gs_pack_desk_may_activate (self->desk))
    return;
  gtk_widget_set_sensitive (self->activate_box, FALSE);
  gs_pack_desk_activate_async (self->desk, entry->digest, g_strstrip (day), NULL, on_changed,
                               g_object_ref (self));
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_pack_page_dispose (GObject *object)
{
  GsPackPage *self = GS_PACK_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gs_pack_page_parent_class)->dispose (object);
}

static void
gs_pack_page_finalize (GObject *object)
{
  GsPackPage *self = GS_PACK_PAGE (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->candidate, gs_pack_candidate_free);
  g_free (self->wanted);
  G_OBJECT_CLASS (gs_pack_page_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GsPackPage, name)

static void
gs_pack_page_class_init (GsPackPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_pack_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_pack_page_finalize;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  g_type_ensure (GS_TYPE_PACK_GALLERY);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/administration/gs-pack-page.ui");
  BIND (bring_button);
  BIND (message_label);
  BIND (list);
  BIND (facts_box);
  BIND (name_label);
  BIND (state_sign);
  BIND (state_label);
  BIND (facts);
  BIND (take_box);
  BIND (take_button);
  BIND (activate_box);
  BIND (day_entry);
  BIND (activate_button);
  BIND (gallery);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_bring);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
gs_pack_page_init (GsPackPage *self)
{
  self->entries = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_pack_page_new (GsPackDesk *desk)
{
  GsPackPage *self = g_object_new (GS_TYPE_PACK_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
  on_desk_changed (self);
  return GTK_WIDGET (self);
}
