#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the station's own client and a hall say to each other, held against docs/openapi.yaml and docs/schemas.

test-hall-client runs with a hall that records; every request of the contract must be among what it sent.
Usage: test-client-traffic.py TEST-HALL-CLIENT HALL"""
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CLIENT, HALL = sys.argv[1:3]
del sys.argv[1:3]
SOURCE = pathlib.Path(os.environ.get("GATESIDE_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
spec = importlib.util.spec_from_file_location("check_traffic", SOURCE / "tests/support/check-traffic.py")
check_traffic = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_traffic)
# The feed has a client of its own, which the journeys hold against the contract.
FEED = {("GET", "/v1/events")}


class ClientTraffic(unittest.TestCase):
    maxDiff = None

    def test_client(self):
        schemas = check_traffic.Schemas(str(SOURCE / "docs/schemas"), strict=True)
        complaints = []
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "traffic")
            subprocess.run([CLIENT, HALL], env=dict(os.environ, GATESIDE_TRAFFIC=path), check=True, timeout=100,
                           stdout=subprocess.DEVNULL)
            count, _ = check_traffic.check_traffic(schemas, path, complaints.append, desk=True)
            with open(path, encoding="utf-8") as lines:
                asked = {schemas.find(line["method"], line["path"])[0] for line in map(json.loads, lines)}
        self.assertEqual(complaints, [])
        missing = {(one.method, one.path) for one in schemas.operations if one not in asked}
        self.assertEqual(missing - FEED, set(), "requests of the contract that the client was not seen to make")
        print(f"# {count} exchanges", file=sys.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=0)
