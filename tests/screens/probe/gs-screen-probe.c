/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a test cannot see from outside: which text is drawn where, cut by what, over what.
 *
 * A GIO module, loaded by the platform into a program whose GIO_EXTRA_MODULES names its folder; the
 * program knows nothing of it. It listens on the socket that GATESIDE_SCREEN_PROBE names. Whoever
 * connects gets one JSON object and the end: for every visible window its size, the widgets that
 * got less room than they need or stand outside, and every run of text that is drawn, read back
 * from its glyphs. Lengths in pixels of the window. GATESIDE_SCREEN_LOCALES names a folder of
 * translations that are not installed. */
#include <adwaita.h>
#include <gio/gunixsocketaddress.h>
#include <hb.h>
#include <jansson.h>

#define SLACK 1.5f /* rounding, and antialiased edges */

typedef struct
{
  json_t *json; /* borrowed from the list of runs */
  graphene_rect_t bounds;
} Run;

typedef struct
{
  GtkWidget *window;
  json_t *list;
  GArray *runs; /* of Run, in the order of painting */
} Drawn;

typedef struct
{
  GskTransform *transform;
  graphene_rect_t clip;
} Place;

/* --- text, read back from its glyphs ---------------------------------------------------------- */

static GHashTable *
characters_of (PangoFont *font)
{
  static GHashTable *known; /* hb_face_t → { glyph → character } */
  hb_face_t *face = hb_font_get_face (pango_font_get_hb_font (font));
  GHashTable *map;
  hb_set_t *set;
  hb_codepoint_t character = HB_SET_VALUE_INVALID;

  if (known == NULL)
    known = g_hash_table_new (NULL, NULL);
  map = g_hash_table_lookup (known, face);
  if (map != NULL)
    return map;
  map = g_hash_table_new (NULL, NULL);
  set = hb_set_create ();
  hb_face_collect_unicodes (face, set);
  while (hb_set_next (set, &character))
    {
      hb_codepoint_t glyph;

      if (hb_font_get_nominal_glyph (pango_font_get_hb_font (font), character, &glyph)
          && g_unichar_type (character) != G_UNICODE_PRIVATE_USE
          && !g_hash_table_contains (map, GUINT_TO_POINTER (glyph)))
        g_hash_table_insert (map, GUINT_TO_POINTER (glyph), GUINT_TO_POINTER (character));
    }
  hb_set_destroy (set);
  g_hash_table_insert (known, hb_face_reference (face), map);
  return map;
}

/* U+FFFD stands for a glyph that a font feature put there, which is a figure nearly always. */
static char *
read_glyphs (const GskRenderNode *node)
{
  GHashTable *characters = characters_of (gsk_text_node_get_font (node));
  GString *text = g_string_new (NULL);
  const PangoGlyphInfo *glyphs;
  guint n = gsk_text_node_get_num_glyphs (node);

  glyphs = gsk_text_node_get_glyphs (node, NULL);
  for (guint i = 0; i < n; i++)
    {
      guint character;

      if (glyphs[i].glyph == PANGO_GLYPH_EMPTY)
        continue;
      character =
        GPOINTER_TO_UINT (g_hash_table_lookup (characters, GUINT_TO_POINTER (glyphs[i].glyph)));
      g_string_append_unichar (text, character != 0 ? character : 0xFFFD);
    }
  return g_string_free (text, FALSE);
}

/* --- what is drawn ---------------------------------------------------------------------------- */

static json_t *
json_rect (const graphene_rect_t *rect)
{
  return json_pack ("[f,f,f,f]", rect->origin.x, rect->origin.y, rect->size.width,
                    rect->size.height);
}

static GtkWidget *
scroller_of (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
}

static gboolean
can_scroll (GtkWidget *scroller, GtkOrientation orientation)
{
  GtkScrolledWindow *self = GTK_SCROLLED_WINDOW (scroller);
  GtkPolicyType horizontal, vertical;
  GtkAdjustment *adjustment = orientation == GTK_ORIENTATION_VERTICAL
                                ? gtk_scrolled_window_get_vadjustment (self)
                                : gtk_scrolled_window_get_hadjustment (self);

  gtk_scrolled_window_get_policy (self, &horizontal, &vertical);
  if ((orientation == GTK_ORIENTATION_VERTICAL ? vertical : horizontal) == GTK_POLICY_NEVER)
    return FALSE;
  return gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 0.5;
}

/* Whether an officer can bring it into view: it is cut only in a direction that scrolls. */
static gboolean
is_reachable (GtkWidget *widget, const graphene_rect_t *bounds, const graphene_rect_t *seen)
{
  gboolean sideways =
    bounds->origin.x < seen->origin.x - SLACK
    || bounds->origin.x + bounds->size.width > seen->origin.x + seen->size.width + SLACK;
  gboolean up_or_down =
    bounds->origin.y < seen->origin.y - SLACK
    || bounds->origin.y + bounds->size.height > seen->origin.y + seen->size.height + SLACK;

  for (GtkWidget *scroller = scroller_of (widget); scroller != NULL;
       scroller = gtk_widget_get_parent (scroller) != NULL
                    ? scroller_of (gtk_widget_get_parent (scroller))
                    : NULL)
    {
      if (up_or_down && can_scroll (scroller, GTK_ORIENTATION_VERTICAL))
        up_or_down = FALSE;
      if (sideways && can_scroll (scroller, GTK_ORIENTATION_HORIZONTAL))
        sideways = FALSE;
    }
  return !sideways && !up_or_down;
}

static void
describe_widget (json_t *json, GtkWidget *widget)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
  g_autofree char *joined = g_strjoinv (" ", classes);
  g_autoptr (GString) path = g_string_new (G_OBJECT_TYPE_NAME (widget));
  GtkWidget *up = gtk_widget_get_parent (widget);

  for (; up != NULL; up = gtk_widget_get_parent (up))
    {
      const char *name = G_OBJECT_TYPE_NAME (up);

      /* And what lies over the rest for a moment, by its own background. */
      if (g_str_has_prefix (name, "Gs") || g_str_equal (name, "AdwToastWidget")
          || g_str_equal (name, "GtkPopover"))
        g_string_append_printf (path, " in %s", name);
    }
  json_object_set_new (json, "widget", json_string (path->str));
  json_object_set_new (json, "classes", json_string (joined));
}

static void
add_run (Drawn *drawn, const GskRenderNode *node, const Place *place)
{
  graphene_rect_t own, bounds, seen;
  g_autofree char *text = read_glyphs (node);
  GtkWidget *widget;
  json_t *json;
  gboolean visible;
  Run run;

  gsk_render_node_get_bounds ((GskRenderNode *) node, &own);
  gsk_transform_transform_bounds (place->transform, &own, &bounds);
  visible = graphene_rect_intersection (&bounds, &place->clip, &seen);
  if (!visible || seen.size.width < 1 || seen.size.height < 1)
    return;
  widget = gtk_widget_pick (drawn->window, seen.origin.x + seen.size.width / 2,
                            seen.origin.y + seen.size.height / 2,
                            GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  json = json_pack (
    "{s:s, s:o, s:o, s:b}", "text", text, "bounds", json_rect (&bounds), "seen", json_rect (&seen),
    "cut",
    !graphene_rect_contains_rect (
      &place->clip, &GRAPHENE_RECT_INIT (bounds.origin.x + SLACK, bounds.origin.y + SLACK,
                                         MAX (bounds.size.width - 2 * SLACK, 0),
                                         MAX (bounds.size.height - 2 * SLACK, 0)))
      && (widget == NULL || !is_reachable (widget, &bounds, &seen)));
  if (widget != NULL)
    describe_widget (json, widget);
  json_array_append_new (drawn->list, json);
  run = (Run){ json, seen };
  g_array_append_val (drawn->runs, run);
}

/* Whatever is opaque hides the text below it. */
static void
hide_below (Drawn *drawn, const graphene_rect_t *own, const Place *place)
{
  graphene_rect_t bounds;

  gsk_transform_transform_bounds (place->transform, own, &bounds);
  if (!graphene_rect_intersection (&bounds, &place->clip, &bounds))
    return;
  for (guint i = 0; i < drawn->runs->len; i++)
    {
      const Run *run = &g_array_index (drawn->runs, Run, i);
      graphene_point_t middle;

      graphene_rect_get_center (&run->bounds, &middle);
      if (graphene_rect_contains_point (&bounds, &middle))
        json_object_set_new (run->json, "hidden", json_true ());
    }
}

static void read_node (Drawn *drawn, const GskRenderNode *node, const Place *place);

static void
read_clipped (Drawn *drawn,
              const GskRenderNode *child,
              const graphene_rect_t *own,
              const Place *place)
{
  Place inner = *place;
  graphene_rect_t bounds;

  gsk_transform_transform_bounds (place->transform, own, &bounds);
  if (graphene_rect_intersection (&bounds, &place->clip, &inner.clip))
    read_node (drawn, child, &inner);
}

static void
read_transformed (Drawn *drawn, const GskRenderNode *node, const Place *place)
{
  Place inner = *place;

  inner.transform = gsk_transform_transform (gsk_transform_ref (place->transform),
                                             gsk_transform_node_get_transform (node));
  read_node (drawn, gsk_transform_node_get_child (node), &inner);
  gsk_transform_unref (inner.transform);
}

static void
read_node (Drawn *drawn, const GskRenderNode *node, const Place *place)
{
  graphene_rect_t bounds;

  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        read_node (drawn, gsk_container_node_get_child (node, i), place);
      break;
    case GSK_TRANSFORM_NODE:
      read_transformed (drawn, node, place);
      break;
    case GSK_CLIP_NODE:
      read_clipped (drawn, gsk_clip_node_get_child (node), gsk_clip_node_get_clip (node), place);
      break;
    case GSK_ROUNDED_CLIP_NODE:
      read_clipped (drawn, gsk_rounded_clip_node_get_child (node),
                    &gsk_rounded_clip_node_get_clip (node)->bounds, place);
      break;
    case GSK_OPACITY_NODE:
      if (gsk_opacity_node_get_opacity (node) > 0.05f)
        read_node (drawn, gsk_opacity_node_get_child (node), place);
      break;
    case GSK_SHADOW_NODE:
      read_node (drawn, gsk_shadow_node_get_child (node), place);
      break;
    case GSK_COLOR_MATRIX_NODE:
      read_node (drawn, gsk_color_matrix_node_get_child (node), place);
      break;
    case GSK_CROSS_FADE_NODE:
      read_node (drawn, gsk_cross_fade_node_get_end_child (node), place);
      break;
    case GSK_DEBUG_NODE:
      read_node (drawn, gsk_debug_node_get_child (node), place);
      break;
    case GSK_TEXT_NODE:
      add_run (drawn, node, place);
      break;
    case GSK_COLOR_NODE:
      gsk_render_node_get_bounds ((GskRenderNode *) node, &bounds);
      if (gsk_color_node_get_color (node)->alpha > 0.95f)
        hide_below (drawn, &bounds, place);
      break;
    case GSK_TEXTURE_NODE:
      gsk_render_node_get_bounds ((GskRenderNode *) node, &bounds);
      hide_below (drawn, &bounds, place);
      break;
    default:
      break;
    }
}

static json_t *
read_text (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  Drawn drawn = { window, json_array (), g_array_new (FALSE, FALSE, sizeof (Run)) };
  Place place = { NULL, GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (window),
                                            (float) gtk_widget_get_height (window)) };

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  if (node != NULL)
    read_node (&drawn, node, &place);
  g_array_unref (drawn.runs);
  return drawn.list;
}

/* --- what has too little room ----------------------------------------------------------------- */

static void
complain (json_t *found, const char *what, GtkWidget *widget, const char *text)
{
  json_t *json = json_pack ("{s:s, s:s?}", "what", what, "text", text);

  describe_widget (json, widget);
  json_array_append_new (found, json);
}

static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  return NULL;
}

/* Names and titles may be cut when the tooltip says all of it. */
static void
check_label (json_t *found, GtkWidget *widget)
{
  GtkLabel *label = GTK_LABEL (widget);
  PangoLayout *layout = gtk_label_get_layout (label);
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (pango_layout_is_ellipsized (layout) && g_strcmp0 (tooltip, gtk_label_get_text (label)) != 0)
    complain (found, "ellipsized", widget, gtk_label_get_text (label));
}

static gboolean
is_leaf (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) || GTK_IS_BUTTON (widget) || GTK_IS_IMAGE (widget)
         || GTK_IS_TEXT (widget) || gtk_widget_get_first_child (widget) == NULL;
}

/* What a scrolled window holds may need more than there is; so may the parts of its bars. */
static gboolean
scrolls (GtkWidget *widget)
{
  return GTK_IS_SCROLLABLE (widget) || GTK_IS_RANGE (widget)
         || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkGizmo");
}

static void
check_room (json_t *found, GtkWidget *widget)
{
  GtkBorder margin;
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);
  int across, needed, wanted;
  g_autofree char *what = NULL;

  gtk_style_context_get_margin (gtk_widget_get_style_context (widget), &margin);
  across = margin.left + margin.right + gtk_widget_get_margin_start (widget)
           + gtk_widget_get_margin_end (widget);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
  if (width + across + 1 < needed)
    what = g_strdup_printf ("%d wide, needs %d", width + across, needed);
  else if (is_leaf (widget)) /* boxes with baselines complain when they are asked */
    {
      gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width + across, &wanted, NULL, NULL,
                          NULL);
      height += margin.top + margin.bottom + gtk_widget_get_margin_top (widget)
                + gtk_widget_get_margin_bottom (widget);
      if (height + 1 < wanted)
        what = g_strdup_printf ("%d high, needs %d", height, wanted);
    }
  if (what != NULL)
    complain (found, what, widget, text_of (widget));
}

static void
check_inside (json_t *found, GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t bounds;
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (window),
                                            (float) gtk_widget_get_height (window));

  if (!gtk_widget_compute_bounds (widget, window, &bounds) || bounds.size.width < 2
      || bounds.size.height < 2)
    return;
  if (!is_reachable (widget, &bounds, &all))
    complain (found, "outside of its window", widget, text_of (widget));
}

/* What the parts of the widest row need, so that the message says who asks for too much. */
static void
tell_needs (GString *what, GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int needed;

  while (child != NULL && gtk_widget_get_next_sibling (child) == NULL)
    child = gtk_widget_get_first_child (child);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
      g_string_append_printf (what, ", %s %d", G_OBJECT_TYPE_NAME (child), needed);
    }
}

/* Text that must be scrolled sideways is not read. Only a row of tiles may. */
static void
check_sideways (json_t *found, GtkWidget *widget)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));
  double page = gtk_adjustment_get_page_size (across);
  double all = gtk_adjustment_get_upper (across) - gtk_adjustment_get_lower (across);
  g_autoptr (GString) what = g_string_new (NULL);

  if (all <= page + 1
      || g_str_equal (G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), "GsGatesStrip"))
    return;
  g_string_append_printf (what, "must be scrolled sideways: %.0f of %.0f", page, all);
  tell_needs (what, gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (widget)));
  complain (found, what->str, widget, NULL);
}

static void
check_widgets (json_t *found, GtkWidget *widget, GtkWidget *window)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (!scrolls (widget))
    check_room (found, widget);
  if (is_leaf (widget) && !scrolls (widget))
    check_inside (found, widget, window);
  if (GTK_IS_LABEL (widget))
    check_label (found, widget);
  if (GTK_IS_SCROLLED_WINDOW (widget))
    check_sideways (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      check_widgets (found, child, window);
}

/* --- the report ------------------------------------------------------------------------------- */

static json_t *
report_window (GtkWidget *window)
{
  json_t *found = json_array ();

  check_widgets (found, window, window);
  return json_pack ("{s:s, s:s?, s:b, s:[i,i], s:o, s:o}", "type", G_OBJECT_TYPE_NAME (window),
                    "title", gtk_window_get_title (GTK_WINDOW (window)), "active",
                    gtk_window_is_active (GTK_WINDOW (window)), "size",
                    gtk_widget_get_width (window), gtk_widget_get_height (window), "wrong", found,
                    "runs", read_text (window));
}

static char *
report (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GListModel *windows = gtk_window_get_toplevels ();
  json_t *list = json_array ();
  json_t *json;
  int dpi;
  char *text;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window))
        json_array_append_new (list, report_window (window));
    }
  json = json_pack ("{s:f, s:b, s:b, s:o}", "scale", dpi / (96.0 * 1024), "dark",
                    adw_style_manager_get_dark (style), "high-contrast",
                    adw_style_manager_get_high_contrast (style), "windows", list);
  text = json_dumps (json, JSON_COMPACT);
  json_decref (json);
  return text;
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection)
{
  g_autofree char *text = report ();
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static gboolean
start (gpointer user_data)
{
  g_autoptr (GSocketAddress) address =
    g_unix_socket_address_new (g_getenv ("GATESIDE_SCREEN_PROBE"));
  GSocketService *service = g_socket_service_new ();
  g_autoptr (GError) error = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error))
    g_error ("the screen probe: %s", error->message);
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), NULL);
  g_socket_service_start (service);
  return G_SOURCE_REMOVE;
}

G_MODULE_EXPORT void
g_io_module_load (GIOModule *module)
{
  g_type_module_use (G_TYPE_MODULE (module)); /* stays */
  if (g_getenv ("GATESIDE_SCREEN_PROBE") != NULL)
    g_idle_add (start, NULL);
}

G_MODULE_EXPORT void
g_io_module_unload (GIOModule *module)
{
}

G_MODULE_EXPORT char **
g_io_module_query (void)
{
  return g_new0 (char *, 1);
}
