/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The identity of a traveller as the machine readable zone has it; the only personal data that the
 * feed carries. Fields are named as gateside-document names them; a field that is not known is
 * NULL. Names are in MRZ form with single spaces ("ERIKSSON", "ANNA MARIA"); dates "YYMMDD" with
 * '<' for unknown parts. The strings are cleansed when freed. */
typedef struct
{
  char *document_code;
  char *issuing_state;
  char *primary_identifier;
  char *secondary_identifier;
  char *document_number;
  char *nationality;
  char *birth_date;
  char *sex;
  char *expiry_date;
  char *name_own_script; /* from DG11 or the hall, UTF-8 */
  char *language;        /* ISO 639, what the traveller is spoken to in */
} GsTraveller;

GsTraveller *gs_traveller_new (void);
GsTraveller *gs_traveller_copy (const GsTraveller *self);
void gs_traveller_free (GsTraveller *self);

/* Replaces a field by a copy of value, cleansing the old one. field points into a traveller. */
void gs_traveller_set (char **field, const char *value);

/* "ERIKSSON, ANNA MARIA"; only one part when the other is missing; NULL when both are. Transfer
 * full. */
char *gs_traveller_dup_name (const GsTraveller *self);

/* Full years at the given date (y, m, d of today); -1 when the birth date is not fully known. A
 * birth date is never in the future: "92" in 2026 is 1992, "12" is 2012. */
int gs_traveller_age (const GsTraveller *self, int year, int month, int day);

/* TRUE when both issuing state and document number are known and equal, fillers apart. */
gboolean gs_traveller_same_document (const GsTraveller *self,
                                     const char *issuing_state,
                                     const char *document_number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTraveller, gs_traveller_free)
