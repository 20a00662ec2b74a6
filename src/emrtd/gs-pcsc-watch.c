/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pcsc-watch.h"

#include <string.h>
#include <winscard.h>

#define POLL_MS 1000
#define POLL_US (POLL_MS * G_TIME_SPAN_MILLISECOND)
#define PLUG_AND_PLAY "\\\\?PnP?\\Notification"

/* Held by the thread, by the owner, and by every sight on its way to the main context. */
struct _GsPcscWatch
{
  gatomicrefcount references;
  char *wanted;
  GMainContext *main_context;
  GThread *thread;
  GMutex lock; /* of stopping, context and has_context */
  GCond wake;
  gboolean stopping;
  SCARDCONTEXT context;
  gboolean has_context;
  /* Main context alone. */
  GsPcscWatchFunc func;
  gpointer user_data;
};

typedef struct
{
  GsPcscWatch *watch;
  GsPcscSight sight;
} Delivery;

static void
watch_unref (GsPcscWatch *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->wanted);
  g_main_context_unref (self->main_context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_free (self);
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_free (delivery->sight.reader);
  watch_unref (delivery->watch);
  g_free (delivery);
}

static gboolean
deliver (gpointer data)
{
  Delivery *delivery = data;

  if (delivery->watch->func != NULL)
    delivery->watch->func (&delivery->sight, delivery->watch->user_data);
  return G_SOURCE_REMOVE;
}

static void
tell (GsPcscWatch *self, GsPcscSight *last, const GsPcscSight *now)
{
  if (last->service == now->service && g_strcmp0 (last->reader, now->reader) == 0
      && last->present == now->present && last->mute == now->mute && last->in_use == now->in_use
      && last->events == now->events)
    return;
  g_free (last->reader);
  *last = *now;
  last->reader = g_strdup (now->reader);

  Delivery *delivery = g_new0 (Delivery, 1);
  g_atomic_ref_count_inc (&self->references);
  delivery->watch = self;
  delivery->sight = *now;
  delivery->sight.reader = g_strdup (now->reader);
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, delivery, delivery_free);
  g_source_attach (source, self->main_context);
}

static gboolean
is_stopping (GsPcscWatch *self)
{
  g_mutex_lock (&self->lock);
  gboolean stopping = self->stopping;
  g_mutex_unlock (&self->lock);
  return stopping;
}

static void
pause_a_while (GsPcscWatch *self)
{
  gint64 end_us = g_get_monotonic_time () + POLL_US;

  g_mutex_lock (&self->lock);
  while (!self->stopping && g_cond_wait_until (&self->wake, &self->lock, end_us))
    ;
  g_mutex_unlock (&self->lock);
}

static void
drop_context (GsPcscWatch *self)
{
  g_mutex_lock (&self->lock);
  if (self->has_context)
    SCardReleaseContext (self->context);
  self->has_context = FALSE;
  g_mutex_unlock (&self->lock);
}

static gboolean
take_context (GsPcscWatch *self)
{
  SCARDCONTEXT context;

  if (self->has_context)
    return TRUE;
  if (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS)
    return FALSE;
  g_mutex_lock (&self->lock);
  self->context = context;
  self->has_context = TRUE;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* The first reader whose name begins as wanted. NULL when there is none; *code tells whether the
 * service answered at all. */
static char *
find_reader (GsPcscWatch *self, LONG *code)
{
  DWORD size = 0;
  char *found = NULL;

  *code = SCardListReaders (self->context, NULL, NULL, &size);
  if (*code != SCARD_S_SUCCESS || size == 0)
    return NULL;
  g_autofree char *names = g_malloc0 (size + 2);
  *code = SCardListReaders (self->context, NULL, names, &size);
  if (*code != SCARD_S_SUCCESS)
    return NULL;
  for (const char *name = names; *name != '\0' && found == NULL; name += strlen (name) + 1)
    if (self->wanted == NULL || g_str_has_prefix (name, self->wanted))
      found = g_strdup (name);
  return found;
}

static gboolean
service_is_gone (LONG code)
{
  return code == SCARD_E_NO_SERVICE || code == SCARD_E_SERVICE_STOPPED
         || code == SCARD_E_INVALID_HANDLE || code == SCARD_F_COMM_ERROR
         || code == SCARD_E_INVALID_VALUE;
}

/* Waits until a reader is plugged in or out, or for the poll's length. */
static LONG
wait_for_reader (GsPcscWatch *self)
{
  SCARD_READERSTATE state = { .szReader = PLUG_AND_PLAY, .dwCurrentState = SCARD_STATE_UNAWARE };

  return SCardGetStatusChange (self->context, POLL_MS, &state, 1);
}

/* Follows one reader until it or the service goes, or the watch stops. FALSE when nothing could be
 * seen of it at all. */
static gboolean
follow_reader (GsPcscWatch *self, const char *reader, GsPcscSight *last)
{
  SCARD_READERSTATE state = { .szReader = reader, .dwCurrentState = SCARD_STATE_UNAWARE };
  DWORD timeout = 0;
  gboolean seen = FALSE;

  while (!is_stopping (self))
    {
      LONG code = SCardGetStatusChange (self->context, timeout, &state, 1);
      timeout = POLL_MS;
      /* Somebody who takes the chip for himself is no change to PC/SC, but stands in the state. */
      if (code == SCARD_E_TIMEOUT && state.dwEventState != SCARD_STATE_UNAWARE)
        code = SCARD_S_SUCCESS;
      if (code == SCARD_E_TIMEOUT)
        continue;
      if (code != SCARD_S_SUCCESS || (state.dwEventState & SCARD_STATE_UNKNOWN) != 0
          || (state.dwEventState & SCARD_STATE_UNAVAILABLE) != 0)
        {
          if (service_is_gone (code))
            drop_context (self);
          return seen;
        }
      seen = TRUE;
      const GsPcscSight now = {
        .service = TRUE,
        .reader = (char *) reader,
        .present = (state.dwEventState & SCARD_STATE_PRESENT) != 0,
        .mute = (state.dwEventState & SCARD_STATE_MUTE) != 0,
        .in_use = (state.dwEventState & SCARD_STATE_EXCLUSIVE) != 0,
        .seen_us = g_get_monotonic_time (),
        .events = (guint) (state.dwEventState >> 16) & 0xFFFF,
      };
      tell (self, last, &now);
      state.dwCurrentState = state.dwEventState & ~(DWORD) SCARD_STATE_CHANGED;
    }
  return TRUE;
}

static gpointer
watch_thread (gpointer data)
{
  GsPcscWatch *self = data;
  GsPcscSight last = { .events = G_MAXUINT };

  while (!is_stopping (self))
    {
      LONG code = SCARD_S_SUCCESS;
      const GsPcscSight nobody = { .service = FALSE };
      const GsPcscSight nothing = { .service = TRUE };
      gboolean is_fresh = !self->has_context;

      if (!take_context (self))
        {
          tell (self, &last, &nobody);
          pause_a_while (self);
          continue;
        }
      g_autofree char *reader = find_reader (self, &code);
      if (reader != NULL)
        {
          /* A reader that is listed but cannot be asked must not keep the processor busy. */
          if (!follow_reader (self, reader, &last))
            pause_a_while (self);
          continue;
        }
      if (service_is_gone (code))
        {
          drop_context (self);
          if (is_fresh)
            pause_a_while (self);
          continue;
        }
      tell (self, &last, &nothing);
      if (service_is_gone (wait_for_reader (self)))
        drop_context (self);
      else
        /* Without plug and play the call above returns at once. */
        pause_a_while (self);
    }
  drop_context (self);
  g_free (last.reader);
  watch_unref (self);
  return NULL;
}

GsPcscWatch *
gs_pcsc_watch_start (const char *wanted, GsPcscWatchFunc func, gpointer user_data)
{
  GsPcscWatch *self = g_new0 (GsPcscWatch, 1);

  g_atomic_ref_count_init (&self->references);
  self->wanted = g_strdup (wanted);
  self->main_context = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  g_atomic_ref_count_inc (&self->references);
  self->thread = g_thread_new ("chip-watch", watch_thread, self);
  return self;
}

void
gs_pcsc_watch_stop (GsPcscWatch *self)
{
  self->func = NULL;
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->wake);
  if (self->has_context)
    SCardCancel (self->context);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  watch_unref (self);
}
