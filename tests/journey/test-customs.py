#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(d) The traveller passes customs while the sheet is open: the window closes, and no key prints."""
from gs_journey import Desk, equal, open_sheet, printable, ready, wait_for

with Desk() as desk:
    desk.sign_in()
    made = open_sheet(desk, gate="gate-2")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    desk.hall.control("customs", crossing=made["crossing"])
    desk.screen.wait_text("closed", "customs")
    wait_for(lambda: not printable(desk), what="the end of the print button")
    desk.screen.press("Return", "Return", "KP_Enter")
    desk.screen.wait_node(part="slip", role="push button").act()
    wait_for(lambda: ready(desk, "Save as PDF…"), what="the slip")
    desk.screen.press("Escape")
    desk.screen.wait_no_text("Save as PDF…")
    equal((desk.claims(made), desk.paper()), ([], []), "claims and pages")
