#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-register: stamps from hand to hand, the day's reconciliation and its report, beside a desk's database."""
import csv
import datetime
import io
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM, ACCOUNTS = sys.argv[1:3]
PASSWORD = "utopia-seven"
KEY_FILE = """\
[desk]
id=desk-3
gates=gate-1
direction=arrival
database={folder}/desk.db
[hall]
url=https://localhost:9
ca={folder}/some.pem
certificate={folder}/some.pem
key={folder}/some.pem
[port]
name=UTOPIA CITY
office=Airport office
[printer]
uri=ipps://localhost:9/ipp/print
certificate={folder}/some.pem
stamp-code=U7
serial-prefix=UTO-D3
"""


def run(*arguments, people=0):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False,
                          input=f"{PASSWORD}\n" * people)


class Register(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory()
        database = str(pathlib.Path(cls.made.name) / "desk.db")
        for name, role in (("kato", "officer"), ("sato", "officer"), ("mori", "supervisor"), ("ito", "auditor")):
            subprocess.run([ACCOUNTS, "add", "--database", database, "--name", name, "--role", role], check=True,
                           input=PASSWORD + "\n", text=True)

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        shutil.copytree(self.made.name, self.path, dirs_exist_ok=True)
        self.database = str(self.path / "desk.db")

    def tearDown(self):
        self.folder.cleanup()

    def rows(self, sql, *values):
        database = sqlite3.connect(self.database)
        try:
            with database:
                return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def do(self, command, *arguments, people=1):
        done = run(command, "--database", self.database, *arguments, people=people)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def refused(self, command, *arguments, people=1):
        done = run(command, "--database", self.database, *arguments, people=people)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        return done.stderr

    def hand_out(self):
        self.do("enter", "--stamp", "U7", "--code", "K4TM", "--as", "mori")
        self.do("hand-out", "--desk", "desk-3", "--stamp", "U7", "--as", "kato", "--with", "mori", people=2)

    def test_from_hand_to_hand(self):
        self.hand_out()
        stamp, = json.loads(self.do("list", "--json", people=0))
        self.assertEqual((stamp["stamp"], stamp["state"], stamp["code"], stamp["holder"], stamp["desk"]),
                         ("U7", "active", "K4TM", "kato", "desk-3"))
        self.assertIn("Somebody holds", self.refused("hand-out", "--desk", "desk-3", "--stamp", "U7", "--as", "mori", "--with",
                                                     "sato", people=2))
        self.do("return", "--stamp", "U7", "--as", "kato", "--with", "sato", people=2)
        self.assertIn("\t-\t-", self.do("list", people=0))
        kinds = [row[0] for row in self.rows("SELECT kind FROM record WHERE kind LIKE 'register.%' ORDER BY sequence")]
        self.assertEqual(kinds, ["register.enter", "register.hand-out", "register.take-back"])

    def test_who_may_not(self):
        self.assertIn("may not", self.refused("enter", "--stamp", "U7", "--as", "kato"))
        self.do("enter", "--stamp", "U7", "--as", "mori")
        for pair in (("kato", "sato"), ("mori", "mori"), ("ito", "mori"), ("mori", "ito")):
            self.assertIn("may not", self.refused("hand-out", "--desk", "d", "--stamp", "U7", "--as", pair[0], "--with", pair[1],
                                                  people=2), pair)
        self.assertIn("may not", self.refused("lost", "--stamp", "U7", "--as", "ito"))
        done = subprocess.run([PROGRAM, "lost", "--database", self.database, "--stamp", "U7", "--as", "mori"], check=False,
                              capture_output=True, text=True, input="wrong password\n")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not signed in", done.stderr)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM stamp_holding"), [(0,)])

    def test_codes_and_loss(self):
        self.hand_out()
        new = self.do("rotate", "--stamp", "U7", "--as", "mori").strip()
        self.assertRegex(new, r"^[A-Z2-9]{4}$")
        self.assertIn("used before", self.refused("rotate", "--stamp", "U7", "--code", "K4TM", "--as", "mori"))
        self.do("lost", "--stamp", "U7", "--as", "kato")
        stamp, = json.loads(self.do("list", "--json", people=0))
        self.assertEqual((stamp["state"], stamp["holder"]), ("lost", None))
        self.assertIn("not active", self.refused("hand-out", "--desk", "desk-3", "--stamp", "U7", "--as", "kato", "--with", "mori",
                                                 people=2))
        self.assertIn("is or was", self.refused("enter", "--stamp", "U7", "--as", "mori"))

    # --- the day

    def reconcile(self, *arguments, people=0):
        if not (self.path / "desk.conf").exists():
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                            "-keyout", str(self.path / "key.pem"), "-out", str(self.path / "some.pem"), "-subj", "/CN=some"],
                           check=True, capture_output=True)
            (self.path / "desk.conf").write_text(KEY_FILE.format(folder=self.path))
        return run("reconcile", "--config", self.path / "desk.conf", "--time-zone", "Asia/Tokyo", *arguments, people=people)

    def print_stamps(self, n, confirmed=True, start=1):
        self.rows("INSERT INTO serial_counter (prefix, last_number) VALUES ('UTO-D3', ?) ON CONFLICT (prefix) DO UPDATE SET"
                  " last_number = excluded.last_number", start + n - 1)
        for number in range(start, start + n):
            self.rows("INSERT INTO stamp_claim VALUES (?, ?, NULL, 'desk-3', 'k', NULL, 3, 1, 0, 0, 0, NULL)", f"c{number}",
                      f"s{number}")
            self.rows("INSERT INTO impression (serial, stamp, crossing, desk, officer, taken_at, confirmed_at, void_at)"
                      " VALUES (?, ?, ?, 'desk-3', 'k', 1, ?, 0)", f"UTO-D3 {number:06}", f"s{number}", f"c{number}",
                      int(confirmed))

    def test_by_hand(self):
        self.print_stamps(4)
        shown = self.reconcile("--as", "kato", "--dry-run", "--json", "--counted", "4")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        shown = json.loads(shown.stdout)
        self.assertEqual((shown["issued"], shown["difference"], shown["result"]), (4, 0, "matched"))
        self.assertEqual(self.reconcile("--as", "kato", "--counted", "4", people=1).returncode, 1)  # two count by hand
        closed = self.reconcile("--as", "kato", "--with", "sato", "--counted", "4", people=2)
        self.assertEqual(closed.returncode, 0, closed.stderr)
        self.assertEqual(self.rows("SELECT issued, difference, result FROM reconciliation"), [(4, 0, "matched")])
        # A second time the day needs a supervisor's name.
        again = self.reconcile("--as", "kato", "--with", "sato", "--counted", "0", "--reason", "not-found", people=2)
        self.assertEqual(again.returncode, 1)
        self.assertIn("supervisor", again.stderr)
        again = self.reconcile("--as", "kato", "--with", "mori", "--counted", "0", "--reason", "not-found", people=2)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.rows("SELECT number, issued, reason FROM reconciliation ORDER BY number"),
                         [(1, 4, "none"), (2, 0, "not-found")])

    def test_differences(self):
        self.print_stamps(2)
        self.print_stamps(1, confirmed=False, start=3)
        self.print_stamps(1, start=6)  # 4 and 5 are gone
        shown = json.loads(self.reconcile("--as", "kato", "--dry-run", "--json", "--counted", "4").stdout)
        self.assertEqual([(one["kind"], one["subject"], one["last"]) for one in shown["differences"]],
                         [("open", "UTO-D3 000003", None), ("serial-gap", "UTO-D3 000004", "UTO-D3 000005")])
        self.assertEqual((shown["issued"], shown["difference"], shown["result"]), (3, 1, "signed"))
        unsigned = self.reconcile("--as", "kato", "--with", "sato", "--counted", "4", people=2)
        self.assertEqual(unsigned.returncode, 1)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM reconciliation"), [(0,)])
        signed = self.reconcile("--as", "kato", "--with", "mori", "--counted", "4", "--reason", "restored", people=2)
        self.assertEqual(signed.returncode, 0, signed.stderr)
        # What was open is counted when it is answered, once.
        self.rows("UPDATE impression SET confirmed_at = 9 WHERE serial = 'UTO-D3 000003'")
        later = json.loads(self.reconcile("--as", "kato", "--dry-run", "--json", "--counted", "0").stdout)
        self.assertEqual((later["issued"], later["difference"]), (1, -1))
        self.assertEqual([one["kind"] for one in later["differences"]], ["earlier"])

    def test_printing(self):
        self.rows("INSERT INTO stamp_journal VALUES ('s', 1, 'SENDING', 1, 'k', 'c', NULL, 0)")
        busy = self.reconcile("--as", "kato", "--with", "sato", "--counted", "0", people=2)
        self.assertEqual(busy.returncode, 1)
        self.assertIn("being printed", busy.stderr)

    def test_unreachable(self):
        shown = json.loads(self.reconcile("--as", "kato", "--dry-run", "--json").stdout)
        self.assertEqual((shown["counted"], shown["result"]), (False, "signed"))
        self.assertEqual(shown["differences"][0]["kind"], "no-counter")

    def test_report(self):
        self.hand_out()
        self.print_stamps(4)
        self.reconcile("--as", "kato", "--with", "sato", "--counted", "4", people=2)
        today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date().isoformat()
        days = ("--desk", "desk-3", "--from", "2026-11-01", "--to", today, "--time-zone", "Asia/Tokyo")
        table = list(csv.DictReader(io.StringIO(self.do("report", *days, "--csv", "-", people=0))))
        self.assertEqual({row["row"] for row in table}, {"reconciliation", "count", "holding"})
        day, = (row for row in table if row["row"] == "reconciliation")
        self.assertEqual((day["day"], day["issued"], day["difference"], day["result"]), (today, "4", "0", "matched"))
        holding, = (row for row in table if row["row"] == "holding")
        self.assertEqual((holding["subject"], holding["kind"]), ("U7", "held"))
        self.do("report", *days, "--pdf", self.path / "report.pdf", people=0)
        text = subprocess.run(["pdftotext", "-layout", self.path / "report.pdf", "-"], capture_output=True, text=True,
                              check=True).stdout
        for word in ("Stamp register", "desk-3", today, "matched", "U7"):
            self.assertIn(word, text)
        for secret in ("kato", "mori", "sato"):
            self.assertNotIn(secret, text)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM record WHERE kind = 'export'"), [(2,)])

    def test_wrong_usage(self):
        base = ("--database", self.database)
        for arguments in ((), ("sell", *base), ("list",), ("enter", *base, "--stamp", "u7", "--as", "mori"),
                          ("enter", *base, "--stamp", "U7"), ("hand-out", *base, "--stamp", "U7", "--as", "kato"),
                          ("hand-out", *base, "--stamp", "U7", "--as", "kato", "--with", "mori"),
                          ("lost", *base, "--stamp", "U7", "--as", "kato", "--with", "mori"),
                          ("lost", *base, "--stamp", "U7", "--code", "X", "--as", "kato"), ("report", *base, "--desk", "d"),
                          ("report", *base, "--desk", "d", "--csv", "-", "--from", "2026-13-01"), ("reconcile", *base),
                          ("list", *base, "--colour"), ("list", "enter", *base)):
            self.assertEqual(run(*arguments).returncode, 64, arguments)
        self.assertEqual(run("list", "--database", "/nowhere.db").returncode, 1)
        self.assertEqual(run("--help").returncode, 0)
        self.assertEqual(run("--version").returncode, 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
