#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-seal as its man page has it: what it prints, and what it ends with.

usage: test-gateside-seal.py PROGRAM
"""
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

TOOL = sys.argv.pop(1)
REAL = os.environ.get("GATESIDE_REAL_DATA")


def run(*words, **more):
    return subprocess.run([TOOL, *words], capture_output=True, text=True, timeout=60, check=False, **more)


def png(width, height, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Usage(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gateside-seal-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.key = self.path("key.pem")
        subprocess.run(["openssl", "ecparam", "-name", "brainpoolP256r1", "-genkey", "-noout", "-out",
                        self.path("private.pem")], check=True)
        subprocess.run(["openssl", "pkey", "-in", self.path("private.pem"), "-pubout", "-out", self.key], check=True)

    def path(self, name, data=None):
        path = os.path.join(self.folder, name)
        if data is not None:
            with open(path, "wb") as file:
                file.write(data)
        return path

    def test_wrong_usage(self):
        for words in ([], ["verify"], ["verify", "x.png"], ["verify", "--keys", self.key],
                      ["verify", "a", "b", "--keys", self.key], ["verify", "a", "--hex", "dc", "--keys", self.key],
                      ["verify", "a", "--keys", self.path("nowhere")], ["what"], ["verify", "--what"],
                      ["verify", "a", "--keys", self.path("private.pem")], ["verify", "a", "--seal", "0"],
                      ["verify", "a", "--document", "UTO"], ["verify", "a", "--today", "2026-02-30"],
                      ["verify", "a", "--keys", self.path("empty", b"")]):
            with self.subTest(words=words):
                done = run(*words)
                self.assertEqual(done.returncode, 64, done)
                self.assertIn("gateside-seal: ", done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertEqual(run("--help").returncode, 0)
        self.assertIn("gateside-seal", run("--version").stdout)

    def unreadable(self, name, data, word):
        done = run("verify", self.path(name, data), "--keys", self.key, "--json")
        self.assertEqual(done.returncode, 2, done)
        tree = json.loads(done.stdout)
        self.assertEqual(tree["result"], "undetermined")
        self.assertIn(word, tree["sentence"])

    def test_pictures(self):
        blank = png(64, 64, (b"\0" + b"\xff" * 64) * 64)
        self.unreadable("blank.png", blank, "no Data Matrix")
        self.unreadable("cut.png", blank[:-20], "cut short")
        self.unreadable("damaged.png", blank[:45] + b"\0\0\0" + blank[48:], "damaged")
        self.unreadable("huge.png", png(60000, 60000, b"\0"), "too large")
        self.unreadable("short-rows.png", png(4000, 4000, b"\0"), "")
        self.unreadable("text.png", b"This is no picture.", "no picture")
        self.unreadable("empty.png", b"", "empty")
        self.unreadable("cut.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "damaged or cut short")
        self.assertEqual(run("verify", self.path("missing.png"), "--keys", self.key).returncode, 2)
        self.assertEqual(run("verify", self.folder, "--keys", self.key).returncode, 2)

    def test_digits(self):
        for digits in ("", "zz", "d", "00", "dc"):
            self.assertEqual(run("verify", "--hex", digits, "--keys", self.key).returncode in (1, 2), True)


@unittest.skipUnless(REAL, "GATESIDE_REAL_DATA is not set")
class Public(unittest.TestCase):
    """The five public seals of Utopia."""

    def setUp(self):
        with open(os.path.join(REAL, "vds", "seals.tsv"), encoding="utf-8") as table:
            self.seals = [line.rstrip("\n").split("\t")[1] for line in list(table)[1:]]
        self.key = os.path.join(REAL, "vds", "UTTS5B.pub.pem")

    def test_genuine(self):
        for digits in self.seals:
            done = run("verify", "--hex", digits, "--keys", self.key, "--json")
            self.assertEqual(done.returncode, 0, done)
            tree = json.loads(done.stdout)
            self.assertEqual([check["name"] for check in tree["checks"]],
                             ["seal-readable", "seal-intact", "seal-certificate", "seal-signature", "seal-content"])
            self.assertEqual({check["result"] for check in tree["checks"]}, {"successful"})
            self.assertEqual(tree["checks"][1]["evidence"]["signer"], "UTTS")

    def test_altered(self):
        for digits in self.seals:
            altered = digits[:60] + ("0" if digits[60] != "0" else "1") + digits[61:]
            done = run("verify", "--hex", altered, "--keys", self.key)
            self.assertEqual(done.returncode, 1, done)
            self.assertTrue(done.stdout.startswith("failed"))

    def test_decode(self):
        read = json.loads(run("decode", "--hex", self.seals[1], "--json").stdout)
        self.assertEqual((read["country"], read["signer"], read["certificate_reference"]), ("UTO", "UTTS", "5B"))
        self.assertEqual(read["fields"]["registration-number"], "ABC123456DEF")


if __name__ == "__main__":
    unittest.main()
