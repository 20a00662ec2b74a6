#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The station is killed in the middle of a stamp, and started again: the officer sees what is true, and one stamp is on paper.

Three times: while the hall has not answered the claim, while the printer says nothing after it, with ink on half of the page."""
import os
import signal

from gs_journey import Desk, equal, finish, holds, open_sheet, printable, surname, wait_for


def begin(desk, name):
    made = open_sheet(desk, gate="gate-2", surname=name)
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    return made


def kill_at(desk, step):
    """Kills the station when its journal's newest step is that one."""
    wait_for(lambda: desk.steps()[-1:] == [step], what=lambda: f"{step} in the journal, which has {desk.steps()}")
    desk.stop(signal.SIGKILL)
    return desk.steps()


def stamp_again(desk, made):
    """What was interrupted before any ink is given back: the officer asks again and gets one stamp."""
    desk.wait(lambda: desk.steps()[-2:] == ["FAILED", "REPORTED"], what=lambda: f"the end of {desk.steps()}")
    equal([one["outcome"] for one in desk.outcomes(made)], ["released"], "what the hall was told")
    holds("What is on the page?" not in desk.screen.words(), "a question about a page that nothing was sent to")
    equal(desk.paper_of(made), [], "pages before the officer asks again")
    desk.swipe(made)
    desk.screen.wait_text(surname(made) + ",", "Admitted by the gate")
    desk.screen.press("F10")
    desk.screen.wait_text("Print stamp", "Conditions")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    desk.screen.press("Return")
    finish(desk)


def check_one(desk, made, claims):
    """One whole page, which the hall and the officer know by its serial."""
    desk.screen.wait_text("Stamped")
    desk.wait(lambda: [one for one in desk.outcomes(made) if one["outcome"] == "issued"], what="the claim's outcome")
    desk.screen.press("Return")
    issued = [one for one in desk.outcomes(made) if one["outcome"] == "issued"]
    equal([page["printed"] for page in desk.paper_of(made)], ["fully"], "what is on paper")
    equal(len(issued), 1, "stamps that the hall was told of")
    equal([stamp["serial"] for stamp in desk.crossing(made)["stamps"]], [issued[0]["serial"]], "stamps in the hall")
    equal(len({one["stamp"] for one in desk.claims(made)}), claims, "stamps that were claimed")
    desk.swipe(made)
    desk.screen.wait_text(surname(made) + ",")
    desk.screen.press("F10")
    desk.screen.wait_text("No stamp", "This crossing has its stamp: " + issued[0]["serial"])
    desk.screen.press("Escape")
    wait_for(lambda: not desk.screen.find(name="No stamp"), what="the end of the sheet")


def start(desk):
    desk.start()
    desk.sign_in()


with Desk() as desk:
    desk.sign_in()

    made = begin(desk, "CLAIM")
    desk.hall.control("faults", fault="slow", seconds=4)
    desk.screen.press("Return")
    equal(kill_at(desk, "REQUESTED"), ["REQUESTED"], "the journal at the kill")
    desk.hall.control("faults", fault="slow", on=False)
    start(desk)
    stamp_again(desk, made)
    check_one(desk, made, 2)

    made = begin(desk, "SILENCE")
    os.kill(desk.printer.process.pid, signal.SIGSTOP)
    desk.screen.press("Return")
    equal(kill_at(desk, "CLAIMED"), ["REQUESTED", "CLAIMED"], "the journal at the kill")
    os.kill(desk.printer.process.pid, signal.SIGCONT)
    start(desk)
    stamp_again(desk, made)
    check_one(desk, made, 2)

    made = begin(desk, "INK")
    desk.printer.set_fault("slow=6")  # 826 lines, 5 s
    desk.screen.press("Return")
    desk.screen.wait_text("Keep the page still. Nothing is sent twice")
    desk.printer.set_fault("jam=600")
    desk.screen.wait_text("The page is stuck in the printer.")
    equal(kill_at(desk, "SENDING")[-2:], ["CREATED", "SENDING"], "the journal at the kill")
    start(desk)
    holds("What is on the page?" not in desk.screen.words(), "a question about a page that still changes")
    equal(desk.outcomes(made), [], "what the hall was told of a page that still changes")
    desk.printer.set_fault("clear")
    finish(desk)
    check_one(desk, made, 1)
