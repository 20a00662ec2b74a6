# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold of every picture of the program, read from the program itself by the screen probe (probe/).

    report = read (socket)
    wrong = faults (report) + untranslated (report, heard, data)

A fault is a sentence. Each rule names its exceptions here and nowhere else.
"""
import json
import re
import socket
import unicodedata

# Self-drawn rows in which a name or a cause gives way at its end; the accessible name says all of it.
GIVES_WAY = {"GsFeedRow"}
# An entry scrolls its own text; a passing message may lie over what is below it.
SCROLLS_ITSELF = {"GtkText"}
# Text below a passing message or below a sheet of its own window.
FLOATING = ("AdwToastWidget", "GtkPopover")
OUTCOMES = 5
OVERLAP_PX = 2.5
WORD = re.compile(r"[^\W\d_]+")
# In the pattern of the translation; the month is the C library's. U+FFFD stands for a figure.
DATE = re.compile("[0-9\ufffd]{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9\ufffd]{4}")
SAID = {"gs-chain-say"}
# GTK's own, translated by GTK: the button that closes a window, an empty choice. Heard, never drawn.
OF_GTK = {("push button", "Close"), ("label", "(None)")}
VOWEL = re.compile("[aeiouAEIOU]")


def read(path):
    """The probe's report."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(20)
        line.connect(str(path))
        data = b""
        while part := line.recv(1 << 20):
            data += part
    return json.loads(data)


def kind(thing):
    return thing.get("widget", "").partition(" ")[0]


def seen(window):
    """The runs of text that are really seen."""
    return [run for run in window["runs"] if not run.get("hidden") and run["text"].strip()]


def faults(report):
    """Sentences on what is cut, squeezed, shortened, laid over something else, or out of reach."""
    found = []
    for window in report["windows"]:
        where = window["type"]
        for one in window["wrong"]:
            if kind(one) not in SCROLLS_ITSELF:
                found.append(f"{where}: {one['what']}: {one.get('text') or ''!r} ({one['widget']} .{one['classes']})")
        runs = seen(window)
        for run in runs:
            if run["cut"] and kind(run) not in SCROLLS_ITSELF:
                found.append(f"{where}: cut: {run['text']!r} at {place(run)} ({run.get('widget')})")
            if run["text"].endswith("…") and shortened(run):
                found.append(f"{where}: shortened: {run['text']!r} at {place(run)} ({run.get('widget')})")
        found += overlaps(where, runs)
    return sorted(set(found))


def outcomes_out_of_view(report):
    """The five keys of an open card's outcomes, whole, without scrolling."""
    keys = [run for run in seen(report["windows"][0]) if "in GsKeyCap in GsOutcomeButton in GsOutcomeBar" in run.get("widget", "")
            and all(abs(a - b) < 1 for a, b in zip(run["seen"], run["bounds"]))]
    return [] if len(keys) == OUTCOMES else [f"{len(keys)} of {OUTCOMES} outcome keys are in view"]


def shortened(run):
    """Labels answer for themselves in the probe; what draws itself must not shorten, but for the rows listed."""
    return kind(run).startswith("Gs") and kind(run) not in GIVES_WAY


def place(run):
    x, y, width, height = run["bounds"]
    return f"{x:.0f},{y:.0f} {width:.0f}×{height:.0f}"


def overlaps(where, runs):
    found = []
    runs = sorted(runs, key=lambda run: run["seen"][1])  # what scrolled away below a bar is not over it
    for number, one in enumerate(runs):
        left, top, width, height = one["seen"]
        for other in runs[number + 1:]:
            x, y, w, h = other["seen"]
            if y > top + height - OVERLAP_PX:
                break
            if any(name in run.get("widget", "") for run in (one, other) for name in FLOATING):
                continue
            # Of the pretended translation, from another font; or the end of a name that is written from right to left.
            if {one["text"], other["text"]} & {"⟦", "⟧", "…"}:
                continue
            across = min(left + width, x + w) - max(left, x)
            if across > OVERLAP_PX and min(top + height, y + h) - max(top, y) > OVERLAP_PX:
                found.append(f"{where}: {one['text']!r} and {other['text']!r} lie over each other at {place(other)}")
    return found


def is_part(word, known):
    """A name in capitals may be cut at its end."""
    return word.isupper() and any(one.startswith(word) for one in known)


def untranslated(report, heard, data, say):
    """Words, drawn or heard, that did not go through gettext: the pretended translation marks every vowel.

    data are the texts that no translation touches: names, the zone, the hall's own words. heard are pairs of a role and
    what assistive technology reads; say gives the translation of a text. A sentence to the traveller is in the traveller's
    language, so it may stand in English beside its translation."""
    known = {word for text in data for word in WORD.findall(unicodedata.normalize("NFC", text))}
    all_heard = {text for _, text in heard}
    texts = [(f"{window['type']} draws", run["text"], run.get("widget", "")) for window in report["windows"]
             for run in seen(window) if not SAID & set(run.get("classes", "").split())]
    texts += [("assistive technology hears", text, role) for role, text in heard
              if (role, text) not in OF_GTK and (say(text) == text or say(text) not in all_heard)]
    found = set()
    for what, text, who in texts:
        for word in WORD.findall(DATE.sub("", unicodedata.normalize("NFC", text))):
            if len(word) > 1 and VOWEL.search(word) and word not in known and not is_part(word, known):
                found.add(f"{what} “{word}” in {text!r} ({who})")
    return sorted(found)
