/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-people.h"
#include "gs-utopia-random.h"

static const GsUtopiaPerson people[GS_UTOPIA_PEOPLE] = {
  { 'F', 30, "woman, black bob with a fringe" },
  { 'M', 32, "man, shaven head, moustache" },
  { 'F', 52, "woman, ochre head scarf, glasses" },
  { 'M', 42, "man, short dark hair, full beard" },
  { 'F', 45, "woman, long black hair" },
  { 'F', 40, "woman, black bob with a fringe, light eyes" },
  { 'M', 36, "man, bald, dark full beard" },
  { 'F', 33, "woman, red curls" },
  { 'M', 38, "man, short greying hair, no beard" },
  { 'M', 26, "man, dark curls, moustache" },
  { 'F', 47, "woman, wine red head scarf" },
  { 'F', 66, "woman, white bob, thin glasses" },
  { 'M', 35, "man, dark curls, full beard, dark glasses" },
  { 'F', 44, "woman, long dark hair with a fringe, glasses" },
  { 'M', 72, "man, white hair and moustache, dark glasses" },
  { 'M', 63, "man, white hair, no beard" },
  { 'M', 58, "man, bald, grey beard" },
  { 'F', 25, "woman, black bob with a fringe, dark glasses" },
  { 'M', 29, "man, short black hair, thin moustache" },
  { 'M', 38, "man, shaven head, beard, thin glasses" },
  { 'F', 28, "woman, long dark hair with a fringe" },
  { 'M', 54, "man, short grey hair" },
  { 'F', 24, "woman, long wavy brown hair" },
  { 'M', 61, "man, grey hair and moustache" },
};

/* One spelling in its own script and one of A to Z. The last entry of a list is empty. */
typedef struct
{
  const char *own;
  const char *mrz;
} Spelling;

typedef struct
{
  const char *script;
  gboolean family_first;
  Spelling family_m[9];
  Spelling family_f[9]; /* empty: the same as for men */
  Spelling given_m[9];
  Spelling given_f[9];
} NameList;

static const NameList lists[] = {
  { "Latn",
    FALSE,
    { { "Ångström", "AANGSTROEM" },
      { "Brückner", "BRUECKNER" },
      { "Ó Faoláin", "O FAOLAIN" },
      { "Nuñez Peral", "NUNEZ PERAL" },
      { "Harrowgate", "HARROWGATE" },
      { "Łęcki", "LECKI" },
      { "Sørvik", "SOERVIK" },
      { "d’Aubrac", "DAUBRAC" } },
    { { "Ångström", "AANGSTROEM" },
      { "Brückner", "BRUECKNER" },
      { "Ní Fhaoláin", "NI FHAOLAIN" },
      { "Nuñez Peral", "NUNEZ PERAL" },
      { "Harrowgate", "HARROWGATE" },
      { "Łęcka", "LECKA" },
      { "Sørvik", "SOERVIK" },
      { "d’Aubrac", "DAUBRAC" } },
    { { "Björn", "BJOERN" },
      { "Matthias", "MATTHIAS" },
      { "Cillian", "CILLIAN" },
      { "José María", "JOSE MARIA" },
      { "Edmund", "EDMUND" },
      { "Zbyszek", "ZBYSZEK" },
      { "Etienne", "ETIENNE" } },
    { { "Åsa", "AASA" },
      { "Käthe", "KAETHE" },
      { "Sinéad", "SINEAD" },
      { "María Inés", "MARIA INES" },
      { "Winifred", "WINIFRED" },
      { "Bożena", "BOZENA" },
      { "Zoë", "ZOE" } } },
  { "Jpan",
    TRUE,
    { { "森", "MORI" },
      { "青木", "AOKI" },
      { "小川", "OGAWA" },
      { "石田", "ISHIDA" },
      { "北村", "KITAMURA" },
      { "野口", "NOGUCHI" } },
    { { NULL, NULL } },
    { { "健二", "KENJI" },
      { "大輔", "DAISUKE" },
      { "直樹", "NAOKI" },
      { "正", "TADASHI" },
      { "和也", "KAZUYA" } },
    { { "由美", "YUMI" },
      { "さくら", "SAKURA" },
      { "千代", "CHIYO" },
      { "直子", "NAOKO" },
      { "あかね", "AKANE" } } },
  { "Hans",
    TRUE,
    { { "林", "LIN" }, { "赵", "ZHAO" }, { "周", "ZHOU" }, { "欧阳", "OUYANG" }, { "孙", "SUN" } },
    { { NULL, NULL } },
    { { "文博", "WENBO" }, { "国强", "GUOQIANG" }, { "子轩", "ZIXUAN" }, { "立", "LI" } },
    { { "雅琴", "YAQIN" }, { "晓梅", "XIAOMEI" }, { "静", "JING" }, { "月兰", "YUELAN" } } },
  { "Kore",
    TRUE,
    { { "김", "KIM" }, { "박", "PARK" }, { "서", "SEO" }, { "윤", "YOON" }, { "남궁", "NAMGUNG" } },
    { { NULL, NULL } },
    { { "도현", "DOHYEON" }, { "상철", "SANGCHEOL" }, { "민재", "MINJAE" }, { "영호", "YEONGHO" } },
    { { "지우", "JIWOO" }, { "은영", "EUNYEONG" }, { "서연", "SEOYEON" }, { "순자", "SUNJA" } } },
  { "Cyrl",
    FALSE,
    { { "Мороз", "MOROZ" },
      { "Вышнев", "VYSHNEV" },
      { "Заречный", "ZARECHNYI" },
      { "Щербин", "SHCHERBIN" } },
    { { "Мороз", "MOROZ" },
      { "Вышнева", "VYSHNEVA" },
      { "Заречная", "ZARECHNAIA" },
      { "Щербина", "SHCHERBINA" } },
    { { "Олег", "OLEG" }, { "Юрий", "IURII" }, { "Тимур", "TIMUR" }, { "Богдан", "BOGDAN" } },
    { { "Ксения", "KSENIIA" }, { "Дарья", "DARIA" }, { "Зоя", "ZOIA" }, { "Нина", "NINA" } } },
  { "Grek",
    FALSE,
    { { "Καλλέργης", "KALLERGIS" }, { "Βασιλειάδης", "VASILEIADIS" }, { "Μαυρίδης", "MAVRIDIS" } },
    { { "Καλλέργη", "KALLERGI" }, { "Βασιλειάδη", "VASILEIADI" }, { "Μαυρίδη", "MAVRIDI" } },
    { { "Στέφανος", "STEFANOS" }, { "Θωμάς", "THOMAS" }, { "Ηλίας", "ILIAS" } },
    { { "Ευγενία", "EVGENIA" }, { "Ιωάννα", "IOANNA" }, { "Χρυσούλα", "CHRYSOULA" } } },
  { "Arab",
    FALSE,
    { { "النجار", "ALNAJJAR" },
      { "الحداد", "ALHADDAD" },
      { "منصور", "MANSOUR" },
      { "زيتون", "ZAYTOUN" } },
    { { NULL, NULL } },
    { { "كريم", "KARIM" }, { "سامي", "SAMI" }, { "طارق", "TAREQ" }, { "يوسف", "YOUSSEF" } },
    { { "ليلى", "LAYLA" }, { "سلمى", "SALMA" }, { "هدى", "HUDA" }, { "نور", "NOUR" } } },
};

const GsUtopiaPerson *
gs_utopia_person (guint index)
{
  return &people[index % GS_UTOPIA_PEOPLE];
}

static guint
spelling_count (const Spelling *spellings)
{
  guint count = 0;

  while (spellings[count].own != NULL)
    count++;
  return count;
}

static const Spelling *
family_names (const NameList *list, gboolean female)
{
  return female && list->family_f[0].own != NULL ? list->family_f : list->family_m;
}

static const Spelling *
given_names (const NameList *list, gboolean female)
{
  return female ? list->given_f : list->given_m;
}

static guint
list_count (const NameList *list, gboolean female)
{
  return spelling_count (family_names (list, female)) * spelling_count (given_names (list, female));
}

guint
gs_utopia_name_count (char sex)
{
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    count += list_count (&lists[i], sex == 'F');
  return count;
}

void
gs_utopia_name (char sex, guint64 seed, GsUtopiaName *name)
{
  GsUtopiaRandom random;
  const NameList *list;
  const Spelling *family, *given;
  gboolean female;

  gs_utopia_random_init (&random, seed);
  female = sex == 'F' || (sex != 'M' && gs_utopia_random_below (&random, 2) == 1);
  list = &lists[gs_utopia_random_below (&random, G_N_ELEMENTS (lists))];
  family = family_names (list, female);
  given = given_names (list, female);
  family += gs_utopia_random_below (&random, spelling_count (family));
  given += gs_utopia_random_below (&random, spelling_count (given));

  name->family = family->own;
  name->given = given->own;
  name->mrz_family = family->mrz;
  name->mrz_given = given->mrz;
  name->script = list->script;
  name->family_first = list->family_first;
}

void
gs_utopia_birth_date (guint index,
                      guint64 seed,
                      int today_year,
                      int today_month,
                      int today_day,
                      char date[7],
                      int *year)
{
  GsUtopiaRandom random;
  int age, month, day, born;

  gs_utopia_random_init (&random, seed ^ G_GUINT64_CONSTANT (0xb1d7));
  age =
    gs_utopia_person (index)->apparent_age_years - 3 + (int) gs_utopia_random_below (&random, 7);
  month = 1 + (int) gs_utopia_random_below (&random, 12);
  day = 1 + (int) gs_utopia_random_below (&random, 28);
  born = today_year - age;
  if (month > today_month || (month == today_month && day > today_day))
    born--;

  date[0] = (char) ('0' + born / 10 % 10);
  date[1] = (char) ('0' + born % 10);
  date[2] = (char) ('0' + month / 10);
  date[3] = (char) ('0' + month % 10);
  date[4] = (char) ('0' + day / 10);
  date[5] = (char) ('0' + day % 10);
  date[6] = '\0';
  if (year)
    *year = born;
}
