/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seal of a stamp: what goes in comes out, it fits the symbol, and it knows its document. */
#include "gs-seal-imprint.h"

#include "gs-seal-error.h"

#include <string.h>

static const GsSealDate day = { 2026, 11, 23 };
static const GsSealHeader header = { .country = "UTO",
                                     .signer = "UTGS",
                                     .reference = (char *) "5B",
                                     .issued = { 2026, 11, 23 },
                                     .signed_on = { 2026, 11, 23 } };

static GsSeal *
seal_of (const GsSealImprint *imprint, const GsSealHeader *of)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) encoded = gs_seal_imprint_encode (imprint, of, &error);
  const guint8 signature[64] = { 1 };
  g_autoptr (GBytes) rs = g_bytes_new (signature, sizeof signature);
  g_autoptr (GBytes) bytes = NULL;
  GsSeal *seal;

  g_assert_no_error (error);
  bytes = gs_seal_append_signature (encoded, rs);
  g_assert_cmpuint (g_bytes_get_size (bytes), <=, GS_SEAL_IMPRINT_MAX_BYTES);
  seal = gs_seal_new (bytes, &error);
  g_assert_no_error (error);
  return seal;
}

static void
test_round_trip (void)
{
  static const char *const serials[] = { "UTO-D3 004217", "UTO-1 000001", "UTO-ABC 999999" };
  static const char *const plain[] = { "UTOD3004217", "UTO1000001", "UTOABC999999" };
  static const char *const references[] = { "5B", "ABC", "ABCDE" };

  for (guint turn = 0; turn < 54; turn++)
    {
      GsSealImprint imprint, again;
      GsSealHeader of = header;
      g_autoptr (GError) error = NULL;
      GsDirection direction = turn % 2 == 0 ? GS_DIRECTION_ARRIVAL : GS_DIRECTION_DEPARTURE;
      GsSealTransport transport = (GsSealTransport) (1 + turn / 2 % 3);

      gs_seal_imprint_init (&imprint, serials[turn % 3], direction, transport, "AM1", &day, "UTO",
                            "L898902C3", &error);
      g_assert_no_error (error);
      of.reference = (char *) references[turn / 6 % 3];
      g_autoptr (GsSeal) seal = seal_of (&imprint, &of);
      g_assert_true (gs_seal_imprint_read (&again, seal, &error));
      g_assert_cmpstr (again.serial, ==, plain[turn % 3]);
      g_assert_cmpint (again.direction, ==, direction);
      g_assert_cmpint (again.transport, ==, transport);
      g_assert_cmpstr (again.port, ==, "AM1");
      g_assert_cmpint (gs_seal_date_compare (&again.crossed_on, &day), ==, 0);
      g_assert_cmpuint (gs_seal_get_header (seal)->version, ==, turn / 6 % 3 == 2 ? 3 : 4);
      g_assert_cmpuint (gs_seal_get_header (seal)->category % 2, ==, 0);
    }
}

/* The longest that is allowed is what a symbol of 40 × 40 holds, to the byte. */
static void
test_size (void)
{
  GsSealImprint imprint;

  g_assert_true (gs_seal_imprint_init (&imprint, "UTO-ABC 999999", GS_DIRECTION_ARRIVAL,
                                       GS_SEAL_TRANSPORT_AIR, "AMA", &day, "UTO", "L898902C3",
                                       NULL));
  g_autoptr (GsSeal) seal = seal_of (&imprint, &header);
  g_assert_cmpuint (g_bytes_get_size (gs_seal_get_bytes (seal)), ==, GS_SEAL_IMPRINT_MAX_BYTES);
  g_assert_cmpuint (g_bytes_get_size (gs_seal_get_signed (seal)) - 18, ==,
                    GS_SEAL_IMPRINT_MAX_MESSAGES);
}

static void
test_document (void)
{
  GsSealImprint imprint;

  g_assert_true (gs_seal_imprint_init (&imprint, "UTO-D3 004217", GS_DIRECTION_DEPARTURE,
                                       GS_SEAL_TRANSPORT_SEA, "AMA", &day, "D", "L898902C3", NULL));
  g_assert_true (gs_seal_imprint_is_of (&imprint, "D", "L898902C3"));
  /* As a machine readable zone writes it. */
  g_assert_true (gs_seal_imprint_is_of (&imprint, "D<<", "L898902C3<<<"));
  g_assert_false (gs_seal_imprint_is_of (&imprint, "UTO", "L898902C3"));
  g_assert_false (gs_seal_imprint_is_of (&imprint, "D", "L898902C4"));
  g_assert_false (gs_seal_imprint_is_of (&imprint, "D", ""));
}

/* As docs/seal.md says how: SHA-256 of "UTOD3004217\nD\nL898902C3". */
static void
test_binding (void)
{
  GsSealImprint imprint;
  g_autofree char *sum =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, "UTOD3004217\nD\nL898902C3", -1);
  g_autofree char *hex = NULL;
  g_autoptr (GBytes) bytes = NULL;

  gs_seal_imprint_init (&imprint, "UTO-D3 004217", GS_DIRECTION_ARRIVAL, GS_SEAL_TRANSPORT_AIR,
                        "AMA", &day, "D", "L898902C3", NULL);
  bytes = g_bytes_new (imprint.binding, sizeof imprint.binding);
  hex = gs_seal_bytes_to_hex (bytes);
  sum[16] = '\0';
  g_assert_cmpstr (hex, ==, sum);
}

static void
refuse (const char *serial, const char *port, const GsSealDate *date, const char *number)
{
  GsSealImprint imprint;
  g_autoptr (GError) error = NULL;

  g_assert_false (gs_seal_imprint_init (&imprint, serial, GS_DIRECTION_ARRIVAL,
                                        GS_SEAL_TRANSPORT_AIR, port, date, "UTO", number, &error));
  g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_FIELDS);
}

static void
test_refused (void)
{
  refuse ("UTO-ABCD 999999", "AMA", &day, "L898902C3");
  refuse ("", "AMA", &day, "L898902C3");
  refuse ("UTO_D3", "AMA", &day, "L898902C3");
  refuse ("UTO-D3 004217", "AM", &day, "L898902C3");
  refuse ("UTO-D3 004217", "ama", &day, "L898902C3");
  refuse ("UTO-D3 004217", NULL, &day, "L898902C3");
  refuse ("UTO-D3 004217", "AMA", &(GsSealDate){ 2026, 2, 30 }, "L898902C3");
  refuse ("UTO-D3 004217", "AMA", &(GsSealDate){ 0 }, "L898902C3");
  refuse ("UTO-D3 004217", "AMA", &day, "");
  refuse ("UTO-D3 004217", "AMA", &day, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/imprint/round-trip", test_round_trip);
  g_test_add_func ("/seal/imprint/size", test_size);
  g_test_add_func ("/seal/imprint/document", test_document);
  g_test_add_func ("/seal/imprint/binding", test_binding);
  g_test_add_func ("/seal/imprint/refused", test_refused);
  return g_test_run ();
}
