# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated hall in a process of its own, and a client of it, for tests.

    with Hall(program, "--quiet") as hall:
        made = hall.control("crossing", reasons=["B01"])
        answer = hall.desk("desk-3").get("/v1/crossings/" + made["crossing"])
"""
import ctypes
import http.client
import json
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time


PR_SET_PDEATHSIG = 1


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def find_program():
    root = os.environ.get("GATESIDE_BUILD_ROOT", ".")
    return os.path.join(root, "src", "simulator", "hall", "gateside-hall")


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body
        kind = headers.get("content-type", "")
        self.json = json.loads(body) if body and "json" in kind else None

    @property
    def problem(self):
        """The problem's name, None when it is no problem."""
        if self.headers.get("content-type", "").startswith("application/problem+json"):
            return self.json["type"].rpartition(":")[2]
        return None

    def __repr__(self):
        return "%s %s" % (self.status, self.body[:300])


class Desk:
    """One desk with its certificate. certificate None goes without one."""

    def __init__(self, hall, name, certificate=None):
        self.name = name
        self.port = hall.port
        self.context = ssl.create_default_context(cafile=os.path.join(hall.pki, "ca.pem"))
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        pair = certificate or name
        if pair != "none":
            folder = pair if os.path.isabs(pair) else os.path.join(hall.pki, pair)
            self.context.load_cert_chain(folder + ".pem", folder + ".key")

    def connect(self, timeout=10):
        return http.client.HTTPSConnection("localhost", self.port, context=self.context,
                                           timeout=timeout)

    def request(self, method, path, body=None, **headers):
        head = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        data = None
        if body is not None:
            data = body if isinstance(body, (bytes, str)) else json.dumps(body)
            head.setdefault("Content-Type", "application/json")
        connection = self.connect()
        try:
            connection.request(method, path, data, head)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def put(self, path, body=None, **headers):
        return self.request("PUT", path, body, **headers)

    def post(self, path, body=None, **headers):
        return self.request("POST", path, body, **headers)

    def delete(self, path, body=None, **headers):
        return self.request("DELETE", path, body, **headers)

    def stream(self, last=None, timeout=8, **headers):
        return Stream(self, last, timeout, headers)


class Stream:
    """The live feed, read line by line."""

    def __init__(self, desk, last, timeout, headers):
        self.connection = desk.connect(timeout)
        head = {"Accept": "text/event-stream"}
        head.update({name.replace("_", "-"): value for name, value in headers.items()})
        if last is not None:
            head["Last-Event-ID"] = str(last)
        self.connection.request("GET", "/v1/events", headers=head)
        self.response = self.connection.getresponse()
        self.status = self.response.status

    def next(self):
        """("comment", text), ("retry", text), ("end", None), or ("event", {id, event, data})."""
        event = {}
        while True:
            line = self.response.readline()
            if not line:
                return ("end", None)
            line = line.rstrip(b"\n")
            if not line:
                if event:
                    return ("event", event)
                continue
            if line.startswith(b":"):
                return ("comment", line[1:].strip().decode())
            name, _, value = line.partition(b": ")
            if name == b"retry":
                return ("retry", value.decode())
            event[name.decode()] = value

    def next_event(self):
        while True:
            kind, value = self.next()
            if kind in ("event", "end"):
                return value

    def close(self):
        self.connection.close()


class Hall:
    """Starts the program on free ports and waits until it listens; ends it on exit."""

    def __init__(self, *options, program=None, folder=None, pki=None):
        self.own = folder is None
        self.folder = folder or tempfile.mkdtemp(prefix="gateside-hall-test-")
        self.program = program or find_program()
        self.options = list(options)
        self.pki = pki or os.path.join(self.folder, "pki")
        self.truth = os.path.join(self.folder, "truth")
        self.traffic = os.path.join(self.folder, "traffic")
        self.process = None
        self.port = self.control_port = 0

    def __enter__(self):
        if not os.path.exists(os.path.join(self.pki, "ca.pem")):
            subprocess.run([self.program, "--make-pki", self.pki], check=True)
        self.start()
        return self

    def __exit__(self, *unused):
        self.stop()
        if self.own:
            shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        ports = os.path.join(self.folder, "ports")
        if os.path.exists(ports):
            os.unlink(ports)
        # Built with ASan, LeakSanitizer's own tracer crashes at the program's end over GnuTLS'
        # thread-local storage; the unit tests look for leaks instead.
        environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
        self.process = subprocess.Popen(
            [self.program, "--pki", self.pki, "--port", str(self.port), "--control",
             str(self.control_port), "--port-file", ports, "--state",
             os.path.join(self.folder, "state"), "--ground-truth", self.truth,
             "--record-traffic", self.traffic] + self.options, stdout=subprocess.DEVNULL,
            preexec_fn=end_with_parent, env=environment)
        wait_for(lambda: os.path.exists(ports) or self.process.poll() is not None)
        if self.process.poll() is not None:
            raise RuntimeError("the hall ended at once")
        with open(ports, encoding="ascii") as lines:
            found = dict(line.split() for line in lines)
        self.port = int(found["hall"])
        self.control_port = int(found["control"])

    def _unplug_scanners(self):
        """Takes the scanners' names away, as a pulled plug does. The kernel gives a dead hall's line to the next one that
        asks: a station that opened the old name would read another test's documents."""
        for option, value in zip(self.options, self.options[1:]):
            if option == "--scanner-pty" and os.path.islink(value.partition("=")[2]):
                os.unlink(value.partition("=")[2])

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self._unplug_scanners()
            self.process.send_signal(how)
            code = self.process.wait(10)
            if how == signal.SIGTERM and code != 0:
                raise RuntimeError("the hall ended with %d" % code)

    def desk(self, name="desk-3", certificate=None):
        return Desk(self, name, certificate)

    def control(self, resource, **wish):
        """POST /control/RESOURCE; raises on anything but 200."""
        return self._control("POST", resource, json.dumps(wish))

    def look(self, resource):
        return self._control("GET", resource, None)

    def _control(self, method, resource, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.control_port, timeout=10)
        try:
            connection.request(method, "/control/" + resource, body)
            response = connection.getresponse()
            text = response.read()
            if response.status != 200:
                raise RuntimeError("%s: %s" % (resource, text))
            return json.loads(text)
        finally:
            connection.close()


def wait_for(condition, seconds=10):
    """Waits until condition () is true and returns its value."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError("it did not happen within %s s" % seconds)
        time.sleep(0.02)
