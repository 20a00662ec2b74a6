#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A decision goes to the traveller about whom its dialog asks, whatever document is read while it is open."""
from gs_journey import Desk, equal, surname, take_next

with Desk() as desk:
    desk.sign_in()
    other = desk.hall.control("crossing", gate="gate-6", surname="NAKAMURA", given_names="RIN")
    case = desk.hall.control("crossing", reasons=["D06"], gate="gate-3")
    take_next(desk, case)
    desk.screen.press("F8")
    desk.screen.wait_text("Send to the second line")
    desk.swipe(other)
    desk.screen.wait_text("NAKAMURA", "Finish here first")
    desk.screen.press("Return")
    desk.screen.wait_text("Decided: second line")
    desk.wait(lambda: desk.decisions(case), 15, "the decision")
    equal((len(desk.decisions(case)), desk.decisions(other)), (1, []), f"decisions of {surname(case)} and of NAKAMURA")
