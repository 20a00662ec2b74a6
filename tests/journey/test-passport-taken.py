#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A passport is taken away in the middle of its reading and laid down again: the desk reads it anew, by itself."""
from gs_journey import Desk, equal, holds, surname

with Desk(chip=True) as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", gate="gate-2", passport="genuine")
    desk.swipe(made)
    desk.wait(lambda: desk.chip.tell("status")["laid"] == "yes", what="the passport on the reader")
    desk.chip.fault("delay=40")
    desk.screen.wait_text(surname(made) + ",")
    desk.wait(lambda: desk.chip.commands() > 20, what="a chip that is being read")
    desk.hall.control("take", desk=desk.desk)
    broken = desk.wait_read(made)
    equal(broken["reading"], "taken-away", "the first reading")
    holds("document" not in broken or broken["result"] == "aborted", f"a verdict on half a document: {broken}")

    desk.hall.control("lay", crossing=made["crossing"], desk=desk.desk)
    read = desk.wait_read(made, 2)
    equal((read["reading"], read["document"]), ("done", "genuine"), "the second reading")
    equal(len(desk.decisions(made)), 0, "decisions that nobody made")
