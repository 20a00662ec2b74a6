/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-reading.h"

#include "gs-active-authentication.h"
#include "gs-bac.h"
#include "gs-chip-authentication.h"
#include "gs-emrtd-error.h"
#include "gs-security-infos.h"

#include <openssl/crypto.h>

#define TIME_LIMIT_US (60 * G_USEC_PER_SEC)
/* Access control is done again at most this often: once for every smaller step of reading, and for
 * one failed chip authentication. */
#define MAX_SESSIONS 6

#define BIT(file) (1u << (file))
#define USUAL_FILES                                                                                \
  (BIT (GS_CHIP_FILE_COM) | BIT (GS_CHIP_FILE_SOD) | BIT (GS_CHIP_FILE_DG1)                        \
   | BIT (GS_CHIP_FILE_DG2) | BIT (GS_CHIP_FILE_DG11) | BIT (GS_CHIP_FILE_DG14)                    \
   | BIT (GS_CHIP_FILE_DG15))

/* A reading while it runs. */
typedef struct
{
  GsChipReading *reading;
  GsChipChannel *channel;
  const GsAccessKey *key;
  const GsChipPlan *plan;
  GsPaceInfo *pace; /* borrowed from infos */
  GsSecurityInfos *infos;
  GsChipSteps steps;
  guint n_sessions;
} Run;

const char *
gs_chip_access_to_string (GsChipAccess access)
{
  switch (access)
    {
    case GS_CHIP_ACCESS_OPEN:
      return "none";
    case GS_CHIP_ACCESS_BAC:
      return "BAC";
    case GS_CHIP_ACCESS_PACE_GENERIC:
      return "PACE, generic mapping";
    case GS_CHIP_ACCESS_PACE_INTEGRATED:
      return "PACE, integrated mapping";
    case GS_CHIP_ACCESS_PACE_CHIP_AUTHENTICATION:
      return "PACE, chip-authentication mapping";
    default:
      return "unknown";
    }
}

void
gs_chip_reading_free (GsChipReading *self)
{
  for (guint i = 0; i < GS_CHIP_N_FILES; i++)
    {
      gsize size = 0;
      gconstpointer bytes =
        self->files[i] != NULL ? g_bytes_get_data (self->files[i], &size) : NULL;
      /* Somebody else may still hold a reference, and then also the duty. */
      if (bytes != NULL)
        {
          GByteArray *mine = g_bytes_unref_to_array (g_steal_pointer (&self->files[i]));
          OPENSSL_cleanse (mine->data, mine->len);
          g_byte_array_unref (mine);
        }
      g_clear_error (&self->errors[i]);
    }
  g_free (self->protocol);
  g_clear_error (&self->pace_error);
  g_clear_error (&self->chip_authentication_error);
  g_clear_error (&self->active_authentication_error);
  g_clear_pointer (&self->chip_key, g_bytes_unref);
  gs_pace_proof_clear (&self->proof);
  g_clear_error (&self->error);
  g_free (self);
}

/* Errors after which no other way of asking helps. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD)
         || g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER)
         || error->domain == G_IO_ERROR;
}

static void
tell (Run *run, GsChipStage stage, GsChipFile file, gsize done, gsize size)
{
  const GsChipProgress progress = { stage, file, done, size };

  if (run->plan->progress != NULL)
    run->plan->progress (&progress, run->plan->user_data);
}

static void
tell_file (GsChipFile file, gsize done, gsize size, gpointer user_data)
{
  tell (user_data, GS_CHIP_STAGE_FILE, file, done, size);
}

static GsChipAccess
access_of_mapping (GsPaceMapping mapping)
{
  switch (mapping)
    {
    case GS_PACE_MAPPING_INTEGRATED:
      return GS_CHIP_ACCESS_PACE_INTEGRATED;
    case GS_PACE_MAPPING_CHIP_AUTHENTICATION:
      return GS_CHIP_ACCESS_PACE_CHIP_AUTHENTICATION;
    default:
      return GS_CHIP_ACCESS_PACE_GENERIC;
    }
}

/* EF.CardAccess, when there is one. FALSE only for what ends the reading. */
static gboolean
read_card_access (Run *run, GError **error)
{
  GsChipReading *reading = run->reading;
  g_autoptr (GError) local = NULL;
  g_auto (GsChipPart) part = { 0 };
  GsChipSteps steps = { 0 };
  gsize size;

  /* Some chips have no master file to select and stand in it already. */
  if (!gs_chip_channel_select_master_file (run->channel, &local) && is_final (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_clear_error (&local);
  if (!gs_chip_file_read (run->channel, GS_CHIP_FILE_CARD_ACCESS, &steps, &part, NULL, NULL,
                          &local))
    {
      if (is_final (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_propagate_error (&reading->errors[GS_CHIP_FILE_CARD_ACCESS], g_steal_pointer (&local));
      return TRUE;
    }
  reading->files[GS_CHIP_FILE_CARD_ACCESS] =
    g_byte_array_free_to_bytes (g_steal_pointer (&part.bytes));
  const guint8 *bytes = g_bytes_get_data (reading->files[GS_CHIP_FILE_CARD_ACCESS], &size);
  run->infos = gs_security_infos_parse (bytes, size, &reading->errors[GS_CHIP_FILE_CARD_ACCESS]);
  if (run->infos != NULL)
    run->pace = (GsPaceInfo *) gs_security_infos_choose_pace (run->infos);
  return TRUE;
}

/* EF.CardSecurity stands in the master file too, behind PACE: now or never. */
static void
read_card_security (Run *run)
{
  GsChipReading *reading = run->reading;
  g_auto (GsChipPart) part = { 0 };

  if (reading->files[GS_CHIP_FILE_CARD_SECURITY] != NULL)
    return;
  g_clear_error (&reading->errors[GS_CHIP_FILE_CARD_SECURITY]);
  if (gs_chip_file_read (run->channel, GS_CHIP_FILE_CARD_SECURITY, &run->steps, &part, tell_file,
                         run, &reading->errors[GS_CHIP_FILE_CARD_SECURITY]))
    reading->files[GS_CHIP_FILE_CARD_SECURITY] =
      g_byte_array_free_to_bytes (g_steal_pointer (&part.bytes));
}

static gboolean
try_pace (Run *run, GError **error)
{
  GsChipReading *reading = run->reading;

  if (!gs_pace_perform (run->channel, run->key, run->pace, &reading->proof, error))
    {
      gs_chip_channel_set_secure (run->channel, NULL);
      return FALSE;
    }
  if (run->pace->mapping == GS_PACE_MAPPING_CHIP_AUTHENTICATION)
    read_card_security (run);
  if (!gs_chip_channel_select_application (run->channel, error))
    return FALSE;
  reading->access = access_of_mapping (run->pace->mapping);
  reading->cipher = run->pace->cipher;
  g_free (reading->protocol);
  reading->protocol = g_strdup (run->pace->oid);
  return TRUE;
}

/* TRUE when the chip lets its EF.COM be read by anybody. */
static gboolean
is_open (Run *run, GError **error)
{
  static const guint8 id[] = { 0x01, 0x1E };
  const GsApduCommand select = {
    .ins = 0xA4, .p1 = 0x02, .p2 = 0x0C, .data = id, .length = sizeof id
  };
  const GsApduCommand read = { .ins = 0xB0, .expected = 4 };
  g_auto (GsApduResponse) response = { 0 };

  if (!gs_chip_channel_send (run->channel, &select, &response, error))
    return FALSE;
  if (response.status != GS_APDU_OK)
    return FALSE;
  return gs_chip_channel_send (run->channel, &read, &response, error)
         && response.status == GS_APDU_OK;
}

static gboolean
open_with_bac (Run *run, GError **error)
{
  GsChipReading *reading = run->reading;
  g_autoptr (GError) local = NULL;

  gs_chip_channel_set_secure (run->channel, NULL);
  if (!gs_chip_channel_select_application (run->channel, error))
    return FALSE;
  if (run->key == NULL || run->key->kind == GS_ACCESS_KEY_CAN)
    {
      if (is_open (run, &local))
        {
          reading->access = GS_CHIP_ACCESS_OPEN;
          return TRUE;
        }
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS,
                             "the chip wants to know the MRZ");
      return FALSE;
    }
  if (gs_bac_perform (run->channel, run->key, &local))
    {
      reading->access = GS_CHIP_ACCESS_BAC;
      reading->cipher = GS_CHIP_CIPHER_3DES;
      return TRUE;
    }
  /* A chip without access control knows no challenge. */
  if (g_error_matches (local, GS_EMRTD_ERROR, GS_EMRTD_ERROR_STATUS) && is_open (run, NULL))
    {
      reading->access = GS_CHIP_ACCESS_OPEN;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Access control from its beginning: PACE, else BAC. The reason of a failure is PACE's where the
 * password was refused, since that is what the officer can mend. */
static gboolean
open_session (Run *run, GError **error)
{
  GsChipReading *reading = run->reading;
  g_autoptr (GError) pace = NULL;
  g_autoptr (GError) bac = NULL;

  if (run->n_sessions++ >= MAX_SESSIONS)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SESSION,
                           "secure messaging breaks again and again");
      return FALSE;
    }
  tell (run, GS_CHIP_STAGE_ACCESS, 0, 0, 0);
  if (run->pace != NULL && run->key != NULL && !run->plan->no_pace)
    {
      if (run->n_sessions > 1)
        {
          gs_chip_channel_set_secure (run->channel, NULL);
          gs_chip_channel_select_master_file (run->channel, NULL);
        }
      if (try_pace (run, &pace))
        return TRUE;
      if (is_final (pace))
        {
          g_propagate_error (error, g_steal_pointer (&pace));
          return FALSE;
        }
    }
  if (!open_with_bac (run, &bac))
    {
      gboolean prefer_pace = pace != NULL && !is_final (bac)
                             && !g_error_matches (bac, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS);
      g_propagate_error (error, prefer_pace ? g_steal_pointer (&pace) : g_steal_pointer (&bac));
      return FALSE;
    }
  if (pace != NULL && reading->pace_error == NULL)
    reading->pace_error = g_steal_pointer (&pace);
  return TRUE;
}

/* Reads one file, over as many sessions as it takes. FALSE for what ends the reading. */
static gboolean
read_file (Run *run, GsChipFile file, GError **error)
{
  GsChipReading *reading = run->reading;
  g_auto (GsChipPart) part = { 0 };

  if (((USUAL_FILES | run->plan->also) & ~run->plan->without & BIT (file)) == 0)
    return TRUE;
  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (gs_chip_channel_is_dead (run->channel) && !open_session (run, error))
        return FALSE;
      if (gs_chip_file_read (run->channel, file, &run->steps, &part, tell_file, run, &local))
        break;
      if (is_final (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!gs_chip_channel_is_dead (run->channel))
        {
          g_propagate_error (&reading->errors[file], g_steal_pointer (&local));
          return TRUE;
        }
    }
  reading->files[file] = g_byte_array_free_to_bytes (g_steal_pointer (&part.bytes));
  if (run->plan->file_done != NULL)
    run->plan->file_done (file, reading->files[file], run->plan->user_data);
  return TRUE;
}

/* What an attempt of the chip to prove itself came to. FALSE for what ends the reading. */
static gboolean
settle (GsCheckResult *result, GError **kept, GError *failure, GError **error)
{
  if (failure == NULL)
    {
      *result = GS_CHECK_RESULT_SUCCESSFUL;
      return TRUE;
    }
  if (g_error_matches (failure, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE))
    *result = GS_CHECK_RESULT_FAILED;
  else if (g_error_matches (failure, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED))
    *result = GS_CHECK_RESULT_NOT_SUPPORTED;
  else
    *result = GS_CHECK_RESULT_ABORTED;
  if (is_final (failure) && error != NULL)
    {
      *kept = g_error_copy (failure);
      g_propagate_error (error, failure);
      return FALSE;
    }
  *kept = failure;
  return TRUE;
}

static gboolean
authenticate_chip (Run *run, GError **error)
{
  GsChipReading *reading = run->reading;
  GBytes *dg14 = reading->files[GS_CHIP_FILE_DG14];
  const GsChipAuthenticationInfo *info;
  const GsChipAuthenticationKey *key;
  GError *failure = NULL;

  if (dg14 == NULL || gs_chip_channel_get_secure (run->channel) == NULL)
    return TRUE;
  g_autoptr (GsSecurityInfos) infos =
    gs_security_infos_parse_dg14 (dg14, &reading->chip_authentication_error);
  if (infos == NULL)
    {
      reading->chip_authentication = GS_CHECK_RESULT_ABORTED;
      return TRUE;
    }
  if (!gs_security_infos_choose_chip (infos, &info, &key))
    {
      reading->chip_authentication = GS_CHECK_RESULT_NOT_SUPPORTED;
      return TRUE;
    }
  if (gs_chip_channel_is_dead (run->channel) && !open_session (run, error))
    return FALSE;
  tell (run, GS_CHIP_STAGE_CHIP_AUTHENTICATION, 0, 0, 0);
  reading->chip_key = g_bytes_ref (key->public_key);
  gs_chip_authentication_perform (run->channel, info, key, &failure);
  return settle (&reading->chip_authentication, &reading->chip_authentication_error, failure,
                 error);
}

static gboolean
authenticate_actively (Run *run, GError **error)
{
  GsChipReading *reading = run->reading;
  GBytes *dg14 = reading->files[GS_CHIP_FILE_DG14];
  GBytes *dg15 = reading->files[GS_CHIP_FILE_DG15];
  g_autoptr (GsSecurityInfos) infos = NULL;
  GError *failure = NULL;

  /* Chip authentication proves the same without leaving a signature behind. */
  if (dg15 == NULL || reading->chip_authentication == GS_CHECK_RESULT_SUCCESSFUL)
    return TRUE;
  if (dg14 != NULL)
    infos = gs_security_infos_parse_dg14 (dg14, NULL);
  if (gs_chip_channel_is_dead (run->channel) && !open_session (run, error))
    return FALSE;
  tell (run, GS_CHIP_STAGE_ACTIVE_AUTHENTICATION, 0, 0, 0);
  gs_active_authentication_perform (run->channel, dg15,
                                    infos != NULL ? infos->active_algorithm : NULL, &failure);
  return settle (&reading->active_authentication, &reading->active_authentication_error, failure,
                 error);
}

/* DG1 first, since it finds the crossing; the picture, by far the longest, last but for what only
 * few ask for. */
static gboolean
read_all (Run *run, GError **error)
{
  static const GsChipFile first[] = { GS_CHIP_FILE_COM, GS_CHIP_FILE_DG1, GS_CHIP_FILE_SOD,
                                      GS_CHIP_FILE_DG14 };
  static const GsChipFile then[] = { GS_CHIP_FILE_DG15, GS_CHIP_FILE_DG11, GS_CHIP_FILE_DG2 };

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    if (!read_file (run, first[i], error))
      return FALSE;
  if (!authenticate_chip (run, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (then); i++)
    if (!read_file (run, then[i], error)
        || (then[i] == GS_CHIP_FILE_DG15 && !authenticate_actively (run, error)))
      return FALSE;
  for (GsChipFile file = GS_CHIP_FILE_DG3; file <= GS_CHIP_FILE_DG16; file++)
    if ((run->plan->also & BIT (file) & ~USUAL_FILES) != 0 && !read_file (run, file, error))
      return FALSE;
  return TRUE;
}

GsChipReading *
gs_chip_reading_run (GsChipTransport *transport,
                     const GsAccessKey *key,
                     const GsChipPlan *plan,
                     const GsRandomSource *random,
                     GCancellable *cancellable)
{
  static const GsChipPlan usual = { 0 };
  GsChipReading *reading = g_new0 (GsChipReading, 1);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GsChipChannel) channel = gs_chip_channel_new (transport, random, cancellable);
  Run run = {
    .reading = reading, .channel = channel, .key = key, .plan = plan != NULL ? plan : &usual
  };

  reading->chip_authentication = GS_CHECK_RESULT_NOT_CHECKED;
  reading->active_authentication = GS_CHECK_RESULT_NOT_CHECKED;
  gs_chip_channel_set_deadline (
    channel, start_us + (run.plan->time_limit_us > 0 ? run.plan->time_limit_us : TIME_LIMIT_US));
  tell (&run, GS_CHIP_STAGE_CONNECT, 0, 0, 0);
  if (read_card_access (&run, &reading->error) && open_session (&run, &reading->error))
    read_all (&run, &reading->error);
  g_clear_pointer (&run.infos, gs_security_infos_free);
  reading->n_commands = gs_chip_channel_get_n_commands (channel);
  reading->chip_time_us = gs_chip_channel_get_chip_time_us (channel);
  reading->time_us = g_get_monotonic_time () - start_us;
  return reading;
}
