#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what meson's test runs say, each case of a TAP program for itself.

usage: tools/count-tests.py LOGBASE...     LOGBASE.json and LOGBASE.junit.xml are read

Prints "passed failed skipped" as numbers on the first line; then a line for each failure and each skip. A program that failed
without a failed case (it crashed, took too long, told fewer cases than planned) counts as one failure.
"""
import json
import sys
import xml.etree.ElementTree as tree

GOOD = {"OK", "EXPECTEDFAIL"}


def cases_of(path):
    """Cases by the program's name: lists of (name, "passed", "failed" or "skipped")."""
    programs = {}
    for suite in tree.parse(path).getroot().iter("testsuite"):
        # Programs without cases share a suite that has the project's name alone.
        _, _, program = suite.get("name").partition(".")
        if not program:
            continue
        for case in suite.iter("testcase"):
            word = "passed"
            if case.find("failure") is not None or case.find("error") is not None:
                word = "failed"
            elif case.find("skipped") is not None:
                word = "skipped"
            programs.setdefault(program, []).append((case.get("name"), word))
    return programs


def main():
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    lines = []
    for base in sys.argv[1:]:
        programs = cases_of(base + ".junit.xml")
        with open(base + ".json", encoding="utf-8") as file:
            runs = [json.loads(line) for line in file if line.strip()]
        for run in runs:
            cases = programs.get(run["name"], [])
            verdict = "passed" if run["result"] in GOOD else "skipped" if run["result"] == "SKIP" else "failed"
            for name, word in cases:
                counts[word] += 1
                if word != "passed":
                    lines.append(f"{word}: {run['name']}: {name}")
            if not cases or (verdict == "failed" and all(word != "failed" for _, word in cases)):
                counts[verdict] += 1
                if verdict != "passed":
                    lines.append(f"{verdict}: {run['name']} ({run['result']})")
    print(counts["passed"], counts["failed"], counts["skipped"])
    print("\n".join(lines), end="\n" if lines else "")


main()
