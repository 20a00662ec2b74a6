#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A refusal is a formal act: off unless the policy allows it, on a legal ground that the officer chooses, with a supervisor's
own sign-in; its notice comes out when it can no longer be undone."""
from gs_journey import Desk, account, equal, holds, ready, sent_decisions, surname, take_next, wait_for
from gateside_desk import OFFICER, SUPERVISOR

GROUNDS = """refuse-allowed=yes

[refusal-grounds]
specimen-1=Specimen ground: article 1 of the Border Act of Utopia
specimen-2=Specimen ground: article 2 of the Border Act of Utopia
"""


def refuse_button(desk):
    return next(node for node in desk.screen.walk() if node.role == "push button" and node.name.startswith("Refuse"))


def choose_ground(desk):
    """By keys: to the drop-down, open it, the second ground."""
    desk.screen.press("F9")
    desk.screen.wait_text("More outcomes", "Refuse")
    desk.wait(lambda: len(desk.screen.windows()) > 1, what="the dialog in front")
    holds(not refuse_button(desk).has("sensitive"), "a refusal without a ground can be pressed")
    desk.screen.type("papers shown")
    for _ in range(12):
        if any(node.has("focused") for node in desk.screen.find(name="Legal ground", role="combo box").walk()):
            break
        desk.screen.press("Tab")
    desk.screen.press("space", "Down", "Down", "Return")
    wait_for(lambda: refuse_button(desk).has("sensitive"), what="the refusal with a ground")


with Desk(policy=GROUNDS) as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", reasons=["D06"], gate="gate-4")
    take_next(desk, made)

    # The officer alone refuses nobody.
    choose_ground(desk)
    refuse_button(desk).act()
    desk.screen.wait_text("A refusal of entry needs a supervisor.")
    desk.second_officer(OFFICER)
    desk.screen.wait_text("You cannot approve your own request.")
    desk.screen.press("Escape")
    desk.wait(lambda: len(desk.screen.windows()) == 1, what="the dialog's end")
    equal(desk.decisions(made), [], "decisions of one officer")

    # Undone within 5 s: no decision, no notice.
    choose_ground(desk)
    refuse_button(desk).act()
    desk.second_officer(SUPERVISOR)
    desk.screen.wait_text("Decided: refused")
    desk.screen.press("ctrl+z")
    desk.screen.wait_text("Why here")
    desk.wait(lambda: not desk.screen.find(name="Undo"), 15, "the end of undo")
    equal((desk.decisions(made), desk.screen.shows("Notice of refusal")), ([], None), "after undo")

    choose_ground(desk)
    refuse_button(desk).act()
    desk.second_officer(SUPERVISOR)
    desk.screen.wait_text("Decided: refused")
    desk.screen.wait_text("Notice of refusal", seconds=30)
    wait_for(lambda: ready(desk, "Save as PDF…"), what="the notice")
    desk.wait(lambda: desk.decisions(made), 20, "the refusal")
    note = "specimen-2: Specimen ground: article 2 of the Border Act of Utopia · papers shown"
    equal(sent_decisions(desk, made), [("refused", account(desk, OFFICER), account(desk, SUPERVISOR), note)], "decisions")
    equal(desk.crossing(made)["window"]["state"], "not-open", "the crossing's stamp window")
    desk.screen.press("Escape")
    desk.screen.wait_text("Nobody is waiting.")
    holds(surname(made) not in desk.screen.words(), "the refused traveller still waits")
