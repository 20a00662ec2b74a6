/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-mrz.h"

G_BEGIN_DECLS

/* What a random document says; the lines are written from it by code that shares nothing with
 * src/mrz, its check digits included. */
typedef struct
{
  GsMrzType type;
  char code[3];
  char state[4];
  char primary[24];
  char secondary[24]; /* spaces between names; empty: one name only */
  char number[16];    /* more than 9 characters only in TD1 and TD2 */
  char nationality[4];
  char birth[7]; /* with '<' for unknown parts */
  char sex;      /* 'M', 'F' or '<' */
  char expiry[7];
  char optional[16];
  char optional_2[12];
} GsTestDocument;

/* Fills a document with random but allowed contents. */
void gs_test_document_random (GsTestDocument *document, GsMrzType type, GRand *random);

/* The lines, each ended by "\n". Transfer full. */
char *gs_test_document_write (const GsTestDocument *document);

G_END_DECLS
