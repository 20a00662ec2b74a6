#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the print key to Create-Job: the station's core against the simulated hall and printer, over real TLS, with a
synced commit before each action. The request leaves when INTENT is committed; CREATED is committed when the printer has
answered. The floor is one bare request (Get-Printer-Attributes) to the same printer on the same connection.
Usage: bench-key-to-job.py STAMP-CHILD [--json] [--runs N]
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ.get("GATESIDE_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
sys.path.insert(0, str(SOURCE / "tests" / "support"))
from gateside_desk import Desk  # noqa: E402


def main():
    times = {}
    with tempfile.TemporaryDirectory(prefix="gateside-bench-", dir=os.environ.get("G_TEST_BUILDDIR")) as folder:
        with Desk(build=os.environ.get("GATESIDE_BUILD_ROOT"), folder=folder, display=False) as desk:
            for _ in range(OPTIONS.runs):
                made = desk.hall.control("crossing")
                said = subprocess.run([OPTIONS.child, "--config", desk.config, "--truth", desk.printer.ground_truth, "--times",
                                       "--mrz", "\n".join(made["mrz"]) + "\n"], capture_output=True, text=True, timeout=60)
                for line in said.stdout.splitlines():
                    word, _, rest = line.partition(" ")
                    if word == "time":
                        name, value = rest.split()
                        times.setdefault(name, []).append(int(value) / 1000)
    floor = statistics.median(times["bare"])
    for step in ("REQUESTED", "CLAIMED", "INTENT", "CREATED"):
        subject = statistics.median(times[step])
        name = f"print key to {step} committed, n={len(times[step])}, worst {max(times[step]):.1f} ms"
        if OPTIONS.json:
            print(json.dumps({"name": name, "unit": "ms", "floor_name": "one bare request to the printer", "floor": floor,
                              "subject_name": "station", "subject": subject, "ratio": round(subject / floor, 3)}))
        else:
            print(f"{name}: station {subject:.1f} ms, one bare request to the printer {floor:.1f} ms, "
                  f"ratio {subject / floor:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("child", metavar="STAMP-CHILD")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=20)
    OPTIONS = parser.parse_args()
    main()
