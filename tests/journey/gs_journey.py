# SPDX-License-Identifier: GPL-3.0-or-later
"""What the journeys share: the way from a traveller to an open card, to a stamp sheet, to paper. And that whatever a station
and the hall said to each other on the way holds against the published contract."""
import importlib.util
import json
import os
import pathlib
import re
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


# What tells of a result: codes of faces, words of engines, scores.
TELLING = re.compile(r"\bB0[1-6]\b|(?<!\d)[01]?[.,]\d\d(?!\d)|\bscores?\b|\bthreshold|\bmatch|\breview\b|\bno decision\b"
                     r"|\bsuccessful\b.*\bface\b|\bface\b.*\b(successful|failed|undetermined|aborted)\b", re.IGNORECASE)


def need_engine():
    """Skips the journey where the build has no models."""
    if not gateside_desk.has_models():
        print("no models: there is no engine on this machine")
        sys.exit(77)


def telling(desk):
    """What on the screen tells what an engine or the gate said of the face."""
    said = {text for node in desk.screen.walk() for text in (node.name, node.text, node.description) if text}
    return sorted(text for text in said if TELLING.search(text))


def is_blind(desk, when):
    """Nothing that assistive technology reads tells a result of the face."""
    equal(telling(desk), [], "results that can be read " + when)


def face_to_face(desk, **wish):
    """A case on the card whose traveller has just handed over the passport, and the sheet for the face."""
    made = desk.hall.control("crossing", gate="gate-3", **wish)
    take_next(desk, made)
    is_blind(desk, "on the card")
    desk.swipe(made)
    desk.screen.press("F5")
    desk.screen.wait_text("Is it the same person?")
    return made


def wait_picture(desk):
    """The best frame is kept, so that the questions can be answered."""
    desk.screen.wait_text("best frame kept", seconds=90)


def verifications(desk, crossing):
    """The desk's rows of the traveller's sittings: a dict for each pair, chip-desk first."""
    names = ("pair", "officer", "judgement", "second_officer", "second_judgement", "engine", "verdict", "score",
             "match_threshold", "review_threshold", "reference", "step", "ground")
    rows = ask(desk, f"SELECT {', '.join(names)} FROM face_verification WHERE crossing = ? ORDER BY revealed_at, pair",
               crossing["crossing"])
    return [dict(zip(names, row)) for row in rows]


def judgements(desk, crossing):
    """The answers in the desk's database, oldest first: pair, officer, word's number, and whether as second officer."""
    return ask(desk, "SELECT pair, officer, verdict, by_second FROM judgement WHERE crossing = ? ORDER BY judged_at, rowid",
               crossing["crossing"])


def evidence(desk, crossing):
    """The checks with which this station's last decision went to the hall: results by name."""
    sent = [one["request"] for one in desk.traffic() if one["status"] == 201 and one["desk"] == desk.desk
            and one["path"] == f"/v1/crossings/{crossing['crossing']}/decisions"]
    return {one["check"]: one["result"] for one in sent[-1]["evidence"]}


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
