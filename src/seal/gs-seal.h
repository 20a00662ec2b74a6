/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A visible digital seal as bytes (ICAO Doc 9303-13 § 2, BSI TR-03137-1): header, messages,
 * signature. Immutable, counted atomically; any thread. */
typedef struct _GsSeal GsSeal;

/* A day; year 0: none is stated. */
typedef struct
{
  guint year;
  guint month;
  guint day;
} GsSealDate;

typedef struct
{
  guint8 tag;
  GBytes *value;
} GsSealMessage;

/* What the header says. Text is upper case. */
typedef struct
{
  guint version;        /* 3 (raw 0x02) or 4 (raw 0x03) */
  char country[4];      /* who issued the document: three letters, fewer without what fills up */
  char signer[5];       /* two letters of the signer's country, two of its name: "UTTS" */
  char *reference;      /* the certificate's serial number in hexadecimal digits: "5B" */
  GsSealDate issued;    /* the document */
  GsSealDate signed_on; /* the seal */
  guint8 feature;       /* which document it is of: reference, category */
  guint8 category;      /* even: not of ICAO */
} GsSealHeader;

#define GS_SEAL_MAGIC 0xdc
#define GS_SEAL_SIGNATURE_TAG 0xff
/* What a Data Matrix can hold at all. */
#define GS_SEAL_MAX_BYTES 1556

/* Reads the whole; bytes behind the signature are an error. NULL with GS_SEAL_ERROR_NOT_A_SEAL,
 * _UNSUPPORTED or _MALFORMED. */
GsSeal *gs_seal_new (GBytes *bytes, GError **error);
GsSeal *gs_seal_ref (GsSeal *self);
void gs_seal_unref (GsSeal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSeal, gs_seal_unref)

const GsSealHeader *gs_seal_get_header (const GsSeal *self);
guint gs_seal_get_n_messages (const GsSeal *self);
const GsSealMessage *gs_seal_get_message (const GsSeal *self, guint index);
/* The message of that tag; NULL when there is none. */
GBytes *gs_seal_find_message (const GsSeal *self, guint8 tag);
GBytes *gs_seal_get_bytes (const GsSeal *self);
/* Header and messages: what is signed. */
GBytes *gs_seal_get_signed (const GsSeal *self);
/* r‖s. */
GBytes *gs_seal_get_signature (const GsSeal *self);

/* Header and messages as bytes, without a signature. messages: n of them, tags 1 to 254 and each
 * once, values of at most 254 bytes. Version 4 takes a reference of 1 to 255 digits, version 3 one
 * of at most 5. NULL with GS_SEAL_ERROR_FIELDS. */
GBytes *gs_seal_encode (const GsSealHeader *header,
                        const GsSealMessage *messages,
                        guint n_messages,
                        GError **error);
/* The signature behind it: a whole seal. */
GBytes *gs_seal_append_signature (GBytes *encoded, GBytes *signature);

/* References compare as numbers: "0005b" is "5B". */
gboolean gs_seal_reference_equal (const char *a, const char *b);

/* The three bytes of a date; FALSE when it is no day of the calendar. All zero and all ones are
 * "none". */
gboolean gs_seal_date_decode (const guint8 bytes[3], GsSealDate *date);
/* FALSE when it is no day; year 0 is written as zeros. */
gboolean gs_seal_date_encode (const GsSealDate *date, guint8 bytes[3]);
/* "2026-11-23", or NULL for none. Transfer full. */
char *gs_seal_date_format (const GsSealDate *date);
/* Negative, 0 or positive. */
int gs_seal_date_compare (const GsSealDate *a, const GsSealDate *b);

/* "dc03…": hexadecimal digits in either case; white space between them is passed over. NULL with
 * GS_SEAL_ERROR_NOT_A_SEAL. */
GBytes *gs_seal_bytes_from_hex (const char *text, GError **error);
/* Small digits. Transfer full. */
char *gs_seal_bytes_to_hex (GBytes *bytes);

G_END_DECLS
