/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-countdown.h"
#include "gs-feed-row.h"
#include "gs-gate-tile.h"
#include "gs-label.h"
#include "gs-load-meter.h"
#include "gs-queue-row.h"

#include <adwaita.h>

static GtkWidget *
panel (const char *title, GtkWidget *child)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (box, "gs-panel");
  gtk_widget_set_overflow (box, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (head, "gs-panel-head");
  gtk_box_append (GTK_BOX (head), gs_label_new (title, "gs-heading"));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), child);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  return box;
}

static GtkWidget *
strip (const char *as_of)
{
  const GsGateTileContent tiles[] = {
    { "1", GS_GATE_TILE_OCCUPIED, "Face check", "9 s · UTO", as_of },
    { "2", GS_GATE_TILE_ADMITTED, NULL, "just now · 138 /h", as_of },
    { "3", GS_GATE_TILE_OCCUPIED, "Reading chip", "3 s · UTO", as_of },
    { "4", GS_GATE_TILE_FAULT, NULL, "reader, 3:15", as_of },
    { "5", GS_GATE_TILE_HELD, NULL, "by Desk 3 · 0:41", as_of },
    { "6", GS_GATE_TILE_REFERRED, NULL, "E02 · 0:12", as_of },
    { "7", GS_GATE_TILE_CLOSED, NULL, "by Desk 4 · 14:02", as_of },
    { "8", GS_GATE_TILE_FREE, NULL, "last 7 s · 141 /h", as_of },
    { "9", GS_GATE_TILE_ALARM, "Door forced", "0:03", as_of },
  };
  const guint load[] = { 3, 3, 4, 5, 5, 6, 8, 9, 10, 11, 12, 14, 13, 13 };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *gates = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *meter = gs_load_meter_new ();

  gtk_box_set_homogeneous (GTK_BOX (gates), TRUE);
  gtk_widget_set_hexpand (gates, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    {
      GtkWidget *tile = gs_gate_tile_new ();

      gs_gate_tile_update (GS_GATE_TILE (tile), &tiles[i]);
      gtk_box_append (GTK_BOX (gates), tile);
    }
  gs_load_meter_update (GS_LOAD_METER (meter), load, G_N_ELEMENTS (load), as_of);
  gtk_box_append (GTK_BOX (box), gates);
  gtk_widget_set_size_request (meter, 328, -1);
  gtk_box_append (GTK_BOX (box), meter);
  return box;
}

static GtkWidget *
queue (gboolean as_of)
{
  const GsQueueRowContent rows[] = {
    { .kind = GS_QUEUE_ROW_CASE,
      .priority = 1,
      .shielded = TRUE,
      .code = "B05",
      .name = "Holm, Pär",
      .place = "gate 2",
      .waiting = "1:52",
      .at_desk = "Desk 4" },
    { .kind = GS_QUEUE_ROW_CASE,
      .priority = 2,
      .face_compare = TRUE,
      .code = "B01",
      .name = "Eriksson, Anna Maria",
      .place = "gate 3",
      .waiting = "2:10",
      .open_here = TRUE },
    { .kind = GS_QUEUE_ROW_CASE,
      .priority = 2,
      .code = "X01",
      .title = "MRZ differs from chip",
      .name = "Abara, Chidi Emeka",
      .place = "gate 1",
      .waiting = "1:34" },
    { .kind = GS_QUEUE_ROW_GROUP_HEAD,
      .priority = 4,
      .title = "Gate 4 reader fault",
      .name = "4 travellers, one cause",
      .waiting = "3:15",
      .climbed = TRUE },
    { .kind = GS_QUEUE_ROW_GROUP_MEMBER,
      .code = "D01",
      .native_name = "森 健二",
      .native_lang = "ja",
      .name = "Mori, Kenji",
      .waiting = "3:15" },
    { .kind = GS_QUEUE_ROW_GROUP_MEMBER,
      .code = "D01",
      .name = "Vantour, Ida Rose",
      .waiting = "2:41" },
    { .kind = GS_QUEUE_ROW_CASE,
      .priority = 3,
      .code = "E05",
      .title = "Nationality not eligible",
      .native_name = "沈 静怡",
      .native_lang = "zh-cn",
      .name = "Shen, Jingyi",
      .place = "gate 8",
      .waiting = "1:06" },
    { .kind = GS_QUEUE_ROW_CASE,
      .priority = 4,
      .code = "E02",
      .title = "Below minimum height",
      .name = "Okafor: Ada, Chidi, Ngozi",
      .place = "gate 6",
      .family = 3,
      .waiting = "0:12" },
  };
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "gs-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = gs_queue_row_new ();
      GsQueueRowContent content = rows[i];

      content.waiting_as_of = as_of;
      gs_queue_row_update (GS_QUEUE_ROW (row), &content);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return panel (as_of ? "Waiting, as of 14:22:53" : "Waiting", list);
}

static GtkWidget *
feed (void)
{
  static const GsFeedRowContent rows[] = {
    { "14:22:05", "2", GS_SIGN_ADMITTED, NULL, "admitted", 0, "7 s" },
    { "14:22:04", "3", GS_SIGN_GATE_STEP, NULL, "document read", 0, NULL },
    { "14:21:55", "6", GS_SIGN_GATE_REFERRED, NULL, "referred", 3, "E02" },
    { "14:21:44", NULL, GS_SIGN_NONE, "gs-stamp-symbolic", "stamped", 0, "Desk 4" },
    { "14:21:36", NULL, GS_SIGN_NONE, "gs-plane-symbolic", "boarded UT 233", 0, "12" },
    { "14:21:30", "11", GS_SIGN_GATE_FAULT, NULL, "fault, document reader", 0, NULL },
    { "14:21:20", NULL, GS_SIGN_ADMITTED, NULL, "admitted", 0, "by Desk 4" },
    { "14:21:11", "8", GS_SIGN_REFUSED, NULL, "refused", 0, "Desk 2" },
    { "11:11:11", "1", GS_SIGN_SECOND_LINE, NULL, "second line", 0, "Desk 3" },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = gs_feed_row_new ();

      gs_feed_row_update (GS_FEED_ROW (row), &rows[i]);
      gtk_box_append (GTK_BOX (box), row);
    }
  return panel ("Feed", box);
}

static void
read_window (GsCountdownReading *reading, gpointer user_data)
{
  *reading = *(const GsCountdownReading *) user_data;
}

static GtkWidget *
countdowns (gboolean compact)
{
  static const GsCountdownReading readings[] = {
    { TRUE, FALSE, 6173000, 10000000, FALSE }, { TRUE, FALSE, 270000, 2569000, FALSE },
    { TRUE, FALSE, 61000, 2569000, FALSE },    { TRUE, TRUE, 0, 2569000, FALSE },
    { FALSE, FALSE, 413000, 2569000, FALSE },  { TRUE, FALSE, 413000, 2569000, TRUE },
  };
  static const GsCountdownText text = { "UT 418, boarding closes 14:30",
                                        "or when she boards, whichever is first",
                                        "hall time, ± 0.1 s",
                                        "admitted 13:47:11",
                                        "14:30:00",
                                        "closed 14:30:00, boarding closed",
                                        "14:22:53",
                                        "14:22:07" };
  GtkWidget *box = gtk_box_new (compact ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
                                compact ? 24 : 12);

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      GtkWidget *countdown = gs_countdown_new (compact);

      gs_countdown_set_text (GS_COUNTDOWN (countdown), &text);
      gs_countdown_set_func (GS_COUNTDOWN (countdown), read_window, (gpointer) &readings[i], NULL);
      gtk_box_append (GTK_BOX (box), countdown);
    }
  return box;
}

GtkWidget *
gs_gallery_desk (void)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  GtkWidget *waiting = queue (FALSE);
  GtkWidget *stale = queue (TRUE);
  GtkWidget *last = feed ();

  gtk_widget_set_margin_start (page, 16);
  gtk_widget_set_margin_end (page, 16);
  gtk_widget_set_margin_top (page, 16);
  gtk_widget_set_margin_bottom (page, 16);
  gtk_widget_set_size_request (waiting, 368, -1);
  gtk_widget_set_size_request (stale, 368, -1);
  gtk_widget_set_size_request (last, 328, -1);
  gtk_box_append (GTK_BOX (page), strip (NULL));
  gtk_box_append (GTK_BOX (page), strip ("14:22:53"));
  gtk_box_append (GTK_BOX (columns), waiting);
  gtk_box_append (GTK_BOX (columns), stale);
  gtk_box_append (GTK_BOX (right), countdowns (FALSE));
  gtk_box_append (GTK_BOX (right), countdowns (TRUE));
  gtk_box_append (GTK_BOX (columns), right);
  gtk_box_append (GTK_BOX (columns), last);
  gtk_box_append (GTK_BOX (page), columns);
  return page;
}
