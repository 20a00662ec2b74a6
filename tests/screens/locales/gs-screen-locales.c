/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Translations that are not installed: preloaded into a program, this takes them from the folder
 * that GATESIDE_SCREEN_LOCALES names. It must be there before the program's first word, for GLib
 * decides once, at its own first word, whether there is a translation at all. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

char *bindtextdomain (const char *domain, const char *folder);

char *
bindtextdomain (const char *domain, const char *folder)
{
  char *(*real) (const char *, const char *) =
    (char *(*) (const char *, const char *) ) dlsym (RTLD_NEXT, "bindtextdomain");
  const char *locales = getenv ("GATESIDE_SCREEN_LOCALES");

  if (locales != NULL && domain != NULL && strcmp (domain, "gateside") == 0)
    folder = locales;
  return real (domain, folder);
}
