/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Pages of the gallery: every widget in every state, with fictional content. Each returns a new
 * widget; floating reference. */
GtkWidget *gs_gallery_signs (void);
GtkWidget *gs_gallery_desk (void);
GtkWidget *gs_gallery_card (void);
GtkWidget *gs_gallery_stamp (void);
GtkWidget *gs_gallery_window (void);
GtkWidget *gs_gallery_window_dead (void);
GtkWidget *gs_gallery_keys (void);
GtkWidget *gs_gallery_preferences (void);
GtkWidget *gs_gallery_trust (void);
GtkWidget *gs_gallery_trust_import (void);
GtkWidget *gs_gallery_packs (void);
GtkWidget *gs_gallery_printers (void);
GtkWidget *gs_gallery_printer_enrol (void);
GtkWidget *gs_gallery_seal (void);
GtkWidget *gs_gallery_verify_judge (void);
GtkWidget *gs_gallery_verify_second (void);
GtkWidget *gs_gallery_verify_compare (void);

/* A drawn stand-in for a face, for frames without a portrait. Transfer full. */
GdkPaintable *gs_gallery_face (guint seed);
