/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-driver.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MEDIA "om_stamp_45x35mm"
#define POWER_CUT_STATUS 86
/* Impressions of a full cartridge, and what it says when it is low. */
#define INK_IMPRESSIONS 5000
#define INK_LOW_PERCENT 6

/* The machine of this process: PAPPL hands its callbacks no data of ours. */
static GsSimMachine *the_machine;

static int
ink_level (pappl_printer_t *printer)
{
  int used = papplPrinterGetImpressionsCompleted (printer) % INK_IMPRESSIONS;

  if (gs_sim_faults_is_set (the_machine->faults, GS_SIM_FAULT_SUPPLY_LOW))
    return INK_LOW_PERCENT;
  return 100 - used * 80 / INK_IMPRESSIONS;
}

static bool
on_status (pappl_printer_t *printer)
{
  pappl_supply_t ink = { .color = PAPPL_SUPPLY_COLOR_BLACK,
                         .description = "Stamp ink",
                         .is_consumed = true,
                         .level = ink_level (printer),
                         .type = PAPPL_SUPPLY_TYPE_INK_CARTRIDGE };

  papplPrinterSetSupplies (printer, 1, &ink);
  papplPrinterSetReasons (printer, gs_sim_faults_get_reasons (the_machine->faults),
                          PAPPL_PREASON_DEVICE_STATUS);
  return true;
}

void
gs_sim_driver_refresh (pappl_printer_t *printer, GsSimMachine *machine)
{
  on_status (printer);
  if (papplPrinterGetState (printer) == IPP_PSTATE_PROCESSING)
    return;
  if (gs_sim_faults_is_stopping (machine->faults))
    papplPrinterPause (printer);
  else
    papplPrinterResume (printer);
}

static bool
on_start_job (pappl_job_t *job, pappl_pr_options_t *options, pappl_device_t *device)
{
  return true;
}

static bool
on_start_page (pappl_job_t *job, pappl_pr_options_t *options, pappl_device_t *device, unsigned page)
{
  papplJobSetData (job, gs_sim_page_new (papplJobGetID (job), papplJobGetName (job),
                                         options->header.cupsWidth, options->header.cupsHeight));
  return true;
}

static void
end_page (pappl_job_t *job, const char *why)
{
  GsSimPage *page = papplJobGetData (job);

  if (page == NULL)
    return;
  papplJobSetData (job, NULL);
  gs_sim_paper_end_page (the_machine->paper, page, why);
}

static bool
on_line (pappl_job_t *job,
         pappl_pr_options_t *options,
         pappl_device_t *device,
         unsigned y,
         const unsigned char *line)
{
  GsSimPage *page = papplJobGetData (job);

  if (page == NULL)
    return true;
  switch (gs_sim_faults_meet_line (the_machine->faults, job, y))
    {
    case GS_SIM_LINE_PRINTED:
      gs_sim_page_take_line (page, y, line, TRUE);
      break;
    case GS_SIM_LINE_BLANK:
      gs_sim_page_take_line (page, y, line, FALSE);
      break;
    case GS_SIM_LINE_POWER_CUT:
      end_page (job, "power-cut");
      _exit (POWER_CUT_STATUS);
    case GS_SIM_LINE_CANCELLED:
    default:
      break;
    }
  return true;
}

/* PAPPL counts a page when it begins: what left no ink is taken off again. */
static bool
on_end_page (pappl_job_t *job, pappl_pr_options_t *options, pappl_device_t *device, unsigned number)
{
  GsSimPage *page = papplJobGetData (job);
  gboolean complete, cancelled = papplJobIsCanceled (job);

  if (page == NULL)
    return false;
  complete = gs_sim_page_is_complete (page);
  if (gs_sim_page_get_printed (page) == 0)
    papplJobSetImpressionsCompleted (job, -1);
  end_page (job, complete ? "finished" : cancelled ? "cancelled" : "short-data");
  if (!complete && !cancelled)
    papplJobSetReasons (job, PAPPL_JREASON_DOCUMENT_FORMAT_ERROR, PAPPL_JREASON_NONE);
  return complete || cancelled;
}

static bool
on_end_job (pappl_job_t *job, pappl_pr_options_t *options, pappl_device_t *device)
{
  return true;
}

static void
set_media (pappl_pr_driver_data_t *data)
{
  data->num_media = 1;
  data->media[0] = MEDIA;
  data->num_source = 1;
  data->source[0] = "manual";
  data->num_type = 1;
  data->type[0] = "stationery";
  papplCopyString (data->media_default.size_name, MEDIA, sizeof data->media_default.size_name);
  papplCopyString (data->media_default.source, "manual", sizeof data->media_default.source);
  papplCopyString (data->media_default.type, "stationery", sizeof data->media_default.type);
  data->media_default.size_width = 4500;
  data->media_default.size_length = 3500;
  data->media_ready[0] = data->media_default;
}

static bool
on_driver (pappl_system_t *system,
           const char *driver_name,
           const char *device_uri,
           const char *device_id,
           pappl_pr_driver_data_t *data,
           ipp_t **attributes,
           void *user_data)
{
  papplCopyString (data->make_and_model, "Gateside Simulated Stamp Printer",
                   sizeof data->make_and_model);
  data->rstartjob_cb = on_start_job;
  data->rstartpage_cb = on_start_page;
  data->rwriteline_cb = on_line;
  data->rendpage_cb = on_end_page;
  data->rendjob_cb = on_end_job;
  data->status_cb = on_status;
  data->ppm = 20;
  data->kind = PAPPL_KIND_LABEL;
  data->has_supplies = true;
  data->color_supported = PAPPL_COLOR_MODE_MONOCHROME | PAPPL_COLOR_MODE_BI_LEVEL;
  data->color_default = PAPPL_COLOR_MODE_BI_LEVEL;
  data->content_default = PAPPL_CONTENT_AUTO;
  data->quality_default = IPP_QUALITY_NORMAL;
  data->scaling_default = PAPPL_SCALING_NONE;
  data->orient_default = IPP_ORIENT_PORTRAIT;
  data->raster_types = PAPPL_PWG_RASTER_TYPE_BLACK_1;
  data->force_raster_type = PAPPL_PWG_RASTER_TYPE_BLACK_1;
  data->sides_supported = PAPPL_SIDES_ONE_SIDED;
  data->sides_default = PAPPL_SIDES_ONE_SIDED;
  data->num_resolution = 1;
  data->x_resolution[0] = data->x_default = 600;
  data->y_resolution[0] = data->y_default = 600;
  set_media (data);
  return true;
}

/* The device has no wire: paper is written by the page itself. */
static bool
on_open_device (pappl_device_t *device, const char *device_uri, const char *name)
{
  papplDeviceSetData (device, the_machine);
  return true;
}

static void
on_close_device (pappl_device_t *device)
{
}

static ssize_t
on_read_device (pappl_device_t *device, void *buffer, size_t bytes)
{
  return 0;
}

static ssize_t
on_write_device (pappl_device_t *device, const void *buffer, size_t bytes)
{
  return (ssize_t) bytes;
}

static pappl_preason_t
on_device_status (pappl_device_t *device)
{
  return gs_sim_faults_get_reasons (the_machine->faults);
}

static char *
on_device_id (pappl_device_t *device, char *buffer, size_t size)
{
  papplCopyString (buffer, "MFG:Gateside;MDL:Simulated Stamp Printer;CMD:PWGRaster;", size);
  return buffer;
}

void
gs_sim_driver_install (pappl_system_t *system, GsSimMachine *machine)
{
  static pappl_pr_driver_t drivers[] = { { GS_SIM_DRIVER_NAME, "Gateside Simulated Stamp Printer",
                                           NULL, NULL } };

  the_machine = machine;
  papplDeviceAddScheme ("gateside-stamp", PAPPL_DEVTYPE_CUSTOM_LOCAL, NULL, on_open_device,
                        on_close_device, on_read_device, on_write_device, on_device_status,
                        on_device_id);
  papplSystemSetPrinterDrivers (system, G_N_ELEMENTS (drivers), drivers, NULL, NULL, on_driver,
                                machine);
}
