/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "gs-event.h"
#include "gs-stamp-error.h"

G_BEGIN_DECLS

/* The travel record request slip: handed out when the stamp window has closed. It says where a
 * record of the crossing can be asked for, for what, and what to bring. It is no proof of the
 * crossing, and says so. One A5 page in the traveller's language, each heading and fact in English
 * too, so that the office can read it. */

typedef enum
{
  GS_SLIP_LANGUAGE_ENGLISH = 1,
  GS_SLIP_LANGUAGE_JAPANESE,
  GS_SLIP_LANGUAGE_CHINESE,
  GS_SLIP_LANGUAGE_KOREAN,
  GS_SLIP_LANGUAGE_FRENCH,
  GS_SLIP_LANGUAGE_SPANISH,
  GS_SLIP_LANGUAGE_GERMAN,
} GsSlipLanguage;

#define GS_SLIP_LANGUAGE_LAST GS_SLIP_LANGUAGE_GERMAN

typedef enum
{
  GS_SLIP_PURPOSE_VISA = 1 << 0,      /* visa application */
  GS_SLIP_PURPOSE_TAX = 1 << 1,       /* tax exemption */
  GS_SLIP_PURPOSE_PENSION = 1 << 2,   /* pension insurance */
  GS_SLIP_PURPOSE_RESIDENCE = 1 << 3, /* residence registration */
  GS_SLIP_PURPOSE_RETURN = 1 << 4,    /* return from abroad */
} GsSlipPurpose;

#define GS_SLIP_PURPOSE_ALL 0x1f

/* Text is UTF-8 and borrowed for the call. */
typedef struct
{
  GsSlipLanguage language;
  guint purposes;        /* GsSlipPurpose flags; those asked for are ticked, all are listed */
  const char *authority; /* who hands it out, "Utopia Border Service" */
  GsDirection direction;
  const char *crossing_id; /* UUID; its first eight digits are printed, in capitals */
  gint64 crossed_at_utc_ms;
  GTimeZone *port_zone;
  const char *port;    /* "Amaurot (2)" */
  const char *gate;    /* "5" */
  const char *name;    /* only when the traveller asks for it; else NULL */
  const char *office;  /* where to apply, from the configuration: its name */
  const char *address; /* may hold line breaks; NULL for none */
  const char *hours;   /* NULL for none */
  const char *web;     /* NULL for none */
  gint64 issued_at_utc_ms;

  /* Of a notice of refusal, which is the same page with the ground in place of the lists; NULL for
   * the travel record. */
  const char *ground;         /* in the slip's language, or in English */
  const char *ground_english; /* NULL when ground is the English text */
  const char *ground_code;
  gboolean specimen; /* "SPECIMEN" stands over the title */
} GsSlip;

/* "ja", "ja_JP", "zh-Hans" and the like; English for what is not known or NULL. */
GsSlipLanguage gs_slip_language_from_code (const char *code);

/* "ja". Static. */
const char *gs_slip_language_to_code (GsSlipLanguage language);

/* A5 portrait, PDF 1.5, fonts embedded, nothing but what the struct gives. Any thread. NULL with
 * GS_STAMP_ERROR_SLIP when a needed value is missing or the text does not fit. Transfer full. */
GBytes *gs_slip_to_pdf (const GsSlip *slip, GError **error);

/* The same page for the screen: premultiplied B8G8R8A8, stride width × 4, at pixels_per_mm (2 to
 * 40). Transfer full. */
GBytes *gs_slip_to_pixels (
  const GsSlip *slip, double pixels_per_mm, guint *width, guint *height, GError **error);

G_END_DECLS
