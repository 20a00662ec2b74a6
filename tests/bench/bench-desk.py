#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program on a screen of its own, seen from outside by reading single pixels of the screen.

  first frame   from the start of the process to the first pixel that changes, beside an empty libadwaita window, and
                to the whole sign-in page
  event, 100/s  from the moment when the hall is told to publish a gate's new state to the pixel of that gate's tile,
  event, 1000/s while the hall publishes so many other events a second; beside the time that the hall takes to answer
  camera        with --camera: new pictures a second of the desk's camera on the screen, while every frame is looked at
                for guidance and 100 events a second come in, beside the 30 that the camera makes; and the same
                event to pixel meanwhile
  memory        resident memory of the station before and after a time at 1,000 events a second

The hall has 128 gates, of which the desk watches 8, as feed.md's worst load says; twelve travellers wait and one card
is open. --stress gives the desk all of the load: a hall of 8 gates, and travellers who lay their documents on the
desk's reader several times a second, which opens card after card.

A pixel is read about every millisecond, which costs the machine something too. Nothing here fails because it is slow.
How long threads waited for a processor is told with each figure: where it is much, other work was measured too. As
root, "chrt -r 1" before the command keeps other work away.
Usage: bench-desk.py EMPTY-WINDOW [--json] [--runs N] [--seconds N] [--stress] [--camera]
"""
import argparse
import ctypes
import http.client
import json
import os
import pathlib
import subprocess
import sys
import time

SOURCE = pathlib.Path(os.environ.get("GATESIDE_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
sys.path.insert(0, str(SOURCE / "tests" / "support"))
from gateside_desk import Desk  # noqa: E402

WIDTH, HEIGHT = 1920, 1080
FRAME_MS = 1000 / 60
STRIP = (0, 40, WIDTH, 160)  # where the gates are looked for
CAMERA_LINE = (1047, 385, 1, 270)  # down the face in the card's third picture
CAMERA_PER_S = 30
TIMEOUT_S = 5  # then it counts as missed
Z_PIXMAP = 2


class XImage(ctypes.Structure):
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int), ("bitmap_unit", ctypes.c_int),
                ("bitmap_bit_order", ctypes.c_int), ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int),
                ("bytes_per_line", ctypes.c_int), ("bits_per_pixel", ctypes.c_int)]


class Pixels:
    """Reads the screen."""

    def __init__(self, display):
        self.x = ctypes.CDLL("libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint,
                                     ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self.x.XGetImage.restype = ctypes.POINTER(XImage)
        self.x.XDestroyImage.argtypes = [ctypes.POINTER(XImage)]
        self.display = self.x.XOpenDisplay(display.encode())
        self.root = self.x.XDefaultRootWindow(self.display)

    def read(self, left, top, width=1, height=1):
        image = self.x.XGetImage(self.display, self.root, left, top, width, height, 0xFFFFFFFF, Z_PIXMAP)
        data = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * height)
        self.x.XDestroyImage(image)
        return data

    def wait(self, left, top, condition):
        """Seconds of the monotonic clock when the pixel fulfilled the condition; None when it never did."""
        end = time.monotonic() + TIMEOUT_S
        while time.monotonic() < end:
            if condition(self.read(left, top)):
                return time.monotonic()
            time.sleep(0.0005)
        return None


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


def report(name, unit, floor_name, floor, subject_name, subject):
    if OPTIONS.json:
        print(json.dumps({"name": name, "unit": unit, "floor_name": floor_name, "floor": round(floor, 3),
                          "subject_name": subject_name, "subject": round(subject, 3),
                          "ratio": round(subject / floor, 3) if floor else None}), flush=True)
    else:
        print(f"{name}: {subject_name} {subject:.1f} {unit}, {floor_name} {floor:.1f} {unit}"
              + (f", ratio {subject / floor:.2f}" if floor else ""), flush=True)


# --- first frame

def time_first_frame(desk, pixels, command):
    before = pixels.read(WIDTH // 3, HEIGHT // 3)
    begin = time.monotonic()
    process = desk.screen.run(command, desk.folder / "first-frame.log", **desk.environment())
    end = pixels.wait(WIDTH // 3, HEIGHT // 3, lambda data: data != before)
    desk.screen.end(process)
    pixels.wait(WIDTH // 3, HEIGHT // 3, lambda data: data == before)
    return (end - begin) * 1000 if end else None


CARD = (WIDTH // 2 - 100, HEIGHT // 2 - 140, 200, 200)  # where the sign-in page stands


def look_of_sign_in(desk, pixels):
    """The sign-in page's pixels, once it stands still."""
    process = desk.screen.run(desk.command(), desk.folder / "first-frame.log", **desk.environment())
    time.sleep(4)
    look = pixels.read(*CARD)
    desk.screen.end(process)
    time.sleep(0.5)
    return look


def time_sign_in(desk, pixels, look):
    begin = time.monotonic()
    process = desk.screen.run(desk.command(), desk.folder / "first-frame.log", **desk.environment())
    end = begin + TIMEOUT_S
    while pixels.read(*CARD) != look and time.monotonic() < end:
        time.sleep(0.0005)
    taken = time.monotonic() - begin
    desk.screen.end(process)
    time.sleep(0.3)
    return taken * 1000 if taken < TIMEOUT_S else None


def bench_first_frame(desk, pixels):
    empty, station, page = [], [], []
    look = look_of_sign_in(desk, pixels)
    for run in range(OPTIONS.runs_first + 1):
        one = time_first_frame(desk, pixels, [OPTIONS.empty])
        two = time_first_frame(desk, pixels, desk.command())
        if run and one and two:  # the first warms the disk's cache
            empty.append(one)
            station.append(two)
        three = time_sign_in(desk, pixels, look)
        if run and three:
            page.append(three)
    report("first frame, median", "ms", "empty libadwaita window", quantile(empty, 0.5), "station",
           quantile(station, 0.5))
    if page:
        report("sign-in page complete, median", "ms", "empty libadwaita window", quantile(empty, 0.5), "station",
               quantile(page, 0.5))


# --- event to pixel

def thread_times(process):
    """Name → (s on a processor, s waiting for one) of each thread."""
    found = {}
    for task in pathlib.Path(f"/proc/{process.pid}/task").iterdir():
        try:
            on, waiting = (task / "schedstat").read_text().split()[:2]
            found[(task / "comm").read_text().strip(), task.name] = (int(on) / 1e9, int(waiting) / 1e9)
        except OSError:  # ended just now
            pass
    return found


def report_threads(name, before, after, seconds):
    """The station's busiest threads: a share of a processor, and the share of the time that they waited for one."""
    shares = sorted(((on - before.get(key, (0, 0))[0], waiting - before.get(key, (0, 0))[1], key[0])
                     for key, (on, waiting) in after.items()), reverse=True)[:5]
    for on, waiting, thread in shares:
        if OPTIONS.json:
            print(json.dumps({"name": f"{name}, thread {thread}", "unit": "%", "ran": round(on / seconds * 100, 1),
                              "waited": round(waiting / seconds * 100, 1)}), flush=True)
        else:
            print(f"{name}, thread {thread}: {on / seconds * 100:.0f} % of a processor, waited for one "
                  f"{waiting / seconds * 100:.0f} % of the time", flush=True)


def set_scene(desk):
    """Travellers who wait, and a card that is open."""
    for reason, gate in zip("B01 D03 D06 C01 B01 D03 D06 C01 B01 D03 D06 C01".split(), range(12)):
        desk.hall.control("crossing", gate=f"gate-{3 + gate % 6}", reasons=[reason])
    desk.screen.wait_text("Waiting travellers", seconds=10)
    if OPTIONS.camera:  # whose document was just swiped stands before the camera
        made = desk.hall.control("crossing", gate="gate-3", reasons=["B01"], person=4)
        # Never content, so every frame is looked at: a good picture would end that within a second.
        desk.hall.control("camera", desk=desk.desk, trouble="turned")
        desk.swipe(made)
        desk.screen.wait_text("Live", "Face: compare", seconds=60)
        time.sleep(8)  # the person walks in
        return
    desk.screen.press("ctrl+n")
    time.sleep(2)


class Gate:
    """A gate's tile whose pixel tells the two states apart."""

    def __init__(self, desk, pixels, name):
        self.desk, self.pixels, self.name = desk, pixels, name
        self.connection = http.client.HTTPConnection("127.0.0.1", desk.hall.control_port, timeout=10)

    def set(self, state):
        """Publishes a state; ms until the hall has answered."""
        begin = time.monotonic()
        self.connection.request("POST", "/control/gate", json.dumps({"gate": self.name, "state": state}))
        self.connection.getresponse().read()
        return begin, (time.monotonic() - begin) * 1000

    def learn(self):
        """Finds a pixel that is one colour in each state, and another in the other."""
        seen = {}
        for state in ("fault", "closed"):
            self.set(state)
            time.sleep(1)
            shots = []
            for _ in range(8):
                shots.append(self.pixels.read(*STRIP))
                time.sleep(0.12)
            seen[state] = shots
        width = STRIP[2]
        for offset in range(0, len(seen["fault"][0]), 4):
            one = {shot[offset:offset + 3] for shot in seen["fault"]}
            two = {shot[offset:offset + 3] for shot in seen["closed"]}
            if len(one) == 1 and len(two) == 1 and one != two:
                pixel = offset // 4
                self.left, self.top = STRIP[0] + pixel % width, STRIP[1] + pixel // width
                self.colours = {"fault": one.pop(), "closed": two.pop()}
                return True
        return False

    def time(self, state):
        old = self.pixels.read(self.left, self.top)[:3]
        begin, answered = self.set(state)
        end = self.pixels.wait(self.left, self.top, lambda data: data[:3] != old)
        return ((end - begin) * 1000 if end else None), answered


def bench_event(desk, pixels, gate, rate):
    desk.hall.control("load", events_per_second=rate)
    time.sleep(3)
    before = desk.hall.look("state")["newest_event"]
    begin, threads = time.monotonic(), thread_times(desk.station)
    pixel, hall, lost = [], [], 0
    for run in range(OPTIONS.runs):
        taken, answered = gate.time("closed" if run % 2 else "fault")
        if taken is None:
            lost += 1
            continue
        pixel.append(taken)
        hall.append(answered)
        time.sleep(0.02 + 0.03 * (run % 7) / 7)  # not in step with the frames
    seconds = time.monotonic() - begin
    real = (desk.hall.look("state")["newest_event"] - before) / seconds
    report_threads(f"the station at {rate}/s", threads, thread_times(desk.station), seconds)
    desk.hall.control("load", events_per_second=0)
    for part, word in ((0.5, "p50"), (0.99, "p99")):
        report(f"event to pixel at {rate}/s (really {real:.0f}/s, n={len(pixel)}, missed {lost}), {word}", "ms",
               "one frame at 60 Hz", FRAME_MS, "pixel", quantile(pixel, part))
        report(f"of it the hall's own answer at {rate}/s, {word}", "ms", "one frame at 60 Hz", FRAME_MS, "hall",
               quantile(hall, part))


# --- camera

def bench_camera(desk, pixels):
    desk.hall.control("load", events_per_second=100)
    time.sleep(2)
    before, begin, threads = pixels.read(*CAMERA_LINE), time.monotonic(), thread_times(desk.station)
    changes, last, gaps = 0, begin, []
    while time.monotonic() < begin + 10:
        now = pixels.read(*CAMERA_LINE)
        if now != before:
            gaps.append(time.monotonic() - last)
            changes, before, last = changes + 1, now, time.monotonic()
        time.sleep(0.002)
    seconds = time.monotonic() - begin
    after = thread_times(desk.station)
    if not changes:
        sys.exit("the camera's picture is not where it is looked for, or stands still")
    report("pictures of the camera on the screen at 100/s", "a second", "the camera", CAMERA_PER_S, "screen", changes / seconds)
    report("longest time without a new picture", "ms", "a picture's time", 1000 / CAMERA_PER_S, "screen", max(gaps) * 1000)
    whole = sum(on - threads.get(key, (0, 0))[0] for key, (on, _) in after.items()) / seconds * 100
    report("the station's processor time with camera and guidance at 100/s", "% of a core", "one core", 100, "station", whole)
    report_threads("the station with a camera at 100/s", threads, after, seconds)


# --- memory

def resident_mb(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0


def bench_memory(desk):
    before, first = resident_mb(desk.station), desk.hall.look("state")["newest_event"]
    desk.hall.control("load", events_per_second=1000)
    time.sleep(OPTIONS.seconds)
    desk.hall.control("load", events_per_second=0)
    time.sleep(3)
    count = desk.hall.look("state")["newest_event"] - first
    report(f"resident memory of the station, {count} events in {OPTIONS.seconds} s", "MB", "before", before, "after",
           resident_mb(desk.station))


def main():
    hall = [] if OPTIONS.stress else ["--quiet", "--gates", "128", "--stamp-askers", "0"]
    with Desk(*hall, build=os.environ.get("GATESIDE_BUILD_ROOT"), size=(WIDTH, HEIGHT),
              camera=OPTIONS.camera) as desk:
        pixels = Pixels(desk.screen.environment["DISPLAY"])
        desk.stop()
        time.sleep(0.5)
        if OPTIONS.runs_first:
            bench_first_frame(desk, pixels)
        if not OPTIONS.runs:
            return
        desk.start()
        desk.sign_in()
        if not OPTIONS.stress:
            set_scene(desk)
        gate = Gate(desk, pixels, "gate-2")
        desk.hall.control("load", events_per_second=100)
        if not gate.learn():
            subprocess.run(["import", "-window", "root", "/tmp/bench-desk.png"], check=False, env=desk.screen.environment)
            sys.exit("no pixel tells a gate's states apart")
        if OPTIONS.camera:
            bench_camera(desk, pixels)
        for rate in (100,) if OPTIONS.camera else (100, 1000):
            bench_event(desk, pixels, gate, rate)
        if OPTIONS.seconds:
            bench_memory(desk)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("empty", metavar="EMPTY-WINDOW")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--runs-first", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--stress", action="store_true")
    parser.add_argument("--camera", action="store_true")
    OPTIONS = parser.parse_args()
    main()
