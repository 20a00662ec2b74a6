/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

/* The document on the reader, over the card: what is being read and how far, or the verdict in a
 * word, and what to do next. Hidden while there is nothing to say of the case on the card. Main
 * thread. */
#define GS_TYPE_DOCUMENT_BAR (gs_document_bar_get_type ())
G_DECLARE_FINAL_TYPE (GsDocumentBar, gs_document_bar, GS, DOCUMENT_BAR, GtkBox)

void gs_document_bar_set_station (GsDocumentBar *self, GsStation *station);
