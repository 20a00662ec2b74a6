/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-check-item.h"

struct _GsCheckItem
{
  GObject parent_instance;

  char *title;
  char *name;
  GsSign sign;
  char *word;
  char *hidden;
  char *remark;
  GListStore *children; /* NULL for a line */
  gboolean expanded;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsCheckItem, gs_check_item, G_TYPE_OBJECT)

static void
gs_check_item_finalize (GObject *object)
{
  GsCheckItem *self = GS_CHECK_ITEM (object);

  g_free (self->title);
  g_free (self->name);
  g_free (self->word);
  g_free (self->hidden);
  g_free (self->remark);
  g_clear_object (&self->children);
  G_OBJECT_CLASS (gs_check_item_parent_class)->finalize (object);
}

static void
gs_check_item_class_init (GsCheckItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_check_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_check_item_init (GsCheckItem *self)
{
}

GsCheckItem *
gs_check_item_new (const char *title, GsSign sign, const char *word)
{
  GsCheckItem *self = g_object_new (GS_TYPE_CHECK_ITEM, NULL);

  self->title = g_strdup (title);
  self->sign = sign;
  self->word = g_strdup (word);
  return self;
}

GsCheckItem *
gs_check_item_new_group (const char *title, GsSign sign, const char *word, gboolean expanded)
{
  GsCheckItem *self = gs_check_item_new (title, sign, word);

  self->children = g_list_store_new (GS_TYPE_CHECK_ITEM);
  self->expanded = expanded;
  return self;
}

void
gs_check_item_update (GsCheckItem *self, GsSign sign, const char *word, const char *hidden)
{
  g_return_if_fail (GS_IS_CHECK_ITEM (self));
  if (self->sign == sign && g_strcmp0 (self->word, word) == 0
      && g_strcmp0 (self->hidden, hidden) == 0)
    return;
  self->sign = sign;
  g_free (self->word);
  self->word = g_strdup (word);
  g_free (self->hidden);
  self->hidden = g_strdup (hidden);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
gs_check_item_set_name (GsCheckItem *self, const char *name)
{
  g_return_if_fail (GS_IS_CHECK_ITEM (self));
  g_free (self->name);
  self->name = g_strdup (name);
}

const char *
gs_check_item_get_name (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), NULL);
  return self->name;
}

void
gs_check_item_set_remark (GsCheckItem *self, const char *remark)
{
  g_return_if_fail (GS_IS_CHECK_ITEM (self));
  g_free (self->remark);
  self->remark = g_strdup (remark);
}

const char *
gs_check_item_get_remark (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), NULL);
  return self->remark;
}

void
gs_check_item_append (GsCheckItem *self, GsCheckItem *child)
{
  g_return_if_fail (GS_IS_CHECK_ITEM (self));
  g_return_if_fail (self->children != NULL);
  g_list_store_append (self->children, child);
}

const char *
gs_check_item_get_title (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), NULL);
  return self->title;
}

GsSign
gs_check_item_get_sign (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), GS_SIGN_NONE);
  return self->sign;
}

const char *
gs_check_item_get_word (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), NULL);
  return self->word != NULL ? self->word : gs_sign_get_word (self->sign);
}

const char *
gs_check_item_get_hidden (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), NULL);
  return self->hidden;
}

gboolean
gs_check_item_is_group (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), FALSE);
  return self->children != NULL;
}

gboolean
gs_check_item_get_expanded (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), FALSE);
  return self->expanded;
}

GListModel *
gs_check_item_get_children (GsCheckItem *self)
{
  g_return_val_if_fail (GS_IS_CHECK_ITEM (self), NULL);
  return G_LIST_MODEL (self->children);
}
