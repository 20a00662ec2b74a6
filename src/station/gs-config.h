/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-event.h"
#include "gs-face-open.h"
#include "gs-stamp-device.h"
#include "gs-stamp-window.h"

/* What belongs to the desk, from one key file (docs/desk.conf.example tells every key). Read once
 * at start; immutable afterwards. Relative paths count from the key file's folder. Main thread. */

typedef enum
{
  GS_AFTER_WINDOW_REFUSE = 1,
  GS_AFTER_WINDOW_OFFICE,
  GS_AFTER_WINDOW_SLIP
} GsAfterWindow;

/* Where the face's verification may be relaxed; each use is recorded. */
typedef struct
{
  gint64 valid_ms;                /* how long a verified face counts */
  gboolean waive_gate_no_match;   /* see gs-face-rule.h */
  gboolean second_when_undecided; /* the same */
  gboolean admit_by_eye;          /* the officer's "same" admits, whatever the engine says */
  gboolean stamp_by_eye;          /* the same for the stamp */
  gboolean without_document;      /* a face case may be admitted though its document was not read */
} GsFacePolicy;

/* A legal ground of refusing entry, as the agency words it; the program knows none of its own. */
typedef struct
{
  char *code;
  char *text;               /* English */
  GHashTable *translations; /* "ja" → text */
} GsRefusalGround;

/* A GDestroyNotify. */
void gs_refusal_ground_free (gpointer self);
/* In that language, else in English. Borrowed. */
const char *gs_refusal_ground_get_text (const GsRefusalGround *self, const char *language);

/* A printer that stands by: [printer NAME]. */
typedef struct
{
  char *name;
  char *uri;
  char *certificate; /* PEM pin, absolute; NULL when it is enrolled on the page */
} GsConfigPrinter;

typedef struct
{
  /* [desk] */
  char *desk_id;
  char *desk_name;
  char **gates; /* ids of the gates that this desk watches */
  GsDirection direction;
  char *database;      /* SQLite file */
  char *specimen_pack; /* the stamp pack before one is activated; NULL for the installed one */

  /* [stamp-packs] */
  char *pack_authorities; /* PEM, absolute; NULL for that of the installed pack */

  /* [hall] */
  char *hall_url;
  char *hall_ca;          /* PEM, absolute */
  char *hall_certificate; /* PEM, absolute, or a pkcs11: URI */
  char *hall_key;         /* PEM, absolute; NULL with a pkcs11: URI */

  /* [port] */
  char *port_name;
  char *crossing_point; /* or NULL */
  char *transport;      /* "air", "sea" or "land" */
  char *office;         /* where a travel record is asked for */
  char *authority;      /* who hands the slip out; the port's name without it */

  /* [printer], or printer_uri NULL when the desk has none */
  char *printer_name; /* NULL for its host's */
  char *printer_uri;
  char *printer_certificate; /* PEM pin, absolute; NULL when it is enrolled on the page */
  GPtrArray *more_printers;  /* GsConfigPrinter, in the file's order; NULL for none */
  char *stamp_code;          /* enters an empty register as its first stamp and code */
  char *serial_prefix;

  /* [scanner] and [reader] */
  char *scanner_device; /* NULL for a keyboard wedge alone */
  char *reader_name;    /* "*" for the first one there is; NULL when the desk has none */

  /* [camera] and [face] */
  char *camera_device; /* gs-camera-address.h; NULL when the desk has none */
  GsFaceEngineKind face_engine;
  char *face_models;     /* folder; NULL for the installed one */
  char *face_thresholds; /* file; NULL for the installed one */
  char *face_remote_url; /* of the remote engine, like the rest; NULL without one */
  char *face_remote_ca;  /* PEM, absolute */
  char *face_remote_certificate;
  char *face_remote_key;
  guint face_remote_timeout_ms;

  /* [trust] */
  char *trust_store; /* gs-trust-store.h; NULL when the desk has none */

  /* [seal] */
  char *seal_key;         /* PEM, absolute, or a pkcs11: URI; NULL when the desk signs no seals */
  char *seal_certificate; /* PEM, absolute */
  char *seal_signer;      /* four letters, or NULL for the certificate's C and CN */
  char *seal_port;        /* three letters or digits */
  gboolean seal_required; /* no stamp without a seal */
  char **seal_keys;       /* what seals are believed under: files or folders, absolute; or NULL */

  /* [policy] */
  GsWindowPolicy window;
  GsFacePolicy face;
  GsStampDevicePolicy stamps;
  guint climb_minutes;
  gboolean refuse_allowed;
  GPtrArray *refusal_grounds; /* GsRefusalGround, in the file's order; NULL for none */
  gboolean after_window[4];   /* indexed by GsAfterWindow */
  gint64 keep_identity_ms;    /* identity of a clean crossing, at most */
  gint64 keep_case_ms;
  gint64 keep_quarantine_ms;
} GsConfig;

/* One mistake: the line in the file (0 when a key is missing) and a sentence in English. */
typedef struct
{
  guint line;
  char *sentence;
} GsConfigMistake;

void gs_config_mistake_free (GsConfigMistake *self);

/* Reads and checks the whole file. Every mistake goes into *mistakes (GPtrArray of
 * GsConfigMistake, transfer full, never NULL); NULL is returned when there is one. Reads files. */
GsConfig *gs_config_load (const char *path, GPtrArray **mistakes);
void gs_config_free (GsConfig *self);

/* What holds where the file says nothing of the policy. */
void gs_config_set_default_policy (GsConfig *self);

/* NULL when the policy names no such ground. Borrowed. */
const GsRefusalGround *gs_config_find_ground (const GsConfig *self, const char *code);

/* TRUE when the desk watches that gate. */
gboolean gs_config_has_gate (const GsConfig *self, const char *gate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsConfig, gs_config_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsConfigMistake, gs_config_mistake_free)
