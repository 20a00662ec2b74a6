/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-pack.h"

#include <stdlib.h>
#include <string.h>

#include "gs-pack-manifest.h"
#include "gs-stamp-pack-private.h"
#include "gs-stamp-render.h"

/* For ports that the pack does not name, its drawings are tried and shown with this one. */
#define SAMPLE_PORT "UTOPIA PORT"
#define SAMPLE_DAY "2026-11-23"

static GsStampPack *
pack_alloc (void)
{
  GsStampPack *self = g_new0 (GsStampPack, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->drawings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, gs_stamp_drawing_free);
  self->ports = g_ptr_array_new_with_free_func (gs_stamp_port_free);
  return self;
}

GsStampPack *
gs_stamp_pack_ref (GsStampPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_stamp_pack_unref (GsStampPack *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->drawings);
  g_ptr_array_unref (self->ports);
  gs_pack_proof_free (self->proof);
  g_free (self->name);
  g_free (self->state);
  g_free (self->month);
  g_free (self->font);
  g_free (self);
}

/* --- what it covers --------------------------------------------------------------------------- */

static const char *
kind_word (const GsStampFields *fields)
{
  switch (fields->kind)
    {
    case GS_STAMP_KIND_VOID:
      return "void";
    case GS_STAMP_KIND_CANCELLED:
      return "cancelled";
    case GS_STAMP_KIND_STAMP:
      break;
    }
  return fields->direction == GS_DIRECTION_ARRIVAL ? "entry" : "exit";
}

static const GsStampPort *
find_port (GsStampPack *self, const char *name)
{
  for (guint i = 0; i < self->ports->len; i++)
    {
      const GsStampPort *port = g_ptr_array_index (self->ports, i);

      if (g_strcmp0 (port->name, name) == 0)
        return port;
    }
  return NULL;
}

/* The port's own drawing, or the one for all. */
static const GsStampDrawing *
find_drawing (GsStampPack *self, const GsStampFields *fields)
{
  const char *kind = kind_word (fields);
  g_autofree char *own = g_strdup_printf ("%s %s", kind, fields->port != NULL ? fields->port : "");
  const GsStampDrawing *drawing = g_hash_table_lookup (self->drawings, own);

  return drawing != NULL ? drawing : g_hash_table_lookup (self->drawings, kind);
}

static gboolean
covers_port (GsStampPack *self, const GsStampFields *fields)
{
  const GsStampPort *port = find_port (self, fields->port);

  if (port == NULL)
    return self->other_ports;
  return fields->transport >= GS_STAMP_TRANSPORT_AIR && fields->transport <= GS_STAMP_TRANSPORT_LAND
         && port->transports[fields->transport];
}

gboolean
gs_stamp_pack_covers (GsStampPack *self, const GsStampFields *fields, GError **error)
{
  g_return_val_if_fail (self != NULL && fields != NULL, FALSE);
  if (!covers_port (self, fields))
    g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PORT,
                 "The pack has no stamp for this port and transport: %.40s",
                 fields->port != NULL ? fields->port : "-");
  else if (find_drawing (self, fields) == NULL)
    g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PORT, "The pack has no drawing for: %s",
                 kind_word (fields));
  else
    return TRUE;
  return FALSE;
}

const GsStampArea *
gs_stamp_pack_get_specimen_area (GsStampPack *self, const GsStampFields *fields)
{
  g_return_val_if_fail (self != NULL && fields != NULL, NULL);
  return gs_stamp_pack_covers (self, fields, NULL) ? &find_drawing (self, fields)->specimen : NULL;
}

GsStampTemplate *
gs_stamp_pack_get_template (GsStampPack *self, const GsStampFields *fields)
{
  g_return_val_if_fail (self != NULL && fields != NULL, NULL);
  return gs_stamp_pack_covers (self, fields, NULL) ? find_drawing (self, fields)->template : NULL;
}

const GsStampArea *
gs_stamp_pack_get_seal_area (GsStampPack *self, const GsStampFields *fields)
{
  const GsStampDrawing *drawing;

  g_return_val_if_fail (self != NULL && fields != NULL, NULL);
  drawing = gs_stamp_pack_covers (self, fields, NULL) ? find_drawing (self, fields) : NULL;
  return drawing != NULL && drawing->has_seal ? &drawing->seal : NULL;
}

/* --- samples ---------------------------------------------------------------------------------- */

static GsStampFields *
new_sample (const char *port, GsStampKind kind, GsDirection direction, GsStampTransport transport)
{
  GsStampFields *fields = gs_stamp_fields_new ();

  fields->kind = kind;
  fields->direction = direction;
  fields->transport = transport;
  gs_stamp_fields_set_port (fields, port, NULL);
  gs_stamp_fields_set_serial (fields, "UTO-T0 000000");
  gs_stamp_fields_set_desk (fields, "T0");
  return fields;
}

static void
add_samples_of_port (GPtrArray *samples, const GsStampPort *port)
{
  for (int direction = GS_DIRECTION_ARRIVAL; direction <= GS_DIRECTION_DEPARTURE; direction++)
    for (int transport = GS_STAMP_TRANSPORT_AIR; transport <= GS_STAMP_TRANSPORT_LAND; transport++)
      if (port->transports[transport])
        g_ptr_array_add (samples,
                         new_sample (port->name, GS_STAMP_KIND_STAMP, (GsDirection) direction,
                                     (GsStampTransport) transport));
}

static void
add_marks (GsStampPack *self, GPtrArray *samples, const GsStampPort *port)
{
  for (int kind = GS_STAMP_KIND_VOID; kind <= GS_STAMP_KIND_CANCELLED; kind++)
    for (int transport = GS_STAMP_TRANSPORT_AIR; transport <= GS_STAMP_TRANSPORT_LAND; transport++)
      if (port->transports[transport] && gs_stamp_pack_has_kind (self, (GsStampKind) kind))
        {
          g_ptr_array_add (samples,
                           new_sample (port->name, (GsStampKind) kind, GS_DIRECTION_DEPARTURE,
                                       (GsStampTransport) transport));
          break;
        }
}

GPtrArray *
gs_stamp_pack_list_samples (GsStampPack *self, const char *day)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_stamp_fields_free);
  GsStampPort any = { (char *) SAMPLE_PORT, { FALSE, TRUE, TRUE, TRUE } };
  const GsStampPort *first = &any;

  g_return_val_if_fail (self != NULL && gs_pack_day_is_valid (day), samples);
  for (guint i = 0; i < self->ports->len; i++)
    add_samples_of_port (samples, g_ptr_array_index (self->ports, i));
  if (self->ports->len > 0)
    first = g_ptr_array_index (self->ports, 0);
  if (self->other_ports)
    add_samples_of_port (samples, &any);
  add_marks (self, samples, first);
  for (guint i = 0; i < samples->len; i++)
    {
      GsStampFields *fields = g_ptr_array_index (samples, i);

      fields->year = atoi (day);
      fields->month = atoi (day + 5);
      fields->day = atoi (day + 8);
    }
  return samples;
}

/* --- trying ----------------------------------------------------------------------------------- */

/* Fills every sample, so that each port's name has room, and tries each drawing once, which also
 * reads SPECIMEN and looks at the place of the seal. */
static gboolean
try_drawings (GsStampPack *self, GError **error)
{
  g_autoptr (GPtrArray) samples = gs_stamp_pack_list_samples (self, SAMPLE_DAY);
  g_autoptr (GHashTable) drawn = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < samples->len; i++)
    {
      const GsStampFields *fields = g_ptr_array_index (samples, i);
      const GsStampDrawing *drawing = find_drawing (self, fields);
      g_autoptr (GBytes) filled = NULL;

      if (g_hash_table_add (drawn, (gpointer) drawing))
        {
          if (!gs_stamp_render_try (self, fields, error))
            return FALSE;
          continue;
        }
      filled = gs_stamp_template_fill (drawing->template, fields, error);
      if (filled == NULL)
        return FALSE;
    }
  /* What nothing reaches nobody has looked at. */
  if (g_hash_table_size (drawn) == g_hash_table_size (self->drawings))
    return TRUE;
  g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK,
                       "Template pack: a drawing is for no port");
  return FALSE;
}

GsStampPack *
gs_stamp_pack_new (GsPackFiles *files, GError **error)
{
  g_autoptr (GsStampPack) self = NULL;

  g_return_val_if_fail (files != NULL, NULL);
  self = pack_alloc ();
  if (!gs_stamp_pack_read (self, files, error) || !try_drawings (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

GsStampPack *
gs_stamp_pack_load (const char *path, GError **error)
{
  g_autoptr (GsPackFiles) files = gs_pack_files_read (path, error);

  return files != NULL ? gs_stamp_pack_new (files, error) : NULL;
}

GsStampPack *
gs_stamp_pack_new_signed (GsPackFiles *files,
                          GsPackAuthorities *authorities,
                          gint64 now_utc_ms,
                          GError **error)
{
  g_autoptr (GsPackProof) proof = gs_pack_verify (files, authorities, now_utc_ms, error);
  GsStampPack *self = proof != NULL ? gs_stamp_pack_new (files, error) : NULL;

  if (self != NULL)
    self->proof = g_steal_pointer (&proof);
  return self;
}

GsStampPack *
gs_stamp_pack_load_signed (const char *path,
                           GsPackAuthorities *authorities,
                           gint64 now_utc_ms,
                           GError **error)
{
  g_autoptr (GsPackFiles) files = gs_pack_files_read (path, error);

  return files != NULL ? gs_stamp_pack_new_signed (files, authorities, now_utc_ms, error) : NULL;
}

/* --- what it says of itself ------------------------------------------------------------------- */

const GsPackProof *
gs_stamp_pack_get_proof (GsStampPack *self)
{
  return self->proof;
}

const char *
gs_stamp_pack_get_name (GsStampPack *self)
{
  return self->name;
}

const char *
gs_stamp_pack_get_state (GsStampPack *self)
{
  return self->state;
}

const char *
gs_stamp_pack_get_month (GsStampPack *self)
{
  return self->month;
}

const char *
gs_stamp_pack_get_font (GsStampPack *self)
{
  return self->font;
}

int
gs_stamp_pack_get_width_hmm (GsStampPack *self)
{
  return self->width_hmm;
}

int
gs_stamp_pack_get_height_hmm (GsStampPack *self)
{
  return self->height_hmm;
}

GPtrArray *
gs_stamp_pack_get_ports (GsStampPack *self)
{
  return self->ports;
}

gboolean
gs_stamp_pack_has_other_ports (GsStampPack *self)
{
  return self->other_ports;
}

gboolean
gs_stamp_pack_has_kind (GsStampPack *self, GsStampKind kind)
{
  GsStampFields fields = { .kind = kind, .direction = GS_DIRECTION_DEPARTURE };

  g_return_val_if_fail (self != NULL, FALSE);
  return g_hash_table_contains (self->drawings, kind_word (&fields));
}
