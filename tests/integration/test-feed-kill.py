#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way from the hall to the disk is killed again and again under 1,000 events a second.

The hall is the simulated one, with its own log of what it sent. Meanwhile its stream is cut, events come twice, change
places or are left out of the live stream. In the end the desk has each event once, with exactly the bytes that the hall
sent. Usage: test-feed-kill.py CHILD HALL [KILLS]
"""

import json
import os
import pathlib
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

RATE = 1000


def read_lines(path):
    """id TAB bytes, as a list of pairs."""
    pairs = []
    for line in path.read_bytes().split(b"\n"):
        name, tab, rest = line.partition(b"\t")
        if tab and name.isdigit():
            pairs.append((int(name), rest))
    return pairs


class FeedKill(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(int(os.environ.get("GATESIDE_TEST_SEED", time.time_ns())))
        folder = tempfile.TemporaryDirectory(dir=os.environ.get("G_TEST_BUILDDIR"))
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.truth = self.folder / "truth"
        self.database = self.folder / "desk.db"
        self.acknowledged = 0
        self.was_live = 0
        self.pki = self.folder / "pki"
        subprocess.run([HALL, "--make-pki", self.pki], check=True, timeout=60, stdout=subprocess.DEVNULL)
        self.port = "0"
        self.start_hall("--load", str(RATE), "--seed", "7")

    def start_hall(self, *options):
        ports = self.folder / "ports"
        ports.unlink(missing_ok=True)
        hall = self.hall = subprocess.Popen(
            [HALL, "--pki", self.pki, "--port", self.port, "--control", "0", "--port-file", ports, "--state",
             self.folder / "hall", "--ground-truth", self.truth, *options], stdout=subprocess.DEVNULL)
        self.addCleanup(self.end, hall)
        deadline = time.monotonic() + 30
        while not ports.exists() or len(ports.read_text().split()) < 4:
            self.assertLess(time.monotonic(), deadline, "the hall does not start")
            self.assertIsNone(hall.poll(), "the hall ended")
            time.sleep(0.02)
        words = ports.read_text().split()
        numbers = dict(zip(words[::2], words[1::2]))
        self.url = f"https://localhost:{numbers['hall']}"
        self.control_url = f"http://127.0.0.1:{numbers['control']}/control/"
        self.port = numbers["hall"]

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def control(self, path, **members):
        request = urllib.request.Request(self.control_url + path, data=json.dumps(members).encode(),
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def newest(self):
        with urllib.request.urlopen(self.control_url + "state", timeout=10) as answer:
            return json.load(answer)["newest_event"]

    def follow(self):
        return subprocess.Popen([CHILD, "follow", self.database, self.url, self.pki], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, bufsize=0)

    def trouble(self):
        kind = self.random.choice(["cut", "duplicate", "reorder", "drop", None])
        if kind is not None:
            self.control("faults", fault=kind, count=self.random.randint(1, 3))

    def read_line(self, child):
        """The next line that the desk says. The pipe is not buffered, so that waiting for it can end."""
        line = b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([child.stdout], [], [], 60)
            self.assertTrue(ready, "the desk has said nothing for a minute")
            byte = child.stdout.read(1)
            self.assertNotEqual(byte, b"", "the desk ended by itself")
            line += byte
        return line.strip()

    def run_and_kill(self):
        child = self.follow()
        said = []
        # Soon after a commit while it catches up; or from before it is connected to live with a fault or two.
        if self.random.random() < 0.4:
            said = [self.read_line(child) for _ in range(self.random.randint(1, 6))]
            time.sleep(self.random.uniform(0.0, 0.02))
        else:
            # Half of them when it is live, however long a busy machine takes to come there.
            if self.random.random() < 0.5:
                while b"live" not in said:
                    said.append(self.read_line(child))
                time.sleep(self.random.uniform(0.0, 0.4))
            else:
                time.sleep(self.random.uniform(0.005, 0.3))
            if self.random.random() < 0.6:
                self.trouble()
                time.sleep(self.random.uniform(0.0, 0.15))
        self.assertIsNone(child.poll(), "the child ended by itself")
        child.send_signal(signal.SIGKILL)
        said += child.stdout.read().split(b"\n")[:-1]
        self.assertEqual(child.wait(), -signal.SIGKILL)
        child.stdout.close()
        self.was_live += b"live" in said
        for word in said:
            if word.isdigit():
                self.acknowledged = max(self.acknowledged, int(word))

    def dump(self):
        path = self.folder / "dump"
        with open(path, "wb") as file:
            subprocess.run([CHILD, "dump", self.database], check=True, stdout=file, timeout=120)
        with open(path, "rb") as file:
            head = dict(file.readline().split() for _ in range(3))
        return {key.decode(): int(value) for key, value in head.items()}, read_lines(path)

    def end_production(self):
        """Ends the hall, and starts it again with nobody in it: its log of what it sent is whole and final now, and
        whatever the desk lacks is still there to be fetched. Returns the log."""
        self.hall.terminate()
        self.assertEqual(self.hall.wait(30), 0)
        sent = read_lines(self.truth)
        numbers = [number for number, _ in sent]
        self.assertEqual(numbers, list(range(1, len(sent) + 1)), "the hall's own log has a hole")
        self.start_hall("--quiet")
        self.assertEqual(self.newest(), len(sent), "the hall forgot what it sent")
        return dict(sent)

    def catch_up(self, newest):
        """Runs the desk until it has said that it has everything, and a little more."""
        child = self.follow()
        self.addCleanup(self.end, child)
        deadline = time.monotonic() + 60
        last, live = self.acknowledged, False
        while last < newest or not live:
            self.assertLess(time.monotonic(), deadline, f"stopped at {last} of {newest}, live: {live}")
            word = self.read_line(child)
            last = max(last, int(word)) if word.isdigit() else last
            live = live or word == b"live"
        child.kill()
        child.wait()

    def test_kill(self):
        for _ in range(KILLS):
            self.run_and_kill()
        sent = self.end_production()
        self.catch_up(len(sent))
        head, stored = self.dump()
        self.assertEqual(len(stored), len(dict(stored)), "an event is stored twice")
        self.assertEqual(sorted(set(sent) - set(dict(stored))), [], "events are lost")
        self.assertEqual(sorted(set(dict(stored)) - set(sent)), [], "events that the hall never sent")
        for number, raw in stored:
            self.assertEqual(raw, sent[number], f"event {number} has other bytes")
        self.assertEqual(read_lines(self.truth), sorted(sent.items()), "the hall went on while it was compared")
        self.assertEqual(head["cursor"], len(sent))
        self.assertEqual(head["gaps"], 0)
        self.assertEqual(head["quarantine"], 0)
        self.assertGreaterEqual(head["cursor"], self.acknowledged)
        self.assertGreater(self.was_live, KILLS // 10, "too few kills met a live feed")
        print(f"# {KILLS} kills ({self.was_live} of a live feed), {len(stored)} events, none lost, none doubled",
              file=sys.stderr)


if __name__ == "__main__":
    CHILD, HALL = sys.argv[1:3]
    KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    unittest.main(argv=sys.argv[:1], verbosity=0)
