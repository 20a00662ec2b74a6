/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-config.h"
#include "gs-register-change.h"
#include "gs-store.h"

/* What the files of gateside-register share. */

#define EXIT_DONE 0
#define EXIT_NOT_DONE 1
#define EXIT_USAGE 64

typedef struct
{
  char *database;
  char *config;
  char *desk;
  char *stamp;
  char *code;
  char *printer;
  char *as;
  char *with;
  char *day;
  char *zone;
  char *reason;
  char *from;
  char *to;
  char *pdf;
  char *csv;
  int counted; /* by hand; -1 for nothing */
  gboolean json;
  gboolean look; /* --dry-run */

  GsConfig *loaded; /* of --config */
} RegisterOptions;

int register_fail_usage (const char *message);
int register_fail (const char *what, const GError *error);
/* Who did it: the session of the account with its password from standard input; NULL and a word on
 * standard error otherwise. */
GsSession *register_sign_in (GsStore *store, const char *name);

/* gateside-register-act.c */
int register_list (GsStore *store, const RegisterOptions *options);
int register_change (GsStore *store, GsRegisterAct act, const RegisterOptions *options);
/* gateside-register-reconcile.c */
int register_reconcile (GsStore *store, const RegisterOptions *options);
/* gateside-register-report.c */
int register_report (GsStore *store, const RegisterOptions *options);
