#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The supervisor is called by one key; the time since then runs on the screen, over a crash of the station too, until a
supervisor signs in. Sound is muted for one officer's shift. A priority 1 case is admitted by two officers."""
import signal

from gs_journey import Desk, account, ask, equal, holds, ready, sent_decisions, take_next
from gateside_desk import OFFICER, SUPERVISOR


def record(desk, kind):
    return ask(desk, "SELECT officer, second FROM record WHERE kind = ? ORDER BY sequence", kind)


with Desk() as desk:
    officer, supervisor = account(desk, OFFICER), account(desk, SUPERVISOR)
    desk.sign_in()
    desk.screen.press("F4")
    desk.screen.wait_text("Supervisor called", "The call is in the record and its time runs.")
    desk.wait(lambda: record(desk, "supervisor.call") == [(officer, None)], what="the call in the record")

    desk.stop(signal.SIGKILL)
    desk.start()
    desk.sign_in()
    desk.screen.wait_text("Supervisor called")
    desk.screen.press("F4")
    desk.screen.wait_text("The supervisor who was called signs in here to end the call.")
    desk.second_officer(OFFICER)
    desk.screen.wait_text("You cannot approve your own request.")
    desk.screen.press("Escape")
    desk.wait(lambda: len(desk.screen.windows()) == 1, what="the dialog's end")
    desk.screen.wait_text("Supervisor called")
    desk.screen.press("F4")
    desk.second_officer(SUPERVISOR)
    desk.screen.wait_no_text("Supervisor called")
    desk.wait(lambda: record(desk, "supervisor.acknowledge") == [(officer, supervisor)], what="the answer in the record")

    desk.screen.press("ctrl+u")
    desk.screen.wait_text("Muted")
    desk.screen.press("ctrl+u")
    desk.screen.wait_no_text("Muted")
    equal(record(desk, "sound.mute"), [(officer, None)] * 2, "muting in the record")

    # Shielded. The second officer judges the face blind, too, then both admit.
    made = desk.hall.control("crossing", reasons=["B05"], gate="gate-3")
    take_next(desk, made)
    desk.screen.wait_text("Priority 1 · B05")
    desk.swipe(made)
    desk.screen.press("F5")
    desk.screen.wait_text("Is it the same person?")
    desk.screen.press("1")
    desk.screen.wait_text("Policy: a second officer looks at the traveller.")
    equal(ready(desk, "Admit"), None, "admission by one officer")
    desk.screen.press("F3")
    desk.screen.wait_text("The second officer signs in, then judges alone")
    desk.second_officer(SUPERVISOR)
    desk.screen.wait_text("judges alone now.", "Is it the same person?")
    desk.screen.press("1")
    desk.screen.wait_text("Both officers say: same person.")
    equal(ready(desk, "Admit"), None, "admission of priority 1 by one officer")
    desk.screen.press("F3")
    desk.screen.wait_text("A priority 1 case is admitted by two officers.")
    desk.second_officer(SUPERVISOR)
    desk.wait(lambda: desk.decisions(made), 20, "the admission")
    equal([one[:3] for one in sent_decisions(desk, made)], [("admitted", officer, supervisor)], "decisions")
    holds(desk.crossing(made)["window"]["state"] == "open", "the stamp window of who was admitted by two")
