#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera's room alone: the preview of 1280 x 720 at 30 pictures a second with the detector's frames asked for as fast
as they come, against a bare GStreamer pipeline that decodes the same stream and throws it away, in turns. Processor
time of each process; the stream is served by another one.
Usage: bench-camera.py CAMERA-LOOK TEST-STREAM [--json] [--runs N] [--seconds N]
"""
import argparse
import ctypes
import json
import os
import signal
import statistics
import subprocess

LAUNCH = ("videotestsrc is-live=true pattern=smpte ! video/x-raw,format=I420,width=1280,height=720,framerate=30/1 ! "
          "openh264enc complexity=low gop-size=30 bitrate=3000000 ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1")
BARE = ("rtspsrc location={url} protocols=tcp latency=100 ! rtph264depay ! h264parse ! avdec_h264 max-threads=1 ! "
        "fakesink sync=false")


def bare(url, seconds):
    """Its share of a core."""
    process = subprocess.Popen(["gst-launch-1.0", "-q", *BARE.format(url=url).split()], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    usage = os.wait4(process.pid, 0)[2]
    return usage.ru_utime + usage.ru_stime


def look(url, seconds, *more):
    said = subprocess.run([OPTIONS.look, url, "--seconds", str(seconds), *more], stdout=subprocess.PIPE, check=True).stdout
    return json.loads(said)


def measure(url):
    rows = {"bare": [], "preview": [], "detector": []}
    seen = {"preview": [], "detector": []}
    for _ in range(OPTIONS.runs):
        rows["bare"].append(bare(url, OPTIONS.seconds))
        for name, more in (("preview", ["--size", "640x360"]), ("detector", ["--size", "640x360", "--frames"])):
            found = look(url, OPTIONS.seconds, *more)
            rows[name].append(found["cpu_seconds"])
            seen[name].append(found)
    return rows, seen


def report(name, unit, floor_name, floor, subject):
    if OPTIONS.json:
        print(json.dumps({"name": name, "unit": unit, "floor_name": floor_name, "floor": floor, "subject": subject,
                          "ratio": subject / floor}))
    else:
        print(f"{name}: {subject:.1f} {unit}, {floor_name}: {floor:.1f} {unit}, ratio {subject / floor:.2f}")


def main():
    stream = subprocess.Popen([OPTIONS.stream, LAUNCH], stdout=subprocess.PIPE, text=True,
                              preexec_fn=lambda: ctypes.CDLL(None).prctl(1, signal.SIGKILL))
    try:
        url = f"rtsp://127.0.0.1:{stream.stdout.readline().split()[1]}/desk"
        rows, seen = measure(url)
    finally:
        stream.kill()
        stream.wait()
    share = {name: statistics.median(values) * 100 / OPTIONS.seconds for name, values in rows.items()}
    decode = "the same stream decoded by gst-launch into fakesink"
    report("preview alone", "% of a core", decode, share["bare"], share["preview"])
    report("preview and detector's frames", "% of a core", decode, share["bare"], share["detector"])
    for name in seen:
        rate = statistics.median((one["previews"] - 1) / one["seconds"] for one in seen[name])
        report(f"pictures a second, {name}", "1/s", "the camera's 30", 30.0, rate)
    rate = statistics.median(one["frames"] / one["seconds"] for one in seen["detector"])
    report("frames for the detector a second", "1/s", "the camera's 30", 30.0, rate)
    gaps = max(one["longest_gap_ms"] for one in seen["detector"])
    report("longest gap between previews, all runs", "ms", "one picture", 1000 / 30, gaps)


parser = argparse.ArgumentParser()
parser.add_argument("look")
parser.add_argument("stream")
parser.add_argument("--json", action="store_true")
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--seconds", type=float, default=8)
OPTIONS = parser.parse_args()
main()
