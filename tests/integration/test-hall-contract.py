#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hall's contract, driven over real TLS: every resource, every rule that a desk relies on, and
all of the traffic held against docs/schemas."""
import importlib.util
import json
import os
import re
import select
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import uuid

import yaml

SOURCE = os.environ.get("GATESIDE_SOURCE_ROOT",
                        os.path.join(os.path.dirname(__file__), "..", ".."))
SUPPORT = os.path.join(SOURCE, "tests", "support")
sys.path.insert(0, SUPPORT)
from gs_test_classes import classes_main  # noqa: E402
from gs_test_hall import Hall, find_program, wait_for  # noqa: E402

unittest_main = classes_main(sys.argv)

spec = importlib.util.spec_from_file_location("check_traffic",
                                              os.path.join(SUPPORT, "check-traffic.py"))
check_traffic = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_traffic)
SCHEMAS = check_traffic.Schemas(os.path.join(SOURCE, "docs", "schemas"), strict=True)
AT = "2026-11-23T12:00:00.000Z"


def decision(outcome="admitted", officer="kato", desk="desk-3", **more):
    body = {"outcome": outcome, "officer": officer, "second_officer": None, "desk": desk, "at": AT,
            "reasons": ["B01"], "note": None, "gate": None,
            "evidence": [{"check": "face-match", "result": "successful", "code": None}]}
    body.update(more)
    return body


class HallCase(unittest.TestCase):
    options = ("--quiet",)
    keys = None  # one hall's keys are as good as another's

    def setUp(self):
        if HallCase.keys is None:
            HallCase.keys = tempfile.TemporaryDirectory(prefix="gateside-hall-keys-")
            unittest.addModuleCleanup(HallCase.keys.cleanup)
        self.hall = Hall(*self.options, pki=HallCase.keys.name)
        self.hall.__enter__()
        self.desk = self.hall.desk("desk-3")
        self.other = self.hall.desk("desk-4")

    def tearDown(self):
        self.hall.stop()
        complaints = []
        for number, checked in enumerate((
                check_traffic.check_traffic(SCHEMAS, self.hall.traffic, complaints.append),
                check_traffic.check_truth(SCHEMAS, self.hall.truth, complaints.append))):
            del number, checked
        self.hall.__exit__()
        self.assertEqual(complaints, [])

    def crossing(self, **wish):
        return self.hall.control("crossing", **wish)["crossing"]

    def fold(self, crossing):
        return self.desk.get("/v1/crossings/" + crossing).json

    def decide(self, crossing, body, desk=None, key=None, version=None):
        desk = desk or self.desk
        if version is None:
            version = self.fold(crossing)["version"]
        return desk.post("/v1/crossings/%s/decisions" % crossing, body,
                         Idempotency_Key=key or str(uuid.uuid4()), If_Match='"%d"' % version)

    def claim(self, crossing, desk=None, stamp=None, serial=None, key=None):
        desk = desk or self.desk
        stamp = stamp or str(uuid.uuid4())
        body = {"stamp": stamp, "serial": serial or "UT-" + stamp[:8], "desk": desk.name,
                "officer": "kato", "printer": "printer-1"}
        return desk.post("/v1/crossings/%s/stamp-claims" % crossing, body,
                         Idempotency_Key=key or stamp)

    def report(self, crossing, claim, outcome, serial, desk=None, at=AT, **more):
        body = {"outcome": outcome, "serial": serial, "at": at, "replaces": None}
        body.update(more)
        return (desk or self.desk).put("/v1/crossings/%s/stamp-claims/%s" % (crossing, claim),
                                       body)


class Transport(HallCase):
    def test_without_certificate(self):
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.hall.desk("nobody", certificate="none").get("/v1/status")

    def test_certificate_of_another_ca(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([find_program(), "--make-pki", folder], check=True)
            rogue = self.hall.desk("desk-3", certificate=os.path.join(folder, "desk-3"))
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                rogue.get("/v1/status")

    def test_server_certificate_is_no_desk(self):
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.hall.desk("printer", certificate="printer").get("/v1/status")

    def test_older_tls(self):
        context = ssl.create_default_context(cafile=os.path.join(self.hall.pki, "ca.pem"))
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        with socket.create_connection(("127.0.0.1", self.hall.port), 5) as plain:
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                context.wrap_socket(plain, server_hostname="localhost")

    def test_ends_beside_silent_clients(self):
        """Somebody connects and never begins the handshake; the hall ends all the same."""
        with Hall("--quiet") as hall:
            silent = [socket.create_connection(("127.0.0.1", hall.port)) for _ in range(4)]
            self.assertEqual(hall.desk().get("/v1/status").status, 200)  # so those before it are accepted
            hall.stop()
            self.assertEqual(hall.process.returncode, 0)
            for one in silent:
                one.close()

    def test_kept_connection(self):
        connection = self.desk.connect()
        for _ in range(3):
            connection.request("GET", "/v1/status")
            response = connection.getresponse()
            response.read()
            self.assertEqual(response.status, 200)
        connection.close()

    def test_unknown_resources_and_methods(self):
        self.assertEqual(self.desk.get("/v1/nothing").problem, "not-found")
        answer = self.desk.delete("/v1/status")
        self.assertEqual((answer.status, answer.headers["allow"]), (405, "GET"))

    def test_bodies(self):
        lookup = "/v1/crossings/lookup"
        self.assertEqual(self.desk.post(lookup, b"{").problem, "invalid-body")
        self.assertEqual(self.desk.post(lookup, b'{"a":1,"a":2}').problem, "invalid-body")
        self.assertEqual(self.desk.post(lookup, b"[" * 60000).problem, "invalid-body")
        self.assertEqual(self.desk.post(lookup, b"[]").problem, "invalid-body")
        self.assertEqual(self.desk.post(lookup, b"{}").problem, "invalid-body")
        self.assertEqual(self.desk.post(lookup, b" " * 70000).problem, "too-large")
        self.assertEqual(self.desk.post(lookup, b"{}", Content_Type="text/plain").problem,
                         "unsupported-media-type")

    def test_desk_of_the_certificate(self):
        crossing = self.crossing(reasons=["B01"])
        answer = self.desk.put("/v1/crossings/%s/lease" % crossing,
                               {"desk": "desk-4", "officer": "kato"})
        self.assertEqual((answer.status, answer.problem), (403, "wrong-desk"))
        self.assertEqual(self.decide(crossing, decision(desk="desk-4")).problem, "wrong-desk")
        self.assertEqual(self.desk.put("/v1/desks/desk-4/presence",
                                       {"officer": "k", "locked": False, "gates": []}).status, 403)


class Feed(HallCase):
    def test_status(self):
        status = self.desk.get("/v1/status").json
        self.assertEqual(len(status["gates"]), 12)
        self.assertEqual(status["newest_event"], 0)
        self.assertEqual(status["closing_events"]["customs"], True)
        self.assertEqual(status["clock"]["synchronised"], True)

    def test_stream_pages_and_truth_are_the_same_bytes(self):
        self.crossing(reasons=["B01"])
        self.crossing()
        newest = self.desk.get("/v1/status").json["newest_event"]
        stream = self.desk.stream(last=0)
        self.assertEqual(stream.next(), ("retry", "1000"))
        live = [stream.next_event() for _ in range(newest)]
        stream.close()
        page = self.desk.get("/v1/events?after=0&limit=1000",
                             Accept="application/cloudevents-batch+json")
        with open(self.hall.truth, "rb") as file:
            truth = [line.rstrip(b"\n").split(b"\t", 1) for line in file]
        self.assertEqual([(event["id"], event["data"]) for event in live],
                         [(number, data) for number, data in truth])
        self.assertEqual(page.body, b"[" + b",".join(data for _, data in truth) + b"]")
        for event in live:
            self.assertEqual(json.loads(event["data"])["type"],
                             "org.gateside.%s.v1" % event["event"].decode())

    def test_live_event_and_heartbeat(self):
        stream = self.desk.stream()
        self.assertEqual(stream.next()[0], "retry")
        self.crossing()
        self.assertEqual(stream.next_event()["event"], b"gate.status")
        started = time.monotonic()
        while stream.next()[0] != "comment":
            pass
        self.assertLess(time.monotonic() - started, 4)
        self.assertEqual(stream.next(), ("comment", "hb"))
        stream.close()

    def test_cursor_rules(self):
        self.crossing()
        newest = self.desk.get("/v1/status").json["newest_event"]
        ahead = self.desk.get("/v1/events", Last_Event_ID=newest + 1)
        self.assertEqual((ahead.status, ahead.problem), (409, "ahead-of-hall"))
        self.assertEqual(ahead.json["newest_event"], newest)
        page = "/v1/events?after=%s"
        self.assertEqual(self.desk.get(page % (newest + 1)).status, 409)
        self.assertEqual(self.desk.get(page % newest).json, [])
        self.assertEqual(self.desk.get(page % "x").status, 400)
        self.assertEqual(self.desk.get((page % 0) + "&limit=1001").status, 400)
        self.assertEqual(len(self.desk.get((page % 0) + "&limit=2").json), 2)
        self.assertEqual(self.desk.get("/v1/events", Last_Event_ID="x").status, 400)
        self.assertEqual(self.desk.get("/v1/events", Accept="text/html").status, 406)

    def test_epoch(self):
        self.crossing()
        before = self.desk.get("/v1/status").json
        self.hall.control("faults", fault="new-epoch")
        after = self.desk.get("/v1/status").json
        self.assertNotEqual(before["epoch"], after["epoch"])
        self.assertEqual(after["newest_event"], 0)
        answer = self.desk.get("/v1/events", Last_Event_ID=before["newest_event"])
        self.assertEqual(answer.status, 409)
        answer = self.desk.get("/v1/status", Gateside_Epoch=before["epoch"])
        self.assertEqual((answer.status, answer.problem), (409, "other-epoch"))
        snapshot = self.desk.get("/v1/crossings?state=open").json
        self.assertEqual(len(snapshot["crossings"]), 1)
        self.assertEqual(snapshot["crossings"][0]["window"]["state"], "open")

    def test_slow_reader_costs_nothing(self):
        stream = self.desk.stream()
        self.hall.control("load", events_per_second=1000)
        wait_for(lambda: self.hall.look("state")["newest_event"] > 2000)
        self.hall.control("load", events_per_second=0)
        newest = self.hall.look("state")["newest_event"]
        last = 0
        while last < newest:
            event = stream.next_event()
            self.assertEqual(int(event["id"]), last + 1)
            last += 1
        stream.close()


class Kept(HallCase):
    options = ("--quiet", "--keep", "20")

    def test_gone(self):
        for _ in range(4):
            self.crossing()
        status = self.desk.get("/v1/status").json
        self.assertEqual(status["newest_event"] - status["oldest_event"], 19)
        answer = self.desk.get("/v1/events", Last_Event_ID=1)
        self.assertEqual((answer.status, answer.problem), (410, "events-gone"))
        self.assertEqual(answer.json["oldest_event"], status["oldest_event"])
        self.assertEqual(self.desk.get("/v1/events?after=1").status, 410)
        self.assertEqual(len(self.desk.get("/v1/events?after=%d"
                                           % (status["oldest_event"] - 1)).json), 20)


class Faults(HallCase):
    def read(self, count, last=0):
        stream = self.desk.stream(last=last)
        events = [stream.next_event() for _ in range(count)]
        stream.close()
        return events

    def fault(self, name, **more):
        stream = self.desk.stream()
        stream.next()
        self.hall.control("faults", fault=name, **more)
        self.crossing()
        return stream

    def ids(self, stream, count):
        ids = [int(stream.next_event()["id"]) for _ in range(count)]
        stream.close()
        return ids

    def test_duplicate(self):
        self.assertEqual(self.ids(self.fault("duplicate"), 3), [1, 1, 2])

    def test_reorder(self):
        self.assertEqual(self.ids(self.fault("reorder"), 3), [2, 1, 3])

    def test_drop(self):
        self.assertEqual(self.ids(self.fault("drop"), 2), [2, 3])
        self.assertEqual(self.desk.get("/v1/events?after=0&limit=1").json[0]["id"], "1")

    def test_skip_id(self):
        self.crossing()
        self.hall.control("faults", fault="skip-id")
        first = self.hall.control("gate", gate="gate-1", state="held")
        self.assertEqual(first["state"], "held")
        newest = self.desk.get("/v1/status").json["newest_event"]
        self.hall.control("gate", gate="gate-1", state="free")
        ids = [int(event["id"]) for event in self.desk.get("/v1/events?after=0").json]
        self.assertNotIn(newest, ids)
        self.assertIn(newest + 1, ids)

    def test_garbage_and_bad_json(self):
        for name in ("garbage", "bad-json"):
            self.hall.control("faults", fault=name)
            self.hall.control("gate", gate="gate-1", state="held")
            newest = self.desk.get("/v1/status").json["newest_event"]
            event = self.read(1, newest - 1)[0]
            self.assertEqual(int(event["id"]), newest)
            with self.assertRaises(ValueError):
                json.loads(event["data"])
            page = self.desk.get("/v1/events?after=%d" % (newest - 1)).json
            self.assertEqual(page[0]["data"]["state"], "held")

    def test_cut(self):
        for name in ("cut", "cut-clean"):
            stream = self.desk.stream()
            stream.next()
            self.hall.control("faults", fault=name)
            try:
                self.assertIsNone(stream.next_event())
            except (OSError, ssl.SSLError, Exception) as error:  # pylint: disable=broad-except
                self.assertEqual(name, "cut", error)
            stream.close()

    def test_stop_sending(self):
        stream = self.desk.stream(timeout=3)
        stream.next()
        self.hall.control("faults", fault="stop-sending")
        self.crossing()
        with self.assertRaises((socket.timeout, TimeoutError)):
            stream.next()
        stream.close()
        self.hall.control("faults", fault="stop-sending", on=False)
        self.assertEqual(int(self.read(1)[0]["id"]), 1)

    def test_lose_clock_refuse_slow(self):
        self.hall.control("faults", fault="lose-clock")
        clock = self.desk.get("/v1/status").json["clock"]
        self.assertEqual((clock["synchronised"], clock["error_seconds"]), (False, 5))
        self.hall.control("faults", fault="lose-clock", on=False)
        self.hall.control("faults", fault="refuse")
        self.assertEqual(self.desk.get("/v1/status").problem, "unavailable")
        self.hall.control("faults", fault="refuse", on=False)
        self.hall.control("faults", fault="slow", seconds=0.5)
        started = time.monotonic()
        self.assertEqual(self.desk.get("/v1/status").status, 200)
        self.assertGreater(time.monotonic() - started, 0.45)

    def test_injected_event(self):
        stream = self.desk.stream()
        stream.next()
        self.hall.control("event", raw="{}", id=7, event="gate.status")
        self.assertEqual(stream.next_event(), {"id": b"7", "event": b"gate.status", "data": b"{}"})
        stream.close()

    def test_unknown_fault(self):
        with self.assertRaises(RuntimeError):
            self.hall.control("faults", fault="no-such")


class Restarts(HallCase):
    def known(self):
        status = self.desk.get("/v1/status").json
        return status["epoch"], status["newest_event"]

    def prepare(self):
        crossing = self.crossing(reasons=["B01"])
        key = str(uuid.uuid4())
        version = self.fold(crossing)["version"]
        first = self.decide(crossing, decision(), key=key, version=version)
        claim = self.claim(crossing, serial="UT-1")
        self.report(crossing, claim.json["claim"], "issued", "UT-1")
        return crossing, key, version, first

    def check(self, crossing, key, version, first):
        again = self.decide(crossing, decision(), key=key, version=version)
        self.assertEqual((again.status, again.json), (200, first.json))
        self.assertEqual(self.claim(crossing).problem, "already-stamped")
        self.assertEqual(self.claim(self.crossing(), serial="UT-1").problem, "serial-used")

    def test_fault_restart(self):
        prepared = self.prepare()
        before, fold = self.known(), self.fold(prepared[0])
        self.hall.control("faults", fault="restart", seconds=0.3)
        with self.assertRaises(OSError):
            self.desk.get("/v1/status")
        wait_for(lambda: self.answers())
        self.assertEqual(self.known(), before)
        self.assertEqual(self.fold(prepared[0]), fold)
        self.check(*prepared)

    def answers(self):
        try:
            return self.desk.get("/v1/status").status == 200
        except OSError:
            return False

    def test_killed(self):
        prepared = self.prepare()
        before, fold = self.known(), self.fold(prepared[0])
        self.hall.stop(signal.SIGKILL)
        self.hall.start()
        self.assertEqual(self.known(), before)
        self.assertEqual(self.fold(prepared[0]), fold)
        self.check(*prepared)


class Crossings(HallCase):
    def test_minimal_profile_tells_no_name(self):
        made = self.hall.control("crossing", document_number="AB1234567", surname="NAMELESS")
        page = self.desk.get("/v1/events?after=0")
        self.assertNotIn(b"NAMELESS", page.body)
        self.assertNotIn(b"AB1234567", page.body)
        self.assertIsNone(self.fold(made["crossing"])["traveller"])
        found = self.desk.post("/v1/crossings/lookup",
                               {"issuing_state": "UTO", "document_number": "AB1234567"}).json
        self.assertEqual(found["crossings"][0]["traveller"]["primary_identifier"], "NAMELESS")
        self.assertIsNotNone(self.fold(made["crossing"])["traveller"])

    def test_lookup_newest_first(self):
        made = [self.crossing(document_number="AB1234567") for _ in range(2)]
        found = self.desk.post("/v1/crossings/lookup",
                               {"issuing_state": "UTO", "document_number": "AB1234567"}).json
        self.assertEqual([one["id"] for one in found["crossings"]], made[::-1])
        none = self.desk.post("/v1/crossings/lookup",
                              {"issuing_state": "UTO", "document_number": "ZZ"}).json
        self.assertEqual(none["crossings"], [])

    def test_snapshot_holds_what_is_open(self):
        referred = self.crossing(reasons=["C01", "X99"])
        admitted = self.crossing()
        gone = self.crossing()
        inside = self.crossing(admitted=False)
        self.hall.control("customs", crossing=gone)
        snapshot = self.desk.get("/v1/crossings?state=open").json
        states = {one["id"]: one["state"] for one in snapshot["crossings"]}
        self.assertEqual(states, {referred: "referred", admitted: "admitted", inside: "started"})
        self.assertEqual(snapshot["as_of_event"],
                         self.desk.get("/v1/status").json["newest_event"])
        self.assertEqual(self.fold(gone)["window"]["cause"], "customs")
        self.assertEqual(self.fold(referred)["reasons"], ["C01", "X99"])
        self.assertEqual(self.desk.get("/v1/crossings").status, 400)
        self.assertEqual(self.desk.get("/v1/crossings/" + str(uuid.uuid4())).status, 404)

    def test_evidence_without_cache(self):
        crossing = self.crossing(reasons=["B01"])
        for name in ("gate-face", "chip-face", "ef-sod"):
            answer = self.desk.get("/v1/crossings/%s/evidence/%s" % (crossing, name))
            self.assertEqual((answer.status, answer.problem), (404, "no-evidence"))
        self.assertEqual(self.desk.get("/v1/crossings/%s/evidence/x" % crossing).problem,
                         "not-found")

    def test_gate_fault_refers_several(self):
        made = self.hall.control("gate-fault", gate="gate-2", count=3)
        for one in made["crossings"]:
            fold = self.fold(one["crossing"])
            self.assertEqual((fold["fault"], fold["reasons"]), (made["fault"], ["G06"]))

    def test_lease(self):
        crossing = self.crossing(reasons=["B01"])
        path = "/v1/crossings/%s/lease" % crossing
        taken = self.desk.put(path, {"desk": "desk-3", "officer": "kato"})
        self.assertEqual(taken.status, 200)
        again = self.desk.put(path, {"desk": "desk-3", "officer": "kato"})
        self.assertGreaterEqual(again.json["until"], taken.json["until"])
        refused = self.other.put(path, {"desk": "desk-4", "officer": "sato"})
        self.assertEqual((refused.status, refused.problem), (409, "leased"))
        self.assertEqual((refused.json["desk"], refused.json["officer"]), ("desk-3", "kato"))
        self.assertEqual(self.other.delete(path).problem, "leased")
        self.assertEqual(self.decide(crossing, decision(desk="desk-4"), self.other).problem,
                         "leased")
        self.assertEqual(self.desk.delete(path, {"desk": "desk-3", "officer": "kato"}).status, 204)
        self.assertEqual(self.desk.delete(path).status, 204)
        types = [event["type"] for event in self.desk.get("/v1/events?after=0").json]
        self.assertEqual(types.count("org.gateside.crossing.taken.v1"), 1)
        self.assertEqual(types.count("org.gateside.crossing.released.v1"), 1)
        self.assertEqual(self.other.put(path, {"desk": "desk-4", "officer": "sato"}).status, 200)


class Pictures(HallCase):
    """What the gate's camera saw, of a cache whose files say whose picture they are."""

    def setUp(self):
        self.cache = tempfile.TemporaryDirectory(prefix="gateside-pictures-")
        self.addCleanup(self.cache.cleanup)
        for name in ("03-passport", "03-gate-1", "09-passport", "09-gate-1", "03-09-40-gate-1"):
            with open(os.path.join(self.cache.name, name + ".jpg"), "w", encoding="ascii") as file:
                file.write(name)
        self.options = ("--quiet", "--portraits", self.cache.name)
        super().setUp()

    def seen(self, name="gate-face", **wish):
        return self.desk.get("/v1/crossings/%s/evidence/%s" % (self.crossing(person=3, **wish), name)).body.decode()

    def test_stand_in(self):
        self.assertEqual(self.seen(), "03-gate-1")
        self.assertEqual(self.seen(stand_in=9), "09-gate-1")
        self.assertEqual(self.seen(stand_in=9, name="chip-face"), "03-passport")

    def test_blend(self):
        self.assertEqual(self.seen(stand_in=9, blend=0.4), "03-09-40-gate-1")
        self.assertEqual(self.seen(stand_in=9, blend=0.3), "03-gate-1")
        self.assertEqual(self.seen(stand_in=9, blend=0.8), "09-gate-1")


class Decisions(HallCase):
    def test_idempotency(self):
        crossing = self.crossing(reasons=["B01"])
        key, version = str(uuid.uuid4()), self.fold(crossing)["version"]
        first = self.decide(crossing, decision(), key=key, version=version)
        self.assertEqual(first.status, 201)
        again = self.decide(crossing, decision(), key=key, version=version)
        self.assertEqual((again.status, again.json), (200, first.json))
        other = self.decide(crossing, decision("left"), key=key, version=version)
        self.assertEqual((other.status, other.problem), (422, "idempotency-key-reused"))
        loser = self.decide(crossing, decision("left", desk="desk-4"), self.other,
                            version=version)
        self.assertEqual((loser.status, loser.problem), (409, "already-decided"))
        self.assertEqual(loser.json["decision"]["outcome"], "admitted")
        self.assertEqual(loser.json["decision"]["officer"], "kato")

    def test_needs_key_and_version(self):
        crossing = self.crossing(reasons=["B01"])
        path = "/v1/crossings/%s/decisions" % crossing
        self.assertEqual(self.desk.post(path, decision(), If_Match='"5"').problem,
                         "idempotency-key-missing")
        self.assertEqual(self.desk.post(path, decision(), Idempotency_Key="k1").status, 428)
        stale = self.decide(crossing, decision(), version=1)
        self.assertEqual((stale.status, stale.json["version"]),
                         (412, self.fold(crossing)["version"]))
        self.assertEqual(self.decide(crossing, {**decision(), "outcome": "maybe"}).status, 400)
        self.assertEqual(self.decide(crossing, {**decision(), "at": "noon"}).status, 400)

    def test_admitted_emits_resolved_then_admitted(self):
        crossing = self.crossing(reasons=["B01"])
        before = self.desk.get("/v1/status").json["newest_event"]
        answer = self.decide(crossing, decision())
        events = [event for event in self.desk.get("/v1/events?after=%d" % before).json
                  if event["subject"] == crossing]
        self.assertEqual([event["type"].split(".")[3] for event in events],
                         ["resolved", "admitted"])
        self.assertEqual(events[1]["data"]["by"], "officer")
        self.assertEqual(self.fold(crossing)["window"]["state"], "open")
        self.assertEqual(answer.json["version"], self.fold(crossing)["version"])

    def test_second_line_then_later(self):
        crossing = self.crossing(reasons=["B01"])
        self.assertEqual(self.decide(crossing, decision("second-line")).status, 201)
        self.assertEqual(self.fold(crossing)["outcome"], "second-line")
        self.assertEqual(self.claim(crossing).problem, "open-case")
        self.assertEqual(self.decide(crossing, decision("admitted")).status, 201)
        self.assertEqual(self.fold(crossing)["state"], "admitted")

    def test_withdrawn(self):
        crossing = self.crossing(reasons=["B01"])
        self.assertEqual(self.decide(crossing, decision("withdrawn")).problem,
                         "nothing-to-withdraw")
        self.decide(crossing, decision())
        self.assertEqual(self.decide(crossing, decision("withdrawn", "sato")).problem,
                         "not-own-decision")
        self.assertEqual(self.decide(crossing, decision("withdrawn")).status, 201)
        fold = self.fold(crossing)
        self.assertEqual((fold["state"], fold["window"]["state"]), ("referred", "not-open"))
        self.assertEqual(self.decide(crossing, decision("refused")).status, 201)

    def test_withdrawn_after_a_stamp(self):
        crossing = self.crossing(reasons=["B01"])
        self.decide(crossing, decision())
        self.claim(crossing)
        self.assertEqual(self.decide(crossing, decision("withdrawn")).problem, "already-stamped")

    def test_no_case(self):
        self.assertEqual(self.decide(self.crossing(), decision()).problem, "not-referred")

    def test_found_at_the_desk(self):
        """The gate admitted somebody whose chip is a copy: the desk's decision is the referral."""
        copy = {"check": "chip-authentication", "result": "failed", "code": "C07"}
        for body in (dict(decision("second-line"), reasons=["C07"]),
                     dict(decision("second-line"), reasons=[], evidence=[copy]),
                     dict(decision("second-line"), reasons=["C07"], evidence=[dict(copy, result="successful")])):
            self.assertEqual(self.decide(self.crossing(), body).problem, "not-referred")
        crossing = self.crossing()
        self.assertEqual(self.decide(crossing, dict(decision("second-line"), reasons=["C07"], evidence=[copy])).status,
                         201)
        fold = self.fold(crossing)
        self.assertEqual((fold["outcome"], fold["reasons"]), ("second-line", ["C07"]))
        self.assertEqual(self.claim(crossing).problem, "open-case")
        claimed = self.crossing()
        self.assertEqual(self.claim(claimed).status, 201)
        self.assertEqual(self.decide(claimed, dict(decision("second-line"), reasons=["C07"], evidence=[copy])).problem,
                         "not-referred")


class Claims(HallCase):
    def stamped(self, serial="UT-1"):
        crossing = self.crossing()
        claim = self.claim(crossing, serial=serial).json["claim"]
        return crossing, claim

    def test_grant_and_never_twice(self):
        crossing = self.crossing()
        stamp = str(uuid.uuid4())
        grant = self.claim(crossing, stamp=stamp)
        self.assertEqual(grant.status, 201)
        self.assertLess(grant.json["granted_at"], grant.json["start_before"])
        again = self.claim(crossing, stamp=stamp)
        self.assertEqual((again.status, again.json["claim"]), (200, grant.json["claim"]))
        second = self.claim(crossing)
        self.assertEqual(second.problem, "claimed-elsewhere")
        elsewhere = self.claim(crossing, self.other)
        self.assertEqual((elsewhere.problem, elsewhere.json["desk"]),
                         ("claimed-elsewhere", "desk-3"))
        done = self.report(crossing, grant.json["claim"], "issued", "UT-" + stamp[:8])
        self.assertEqual(done.status, 200)
        self.assertEqual(self.report(crossing, grant.json["claim"], "issued",
                                     "UT-" + stamp[:8]).json, done.json)
        refused = self.claim(crossing, self.other)
        self.assertEqual(refused.problem, "already-stamped")
        self.assertEqual((refused.json["serial"], refused.json["desk"], refused.json["at"]),
                         ("UT-" + stamp[:8], "desk-3", AT))
        self.assertEqual(self.fold(crossing)["stamps"][0]["state"], "issued")

    def test_key_is_the_stamp(self):
        crossing = self.crossing()
        self.assertEqual(self.claim(crossing, key="other").status, 400)
        stamp = str(uuid.uuid4())
        self.claim(crossing, stamp=stamp)
        self.assertEqual(self.claim(crossing, stamp=stamp, serial="UT-other").problem,
                         "idempotency-key-reused")

    def test_refusals(self):
        self.assertEqual(self.claim(self.crossing(reasons=["B01"])).problem, "open-case")
        self.assertEqual(self.claim(self.crossing(admitted=False)).problem, "not-admitted")
        closed = self.crossing()
        self.hall.control("customs", crossing=closed)
        answer = self.claim(closed)
        self.assertEqual((answer.problem, answer.json["cause"]), ("window-closed", "customs"))
        cancelled = self.crossing()
        self.hall.control("cancelled", crossing=cancelled)
        self.assertEqual(self.claim(cancelled).problem, "cancelled")
        self.assertEqual(self.claim(str(uuid.uuid4())).status, 404)

    def test_window_closes_before_the_same_claim_is_asked_again(self):
        crossing, stamp = self.crossing(), str(uuid.uuid4())
        self.assertEqual(self.claim(crossing, stamp=stamp).status, 201)
        self.hall.control("customs", crossing=crossing)
        self.assertEqual(self.claim(crossing, stamp=stamp).problem, "window-closed")

    def test_released_frees(self):
        crossing, claim = self.stamped()
        self.assertEqual(self.report(crossing, claim, "released", "UT-1").status, 200)
        self.assertEqual(self.claim(crossing, self.other).status, 201)
        self.assertEqual(self.report(crossing, claim, "issued", "UT-1").problem, "claim-closed")

    def test_a_reported_grant_is_no_grant_any_more(self):
        for outcome, problem in (("released", "claim-closed"), ("void", "claim-closed"),
                                 ("issued", "already-stamped"), ("in-doubt", "in-doubt")):
            crossing, stamp = self.crossing(), str(uuid.uuid4())
            claim = self.claim(crossing, stamp=stamp).json["claim"]
            self.report(crossing, claim, outcome, "UT-" + stamp[:8])
            self.assertEqual(self.claim(crossing, stamp=stamp).problem, problem)
        crossing, stamp = self.crossing(), str(uuid.uuid4())
        claim = self.claim(crossing, stamp=stamp).json["claim"]
        self.report(crossing, claim, "released", "UT-" + stamp[:8])
        self.assertEqual(self.claim(crossing, self.other).status, 201)
        self.assertEqual(self.claim(crossing, stamp=stamp).problem, "claimed-elsewhere")

    def test_void_and_one_replacement(self):
        crossing, claim = self.stamped()
        void = self.report(crossing, claim, "void", "UT-1")
        self.assertIsNotNone(void.json["replace_until"])
        self.assertEqual(self.fold(crossing)["stamps"][0]["state"], "void")
        late = "2026-11-23T12:30:00.000Z"
        self.assertEqual(self.report(crossing, claim, "issued", "UT-2", replaces="UT-1",
                                     at=late).problem, "replacement-refused")
        self.assertEqual(self.report(crossing, claim, "issued", "UT-2", replaces="UT-9").problem,
                         "serial-unknown")
        self.hall.control("customs", crossing=crossing)
        self.assertEqual(self.report(crossing, claim, "issued", "UT-2", replaces="UT-1").status,
                         200)
        self.assertEqual(self.claim(crossing, self.other).problem, "already-stamped")
        self.assertEqual(self.report(crossing, claim, "void", "UT-2", replaces="UT-1").status, 200)
        self.assertEqual(self.report(crossing, claim, "issued", "UT-3", replaces="UT-2").problem,
                         "replacement-refused")

    def test_replacement_by_asking(self):
        crossing, claim = self.stamped()
        now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        self.report(crossing, claim, "void", "UT-1", at=now)
        self.assertEqual(self.claim(crossing, self.other).problem, "claimed-elsewhere")
        self.hall.control("customs", crossing=crossing)
        again = self.claim(crossing, serial="UT-2")
        self.assertEqual((again.status, again.json["claim"]), (201, claim))
        self.assertEqual(self.report(crossing, claim, "issued", "UT-2", replaces="UT-1").status,
                         200)

    def test_in_doubt(self):
        crossing, claim = self.stamped()
        self.report(crossing, claim, "in-doubt", "UT-1")
        for desk in (self.desk, self.other):
            answer = self.claim(crossing, desk)
            self.assertEqual((answer.problem, answer.json["desk"]), ("in-doubt", "desk-3"))
        self.assertEqual(self.report(crossing, claim, "issued", "UT-1", self.other).problem,
                         "not-your-claim")
        self.assertEqual(self.report(crossing, claim, "released", "UT-1", self.other,
                                     supervisor="mori").problem, "invalid-body")
        ended = self.report(crossing, claim, "released", "UT-1", self.other, supervisor="mori",
                            reason="no stamp on the page")
        self.assertEqual((ended.status, ended.json["supervisor"], ended.json["reason"]),
                         (200, "mori", "no stamp on the page"))
        self.assertEqual(self.claim(crossing, self.other).status, 201)


    def open_claims(self):
        return self.other.get("/v1/stamp-claims?state=open").json["claims"]

    def test_claims_without_an_end(self):
        self.assertEqual(self.open_claims(), [])
        crossing, claim = self.stamped("UT-D3 000001")
        found = self.open_claims()
        self.assertEqual([(one["claim"], one["crossing"], one["serial"], one["desk"], one["state"])
                          for one in found], [(claim, crossing, "UT-D3 000001", "desk-3", "granted")])
        self.assertEqual(self.report(crossing, claim, "in-doubt", "UT-D3 000001").status, 200)
        self.assertEqual([(one["state"], one["since"]) for one in self.open_claims()], [("in-doubt", AT)])
        self.hall.stop(signal.SIGKILL)
        self.hall.start()
        self.assertEqual([one["state"] for one in self.open_claims()], ["in-doubt"])
        self.report(crossing, claim, "released", "UT-D3 000001", self.other, supervisor="mori", reason="looked at the page")
        self.assertEqual(self.open_claims(), [])
        self.assertEqual(self.report(crossing, claim, "issued", "UT-D3 000001").problem, "claim-closed")
        self.assertEqual(self.desk.get("/v1/stamp-claims").problem, "invalid-query")

    def test_serials_of_a_desk(self):
        self.assertEqual(self.desk.get("/v1/desks/desk-3/serials").json, {"desk": "desk-3", "serials": []})
        for serial in ("UTO-D3 000001", "UTO-D3 000012", "UTO-D3 000007", "UTO-D3G2 000002", "odd"):
            self.stamped(serial)
        self.claim(self.crossing(), self.other, serial="UTO-D4 000099")
        wanted = [{"prefix": "UTO-D3", "newest": 12}, {"prefix": "UTO-D3G2", "newest": 2}]
        self.assertEqual(self.desk.get("/v1/desks/desk-3/serials").json["serials"], wanted)
        self.assertEqual(self.desk.get("/v1/desks/desk-4/serials").problem, "wrong-desk")
        self.hall.control("faults", fault="new-epoch")
        self.assertEqual(self.desk.get("/v1/desks/desk-3/serials").json["serials"], wanted)

    def test_many_desks_at_the_same_instant(self):
        """Pairs of claims that leave two desks together: one of each is granted, whichever."""
        crossings = [self.crossing() for _ in range(24)]
        answers = {crossing: [] for crossing in crossings}
        ready = threading.Barrier(2)

        def ask(desk):
            connection = desk.connect()
            for crossing in crossings:
                stamp = str(uuid.uuid4())
                body = json.dumps({"stamp": stamp, "serial": "UTO-%s %s" % (desk.name, stamp[:8]), "desk": desk.name,
                                   "officer": "kato", "printer": "printer-1"})
                ready.wait(20)
                connection.request("POST", "/v1/crossings/%s/stamp-claims" % crossing, body,
                                   {"Content-Type": "application/json", "Idempotency-Key": stamp})
                response = connection.getresponse()
                answers[crossing].append((response.status, desk.name, json.loads(response.read())))
            connection.close()

        askers = [threading.Thread(target=ask, args=[desk]) for desk in (self.desk, self.other)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join(60)
        for crossing in crossings:
            granted = [one for one in answers[crossing] if one[0] == 201]
            refused = [one for one in answers[crossing] if one[0] != 201]
            self.assertEqual((len(granted), len(refused)), (1, 1), answers[crossing])
            self.assertEqual((refused[0][0], refused[0][2]["type"].rpartition(":")[2], refused[0][2]["desk"]),
                             (409, "claimed-elsewhere", granted[0][1]))
        self.assertEqual(len(self.open_claims()), len(crossings))


class Unclaimed(HallCase):
    """Stamps that were printed while the hall was away, told afterwards."""

    def tell(self, crossing, serial, outcome="issued", desk=None, key=None, **more):
        desk = desk or self.desk
        body = {"stamp": str(uuid.uuid4()), "serial": serial, "crossing": crossing, "desk": desk.name, "officer": "kato",
                "supervisor": "mori", "reason": "hall-down", "printer": "printer-1", "outcome": outcome, "at": self.now(),
                "replaces": None}
        body.update(more)
        return desk.post("/v1/unclaimed-stamps", body, Idempotency_Key=key or str(uuid.uuid4())), body

    def now(self):
        return self.desk.get("/v1/status").json["server_time"]

    def kinds(self, answer):
        return [one["kind"] for one in answer.json["conflicts"]]

    def test_taken(self):
        crossing, key = self.crossing(), str(uuid.uuid4())
        answer, body = self.tell(crossing, "UTO-D3 000001", key=key)
        self.assertEqual((answer.status, self.kinds(answer)), (201, []))
        again = self.desk.post("/v1/unclaimed-stamps", body, Idempotency_Key=key)
        self.assertEqual((again.status, again.json), (200, answer.json))
        self.assertEqual(self.desk.post("/v1/unclaimed-stamps", dict(body, outcome="void"), Idempotency_Key=key).problem,
                         "idempotency-key-reused")
        self.assertEqual(self.desk.post("/v1/unclaimed-stamps", body, Idempotency_Key="other").problem, "claim-closed")
        self.assertEqual([one["serial"] for one in self.fold(crossing)["stamps"]], ["UTO-D3 000001"])
        refused = self.desk.post("/v1/crossings/%s/stamp-claims" % crossing, {
            "stamp": body["crossing"], "serial": "UTO-D3 000002", "desk": "desk-3", "officer": "kato", "printer": "p"},
            Idempotency_Key=body["crossing"])
        self.assertEqual((refused.problem, refused.json["serial"]), ("already-stamped", "UTO-D3 000001"))
        self.assertEqual(self.desk.get("/v1/desks/desk-3/serials").json["serials"], [{"prefix": "UTO-D3", "newest": 1}])

    def test_stamped_twice(self):
        crossing = self.crossing()
        self.tell(crossing, "UTO-D3 000001")
        answer, _ = self.tell(crossing, "UTO-D4 000001", desk=self.other)
        conflict = answer.json["conflicts"][0]
        self.assertEqual((answer.status, answer.json["claim"], conflict["kind"], conflict["serial"], conflict["desk"]),
                         (201, None, "already-stamped", "UTO-D3 000001", "desk-3"))
        self.assertEqual([one["serial"] for one in self.fold(crossing)["stamps"]], ["UTO-D3 000001"])
        self.assertEqual(self.other.get("/v1/desks/desk-4/serials").json["serials"], [{"prefix": "UTO-D4", "newest": 1}])

    def test_against_the_window(self):
        crossing, before = self.crossing(), self.now()
        self.hall.control("customs", crossing=crossing)
        after = self.now()
        answer, _ = self.tell(crossing, "UTO-D3 000001", at=after)
        conflict = answer.json["conflicts"][0]
        self.assertEqual((conflict["kind"], conflict["cause"]), ("window-closed", "customs"))
        self.assertIsNotNone(answer.json["claim"])
        other = self.crossing()
        earlier = self.now()
        self.hall.control("customs", crossing=other)
        self.assertEqual(self.kinds(self.tell(other, "UTO-D3 000002", at=earlier)[0]), [])
        self.assertEqual(self.kinds(self.tell(self.crossing(), "UTO-D3 000003", at=before)[0]), ["not-admitted"])

    def test_other_conflicts(self):
        self.assertEqual(self.kinds(self.tell(str(uuid.uuid4()), "UTO-D3 000001")[0]), ["unknown-crossing"])
        self.assertEqual(self.kinds(self.tell(self.crossing(), "UTO-D3 000001")[0]), ["serial-used"])
        self.assertEqual(self.kinds(self.tell(self.crossing(reasons=["B01"]), "UTO-D3 000002")[0]), ["open-case"])
        cancelled = self.crossing()
        self.hall.control("cancelled", crossing=cancelled)
        self.assertEqual(self.kinds(self.tell(cancelled, "UTO-D3 000003")[0]), ["cancelled"])
        held, stamp = self.crossing(), str(uuid.uuid4())
        self.other.post("/v1/crossings/%s/stamp-claims" % held, {"stamp": stamp, "serial": "UTO-D4 000001", "desk": "desk-4",
                        "officer": "sato", "printer": "p"}, Idempotency_Key=stamp)
        answer, _ = self.tell(held, "UTO-D3 000004")
        self.assertEqual((self.kinds(answer), answer.json["conflicts"][0]["desk"]), (["claimed-elsewhere"], "desk-4"))

    def test_void_and_its_replacement(self):
        crossing = self.crossing()
        self.assertEqual(self.kinds(self.tell(crossing, "UTO-D3 000001", "void")[0]), [])
        answer, _ = self.tell(crossing, "UTO-D3 000002", replaces="UTO-D3 000001")
        self.assertEqual(self.kinds(answer), [])
        self.assertEqual([one["state"] for one in self.fold(crossing)["stamps"]], ["void", "issued"])

    def test_in_doubt_and_then_known(self):
        crossing, stamp = self.crossing(), str(uuid.uuid4())
        doubt, _ = self.tell(crossing, "UTO-D3 000001", "in-doubt", stamp=stamp)
        self.assertEqual(doubt.status, 201)
        asked = str(uuid.uuid4())
        self.assertEqual(self.other.post("/v1/crossings/%s/stamp-claims" % crossing, {
            "stamp": asked, "serial": "UTO-D4 000001", "desk": "desk-4", "officer": "sato", "printer": "p"},
            Idempotency_Key=asked).problem, "in-doubt")
        known, _ = self.tell(crossing, "UTO-D3 000001", "issued", stamp=stamp)
        self.assertEqual((known.status, known.json["claim"]), (201, doubt.json["claim"]))
        self.assertEqual([one["state"] for one in self.fold(crossing)["stamps"]], ["issued"])

    def test_kept_over_a_restart_and_lost_on_purpose(self):
        crossing = self.crossing()
        _, body = self.tell(crossing, "UTO-D3 000001")
        self.hall.stop(signal.SIGKILL)
        self.hall.start()
        self.assertEqual(self.desk.post("/v1/unclaimed-stamps", body, Idempotency_Key="x").problem, "claim-closed")
        self.hall.control("faults", fault="lose-claims")
        for again in range(2):
            self.assertEqual(self.desk.get("/v1/desks/desk-3/serials").json["serials"], [])
            if not again:
                self.hall.stop(signal.SIGKILL)
                self.hall.start()

    def test_malformed(self):
        crossing = self.crossing()
        for more in ({"outcome": "released"}, {"at": "noon"}, {"reason": ""}, {"stamp": "1"}, {"printer": None}):
            self.assertEqual(self.tell(crossing, "UTO-D3 000001", **more)[0].problem, "invalid-body")
        self.assertEqual(self.tell(crossing, "")[0].problem, "invalid-body")


class Departures(HallCase):
    options = ("--quiet", "--direction", "departure")

    def test_boarding(self):
        crossing = self.crossing(flight="UT 204", boarding_closes_in_seconds=600)
        fold = self.fold(crossing)
        self.assertEqual(fold["window"]["closes_at"], fold["flight"]["boarding_closes_at"])
        grant = self.claim(crossing)
        self.assertEqual(grant.json["window_closes_at"], fold["window"]["closes_at"])
        other = self.crossing(flight="UT 204", boarding_closes_in_seconds=600)
        self.hall.control("boarded", crossing=other)
        self.assertEqual(self.claim(other).json["cause"], "boarded")
        self.assertEqual(self.hall.control("close-flight", flight="UT 204"), {"boarded": 1})
        self.assertEqual(self.fold(crossing)["window"]["cause"], "closed")


class Desks(HallCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.link = os.path.join(self.folder, "scanner")
        self.options = ("--quiet", "--scanner-pty", "desk-3=" + self.link)
        super().setUp()

    def read_scan(self, handle, length, seconds=5):
        data, end = b"", time.monotonic() + seconds
        while len(data) < length and time.monotonic() < end:
            if select.select([handle], [], [], 0.1)[0]:
                data += os.read(handle, length - len(data))
        return data

    def test_desk_call_brings_the_mrz(self):
        made = self.hall.control("crossing")
        handle = os.open(self.link, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        answer = self.desk.post("/v1/desk-calls", {"crossing": made["crossing"], "desk": "desk-3"})
        self.assertEqual(answer.status, 202)
        self.assertEqual(self.read_scan(handle, 89), "".join(made["mrz"]).encode() + b"\r")
        self.hall.control("scan", desk="desk-3", text="nonsense")
        self.assertEqual(self.read_scan(handle, 8), b"nonsense")
        os.close(handle)
        self.hall.control("customs", crossing=made["crossing"])
        answer = self.desk.post("/v1/desk-calls", {"crossing": made["crossing"], "desk": "desk-3"})
        self.assertEqual((answer.status, answer.problem), (409, "not-in-hall"))

    def test_commands(self):
        path = "/v1/gates/gate-2/commands"
        body = {"command": "close", "officer": "kato", "reason": "broken glass", "crossing": None}
        first = self.desk.post(path, body, Idempotency_Key="c1")
        self.assertEqual((first.status, first.json["state"]), (201, "closed"))
        self.assertEqual(self.desk.post(path, body, Idempotency_Key="c1").status, 200)
        self.assertEqual(self.desk.post(path, {**body, "command": "reopen"},
                                        Idempotency_Key="c1").status, 422)
        self.assertEqual(self.desk.post(path, {**body, "command": "reopen"},
                                        Idempotency_Key="c2").json["state"], "free")
        self.assertEqual(self.desk.post(path, {**body, "command": "release-exit"},
                                        Idempotency_Key="c3").json["state"], "held")
        self.assertEqual(self.desk.post(path, {**body, "command": "open"},
                                        Idempotency_Key="c4").status, 400)
        self.assertEqual(self.desk.post("/v1/gates/gate-99/commands", body,
                                        Idempotency_Key="c5").status, 404)

    def test_unwatched_gates_close(self):
        path = "/v1/desks/desk-3/presence"
        self.assertEqual(self.desk.put(path, {"officer": "kato", "locked": False,
                                              "gates": ["gate-1", "gate-2"]}).status, 204)
        self.assertEqual(self.desk.put(path, {"officer": "kato", "locked": False,
                                              "gates": ["gate-77"]}).status, 400)
        started = time.monotonic()

        def closed():
            return [(gate["id"], gate["reason"])
                    for gate in self.desk.get("/v1/status").json["gates"]
                    if gate["state"] == "closed"]
        found = wait_for(lambda: len(closed()) == 2 and closed(), 15)
        self.assertEqual(found, [("gate-1", "unwatched"), ("gate-2", "unwatched")])
        self.assertGreater(time.monotonic() - started, 9)


class Reopening(HallCase):
    options = ("--quiet", "--reopen-watched")

    def test_a_gate_that_is_watched_again_opens(self):
        def state():
            return self.desk.get("/v1/status").json["gates"][0]["state"]
        self.hall.control("gate", gate="gate-1", state="closed", reason="unwatched")
        self.assertEqual(state(), "closed")
        self.desk.put("/v1/desks/desk-3/presence",
                      {"officer": "kato", "locked": False, "gates": ["gate-1"]})
        self.assertEqual(state(), "free")
        self.hall.control("gate", gate="gate-1", state="closed", reason="by-officer")
        self.desk.put("/v1/desks/desk-3/presence",
                      {"officer": "kato", "locked": False, "gates": ["gate-1"]})
        self.assertEqual(state(), "closed")


class Population(HallCase):
    options = ("--speed", "60", "--seed", "7", "--referrals", "30", "--per-minute", "40")

    def test_a_busy_hall(self):
        wait_for(lambda: self.hall.look("state")["newest_event"] > 600, 30)
        types = {event["type"] for event in self.desk.get("/v1/events?after=0&limit=1000").json}
        for name in ("gate.status", "crossing.started", "crossing.document", "crossing.face",
                     "crossing.background", "crossing.admitted", "crossing.referred",
                     "crossing.customs"):
            self.assertIn("org.gateside.%s.v1" % name, types)


class Published(unittest.TestCase):
    """docs/openapi.yaml against the schemas, the checker's rules and the hall's own routes."""

    def setUp(self):
        with open(os.path.join(SOURCE, "docs", "openapi.yaml"), encoding="utf-8") as file:
            self.api = yaml.safe_load(file)
        self.operations = {(method.upper(), re.sub(r"\{[a-z]+\}", "*", path))
                           for path, item in self.api["paths"].items() for method in item}

    def references(self, node):
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for value in node.values():
                yield from self.references(value)
        elif isinstance(node, list):
            for value in node:
                yield from self.references(value)

    def test_references_resolve(self):
        for reference in self.references(self.api):
            document, _, pointer = reference.partition("#")
            target = self.api
            if document:
                with open(os.path.join(SOURCE, "docs", document), encoding="utf-8") as file:
                    target = json.load(file)
            for part in filter(None, pointer.split("/")):
                self.assertIn(part, target, reference)
                target = target[part]

    def test_every_route_is_published(self):
        path = os.path.join(SOURCE, "src", "simulator", "hall", "gs-sim-service-routes.c")
        with open(path, encoding="utf-8") as file:
            routes = set(re.findall(r'\{ "([A-Z]+)", "(/v1/[^"]+)", handle', file.read()))
        self.assertEqual(routes, self.operations)

    def test_the_checker_knows_every_operation(self):
        for method, path in self.operations:
            self.assertIsNotNone(SCHEMAS.find(method, path.replace("*", "x"))[0], path)

    def test_named_problems_exist(self):
        known = {entry["const"].rpartition(":")[2]
                 for entry in SCHEMAS.documents["problem"]["properties"]["type"]["oneOf"]}
        self.assertLessEqual(SCHEMAS.common_problems, known)
        for item in self.api["paths"].values():
            for operation in item.values():
                self.assertLessEqual(set(operation.get("x-problems", [])), known)

    def test_the_checker_can_fail(self):
        crossing = "6f1d3a52-0000-4000-8000-000000000001"
        good = {"method": "PUT", "path": "/v1/crossings/%s/lease" % crossing, "query": None, "status": 409,
                "headers": {"Content-Type": "application/json"}, "request": {"desk": "desk-3", "officer": "o"},
                "answer_headers": {"Gateside-Epoch": crossing}, "content_type": "application/problem+json",
                "answer": {"type": "urn:gateside:problem:leased", "title": "t", "status": 409, "desk": "desk-4",
                           "officer": "p", "until": AT}}
        key = {"Content-Type": "application/json", "Idempotency-Key": "k", "If-Match": '"1"'}
        ends = dict(good, method="POST", path="/v1/crossings/%s/decisions" % crossing, status=201, content_type="application/json",
                    request=decision(), headers=key,
                    answer={"decision": crossing, "crossing": crossing, "outcome": "admitted", "officer": "o",
                            "desk": "desk-3", "at": AT, "recorded_at": AT, "version": 2, "event": 3})
        self.assertEqual(check_traffic.check_exchange(SCHEMAS, good), [])
        self.assertEqual(check_traffic.check_exchange(SCHEMAS, ends), [])
        for base, wrong in (
                (good, {"path": "/v1/nothing", "status": 200}), (good, {"method": "POST", "status": 200}),
                (good, {"path": "/v1/crossings/x/lease"}), (good, {"query": "surname=MORI"}),
                (good, {"headers": {}}), (good, {"headers": {"Content-Type": "text/plain"}}), (good, {"request": None}),
                (good, {"request": {"desk": 3, "officer": "o"}}), (good, {"request": {"desk": "desk-3"}}),
                (good, {"request": {"desk": "desk-3", "officer": "o", "name": "MORI"}}), (good, {"answer_headers": {}}),
                (good, {"content_type": "application/json"}), (good, {"status": 412}), (good, {"status": 302}),
                (good, {"answer": dict(good["answer"], type="urn:gateside:problem:window-closed")}),
                (good, {"answer": {"status": 409}}),
                (ends, {"headers": {name: key[name] for name in key if name != "If-Match"}}),
                (ends, {"headers": {name: key[name] for name in key if name != "Idempotency-Key"}}),
                (ends, {"request": decision(outcome="waved-through")}), (ends, {"answer": None}), (ends, {"status": 204})):
            self.assertNotEqual(check_traffic.check_exchange(SCHEMAS, dict(base, **wrong)), [], wrong)
        refused = dict(good, status=400, request={}, answer={"type": "urn:gateside:problem:invalid-body", "title": "t",
                                                              "status": 400})
        self.assertNotEqual(check_traffic.check_exchange(SCHEMAS, refused, desk=True), [])


class Usage(unittest.TestCase):
    def run_hall(self, *arguments):
        return subprocess.run([find_program()] + list(arguments), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False).returncode

    def test_wrong_usage_is_64(self):
        for arguments in ([], ["--nonsense"], ["--pki", "x", "--direction", "up"],
                          ["--pki", "x", "--load", "5000"], ["--pki", "x", "--fault", "x"],
                          ["--pki", "x", "stray"], ["--pki", "x", "--scanner-pty", "x"]):
            self.assertEqual(self.run_hall(*arguments), 64, arguments)
        self.assertEqual(self.run_hall("--help"), 0)
        self.assertEqual(self.run_hall("--version"), 0)


if __name__ == "__main__":
    unittest_main()
