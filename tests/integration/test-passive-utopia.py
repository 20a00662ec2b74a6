#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Utopia's authority, which shares no code with the reader, issues one passport of every variant; gateside-document verify
must find in its files what chip.ini says that a reader should.

usage: test-passive-utopia.py TOOL AUTHORITY"""
import configparser
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL, AUTHORITY = sys.argv.pop(1), sys.argv.pop(1)
# What only the chip, its picture, the printed page or today's date tells; the files themselves are good.
BEYOND_THE_FILES = {"C01", "C02", "C07", "D06", "X01", "B02"}
BEYOND = {"no-proof", "file-missing"}


def nodes(tree):
    yield tree
    for child in tree["checks"]:
        yield from nodes(child)


class Utopia(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.folder.name)
        subprocess.run([AUTHORITY, "--country", root / "UTO", "--all", root / "passports"], check=True, timeout=120,
                       stdout=subprocess.DEVNULL)
        cls.lists, cls.passports = root / "UTO/lists", root / "passports"

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def verify(self, folder, anchors):
        arguments = [TOOL, "verify", "--json", "--sod", folder / "ef-sod.bin", "--com", folder / "ef-com.bin", "--anchors",
                     anchors]
        for name in ("utopia-1.crl", "utopia-2.crl", "nusquama.crl"):
            arguments += ["--crl", self.lists / name]
        for file in sorted(folder.glob("dg*.bin")):
            arguments += ["--dg", f"{file.stem[2:]}={file}"]
        done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, timeout=20)
        self.assertEqual(done.stderr, "")
        return done.returncode, json.loads(done.stdout)

    def expected(self, folder):
        ini = configparser.ConfigParser(interpolation=None)
        ini.read(folder / "chip.ini")
        return ini["expected"]

    def test_every_variant(self):
        folders = sorted(self.passports.iterdir())
        self.assertGreater(len(folders), 50)
        for folder in folders:
            expected = self.expected(folder)
            result, reason, check = (expected.get(key, "") for key in ("result", "reason", "check"))
            with self.subTest(folder.name):
                status, tree = self.verify(folder, self.lists / "master-list.ml")
                if reason in BEYOND_THE_FILES or folder.name in BEYOND:
                    result, reason, check = "successful", "", ""
                self.assertEqual(tree["result"], result)
                self.assertEqual(status, {"successful": 0, "failed": 1, "undetermined": 2}[result])
                if reason:
                    self.assertIn(reason, {one["code"] for one in nodes(tree)})
                if result != "successful":
                    self.assertEqual((tree["code"] or ""), reason)
                    self.assertEqual(next(one for one in nodes(tree) if one["name"] == check)["result"], result)

    def test_each_kind_of_list(self):
        for name in ("master-list.ml", "master-list-utopia.ml", "master-list-bare.bin", "csca.pem", "csca.ldif"):
            with self.subTest(name):
                self.assertEqual(self.verify(self.passports / "genuine", self.lists / name)[0], 0)


unittest.main(verbosity=2)
