#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the real program in the states that matter, and what must hold of each.

    tests/screens/desk-pictures.py BUILD FOLDER [--only STATE ...] [--size 1280x800] [--theme dark|contrast|contrast-dark]
                                   [--language ja|pseudo] [--scale 2] [--camera] [--all]

A whole hall runs behind it (tests/support/gateside_desk.py); each state is reached as an officer reaches it, and waited for
by what it says. It fails when a state is not reached, when a picture is missing, empty or not in its theme, when a text is
cut, shortened, laid over another or out of reach (gs_screen_rules.py), when the program warns, and in the pretended
translation when a text went around gettext. --all makes every combination of language, theme, size and scale.
"""
import argparse
import gettext
import itertools
import os
import pathlib
import re
import subprocess
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import gs_screen_rules as rules  # noqa: E402
from gateside_desk import OFFICER, PASSWORD, SUPERVISOR, Desk, has_models, surname  # noqa: E402
from gs_test_screen import Screen, wait_for  # noqa: E402

THEMES = {
    "light": {},
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "contrast": {"ADW_DEBUG_HIGH_CONTRAST": "1"},
    "contrast-dark": {"ADW_DEBUG_HIGH_CONTRAST": "1", "ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
}
FORMAT = re.compile(r"%(?:\d+\$)?[-+ #0']*\d*(?:\.\d+)?(?:ll|l)?[a-z%]")
CALL_TIME = re.compile("[0-9:\ufffd]{4}")  # figures of equal width are not read
FEWEST_COLOURS = 24  # a page with one line of text has more, by antialiasing
SAME_TEXT_S = 0.2
# Run by tests/support/pcsc-stack: the desk has a passport reader, and the states are those of a document on it.
HAS_READER = "GS_PCSCD_PID" in os.environ
CITIZEN = 3  # who stands before the desk's camera
FAMILY = "5a3d0c1e-0000-4000-8000-000000000003"
# What no translation touches: the accounts, the desk and its port as configured, states, and what the hall says itself.
DATA = ["kato mori Kato Mori", "Desk", "UTOPIA CITY", "Utopia Central, SPECIMEN hall", "Utopia Border Service",
        "Airport office, level 2, room 214", "UTO", "English", "Esc Enter",
        "Virtual PCD", "Brückner Käthe"]  # the reader, and a name as its chip writes it


class Tour:
    def __init__(self, arguments, desk):
        self.folder, self.only, self.desk = pathlib.Path(arguments.folder), arguments.only, desk
        self.language, self.theme, self.scale = arguments.language, arguments.theme, float(arguments.scale)
        self.width, self.height = map(int, arguments.size.split("x"))
        self.name = f"{arguments.theme}-{arguments.language}-{arguments.size}" + (
            f"-{arguments.scale}x" if arguments.scale != "1" else "")
        self.wrong, self.taken, self.data = [], [], list(DATA)
        self.words = gettext.NullTranslations()

    # --- words

    def say(self, text):
        """What the officer reads for a text that begins so: the longest piece of its translation that is no format."""
        known = [one for one in getattr(self.words, "_catalog", ()) if isinstance(one, str) and one.startswith(text)]
        text = text if text in known or not known else known[0]
        pieces = FORMAT.split(self.words.gettext(text))
        return max((piece.strip() for piece in pieces), key=len)

    def wait(self, *texts, seconds=20):
        return self.desk.screen.wait_text(*(self.say(text) for text in texts), seconds=seconds)

    def ready(self, text):
        button = self.desk.screen.find(part=self.say(text), role="push button")
        return button if button and button.has("sensitive") else None

    def wait_ready(self, text):
        return wait_for(lambda: self.ready(text), what=f"“{text}” to be pressed")

    # --- pictures

    def wants(self, names):
        return not self.only or any(name in self.only for name in names)

    def settled(self):
        """The probe's report once nothing but figures changes any more."""
        def shape(report):
            return [(window["type"], [(round(run["bounds"][0]), round(run["bounds"][1])) for run in window["runs"]])
                    for window in report["windows"]]

        report = rules.read(self.probe)
        for _ in range(10):
            time.sleep(SAME_TEXT_S)
            before, report = report, rules.read(self.probe)
            # What a page has not laid out yet is wrong for a frame; what stays is wrong.
            if shape(before) == shape(report) and not rules.faults(report):
                break
        return report

    def shot(self, name):
        """Takes the picture and judges it."""
        self.desk.screen.focus()  # brings a sheet to the middle, as a window manager would
        report = self.settled()
        path = self.desk.screen.picture(self.folder / f"{name}-{self.name}.png")
        self.taken.append(name)
        wrong = self.picture_faults(path, report) + rules.faults(report)
        if self.language == "pseudo":
            heard = [(node.role, node.text) for node in self.desk.screen.walk()]
            wrong += rules.untranslated(report, heard, self.data, self.words.gettext)
        self.wrong += [f"{name}: {one}" for one in wrong]
        return report

    def picture_faults(self, path, report):
        out = subprocess.run(["identify", "-format", "%w %h %k %[fx:mean]", str(path)], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.split()
        found, dark = [], "dark" in self.theme
        if (int(out[0]), int(out[1])) != (self.width, self.height):
            found.append(f"the picture is {out[0]}×{out[1]}")
        if int(out[2]) < FEWEST_COLOURS:
            found.append(f"the picture has {out[2]} colours: nothing is on it")
        if (float(out[3]) < 0.5) != dark or report["dark"] != dark:
            found.append(f"not the theme asked for: mean brightness {out[3]}")
        if report["high-contrast"] != ("contrast" in self.theme):
            found.append("not the contrast asked for")
        if abs(report["scale"] - self.scale) > 0.01:
            found.append(f"text is scaled by {report['scale']}, not {self.scale}")
        for window in report["windows"]:
            if window["size"][0] > self.width or window["size"][1] > self.height:
                found.append(f"{window['type']} is {window['size'][0]}×{window['size'][1]}, larger than the screen")
        return found

    def open_line(self, text, group):
        """Clicks a line of the check tree, the group around it first where it is folded."""
        if not self.desk.screen.find(part=self.say(text) + ":", role="list item"):
            self.click(part=self.say(group) + ":", role="list item")
            self.settled()
        self.click(part=self.say(text) + ":", role="list item")

    def click(self, **wanted):
        from gi.repository import Atspi

        node = self.desk.screen.wait_node(**wanted)
        box = node.accessible.get_extents(Atspi.CoordType.WINDOW)
        self.desk.screen.xdotool("mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1")

    # --- the way through

    def part(self, do):
        if not self.wants(do.shots):
            return
        try:
            do(self)
        except Exception as error:
            traceback.print_exc()
            self.wrong.append(f"{do.__name__}: not reached: {str(error).splitlines()[0]}")
            self.desk.screen.picture(self.folder / f"failed-{do.__name__}-{self.name}.png")
            self.desk.printer.set_fault("clear")
        self.home()

    def home(self):
        """Away from whatever is open."""
        for _ in range(3):
            if len(self.desk.screen.windows()) < 2:
                return
            self.desk.screen.press("Escape")
            time.sleep(0.3)

    def traveller(self, **wish):
        made = self.desk.hall.control("crossing", **wish)
        self.note(made)
        return made

    def note(self, made):
        """What the hall made is data."""
        self.data += [*strings(made), made["mrz"][0][5:].replace("<", " ")]

    def referred(self, **wish):
        """A traveller waits; the most urgent case is open afterwards, alone where the screen is small."""
        made = self.traveller(**wish)
        self.desk.screen.wait_text(surname(made) + ",")
        self.desk.screen.press("ctrl+n")
        self.wait("Why here")
        return made

    def decide(self, made):
        """Sends the open case to the second line, out of the way of the next picture."""
        self.desk.screen.press("F8")
        self.wait("Send to the second line")
        self.desk.screen.press("Return")
        self.wait("No case is open")

    def swiped(self, **wish):
        """A traveller whom the gate admitted hands over the passport, and asks for a stamp."""
        made = self.traveller(**wish)
        self.desk.swipe(made)
        self.desk.screen.wait_text(surname(made) + ",")
        self.wait("Admitted by the gate")
        self.desk.screen.press("F10")
        self.wait("Conditions", "Is it the same person as in the document?")
        return made


def strings(value):
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


def shots(*names):
    def mark(function):
        function.shots = names
        return function
    return mark


@shots("sign-in", "sign-in-wrong")
def sign_in_page(tour):
    tour.wait("Password", "Sign in")
    tour.shot("sign-in")
    tour.desk.screen.type(OFFICER)
    tour.desk.screen.press("Tab")
    tour.desk.screen.type("wrong")
    tour.desk.screen.press("Return")
    tour.wait("Name or password is not right, or the account cannot be used now.")
    tour.shot("sign-in-wrong")


def sign_in(tour):
    screen = tour.desk.screen
    screen.wait_node(role="password text")
    if "sign-in-wrong" in tour.taken:
        screen.press("ctrl+a")
        screen.type(PASSWORD)
    else:
        screen.type(OFFICER)
        screen.press("Tab")
        screen.type(PASSWORD)
    screen.press("Return")
    tour.wait("Waiting", "Live")


@shots("quiet", "called")
def quiet(tour):
    tour.wait("Nobody is waiting.", "No case is open")
    tour.shot("quiet")
    tour.desk.screen.press("F4")
    tour.wait("Supervisor called")
    report = tour.shot("called")
    if not any(CALL_TIME.fullmatch(run["text"]) and "in GsStatusItem" in run["widget"] for run in rules.seen(report["windows"][0])):
        tour.wrong.append("called: nothing says since when")
    tour.desk.screen.press("F4")
    tour.desk.screen.wait_node(role="password text")
    tour.desk.second_officer(SUPERVISOR)
    wait_for(lambda: not tour.desk.screen.shows(tour.say("Supervisor called")), what="the end of the call")


@shots("face", "busy", "judge", "judged")
def face_case(tour):
    made = tour.referred(reasons=["B01"], gate="gate-3")
    tour.wait("Face: compare")
    tour.shot("face")
    for gate, codes in (("gate-1", ["X01"]), ("gate-2", ["D06"]), ("gate-5", ["B03"]), ("gate-6", ["E02"])):
        tour.traveller(reasons=codes, gate=gate)
    for given in ("ADA", "CHIDI", "NGOZI"):
        tour.traveller(reasons=["E02"], gate="gate-7", party=FAMILY, surname="OKAFOR", given_names=given)
    for one in tour.desk.hall.control("gate-fault", gate="gate-4", count=3)["crossings"]:
        tour.note(one)
    tour.wait("Fault")
    tour.wrong += [f"busy: {one}" for one in rules.outcomes_out_of_view(tour.shot("busy"))]
    tour.desk.screen.press("F5")
    tour.wait("Is it the same person?")
    tour.shot("judge")
    tour.desk.screen.press("1")
    tour.desk.screen.wait_text("B01")
    tour.shot("judged")
    tour.decide(made)


@shots("second-line", "more", "typed", "keys")
def dialogs(tour):
    made = tour.referred(reasons=["D06"], gate="gate-3")
    for key, name, text in (("F8", "second-line", "Send to the second line"), ("F9", "more", "Left without decision"),
                            ("ctrl+m", "typed", "Type a document"), ("F1", "keys", "List of keys")):
        tour.desk.screen.press(key)
        wait_for(lambda: len(tour.desk.screen.windows()) > 1, what=f"a window after {key}")
        tour.wait(text)
        tour.shot(name)
        tour.home()
    tour.decide(made)


@shots("shielded", "read", "blank", "two-officers")
def priority_one(tour):
    made = tour.referred(reasons=["B05"], gate="gate-7")
    tour.wait("Priority 1")
    tour.shot("shielded")
    heard = "\n".join(node.text for node in tour.desk.screen.walk())
    for word in ("Presentation attack suspected", "No attack found"):
        if tour.words.gettext(word) in heard:
            tour.wrong.append(f"shielded: assistive technology reads “{word}”")
    tour.desk.screen.xdotool("keydown", "space")
    try:
        tour.wait("Presentation attack suspected")
        tour.shot("read")
    finally:
        tour.desk.screen.xdotool("keyup", "space")
    tour.desk.screen.press("F12")
    tour.wait("The screen is blank. %s shows it again.")
    tour.shot("blank")
    tour.desk.screen.press("F12")
    tour.wait("Why here")
    tour.desk.screen.press("F5")
    tour.wait("Is it the same person?")
    tour.desk.screen.press("1")
    tour.wait_ready("Second officer")
    tour.wrong += [f"two-officers: {one}" for one in rules.outcomes_out_of_view(tour.shot("two-officers"))]
    tour.decide(made)


@shots("sheet-unjudged", "sheet", "printing", "question", "places", "second-officer", "void")
def stamp_void(tour):
    tour.swiped(gate="gate-8")
    tour.shot("sheet-unjudged")
    tour.desk.screen.press("1")
    tour.wait_ready("Print stamp")
    tour.shot("sheet")
    tour.desk.printer.set_fault("slow=8")
    tour.desk.screen.press("Return")
    tour.wait("Keep the page still. Nothing is sent twice")
    tour.shot("printing")
    tour.desk.printer.set_fault("clear")
    tour.wait("What is on the page?", seconds=40)
    tour.shot("question")
    tour.desk.screen.press("4")
    tour.wait("Where is it?")
    tour.shot("places")
    tour.desk.screen.press("2")
    tour.desk.screen.wait_node(role="password text")
    tour.shot("second-officer")
    tour.desk.second_officer(SUPERVISOR)
    tour.wait("This stamp is void", seconds=40)
    tour.shot("void")


@shots("jammed", "end", "again")
def stamp_issued(tour):
    made = tour.swiped(gate="gate-6")
    tour.desk.screen.press("1")
    tour.wait_ready("Print stamp")
    tour.desk.printer.set_fault("slow=8")
    tour.desk.screen.press("Return")
    tour.wait("Keep the page still. Nothing is sent twice")
    tour.desk.printer.set_fault("jam=700")
    tour.wait("The page is stuck in the printer.", seconds=30)
    tour.shot("jammed")
    tour.desk.printer.set_fault("clear")
    tour.wait("What is on the page?", seconds=40)
    tour.desk.screen.press("1")
    tour.wait("Stamped", "%s is on the page and in the register.")
    tour.shot("end")
    tour.desk.screen.press("Return")
    wait_for(lambda: tour.desk.outcomes(made), what="the claim's outcome")
    tour.desk.swipe(made)
    tour.desk.screen.press("F10")
    tour.wait("No stamp", "This crossing has its stamp: %s, %s, %s.")
    tour.shot("again")


@shots("not-printed")
def not_printed(tour):
    tour.swiped(gate="gate-5")
    tour.desk.screen.press("1")
    tour.wait_ready("Print stamp")
    tour.desk.printer.set_fault("jam=300")
    tour.desk.screen.press("Return")
    tour.wait("Nothing was printed. The hall’s claim is given back, unused.")
    tour.shot("not-printed")
    tour.desk.printer.set_fault("clear")


@shots("refused", "slip")
def refused(tour):
    made = tour.swiped(gate="gate-7")
    tour.desk.screen.press("1")
    tour.wait_ready("Print stamp")
    tour.desk.hall.control("customs", crossing=made["crossing"])
    wait_for(lambda: not tour.ready("Print stamp"), what="the end of the print button")
    tour.wait("passed customs")
    tour.shot("refused")
    tour.wait_ready("Travel record slip…").act()
    tour.wait_ready("Save as PDF…")
    tour.shot("slip")


@shots("dead-link")
def dead_link(tour):
    tour.referred(reasons=["B05"], gate="gate-2")
    tour.desk.hall.stop()
    tour.wait("No link to the hall for %s", "as of %s", seconds=30)
    wait_for(lambda: not tour.desk.screen.find(name=tour.say("Undo")), what="the end of undo")
    tour.wrong += [f"dead-link: {one}" for one in rules.outcomes_out_of_view(tour.shot("dead-link"))]


# What is laid on the reader, and what the officer reads of it at once.
CHIPS = {
    "genuine": ("genuine", "Genuine"),
    "undetermined": ("no-proof", "This chip cannot prove itself."),
    "altered": ("tampered-dg1", "The chip’s data are not what was signed."),
    "unknown": ("unknown-csca", "No known authority of the state has signed."),
    "expired": ("genuine", "Check the date on the page."),
    "remark": ("two-signers", "There is a remark among the checks."),
    "muted": ("muted", "Turn the document over or open it."),
    "cloned": ("cloned-ca", "The chip lacks the issuer’s key."),
}


@shots(*("chip-" + name for name in CHIPS), "chip-evidence", "chip-reader")
def chips(tour):
    """The card after a chip was read here, in each way in which that can end; then the evidence of the last."""
    for name, (variant, said) in CHIPS.items():
        if not tour.wants(["chip-" + name] + (["chip-evidence", "chip-reader"] if name == "cloned" else [])):
            continue
        more = {"cloned": {"reasons": ["B01"]}, "expired": {"expiry_date": "240130"}}.get(name, {})
        made = tour.traveller(gate="gate-2", passport=variant, **more)
        tour.desk.swipe(made)
        tour.desk.screen.wait_text(surname(made) + ",")
        tour.desk.wait_read(made)
        tour.wait(said, "Read again") if name != "muted" else tour.wait(said)
        tour.shot("chip-" + name)
    if tour.wants(["chip-evidence"]):
        tour.open_line("Signed by the issuer", "Chip")
        tour.wait("Save as file…")
        tour.shot("chip-evidence")
        tour.home()
    tour.click(part=tour.say("Document on reader"))
    tour.wait("Take the document off when the card shows its verdict.")
    tour.shot("chip-reader")
    tour.desk.screen.press("Escape")


@shots("guidance", "verify-judge", "verify-revealed", "camera")
def verified(tour):
    """The face with a camera and this machine's engine: nobody there, the questions, and what came of them."""
    tour.desk.hall.control("camera", desk=tour.desk.desk, trouble="nobody")
    made = tour.referred(reasons=["B01"], gate="gate-3", person=CITIZEN)
    tour.desk.swipe(made)
    tour.desk.screen.press("F5")
    tour.wait("No face in the picture.", seconds=60)
    tour.shot("guidance")
    tour.desk.hall.control("camera", desk=tour.desk.desk, trouble="none")
    tour.wait("best frame kept", seconds=90)
    tour.shot("verify-judge")
    tour.desk.screen.press("1", "1")
    tour.wait("What the scores mean", "Gate and desk engines differ", seconds=60)
    tour.shot("verify-revealed")
    tour.home()
    tour.click(part=tour.words.pgettext("camera", "Camera live"))
    tour.wait("Nothing is recorded.")
    tour.shot("camera")
    tour.desk.screen.press("Escape")
    tour.decide(made)


@shots("gate-look")
def gate_look(tour):
    made = tour.referred(reasons=["B03"], gate="gate-3", person=CITIZEN)
    tour.click(part=tour.words.gettext("Gate %s").replace("%s", "3"), role="push button")
    tour.wait_ready("Look through its camera").act()
    tour.desk.screen.wait_text(tour.say("This look is recorded."), tour.words.pgettext("camera", "Camera live"), seconds=55)
    tour.shot("gate-look")
    tour.home()
    tour.decide(made)


@shots("stamp-faces")
def stamp_faces(tour):
    """The stamp sheet with both blind questions."""
    tour.swiped(gate="gate-8", person=CITIZEN)
    tour.wait("best frame kept", seconds=90)
    tour.shot("stamp-faces")


@shots("stamps")
def stamps_page(tour):
    tour.data.append(tour.desk.printer.uri)
    tour.desk.screen.press("ctrl+t")
    tour.wait("Reconciliations", "Counted by printers")
    tour.shot("stamps")
    tour.desk.screen.press("ctrl+t")


CHIP_PARTS = [chips]
CAMERA_PARTS = [verified, gate_look, stamp_faces]
PARTS = [quiet, face_case, dialogs, priority_one, stamp_void, stamp_issued, not_printed, stamps_page, refused, dead_link]
ALL_PARTS = [sign_in_page, *PARTS, *CHIP_PARTS, *CAMERA_PARTS]
STATES = [name for part in ALL_PARTS for name in part.shots]


def parts_of(arguments):
    return CAMERA_PARTS if arguments.camera else CHIP_PARTS if HAS_READER else PARTS


def states_of(arguments):
    return [name for part in [sign_in_page, *parts_of(arguments)] for name in part.shots]


def environment_of(arguments, folder):
    """The platform's own switches: theme and contrast of libadwaita, X's resources, and the translations."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    found = dict(THEMES[arguments.theme])
    if arguments.scale != "1":  # GTK 4.8 takes the display's word over settings.ini, and that is X's resource
        (home / ".Xdefaults").write_text(f"Xft.dpi: {96 * float(arguments.scale):.0f}\n")
    if arguments.language == "en":
        return found, None
    locales = pathlib.Path(arguments.build).resolve() / "po"
    if arguments.language == "pseudo":
        locales = folder / "locales"
        subprocess.run([sys.executable, HERE.parents[1] / "tools/update-po", "--pseudo",
                        locales / "pseudo/LC_MESSAGES/gateside.mo"], check=True)
    preload = pathlib.Path(arguments.build).resolve() / "tests/screens/locales/libgs-screen-locales.so"
    found.update(LANGUAGE=arguments.language, GATESIDE_SCREEN_LOCALES=str(locales), LD_PRELOAD=str(preload))
    return found, locales / arguments.language / "LC_MESSAGES/gateside.mo"


def run(arguments):
    """One combination; what was wrong."""
    width, height = map(int, arguments.size.split("x"))
    options = ["--quiet", *(["--portraits", arguments.portraits] if arguments.portraits else [])]
    with Desk(*options, build=arguments.build, size=(width, height), display=False, chip=HAS_READER, camera=arguments.camera,
              people=[CITIZEN]) as desk:
        tour = Tour(arguments, desk)
        environment, catalogue = environment_of(arguments, desk.folder)
        if catalogue:
            with open(catalogue, "rb") as file:
                tour.words = gettext.GNUTranslations(file)
        tour.probe = desk.folder / "probe"
        environment.update(GIO_EXTRA_MODULES=str(pathlib.Path(arguments.build).resolve() / "tests/screens/probe"),
                           GATESIDE_SCREEN_PROBE=str(tour.probe))
        desk.screen = Screen(width, height)
        desk.screen.__enter__()
        desk.opened.append(desk.screen)
        desk.start(**environment)
        wait_for(tour.probe.exists, what="the probe's socket")
        tour.part(sign_in_page)
        sign_in(tour)
        for do in parts_of(arguments):
            tour.part(do)
        if desk.station.poll() is not None:
            tour.wrong.append(f"the station ended with {desk.station.returncode}")
        tour.wrong += [line for line in desk.log.read_text(errors="replace").splitlines()
                       if "CRITICAL" in line or "WARNING" in line]
    missing = [name for name in arguments.only or states_of(arguments) if name not in tour.taken]
    tour.wrong += [f"{name}: no picture" for name in missing]
    print(f"{tour.name}: {len(tour.taken)} pictures, {len(tour.wrong)} faults", flush=True)
    for one in tour.wrong:
        print("  " + one, flush=True)
    return len(tour.wrong)


def every_combination():
    for language, theme, size, scale in itertools.product(("en", "ja", "pseudo"), THEMES, ("1920x1080", "1280x800"), ("1", "2")):
        if language != "pseudo" or theme == "light":
            yield ["--language", language, "--theme", theme, "--size", size, "--scale", scale]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("folder")
    parser.add_argument("--only", nargs="*", default=[], metavar="STATE", help=", ".join(STATES))
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--theme", choices=THEMES, default="light")
    parser.add_argument("--language", choices=("en", "ja", "pseudo"), default="en")
    parser.add_argument("--portraits")
    parser.add_argument("--camera", action="store_true", help="a desk with a camera and this machine's engine, and its states")
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    for name in set(arguments.only) - set(STATES):
        parser.error(f"there is no state {name}")
    if arguments.camera and not has_models(arguments.build):
        print("no models: there is no engine on this machine")
        sys.exit(77)
    if not arguments.all:
        sys.exit(1 if run(arguments) else 0)
    # A program each: the connection to the accessibility bus is made once in a process.
    only = (["--only", *arguments.only] if arguments.only else []) + (["--camera"] if arguments.camera else [])
    wrong = [subprocess.run([sys.executable, __file__, arguments.build, arguments.folder, *only, *combination]).returncode
             for combination in every_combination()]
    sys.exit(1 if any(wrong) else 0)


if __name__ == "__main__":
    main()
