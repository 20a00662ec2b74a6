#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copied chip is found out at the desk, its reason joins the case, and the traveller is sent to the second line."""
import json

from gs_journey import Desk, equal, holds, second_line, surname

with Desk(chip=True) as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", gate="gate-4", reasons=["B01"], passport="cloned-ca")
    desk.screen.wait_text(surname(made) + ",")
    holds(not desk.screen.shows("C07"), "a finding before the chip was read")
    desk.swipe(made)
    desk.screen.wait_text("Why here")
    read = desk.wait_read(made)
    equal((read["document"], read["result"], read["codes"]), ("copy", "failed", "C07"), "the reading")
    desk.screen.wait_text("C07")

    second_line(desk, "copied chip")
    desk.wait(lambda: desk.decisions(made), 15, "the decision in the hall's log")
    equal(desk.decisions(made)[0]["outcome"], "second-line", "the outcome")
    sent = [line for line in desk.traffic() if "/decisions" in json.dumps(line)]
    holds(any("C07" in json.dumps(line) for line in sent), f"the hall was not told why: {sent}")
