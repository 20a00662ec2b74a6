/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <jansson.h>

#include "gs-event.h"

/* Fills event (its type is set) from the CloudEvent's data. Returns NULL, or a static sentence
 * about what is missing or wrong. Internal to this room. Any thread. */
const char *gs_cloud_event_fill (GsEvent *event, json_t *data);

/* MRZ fields named as gateside-document names them; NULL when none is there. Transfer full. */
GsTraveller *gs_cloud_event_read_traveller (json_t *object);

/* An array of {check, result, code, detail} into GsCheck; NULL when it is no such array. Transfer
 * full. */
GPtrArray *gs_cloud_event_read_checks (json_t *array);
