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

    def look(self, seconds=1.5, until=None, url=None, *more):
        words = [LOOK, url or self.url, "--seconds", str(seconds), *more]
        done = subprocess.run(words + (["--until", until] if until else []), stdout=subprocess.PIPE, timeout=60, check=True)
        return json.loads(done.stdout)

    def trouble(self, word, **more):
        self.hall.control("camera", desk="desk-1", trouble=word, **more)

    def step_up(self, person=3, **more):
        made = self.hall.control("crossing", reasons=["B01"], person=person, **more)
        self.hall.control("step-up", crossing=made["crossing"], desk="desk-1")
        return made["crossing"]

    def sight(self, enough, what):
        """Looks until it saw that: how long a person's drawing and the first picture take is the machine's load."""
        end = time.monotonic() + 60
        while True:
            seen = self.look(3)
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
        seen = self.sight(lambda seen: seen["previews"] > 5 and seen["change"] > 0.4, "the person stands as a post")
        self.assertEqual(seen["preview"], [1280, 720])
        mean, spread = seen["corner"]
        self.assertGreater(spread, 40, "the label")
        self.assertLess(mean, 140, "the label")
        self.hall.control("cancelled", crossing=crossing)
        self.wait_light(lambda light: abs(light - empty) < abs(light - there), "the person is still there")

    def test_troubles(self):
        empty = self.light()
        crossing = self.step_up(person=5)
        there = self.wait_light(lambda light: light < empty - 4, "nobody came")
        self.trouble("dark")
        self.assertLess(self.sight(lambda seen: True, "no picture")["light"], 45)
        self.trouble("nobody")
        self.assertLess(abs(self.light() - empty), 1)
        self.trouble("far")
        self.assertGreater(self.light(), there + 2)
        for word in ("two-faces", "turned", "blurred"):
            self.trouble(word)
            self.wait_light(lambda light: light < empty - 3, word)
        self.trouble("another-person", person=12)
        self.wait_light(lambda light: light < empty - 3, "another person")
        self.hall.control("cancelled", crossing=crossing)

    def test_broken(self):
        looking = subprocess.Popen([LOOK, self.url, "--seconds", "30", "--until", "frozen"], stdout=subprocess.PIPE)
        time.sleep(2)
        self.trouble("freeze")
        self.assertEqual(json.loads(looking.communicate(timeout=40)[0])["state"], "frozen")
        self.trouble("garbage")
        self.assertEqual(self.look(20, "refused")["trouble"], "format")
        self.trouble("stop")
        self.assertEqual(self.look(10, "lost")["trouble"], "unreachable")
        looking = subprocess.Popen([LOOK, self.url, "--seconds", "30", "--until", "live"], stdout=subprocess.PIPE)
        time.sleep(1)
        self.trouble("none")
        seen = json.loads(looking.communicate(timeout=40)[0])
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

    def watch(self, desk, gates, officer="kato"):
        answer = self.hall.desk(desk).put("/v1/desks/" + desk + "/presence", {"officer": officer, "locked": False, "gates": gates})
        self.assertEqual(answer.status, 204, answer)
        time.sleep(0.5)

    def test_gate(self):
        self.watch("desk-2", ["gate-2"])
        self.assertEqual(self.gate("gate-2", "desk-2")["state"], "live")
        self.assertEqual(self.gate("gate-1", "desk-2", 4)["previews"], 0)
        self.assertEqual(self.gate("gate-2", "desk-3", 4)["previews"], 0)
        self.assertEqual(self.gate("gate-2", None, 4)["previews"], 0)
        self.assertEqual(self.gate("gate-2", "printer", 4)["previews"], 0)
        self.watch("desk-2", ["gate-2"], None)
        self.assertEqual(self.gate("gate-2", "desk-2", 4)["previews"], 0)


unittest.main(verbosity=2)
