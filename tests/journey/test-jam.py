#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(g) The printer jams in the middle, is cleared, and one stamp is on paper."""
from gs_journey import Desk, equal, finish, holds, open_sheet, printable, wait_for

with Desk() as desk:
    desk.sign_in()
    made = open_sheet(desk, gate="gate-2")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    desk.printer.set_fault("slow=8")  # 826 lines, 6.6 s
    desk.screen.press("Return")
    desk.screen.wait_text("Keep the page still. Nothing is sent twice")
    desk.printer.set_fault("jam=700")
    desk.screen.wait_text("The page is stuck in the printer.", seconds=20)
    desk.screen.press("Return", "Escape", "F10")
    desk.screen.wait_text("The page is stuck in the printer.")
    equal(desk.paper(), [], "pages while the printer is jammed")
    desk.printer.set_fault("clear")
    finish(desk)
    desk.screen.wait_text("Stamped")
    desk.wait(lambda: desk.outcomes(made), what="the claim's outcome")
    equal([page["printed"] for page in desk.paper()], ["fully"], "what is on paper")
    equal(len(desk.claims(made)), 1, "claims")
