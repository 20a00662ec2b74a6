/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-slip-words.h"

static const GsSlipWords languages[GS_SLIP_LANGUAGE_LAST + 1] = {
  [GS_SLIP_LANGUAGE_ENGLISH] = {
    .code = "en",
    .families = "Inter, Noto Sans CJK JP",
    .title = "Travel record request",
    .lead = "You used an automated gate, and the time for a stamp has passed. You can ask for a "
            "written record of this crossing at the office named below.",
    .reference = "Crossing reference",
    .direction = "Direction",
    .entry = "Entry",
    .exit = "Exit",
    .date = "Date and time",
    .port = "Port",
    .gate = "Gate",
    .name = "Name",
    .purposes_title = "What the record is for",
    .purposes = { "Visa application", "Tax exemption", "Pension insurance",
                  "Residence registration", "Return from abroad" },
    .bring_title = "Please bring",
    .bring = { "The passport or document that you used at the gate", "This slip",
               "The letter or form of the office that asks for the record, if you have one" },
    .where_title = "Where to apply",
    .hours = "Open",
    .notice = "This slip is not proof of the crossing.",
    .issued = "Handed out",
  },
  [GS_SLIP_LANGUAGE_JAPANESE] = {
    .code = "ja",
    .families = "Inter, Noto Sans CJK JP",
    .title = "出入国記録の請求のご案内",
    .lead = "自動化ゲートをご利用になり、証印を受けられる時間が過ぎました。"
            "今回の出入国の記録は、下記の窓口に請求することができます。",
    .reference = "通過番号",
    .direction = "区分",
    .entry = "入国",
    .exit = "出国",
    .date = "日時",
    .port = "出入国港",
    .gate = "ゲート",
    .name = "氏名",
    .purposes_title = "記録の使いみち",
    .purposes = { "査証の申請", "免税の手続き", "年金保険の手続き", "住民登録", "帰国の届け出" },
    .bring_title = "お持ちいただくもの",
    .bring = { "ゲートで使用した旅券または証明書", "この案内票",
               "記録を求めている機関からの書類（お持ちの場合）" },
    .where_title = "請求先",
    .hours = "受付時間",
    .notice = "この案内票は、出入国を証明するものではありません。",
    .issued = "お渡しした日時",
  },
  [GS_SLIP_LANGUAGE_CHINESE] = {
    .code = "zh-cn",
    .families = "Inter, Noto Sans CJK SC",
    .title = "出入境记录申请说明",
    .lead = "您已使用自助通道，可以盖章的时间已经过去。"
            "您可以向下列办事处申请本次出入境的记录。",
    .reference = "通行编号",
    .direction = "类别",
    .entry = "入境",
    .exit = "出境",
    .date = "日期和时间",
    .port = "口岸",
    .gate = "通道",
    .name = "姓名",
    .purposes_title = "记录的用途",
    .purposes = { "申请签证", "办理免税", "养老保险", "居住登记", "从国外返回" },
    .bring_title = "请携带",
    .bring = { "在通道使用的护照或证件", "本说明", "要求提供记录的机构的函件或表格（如有）" },
    .where_title = "申请地点",
    .hours = "办公时间",
    .notice = "本说明不能作为出入境的证明。",
    .issued = "发放时间",
  },
  [GS_SLIP_LANGUAGE_KOREAN] = {
    .code = "ko",
    .families = "Inter, Noto Sans CJK KR",
    .title = "출입국 기록 신청 안내",
    .lead = "자동 심사대를 이용하신 뒤 도장을 받을 수 있는 시간이 지났습니다. "
            "이번 출입국의 기록은 아래 창구에서 신청하실 수 있습니다.",
    .reference = "통과 번호",
    .direction = "구분",
    .entry = "입국",
    .exit = "출국",
    .date = "일시",
    .port = "출입국항",
    .gate = "심사대",
    .name = "성명",
    .purposes_title = "기록의 용도",
    .purposes = { "비자 신청", "면세 절차", "연금 보험", "거주 등록", "해외에서 귀국" },
    .bring_title = "가져오실 것",
    .bring = { "심사대에서 사용하신 여권 또는 증명서", "이 안내문",
               "기록을 요구하는 기관의 서류(있는 경우)" },
    .where_title = "신청하는 곳",
    .hours = "접수 시간",
    .notice = "이 안내문은 출입국을 증명하지 않습니다.",
    .issued = "드린 일시",
  },
  [GS_SLIP_LANGUAGE_FRENCH] = {
    .code = "fr",
    .families = "Inter, Noto Sans CJK JP",
    .title = "Demande d’attestation de passage",
    .lead = "Vous avez utilisé une porte automatique et le délai pour recevoir un cachet est "
            "écoulé. Vous pouvez demander une attestation de ce passage au bureau indiqué plus "
            "bas.",
    .reference = "Référence du passage",
    .direction = "Sens",
    .entry = "Entrée",
    .exit = "Sortie",
    .date = "Date et heure",
    .port = "Poste frontière",
    .gate = "Porte",
    .name = "Nom",
    .purposes_title = "À quoi sert l’attestation",
    .purposes = { "Demande de visa", "Exonération de taxes", "Assurance retraite",
                  "Inscription comme résident", "Retour de l’étranger" },
    .bring_title = "À apporter",
    .bring = { "Le passeport ou le document utilisé à la porte", "Cette fiche",
               "La lettre ou le formulaire du service qui demande l’attestation, si vous "
               "l’avez" },
    .where_title = "Où s’adresser",
    .hours = "Ouvert",
    .notice = "Cette fiche ne prouve pas le passage.",
    .issued = "Remise",
  },
  [GS_SLIP_LANGUAGE_SPANISH] = {
    .code = "es",
    .families = "Inter, Noto Sans CJK JP",
    .title = "Solicitud de constancia de viaje",
    .lead = "Usted usó una puerta automática y el plazo para recibir un sello ha terminado. Puede "
            "pedir una constancia escrita de este paso en la oficina que se indica abajo.",
    .reference = "Referencia del paso",
    .direction = "Sentido",
    .entry = "Entrada",
    .exit = "Salida",
    .date = "Fecha y hora",
    .port = "Puesto fronterizo",
    .gate = "Puerta",
    .name = "Nombre",
    .purposes_title = "Para qué sirve la constancia",
    .purposes = { "Solicitud de visado", "Exención de impuestos", "Seguro de pensiones",
                  "Registro de residencia", "Regreso del extranjero" },
    .bring_title = "Traiga consigo",
    .bring = { "El pasaporte o documento que usó en la puerta", "Esta hoja",
               "La carta o el formulario de la oficina que pide la constancia, si lo tiene" },
    .where_title = "Dónde solicitarla",
    .hours = "Abierto",
    .notice = "Esta hoja no prueba el paso por la frontera.",
    .issued = "Entregada",
  },
  [GS_SLIP_LANGUAGE_GERMAN] = {
    .code = "de",
    .families = "Inter, Noto Sans CJK JP",
    .title = "Antrag auf einen Reisenachweis",
    .lead = "Sie haben eine automatische Schleuse benutzt, und die Zeit für einen Stempel ist "
            "vorbei. Einen schriftlichen Nachweis dieses Grenzübertritts können Sie bei der unten "
            "genannten Stelle beantragen.",
    .reference = "Nummer des Grenzübertritts",
    .direction = "Richtung",
    .entry = "Einreise",
    .exit = "Ausreise",
    .date = "Datum und Uhrzeit",
    .port = "Grenzübergang",
    .gate = "Schleuse",
    .name = "Name",
    .purposes_title = "Wofür der Nachweis dient",
    .purposes = { "Visumantrag", "Steuerbefreiung", "Rentenversicherung",
                  "Anmeldung des Wohnsitzes", "Rückkehr aus dem Ausland" },
    .bring_title = "Bitte mitbringen",
    .bring = { "Den Pass oder Ausweis, den Sie an der Schleuse benutzt haben", "Diesen Zettel",
               "Das Schreiben oder Formular der Stelle, die den Nachweis verlangt, falls "
               "vorhanden" },
    .where_title = "Wo Sie ihn beantragen",
    .hours = "Geöffnet",
    .notice = "Dieser Zettel ist kein Nachweis des Grenzübertritts.",
    .issued = "Ausgehändigt",
  },
};

static const char *const english_months[] = { "January",   "February", "March",    "April",
                                              "May",       "June",     "July",     "August",
                                              "September", "October",  "November", "December" };
static const char *const french_months[] = { "janvier",   "février", "mars",     "avril",
                                             "mai",       "juin",    "juillet",  "août",
                                             "septembre", "octobre", "novembre", "décembre" };
static const char *const spanish_months[] = { "enero",      "febrero", "marzo",     "abril",
                                              "mayo",       "junio",   "julio",     "agosto",
                                              "septiembre", "octubre", "noviembre", "diciembre" };
static const char *const german_months[] = { "Januar",    "Februar", "März",     "April",
                                             "Mai",       "Juni",    "Juli",     "August",
                                             "September", "Oktober", "November", "Dezember" };
static const char *const japanese_days[] = { "月", "火", "水", "木", "金", "土", "日" };

const GsSlipWords *
gs_slip_words (GsSlipLanguage language)
{
  if (language < GS_SLIP_LANGUAGE_ENGLISH || language > GS_SLIP_LANGUAGE_LAST)
    language = GS_SLIP_LANGUAGE_ENGLISH;
  return &languages[language];
}

char *
gs_slip_words_format_time (GsSlipLanguage language, gint64 utc_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  int year, month, day, hour, minute;

  g_return_val_if_fail (zone != NULL, NULL);
  utc = g_date_time_new_from_unix_utc (utc_ms / 1000 - (utc_ms % 1000 < 0 ? 1 : 0));
  local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  if (local == NULL)
    return NULL;
  g_date_time_get_ymd (local, &year, &month, &day);
  hour = g_date_time_get_hour (local);
  minute = g_date_time_get_minute (local);
  switch (language)
    {
    case GS_SLIP_LANGUAGE_JAPANESE:
      return g_strdup_printf ("%d年%d月%d日(%s) %02d:%02d", year, month, day,
                              japanese_days[g_date_time_get_day_of_week (local) - 1], hour, minute);
    case GS_SLIP_LANGUAGE_CHINESE:
      return g_strdup_printf ("%d年%d月%d日 %02d:%02d", year, month, day, hour, minute);
    case GS_SLIP_LANGUAGE_KOREAN:
      return g_strdup_printf ("%d년 %d월 %d일 %02d:%02d", year, month, day, hour, minute);
    case GS_SLIP_LANGUAGE_FRENCH:
      return g_strdup_printf ("%d %s %d, %02d:%02d", day, french_months[month - 1], year, hour,
                              minute);
    case GS_SLIP_LANGUAGE_SPANISH:
      return g_strdup_printf ("%d de %s de %d, %02d:%02d", day, spanish_months[month - 1], year,
                              hour, minute);
    case GS_SLIP_LANGUAGE_GERMAN:
      return g_strdup_printf ("%d. %s %d, %02d:%02d", day, german_months[month - 1], year, hour,
                              minute);
    case GS_SLIP_LANGUAGE_ENGLISH:
    default:
      return g_strdup_printf ("%d %s %d, %02d:%02d", day, english_months[month - 1], year, hour,
                              minute);
    }
}
