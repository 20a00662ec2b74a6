#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A passport on the reader opens its card, is read and found genuine; from there to the stamp nothing is typed."""
from gs_journey import Desk, equal, finish, holds, printable, surname, wait_for

with Desk(chip=True) as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", gate="gate-2", passport="genuine")
    desk.swipe(made)
    desk.screen.wait_text(surname(made) + ",", "Admitted by the gate")
    read = desk.wait_read(made)
    equal((read["reading"], read["document"], read["chip-authentication"]), ("done", "genuine", "successful"), "the reading")
    holds("codes" not in read, f"a good passport has findings: {read}")

    desk.screen.press("F10")
    desk.screen.wait_text("Print stamp", "Conditions")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button after the judgement")
    desk.screen.press("Return")
    finish(desk)
    desk.screen.wait_text("Stamped")
    desk.wait(lambda: desk.outcomes(made), 10, "the claim's outcome in the hall's log")
    equal([page["printed"] for page in desk.paper_of(made)], ["fully"], "what the printer put on paper")
    equal(len(desk.readings(made)), 1, "readings of the chip")
