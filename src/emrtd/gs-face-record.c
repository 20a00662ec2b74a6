/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-record.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <string.h>

#define TAG_DG2 0x75
#define TAG_GROUP 0x7F61
#define TAG_TEMPLATE 0x7F60
#define TAG_BLOCK 0x5F2E
#define TAG_BLOCK_CONSTRUCTED 0x7F2E

/* ISO/IEC 19794-5:2005 section 5: lengths of the record's fixed parts. */
#define FACIAL_HEADER 14
#define FACIAL_INFORMATION 20
#define FEATURE_POINT 8
#define IMAGE_INFORMATION 12
#define IMAGE_TYPE_OFFSET 1 /* in the image information: 0 JPEG, 1 JPEG 2000 */

/* The least that a picture can be; shorter octet strings of ISO/IEC 39794-5 are other things. */
#define LEAST_IMAGE 64

static gpointer
fail (GError **error, GsEmrtdError code, const char *what)
{
  g_set_error (error, GS_EMRTD_ERROR, code, "DG2: %s", what);
  return NULL;
}

const char *
gs_face_coding_to_string (GsFaceCoding coding)
{
  switch (coding)
    {
    case GS_FACE_CODING_JPEG:
      return "JPEG";
    case GS_FACE_CODING_JP2:
      return "JPEG 2000";
    case GS_FACE_CODING_J2K:
      return "JPEG 2000 codestream";
    default:
      return "unknown";
    }
}

gboolean
gs_face_coding_sniff (const guint8 *bytes, gsize size, GsFaceCoding *coding)
{
  static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF };
  static const guint8 jp2[] = { 0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20 };
  static const guint8 j2k[] = { 0xFF, 0x4F, 0xFF, 0x51 };

  if (size >= sizeof jpeg && memcmp (bytes, jpeg, sizeof jpeg) == 0)
    *coding = GS_FACE_CODING_JPEG;
  else if (size >= sizeof jp2 && memcmp (bytes, jp2, sizeof jp2) == 0)
    *coding = GS_FACE_CODING_JP2;
  else if (size >= sizeof j2k && memcmp (bytes, j2k, sizeof j2k) == 0)
    *coding = GS_FACE_CODING_J2K;
  else
    return FALSE;
  return TRUE;
}

void
gs_face_record_free (GsFaceRecord *self)
{
  g_clear_pointer (&self->image, g_bytes_unref);
  g_free (self);
}

static guint32
be (const guint8 *bytes, guint n)
{
  guint32 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];
  return number;
}

static GsFaceRecord *
make_record (GsFaceRecordKind kind, const guint8 *image, gsize size, GError **error)
{
  GsFaceCoding coding;

  if (!gs_face_coding_sniff (image, size, &coding))
    return fail (error, GS_EMRTD_ERROR_UNSUPPORTED, "the picture is neither JPEG nor JPEG 2000");
  GsFaceRecord *record = g_new0 (GsFaceRecord, 1);
  record->kind = kind;
  record->coding = coding;
  record->type_fits = TRUE;
  record->n_images = 1;
  record->image = g_bytes_new (image, size);
  return record;
}

/* The facial record that the data block is, with every length held against what is left. */
static GsFaceRecord *
parse_19794 (const guint8 *block, gsize size, GError **error)
{
  gsize at = FACIAL_HEADER;

  if (size < FACIAL_HEADER + FACIAL_INFORMATION + IMAGE_INFORMATION
      || memcmp (block, "FAC", 4) != 0)
    return fail (error, GS_EMRTD_ERROR_MALFORMED, "the data block is no facial record");
  guint n_images = be (block + 12, 2);
  guint32 record_length = be (block + at, 4);
  guint n_points = be (block + at + 4, 2);
  if (n_images == 0)
    return fail (error, GS_EMRTD_ERROR_NOT_FOUND, "the facial record holds no picture");
  gsize head = FACIAL_INFORMATION + (gsize) n_points * FEATURE_POINT + IMAGE_INFORMATION;
  if (record_length > size - at || record_length <= head)
    return fail (error, GS_EMRTD_ERROR_MALFORMED, "the facial record's length is wrong");

  guint8 type = block[at + head - IMAGE_INFORMATION + IMAGE_TYPE_OFFSET];
  GsFaceRecord *record =
    make_record (GS_FACE_RECORD_19794, block + at + head, record_length - head, error);
  if (record != NULL)
    {
      record->n_images = n_images;
      record->type_fits = type == (record->coding == GS_FACE_CODING_JPEG ? 0 : 1);
    }
  return record;
}

/* The first octet string that is a picture, wherever the tagged structure has it. */
static gboolean
find_image (const GsTlvReader *parent, const GsTlv *element, GsTlv *image, GError **error)
{
  GsFaceCoding coding;
  GsTlvReader reader;
  GsTlv inner;

  if (!element->constructed)
    {
      *image = *element;
      return element->length >= LEAST_IMAGE
             && gs_face_coding_sniff (element->value, element->length, &coding);
    }
  gs_tlv_reader_enter (&reader, parent, element);
  while (!gs_tlv_reader_at_end (&reader))
    {
      if (!gs_tlv_read (&reader, &inner, error))
        return FALSE;
      if (find_image (&reader, &inner, image, error))
        return TRUE;
      if (error != NULL && *error != NULL)
        return FALSE;
    }
  return FALSE;
}

static GsFaceRecord *
parse_39794 (const GsTlvReader *parent, const GsTlv *block, GError **error)
{
  g_autoptr (GError) local = NULL;
  GsTlv image;

  if (find_image (parent, block, &image, &local))
    return make_record (GS_FACE_RECORD_39794, image.value, image.length, error);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return fail (error, GS_EMRTD_ERROR_NOT_FOUND, "the data block holds no picture");
}

/* The data block of the first template. */
static gboolean
find_block (const GsTlv *file, GsTlvReader *reader, GsTlv *block, GError **error)
{
  GsTlvReader outer, group, templates;
  GsTlv element, template;

  gs_tlv_reader_init (&outer, file->whole, file->whole_length);
  gs_tlv_reader_enter (&group, &outer, file);
  if (!gs_tlv_read_tag (&group, TAG_GROUP, &element, error))
    return FALSE;
  gs_tlv_reader_enter (&templates, &group, &element);
  if (!gs_tlv_find (&templates, TAG_TEMPLATE, &template))
    {
      fail (error, GS_EMRTD_ERROR_NOT_FOUND, "there is no biometric template");
      return FALSE;
    }
  gs_tlv_reader_enter (reader, &templates, &template);
  if (gs_tlv_find (reader, TAG_BLOCK, block) || gs_tlv_find (reader, TAG_BLOCK_CONSTRUCTED, block))
    return TRUE;
  fail (error, GS_EMRTD_ERROR_NOT_FOUND, "there is no biometric data block");
  return FALSE;
}

GsFaceRecord *
gs_face_record_parse (GBytes *dg2, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (dg2, &size);
  GsTlvReader reader;
  GsTlv file, block;

  if (!gs_tlv_read_only (bytes, size, TRUE, &file, error))
    {
      g_prefix_error (error, "DG2: ");
      return NULL;
    }
  if (file.tag != TAG_DG2)
    return fail (error, GS_EMRTD_ERROR_MALFORMED, "the file has another tag");
  if (!find_block (&file, &reader, &block, error))
    return NULL;
  if (block.tag == TAG_BLOCK_CONSTRUCTED && block.length > 0 && block.value[0] == 0xA1)
    return parse_39794 (&reader, &block, error);
  return parse_19794 (block.value, block.length, error);
}
