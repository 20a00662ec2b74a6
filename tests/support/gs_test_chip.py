# SPDX-License-Identifier: GPL-3.0-or-later
"""Utopia's passports, the chip that plays them on the virtual reader, and the PC/SC daemon beside us, for what is run
by tests/support/pcsc-stack.

    country = Country(folder, AUTHORITY)
    with Chip(CHIP, folder) as chip:
        chip.lay(country.passport("genuine"))
        chip.fault("delay=20")
        chip.take()
"""
import configparser
import os
import pathlib
import signal
import socket
import subprocess
import time

from gs_test_hall import end_with_parent

READER = "Virtual PCD 00 00"
SECONDS = 10


def wait_for(condition, seconds=SECONDS, what="it"):
    """Until the condition holds; its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise TimeoutError(f"{what} did not come within {seconds} s")


class Country:
    """Utopia, its lists and one passport of every variant, made in the folder."""

    def __init__(self, folder, authority):
        self.folder, self.authority = pathlib.Path(folder), authority
        self.state, self.passports = self.folder / "country", self.folder / "passports"
        self.lists = self.state / "lists"
        subprocess.run([authority, "--country", self.state, "--all", self.passports, "--quiet"], check=True)

    def passport(self, variant):
        return self.passports / variant

    def zone(self, variant):
        """The two lines as they are printed."""
        told = configparser.ConfigParser(interpolation=None)
        told.read(self.passport(variant) / "chip.ini")
        return "".join(told["document"][f"mrz-line-{number}"] + "\n" for number in (1, 2))

    def anchors(self):
        """Options of gateside-document: what Utopia publishes."""
        return ["--anchors", self.lists / "master-list.ml", "--crl", self.lists / "utopia-1.crl",
                "--crl", self.lists / "utopia-2.crl"]


class Chip:
    """gateside-chip with its control channel."""

    def __init__(self, program, folder, gap=600):
        self.folder = pathlib.Path(folder)
        self.socket, self.log = self.folder / "chip.control", self.folder / "chip.log"
        self.process = subprocess.Popen([program, "--control", self.socket, "--log", self.log, "--gap", str(gap)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                                        preexec_fn=end_with_parent)
        if not self.process.stdout.readline():
            raise RuntimeError("gateside-chip did not start")
        self.channel = socket.socket(socket.AF_UNIX)
        self.channel.settimeout(SECONDS)
        self.channel.connect(str(self.socket))
        self.lines = self.channel.makefile("rw")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Whoever ended us may have ended it too.
        self.process.terminate()
        self.process.wait(SECONDS)
        self.process.stdout.close()
        self.lines.close()
        self.channel.close()

    def tell(self, line):
        self.lines.write(line + "\n")
        self.lines.flush()
        answer = self.lines.readline().strip()
        if not answer.startswith("ok"):
            raise RuntimeError(answer)
        return dict(word.split("=", 1) for word in answer.split()[1:])

    def lay(self, folder, *faults):
        """Lays a passport on the reader, which must be empty: else see clear()."""
        self.tell(f"lay {folder}")
        for fault in faults:
            self.tell(f"fault {fault}")

    def fault(self, words):
        self.tell(f"fault {words}")

    def take(self):
        self.tell("take")

    def clear(self):
        """Takes what lies there and waits until the daemon, which looks every 400 ms, knows it."""
        from smartcard import scard  # not where a desk is only shown

        self.take()
        result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        if result != scard.SCARD_S_SUCCESS:
            return

        def empty():
            result, states = scard.SCardGetStatusChange(context, 0, [(READER, scard.SCARD_STATE_UNAWARE)])
            return result != scard.SCARD_S_SUCCESS or states[0][1] & scard.SCARD_STATE_EMPTY

        wait_for(empty, what="an empty reader")
        scard.SCardReleaseContext(context)

    def commands(self):
        """How many commands the chip was sent since it was laid."""
        return int(self.tell("status")["commands"])


class Daemon:
    """The PC/SC daemon of this stack."""

    def __init__(self):
        self.pid, self.process = int(os.environ["GS_PCSCD_PID"]), None

    def alive(self):
        try:
            return pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False  # ended before the open, or between it and the read

    def kill(self, how=signal.SIGKILL):
        if self.pid and self.alive():
            os.kill(self.pid, how)
            wait_for(lambda: not self.alive(), what="the daemon's end")
        if self.process:
            self.process.wait(SECONDS)
        self.pid, self.process = 0, None

    def start(self):
        """A new daemon with its readers; one that still runs is killed first."""
        self.kill()
        started = subprocess.run([os.environ["GS_PCSC_STACK"], "--daemon"], check=True, stdout=subprocess.PIPE, text=True,
                                 timeout=SECONDS)
        self.pid = int(started.stdout)

    def start_without_readers(self, folder):
        """A new daemon with nothing plugged in: its drivers' folder is hidden while it starts."""
        self.kill()
        nothing = pathlib.Path(folder, "no-readers")
        nothing.mkdir(exist_ok=True)
        for left in ("pcscd.comm", "pcscd.pid"):
            pathlib.Path("/run/pcscd", left).unlink(missing_ok=True)
        subprocess.run(["mount", "--bind", nothing, "/etc/reader.conf.d"], check=True)
        try:
            self.process = subprocess.Popen(["pcscd", "-f"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                            stderr=subprocess.DEVNULL, preexec_fn=end_with_parent)
            wait_for(lambda: pathlib.Path("/run/pcscd/pcscd.comm").exists(), what="a daemon without readers")
        finally:
            subprocess.run(["umount", "/etc/reader.conf.d"], check=True)
        self.pid = self.process.pid
