#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The officer calls a waiting traveller to the desk: the traveller steps up and lays the document down, whose zone the reader
sends. Somebody who left the hall meanwhile is not called, and the officer is told."""
from gs_journey import Desk, equal, second_line, surname, take_next

with Desk() as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", reasons=["D06"], gate="gate-5")
    desk.screen.press("F2")
    take_next(desk, made)
    equal(desk.screen.shows("document read here"), None, "a document before the call")
    equal([one for one in desk.traffic() if one["path"] == "/v1/desk-calls"], [], "calls of nobody")

    desk.screen.press("F2")
    desk.screen.wait_text("The traveller is called to this desk.", "called to this desk")
    desk.screen.wait_text("document read here", seconds=40)
    calls = [one for one in desk.traffic() if one["path"] == "/v1/desk-calls"]
    equal([(one["method"], one["desk"], one["status"]) for one in calls], [("POST", "desk-3", 202)], "calls")
    desk.screen.wait_text(surname(made) + ",", "D06")
    second_line(desk)
    desk.wait(lambda: desk.decisions(made), 15, "the decision")

    # By the button; and of a traveller whom the hall no longer knows.
    gone = desk.hall.control("crossing", reasons=["D06"], gate="gate-2")
    take_next(desk, gone)
    desk.screen.find(name="Call the traveller to the desk", role="push button").act()
    desk.screen.wait_text("called to this desk", "document read here", seconds=40)
    desk.hall.stop()
    desk.screen.wait_text("No link to the hall", seconds=20)
    desk.screen.press("F2")
    desk.screen.wait_text("Not called: the hall did not take the call.", seconds=30)
    desk.hall.start()
    desk.screen.wait_text("Live", seconds=40)
