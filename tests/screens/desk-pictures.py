#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the real program in the states that matter, for eyes.

    tests/screens/desk-pictures.py BUILD FOLDER [--only STATE ...] [--size 1280x800] [--dark] [--japanese] [--scale 2]

A whole hall runs behind it (tests/support/gateside_desk.py); each state is reached as an officer reaches it. A state that
cannot be reached fails the run, so the pictures are a test that it can.
"""
import argparse
import os
import pathlib
import sys
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from gateside_desk import Desk  # noqa: E402

ATTACK = {"reasons": ["B05"]}


class Tour:
    def __init__(self, arguments):
        self.folder = pathlib.Path(arguments.folder)
        self.only = arguments.only
        self.suffix = arguments.size + ("-dark" if arguments.dark else "") + ("-ja" if arguments.japanese else "")
        self.suffix += f"-{arguments.scale}x" if arguments.scale != "1" else ""
        self.failed = []

    def wants(self, *names):
        return not self.only or any(name in self.only for name in names)

    def shot(self, name):
        self.desk.screen.focus()  # brings a sheet to the middle, as a window manager would
        time.sleep(0.5)
        if self.wants(name):
            self.desk.screen.picture(self.folder / f"{name}-{self.suffix}.png")

    def part(self, do):
        if not self.wants(*do.shots):
            return
        try:
            do(self)
        except Exception:
            traceback.print_exc()
            self.failed.append(do.__name__)
            self.desk.screen.picture(self.folder / f"failed-{do.__name__}-{self.suffix}.png")

    def referred(self, **wish):
        made = self.desk.hall.control("crossing", **wish)
        time.sleep(0.6)
        return made

    def home(self):
        """Away from whatever is open."""
        for _ in range(2):
            self.desk.screen.press("Escape")


def shots(*names):
    def mark(function):
        function.shots = names
        return function
    return mark


@shots("sign-in")
def sign_in_page(tour):
    tour.shot("sign-in")


@shots("quiet")
def quiet(tour):
    tour.shot("quiet")


@shots("face", "judge", "busy", "judged")
def face_case(tour):
    tour.referred(reasons=["B01"], gate="gate-3")
    tour.desk.screen.press("ctrl+n")
    time.sleep(1.5)
    tour.shot("face")
    for gate, codes in (("gate-1", ["X01"]), ("gate-2", ["D06"]), ("gate-5", ["B03"]), ("gate-6", ["E02"])):
        tour.referred(reasons=codes, gate=gate)
    tour.desk.hall.control("gate-fault", gate="gate-4", count=3)
    time.sleep(1)
    tour.shot("busy")
    tour.desk.screen.press("F5")
    tour.shot("judge")
    tour.desk.screen.press("1")
    time.sleep(0.5)
    tour.shot("judged")
    tour.desk.screen.press("F7")
    time.sleep(1)


@shots("second-line", "more", "typed", "keys")
def dialogs(tour):
    tour.referred(reasons=["D06"], gate="gate-3")
    tour.desk.screen.press("ctrl+n")
    time.sleep(1.5)
    for key, name in (("F8", "second-line"), ("F9", "more"), ("ctrl+m", "typed"), ("F1", "keys")):
        tour.desk.screen.press(key)
        tour.shot(name)
        tour.desk.screen.press("Escape")


def everything(node):
    """What assistive technology can reach below, hidden or not."""
    return "\n".join([node.text] + [everything(child) for child in node.children])


@shots("shielded", "read", "blank")
def priority_one(tour):
    tour.referred(**ATTACK, gate="gate-7")
    tour.desk.screen.press("ctrl+n")
    time.sleep(2)
    tour.shot("shielded")
    if "-ja" not in tour.suffix:
        heard = everything(tour.desk.screen.application)
        for word in ("Presentation attack", "No attack found"):
            assert word not in heard, f"shielded, yet assistive technology reads “{word}”"
    tour.desk.screen.xdotool("keydown", "space")
    tour.shot("read")
    tour.desk.screen.xdotool("keyup", "space")
    tour.desk.screen.press("F12")
    tour.shot("blank")
    tour.desk.screen.press("F12")


@shots("sheet", "printing", "question", "places", "second-officer", "end")
def stamp(tour):
    made = tour.referred(gate="gate-8")
    time.sleep(1)
    tour.desk.swipe(made)
    time.sleep(1.5)
    tour.desk.screen.press("F10")
    time.sleep(1)
    tour.shot("sheet-unjudged")
    tour.desk.screen.press("1")
    tour.shot("sheet")
    tour.desk.printer.set_fault("slow=20")
    tour.desk.screen.press("Return")
    time.sleep(1)
    tour.shot("printing")
    tour.desk.printer.set_fault("clear")
    tour.desk.screen.wait_text("What is on the page?" if "ja" not in tour.suffix else "1", seconds=40)
    time.sleep(1)
    tour.shot("question")
    tour.desk.screen.press("4")
    tour.shot("places")
    tour.desk.screen.press("2")
    time.sleep(1)
    tour.shot("second-officer")
    tour.desk.second_officer()
    time.sleep(6)
    tour.shot("end")
    tour.home()


@shots("refused", "slip")
def refused(tour):
    made = tour.referred(gate="gate-7")
    time.sleep(1)
    tour.desk.swipe(made)
    time.sleep(1.5)
    tour.desk.screen.press("F10")
    time.sleep(1)
    tour.desk.screen.press("1")
    tour.desk.hall.control("customs", crossing=made["crossing"])
    time.sleep(1)
    tour.desk.screen.press("Return")
    time.sleep(1)
    tour.shot("refused")
    slip = tour.desk.screen.find(role="push button", part="slip")
    if slip:
        slip.act()
        time.sleep(1.5)
        tour.shot("slip")
        tour.desk.screen.press("Escape")
    tour.home()


@shots("dead-link")
def dead_link(tour):
    tour.referred(**ATTACK, gate="gate-2")
    tour.desk.screen.press("ctrl+n")
    time.sleep(1.5)
    tour.desk.hall.stop()
    time.sleep(14)
    tour.shot("dead-link")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("folder")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--japanese", action="store_true")
    parser.add_argument("--portraits")
    arguments = parser.parse_args()
    tour = Tour(arguments)
    width, height = map(int, arguments.size.split("x"))
    environment = {}
    if arguments.dark:
        environment["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
    if arguments.japanese:
        environment.update(LC_ALL="C.UTF-8", LANGUAGE="ja")
    options = ["--quiet", *(["--portraits", arguments.portraits] if arguments.portraits else [])]
    with Desk(*options, build=arguments.build, size=(width, height), display=False) as desk:
        from gs_test_screen import Screen
        desk.screen = Screen(width, height, environment)
        desk.screen.__enter__()
        desk.opened.append(desk.screen)
        if arguments.scale != "1":
            settings = desk.folder / "home/.config/gtk-4.0/settings.ini"
            settings.parent.mkdir(parents=True)
            settings.write_text(f"[Settings]\ngtk-xft-dpi={int(96 * 1024 * float(arguments.scale))}\n")
        desk.start(**environment)
        tour.desk = desk
        time.sleep(2)
        tour.part(sign_in_page)
        if arguments.japanese:
            desk.screen.type("kato")
            desk.screen.press("Tab")
            desk.screen.type("utopia-7")
            desk.screen.press("Return")
            time.sleep(6)
        else:
            desk.sign_in()
        time.sleep(2)
        for do in (quiet, face_case, dialogs, priority_one, stamp, refused, dead_link):
            tour.part(do)
        words = desk.log.read_text(errors="replace")
        for line in words.splitlines():
            if "CRITICAL" in line or "WARNING" in line:
                print(line)
    if tour.failed:
        sys.exit("not reached: " + ", ".join(tour.failed))


if __name__ == "__main__":
    main()
