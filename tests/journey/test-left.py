#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever left without a decision is told to the supervisor: at the desk by a call that runs until a supervisor signs in, at
another desk by a message where a supervisor works there. Not before undo is over; once, also when the hall is away and the
station is killed before the hall has the decision."""
import signal

from gs_journey import Desk, account, ask, equal, surname, take_next
from gateside_desk import OFFICER, SUPERVISOR


def told(made):
    return ask(desk, "SELECT officer, detail FROM record WHERE kind = 'supervisor.call' AND subject = ?", made["crossing"])


def leave(made):
    take_next(desk, made)
    desk.screen.press("F9")
    desk.screen.wait_node(part="Left without decision", role="push button").act()
    desk.screen.wait_text("Decided: left without decision")


def end_call(made):
    desk.screen.press("F4")
    desk.screen.wait_text(f"Left without decision: {surname(made)},")
    desk.second_officer(SUPERVISOR)
    desk.screen.wait_no_text("Supervisor called")


with Desk(neighbours=["desk-4"]) as desk, Desk(beside=desk, desk="desk-4") as other:
    desk.sign_in()
    other.sign_in(SUPERVISOR)
    made = desk.hall.control("crossing", reasons=["D06"], gate="gate-5")
    leave(made)
    desk.screen.press("ctrl+z")
    desk.wait(lambda: not desk.screen.find(name="Undo"), 15, "the end of undo")
    equal((told(made), desk.screen.shows("Supervisor called")), ([], None), "what the supervisor heard of what was undone")

    leave(made)
    desk.screen.wait_text("Supervisor called", seconds=15)
    other.screen.wait_text(f"Desk 3: {surname(made)}, ", " left without a decision.", seconds=15)
    equal([(one["outcome"], one["desk"]) for one in desk.decisions(made)], [("left", "desk-3")], "decisions")
    equal([row[0] for row in told(made)], [account(desk, OFFICER)], "calls in the record")
    end_call(made)

    gone = desk.hall.control("crossing", reasons=["D06"], gate="gate-6")
    desk.screen.wait_text(surname(gone) + ",")
    desk.hall.stop()
    desk.screen.wait_text("No link to the hall", seconds=20)
    leave(gone)
    desk.screen.wait_text("Supervisor called", seconds=15)
    desk.stop(signal.SIGKILL)
    desk.start()
    desk.hall.start()
    desk.sign_in()
    desk.wait(lambda: desk.decisions(gone), 30, "the decision that was kept")
    desk.screen.wait_text("Supervisor called")
    equal(len(told(gone)), 1, "calls in the record")
    end_call(gone)
