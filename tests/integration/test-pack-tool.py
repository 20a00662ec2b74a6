#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-pack against OpenSSL's own program: what one signs the other verifies, and both refuse the same.

usage: test-pack-tool.py GATESIDE-PACK
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TOOL = sys.argv.pop(1)
SOURCE = pathlib.Path(os.environ["GATESIDE_SOURCE_ROOT"])


def run(*arguments):
    return subprocess.run([TOOL, *map(str, arguments)], capture_output=True, text=True, check=False)


def openssl_verifies(pack, authority):
    return subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", pack / "manifest.p7s", "-content",
         pack / "manifest.txt", "-CAfile", authority, "-purpose", "any", "-out", "/dev/null"],
        capture_output=True, check=False).returncode == 0


class PackTool(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.holder.name)
        cls.keys = cls.folder / "keys"
        subprocess.run(["/usr/bin/python3", SOURCE / "tools/sign-specimen-pack.py", "--tool", TOOL, "--out",
                        cls.folder / "specimen.tar", "--authority", cls.folder / "authority.pem", "--keep", cls.keys,
                        *sorted((SOURCE / "data/specimen-pack").iterdir())], check=True)
        cls.authority = cls.folder / "authority.pem"

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def setUp(self):
        self.pack = self.folder / "pack"
        shutil.rmtree(self.pack, ignore_errors=True)
        shutil.copytree(SOURCE / "data/specimen-pack", self.pack)

    def sign(self, *more):
        done = run("sign", self.pack, "--key", self.keys / "signer.key", "--certificate", self.keys / "signer.pem",
                   "--valid-from", "2026-11-01", *more)
        self.assertEqual(done.returncode, 0, done.stderr)

    def verify(self, day="2026-11-23", pack=None):
        done = run("verify", pack or self.pack, "--authorities", self.authority, "--on", day, "--json")
        answer = json.loads(done.stdout)
        self.assertEqual(answer["verified"], done.returncode == 0)
        return answer

    def test_openssl_verifies_what_we_sign(self):
        self.sign()
        self.assertTrue(self.verify()["verified"])
        self.assertTrue(openssl_verifies(self.pack, self.authority))
        manifest = self.pack / "manifest.txt"
        manifest.write_text(manifest.read_text().replace("2026-11-01", "2026-11-02"))
        self.assertEqual(self.verify()["reason"], "bad-signature")
        self.assertFalse(openssl_verifies(self.pack, self.authority))

    def test_we_verify_what_openssl_signs(self):
        self.sign()
        (self.pack / "manifest.p7s").unlink()
        subprocess.run(["openssl", "cms", "-sign", "-binary", "-in", self.pack / "manifest.txt", "-signer",
                        self.keys / "signer.pem", "-inkey", self.keys / "signer.key", "-outform", "DER", "-out",
                        self.pack / "manifest.p7s", "-md", "sha256"], check=True, capture_output=True)
        answer = self.verify()
        self.assertTrue(answer["verified"], answer)
        self.assertEqual(answer["pack"]["signer"]["name"], "SPECIMEN pack signer of Utopia")

    def test_days(self):
        self.sign("--valid-until", "2026-11-30")
        self.assertEqual(self.verify("2026-10-31")["reason"], "not-yet-valid")
        self.assertTrue(self.verify("2026-11-01")["verified"])
        self.assertTrue(self.verify("2026-11-30")["verified"])
        self.assertEqual(self.verify("2026-12-01")["reason"], "ended")
        self.assertEqual(self.verify("2051-01-01")["reason"], "signer-expired")
        self.assertEqual(self.verify("2019-01-01")["reason"], "signer-not-yet-valid")

    def test_one_file(self):
        self.assertEqual(run("make", self.pack, "--out", self.folder / "a.tar").returncode, 1)
        self.sign()
        for name in ("a.tar", "b.tar"):
            self.assertEqual(run("make", self.pack, "--out", self.folder / name).returncode, 0)
        self.assertEqual((self.folder / "a.tar").read_bytes(), (self.folder / "b.tar").read_bytes())
        self.assertTrue(self.verify(pack=self.folder / "a.tar")["verified"])
        names = subprocess.run(["tar", "-tf", self.folder / "a.tar"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(sorted(names.split()), sorted(path.name for path in self.pack.iterdir()))

    def test_refused(self):
        self.assertEqual(self.verify()["reason"], "unsigned")
        self.sign()
        (self.pack / "more.svg").write_text("<svg/>")
        self.assertEqual(self.verify()["reason"], "extra-file")
        (self.pack / "more.svg").unlink()
        (self.pack / "void.svg").rename(self.folder / "kept.svg")
        self.assertEqual(self.verify()["reason"], "missing-file")
        (self.pack / "void.svg").symlink_to(self.folder / "kept.svg")
        self.assertEqual(self.verify()["reason"], "link")

    def test_preview(self):
        done = run("preview", self.pack, "--out", self.folder / "pictures", "--on", "2026-12-24")
        self.assertEqual(done.returncode, 0, done.stderr)
        names = [path.name for path in (self.folder / "pictures").iterdir()]
        self.assertTrue(any("exit-sea" in name for name in names), names)
        self.assertTrue(any("void" in name for name in names) and any("cancelled" in name for name in names), names)
        for path in (self.folder / "pictures").iterdir():
            self.assertTrue(path.read_bytes().startswith(b"\x89PNG"))

    def test_not_readable(self):
        done = run("verify", self.folder / "nowhere", "--authorities", self.authority)
        self.assertEqual(done.returncode, 2)
        done = run("verify", self.pack, "--authorities", self.folder / "nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no-authorities", done.stdout)

    def test_usage(self):
        for arguments in (
                [], ["verify"], ["verify", self.pack], ["dance", self.pack], ["make", self.pack], ["preview", self.pack],
                ["verify", self.pack, self.pack, "--authorities", "a"], ["verify", self.pack, "--authorities", "a", "--out", "b"],
                ["verify", self.pack, "--authorities", "a", "--on", "soon"], ["make", self.pack, "--out", "a", "--json"],
                ["sign", self.pack], ["sign", self.pack, "--key", "a", "--certificate", "b"],
                ["sign", self.pack, "--key", "a", "--certificate", "b", "--valid-from", "2026-02-30"],
                ["sign", self.pack, "--key", "a", "--certificate", "b", "--valid-from", "2026-02-02", "--valid-until", "2026-02-01"],
                ["preview", self.pack, "--out", "a", "--key", "b"], ["--no-such-option"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 64, arguments)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
