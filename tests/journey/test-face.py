#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face at a desk with a camera and no engine: the picture is taken by hand, the stream stops and comes back, the officer
judges blind and admits."""
from gs_journey import Desk, equal, holds, take_next

with Desk(camera=True, face="engine=none\nmodels=.") as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", reasons=["B01"], gate="gate-3")
    take_next(desk, made)
    desk.screen.wait_text("document not swiped")
    desk.swipe(made)
    desk.screen.press("F5")
    desk.screen.wait_text("No guidance at this desk.", "Take this picture", seconds=40)
    desk.screen.press("1")
    holds("B01" not in desk.screen.words(), "an answer was taken before there was a picture")

    desk.hall.control("camera", desk=desk.desk, trouble="stop")
    desk.screen.wait_text("The camera is lost and tried again.", seconds=40)
    desk.hall.control("camera", desk=desk.desk, trouble="none")
    desk.screen.wait_text("No guidance at this desk.", seconds=60)
    desk.screen.press("c")
    desk.screen.wait_text("The picture is taken.", "All results are hidden until you have answered.")
    holds("B01" not in desk.screen.words(), "the code before the answer")
    desk.screen.press("1")
    desk.screen.wait_text("B01", "No engine at this desk: your own judgement is recorded.")
    equal(desk.decisions(made), [], "decisions before the officer's key")
    desk.screen.press("F7")
    desk.wait(lambda: desk.decisions(made), 15, "the admission")
