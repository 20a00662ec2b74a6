/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-population.h"
#include "gs-schedule.h"
#include "gs-sim-traveller.h"

/* What is scheduled. */
enum
{
  GS_ACT_ARRIVE = 1, /* the next party comes */
  GS_ACT_DOCUMENT,
  GS_ACT_BACKGROUND,
  GS_ACT_FLIGHT,
  GS_ACT_FACE,
  GS_ACT_RESULT,
  GS_ACT_GATE_FREE, /* subject: gate */
  GS_ACT_STEP_UP_ALONE,
  GS_ACT_STEP_UP, /* subject: crossing SPACE desk */
  GS_ACT_LEAVE,
  GS_ACT_UNATTENDED,
  GS_ACT_CLOSE_FLIGHT, /* subject: flight */
  GS_ACT_GATE_FAULT,
};

typedef struct
{
  char *id;
  int gate; /* index */
  GsSimTraveller *traveller;
  char *party;
  char *flight;
  char *fault;
  char *reason; /* NULL: the gate will admit */
  char *second_reason;
  char *passport; /* variant, or NULL: by the reason */
  int stand_in;   /* who really comes, 0 to 23; -1: the person of the passport */
  double blend;   /* how much of the stand-in there is in the person's face; 0: all */
  gboolean wants_stamp;
  double gate_ms; /* whole time in the gate */
  gboolean holds_face;
  gboolean documented;
  gboolean done; /* admitted or referred */
} GsVisitor;

typedef struct
{
  char *id;
  char *crossing; /* who is in it or stands before it referred; NULL */
  gboolean closed;
  gboolean fault;
} GsGatePlace;

typedef struct
{
  char *name;
  double closes_ms;
} GsFlight;

struct _GsPopulation
{
  GObject parent_instance;
  GsSimHall *hall;
  GsPopulationConfig config;
  char *portraits;
  GRand *random;
  GsSchedule *schedule;
  gint64 start_utc_ms;
  double now_ms;      /* the population's own time */
  gint64 load_utc_ms; /* the events' time under load; 0 otherwise */
  gboolean loading;
  gboolean running;
  guint made;           /* events made, for the load */
  GHashTable *visitors; /* crossing -> GsVisitor */
  GHashTable *scripted; /* crossing -> GsVisitor that a script made, while it is open */
  GQueue waiting;       /* GsVisitor before the gates */
  GPtrArray *gates;     /* GsGatePlace */
  GPtrArray *flights;   /* GsFlight, first to close first */
  guint flight_number;
  guint face_users[GS_SIM_PERSONS];
  guint next_face;
  GPtrArray *desks;
  GHashTable *desk_busy; /* desk -> until, double* */
  guint next_gate;
  GsPopulationScan scan;
  gpointer scan_data;
  GsSimPassports *passports;
  GsPopulationChip chip;
  gpointer chip_data;
  GHashTable *laid; /* desk -> crossing whose passport lies on its reader */
  GsPopulationStand stand;
  gpointer stand_data;
  GHashTable *standing; /* desk -> crossing of who stands there */
};

/* The hall's time of the population's present. */
gint64 gs_population_now_utc_ms (GsPopulation *self);
gint64
gs_population_publish (GsPopulation *self, const char *type, const char *subject, json_t *data);
void gs_population_publish_gate (GsPopulation *self,
                                 const char *gate,
                                 const char *state,
                                 const char *reason);

/* ---- gs-population-events.c: what gates tell of a visitor ---- */
void gs_population_tell_started (GsPopulation *self, GsVisitor *visitor);
void gs_population_tell_document (GsPopulation *self, GsVisitor *visitor, json_t *extra_checks);
void gs_population_tell_background (GsPopulation *self, GsVisitor *visitor, json_t *extra_checks);
void gs_population_tell_face (GsPopulation *self, GsVisitor *visitor, double score);
void gs_population_tell_flight (GsPopulation *self, GsVisitor *visitor, gint64 closes_utc_ms);
void gs_population_tell_admitted (GsPopulation *self, GsVisitor *visitor);
/* reasons: array, taken. */
void gs_population_tell_referred (GsPopulation *self, GsVisitor *visitor, json_t *reasons);
gboolean gs_population_is_arrival (GsPopulation *self);

/* ---- gs-population-faces.c: nobody in the hall looks or is called like another ---- */

/* A face that nobody in the hall wears; -1 when all are worn. Under load anybody's. */
int gs_population_take_face (GsPopulation *self);
void gs_population_release_face (GsPopulation *self, int person);
/* A traveller whose whole name nobody in the hall has; under load any. surname may be NULL. */
GsSimTraveller *gs_population_new_traveller (
  GsPopulation *self, int person, const char *surname, gboolean expired, gint64 now_utc_ms);
/* Remembers whom a script made for as long as the crossing is open; takes the visitor. */
void gs_population_keep_scripted (GsPopulation *self, GsVisitor *visitor);

void gs_visitor_free (GsVisitor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsVisitor, gs_visitor_free)
GsVisitor *gs_population_add_visitor (GsPopulation *self, int person, const char *surname);
void gs_population_forget_visitor (GsPopulation *self, const char *id);
GsGatePlace *gs_population_find_gate (GsPopulation *self, const char *id);

/* Sends the crossing's MRZ to the desk's reader; FALSE when nothing is known or no reader is there.
 */
gboolean gs_population_scan_crossing (GsPopulation *self, const char *crossing, const char *desk);

/* The evidence files. */
GBytes *gs_population_load_evidence (GsPopulation *self,
                                     const char *crossing,
                                     const char *name,
                                     const char **content_type);

/* ---- gs-population-passports.c: chips ---- */

/* A file of the crossing's passport; NULL when there is none. Transfer full. */
GBytes *
gs_population_load_passport_file (GsPopulation *self, const char *crossing, const char *name);
/* The traveller lays the passport on the desk's reader; FALSE when that cannot be. */
gboolean gs_population_lay (GsPopulation *self, const char *crossing, const char *desk);
/* The traveller takes it away, wherever it lies. */
void gs_population_take (GsPopulation *self, const char *crossing);
/* All of what a traveller does at a desk. FALSE when the desk has neither reader nor camera. */
gboolean gs_population_step_up (GsPopulation *self, const char *crossing, const char *desk);

/* ---- gs-population-looks.c: cameras ---- */

/* The traveller steps before the desk's camera; FALSE when it has none. */
gboolean gs_population_stand (GsPopulation *self, const char *crossing, const char *desk);
/* The traveller leaves, whichever desk it was. */
void gs_population_step_away (GsPopulation *self, const char *crossing);

/* ---- gs-population-flights.c: departures ---- */
#define GS_POPULATION_FLIGHTS 4
#define GS_POPULATION_FLIGHT_EVERY_MS 1200000.0

/* closes_ms: the population's own time. */
GsFlight *gs_population_add_flight (GsPopulation *self, double closes_ms);
GsFlight *gs_population_find_flight (GsPopulation *self, const char *name);
/* GS_TIME_UNKNOWN for a flight that is not there. */
gint64 gs_population_flight_closes_utc_ms (GsPopulation *self, const char *name);
void gs_population_tell_boarded (GsPopulation *self, GsVisitor *visitor, const char *cause);
/* Closes the flight for its passengers and adds the next one. */
void gs_population_close_flight (GsPopulation *self, const char *name);

/* Takes over whom the hall still has open after a restart. */
void gs_population_adopt (GsPopulation *self);
