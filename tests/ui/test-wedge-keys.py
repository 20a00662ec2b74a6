#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real keys on a real window: nothing of a scan reaches an entry, a button or a key binding, and typing does.

usage: test-wedge-keys.py WEDGE-WINDOW, with a display of its own.
"""
import queue
import subprocess
import sys
import threading
import time
import unittest

PROGRAM = sys.argv.pop(1)
LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
SCAN = f"scan {LINES[0]}/{LINES[1]}/"
SWIPE = ["type", "--args", "1", "--delay", "4", LINES[0], "key", "--delay", "1", "Return",
         "type", "--args", "1", "--delay", "4", LINES[1], "key", "--delay", "1", "Return"]


class Base(unittest.TestCase):
    dialog = False

    def setUp(self):
        self.program = subprocess.Popen([PROGRAM, *(["--dialog"] if self.dialog else [])], stdout=subprocess.PIPE,
                                        text=True)
        self.said = queue.Queue()
        threading.Thread(target=lambda: [self.said.put(line.rstrip()) for line in self.program.stdout],
                         daemon=True).start()
        self.assertEqual(self.hear(10), "ready")
        self.xdotool("search", "--sync", "--onlyvisible", "--name", "Dialog" if self.dialog else "Wedge", "windowfocus",
                     "--sync")

    def tearDown(self):
        self.program.kill()
        self.program.wait()
        self.program.stdout.close()

    def xdotool(self, *words):
        subprocess.run(["xdotool", *words], check=True, stdout=subprocess.DEVNULL, timeout=20)

    def hear(self, seconds=3):
        return self.said.get(timeout=seconds)

    def hear_nothing(self, seconds=0.5):
        with self.assertRaises(queue.Empty):
            self.fail(self.said.get(timeout=seconds))

    def press(self, *keys):
        self.xdotool("key", "--delay", "90", *keys)

    def test_typing_arrives(self):
        self.press("a", "b", "less")
        self.assertEqual([self.hear() for _ in range(3)], ["entry a", "entry ab", "entry ab<"])
        self.press("Return")
        self.assertEqual(self.hear(), "button")
        self.press("F10", "ctrl+n")
        self.assertEqual([self.hear(), self.hear()], ["key F10", "key Ctrl+N"])
        self.press("BackSpace")
        self.assertEqual(self.hear(), "entry ab")

    def test_scan_is_only_a_scan(self):
        self.xdotool(*SWIPE)
        self.assertEqual(self.hear(), SCAN)
        self.hear_nothing()
        self.press("1")
        self.assertEqual(self.hear(), "key 1")


class Window(Base):
    def test_release_follows_its_press(self):
        self.xdotool("key", "--delay", "0", "F12")
        self.assertEqual([self.hear(), self.hear()], ["key F12", "released F12"])
        self.xdotool("keydown", "F12", "sleep", "0.3", "keyup", "F12")
        self.assertEqual([self.hear(), self.hear()], ["key F12", "released F12"])

    def test_keys_after_a_scan_are_dead(self):
        self.xdotool(*SWIPE, "sleep", "0.06", "key", "--delay", "20", "F10", "Return", "1")
        self.assertTrue(self.hear().startswith(SCAN))
        self.hear_nothing()
        self.press("F10")
        self.assertEqual(self.hear(), "key F10")

    def test_many_scans(self):
        for _ in range(5):
            self.xdotool(*SWIPE)
            self.assertEqual(self.hear(), SCAN)
            time.sleep(0.35)
        self.hear_nothing()

    def test_typing_between_scans(self):
        self.press("x")
        self.assertEqual(self.hear(), "entry x")
        self.xdotool(*SWIPE)
        self.assertEqual(self.hear(), SCAN)
        time.sleep(0.35)
        self.press("y")
        self.assertEqual(self.hear(), "entry xy")


class Dialog(Base):
    """The same with a modal window in front."""
    dialog = True


del Base
unittest.main(verbosity=2)
