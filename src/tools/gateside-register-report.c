/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-register.h"

#include <stdio.h>
#include <string.h>

#include "gs-register-export.h"
#include "gs-time.h"

static gboolean
is_day (const char *day)
{
  g_autofree char *text = g_strconcat (day, "T00:00:00Z", NULL);
  gint64 utc_ms;

  return strlen (day) == 10 && gs_time_parse_rfc3339 (text, -1, &utc_ms);
}

static gboolean
write_file (const char *path, GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (g_strcmp0 (path, "-") == 0)
    return fwrite (data, 1, length, stdout) == length && fflush (stdout) == 0;
  return g_file_set_contents (path, data, (gssize) length, error);
}

int
register_report (GsStore *store, const RegisterOptions *options)
{
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (GTimeZone) zone =
    options->zone != NULL ? g_time_zone_new_identifier (options->zone) : NULL;
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *today = gs_time_format_day (now, zone != NULL ? zone : local);
  const char *first = options->from != NULL ? options->from : today;
  const char *last = options->to != NULL ? options->to : today;
  g_autoptr (GsRegisterExport) export = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  GsRecordEntry entry;

  if (options->zone != NULL && zone == NULL)
    return register_fail_usage ("--time-zone is no time zone");
  if (!is_day (first) || !is_day (last) || g_strcmp0 (first, last) > 0)
    return register_fail_usage ("--from and --to need days such as 2026-11-23, in their order");
  export = gs_register_export_new (options->desk,
                                   options->loaded != NULL ? options->loaded->port_name : NULL,
                                   first, last, zone, now, options->pdf != NULL);
  gs_register_export_describe (export, NULL, &entry, &detail);
  bytes = gs_store_transact (store, &entry, gs_register_export_run, export, &error);
  if (bytes == NULL)
    return register_fail ("no report was made", error);
  if (!write_file (options->pdf != NULL ? options->pdf : options->csv, bytes, &error))
    {
      fprintf (stderr, "gateside-register: the report cannot be written%s%s\n",
               error != NULL ? ": " : "", error != NULL ? error->message : "");
      return EXIT_NOT_DONE;
    }
  return EXIT_DONE;
}
