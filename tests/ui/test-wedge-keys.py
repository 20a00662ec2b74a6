#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real keys on a real window: nothing of a scan reaches an entry, a button or a key binding, and typing does.

usage: test-wedge-keys.py WEDGE-WINDOW, with a display of its own.

The window's clock stands still but for what the test lets pass (wedge-window.c), so only the order of the keys counts.
"""
import queue
import subprocess
import sys
import threading
import unittest

PROGRAM = sys.argv.pop(1)
LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
SCAN = f"scan {LINES[0]}/{LINES[1]}/"
SWIPE = ["type", "--args", "1", "--delay", "1", LINES[0], "key", "--delay", "1", "Return",
         "type", "--args", "1", "--delay", "1", LINES[1], "key", "--delay", "1", "Return"]
READER_MS, PERSON_MS = 5, 90
HELD_MS, DEAD_MS = 41, 301  # one more than gs-wedge.h says
LONG_S = 60  # of real time: nothing but a fault takes so long


class Base(unittest.TestCase):
    front, options = "window", ()

    def setUp(self):
        self.program = subprocess.Popen([PROGRAM, self.front, *self.options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=1)
        self.said = queue.Queue()
        threading.Thread(target=lambda: [self.said.put(line.rstrip()) for line in self.program.stdout],
                         daemon=True).start()
        self.assertEqual(self.hear(), "ready")
        self.xdotool("search", "--sync", "--onlyvisible", "--name", "Dialog" if self.front == "dialog" else "Wedge",
                     "windowfocus", "--sync")

    def tearDown(self):
        self.program.kill()
        self.program.wait()
        self.program.stdin.close()
        self.program.stdout.close()

    def xdotool(self, *words):
        subprocess.run(["xdotool", *words], check=True, stdout=subprocess.DEVNULL, timeout=LONG_S)

    def hear(self):
        return self.said.get(timeout=LONG_S)

    def wait(self, milliseconds):
        """Lets time pass after all keys so far; what the window said meanwhile."""
        self.program.stdin.write(f"wait {milliseconds}\n")
        return list(iter(self.hear, "waited"))

    def pace(self, milliseconds):
        self.program.stdin.write(f"pace {milliseconds}\n")
        self.wait(0)

    def press(self, *keys):
        """As a person does: the window's words."""
        self.pace(PERSON_MS)
        self.xdotool("key", "--delay", "1", *keys)
        return self.wait(HELD_MS)

    def swipe(self, *after):
        self.pace(READER_MS)
        self.xdotool(*SWIPE, *after)


class Keys(Base):
    def test_typing_arrives(self):
        self.assertEqual(self.press("a", "b", "less"), ["entry a", "entry ab", "entry ab<"])
        self.assertEqual(self.press("Return"), ["button"])
        self.assertEqual(self.press("F10", "ctrl+n"), ["key F10", "key Ctrl+N"])
        self.assertEqual(self.press("BackSpace"), ["entry ab"])

    def test_scan_is_only_a_scan(self):
        self.swipe()
        self.assertEqual(self.wait(HELD_MS), [SCAN])
        self.assertEqual(self.wait(DEAD_MS), [])
        self.assertEqual(self.press("1"), ["key 1"])

    def test_release_follows_its_press(self):
        self.pace(PERSON_MS)
        self.xdotool("key", "--delay", "0", "F12")
        self.assertEqual(self.wait(HELD_MS), ["key F12", "released F12"])
        self.xdotool("keydown", "F12")
        self.assertEqual(self.wait(HELD_MS), ["key F12"])
        self.xdotool("keyup", "F12")
        self.assertEqual(self.wait(0), ["released F12"])

    def test_keys_after_a_scan_are_dead(self):
        self.swipe()
        self.assertEqual(self.wait(HELD_MS), [SCAN])
        self.pace(READER_MS)
        self.xdotool("key", "--delay", "1", "F10", "Return", "1")
        self.assertEqual(self.wait(DEAD_MS), [])
        self.assertEqual(self.press("F10"), ["key F10"])

    def test_keys_of_a_scan_are_dead(self):
        self.swipe("key", "--delay", "1", "F10")
        self.assertEqual(self.wait(HELD_MS), [SCAN])
        self.assertEqual(self.wait(DEAD_MS), [])

    def test_many_scans(self):
        for _ in range(3):
            self.swipe()
            self.assertEqual(self.wait(DEAD_MS), [SCAN])
        self.assertEqual(self.wait(DEAD_MS), [])

    def test_typing_between_scans(self):
        self.assertEqual(self.press("x"), ["entry x"])
        self.swipe()
        self.assertEqual(self.wait(DEAD_MS), [SCAN])
        self.assertEqual(self.press("y"), ["entry xy"])


class KeysOfDialog(Keys):
    """The same with a modal window in front."""
    front = "dialog"


class RealTime(Base):
    """By the desk's own clock. A person who types slowly stays a person, so a busy machine does not matter."""
    options = ("--real-time",)

    def test_typing_arrives(self):
        self.xdotool("key", "--delay", "200", "a", "b")
        self.assertEqual([self.hear(), self.hear()], ["entry a", "entry ab"])


del Base
unittest.main(verbosity=2)
