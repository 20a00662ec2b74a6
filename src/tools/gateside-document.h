/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-mrz.h"
#include "gs-verdict.h"

/* The commands of gateside-document, one a file. Each gets the arguments behind its name and gives
 * the exit status. */

#define EXIT_VALID 0
#define EXIT_NOT_VALID 1
#define EXIT_NOT_MRZ 2
#define EXIT_UNDETERMINED 2
#define EXIT_USAGE 64
#define EXIT_INPUT_OUTPUT 74

/* Prints what is wrong and the usage to standard error; which may be NULL. Always EXIT_USAGE. */
int gs_document_wrong_usage (const char *what, const char *which);
/* Prints a line to standard error, with the program's name. */
void gs_document_complain (const char *what, const char *why);
/* Flushes standard output; the status, or EXIT_INPUT_OUTPUT when it could not be written. */
int gs_document_finish (int status);

/* Reads "--name VALUE" and "--name=VALUE" at argv[*at]; stands on the last word that it used. FALSE
 * when it is another option or the value is missing. */
gboolean
gs_document_take_value (int argc, char **argv, int *at, const char *name, const char **value);

/* The value of an option that may be given once; FALSE when it was given before. */
gboolean gs_document_take_once (const char **place, const char *value);

/* Reads a machine readable zone from standard input. EXIT_VALID when it is one, whatever its check
 * digits say; else it complains and gives EXIT_NOT_MRZ or EXIT_INPUT_OUTPUT. */
int gs_document_read_mrz (GsMrz *mrz);

/* Prints what the verdict was put into, and gives the exit status that stands for its result. */
int gs_document_print_verdict (const GsVerdict *verdict, const char *text, gboolean as_json);

int gs_document_run_mrz (gboolean as_json);
int gs_document_run_verify (int argc, char **argv);
int gs_document_run_read (int argc, char **argv);
int gs_document_run_trust (int argc, char **argv);
