/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a printer said of itself (RFC 8011 section 5.4), or that it did not answer. Counted by
 * reference and never changed once it has been handed out, so it may cross threads. */

typedef enum
{
  GS_PRINTER_STATE_UNKNOWN = 1, /* it did not answer */
  GS_PRINTER_STATE_IDLE,
  GS_PRINTER_STATE_PROCESSING,
  GS_PRINTER_STATE_STOPPED,
} GsPrinterState;

/* One supply, as ink. */
typedef struct
{
  char *name;
  int level_percent; /* 0 to 100; -1 when the printer does not know */
  gboolean low;
} GsPrinterSupply;

typedef struct
{
  int x_dpi;
  int y_dpi;
} GsPrinterResolution;

/* A size of media in hundredths of a millimetre, the unit of IPP (PWG 5100.7): 45×35 mm is
 * 4500×3500. */
typedef struct
{
  int width_hmm;
  int height_hmm;
} GsPrintMedia;

typedef struct
{
  gboolean reachable;
  GError *error; /* why it is not reachable; NULL when it is */
  GsPrinterState state;
  gboolean accepting;           /* printer-is-accepting-jobs */
  char **reasons;               /* printer-state-reasons without "none", as "media-jam-error" */
  char *message;                /* printer-state-message or NULL */
  char *make_and_model;         /* or NULL */
  GPtrArray *supplies;          /* GsPrinterSupply; empty when it names none */
  gint64 impressions_completed; /* all its life; -1 = not supported */
  char **formats;               /* document-format-supported */
  GArray *resolutions;          /* GsPrinterResolution, for PWG raster where it says so */
  GArray *media;                /* GsPrintMedia */
  GArray *media_ready;          /* GsPrintMedia that lie in it; empty when it does not say */
  gboolean gzip;                /* compression-supported holds gzip */
  gint64 taken_monotonic_us;    /* when this was read */
} GsPrinterStatus;

/* An empty status: not reachable, everything unknown. */
GsPrinterStatus *gs_printer_status_new (void);
/* A status that says why the printer did not answer; error is copied. */
GsPrinterStatus *gs_printer_status_new_unreachable (const GError *error);
GsPrinterStatus *gs_printer_status_ref (GsPrinterStatus *self);
void gs_printer_status_unref (GsPrinterStatus *self);

/* TRUE when the reasons hold keyword ("media-jam") with or without -report, -warning, -error. */
gboolean gs_printer_status_has_reason (const GsPrinterStatus *self, const char *keyword);

/* TRUE when a print may be begun: it answers, accepts jobs, is not stopped, and no reason stands in
 * the way (one that ends in "-error", or jam, empty, open, offline and the like unless it is only a
 * report). */
gboolean gs_printer_status_is_ready (const GsPrinterStatus *self);

/* What stands in the way of a print, the worst first, for the officer to mend. */
typedef enum
{
  GS_PRINTER_TROUBLE_NONE = 1,
  GS_PRINTER_TROUBLE_NO_ANSWER, /* it cannot be reached */
  GS_PRINTER_TROUBLE_OFFLINE,   /* it answers for a device that does not */
  GS_PRINTER_TROUBLE_JAM,
  GS_PRINTER_TROUBLE_COVER,  /* a cover or door is open */
  GS_PRINTER_TROUBLE_NO_INK, /* ink or toner used up */
  GS_PRINTER_TROUBLE_NO_PAGE,
  GS_PRINTER_TROUBLE_FULL,         /* its output is full */
  GS_PRINTER_TROUBLE_STOPPED,      /* paused or stopped, or takes no jobs */
  GS_PRINTER_TROUBLE_OTHER,        /* a fault with a reason that is not on this list */
  GS_PRINTER_TROUBLE_UNFIT,        /* it prints no PWG raster of the stamp's size and resolution */
  GS_PRINTER_TROUBLE_UNTRUSTED,    /* it shows another certificate than the enrolled one */
  GS_PRINTER_TROUBLE_NOT_ENROLLED, /* no certificate of it was enrolled */
  GS_PRINTER_TROUBLE_REFUSED,      /* it refused the job */
  GS_PRINTER_TROUBLE_SUBSTITUTED,  /* it would have printed something else than was asked */
  GS_PRINTER_TROUBLE_GIBBERISH,    /* its answer could not be understood */
  GS_PRINTER_TROUBLE_LAST = GS_PRINTER_TROUBLE_GIBBERISH
} GsPrinterTrouble;

/* NONE exactly when gs_printer_status_is_ready(). NULL counts as no answer. */
GsPrinterTrouble gs_printer_status_get_trouble (const GsPrinterStatus *self);

/* The same for a print of this size and resolution: UNFIT when it is ready and prints no such. */
GsPrinterTrouble gs_printer_status_judge (const GsPrinterStatus *self, GsPrintMedia media, int dpi);

/* What a call that failed with this error says of the printer. NULL counts as no answer. */
GsPrinterTrouble gs_printer_trouble_of_error (const GError *error);

/* TRUE when a supply is low, or a reason names one as low or empty. */
gboolean gs_printer_status_is_supply_low (const GsPrinterStatus *self);

/* TRUE when PWG raster of this size and resolution is among what it prints, and what lies in it, if
 * it says that, is of this size. */
gboolean gs_printer_status_supports (const GsPrinterStatus *self, GsPrintMedia media, int dpi);

/* TRUE when both say the same, apart from when they were read. */
gboolean gs_printer_status_equal (const GsPrinterStatus *a, const GsPrinterStatus *b);

void gs_printer_supply_free (GsPrinterSupply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPrinterStatus, gs_printer_status_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPrinterSupply, gs_printer_supply_free)

G_END_DECLS
