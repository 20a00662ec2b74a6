#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's printer goes away while the sheet is open: the one that stands by prints the stamp, and the sheet says where."""
from gs_journey import Desk, equal, finish, open_sheet, printable, wait_for

with Desk(standby=True) as desk:
    desk.sign_in()
    made = open_sheet(desk, gate="gate-2")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    desk.printer.kill()
    desk.screen.press("Return")
    desk.screen.wait_text("It is printed at Right, with the same serial", seconds=20)
    finish(desk)
    desk.screen.wait_text("Stamped")
    desk.wait(lambda: desk.outcomes(made), what="the claim's outcome")
    equal(desk.paper(), [], "pages of the first printer")
    pages = [line for line in desk.standby.truth() if line["printed"] != "nothing"]
    equal([page["printed"] for page in pages], ["fully"], "pages of the printer that stands by")
    equal([claim["stamp"] for claim in desk.claims(made)], [page["job_name"] for page in pages], "claims and their pages")
