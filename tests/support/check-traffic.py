#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds recorded traffic of a hall against the published schemas.

    check-traffic.py [--ground-truth FILE] [--strict] [--schemas DIR] TRAFFIC...

TRAFFIC is what gateside-hall --record-traffic wrote; the ground truth's events are checked too.
--strict also fails on members that no schema names, which a peer must ignore but nobody of ours
should send. Requests that the hall refused with 400, 403, 405, 406, 413 or 415 are expected to break
the contract and are not checked; their answers are. Ends with 1 when anything does not hold.
"""
import argparse
import json
import os
import re
import sys

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BASE = "https://gateside.example/schemas/"
ID = r"[^/]+"

# method, path, schema of the request's body, schemas of the answers by status
RULES = [
    ("GET", r"/v1/status", None, {200: "status"}),
    ("GET", r"/v1/events", None, {200: None}),
    ("GET", r"/v1/crossings", None, {200: "crossings"}),
    ("POST", r"/v1/crossings/lookup", "lookup-request", {200: "crossings"}),
    ("GET", r"/v1/crossings/%s" % ID, None, {200: "crossing"}),
    ("GET", r"/v1/crossings/%s/evidence/%s" % (ID, ID), None, {200: None}),
    ("PUT", r"/v1/crossings/%s/lease" % ID, "lease-request", {200: "lease"}),
    ("DELETE", r"/v1/crossings/%s/lease" % ID, "lease-request", {204: None}),
    ("POST", r"/v1/crossings/%s/decisions" % ID, "decision-request",
     {200: "decision", 201: "decision"}),
    ("POST", r"/v1/crossings/%s/stamp-claims" % ID, "claim-request", {200: "claim", 201: "claim"}),
    ("PUT", r"/v1/crossings/%s/stamp-claims/%s" % (ID, ID), "claim-outcome",
     {200: "claim-report"}),
    ("PUT", r"/v1/desks/%s/presence" % ID, "presence", {204: None}),
    ("POST", r"/v1/desk-calls", "desk-call", {202: "desk-call"}),
    ("POST", r"/v1/gates/%s/commands" % ID, "gate-command-request",
     {200: "gate-command", 201: "gate-command"}),
]


def forbid_unknown(node):
    """Adds additionalProperties false to every object with listed members."""
    if isinstance(node, dict):
        for value in node.values():
            forbid_unknown(value)
        if node.get("type") == "object" and "properties" in node:
            node.setdefault("additionalProperties", False)
    elif isinstance(node, list):
        for value in node:
            forbid_unknown(value)


class Schemas:
    def __init__(self, folder, strict=False):
        self.documents = {}
        for name in sorted(os.listdir(folder)):
            if not name.endswith(".json"):
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                document = json.load(file)
            jsonschema.Draft202012Validator.check_schema(document)
            if strict:
                forbid_unknown(document)
            self.documents[name[:-5]] = document
        store = {BASE + name + ".json": document for name, document in self.documents.items()}
        self.validators = {
            name: jsonschema.Draft202012Validator(
                document, resolver=jsonschema.RefResolver(BASE + name + ".json", document, store))
            for name, document in self.documents.items()}

    def complaints(self, name, body):
        return ["%s: %s" % ("/".join(str(part) for part in error.absolute_path) or "(all)",
                            error.message[:200])
                for error in self.validators[name].iter_errors(body)]


def find_rule(method, path):
    for rule in RULES:
        if rule[0] == method and re.fullmatch(rule[1], path):
            return rule
    return None


def check_exchange(schemas, line):
    """The complaints about one recorded request and its answer."""
    rule = find_rule(line["method"], line["path"])
    status = line["status"]
    found = []
    if status >= 400:
        if line["content_type"] != "application/problem+json":
            found.append("an error that is no problem+json")
        else:
            found += schemas.complaints("problem", line["answer"])
            if line["answer"].get("status") != status:
                found.append("the problem's status is not the answer's")
    if rule is None:
        return found if status in (404, 405) else found + ["no such resource is published"]
    if status not in (400, 403, 404, 405, 406, 413, 415, 503):
        if rule[2] is not None and line["request"] is not None:
            found += ["request: " + text for text in schemas.complaints(rule[2], line["request"])]
        if rule[2] is not None and line["request"] is None and line["method"] != "DELETE":
            found.append("request: no body")
    if status < 400:
        if status not in rule[3]:
            found.append("status %d is not published" % status)
        elif line["path"] == "/v1/events" and line["content_type"] != "text/event-stream":
            found += schemas.complaints("event-page", line["answer"])
        elif rule[3][status] is not None:
            found += ["answer: " + text
                      for text in schemas.complaints(rule[3][status], line["answer"])]
    return found


def check_traffic(schemas, path, out):
    count = bad = 0
    with open(path, encoding="utf-8") as lines:
        for number, text in enumerate(lines, 1):
            line = json.loads(text)
            count += 1
            found = check_exchange(schemas, line)
            for complaint in found:
                out("%s:%d: %s %s %d: %s" % (path, number, line["method"], line["path"],
                                             line["status"], complaint))
            bad += bool(found)
    return count, bad


def check_truth(schemas, path, out, sizes=(300, 900)):
    count = bad = 0
    with open(path, encoding="utf-8") as lines:
        for number, text in enumerate(lines, 1):
            kind, _, body = text.rstrip("\n").partition("\t")
            if not kind.isdigit():
                continue
            count += 1
            found = schemas.complaints("event", json.loads(body))
            if json.loads(body)["id"] != kind:
                found.append("the event's id is not its number")
            if not sizes[0] <= len(body.encode()) <= sizes[1]:
                found.append("%d bytes" % len(body.encode()))
            for complaint in found:
                out("%s:%d: %s" % (path, number, complaint))
            bad += bool(found)
    return count, bad


def main():
    parser = argparse.ArgumentParser(description="Hold recorded traffic against the schemas.")
    parser.add_argument("traffic", nargs="*")
    parser.add_argument("--ground-truth", action="append", default=[])
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--schemas", default=os.path.join(ROOT, "docs", "schemas"))
    options = parser.parse_args()
    schemas = Schemas(options.schemas, options.strict)
    total = failed = 0
    for path in options.traffic:
        count, bad = check_traffic(schemas, path, print)
        total, failed = total + count, failed + bad
    for path in options.ground_truth:
        count, bad = check_truth(schemas, path, print)
        total, failed = total + count, failed + bad
    print("%d exchanges and events, %d do not hold" % (total, failed))
    sys.exit(1 if failed or not total else 0)


if __name__ == "__main__":
    main()
