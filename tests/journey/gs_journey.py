# SPDX-License-Identifier: GPL-3.0-or-later
"""What the journeys share: the way from a traveller to an open card, to a stamp sheet, to paper. And that whatever a station
and the hall said to each other on the way holds against the published contract."""
import importlib.util
import json
import os
import pathlib
import sqlite3
import sys

SUPPORT = pathlib.Path(__file__).resolve().parents[1] / "support"
sys.path.insert(0, str(SUPPORT))
os.environ.setdefault("GATESIDE_BUILD_ROOT", ".")
import gateside_desk  # noqa: E402
from gateside_desk import surname  # noqa: E402,F401
from gs_test_screen import wait_for  # noqa: E402,F401

spec = importlib.util.spec_from_file_location("check_traffic", SUPPORT / "check-traffic.py")
check_traffic = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_traffic)


class Desk(gateside_desk.Desk):
    """A desk whose journey fails in the end when its hall's traffic breaks docs/openapi.yaml or docs/schemas."""

    def __exit__(self, kind=None, *rest):
        complaints = []
        if not kind and self.hall in self.opened:
            self.hall.stop()
            schemas = check_traffic.Schemas(str(SUPPORT.parents[1] / "docs" / "schemas"), strict=True)
            check_traffic.check_traffic(schemas, self.hall.traffic, complaints.append, desk=True)
            check_traffic.check_truth(schemas, self.hall.truth, complaints.append)
        super().__exit__(kind, *rest)
        equal(complaints, [], "traffic that breaks the contract")

    def traffic(self):
        """What was said so far, as gateside-hall --record-traffic writes it."""
        with open(self.hall.traffic, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]


def equal(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, not {wanted!r}")


def holds(condition, what):
    if not condition:
        raise AssertionError(what)


def open_by_swipe(desk, **wish):
    """A traveller whom the gate admitted hands over the passport; its card is open afterwards."""
    made = desk.hall.control("crossing", **wish)
    desk.swipe(made)
    desk.screen.wait_text(surname(made) + ",", "Admitted by the gate")
    return made


def open_sheet(desk, **wish):
    """As open_by_swipe, and F10."""
    made = open_by_swipe(desk, **wish)
    desk.screen.press("F10")
    desk.screen.wait_text("Print stamp", "Conditions")
    return made


def take_next(desk, made):
    """Takes the case that waits, by its key."""
    desk.screen.wait_text(surname(made) + ",")
    desk.screen.press("ctrl+n")
    desk.screen.wait_text("Why here")


def second_line(desk, note=None):
    """Sends the open case to the second line, by keys."""
    desk.screen.press("F8")
    desk.screen.wait_text("Send to the second line")
    if note:
        desk.screen.type(note)
    desk.screen.press("Return")
    desk.screen.wait_text("Decided: ")


def printable(desk):
    """The sheet's print button when it can be pressed."""
    return ready(desk, "Print stamp")


def ready(desk, name):
    """The button of that name when it can be pressed."""
    button = desk.screen.find(name=name, role="push button")
    return button if button and button.has("sensitive") else None


def finish(desk, answer="1"):
    """Answers the question about the page."""
    desk.screen.wait_text("What is on the page?", seconds=30)
    desk.screen.press(answer)


def ask(desk, question, *values):
    """Rows of the desk's database, read from beside the station."""
    database = sqlite3.connect(f"file:{desk.folder}/desk.db?mode=ro", uri=True, timeout=5)
    try:
        return database.execute(question, values).fetchall()
    finally:
        database.close()


def account(desk, name):
    """The id by which record and hall know who signs in by that name."""
    return ask(desk, "SELECT account FROM account WHERE name = ?", name)[0][0]


def sent_decisions(desk, crossing):
    """What this station's decisions said that the hall took: outcome, officer, second officer, note."""
    found = [one["request"] for one in desk.traffic() if one["status"] == 201 and one["desk"] == desk.desk
             and one["path"] == f"/v1/crossings/{crossing['crossing']}/decisions"]
    return [(one["outcome"], one["officer"], one.get("second_officer"), one.get("note")) for one in found]
