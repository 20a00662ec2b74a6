/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-pace.h"

#include "gs-sim-chip-apdu.h"

#include <eac/eac.h>
#include <eac/pace.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <string.h>

#define MAPPING_INTEGRATED 4
#define MAPPING_CHIP 6

struct _GsSimPace
{
  const GsSimPaceMaker *maker;
  gpointer engine;
  guint steps; /* done so far */
};

/* ---- OpenPACE ---- */

typedef struct
{
  EAC_CTX *context;
  PACE_SEC *secret;
  GsSimCipher cipher;
  BUF_MEM *peer; /* the terminal's ephemeral key */
} OpenPace;

/* BUFFER is taken over. */
static GByteArray *
take_buffer (BUF_MEM *buffer)
{
  GByteArray *bytes;

  if (buffer == NULL)
    return NULL;
  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) buffer->data, (guint) buffer->length);
  BUF_MEM_free (buffer);
  return bytes;
}

static BUF_MEM *
make_buffer (const guint8 *bytes, gsize length)
{
  BUF_MEM *buffer = BUF_MEM_new ();

  BUF_MEM_grow (buffer, length);
  memcpy (buffer->data, bytes, length);
  return buffer;
}

static GByteArray *
open_nonce (gpointer engine)
{
  OpenPace *self = engine;

  return take_buffer (PACE_STEP1_enc_nonce (self->context, self->secret));
}

static GByteArray *
open_map (gpointer engine, const guint8 *in, gsize length)
{
  OpenPace *self = engine;
  BUF_MEM *data = make_buffer (in, length);
  GByteArray *mine = take_buffer (PACE_STEP3A_generate_mapping_data (self->context));
  gboolean mapped = mine != NULL && PACE_STEP3A_map_generator (self->context, data) == 1;

  BUF_MEM_free (data);
  if (mapped)
    return mine;
  g_clear_pointer (&mine, g_byte_array_unref);
  return NULL;
}

static GByteArray *
open_agree (gpointer engine, const guint8 *in, gsize length)
{
  OpenPace *self = engine;
  GByteArray *mine = take_buffer (PACE_STEP3B_generate_ephemeral_key (self->context));

  self->peer = make_buffer (in, length);
  if (mine != NULL && PACE_STEP3B_compute_shared_secret (self->context, self->peer) == 1
      && PACE_STEP3C_derive_keys (self->context) == 1)
    return mine;
  g_clear_pointer (&mine, g_byte_array_unref);
  return NULL;
}

static GByteArray *
open_finish (gpointer engine, const guint8 *token, gsize length)
{
  OpenPace *self = engine;
  BUF_MEM *theirs = make_buffer (token, length);
  gboolean right = PACE_STEP3D_verify_authentication_token (self->context, theirs) == 1;

  BUF_MEM_free (theirs);
  return right ? take_buffer (PACE_STEP3D_compute_authentication_token (self->context, self->peer))
               : NULL;
}

static void
open_start_session (gpointer engine, GsSimSession *session)
{
  OpenPace *self = engine;
  const KA_CTX *keys = self->context->pace_ctx->ka_ctx;

  memset (session, 0, sizeof *session);
  session->cipher = self->cipher;
  memcpy (session->encryption, keys->k_enc->data, MIN (keys->k_enc->length, 32));
  memcpy (session->mac, keys->k_mac->data, MIN (keys->k_mac->length, 32));
}

static void
open_free (gpointer engine)
{
  OpenPace *self = engine;

  EAC_CTX_clear_free (self->context);
  PACE_SEC_clear_free (self->secret);
  BUF_MEM_free (self->peer);
  g_free (self);
}

static const GsSimPaceMaker open_pace = {
  .nonce = open_nonce,
  .map = open_map,
  .agree = open_agree,
  .finish = open_finish,
  .start_session = open_start_session,
  .free = open_free,
};

static gpointer
open_new (const GsSimPaceOffer *offer, const guint8 *secret, gsize length)
{
  static gsize initialised;
  OpenPace *self;

  if (g_once_init_enter (&initialised))
    {
      EAC_init ();
      g_once_init_leave (&initialised, 1);
    }
  self = g_new0 (OpenPace, 1);
  self->cipher = offer->cipher;
  self->context = EAC_CTX_new ();
  /* Its own kind of secret for MRZs takes a TD1 string for granted. */
  self->secret = PACE_SEC_new ((const char *) secret, length, PACE_RAW);
  if (self->context != NULL && self->secret != NULL
      && EAC_CTX_init_pace (self->context, OBJ_txt2nid (offer->oid), (int) offer->parameter_id)
           == 1)
    return self;
  ERR_clear_error ();
  open_free (self);
  return NULL;
}

/* ---- the run ---- */

GsSimPace *
gs_sim_pace_new (const GsSimPaceOffer *offer,
                 const guint8 *secret,
                 gsize secret_length,
                 EVP_PKEY *chip_key,
                 const GsSimRandomSource *random)
{
  gboolean own = offer->mapping == MAPPING_CHIP || offer->mapping == MAPPING_INTEGRATED;
  gpointer engine = own ? gs_sim_pace_own_new (offer, secret, secret_length, chip_key, random)
                        : open_new (offer, secret, secret_length);
  GsSimPace *self;

  if (engine == NULL)
    return NULL;
  self = g_new0 (GsSimPace, 1);
  self->maker = own ? &gs_sim_pace_own : &open_pace;
  self->engine = engine;
  return self;
}

void
gs_sim_pace_free (GsSimPace *self)
{
  self->maker->free (self->engine);
  g_free (self);
}

/* The commands' data objects are 81, 83, 85, the answers' 80, 82, 84, 86. */
static GByteArray *
run_step (GsSimPace *self, const guint8 *value, gsize length)
{
  switch (self->steps)
    {
    case 0:
      return self->maker->nonce (self->engine);
    case 1:
      return self->maker->map (self->engine, value, length);
    case 2:
      return self->maker->agree (self->engine, value, length);
    default:
      return self->maker->finish (self->engine, value, length);
    }
}

guint16
gs_sim_pace_step (GsSimPace *self,
                  const guint8 *data,
                  gsize length,
                  GByteArray *answer,
                  GsSimSession *session,
                  gboolean *done)
{
  g_autoptr (GByteArray) inner = g_byte_array_new (), out = NULL, proof = NULL;
  const guint8 *value = NULL;
  gsize used = 0;

  *done = FALSE;
  if (!gs_sim_find_object (data, length, 0x7c, &data, &length))
    return 0x6a80;
  if (self->steps > 0
      && !gs_sim_find_object (data, length, (guint16) (0x7f + 2 * self->steps), &value, &used))
    return 0x6a80;
  out = run_step (self, value, used);
  ERR_clear_error ();
  if (out == NULL)
    return 0x6300;
  gs_sim_put_object (inner, (guint16) (0x80 + 2 * self->steps), out->data, out->len);
  if (++self->steps == 4)
    {
      proof = self->maker->proof ? self->maker->proof (self->engine) : NULL;
      if (proof != NULL)
        gs_sim_put_object (inner, 0x8a, proof->data, proof->len);
      self->maker->start_session (self->engine, session);
      *done = TRUE;
    }
  gs_sim_put_object (answer, 0x7c, inner->data, inner->len);
  return 0x9000;
}
