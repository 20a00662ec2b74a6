#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(c) An arrival gets a stamp: swipe, F10, the judgement, Enter. Three keys to the print command, one page, confirmed."""
from gs_journey import Desk, equal, finish, open_sheet, printable, wait_for

with Desk() as desk:
    desk.sign_in()
    made = open_sheet(desk, gate="gate-2")  # the first key: F10
    equal(printable(desk), None, "a print button before the judgement")
    keys = ["1", "Return"]
    desk.screen.press(keys[0])
    wait_for(lambda: printable(desk), what="the print button after the judgement")
    desk.screen.press(keys[1])
    equal(1 + len(keys), 3, "keys from the swipe to the print command")
    finish(desk)
    desk.screen.wait_text("Stamped", "UTO-D3 000001")
    desk.wait(lambda: desk.outcomes(made), 10, "the claim's outcome in the hall's log")
    claims, outcomes, paper = desk.claims(made), desk.outcomes(made), desk.paper()
    equal((len(claims), len(outcomes), len(paper)), (1, 1, 1), "claims, outcomes, pages")
    equal(paper[0]["printed"], "fully", "what the printer put on paper")
    equal(outcomes[0]["outcome"], "issued", "what the hall was told")
    equal(paper[0]["job_name"], claims[0]["stamp"], "the job's name and the stamp of the claim")
    equal([stamp["serial"] for stamp in desk.crossing(made)["stamps"]], [outcomes[0]["serial"]], "stamps in the hall")
