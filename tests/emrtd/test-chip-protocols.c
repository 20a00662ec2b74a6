/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worked examples of ICAO Doc 9303-11 (appendix D: BAC and secure messaging, G: PACE with
 * generic mapping, H: integrated mapping, I: chip-authentication mapping), replayed byte for byte.
 */
#include "gs-bac.h"
#include "gs-chip-curve.h"
#include "gs-emrtd-error.h"
#include "gs-pace-mapping.h"
#include "gs-pace.h"
#include "gs-replay-transport.h"

#include <string.h>

static GsAccessKey
make_key (const char *number, const char *birth, const char *expiry)
{
  GsAccessKey key = { 0 };
  GError *error = NULL;

  gs_access_key_from_fields (&key, number, birth, expiry, &error);
  g_assert_no_error (error);
  return key;
}

/* Appendix D.2 and D.3. */
static void
add_bac (GsReplayTransport *chip)
{
  gs_replay_transport_add (chip, "00 84 00 00 08", "4608F91988702212 9000");
  gs_replay_transport_add (chip,
                           "00 82 00 00 28"
                           "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2"
                           "5F1448EEA8AD90A7 28",
                           "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F"
                           "2F2D235D074D7449 9000");
}

#define BAC_RANDOM "781723860C06C226 0B795240CB7049B01C19B33E32804F0B"

static void
test_bac (void)
{
  g_autoptr (GsReplayTransport) chip = gs_replay_transport_new ();
  g_auto (GsReplayRandom) random = { 0 };
  g_auto (GsAccessKey) key = make_key ("L898902C<", "690806", "940623");
  g_auto (GsApduResponse) response = { 0 };
  static const guint8 com[] = { 0x01, 0x1E };
  const GsApduCommand select = {
    .ins = 0xA4, .p1 = 0x02, .p2 = 0x0C, .data = com, .length = sizeof com
  };
  GsApduCommand read = { .ins = 0xB0, .expected = 4 };
  GError *error = NULL;

  gs_replay_random_init (&random, BAC_RANDOM);
  add_bac (chip);
  /* Appendix D.4: select EF.COM, read its first 4 bytes, read the other 18. */
  gs_replay_transport_add (chip, "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
                           "990290008E08FA855A5D4C50A8ED9000");
  gs_replay_transport_add (chip, "0CB000000D9701048E08ED6705417E96BA5500",
                           "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000");
  gs_replay_transport_add (
    chip, "0CB000040D9701128E082EA28A70F3C7B53500",
    "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000");

  g_autoptr (GsChipChannel) channel =
    gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), &random.source, NULL);
  g_assert_true (gs_bac_perform (channel, &key, &error));
  g_assert_no_error (error);
  g_assert_true (gs_chip_channel_demand (channel, &select, "select", &response, &error));
  g_assert_no_error (error);
  g_assert_true (gs_chip_channel_demand (channel, &read, "read", &response, &error));
  g_autofree char *head = gs_replay_to_hex (response.data);
  g_assert_cmpstr (head, ==, "60145F01");
  read.p2 = 4;
  read.expected = 0x12;
  g_assert_true (gs_chip_channel_demand (channel, &read, "read", &response, &error));
  g_autofree char *rest = gs_replay_to_hex (response.data);
  g_assert_cmpstr (rest, ==, "04303130365F36063034303030305C026175");
  gs_replay_transport_assert_finished (chip);
}

/* One flipped bit in the chip's cryptogram or in its code ends the session for good. */
static void
test_bac_flipped (void)
{
  static const char *const answers[] = {
    "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534E2F2D235D074D7449 9000",
    "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7448 9000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GsReplayTransport) chip = gs_replay_transport_new ();
      g_auto (GsReplayRandom) random = { 0 };
      g_auto (GsAccessKey) key = make_key ("L898902C<", "690806", "940623");
      g_autoptr (GError) error = NULL;

      gs_replay_random_init (&random, BAC_RANDOM);
      gs_replay_transport_add (chip, "*", "4608F91988702212 9000");
      gs_replay_transport_add (chip, "*", answers[i]);
      g_autoptr (GsChipChannel) channel =
        gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), &random.source, NULL);
      g_assert_false (gs_bac_perform (channel, &key, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS);
      g_assert_null (gs_chip_channel_get_secure (channel));
    }
}

static void
test_wrong_mrz (void)
{
  g_autoptr (GsReplayTransport) chip = gs_replay_transport_new ();
  g_auto (GsAccessKey) key = make_key ("L898902C<", "690806", "940623");
  g_autoptr (GError) error = NULL;

  gs_replay_transport_add (chip, "*", "4608F91988702212 9000");
  gs_replay_transport_add (chip, "*", "6300");
  g_autoptr (GsChipChannel) channel =
    gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), gs_random_source_system (), NULL);
  g_assert_false (gs_bac_perform (channel, &key, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS);
}

/* An answer whose code is wrong, or that comes without protection, kills the channel; nothing is
 * sent any more. */
static void
test_session_dies (void)
{
  static const char *const answers[] = {
    "990290008E08FA855A5D4C50A8EC9000",     /* code flipped */
    "990290018E08FA855A5D4C50A8ED9000",     /* status flipped */
    "6988",                                 /* unprotected */
    "9000",                                 /* unprotected, and pleasant */
    "99029000",                             /* no code */
    "8E08FA855A5D4C50A8ED9000",             /* no status inside */
    "990290008E08FA855A5D4C50A8ED00009000", /* more behind the code */
    "99FF",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GsReplayTransport) chip = gs_replay_transport_new ();
      g_auto (GsReplayRandom) random = { 0 };
      g_auto (GsAccessKey) key = make_key ("L898902C<", "690806", "940623");
      g_autoptr (GError) error = NULL;

      gs_replay_random_init (&random, BAC_RANDOM);
      add_bac (chip);
      gs_replay_transport_add (chip, "*", answers[i]);
      g_autoptr (GsChipChannel) channel =
        gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), &random.source, NULL);
      g_assert_true (gs_bac_perform (channel, &key, &error));
      g_assert_false (gs_chip_channel_select_application (channel, &error));
      g_assert_nonnull (error);
      g_assert_true (gs_chip_channel_is_dead (channel));
      g_clear_error (&error);
      g_assert_false (gs_chip_channel_select_application (channel, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SESSION);
      gs_replay_transport_assert_finished (chip);
    }
}

static const GsPaceInfo generic = {
  (char *) "0.4.0.127.0.7.2.2.4.2.2", GS_PACE_MAPPING_GENERIC, TRUE, GS_CHIP_CIPHER_AES_128, 2, 13
};

/* Appendix G.1. */
static GsReplayTransport *
make_generic_chip (const char *token)
{
  GsReplayTransport *chip = gs_replay_transport_new ();

  gs_replay_transport_add (chip, "0022C1A412800A04007F0007020204020283010184010D", "9000");
  gs_replay_transport_add (chip, "10860000027C0000",
                           "7C12801095A3A016522EE98D01E76CB6B98B42C39000");
  gs_replay_transport_add (chip,
                           "10860000457C438141"
                           "047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
                           "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
                           "7C438241"
                           "04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
                           "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000");
  gs_replay_transport_add (chip,
                           "10860000457C438341"
                           "042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
                           "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
                           "7C438441"
                           "049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
                           "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000");
  gs_replay_transport_add (chip, "008600000C7C0A8508C2B0BD78D94BA86600", token);
  return chip;
}

#define GENERIC_RANDOM                                                                             \
  "7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99"                               \
  "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595"

static void
test_pace_generic (void)
{
  g_autoptr (GsReplayTransport) chip = make_generic_chip ("7C0A86083ABB9674BCE93C089000");
  g_auto (GsReplayRandom) random = { 0 };
  g_auto (GsAccessKey) key = make_key ("T22000129", "640812", "101031");
  GError *error = NULL;

  gs_replay_random_init (&random, GENERIC_RANDOM);
  g_autoptr (GsChipChannel) channel =
    gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), &random.source, NULL);
  gs_pace_perform (channel, &key, &generic, NULL, &error);
  g_assert_no_error (error);
  gs_replay_transport_assert_finished (chip);
  g_assert_nonnull (gs_chip_channel_get_secure (channel));

  /* The keys of the example: F5F0E35C… and FE251C78…, seen in a command under them. */
  g_autoptr (GBytes) enc = gs_replay_hex ("F5F0E35C0D7161EE6724EE513A0D9A7F");
  g_autoptr (GBytes) mac = gs_replay_hex ("FE251C7858B356B24514B3BD5F4297D1");
  g_autoptr (GsSecureMessaging) same = gs_secure_messaging_new (
    GS_CHIP_CIPHER_AES_128, g_bytes_get_data (enc, NULL), g_bytes_get_data (mac, NULL), NULL);
  const GsApduCommand read = { .ins = 0xB0, .expected = 8 };
  g_autoptr (GBytes) one = gs_secure_messaging_protect (same, &read, &error);
  g_autoptr (GBytes) other =
    gs_secure_messaging_protect (gs_chip_channel_get_secure (channel), &read, &error);
  g_assert_true (g_bytes_equal (one, other));
}

static void
test_pace_wrong_token (void)
{
  static const char *const tokens[] = { "7C0A86083ABB9674BCE93C099000", "6300",     "6A80",
                                        "7C0A85083ABB9674BCE93C089000", "7C009000", "9000" };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (GsReplayTransport) chip = make_generic_chip (tokens[i]);
      g_auto (GsReplayRandom) random = { 0 };
      g_auto (GsAccessKey) key = make_key ("T22000129", "640812", "101031");
      g_autoptr (GError) error = NULL;

      gs_replay_random_init (&random, GENERIC_RANDOM);
      g_autoptr (GsChipChannel) channel =
        gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), &random.source, NULL);
      g_assert_false (gs_pace_perform (channel, &key, &generic, NULL, &error));
      g_assert_nonnull (error);
      if (i < 3)
        g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS);
      g_assert_null (gs_chip_channel_get_secure (channel));
    }
}

/* The chip answers with our own public key: it must not agree with itself. */
static void
test_pace_echo (void)
{
  g_autoptr (GsReplayTransport) chip = gs_replay_transport_new ();
  g_auto (GsReplayRandom) random = { 0 };
  g_auto (GsAccessKey) key = make_key ("T22000129", "640812", "101031");
  g_autoptr (GError) error = NULL;

  gs_replay_transport_add (chip, "*", "9000");
  gs_replay_transport_add (chip, "*", "7C12801095A3A016522EE98D01E76CB6B98B42C39000");
  gs_replay_transport_add (chip, "*",
                           "7C438241"
                           "04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
                           "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000");
  gs_replay_transport_add (chip, "*",
                           "7C438441"
                           "042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
                           "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB364629000");
  gs_replay_random_init (&random, GENERIC_RANDOM);
  g_autoptr (GsChipChannel) channel =
    gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), &random.source, NULL);
  g_assert_false (gs_pace_perform (channel, &key, &generic, NULL, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
}

/* A point that is not on the curve, in either place. */
static void
test_pace_foreign_point (void)
{
  g_autoptr (GsReplayTransport) chip = gs_replay_transport_new ();
  g_auto (GsAccessKey) key = make_key ("T22000129", "640812", "101031");
  g_autoptr (GError) error = NULL;

  gs_replay_transport_add (chip, "*", "9000");
  gs_replay_transport_add (chip, "*", "7C12801095A3A016522EE98D01E76CB6B98B42C39000");
  gs_replay_transport_add (chip, "*",
                           "7C438241"
                           "04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
                           "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C559000");
  g_autoptr (GsChipChannel) channel =
    gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), gs_random_source_system (), NULL);
  g_assert_false (gs_pace_perform (channel, &key, &generic, NULL, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
}

/* Appendix H.1: both nonces and the generator that they map to. */
static void
test_integrated_mapping (void)
{
  g_autoptr (GBytes) s = gs_replay_hex ("2923BE84E16CD6AE529049F1F1BBE9EB");
  g_autoptr (GBytes) t = gs_replay_hex ("5DD4CBFC96F5453B130D890A1CDBAE32");
  GError *error = NULL;
  g_autoptr (EC_GROUP) curve = gs_chip_curve_new (13, &error);
  g_autoptr (EC_POINT) point =
    gs_pace_map_integrated (curve, GS_CHIP_CIPHER_AES_128, g_bytes_get_data (s, NULL),
                            g_bytes_get_data (t, NULL), 16, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) encoded = gs_chip_curve_encode (curve, point, &error);
  g_autofree char *hex = gs_replay_to_hex (encoded);
  g_assert_cmpstr (hex, ==,
                   "048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427"
                   "4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD");
}

/* Every curve whose prime allows it takes both candidates of the encoding to points of the curve
 * (OpenSSL checks that they are), and the DH groups and P-224 (1 modulo 4) are refused. */
static void
test_integrated_curves (void)
{
  for (int id = 8; id <= 18; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EC_GROUP) curve = gs_chip_curve_new (id, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < 16; i++)
        {
          guint8 s[32] = { (guint8) i, 1 }, t[32] = { 2, (guint8) i };
          g_autoptr (EC_POINT) point =
            gs_pace_map_integrated (curve, GS_CHIP_CIPHER_AES_256, s, t, 32, &error);
          g_assert_true ((point == NULL) == (id == 10));
          if (id == 10)
            {
              g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED);
              g_clear_error (&error);
            }
          else
            g_assert_no_error (error);
        }
    }
}

/* Appendix I, but for the first command: we always name the domain parameters. */
static void
test_pace_chip_authentication (void)
{
  static const GsPaceInfo info = { (char *) "0.4.0.127.0.7.2.2.4.6.2",
                                   GS_PACE_MAPPING_CHIP_AUTHENTICATION,
                                   TRUE,
                                   GS_CHIP_CIPHER_AES_128,
                                   2,
                                   13 };
  g_autoptr (GsReplayTransport) chip = gs_replay_transport_new ();
  g_auto (GsReplayRandom) random = { 0 };
  g_auto (GsPaceProof) proof = { 0 };
  g_auto (GsAccessKey) key = make_key ("C11T002JM", "960812", "231031");
  GError *error = NULL;

  gs_replay_transport_add (chip, "0022C1A412800A04007F0007020204060283010184010D", "9000");
  gs_replay_transport_add (chip, "10860000027C0000",
                           "7C128010CB60E8E0D85B76A9BD304747C2AD42E29000");
  gs_replay_transport_add (chip,
                           "10860000457C438141"
                           "047F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE"
                           "1AB889104A27DB6D842B019020FBF3CEACB0DC627F7BDCAC29969E19D0E553C100",
                           "7C438241"
                           "04A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
                           "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E239000");
  gs_replay_transport_add (chip,
                           "10860000457C438341"
                           "04446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C7728F95"
                           "5483400BFF60BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC00",
                           "7C438441"
                           "0402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA9933331"
                           "11C3B9B4C2287789BD137E7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E19000");
  gs_replay_transport_add (chip, "008600000C7C0A8508E86BD06018A1CD3B00",
                           "7C3C86088596CF055C67C1A38A301EEA964DAAE372AC990E3EFDE6333353BFC8"
                           "9A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F929000");
  gs_replay_random_init (&random,
                         "5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC"
                         "76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120");
  g_autoptr (GsChipChannel) channel =
    gs_chip_channel_new (GS_CHIP_TRANSPORT (chip), &random.source, NULL);
  gs_pace_perform (channel, &key, &info, &proof, &error);
  g_assert_no_error (error);
  g_autofree char *hex = gs_replay_to_hex (proof.proof);
  g_assert_cmpstr (hex, ==, "85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3");

  /* The chip's key of the example, its parameters given by their number. */
  g_autoptr (GBytes) chip_key =
    gs_replay_hex ("3052300C060704007F0007010202010D034200"
                   "041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
                   "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F");
  g_assert_true (gs_pace_proof_verify (&proof, chip_key, &error));
  g_assert_no_error (error);

  /* Another key is not this chip's. */
  g_autoptr (GBytes) other_key =
    gs_replay_hex ("3052300C060704007F0007010202010D034200"
                   "04A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
                   "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E23");
  g_assert_false (gs_pace_proof_verify (&proof, other_key, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE);
  g_clear_error (&error);
}

/* The check digits and fillers of long and short document numbers. */
static void
test_access_keys (void)
{
  g_autoptr (GError) error = NULL;
  GsAccessKey key = { 0 };
  GsAccessKey filled = make_key ("L898902C<", "690806", "940623");
  GsAccessKey bare = make_key ("L898902C", "690806", "940623");
  g_autoptr (GBytes) seed = gs_replay_hex ("239AB9CB282DAF66231DC5A4DF6BFBAE");

  g_assert_cmpmem (filled.secret, 20, bare.secret, 20);
  g_assert_cmpmem (filled.secret, 16, g_bytes_get_data (seed, NULL), 16);
  g_assert_false (gs_access_key_from_fields (&key, "", "690806", "940623", &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_false (gs_access_key_from_fields (&key, "A", "69080", "940623", &error));
  g_clear_error (&error);
  g_assert_false (gs_access_key_from_fields (&key, "a", "690806", "940623", &error));
  g_clear_error (&error);
  g_assert_false (gs_access_key_from_can (&key, "12345", &error));
  g_clear_error (&error);
  g_assert_true (gs_access_key_from_can (&key, "123456", &error));
  gs_access_key_clear (&key);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emrtd/bac/worked-example", test_bac);
  g_test_add_func ("/emrtd/bac/flipped-answer-is-refused", test_bac_flipped);
  g_test_add_func ("/emrtd/bac/wrong-mrz", test_wrong_mrz);
  g_test_add_func ("/emrtd/secure-messaging/bad-answer-ends-the-session", test_session_dies);
  g_test_add_func ("/emrtd/pace/generic-mapping-worked-example", test_pace_generic);
  g_test_add_func ("/emrtd/pace/wrong-token-is-refused", test_pace_wrong_token);
  g_test_add_func ("/emrtd/pace/own-key-sent-back-is-refused", test_pace_echo);
  g_test_add_func ("/emrtd/pace/foreign-point-is-refused", test_pace_foreign_point);
  g_test_add_func ("/emrtd/pace/integrated-mapping-worked-example", test_integrated_mapping);
  g_test_add_func ("/emrtd/pace/integrated-mapping-on-every-curve", test_integrated_curves);
  g_test_add_func ("/emrtd/pace/chip-authentication-mapping-worked-example",
                   test_pace_chip_authentication);
  g_test_add_func ("/emrtd/access-key/fields", test_access_keys);
  return g_test_run ();
}
