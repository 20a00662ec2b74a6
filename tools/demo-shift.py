#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shift at the desk of a simulated hall.

usage: demo-shift.py --build DIR --pictures DIR [--portraits DIR]    plays a scripted shift on a screen of its own
       demo-shift.py --build DIR --interactive [--portraits DIR]     opens the desk on your screen

The scripted shift is an officer's: keys, the scanner's line, and what assistive technology reads of the screen. It
ends with 0 only when every step happened and every picture is in DIR. Run by tests/support/pcsc-stack the desk has a passport
reader, and the travellers' passports have chips.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SOURCE / "tests" / "support"))
os.environ.setdefault("GATESIDE_SOURCE_ROOT", str(SOURCE))
from gateside_desk import OFFICER, PASSWORD, SUPERVISOR, Desk, surname  # noqa: E402

PICTURES = ["sign-in", "desk-quiet", "desk-busy", "card", "judgement", "revealed", "priority-1", "stamp-sheet", "stamp-printing",
            "stamp-question", "stamp-done", "printed-stamp", "window-closed", "slip", "dead-link", "dark", "dark-stamp-sheet",
            "japanese", "japanese-stamp-sheet"]
CHIP_PICTURES = ["chip-reading", "chip-genuine", "chip-undetermined", "chip-cloned"]
ENGINE_PICTURES = ["second-officer", "two-agree"]
HAS_READER = "GS_PCSCD_PID" in os.environ
SMALLEST_PICTURE = 4000  # bytes; an empty screen is smaller
GATES = 8
POPULATION = ["--seed", "24", "--per-minute", "40", "--stamp-askers", "0", "--referrals", "0"]
LIVELY = ["--seed", "24", "--per-minute", "20", "--stamp-askers", "8"]
PASSENGERS = [dict(person=22, given_names="ANNA MARIA", surname="ERIKSSON"), dict(person=8), dict(person=12), dict(person=16),
              dict(person=20)]


def prefix_of(build):
    """Where this build is installed; the translations are looked for there."""
    options = json.loads((build / "meson-info" / "intro-buildoptions.json").read_text())
    return pathlib.Path(next(option["value"] for option in options if option["name"] == "prefix"))


def install(build):
    """Installs below the build's prefix when that is a place of ours, so that the desk speaks Japanese."""
    prefix = prefix_of(build)
    nearest = next(place for place in [prefix, *prefix.parents] if place.exists())
    if os.access(nearest, os.W_OK):
        subprocess.run(["meson", "install", "-C", str(build), "--no-rebuild", "--quiet"], check=True,
                       stdout=subprocess.DEVNULL)


class Shift:
    """The steps, in the order of the shift. Each waits until what it did is really there."""

    def __init__(self, desk, pictures):
        self.desk, self.screen, self.hall, self.pictures = desk, desk.screen, desk.hall, pictures
        self.begun = time.monotonic()

    def picture(self, name):
        self.screen.focus()
        self.screen.picture(self.pictures / (name + ".png"))
        print(f"    {name}.png", flush=True)

    def step(self, sentence):
        print(f"  {time.monotonic() - self.begun:5.1f} s  {sentence}", flush=True)

    def refer(self, gate, *reasons, **wish):
        return self.hall.control("crossing", gate=gate, reasons=list(reasons), **wish)

    def play(self):
        self.morning()
        self.referral()
        self.priority_one()
        if self.desk.chip:
            self.chips()
        self.stamp()
        self.too_late()
        self.dead_link()
        self.again("dark", ADW_DEBUG_COLOR_SCHEME="prefer-dark")
        self.again("japanese", "待ち", LANGUAGE="ja")

    def morning(self):
        self.step("The officer signs in")
        self.screen.wait_node(role="password text", seconds=30)
        self.picture("sign-in")
        self.desk.sign_in()
        self.desk.wait(lambda: len(self.desk.truth("event")) > 60, 60, "events of the population")
        self.picture("desk-quiet")

    def referral(self):
        self.step("Travellers are referred: faces, documents, a family, a gate that broke")
        self.face = self.refer("gate-3", "B01", **PASSENGERS[0])
        party = "5d0f4a1e-7a53-4c39-8d27-1d2f0a9c0001"
        expired = self.refer("gate-1", "D06", **PASSENGERS[1])
        self.unsigned = self.refer("gate-6", "C04", **PASSENGERS[2])
        self.refer("gate-2", "E03", party=party, **PASSENGERS[3])
        self.refer("gate-5", "E02", party=party, **PASSENGERS[4])
        self.hall.control("gate-fault", gate="gate-7", count=2)
        self.screen.wait_text(surname(self.face) + ",", surname(expired) + ",", surname(self.unsigned) + ",")
        self.picture("desk-busy")

        self.step("The face case is taken by laying its passport on the reader")
        self.desk.swipe(self.face)
        self.screen.wait_text("Face: compare", "Why here")
        self.pictures_of_faces(self.face)
        self.picture("card")
        self.step("It is judged blind: chip to desk, gate to desk; then the engines' answers are shown")
        self.judge_twice("judgement")
        self.screen.wait_text("B01", "What the scores mean", seconds=40)
        self.picture("revealed")
        if self.desk.has_engine():
            self.step("Gate and desk differ: a second officer judges alone, then the traveller is admitted")
            self.screen.wait_text("Policy: ")
            self.screen.press("F3")
            self.desk.second_officer()
            self.screen.wait_text("judges alone now.")
            self.judge_twice("second-officer")
            self.screen.wait_text("Both officers say: same person.", seconds=40)
            self.picture("two-agree")
        self.screen.press("F7")
        self.desk.wait(lambda: self.desk.decisions(self.face), 15, "the decision in the hall's log")

    def judge_twice(self, picture):
        """Answers both pairs when the desk has a picture of who stands there."""
        if "Is it the same person" not in self.screen.words():
            self.screen.press("F5")
        self.screen.wait_text("Is it the same person", "1, 2, 3 answer the marked row")
        if self.desk.has_engine():
            self.screen.wait_text("best frame kept", seconds=60)
        else:
            self.desk.wait(lambda: self.can("Take this picture"), 60, "a picture to take")
            self.screen.press("c")
            self.screen.wait_text("The picture is taken.")
        self.picture(picture)
        self.screen.press("1")
        self.screen.press("1")

    def pictures_of_faces(self, crossing):
        """Chip and gate picture come from the hall when a card opens; then the desk draws them."""
        def fetched():
            traffic = pathlib.Path(self.hall.traffic).read_text(encoding="utf-8")
            return all(f"{crossing['crossing']}/evidence/{name}" in traffic for name in ("chip-face", "gate-face"))
        self.desk.wait(fetched, 10, "the pictures")
        self.screen.words()

    def priority_one(self):
        self.step("Priority 1: shielded until the officer looks")
        one = self.refer("gate-4", "B05", person=7)
        self.screen.wait_text("B05")
        self.screen.press("ctrl+n")
        self.screen.wait_text("Priority 1 · B05")
        self.pictures_of_faces(one)
        self.picture("priority-1")
        self.screen.press("F8")
        self.screen.wait_text("Send to the second line")
        self.screen.press("Return")
        self.desk.wait(lambda: self.desk.decisions(one), 15, "the decision in the hall's log")

    def chips(self):
        self.step("Passports on the reader: a slow one, one without a key of its own, a copy")
        slow = self.hall.control("crossing", gate="gate-2", person=3, passport="genuine")
        self.lay(slow, "delay=50")
        self.screen.wait_text(surname(slow) + ",")
        self.desk.wait(lambda: int(self.desk.chip.tell("status")["commands"]) > 20, 15, "a chip that is being read")
        self.picture("chip-reading")
        self.desk.wait_read(slow)
        self.screen.wait_text("Genuine")
        self.picture("chip-genuine")
        bare = self.hall.control("crossing", gate="gate-5", person=9, passport="no-proof")
        self.lay(bare)
        self.screen.wait_text(surname(bare) + ",")
        self.desk.wait_read(bare)
        self.screen.wait_text("Unaltered, copy not excluded")
        self.picture("chip-undetermined")
        copied = self.refer("gate-6", "C07", person=5, passport="cloned-ca")
        self.lay(copied)
        self.screen.wait_text(surname(copied) + ",", "Why here")
        self.desk.wait_read(copied)
        self.screen.wait_text("A copy")
        self.picture("chip-cloned")
        self.screen.press("F8")
        self.screen.wait_text("Send to the second line")
        self.screen.press("Return")
        self.desk.wait(lambda: self.desk.decisions(copied), 15, "the decision in the hall's log")

    def lay(self, crossing, faults=None):
        """The traveller swipes and lays the passport on the reader; faults begin before the daemon has seen it."""
        self.desk.swipe(crossing)
        if faults:
            self.desk.wait(lambda: self.desk.chip.tell("status")["laid"] == "yes", 5, "the passport")
            self.desk.chip.fault(faults)

    def stamp(self):
        self.step("An admitted traveller asks for a stamp")
        self.stamped = self.hall.control("crossing", gate="gate-2", person=14)
        self.desk.swipe(self.stamped)
        self.screen.wait_text(surname(self.stamped) + ",", "Admitted by the gate")
        self.screen.press("F10")
        self.screen.wait_text("Print stamp", "Conditions", "UTO-D3 ")
        self.judge_twice("stamp-sheet")
        self.desk.wait(lambda: self.can("Print stamp"), what="the print button")
        self.desk.printer.set_fault("slow=4")
        self.screen.press("Return")
        self.screen.wait_text("Printing")
        self.picture("stamp-printing")
        self.screen.wait_text("What is on the page?", seconds=30)
        self.picture("stamp-question")
        self.screen.press("1")
        self.screen.wait_text("Stamped")
        self.picture("stamp-done")
        self.desk.wait(lambda: self.desk.outcomes(self.stamped), 10, "the claim's outcome in the hall's log")
        if [page["printed"] for page in self.desk.paper()] != ["fully"]:
            raise RuntimeError(f"one whole stamp should be on paper: {self.desk.paper()}")
        shutil.copyfile(self.desk.printer.pages()[0], self.pictures / "printed-stamp.png")
        self.desk.printer.set_fault("clear")
        self.screen.press("Return")

    def can(self, name):
        button = self.screen.find(name=name, role="push button")
        return button and button.has("sensitive")

    def too_late(self):
        self.step("Another one passes customs while the sheet is open: the slip")
        late = self.hall.control("crossing", gate="gate-8", person=18)
        self.desk.swipe(late)
        self.screen.wait_text(surname(late) + ",")
        self.screen.press("F10")
        self.screen.wait_text("Print stamp")
        self.hall.control("customs", crossing=late["crossing"])
        button = self.screen.wait_node(part="slip", role="push button")
        self.picture("window-closed")
        button.act()
        self.desk.wait(lambda: self.can("Save as PDF…"), what="the slip")
        self.picture("slip")
        self.screen.press("Escape")
        self.screen.wait_no_text("Save as PDF…")
        self.screen.press("Escape")
        self.screen.wait_no_text("As it will look on the page")

    def dead_link(self):
        self.step("The hall dies and returns")
        self.screen.press("ctrl+n")
        self.screen.wait_text("Why here", "C04")
        self.pictures_of_faces(self.unsigned)
        self.hall.stop(signal.SIGKILL)
        self.screen.wait_text("Try now", "as of", seconds=20)
        self.picture("dead-link")
        self.hall.start()
        self.screen.wait_no_text("Try now", seconds=60)

    def again(self, name, word="Waiting", **environment):
        """The desk once more in another dress, with a card and a stamp sheet."""
        self.step(f"The same desk, {name}")
        self.desk.stop()
        self.desk.start(**environment)
        self.screen.wait_node(role="password text", seconds=30)
        self.screen.type(OFFICER)
        self.screen.press("Tab")
        self.screen.type(PASSWORD)
        self.screen.press("Return")
        person = 2 if name == "dark" else 21
        case = self.refer("gate-3", "B01", person=person)
        self.screen.wait_text(surname(case) + ",", word)
        self.desk.swipe(case)
        self.desk.wait(lambda: self.screen.words().count(surname(case) + ",") > 1, what="the card")
        self.pictures_of_faces(case)
        self.picture(name)
        stamped = self.hall.control("crossing", gate="gate-2", person=person + 1)
        self.desk.swipe(stamped)
        self.screen.wait_text(surname(stamped) + ",")
        before = len(self.screen.windows())
        self.screen.press("F10")
        self.desk.wait(lambda: len(self.screen.windows()) > before and self.screen.shows("UTO-D3 "), what="the stamp sheet")
        self.picture(name + "-stamp-sheet")
        self.screen.press("Escape")


def missing(pictures, has_engine):
    """Names of the pictures that are not there, not PNG or empty."""
    bad = []
    for name in PICTURES + (CHIP_PICTURES if HAS_READER else []) + (ENGINE_PICTURES if has_engine else []):
        path = pictures / (name + ".png")
        if not path.exists() or path.stat().st_size < SMALLEST_PICTURE or path.read_bytes()[:8] != b"\x89PNG\r\n\x1a\n":
            bad.append(path.name)
    return bad


def headless(build, pictures, portraits):
    pictures.mkdir(parents=True, exist_ok=True)
    for name in PICTURES + CHIP_PICTURES + ENGINE_PICTURES:
        (pictures / (name + ".png")).unlink(missing_ok=True)
    install(build)
    with Desk(*POPULATION, "--portraits", str(portraits), build=build, gates=GATES, chip=HAS_READER, camera=True) as desk:
        try:
            Shift(desk, pictures).play()
        except (AssertionError, OSError, RuntimeError, TimeoutError, subprocess.SubprocessError) as error:
            desk.leave_traces(pictures / "failed")
            print(f"demo: a step of the shift did not happen: {error}", file=sys.stderr)
            return 1
    bad = missing(pictures, desk.has_engine())
    if bad:
        print("demo: these pictures are missing or empty: " + ", ".join(bad), file=sys.stderr)
    return 1 if bad else 0


def interactive(build, portraits):
    install(build)
    with Desk(*LIVELY, "--portraits", str(portraits), build=build, gates=GATES, display=False, chip=HAS_READER,
              camera=True, standby=True) as desk:
        pages = desk.printer.spool if HAS_READER else f"http://localhost:{desk.printer.port}/pages"
        # Its ports are the stack's alone then.
        control = "" if HAS_READER else ("\n  The hall's control port: "
                                         f"http://127.0.0.1:{desk.hall.control_port}/control/crossings")
        print(f"\n  Sign in as {OFFICER}, password {PASSWORD}. The second officer is {SUPERVISOR}, with the same password."
              f"\n  What the printer put on paper: {pages}{control}\n", flush=True)
        station = subprocess.Popen(desk.command(), env={**os.environ, "GSETTINGS_SCHEMA_DIR": str(build / "data")})
        try:
            return station.wait()
        except KeyboardInterrupt:
            return 130
        finally:
            if station.poll() is None:
                station.terminate()
                station.wait(10)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--pictures", type=pathlib.Path)
    parser.add_argument("--interactive", action="store_true")
    parser.add_argument("--portraits", type=pathlib.Path, default=pathlib.Path(
        os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache", "gateside", "portraits"))
    options = parser.parse_args()
    if bool(options.pictures) == options.interactive:
        parser.error("one of --pictures and --interactive is needed")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    build = options.build.resolve()
    if options.interactive:
        return interactive(build, options.portraits)
    return headless(build, options.pictures.resolve(), options.portraits)


if __name__ == "__main__":
    sys.exit(main())
