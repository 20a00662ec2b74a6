/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-file.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/crypto.h>
#include <string.h>

#define INS_SELECT 0xA4
#define INS_READ 0xB0
#define INS_READ_ODD 0xB1
#define TAG_OFFSET 0x54
#define TAG_DATA 0x53

/* Enough of a file to know its length: a tag of two bytes, a length of five. */
#define HEADER_LENGTH 8
/* READ BINARY with an even instruction has 15 bits for the offset. */
#define EVEN_OFFSET_MAX 0x7FFF
/* A chip that gives less than this in one answer, but for the last, would take for ever. */
#define LEAST_ANSWER 16

static const gsize steps_of_reading[] = { 224, 192, 160, 128 };

static const struct
{
  const char *name;
  guint16 id;
} files[GS_CHIP_N_FILES] = {
  { "EF.CardAccess", 0x011C }, { "EF.CardSecurity", 0x011D },
  { "EF.COM", 0x011E },        { "EF.SOD", 0x011D },
  { "DG1", 0x0101 },           { "DG2", 0x0102 },
  { "DG3", 0x0103 },           { "DG4", 0x0104 },
  { "DG5", 0x0105 },           { "DG6", 0x0106 },
  { "DG7", 0x0107 },           { "DG8", 0x0108 },
  { "DG9", 0x0109 },           { "DG10", 0x010A },
  { "DG11", 0x010B },          { "DG12", 0x010C },
  { "DG13", 0x010D },          { "DG14", 0x010E },
  { "DG15", 0x010F },          { "DG16", 0x0110 },
};

const char *
gs_chip_file_to_string (GsChipFile file)
{
  return (guint) file < GS_CHIP_N_FILES ? files[file].name : "no file";
}

gboolean
gs_chip_file_from_string (const char *name, GsChipFile *file)
{
  for (guint i = 0; i < GS_CHIP_N_FILES; i++)
    {
      const char *known = files[i].name;
      if (g_ascii_strcasecmp (name, known) == 0
          || (g_str_has_prefix (known, "EF.") && g_ascii_strcasecmp (name, known + 3) == 0))
        {
          *file = (GsChipFile) i;
          return TRUE;
        }
    }
  return FALSE;
}

guint16
gs_chip_file_get_id (GsChipFile file)
{
  return (guint) file < GS_CHIP_N_FILES ? files[file].id : 0;
}

guint
gs_chip_file_get_group (GsChipFile file)
{
  return file >= GS_CHIP_FILE_DG1 && file <= GS_CHIP_FILE_DG16 ? file - GS_CHIP_FILE_DG1 + 1 : 0;
}

void
gs_chip_part_clear (GsChipPart *part)
{
  if (part->bytes != NULL)
    OPENSSL_cleanse (part->bytes->data, part->bytes->len);
  g_clear_pointer (&part->bytes, g_byte_array_unref);
  part->size = 0;
}

static gboolean
fail (GError **error, GsEmrtdError code, GsChipFile file, guint16 status)
{
  g_set_error (error, GS_EMRTD_ERROR, code, "%s: the chip answered %04X",
               gs_chip_file_to_string (file), status);
  return FALSE;
}

static gboolean
select_file (GsChipChannel *channel, GsChipFile file, GError **error)
{
  const guint8 id[2] = { (guint8) (files[file].id >> 8), (guint8) files[file].id };
  g_auto (GsApduResponse) response = { 0 };
  const GsApduCommand command = {
    .ins = INS_SELECT, .p1 = 0x02, .p2 = 0x0C, .data = id, .length = sizeof id
  };

  if (!gs_chip_channel_send (channel, &command, &response, error))
    return FALSE;
  switch (response.status)
    {
    case GS_APDU_OK:
      return TRUE;
    case GS_APDU_FILE_NOT_FOUND:
    case 0x6A88:
      return fail (error, GS_EMRTD_ERROR_NOT_FOUND, file, response.status);
    case GS_APDU_SECURITY_STATUS:
    case GS_APDU_CONDITIONS:
      return fail (error, GS_EMRTD_ERROR_ACCESS, file, response.status);
    default:
      return fail (error, GS_EMRTD_ERROR_STATUS, file, response.status);
    }
}

/* One READ BINARY; beyond 32 kB with the odd instruction, whose answer is wrapped. */
static gboolean
read_binary (
  GsChipChannel *channel, gsize offset, gsize wanted, GsApduResponse *response, GError **error)
{
  const guint8 number[3] = { (guint8) (offset >> 16), (guint8) (offset >> 8), (guint8) offset };
  g_autoptr (GByteArray) data = NULL;
  GsApduCommand command = {
    .ins = INS_READ, .p1 = (guint8) (offset >> 8), .p2 = (guint8) offset, .expected = (guint) wanted
  };
  gsize size;
  GsTlv element;

  if (offset <= EVEN_OFFSET_MAX)
    return gs_chip_channel_send (channel, &command, response, error);

  data = g_byte_array_new ();
  gs_tlv_append (data, TAG_OFFSET, number, sizeof number);
  command = (GsApduCommand){
    .ins = INS_READ_ODD, .data = data->data, .length = data->len, .expected = (guint) wanted + 4
  };
  if (!gs_chip_channel_send (channel, &command, response, error))
    return FALSE;
  const guint8 *bytes = g_bytes_get_data (response->data, &size);
  if (size == 0)
    return TRUE;
  if (!gs_tlv_read_only (bytes, size, FALSE, &element, error))
    return FALSE;
  if (element.tag != TAG_DATA)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the answer to READ BINARY is not wrapped as asked");
      return FALSE;
    }
  GBytes *inner = g_bytes_new (element.value, element.length);
  g_bytes_unref (response->data);
  response->data = inner;
  return TRUE;
}

static gsize
get_step (GsChipChannel *channel, const GsChipSteps *steps)
{
  GsSecureMessaging *secure = gs_chip_channel_get_secure (channel);
  gsize step = steps_of_reading[MIN (steps->step, G_N_ELEMENTS (steps_of_reading) - 1)];

  /* Under AES 223 bytes is what a short answer holds; four more are taken by the odd form. */
  return secure != NULL ? MIN (step, gs_secure_messaging_get_short_capacity (secure) - 4) : step;
}

/* Whether this refusal may be about the length that was asked for. */
static gboolean
may_be_length (guint16 status)
{
  return status == GS_APDU_WRONG_LENGTH || status == GS_APDU_END_OF_FILE
         || status == GS_APDU_WRONG_OFFSET;
}

/* Appends the answer. FALSE without an error: try again with a smaller step. */
static gboolean
take (
  GsChipFile file, const GsApduResponse *response, gsize wanted, GsChipPart *part, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (response->data, &size);

  if (response->status != GS_APDU_OK && response->status != GS_APDU_END_OF_FILE)
    {
      if (response->status == GS_APDU_SECURITY_STATUS || response->status == GS_APDU_CONDITIONS)
        return fail (error, GS_EMRTD_ERROR_ACCESS, file, response->status);
      return may_be_length (response->status)
               ? FALSE
               : fail (error, GS_EMRTD_ERROR_STATUS, file, response->status);
    }
  if (size == 0)
    return may_be_length (response->status)
             ? FALSE
             : fail (error, GS_EMRTD_ERROR_MALFORMED, file, response->status);
  if (size < wanted && size < LEAST_ANSWER)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT,
                   "%s comes in pieces of %" G_GSIZE_FORMAT " bytes", gs_chip_file_to_string (file),
                   size);
      return FALSE;
    }
  g_byte_array_append (part->bytes, bytes, (guint) MIN (size, wanted));
  return TRUE;
}

static gboolean
step_down (GsChipFile file, GsChipSteps *steps, guint16 status, GError **error)
{
  if (steps->step + 1 < G_N_ELEMENTS (steps_of_reading))
    {
      steps->step++;
      return TRUE;
    }
  return fail (error, GS_EMRTD_ERROR_STATUS, file, status);
}

static gboolean
read_header (GsChipChannel *channel, GsChipFile file, GsChipPart *part, GError **error)
{
  g_auto (GsApduResponse) response = { 0 };
  gsize whole;

  if (!read_binary (channel, 0, HEADER_LENGTH, &response, error))
    return FALSE;
  g_byte_array_set_size (part->bytes, 0);
  if (!take (file, &response, HEADER_LENGTH, part, error))
    {
      if (error != NULL && *error == NULL)
        fail (error, GS_EMRTD_ERROR_STATUS, file, response.status);
      return FALSE;
    }
  if (!gs_tlv_peek_length (part->bytes->data, part->bytes->len, &whole, error))
    {
      g_prefix_error (error, "%s: ", gs_chip_file_to_string (file));
      return FALSE;
    }
  if (whole > GS_CHIP_FILE_MAX)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT,
                   "%s says that it has %" G_GSIZE_FORMAT " bytes", gs_chip_file_to_string (file),
                   whole);
      return FALSE;
    }
  part->size = whole;
  if (part->bytes->len > whole)
    g_byte_array_set_size (part->bytes, (guint) whole);
  return TRUE;
}

static gboolean
read_rest (GsChipChannel *channel,
           GsChipFile file,
           GsChipSteps *steps,
           GsChipPart *part,
           GsChipFileProgress progress,
           gpointer user_data,
           GError **error)
{
  while (part->bytes->len < part->size)
    {
      g_auto (GsApduResponse) response = { 0 };
      g_autoptr (GError) local = NULL;
      gsize wanted = MIN (get_step (channel, steps), part->size - part->bytes->len);

      /* No read may cross the boundary between both forms of the offset. */
      if (part->bytes->len <= EVEN_OFFSET_MAX)
        wanted = MIN (wanted, EVEN_OFFSET_MAX + 1 - part->bytes->len);
      if (!read_binary (channel, part->bytes->len, wanted, &response, error))
        {
          /* Many chips answer too long a wish by leaving secure messaging. */
          if (gs_chip_channel_is_dead (channel))
            steps->step++;
          return FALSE;
        }
      if (!take (file, &response, wanted, part, &local))
        {
          if (local != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          if (!step_down (file, steps, response.status, error))
            return FALSE;
        }
      else if (progress != NULL)
        progress (file, part->bytes->len, part->size, user_data);
    }
  return TRUE;
}

gboolean
gs_chip_file_read (GsChipChannel *channel,
                   GsChipFile file,
                   GsChipSteps *steps,
                   GsChipPart *part,
                   GsChipFileProgress progress,
                   gpointer user_data,
                   GError **error)
{
  if (steps->step >= G_N_ELEMENTS (steps_of_reading))
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_STATUS,
                   "%s: the chip gives no piece of any length", gs_chip_file_to_string (file));
      return FALSE;
    }
  if (part->bytes == NULL)
    part->bytes = g_byte_array_new ();
  if (!select_file (channel, file, error))
    return FALSE;
  if (part->size == 0 && !read_header (channel, file, part, error))
    return FALSE;
  if (progress != NULL)
    progress (file, part->bytes->len, part->size, user_data);
  return read_rest (channel, file, steps, part, progress, user_data, error);
}
