#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk is locked over an open sheet and over a running print: nothing prints unattended, the question comes back."""
from gs_journey import Desk, equal, finish, open_sheet, printable, wait_for

with Desk() as desk:
    desk.sign_in()
    made = open_sheet(desk, gate="gate-2")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")

    desk.screen.press("ctrl+l")
    wait_for(lambda: not desk.screen.shows("Conditions"), what="the sheet to be gone")
    desk.screen.press("Return")
    equal(desk.paper(), [], "pages while nobody is signed in")
    equal(desk.claims(made), [], "claims while nobody is signed in")

    desk.sign_in()
    desk.swipe(made)
    desk.screen.wait_text("Admitted by the gate")
    desk.screen.press("F10")
    desk.screen.wait_text("Print stamp", "Conditions")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    desk.printer.set_fault("slow=8")
    desk.screen.press("Return")
    desk.screen.wait_text("Keep the page still.")
    desk.printer.set_fault("jam=700")
    desk.screen.wait_text("The page is stuck in the printer.", seconds=20)
    desk.screen.press("ctrl+l")
    wait_for(lambda: not desk.screen.shows("The page is stuck in the printer."), what="the sheet to be gone")
    desk.printer.set_fault("clear")
    desk.sign_in()
    finish(desk)
    desk.screen.wait_text("Stamped")
    equal([page["printed"] for page in desk.paper()], ["fully"], "what is on paper")
