#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole shift by keys, and what the station and the hall said to each other: each request and answer holds against
docs/openapi.yaml and docs/schemas (gs_journey.Desk), and every kind that a station needs was among them. A refusal has a
journey of its own (test-refuse.py)."""
from gs_journey import Desk, check_traffic, equal, finish, open_sheet, printable, ready, second_line, surname, SUPPORT
from gs_journey import take_next, wait_for

# Operation and status that must have been seen from this desk. What the window does not ask for (one crossing by its id
# unless a version changed) is held by test-client-traffic.py.
WANTED = {
    ("GET", "/v1/status", 200), ("GET", "/v1/events", 200), ("GET", "/v1/crossings", 200),
    ("POST", "/v1/crossings/lookup", 200),
    ("GET", "/v1/crossings/{crossing}/evidence/{name}", 404),
    ("PUT", "/v1/crossings/{crossing}/lease", 200), ("DELETE", "/v1/crossings/{crossing}/lease", 204),
    ("POST", "/v1/crossings/{crossing}/decisions", 201),
    ("POST", "/v1/crossings/{crossing}/stamp-claims", 201), ("POST", "/v1/crossings/{crossing}/stamp-claims", 409),
    ("PUT", "/v1/crossings/{crossing}/stamp-claims/{claim}", 200),
    ("POST", "/v1/desk-calls", 202), ("PUT", "/v1/desks/{desk}/presence", 204), ("POST", "/v1/gates/{gate}/commands", 201),
}


def admit(desk):
    made = desk.hall.control("crossing", reasons=["B01"], gate="gate-3")
    take_next(desk, made)
    desk.swipe(made)
    desk.screen.press("F5")
    desk.screen.wait_text("Is it the same person?")
    desk.screen.press("1")
    desk.screen.wait_text("B01")
    desk.screen.press("F7")
    desk.wait(lambda: desk.decisions(made), 15, "the admission")


def give_back(desk, other):
    """A case that was taken, and left for another document."""
    made = desk.hall.control("crossing", reasons=["D06"], gate="gate-1")
    take_next(desk, made)
    desk.wait(lambda: desk.crossing(made)["lease"], what="the lease")
    desk.swipe(other)
    desk.screen.wait_text(surname(other) + ",", "Admitted by the gate")
    desk.wait(lambda: not desk.crossing(made)["lease"], what="the end of the lease")
    take_next(desk, made)
    second_line(desk)
    desk.wait(lambda: desk.decisions(made), 15, "the second line")


def sheet_ready(desk, **wish):
    made = open_sheet(desk, gate="gate-2", **wish)
    desk.screen.press("1")
    wait_for(lambda: printable(desk), what="the print button")
    return made


def stamp_void_and_again(desk):
    made = sheet_ready(desk)
    desk.screen.press("Return")
    finish(desk, "2")
    desk.second_officer()
    desk.screen.wait_text("This stamp is void", seconds=30)
    wait_for(lambda: ready(desk, "New stamp"), what="the way to a new stamp").act()
    wait_for(lambda: printable(desk), what="the print button")
    desk.screen.press("Return")
    finish(desk)
    desk.screen.wait_text("Stamped")
    desk.screen.press("Return")
    desk.wait(lambda: [one["outcome"] for one in desk.outcomes(made)][-1:] == ["issued"], what="the outcome")
    holds = [one["replaces"] for one in desk.outcomes(made) if one["outcome"] == "issued"]
    equal(holds, [desk.outcomes(made)[0]["serial"]], "the serial that the new stamp replaces")


def refused_stamp(desk):
    made = sheet_ready(desk)
    stamp = "6f1d3a52-0000-4000-8000-000000000001"
    equal(desk.hall.desk("desk-2").post(f"/v1/crossings/{made['crossing']}/stamp-claims", {
        "stamp": stamp, "serial": "UTO-D2-000001", "desk": "desk-2", "officer": "abe", "printer": "x"},
        Idempotency_Key=stamp).status, 201, "the other desk's claim")
    desk.screen.press("Return")
    desk.screen.wait_text("No stamp", "Desk 2 is stamping this crossing since ")
    desk.screen.press("Escape")


def close_gate(desk, word, state):
    desk.screen.wait_node(part="Gate 6: ", role="push button").act()
    desk.screen.wait_node(name=word).act()
    desk.wait(lambda: [one["data"]["state"] for one in desk.truth("event") if one["subject"] == "gate-6"][-1:] == [state],
              what=f"gate 6 {state}")


with Desk() as desk:
    old = desk.hall.control("crossing", gate="gate-7", surname="ELSEWHERE")
    desk.sign_in()
    give_back(desk, old)
    admit(desk)
    made = desk.hall.control("crossing", reasons=["D06"], gate="gate-5")
    take_next(desk, made)
    desk.screen.press("F2")
    desk.screen.wait_text("document read here", seconds=40)
    second_line(desk, "visa page torn")
    desk.wait(lambda: desk.decisions(made), 15, "the second line")
    close_gate(desk, "Close this gate", "closed")
    close_gate(desk, "Reopen this gate", "free")
    stamp_void_and_again(desk)
    refused_stamp(desk)
    desk.hall.control("faults", fault="new-epoch")
    desk.wait(lambda: [one for one in desk.traffic() if one["path"] == "/v1/crossings"], what="the snapshot of a new epoch")
    desk.screen.wait_text("Live")
    schemas = check_traffic.Schemas(str(SUPPORT.parents[1] / "docs" / "schemas"), strict=True)
    seen = set()
    for line in desk.traffic():
        operation = schemas.find(line["method"], line["path"])[0]
        if operation and line["desk"] == desk.desk:
            seen.add((operation.method, operation.path, line["status"]))
    equal(sorted(WANTED - seen), [], "exchanges that were not seen")
