#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(i) While a judgement or a stamp sheet is open, another document switches nothing, and the desk says whose it is."""
from gs_journey import Desk, equal, holds, open_sheet, printable, second_line, surname, take_next, wait_for

with Desk() as desk:
    desk.sign_in()
    other = desk.hall.control("crossing", gate="gate-6", surname="NAKAMURA", given_names="RIN")
    case = desk.hall.control("crossing", reasons=["B01"], gate="gate-3")
    take_next(desk, case)
    desk.screen.press("F5")
    desk.screen.wait_text("Is it the same person?")
    desk.swipe(other)
    desk.screen.wait_text("NAKAMURA", "Is it the same person?")
    holds(desk.screen.find(part=surname(case) + ","), "the judged traveller's card is gone")
    desk.screen.press("Escape")
    second_line(desk)
    desk.wait(lambda: desk.decisions(case), 15, "the decision")

    made = open_sheet(desk, gate="gate-2")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    desk.screen.wedge(*other["mrz"])
    desk.screen.wait_text("NAKAMURA", surname(made))
    equal((desk.claims(made), desk.claims(other), desk.paper()), ([], [], []), "claims and pages after another's document")
