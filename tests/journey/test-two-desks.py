#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two stations in one hall: a case that one takes shows so at the other; one crossing gets one stamp, whoever asks."""
import re

from gs_journey import Desk, equal, finish, holds, open_sheet, printable, second_line, surname, take_next, wait_for


def swipe_and_judge(desk, made):
    """The same passport at this desk: card, sheet, judgement."""
    desk.swipe(made)
    desk.screen.wait_text(surname(made) + ",", "Admitted by the gate")
    desk.screen.press("F10")
    desk.screen.wait_text("Print stamp", "Conditions")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")


with Desk(neighbours=["desk-4"]) as desk, Desk(beside=desk, desk="desk-4") as other:
    desk.sign_in()
    other.sign_in()

    case = desk.hall.control("crossing", reasons=["D06"], gate="gate-3")
    other.screen.wait_text(surname(case) + ",")
    take_next(desk, case)
    other.screen.wait_text(surname(case) + ",", "Desk 3")
    other.screen.press("ctrl+n")
    second_line(desk)
    desk.wait(lambda: desk.decisions(case), 15, "the decision")
    equal([(one["desk"], one["outcome"]) for one in desk.decisions(case)], [("desk-3", "second-line")], "decisions")
    other.screen.wait_text("Nobody is waiting.")

    # The passport goes from one desk to the other while ink flows at the first.
    made = open_sheet(desk, gate="gate-2")
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    swipe_and_judge(other, made)
    desk.printer.set_fault("slow=10")
    desk.screen.press("Return")
    desk.wait(lambda: desk.claims(made), what="the claim")
    other.screen.press("Return")
    words = other.screen.wait_text("No stamp", "Desk 3 is stamping this crossing since ")
    holds(re.search(r"stamping this crossing since \d\d:\d\d:\d\d", words), "the refusal does not name the time")
    other.screen.press("Escape")
    finish(desk)
    desk.screen.wait_text("Stamped")
    desk.screen.press("Return")
    desk.wait(lambda: desk.outcomes(made), what="the claim's outcome")
    serial = desk.outcomes(made)[0]["serial"]

    # Asked again at the second desk, afterwards.
    other.swipe(made)
    other.screen.wait_text(surname(made) + ",")
    other.screen.press("F10")
    words = other.screen.wait_text("No stamp", "This crossing has its stamp: ")
    holds(re.search(re.escape(f"This crossing has its stamp: {serial}, Desk 3, ") + r"\d\d:\d\d:\d\d", words),
          "the refusal at the second desk does not name serial, desk and time")
    holds(not printable(other), "a print button for a stamped crossing")
    other.screen.press("1", "Return")
    equal([one["desk"] for one in desk.hall.look("state")["claims"]], ["desk-3"], "desks with a claim")
    equal([one["outcome"] for one in desk.outcomes(made)], ["issued"], "what the hall was told")
    equal([one["serial"] for one in desk.crossing(made)["stamps"]], [serial], "stamps in the hall")
    equal((len(desk.paper()), other.paper()), (1, []), "pages of the two printers")
