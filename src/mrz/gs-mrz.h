/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Machine readable zones after ICAO Doc 9303 (eighth edition): TD1 (part 5), TD2 (part 6), TD3
 * (part 4), MRV-A and MRV-B (part 7). Plain C without a library below it, no memory allocated, no
 * state: every function may be called on any thread. All texts are upper-case ASCII, NUL
 * terminated, in fixed buffers. */

#ifdef __cplusplus
extern "C"
{
#endif

#define GS_MRZ_MAX_LINES 3
#define GS_MRZ_MAX_LENGTH 44  /* characters of the longest line */
#define GS_MRZ_MAX_INPUT 4096 /* bytes that are looked at in one reading */
#define GS_MRZ_MAX_REPAIRS 48
#define GS_MRZ_DIGEST_KEY_SIZE 40
#define GS_MRZ_NAME_SIZE 96 /* a buffer for gs_mrz_format_name() */

/* A character that the reader could not read, or that no MRZ holds, stands as this. */
#define GS_MRZ_UNREADABLE '?'

  typedef enum
  {
    GS_MRZ_TYPE_NONE,
    GS_MRZ_TYPE_TD1,  /* 3 lines of 30: identity cards */
    GS_MRZ_TYPE_TD2,  /* 2 lines of 36 */
    GS_MRZ_TYPE_TD3,  /* 2 lines of 44: passports */
    GS_MRZ_TYPE_MRVA, /* 2 lines of 44: visas */
    GS_MRZ_TYPE_MRVB, /* 2 lines of 36: visas */
  } GsMrzType;

  typedef enum
  {
    GS_MRZ_OK = 0,
    GS_MRZ_ERROR_EMPTY,    /* nothing but control characters, spaces and fillers */
    GS_MRZ_ERROR_TOO_LONG, /* more than GS_MRZ_MAX_INPUT bytes or far too many lines */
    GS_MRZ_ERROR_NOT_MRZ,  /* no lines of a length and shape that an MRZ has */
  } GsMrzStatus;

  typedef enum
  {
    GS_MRZ_CHECK_DOCUMENT_NUMBER,
    GS_MRZ_CHECK_BIRTH_DATE,
    GS_MRZ_CHECK_EXPIRY_DATE,
    GS_MRZ_CHECK_OPTIONAL_DATA, /* TD3 only */
    GS_MRZ_CHECK_COMPOSITE,     /* not in visas */
    GS_MRZ_N_CHECKS,
  } GsMrzCheck;

  typedef enum
  {
    GS_MRZ_CHECK_ABSENT, /* this type of document has no such check digit */
    GS_MRZ_CHECK_WRONG,
    GS_MRZ_CHECK_RIGHT,
  } GsMrzCheckResult;

  /* Format rules that do not hold, as bits. */
  typedef enum
  {
    GS_MRZ_FORMAT_DOCUMENT_CODE = 1 << 0, /* first letter does not belong to the type */
    GS_MRZ_FORMAT_ISSUING_STATE = 1 << 1, /* neither three letters nor D<< */
    GS_MRZ_FORMAT_NAME = 1 << 2, /* not letters, no primary identifier, stray double filler */
    GS_MRZ_FORMAT_DOCUMENT_NUMBER = 1 << 3,
    GS_MRZ_FORMAT_NATIONALITY = 1 << 4,
    GS_MRZ_FORMAT_BIRTH_DATE = 1 << 5, /* no day of the calendar; unknown parts are allowed */
    GS_MRZ_FORMAT_SEX = 1 << 6,
    GS_MRZ_FORMAT_EXPIRY_DATE = 1 << 7,
    GS_MRZ_FORMAT_UNREADABLE = 1 << 8, /* a character that no MRZ holds, anywhere */
  } GsMrzFormat;

  /* The lines of one zone, normalised: A-Z, 0-9, '<' and GS_MRZ_UNREADABLE only. */
  typedef struct
  {
    GsMrzType type;
    unsigned n_lines;
    unsigned line_length;
    char line[GS_MRZ_MAX_LINES][GS_MRZ_MAX_LENGTH + 1];
  } GsMrzLines;

  /* A day of the calendar whose parts may be unknown (0). */
  typedef struct
  {
    int year;  /* four digits */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
  } GsMrzDate;

  /* One character that was read as something else than what the document must have. */
  typedef struct
  {
    unsigned char line;   /* from 0 */
    unsigned char column; /* from 0 */
    char read;
    char used;
    const char *field; /* static: "document_number", "birth_date", … */
  } GsMrzRepair;

  typedef struct
  {
    GsMrzType type;
    GsMrzLines lines;                                 /* after repair */
    char document_code[3];                            /* "P", "PP", "ID", "V" … */
    char issuing_state[4];                            /* "UTO", "D" */
    char primary_identifier[GS_MRZ_MAX_LENGTH + 1];   /* '<' inside a name is a space */
    char secondary_identifier[GS_MRZ_MAX_LENGTH + 1]; /* empty: the person has one name */
    bool name_may_be_truncated; /* the name reaches the last character of its field */
    char document_number[28];
    char nationality[4];
    char birth_date_mrz[7]; /* YYMMDD as it stands, unknown parts as '<' */
    GsMrzDate birth_date;
    char sex; /* 'M', 'F' or 'X' (not specified) */
    char expiry_date_mrz[7];
    GsMrzDate expiry_date;
    char optional_data[20];
    char optional_data_2[12]; /* TD1 only */
    GsMrzCheckResult checks[GS_MRZ_N_CHECKS];
    unsigned format_errors; /* GsMrzFormat bits */
    bool valid;             /* no check wrong and every format rule holds */
    unsigned n_repairs;
    GsMrzRepair repairs[GS_MRZ_MAX_REPAIRS];
  } GsMrz;

  /* "TD3", "MRV-A", …; "none". Static. */
  const char *gs_mrz_type_to_string (GsMrzType type);

  /* "document_number", "birth_date", …: the names used in the tool's JSON. Static. */
  const char *gs_mrz_check_to_string (GsMrzCheck check);

  /* An English sentence for the log. Static. */
  const char *gs_mrz_status_to_string (GsMrzStatus status);

  /* The check digit of len characters, '0' to '9' (Doc 9303-3 section 4.9): weights 7, 3, 1; A is
   * 10; the filler and everything unreadable count as 0. */
  char gs_mrz_check_digit (const char *text, size_t len);

  /* Finds one zone in what a reader sent: bytes before STX and after ETX, SOH, GS, length and check
   * bytes are dropped, lines end at CR, LF, TAB or any other control character, or after a third or
   * half of 90, 88 or 72 characters. Lower case becomes upper case; spaces are left out or stand
   * for
   * '<', whichever fits; '«' is two fillers or one. When no '<' was read at all, the one foreign
   * sign that was (another keyboard layout) stands for it. On failure lines->type is NONE. */
  GsMrzStatus gs_mrz_extract (const uint8_t *bytes, size_t len, GsMrzLines *lines);

  /* Takes the lines apart and does every check. today decides the centuries: a birth is not in the
   * future, an expiry is the year nearest to today; a year of 0 leaves the years unknown. Never
   * fails: what is wrong stands in checks and format_errors. lines must come from gs_mrz_extract().
   */
  void gs_mrz_parse (const GsMrzLines *lines, const GsMrzDate *today, GsMrz *mrz);

  /* As gs_mrz_parse(), and when a check is wrong tries the confusions of optical reading (8B 6G 0O
   * 1I 5S 2Z, both ways, a letter in a place of digits always) in the fields whose own check is
   * wrong, or, where only the composite is wrong, in the fields that have no check of their own. If
   * exactly one set of substitutions makes every affected check digit right, it is applied and
   * listed in repairs; otherwise nothing changes. Names, states and the document code are never
   * touched. */
  void gs_mrz_parse_repairing (const GsMrzLines *lines, const GsMrzDate *today, GsMrz *mrz);

  /* gs_mrz_extract() and gs_mrz_parse_repairing() in one. */
  GsMrzStatus gs_mrz_read (const uint8_t *bytes, size_t len, const GsMrzDate *today, GsMrz *mrz);

  /* "ERIKSSON, ANNA MARIA"; "ARKFREITH" without a secondary identifier. Cut at size - 1. */
  void gs_mrz_format_name (const GsMrz *mrz, char *buffer, size_t size);

  /* The text that a keyed digest of a document is made of: issuing state and document number
   * without anything but capital letters and digits, "UTO<L898902C3". Lower case counts as upper
   * case. FALSE and an empty buffer when either is empty or size is too small. */
  bool gs_mrz_digest_key (const char *issuing_state,
                          const char *document_number,
                          char *buffer,
                          size_t size);

  /* Completed years between birth and today; -1 when the year is unknown. Unknown months and days
   * count as the latest possible, so that nobody is called older than certain. */
  int gs_mrz_age (const GsMrzDate *birth, const GsMrzDate *today);

#ifdef __cplusplus
}
#endif
