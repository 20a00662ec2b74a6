/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-reason-text.h"

#include <glib/gi18n.h>

#include "gs-format.h"

/* What may be said to the traveller. */
typedef enum
{
  SAY_LOOK,
  SAY_WAIT,
  SAY_DOCUMENT,
  SAY_OTHER,
  SAY_PERMIT,
  SAY_HELP,
  SAY_OBJECT,
  SAY_BACK,
  SAY_CHILD,
  SAY_COUNT
} Say;

typedef enum
{
  LANGUAGE_EN,
  LANGUAGE_JA,
  LANGUAGE_ZH,
  LANGUAGE_KO,
  LANGUAGE_FR,
  LANGUAGE_ES,
  LANGUAGE_DE,
  LANGUAGE_COUNT
} Language;

typedef enum
{
  NEXT_BLIND,
  NEXT_HOLD,
  NEXT_READ,
  NEXT_LOOK,
  NEXT_SECOND,
  NEXT_DATES,
  NEXT_PERMIT,
  NEXT_AGAIN,
  NEXT_COMPARE,
  NEXT_HELP,
  NEXT_OBJECT,
  NEXT_BACK,
  NEXT_CHILD
} Next;

typedef struct
{
  const char *code;
  const char *title;
  Next next;
  Say say;
} Reason;

static const Reason reasons[] = {
  { "B01", N_ ("Face below threshold"), NEXT_BLIND, SAY_LOOK },
  { "B02", N_ ("No readable chip picture"), NEXT_BLIND, SAY_LOOK },
  { "B03", N_ ("Face capture timed out"), NEXT_BLIND, SAY_LOOK },
  { "B04", N_ ("Live picture insufficient"), NEXT_BLIND, SAY_LOOK },
  { "B05", N_ ("Presentation attack suspected"), NEXT_HOLD, SAY_WAIT },
  { "B06", N_ ("More than one face in view"), NEXT_BLIND, SAY_LOOK },
  { "B07", N_ ("Fingerprint check failed"), NEXT_BLIND, SAY_LOOK },
  { "D01", N_ ("Document not detected or badly placed"), NEXT_READ, SAY_DOCUMENT },
  { "D02", N_ ("Document model unknown"), NEXT_LOOK, SAY_DOCUMENT },
  { "D03", N_ ("MRZ check digit or format wrong"), NEXT_READ, SAY_DOCUMENT },
  { "D04", N_ ("MRZ not readable in infrared"), NEXT_LOOK, SAY_DOCUMENT },
  { "D05", N_ ("Ultraviolet pattern wrong"), NEXT_SECOND, SAY_WAIT },
  { "D06", N_ ("Document expired"), NEXT_DATES, SAY_OTHER },
  { "D07", N_ ("Specimen document"), NEXT_SECOND, SAY_WAIT },
  { "D08", N_ ("Page or chip damaged"), NEXT_LOOK, SAY_DOCUMENT },
  { "C01", N_ ("Chip not found or removed too early"), NEXT_READ, SAY_DOCUMENT },
  { "C02", N_ ("Chip could not be opened"), NEXT_READ, SAY_DOCUMENT },
  { "C03", N_ ("Security object signature or hash wrong"), NEXT_SECOND, SAY_WAIT },
  { "C04", N_ ("Document signer not trusted"), NEXT_SECOND, SAY_WAIT },
  { "C05", N_ ("Certificate outside its period"), NEXT_LOOK, SAY_DOCUMENT },
  { "C06", N_ ("Document signer revoked"), NEXT_SECOND, SAY_WAIT },
  { "C07", N_ ("Chip not genuine"), NEXT_SECOND, SAY_WAIT },
  { "C08", N_ ("EF.SOD and EF.COM disagree"), NEXT_LOOK, SAY_DOCUMENT },
  { "C09", N_ ("Chip data altered"), NEXT_SECOND, SAY_WAIT },
  { "C10", N_ ("Issuing state differs from the signer"), NEXT_SECOND, SAY_WAIT },
  { "C11", N_ ("Known production defect"), NEXT_LOOK, SAY_DOCUMENT },
  { "X01", N_ ("MRZ differs from the chip"), NEXT_SECOND, SAY_WAIT },
  { "X02", N_ ("Printed face differs from the chip"), NEXT_SECOND, SAY_WAIT },
  { "X03", N_ ("Passport and visa disagree"), NEXT_PERMIT, SAY_PERMIT },
  { "X04", N_ ("MRZ and printed data disagree"), NEXT_LOOK, SAY_DOCUMENT },
  { "X05", N_ ("Digital seal check failed"), NEXT_PERMIT, SAY_PERMIT },
  { "W01", N_ ("Document reported lost or stolen"), NEXT_HOLD, SAY_WAIT },
  { "W02", N_ ("Alert on the person"), NEXT_HOLD, SAY_WAIT },
  { "W03", N_ ("Entry ban, refusal or overstay on file"), NEXT_SECOND, SAY_WAIT },
  { "W04", N_ ("Background system unreachable"), NEXT_AGAIN, SAY_WAIT },
  { "W05", N_ ("Directive: an officer must process"), NEXT_LOOK, SAY_WAIT },
  { "W06", N_ ("Name-alike or stale record suspected"), NEXT_COMPARE, SAY_WAIT },
  { "E01", N_ ("No chip in the document"), NEXT_LOOK, SAY_DOCUMENT },
  { "E02", N_ ("Below minimum height"), NEXT_HELP, SAY_HELP },
  { "E03", N_ ("Below minimum age"), NEXT_HELP, SAY_HELP },
  { "E04", N_ ("Residence status not eligible"), NEXT_PERMIT, SAY_PERMIT },
  { "E05", N_ ("Nationality or visa class not eligible"), NEXT_PERMIT, SAY_PERMIT },
  { "E06", N_ ("Asks for help at the gate"), NEXT_HELP, SAY_HELP },
  { "G01", N_ ("Tailgating"), NEXT_HOLD, SAY_WAIT },
  { "G02", N_ ("Same document used twice"), NEXT_HOLD, SAY_WAIT },
  { "G03", N_ ("Door forced, stuck or walked the wrong way"), NEXT_HOLD, SAY_WAIT },
  { "G04", N_ ("Object left in the gate"), NEXT_OBJECT, SAY_OBJECT },
  { "G05", N_ ("Document left in the reader"), NEXT_OBJECT, SAY_OBJECT },
  { "G06", N_ ("Gate fault, or gave up"), NEXT_BACK, SAY_BACK },
  { "G07", N_ ("Emergency release"), NEXT_HOLD, SAY_WAIT },
  { "O01", N_ ("Pulled by an officer"), NEXT_LOOK, SAY_WAIT },
  { "O02", N_ ("Child or vulnerable person"), NEXT_CHILD, SAY_CHILD },
  { "O03", N_ ("Exit opened by hand"), NEXT_HOLD, SAY_WAIT },
  { "O04", N_ ("Random quality sample"), NEXT_BLIND, SAY_LOOK },
};

static const struct
{
  const char *strong;
  const char *rest;
} nexts[] = {
  [NEXT_BLIND] = { N_ ("Compare the face, by eye."),
                   N_ ("Ask for glasses and hat to be taken off. Then judge: same person, unsure, "
                       "different.") },
  [NEXT_HOLD] = { N_ ("Keep the traveller at the desk. Call a second officer."),
                  N_ ("Admitting needs two officers.") },
  [NEXT_READ] = { N_ ("Read the document again at the desk."),
                  N_ ("Swipe the machine readable zone, then look at the page itself.") },
  [NEXT_LOOK] = { N_ ("Look at the document by hand."),
                  N_ ("Page, chip and printing; then decide, or send to the second line.") },
  [NEXT_SECOND] = { N_ ("Send to the second line."),
                    N_ ("Keep the document in hand until the colleague has taken over.") },
  [NEXT_DATES] = { N_ ("Check the date of expiry by eye."),
                   N_ ("If it has passed, ask for another document or send to the second line.") },
  [NEXT_PERMIT] = { N_ ("Ask for the visa or permit."),
                    N_ ("Compare it with the passport; then decide, or send to the second line.") },
  [NEXT_AGAIN] = { N_ ("Ask the background system again."),
                   N_ (
                     "Admitting needs every background check successful; otherwise second line.") },
  [NEXT_COMPARE] = { N_ ("Compare the record with the traveller."),
                     N_ ("Birth date, birth place and picture decide, never the name alone.") },
  [NEXT_HELP] = { N_ ("Process at the desk."),
                  N_ ("The gate cannot; nothing is wrong with the document by that.") },
  [NEXT_OBJECT] = { N_ ("Give the object back."),
                    N_ ("Make sure that it belongs to this traveller.") },
  [NEXT_BACK] = { N_ ("Send back to a free gate."),
                  N_ ("Or process at the desk when gates are scarce.") },
  [NEXT_CHILD] = { N_ ("Find the accompanying adult first."),
                   N_ ("Name the relation that you saw. No child leaves alone.") },
};

static const char *const codes[LANGUAGE_COUNT] = { "en", "ja", "zh", "ko", "fr", "es", "de" };
static const char *const names[LANGUAGE_COUNT] = { "English",  "日本語",  "中文",   "한국어",
                                                   "Français", "Español", "Deutsch" };

/* The officer reads these aloud, so they are not translated by the officer's language. */
static const char *const says[SAY_COUNT][LANGUAGE_COUNT] = {
  [SAY_LOOK] = {
    "Please take off glasses and hat and look at me for a moment.",
    "眼鏡と帽子を外して、少しの間こちらを見てください。",
    "请摘下眼镜和帽子，看着我一会儿。",
    "안경과 모자를 벗고 잠시 저를 봐 주세요.",
    "Veuillez retirer vos lunettes et votre chapeau et me regarder un instant, s’il vous plaît.",
    "Quítese las gafas y el sombrero y míreme un momento, por favor.",
    "Bitte nehmen Sie Brille und Hut ab und sehen Sie mich einen Moment an.",
  },
  [SAY_WAIT] = {
    "Please wait here a moment. I will help you with the next step.",
    "こちらで少々お待ちください。次の手続きをご案内します。",
    "请在这里稍等，我会帮您办理下一步。",
    "여기서 잠시 기다려 주세요. 다음 절차를 도와드리겠습니다.",
    "Veuillez patienter ici un instant. Je vous aide pour la suite.",
    "Espere aquí un momento, por favor. Le ayudaré con el siguiente paso.",
    "Bitte warten Sie hier einen Moment. Ich helfe Ihnen beim nächsten Schritt.",
  },
  [SAY_DOCUMENT] = {
    "May I have your passport, please? I will read it here once more.",
    "パスポートをお預かりします。こちらでもう一度読み取ります。",
    "请把护照给我，我在这里再读一次。",
    "여권을 주시겠습니까? 여기서 다시 한 번 읽겠습니다.",
    "Votre passeport, s’il vous plaît. Je vais le relire ici.",
    "Su pasaporte, por favor. Lo leeré aquí otra vez.",
    "Ihren Reisepass bitte. Ich lese ihn hier noch einmal.",
  },
  [SAY_OTHER] = {
    "Do you have another valid travel document with you?",
    "ほかに有効な渡航文書をお持ちですか。",
    "您还有其他有效的旅行证件吗？",
    "유효한 다른 여행 증명서가 있습니까?",
    "Avez-vous un autre document de voyage valide sur vous ?",
    "¿Lleva consigo otro documento de viaje válido?",
    "Haben Sie ein anderes gültiges Reisedokument dabei?",
  },
  [SAY_PERMIT] = {
    "Please show me your visa or residence permit.",
    "査証または在留許可証を見せてください。",
    "请出示您的签证或居留许可。",
    "비자나 체류 허가증을 보여 주세요.",
    "Veuillez me montrer votre visa ou titre de séjour.",
    "Muéstreme su visado o permiso de residencia, por favor.",
    "Bitte zeigen Sie mir Ihr Visum oder Ihren Aufenthaltstitel.",
  },
  [SAY_HELP] = {
    "Welcome. I will do the check for you here.",
    "こちらで手続きをいたします。",
    "欢迎，我在这里为您办理。",
    "어서 오세요. 여기서 도와드리겠습니다.",
    "Bienvenue. Je fais le contrôle ici pour vous.",
    "Bienvenido. Haré el control aquí.",
    "Willkommen. Ich führe die Kontrolle hier für Sie durch.",
  },
  [SAY_OBJECT] = {
    "You left something at the gate. Is this yours?",
    "ゲートに忘れ物がありました。こちらはお客様のものですか。",
    "您有东西落在通道里了，这是您的吗？",
    "게이트에 물건을 두고 오셨습니다. 본인 것입니까?",
    "Vous avez oublié quelque chose au portique. Est-ce à vous ?",
    "Ha olvidado algo en la puerta. ¿Es suyo?",
    "Sie haben etwas an der Schleuse liegen lassen. Gehört das Ihnen?",
  },
  [SAY_BACK] = {
    "The gate had a fault. Please try the next free gate.",
    "ゲートに不具合がありました。隣の空いているゲートをご利用ください。",
    "通道出现故障，请使用下一个空闲通道。",
    "게이트에 오류가 있었습니다. 비어 있는 다음 게이트를 이용해 주세요.",
    "Le portique était en panne. Essayez le prochain portique libre, s’il vous plaît.",
    "La puerta ha fallado. Pruebe la siguiente puerta libre, por favor.",
    "Die Schleuse hatte eine Störung. Bitte nehmen Sie die nächste freie.",
  },
  [SAY_CHILD] = {
    "Who is travelling with you today?",
    "今日はどなたと一緒ですか。",
    "今天谁和你一起旅行？",
    "오늘은 누구와 함께 여행하나요?",
    "Qui voyage avec toi aujourd’hui ?",
    "¿Quién viaja contigo hoy?",
    "Wer reist heute mit dir?",
  },
};

static const char *const meanings[SAY_COUNT] = {
  [SAY_LOOK] = N_ ("Please take off glasses and hat and look at me for a moment."),
  [SAY_WAIT] = N_ ("Please wait here a moment. I will help you with the next step."),
  [SAY_DOCUMENT] = N_ ("May I have your passport, please? I will read it here once more."),
  [SAY_OTHER] = N_ ("Do you have another valid travel document with you?"),
  [SAY_PERMIT] = N_ ("Please show me your visa or residence permit."),
  [SAY_HELP] = N_ ("Welcome. I will do the check for you here."),
  [SAY_OBJECT] = N_ ("You left something at the gate. Is this yours?"),
  [SAY_BACK] = N_ ("The gate had a fault. Please try the next free gate."),
  [SAY_CHILD] = N_ ("Who is travelling with you today?"),
};

static const Reason *
find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].code, code) == 0)
      return &reasons[i];
  return NULL;
}

const char *
gs_reason_text_title (const char *code)
{
  const Reason *reason = find (code);

  if (reason != NULL)
    return _ (reason->title);
  return code != NULL ? code : _ ("No reason told");
}

const char *
gs_reason_text_next (const char *code, const char **rest)
{
  const Reason *reason = find (code);

  *rest = reason != NULL ? _ (nexts[reason->next].rest)
                         : _ ("The gate named a reason that this station does not know.");
  return reason != NULL ? _ (nexts[reason->next].strong) : _ ("Look at the document by hand.");
}

const char *
gs_reason_text_say (const char *code, const char *language, const char **lang, const char **name)
{
  const Reason *reason = find (code);
  Language used = LANGUAGE_EN;

  for (guint i = 0; language != NULL && i < LANGUAGE_COUNT; i++)
    if (g_str_has_prefix (language, codes[i]))
      used = (Language) i;
  *lang = used == LANGUAGE_ZH ? "zh-cn" : codes[used];
  *name = names[used];
  return says[reason != NULL ? reason->say : SAY_WAIT][used];
}

const char *
gs_reason_text_say_meaning (const char *code)
{
  const Reason *reason = find (code);

  return _ (meanings[reason != NULL ? reason->say : SAY_WAIT]);
}

const char *
gs_reason_text_language (const GsTraveller *traveller)
{
  static const struct
  {
    const char *state;
    const char *language;
  } states[] = {
    { "JPN", "ja" }, { "CHN", "zh" }, { "TWN", "zh" }, { "HKG", "zh" }, { "MAC", "zh" },
    { "KOR", "ko" }, { "PRK", "ko" }, { "FRA", "fr" }, { "BEL", "fr" }, { "LUX", "fr" },
    { "SEN", "fr" }, { "ESP", "es" }, { "MEX", "es" }, { "ARG", "es" }, { "COL", "es" },
    { "CHL", "es" }, { "PER", "es" }, { "D", "de" },   { "AUT", "de" }, { "CHE", "de" },
  };

  if (traveller == NULL)
    return "en";
  if (traveller->language != NULL)
    return traveller->language;
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, traveller->nationality) == 0)
      return states[i].language;
  return "en";
}

const char *
gs_reason_text_gate (const char *reason)
{
  if (g_strcmp0 (reason, "unwatched") == 0)
    return _ ("unwatched");
  if (g_strcmp0 (reason, "officer") == 0)
    return _ ("by an officer");
  if (g_strcmp0 (reason, "reader") == 0)
    return _ ("reader");
  return reason;
}

const char *
gs_reason_text_outcome (GsOutcome outcome)
{
  switch (outcome)
    {
    case GS_OUTCOME_ADMITTED:
      return _ ("admitted");
    case GS_OUTCOME_SECOND_LINE:
      return _ ("second line");
    case GS_OUTCOME_BACK_TO_GATE:
      return _ ("back to a gate");
    case GS_OUTCOME_LEFT:
      return _ ("left without decision");
    case GS_OUTCOME_HANDED_OVER:
      return _ ("handed over");
    case GS_OUTCOME_REFUSED:
      return _ ("refused");
    case GS_OUTCOME_WITHDRAWN:
      return _ ("withdrawn");
    }
  return _ ("undecided");
}

const char *
gs_reason_text_judgement (GsJudgement judgement)
{
  switch (judgement)
    {
    case GS_JUDGEMENT_SAME:
      return _ ("same person");
    case GS_JUDGEMENT_UNSURE:
      return _ ("unsure");
    case GS_JUDGEMENT_DIFFERENT:
      return _ ("different");
    }
  return _ ("not yet judged");
}

const char **
gs_reason_text_blocks (guint blocks)
{
  static const struct
  {
    GsBlock block;
    const char *words;
  } words[] = {
    { GS_BLOCK_NO_CASE, N_ ("no case open") },
    { GS_BLOCK_NO_LINK, N_ ("no link") },
    { GS_BLOCK_NOT_SIGNED_IN, N_ ("not signed in") },
    { GS_BLOCK_NOT_OPEN, N_ ("no open case") },
    { GS_BLOCK_ELSEWHERE, N_ ("at another desk") },
    { GS_BLOCK_NOT_JUDGED, N_ ("face not judged") },
    { GS_BLOCK_NOT_SAME, N_ ("not judged the same person") },
    { GS_BLOCK_BACKGROUND, N_ ("background not successful") },
    { GS_BLOCK_POLICY, N_ ("not allowed here") },
    { GS_BLOCK_STORE, N_ ("nothing can be stored") },
    { GS_BLOCK_NOT_ADMITTED, N_ ("not yet admitted") },
    { GS_BLOCK_STAMPED, N_ ("already stamped") },
    { GS_BLOCK_NO_PRINTER, N_ ("no printer") },
    { GS_BLOCK_PENDING, N_ ("decision on its way") },
    { GS_BLOCK_TWO_OFFICERS, N_ ("two officers") },
    { GS_BLOCK_NOT_OWN, N_ ("no decision of yours to take back") },
    { GS_BLOCK_COMPARING, N_ ("the engine still compares") },
    { GS_BLOCK_SECOND_FACE, N_ ("a second officer judges the face first") },
    { GS_BLOCK_FACE_OLD, N_ ("face verified too long ago") },
    { GS_BLOCK_NO_DOCUMENT, N_ ("document not read here") },
  };
  const char **list = g_new0 (const char *, G_N_ELEMENTS (words) + 1);
  guint count = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (blocks & words[i].block)
      list[count++] = _ (words[i].words);
  return list;
}

const char *
gs_reason_text_close_cause (GsCloseCause cause)
{
  switch (cause)
    {
    case GS_CLOSE_CAUSE_CUSTOMS:
      return _ ("passed customs");
    case GS_CLOSE_CAUSE_BOARDED:
      return _ ("boarded");
    case GS_CLOSE_CAUSE_BOARDING_CLOSED:
      return _ ("boarding closed");
    case GS_CLOSE_CAUSE_CANCELLED:
      return _ ("crossing annulled");
    case GS_CLOSE_CAUSE_TIME_LIMIT:
      return _ ("time limit");
    case GS_CLOSE_CAUSE_NONE:
      break;
    }
  return _ ("not closed");
}
