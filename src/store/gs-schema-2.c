/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-schema.h"

/* Where a case began and who ended it: a restarted station counts by them. */
static const char text[] = "ALTER TABLE desk_case ADD COLUMN gate TEXT;"
                           "ALTER TABLE desk_case ADD COLUMN decided_by TEXT;"
                           "ALTER TABLE desk_case ADD COLUMN decided_desk TEXT;";

const GsSchemaVersion gs_schema_2 = { text, NULL };
