#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate let a traveller through whose chip is a copy; the desk finds it when a stamp is asked for, and the officer's
decision is the referral."""
from gs_journey import Desk, equal, second_line

with Desk(chip=True) as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", gate="gate-4", passport="cloned-ca")
    desk.swipe(made)
    read = desk.wait_read(made)
    equal((read["document"], read["codes"]), ("copy", "C07"), "the reading")
    desk.screen.wait_text("C07")
    second_line(desk, "copied chip")
    desk.wait(lambda: desk.decisions(made), 15, "the decision in the hall's log")
    equal(desk.decisions(made)[0]["outcome"], "second-line", "the outcome")
