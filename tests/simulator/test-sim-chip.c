/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-curve.h"
#include "gs-sim-chip-pace.h"
#include "gs-sim-chip.h"
#include "gs-utopia-passport.h"

#include <eac/eac.h>
#include <eac/pace.h>
#include <glib/gstdio.h>
#include <openssl/objects.h>
#include <string.h>

static GBytes *
from_hex (const char *text)
{
  GByteArray *out = g_byte_array_new ();

  for (; *text != '\0'; text += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));

      g_byte_array_append (out, &byte, 1);
    }
  return g_byte_array_free_to_bytes (out);
}

static char *
to_hex (GBytes *bytes)
{
  GString *text = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02X", data[i]);
  return g_string_free (text, FALSE);
}

static void
write_file (const char *folder, const char *name, const char *hex)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes = from_hex (hex);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

static void
exchange (GsSimChip *chip, const char *command, const char *answer)
{
  g_autoptr (GBytes) bytes = from_hex (command), given = NULL;
  g_autofree char *text = NULL;

  given =
    gs_sim_chip_transmit (chip, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  g_assert_nonnull (given);
  text = to_hex (given);
  g_assert_cmpstr (text, ==, answer);
}

/* Hands out prepared bytes, one after the other. */
static void
fill_prepared (gpointer user_data, guint8 *bytes, gsize length)
{
  GByteArray *left = user_data;

  g_assert_cmpuint (left->len, >=, length);
  memcpy (bytes, left->data, length);
  g_byte_array_remove_range (left, 0, (guint) length);
}

/* Doc 9303-11, appendix D: BAC and secure messaging, byte for byte. */
static void
test_appendix_d (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gateside-chip-XXXXXX", NULL);
  g_autofree char *ini = g_build_filename (folder, "chip.ini", NULL);
  g_autofree char *com = g_build_filename (folder, "ef-com.bin", NULL);
  g_autoptr (GBytes) prepared = from_hex ("4608F919887022120B4F80323EB3191CB04970CB4052790B");
  g_autoptr (GByteArray) left = g_byte_array_new ();
  GsSimRandomSource random = { fill_prepared, left };
  GsSimChipFault fault = { 0 };
  g_autoptr (GsSimPassport) passport = NULL;
  g_autoptr (GsSimChip) chip = NULL;

  g_byte_array_append (left, g_bytes_get_data (prepared, NULL),
                       (guint) g_bytes_get_size (prepared));
  g_assert_true (g_file_set_contents (
    ini, "[chip]\nbac=true\naccess-mrz=L898902C<3UTO6908061F9406236ZE184226B<<<<<14\n", -1, NULL));
  write_file (folder, "ef-com.bin", "60145F0104303130365F36063034303030305C026175");
  passport = gs_sim_passport_load (folder, NULL);
  g_assert_nonnull (passport);
  chip = gs_sim_chip_new (passport, &fault, &random);
  exchange (chip, "00A4040C07A0000002471001", "9000");
  exchange (chip, "00A4020C02011E", "6982");
  exchange (chip, "0084000008", "4608F919887022129000");
  exchange (chip,
            "0082000028"
            "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728",
            "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74499000");
  exchange (chip, "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
            "990290008E08FA855A5D4C50A8ED9000");
  exchange (chip, "0CB000000D9701048E08ED6705417E96BA5500",
            "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000");
  exchange (
    chip, "0CB000040D9701128E082EA28A70F3C7B53500",
    "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000");
  /* A wrong checksum ends the session; so everything is closed again. */
  exchange (chip, "0CB000040D9701128E082EA28A70F3C7B53600", "6988");
  exchange (chip, "00A4020C02011E", "6982");
  g_unlink (ini);
  g_unlink (com);
  g_rmdir (folder);
}

/* Every way to read: offsets, short identifiers, data objects, extended lengths, and the end. */
static void
test_read_binary (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gateside-chip-XXXXXX", NULL);
  g_autofree char *ini = g_build_filename (folder, "chip.ini", NULL);
  g_autofree char *access = g_build_filename (folder, "ef-card-access.bin", NULL);
  GsSimChipFault fault = { 0 };
  g_autoptr (GsSimPassport) passport = NULL;
  g_autoptr (GsSimChip) chip = NULL;

  g_assert_true (g_file_set_contents (
    ini, "[chip]\naccess-mrz=L898902C<3UTO6908061F9406236ZE184226B<<<<<14\n", -1, NULL));
  write_file (folder, "ef-card-access.bin", "31143012060A04007F0007020204020202010202010D");
  passport = gs_sim_passport_load (folder, NULL);
  g_assert_nonnull (passport);
  g_assert_cmpuint (passport->pace->len, ==, 1);
  chip = gs_sim_chip_new (passport, &fault, NULL);
  exchange (chip, "00B0000004", "6986");
  exchange (chip, "00B09C0004", "311430129000");
  exchange (chip, "00A4020C02011D", "6A82");
  exchange (chip, "00A4020C02011C", "9000");
  exchange (chip, "00B0001204", "0202010D9000");
  exchange (chip, "00B0001208", "0202010D6282");
  exchange (chip, "00B0001600", "6B00");
  exchange (chip, "00B00000000010", "31143012060A04007F000702020402029000");
  exchange (chip,
            "00B1000003540112"
            "06",
            "53040202010D9000");
  exchange (chip, "00B10000045402001206", "53040202010D9000");
  exchange (chip,
            "00B10000025300"
            "06",
            "6A80");
  exchange (chip, "0084000008", "6D00");
  exchange (chip, "0CB0000000", "6882");
  g_unlink (ini);
  g_unlink (access);
  g_rmdir (folder);
}

/* ---- PACE: the chip's own mapping against OpenPACE as the terminal ---- */

static GByteArray *
take (BUF_MEM *buffer)
{
  GByteArray *bytes = g_byte_array_new ();

  g_assert_nonnull (buffer);
  g_byte_array_append (bytes, (const guint8 *) buffer->data, (guint) buffer->length);
  BUF_MEM_free (buffer);
  return bytes;
}

static BUF_MEM *
give (GByteArray *bytes)
{
  BUF_MEM *buffer = BUF_MEM_new ();

  BUF_MEM_grow (buffer, bytes->len);
  memcpy (buffer->data, bytes->data, bytes->len);
  return buffer;
}

static void
run_against_openpace (guint parameter_id, GsSimCipher cipher, GsUtopiaKeyKind kind)
{
  static const guint8 secret[20] = "a secret of 20 bytes";
  g_autofree char *oid = g_strdup_printf ("0.4.0.127.0.7.2.2.4.2.%d", cipher);
  GsSimPaceOffer offer = { oid, 6, cipher, parameter_id };
  g_autoptr (EVP_PKEY) key = gs_utopia_key_new (kind, 1, "test", NULL);
  gpointer own = gs_sim_pace_own_new (&offer, secret, sizeof secret, key, NULL);
  EAC_CTX *terminal = EAC_CTX_new ();
  PACE_SEC *password = PACE_SEC_new ((const char *) secret, sizeof secret, PACE_RAW);
  g_autoptr (GByteArray) nonce = NULL, map_1 = NULL, map_2 = NULL, key_1 = NULL, key_2 = NULL;
  g_autoptr (GByteArray) token_1 = NULL, token_2 = NULL, proof = NULL;
  g_autoptr (EC_GROUP) group = gs_sim_curve_new (parameter_id);
  g_autoptr (EC_POINT) mapped = NULL, product = EC_POINT_new (group), chip_point = NULL;
  g_autoptr (BIGNUM) number = NULL;
  g_autoptr (GBytes) chip_public = NULL;
  guint8 zeros[16] = { 0 }, iv[16];
  GsSimSession session;
  BUF_MEM *buffer, *peer;
  gssize length;

  g_assert_nonnull (own);
  g_assert_cmpint (EAC_CTX_init_pace (terminal, OBJ_txt2nid (oid), (int) parameter_id), ==, 1);
  nonce = gs_sim_pace_own.nonce (own);
  buffer = give (nonce);
  g_assert_cmpint (PACE_STEP2_dec_nonce (terminal, password, buffer), ==, 1);
  BUF_MEM_free (buffer);
  map_1 = take (PACE_STEP3A_generate_mapping_data (terminal));
  map_2 = gs_sim_pace_own.map (own, map_1->data, map_1->len);
  g_assert_nonnull (map_2);
  buffer = give (map_2);
  g_assert_cmpint (PACE_STEP3A_map_generator (terminal, buffer), ==, 1);
  BUF_MEM_free (buffer);
  key_1 = take (PACE_STEP3B_generate_ephemeral_key (terminal));
  key_2 = gs_sim_pace_own.agree (own, key_1->data, key_1->len);
  g_assert_nonnull (key_2);
  peer = give (key_2);
  g_assert_cmpint (PACE_STEP3B_compute_shared_secret (terminal, peer), ==, 1);
  g_assert_cmpint (PACE_STEP3C_derive_keys (terminal), ==, 1);
  token_1 = take (PACE_STEP3D_compute_authentication_token (terminal, peer));
  BUF_MEM_free (peer);
  token_1->data[0] ^= 1;
  g_assert_null (gs_sim_pace_own.finish (own, token_1->data, token_1->len));
  token_1->data[0] ^= 1;
  token_2 = gs_sim_pace_own.finish (own, token_1->data, token_1->len);
  g_assert_nonnull (token_2);
  buffer = give (token_2);
  g_assert_cmpint (PACE_STEP3D_verify_authentication_token (terminal, buffer), ==, 1);
  BUF_MEM_free (buffer);

  /* The proof times the chip's public key is the mapping key (Doc 9303-11, 4.4.3.5.4). */
  gs_sim_pace_own.start_session (own, &session);
  proof = gs_sim_pace_own.proof (own);
  memset (iv, 0xff, sizeof iv);
  gs_sim_encrypt (cipher, session.encryption, zeros, iv, 16, iv);
  gs_sim_decrypt (cipher, session.encryption, iv, proof->data, proof->len, proof->data);
  length = gs_sim_unpad (proof->data, proof->len);
  g_assert_cmpint (length, >, 0);
  number = BN_bin2bn (proof->data, (int) length, NULL);
  chip_public = gs_utopia_key_public (key, GS_UTOPIA_FORM_NAMED);
  chip_point = gs_sim_curve_read (group,
                                  (const guint8 *) g_bytes_get_data (chip_public, NULL)
                                    + g_bytes_get_size (chip_public) - map_2->len,
                                  map_2->len);
  mapped = gs_sim_curve_read (group, map_2->data, map_2->len);
  g_assert_cmpint (EC_POINT_mul (group, product, NULL, chip_point, number, NULL), ==, 1);
  g_assert_cmpint (EC_POINT_cmp (group, product, mapped, NULL), ==, 0);

  gs_sim_pace_own.free (own);
  PACE_SEC_clear_free (password);
  EAC_CTX_clear_free (terminal);
}

static void
test_own_mapping (void)
{
  EAC_init ();
  run_against_openpace (12, GS_SIM_CIPHER_AES128, GS_UTOPIA_KEY_P256);
  run_against_openpace (13, GS_SIM_CIPHER_AES192, GS_UTOPIA_KEY_BP256);
  run_against_openpace (16, GS_SIM_CIPHER_AES256, GS_UTOPIA_KEY_BP384);
  run_against_openpace (18, GS_SIM_CIPHER_AES256, GS_UTOPIA_KEY_P521);
}

/* ---- commands and faults ---- */

static void
test_commands (void)
{
  static const struct
  {
    const char *hex;
    gboolean good;
    gsize length, expected;
  } rows[] = {
    { "00A4000C", TRUE, 0, 0 },
    { "00B0000000", TRUE, 0, 256 },
    { "00B00000E0", TRUE, 0, 224 },
    { "00A4020C02011E", TRUE, 2, 0 },
    { "00A4020C02011E00", TRUE, 2, 256 },
    { "00B00000000000", TRUE, 0, 65536 },
    { "00B00000000100", TRUE, 0, 256 },
    { "00A4020C000002011E", TRUE, 2, 0 },
    { "00A4020C000002011E0000", TRUE, 2, 65536 },
    { "00A4", FALSE, 0, 0 },
    { "00A4020C0201", FALSE, 0, 0 },
    { "00A4020C02011E0000", FALSE, 0, 0 },
    { "00A4020C0000", FALSE, 0, 0 },
    { "00A4020C000005011E", FALSE, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = from_hex (rows[i].hex);
      GsSimCommand command;
      gboolean good =
        gs_sim_command_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &command);

      g_test_message ("%s", rows[i].hex);
      g_assert_cmpint (good, ==, rows[i].good);
      if (good)
        {
          g_assert_cmpuint (command.length, ==, rows[i].length);
          g_assert_cmpuint (command.expected, ==, rows[i].expected);
        }
    }
}

static void
test_faults (void)
{
  GsSimChipFault fault = { 0 };
  g_autofree char *wrong = NULL;

  g_assert_true (gs_sim_chip_fault_add (
    &fault, "dies=3, le-limit=192;status=6982@7,truncate=dg2:900,cloned", &wrong));
  g_assert_cmpuint (fault.dies_after, ==, 4);
  g_assert_cmpuint (fault.read_limit, ==, 192);
  g_assert_cmpuint (fault.status, ==, 0x6982);
  g_assert_cmpuint (fault.status_after, ==, 7);
  g_assert_cmpstr (fault.truncated, ==, "dg2");
  g_assert_cmpuint (fault.truncated_length, ==, 900);
  g_assert_true (fault.cloned);
  g_assert_true (gs_sim_chip_fault_add (&fault, "none", &wrong));
  g_assert_false (fault.cloned);
  g_assert_null (fault.truncated);
  g_assert_false (gs_sim_chip_fault_add (&fault, "mute, dies", &wrong));
  g_assert_cmpstr (wrong, ==, "dies");
  g_assert_true (fault.mute);
  gs_sim_chip_fault_clear (&fault);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim-chip/appendix-d", test_appendix_d);
  g_test_add_func ("/sim-chip/read-binary", test_read_binary);
  g_test_add_func ("/sim-chip/own-mapping-against-openpace", test_own_mapping);
  g_test_add_func ("/sim-chip/commands", test_commands);
  g_test_add_func ("/sim-chip/faults", test_faults);
  return g_test_run ();
}
