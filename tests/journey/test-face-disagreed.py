#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another person steps before the camera. The officer says same, the engine no match: the officer alone admits nobody. The
second officer signs in, judges alone and blind, and refuses; the second line decides, and the hall is told who judged."""
from gs_journey import (Desk, account, equal, evidence, face_to_face, holds, is_blind, judgements, need_engine, ready,
                        second_line, sent_decisions, verifications, wait_picture)
from gateside_desk import OFFICER, SUPERVISOR

SAME, DIFFERENT = 1, 3

need_engine()
with Desk(camera=True, people=[3]) as desk:
    officer, second = account(desk, OFFICER), account(desk, SUPERVISOR)
    desk.sign_in()
    desk.hall.control("camera", desk=desk.desk, trouble="another-person", person=5)
    made = face_to_face(desk, reasons=["B03"], person=3)
    wait_picture(desk)
    is_blind(desk, "with the picture taken")
    desk.screen.press("1", "1")
    desk.screen.wait_text("Policy: admitting needs a second officer", "this desk’s engine says no match", seconds=60)
    rows = verifications(desk, made)
    equal([(row["judgement"], row["verdict"], row["step"], row["ground"]) for row in rows],
          [(SAME, "no-match", "second-officer", "no-match")] * 2, "the desk's rows")
    holds(all(float(row["score"]) < float(row["review_threshold"]) for row in rows), f"scores of no match: {rows}")
    equal(ready(desk, "Admit"), None, "admission by one officer")

    desk.screen.press("F3")
    desk.screen.wait_text("The second officer signs in, then judges alone")
    desk.second_officer(OFFICER)
    desk.screen.wait_text("You cannot approve your own request.")
    desk.screen.press("Escape")
    desk.wait(lambda: len(desk.screen.windows()) == 2, what="the dialog's end")
    desk.screen.press("F3")
    desk.screen.wait_text("The second officer signs in, then judges alone")
    desk.second_officer(SUPERVISOR)
    desk.screen.wait_text("judges alone now.", "Is it the same person?", seconds=40)
    is_blind(desk, "before the second officer's answers")
    desk.screen.press("3", "3")
    desk.screen.wait_text("The second officer does not agree.", "The second line decides.", seconds=40)
    equal(judgements(desk, made), [("chip-desk", officer, SAME, 0), ("gate-desk", officer, SAME, 0),
                                   ("chip-desk", second, DIFFERENT, 1), ("gate-desk", second, DIFFERENT, 1)], "answers")
    equal([(row["officer"], row["second_officer"], row["second_judgement"], row["step"], row["ground"])
           for row in verifications(desk, made)],
          [(officer, second, DIFFERENT, "second-line", "second-refused")] * 2, "the desk's rows")
    equal(ready(desk, "Admit"), None, "admission against the second officer")

    second_line(desk, "not the same person")
    desk.wait(lambda: desk.decisions(made), 20, "the second line")
    equal(sent_decisions(desk, made), [("second-line", officer, second, "not the same person")], "decisions")
    told = evidence(desk, made)
    names = ("officer-same-as-chip", "officer-same-as-gate", "desk-face-match", "desk-gate-face-match")
    equal([told.get(name) for name in names], ["failed"] * len(names), "the evidence in the hall")
    equal(desk.crossing(made)["outcome"], "second-line", "the crossing in the hall")
