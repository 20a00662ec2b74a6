#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside's command line and its check of the key file, from outside: no display, no hall, no printer."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

DESK = sys.argv.pop(1)
EXAMPLE = (pathlib.Path(os.environ["GATESIDE_SOURCE_ROOT"]) / "docs/desk.conf.example").read_text(encoding="utf-8")
FILES = ("hall-ca.pem", "desk.pem", "desk-key.pem", "printer.pem")


class Config(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_desk(self, *arguments):
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        return subprocess.run([DESK, *arguments], capture_output=True, text=True, timeout=20,
                              env={**environment, "LC_ALL": "C.UTF-8"})

    def check(self, text, files=FILES):
        for name in files:
            (self.folder / name).write_text("")
        self.path = self.folder / "desk.conf"
        self.path.write_text(text, encoding="utf-8")
        return self.run_desk("--check-config", "--config", str(self.path))

    def line_of(self, text):
        return EXAMPLE[:EXAMPLE.index(text)].count("\n") + 1

    def assert_mistake(self, old, new, sentence, line=None):
        self.assertIn(old, EXAMPLE)
        done = self.check(EXAMPLE.replace(old, new))
        where = f":{line or self.line_of(old)}" if line != 0 else ""
        self.assertEqual(done.stderr, f"{self.path}{where}: {sentence}\n")
        self.assertEqual(done.returncode, 1)

    def test_example_has_no_mistake(self):
        done = self.check(EXAMPLE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, f"{self.path}: no mistake found\n")

    def test_example_elsewhere_lacks_files_only(self):
        done = self.check(EXAMPLE, files=())
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.splitlines(), [
            f"{self.path}:{self.line_of(key + '=' + name)}: The file “{self.folder / name}” does not exist."
            for key, name in zip(("ca", "certificate", "key", "certificate"), FILES)])

    def test_mistakes(self):
        self.assert_mistake("direction=arrival", "direction=north", "“direction” must be arrival or departure.")
        self.assert_mistake("climb-minutes=3", "climb-minutes=0", "“climb-minutes” must be a whole number from 1 to 60.")
        self.assert_mistake("url=https:", "url=http:", "“url” must be an address that begins with https://.")
        self.assert_mistake("id=desk-3\n", "\n", "[desk] needs “id”.", line=0)
        self.assert_mistake("name=Desk 3", "nmae=Desk 3", "The group [desk] has no key “nmae”.")
        self.assert_mistake("climb-minutes=3", "climb-minutes=3\nclimb-minutes=4",
                            "The key “climb-minutes” of [policy] stands here a second time.",
                            line=self.line_of("climb-minutes=3") + 1)

    def test_all_mistakes_at_once_in_order_of_lines(self):
        done = self.check(EXAMPLE.replace("direction=arrival", "direction=x").replace("climb-minutes=3", "climb-minutes=x"))
        lines = [int(line.removeprefix(f"{self.path}:").split(":")[0]) for line in done.stderr.splitlines()]
        self.assertEqual(lines, [self.line_of("direction=arrival"), self.line_of("climb-minutes=3")])

    def test_face_thresholds(self):
        """A mistake in the file of thresholds is named with its own path and line."""
        source = pathlib.Path(os.environ["GATESIDE_SOURCE_ROOT"]) / "data/face-thresholds.ini"
        shipped = source.read_text(encoding="utf-8")
        thresholds = self.folder / "face-thresholds.ini"
        text = EXAMPLE.replace("engine=none", "engine=embedded").replace("#thresholds=", "thresholds=")
        self.assertNotEqual(text, EXAMPLE)
        thresholds.write_text(shipped, encoding="utf-8")
        done = self.check(text)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        thresholds.write_text(shipped.replace("review=0.42", "review=much"), encoding="utf-8")
        done = self.check(text)
        line = shipped[:shipped.index("review=0.42")].count("\n") + 1
        self.assertEqual((done.returncode, done.stderr),
                         (1, f"{self.path}:{self.line_of('#thresholds=')}: {thresholds}:{line}: "
                             "review must be a number from -1 to 1\n"))

    def test_stamp_pack(self):
        """The key file's pack is verified against its authorities, as the desk will."""
        built, source = (pathlib.Path(os.environ[f"GATESIDE_{name}_ROOT"]).resolve() for name in ("BUILD", "SOURCE"))
        text = EXAMPLE.replace("#authorities=pack-authorities.pem", f"authorities={built}/data/specimen-pack-authority.pem")
        self.assertNotEqual(text, EXAMPLE)
        done = self.check(text.replace("#stamp-pack=specimen-pack.tar", f"stamp-pack={built}/data/specimen-pack.tar"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        done = self.check(text.replace("#stamp-pack=specimen-pack.tar", f"stamp-pack={source}/data/specimen-pack"))
        self.assertEqual((done.returncode, done.stderr),
                         (1, f"{self.path}: The stamp pack “{source}/data/specimen-pack” is refused (unsigned): "
                             "The pack is not signed.\n"))

    def test_file_that_is_none(self):
        done = self.run_desk("--check-config", "--config", str(self.folder / "absent.conf"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("The file cannot be read", done.stderr)

    def test_mistakes_are_told_before_a_window_is_tried(self):
        self.check("[desk]\n")
        done = self.run_desk("--config", str(self.path))
        self.assertEqual(done.returncode, 1)
        self.assertIn("[desk] needs “id”.", done.stderr)

    def test_usage(self):
        for arguments in (["--no-such-option"], ["desk.conf"], ["--config"]):
            done = self.run_desk(*arguments)
            self.assertEqual(done.returncode, 64, arguments)
            self.assertIn("Try --help.", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_help_and_version(self):
        done = self.run_desk("--version")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"\Agateside \d+\.\d+\.\d+\n\Z")
        done = self.run_desk("--help")
        self.assertEqual(done.returncode, 0)
        for option in ("--config", "--check-config", "--version"):
            self.assertIn(option, done.stdout)


unittest.main(verbosity=2)
