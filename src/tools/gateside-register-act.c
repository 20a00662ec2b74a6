/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-register.h"

#include <jansson.h>
#include <stdio.h>

#include "gs-account-table.h"
#include "gs-stamp-device-table.h"
#include "gs-time.h"

/* --- list ------------------------------------------------------------------------------------- */

static gpointer
list_in_store (GsDatabase *db, gpointer data, GError **error)
{
  return gs_stamp_device_table_list (db, error);
}

static gpointer
get_account (GsDatabase *db, gpointer id, GError **error)
{
  return gs_account_table_get (db, id, error);
}

/* The account's name, or its id when there is no such account. */
static char *
dup_name (GsStore *store, const char *id)
{
  g_autoptr (GsAccount) account =
    id != NULL ? gs_store_query (store, get_account, (gpointer) id, NULL) : NULL;

  return g_strdup (account != NULL ? account->name : id);
}

static json_t *
text_or_null (const char *text)
{
  return text != NULL ? json_string (text) : json_null ();
}

static json_t *
describe (GsStore *store, const GsStampDevice *device)
{
  g_autofree char *holder = dup_name (store, device->officer);
  g_autofree char *code_since = gs_time_format_rfc3339 (device->code_utc_ms);
  g_autofree char *held_since = gs_time_format_rfc3339 (device->held_utc_ms);

  return json_pack ("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "stamp", device->id, "state",
                    gs_stamp_device_state_to_word (device->state), "code", device->code,
                    "code_since", text_or_null (code_since), "printer",
                    text_or_null (device->printer), "holder", text_or_null (holder), "desk",
                    text_or_null (device->desk), "held_since", text_or_null (held_since));
}

int
register_list (GsStore *store, const RegisterOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = gs_store_query (store, list_in_store, NULL, &error);
  json_t *list;
  char *text;

  if (devices == NULL)
    return register_fail ("the register cannot be read", error);
  list = json_array ();
  for (guint i = 0; i < devices->len; i++)
    {
      const GsStampDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *holder = dup_name (store, device->officer);
      g_autofree char *since = gs_time_format_rfc3339 (device->code_utc_ms);

      json_array_append_new (list, describe (store, device));
      if (!options->json)
        printf ("%s\t%s\t%s\t%s\t%s\t%s\n", device->id,
                gs_stamp_device_state_to_word (device->state), device->code, since,
                holder != NULL ? holder : "-", device->desk != NULL ? device->desk : "-");
    }
  text = json_dumps (list, JSON_INDENT (2));
  json_decref (list);
  if (options->json)
    puts (text);
  free (text);
  return EXIT_DONE;
}

/* --- changes ---------------------------------------------------------------------------------- */

int
register_change (GsStore *store, GsRegisterAct act, const RegisterOptions *options)
{
  g_autoptr (GsSession) first = register_sign_in (store, options->as);
  g_autoptr (GsSession) second = NULL;
  g_autoptr (GsRegisterChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  GsRecordEntry entry;

  if (first == NULL)
    return EXIT_NOT_DONE;
  if (options->with != NULL)
    {
      second = register_sign_in (store, options->with);
      if (second == NULL)
        return EXIT_NOT_DONE;
    }
  if (gs_register_judge (act, first, second) != GS_APPROVAL_GRANTED)
    {
      fprintf (stderr, "gateside-register: these accounts may not do that\n");
      return EXIT_NOT_DONE;
    }
  change = gs_register_change_new (act, options->stamp, options->desk, first, second,
                                   g_get_real_time () / 1000);
  change->printer = g_strdup (options->printer);
  if (options->code != NULL)
    {
      g_free (change->code);
      change->code = g_strdup (options->code);
    }
  gs_register_change_describe (change, &entry, &detail);
  gs_store_transact (store, &entry, gs_register_change_run, change, &error);
  if (error != NULL)
    return register_fail ("nothing was changed", error);
  if (change->code != NULL)
    printf ("%s\n", change->code);
  return EXIT_DONE;
}
