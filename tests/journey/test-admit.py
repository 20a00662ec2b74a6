#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(a) A referral is taken, judged by eye, admitted; the hall has the decision once, after the 5 s of undo."""
from gs_journey import Desk, equal, holds, take_next

with Desk() as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", reasons=["B01"], gate="gate-3")
    take_next(desk, made)
    desk.screen.wait_text("Face: compare")
    holds("B01" not in desk.screen.words(), "the code of a face case stands on the screen before the judgement")

    desk.screen.press("F7")
    equal(desk.decisions(made), [], "a face case was admitted without a judgement")

    desk.swipe(made)
    desk.screen.press("F5")
    words = desk.screen.wait_text("Is it the same person?", "All results are hidden until you have answered.",
                                  "none: the officer observes the traveller")
    holds("B01" not in words, "the code of a face case stands on the sheet before the judgement")
    desk.screen.press("1")
    desk.screen.wait_text("B01", "Your own judgement counts.")
    desk.screen.press("F7")
    desk.wait(lambda: desk.decisions(made), 15, "the decision in the hall's log")
    decision = desk.decisions(made)[0]
    equal(len(desk.decisions(made)), 1, "decisions in the hall's log")
    equal(desk.crossing(made)["outcome"], "admitted", "the crossing's outcome in the hall")
    equal(desk.crossing(made)["window"]["state"], "open", "the crossing's stamp window")
    equal(decision["desk"], "desk-3", "where it was decided")
    holds(decision["officer"] and decision["officer"] != "kato", "the officer is told to the hall by number, not by name")
    desk.screen.wait_text("Nobody is waiting.")
