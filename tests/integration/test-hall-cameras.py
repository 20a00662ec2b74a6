#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hall's cameras, looked at as a desk does it.

usage: test-hall-cameras.py CAMERA-LOOK
"""
import json
import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["GATESIDE_SOURCE_ROOT"], "tests", "support"))
from gs_test_hall import Hall, wait_for  # noqa: E402

LOOK = sys.argv.pop(1)


class Cameras(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # People are drawn once for a build.
        portraits = os.path.join(os.environ["GATESIDE_BUILD_ROOT"], "drawn-people")
        os.makedirs(portraits, exist_ok=True)
        cls.hall = Hall("--quiet", "--gates", "3", "--portraits", portraits, "--camera", "desk-1=0", "--gate-cameras", "0")
        cls.hall.__enter__()
        with open(os.path.join(cls.hall.folder, "ports"), encoding="ascii") as lines:
            ports = dict(line.split() for line in lines)
        cls.url = f"rtsp://127.0.0.1:{ports['camera-desk-1']}/desk"

    @classmethod
    def tearDownClass(cls):
        cls.hall.__exit__(None, None, None)

    def setUp(self):
        self.hall.control("camera", desk="desk-1", trouble="none")

    def begin(self, seconds, until=None, url=None, *more):
        """A look in a process of its own; its standard error says each state."""
        words = [LOOK, url or self.url, "--seconds", str(seconds), "--say", *more]
        return subprocess.Popen(words + (["--until", until] if until else []), text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    @staticmethod
    def end(looking):
        said = looking.communicate(timeout=60)[0]
        return json.loads(said)

    @staticmethod
    def wait_said(looking, state):
        for line in looking.stderr:
            if line.strip() == state:
                return
        raise AssertionError(f"it was never {state}")

    def look(self, seconds=1.5, until=None, url=None, *more):
        return self.end(self.begin(seconds, until, url, *more))

    def trouble(self, word, **more):
        self.hall.control("camera", desk="desk-1", trouble=word, **more)

    def step_up(self, person=3, **more):
        made = self.hall.control("crossing", reasons=["B01"], person=person, **more)
        self.hall.control("step-up", crossing=made["crossing"], desk="desk-1")
        return made["crossing"]

    def sight(self, enough, what, previews=3):
        """Looks until it saw that: how long a person's drawing and the first picture take is the machine's load."""
        end = time.monotonic() + 60
        while True:
            seen = self.look(10, None, None, "--previews", str(previews))
            if seen["previews"] > 0 and enough(seen):
                return seen
            self.assertLess(time.monotonic(), end, f"{what}: {seen}")

    @staticmethod
    def shade(seen):
        """The light of the whole picture were its wall 150: the room's light breathes by five in a hundred."""
        return seen["light"] * 150 / seen["wall"]

    def light(self):
        return self.shade(self.sight(lambda seen: True, "no picture"))

    def wait_light(self, condition, what):
        return self.shade(self.sight(lambda seen: condition(self.shade(seen)), what))

    def test_person(self):
        empty = self.light()
        crossing = self.step_up()
        there = self.wait_light(lambda light: light < empty - 4, "nobody came")
        seen = self.sight(lambda seen: seen["change"] > 0.4, "the person stands as a post", 30)
        self.assertEqual(seen["preview"], [1280, 720])
        mean, spread = seen["corner"]
        self.assertGreater(spread, 40, "the label")
        self.assertLess(mean, 140, "the label")
        self.hall.control("cancelled", crossing=crossing)
        self.wait_light(lambda light: abs(light - empty) < abs(light - there), "the person is still there")

    def test_troubles(self):
        empty = self.light()
        crossing = self.step_up()
        there = self.wait_light(lambda light: light < empty - 4, "nobody came")
        self.trouble("dark")
        self.sight(lambda seen: seen["light"] < 45, "the light is still on")
        self.trouble("nobody")
        self.wait_light(lambda light: abs(light - empty) < 1, "somebody is still there")
        self.trouble("far")
        self.wait_light(lambda light: there + 2 < light < empty - 1, "too near, or nobody")
        for word in ("two-faces", "turned", "blurred"):
            self.trouble(word)
            self.wait_light(lambda light: light < empty - 3, word)
        self.trouble("another-person", person=5)
        self.wait_light(lambda light: light < empty - 3, "another person")
        self.hall.control("cancelled", crossing=crossing)

    def test_broken(self):
        looking = self.begin(30, "frozen")
        self.wait_said(looking, "live")
        self.trouble("freeze")
        self.assertEqual(self.end(looking)["state"], "frozen")
        self.trouble("garbage")
        self.assertEqual(self.look(40, "refused")["trouble"], "format")
        self.trouble("stop")
        self.assertEqual(self.look(10, "lost")["trouble"], "unreachable")
        looking = self.begin(30, "live")
        self.wait_said(looking, "lost")
        self.trouble("none")
        seen = self.end(looking)
        self.assertEqual(seen["state"], "live", seen)

    def test_impostor(self):
        """Somebody else with the passport, or a lookalike: kept with the crossing."""
        made = self.hall.control("crossing", person=3, stand_in=9, blend=0.8)
        listed = next(one for one in self.hall.look("crossings")["crossings"] if one["id"] == made["crossing"])
        self.assertEqual((listed["person"], listed["stand_in"], listed["blend"]), (3, 9, 0.8))

    def test_refused_scripts(self):
        for wish in ({}, {"desk": "desk-1"}, {"desk": "desk-1", "trouble": "earthquake"}, {"desk": "desk-9", "trouble": "dark"}):
            with self.assertRaises(RuntimeError):
                self.hall.control("camera", **wish)

    def test_nothing_while_nobody_looks(self):
        self.look(1)
        ticks = os.sysconf("SC_CLK_TCK")

        def cpu():
            with open(f"/proc/{self.hall.process.pid}/stat", encoding="ascii") as stat:
                return sum(map(int, stat.read().rpartition(")")[2].split()[11:13])) / ticks

        wait_for(lambda: self.quiet(cpu), 30)

    @staticmethod
    def quiet(cpu):
        before = cpu()
        time.sleep(1)
        return cpu() - before < 0.1

    # --- gates

    def gate(self, gate, desk, seconds=15, until="live"):
        pki = self.hall.pki
        camera = next(one["camera"] for one in self.hall.desk("desk-1").get("/v1/status").json["gates"] if one["id"] == gate)
        self.assertRegex(camera, r"^rtsps://localhost:\d+/gates/" + gate + "$")
        return self.look(seconds, until, camera, "--ca", f"{pki}/ca.pem", *(
            ["--cert", f"{pki}/{desk}.pem", "--key", f"{pki}/{desk}.key"] if desk else []))

    def assert_refused(self, gate, desk):
        seen = self.gate(gate, desk, 20, "refused,lost")
        self.assertEqual(seen["previews"], 0)
        self.assertIn(seen["state"], ("refused", "lost"), seen)

    def watch(self, desk, gates, officer="kato"):
        answer = self.hall.desk(desk).put("/v1/desks/" + desk + "/presence", {"officer": officer, "locked": False, "gates": gates})
        self.assertEqual(answer.status, 204, answer)
        time.sleep(0.5)

    def test_gate(self):
        self.watch("desk-2", ["gate-2"])
        self.assertEqual(self.gate("gate-2", "desk-2")["state"], "live")
        for gate, desk in (("gate-1", "desk-2"), ("gate-2", "desk-3"), ("gate-2", None), ("gate-2", "printer")):
            self.assert_refused(gate, desk)
        self.watch("desk-2", ["gate-2"], None)
        self.assert_refused("gate-2", "desk-2")


unittest.main(verbosity=2)
