#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds recorded traffic of a hall against the published contract: docs/openapi.yaml and docs/schemas.

    check-traffic.py [--ground-truth FILE] [--strict] [--desk] [--docs DIR] TRAFFIC...

TRAFFIC is what gateside-hall --record-traffic wrote. Of each request: path, query, headers, content type and body; of each
answer: status, headers, content type, body, and the problem's name. The ground truth's events are checked too.
--strict also fails on members that no schema names, which a peer must ignore but nobody of ours should send. Requests that
the hall called malformed are taken as meant so (a test of the hall), and only their answers are checked; with --desk they
are faults of the desk that sent them. Ends with 1 when anything does not hold.
"""
import argparse
import copy
import json
import os
import re
import sys
import urllib.parse

import jsonschema
import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BASE = "https://gateside.example/schemas/"
MALFORMED = (400, 403, 404, 405, 406, 413, 415, 428, 503)
# What a desk that keeps the contract is never told.
NEVER_TOLD = (400, 405, 406, 413, 415, 428)
METHODS = ("get", "put", "post", "delete")


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


def rebase(node):
    """The description's references into docs/schemas as the schemas name each other."""
    if isinstance(node, dict):
        return {name: BASE + value[len("schemas/"):] if name == "$ref" and value.startswith("schemas/") else rebase(value)
                for name, value in node.items()}
    return [rebase(value) for value in node] if isinstance(node, list) else node


class Operation:
    """One method of one published path."""

    def __init__(self, method, path, item, components):
        def look(node):
            reference = node.get("$ref", "")
            while reference.startswith("#/components/"):
                _, _, kind, name = reference.split("/")
                node = components[kind][name]
                reference = node.get("$ref", "")
            return node
        self.method, self.path = method, path
        self.pattern = re.compile(re.sub(r"\\\{([a-z]+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))
        self.parameters = [look(one) for one in item.get("parameters", [])]
        body = item.get("requestBody", {})
        self.body_content, self.body_required = body.get("content", {}), body.get("required", False)
        self.answers = {}
        for status, answer in item["responses"].items():
            answer = dict(look(answer))
            answer["headers"] = {name: look(one) for name, one in answer.get("headers", {}).items()}
            self.answers[status] = answer
        self.problems = set(item.get("x-problems", []))


class Schemas:
    """The whole contract."""

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
        self.store = {BASE + name + ".json": document for name, document in self.documents.items()}
        self.validators = {}
        with open(os.path.join(os.path.dirname(folder.rstrip("/")), "openapi.yaml"), encoding="utf-8") as file:
            api = rebase(yaml.safe_load(file))
        self.common_problems = set(api.get("x-problems", []))
        self.operations = [Operation(method.upper(), path, item[method], api["components"])
                           for path, item in api["paths"].items() for method in METHODS if method in item]

    def judge(self, schema, value):
        """The complaints about a value; schema as it stands in the description."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            schema = copy.deepcopy(schema)
            self.validators[key] = jsonschema.Draft202012Validator(
                schema, resolver=jsonschema.RefResolver(BASE, schema, self.store))
        return ["%s: %s" % ("/".join(str(part) for part in error.absolute_path) or "(all)", error.message[:200])
                for error in self.validators[key].iter_errors(value)]

    def complaints(self, name, body):
        return self.judge({"$ref": BASE + name + ".json"}, body)

    def find(self, method, path):
        """The operation and its path's members; literal paths come before those with members."""
        for operation in sorted(self.operations, key=lambda one: one.path.count("{")):
            match = operation.pattern.fullmatch(path)
            if match and operation.method == method:
                return operation, match.groupdict()
        return None, {}


def read_value(schema, text):
    """A query's or header's text as its schema wants it."""
    return int(text) if schema.get("type") == "integer" and re.fullmatch(r"-?[0-9]+", text) else text


def check_parameters(schemas, operation, members, line):
    query = dict(urllib.parse.parse_qsl(line["query"] or "", keep_blank_values=True))
    places = {"path": members, "query": query, "header": line["headers"]}
    found, known = [], set()
    for parameter in operation.parameters:
        name, place = parameter["name"], parameter["in"]
        known.add((place, name))
        if name not in places[place]:
            if parameter.get("required"):
                found.append("request: no %s %s" % (place, name))
            continue
        schema = parameter["schema"]
        found += ["request: %s %s: %s" % (place, name, text)
                  for text in schemas.judge(schema, read_value(schema, places[place][name]))]
    return found + ["request: query %s is not published" % name for name in query if ("query", name) not in known]


def check_content(schemas, content, media_type, body, side):
    """The complaints about a body that is there."""
    kind = (media_type or "").partition(";")[0].strip()
    if kind not in content:
        return ["%s: content type %s is not published" % (side, media_type)]
    schema = content[kind].get("schema")
    if schema is None or not (kind == "application/json" or kind.endswith("+json")):
        return []
    return ["%s: %s" % (side, text) for text in schemas.judge(schema, body)]


def check_request(schemas, operation, members, line):
    found = check_parameters(schemas, operation, members, line)
    if line["request"] is None:
        return found + (["request: no body"] if operation.body_required else [])
    if not operation.body_content:
        return found + ["request: a body, and none is published"]
    return found + check_content(schemas, operation.body_content, line["headers"].get("Content-Type"), line["request"],
                                 "request")


def check_answer(schemas, operation, line):
    status, headers = line["status"], line["answer_headers"]
    answer = operation.answers.get(str(status)) or (operation.answers.get("default") if status >= 400 else None)
    if answer is None:
        return ["answer: status %d is not published" % status]
    found = []
    for name, header in answer["headers"].items():
        if name in headers:
            found += ["answer: header %s: %s" % (name, text) for text in schemas.judge(header["schema"], headers[name])]
        elif header.get("required"):
            found.append("answer: no header %s" % name)
    content = answer.get("content", {})
    if not content:
        return found + (["answer: a body, and none is published"] if line["answer"] is not None else [])
    found += check_content(schemas, content, line["content_type"], line["answer"], "answer")
    if status >= 400:
        found += check_problem(schemas, operation, line)
    return found


def check_problem(schemas, operation, line):
    body = line["answer"] if isinstance(line["answer"], dict) else {}
    name = str(body.get("type", "")).rpartition(":")[2]
    found = [] if body.get("status") == line["status"] else ["answer: the problem's status is not the answer's"]
    if name not in operation.problems | schemas.common_problems:
        found.append("answer: problem %s is not published here" % name)
    return found


def check_exchange(schemas, line, desk=False):
    """The complaints about one recorded request and its answer; desk: the request comes from a real desk."""
    operation, members = schemas.find(line["method"], line["path"])
    status = line["status"]
    if operation is None:
        if status not in (404, 405) or desk:
            return ["no such resource is published"]
        return ["answer: " + text for text in schemas.complaints("problem", line["answer"])]
    found = []
    if desk or status not in MALFORMED:
        found += check_request(schemas, operation, members, line)
    if desk and status in NEVER_TOLD:
        found.append("request: the hall calls it malformed: %s" % json.dumps(line["answer"])[:200])
    return found + check_answer(schemas, operation, line)


def check_traffic(schemas, path, out, desk=False):
    count = bad = 0
    with open(path, encoding="utf-8") as lines:
        for number, text in enumerate(lines, 1):
            line = json.loads(text)
            count += 1
            found = check_exchange(schemas, line, desk)
            for complaint in found:
                out("%s:%d: %s %s %d: %s" % (path, number, line["method"], line["path"], line["status"], complaint))
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
    parser = argparse.ArgumentParser(description="Hold recorded traffic against the contract.")
    parser.add_argument("traffic", nargs="*")
    parser.add_argument("--ground-truth", action="append", default=[])
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--desk", action="store_true")
    parser.add_argument("--docs", default=os.path.join(ROOT, "docs"))
    options = parser.parse_args()
    schemas = Schemas(os.path.join(options.docs, "schemas"), options.strict)
    total = failed = 0
    for path in options.traffic:
        count, bad = check_traffic(schemas, path, print, options.desk)
        total, failed = total + count, failed + bad
    for path in options.ground_truth:
        count, bad = check_truth(schemas, path, print)
        total, failed = total + count, failed + bad
    print("%d exchanges and events, %d do not hold" % (total, failed))
    sys.exit(1 if failed or not total else 0)


if __name__ == "__main__":
    main()
