#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(e) A second request for the same crossing is refused with time and serial, at this desk and at another."""
import re

from gs_journey import Desk, equal, finish, holds, open_sheet, printable, surname, wait_for

with Desk() as desk:
    desk.sign_in()
    made = open_sheet(desk, gate="gate-2")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    desk.screen.press("Return")
    finish(desk)
    desk.screen.wait_text("Stamped")
    desk.screen.press("Return")
    desk.wait(lambda: desk.outcomes(made), what="the claim's outcome")
    serial = desk.outcomes(made)[0]["serial"]

    desk.swipe(made)
    desk.screen.press("F10")
    words = desk.screen.wait_text(surname(made), "No stamp", "This crossing has its stamp: ")
    holds(re.search(re.escape(f"This crossing has its stamp: {serial}, Desk 3, ") + r"\d\d:\d\d:\d\d", words),
          "the refusal does not name serial, desk and time")
    holds(not printable(desk), "a print button for a stamped crossing")
    desk.screen.press("1", "Return")
    equal((len(desk.claims(made)), len(desk.paper())), (1, 1), "claims and pages")

    other = desk.hall.desk("desk-2")
    answer = other.post(f"/v1/crossings/{made['crossing']}/stamp-claims", {
        "stamp": "6f1d3a52-0000-4000-8000-000000000001", "serial": "UTO-D2-000001", "desk": "desk-2", "officer": "abe",
        "printer": "x"}, Idempotency_Key="6f1d3a52-0000-4000-8000-000000000001")
    equal((answer.status, answer.problem, answer.json["serial"]), (409, "already-stamped", serial), "the other desk's claim")
