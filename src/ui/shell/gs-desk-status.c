/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-desk-status.h"

#include <glib/gi18n.h>

#include "gs-camera-text.h"
#include "gs-format.h"
#include "gs-printer-text.h"
#include "gs-time.h"
#include "gs-trust-text.h"

char *
gs_desk_status_dup_left (GsStation *station)
{
  GPtrArray *left = gs_shift_get_left (gs_station_get_shift (station));
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < left->len; i++)
    {
      GsCase *item = gs_case_book_find (gs_station_get_book (station), g_ptr_array_index (left, i));
      g_autofree char *name = item != NULL ? gs_format_name (item) : NULL;

      g_string_append_printf (names, "%s%s", i > 0 ? "; " : "",
                              name != NULL ? name : (char *) g_ptr_array_index (left, i));
    }
  /* Translators: one name or several; they left before an officer decided. */
  return left->len > 0 ? g_strdup_printf (_ ("Left without decision: %s."), names->str) : NULL;
}

void
gs_desk_status_show_shift (GsWindow *window, GsStation *station)
{
  GsShift *shift = gs_station_get_shift (station);
  gboolean muted = gs_shift_is_muted (shift);
  gint64 call_ms = gs_shift_get_call_ms (shift);
  g_autofree char *left = gs_desk_status_dup_left (station);
  g_autofree char *waited = call_ms >= 0 ? gs_time_format_duration (call_ms) : NULL;

  gs_window_set_status (window, GS_WINDOW_STATUS_SOUND, GS_SIGN_WARNING,
                        muted ? "gs-sound-off-symbolic" : NULL, muted ? _ ("Muted") : NULL, NULL,
                        NULL);
  gs_window_set_status (window, GS_WINDOW_STATUS_CALL, GS_SIGN_WARNING,
                        call_ms >= 0 ? "gs-officer-symbolic" : NULL,
                        call_ms >= 0 ? _ ("Supervisor called") : NULL, waited, left);
}

void
gs_desk_status_show_printer (GsWindow *window, GsStation *station)
{
  GsPrinterDesk *printers = gs_station_get_printers (station);
  GsPrinterMonitor *printer = gs_printer_desk_choose (printers, NULL);
  g_autofree char *tail = NULL;
  g_autofree char *detail = NULL;
  const char *word;
  GsSign sign;

  if (gs_printer_desk_get_n_printers (printers) == 0)
    {
      gs_window_set_status (window, GS_WINDOW_STATUS_PRINTER, GS_SIGN_NONE, NULL, NULL, NULL, NULL);
      return;
    }
  if (printer == NULL)
    printer = gs_printer_desk_get_printer (printers, 0);
  word = gs_printer_text_word (printers, printer, &sign);
  tail = gs_printer_text_ink (gs_printer_monitor_get_status (printer));
  detail = gs_printer_text_all (gs_station_get_enrolment (station));
  gs_window_set_status (window, GS_WINDOW_STATUS_PRINTER, sign, NULL, word, tail, detail);
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

typedef struct
{
  GsSign sign;
  const char *word;
  const char *next; /* what to do, in the popover */
} Reader;

static Reader
describe_reader (GsChipReaderState state)
{
  switch (state)
    {
    case GS_CHIP_READER_STOPPED:
    case GS_CHIP_READER_ABSENT:
      return (Reader){ GS_SIGN_FAILED, _ ("Chip reader away"),
                       _ ("Plug it in. Until then chips are not read; the MRZ still works.") };
    case GS_CHIP_READER_NO_SERVICE:
      return (Reader){ GS_SIGN_FAILED, _ ("No reader service"),
                       _ ("The workstation’s service for readers does not run. Tell the "
                          "administrator; the MRZ still works.") };
    case GS_CHIP_READER_MUTE:
      return (Reader){ GS_SIGN_WARNING, _ ("Chip silent"),
                       _ ("Turn the document over or open it. If it stays silent, look at it by "
                          "hand.") };
    case GS_CHIP_READER_IN_USE:
      return (Reader){ GS_SIGN_WARNING, _ ("Reader in use"),
                       _ ("Another program has the chip. Close it.") };
    case GS_CHIP_READER_STUCK:
      return (Reader){ GS_SIGN_FAILED, _ ("Reader stuck"),
                       _ ("It has not answered for long. Take the document off; unplug the reader "
                          "and plug it in again.") };
    case GS_CHIP_READER_READING:
      return (Reader){ GS_SIGN_SUCCESSFUL, _ ("Reading"), _ ("Leave the document on the reader.") };
    case GS_CHIP_READER_CARD:
      return (Reader){ GS_SIGN_SUCCESSFUL, _ ("Document on reader"),
                       _ ("Take the document off when the card shows its verdict.") };
    case GS_CHIP_READER_EMPTY:
      break;
    }
  return (Reader){ GS_SIGN_SUCCESSFUL, _ ("Reader ready"),
                   _ ("Lay a document down: its chip is read by itself.") };
}

/* Whom this desk believes; the sign is worse than good when nobody can be found genuine. Transfer
 * full. */
static char *
describe_trust (GsStation *station, GsSign *sign, const char **word)
{
  GsDocumentDesk *desk = gs_station_get_document_desk (station);
  guint n = gs_document_desk_get_n_authorities (desk);
  g_autofree char *as_of = NULL;

  *sign = GS_SIGN_SUCCESSFUL;
  *word = NULL;
  switch (gs_document_desk_get_trust (desk))
    {
    case GS_TRUST_LOADING:
      return g_strdup (_ ("The trust store is being read."));
    case GS_TRUST_EMPTY:
      *sign = GS_SIGN_WARNING;
      *word = _ ("No authorities");
      return g_strdup (_ ("The trust store is empty: no chip can be found genuine. Tell the "
                          "administrator, who brings in a master list."));
    case GS_TRUST_DAMAGED:
      *sign = GS_SIGN_FAILED;
      *word = _ ("Trust store damaged");
      return g_strdup (_ ("The trust store cannot be read: no chip can be found genuine. Tell the "
                          "administrator, who restores it."));
    case GS_TRUST_LOADED:
      break;
    }
  as_of = gs_trust_text_date (gs_document_desk_get_trust_utc_ms (desk));
  /* Translators: signing authorities in the trust store; the date is of the newest. */
  return g_strdup_printf (g_dngettext (NULL, "Trust store: %u authority, as of %s.",
                                       "Trust store: %u authorities, as of %s.", n),
                          n, as_of);
}

/* The passport reader's word and its popover. Transfer full. */
static char *
describe_chip (GsStation *station, GsSign *sign, const char **word)
{
  GsChipReader *chip = gs_document_desk_get_reader (gs_station_get_document_desk (station));
  const char *name = gs_chip_reader_get_name (chip);
  Reader reader = describe_reader (gs_chip_reader_get_state (chip));
  GsSign trust_sign;
  const char *trust_word;
  g_autofree char *trust = describe_trust (station, &trust_sign, &trust_word);

  /* A reader that works is no news beside a store that does not. */
  *sign = reader.sign == GS_SIGN_SUCCESSFUL ? trust_sign : reader.sign;
  *word = reader.sign == GS_SIGN_SUCCESSFUL && trust_word != NULL ? trust_word : reader.word;
  return g_strdup_printf ("%s\n%s: %s\n\n%s", name != NULL ? name : _ ("Passport reader"),
                          reader.word, reader.next, trust);
}

void
gs_desk_status_show_reader (GsWindow *window, GsStation *station, GsScanner *scanner)
{
  gboolean ready = scanner == NULL || gs_scanner_get_state (scanner) == GS_SCANNER_READY;
  gboolean chip = gs_document_desk_get_reader (gs_station_get_document_desk (station)) != NULL;
  GsSign sign = GS_SIGN_SUCCESSFUL;
  const char *word = scanner != NULL ? _ ("Reader") : NULL;
  g_autoptr (GString) detail = g_string_new (NULL);

  if (chip)
    {
      g_autofree char *text = describe_chip (station, &sign, &word);

      g_string_append (detail, text);
    }
  if (!ready)
    {
      sign = GS_SIGN_FAILED;
      word = _ ("Reader away");
      g_string_prepend (detail, detail->len > 0 ? "\n\n" : "");
      g_string_prepend (detail, _ ("The MRZ reader is away: plug it in. Ctrl M types a document."));
    }
  gs_window_set_status (window, GS_WINDOW_STATUS_READER, sign, NULL, word, NULL,
                        detail->len > 0 ? detail->str : NULL);
}

/* Why a camera that is off is off. */
static const char *
off_words (GsFaceDesk *desk)
{
  return gs_face_desk_has_reader (desk)
           ? _ ("It runs only while the document of the open case is on the reader.")
           : _ ("It runs only for two minutes after the document of the open case was swiped.");
}

/* The camera's name, what is wrong, and what to do. */
static char *
dup_camera_detail (GsFaceDesk *desk)
{
  GsCamera *camera = gs_face_desk_get_camera (desk);
  GsCameraState state = gs_camera_get_state (camera);
  const char *trouble = gs_camera_text_trouble (gs_camera_get_trouble (camera));
  const char *words = trouble;

  if (words == NULL)
    words = state == GS_CAMERA_OFF        ? off_words (desk)
            : state == GS_CAMERA_STARTING ? _ ("The first picture is on its way.")
            : state == GS_CAMERA_LIVE     ? _ ("Nothing is recorded.")
            : state == GS_CAMERA_FROZEN
              ? _ ("No new picture for a second. Look at the traveller; check the camera’s plug.")
              : _ ("It is tried again by itself. Look at the traveller; check the camera’s plug.");
  return g_strdup_printf ("%s\n%s: %s", gs_camera_get_name (camera), gs_camera_text_state (state),
                          words);
}

void
gs_desk_status_show_camera (GsWindow *window, GsStation *station)
{
  GsFaceDesk *desk = gs_station_get_face_desk (station);
  GsCamera *camera = gs_face_desk_get_camera (desk);
  g_autofree char *detail = NULL;

  /* What a desk does not have takes no room in its header; the card says that there is none. */
  if (camera == NULL)
    {
      gs_window_set_status (window, GS_WINDOW_STATUS_CAMERA, GS_SIGN_NONE, NULL, NULL, NULL, NULL);
      return;
    }
  detail = dup_camera_detail (desk);
  gs_window_set_status (window, GS_WINDOW_STATUS_CAMERA,
                        gs_camera_text_sign (gs_camera_get_state (camera)), NULL,
                        gs_camera_text_state (gs_camera_get_state (camera)), NULL, detail);
}

void
gs_desk_status_show_link (GsWindow *window, GsStation *station)
{
  GsLink link;
  g_autofree char *as_of = NULL;
  g_autofree char *dead = NULL;
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *next = NULL;
  g_autofree char *behind = NULL;

  gs_station_get_link (station, &link);
  dead = gs_time_format_duration (link.dead_ms);
  as_of = gs_format_time (station, link.as_of_utc_ms);
  switch (link.state)
    {
    case GS_LINK_LIVE:
      gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_LIVE, NULL,
                            link.snapshot_pending ? _ ("Reloading") : _ ("Live"), NULL, NULL);
      gs_window_set_dead_link (window, NULL, NULL, NULL);
      return;
    case GS_LINK_CONNECTING:
      gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_NOT_KNOWN, NULL,
                            _ ("Connecting"), NULL, NULL);
      gs_window_set_dead_link (window, NULL, NULL, NULL);
      return;
    case GS_LINK_CATCHING_UP:
      behind = g_strdup_printf ("%" G_GINT64_FORMAT, link.behind);
      gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_WARNING, NULL, _ ("Catching up"),
                            behind, NULL);
      gs_window_set_dead_link (window, NULL, NULL, NULL);
      return;
    case GS_LINK_DEAD:
      /* Translators: how long, such as 0:14. */
      title = g_strdup_printf (_ ("No link to the hall for %s"), dead);
      break;
    case GS_LINK_REFUSED:
      title = g_strdup (_ ("The hall and this desk do not trust each other"));
      break;
    }
  gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_FAILED, "gs-no-link-symbolic",
                        _ ("No link"), dead, NULL);
  sentence = link.state == GS_LINK_REFUSED
               ? g_strdup (_ ("A certificate is wrong or has ended. Tell the administrator."))
             : link.as_of_utc_ms == GS_TIME_UNKNOWN
               ? g_strdup (_ ("Nobody is admitted and nothing is stamped until the link is there."))
               : g_strdup_printf (
                 _ ("All of the hall is shown as of %s. Nobody is admitted and nothing is stamped "
                    "until the link is back. Other decisions are kept and sent then."),
                 as_of);
  if (link.next_try_ms > 0)
    next = g_strdup_printf (_ ("next try in %d s"), (int) (link.next_try_ms / 1000) + 1);
  gs_window_set_dead_link (window, title, sentence, next);
}
