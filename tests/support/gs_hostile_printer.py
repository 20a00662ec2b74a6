#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A printer that lies: IPP over TLS on loopback, whose lie is the last part of the path that it is asked on.

    gs_hostile_printer.py CERT KEY PORT-FILE LOG

ipps://localhost:PORT/print/honest behaves well: one job at a time, one impression a document. Every other name of LIES
misbehaves in that one way. A line of the log for each document that was received to its end: the lie and the job's name.
"""
import gzip
import http.server
import os
import pathlib
import socketserver
import ssl
import struct
import sys
import threading
import time

PRINT_JOB, CREATE_JOB, SEND_DOCUMENT, CANCEL_JOB, GET_JOB, GET_JOBS, GET_PRINTER = 2, 5, 6, 8, 9, 10, 11
NAMES = {CREATE_JOB: "create", SEND_DOCUMENT: "send", CANCEL_JOB: "cancel", GET_JOB: "job", GET_JOBS: "jobs", GET_PRINTER: "printer"}
OPERATION, JOB, END, PRINTER = 1, 2, 3, 4
INTEGER, BOOLEAN, ENUM, RESOLUTION, TEXT, NAME, KEYWORD, CHARSET, LANGUAGE, MIME, BEGIN, END_COLLECTION, MEMBER = (
    0x21, 0x22, 0x23, 0x32, 0x41, 0x42, 0x44, 0x47, 0x48, 0x49, 0x34, 0x37, 0x4a)
HELD, PROCESSING, CANCELED, ABORTED, COMPLETED = 4, 5, 7, 8, 9
STALL_S = 60


def value(tag, name, data):
    data = struct.pack(">i", data) if tag in (INTEGER, ENUM) else bytes([data]) if tag == BOOLEAN else data
    data = data.encode() if isinstance(data, str) else data
    name = name.encode()
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(data)) + data


def size(name, x, y):
    """A media-size collection as a value of that name."""
    return (value(BEGIN, name, b"") + value(MEMBER, "", "x-dimension") + value(INTEGER, "", x)
            + value(MEMBER, "", "y-dimension") + value(INTEGER, "", y) + value(END_COLLECTION, "", b""))


def col(name, x, y):
    return (value(BEGIN, name, b"") + value(MEMBER, "", "media-size") + size("", x, y) + value(END_COLLECTION, "", b""))


class Printer:
    """What one lie's printer remembers."""

    def __init__(self, lie):
        self.lie = lie
        self.jobs = {}  # id: [name, state, impressions]
        self.counter = 10
        self.lock = threading.Lock()

    def printer(self):
        lie = self.lie
        width, height = (8560, 5398) if lie == "other-size" else (4500, 3500)
        state = 5 if any(job[1] == PROCESSING for job in self.jobs.values()) else 3
        counter = self.counter
        if lie == "counter-backwards":
            self.counter -= 1
        reasons = b"".join(value(KEYWORD, "", "x" * 200) for _ in range(900)) if lie == "endless-reasons" else b""
        body = (value(ENUM, "printer-state", state) + value(KEYWORD, "printer-state-reasons", "none") + reasons
                + value(BOOLEAN, "printer-is-accepting-jobs", 1) + value(INTEGER, "printer-impressions-completed", counter)
                + value(MIME, "document-format-supported", "application/pdf" if lie == "no-raster" else "image/pwg-raster")
                + size("media-size-supported", width, height)
                + value(RESOLUTION, "printer-resolution-supported", struct.pack(">iib", 600, 600, 3)))
        if lie == "other-size-ready":
            body += col("media-col-ready", 8560, 5398)
        return body

    def job(self, number, other=False):
        name, state, impressions = self.jobs[number]
        return (value(INTEGER, "job-id", number) + value(NAME, "job-name", "another-job" if other else name)
                + value(ENUM, "job-state", state)
                + value(KEYWORD, "job-state-reasons", "job-data-insufficient" if state == HELD else "none")
                + value(INTEGER, "job-impressions-completed", impressions))

    def finish(self, number):
        lie, job = self.lie, self.jobs[number]
        job[1] = ABORTED if lie == "aborts" else PROCESSING if lie == "never-ends" else COMPLETED
        job[2] = 0 if lie in ("no-impressions", "no-impressions-then-jump", "aborts") else 1
        self.counter += {"no-impressions-then-jump": 7, "no-impressions": 0, "counter-jump": 40, "aborts": 0}.get(lie, 1)


printers = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def read_request(self, lie, operation_wanted):
        length = int(self.headers.get("Content-Length") or 0)
        head = self.rfile.read(min(length, 8))
        operation = struct.unpack(">H", head[2:4])[0]
        step = NAMES.get(operation, "other")
        if lie.startswith("close-after-") and step == "send":
            self.rfile.read(int(lie.rpartition("-")[2]))
            self.close_connection = True
            return None
        if lie == "complete-unread" and step == "send":
            return operation, head, b""
        return operation, head, head + self.rfile.read(length - len(head))

    def attribute(self, body, name):
        at = body.find(name.encode())
        if at < 0:
            return None
        at += len(name)
        length = struct.unpack(">H", body[at:at + 2])[0]
        return body[at + 2:at + 2 + length]

    def do_POST(self):
        lie = self.path.rpartition("/")[2]
        printer = printers.setdefault(lie, Printer(lie))
        read = self.read_request(lie, None)
        if read is None:
            return
        operation, head, body = read
        step = NAMES.get(operation, "other")
        if lie == "stall-" + step:
            time.sleep(STALL_S)
            return
        if lie == "hang-up-" + step:
            self.close_connection = True
            return
        if lie == "http-error" and step == "create":
            self.answer(b"", status=503)
            return
        if lie == "redirect" and step == "create":
            self.send_response(307)
            self.send_header("Location", "/print/honest")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        with printer.lock:
            status, group, attributes = self.act(printer, lie, operation, body)
        self.answer_ipp(lie, step, head, status, group, attributes)

    def act(self, printer, lie, operation, body):
        """(status, group, attributes) of an honest printer but for the lie."""
        if operation == GET_PRINTER:
            return 0, PRINTER, printer.printer()
        if operation == CREATE_JOB:
            return self.create(printer, lie, body)
        if operation == GET_JOBS:
            return 0, JOB, [printer.job(n) for n in sorted(printer.jobs)]
        found = self.attribute(body, "job-id")
        number = struct.unpack(">i", found)[0] if found else next(iter(printer.jobs), 0)
        if number not in printer.jobs:
            return 0x0406, JOB, b""
        if operation == SEND_DOCUMENT:
            return self.send(printer, lie, number, body)
        if operation == CANCEL_JOB:
            if lie == "cancels-nothing":
                return 0, JOB, b""
            if printer.jobs[number][1] in (CANCELED, ABORTED, COMPLETED):
                return 0x0404, JOB, b""
            printer.jobs[number][1] = CANCELED
            return 0, JOB, b""
        return 0, JOB, printer.job(number, other=lie == "other-job")

    def create(self, printer, lie, body):
        number = len(printer.jobs) + 1
        if lie == "refuses":
            return 0x0400, JOB, b""
        if lie == "busy":
            return 0x0507, JOB, b""
        name = self.attribute(body, "job-name").decode()
        printer.jobs[number] = [name, HELD, 0]
        if lie == "completed-at-once":
            printer.finish(number)
        shown = 0 if lie == "zero-id" else number
        return {"substituted": 1, "cancels-nothing": 1}.get(lie, 0), JOB, value(INTEGER, "job-id", shown)

    def send(self, printer, lie, number, body):
        if lie == "substituted-send":
            return 1, JOB, value(INTEGER, "job-id", number)
        if lie == "refuses-format":
            printer.jobs[number][1] = ABORTED
            return 0x040a, JOB, b""
        with open(sys.argv[4], "a", encoding="utf-8") as log:
            log.write(f"{lie} {printer.jobs[number][0]}\n")
        printer.finish(number)
        return 0, JOB, value(INTEGER, "job-id", number)

    def answer_ipp(self, lie, step, head, status, group, attributes):
        request_id = struct.unpack(">i", head[4:8])[0]
        if lie == "wrong-request-id" and step == "create":
            request_id += 1
        version = b"\x07\x07" if lie == "wrong-version" and step == "create" else b"\x02\x00"
        parts = attributes if isinstance(attributes, list) else [attributes]
        body = (version + struct.pack(">Hi", status, request_id) + bytes([OPERATION])
                + value(CHARSET, "attributes-charset", "utf-8") + value(LANGUAGE, "attributes-natural-language", "en"))
        body += b"".join(bytes([group]) + part for part in parts if part) + bytes([END])
        if lie == "cut-off" and step == "create":
            body = body[:-9]
        if lie == "lengths" and step == "create":
            body = body[:9] + b"\x47\xff\xff" + body[12:]
        if lie == "endless-" + step:
            self.endless()
            return
        kind = "text/html" if lie == "html" and step == "create" else "application/ipp"
        if lie == "bomb" and step == "create":
            self.answer(gzip.compress(b"\0" * 30_000_000), kind, encoding="gzip")
            return
        self.answer(body, kind)

    def answer(self, body, kind="application/ipp", status=200, encoding=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        chunk = b"4000\r\n" + b"\x02" * 0x4000 + b"\r\n"
        while True:
            self.wfile.write(chunk)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass  # whoever was lied to may hang up

    def get_request(self):
        connection, address = self.socket.accept()
        connection.settimeout(30)
        return self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address


def main():
    server = Server(("127.0.0.1", 0), Handler)
    server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.context.load_cert_chain(sys.argv[1], sys.argv[2])
    ready = pathlib.Path(sys.argv[3])
    new = ready.with_suffix(".new")
    new.write_text(str(server.server_address[1]))
    new.rename(ready)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()  # ends with whoever started it
    os._exit(0)


if __name__ == "__main__":
    main()
