/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-sign-in.h"

G_BEGIN_DECLS

/* Name and password of an officer: the page that stands instead of the others, and the body of the
 * second officer's dialog. One neutral sentence for every failure. Main thread.
 *
 * Write-only properties for templates, strings: title and button-label say what the page is for,
 * note is a line below the fields or NULL. Such a page needs gs_sign_in_page_set_sign_in () before
 * anybody can sign in. Signal "signed-in" (GsSession). */
#define GS_TYPE_SIGN_IN_PAGE (gs_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (GsSignInPage, gs_sign_in_page, GS, SIGN_IN_PAGE, GtkBox)

/* title and button: what the page is for. note: a line below the fields, or NULL. */
GtkWidget *gs_sign_in_page_new (GsSignIn *sign_in,
                                GsSignInPurpose purpose,
                                const char *title,
                                const char *button,
                                const char *note);

/* For a page out of a template. */
void gs_sign_in_page_set_sign_in (GsSignInPage *self, GsSignIn *sign_in, GsSignInPurpose purpose);

/* Empties the fields and focuses the name. */
void gs_sign_in_page_reset (GsSignInPage *self);
/* Shows a sentence in place of the failure line, or NULL. */
void gs_sign_in_page_set_message (GsSignInPage *self, const char *message);

G_END_DECLS
