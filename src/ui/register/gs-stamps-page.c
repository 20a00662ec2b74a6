/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamps-page.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-register-day.h"
#include "gs-register-row.h"
#include "gs-register-text.h"
#include "gs-second-officer-dialog.h"
#include "gs-sign-view.h"
#include "gs-time.h"

#define PAGE "stamps"
#define REFRESH_S 3
#define HISTORY 14

struct _GsStampsPage
{
  GtkBox parent_instance;

  GtkWidget *standing;
  GtkWidget *enter_entry;
  GtkWidget *enter_button;
  GtkListBox *list;
  GtkWidget *empty;
  GtkWidget *message;
  GsRegisterDay *day;
  GtkGrid *history;
  GtkWidget *pdf_button;
  GtkWidget *csv_button;

  GsStation *station;
  guint timer;
  char *asked;       /* the stamp that a dialog is about, */
  GsRegisterAct act; /* and what is to be done with it */
  gboolean pdf;
};

G_DEFINE_FINAL_TYPE (GsStampsPage, gs_stamps_page, GTK_TYPE_BOX)

static GsStampRegister *
get_register (GsStampsPage *self)
{
  return gs_station_get_register (self->station);
}

static GtkWindow *
get_window (GsStampsPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* --- changes ---------------------------------------------------------------------------------- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gs_stamp_register_change_finish (GS_STAMP_REGISTER (source), result, &error))
    gs_label_set (self->message, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gs_label_set (self->message, gs_register_text_error (error));
}

static void
change (GsStampsPage *self, GsRegisterAct act, const char *device, GsSession *second)
{
  gs_stamp_register_change_async (get_register (self), act, device, NULL, second, on_changed,
                                  g_object_ref (self));
}

static void
on_second (GsSession *second, gpointer user_data)
{
  g_autoptr (GsStampsPage) self = user_data;

  if (second != NULL)
    change (self, self->act, self->asked, second);
}

/* From one hand into another: whoever is signed in has one of them. */
static void
on_hand (GsRegisterRow *row, GsStampsPage *self)
{
  const char *id = gs_register_row_get_device (row);
  const GsStampDevice *device = gs_stamp_register_find (get_register (self), id);
  g_autofree char *what = NULL;

  if (device == NULL)
    return;
  self->act = device->officer == NULL ? GS_REGISTER_HAND_OUT : GS_REGISTER_TAKE_BACK;
  g_free (self->asked);
  self->asked = g_strdup (id);
  what = self->act == GS_REGISTER_HAND_OUT
           /* Translators: a stamp's name. */
           ? g_strdup_printf (_ ("You take stamp %s. Who hands it out signs in; one of you is a "
                                 "supervisor."),
                              id)
           /* Translators: a stamp's name. */
           : g_strdup_printf (_ ("Stamp %s is returned. Who receives it signs in."), id);
  gs_second_officer_dialog_present (get_window (self), self->station,
                                    self->act == GS_REGISTER_HAND_OUT ? GS_APPROVAL_STAMP_HANDED
                                                                      : GS_APPROVAL_STAMP_BACK,
                                    what, on_second, g_object_ref (self));
}

static void
on_block_response (AdwMessageDialog *dialog, const char *response, GsStampsPage *self)
{
  if (g_str_equal (response, "block"))
    change (self, self->act, self->asked, NULL);
}

static void
ask_block (GsStampsPage *self, GsRegisterAct act, const char *device)
{
  /* Translators: a stamp's name. */
  g_autofree char *title = g_strdup_printf (act == GS_REGISTER_LOST     ? _ ("Is stamp %s lost?")
                                            : act == GS_REGISTER_STOLEN ? _ ("Is stamp %s stolen?")
                                                                        : _ ("Retire stamp %s?"),
                                            device);
  GtkWidget *dialog = adw_message_dialog_new (
    get_window (self), title,
    _ ("It prints nothing any more, at once and for ever. What is found again is entered under "
       "another name."));

  self->act = act;
  g_free (self->asked);
  self->asked = g_strdup (device);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "block",
                                    _ ("Block it"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "block",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_block_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_rotate (GSimpleAction *action, GVariant *device, gpointer self)
{
  change (self, GS_REGISTER_ROTATE, g_variant_get_string (device, NULL), NULL);
}

static void
on_lost (GSimpleAction *action, GVariant *device, gpointer self)
{
  ask_block (self, GS_REGISTER_LOST, g_variant_get_string (device, NULL));
}

static void
on_stolen (GSimpleAction *action, GVariant *device, gpointer self)
{
  ask_block (self, GS_REGISTER_STOLEN, g_variant_get_string (device, NULL));
}

static void
on_retire (GSimpleAction *action, GVariant *device, gpointer self)
{
  ask_block (self, GS_REGISTER_RETIRE, g_variant_get_string (device, NULL));
}

static void
on_enter (GsStampsPage *self)
{
  g_autofree char *name =
    g_ascii_strup (gtk_editable_get_text (GTK_EDITABLE (self->enter_entry)), -1);

  if (*name == '\0')
    return;
  change (self, GS_REGISTER_ENTER, name, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->enter_entry), "");
}

/* --- the report ------------------------------------------------------------------------------- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    return;
  g_message ("The report cannot be saved: %s", error->message);
  gs_label_set (self->message, _ ("The report was not saved. Choose another folder."));
}

static void
on_save_response (GtkNativeDialog *dialog, int response, GBytes *bytes)
{
  GsStampsPage *self = g_object_get_data (G_OBJECT (dialog), "page");
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                           on_saved, g_object_ref (self));
    }
  g_bytes_unref (bytes);
  g_object_unref (dialog);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = gs_stamp_register_export_finish (GS_STAMP_REGISTER (source), result, &error);
  GtkFileChooserNative *dialog;

  if (bytes == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gs_label_set (self->message, gs_register_text_error (error));
      return;
    }
  dialog = gtk_file_chooser_native_new (_ ("Save the report"), get_window (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog),
                                     self->pdf ? "stamp-register.pdf" : "stamp-register.csv");
  g_object_set_data_full (G_OBJECT (dialog), "page", g_object_ref (self), g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (on_save_response), bytes);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void export(GsStampsPage *self, gboolean pdf)
{
  self->pdf = pdf;
  gs_stamp_register_export_async (get_register (self), pdf, on_exported, g_object_ref (self));
}

static void
on_pdf (GsStampsPage *self)
{
  export(self, TRUE);
}

static void
on_csv (GsStampsPage *self)
{
  export(self, FALSE);
}

/* --- showing ---------------------------------------------------------------------------------- */

static GtkWidget *
row_at (GsStampsPage *self, guint position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) position);
  GtkWidget *child;

  if (row != NULL)
    return gtk_list_box_row_get_child (row);
  child = gs_register_row_new ();
  g_signal_connect_object (child, "hand", G_CALLBACK (on_hand), self, 0);
  gtk_list_box_append (self->list, child);
  row = gtk_list_box_get_row_at_index (self->list, (int) position);
  gtk_list_box_row_set_activatable (row, FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (row), FALSE);
  return child;
}

static void
show_list (GsStampsPage *self)
{
  GsStampRegister *stamps = get_register (self);
  GPtrArray *devices = gs_stamp_register_list (stamps);
  GtkListBoxRow *rest;
  guint n = 0;

  for (guint i = 0; i < devices->len; i++)
    {
      const GsStampDevice *device = g_ptr_array_index (devices, i);
      GtkWidget *row;

      if (!gs_stamp_register_may_see (stamps, device))
        continue;
      row = row_at (self, n++);
      gs_register_row_show (GS_REGISTER_ROW (row), stamps,
                            &gs_station_get_config (self->station)->stamps, device);
    }
  while ((rest = gtk_list_box_get_row_at_index (self->list, (int) n)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (rest));
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->empty, n == 0 && gs_stamp_register_is_read (stamps));
}

/* "You hold stamp U7, code K4TM, since 14:02." */
static void
show_standing (GsStampsPage *self)
{
  GsStampRegister *stamps = get_register (self);
  GsSession *session = gs_stamp_register_get_session (stamps);
  const GsStampDevice *held = gs_stamp_register_get_held (stamps, NULL);
  GsStampStanding standing = gs_stamp_register_get_standing (stamps);
  g_autofree char *since = NULL;
  g_autofree char *text = NULL;

  if (session != NULL && gs_session_may_decide (session))
    {
      if (standing == GS_STAMP_STANDING_HELD)
        {
          since =
            gs_time_format_clock (held->held_utc_ms, gs_stamp_register_get_time_zone (stamps));
          since[5] = '\0';
          /* Translators: a stamp's name, its code, a time of day. */
          text = g_strdup_printf (_ ("You hold stamp %s, code %s, since %s."), held->id, held->code,
                                  since);
        }
      else if (standing == GS_STAMP_STANDING_NONE)
        text = g_strdup (_ ("You hold no stamp, so you cannot print any. Take one below."));
      else
        /* Translators: why nothing can be printed. */
        text = g_strdup_printf (_ ("You cannot print – %s."), gs_register_text_standing (standing));
    }
  gs_label_set (self->standing, text);
}

static void
add_cell (GtkGrid *grid, int column, int row, const char *text, const char *classes)
{
  GtkWidget *label = gs_label_new (text, classes);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, column > 0);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static GtkWidget *
new_sign (GsSign sign)
{
  GtkWidget *view = gs_sign_view_new (sign, 18);

  gs_sign_view_set_label (GS_SIGN_VIEW (view), "");
  gtk_widget_set_valign (view, GTK_ALIGN_CENTER);
  return view;
}

static void
add_day (GsStampsPage *self, int line, const GsReconciliation *row)
{
  GsStampRegister *stamps = get_register (self);
  const char *officer = gs_stamp_register_get_name (stamps, row->officer);
  const char *second = gs_stamp_register_get_name (stamps, row->second);
  g_autofree char *day =
    row->number > 1 ? g_strdup_printf ("%s (%u)", row->day, row->number) : g_strdup (row->day);
  g_autofree char *numbers = NULL;
  g_autofree char *result = NULL;
  g_autofree char *people =
    second != NULL ? g_strdup_printf ("%s, %s", officer, second) : g_strdup (officer);
  g_autofree char *difference =
    row->counted ? g_strdup_printf ("%+" G_GINT64_FORMAT, row->difference) : g_strdup ("?");

  /* Translators: numbers of one day. */
  numbers =
    g_strdup_printf (_ ("%lld issued · %lld void · %lld test"), (long long) row->issued,
                     (long long) (row->void_stamps + row->void_imprints), (long long) row->tests);
  result = row->result == GS_RECONCILIATION_MATCHED
             ? g_strdup (gs_register_text_result (row->result))
           : row->result == GS_RECONCILIATION_EXPLAINED
             /* Translators: a result and a difference. */
             ? g_strdup_printf (_ ("%s: %s"), gs_register_text_result (row->result), difference)
             /* Translators: a result, a difference, a reason. */
             : g_strdup_printf (_ ("%s: %s, %s"), gs_register_text_result (row->result), difference,
                                gs_register_text_reason (row->reason));
  gtk_grid_attach (self->history, new_sign (gs_register_text_result_sign (row->result)), 0, line, 1,
                   1);
  add_cell (self->history, 1, line, day, "gs-body gs-strong gs-code");
  add_cell (self->history, 2, line, numbers, "gs-body gs-code");
  add_cell (self->history, 3, line, result, "gs-body");
  add_cell (self->history, 4, line, people, "gs-second gs-text2");
}

static void
show_history (GsStampsPage *self)
{
  GsStampRegister *stamps = get_register (self);
  GPtrArray *history = gs_stamp_register_get_history (stamps);
  g_autoptr (GPtrArray) missing = gs_stamp_register_dup_missing (stamps);
  GtkWidget *child;
  int line = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->history))) != NULL)
    gtk_grid_remove (self->history, child);
  for (guint i = missing->len; i > 0 && line < HISTORY; i--, line++)
    {
      gtk_grid_attach (self->history, new_sign (GS_SIGN_WARNING), 0, line, 1, 1);
      add_cell (self->history, 1, line, g_ptr_array_index (missing, i - 1),
                "gs-body gs-strong gs-code");
      add_cell (self->history, 2, line, _ ("not reconciled"), "gs-body");
    }
  for (guint i = 0; i < history->len && line < HISTORY; i++)
    add_day (self, line++, g_ptr_array_index (history, i));
  if (line == 0)
    add_cell (self->history, 0, 0, _ ("No day was reconciled yet."), "gs-body gs-text2");
}

static void
show (GsStampsPage *self)
{
  gboolean enters = gs_stamp_register_may (get_register (self), GS_REGISTER_ENTER);

  gtk_widget_set_visible (self->enter_entry, enters);
  gtk_widget_set_visible (self->enter_button, enters);
  show_standing (self);
  show_list (self);
  show_history (self);
}

static void
on_register_changed (GsStampsPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  show (self);
  gs_register_day_refresh (self->day);
}

static gboolean
on_timer (gpointer data)
{
  gs_register_day_refresh (((GsStampsPage *) data)->day);
  return G_SOURCE_CONTINUE;
}

static void
on_map (GsStampsPage *self)
{
  gs_label_set (self->message, NULL);
  show (self);
  gs_register_day_refresh (self->day);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (REFRESH_S, on_timer, self);
}

static void
on_unmap (GsStampsPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

/* --- building --------------------------------------------------------------------------------- */

static void
gs_stamps_page_dispose (GObject *object)
{
  GsStampsPage *self = GS_STAMPS_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->station);
  g_clear_pointer (&self->asked, g_free);
  G_OBJECT_CLASS (gs_stamps_page_parent_class)->dispose (object);
}

static void
gs_stamps_page_class_init (GsStampsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_stamps_page_dispose;
  g_type_ensure (GS_TYPE_REGISTER_DAY);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/register/gs-stamps-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, standing);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, enter_entry);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, enter_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, list);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, empty);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, message);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, day);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, history);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, pdf_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampsPage, csv_button);
  gtk_widget_class_bind_template_callback (widget_class, on_map);
  gtk_widget_class_bind_template_callback (widget_class, on_unmap);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_pdf);
  gtk_widget_class_bind_template_callback (widget_class, on_csv);
}

static void
gs_stamps_page_init (GsStampsPage *self)
{
  static const GActionEntry entries[] = {
    { "rotate", on_rotate, "s", NULL, NULL, { 0 } },
    { "lost", on_lost, "s", NULL, NULL, { 0 } },
    { "stolen", on_stolen, "s", NULL, NULL, { 0 } },
    { "retire", on_retire, "s", NULL, NULL, { 0 } },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "stamps", G_ACTION_GROUP (group));
}

GtkWidget *
gs_stamps_page_new (GsStation *station)
{
  GsStampsPage *self = g_object_new (GS_TYPE_STAMPS_PAGE, NULL);

  self->station = g_object_ref (station);
  gs_register_day_set_station (self->day, station);
  g_signal_connect_object (gs_station_get_register (station), "changed",
                           G_CALLBACK (on_register_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* --- in the window ---------------------------------------------------------------------------- */

void
gs_stamps_page_attach (GsWindow *window, GsStation *station)
{
  gs_window_add_page (window, gs_stamps_page_new (station), PAGE, _ ("Stamps"),
                      "gs-stamp-symbolic");
  gs_stamps_page_update (window, station);
}

void
gs_stamps_page_update (GsWindow *window, GsStation *station)
{
  gs_window_set_page_visible (
    window, PAGE, gs_stamp_register_get_session (gs_station_get_register (station)) != NULL);
}

void
gs_stamps_page_toggle (GsWindow *window, GsStation *station)
{
  gboolean shown = gs_window_shows_page (window, PAGE);
  gboolean desk = gs_station_get_session (station) != NULL;

  gs_window_show_page (window, !shown ? PAGE : desk ? "desk" : "administration");
}

/* NULL for nothing. */
static char *
dup_notice (GsStation *station)
{
  GsStampRegister *stamps = gs_station_get_register (station);
  const GsConfig *config = gs_station_get_config (station);
  GsSession *session = gs_station_get_session (station);
  const GsStampDevice *held = gs_stamp_register_get_held (stamps, NULL);
  GsStampStanding standing = gs_stamp_register_get_standing (stamps);
  g_autofree char *ends = NULL;

  if (session == NULL || config->printer_uri == NULL || standing == GS_STAMP_STANDING_UNKNOWN)
    return NULL;
  if (standing != GS_STAMP_STANDING_HELD)
    /* Translators: why nothing can be printed. */
    return g_strdup_printf (_ ("You cannot print – %s."), gs_register_text_standing (standing));
  if (!gs_stamp_device_is_code_due (held, &config->stamps, gs_stamp_register_now_utc_ms (stamps)))
    return NULL;
  ends = gs_time_format_day (gs_stamp_device_code_ends_utc_ms (held, &config->stamps),
                             gs_stamp_register_get_time_zone (stamps));
  /* Translators: a stamp's name, a date. */
  return g_strdup_printf (_ ("The code of stamp %s must be changed by a supervisor until %s."),
                          held->id, ends);
}

void
gs_stamps_page_tell (GsWindow *window, GsStation *station)
{
  g_autofree char *notice = dup_notice (station);
  AdwToast *message;

  if (notice == NULL)
    return;
  message = adw_toast_new (notice);
  adw_toast_set_timeout (message, 6);
  gs_window_add_toast (window, message);
}
