#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Never twice: a crossing gets at most one whole stamp, whatever dies and whenever.

Real hall, real printer with its own log of what got on paper, real store. The officer is stamp-child: it is killed after
each journal step, some ms later, and at any time; started again it recovers, and says truthfully what is on the page.
Usage: test-stamp-once.py CHILD [unittest options]; GATESIDE_TEST_SEED repeats a run, GATESIDE_TEST_KILLS lengthens it.
"""
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SOURCE = pathlib.Path(os.environ.get("GATESIDE_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("GATESIDE_BUILD_ROOT", "."))
sys.path.insert(0, str(SOURCE / "tests" / "support"))
from gs_test_hall import Hall, end_with_parent, wait_for  # noqa: E402
from gs_test_printers import EvePrinter, SimulatedPrinter  # noqa: E402

STEPS = ["REQUESTED", "CLAIMED", "INTENT", "CREATED", "SENDING", "ACCEPTED", "PRINTED", "CONFIRMED", "REPORTED"]
KILLS = int(os.environ.get("GATESIDE_TEST_KILLS", "15"))
LINE_S = 60

KEY_FILE = """\
[desk]
id={desk}
name={desk}
gates=gate-1;gate-2;gate-3
direction=arrival
database={folder}/{desk}.db
stamp-pack={build}/data/specimen-pack.tar
[stamp-packs]
authorities={build}/data/specimen-pack-authority.pem
[hall]
url=https://localhost:{hall.port}
ca={hall.pki}/ca.pem
certificate={hall.pki}/{desk}.pem
key={hall.pki}/{desk}.key
[port]
name=UTOPIA CITY
crossing-point=T1
office=Airport office, level 2
[printer]
uri={printer.uri}
certificate={printer.pins}
stamp-code=U7
serial-prefix=UTO-D{number}
"""


class Run:
    """One life of an officer. Lines are read as they come."""

    def __init__(self, desk, arguments):
        self.lines = []
        self.condition = threading.Condition()
        with open(desk.log, "ab") as log:
            self.process = subprocess.Popen([CHILD, "--config", desk.config, *desk.paper, *arguments], stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=log, preexec_fn=end_with_parent)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.condition:
                self.lines.append(line.decode().strip())
                self.condition.notify_all()
        with self.condition:
            self.lines.append(None)
            self.condition.notify_all()

    def wait_line(self, text):
        """Until a line begins with text; FALSE when it ended before."""
        with self.condition:
            self.condition.wait_for(lambda: any(line is None or line.startswith(text) for line in self.lines), LINE_S)
            return any(line is not None and line.startswith(text) for line in self.lines)

    def go(self):
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()

    def end(self):
        """Its exit status (negative: the signal)."""
        status = self.process.wait(LINE_S)
        self.reader.join()
        self.process.stdin.close()
        self.process.stdout.close()
        return status

    def said(self):
        return [line for line in self.lines if line]


class Desk:
    def __init__(self, folder, name, hall, printer):
        self.config, self.log = folder / f"{name}.conf", folder / f"{name}.log"
        self.database = folder / f"{name}.db"
        self.paper = (["--paper", printer.documents] if isinstance(printer, EvePrinter)
                      else ["--truth", printer.ground_truth])
        self.config.write_text(KEY_FILE.format(desk=name, folder=folder, build=BUILD.resolve(), hall=hall, printer=printer,
                                               number=name[-1]))

    def begin(self, made=None, *arguments):
        mrz = ["--mrz", "\n".join(made["mrz"]) + "\n"] if made else []
        return Run(self, [*mrz, *arguments])

    def rows(self, sql, *values):
        database = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def stamps(self, crossing):
        """{stamp: (serial, confirmed, void)}"""
        return {row[0]: row[1:] for row in self.rows(
            "SELECT stamp, serial, confirmed_at <> 0, void_at <> 0 FROM impression WHERE crossing = ?", crossing)}


class StampOnce(unittest.TestCase):
    eve = False

    def setUp(self):
        self.seed = int(os.environ.get("GATESIDE_TEST_SEED", time.time_ns() % 1000000))
        self.random = random.Random(self.seed)
        folder = tempfile.TemporaryDirectory(dir=os.environ.get("G_TEST_BUILDDIR"), prefix="stamp-once-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "hall").mkdir()
        self.hall = Hall("--quiet", folder=str(self.folder / "hall"))
        self.enter(self.hall)
        self.printer = (EvePrinter(self.folder / "printer") if self.eve
                        else SimulatedPrinter(BUILD, self.folder / "printer"))
        self.enter(self.printer)
        self.desks = {}
        self.desk = self.new_desk("desk-3")
        self.addCleanup(self.leave_traces)

    def enter(self, manager):
        manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)

    def new_desk(self, name):
        self.desks[name] = Desk(self.folder, name, self.hall, self.printer)
        return self.desks[name]

    def leave_traces(self):
        result = self._outcome.result
        failed = any(test is self for test, _ in result.failures + result.errors)
        if failed:
            print("seed", self.seed, file=sys.stderr)
            for desk in self.desks.values():
                print("---", desk.log.read_text(errors="replace")[-3000:], file=sys.stderr)

    # --- what is true afterwards

    def hall_claims(self, crossing):
        return [claim for claim in self.hall.look("state")["claims"] if claim["crossing"] == crossing]

    def whole(self, crossing, desks=None):
        """Serials whose impression for the crossing is wholly on paper."""
        found = []
        for desk in desks or self.desks.values():
            for stamp, (serial, _, _) in desk.stamps(crossing).items():
                if self.eve:
                    found += [serial] * (self.printer.documents / f"{stamp}.pwg").exists()
                else:
                    found += [serial for page in self.printer.truth(stamp) if page["printed"] == "fully"]
        return found

    def check(self, crossing, note=""):
        note = f"{note} (seed {self.seed})"
        whole = self.whole(crossing)
        self.assertLessEqual(len(whole), 1, f"two whole stamps {note}")
        claims = self.hall_claims(crossing)
        issued = [claim["serial"] for claim in claims if claim["outcome"] == "issued"]
        self.assertEqual(issued, whole, f"the hall and the paper differ {note}")
        for claim in claims:
            self.assertIsNotNone(claim["outcome"], f"a claim without an outcome {note}: {claim}")
            self.assertNotEqual(claim["outcome"], "in-doubt", note)
        for desk in self.desks.values():
            if not desk.database.exists():
                continue
            confirmed = [serial for serial, good, void in desk.stamps(crossing).values() if good and not void]
            self.assertLessEqual(set(confirmed), set(whole), f"the desk confirmed what is not there {note}")
            self.assertEqual(desk.rows("SELECT stamp, step FROM stamp_journal a WHERE crossing = ? AND NOT EXISTS"
                                       " (SELECT 1 FROM stamp_journal b WHERE b.stamp = a.stamp AND b.final = 1)", crossing),
                             [], f"a journal without an end {note}")

    def check_serials(self):
        serials = [row[0] for desk in self.desks.values() if desk.database.exists()
                   for row in desk.rows("SELECT serial FROM impression")]
        self.assertEqual(len(serials), len(set(serials)))

    def finish(self, made, note, tries=3):
        """Starts again until nothing is left, and asks for the stamp once more as the traveller would."""
        for _ in range(tries):
            run = self.desk.begin(made)
            status = run.end()
            self.assertEqual(status, 0, f"{note} (seed {self.seed}): {run.said()}")
            self.check(made["crossing"], f"{note}: {run.said()}")
            if self.whole(made["crossing"]):
                return
        self.fail(f"no stamp after {note} (seed {self.seed}): {run.said()}")


class Simulated(StampOnce):
    def test_good_way(self):
        made = self.hall.control("crossing")
        run = self.desk.begin(made, "--double")
        self.assertEqual(run.end(), 0, run.said())
        self.assertIn("second press nothing", run.said())
        self.assertEqual(len(self.whole(made["crossing"])), 1, run.said())
        self.check(made["crossing"])

    def kill_once(self, number):
        made = self.hall.control("crossing")
        step = STEPS[number % len(STEPS)]
        ms = 0 if number < 2 * len(STEPS) else self.random.choice([0, 1, 2, 5, 10, 20, 50, 150, 400])
        self.printer.set_fault("slow=1" if number % 2 else "clear")
        note = f"killed after {step}+{ms}"
        run = self.desk.begin(made, "--kill", f"{step}+{ms}" if ms else step)
        run.end()
        note += f" {run.said()[-3:]}"
        killed = run.process.returncode == -signal.SIGKILL
        if number % 5 == 4:  # the recovery dies as well
            again = self.desk.begin()
            again.wait_line("live")
            time.sleep(self.random.uniform(0, 0.5))
            again.process.kill()
            again.end()
            note += ", and the recovery too"
        self.finish(made, note)
        return killed

    def test_killed_after_each_step(self):
        killed = 0
        for number in range(max(KILLS * 3 // 5, len(STEPS))):
            killed += self.kill_once(number)
        self.check_serials()
        self.assertGreater(killed, KILLS // 3)

    def test_killed_at_any_time(self):
        killed = 0
        for number in range(max(KILLS * 2 // 5, 1)):
            made = self.hall.control("crossing")
            self.printer.set_fault(self.random.choice(["slow=1", "clear"]))
            run = self.desk.begin(made)
            run.wait_line("print")
            wait = self.random.choice([self.random.uniform(0, 0.15), self.random.uniform(0, 1.3)])
            time.sleep(wait)
            run.process.kill()
            run.end()
            killed += run.process.returncode == -signal.SIGKILL
            self.finish(made, f"killed {wait:.3f} s after the key, {run.said()[-2:]}")
        self.check_serials()
        self.assertGreater(killed, 0)

    def test_two_desks_at_once(self):
        other = self.new_desk("desk-4")
        for _ in range(3):
            made = self.hall.control("crossing")
            runs = [desk.begin(made, "--wait-go") for desk in (self.desk, other)]
            for run in runs:
                self.assertTrue(run.wait_line("ready"), run.said())
            for run in runs:
                run.go()
            for run in runs:
                self.assertEqual(run.end(), 0, run.said())
            self.assertEqual(len(self.whole(made["crossing"])), 1, [run.said() for run in runs])
            self.assertEqual(sum(any(line.startswith("refused") for line in run.said()) for run in runs), 1,
                             [run.said() for run in runs])
            self.check(made["crossing"])
        self.check_serials()

    def test_customs_before_the_ink(self):
        for step in ("CLAIMED", "INTENT", "CREATED"):
            with self.subTest(step):
                made = self.hall.control("crossing")
                run = self.desk.begin(made, "--hold", step)
                self.assertTrue(run.wait_line("step " + step), run.said())
                self.hall.control("customs", crossing=made["crossing"])
                self.assertEqual(run.end(), 0, run.said())
                self.assertIn("window closed", run.said())
                stamps = self.desk.stamps(made["crossing"])
                self.assertEqual([page for stamp in stamps for page in self.printer.truth(stamp)], [], run.said())
                self.assertEqual([claim["outcome"] for claim in self.hall_claims(made["crossing"])], ["released"], run.said())
                self.check(made["crossing"])

    def test_jam_and_clear(self):
        made = self.hall.control("crossing")
        self.printer.set_fault("slow=2")
        run = self.desk.begin(made)
        self.assertTrue(run.wait_line("step SENDING"), run.said())
        self.printer.set_fault("jam=400")
        time.sleep(1.5)
        self.printer.set_fault("clear")
        self.assertEqual(run.end(), 0, run.said())
        self.assertEqual(len(self.whole(made["crossing"])), 1, run.said())
        self.check(made["crossing"])

    def test_killed_in_a_jam(self):
        made = self.hall.control("crossing")
        self.printer.set_fault("slow=2")
        run = self.desk.begin(made, "--kill", "SENDING+1200")
        self.assertTrue(run.wait_line("step SENDING"), run.said())
        self.printer.set_fault("jam=400")
        self.assertEqual(run.end(), -signal.SIGKILL, run.said())
        again = self.desk.begin()
        self.assertTrue(again.wait_line("live"), again.said())
        time.sleep(1)
        self.printer.set_fault("clear")
        self.assertEqual(again.end(), 0, again.said())
        self.finish(made, "killed in a jam")

    def test_printer_loses_power(self):
        made = self.hall.control("crossing")
        self.printer.set_fault("power-cut=400")
        run = self.desk.begin(made)
        wait_for(lambda: self.printer.process.poll() is not None, 30)
        self.printer.start()
        self.assertEqual(run.end(), 0, run.said())
        self.assertIn("page incomplete", run.said())
        self.finish(made, f"power cut {run.said()}")


@unittest.skipUnless(EvePrinter.is_installed(), "ippeveprinter is not installed")
class Eve(StampOnce):
    eve = True

    def test_good_way(self):
        made = self.hall.control("crossing")
        run = self.desk.begin(made)
        self.assertEqual(run.end(), 0, run.said())
        self.assertEqual(len(self.whole(made["crossing"])), 1, run.said())
        self.check(made["crossing"])

    def test_killed(self):
        for step in ("CREATED", "SENDING+30"):
            made = self.hall.control("crossing")
            run = self.desk.begin(made, "--kill", step)
            self.assertEqual(run.end(), -signal.SIGKILL, run.said())
            self.finish(made, f"killed after {step}")


if __name__ == "__main__":
    CHILD = sys.argv.pop(1)
    unittest.main(verbosity=2)
