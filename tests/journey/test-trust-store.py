#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An administrator takes Utopia's master list into the trust store after typing its authority's fingerprint; an auditor
looks at it and changes nothing; an officer does not see the page, an administrator sees no traveller."""
import json
import sqlite3
import subprocess

from gs_journey import Desk, equal, holds, take_next, wait_for


def sign_in(desk, name, *texts):
    desk.screen.wait_node(role="password text", seconds=20)
    desk.screen.type(name)
    desk.screen.press("Tab")
    desk.screen.type("utopia-7")
    desk.screen.press("Return")
    desk.screen.wait_text(*texts)


def lock(desk):
    desk.screen.press("ctrl+l")
    desk.screen.wait_node(role="password text")


def choose(desk, path):
    """Through the system's file chooser: a slash begins a typed path. Its proposals are a window too, which must not take
    the keys."""
    desk.screen.wait_node(name="Import…", role="push button").act()
    desk.screen.wait_text("Look at them")
    desk.screen.press("slash")
    desk.screen.xdotool("type", "--delay", "60", str(path)[1:])
    desk.screen.xdotool("key", "--delay", "60", "Return")


def trust(desk, *words):
    done = subprocess.run([desk.program("tools", "gateside-document"), "trust", *words, "--store", str(desk.folder / "trust-store"),
                           "--json"], capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)


def record(desk):
    with sqlite3.connect(f"file:{desk.folder}/desk.db?mode=ro", uri=True) as database:
        return database.execute("SELECT kind, detail FROM record WHERE kind LIKE 'trust.%' ORDER BY sequence").fetchall()


with Desk() as desk:
    subprocess.run([desk.program("simulator", "utopia", "gateside-authority"), "--quiet", "--country", str(desk.folder / "UTO")],
                   check=True, timeout=120)
    desk.add_account("ito", "administrator", "Ito")
    desk.add_account("abe", "auditor", "Abe")
    path = desk.folder / "UTO" / "lists" / "master-list.ml"
    shown = trust(desk, "import", "--dry-run", str(path))
    authority = shown["master_lists"][0]["authority"] or shown["master_lists"][0]["signer"]
    n = len(shown["certificates"])

    sign_in(desk, "ito", "Trust store", "No authority is trusted yet")
    holds(not desk.screen.shows("Waiting"), "an administrator sees the desk's queue")
    choose(desk, path)
    desk.screen.wait_text("What would change", "not confirmed yet")
    entry = desk.screen.wait_node(name="Last 8 characters of the compared fingerprint")
    holds(entry is not None, "no entry for the fingerprint")
    desk.screen.type("12345678")
    desk.screen.press("Return")
    desk.screen.wait_text("These are not the last 8 characters")
    desk.screen.press("ctrl+a")
    desk.screen.type(authority["fingerprint"][-8:])
    desk.screen.press("Return")
    desk.screen.wait_text(f"Take in {n} certificates")
    desk.screen.press("Return")
    desk.screen.wait_text("Taken in", "It is in the record.")
    desk.screen.press("Escape")
    desk.screen.wait_text(f"{n} certificates")
    equal(len(trust(desk, "list")["certificates"]), n, "certificates in the store")
    equal([kind for kind, _ in record(desk)], ["trust.import"], "entries of the record")
    lock(desk)

    sign_in(desk, "abe", "Trust store", f"{n} certificates")
    holds(desk.screen.find(name="Import…", role="push button") is None, "an auditor may import")
    lock(desk)

    # A supervisor looks at it while a card is open: no key decides on a card that is not seen.
    made = desk.hall.control("crossing", gate="gate-2", reasons=["D06"])
    sign_in(desk, "mori", "Waiting", "Live")
    take_next(desk, made)
    desk.screen.find(name="Administration", role="page tab").act()
    desk.screen.wait_text("Trust store", f"{n} certificates")
    holds(desk.screen.find(name="Import…", role="push button") is None, "a supervisor may import")
    desk.screen.press("F8")
    desk.screen.press("F9")
    holds(not desk.screen.shows("Send to the second line") and not desk.screen.shows("More outcomes"), "a hidden card is decided")
    lock(desk)

    desk.sign_in()
    holds(not desk.screen.shows("Trust store"), "an officer sees the trust store")
    holds(not desk.screen.shows("Administration"), "an officer sees the page's name")
    wait_for(lambda: desk.screen.shows("Waiting"), what="the desk")
