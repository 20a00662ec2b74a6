# SPDX-License-Identifier: GPL-3.0-or-later
"""A wire between a station and its printer that breaks, or calls somebody, at a chosen byte.

It passes TLS through unread. After arm () the connections that are opened next are counted: when one of them has carried
that many bytes to the printer, not one more is sent, and the action is called: it kills the station, say. Then the
connection is closed on both sides.

    with ByteProxy(printer.port) as wire:
        wire.arm(1200, process.kill)
"""
import select
import socket
import threading

READ_SIZE = 65536


class ByteProxy:
    def __init__(self, port):
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        self.limit, self.action = None, None
        self.fired = False
        self.largest = 0  # bytes that any connection carried to the printer since arm ()

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def arm(self, limit, action):
        with self.lock:
            self.limit, self.action, self.fired, self.largest = limit, action, False, 0

    def disarm(self):
        """Whether the action was called."""
        with self.lock:
            fired, self.limit, self.action = self.fired, None, None
        return fired

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _take(self, carried, length):
        """How many of the next bytes may go, and what to do when not all of them."""
        with self.lock:
            self.largest = max(self.largest, carried + length)
            if self.limit is None or carried + length < self.limit:
                return length, None
            action, allowed = self.action, max(self.limit - carried, 0)
            self.limit, self.action, self.fired = None, None, True
            return allowed, action

    def _carry(self, near):
        with self.lock:
            counts = self.limit is not None
        try:
            far = socket.create_connection(("127.0.0.1", self.target), timeout=10)
        except OSError:
            near.close()
            return
        carried = 0
        with near, far:
            for one in (near, far):
                one.settimeout(None)
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                while True:
                    for one in select.select([near, far], [], [])[0]:
                        data = one.recv(READ_SIZE)
                        if not data:
                            return
                        if one is far:
                            near.sendall(data)
                            continue
                        allowed, action = self._take(carried, len(data)) if counts else (len(data), None)
                        if allowed:
                            far.sendall(data[:allowed])
                        carried += len(data)
                        if action:
                            action()
                            return
            except OSError:  # one of the two has gone
                return
