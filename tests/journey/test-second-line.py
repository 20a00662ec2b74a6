#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(b) A referral is sent to the second line; a decision that is undone within 5 s never reaches the hall."""
from gs_journey import Desk, equal, holds, second_line, take_next

with Desk() as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", reasons=["D06"], gate="gate-5")
    take_next(desk, made)
    desk.screen.wait_text("D06", "Document expired")

    second_line(desk)
    desk.screen.press("ctrl+z")
    desk.wait(lambda: not desk.screen.find(name="Undo"), 15, "the end of undo")
    equal(desk.decisions(made), [], "decisions in the hall's log after undo")

    take_next(desk, made)
    second_line(desk, "visa page torn")
    desk.wait(lambda: desk.decisions(made), 15, "the decision in the hall's log")
    equal(len(desk.decisions(made)), 1, "decisions in the hall's log")
    equal(desk.decisions(made)[0]["outcome"], "second-line", "the outcome")
    holds("visa page torn" in open(desk.hall.traffic, encoding="utf-8").read(), "the note is not what the hall was sent")
    equal(desk.crossing(made)["window"]["state"], "not-open", "the crossing's stamp window")
    desk.screen.wait_text("Nobody is waiting.")
