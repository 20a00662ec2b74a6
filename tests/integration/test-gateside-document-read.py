#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-document read from outside, on a real PC/SC daemon with a simulated chip.

usage: pcsc-stack test-gateside-document-read.py GATESIDE-DOCUMENT GATESIDE-AUTHORITY GATESIDE-CHIP
"""
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from gs_test_chip import READER, Chip, Country, Daemon  # noqa: E402

TOOL, AUTHORITY, CHIP = (sys.argv.pop(1) for _ in range(3))
DAEMON = Daemon()


def nodes(tree):
    yield tree
    for child in tree["checks"]:
        yield from nodes(child)


def node(tree, name):
    return next(one for one in nodes(tree) if one["name"] == name)


class Read(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="gateside-read-")
        cls.root = pathlib.Path(cls.temporary.name)
        cls.country = Country(cls.root, AUTHORITY)
        cls.chip = Chip(CHIP, cls.root)

    @classmethod
    def tearDownClass(cls):
        cls.chip.__exit__()
        cls.temporary.cleanup()

    def setUp(self):
        if not DAEMON.pid or not DAEMON.alive():
            DAEMON.start()

    def command(self, *more, wait=8, anchors=True):
        return [TOOL, "read", *(["--wait", str(wait)] if wait is not None else []),
                *(map(str, self.country.anchors()) if anchors else []), *map(str, more)]

    def begin(self, *more, zone="", **other):
        """The tool, on its way; its standard error can be read line by line."""
        process = subprocess.Popen(self.command(*more, **other), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        process.stdin.write(zone)
        process.stdin.close()
        process.stdin = None
        return process

    def until(self, process, words):
        """Reads the progress until a line with these words."""
        seen = []
        for line in process.stderr:
            seen.append(line)
            if words in line:
                return seen
        self.fail(f"the tool never said {words!r}: {seen}")

    def end(self, process, status, seconds=20):
        out, err = process.communicate(timeout=seconds)
        self.assertEqual(process.returncode, status, out + err)
        return out, err

    def read(self, *more, status, zone="", **other):
        return self.end(self.begin(*more, zone=zone, **other), status)

    def tree(self, variant, *more, status, faults=(), zone=None, **other):
        """Lays a passport, reads it by its printed zone, and gives the JSON."""
        self.chip.clear()
        self.chip.lay(self.country.passport(variant), *faults)
        out, _ = self.read("--mrz", "--json", *more, status=status,
                           zone=self.country.zone(variant) if zone is None else zone, **other)
        self.assertEqual(out.count("\n"), 1)
        return json.loads(out)

    # --- what is read

    def test_good(self):
        tree = self.tree("genuine", status=0)
        self.assertEqual((tree["name"], tree["result"], tree["reader"]), ("document-genuine", "successful", READER))
        self.assertIn("the chip is no copy", tree["sentence"])
        self.assertEqual((tree["access"], tree["protocol"], tree["cipher"]),
                         ("PACE, generic mapping", "0.4.0.127.0.7.2.2.4.2.2", "AES-128"))
        self.assertEqual(node(tree, "not-a-copy")["result"], "successful")
        self.assertEqual(node(tree, "printed-data-match")["result"], "successful")
        self.assertEqual(tree["commands"], self.chip.commands())
        self.assertTrue(0 < tree["chip_seconds"] <= tree["seconds"] < 5, tree["seconds"])
        laid = self.country.passport("genuine")
        self.assertEqual(tree["files"]["DG2"], (laid / "dg2.bin").stat().st_size)

    def test_files(self):
        out = self.root / "out"
        self.tree("genuine", "--out", out, status=0)
        laid = self.country.passport("genuine")
        for mine, theirs in (("EF.COM", "ef-com"), ("EF.SOD", "ef-sod"), ("EF.DG1", "dg1"), ("EF.DG2", "dg2"),
                             ("EF.DG11", "dg11"), ("EF.DG14", "dg14"), ("EF.CardAccess", "ef-card-access")):
            self.assertEqual((out / mine).read_bytes(), (laid / (theirs + ".bin")).read_bytes(), mine)
            self.assertEqual((out / mine).stat().st_mode & 0o777, 0o600, mine)
        self.assertEqual((len(list(out.iterdir())), out.stat().st_mode & 0o777), (7, 0o700))
        checked = subprocess.run([TOOL, "verify", "--sod", out / "EF.SOD", "--dg", f"2={out}/EF.DG2", "--json",
                                  *self.country.anchors()], capture_output=True, text=True, timeout=20)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        _, err = self.read("--out", out, "--mrz", status=64, zone=self.country.zone("genuine"))
        self.assertIn("is not empty", err)

    def test_fields_and_bac(self):
        self.chip.clear()
        self.chip.lay(self.country.passport("genuine"))
        line = self.country.zone("genuine").split("\n")[1]
        fields = ("--document-number", line[:9].lower(), "--birth-date", line[13:19], "--expiry-date=" + line[21:27])
        out, err = self.read(*fields, "--no-pace", "--evidence", status=0)
        self.assertIn(f"Read on {READER} by BAC in ", out)
        self.assertNotIn("MRZ well formed", out)
        for line in ("connecting with the chip", "opening the chip", "DG1: 93 bytes", "chip authentication"):
            self.assertIn(line + "\n", err)
        _, err = self.read(*fields, "--quiet", "--reader", "Virtual PCD 00", status=0)
        self.assertEqual(err, "")

    def test_can(self):
        """The number on the card opens PACE, and nothing else does."""
        self.chip.clear()
        folder = self.root / "with-can"
        subprocess.run(["cp", "-r", self.country.passport("pace-only"), folder], check=True)
        with open(folder / "chip.ini", "a", encoding="utf-8") as told:
            told.write("can=123456\n")
        self.chip.lay(folder)
        out, _ = self.read("--can", "123456", "--json", status=0)
        self.assertEqual(json.loads(out)["access"], "PACE, generic mapping")
        out, _ = self.read("--can", "654321", "--json", status=1)
        self.assertEqual(node(json.loads(out), "chip-opened")["code"], "C02")

    def test_wrong_mrz(self):
        tree = self.tree("genuine", status=1, zone=self.country.zone("access-refused"))
        self.assertEqual((tree["result"], tree["access"], tree["files"].get("DG1")), ("failed", "unknown", None))
        opened = node(tree, "chip-opened")
        self.assertEqual((opened["result"], opened["code"]), ("failed", "C02"))
        self.assertIn("does not open with this MRZ", opened["sentence"])
        self.assertEqual(node(tree, "passive-authentication")["result"], "aborted")

    def test_cloned(self):
        for variant, check in (("cloned-ca", "chip-authentication"), ("cloned-aa", "active-authentication")):
            tree = self.tree(variant, status=1)
            self.assertEqual((tree["result"], tree["code"]), ("failed", "C07"), variant)
            self.assertEqual(node(tree, check)["result"], "failed")
            self.assertEqual(node(tree, "passive-authentication")["result"], "successful")

    def test_no_anchor(self):
        tree = self.tree("genuine", status=2, anchors=False)
        self.assertEqual((tree["result"], node(tree, "signer-trusted")["result"]), ("undetermined", "undetermined"))

    def test_trust_store(self):
        store, lists = self.root / "store", self.country.lists
        done = subprocess.run([TOOL, "trust", "import", "--store", store, "--dry-run", "--json", lists / "master-list.ml"],
                              capture_output=True, text=True, timeout=20)
        signer = json.loads(done.stdout)["master_lists"][0]["signer"]["fingerprint"]
        subprocess.run([TOOL, "trust", "import", "--store", store, "--confirm-signer", signer, lists / "master-list.ml",
                        lists / "utopia-1.crl", lists / "utopia-2.crl"], check=True, stdout=subprocess.DEVNULL, timeout=20)
        tree = self.tree("revoked-signer", "--store", store, status=1, anchors=False)
        self.assertEqual((tree["code"], node(tree, "signer-trusted")["result"]), ("C06", "successful"))

    # --- what comes between

    def test_taken_away(self):
        out = self.root / "partly"
        self.chip.clear()
        self.chip.lay(self.country.passport("genuine"), "delay=15")
        process = self.begin("--mrz", "--json", "--out", out, zone=self.country.zone("genuine"))
        self.until(process, "DG1: ")
        self.chip.take()
        text, err = self.end(process, 2)
        tree = json.loads(text)
        opened = node(tree, "chip-opened")
        self.assertEqual((opened["result"], opened["code"], opened["evidence"]["error"]), ("aborted", "C01", "chip-gone"))
        self.assertEqual((tree["result"], node(tree, "passive-authentication")["result"]), ("aborted", "aborted"))
        self.assertIn("DG1", tree["files"])
        self.assertTrue((out / "EF.DG1").exists() and not (out / "EF.DG2").exists())
        self.assertIn("gateside-document: ", err)
        self.tree("genuine", status=0)

    def test_daemon_killed_while_reading(self):
        self.chip.clear()
        self.chip.lay(self.country.passport("genuine"), "delay=15")
        process = self.begin("--mrz", "--json", zone=self.country.zone("genuine"))
        self.until(process, "DG1: ")
        DAEMON.kill()
        tree = json.loads(self.end(process, 2)[0])
        opened = node(tree, "chip-opened")
        self.assertEqual((opened["result"], opened["evidence"]["error"]), ("aborted", "reader-gone"))

    def test_interrupted(self):
        self.chip.clear()
        self.chip.lay(self.country.passport("genuine"), "delay=15")
        process = self.begin("--mrz", "--json", zone=self.country.zone("genuine"))
        self.until(process, "DG1: ")
        process.send_signal(signal.SIGINT)
        tree = json.loads(self.end(process, 2)[0])
        self.assertEqual(node(tree, "chip-opened")["evidence"]["error"], "cancelled")

    def test_no_chip(self):
        self.chip.clear()
        out, err = self.read("--mrz", zone=self.country.zone("genuine"), status=2, wait=1)
        self.assertEqual(out, "")
        self.assertIn("gateside-document: No chip lies on the reader.\n", err)
        out, _ = self.read("--mrz", "--json", "--quiet", zone=self.country.zone("genuine"), status=2, wait=None)
        tree = json.loads(out)
        self.assertEqual((tree["result"], tree["sentence"], tree["commands"], tree["access"]),
                         ("aborted", "No chip lies on the reader.", 0, None))

    def test_mute(self):
        self.chip.clear()
        self.chip.lay(self.country.passport("genuine"), "mute")
        _, err = self.read("--mrz", zone=self.country.zone("genuine"), status=2, wait=3)
        self.assertIn("What lies on the reader does not answer", err)

    def test_laid_late(self):
        self.chip.clear()
        process = self.begin("--mrz", "--json", zone=self.country.zone("genuine"), wait=15)
        self.until(process, "waiting for a chip")
        self.chip.lay(self.country.passport("genuine"))
        self.assertEqual(json.loads(self.end(process, 0)[0])["result"], "successful")

    def test_no_daemon(self):
        DAEMON.kill()
        _, err = self.read("--mrz", zone=self.country.zone("genuine"), status=2, wait=0)
        self.assertIn("The PC/SC service (pcscd) does not run", err)
        out, err = self.read("--list-readers", status=2, wait=None, anchors=False)
        self.assertEqual(out, "")
        self.assertIn("does not run", err)

    def test_daemon_started_late(self):
        """Killed while the tool waits, and started again: the tool goes on."""
        self.chip.clear()
        process = self.begin("--mrz", "--json", zone=self.country.zone("genuine"), wait=20)
        self.until(process, "waiting for a chip")
        DAEMON.kill()
        self.until(process, "waiting for the PC/SC service")
        self.chip.lay(self.country.passport("genuine"))
        DAEMON.start()
        self.assertEqual(json.loads(self.end(process, 0)[0])["result"], "successful")

    def test_reader_plugged_late(self):
        DAEMON.start_without_readers(self.root)
        self.chip.take()
        self.chip.lay(self.country.passport("genuine"))
        out, err = self.read("--list-readers", status=2, wait=None, anchors=False)
        self.assertEqual((out, err), ("", "gateside-document: No chip reader is connected.\n"))
        _, err = self.read("--mrz", zone=self.country.zone("genuine"), status=2, wait=0)
        self.assertIn("No such chip reader is connected", err)
        process = self.begin("--mrz", "--json", zone=self.country.zone("genuine"), wait=20)
        self.until(process, "waiting for a reader")
        DAEMON.start()
        self.assertEqual(json.loads(self.end(process, 0)[0])["reader"], READER)

    # --- how it is called

    def test_list_readers(self):
        out, _ = self.read("--list-readers", status=0, wait=None, anchors=False)
        self.assertEqual(out, "Virtual PCD 00 00\nVirtual PCD 00 01\n")

    def test_other_reader(self):
        self.chip.clear()
        self.chip.lay(self.country.passport("genuine"))
        _, err = self.read("--mrz", "--reader", "Virtual PCD 00 01", zone=self.country.zone("genuine"), status=2, wait=0)
        self.assertIn("No chip lies on the reader.", err)
        _, err = self.read("--mrz", "--reader", "Acme", zone=self.country.zone("genuine"), status=2, wait=0)
        self.assertIn("No such chip reader is connected", err)

    def test_usage(self):
        for words in (("--document-number", "X"), ("--mrz", "--can", "123456"), ("--can", "12345"), ("--wait", "x"),
                      ("--reader", "a", "--reader", "b"), ("--sod", "x"), ("more",), ("--anchors", "/nowhere", "--mrz"),
                      ("--document-number", "X", "--birth-date", "1", "--expiry-date", "300101")):
            out, err = self.read(*words, status=64, wait=None, anchors=False)
            self.assertEqual(out, "", words)
            self.assertIn("gateside-document: ", err, words)
        _, err = self.read("--mrz", zone="no zone\n", status=64)
        self.assertIn("gateside-document: ", err)


unittest.main(verbosity=2)
