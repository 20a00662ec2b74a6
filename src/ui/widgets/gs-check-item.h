/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-sign.h"

/* One line of the check tree, named as the good statement that it proves; a group has lines below
 * it. Immutable but for gs_check_item_update (), which emits "changed". Main thread. */
#define GS_TYPE_CHECK_ITEM (gs_check_item_get_type ())
G_DECLARE_FINAL_TYPE (GsCheckItem, gs_check_item, GS, CHECK_ITEM, GObject)

/* word NULL: the sign's own word ("successful"); a group may say more ("genuine"). */
GsCheckItem *gs_check_item_new (const char *title, GsSign sign, const char *word);
GsCheckItem *
gs_check_item_new_group (const char *title, GsSign sign, const char *word, gboolean expanded);

/* hidden: a second line such as "hidden until you have judged" instead of sign, word and the lines
 * below, or NULL. */
void gs_check_item_update (GsCheckItem *self, GsSign sign, const char *word, const char *hidden);

/* What opens behind a line: a name that its maker knows again, or NULL. */
void gs_check_item_set_name (GsCheckItem *self, const char *name);
const char *gs_check_item_get_name (GsCheckItem *self);

/* What else was noticed, in whole sentences below the line, or NULL; it changes no result. Set
 * before the line is shown. */
void gs_check_item_set_remark (GsCheckItem *self, const char *remark);
const char *gs_check_item_get_remark (GsCheckItem *self);

/* Adds a line to a group. Takes no reference of the caller's. */
void gs_check_item_append (GsCheckItem *self, GsCheckItem *child);

const char *gs_check_item_get_title (GsCheckItem *self);
GsSign gs_check_item_get_sign (GsCheckItem *self);
const char *gs_check_item_get_word (GsCheckItem *self);
const char *gs_check_item_get_hidden (GsCheckItem *self);
gboolean gs_check_item_is_group (GsCheckItem *self);
gboolean gs_check_item_get_expanded (GsCheckItem *self);

/* The lines of a group; NULL for a line. Transfer none. */
GListModel *gs_check_item_get_children (GsCheckItem *self);
