#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stamps in data/ are what their drawing program draws, and nothing real is in them.

usage: test-specimen-pack.py SOURCE-ROOT
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1))
PACK = SOURCE / "data/specimen-pack"


class SpecimenPack(unittest.TestCase):
    def test_drawn_by_its_program(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["/usr/bin/python3", SOURCE / "tools/draw-specimen-pack.py", folder], check=True)
            drawn = {path.name: path.read_text() for path in pathlib.Path(folder).iterdir()}
        self.assertEqual(drawn, {path.name: path.read_text() for path in PACK.iterdir()})

    def test_only_utopia(self):
        words = set()
        for path in PACK.glob("*.svg"):
            for text in re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text()):
                words.update(re.findall(r"[A-Za-z]{2,}", text))
        self.assertEqual(
            words - {"UTOPIA", "BORDER", "SERVICE", "SPECIMEN", "ENTRY", "EXIT", "VOID", "CANCELLED", "NO", "DIGITAL", "SEAL", "No",
                     "PORT", "XXX"}, set()
        )

    def test_says_where_there_is_no_seal(self):
        for name in ("entry.svg", "exit.svg"):
            self.assertIn('<g id="seal-none"', (PACK / name).read_text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
