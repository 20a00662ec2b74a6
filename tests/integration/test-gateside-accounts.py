#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-accounts as an administrator and the demo call it."""

import os
import stat
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop()


class Accounts(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(dir=os.environ.get("G_TEST_BUILDDIR"))
        self.addCleanup(self.folder.cleanup)
        self.database = os.path.join(self.folder.name, "desk.db")

    def run_it(self, *arguments, given=""):
        return subprocess.run([PROGRAM, *arguments], input=given, capture_output=True, text=True, timeout=30, check=False)

    def add(self, name, role="officer", password="correct horse\n", *more):
        return self.run_it("add", "--database", self.database, "--name", name, "--role", role, *more, given=password)

    def list(self):
        answer = self.run_it("list", "--database", self.database)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return answer.stdout

    def test_add_and_list(self):
        self.assertEqual(self.add("kato", "officer", "correct horse\n", "--label", "Kato (demo)").returncode, 0)
        self.assertEqual(self.add("sato", "supervisor", "correct horse").returncode, 0)
        self.assertEqual(self.list(), "kato\tofficer\tenabled\tKato (demo)\nsato\tsupervisor\tenabled\t\n")
        self.assertEqual(stat.S_IMODE(os.stat(self.database).st_mode), 0o600)
        with open(self.database, "rb") as file:
            self.assertNotIn(b"correct horse", file.read())

    def test_one_name_one_account(self):
        self.assertEqual(self.add("kato").returncode, 0)
        second = self.add("kato", "administrator")
        self.assertEqual(second.returncode, 1)
        self.assertIn("already", second.stderr)
        self.assertEqual(self.list(), "kato\tofficer\tenabled\t\n")

    def test_disable_and_enable(self):
        self.add("kato")
        self.assertEqual(self.run_it("disable", "--database", self.database, "--name", "kato").returncode, 0)
        self.assertIn("disabled", self.list())
        self.assertEqual(self.run_it("enable", "--database", self.database, "--name", "kato").returncode, 0)
        self.assertIn("enabled", self.list())
        self.assertEqual(self.run_it("disable", "--database", self.database, "--name", "nobody").returncode, 1)

    def test_passwords(self):
        for password in ["", "\n", "short\n", "x" * 257 + "\n", "x" * 5000 + "\n"]:
            with self.subTest(length=len(password)):
                self.assertEqual(self.add("kato", password=password).returncode, 1)
        self.assertEqual(self.list(), "")

    def test_wrong_usage(self):
        for arguments in [
            [],
            ["bogus", "--database", self.database],
            ["list"],
            ["list", "--database", self.database, "more"],
            ["list", "--database", self.database, "--role", "officer"],
            ["add", "--database", self.database, "--name", "kato"],
            ["add", "--database", self.database, "--name", "kato", "--role", "king"],
            ["add", "--database", self.database, "--name", "Kato San", "--role", "officer"],
            ["add", "--database", self.database, "--role", "officer"],
            ["--bogus"],
        ]:
            with self.subTest(arguments=arguments):
                answer = self.run_it(*arguments, given="correct horse\n")
                self.assertEqual(answer.returncode, 64)
                self.assertNotEqual(answer.stderr, "")
        self.assertFalse(os.path.exists(self.database))

    def test_no_database_is_made_by_reading(self):
        self.assertEqual(self.run_it("list", "--database", self.database).returncode, 1)
        self.assertFalse(os.path.exists(self.database))

    def test_help_and_version(self):
        self.assertIn("Usage:", self.run_it("--help").stdout)
        self.assertRegex(self.run_it("--version").stdout, r"^gateside-accounts \d")


if __name__ == "__main__":
    unittest.main(verbosity=0)
