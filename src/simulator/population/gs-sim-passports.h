/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The travellers' passports: issued by Utopia's authority when somebody asks for one, kept as
 * folders for the chip program and as evidence. Main thread; one takes 2 to 60 ms. */
typedef struct _GsSimPassports GsSimPassports;

/* FOLDER: country/ is kept (gateside-authority may have made it), made/ is emptied. The first time
 * takes seconds: keys are made. PORTRAITS may be NULL. */
GsSimPassports *gs_sim_passports_new (
  const char *folder, const char *portraits, guint32 seed, gint64 now_utc_ms, GError **error);
void gs_sim_passports_free (GsSimPassports *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimPassports, gs_sim_passports_free)

/* What is wrong with the passport of a traveller whom the gate referred for REASON (may be NULL):
 * the name of a variant, static. The same crossing gets the same one. Many troubles of a gate are
 * not the passport's; "none" is a document without a chip. */
const char *gs_sim_passports_choose (const char *crossing, const char *reason);

typedef struct
{
  const char *crossing;
  const char *variant;
  const char *mrz;  /* 88 characters */
  const char *name; /* for DG11, or NULL */
  int person;
} GsSimPassportWish;

/* The passport's folder, made when it is not there yet. NULL and ERROR when it cannot be made, or
 * when the document has no chip (G_IO_ERROR_NOT_FOUND). Transfer full. */
char *
gs_sim_passports_get_folder (GsSimPassports *self, const GsSimPassportWish *wish, GError **error);

/* One of its files by the name of the evidence ("ef-sod", "dg1"); NULL when it has none. Transfer
 * full. */
GBytes *
gs_sim_passports_load (GsSimPassports *self, const GsSimPassportWish *wish, const char *name);
