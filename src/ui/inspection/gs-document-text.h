/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-document-desk.h"
#include "gs-sign.h"

/* What the officer reads about the document on the reader. Static strings in the officer's
 * language unless said otherwise. Main thread. */

/* "Genuine", "A copy", …; its sign, and what to do next. */
const char *gs_document_text_headline (GsDocumentHeadline headline);
GsSign gs_document_text_sign (GsDocumentHeadline headline);
const char *gs_document_text_next (GsDocumentHeadline headline);
/* FALSE when it says something of the page, the date or the gate, and the chip itself may be good.
 */
gboolean gs_document_text_is_of_chip (GsDocumentHeadline headline);

/* Of a state that is not DONE: the title and what to do; NULL when there is nothing to say. */
const char *gs_document_text_state (GsDocumentDeskState state);
const char *gs_document_text_state_next (GsDocumentDeskState state);
GsSign gs_document_text_state_sign (GsDocumentDeskState state);

/* "Reading the picture, 9 of 15 kB". Transfer full. */
char *gs_document_text_progress (const GsChipProgress *progress);
