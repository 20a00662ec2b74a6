/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-web.h"

#include <string.h>

#define PAGES_SHOWN 24

static bool
respond_data (
  pappl_client_t *client, http_status_t status, const char *type, const void *data, size_t len)
{
  http_t *http = papplClientGetHTTP (client);

  if (!papplClientRespond (client, status, NULL, type, 0, len))
    return false;
  if (len > 0)
    httpWrite2 (http, data, len);
  httpFlushWrite (http);
  return true;
}

static void
refresh_printer (pappl_printer_t *printer, void *machine)
{
  gs_sim_driver_refresh (printer, machine);
}

/* by_hand becomes TRUE when the form is that of /pages. */
static bool
set_fault (pappl_client_t *client, GsSimMachine *machine, gboolean *by_hand)
{
  cups_option_t *form = NULL;
  int count = papplClientGetForm (client, &form);
  const char *fault = cupsGetOption ("fault", count, form);
  gboolean known = fault != NULL && gs_sim_faults_set (machine->faults, fault);

  *by_hand = cupsGetOption ("by-hand", count, form) != NULL;
  cupsFreeOptions (count, form);
  if (known)
    papplSystemIteratePrinters (papplClientGetSystem (client), refresh_printer, machine);
  return known;
}

static bool
on_faults (pappl_client_t *client, void *data)
{
  GsSimMachine *machine = data;
  g_autofree char *json = NULL;
  gboolean by_hand = FALSE;

  if (papplClientGetMethod (client) == HTTP_STATE_POST && !set_fault (client, machine, &by_hand))
    return respond_data (client, HTTP_STATUS_BAD_REQUEST, "text/plain", "unknown fault\n", 14);
  if (by_hand)
    return papplClientRespondRedirect (client, HTTP_STATUS_FOUND, "/pages");
  json = gs_sim_faults_to_json (machine->faults);
  return respond_data (client, HTTP_STATUS_OK, "application/json", json, strlen (json));
}

static bool
on_page_png (pappl_client_t *client, void *data)
{
  GsSimMachine *machine = data;
  const char *query = papplClientGetOptions (client);
  guint64 page = 0;
  g_autofree char *path = NULL, *png = NULL;
  gsize len = 0;

  if (query == NULL || !g_str_has_prefix (query, "page=")
      || !g_ascii_string_to_unsigned (query + strlen ("page="), 10, 1, G_MAXINT, &page, NULL))
    return papplClientRespond (client, HTTP_STATUS_BAD_REQUEST, NULL, NULL, 0, 0);
  path = gs_sim_paper_get_path (machine->paper, (unsigned) page);
  if (!g_file_get_contents (path, &png, &len, NULL))
    return papplClientRespond (client, HTTP_STATUS_NOT_FOUND, NULL, NULL, 0, 0);
  return respond_data (client, HTTP_STATUS_OK, "image/png", png, len);
}

static void
put_fault_forms (pappl_client_t *client)
{
  static const char *const buttons[] = { "jam",    "media-empty",      "supply-low",    "offline",
                                         "slow=5", "head-failure=300", "power-cut=400", "clear" };

  papplClientHTMLPuts (client, "<form method=\"post\" action=\"/faults\">"
                               "<input type=\"hidden\" name=\"by-hand\" value=\"1\">");
  for (size_t i = 0; i < G_N_ELEMENTS (buttons); i++)
    papplClientHTMLPrintf (client, "<button name=\"fault\" value=\"%s\">%s</button> ", buttons[i],
                           buttons[i]);
  papplClientHTMLPuts (client, "</form>");
}

static bool
on_pages (pappl_client_t *client, void *data)
{
  GsSimMachine *machine = data;
  unsigned pages = gs_sim_paper_get_pages (machine->paper);

  if (!papplClientRespond (client, HTTP_STATUS_OK, NULL, "text/html", 0, 0))
    return false;
  papplClientHTMLHeader (client, "Printed pages", 5);
  papplClientHTMLPrintf (client,
                         "<div class=\"content\"><h1>Printed pages</h1>"
                         "<p>%u in all, newest first. 45 × 35 mm at 600 dpi.</p>",
                         pages);
  put_fault_forms (client);
  for (unsigned i = 0; i < pages && i < PAGES_SHOWN; i++)
    papplClientHTMLPrintf (client,
                           "<figure style=\"display:inline-block;margin:8px\">"
                           "<img src=\"/page.png?page=%u\" width=\"354\" alt=\"Page %u\" "
                           "style=\"border:1px solid #999\"><figcaption>%u</figcaption></figure>",
                           pages - i, pages - i, pages - i);
  papplClientHTMLPuts (client, "</div>");
  papplClientHTMLFooter (client);
  return true;
}

void
gs_sim_web_install (pappl_system_t *system, GsSimMachine *machine)
{
  /* PAPPL 1.3 crashes on its web pages without one. */
  papplSystemSetFooterHTML (system,
                            "A simulated printer of Gateside. Nothing here is a real stamp.");
  papplSystemAddResourceCallback (system, "/faults", "application/json", on_faults, machine);
  papplSystemAddResourceCallback (system, "/page.png", "image/png", on_page_png, machine);
  papplSystemAddResourceCallback (system, "/pages", "text/html", on_pages, machine);
  papplSystemAddLink (system, "Printed pages", "/pages", PAPPL_LOPTIONS_NAVIGATION);
}
