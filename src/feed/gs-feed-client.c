/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-feed-client.h"

#include "gs-feed-link.h"
#include "gs-words.h"

#define FRESH_US (6 * G_USEC_PER_SEC)
#define CLOSE_MS 2000

struct _GsFeedClient
{
  GObject parent_instance;

  GsHallAccess *access;
  GsFeedSinkFunc sink;
  GsFeedStateFunc state_func;
  GsFeedHallFunc hall_func;
  gpointer user_data;

  GMainContext *maker;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GsFeedLink *link; /* feed thread */
  gboolean stopped;

  gint64 cursor;
  char *epoch;

  GsFeedStatus status; /* maker's thread */

  GMutex lock;
  gint64 last_byte_us;
  gboolean live;
};

/* Something for the maker's context. */
typedef struct
{
  GsFeedClient *client;
  GsFeedStatus status;
  GsHallStatus *hall;
} Notice;

/* Something for the feed's context. */
typedef struct
{
  GsFeedClient *client;
  GsHallAccess *access; /* NULL: try now */
  gboolean reconnect;
} Order;

static const GsWord state_words[] = {
  { GS_FEED_STATE_STOPPED, "stopped" },           { GS_FEED_STATE_CONNECTING, "connecting" },
  { GS_FEED_STATE_CATCHING_UP, "catching-up" },   { GS_FEED_STATE_LIVE, "live" },
  { GS_FEED_STATE_DISCONNECTED, "disconnected" }, { 0, NULL },
};

G_DEFINE_FINAL_TYPE (GsFeedClient, gs_feed_client, G_TYPE_OBJECT)

const char *
gs_feed_state_to_word (GsFeedState state)
{
  return gs_words_to_word (state_words, state);
}

/* Runs func in a context, never at once: g_main_context_invoke() would run it in this thread while
 * the context has no thread yet. */
static void
attach (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
  g_source_unref (source);
}

/* ---- from the feed thread to the maker ---- */

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_free (notice->status.reason);
  g_clear_pointer (&notice->hall, gs_hall_status_free);
  g_object_unref (notice->client);
  g_free (notice);
}

static gboolean
deliver (gpointer data)
{
  Notice *notice = data;
  GsFeedClient *self = notice->client;

  if (self->stopped)
    return G_SOURCE_REMOVE;
  if (notice->hall != NULL)
    {
      if (self->hall_func != NULL)
        self->hall_func (self, notice->hall, self->user_data);
      return G_SOURCE_REMOVE;
    }
  g_free (self->status.reason);
  self->status = notice->status;
  notice->status.reason = NULL;
  if (self->state_func != NULL)
    self->state_func (self, &self->status, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
post (Notice *notice)
{
  attach (notice->client->maker, deliver, notice, notice_free);
}

static gboolean
on_sink (GPtrArray *items, gint64 cursor, gpointer user_data)
{
  GsFeedClient *self = user_data;

  return self->sink (items, cursor, self->user_data);
}

static void
on_state (const GsFeedStatus *status, gpointer user_data)
{
  GsFeedClient *self = user_data;
  Notice *notice = g_new0 (Notice, 1);

  g_mutex_lock (&self->lock);
  self->live = status->state == GS_FEED_STATE_LIVE;
  g_mutex_unlock (&self->lock);
  notice->client = g_object_ref (self);
  notice->status = *status;
  notice->status.reason = g_strdup (status->reason);
  post (notice);
}

static void
on_hall (const GsHallStatus *status, gpointer user_data)
{
  GsFeedClient *self = user_data;
  Notice *notice = g_new0 (Notice, 1);

  notice->client = g_object_ref (self);
  notice->hall = gs_hall_status_copy (status);
  post (notice);
}

static void
on_byte (gint64 monotonic_us, gpointer user_data)
{
  GsFeedClient *self = user_data;

  g_mutex_lock (&self->lock);
  self->last_byte_us = monotonic_us;
  g_mutex_unlock (&self->lock);
}

/* ---- the feed thread ---- */

static gboolean
start_link (gpointer data)
{
  gs_feed_link_start (((GsFeedClient *) data)->link);
  return G_SOURCE_REMOVE;
}

static gboolean
on_deadline (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The cancelled requests come back once more; libraries' helper threads may take a moment. */
static void
wait_for_link (GsFeedClient *self)
{
  gboolean late = FALSE;
  GSource *timer = g_timeout_source_new (CLOSE_MS);

  g_source_set_callback (timer, on_deadline, &late, NULL);
  g_source_attach (timer, self->context);
  while (gs_feed_link_is_busy (self->link) && !late)
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (timer);
  g_source_unref (timer);
}

static gpointer
feed_main (gpointer data)
{
  GsFeedClient *self = data;
  GsFeedLinkFuncs funcs = { on_sink, on_state, on_hall, on_byte, self };

  g_main_context_push_thread_default (self->context);
  self->link = gs_feed_link_new (self->access, &funcs, self->cursor, self->epoch);
  attach (self->context, start_link, self, NULL);
  g_main_loop_run (self->loop);

  gs_feed_link_close (self->link);
  wait_for_link (self);
  g_clear_pointer (&self->link, gs_feed_link_unref);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
run_order (gpointer data)
{
  Order *order = data;

  if (order->client->link == NULL)
    return G_SOURCE_REMOVE;
  if (order->access != NULL)
    gs_feed_link_set_access (order->client->link, order->access, order->reconnect);
  else
    gs_feed_link_try_now (order->client->link);
  return G_SOURCE_REMOVE;
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->access, gs_hall_access_unref);
  g_free (order);
}

/* The client outlives the order: stop() runs the context to its end. */
static void
give_order (GsFeedClient *self, GsHallAccess *access, gboolean reconnect)
{
  Order *order;

  if (self->thread == NULL)
    return;
  order = g_new0 (Order, 1);
  order->client = self;
  order->access = access != NULL ? gs_hall_access_ref (access) : NULL;
  order->reconnect = reconnect;
  attach (self->context, run_order, order, order_free);
}

static gboolean
quit_loop (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* ---- object ---- */

static void
gs_feed_client_dispose (GObject *object)
{
  gs_feed_client_stop (GS_FEED_CLIENT (object));
  G_OBJECT_CLASS (gs_feed_client_parent_class)->dispose (object);
}

static void
gs_feed_client_finalize (GObject *object)
{
  GsFeedClient *self = GS_FEED_CLIENT (object);

  gs_hall_access_unref (self->access);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_main_context_unref (self->maker);
  g_free (self->epoch);
  g_free (self->status.reason);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (gs_feed_client_parent_class)->finalize (object);
}

static void
gs_feed_client_class_init (GsFeedClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_feed_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_feed_client_finalize;
}

static void
gs_feed_client_init (GsFeedClient *self)
{
  g_mutex_init (&self->lock);
  self->maker = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->status.state = GS_FEED_STATE_STOPPED;
}

GsFeedClient *
gs_feed_client_new (GsHallAccess *access,
                    GsFeedSinkFunc sink,
                    GsFeedStateFunc state,
                    GsFeedHallFunc hall,
                    gpointer user_data)
{
  GsFeedClient *self;

  g_return_val_if_fail (access != NULL && sink != NULL, NULL);

  self = g_object_new (GS_TYPE_FEED_CLIENT, NULL);
  self->access = gs_hall_access_ref (access);
  self->sink = sink;
  self->state_func = state;
  self->hall_func = hall;
  self->user_data = user_data;
  return self;
}

void
gs_feed_client_start (GsFeedClient *self, gint64 cursor, const char *epoch)
{
  g_return_if_fail (GS_IS_FEED_CLIENT (self));
  g_return_if_fail (self->thread == NULL && !self->stopped);

  self->cursor = MAX (cursor, 0);
  self->epoch = g_strdup (epoch);
  self->thread = g_thread_new ("gs-feed", feed_main, self);
}

void
gs_feed_client_stop (GsFeedClient *self)
{
  GThread *thread;

  g_return_if_fail (GS_IS_FEED_CLIENT (self));

  self->stopped = TRUE;
  thread = g_steal_pointer (&self->thread);
  if (thread == NULL)
    return;
  attach (self->context, quit_loop, self->loop, NULL);
  g_thread_join (thread);
  g_mutex_lock (&self->lock);
  self->live = FALSE;
  g_mutex_unlock (&self->lock);
  self->status.state = GS_FEED_STATE_STOPPED;
}

void
gs_feed_client_try_now (GsFeedClient *self)
{
  g_return_if_fail (GS_IS_FEED_CLIENT (self));
  give_order (self, NULL, FALSE);
}

void
gs_feed_client_set_access (GsFeedClient *self, GsHallAccess *access, gboolean reconnect)
{
  g_return_if_fail (GS_IS_FEED_CLIENT (self));
  g_return_if_fail (access != NULL);
  give_order (self, access, reconnect);
}

const GsFeedStatus *
gs_feed_client_get_status (GsFeedClient *self)
{
  g_return_val_if_fail (GS_IS_FEED_CLIENT (self), NULL);
  return &self->status;
}

gint64
gs_feed_client_last_byte_monotonic_us (GsFeedClient *self)
{
  gint64 last;

  g_return_val_if_fail (GS_IS_FEED_CLIENT (self), 0);

  g_mutex_lock (&self->lock);
  last = self->last_byte_us;
  g_mutex_unlock (&self->lock);
  return last;
}

gboolean
gs_feed_client_is_fresh (GsFeedClient *self)
{
  gboolean fresh;

  g_return_val_if_fail (GS_IS_FEED_CLIENT (self), FALSE);

  g_mutex_lock (&self->lock);
  fresh = self->live && g_get_monotonic_time () - self->last_byte_us <= FRESH_US;
  g_mutex_unlock (&self->lock);
  return fresh;
}
