#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The printer loses its power with half a stamp on the page, and the station is killed. The question about the page, with the
picture of the stamp as it should be, comes before everything else; it outlives the officer who printed: another one answers
it, a second officer looks, VOID goes over what is there, and a new serial is issued under the same claim."""
import signal

from gs_journey import Desk, equal, finish, holds, open_sheet, printable, ready, surname, wait_for
from gateside_desk import OFFICER, SUPERVISOR

QUESTION = "What is on the page?"


def is_asked(desk):
    return desk.screen.wait_text(QUESTION, surname(made) + ",", "Press the key for what you see.", seconds=30)


with Desk() as desk:
    desk.sign_in()
    made = open_sheet(desk, gate="gate-2", surname="INSPECT")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    desk.printer.set_fault("slow=2")
    desk.printer.set_fault("power-cut=400")
    desk.screen.press("Return")
    wait_for(lambda: desk.printer.process.poll() is not None, 30, "the printer without power")
    desk.stop(signal.SIGKILL)
    desk.printer.start()

    desk.start()
    desk.sign_in()
    is_asked(desk)
    equal(desk.steps()[-1:], ["INSPECT"], "the journal's last step")
    equal([page["printed"] for page in desk.paper_of(made)], ["partly"], "what is on paper")
    # F10, Escape and another document change nothing.
    desk.screen.press("Escape", "F10")
    desk.swipe(desk.hall.control("crossing", gate="gate-4", surname="NEXT"))
    desk.screen.wait_text("Another document was read: NEXT")
    is_asked(desk)

    # The officer who printed goes; the next one is asked, and sees whose page it is.
    desk.screen.press("ctrl+l")
    wait_for(lambda: not desk.screen.shows(QUESTION), what="the sheet to be gone")
    desk.pass_stamp_on(OFFICER, SUPERVISOR)
    desk.sign_in(SUPERVISOR)
    is_asked(desk)
    equal({one["outcome"] for one in desk.outcomes(made)} - {"in-doubt"}, set(), "what the hall was told meanwhile")

    desk.screen.press("2")
    desk.second_officer(OFFICER)
    desk.screen.wait_text("This stamp is void", seconds=30)
    wait_for(lambda: ready(desk, "New stamp"), what="the way to a new stamp").act()
    # Another officer, and a station that has seen nobody yet: the passport is read and the face judged anew.
    desk.screen.wait_text("Crossing found", "Identity verified at this desk")
    holds(not printable(desk), "a stamp without a document read by this station")
    desk.swipe(made)
    desk.screen.wait_text("Is it the same person")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what=lambda: "the print button: " + desk.screen.words())
    desk.screen.press("Return")
    finish(desk)
    desk.screen.wait_text("Stamped")
    desk.screen.press("Return")
    desk.wait(lambda: [one["outcome"] for one in desk.outcomes(made)][-1:] == ["issued"], what="the outcome")
    issued = [one for one in desk.outcomes(made) if one["outcome"] == "issued"]
    equal([one["replaces"] for one in issued], ["UTO-D3 000001"], "the serial that the new stamp replaces")
    equal([page["printed"] for page in desk.paper()], ["partly", "fully", "fully"], "half a stamp, VOID over it, a stamp")
