#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A passport of a state whose authorities this desk does not know is neither good nor bad: undetermined, and no finding."""
from gs_journey import Desk, equal, holds, surname

with Desk(chip=True, anchors="certificates/csca-nusquama.der") as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", gate="gate-2", passport="genuine")
    desk.swipe(made)
    desk.screen.wait_text(surname(made) + ",", "Admitted by the gate")
    read = desk.wait_read(made)
    equal((read["reading"], read["document"], read["result"]), ("done", "signer-unknown", "undetermined"), "the reading")
    equal(read["chip-authentication"], "successful", "what the chip proved")
    holds(not desk.screen.shows("C04"), "a signer that nobody knows was called wrong")
