#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(i) While a judgement or a stamp sheet is open, another document switches nothing, and the desk says whose it is: by the
serial reader and by the one that types, during either."""
from gs_journey import Desk, equal, holds, open_sheet, printable, second_line, surname, take_next, wait_for

READERS = {"serial": lambda desk, made: desk.swipe(made), "wedge": lambda desk, made: desk.screen.wedge(*made["mrz"])}
OTHERS = {"serial": ("NAKAMURA", "OGAWA"), "wedge": ("SHIMIZU", "HASEGAWA")}


def judging(desk, reader, other):
    case = desk.hall.control("crossing", reasons=["B01"], gate="gate-3", surname="UTOPIA " + reader.upper())
    take_next(desk, case)
    desk.screen.press("F5")
    desk.screen.wait_text("Is it the same person?")
    READERS[reader](desk, other)
    desk.screen.wait_text(surname(other), "Is it the same person?")
    holds(desk.screen.find(part=surname(case) + ","), f"the judged traveller's card is gone ({reader})")
    holds("B01" not in desk.screen.words(), f"a key of the {reader} reader judged")
    equal(desk.decisions(case), [], f"decisions while {reader} reads")
    desk.screen.press("Escape")
    second_line(desk)
    desk.wait(lambda: desk.decisions(case), 15, "the decision")
    equal((len(desk.decisions(case)), desk.decisions(other)), (1, []), f"decisions after {reader}")


def stamping(desk, reader, other):
    made = open_sheet(desk, gate="gate-2", surname="STAMP " + reader.upper())
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    READERS[reader](desk, other)
    desk.screen.wait_text(surname(other), surname(made), "Print stamp")
    holds(printable(desk), f"the sheet lost its print button ({reader})")
    equal((desk.claims(made), desk.claims(other), desk.paper()), ([], [], []), f"claims and pages after {reader}")
    desk.screen.press("Escape")
    wait_for(lambda: not desk.screen.find(part="Conditions"), what="the end of the sheet")


with Desk() as desk:
    desk.sign_in()
    for reader, (first, second) in OTHERS.items():
        judging(desk, reader, desk.hall.control("crossing", gate="gate-6", surname=first, given_names="RIN"))
        stamping(desk, reader, desk.hall.control("crossing", gate="gate-6", surname=second, given_names="RIN"))
