/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-label.h"

#include "gs-style.h"
#include "gs-text.h"

void
gs_label_set (GtkWidget *label, const char *given)
{
  /* GTK 4.8 measures a wrapping label that ends in a space in two ways that contradict each other,
   * and complains; names from outside may end in one. */
  g_autofree char *text = g_strchomp (g_strdup (given != NULL ? given : ""));

  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

void
gs_label_set_title (GtkWidget *label, const char *text)
{
  gboolean large = gs_text_scale (label) > 1.3;

  gs_label_set (label, text);
  gtk_label_set_ellipsize (GTK_LABEL (label), large ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), large);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* Setting a tooltip asks the display server, also when it stays the same. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (label), text) != 0)
    gtk_widget_set_tooltip_text (label, text);
}

GtkWidget *
gs_label_new (const char *text, const char *css_classes)
{
  g_auto (GStrv) classes = g_strsplit (css_classes != NULL ? css_classes : "", " ", -1);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_css_classes (label, (const char **) classes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

void
gs_label_set_script (GtkWidget *label, const char *lang)
{
  PangoAttrList *attributes = NULL;

  gs_style_toggle_class (label, "gs-zh-cn", g_strcmp0 (lang, "zh-cn") == 0);
  gs_style_toggle_class (label, "gs-zh-tw", g_strcmp0 (lang, "zh-tw") == 0);
  gs_style_toggle_class (label, "gs-ko", g_strcmp0 (lang, "ko") == 0);
  if (lang != NULL)
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes,
                              pango_attr_language_new (pango_language_from_string (lang)));
    }
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}
