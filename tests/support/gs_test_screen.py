# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen of its own with a program on it, driven as a person would: keys, and what assistive technology reads.

    with Screen(1920, 1080) as screen:
        program = screen.run(["gateside", "--config", "desk.conf"], log)
        screen.look_at("gateside")
        screen.wait_text("Take next")
        screen.press("F10")
        screen.picture("stamp-sheet.png")

One Screen a process: the connection to the accessibility bus is made once. Nothing here sleeps for a fixed time but
the pauses between keys, which a person makes too.
"""
import ctypes
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

PR_SET_PDEATHSIG = 1
NODE_LIMIT = 4000
CHILD_LIMIT = 60
CLASS_NAME = re.compile("(Gtk|Adw|Gs)[A-Z][A-Za-z]*")  # what GTK 4.8 says of things without a name
KEY_PAUSE_MS = 90  # under 30 ms between keys a person is taken for a scanner


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def wait_for(condition, seconds=20.0, what="it"):
    """Waits until condition () is true and returns its value."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"{what() if callable(what) else what}: not within {seconds} s")
        time.sleep(0.05)


def end_group(process, seconds=5):
    """Ends a process that leads its own group, and whatever it started."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


class Node:
    """Something on the screen as assistive technology reads it."""

    def __init__(self, accessible):
        self.accessible = accessible

    def _ask(self, question, otherwise):
        try:
            return question()
        except Exception:  # the thing is gone by now: GLib.Error of several domains
            return otherwise

    @property
    def role(self):
        return self._ask(self.accessible.get_role_name, "gone")

    @property
    def name(self):
        name = self._ask(self.accessible.get_name, "") or ""
        return "" if CLASS_NAME.fullmatch(name) else name

    @property
    def text(self):
        """Its name; of an entry, what stands in it."""
        def read():
            return self.accessible.get_text(0, self.accessible.get_character_count())
        return (self._ask(read, "") if self.role == "text" else self.name) or ""

    @property
    def description(self):
        return self._ask(self.accessible.get_description, "") or ""

    def has(self, state):
        from gi.repository import Atspi
        wanted = getattr(Atspi.StateType, state.upper())
        return self._ask(lambda: self.accessible.get_state_set().contains(wanted), False)

    @property
    def children(self):
        count = min(self._ask(self.accessible.get_child_count, 0), CHILD_LIMIT)
        found = (self._ask(lambda i=i: self.accessible.get_child_at_index(i), None) for i in range(count))
        return [Node(one) for one in found if one]

    @property
    def size(self):
        from gi.repository import Atspi
        box = self._ask(lambda: self.accessible.get_extents(Atspi.CoordType.WINDOW), None)
        return (box.width, box.height) if box else (0, 0)

    def walk(self, limit=NODE_LIMIT):
        """This and everything below, in reading order. GTK leaves out what is hidden."""
        stack, left = [self], limit
        while stack and left:
            node = stack.pop()
            left -= 1
            yield node
            stack.extend(reversed(node.children))

    def act(self, number=0):
        """Does what a click on it does."""
        if not self._ask(lambda: self.accessible.do_action(number), False):
            raise RuntimeError(f"nothing can be done with {self!r}")

    def __repr__(self):
        return f"{self.role} “{self.text}”"


class Screen:
    def __init__(self, width=1920, height=1080, environment=None):
        self.width, self.height = width, height
        self.environment = dict(os.environ)
        self.environment.update(GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="atspi", GSETTINGS_BACKEND="memory",
                                GTK_IM_MODULE="gtk-im-context-simple", GDK_DEBUG="gl-disable", NO_AT_BRIDGE="0",
                                LC_ALL="C.UTF-8", LANGUAGE="en")
        for name in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "GTK_THEME"):
            self.environment.pop(name, None)
        self.environment.update(environment or {})
        self.processes = []
        self.programs = {}
        self.name = None

    # --- its life

    def __enter__(self):
        self.folder = pathlib.Path(subprocess.check_output(["mktemp", "-d", "/tmp/gateside-screen-XXXXXX"],
                                                           text=True).strip())
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700)
        self.environment["XDG_RUNTIME_DIR"] = str(runtime)
        read, write = os.pipe()
        self._spawn(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{self.width}x{self.height}x24", "-nolisten",
                     "tcp", "-noreset"], pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as lines:
            number = lines.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start: " + (self.folder / "log").read_text(errors="replace")[-2000:])
        self.environment["DISPLAY"] = ":" + number
        # Out of the way: below it a tooltip would come up, which is a window too.
        self.xdotool("mousemove", self.width - 1, self.height - 1)
        address = f"unix:path={self.folder}/bus"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self._spawn(["dbus-daemon", "--session", "--nofork", "--address=" + address])
        wait_for((self.folder / "bus").exists, what="a session bus")
        # What libatspi of this process asks.
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            os.environ[name] = self.environment[name]
        os.environ.pop("AT_SPI_BUS_ADDRESS", None)
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        self.atspi = Atspi
        Atspi.init()
        Atspi.set_timeout(3000, 15000)

    def _spawn(self, arguments, log=None, environment=None, **keywords):
        with open(log or self.folder / "log", "ab") as out:
            process = subprocess.Popen([str(word) for word in arguments], stdin=subprocess.DEVNULL, stdout=out,
                                       stderr=out, env=environment or self.environment, start_new_session=True,
                                       preexec_fn=end_with_parent, **keywords)
        self.processes.append(process)
        return process

    def run(self, arguments, log, **environment):
        """Starts a program on this screen; environment is set on top."""
        return self._spawn(arguments, log, {**self.environment, **environment})

    def end(self, process):
        end_group(process)
        if process in self.processes:
            self.processes.remove(process)

    def __exit__(self, *_):
        for process in reversed(self.processes):
            end_group(process)
        self.processes = []
        shutil.rmtree(self.folder, ignore_errors=True)

    def complaints(self):
        """What ended without being asked to, and what the screen and the bus said; for people who look for a fault."""
        ended = [f"{one.args[0]} ended with {one.returncode}" for one in self.processes if one.poll() is not None]
        return "\n".join(ended + [(self.folder / "log").read_text(errors="replace")[-2000:]])

    # --- what assistive technology reads

    def look_at(self, process, seconds=20):
        """Waits until the program of that process shows itself, and reads from it from now on."""
        self.process = process

        def find():
            if process.poll() is not None:
                raise RuntimeError(f"the program ended with {process.returncode}")
            return self.application is not None
        wait_for(find, seconds, "the program on the accessibility bus")

    @property
    def application(self):
        try:
            desktop = self.atspi.get_desktop(0)
            for i in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(i)
                if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                    return Node(child)
        except Exception:  # the program comes or goes just now
            pass
        return None

    def walk(self):
        """Everything on the screen, the window in front first."""
        application = self.application
        for window in reversed(application.children if application else ()):
            yield from window.walk()

    def words(self):
        """Every name on the screen, a line each."""
        return "\n".join(name for name in (node.name for node in self.walk()) if name)

    def shows(self, *parts, seen=None):
        """The words read until each part stands somewhere among them, else None. seen: a dict that takes each name read."""
        lines, missing = [], set(parts)
        for node in self.walk():
            name = node.name
            if name:
                lines.append(name)
                if seen is not None:
                    seen[name] = None
                missing = {part for part in missing if part not in name}
                if not missing:
                    return "\n".join(lines)
        return None

    def wait_text(self, *parts, seconds=20):
        seen = {}

        def what():
            words = self.words()
            # A message that came and went often says why.
            gone = [name for name in seen if name not in words and not name.startswith("Gate ") and len(name) > 12]
            return f"{parts} on the screen, which shows\n{words}\n--- and showed meanwhile\n" + "\n".join(gone)
        return wait_for(lambda: self.shows(*parts, seen=seen), seconds, what)

    def wait_no_text(self, part, seconds=20):
        wait_for(lambda: self.application and part not in self.words(), seconds,
                 lambda: f"“{part}” still stands there")

    def find(self, name=None, role=None, part=None):
        for node in self.walk():
            if (name is not None or part is not None) and (not node.name or name not in (None, node.name)
                                                          or part and part not in node.name):
                continue
            if role and node.role != role:
                continue
            return node
        return None

    def wait_node(self, seconds=20, **wanted):
        return wait_for(lambda: self.find(**wanted), seconds, lambda: f"{wanted} on the screen, which shows\n{self.words()}")

    def dump(self):
        """The tree with roles and words, for people who write tests."""
        lines = []

        def note(node, depth):
            if len(lines) > NODE_LIMIT:
                return
            lines.append("  " * depth + f"{node.role} “{node.text}” {node.size}")
            for child in node.children:
                note(child, depth + 1)
        application = self.application
        for window in application.children if application else ():
            note(window, 0)
        return "\n".join(lines)

    # --- hands

    def xdotool(self, *words, check=True):
        return subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=check, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.split()

    def windows(self):
        """Visible windows of the program, the one in front last."""
        return self.xdotool("search", "--onlyvisible", "--pid", self.process.pid, check=False)

    def focus(self):
        """Gives the keys to the window in front, as a window manager would, and puts a sheet over its parent's middle."""
        windows = wait_for(self.windows, what="a window")
        front = windows[-1]
        if len(windows) > 1:
            box = dict(line.split("=") for line in self.xdotool("getwindowgeometry", "--shell", front))
            x = max((self.width - int(box["WIDTH"])) // 2, 0)
            y = max((self.height - int(box["HEIGHT"])) // 2, 0)
            if (int(box["X"]), int(box["Y"])) != (x, y):
                self.xdotool("windowmove", front, x, y)
        if self.xdotool("getwindowfocus", check=False) != [front]:
            self.xdotool("windowfocus", "--sync", front)
        return front

    def press(self, *keys):
        """Presses keys, one after another, as a person does."""
        self.focus()
        self.xdotool("key", "--delay", KEY_PAUSE_MS, *keys)
        time.sleep(KEY_PAUSE_MS / 1000)

    def hold(self, key, until, seconds=10):
        """Holds a key down until the condition is true."""
        self.focus()
        self.xdotool("keydown", key)
        try:
            return wait_for(until, seconds, f"what holding {key} does")
        finally:
            self.xdotool("keyup", key)

    def type(self, text):
        self.focus()
        self.xdotool("type", "--delay", KEY_PAUSE_MS, text)
        time.sleep(KEY_PAUSE_MS / 1000)

    def wedge(self, *lines, delay_ms=4):
        """Types lines as a reader does that pretends to be a keyboard."""
        self.focus()
        words = []
        for line in lines:
            words += ["type", "--args", "1", "--delay", delay_ms, line, "key", "--delay", "1", "Return"]
        self.xdotool(*words)

    def picture(self, path):
        """Writes the whole screen as PNG."""
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-silent", "-window", "root", str(path)], env=self.environment, check=True, timeout=30)
        return path
