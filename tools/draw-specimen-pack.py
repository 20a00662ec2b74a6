#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the specimen stamps of Utopia into a folder: entry.svg, exit.svg, void.svg, pack.ini.

One unit is one dot at 600 dpi; the stamp is 45 × 35 mm, 1062 × 826 dots. The drawing is this
project's own. The place of a digital seal stays empty: there is none yet.
"""
import math
import pathlib
import sys

W, H = 1062, 826
MM = 600 / 25.4
BAND = (70, 694, 586, 72)  # SPECIMEN: x, y, width, height


def rounded(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path(points):
    return "M" + " L".join(f"{rounded(x)} {rounded(y)}" for x, y in points)


def waves():
    """Fine lines behind the date, from edge to edge: calm water."""
    lines = []
    left, right, middle = 40, 1022, 349
    for n in range(-6, 7):
        points = []
        for step in range(0, 141):
            t = step / 140
            apart = 11.4 + 1.4 * math.cos(2 * math.pi * (t - 0.66))
            y = middle + n * apart + 5 * math.sin(2 * math.pi * (1.5 * t + 0.03 * n) + 0.4)
            points.append((left + (right - left) * t, y))
        lines.append(f'<path d="{path(points)}" fill="none" stroke="#000" stroke-width="2"/>')
    return "\n    ".join(lines)


def window(left, right):
    """A clear place with round ends in the waves."""
    return f"M{left + 42} 307 H{right - 42} A42 42 0 0 1 {right - 42} 391 H{left + 42} A42 42 0 0 1 {left + 42} 307 Z"


def emblem(x, y):
    """Utopia: a tower on an island shaped as a crescent, two waves below it."""
    return f'''<g id="emblem" transform="translate({x} {y}) scale(0.96)">
    <path d="M-20 22 L-16 -34 H16 L20 22 Z" fill="#000"/>
    <path d="M-28 -34 V-62 H-15 V-51 H-6.5 V-62 H6.5 V-51 H15 V-62 H28 V-34 Z" fill="#000"/>
    <path d="M-6 22 V4 A6 6 0 0 1 6 4 V22 Z" fill="#fff"/>
    <rect x="-4" y="-24" width="8" height="14" rx="4" fill="#fff"/>
    <path d="M-72 -4 A72 72 0 0 0 72 -4 A79 79 0 0 1 30 38 Q0 14 -30 38 A79 79 0 0 1 -72 -4 Z" fill="#000"/>
    <path d="M-58 84 q14.500 -13 29 0 t29 0 t29 0 t29 0" fill="none" stroke="#000" stroke-width="7" stroke-linecap="round"/>
  </g>'''


def arrow(x, y, entry):
    """A door and an arrow: into it for entry, out of it for exit."""
    if entry:
        door = "M44 -34 V-62 H96 V62 H44 V34"
        shaft = "M-22 0 H58"
        head = "M28 -32 L60 0 L28 32"
    else:
        door = "M30 -34 V-62 H-22 V62 H30 V34"
        shaft = "M8 0 H92"
        head = "M62 -32 L94 0 L62 32"
    return f'''<g id="direction-arrow" transform="translate({x} {y})" fill="none" stroke="#000" stroke-width="14" stroke-linejoin="miter">
    <path d="{door}"/><path d="{shaft}"/><path d="{head}"/>
  </g>'''


def transports(x, y):
    """Three pictograms on one place, 84 dots wide: aeroplane, ship, coach."""
    return f'''<g transform="translate({x} {y})">
    <g id="transport-air" transform="rotate(45)"><path d="M0 -46 C5 -46 8 -40 8 -32 V-13 L45 12 V22 L8 10 V28 L20 38 V46 L0 40 L-20 46 V38 L-8 28 V10 L-45 22 V12 L-8 -13 V-32 C-8 -40 -5 -46 0 -46 Z" fill="#000"/></g>
    <g id="transport-sea">
      <path d="M-42 10 H42 L30 30 H-30 Z" fill="#000"/>
      <path d="M-26 4 V-14 H-10 V-34 H4 V-14 H26 V4 Z" fill="#000"/>
      <path d="M-40 42 q10 -9 20 0 t20 0 t20 0 t20 0" fill="none" stroke="#000" stroke-width="6" stroke-linecap="round"/>
    </g>
    <g id="transport-land">
      <path d="M-42 -26 Q-42 -34 -34 -34 H34 Q42 -34 42 -26 V24 H-42 Z" fill="#000"/>
      <path d="M-33 -24 H-10 V-2 H-33 Z M-5 -24 H13 V-2 H-5 Z M18 -24 H33 V-2 H18 Z" fill="#fff"/>
      <circle cx="-22" cy="26" r="13" fill="#000" stroke="#fff" stroke-width="5"/>
      <circle cx="22" cy="26" r="13" fill="#000" stroke="#fff" stroke-width="5"/>
    </g>
  </g>'''


def band(x, y, width, height, rx):
    return f'''<g id="specimen">
    <rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{rx}" fill="#000"/>
    <text x="{rounded(x + width / 2 - 1)}" y="{y + height / 2 + 17.5}" font-family="Inter" font-weight="700" font-size="49" letter-spacing="24" text-anchor="middle" fill="#fff">SPECIMEN</text>
  </g>'''


def head(title):
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- Drawn by tools/draw-specimen-pack.py -->
<svg xmlns="http://www.w3.org/2000/svg" width="45mm" height="35mm" viewBox="0 0 {W} {H}">
  <title>{title}</title>
'''


def stamp(entry):
    word = "ENTRY" if entry else "EXIT"
    outer_rx, inner_rx = (0, 0) if entry else (96, 70)
    band_rx = 0 if entry else 16
    word_left = 682 if entry else 774
    clip_left, clip_right = 38, 1024
    return head(f"Utopia, {word.lower()}, specimen") + f'''  <rect x="14" y="14" width="1034" height="798" rx="{outer_rx}" fill="none" stroke="#000" stroke-width="14"/>
  <rect x="38" y="38" width="986" height="750" rx="{inner_rx}" fill="none" stroke="#000" stroke-width="4"/>
  <path d="M{clip_left} 260 H{clip_right} M{clip_left} 438 H{clip_right} M690 438 V788" fill="none" stroke="#000" stroke-width="4"/>
  {emblem(156, 138)}
  <text x="262" y="168" font-family="Inter" font-weight="700" font-size="124" letter-spacing="13" fill="#000">UTOPIA</text>
  <text x="266" y="228" font-family="Inter" font-weight="600" font-size="40" letter-spacing="14.700" fill="#000">BORDER SERVICE</text>
  {arrow(886, 149, entry)}
  <g id="waves">
    {waves()}
  </g>
  <path d="{window(48, 622)} {window(word_left, 1014)}" fill="#fff"/>
  <g fill="#000" font-family="Inter" font-weight="700">
    <text id="date" x="70" y="379" font-size="82" letter-spacing="-0.500" data-max-width="530">00 XXX 0000</text>
    <text id="direction" x="994" y="379" font-size="82" letter-spacing="2" text-anchor="end">{word}</text>
  </g>
  {transports(116, 522)}
  <g id="port-single">
    <text id="port" x="180" y="543" font-family="Inter" font-weight="600" font-size="60" letter-spacing="1.500" fill="#000" data-max-width="476">PORT</text>
  </g>
  <g id="port-double" font-family="Inter" font-weight="600" fill="#000">
    <text id="port-1" x="180" y="513" font-size="50" letter-spacing="0.500" data-max-width="476">PORT</text>
    <text id="port-2" x="180" y="567" font-size="50" letter-spacing="0.500" data-max-width="476">PORT</text>
  </g>
  <text id="serial" x="70" y="658" font-family="Inter" font-weight="600" font-size="44" data-prefix="No " data-max-width="440" fill="#000">No</text>
  <text id="desk" x="656" y="658" font-family="Inter" font-weight="600" font-size="44" text-anchor="end" data-max-width="120" fill="#000">D0</text>
  {band(*BAND, band_rx)}
  <g id="seal"></g>
</svg>
'''


def stripes(y, height):
    """A strip of slanted bars, as on barriers."""
    pitch, width = 44, 22
    bars = []
    x = 58
    while x + width + height <= 1004:
        bars.append(f"M{x} {y + height} L{x + height} {y} H{x + height + width} L{x + width} {y + height} Z")
        x += pitch
    return f'<path d="{" ".join(bars)}" fill="#000"/>'


def void():
    """Printed over a stamp: strikes out the date, leaves the stamp's own serial to be read."""
    return head("Utopia, void, specimen") + f'''  {stripes(160, 40)}
  <text id="void" x="541" y="470" font-family="Inter" font-weight="700" font-size="330" letter-spacing="20" text-anchor="middle" fill="#000">VOID</text>
  {stripes(500, 40)}
  <text x="859" y="628" font-family="Inter" font-weight="700" font-size="44" letter-spacing="4" text-anchor="middle" fill="#000">VOID No</text>
  <text id="serial" x="857" y="680" font-family="Inter" font-weight="700" font-size="40" text-anchor="middle" data-max-width="272" fill="#000">0</text>
  {band(*BAND, 0)}
</svg>
'''


def millimetres(area):
    x, y, width, height = area
    # A little inside the band, so that only ink and letters are read.
    return ";".join(f"{value / MM:.3f}" for value in (x + 18, y + 8, width - 36, height - 16))


def manifest():
    return f'''# SPDX-License-Identifier: GPL-3.0-or-later
# Specimen stamps of Utopia, a state that does not exist. Not signed: nothing claims to be.
[pack]
name=Specimen pack UTO
state=UTO
month=2026-11
width-hmm=4500
height-hmm=3500
font=Inter

[entry]
file=entry.svg
specimen-mm={millimetres(BAND)}

[exit]
file=exit.svg
specimen-mm={millimetres(BAND)}

[void]
file=void.svg
specimen-mm={millimetres(BAND)}
'''


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "data/specimen-pack")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("entry.svg", stamp(True)),
        ("exit.svg", stamp(False)),
        ("void.svg", void()),
        ("pack.ini", manifest()),
    ):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
