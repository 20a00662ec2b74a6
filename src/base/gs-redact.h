/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What may stand in a log or on a list that shows no names. Any thread; results are transfer full.
 */

/* "L8•••02C3": the first two and the last four characters; everything hidden under 8 characters;
 * "-" for NULL. */
char *gs_redact_document (const char *document_number);

/* A text with every run of at least 5 letters, digits or '<' that holds a digit or '<' masked, as
 * names in MRZ form and document numbers do: for messages of libraries and peers that may quote
 * what we sent. */
char *gs_redact_message (const char *message);
