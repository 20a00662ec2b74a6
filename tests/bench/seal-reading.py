#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a printed seal stands: rendered stamps are spoilt step by step until no reader reads their seal.

usage: seal-reading.py [--short] [--trials N] DRAW-STAMPS PACK [GATESIDE-SEAL READER]

Readers: ZXingReader of zxing-cpp, dmtxread of libdmtx, and the project's own gateside-seal when it is named. A picture is what
somebody sees who holds a phone over the seal: the seal in its middle and 6 mm of the stamp around it. Every seal, spot and
shift comes from seeded random numbers. A reader that reads anything but the bytes of the seal has read it wrong.

--short asserts what the documentation promises: both public readers at moderate disturbances, and no reader where VOID or
CANCELLED was printed over the seal.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import cv2
import numpy as np

DOTS_PER_MM = 600 / 25.4
MODULE = 8  # dots
SYMBOL = (650, 414, 320)  # x, y, side in the stamp
MIDDLE = (SYMBOL[0] + SYMBOL[2] / 2, SYMBOL[1] + SYMBOL[2] / 2)
AROUND = 140  # dots of the stamp around the seal in a picture
EDGE = 260  # dots of page around the stamp
# Header and messages of a stamp's seal; its signature is made up, each trial has another.
HEAD = bytes.fromhex("dc03d9c5d9cac8a73a9cab631aab631a472001085a1c93e427b860df0208d9c56b5d1a4720f90306215b9fab631aff40")


# --- what is done to a page -----------------------------------------------------------------------


def disk(radius):
    size = 2 * int(np.ceil(radius)) + 1
    y, x = np.mgrid[:size, :size] - size // 2
    return (x * x + y * y <= radius * radius + 0.25).astype(np.uint8)


def turned(page, degrees, rng, worn):
    matrix = cv2.getRotationMatrix2D((MIDDLE[0] + EDGE, MIDDLE[1] + EDGE), degrees + rng.uniform(-2, 2), 1)
    return cv2.warpAffine(page, matrix, page.shape[::-1], flags=cv2.INTER_AREA, borderValue=255)


def blurred(page, sigma, rng, worn):
    return cv2.GaussianBlur(page, (0, 0), sigma)


def noisy(page, deviation, rng, worn):
    return np.clip(page + rng.normal(0, deviation, page.shape), 0, 255).astype(np.uint8)


def spread(page, radius, rng, worn):
    return cv2.erode(page, disk(radius))  # ink is dark


def thinned(page, radius, rng, worn):
    return cv2.dilate(page, disk(radius))


def lost(page, share, rng, worn):
    """White spots of 2 to 8 dots until that share of the page is without ink."""
    gone = np.zeros_like(page)
    while gone.mean() < share:
        for _ in range(200):
            at = int(rng.integers(page.shape[1])), int(rng.integers(page.shape[0]))
            cv2.circle(gone, at, int(rng.integers(2, 9)), 1, -1)
    return np.where(gone == 1, np.uint8(255), page)


def overlapped(page, depth, rng, worn, contrast):
    """The corner of an older stamp over the lower right part of the seal: depth is the part of each side that it covers,
    negative when it covers the stamp alone and ends before the seal."""
    x = EDGE + SYMBOL[0] + round(SYMBOL[2] * (1 - depth)) - 6 + int(rng.integers(-4, 5))
    y = EDGE + SYMBOL[1] + round(SYMBOL[2] * (1 - depth)) - 6 + int(rng.integers(-4, 5))
    result = page.copy()
    height, width = min(worn.shape[0], page.shape[0] - y), min(worn.shape[1], page.shape[1] - x)
    older = 255 - contrast * (255.0 - worn[:height, :width])
    result[y:y + height, x:x + width] = np.minimum(result[y:y + height, x:x + width], older)
    return result


def overlapped_faded(page, depth, rng, worn):
    return overlapped(page, depth, rng, worn, 0.4)


def overlapped_dark(page, depth, rng, worn):
    return overlapped(page, depth, rng, worn, 1)


def tilted(page, degrees, rng, worn):
    """Seen from the side, from 120 mm away."""
    away = 120 * DOTS_PER_MM
    angle, towards = np.radians(degrees), rng.uniform(0, 2 * np.pi)
    middle = np.array(MIDDLE) + EDGE
    along = np.array([np.cos(towards), np.sin(towards)])
    across = np.array([-along[1], along[0]])
    corners = np.array([[0, 0], [page.shape[1], 0], [page.shape[1], page.shape[0]], [0, page.shape[0]]], np.float32)
    seen = []
    for corner in corners:
        u, v = (corner - middle) @ along, (corner - middle) @ across
        scale = away / (away + u * np.sin(angle))
        seen.append(middle + along * u * np.cos(angle) * scale + across * v * scale)
    matrix = cv2.getPerspectiveTransform(corners, np.array(seen, np.float32))
    return cv2.warpPerspective(page, matrix, page.shape[::-1], flags=cv2.INTER_AREA, borderValue=255)


def photographed(page, pixels, rng, worn):
    """A small picture: light from one side, a soft lens, a noisy chip, JPEG. pixels: of a module."""
    page = turned(page, rng.uniform(-8, 8), rng, worn)
    light = np.linspace(1, 0.65, page.shape[1])[None, :] * (0.25 * 255 + 0.7 * page)
    small = cv2.resize(light.astype(np.uint8), None, fx=pixels / MODULE, fy=pixels / MODULE, interpolation=cv2.INTER_AREA)
    small = noisy(cv2.GaussianBlur(small, (0, 0), 0.6), 6, rng, worn)
    return cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 75])[1], cv2.IMREAD_GRAYSCALE)


# Name, unit, what does it, levels from mild to hard, the level that --short asserts.
DISTURBANCES = (
    ("turned", "degrees", turned, (0, 10, 20, 30, 45, 60, 75, 90, 180, 270), 30),
    ("blurred", "dots, standard deviation", blurred, (1, 2, 3, 4, 5), 2),
    ("noise", "grey levels, standard deviation", noisy, (10, 20, 40, 60, 80, 100), 10),
    ("ink spread", "dots on each side", spread, (1, 2, 3, 4), 1),
    ("ink too thin", "dots on each side", thinned, (1, 2, 3, 4), 1),
    ("ink lost in spots", "part of the area", lost, (0.005, 0.01, 0.02, 0.04, 0.08), 0.005),
    ("older stamp near or over it, faded", "part of each side", overlapped_faded, (-0.1, 0.1, 0.2, 0.4, 0.7), -0.1),
    ("older stamp near or over it, dark", "part of each side", overlapped_dark, (-0.1, 0.05, 0.1, 0.2), -0.1),
    ("tilted", "degrees", tilted, (20, 40, 50, 60), 20),
    ("photographed", "pixels a module", photographed, (6, 4, 3, 2.5, 2), 4),
)


# --- stamps and readers ---------------------------------------------------------------------------


def seals(count):
    source = random.Random(4217)
    return [HEAD + source.randbytes(64) for _ in range(count)]


class Bench:
    def __init__(self, arguments, folder):
        self.folder = folder
        self.seals = seals(max(2, arguments.trials))
        hexes = [word for seal in self.seals for word in ("--seal", seal.hex())]
        for only in ("exit-air", "entry-air", "void-over-exit", "void-over-entry", "cancelled-over-exit"):
            subprocess.run([arguments.draw_stamps, "--plain", "--only", only, *hexes, arguments.pack, folder], check=True)
        self.worn = self.load("entry-air", len(self.seals) - 1)
        self.readers = {"ZXingReader": self.zxing, "dmtxread": self.dmtx}
        if arguments.gateside_seal is not None:
            os.environ["GATESIDE_SEAL_READER"] = arguments.reader
            self.gateside_seal = arguments.gateside_seal
            self.readers["gateside-seal"] = self.own

    def load(self, name, trial):
        path = self.folder / (name + (f"-{trial}" if trial else "") + ".png")
        picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        assert picture is not None and picture.shape == (826, 1062), path
        return picture

    def page(self, name, trial):
        return cv2.copyMakeBorder(self.load(name, trial), EDGE, EDGE, EDGE, EDGE, cv2.BORDER_CONSTANT, value=255)

    def run(self, *command):
        return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

    def zxing(self, path):
        return self.run("ZXingReader", "-format", "DataMatrix", "-bytes", path)

    def dmtx(self, path):
        return self.run("dmtxread", "-N1", "-m2000", path)

    def own(self, path):
        answer = self.run(self.gateside_seal, "decode", "--json", path)
        try:
            return HEAD + bytes.fromhex(json.loads(answer)["signature"])
        except (ValueError, KeyError):
            return b""

    def look(self, page, scale=1.0):
        """What each reader reads in the picture around the seal."""
        x, y = (round((EDGE + value) * scale) for value in MIDDLE)
        reach = round((SYMBOL[2] / 2 + AROUND) * scale)
        path = self.folder / "seen.png"
        cv2.imwrite(str(path), page[max(0, y - reach):y + reach, max(0, x - reach):x + reach])
        return {name: read(path) for name, read in self.readers.items()}

    def try_once(self, disturb, level, trial):
        page = self.page(("exit-air", "entry-air")[trial % 2], trial)
        rng = np.random.default_rng([4217, trial, int(abs(level) * 1000)])
        spoilt = disturb(page, level, rng, self.worn)
        return self.look(spoilt, spoilt.shape[0] / page.shape[0])


def measure(bench, trials):
    wrong = {reader: 0 for reader in bench.readers}
    total = {reader: 0 for reader in bench.readers}
    for name, unit, disturb, levels, _ in DISTURBANCES:
        print(f"\n{name} ({unit})\n{'':>8}" + "".join(f"{reader:>15}" for reader in bench.readers), flush=True)
        limits = {reader: None for reader in bench.readers}
        going = set(bench.readers)
        for level in levels:
            right = {reader: 0 for reader in bench.readers}
            for trial in range(trials):
                for reader, read in bench.try_once(disturb, level, trial).items():
                    total[reader] += 1
                    right[reader] += read == bench.seals[trial]
                    wrong[reader] += read not in (b"", bench.seals[trial])
            for reader in list(going):
                if right[reader] == trials:
                    limits[reader] = level
                else:
                    going.discard(reader)
            line = "".join(f"{right[reader]:>11}/{trials:<3}" for reader in bench.readers)
            print(f"{level:>8}" + line, flush=True)
            if not any(right.values()):
                break  # what is harder is read by nobody
        print(f"{'all up to':>8} " + "".join(f"{str(limits[reader]):>14}" for reader in bench.readers), flush=True)
    print("\npictures " + ", ".join(f"{reader} {total[reader]}" for reader in bench.readers)
          + "; read wrong " + ", ".join(f"{reader} {wrong[reader]}" for reader in bench.readers))
    return any(wrong.values())


def check(bench):
    """The promise of docs/seal.md, in a few seconds."""
    failed = []
    for number, (name, _, disturb, _, moderate) in enumerate(DISTURBANCES):
        trial = number % 2  # entry and exit in turn
        for reader, read in bench.try_once(disturb, moderate, trial).items():
            if read != bench.seals[trial]:
                failed.append(f"{reader} does not read a seal: {name} at {moderate}")
    for name in ("void-over-exit", "void-over-entry", "cancelled-over-exit"):
        for reader, read in bench.look(bench.page(name, 0)).items():
            if read != b"":
                failed.append(f"{reader} reads a seal: {name}")
    print("\n".join(failed) or "all seals read, no struck one")
    return bool(failed)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("draw_stamps", type=pathlib.Path)
    parser.add_argument("pack", type=pathlib.Path)
    parser.add_argument("gateside_seal", type=pathlib.Path, nargs="?")
    parser.add_argument("reader", nargs="?")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, pathlib.Path(folder))
        sys.exit(check(bench) if arguments.short else measure(bench, arguments.trials))


if __name__ == "__main__":
    main()
