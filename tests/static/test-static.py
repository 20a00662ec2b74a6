#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be checked without running the program.

usage: test-static.py SOURCE-ROOT BUILD-ROOT

Nothing here needs a network. The class Rules breaks each rule of our own in a made-up tree, so that a rule which finds
nothing any more is noticed.
"""
import gettext
import importlib.machinery
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

SOURCE, BUILD = pathlib.Path(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))
APP = "org.gateside.Station"
LONGEST_FILE = 800
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
TEXT = {".c", ".h", ".cc", ".py", ".build", ".txt", ".md", ".json", ".xml", ".in", ".ui", ".css", ".svg", ".sh", ".po",
        ".tsv", ".ini", ".conf", ".yaml", ".yml", ".1", ".5", ".8", ""}

# Written in parts, so that this file does not name them itself.
HOSTS = ["registry." + "npmjs", "pypi." + "org", "files.python" + "hosted", "crates" + ".io", "proxy.golang" + ".org",
         "deb.debian" + ".org", "rubygems" + ".org", "arti" + "factory", "mirror." + "gcr", "/npm-" + "proxy"]
PATHS = ["/wo" + "rk/", "/sr" + "v/", "/ro" + "ot/"]
FOREIGN = re.compile("|".join([re.escape(host) for host in HOSTS] + [rf"(?<![\w.$}}/-]){path}" for path in PATHS]))


WIDGET_TYPE = re.compile(r"G_DEFINE_(?:FINAL_)?TYPE(?:_WITH_CODE)?\s*\(\s*(\w+),\s*\w+,\s*(?:GTK|ADW)_TYPE_(?!APPLICATION\b)\w+")
BARE_WINDOW = re.compile(r"\b(?:gtk_window|adw_window|gtk_application_window|adw_application_window)_new \(")
# What is still laid out in C, and why. What draws itself (it has a snapshot function) needs no entry.
WITHOUT_TEMPLATE = {}


def tree(root):
    """Every file of the project, below root; build folders and what git ignores are left out."""
    if (root / ".git").exists():
        done = subprocess.run(["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "--cached", "--others",
                               "--exclude-standard"], capture_output=True, text=True, check=True)
        return [root / name for name in done.stdout.splitlines() if (root / name).is_file()]
    return [path for path in sorted(root.rglob("*")) if path.is_file() and "node_modules" not in path.parts
            and not path.relative_to(root).parts[0].startswith("build")]


def c_files(root):
    return [path for path in tree(root) if path.suffix in (".c", ".h", ".cc") and path.relative_to(root).parts[0] in
            ("src", "tests", "tools")]


def long_files(root):
    errors = []
    for path in tree(root):
        if path.relative_to(root).parts[0] == "src" and path.suffix in (".c", ".h", ".cc"):
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > LONGEST_FILE:
                errors.append(f"{path.relative_to(root)}: {lines} lines, more than {LONGEST_FILE}")
    return errors


def files_without_licence(root):
    errors = []
    for path in tree(root):
        head = path.read_text(encoding="utf-8", errors="replace").split("\n", 3)[:3] if path.suffix in (
            ".c", ".h", ".cc", ".py", ".sh") or path.name == "meson.build" else None
        if head is None:
            continue
        first = head[:1] if path.suffix in (".c", ".h", ".cc") else head
        if not any(SPDX in line for line in first):
            errors.append(f"{path.relative_to(root)}: does not begin with its licence")
    return errors


def headers_without_guard(root):
    return [f"{path.relative_to(root)}: has no #pragma once" for path in c_files(root) if path.suffix == ".h"
            and "\n#pragma once\n" not in path.read_text(encoding="utf-8")]


def widgets_without_template(root):
    """A widget with children has its template in the same folder below resources/ui, and no template is left over."""
    errors, wanted = [], set()
    for path in tree(root):
        name = path.relative_to(root).as_posix()
        if not name.startswith(("src/ui/", "src/app/")) or path.suffix != ".c":
            continue
        code = path.read_text(encoding="utf-8")
        template = "resources/ui/" + path.relative_to(root / "src").with_suffix(".ui").as_posix().removeprefix("ui/")
        wanted.add(template)
        if name in WITHOUT_TEMPLATE:
            continue
        if BARE_WINDOW.search(code):
            errors.append(f"{name}: makes a window without a type of its own and a template")
        found = WIDGET_TYPE.search(code)
        if not found or "->snapshot = " in code and "_template_" not in code:
            continue
        if f'"/org/gateside/Station/{template.removeprefix("resources/")}"' not in code:
            errors.append(f"{name}: {found.group(1)} is not made from {template}")
        elif not (root / template).is_file():
            errors.append(f"{template}: is not there")
        elif f'<template class="{found.group(1)}"' not in (root / template).read_text(encoding="utf-8"):
            errors.append(f"{template}: is not the template of {found.group(1)}")
    for path in tree(root):
        name = path.relative_to(root).as_posix()
        if name.startswith("resources/ui/") and path.suffix == ".ui" and name not in wanted:
            errors.append(f"{name}: belongs to no widget")
    return errors


def foreign_names(root):
    """Hosts of package registries, and paths of somebody's machine."""
    errors = []
    for path in tree(root):
        if path.suffix not in TEXT:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            found = FOREIGN.search(line)
            if found:
                errors.append(f"{path.relative_to(root)}:{number}: names {found.group(0)}")
    return errors


def sources_without_checksum(manifest):
    """Flatpak sources that come from elsewhere and do not say exactly what they are."""
    errors = []

    def visit(modules):
        for module in modules:
            for source in module.get("sources", []):
                if source["type"] in ("archive", "file") and "url" in source:
                    if not re.fullmatch(r"[0-9a-f]{64}", source.get("sha256", "")):
                        errors.append(f"{module['name']}: {source['url']} has no sha256")
                elif source["type"] == "git" and not re.fullmatch(r"[0-9a-f]{40}", source.get("commit", "")):
                    errors.append(f"{module['name']}: {source['url']} has no commit")
            visit(module.get("modules", []))

    visit(manifest["modules"])
    return errors


def load_update_po():
    loader = importlib.machinery.SourceFileLoader("update_po", str(SOURCE / "tools/update-po"))
    spec = importlib.util.spec_from_loader("update_po", loader)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


class Static(unittest.TestCase):
    maxDiff = None

    def run_tool(self, *command, quiet=True):
        self.assertIsNotNone(shutil.which(command[0]), f"{command[0]} is not installed")
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        if quiet:
            self.assertEqual(done.stderr, "")
        return done.stdout

    def built(self, name):
        path = BUILD / "data" / name
        if not path.exists():
            self.skipTest("built without the window")
        return path

    def test_desktop_file(self):
        path = self.built(APP + ".desktop")
        self.run_tool("desktop-file-validate", "--no-hints", path)
        text = path.read_text(encoding="utf-8")
        for key in ("Name", "GenericName", "Comment", "Keywords"):
            self.assertIn(f"{key}[ja]=", text)

    def test_metainfo(self):
        path = self.built(APP + ".metainfo.xml")
        self.run_tool("appstreamcli", "validate", "--no-net", path)
        self.run_tool("appstream-util", "validate-relax", "--nonet", path)
        root = xml.etree.ElementTree.parse(path).getroot()
        # An address would promise a host that nobody has confirmed.
        self.assertEqual([node.text for node in root.iter() if node.text and "://" in node.text], [])
        version = re.search(r"version: '([^']+)'", (SOURCE / "meson.build").read_text()).group(1)
        self.assertEqual(root.find("releases/release").get("version"), version)

    def test_schema(self):
        self.run_tool("glib-compile-schemas", "--strict", "--dry-run", SOURCE / "data")

    def test_icons(self):
        for name in (APP + ".svg", APP + "-symbolic.svg"):
            root = xml.etree.ElementTree.parse(SOURCE / "data/icons" / name).getroot()
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            self.assertEqual(root.get("width"), root.get("height"))

    def test_flatpak(self):
        manifest = json.loads((SOURCE / f"flatpak/{APP}.json").read_text())
        self.assertEqual(manifest["id"], APP)
        self.assertEqual(sources_without_checksum(manifest), [])

    def test_xml_is_well_formed(self):
        for path in tree(SOURCE):
            if path.suffix in (".ui", ".xml", ".svg"):
                with self.subTest(path=path.relative_to(SOURCE)):
                    xml.etree.ElementTree.parse(path)

    def test_translations(self):
        self.assertEqual(load_update_po().problems(SOURCE), [])

    def test_format(self):
        files = c_files(SOURCE)
        self.assertGreater(len(files), 20)
        done = subprocess.run(["clang-format", "--dry-run", "--Werror", *map(str, files)], capture_output=True, text=True)
        wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "error: code should be" in line})
        self.assertEqual([str(pathlib.Path(name).relative_to(SOURCE)) for name in wrong], [])
        self.assertEqual(done.returncode, 0, done.stderr[:2000])

    def test_length_of_files(self):
        self.assertEqual(long_files(SOURCE), [])

    def test_licences(self):
        self.assertEqual(files_without_licence(SOURCE), [])

    def test_header_guards(self):
        self.assertEqual(headers_without_guard(SOURCE), [])

    def test_templates(self):
        self.assertEqual(widgets_without_template(SOURCE), [])

    def test_no_foreign_names(self):
        self.assertEqual(foreign_names(SOURCE), [])

    def test_reading_order_is_short(self):
        self.assertLessEqual(len((SOURCE / "src/README.md").read_text().splitlines()), 150)

    def test_pictures_of_the_documentation(self):
        """Every picture that a page shows is there, and small enough for a repository."""
        shown = set()
        for page in tree(SOURCE):
            if page.suffix == ".md":
                for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
                    picture = (page.parent / name).resolve()
                    self.assertTrue(picture.is_file(), f"{page.relative_to(SOURCE)} shows {name}")
                    self.assertLessEqual(picture.stat().st_size, 400_000, name)
                    shown.add(picture)
        self.assertEqual(sorted(set((SOURCE / "docs/pictures").resolve().iterdir()) - shown), [])

    def test_man_pages(self):
        installed = (SOURCE / "docs/meson.build").read_text()
        pages = [path for path in sorted((SOURCE / "docs/man").iterdir()) if path.suffix[1:].isdigit()]
        self.assertGreaterEqual(len(pages), 1)
        for page in pages:
            with self.subTest(page=page.name):
                self.assertIn(f"man/{page.name}'", installed)
                done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-Kutf8", "-z", str(page)], capture_output=True,
                                      text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_programs_have_man_pages(self):
        """Every program that is installed has a page that is installed too."""
        installed = (SOURCE / "docs/meson.build").read_text()
        listing = subprocess.run(["meson", "introspect", "--installed", str(BUILD)], capture_output=True, text=True,
                                 check=True)
        programs = [name for name in json.loads(listing.stdout).values() if pathlib.Path(name).parent.name == "bin"]
        self.assertGreaterEqual(len(programs), 1)
        self.assertEqual([name for name in map(lambda name: pathlib.Path(name).name, programs)
                          if f"man/{name}." not in installed], [])


class Rules(unittest.TestCase):
    """Each rule finds its own breach."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def test_long_file(self):
        self.write("src/a.c", "\n" * LONGEST_FILE)
        self.assertEqual(long_files(self.root), [])
        self.write("src/a.c", "\n" * (LONGEST_FILE + 1))
        self.assertEqual(len(long_files(self.root)), 1)

    def test_licence(self):
        self.write("src/a.c", f"/* {SPDX} */\n")
        self.write("src/a.py", f"#!/usr/bin/python3\n# {SPDX}\n")
        self.assertEqual(files_without_licence(self.root), [])
        self.write("src/a.c", f"\n/* {SPDX} */\n")
        self.write("src/meson.build", "")
        self.assertEqual(len(files_without_licence(self.root)), 2)

    def test_guard(self):
        self.write("src/a.h", f"/* {SPDX} */\n#pragma once\n")
        self.assertEqual(headers_without_guard(self.root), [])
        self.write("src/a.h", f"/* {SPDX} */\n")
        self.assertEqual(len(headers_without_guard(self.root)), 1)

    def test_foreign_names(self):
        for line in ("/usr/share/gateside", "homework/one", "a" + PATHS[0] + "b", "$prefix/srv/", "relative" + PATHS[2]):
            self.write("src/a.c", line)
            self.assertEqual(foreign_names(self.root), [], line)
        for line in (HOSTS[0] + ".org", 'open ("' + PATHS[0] + 'main")', PATHS[1] + "hub", "=" + PATHS[2] + "x"):
            self.write("src/a.c", line)
            self.assertEqual(len(foreign_names(self.root)), 1, line)

    def test_templates(self):
        code = "G_DEFINE_FINAL_TYPE (GsA, gs_a, GTK_TYPE_BOX)\n"
        made = 'gtk_widget_class_set_template_from_resource (k, "/org/gateside/Station/ui/one/gs-a.ui");\n'
        for text in ("G_DEFINE_FINAL_TYPE (GsA, gs_a, G_TYPE_OBJECT)", code + "widget_class->snapshot = a;"):
            self.write("src/ui/one/gs-a.c", text)
            self.assertEqual(widgets_without_template(self.root), [], text)
        for text in (code, code + made, code.replace("GTK_TYPE_BOX", "ADW_TYPE_WINDOW"), "window = adw_window_new ();",
                     "G_DEFINE_TYPE_WITH_CODE (GsA, gs_a, GTK_TYPE_WIDGET,\n  G_ADD_PRIVATE (GsA))"):
            self.write("src/ui/one/gs-a.c", text)
            self.assertEqual(len(widgets_without_template(self.root)), 1, text)
        self.write("src/ui/one/gs-a.c", code + made)
        self.write("resources/ui/one/gs-a.ui", '<template class="GsA" parent="GtkBox">')
        self.assertEqual(widgets_without_template(self.root), [])
        self.write("resources/ui/one/gs-a.ui", '<template class="GsB" parent="GtkBox">')
        self.assertEqual(len(widgets_without_template(self.root)), 1)
        self.write("resources/ui/one/gs-a.ui", '<template class="GsA" parent="GtkBox">')
        self.write("resources/ui/one/gs-b.ui", "")
        self.assertEqual(len(widgets_without_template(self.root)), 1)

    def test_checksum(self):
        source = {"type": "archive", "url": "https://example.org/a.tar.gz", "sha256": "0" * 64}
        manifest = {"modules": [{"name": "a", "modules": [{"name": "b", "sources": [source]}]}]}
        self.assertEqual(sources_without_checksum(manifest), [])
        del source["sha256"]
        self.assertEqual(len(sources_without_checksum(manifest)), 1)

    def problems(self, translation, code='label = _("Admit");'):
        self.write("src/ui/a.c", code)
        self.write("po/POTFILES.in", "src/ui/a.c\n")
        self.write("po/LINGUAS", "ja\n")
        self.write("po/unchanged.txt", "# same\nGateside\n")
        self.write("po/ja.po", 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
                   '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n' + translation)
        for folder in ("src/app", "resources", "data"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        return load_update_po().problems(self.root)

    def test_translated(self):
        self.assertEqual(self.problems('msgid "Admit"\nmsgstr "許可"\n'), [])
        self.assertEqual(self.problems('msgid "Gateside"\nmsgstr "Gateside"\n', '_("Gateside")'), [])
        self.assertEqual(self.problems('msgid "%u case"\nmsgid_plural "%u cases"\nmsgstr[0] "%u件"\n',
                                       'ngettext ("%u case", "%u cases", n)'), [])

    def test_not_translated(self):
        self.assertIn("not translated", self.problems("")[0])
        self.assertIn("not translated", self.problems('msgid "Admit"\nmsgstr ""\n')[0])
        self.assertIn("fuzzy", self.problems('#, fuzzy\nmsgid "Admit"\nmsgstr "許可"\n')[0])
        self.assertIn("left as it was", self.problems('msgid "Admit"\nmsgstr "Admit"\n')[0])

    def test_context_counts(self):
        code = 'C_("button", "Open"); C_("state", "Open")'
        one = 'msgctxt "button"\nmsgid "Open"\nmsgstr "開く"\n'
        self.assertEqual(len(self.problems(one, code)), 1)

    def test_plural_alone_is_found(self):
        self.assertEqual(len(self.problems("", 'g_dngettext (NULL, "%u case", "%u cases", n)')), 1)

    def test_cut_string(self):
        one = 'msgid "counter %"\nmsgstr "計数器%"\n'
        self.assertIn("macro", self.problems(one, 'g_strdup_printf (_("counter %" G_GINT64_FORMAT), n);')[0])

    def test_pseudo_locale(self):
        code = '_("%u of %s"); ngettext ("%u case", "%u cases", n); C_("state", "Open")'
        self.problems("", code)
        load_update_po().write_pseudo(self.root / "pseudo.mo", self.root)
        with open(self.root / "pseudo.mo", "rb") as file:
            words = gettext.GNUTranslations(file)
        self.assertEqual(words.gettext("%u of %s"), "⟦%u õf %s⟧")
        self.assertEqual(words.ngettext("%u case", "%u cases", 2), "⟦%u càsés⟧")
        self.assertEqual(words.pgettext("state", "Open"), "⟦Õpén⟧")

    def test_not_listed(self):
        self.write("src/ui/b.c", '_("Admit")')
        self.assertEqual(self.problems('msgid "Admit"\nmsgstr "許可"\n'),
                         ["po/POTFILES.in: src/ui/b.c has strings and is not listed"])


unittest.main(verbosity=2)
