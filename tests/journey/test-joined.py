#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One traveller, one card: the same document referred at two gates is one row, one card and one decision, which the hall
gets for both crossings."""
from gs_journey import Desk, equal, holds, second_line, surname, take_next

with Desk() as desk:
    desk.sign_in()
    first = desk.hall.control("crossing", reasons=["D06"], gate="gate-5")
    desk.screen.wait_text(surname(first) + ",")
    again = desk.hall.control("crossing", reasons=["E02"], gate="gate-6", surname=surname(first),
                               document_number=first["document_number"])
    equal(again["mrz"][1][:10], first["mrz"][1][:10], "the second crossing's document")
    desk.screen.wait_text("gate 6")
    take_next(desk, first)
    desk.screen.wait_text("same document referred at gate ")
    rows = [node.name for node in desk.screen.walk() if node.role == "list item" and surname(first) in node.name]
    holds(len(rows) <= 1, f"rows of one traveller: {rows}")
    second_line(desk)
    for made in (first, again):
        desk.wait(lambda made=made: desk.decisions(made), 15, "the decision")
        equal([one["outcome"] for one in desk.decisions(made)], ["second-line"], "decisions")
    desk.screen.wait_text("Nobody is waiting.")
