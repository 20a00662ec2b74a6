#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(f) The hall dies during work and returns: nobody is admitted meanwhile, and a kept decision reaches it once. Whether a stamp is possible
is not known without the hall, and known again with it."""
import signal

from gs_journey import Desk, equal, open_by_swipe, second_line, surname, take_next

with Desk() as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", reasons=["B01"], gate="gate-4")
    other = desk.hall.control("crossing", reasons=["D06"], gate="gate-1", surname="NAKAMURA")
    desk.screen.wait_text("NAKAMURA,")
    take_next(desk, made)
    desk.screen.press("F5")
    desk.screen.wait_text("Is it the same person?")
    desk.screen.press("1")
    desk.screen.wait_text("Face below threshold")
    desk.hall.stop(signal.SIGKILL)
    desk.screen.wait_text("No link to the hall", "as of", seconds=15)

    desk.screen.press("F7")
    desk.screen.wait_text("no link")
    second_line(desk)
    desk.screen.wait_text("Kept to send: 1")

    desk.hall.start()
    desk.screen.wait_no_text("No link", seconds=40)
    desk.screen.wait_text("Live", "NAKAMURA,")
    desk.wait(lambda: desk.decisions(made), 30, "the kept decision in the hall's log")
    desk.screen.wait_no_text("Kept to send")
    desk.screen.wait_no_text(surname(made) + ",")
    equal([one["outcome"] for one in desk.truth("decision")], ["second-line"], "decisions in the hall's log")
    equal(desk.decisions(other), [], "decisions about the other traveller")

    open_by_swipe(desk, gate="gate-2")
    desk.screen.wait_text("Stamp on request.")
    desk.hall.stop(signal.SIGKILL)
    desk.screen.wait_text("No link to the hall", "Stamp not known.", seconds=15)
    desk.hall.start()
    desk.screen.wait_no_text("No link", seconds=40)
    desk.screen.wait_text("Stamp on request.")
