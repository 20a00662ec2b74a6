#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every SQL text that the store's tests run on SQLite is prepared by PostgreSQL too.

The schema is made there with PostgreSQL's words for what gs-dialect.c splices in. Only reading, typing and planning are
shown, not running: the second driver does not exist yet. Usage: test-postgres-sql.py PROGRAM...
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
PROGRAMS = sys.argv[1:]
# What gs-dialect.c says to SQLite, and what the tests say to damage a database.
LOCAL = re.compile(r"\s*(PRAGMA|BEGIN|COMMIT|ROLLBACK|(CREATE|DROP) TRIGGER|--)|.*\b(sqlite_|pragma_|zeroblob)",
                   re.I | re.S)
SEARCH = ["/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin"]


def find(name):
    for folder in SEARCH:
        if os.access(f"{folder}/{name}", os.X_OK):
            return f"{folder}/{name}"
    return shutil.which(name)


def collect(folder):
    log = pathlib.Path(folder) / "sql"
    for program in PROGRAMS:
        subprocess.run([program], check=True, timeout=120, stdout=subprocess.DEVNULL,
                       env={**os.environ, "GATESIDE_TEST_SQL_LOG": str(log)})
    seen = dict.fromkeys(text.strip() for text in log.read_text().split("\n-- end\n"))
    return [text for text in seen if text and not LOCAL.match(text)]


def translate(create):
    """What gs-dialect.c writes for SQLite, as a driver of PostgreSQL would write it."""
    create = re.sub(r"\bINTEGER\b", "BIGINT", create)
    create = re.sub(r"\bBLOB\b", "BYTEA", create)
    return re.sub(r"\)\s*STRICT\b", ")", create)


def main():
    initdb, pg_ctl, psql = find("initdb"), find("pg_ctl"), find("psql")
    if not (initdb and pg_ctl and psql):
        print("PostgreSQL is not installed")
        return SKIP
    if os.geteuid() == 0:
        print("PostgreSQL does not run as root")
        return SKIP
    with tempfile.TemporaryDirectory(prefix="gs-pg-", dir="/tmp") as folder:
        texts = collect(folder)
        data = f"{folder}/data"
        subprocess.run([initdb, "-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C", "-D", data], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run([pg_ctl, "-w", "-D", data, "-l", f"{folder}/log", "-o",
                        f"-c listen_addresses='' -k {folder} -c fsync=off", "start"], check=True,
                       stdout=subprocess.DEVNULL)
        try:
            return check(psql, folder, texts)
        finally:
            subprocess.run([pg_ctl, "-w", "-D", data, "-m", "immediate", "stop"], check=False,
                           stdout=subprocess.DEVNULL)


def check(psql, folder, texts):
    makers = [text for text in texts if text.upper().startswith(("CREATE", "ALTER TABLE"))]
    others = [text for text in texts if text not in makers]
    failed = 0

    def run(script):
        return subprocess.run([psql, "-X", "-q", "-h", folder, "-U", "desk", "-d", "postgres", "-v", "ON_ERROR_STOP=1"],
                              input=script, capture_output=True, text=True, check=False)

    for text in makers:
        answer = run(translate(text) + ";")
        if answer.returncode != 0:
            failed += 1
            print(f"{text}\n  {answer.stderr.strip()}")
    for text in others:
        answer = run(f"PREPARE one AS {text};")
        if answer.returncode != 0:
            failed += 1
            print(f"{text}\n  {answer.stderr.strip()}")
    print(f"{len(makers)} of the schema, {len(others)} statements, {failed} that PostgreSQL refuses")
    return 1 if failed or len(makers) < 20 or len(others) < 60 else 0


if __name__ == "__main__":
    sys.exit(main())
