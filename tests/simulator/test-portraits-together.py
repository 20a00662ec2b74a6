#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several tests may ask for the same pictures at the same time: each picture is drawn once, and all of them find it.

usage: test-portraits-together.py PORTRAITS-PROGRAM
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop()


class Together(unittest.TestCase):
    def test_each_picture_once(self):
        with tempfile.TemporaryDirectory() as folder:
            command = [PROGRAM, f"--output={folder}/new", "--people=0", "--views=passport,gate", "--size=192x256"]
            running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(3)]
            said = [one.communicate(timeout=120)[0] for one in running]
            self.assertEqual([one.returncode for one in running], [0, 0, 0])
            self.assertEqual(sorted(int(re.search(r"(\d+) pictures? drawn", text).group(1)) for text in said), [0, 0, 4], said)
            self.assertEqual(len(list(pathlib.Path(folder, "new").glob("*.jpg"))), 4)


unittest.main(verbosity=2)
