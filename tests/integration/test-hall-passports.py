#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The travellers' passports: laid on a desk's reader, taken away, and the same files as evidence."""
import configparser
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from gs_test_hall import Hall  # noqa: E402

AUTHORITY = sys.argv.pop(1)


class Reader(threading.Thread):
    """The control channel of a chip program, which only writes down what it is told."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.orders = []
        self.changed = threading.Condition()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(path)
        self.socket.listen(5)

    def run(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rw") as lines:
                for line in lines:
                    with self.changed:
                        self.orders.append(line.strip())
                        self.changed.notify_all()
                    lines.write("ok\n")
                    lines.flush()

    def wait(self, count, seconds=10):
        with self.changed:
            self.changed.wait_for(lambda: len(self.orders) >= count, seconds)
            return self.orders[count - 1] if len(self.orders) >= count else None


class Passports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="gateside-passports-")
        cls.root = cls.temporary.name
        path = os.path.join(cls.root, "reader")
        cls.reader = Reader(path)
        cls.reader.start()
        # Its keys first: that takes seconds, for which the hall's start has no patience.
        subprocess.run([AUTHORITY, "--country", os.path.join(cls.root, "passports", "country"), "--all",
                        os.path.join(cls.root, "all"), "--quiet"], check=True)
        cls.hall = Hall("--quiet", "--passports", os.path.join(cls.root, "passports"), "--chip",
                        "desk-1=" + path)
        cls.hall.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.hall.__exit__(None, None, None)
        cls.reader.socket.close()
        cls.temporary.cleanup()

    def evidence(self, crossing, name):
        return self.hall.desk("desk-1").get(f"/v1/crossings/{crossing}/evidence/{name}")

    def test_evidence_is_the_passport(self):
        made = self.hall.control("crossing", reasons=["B01"], passport="genuine")
        folder = pathlib.Path(self.hall.control("passport", crossing=made["crossing"])["folder"])
        for name in ("ef-com", "ef-sod", "dg1", "dg2", "dg11", "dg14"):
            answer = self.evidence(made["crossing"], name)
            self.assertEqual(answer.status, 200, name)
            self.assertEqual(answer.headers["content-type"], "application/octet-stream")
            self.assertEqual(answer.body, (folder / f"{name}.bin").read_bytes(), name)
        self.assertIn("".join(made["mrz"]).encode(), self.evidence(made["crossing"], "dg1").body)
        self.assertEqual(self.evidence(made["crossing"], "dg15").problem, "no-evidence")

    def test_laid_and_taken(self):
        made = self.hall.control("crossing", reasons=["B01"])
        before = len(self.reader.orders)
        self.hall.control("step-up", crossing=made["crossing"], desk="desk-1")
        order = self.reader.wait(before + 1)
        folder = self.hall.control("passport", crossing=made["crossing"])["folder"]
        self.assertEqual(order, "lay " + folder)
        settings = configparser.ConfigParser()
        settings.read(os.path.join(folder, "chip.ini"))
        self.assertEqual(settings["document"]["mrz-line-2"], made["mrz"][1])
        desk = self.hall.desk("desk-1")
        self.hall.control("cancelled", crossing=made["crossing"])
        self.assertEqual(self.reader.wait(before + 2), "take")
        del desk

    def test_reasons(self):
        """Every passport reason has its trouble, and nobody else's."""
        wanted = {"C03": "bad-signature", "C06": "revoked-signer", "C08": "com-disagrees", "C10": "wrong-country",
                  "C11": "sod-id-data", "E01": "none"}
        for reason, variant in wanted.items():
            seen = {self.hall.control("passport", crossing=self.hall.control("crossing", reasons=[reason])["crossing"])
                    ["variant"] for _ in range(6)}
            self.assertIn(variant, seen, reason)
        admitted = [self.hall.control("passport", crossing=self.hall.control("crossing")["crossing"])["variant"]
                    for _ in range(12)]
        self.assertFalse(set(admitted) & set(wanted.values()))
        self.assertGreater(len(set(admitted)), 2)

    def test_no_chip(self):
        made = self.hall.control("crossing", reasons=["E01"])
        self.assertEqual(self.evidence(made["crossing"], "ef-sod").problem, "no-evidence")
        before = len(self.reader.orders)
        self.hall.control("step-up", crossing=made["crossing"], desk="desk-1")
        self.assertEqual(self.reader.wait(before + 1), "take")

    def test_fast(self):
        """A passport takes milliseconds once the keys are there."""
        ids = [self.hall.control("crossing", passport="genuine")["crossing"] for _ in range(20)]
        start = time.monotonic()
        for crossing in ids:
            self.hall.control("passport", crossing=crossing)
        print(f"a passport and the question for it: {(time.monotonic() - start) * 50:.1f} ms", file=sys.stderr)


unittest.main(verbosity=2)
