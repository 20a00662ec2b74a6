#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-face score on the drawn citizens: that it counts right. A plumbing test; what it counts says nothing about people.

usage: test-gateside-face.py GATESIDE-FACE PORTRAITS-PROGRAM
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PORTRAITS, PROGRAM = sys.argv.pop(), sys.argv.pop()
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "gateside/portraits"
PEOPLE = 4


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120)


class Score(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        subprocess.run([PORTRAITS, f"--output={CACHE}", "--people=0-5"], check=True, stdout=subprocess.DEVNULL)

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)

    def measure(self, lines, *options):
        (self.folder / "pairs.tsv").write_text("".join("\t".join(map(str, line)) + "\n" for line in lines))
        done = run("score", "--pairs", self.folder / "pairs.tsv", "--json", "--scores", self.folder / "scores.tsv", *options)
        scores = [line.split("\t") for line in (self.folder / "scores.tsv").read_text().splitlines()] \
            if (self.folder / "scores.tsv").exists() else None
        return done, json.loads(done.stdout) if done.stdout else None, scores

    def citizens(self):
        views = [CACHE / f"{number:02}-{view}.jpg" for number in range(PEOPLE) for view in ("passport", "gate-0")]
        return [(first, second, int(first.name[:2] == second.name[:2]))
                for i, first in enumerate(views) for second in views[i + 1:]]

    def test_counts(self):
        """Every figure is counted again here, from the scores."""
        done, answer, scores = self.measure(self.citizens())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(list(answer), ["engine", "pairs", "genuine", "impostor", "failures", "equal_error_rate", "at",
                                        "seconds"])
        genuine = [float(score[3]) for score in scores if score[2] == "1"]
        impostor = [float(score[3]) for score in scores if score[2] == "0"]
        self.assertEqual((answer["pairs"], answer["genuine"], answer["impostor"], answer["failures"]),
                         (len(scores), len(genuine), len(impostor), 0))
        self.assertEqual(len(genuine), PEOPLE)
        self.assertEqual([at["threshold"] for at in answer["at"]], [0.56, 0.42])
        for at in answer["at"]:
            matches = sum(score >= at["threshold"] for score in impostor)
            non_matches = sum(score < at["threshold"] for score in genuine)
            self.assertEqual(at["counts"], {"false_matches": matches, "false_non_matches": non_matches})
            self.assertAlmostEqual(at["false_match_rate"], matches / len(impostor))
            self.assertAlmostEqual(at["false_non_match_rate"], non_matches / len(genuine))
        # Drawn people are as good as told apart.
        self.assertGreater(min(genuine), 0.8)
        self.assertLess(max(impostor), 0.56)
        self.assertEqual(answer["equal_error_rate"], 0)
        self.assertGreater(answer["seconds"], 0)

    def test_equal_error_rate(self):
        """Labels that lie: one pair of one person in four is said to be of two, so there are errors to count."""
        lines = [(first, second, 1 - same if (i + 1) % 4 == 0 else same)
                 for i, (first, second, same) in enumerate(self.citizens())]
        _, answer, scores = self.measure(lines)
        genuine = [float(score[3]) for score in scores if score[2] == "1"]
        impostor = [float(score[3]) for score in scores if score[2] == "0"]
        at = []
        for threshold in sorted(genuine + impostor) + [2]:
            non_match = sum(score < threshold for score in genuine) / len(genuine)
            match = sum(score >= threshold for score in impostor) / len(impostor)
            at.append((abs(match - non_match), (match + non_match) / 2))
        self.assertGreater(min(at)[1], 0.1)
        self.assertAlmostEqual(answer["equal_error_rate"], min(at, key=lambda pair: pair[0])[1])

    def test_relative_and_failures(self):
        """Paths count from the list; what cannot be read or has no face is a failure, and in no rate."""
        for name in ("00-passport.jpg", "00-gate-0.jpg", "01-passport.jpg"):
            (self.folder / name).symlink_to(CACHE / name)
        (self.folder / "noise.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
        # A portable pixmap of one grey.
        (self.folder / "grey.ppm").write_bytes(b"P6 300 300 255\n" + b"\x80" * 270000)
        whole = (CACHE / "00-passport.jpg").read_bytes()
        (self.folder / "cut.jpg").write_bytes(whole[:600])
        done, answer, scores = self.measure([
            ("00-passport.jpg", "00-gate-0.jpg", 1), ("00-passport.jpg", "01-passport.jpg", 0),
            ("00-passport.jpg", "noise.jpg", 0), ("grey.ppm", "01-passport.jpg", 0), ("missing.jpg", "grey.ppm", 1),
            ("cut.jpg", "01-passport.jpg", 0)])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((answer["pairs"], answer["genuine"], answer["impostor"], answer["failures"]), (6, 1, 1, 4))
        self.assertEqual([score[3:] for score in scores[2:5]],
                         [["-", "cannot-be-read"], ["-", "no-face"], ["-", "cannot-be-read"]])
        self.assertEqual(scores[5][3], "-")

    def test_quality(self):
        """Below the engine's quality a picture is a failure, unless asked for."""
        passport = CACHE / "02-passport.jpg"
        subprocess.run(["convert-im6", passport, "-resize", "40%", self.folder / "small.png"], check=True)
        lines = [(passport, "small.png", 1), (passport, passport, 1)]
        _, answer, scores = self.measure(lines)
        self.assertEqual((answer["genuine"], answer["failures"]), (1, 1))
        self.assertEqual(scores[0][3:], ["-", "quality"])
        self.assertIsNone(answer["equal_error_rate"])
        self.assertIsNone(answer["at"][0]["false_match_rate"])
        _, answer, scores = self.measure(lines, "--any-quality")
        self.assertEqual((answer["genuine"], answer["failures"]), (2, 0))
        self.assertGreater(float(scores[0][3]), 0.8)
        self.assertAlmostEqual(float(scores[1][3]), 1, places=4)

    def test_nothing_measurable(self):
        done, answer, _ = self.measure([("missing.jpg", "missing.jpg", 1)])
        self.assertEqual(done.returncode, 1)
        self.assertEqual((answer["pairs"], answer["failures"]), (1, 1))
        self.assertIsNone(answer["equal_error_rate"])
        self.assertEqual(self.measure([])[0].returncode, 1)
        done = self.measure([("missing.jpg", "missing.jpg", 1)], "--models", self.folder)[0]
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("detector.onnx", done.stderr)

    def test_usage(self):
        (self.folder / "bad.tsv").write_text("# a remark\n\na.jpg\tb.jpg\t2\n")
        for arguments in ([], ["score"], ["measure", "--pairs", "x"], ["score", "--no-such-option"],
                          ["score", "--pairs", "/nowhere/pairs.tsv"], ["score", "more", "--pairs", "x"]):
            self.assertEqual(run(*arguments).returncode, 64, arguments)
        done = run("score", "--pairs", self.folder / "bad.tsv", "--json")
        self.assertEqual((done.returncode, done.stdout), (64, ""))
        self.assertIn("bad.tsv:3:", done.stderr)
        self.assertIn("--pairs=LIST", run("--help").stdout)
        self.assertEqual(run("--version").returncode, 0)


unittest.main(verbosity=2)
