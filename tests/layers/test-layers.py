#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The walls of the house: which room may include what, and what the built archives need.

usage: test-layers.py SOURCE-ROOT BUILD-ROOT

The rules are data below. The tests at the end break each rule in a made-up tree, so that a rule which finds nothing
any more is noticed.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE, BUILD = pathlib.Path(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))

MIDDLE = {"scanner", "emrtd", "face", "camera", "feed", "store", "seal", "stamp", "auth"}
CORE = {"base", "mrz", "model", "station"} | MIDDLE

# room: the rooms whose headers it may include, beside its own
MAY_SEE = {
    "base": set(),
    "mrz": set(),
    "model": {"base", "mrz"},
    **{room: {"base", "mrz", "model"} for room in MIDDLE},
    "station": CORE,
    "ui": CORE,
    "app": CORE | {"ui"},
    "tools": CORE,
    "simulator": {"base", "mrz", "model"},
}

# the beginning of an <include>: the rooms that may have it (None: everything but mrz)
LIBRARIES = {
    "gtk/": {"ui", "app"},
    "gdk/": {"ui", "app"},
    "gsk/": {"ui", "app"},
    "adwaita.h": {"ui", "app"},
    "sqlite3.h": {"store", "simulator"},
    "pappl/": {"simulator"},
    "sodium": {"auth", "simulator"},
    "security/": {"auth"},
    "archive": {"stamp"},
    "cups/": {"stamp", "simulator"},
    "librsvg/": {"stamp", "ui", "simulator"},
    "zint.h": {"seal"},
    "dmtx.h": {"seal"},
    "p11-kit/": {"seal"},
    "libsoup/": {"feed", "stamp", "face", "simulator", "tools"},
    "winscard.h": {"emrtd"},
    "openssl/": {"emrtd", "seal", "store", "stamp", "simulator"},
    "openjpeg": {"emrtd", "simulator"},
    "gst/": {"camera", "ui", "simulator"},
    "opencv": {"face"},
}
C_LIBRARY = {"assert.h", "ctype.h", "errno.h", "inttypes.h", "limits.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h",
             "stdlib.h", "string.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)
WINDOW_SYMBOL = re.compile(r"^(gtk|adw|gsk)_|^gdk_(?!pixbuf)")


def room_of(path, source):
    return path.relative_to(source / "src").parts[0]


def sources(source, *folders):
    for folder in folders:
        for path in sorted((source / folder).rglob("*")):
            if path.suffix in (".c", ".h", ".cc") and path.is_file():
                yield path


def include_errors(source):
    """Every wrong #include below source, as sentences."""
    homes, errors = {}, []
    for path in sources(source, "src"):
        if path.suffix == ".h":
            if path.name in homes:
                errors.append(f"{path.name}: two headers have this name: {homes[path.name]} and {room_of(path, source)}")
            homes[path.name] = room_of(path, source)
    for path in [source / "meson.build", *sorted((source / "src").rglob("meson.build"))]:
        for name in re.findall(r"output: *'([^']+\.h)'", path.read_text() if path.exists() else ""):
            if name in homes:
                errors.append(f"{name}: a header that is made has the name of one of {homes[name]}")
    for path in sources(source, "src", "tests"):
        name = path.relative_to(source)
        in_tests = name.parts[0] == "tests"
        for quote, included in INCLUDE.findall(path.read_text(encoding="utf-8", errors="replace")):
            if included.startswith("../") or "/../" in included:
                errors.append(f"{name}: includes {included}: headers are included by their bare name")
                continue
            if in_tests:
                continue
            room = room_of(path, source)
            errors += (f"{name}: {sentence}" for sentence in room_errors(room, quote, included, homes))
    return errors


def room_errors(room, quote, included, homes):
    home = homes.get(pathlib.PurePath(included).name)
    if quote == '"' and home is not None:
        if "/" in included:
            yield f"includes {included}: headers are included by their bare name"
        if room not in MAY_SEE:
            yield f"the room {room} has no rule in tests/layers"
        elif home != room and home not in MAY_SEE[room]:
            yield f"includes {included} of {home}, which {room} may not see"
        if included.endswith("-private.h") and home != room:
            yield f"includes {included}, which is private to {home}"
    if quote == "<":
        if room == "mrz" and included not in C_LIBRARY:
            yield f"includes <{included}>: mrz has the C library only"
        for start, rooms in LIBRARIES.items():
            if included.startswith(start) and room not in rooms:
                yield f"includes <{included}>, which belongs to {', '.join(sorted(rooms))}"


def library_errors(source):
    """gtk and libadwaita as dependencies outside ui and app."""
    errors = []
    for path in sorted((source / "src").rglob("meson.build")):
        if room_of(path, source) in ("ui", "app", "meson.build"):
            continue
        for word in ("gtk_dep", "adw_dep"):
            if re.search(rf"\b{word}\b", path.read_text()):
                errors.append(f"{path.relative_to(source)}: names {word}")
    return errors


def symbol_errors(archives):
    """Symbols of the window's libraries that archives need."""
    errors = []
    for archive in archives:
        done = subprocess.run(["nm", "-u", "-P", str(archive)], capture_output=True, text=True, check=True)
        for line in done.stdout.splitlines():
            symbol = line.split(" ")[0]
            if WINDOW_SYMBOL.match(symbol):
                errors.append(f"{archive.name} needs {symbol}")
    return sorted(set(errors))


def core_archives(build):
    return [path for path in sorted((build / "src").rglob("*.a")) if path.relative_to(build / "src").parts[0] not in
            ("ui", "app")]


class Walls(unittest.TestCase):
    maxDiff = None

    def test_includes(self):
        self.assertEqual(include_errors(SOURCE), [])

    def test_dependencies(self):
        self.assertEqual(library_errors(SOURCE), [])

    def test_symbols(self):
        archives = core_archives(BUILD)
        self.assertTrue(any(path.name == "libgs-base.a" for path in archives), f"no core archives below {BUILD}")
        self.assertEqual(symbol_errors(archives), [])

    def test_mrz_needs_only_c(self):
        done = subprocess.run(["nm", "-u", "-P", str(BUILD / "src/mrz/libgs-mrz.a")], capture_output=True, text=True,
                              check=True)
        self.assertEqual([line for line in done.stdout.splitlines() if line.startswith(("g_", "G_"))], [])


class Rules(unittest.TestCase):
    """Each rule finds its own breach."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for room in MAY_SEE:
            self.write(f"src/{room}/gs-{room}-thing.h", "")
        (self.root / "tests").mkdir()

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def breach(self, name, text, expected):
        self.assertEqual(include_errors(self.root), [])
        self.write(name, text)
        errors = include_errors(self.root)
        self.assertEqual(len(errors), 1, errors)
        self.assertIn(expected, errors[0])

    def test_path(self):
        self.breach("src/feed/a.c", '#include "../model/gs-model-thing.h"', "bare name")

    def test_path_in_tests(self):
        self.breach("tests/feed/a.c", '#include "../support/a.h"', "bare name")

    def test_middle_sees_middle(self):
        self.breach("src/feed/a.c", '#include "gs-store-thing.h"', "of store, which feed may not see")

    def test_simulator_sees_stamp(self):
        self.breach("src/simulator/printer/a.c", '#include "gs-stamp-thing.h"', "which simulator may not see")

    def test_model_sees_station(self):
        self.breach("src/model/a.c", '#include "gs-station-thing.h"', "which model may not see")

    def test_core_sees_gtk(self):
        self.breach("src/station/a.c", "#include <gtk/gtk.h>", "belongs to app, ui")

    def test_mrz_sees_glib(self):
        self.breach("src/mrz/a.c", "#include <glib.h>", "C library only")

    def test_model_sees_openssl(self):
        self.breach("src/model/a.c", "#include <openssl/cms.h>", "belongs to emrtd")

    def test_private(self):
        self.write("src/store/gs-store-private.h", "")
        self.breach("src/station/a.c", '#include "gs-store-private.h"', "private to store")

    def test_same_name(self):
        self.breach("src/feed/gs-stamp-thing.h", "", "two headers")

    def test_made_header(self):
        self.breach("meson.build", "configure_file(output: 'gs-feed-thing.h')", "a header that is made")

    def test_allowed(self):
        self.write("src/station/a.c", '#include "gs-store-thing.h"\n#include <glib.h>\n#include "gs-station-thing.h"')
        self.write("src/ui/a.c", "#include <gtk/gtk.h>")
        self.assertEqual(include_errors(self.root), [])

    def test_dependency(self):
        self.write("src/station/meson.build", "dependencies: [gtk_dep]")
        self.assertEqual(library_errors(self.root), ["src/station/meson.build: names gtk_dep"])

    def test_symbol(self):
        self.write("a.c", "void gtk_init (void); void gdk_pixbuf_new (void); void f (void) { gtk_init (); gdk_pixbuf_new (); }")
        subprocess.run(["cc", "-c", "a.c", "-o", "a.o"], cwd=self.root, check=True)
        subprocess.run(["ar", "rc", "liba.a", "a.o"], cwd=self.root, check=True)
        self.assertEqual(symbol_errors([self.root / "liba.a"]), ["liba.a needs gtk_init"])


unittest.main(verbosity=2)
