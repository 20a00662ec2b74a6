#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills stations and printers at every step and any byte, and counts what is on paper.

    kill-proof.py CHILD [--runs 1000] [--places 4] [--seed N] [--only KIND ...] [--json]

Each run is a traveller who asks for a stamp. While it is issued something dies, by one of the kinds below; afterwards the
station starts again, the officer answers truthfully what is on the page, and asks again until the traveller has a stamp.
Then the printer's own log of its paper is compared with the journal and with the hall's claims: never two whole stamps,
never a claim that differs from the paper, no journal without an end. The table says for each kind how many runs ended in
the question about the page (INSPECT) and how many stamps were voided. A run's number and the seed repeat it.
Exit 0 when all of it holds, 1 when not. Real hall, real printers (the project's simulator and ippeveprinter), real store.
"""
import argparse
import collections
import importlib.util
import json
import pathlib
import random
import signal
import sys
import threading
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from gs_byte_proxy import ByteProxy  # noqa: E402

_spec = importlib.util.spec_from_file_location("stamp_once", HERE.parent / "integration" / "test-stamp-once.py")
stamp_once = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(stamp_once)

STEPS = stamp_once.STEPS
PAGE_LINES = 826
FIRST_DOCUMENT_BYTES = 6000
BUSY_S, RESTART_S = 90, 20
PATIENCE_S = 150  # of one life of a station: several of them share the machine


class Place(stamp_once.StampOnce):
    """A hall, a printer on a wire that breaks, and a desk; one traveller after another."""

    def __init__(self, eve):
        super().__init__("run_all")
        self.eve = eve
        self.document_bytes = FIRST_DOCUMENT_BYTES
        self.waits = self.restarts = 0

    def run_all(self):
        pass

    def leave_traces(self):
        pass

    def new_desk(self, name):
        self.wire = ByteProxy(self.printer.port)
        self.enter(self.wire)
        self.printer.uri = self.printer.uri.replace(f":{self.printer.port}/", f":{self.wire.port}/")
        desk = super().new_desk(name)
        desk.paper += ["--patience", str(PATIENCE_S)]
        return desk

    def fault(self, fault):
        if self.eve:
            jam = self.printer.documents / "jam"
            if fault.startswith("jam"):
                jam.touch()
            elif jam.exists():
                jam.unlink()
        else:
            self.printer.set_fault(fault)

    # --- the kinds; each gives what happened, after the station has ended

    def station_after_step(self, made, pick):
        step = pick.choice(STEPS)
        run = self.desk.begin(made, "--kill", step)
        run.end()
        return f"station killed after {step}", run

    def station_soon_after_step(self, made, pick):
        step = pick.choice(STEPS)
        self.slow(pick)
        run = self.desk.begin(made, "--kill", f"{step}+{pick.choice([1, 2, 5, 10, 20, 50, 150, 400])}")
        run.end()
        return f"station killed within 400 ms after {step}", run

    def station_at_any_time(self, made, pick):
        self.slow(pick)
        run = self.desk.begin(made)
        run.wait_line("print")
        time.sleep(pick.choice([pick.uniform(0, 0.15), pick.uniform(0, 1.3)]))
        run.process.kill()
        run.end()
        return "station killed at any time after the key", run

    def arm(self, run, pick, action):
        """At any byte of what goes to the printer once the journal says SENDING."""
        run.wait_line("step CREATED")
        self.wire.arm(pick.randrange(0, self.document_bytes), action)

    def measure_document(self):
        self.wire.disarm()
        if self.wire.largest > 2000:
            self.document_bytes = int(self.wire.largest * 1.05)

    def station_at_byte(self, made, pick):
        run = self.desk.begin(made)
        self.arm(run, pick, run.process.kill)
        run.end()
        self.measure_document()
        return "station killed at any byte of the document", run

    def wire_at_byte(self, made, pick):
        run = self.desk.begin(made)
        self.arm(run, pick, lambda: None)
        run.end()
        self.measure_document()
        return "link to the printer cut at any byte", run

    def both_at_byte(self, made, pick):
        def die():
            run.process.kill()
            self.printer.process.send_signal(signal.SIGTERM)

        run = self.desk.begin(made)
        self.arm(run, pick, die)
        run.end()
        self.measure_document()
        self.restart_printer()
        return "station and printer ended at any byte", run

    def printer_power_cut(self, made, pick):
        self.printer.set_fault(f"power-cut={pick.randrange(1, PAGE_LINES)}")
        run = self.desk.begin(made)
        run.wait_line("step SENDING")
        if pick.random() < 0.3:
            time.sleep(pick.uniform(0, 0.4))
            run.process.kill()
        stamp_once.wait_for(lambda: self.printer.process.poll() is not None or run.process.poll() is not None, 30)
        self.restart_printer(wait=pick.uniform(0, 1))
        run.end()
        return "printer lost its power at any line", run

    def printer_restarted(self, made, pick):
        self.slow(pick)
        run = self.desk.begin(made)
        run.wait_line("print")
        time.sleep(pick.uniform(0, 0.9))
        self.printer.process.send_signal(signal.SIGTERM)
        self.restart_printer(wait=pick.uniform(0, 1))
        run.end()
        return "printer restarted at any time after the key", run

    def jam(self, made, pick):
        self.fault(f"jam={pick.randrange(1, PAGE_LINES)}")
        run = self.desk.begin(made)
        run.wait_line("step SENDING")
        time.sleep(pick.uniform(0.1, 1.5))
        killed = pick.random() < 0.5
        if killed:
            run.process.kill()
            run.end()
            run = self.desk.begin()
            run.wait_line("live")
            time.sleep(pick.uniform(0, 1))
        self.fault("clear")
        run.end()
        return "jam at any line, cleared" + (" after the station was killed" if killed else ""), run

    def offline(self, made, pick):
        run = self.desk.begin(made)
        run.wait_line("step " + pick.choice(["REQUESTED", "CLAIMED", "INTENT", "CREATED", "SENDING"]))
        self.printer.set_fault("offline")
        time.sleep(pick.uniform(0.2, 1.5))
        if pick.random() < 0.5:
            run.process.kill()
        self.printer.set_fault("clear")
        run.end()
        return "printer offline for a time", run

    def head_failure(self, made, pick):
        self.printer.set_fault(f"head-failure={pick.randrange(1, PAGE_LINES)}")
        run = self.desk.begin(made)
        run.wait_line("step ACCEPTED")
        self.printer.set_fault("clear")
        run.end()
        return "print head failed, printer says completed", run

    def frozen(self, made, pick):
        run = self.desk.begin(made)
        run.wait_line("step " + pick.choice(["CLAIMED", "CREATED", "SENDING", "ACCEPTED"]))
        self.printer.process.send_signal(signal.SIGSTOP)
        time.sleep(pick.uniform(0.2, 2))
        if pick.random() < 0.5:
            run.process.kill()
        self.printer.process.send_signal(signal.SIGCONT)
        run.end()
        return "printer stood still for a time", run

    def recovery_too(self, made, pick):
        self.slow(pick)
        run = self.desk.begin(made, "--kill", pick.choice(["INTENT", "CREATED", "SENDING", "SENDING+50", "ACCEPTED"]))
        run.end()
        for _ in range(pick.randrange(1, 4)):
            again = self.desk.begin()
            again.wait_line("live")
            time.sleep(pick.uniform(0, 0.6))
            again.process.kill()
            again.end()
        return "station killed, then its recovery, up to three times", run

    # --- around them

    def slow(self, pick):
        if not self.eve:
            self.printer.set_fault(pick.choice(["slow=1", "clear", "clear"]))

    def restart_printer(self, wait=0.0):
        if self.printer.process.poll() is None:
            try:
                self.printer.process.wait(5)
            except Exception:  # pylint: disable=broad-except
                pass  # still alive: it is ended by kill () below
        self.printer.kill()
        time.sleep(wait)
        self.printer.start()

    def finish(self, made, note, tries=3):
        """As an officer who comes back to a printer that is still busy with what it got of a broken job."""
        began = time.monotonic()
        while True:
            try:
                super().finish(made, note, 1)
                return
            except AssertionError as error:
                if not str(error).startswith("no stamp after") or time.monotonic() - began > BUSY_S:
                    raise
            self.waits += 1
            # ippeveprinter may keep half a document as its only job for ever, and cannot be made to cancel it.
            if self.eve and not self.restarts and time.monotonic() - began > RESTART_S:
                self.restarts += 1
                self.restart_printer()
            time.sleep(1)

    KINDS = ["station_after_step", "station_soon_after_step", "station_at_any_time", "station_at_byte", "wire_at_byte",
             "recovery_too", "jam", "printer_restarted", "both_at_byte", "printer_power_cut", "offline", "head_failure", "frozen"]
    WEIGHTS = [14, 14, 10, 20, 8, 6, 6, 6, 4, 6, 3, 2, 4]
    # What ippeveprinter cannot do, or cannot do with a truth that outlives it.
    NOT_EVE = {"both_at_byte", "printer_power_cut", "offline", "head_failure", "printer_restarted", "frozen"}

    def play(self, number, pick, only):
        """One traveller. A dict that says what happened; raises when something does not hold."""
        names = [one for one in (only or self.KINDS) if not (self.eve and one in self.NOT_EVE)]
        name = pick.choices(names, [self.WEIGHTS[self.KINDS.index(one)] for one in names])[0]
        made = self.hall.control("crossing")
        self.fault("clear")
        self.waits = self.restarts = 0
        kind, run = getattr(self, name)(made, pick)
        killed = run.process.returncode == -signal.SIGKILL
        self.fault("clear")
        self.finish(made, f"run {number}: {kind} {run.said()[-3:]}")
        rows = self.desk.rows("SELECT step, count(*) FROM stamp_journal WHERE crossing = ? GROUP BY step", made["crossing"])
        steps = dict(rows)
        return {"run": number, "printer": "ippeveprinter" if self.eve else "simulator", "kind": kind, "name": name,
                "killed": killed, "inspect": steps.get("INSPECT", 0), "void": steps.get("VOID", 0),
                "paper": self.paper(made["crossing"]), "bytes": self.document_bytes, "waits": self.waits, "restarts": self.restarts}

    def paper(self, crossing):
        """What each of the traveller's serials left on the simulator's paper: "nothing", "partly" or "fully"."""
        if self.eve:
            return []
        return [page["printed"] for stamp in self.desk.stamps(crossing) for page in self.printer.truth(stamp)]


def work(place, numbers, arguments, results, lock):
    while True:
        with lock:
            number = next(numbers, None)
        if number is None:
            return
        pick = random.Random(f"{arguments.seed}/{number}")
        try:
            result = place.play(number, pick, arguments.only)
        except Exception as error:  # pylint: disable=broad-except
            result = {"run": number, "printer": "ippeveprinter" if place.eve else "simulator", "kind": "failed",
                      "error": "".join(traceback.format_exception_only(type(error), error)).strip()[:1500]}
            if place.printer.process is None or place.printer.process.poll() is not None:
                place.printer.kill()
                place.printer.start()
        with lock:
            results.append(result)
            if arguments.json:
                print(json.dumps(result), flush=True)
            elif "error" in result or len(results) % 50 == 0:
                print(f"{len(results)} runs", result.get("error", ""), file=sys.stderr, flush=True)


def summarise(results, seed, seconds):
    groups = collections.defaultdict(list)
    for one in results:
        groups[one["printer"], one["kind"]].append(one)
    print(f"{'printer':14}{'what died':62}{'runs':>6}{'killed':>8}{'INSPECT':>9}{'VOID':>6}{'asked again':>13}{'restarted':>11}")
    for (printer, kind), runs in sorted(groups.items()):
        print(f"{printer:14}{kind:62}{len(runs):6}{sum(one.get('killed', 0) for one in runs):8}"
              f"{sum(one.get('inspect', 0) > 0 for one in runs):9}{sum(one.get('void', 0) > 0 for one in runs):6}"
              f"{sum(one.get('waits', 0) > 0 for one in runs):13}{sum(one.get('restarts', 0) for one in runs):11}")
    wrong = [one for one in results if "error" in one]
    print(f"{len(results)} runs, seed {seed}, {seconds:.0f} s: {sum(one.get('killed', 0) for one in results)} stations killed, "
          f"{sum(one.get('inspect', 0) > 0 for one in results)} ended in INSPECT, {len(wrong)} wrong")
    for one in wrong[:10]:
        print(f"run {one['run']} ({one['printer']}): {one['error']}")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("child")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first run, to repeat one")
    parser.add_argument("--places", type=int, default=5)
    parser.add_argument("--eve", type=int, default=1, help="how many of the places have ippeveprinter")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1000000)
    parser.add_argument("--only", nargs="+", choices=Place.KINDS)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    stamp_once.CHILD, stamp_once.LINE_S = arguments.child, PATIENCE_S + 30
    places = [Place(number < arguments.eve and stamp_once.EvePrinter.is_installed()) for number in range(arguments.places)]
    began = time.monotonic()
    results, lock = [], threading.Lock()
    numbers = iter(range(arguments.first, arguments.first + arguments.runs))
    try:
        for place in places:
            place.setUp()
        workers = [threading.Thread(target=work, args=(place, numbers, arguments, results, lock)) for place in places]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        for place in places:
            place.check_serials()
    finally:
        for place in places:
            place.doCleanups()
    return summarise(results, arguments.seed, time.monotonic() - began) if not arguments.json else \
        int(any("error" in one for one in results))


if __name__ == "__main__":
    sys.exit(main())
