#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One probe against one reference, both of one open case: the interface has no other call, and no setting makes one.

usage: test-one-to-one.py SOURCE-ROOT BUILD-ROOT

Reads every public header of the room "face" and of the station's face desk, and what was built: no function takes a list
or an array of pictures, gives a face's numbers out, or keeps any; the measuring program's code is in no other program.
The class Rules breaks each rule in made-up headers.
"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

SOURCE, BUILD = pathlib.Path(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))

# Runs any network on any numbers, and knows no faces; only the room itself may include it.
NETWORK = {"gs-face-net.h", "gs-face-net-calls.h"}
# There only with -Dmeasurement=true.
MEASUREMENT = "gs-face-measurement.h"
# What stands for a person.
PERSON = "GsPixels|GsFaceProbe|GsFaceComparison|GBytes|GdkPixbuf"
CONTAINERS = re.compile(r"\b(GList|GSList|GPtrArray|GArray|GQueue|GHashTable|GTree|GListModel|GListStore|GVariant|GStrv|GFile)\b")
WORDS = re.compile(r"(gallery|template|enrol|watch_?list|identify|search|candidates|index_add|feature_vector)", re.I)
FUNCTION = re.compile(r"^[A-Za-z][\w\s\*]*?\b(gs_\w+)\s*\(([^;{]*)\)\s*;", re.M)


def public_headers(source):
    found = [path for path in sorted((source / "src/face").glob("*.h")) if not path.name.endswith("-private.h")]
    return found + [source / "src/station/gs-face-desk.h"]


def without_comments(text):
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    return re.sub(r"^\s*#.*$", " ", text, flags=re.M)


def header_errors(name, text):
    """What one header offers that it must not, as sentences."""
    text, errors = without_comments(text), []
    errors += [f"{name}: speaks of {word}" for word in sorted(set(WORDS.findall(text)), key=str.lower)]
    errors += [f"{name}: {call} gives a face's numbers out" for call in re.findall(r"\b(gs_\w*_embed(?:_\w+)?)\s*\(", text)]
    for found in CONTAINERS.findall(text):
        errors.append(f"{name}: names {found}")
    for call, arguments in FUNCTION.findall(text):
        for argument in arguments.split(","):
            argument = " ".join(argument.split())
            if re.search(rf"\b({PERSON})\b", argument) and (argument.count("*") > 1 or "[" in argument):
                errors.append(f"{name}: {call} takes more than one: {argument}")
            elif re.search(r"\b(float|double|gfloat|gdouble)\b", argument) and ("*" in argument or "[" in argument):
                errors.append(f"{name}: {call} hands numbers of a face about: {argument}")
        people = [word for argument in arguments.split(",") for word in re.findall(r"\b(GsPixels|GsFaceProbe)\b", argument)]
        if len(people) > 2:
            errors.append(f"{name}: {call} takes {len(people)} pictures")
        if people and re.search(r"\bn_\w+|\bcount\b|\.\.\.", arguments):
            errors.append(f"{name}: {call} takes a number of pictures")
    return errors


def symbols(path):
    done = subprocess.run(["nm", "-P", str(path)], capture_output=True, text=True, check=True)
    return {line.split(" ")[0] for line in done.stdout.splitlines() if line and not line.endswith(":")}


class OneToOne(unittest.TestCase):
    maxDiff = None

    def test_headers(self):
        headers = public_headers(SOURCE)
        self.assertIn("gs-face-engine.h", [path.name for path in headers])
        self.assertIn("gs-face-desk.h", [path.name for path in headers])
        errors = [error for path in headers if path.name not in NETWORK | {MEASUREMENT}
                  for error in header_errors(path.name, path.read_text(encoding="utf-8"))]
        self.assertEqual(errors, [])

    def test_engine_interface_is_what_it_was(self):
        """Whoever adds a call to the engine's interface comes by here."""
        text = without_comments((SOURCE / "src/face/gs-face-engine.h").read_text(encoding="utf-8"))
        calls = re.findall(r"\(\*(\w+)\) \(", text)
        self.assertEqual(calls, ["verify_async", "verify_finish", "get_name", "get_version", "describe_errors"])

    def test_network_stays_in_its_room(self):
        for path in sorted((SOURCE / "src").rglob("*.[ch]")):
            room = path.relative_to(SOURCE / "src").parts[0]
            includes = set(re.findall(r'#include "([^"]+)"', path.read_text(encoding="utf-8")))
            if room != "face":
                self.assertEqual(includes & NETWORK, set(), path)
            if room != "face" and not path.name.startswith("gateside-face"):
                self.assertNotIn(MEASUREMENT, includes, path)

    def test_no_setting(self):
        """Neither the key file nor the preferences know of a search."""
        for name in ("docs/desk.conf.example", "data/org.gateside.Station.gschema.xml", "data/face-thresholds.ini"):
            text = (SOURCE / name).read_text(encoding="utf-8")
            self.assertEqual(re.findall(r"(?mi)^\s*#?\s*[\w-]*(?:gallery|watch-?list|identif(?:y|ication)-|search)[\w-]*\s*=",
                                        text), [], name)

    def test_measurement_is_nowhere_else(self):
        programs = [path for path in sorted((BUILD / "src").rglob("gateside*")) if path.is_file()
                    and path.read_bytes()[:4] == b"\x7fELF" and not path.name.startswith("gateside-face")]
        archives = [path for path in sorted((BUILD / "src").rglob("*.a")) if "measurement" not in path.name]
        self.assertTrue(archives)
        for path in programs + archives:
            self.assertEqual([name for name in symbols(path) if "face_measurement" in name], [], path)

    def test_measurement_is_found_where_it_is(self):
        library = BUILD / "src/face/libgs-face-measurement.a"
        if not library.exists():
            self.skipTest("built without -Dmeasurement=true")
        self.assertIn("gs_face_measurement_score", symbols(library))

    def test_measurement_is_not_installed(self):
        done = subprocess.run(["meson", "introspect", "--installed", str(BUILD)], capture_output=True, text=True, check=True)
        self.assertEqual([name for name in json.loads(done.stdout).values()
                          if "gateside-face" in name or "measurement" in name], [])
        self.assertRegex((SOURCE / "meson_options.txt").read_text(), r"'measurement', type: 'boolean', value: false")
        self.assertNotIn("measurement", (SOURCE / "flatpak/org.gateside.Station.json").read_text())

    def test_templates_stay_in_their_room(self):
        """Nobody outside the room is linked to what encodes a face."""
        inner = {name for name in symbols(BUILD / "src/face/libgs-face.a") if name.startswith("gs_face_lab_")}
        self.assertTrue(inner)
        for path in sorted((BUILD / "src").rglob("*.a")):
            if path.name not in ("libgs-face.a", "libgs-face-measurement.a"):
                self.assertEqual(inner & symbols(path), set(), path)


class Rules(unittest.TestCase):
    def breach(self, text, expected):
        errors = header_errors("gs-face-a.h", text)
        self.assertEqual(len(errors), 1, errors)
        self.assertIn(expected, errors[0])

    def test_allowed(self):
        self.assertEqual(header_errors("a.h", """
            /* No gallery, no template. */
            void gs_face_a (GsFaceA *self, const GsPixels *reference, GsFaceProbe *probe, gpointer user_data);
            GsFaceA *gs_embedded_face_a_new (void);
            double gs_face_a_score (GsFaceA *self, GError **error);"""), [])

    def test_list(self):
        self.breach("void gs_face_a (GsFaceA *self, GPtrArray *people);", "names GPtrArray")
        self.breach("void gs_face_a (GsFaceA *self, GListModel *people);", "names GListModel")

    def test_array(self):
        self.breach("void gs_face_a (GsFaceA *self, const GsPixels **people);", "takes more than one")
        self.breach("void gs_face_a (GsFaceA *self, GsFaceProbe *probes[]);", "takes more than one")

    def test_count(self):
        self.breach("void gs_face_a (GsFaceA *self, const GsPixels *people, gsize n_people);", "a number of pictures")
        self.breach("void gs_face_a (const GsPixels *a, const GsPixels *b, const GsPixels *c);", "takes 3 pictures")

    def test_numbers(self):
        self.breach("void gs_face_a (const GsPixels *face, float *numbers);", "hands numbers")

    def test_words(self):
        self.breach("gboolean gs_face_a_identify (GsFaceA *self);", "speaks of identify")
        self.breach("gboolean gs_face_embed (GsFaceA *self);", "numbers out")


unittest.main(verbosity=2)
