/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-desk-status.h"

#include <glib/gi18n.h>

#include "gs-time.h"

void
gs_desk_status_show_shift (GsWindow *window, GsStation *station)
{
  GsShift *shift = gs_station_get_shift (station);
  gboolean muted = gs_shift_is_muted (shift);
  gint64 call_ms = gs_shift_get_call_ms (shift);
  g_autofree char *waited = call_ms >= 0 ? gs_time_format_duration (call_ms) : NULL;

  gs_window_set_status (window, GS_WINDOW_STATUS_SOUND, GS_SIGN_WARNING,
                        muted ? "gs-sound-off-symbolic" : NULL, muted ? _ ("Muted") : NULL, NULL,
                        NULL);
  gs_window_set_status (window, GS_WINDOW_STATUS_CALL, GS_SIGN_WARNING,
                        call_ms >= 0 ? "gs-officer-symbolic" : NULL,
                        call_ms >= 0 ? _ ("Supervisor called") : NULL, waited, NULL);
}

void
gs_desk_status_show_printer (GsWindow *window, GsStation *station)
{
  GsPrinterMonitor *monitor = gs_station_get_printer (station);
  const GsPrinterStatus *status;
  g_autofree char *ink = NULL;
  const char *word;
  GsSign sign;

  if (monitor == NULL)
    {
      gs_window_set_status (window, GS_WINDOW_STATUS_PRINTER, GS_SIGN_NONE, NULL, NULL, NULL, NULL);
      return;
    }
  status = gs_printer_monitor_get_status (monitor);
  for (guint i = 0; i < status->supplies->len && ink == NULL; i++)
    {
      const GsPrinterSupply *supply = g_ptr_array_index (status->supplies, i);

      if (supply->level_percent >= 0)
        ink = g_strdup_printf (_ ("ink %d %%"), supply->level_percent);
    }
  if (!status->reachable)
    {
      sign = status->error != NULL ? GS_SIGN_FAILED : GS_SIGN_NOT_KNOWN;
      word = status->error != NULL ? _ ("Printer away") : _ ("Printer");
    }
  else if (gs_printer_status_has_reason (status, "media-jam"))
    sign = GS_SIGN_FAILED, word = _ ("Printer jammed");
  else if (!gs_printer_status_is_ready (status))
    sign = GS_SIGN_FAILED, word = _ ("Printer stopped");
  else if (gs_printer_status_is_supply_low (status))
    sign = GS_SIGN_WARNING, word = _ ("Ink low");
  else
    sign = GS_SIGN_SUCCESSFUL, word = _ ("Printer ready");
  gs_window_set_status (window, GS_WINDOW_STATUS_PRINTER, sign, NULL, word, ink, NULL);
}

void
gs_desk_status_show_place (GsWindow *window, GsStation *station)
{
  const GsConfig *config = gs_station_get_config (station);
  const GsHallStatus *status = gs_station_get_hall_status (station);
  const char *direction =
    config->direction == GS_DIRECTION_DEPARTURE ? _ ("Departures") : _ ("Arrivals");
  g_autofree char *hall = g_strdup_printf (
    "%s · %s", status != NULL && status->hall != NULL ? status->hall : _ ("Hall"), direction);
  g_autofree char *desk = config->crossing_point != NULL
                            ? g_strdup_printf ("%s · %s (%s)", config->desk_name, config->port_name,
                                               config->crossing_point)
                            : g_strdup_printf ("%s · %s", config->desk_name, config->port_name);

  gs_window_set_place (window,
                       g_str_equal (config->transport, "sea")    ? "gs-ship-symbolic"
                       : g_str_equal (config->transport, "land") ? "gs-car-symbolic"
                                                                 : "gs-plane-symbolic",
                       hall, desk);
}

/* The chip reader's word, and its sign; NULL where this desk has none. */
static const char *
chip_word (GsDocumentDesk *desk, GsSign *sign)
{
  GsChipReader *reader = gs_document_desk_get_reader (desk);

  *sign = GS_SIGN_SUCCESSFUL;
  if (reader == NULL)
    return NULL;
  switch (gs_chip_reader_get_state (reader))
    {
    case GS_CHIP_READER_STOPPED:
    case GS_CHIP_READER_ABSENT:
      *sign = GS_SIGN_FAILED;
      return _ ("Chip reader away");
    case GS_CHIP_READER_NO_SERVICE:
      *sign = GS_SIGN_FAILED;
      return _ ("No reader service");
    case GS_CHIP_READER_MUTE:
      *sign = GS_SIGN_WARNING;
      return _ ("Chip silent");
    case GS_CHIP_READER_IN_USE:
      *sign = GS_SIGN_WARNING;
      return _ ("Reader in use");
    case GS_CHIP_READER_STUCK:
      *sign = GS_SIGN_FAILED;
      return _ ("Reader stuck");
    case GS_CHIP_READER_READING:
      return _ ("Reading");
    case GS_CHIP_READER_CARD:
      return _ ("Document on reader");
    case GS_CHIP_READER_EMPTY:
      break;
    }
  return _ ("Reader ready");
}

void
gs_desk_status_show_reader (GsWindow *window, GsStation *station, GsScanner *scanner)
{
  gboolean ready = scanner == NULL || gs_scanner_get_state (scanner) == GS_SCANNER_READY;
  GsSign sign;
  const char *word = chip_word (gs_station_get_document_desk (station), &sign);

  if (word == NULL && scanner != NULL)
    word = _ ("Reader");
  if (!ready)
    {
      sign = GS_SIGN_FAILED;
      word = _ ("Reader away");
    }
  gs_window_set_status (window, GS_WINDOW_STATUS_READER, sign, NULL, word, NULL, NULL);
}
