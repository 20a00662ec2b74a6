#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the specimen stamps of Utopia into a folder: entry, exit, void, cancelled, and pack.ini.

One unit is one dot at 600 dpi; the stamp is 45 × 35 mm, 1062 × 826 dots. The drawing is this
project's own, and the state does not exist.

The grid: all ink inside the frame stands within 92..970 × 92..734. Head 92..198, band of the date
222..374, and below 414..734: port, serial and SPECIMEN at the left, the digital seal at the right.
The place of the seal is 16 dots wider on each side, for the free zone around it: 352 dots, which
are 44 modules of 8 dots at 600 dpi and of 4 dots at 300 dpi.
"""
import math
import pathlib
import sys

W, H = 1062, 826
MM = 600 / 25.4
LEFT, TOP, RIGHT, BOTTOM = 92, 92, 970, 734
COLUMN = 610  # where the left half ends
SEAL = (634, 398, 352)  # x, y, side, with the free zone
QUIET = 16
BAND = (LEFT, 668, COLUMN - LEFT, 66)  # SPECIMEN: x, y, width, height
DATE_BAND = (222, 374)
# Thinner lines break up when they are cut to dots at 300 dpi.
FINE = 3
FONT = 'font-family="Inter"'


def number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path(points):
    return "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points)


def line(points, width=FINE):
    return f'<path d="{path(points)}" fill="none" stroke="#000" stroke-width="{width}"/>'


# --- the frame ------------------------------------------------------------------------------------


def around(inset, radius, step):
    """Points and outward normals along a rectangle with round corners, clockwise from the top."""
    left, top, right, bottom = inset, inset, W - inset, H - inset
    sides = [
        ((left + radius, top), (1, 0), right - left - 2 * radius, (0, -1)),
        ((right, top + radius), (0, 1), bottom - top - 2 * radius, (1, 0)),
        ((right - radius, bottom), (-1, 0), right - left - 2 * radius, (0, 1)),
        ((left, bottom - radius), (0, -1), bottom - top - 2 * radius, (-1, 0)),
    ]
    centres = [(right - radius, top + radius), (right - radius, bottom - radius),
               (left + radius, bottom - radius), (left + radius, top + radius)]
    total = sum(side[2] for side in sides) + 2 * math.pi * radius
    count = round(total / step)
    result = []
    for n in range(count):
        s = total * n / count
        for k in range(4):
            (x, y), (dx, dy), length, normal = sides[k]
            if s < length:
                result.append((x + dx * s, y + dy * s, *normal))
                break
            s -= length
            arc = math.pi / 2 * radius
            if radius and s < arc:
                angle = -math.pi / 2 + math.pi / 2 * k + s / radius
                nx, ny = math.cos(angle), math.sin(angle)
                result.append((centres[k][0] + radius * nx, centres[k][1] + radius * ny, nx, ny))
                break
            s -= arc
    return result, total


def rope(inset, radius, amplitude, pitch):
    """Two waves that cross each other around the whole stamp."""
    points, total = around(inset, radius, 5)
    waves = round(total / pitch)
    lines = []
    for sign in (1, -1):
        strand = []
        for n, (x, y, nx, ny) in enumerate(points):
            out = sign * amplitude * math.sin(2 * math.pi * waves * n / len(points))
            strand.append((x + nx * out, y + ny * out))
        lines.append(f'<path d="{path(strand)} Z" fill="none" stroke="#000" stroke-width="{FINE}"/>')
    return lines


def straight_rope(inset, amplitude, pitch):
    """The same for the rectangle: each side ends in a crossing, each corner is a small square."""
    paths = []
    for horizontal in (True, False):
        length = (W if horizontal else H) - 2 * (inset + 12)
        waves = round(2 * length / pitch)
        step = length / waves
        for across in (inset, (H if horizontal else W) - inset):
            for out in (2 * amplitude, -2 * amplitude):
                start = (inset + 12, across) if horizontal else (across, inset + 12)
                first = (step / 2, out, step, 0) if horizontal else (out, step / 2, 0, step)
                more = f" t{number(step)} 0" if horizontal else f" t0 {number(step)}"
                paths.append(f"M{start[0]} {start[1]} q" + " ".join(map(number, first)) + more * (waves - 1))
    lines = [f'<path d="{text}" fill="none" stroke="#000" stroke-width="{FINE}"/>' for text in paths]
    for x in (inset, W - inset):
        for y in (inset, H - inset):
            lines.append(f'<rect x="{x - 8}" y="{y - 8}" width="16" height="16" fill="#000"/>')
    return lines


def frame(entry):
    """The rectangle of entry, the round corners of exit."""
    lines = straight_rope(34, 8, 44) if entry else rope(34, 90, 8, 44)
    outer, inner = (0, 0) if entry else (112, 72)
    fine = "\n    ".join(lines)
    return f'''<g id="frame">
    <rect x="12" y="12" width="{W - 24}" height="{H - 24}" rx="{outer}" fill="none" stroke="#000" stroke-width="12"/>
    {fine}
    <rect x="50" y="50" width="{W - 100}" height="{H - 100}" rx="{inner}" fill="none" stroke="#000" stroke-width="4"/>
  </g>'''


# --- the head -------------------------------------------------------------------------------------


def emblem(x, y):
    """Utopia: a tower on an island shaped as a crescent, two waves below it, on a disc."""
    return f'''<g id="emblem" transform="translate({x} {y}) scale(0.93)">
    <circle r="57" fill="#000"/>
    <circle r="50" fill="none" stroke="#fff" stroke-width="3"/>
    <g fill="#fff">
      <path d="M-14 13 L-11.500 -19 H11.500 L14 13 Z"/>
      <path d="M-19 -19 V-38 H-10.500 V-31 H-4.500 V-38 H4.500 V-31 H10.500 V-38 H19 V-19 Z"/>
      <path d="M-40 2 A40 40 0 0 0 40 2 A46 46 0 0 1 17 21 Q0 8 -17 21 A46 46 0 0 1 -40 2 Z"/>
    </g>
    <path d="M-4.500 13 V3 A4.500 4.500 0 0 1 4.500 3 V13 Z" fill="#000"/>
    <rect x="-3" y="-14" width="6" height="10" rx="3" fill="#000"/>
  </g>'''


def arrow(entry):
    """A door and an arrow, 106 high, at the right edge: into it for entry, out of it for exit."""
    if entry:
        door, shaft, tip = "M-66 22 V7 H-7 V99 H-66 V84", "M-128 53 H-40", "M-66 25 L-38 53 L-66 81"
    else:
        door, shaft, tip = "M-65 22 V7 H-124 V99 H-65 V84", "M-92 53 H-12", "M-38 25 L-10 53 L-38 81"
    return f'''<g id="direction-arrow" transform="translate({RIGHT} {TOP})" fill="none" stroke="#000" stroke-width="14">
    <path d="{door}"/><path d="{shaft}"/><path d="{tip}"/>
  </g>'''


def head(entry):
    return f'''{emblem(LEFT + 53, TOP + 53)}
  <text x="222" y="162" {FONT} font-weight="700" font-size="97" letter-spacing="15" fill="#000">UTOPIA</text>
  <text x="225" y="198" {FONT} font-weight="600" font-size="33" letter-spacing="13.200" fill="#000">BORDER SERVICE</text>
  {arrow(entry)}'''


# --- the band of the date -------------------------------------------------------------------------


def weave():
    """Two ribbons of fine lines that swing through each other, from frame to frame."""
    top, bottom = DATE_BAND
    middle, left, right = (top + bottom) / 2, 52, W - 52
    lines = []
    for ribbon in (0, 1):
        for n in range(9):
            k = (n - 4) / 4
            points = []
            for step in range(0, 61):
                t = step / 60
                swing = 2 * math.pi * (1.5 * t + 0.5 * ribbon) + 0.6
                wide = 27 + 7 * math.cos(2 * swing)
                points.append((left + (right - left) * t, middle + 40 * math.sin(swing) + k * wide))
            lines.append(line(points))
    return lines


def window(left, right):
    """A clear place with round ends in the weave."""
    middle, r = sum(DATE_BAND) / 2, 50
    return f'<rect x="{left}" y="{number(middle - r)}" width="{right - left}" height="{2 * r}" rx="{r}" fill="#fff"/>'


def date_band(word):
    top, bottom = DATE_BAND
    base = (top + bottom) / 2 + 29
    fine = "\n    ".join(weave())
    word_left = RIGHT - (272 if word == "ENTRY" else 184)
    return f'''<path d="M50 {top} H{W - 50} M50 {bottom} H{W - 50}" fill="none" stroke="#000" stroke-width="4"/>
  <g id="weave">
    {fine}
  </g>
  {window(LEFT - 24, 656)}
  {window(word_left - 24, RIGHT + 24)}
  <g fill="#000" {FONT} font-weight="700">
    <text id="date" x="{LEFT - 3}" y="{number(base)}" font-size="80" data-max-width="544">00 XXX 0000</text>
    <text id="direction" x="{RIGHT}" y="{number(base)}" font-size="80" letter-spacing="2" text-anchor="end">{word}</text>
  </g>'''


# --- below ----------------------------------------------------------------------------------------


def transports(x, y):
    """Three pictograms on one place, 96 dots wide: aeroplane, ship, coach."""
    return f'''<g transform="translate({x} {y})">
    <g id="transport-air" transform="rotate(45)">
      <path d="M0 -56 C6 -56 9 -48 9 -40 V-15 L52 14 V26 L9 12 V31 L22 41 V50 L0 44 L-22 50 V41 L-9 31 V12 L-52 26 V14 L-9 -15 V-40 C-9 -48 -6 -56 0 -56 Z" fill="#000"/>
    </g>
    <g id="transport-sea">
      <path d="M-48 8 H48 L34 32 H-34 Z" fill="#000"/>
      <path d="M-32 2 V-16 H-14 V-42 H2 V-16 H18 V2 Z" fill="#000"/>
      <path d="M-46 45 q11.500 -10 23 0 t23 0 t23 0 t23 0" fill="none" stroke="#000" stroke-width="7" stroke-linecap="round"/>
    </g>
    <g id="transport-land">
      <path d="M-38 -36 A14 14 0 0 1 -24 -50 H24 A14 14 0 0 1 38 -36 V34 H-38 Z" fill="#000"/>
      <path d="M-30 30 H-14 V46 H-30 Z M14 30 H30 V46 H14 Z" fill="#000"/>
      <path d="M-48 -22 H-43 V2 H-48 Z M43 -22 H48 V2 H43 Z" fill="#000"/>
      <path d="M-29 -28 H29 V2 H-29 Z" fill="#fff"/>
      <path d="M-14 -42 H14 V-36 H-14 Z" fill="#fff"/>
      <circle cx="-23" cy="18" r="7" fill="#fff"/>
      <circle cx="23" cy="18" r="7" fill="#fff"/>
    </g>
  </g>'''


def port():
    x, wide = 214, COLUMN - 218
    return f'''{transports(LEFT + 48, 462)}
  <g {FONT} font-weight="600" fill="#000">
    <g id="port-single">
      <text id="port" x="{x}" y="482" font-size="56" letter-spacing="1" data-max-width="{wide}">PORT</text>
    </g>
    <g id="port-double">
      <text id="port-1" x="{x}" y="452" font-size="46" letter-spacing="0.500" data-max-width="{wide}">PORT</text>
      <text id="port-2" x="{x}" y="504" font-size="46" letter-spacing="0.500" data-max-width="{wide}">PORT</text>
    </g>
  </g>
  <text id="serial" x="{LEFT - 3}" y="580" {FONT} font-weight="600" font-size="44" data-prefix="No " data-max-width="420" fill="#000">No</text>
  <text id="desk" x="{COLUMN}" y="580" {FONT} font-weight="600" font-size="44" text-anchor="end" data-max-width="100" fill="#000">D0</text>'''


def seal_place():
    """Words where a stamp without a seal has none: an empty place must not look like one."""
    x, y, side = SEAL
    middle = x + side / 2
    return f'''<g id="seal-none" {FONT} font-weight="600" font-size="36" letter-spacing="6" text-anchor="middle" fill="#000">
    <path d="M{number(middle - 130)} {y + side / 2 - 66} h260 M{number(middle - 130)} {y + side / 2 + 66} h260" fill="none" stroke="#000" stroke-width="4"/>
    <text x="{number(middle)}" y="{y + side / 2 - 12}">NO DIGITAL</text>
    <text x="{number(middle)}" y="{y + side / 2 + 38}">SEAL</text>
  </g>'''


def band(radius):
    x, y, width, height = BAND
    return f'''<g id="specimen">
    <rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="#000"/>
    <text x="{number(x + width / 2)}" y="{y + height / 2 + 16.5}" {FONT} font-weight="700" font-size="46" letter-spacing="30" text-anchor="middle" fill="#fff">SPECIMEN</text>
  </g>'''


def document(title, body):
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- Drawn by tools/draw-specimen-pack.py -->
<svg xmlns="http://www.w3.org/2000/svg" width="45mm" height="35mm" viewBox="0 0 {W} {H}">
  <title>{title}</title>
  {body}
</svg>
'''


def stamp(entry):
    word = "ENTRY" if entry else "EXIT"
    return document(f"Utopia, {word.lower()}, specimen", f'''{frame(entry)}
  {head(entry)}
  {date_band(word)}
  {port()}
  {seal_place()}
  {band(0 if entry else 16)}''')


# --- the overprints -------------------------------------------------------------------------------


def ink_of_seal():
    x, y, side = SEAL
    return x + QUIET, y + QUIET, side - 2 * QUIET


def hatched_seal():
    """Slanted bars over the seal: nobody reads the seal of a void stamp."""
    x, y, side = ink_of_seal()
    bars = []
    for offset in range(-4, 5):
        # A bar around a line from lower left to upper right, cut at the square.
        middle, half = offset * side / 4, 16
        low, high = middle - half, middle + half
        left = [(max(0, d), max(0, -d)) for d in (low, high)]
        right = [(min(side, side + d), min(side, side - d)) for d in (low, high)]
        corners = [(x + a, y + side - b) for a, b in (left[0], right[0], right[1], left[1])]
        if abs(offset) < 4:
            bars.append(path(corners) + " Z")
    return f'<path d="{" ".join(bars)}" fill="#000"/>'


def crossed_seal():
    """A cross over the seal, for the same reason."""
    x, y, side = ink_of_seal()
    w = 36
    rising = [(0, side), (0, side - w), (side - w, 0), (side, 0), (side, w), (w, side)]
    falling = [(0, 0), (w, 0), (side, side - w), (side, side), (side - w, side), (0, w)]
    bars = " ".join(path([(x + a, y + b) for a, b in bar]) + " Z" for bar in (rising, falling))
    return f'<path d="{bars}" fill="#000"/>'


def own_serial(word):
    """The overprint's own serial, on the strip that the stamp leaves free."""
    return (f'<text id="serial" x="{LEFT - 2}" y="638" {FONT} font-weight="700" font-size="38" '
            f'data-prefix="{word} No " data-max-width="{COLUMN - LEFT + 2}" fill="#000">{word} No</text>')


def void():
    """Over a stamp: strikes out the date and the seal, leaves the stamp's serial to be read."""
    return document("Utopia, void, specimen", f'''<path d="M{LEFT} 100 H{RIGHT} M{LEFT} 382 H{RIGHT}" fill="none" stroke="#000" stroke-width="16"/>
  <text id="void" x="531" y="355" {FONT} font-weight="700" font-size="314" letter-spacing="24" text-anchor="middle" fill="#000">VOID</text>
  {hatched_seal()}
  {own_serial("VOID")}
  {band(0)}''')


def cancelled():
    """Over the stamp of a departure that was annulled: the traveller has not left."""
    return document("Utopia, cancelled, specimen", f'''<path d="M{LEFT} 214 H{RIGHT} M{LEFT} 382 H{RIGHT}" fill="none" stroke="#000" stroke-width="16"/>
  <g transform="translate({LEFT} 366) scale(1 1.4)">
    <text id="cancelled" x="-6" y="0" {FONT} font-weight="700" font-size="134" letter-spacing="10" fill="#000">CANCELLED</text>
  </g>
  {crossed_seal()}
  {own_serial("CANCELLED")}
  {band(16)}''')


def millimetres(*area):
    return ";".join(f"{value / MM:.3f}" for value in area)


def group(kind):
    x, y, width, height = BAND
    # A little inside the band, so that only ink and letters are read.
    keys = [f"file={kind}.svg", "specimen-mm=" + millimetres(x + 18, y + 8, width - 36, height - 16)]
    if kind in ("entry", "exit"):
        keys.append("seal-mm=" + millimetres(SEAL[0], SEAL[1], SEAL[2], SEAL[2]))
    return f"\n[{kind}]\n" + "\n".join(keys) + "\n"


def manifest():
    drawings = "".join(group(kind) for kind in ("entry", "exit", "void", "cancelled"))
    return f'''# SPDX-License-Identifier: GPL-3.0-or-later
# Specimen stamps of Utopia, a state that does not exist.
[pack]
name=Specimen pack UTO
state=UTO
month=2026-11
width-hmm=4500
height-hmm=3500
font=Inter
{drawings}'''


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "data/specimen-pack")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("entry.svg", stamp(True)),
        ("exit.svg", stamp(False)),
        ("void.svg", void()),
        ("cancelled.svg", cancelled()),
        ("pack.ini", manifest()),
    ):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
