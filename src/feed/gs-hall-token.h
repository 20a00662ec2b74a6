/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tells a PKCS#11 token its PIN when TLS asks for it. A wrong PIN is not told twice, or the token
 * locks. Any thread. */
#define GS_TYPE_HALL_TOKEN (gs_hall_token_get_type ())
G_DECLARE_FINAL_TYPE (GsHallToken, gs_hall_token, GS, HALL_TOKEN, GTlsInteraction)

/* pin NULL: the one in the URI's pin-value or in the file of its pin-source, if any. */
GTlsInteraction *gs_hall_token_new (const char *pin, const char *uri);

/* Puts the PIN into password; FALSE when there is none, or when it was wrong already. */
gboolean gs_hall_token_fill (GsHallToken *self, GTlsPassword *password);

G_END_DECLS
