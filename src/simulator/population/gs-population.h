/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-hall.h"
#include "gs-sim-passports.h"

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Simulated gates and travellers: implements GsSimGates for the hall service and tells it what
 * happens. Everything random comes from the seed; time is handed in, so that the same seed gives
 * the same events whoever turns the clock. Main thread. */
#define GS_TYPE_POPULATION (gs_population_get_type ())
G_DECLARE_FINAL_TYPE (GsPopulation, gs_population, GS, POPULATION, GObject)

typedef struct
{
  guint32 seed;
  double speed;      /* divides every length of time */
  double per_minute; /* mean arrivals */
  double referral_percent;
  double stamp_percent;      /* of the admitted, who ask for a stamp by themselves */
  double unattended_minutes; /* a case nobody decides is led away by the hall after this; 0 never */
  gboolean quiet;            /* nothing of its own accord */
  const char *portraits;     /* folder, or NULL */
} GsPopulationConfig;

/* Sends bytes to a desk's MRZ reader; FALSE when the desk has none. */
typedef gboolean (*GsPopulationScan) (const char *desk,
                                      const char *text,
                                      gsize length,
                                      gpointer user_data);

/* hall is not owned and outlives the population. start is the hall's time at which the schedule
 * begins. Travellers that the hall still has open after a restart are taken over. */
GsPopulation *
gs_population_new (GsSimHall *hall, const GsPopulationConfig *config, gint64 start_utc_ms);

void gs_population_set_scan (GsPopulation *self, GsPopulationScan scan, gpointer user_data);
/* Desks at which travellers may step up by themselves. */
void gs_population_add_desk (GsPopulation *self, const char *desk);

/* The passports that travellers carry; not owned, outlives the population. Without it they have no
 * chips. */
void gs_population_set_passports (GsPopulation *self, GsSimPassports *passports);

/* Lays the passport of FOLDER on the desk's chip reader, NULL takes it away; FALSE when the desk
 * has none. */
typedef gboolean (*GsPopulationChip) (const char *desk, const char *folder, gpointer user_data);
void gs_population_set_chip (GsPopulation *self, GsPopulationChip chip, gpointer user_data);

/* Who stands before a camera. Under 0: nobody. */
typedef struct
{
  int person;
  int other;    /* who is mixed into the face, or stands in for the person */
  double blend; /* share of other; 0: the person alone */
  gboolean is_scripted;
} GsPopulationFace;

/* Somebody stands at a desk from now on, or nobody (face NULL). key: of who it is, the same for the
 * same traveller. FALSE when the desk has no camera. */
typedef gboolean (*GsPopulationStand) (const char *desk,
                                       const GsPopulationFace *face,
                                       const char *key,
                                       gpointer user_data);
void gs_population_set_stand (GsPopulation *self, GsPopulationStand stand, gpointer user_data);

/* Who is in a gate, or before it referred. FALSE when nobody is. key: as above, borrowed. */
gboolean gs_population_get_in_gate (GsPopulation *self,
                                    const char *gate,
                                    GsPopulationFace *face,
                                    const char **key);

/* Does what is due at the hall's time. */
void gs_population_advance (GsPopulation *self, gint64 now_utc_ms);

/* Load: makes at least count events as fast as they come, whatever their time; events carry now.
 * Returns how many: what happens at once stays together. */
guint gs_population_make_events (GsPopulation *self, guint count, gint64 now_utc_ms);

void gs_population_set_running (GsPopulation *self, gboolean running);
void gs_population_set_rate (GsPopulation *self, double per_minute);

/* ---- scripts; each answer is a JSON object, or NULL with a message in *problem (transfer full)
 * ----
 */
json_t *gs_population_script_crossing (GsPopulation *self, json_t *wish, char **problem);
json_t *
gs_population_script_event (GsPopulation *self, const char *what, json_t *wish, char **problem);
json_t *gs_population_script_flight (GsPopulation *self, json_t *wish, char **problem);
json_t *gs_population_script_step_up (GsPopulation *self, json_t *wish, char **problem);
json_t *gs_population_script_lay (GsPopulation *self, json_t *wish, char **problem);
json_t *gs_population_script_take (GsPopulation *self, json_t *wish, char **problem);
json_t *gs_population_script_passport (GsPopulation *self, json_t *wish, char **problem);
json_t *gs_population_script_gate (GsPopulation *self, json_t *wish, char **problem);
json_t *gs_population_script_gate_fault (GsPopulation *self, json_t *wish, char **problem);
json_t *gs_population_list (GsPopulation *self);

G_END_DECLS
