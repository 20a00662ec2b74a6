#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an officer prefers holds at once, and is there again after the next start."""
from gs_journey import Desk, holds, wait_for


def open_preferences(desk):
    desk.screen.xdotool("mousemove", "10", "10")  # a list chooses what lies under the pointer
    desk.screen.press("ctrl+comma")
    desk.screen.wait_text("Colours", "Size of text")


with Desk() as desk:
    desk.stop()
    desk.start(GSETTINGS_BACKEND="keyfile")
    desk.sign_in()
    open_preferences(desk)
    desk.screen.press("Return")
    desk.screen.wait_text("Light", "Dark")
    desk.screen.press("Down")
    desk.screen.press("Down")
    desk.screen.press("Return")
    desk.screen.press("Escape")
    kept = desk.folder / "home/.config/glib-2.0/settings/keyfile"
    wait_for(lambda: kept.exists() and "color-scheme='dark'" in kept.read_text(), 10, "the colour scheme, kept")

    desk.stop()
    desk.start(GSETTINGS_BACKEND="keyfile")
    desk.sign_in()
    open_preferences(desk)
    desk.screen.wait_text("Dark")
    desk.screen.press("Escape")
    desk.stop()

    # Not completely installed: the desk works, and says that nothing is kept.
    desk.start(GSETTINGS_SCHEMA_DIR=str(desk.folder))
    desk.sign_in()
    open_preferences(desk)
    desk.screen.wait_text("forgotten when the program ends")
    holds("preferences are not kept" in desk.log.read_text(), "the missing schema is not told in the log")
