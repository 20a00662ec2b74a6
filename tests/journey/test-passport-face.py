#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face is compared with the picture that this desk read from the chip itself, not with the one that the gate sent."""
from gs_journey import Desk, equal, face_to_face, need_engine, verifications, wait_picture

need_engine()
with Desk(chip=True, camera=True, people=[3]) as desk:
    desk.sign_in()
    made = face_to_face(desk, reasons=["B03"], person=3, passport="genuine")
    equal(desk.wait_read(made)["document"], "genuine", "the reading")
    desk.screen.wait_text("read here", "Is it the same person?")
    wait_picture(desk)
    desk.screen.press("1", "1")
    desk.screen.wait_text("You and the engine agree.", seconds=60)
    equal([(row["pair"], row["reference"], row["verdict"]) for row in verifications(desk, made)],
          [("chip-desk", "chip", "match"), ("gate-desk", "hall", "match")], "what was compared")
    desk.screen.press("F7")
    desk.wait(lambda: desk.decisions(made), 20, "the admission")
    equal(desk.crossing(made)["state"], "admitted", "the crossing in the hall")
