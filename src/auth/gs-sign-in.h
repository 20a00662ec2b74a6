/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-session.h"

G_BEGIN_DECLS

/* What the sign-in is for: to open a session at this desk, or to approve beside the first officer's
 * session. */
typedef enum
{
  GS_SIGN_IN_SESSION = 1,
  GS_SIGN_IN_SECOND_OFFICER,
} GsSignInPurpose;

/* A way to sign in (local accounts now; card and PAM are others). Main thread. */
#define GS_TYPE_SIGN_IN (gs_sign_in_get_type ())
G_DECLARE_INTERFACE (GsSignIn, gs_sign_in, GS, SIGN_IN, GObject)

struct _GsSignInInterface
{
  GTypeInterface parent_iface;

  void (*sign_in_async) (GsSignIn *self,
                         GsSignInPurpose purpose,
                         const char *name,
                         const char *password,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  GsSession *(*sign_in_finish) (GsSignIn *self, GAsyncResult *result, GError **error);
};

/* Checks name and password. The password is copied into locked memory at once and cleansed after
 * use; the caller cleanses its own copy. Every attempt is written before the answer comes.
 * Errors: GS_AUTH_ERROR_DENIED for every kind of no, GS_AUTH_ERROR_UNAVAILABLE,
 * GS_AUTH_ERROR_HASH. Transfer full. */
void gs_sign_in_async (GsSignIn *self,
                       GsSignInPurpose purpose,
                       const char *name,
                       const char *password,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
GsSession *gs_sign_in_finish (GsSignIn *self, GAsyncResult *result, GError **error);

G_END_DECLS
