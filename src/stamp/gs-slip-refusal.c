/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-slip-words.h"

/* What a notice of refusal says in place of the slip's own words. It names the ground that the
 * agency's policy words, and promises nothing in the agency's name. */
typedef struct
{
  const char *title;
  const char *lead;
  const char *ground;
  const char *where;
  const char *notice;
} Words;

static const Words languages[GS_SLIP_LANGUAGE_LAST + 1] = {
  [GS_SLIP_LANGUAGE_ENGLISH] = {
    .title = "Notice of refusal",
    .lead = "Your passage through this border crossing was refused today. The legal ground is "
            "stated below. The office named below can tell you what you may do.",
    .ground = "Legal ground",
    .where = "Office",
    .notice = "Keep this notice.",
  },
  [GS_SLIP_LANGUAGE_JAPANESE] = {
    .title = "通過拒否の通知",
    .lead = "本日、この国境での通過は認められませんでした。法的根拠は下記のとおりです。"
            "とりうる手続きについては、下記の窓口にお尋ねください。",
    .ground = "法的根拠",
    .where = "窓口",
    .notice = "この通知は保管してください。",
  },
  [GS_SLIP_LANGUAGE_CHINESE] = {
    .title = "拒绝通行通知",
    .lead = "今天您未获准通过本口岸。法律依据如下。如需了解可以采取的措施，请向下列办事处咨询。",
    .ground = "法律依据",
    .where = "办事处",
    .notice = "请保留本通知。",
  },
  [GS_SLIP_LANGUAGE_KOREAN] = {
    .title = "통과 거부 통지",
    .lead = "오늘 이 국경의 통과가 허가되지 않았습니다. 법적 근거는 아래와 같습니다. "
            "취할 수 있는 절차는 아래 창구에 문의하십시오.",
    .ground = "법적 근거",
    .where = "창구",
    .notice = "이 통지서를 보관하십시오.",
  },
  [GS_SLIP_LANGUAGE_FRENCH] = {
    .title = "Notification de refus",
    .lead = "Le passage de cette frontière vous a été refusé aujourd’hui. Le fondement juridique "
            "est indiqué plus bas. Le bureau nommé plus bas peut vous dire ce que vous pouvez "
            "faire.",
    .ground = "Fondement juridique",
    .where = "Bureau",
    .notice = "Conservez cette notification.",
  },
  [GS_SLIP_LANGUAGE_SPANISH] = {
    .title = "Notificación de denegación",
    .lead = "Hoy se le ha denegado el paso de esta frontera. El fundamento jurídico se indica más "
            "abajo. La oficina nombrada más abajo puede decirle qué puede hacer.",
    .ground = "Fundamento jurídico",
    .where = "Oficina",
    .notice = "Conserve esta notificación.",
  },
  [GS_SLIP_LANGUAGE_GERMAN] = {
    .title = "Mitteilung über die Verweigerung",
    .lead = "Der Grenzübertritt wurde Ihnen heute verweigert. Die Rechtsgrundlage steht unten. Die "
            "unten genannte Stelle kann Ihnen sagen, was Sie tun können.",
    .ground = "Rechtsgrundlage",
    .where = "Stelle",
    .notice = "Bewahren Sie diese Mitteilung auf.",
  },
};

void
gs_slip_words_refuse (GsSlipWords *words, GsSlipLanguage language)
{
  const Words *own = &languages[language];

  words->title = own->title;
  words->lead = own->lead;
  words->purposes_title = own->ground;
  words->where_title = own->where;
  words->notice = own->notice;
}
