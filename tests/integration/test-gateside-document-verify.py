#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-document verify and trust from outside: exit status, JSON, usage, on documents that openssl signed.

usage: test-gateside-document-verify.py TOOL DOCUMENTS"""
import base64
import fcntl
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = sys.argv.pop(1)
DOCUMENTS = pathlib.Path(sys.argv.pop(1))
LISTS = DOCUMENTS / "lists"
NOW = "2026-11-01T00:00:00Z"
WORDS = {"successful", "failed", "undetermined", "not-supported", "aborted", "not-checked"}
REAL = os.environ.get("GATESIDE_REAL_DATA")


def run(*arguments):
    return subprocess.run([TOOL, *map(str, arguments)], capture_output=True, text=True, timeout=60)


def verify(case, *more, groups=True, anchors=True):
    folder = DOCUMENTS / case
    arguments = ["verify", "--sod", folder / "sod", "--time", NOW, *more]
    if groups:
        for file in sorted(folder.glob("dg*")):
            arguments += ["--dg", f"{file.name[2:]}={file}"]
    if anchors:
        arguments += ["--anchors", folder / "anchors"]
    return run(*arguments)


def nodes(tree):
    yield tree
    for child in tree["checks"]:
        yield from nodes(child)


def node(tree, name):
    return next(one for one in nodes(tree) if one["name"] == name)


def fingerprint(name):
    return hashlib.sha256((LISTS / name).read_bytes()).hexdigest()


class Verify(unittest.TestCase):
    def tree(self, case, *more, status, **other):
        done = verify(case, "--json", *more, **other)
        self.assertEqual((done.returncode, done.stderr), (status, ""), done.stdout)
        self.assertEqual(done.stdout.count("\n"), 1)
        return json.loads(done.stdout)

    def test_shape(self):
        tree = self.tree("good-brainpool384", status=0)
        self.assertEqual(tree["result"], "successful")
        for one in nodes(tree):
            self.assertEqual(list(one), ["name", "result", "code", "sentence", "evidence", "checks"])
            self.assertIn(one["result"], WORDS)
            self.assertIsInstance(one["evidence"], dict)
            self.assertTrue(one["sentence"].endswith(("." , ")")), one)
            self.assertTrue(one["code"] is None or one["result"] in ("failed", "undetermined"))
        self.assertEqual([one["name"] for one in tree["checks"]],
                         ["signed-by-issuer", "signer-trusted", "certificate-in-period", "certificate-not-revoked",
                          "chip-data-unaltered", "chip-files-agree", "issuer-agrees"])
        self.assertEqual(node(tree, "algorithms-strong")["result"], "successful")
        self.assertEqual(tree["evidence"]["checked_for_time"], "2026-11-01T00:00:00.000Z")

    def test_evidence_is_the_certificate(self):
        evidence = node(self.tree("good-p256", status=0), "signer-trusted")["evidence"]
        der = base64.b64decode(evidence["authority_base64"])
        self.assertEqual(hashlib.sha256(der).hexdigest(), evidence["authority_sha256"])
        self.assertEqual(der, (DOCUMENTS / "good-p256/anchors/0.der").read_bytes())

    def test_security_object_alone(self):
        for case in ("good-rsa", "good-rsa-pss", "good-p256", "good-brainpool256", "indefinite"):
            tree = self.tree(case, status=0, groups=False)
            groups = node(tree, "chip-data-unaltered")
            self.assertEqual(groups["result"], "not-checked")
            self.assertEqual({one["result"] for one in groups["checks"]}, {"not-checked"})
            self.assertTrue(all("not checked" in one["sentence"] for one in groups["checks"]))

    def test_status(self):
        for case, status in (("good-p256", 0), ("tampered", 1), ("wrong-signature", 1), ("signed-after-expiry", 1),
                             ("no-anchor", 2), ("other-anchor", 1), ("weak-sha1", 2), ("wrong-country", 1),
                             ("zero-signers", 1), ("garbage", 1), ("not-read", 0)):
            with self.subTest(case):
                result = self.tree(case, status=status)["result"]
                self.assertEqual(result, ("successful", "failed", "undetermined")[status])

    def test_failed_wins_over_undetermined(self):
        tree = self.tree("tampered", "--anchors", DOCUMENTS / "no-anchor/anchors", status=1, anchors=False)
        self.assertEqual(node(tree, "signer-trusted")["result"], "undetermined")
        self.assertEqual(node(tree, "data-group-2")["result"], "failed")
        self.assertEqual((tree["result"], tree["code"]), ("failed", "C09"))

    def test_kinds_of_anchors(self):
        for name in ("csca.der", "csca.pem", "bundle.pem", "signed.ml", "bare.ml", "directory.ldif", "stranger.ml"):
            with self.subTest(name):
                self.tree("good-p256", "--anchors", LISTS / name, status=1, anchors=False)
                self.assertEqual(run("verify", "--sod", LISTS / "sod-old", "--anchors", LISTS / name, "--time",
                                     NOW).returncode, 0)

    def test_anchors_may_be_many(self):
        done = run("verify", "--sod", LISTS / "sod-old", "--anchors", LISTS / "new.der", LISTS / "ds.der", "--anchors",
                   LISTS / "csca.der", "--time", NOW)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_link_among_anchors(self):
        for anchors, status in ((["csca.der"], 1), (["csca.der", "link.der"], 0), (["link.der", "csca.der"], 0),
                                (["new.der"], 0)):
            paths = [LISTS / name for name in anchors]
            done = run("verify", "--sod", LISTS / "sod-new", "--time", NOW, "--anchors", *paths)
            self.assertEqual(done.returncode, status, (anchors, done.stdout))

    def test_revocation_lists(self):
        folder = DOCUMENTS / "revoked"
        tree = self.tree("revoked", "--crl", folder / "crls", status=1)
        self.assertEqual(node(tree, "signer-not-revoked")["code"], "C06")
        # Without a list nothing is lost, and it says so.
        self.assertEqual(node(self.tree("revoked", status=0), "certificate-not-revoked")["result"], "not-checked")
        # A certificate beside a list is no anchor for that.
        done = run("verify", "--sod", LISTS / "sod-old", "--anchors", LISTS / "unnamed.der", "--crl", LISTS / "csca.der",
                   "--time", NOW)
        self.assertEqual(done.returncode, 1)

    def test_time(self):
        self.assertEqual(verify("good-p256", "--time", "2026-11-01T09:00:00+09:00").returncode, 0)
        self.assertEqual(run("verify", "--sod", DOCUMENTS / "good-p256/sod", "--anchors", DOCUMENTS / "good-p256/anchors",
                             "--time", "2020-01-01T00:00:00Z").returncode, 1)

    def test_anchors_that_hold_nothing(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"nothing")
            file.flush()
            tree = self.tree("good-p256", "--anchors", file.name, status=2, anchors=False)
            self.assertEqual(len(tree["evidence"]["warnings"]), 1)
            self.tree("good-p256", "--anchors", file.name, status=0)

    def test_text(self):
        done = verify("tampered")
        self.assertEqual(done.returncode, 1)
        self.assertIn("Data group 2 was altered", done.stdout)
        self.assertNotIn("sha256", done.stdout)
        self.assertIn("signer_sha256", verify("tampered", "--evidence").stdout)

    @unittest.skipUnless(REAL, "GATESIDE_REAL_DATA is not set")
    def test_real_master_lists_as_anchors(self):
        lists = sorted(pathlib.Path(REAL, "csca").glob("*.ml"))
        self.tree("good-p256", "--anchors", *lists, status=2, anchors=False)
        self.tree("good-p256", "--anchors", *lists, status=0)


class Trust(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.store = pathlib.Path(self.folder.name) / "store"

    def tearDown(self):
        self.folder.cleanup()

    def trust(self, command, *arguments, status=0):
        done = run("trust", command, "--store", self.store, "--json", *arguments)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def test_nothing_without_confirmation(self):
        told = self.trust("import", LISTS / "signed.ml", status=2)
        self.assertEqual((told["taken"], len(told["certificates"])), (0, 4))
        self.assertEqual({one["decision"] for one in told["certificates"]}, {"not-confirmed"})
        self.assertEqual(told["master_lists"][0]["signer"]["fingerprint"], fingerprint("signer.der"))
        self.assertEqual(self.trust("list")["certificates"], [])

    def test_dry_run(self):
        told = self.trust("import", "--dry-run", "--confirm-signer", fingerprint("signer.der"), LISTS / "signed.ml")
        self.assertEqual((told["applied"], told["taken"]), (False, 4))
        self.assertFalse(self.store.exists())

    def test_import_list_verify_remove(self):
        colons = ":".join(fingerprint("csca.der")[at:at + 2] for at in range(0, 64, 2)).upper()
        told = self.trust("import", LISTS / "signed.ml", LISTS / "good.crl", f"--confirm-signer={colons}")
        self.assertEqual((told["applied"], told["taken"]), (True, 4))
        self.assertEqual(told["revocation_lists"][0]["decision"], "taken")
        listed = self.trust("list")
        self.assertEqual((len(listed["certificates"]), listed["revocation_lists"]), (4, 1))
        self.assertEqual([one["country"] for one in listed["certificates"]], ["AT", "DE", "UT", "UT"])
        self.assertEqual(len(self.trust("list", "--country", "ut")["certificates"]), 2)
        self.assertEqual(len(self.trust("list", "--source", "Master list of UT")["certificates"]), 4)
        verified = run("verify", "--sod", LISTS / "sod-old", "--store", self.store, "--time", NOW, "--json")
        self.assertEqual(verified.returncode, 0)
        self.assertEqual(node(json.loads(verified.stdout), "signer-not-revoked")["result"], "successful")
        self.assertEqual(self.trust("import", LISTS / "fewer.ml")["taken"], 0)
        self.assertEqual(len(self.trust("import", LISTS / "fewer.ml")["no_longer_listed"]), 2)
        self.assertEqual(self.trust("remove", "--reason", "order", fingerprint("csca.der"))["removed"], 1)
        self.assertEqual(self.trust("remove", "--reason", "order", fingerprint("csca.der"), status=2)["removed"], 0)
        self.assertEqual(len(self.trust("list")["certificates"]), 3)

    def log(self):
        path = self.store.with_name("store.log")
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def test_every_change_is_logged(self):
        self.trust("import", LISTS / "signed.ml", status=2)
        self.trust("import", "--dry-run", "--confirm-signer", fingerprint("signer.der"), LISTS / "signed.ml")
        self.assertEqual(self.log(), [])
        self.trust("import", "--confirm-signer", fingerprint("signer.der"), LISTS / "signed.ml")
        self.trust("remove", "--dry-run", "--reason", "key-lost", fingerprint("csca.der"))
        self.trust("remove", "--reason", "key-lost", fingerprint("csca.der"))
        self.trust("remove", "--reason", "key-lost", fingerprint("csca.der"), status=2)
        taken, removed = self.log()
        file = hashlib.sha256((LISTS / "signed.ml").read_bytes()).hexdigest()
        self.assertEqual((taken["kind"], taken["subject"], taken["before"]), ("trust.import", file, "none"))
        self.assertEqual(taken["detail"], f"from=command-line uid={os.getuid()} taken=4 revocation-lists=0 files={file} "
                                          f"confirmed={fingerprint('signer.der')}")
        self.assertEqual((removed["kind"], removed["subject"]), ("trust.remove", fingerprint("csca.der")))
        self.assertIn("reason=key-lost", removed["detail"])
        self.assertEqual(removed["before"], taken["after"])
        self.assertEqual(removed["after"], hashlib.sha256(self.store.read_bytes()).hexdigest())
        self.assertNotEqual(removed["change"], taken["change"])

    def test_another_program_has_it(self):
        with open(self.store.with_name("store.lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = run("trust", "import", "--store", self.store, LISTS / "signed.ml", "--confirm-signer",
                       fingerprint("signer.der"))
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn("is being changed by another program", done.stderr)
            self.assertEqual(run("trust", "list", "--store", self.store).returncode, 0)
        self.assertFalse(self.store.exists())
        self.trust("import", "--confirm-signer", fingerprint("signer.der"), LISTS / "signed.ml")

    def test_two_at_once_lose_nothing(self):
        files = ["csca.der", "new.der", "signer.der", "ds.der", "namesake.der", "unnamed.der"]
        running = [subprocess.Popen([TOOL, "trust", "import", "--store", self.store, "--confirm-signer", fingerprint(file),
                                     LISTS / file], stdout=subprocess.PIPE) for file in files]
        taken = [file for file, one in zip(files, running) if b"The change was made" in one.communicate()[0]]
        self.assertGreater(len(taken), 2)
        self.assertEqual(len(self.trust("list")["certificates"]), len(taken))
        self.assertEqual(len(self.log()), len(taken))

    def test_text(self):
        done = run("trust", "import", "--store", self.store, LISTS / "signed.ml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--confirm-signer", done.stdout)
        self.assertTrue(done.stdout.endswith("Nothing was changed.\n"))
        self.assertFalse(self.store.exists())
        done = run("trust", "import", "--store", self.store, LISTS / "signed.ml", "--confirm-signer",
                   fingerprint("signer.der"))
        self.assertEqual(done.returncode, 0)
        self.assertIn("signer confirmed", done.stdout)
        self.assertTrue(done.stdout.endswith("The change was made.\n"))
        self.assertIn(fingerprint("csca.der"), run("trust", "list", "--store", self.store).stdout)

    def test_damaged_store(self):
        self.store.write_bytes(b"no store")
        self.assertEqual(run("trust", "list", "--store", self.store).returncode, 1)
        self.assertEqual(run("verify", "--sod", LISTS / "sod-old", "--store", self.store).returncode, 64)

    @unittest.skipUnless(REAL, "GATESIDE_REAL_DATA is not set")
    def test_real_lists(self):
        for name, count in (("DE_ML_2026-05-28-08-28-45.ml", 588), ("NL_ML_2026-07-22.ml", 411)):
            file = pathlib.Path(REAL, "csca", name)
            told = self.trust("import", file, status=2)
            signer = told["master_lists"][0]
            self.assertEqual((signer["entries"], signer["signature"], signer["confirmed"]), (count, "good", False))
            told = self.trust("import", file, "--confirm-signer", signer["authority"]["fingerprint"])
            self.assertEqual(len(told["certificates"]), count)
            self.assertLessEqual({one["decision"] for one in told["certificates"]}, {"taken", "already-there"})
        self.assertEqual(len(self.trust("list")["certificates"]), 627)


class Usage(unittest.TestCase):
    def test_wrong_usage_is_64(self):
        sod, anchors = LISTS / "sod-old", LISTS / "csca.der"
        for arguments in ([], ["--sod", sod], ["--anchors", anchors], ["--sod", sod, "--anchors"],
                          ["--sod", sod, "--sod", sod, "--anchors", anchors],
                          ["--sod", sod, "--anchors", anchors, "--dg", "0=x"],
                          ["--sod", sod, "--anchors", anchors, "--dg", "17=x"],
                          ["--sod", sod, "--anchors", anchors, "--dg", "1"],
                          ["--sod", sod, "--anchors", anchors, "--dg", f"1={sod}", "--dg", f"1={sod}"],
                          ["--sod", sod, "--anchors", anchors, "--time", "yesterday"],
                          ["--sod", sod, "--anchors", anchors, "--jsn"],
                          ["--sod", sod, "file", "--anchors", anchors],
                          ["--sod", "/nowhere", "--anchors", anchors],
                          ["--sod", sod, "--anchors", "/nowhere"],
                          ["--sod", sod, "--anchors", anchors, "--dg", "1=/nowhere"]):
            done = run("verify", *arguments)
            self.assertEqual((done.returncode, done.stdout), (64, ""), arguments)
            self.assertNotEqual(done.stderr, "")
        for arguments in ([], ["import"], ["list"], ["import", "--store", "x"], ["list", "--store", "x", "y"],
                          ["remove", "--store", "x"], ["remove", "--store", "/tmp/nowhere", "--reason", "order", "abc"], ["what"],
                          ["remove", "--store", "/tmp/nowhere", 64 * "a"],
                          ["remove", "--store", "/tmp/nowhere", "--reason", "whim", 64 * "a"],
                          ["import", "--store", "x", "--confirm-signer", "abc", anchors]):
            self.assertEqual(run("trust", *arguments).returncode, 64, arguments)

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([TOOL, "verify", "--sod", LISTS / "sod-old", "--anchors", LISTS / "csca.der"],
                                  stdout=full, stderr=subprocess.PIPE, timeout=10)
        self.assertEqual(done.returncode, 74)


unittest.main(verbosity=2)
