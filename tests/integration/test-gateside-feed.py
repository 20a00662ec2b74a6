#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-feed against the simulated hall: the faults of a live feed, TLS with the wrong people, a
certificate on a token, and the check of the whole contract. Usage: test-gateside-feed.py TOOL HALL"""
import base64
import json
import os
import shutil
import signal
import ssl
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

TOOL, PROGRAM = sys.argv[1:3]
del sys.argv[1:3]
SOURCE = os.environ.get("GATESIDE_SOURCE_ROOT", os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(SOURCE, "tests", "support"))
from gs_test_classes import classes_main  # noqa: E402
from gs_test_hall import Hall, wait_for  # noqa: E402

unittest_main = classes_main([sys.argv[0], TOOL, PROGRAM])

SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "1234"


class Follower:
    """gateside-feed follow in a process of its own; its lines as they come."""

    def __init__(self, url, *arguments, env=None):
        self.lines = []
        self.process = subprocess.Popen([TOOL, "follow", "--url", url, "--json", *arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def of(self, kind):
        return [line for line in list(self.lines) if line["kind"] == kind]

    def ids(self):
        return [line["id"] for line in self.of("event")]

    def state(self):
        states = self.of("state")
        return states[-1]["state"] if states else None

    def wait_state(self, state, count=1, seconds=15):
        wait_for(lambda: sum(line["state"] == state for line in self.of("state")) >= count, seconds)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(10)
        self.reader.join(5)
        self.errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return status

    def wait_end(self, seconds=10):
        status = self.process.wait(seconds)
        self.reader.join(5)
        self.errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return status


def identity(hall, desk="desk-1"):
    return ["--ca", os.path.join(hall.pki, "ca.pem"), "--cert", os.path.join(hall.pki, desk + ".pem"),
            "--key", os.path.join(hall.pki, desk + ".key")]


def url(hall, host="localhost"):
    return "https://%s:%d" % (host, hall.port)


def truth(hall):
    """id: bytes, as the hall wrote them down."""
    found = {}
    with open(hall.truth, "rb") as lines:
        for line in lines:
            name, _, rest = line.rstrip(b"\n").partition(b"\t")
            if name.isdigit():
                found[int(name)] = rest.decode()
    return found


class Faults(unittest.TestCase):
    def setUp(self):
        self.hall = Hall("--quiet", program=PROGRAM)
        self.hall.__enter__()
        self.addCleanup(self.hall.__exit__)
        self.follower = Follower(url(self.hall), *identity(self.hall))
        self.addCleanup(lambda: self.follower.process.poll() is None and self.follower.end())
        self.follower.wait_state("live")

    def make(self, count=1):
        for _ in range(count):
            made = self.hall.control("crossing", reasons=["B01"])
        return made["last_event"]

    def wait_event(self, number, seconds=15):
        wait_for(lambda: number in self.follower.ids(), seconds)

    def assert_same(self):
        """Each event once, in order, with the hall's bytes."""
        ids = self.follower.ids()
        self.assertEqual(ids, sorted(set(ids)))
        want = truth(self.hall)
        for line in self.follower.of("event"):
            self.assertEqual(line["event"], json.loads(want[line["id"]]))
        return ids

    def test_quiet_day_is_whole(self):
        last = self.make(5)
        self.wait_event(last)
        self.assertEqual(self.follower.end(), 0)
        self.assertEqual(self.assert_same(), list(range(1, last + 1)))
        self.assertEqual([line["state"] for line in self.follower.of("state")][-1], "live")
        self.assertEqual(self.follower.of("quarantine"), [])

    def test_bytes_are_the_halls(self):
        last = self.make()
        self.wait_event(last)
        self.follower.end()
        raw = subprocess.run([TOOL, "follow", "--url", url(self.hall), *identity(self.hall)], timeout=10,
                             stdout=subprocess.PIPE, preexec_fn=lambda: signal.alarm(2), check=False)
        want = truth(self.hall)
        lines = [line for line in raw.stdout.decode().splitlines() if '"kind":"event"' in line]
        self.assertEqual(lines, ['{"kind":"event","id":%d,"event":%s}' % (n, want[n])
                                 for n in range(1, last + 1)])

    def test_cut(self):
        self.wait_event(self.make())
        self.hall.control("faults", fault="cut", on=True)
        self.follower.wait_state("disconnected")
        last = self.make(3)
        self.wait_event(last)
        self.assertEqual(self.assert_same(), list(range(1, last + 1)))

    def test_duplicate_and_reorder(self):
        self.hall.control("faults", fault="duplicate", count=3)
        self.make(2)
        self.hall.control("faults", fault="reorder", count=2)
        last = self.make(3)
        self.wait_event(last)
        self.assertEqual(self.assert_same(), list(range(1, last + 1)))
        self.assertEqual(self.follower.of("quarantine"), [])
        self.assertEqual(self.follower.of("gap"), [])

    def test_dropped_from_the_stream(self):
        self.hall.control("faults", fault="drop", count=2)
        last = self.make(3)
        self.wait_event(last)
        self.assertEqual(self.assert_same(), list(range(1, last + 1)))

    def test_skipped_id(self):
        self.hall.control("faults", fault="skip-id", count=1)
        last = self.make(3)
        self.wait_event(last)
        ids = self.assert_same()
        gaps = self.follower.of("gap")
        missing = sorted(set(range(1, last + 1)) - set(ids))
        self.assertEqual(missing, [n for gap in gaps for n in range(gap["id"], gap["last_id"] + 1)])
        self.assertEqual(len(missing), 1)

    def test_garbage(self):
        self.hall.control("faults", fault="garbage", count=1)
        last = self.make(2)
        self.wait_event(last)
        quarantine = self.follower.of("quarantine")
        self.assertEqual(len(quarantine), 1)
        self.assertTrue(quarantine[0]["error"])
        self.assertTrue(base64.b64decode(quarantine[0]["raw"], validate=True))
        self.assertEqual(sorted(self.follower.ids() + [quarantine[0]["id"]]), list(range(1, last + 1)))
        self.assertEqual(self.follower.state(), "live")

    def test_any_text_as_an_event(self):
        self.hall.control("event", raw="{\"specversion\":", id=None)
        wait_for(lambda: self.follower.of("quarantine"))
        self.assertIsNone(self.follower.of("quarantine")[0]["id"])
        last = self.make()
        self.wait_event(last)
        self.hall.control("event", raw="{\"other\":\"content\"}", id=last)
        wait_for(lambda: len(self.follower.of("quarantine")) == 2)
        self.assertEqual(self.follower.of("quarantine")[1]["id"], last)

    def test_new_epoch(self):
        self.wait_event(self.make())
        self.hall.control("faults", fault="new-epoch", on=True)
        wait_for(lambda: self.follower.of("reset"), 15)
        self.assertEqual(self.follower.of("reset")[0]["reason"], "epoch")
        self.follower.wait_state("live", 2)
        before = len(self.follower.lines)
        last = self.make()
        wait_for(lambda: last in [line["id"] for line in self.follower.lines[before:]
                                  if line["kind"] == "event"] or last in self.follower.ids())

    def test_stop_sending(self):
        self.wait_event(self.make())
        begin = time.monotonic()
        self.hall.control("faults", fault="stop-sending", seconds=7)
        last = self.make()
        self.follower.wait_state("disconnected")
        self.assertGreater(time.monotonic() - begin, 3.5)
        lost = [line for line in self.follower.of("state") if line["state"] == "disconnected"]
        self.assertIn("6 s", lost[0]["reason"])
        self.wait_event(last, 25)
        self.assertEqual(self.assert_same(), list(range(1, last + 1)))

    def test_restart(self):
        last = self.make()
        self.wait_event(last)
        self.hall.stop(signal.SIGKILL)
        self.follower.wait_state("disconnected")
        self.hall.start()
        last = self.make(2)
        self.wait_event(last, 25)
        self.assertEqual(self.assert_same(), list(range(1, last + 1)))
        self.assertIsNone(self.follower.process.poll())


class People(unittest.TestCase):
    """Who may speak with whom."""

    @classmethod
    def setUpClass(cls):
        cls.hall = Hall("--quiet", program=PROGRAM)
        cls.hall.__enter__()
        cls.addClassCleanup(cls.hall.__exit__)
        cls.hall.control("crossing")
        cls.ca = os.path.join(cls.hall.pki, "ca.pem")
        cls.other = os.path.join(cls.hall.folder, "other")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                        "-nodes", "-keyout", cls.other + ".key", "-out", cls.other + ".pem", "-subj",
                        "/CN=desk-1", "-days", "2"], check=True, stderr=subprocess.DEVNULL)

    def test_no_certificate(self):
        follower = Follower(url(self.hall), "--ca", self.ca)
        self.assertEqual(follower.wait_end(), 1)
        self.assertIn("refused by the hall", follower.errors)
        self.assertEqual(follower.ids(), [])

    def test_foreign_certificate(self):
        follower = Follower(url(self.hall), "--ca", self.ca, "--cert", self.other + ".pem", "--key",
                            self.other + ".key")
        self.assertEqual(follower.wait_end(), 1)
        self.assertIn("refused by the hall", follower.errors)

    def test_unknown_ca(self):
        follower = Follower(url(self.hall), *identity(self.hall)[2:], "--ca", self.other + ".pem")
        follower.wait_state("disconnected", 2)
        self.assertEqual(follower.end(), 0)
        self.assertEqual(follower.ids(), [])
        self.assertIn("not trusted", follower.of("state")[-1]["reason"])

    def test_two_authorities_may_overlap(self):
        follower = Follower(url(self.hall), "--ca", self.other + ".pem", *identity(self.hall))
        follower.wait_state("live")
        self.assertEqual(follower.end(), 0)

    def serve(self, certificate, version=None):
        """A TLS server that is no hall; returns its port."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate + ".pem", certificate + ".key")
        if version:
            context.maximum_version = version
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        self.requests = []

        def run():
            while True:
                try:
                    plain, _ = listener.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(plain, server_side=True) as secure:
                        secure.settimeout(2)
                        self.requests.append(secure.recv(1000))
                except OSError:
                    pass
        threading.Thread(target=run, daemon=True).start()
        return listener.getsockname()[1]

    def test_wrong_host(self):
        port = self.serve(os.path.join(self.hall.pki, "desk-2"))
        follower = Follower("https://localhost:%d" % port, *identity(self.hall))
        follower.wait_state("disconnected")
        self.assertEqual(follower.end(), 0)
        self.assertIn("not trusted", follower.of("state")[-1]["reason"])
        self.assertFalse(any(self.requests))

    def test_old_tls(self):
        port = self.serve(os.path.join(self.hall.pki, "hall"), ssl.TLSVersion.TLSv1_2)
        follower = Follower("https://localhost:%d" % port, *identity(self.hall))
        follower.wait_state("disconnected")
        self.assertEqual(follower.end(), 0)
        self.assertIn("TLS 1.3", follower.of("state")[1]["reason"])
        self.assertFalse(any(self.requests))

    def make_token(self):
        """The desk's key pair on a new SoftHSM token; the environment that finds it."""
        for program in ("softhsm2-util", "pkcs11-tool"):
            if shutil.which(program) is None:
                self.skipTest(program + " is missing")
        if not os.path.exists(SOFTHSM):
            self.skipTest("SoftHSM2 is missing")
        folder = tempfile.mkdtemp(prefix="gateside-token-")
        self.addCleanup(shutil.rmtree, folder)
        os.mkdir(os.path.join(folder, "tokens"))
        with open(os.path.join(folder, "conf"), "w", encoding="ascii") as conf:
            conf.write("directories.tokendir = %s/tokens\n" % folder)
        env = dict(os.environ, SOFTHSM2_CONF=os.path.join(folder, "conf"))

        def run(*command):
            subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        run("softhsm2-util", "--init-token", "--free", "--label", "desk", "--pin", PIN, "--so-pin", "5678")
        key = os.path.join(folder, "key.p8")
        run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", os.path.join(self.hall.pki, "desk-1.key"), "-out", key)
        run("softhsm2-util", "--import", key, "--token", "desk", "--label", "desk-1", "--id", "01", "--pin", PIN)
        run("pkcs11-tool", "--module", SOFTHSM, "--token-label", "desk", "--login", "--pin", PIN, "--write-object",
            os.path.join(self.hall.pki, "desk-1.pem"), "--type", "cert", "--label", "desk-1", "--id", "01")
        return env, folder

    def test_token(self):
        env, folder = self.make_token()
        follower = Follower(url(self.hall), "--ca", self.ca, "--cert",
                            "pkcs11:token=desk;object=desk-1?pin-value=" + PIN, env=env)
        follower.wait_state("live")
        wait_for(follower.ids)
        self.assertEqual(follower.end(), 0)
        with open(os.path.join(folder, "pin"), "w", encoding="ascii") as pin:
            pin.write(PIN + "\n")
        follower = Follower(url(self.hall), "--ca", self.ca, "--cert", "pkcs11:token=desk;object=desk-1;type=cert",
                            "--key", "pkcs11:token=desk;object=desk-1;type=private?pin-source=file:%s/pin" % folder,
                            env=env)
        follower.wait_state("live")
        self.assertEqual(follower.end(), 0)

    def test_token_with_a_wrong_pin(self):
        env, _ = self.make_token()
        follower = Follower(url(self.hall), "--ca", self.ca, "--cert",
                            "pkcs11:token=desk;object=desk-1?pin-value=9999", env=env)
        self.assertEqual(follower.wait_end(), 1)
        self.assertEqual(follower.ids(), [])


class Contract(unittest.TestCase):
    def check(self, hall, *more):
        return subprocess.run([TOOL, "check", "--url", url(hall), *identity(hall), *more], capture_output=True,
                              text=True, timeout=60, check=False)

    def test_all_rules_hold(self):
        with Hall("--quiet", "--keep", "40", program=PROGRAM) as hall:
            for _ in range(12):
                hall.control("crossing")
                hall.control("crossing", reasons=["B01"])
            done = self.check(hall)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("fail ", done.stdout)
        self.assertNotIn("skipped ", done.stdout)
        self.assertRegex(done.stdout, r"pass +stream-heartbeat")
        self.assertRegex(done.stdout, r"pass +stream-gone-410")
        self.assertRegex(done.stdout, r"pass +claim-outcome-idempotent")

    def test_newest_is_asked(self):
        """In a busy hall the oldest traveller passes customs while the check runs; the newest one stays longest."""
        with Hall("--quiet", program=PROGRAM) as hall:
            made = [hall.control("crossing", **wish)["crossing"] for wish in ({}, {"reasons": ["B01"]}) * 3]
            done = self.check(hall, "--quick")
            self.assertEqual(done.returncode, 0, done.stdout)
            with open(hall.traffic, encoding="utf-8") as lines:
                asked = [line["path"].split("/") for line in map(json.loads, lines) if line["status"] in (200, 201)]
        self.assertEqual({path[3] for path in asked if path[-1] == "stamp-claims"}, {made[-2]})
        self.assertEqual({path[3] for path in asked if path[-1] == "lease"}, {made[-1]})

    def test_while_travellers_leave(self):
        """Against a hall where somebody passes customs every few milliseconds, first run and every run."""
        with Hall("--seed", "3", "--speed", "20", "--per-minute", "30", "--referrals", "10", program=PROGRAM) as hall:
            wait_for(lambda: hall.look("state")["newest_event"] > 300, 30)
            for _ in range(3):
                done = self.check(hall, "--quick")
                self.assertEqual(done.returncode, 0, done.stdout)

    def test_faults_are_named(self):
        with Hall("--quiet", program=PROGRAM) as hall:
            for _ in range(4):
                hall.control("crossing")
            hall.control("faults", fault="lose-clock", on=True)
            hall.control("faults", fault="skip-id", count=1)
            for _ in range(2):
                hall.control("crossing")
            done = self.check(hall, "--quick", "--json")
        results = {line["rule"]: line["result"] for line in map(json.loads, done.stdout.splitlines())}
        self.assertEqual(done.returncode, 1)
        self.assertEqual(results["clock-synchronised"], "fail")
        self.assertEqual(results["page-events"], "fail")
        self.assertEqual(results["page-limit"], "pass")

    def test_nobody_there(self):
        done = subprocess.run([TOOL, "check", "--url", "http://127.0.0.1:1"], capture_output=True, text=True,
                              timeout=20, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"fail +reachable")


class Usage(unittest.TestCase):
    def test_wrong_usage(self):
        for arguments in ([], ["follow"], ["fly", "--url", "https://h"], ["follow", "--url", "ftp://h"],
                          ["follow", "--url", "http://hall.example"], ["follow", "--url", "https://h", "--after", "x"],
                          ["follow", "--url", "https://h", "--ca", "/nonexistent"], ["follow", "--nonsense"],
                          ["follow", "--url", "https://h", "--key", "k"], ["follow", "check", "--url", "https://h"]):
            done = subprocess.run([TOOL, *arguments], capture_output=True, text=True, timeout=10, check=False)
            self.assertEqual(done.returncode, 64, arguments)
            self.assertTrue(done.stderr, arguments)
            self.assertEqual(done.stdout, "", arguments)

    def test_help_and_version(self):
        done = subprocess.run([TOOL, "--help"], capture_output=True, text=True, timeout=10, check=False)
        self.assertEqual(done.returncode, 0)
        for word in ("follow", "check", "--url", "--ca", "--cert", "--key", "--after", "--json"):
            self.assertIn(word, done.stdout)
        done = subprocess.run([TOOL, "--version"], capture_output=True, text=True, timeout=10, check=False)
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^gateside-feed \d+\.\d+")


unittest_main()
