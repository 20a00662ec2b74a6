#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An officer without a stamp is told so, prints nothing, takes one before a supervisor on the page of stamps, prints, sees the
day's numbers agree with the printer's, and closes the day with them."""
import os

from gs_journey import Desk, ask, equal, finish, holds, open_sheet, printable, wait_for
from gateside_desk import SUPERVISOR

PICTURES = os.environ.get("GS_STAMPS_PICTURES")


def picture(desk, name):
    if PICTURES:
        desk.screen.picture(f"{PICTURES}/{name}.png")


with Desk(stamp=False) as desk:
    desk.sign_in()
    desk.screen.wait_text("You cannot print")
    made = open_sheet(desk, gate="gate-2", surname="HANDED")
    desk.screen.press("1")
    picture(desk, "sheet")
    desk.screen.wait_text("Identity verified at this desk")
    holds(not printable(desk), "a stamp can be printed by an officer who holds none")
    desk.screen.press("Escape")
    desk.screen.wait_no_text("Print stamp")

    desk.screen.press("ctrl+t")
    desk.screen.wait_text("You hold no stamp, so you cannot print any.")
    picture(desk, "nothing-held")
    desk.screen.wait_node(part="Take…", role="push button").act()
    desk.second_officer(SUPERVISOR)
    desk.screen.wait_text("You hold stamp ")
    picture(desk, "held")
    desk.screen.press("ctrl+t")

    desk.swipe(made)
    desk.screen.wait_text("HANDED,", "Admitted by the gate")
    desk.screen.press("F10")
    desk.screen.wait_text("Print stamp", "Conditions")
    wait_for(lambda: printable(desk), what=lambda: "the print button: " + desk.screen.words())
    desk.screen.press("Return")
    finish(desk)
    desk.screen.wait_text("Stamped")
    desk.screen.press("Return")

    desk.screen.press("ctrl+t")
    desk.screen.wait_text("Reconciliations", "Close the day")
    picture(desk, "day")
    desk.screen.wait_node(name="Close the day", role="push button").act()
    desk.screen.wait_text("1 issued · 0 void · 0 test", seconds=30)
    desk.screen.wait_text("Closed, nothing printed since")
    picture(desk, "closed")
    rows = ask(desk, "SELECT issued, difference FROM reconciliation")
    equal(rows, [(1, 0)], "the reconciliation in the store")
