/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-schema.h"

/* What the record says of the trust store: few entries, in a record of millions. The words are
 * those of gs_record_table_list_trust(). */
static const char text[] =
  "CREATE INDEX record_trust ON record (sequence)"
  " WHERE kind IN ('trust.import', 'trust.remove', 'trust.undo', 'trust.found');";

const GsSchemaVersion gs_schema_4 = { text, NULL };
