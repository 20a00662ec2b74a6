#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face at a desk with this machine's engine: the officer says same of chip and gate, blind, then the engine says match,
and one key admits. The hall's evidence and the desk's database say so."""
from gs_journey import (Desk, account, equal, evidence, face_to_face, holds, is_blind, judgements, need_engine, ready,
                        sent_decisions, telling, verifications, wait_picture)
from gateside_desk import OFFICER

SAME = 1

need_engine()
with Desk(camera=True, people=[3]) as desk:
    officer = account(desk, OFFICER)
    desk.sign_in()
    made = face_to_face(desk, reasons=["B03"], person=3)
    wait_picture(desk)
    is_blind(desk, "with the picture taken")
    desk.screen.press("1")
    desk.wait(lambda: judgements(desk, made) == [("chip-desk", officer, SAME, 0)], 15, "the first answer in the record")
    is_blind(desk, "after the first of two answers")
    equal(verifications(desk, made), [], "verifications before the last answer")
    desk.screen.press("1")
    desk.screen.wait_text("You and the engine agree.", "B03", seconds=60)
    desk.screen.wait_text("Match", "threshold")
    told = telling(desk)
    holds({"B03"} <= {word for text in told for word in text.split()} and len(told) > 3, f"what blindness is measured by: {told}")

    rows = verifications(desk, made)
    equal([(row["pair"], row["officer"], row["judgement"], row["second_officer"], row["verdict"], row["step"], row["ground"])
           for row in rows],
          [(pair, officer, SAME, None, "match", "admit", "agreed") for pair in ("chip-desk", "gate-desk")], "the desk's rows")
    holds(all(float(row["score"]) >= float(row["match_threshold"]) for row in rows), f"scores of a match: {rows}")
    equal(desk.decisions(made), [], "decisions before the officer's key")
    desk.wait(lambda: ready(desk, "Admit"), 15, "the admission's key")
    desk.screen.press("F7")
    desk.wait(lambda: desk.decisions(made), 20, "the admission")
    equal(sent_decisions(desk, made), [("admitted", officer, None, None)], "decisions")
    told = evidence(desk, made)
    names = ("officer-same-as-chip", "officer-same-as-gate", "desk-face-match", "desk-gate-face-match", "desk-no-attack-seen")
    equal([told.get(name) for name in names], ["successful"] * len(names), "the evidence in the hall")
    equal(desk.crossing(made)["state"], "admitted", "the crossing in the hall")
