#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody stands before the camera: the guidance says so in words, no key is an answer and nothing is admitted. Then the
traveller steps up, the best frame is kept by itself, and it goes on."""
from gs_journey import (Desk, equal, face_to_face, holds, is_blind, judgements, need_engine, sent_decisions, verifications,
                        wait_picture)

need_engine()
with Desk(camera=True, people=[3]) as desk:
    desk.sign_in()
    desk.hall.control("camera", desk=desk.desk, trouble="nobody")
    made = face_to_face(desk, reasons=["B03"], person=3)
    desk.screen.wait_text("No face in the picture. Ask the traveller to stand before the camera.", seconds=60)
    desk.screen.press("1", "1", "2", "3", "F7")
    desk.screen.wait_text("No face in the picture.", "All results are hidden until you have answered both.")
    holds(not desk.screen.shows("best frame kept"), "a picture of nobody was kept")
    is_blind(desk, "without a picture")
    equal((judgements(desk, made), verifications(desk, made), desk.decisions(made)), ([], [], []), "what came of the keys")

    desk.hall.control("camera", desk=desk.desk, trouble="none")
    wait_picture(desk)
    equal(judgements(desk, made), [], "answers before anybody was asked")
    desk.screen.press("1", "1")
    desk.screen.wait_text("You and the engine agree.", seconds=60)
    equal([row["ground"] for row in verifications(desk, made)], ["agreed"] * 2, "the desk's rows")
    desk.screen.press("F7")
    desk.wait(lambda: desk.decisions(made), 20, "the admission")
    equal([one[0] for one in sent_decisions(desk, made)], ["admitted"], "decisions")
