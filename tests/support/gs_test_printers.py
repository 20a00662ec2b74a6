# SPDX-License-Identifier: GPL-3.0-or-later
"""Printers in processes of their own, for tests and for the demo.

SimulatedPrinter is the project's stamp printer, EvePrinter is ippeveprinter of CUPS as a stamp printer. Both listen on a
free port of loopback, show a certificate for localhost (made here unless given) and end with this process.

    with SimulatedPrinter(build_root, folder) as printer:
        ... printer.uri, printer.pins ...
        printer.set_fault("jam=100")
        assert printer.truth()[0]["printed"] == "fully"
"""
import ctypes
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

START_TIMEOUT_S = 15
END_TIMEOUT_S = 5
PR_SET_PDEATHSIG = 1
SUPPORT = pathlib.Path(__file__).resolve().parent


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def make_certificate(folder, name="localhost", host="localhost"):
    """Makes folder/name.crt and folder/name.key, valid for 30 days; gives both paths."""
    crt, key = pathlib.Path(folder, name + ".crt"), pathlib.Path(folder, name + ".key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "30", "-subj", "/CN=" + host, "-addext", "subjectAltName=DNS:" + host, "-keyout", key, "-out", crt],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return crt, key


def _end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Printer:
    """What both have: uri, pins (the certificate's path), port, folder, log (a path)."""

    def __init__(self, folder, port=None, cert=None, key=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = port or free_port()
        self.uri = f"ipps://localhost:{self.port}/ipp/print"
        self.keys = self.folder / "pins"
        self.keys.mkdir(mode=0o700, exist_ok=True)
        self.pins, self.key = self.keys / "localhost.crt", self.keys / "localhost.key"
        if cert:
            shutil.copyfile(cert, self.pins)
            shutil.copyfile(key, self.key)
        elif not self.pins.exists():
            make_certificate(self.keys)
        self.log = self.folder / "printer.log"
        self.environment = dict(os.environ)
        self.process = None

    def spawn(self, arguments, log=None):
        with open(log or self.log, "ab") as out:
            return subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self.environment,
                                    preexec_fn=_end_with_parent)

    def start(self):
        """Starts it (again) and waits until it listens."""
        self.process = self.spawn(self.arguments())
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        raise RuntimeError(f"no printer on port {self.port}: " + self.log.read_text(errors="replace")[-2000:])

    def kill(self, number=signal.SIGTERM):
        """Ends the process by a signal; start() begins it again on the same folder and port."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(END_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def stop(self):
        self.kill()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class SimulatedPrinter(Printer):
    def __init__(self, build_root, folder, faults=(), **keywords):
        super().__init__(folder, **keywords)
        self.program = pathlib.Path(build_root, "src/simulator/printer/gateside-stamp-printer")
        self.faults = faults
        self.spool = self.folder / "spool"
        self.ground_truth = self.spool / "ground-truth.jsonl"

    def arguments(self):
        options = [f"--fault={fault}" for fault in self.faults]
        return [self.program, "--port", str(self.port), "--spool", self.spool, "--cert", self.pins, "--key", self.key,
                *options]

    def set_fault(self, fault):
        """"jam", "jam=100", "slow=5", …, or "clear"."""
        urllib.request.urlopen(f"http://localhost:{self.port}/faults", data=b"fault=" + fault.encode(), timeout=5).close()

    def truth(self, job_name=None):
        """What really got on paper: the lines of the ground-truth log, as dicts."""
        if not self.ground_truth.exists():
            return []
        lines = [json.loads(line) for line in self.ground_truth.read_text().splitlines()]
        return [line for line in lines if job_name in (None, line["job_name"])]

    def pages(self):
        """The printed pages as PNG, oldest first."""
        return sorted(self.spool.glob("page-*.png"))


class EvePrinter(Printer):
    """Documents are kept as documents/<job-name>.pwg. While documents/jam exists, its media is jammed."""

    def __init__(self, folder, **keywords):
        super().__init__(folder, **keywords)
        self.documents, self.work = self.folder / "documents", self.folder / "work"
        for folder_ in (self.documents, self.work):
            folder_.mkdir(exist_ok=True)
        self.bus = None

    @staticmethod
    def is_installed():
        return bool(shutil.which("ippeveprinter") and shutil.which("dbus-daemon"))

    def arguments(self):
        return [shutil.which("ippeveprinter"), "-r", "off", "-n", "localhost", "-p", str(self.port), "-d", self.work, "-k",
                "-K", self.keys, "--no-web-forms", "-a", SUPPORT / "ippeveprinter-stamp.conf", "-c",
                SUPPORT / "ippeveprinter-command", "Stamp"]

    def start(self):
        if not self.bus:
            address = f"unix:path={self.folder}/bus"
            self.bus = self.spawn(["dbus-daemon", "--session", "--nofork", "--address=" + address],
                                  self.folder / "bus.log")
            deadline = time.monotonic() + START_TIMEOUT_S
            while not (self.folder / "bus").exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            self.environment.update(DBUS_SYSTEM_BUS_ADDRESS=address, DBUS_SESSION_BUS_ADDRESS=address,
                                    GATESIDE_SAVE_DIR=str(self.documents))
        return super().start()

    def stop(self):
        super().stop()
        if self.bus:
            self.bus.terminate()
            self.bus.wait()
            self.bus = None
