# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole hall in a temporary folder: hall, stamp printer, accounts, and the station on a screen of its own.

    with Desk() as desk:
        desk.sign_in()
        made = desk.hall.control("crossing", gate="gate-3")
        desk.swipe(made)
        desk.screen.press("F10")

A second desk in the same hall, with a printer, a scanner and a station of its own on the same screen:

    with Desk(neighbours=["desk-4"]) as desk, Desk(beside=desk, desk="desk-4") as other:

A desk with a camera, before which the traveller stands who steps up (hall.control("camera", desk=..., trouble=...)):

    with Desk(camera=True) as desk:

The same where citizens 3 and 5 are drawn for chips and gates too, so that pictures can be compared:

    with Desk(camera=True, people=[3, 5]) as desk:
        made = desk.hall.control("crossing", reasons=["B03"], person=3)

A desk with a second printer that stands by (desk.standby):

    with Desk(standby=True) as desk:

A desk with a chip reader, in a process that tests/support/pcsc-stack runs:

    with Desk(chip=True) as desk:
        made = desk.hall.control("crossing", passport="cloned-ca")
        desk.swipe(made)

The station is driven from outside only: keys, the scanner's pty, and what assistive technology reads. Everything that
was started ends with the block, and with this process if that is killed.
"""
import copy
import hashlib
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from gs_test_chip import READER, Chip  # noqa: E402
from gs_test_hall import Hall  # noqa: E402
from gs_test_printers import SimulatedPrinter  # noqa: E402
from gs_test_screen import Screen, wait_for  # noqa: E402

SOURCE = pathlib.Path(os.environ.get("GATESIDE_SOURCE_ROOT") or pathlib.Path(__file__).resolve().parents[2])
OFFICER, SUPERVISOR = "kato", "mori"
PASSWORD = "utopia-7"
STAMP = "U7"

KEY_FILE = """\
[desk]
id={desk}
name={name}
gates={gates}
direction={direction}
database={folder}/desk.db
stamp-pack={build}/data/specimen-pack.tar

[stamp-packs]
authorities={build}/data/specimen-pack-authority.pem

[hall]
url=https://localhost:{hall_port}
ca={pki}/ca.pem
certificate={pki}/{desk}.pem
key={pki}/{desk}.key

[port]
name=UTOPIA CITY
crossing-point=T1
transport=air
office=Airport office, level 2, room 214
authority=Utopia Border Service

[printer]
uri={printer_uri}
certificate={printer_pins}
stamp-code=U7
serial-prefix=UTO-D{number}
{standby}
[scanner]
device={scanner}

[trust]
store={store}

{chip}{camera}[policy]
{policy}
"""
STANDBY_KEYS = """
[printer Right]
uri={uri}
certificate={pins}
"""
CHIP_KEYS = """\
[reader]
name={reader}

"""
CAMERA_KEYS = """\
[camera]
device={camera}

[face]
{face}

"""


def free_port():
    """One that nobody uses now; the same for a hall that dies and returns."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def has_models(build=None):
    """Whether the build has this machine's engine."""
    return pathlib.Path(build or os.environ.get("GATESIDE_BUILD_ROOT", "."), "src/face/embedding.onnx").exists()


class Desk:
    def __init__(self, *hall_options, build=None, folder=None, desk="desk-3", direction="arrival", gates=8, size=(1920, 1080),
                 policy="", display=True, neighbours=(), beside=None, chip=False, anchors=None, camera=False, face=None,
                 people=(), standby=False, stamp=True):
        self.build = pathlib.Path(build or os.environ.get("GATESIDE_BUILD_ROOT", "."))
        self.own = folder is None
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="gateside-desk-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.desk, self.direction, self.policy = desk, direction, policy
        self.gates = [f"gate-{i + 1}" for i in range(gates)]
        self.scanner = (beside.folder if beside else self.folder) / f"scanner-{desk}"
        options = ["--direction", direction, "--gates", str(gates), *(hall_options or ["--quiet"])]
        for name in (desk, *neighbours):
            options += ["--scanner-pty", f"{name}={self.folder}/scanner-{name}"]
        self.passports, self.store, self.chip = self.folder / "passports", self.folder / "trust-store", None
        self.stamp = stamp  # False: the register holds what the station enters itself, in nobody's hand
        self.has_chip, self.anchors = chip, anchors  # anchors: what is confirmed by itself instead of Utopia's lists
        if chip:
            options += ["--passports", str(self.passports), "--chip", f"{desk}={self.folder}/chip.control"]
        self.people = people if camera and not beside else ()
        # face: the lines of [face]; by itself this machine's engine, where the build has its models.
        self.face = face if face is not None else self.own_engine()
        self.camera = f"rtsp://127.0.0.1:{free_port()}/desk" if camera else None
        if camera:
            if "--portraits" not in options:
                options += ["--portraits", str(self.drawn_people())]
            options += ["--camera", f"{desk}={self.camera.rpartition(':')[2].partition('/')[0]}", "--gate-cameras", str(free_port())]
        self.printer = SimulatedPrinter(self.build, self.folder / "printer")
        self.standby = SimulatedPrinter(self.build, self.folder / "standby") if standby else None
        if beside:
            self.hall = beside.hall
            self.screen = copy.copy(beside.screen)  # the same screen, with an eye on another program
            self.parts = (self.printer,)
        else:
            self.hall = Hall(*options, program=str(self.build / "src/simulator/hall/gateside-hall"),
                             folder=str(self.folder / "hall"))
            self.screen = Screen(*size) if display else None
            self.parts = (self.hall, self.printer, self.screen)
        if standby:
            self.parts = (*self.parts[:-1], self.standby, self.parts[-1])
        self.config = self.folder / "desk.conf"
        self.log = self.folder / "station.log"
        self.station = None
        self.opened = []

    def program(self, *parts):
        return str(self.build.joinpath("src", *parts))

    def own_engine(self):
        if not has_models(self.build):
            return "engine=none"
        return f"engine=embedded\nmodels={self.build.resolve()}/src/face\nthresholds={SOURCE}/data/face-thresholds.ini"

    def has_engine(self):
        return self.camera is not None and "engine=embedded" in self.face

    def drawn_people(self):
        """Where the citizens' pictures are kept for tests: drawn once for a build, each when it is needed."""
        folder = self.build.resolve() / "drawn-people"
        folder.mkdir(exist_ok=True)
        return folder

    def draw_people(self):
        """What chip and gate show of them, which takes seconds the first time; the cameras draw theirs themselves."""
        for number in self.people:
            subprocess.run([self.program("simulator", "utopia", "gateside-portraits"), "--output", self.drawn_people(),
                            "--people", str(number), "--views", "passport,gate", "--quiet"], check=True)

    # --- its life

    def __enter__(self):
        try:
            (self.folder / "hall").mkdir(exist_ok=True)
            self.draw_people()
            if self.has_chip:
                self.found_country()
            for one in self.parts:
                if one:
                    one.__enter__()
                    self.opened.append(one)
            if self.has_chip:
                self.chip = Chip(self.program("simulator", "chip", "gateside-chip"), self.folder)
                self.opened.append(self.chip)
                self.fill_store()
            self.write_config()
            self.add_account(OFFICER, "officer", "Kato")
            self.add_account(SUPERVISOR, "supervisor", "Mori")
            if self.stamp:
                self.hand_out_stamp()
            if self.screen:
                self.start()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind=None, *_):
        if kind:
            self.leave_traces()
        if self.station and self.screen not in self.opened:
            self.screen.end(self.station)
        for one in reversed(self.opened):
            one.__exit__(None, None, None)
        self.opened = []
        if self.own:
            shutil.rmtree(self.folder, ignore_errors=True)

    def leave_traces(self, folder=None):
        """What helps to see why something failed: the station's own words, and the screen as picture and as words."""
        if self.log.exists():
            sys.stderr.write(f"--- the station said:\n{self.log.read_text(errors='replace')[-4000:]}---\n")
        if self.screen and self.screen in self.opened:
            sys.stderr.write(self.screen.complaints() + "---\n")
        folder = folder or os.environ.get("GATESIDE_TRACES")
        if not folder or not self.screen or self.screen not in self.opened:
            return
        try:
            name = pathlib.Path(sys.argv[0]).stem
            self.screen.picture(pathlib.Path(folder, name + ".png"))
            pathlib.Path(folder, name + ".txt").write_text(self.screen.dump())
        except Exception as error:  # a trace is a help, not a result
            sys.stderr.write(f"no trace: {error}\n")

    def write_config(self):
        chip = CHIP_KEYS.format(reader=READER) if self.has_chip else ""
        camera = CAMERA_KEYS.format(camera=self.camera, face=self.face) if self.camera else ""
        standby = STANDBY_KEYS.format(uri=self.standby.uri, pins=self.standby.pins) if self.standby else ""
        self.config.write_text(KEY_FILE.format(
            standby=standby, chip=chip, camera=camera, store=self.store,
            desk=self.desk, name=self.desk.replace("desk-", "Desk "), number=self.desk.rpartition("-")[2],
            gates=";".join(self.gates), direction=self.direction, folder=self.folder, build=self.build.resolve(),
            scanner=self.scanner, hall_port=self.hall.port, pki=self.hall.pki, printer_uri=self.printer.uri, printer_pins=self.printer.pins, policy=self.policy))

    def found_country(self):
        """Utopia's keys, which take seconds to make, once for a build."""
        kept = self.build.resolve() / "utopia"
        if not kept.exists():
            new = pathlib.Path(tempfile.mkdtemp(prefix="utopia-", dir=kept.parent))
            subprocess.run([self.program("simulator", "utopia", "gateside-authority"), "--country", new, "--quiet"], check=True)
            try:
                new.replace(kept)
            except OSError:  # another test was faster
                if not kept.exists():
                    raise
                shutil.rmtree(new)
        shutil.copytree(kept, self.passports / "country")

    def fill_store(self):
        """What Utopia publishes, taken into the trust store as an administrator does: confirmed by its fingerprint."""
        country = self.passports / "country"
        names = [self.anchors] if self.anchors else ["lists/master-list.ml", "lists/utopia-1.crl", "lists/utopia-2.crl"]
        take = [self.program("tools", "gateside-document"), "trust", "import", "--store", self.store]
        if self.anchors:
            fingerprint = hashlib.sha256((country / self.anchors).read_bytes()).hexdigest()
        else:
            told = subprocess.run([*take, "--dry-run", "--json", country / names[0]], stdout=subprocess.PIPE, check=False)
            fingerprint = json.loads(told.stdout)["master_lists"][0]["signer"]["fingerprint"]
        subprocess.run([*take, "--confirm-signer", fingerprint, *(country / name for name in names)], check=True,
                       stdout=subprocess.DEVNULL)

    def add_account(self, name, role, label):
        subprocess.run([self.program("tools", "gateside-accounts"), "add", "--database", str(self.folder / "desk.db"), "--name",
                        name, "--role", role, "--label", label], input=PASSWORD + "\n", text=True, check=True,
                       stdout=subprocess.DEVNULL)

    def hand_out_stamp(self):
        """The desk's stamp goes from the supervisor's hand into the officer's."""
        register = [self.program("tools", "gateside-register")]
        where = ["--database", str(self.folder / "desk.db"), "--stamp", STAMP]
        for command, passwords in ((["enter", *where, "--code", STAMP, "--as", SUPERVISOR], 1),
                                   (["hand-out", *where, "--desk", self.desk, "--as", OFFICER, "--with", SUPERVISOR], 2)):
            subprocess.run(register + command, input=(PASSWORD + "\n") * passwords, text=True, check=True,
                           stdout=subprocess.DEVNULL)

    def pass_stamp_on(self, giver=OFFICER, taker=SUPERVISOR):
        """The stamp changes hands, before the two of them."""
        register = [self.program("tools", "gateside-register")]
        where = ["--database", str(self.folder / "desk.db"), "--stamp", STAMP]
        for command in (["return", *where, "--as", giver, "--with", taker],
                        ["hand-out", *where, "--desk", self.desk, "--as", taker, "--with", giver]):
            subprocess.run(register + command, input=(PASSWORD + "\n") * 2, text=True, check=True, stdout=subprocess.DEVNULL)

    def environment(self):
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return {"HOME": str(home), "GSETTINGS_SCHEMA_DIR": str(self.build / "data")}

    def command(self):
        return [self.program("app", "gateside"), "--config", str(self.config)]

    def start(self, **environment):
        """Starts the station (again) and waits for its first page."""
        self.station = self.screen.run(self.command(), self.log, **{**self.environment(), **environment})
        self.screen.look_at(self.station)

    def stop(self, how=signal.SIGTERM):
        self.station.send_signal(how)
        self.station.wait(10)
        self.screen.end(self.station)

    # --- what an officer does

    def sign_in(self, name=OFFICER, password=PASSWORD):
        """Signs in by keys and waits for the desk, with a live feed."""
        self.screen.wait_node(role="password text", seconds=20)
        self.screen.type(name)
        self.screen.press("Tab")
        self.screen.type(password)
        self.screen.press("Return")
        self.screen.wait_text("Waiting", "Live", seconds=20)

    def second_officer(self, name=SUPERVISOR, password=PASSWORD):
        """Answers the second officer's dialog."""
        self.screen.wait_node(role="password text")
        self.screen.type(name)
        self.screen.press("Tab")
        self.screen.type(password)
        self.screen.press("Return")

    def swipe(self, crossing):
        """The traveller steps up and the officer swipes the document: its zone comes over the scanner's line."""
        self.hall.control("step-up", crossing=crossing["crossing"], desk=self.desk)

    # --- what really happened

    def truth(self, kind):
        """The hall's own log: "event", "decision", "claim" or "outcome", as dicts."""
        found = []
        with open(self.hall.truth, encoding="utf-8") as lines:
            for line in lines:
                head, _, body = line.rstrip("\n").partition("\t")
                if head == kind or kind == "event" and head.isdigit():
                    found.append(json.loads(body))
        return found

    def decisions(self, crossing):
        return [one for one in self.truth("decision") if crossing["crossing"] in json.dumps(one)]

    def claims(self, crossing):
        return [one for one in self.truth("claim") if crossing["crossing"] in json.dumps(one)]

    def outcomes(self, crossing):
        return [one for one in self.truth("outcome") if crossing["crossing"] in json.dumps(one)]

    def readings(self, crossing):
        """What the desk's record says of each reading of the traveller's chip, oldest first."""
        database = sqlite3.connect(f"file:{self.folder}/desk.db?mode=ro", uri=True, timeout=5)
        try:
            rows = database.execute("SELECT detail FROM record WHERE kind = 'document.read' AND subject = ? ORDER BY sequence",
                                    [crossing["crossing"]]).fetchall()
        finally:
            database.close()
        return [dict(word.split("=", 1) for word in row[0].split()) for row in rows]

    def wait_read(self, crossing, number=1):
        """The number-th reading of the traveller's chip, when it is over."""
        return self.wait(lambda: self.readings(crossing)[number - 1:number], 20, "a reading of the chip")[0]

    def steps(self):
        """The steps of the newest stamp in the desk's journal, read from beside the station."""
        database = sqlite3.connect(f"file:{self.folder}/desk.db?mode=ro", uri=True, timeout=5)
        try:
            return [row[0] for row in database.execute(
                "SELECT step FROM stamp_journal WHERE stamp = (SELECT stamp FROM stamp_journal ORDER BY written_at DESC LIMIT 1)"
                " ORDER BY number")]
        finally:
            database.close()

    def paper(self):
        """What the printer really put on paper."""
        return [line for line in self.printer.truth() if line["printed"] != "nothing"]

    def paper_of(self, crossing):
        """What of it belongs to the crossing's claims."""
        stamps = {one["stamp"] for one in self.claims(crossing)}
        return [page for page in self.paper() if page["job_name"] in stamps]

    def crossing(self, crossing):
        """The hall's folded crossing."""
        return self.hall.desk("desk-1").get("/v1/crossings/" + crossing["crossing"]).json

    def wait(self, condition, seconds=20, what="it"):
        return wait_for(condition, seconds, what)


def surname(crossing):
    """The primary identifier of the crossing's zone."""
    return crossing["mrz"][0][5:].partition("<<")[0].replace("<", " ")
