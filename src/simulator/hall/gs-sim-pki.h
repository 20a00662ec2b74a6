/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Makes the private certificates of demo and tests in folder (made when absent): ca, hall, desk-1
 * to desk-4 and printer, each .pem and .key (mode 0600). What exists is kept; a missing leaf is
 * signed by the CA that exists. FALSE with GIOError. */
gboolean gs_sim_pki_make (const char *folder, GError **error);

/* TRUE when the certificate may name a TLS client: a server's certificate of the same CA is no
 * desk.
 */
gboolean gs_sim_pki_is_client (GTlsCertificate *certificate);
