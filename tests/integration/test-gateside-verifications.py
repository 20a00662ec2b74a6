#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-verifications: trials without names out of a desk's database, noted in its record."""
import csv
import io
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM, ACCOUNTS = sys.argv[1:3]
DAY = 1_795_000_000_000  # 2026-11-18


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=30, check=False)


class Verifications(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.database = str(pathlib.Path(self.folder.name) / "desk.db")
        subprocess.run([ACCOUNTS, "add", "--database", self.database, "--name", "kato", "--role", "officer"], check=True,
                       input="correct horse battery\n", text=True)
        with sqlite3.connect(self.database) as db:
            for number, (judgement, verdict, score, quality) in enumerate(
                    [(1, "match", "0.71", '{"probe":{"sharpness":80}}'), (1, "no-match", "0.3", "{}"),
                     (3, "match", "0.6", None)]):
                db.execute("INSERT INTO face_verification VALUES (?, 'crossing-of-it', 'chip-desk', 'officer-kato', ?, 5, NULL,"
                           " 0, 0, 'chip', 'mobilefacenet', 'd8', ?, 'none', ?, '0.56', '0.42', 'none', 52000, ?, 'match',"
                           " 'none', 0, 0, 4, 3, ?, 'admit', 'agreed')",
                           (f"v{number}", judgement, verdict, score, quality, DAY + number * 86_400_000))
        db.close()

    def tearDown(self):
        self.folder.cleanup()

    def export(self, *arguments):
        done = run("export", "--database", self.database, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_json(self):
        text = self.export("--json")
        whole = json.loads(text)
        estimate, = whole["estimates"]
        self.assertEqual((estimate["false_non_match"]["errors"], estimate["false_non_match"]["trials"]), (1, 2))
        self.assertEqual((estimate["false_match"]["errors"], estimate["false_match"]["trials"]), (1, 1))
        self.assertEqual([trial["trial"] for trial in whole["trials"]], ["genuine", "genuine", "impostor"])
        self.assertEqual(whole["trials"][0]["score"], 0.71)
        self.assertEqual(whole["trials"][0]["quality"], {"probe": {"sharpness": 80}})
        for secret in ("kato", "crossing-of-it", '"v0"'):
            self.assertNotIn(secret, text)

    def test_csv_and_span(self):
        rows = list(csv.DictReader(io.StringIO(self.export("--csv", "--from", "2026-11-19T00:00:00Z", "--to",
                                                            "2026-11-20T00:00:00Z"))))
        self.assertEqual(len(rows), 1)
        self.assertEqual((rows[0]["day"], rows[0]["verdict"], rows[0]["score"]), ("2026-11-19", "no-match", "0.3"))

    def test_in_the_record(self):
        self.export("--csv")
        with sqlite3.connect(self.database) as db:
            rows = db.execute("SELECT subject, detail FROM record WHERE kind = 'export'").fetchall()
        db.close()
        self.assertEqual(rows, [("face-verifications", "format=csv")])

    def test_wrong_usage(self):
        for arguments in ([], ["import"], ["export"], ["export", "--database", self.database],
                          ["export", "--database", self.database, "--json", "--csv"],
                          ["export", "--database", self.database, "--json", "--from", "yesterday"], ["--colour"]):
            self.assertEqual(run(*arguments).returncode, 64, arguments)
        self.assertEqual(run("export", "--database", "/nowhere.db", "--json").returncode, 1)
        self.assertEqual(run("--help").returncode, 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
