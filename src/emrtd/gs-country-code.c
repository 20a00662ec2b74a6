/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-country-code.h"

#include <string.h>

/* ISO 3166-1, five letters a state: alpha-3, alpha-2. */
static const char iso[] = "ABWAW"
                          "AFGAF"
                          "AGOAO"
                          "AIAAI"
                          "ALAAX"
                          "ALBAL"
                          "ANDAD"
                          "AREAE"
                          "ARGAR"
                          "ARMAM"
                          "ASMAS"
                          "ATAAQ"
                          "ATFTF"
                          "ATGAG"
                          "AUSAU"
                          "AUTAT"
                          "AZEAZ"
                          "BDIBI"
                          "BELBE"
                          "BENBJ"
                          "BESBQ"
                          "BFABF"
                          "BGDBD"
                          "BGRBG"
                          "BHRBH"
                          "BHSBS"
                          "BIHBA"
                          "BLMBL"
                          "BLRBY"
                          "BLZBZ"
                          "BMUBM"
                          "BOLBO"
                          "BRABR"
                          "BRBBB"
                          "BRNBN"
                          "BTNBT"
                          "BVTBV"
                          "BWABW"
                          "CAFCF"
                          "CANCA"
                          "CCKCC"
                          "CHECH"
                          "CHLCL"
                          "CHNCN"
                          "CIVCI"
                          "CMRCM"
                          "CODCD"
                          "COGCG"
                          "COKCK"
                          "COLCO"
                          "COMKM"
                          "CPVCV"
                          "CRICR"
                          "CUBCU"
                          "CUWCW"
                          "CXRCX"
                          "CYMKY"
                          "CYPCY"
                          "CZECZ"
                          "DEUDE"
                          "DJIDJ"
                          "DMADM"
                          "DNKDK"
                          "DOMDO"
                          "DZADZ"
                          "ECUEC"
                          "EGYEG"
                          "ERIER"
                          "ESHEH"
                          "ESPES"
                          "ESTEE"
                          "ETHET"
                          "FINFI"
                          "FJIFJ"
                          "FLKFK"
                          "FRAFR"
                          "FROFO"
                          "FSMFM"
                          "GABGA"
                          "GBRGB"
                          "GEOGE"
                          "GGYGG"
                          "GHAGH"
                          "GIBGI"
                          "GINGN"
                          "GLPGP"
                          "GMBGM"
                          "GNBGW"
                          "GNQGQ"
                          "GRCGR"
                          "GRDGD"
                          "GRLGL"
                          "GTMGT"
                          "GUFGF"
                          "GUMGU"
                          "GUYGY"
                          "HKGHK"
                          "HMDHM"
                          "HNDHN"
                          "HRVHR"
                          "HTIHT"
                          "HUNHU"
                          "IDNID"
                          "IMNIM"
                          "INDIN"
                          "IOTIO"
                          "IRLIE"
                          "IRNIR"
                          "IRQIQ"
                          "ISLIS"
                          "ISRIL"
                          "ITAIT"
                          "JAMJM"
                          "JEYJE"
                          "JORJO"
                          "JPNJP"
                          "KAZKZ"
                          "KENKE"
                          "KGZKG"
                          "KHMKH"
                          "KIRKI"
                          "KNAKN"
                          "KORKR"
                          "KWTKW"
                          "LAOLA"
                          "LBNLB"
                          "LBRLR"
                          "LBYLY"
                          "LCALC"
                          "LIELI"
                          "LKALK"
                          "LSOLS"
                          "LTULT"
                          "LUXLU"
                          "LVALV"
                          "MACMO"
                          "MAFMF"
                          "MARMA"
                          "MCOMC"
                          "MDAMD"
                          "MDGMG"
                          "MDVMV"
                          "MEXMX"
                          "MHLMH"
                          "MKDMK"
                          "MLIML"
                          "MLTMT"
                          "MMRMM"
                          "MNEME"
                          "MNGMN"
                          "MNPMP"
                          "MOZMZ"
                          "MRTMR"
                          "MSRMS"
                          "MTQMQ"
                          "MUSMU"
                          "MWIMW"
                          "MYSMY"
                          "MYTYT"
                          "NAMNA"
                          "NCLNC"
                          "NERNE"
                          "NFKNF"
                          "NGANG"
                          "NICNI"
                          "NIUNU"
                          "NLDNL"
                          "NORNO"
                          "NPLNP"
                          "NRUNR"
                          "NZLNZ"
                          "OMNOM"
                          "PAKPK"
                          "PANPA"
                          "PCNPN"
                          "PERPE"
                          "PHLPH"
                          "PLWPW"
                          "PNGPG"
                          "POLPL"
                          "PRIPR"
                          "PRKKP"
                          "PRTPT"
                          "PRYPY"
                          "PSEPS"
                          "PYFPF"
                          "QATQA"
                          "REURE"
                          "ROURO"
                          "RUSRU"
                          "RWARW"
                          "SAUSA"
                          "SDNSD"
                          "SENSN"
                          "SGPSG"
                          "SGSGS"
                          "SHNSH"
                          "SJMSJ"
                          "SLBSB"
                          "SLESL"
                          "SLVSV"
                          "SMRSM"
                          "SOMSO"
                          "SPMPM"
                          "SRBRS"
                          "SSDSS"
                          "STPST"
                          "SURSR"
                          "SVKSK"
                          "SVNSI"
                          "SWESE"
                          "SWZSZ"
                          "SXMSX"
                          "SYCSC"
                          "SYRSY"
                          "TCATC"
                          "TCDTD"
                          "TGOTG"
                          "THATH"
                          "TJKTJ"
                          "TKLTK"
                          "TKMTM"
                          "TLSTL"
                          "TONTO"
                          "TTOTT"
                          "TUNTN"
                          "TURTR"
                          "TUVTV"
                          "TWNTW"
                          "TZATZ"
                          "UGAUG"
                          "UKRUA"
                          "UMIUM"
                          "URYUY"
                          "USAUS"
                          "UZBUZ"
                          "VATVA"
                          "VCTVC"
                          "VENVE"
                          "VGBVG"
                          "VIRVI"
                          "VNMVN"
                          "VUTVU"
                          "WLFWF"
                          "WSMWS"
                          "YEMYE"
                          "ZAFZA"
                          "ZMBZM"
                          "ZWEZW";

/* What ICAO Doc 9303-3 adds. No second code: nobody issues under it. A third: another code that the
 * state's certificates have had. UTO and XNQ (Nusquama) are the states of specimens. */
static const struct
{
  const char *alpha3;
  const char *alpha2;
  const char *other;
} special[] = {
  { "D", "DE", NULL },   { "EUE", "EU", NULL }, { "GBD", "GB", NULL }, { "GBN", "GB", NULL },
  { "GBO", "GB", NULL }, { "GBP", "GB", NULL }, { "GBS", "GB", NULL }, { "IAO", "IA", "UN" },
  { "RKS", "KS", "XK" }, { "UNA", "UN", NULL }, { "UNK", "UN", "KS" }, { "UNO", "UN", NULL },
  { "UTO", "UT", NULL }, { "XNQ", "XN", NULL }, { "XOM", "XO", "XM" }, { "XPO", "XP", "XI" },
  { "XXA", NULL, NULL }, { "XXB", NULL, NULL }, { "XXC", NULL, NULL }, { "XXX", NULL, NULL },
};

/* The code without fillers, in upper case; FALSE when it is no code. */
static gboolean
normalise (const char *alpha3, char code[4])
{
  gsize length = alpha3 != NULL ? strlen (alpha3) : 0;

  while (length > 0 && alpha3[length - 1] == '<')
    length--;
  if (length == 0 || length > 3)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    code[i] = g_ascii_toupper (alpha3[i]);
  code[length] = '\0';
  return TRUE;
}

static gboolean
look_up (const char *alpha3, char code[4], char alpha2[3], const char **other)
{
  *other = NULL;
  alpha2[0] = '\0';
  if (!normalise (alpha3, code))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    if (strcmp (special[i].alpha3, code) == 0)
      {
        g_strlcpy (alpha2, special[i].alpha2 != NULL ? special[i].alpha2 : "", 3);
        *other = special[i].other;
        return TRUE;
      }
  for (gsize i = 0; strlen (code) == 3 && i + 5 < sizeof iso; i += 5)
    if (strncmp (iso + i, code, 3) == 0)
      {
        memcpy (alpha2, iso + i + 3, 2);
        alpha2[2] = '\0';
        return TRUE;
      }
  return FALSE;
}

const char *
gs_country_code_to_alpha2 (const char *alpha3)
{
  char code[4], alpha2[3];
  const char *other;

  if (!look_up (alpha3, code, alpha2, &other) || alpha2[0] == '\0')
    return NULL;
  return g_intern_string (alpha2);
}

gboolean
gs_country_code_is_known (const char *alpha3)
{
  char code[4], alpha2[3];
  const char *other;

  return look_up (alpha3, code, alpha2, &other);
}

gboolean
gs_country_code_agrees (const char *alpha3, const char *certificate_country)
{
  char code[4], alpha2[3];
  const char *other;

  if (certificate_country == NULL || !look_up (alpha3, code, alpha2, &other) || alpha2[0] == '\0')
    return FALSE;
  return g_ascii_strcasecmp (certificate_country, alpha2) == 0
         || g_ascii_strcasecmp (certificate_country, code) == 0
         || (other != NULL && g_ascii_strcasecmp (certificate_country, other) == 0);
}
