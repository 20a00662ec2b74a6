#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store's SQL runs on SQLite and PostgreSQL alike: what only one of them knows stands in gs-dialect.c alone."""

import pathlib
import re
import sys
import unittest

ROOM = pathlib.Path(sys.argv.pop()) / "src" / "store"
DIALECT = {"gs-dialect.c", "gs-dialect.h"}
LIBRARY = {"gs-database.c", "gs-database-private.h", "gs-statement.c", "gs-dialect.c"}
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')

# What only SQLite has, or what PostgreSQL reads in another way.
FOREIGN = [
    (r"\bPRAGMA\b", "a pragma"),
    (r"\bINSERT OR\b|\bREPLACE INTO\b", "a conflict clause of SQLite"),
    (r"\bAUTOINCREMENT\b|\browid\b|\bWITHOUT ROWID\b", "a row number of SQLite"),
    (r"\bsqlite_\w+", "a table of SQLite"),
    (r"\bIFNULL\b|\bGROUP_CONCAT\b|\bstrftime\b|\bdatetime\s*\(|\bprintf\s*\(", "a function of SQLite"),
    (r"\bSTRICT\b|\bBLOB\b", "a type of SQLite: write {strict} or {bytes}"),
    (r"\bRAISE\s*\(", "a trigger of SQLite"),
    (r"::", "a cast of PostgreSQL: write CAST"),
    (r"`|\[\w+\]", "quoting of another database"),
    (r"\bCOLLATE\b|\bGLOB\b", "a collation or match of SQLite"),
]
STATEMENT = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (?:UNIQUE )?(?:TABLE|INDEX))\b")


def statements(path):
    """Runs of adjacent string literals that hold SQL, with the line where each begins."""
    text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), path.read_text(), flags=re.S)
    run = re.compile(r'(?:"(?:[^"\\\n]|\\.)*"|COLUMNS)(?:[\s\\]*(?:"(?:[^"\\\n]|\\.)*"|COLUMNS))*')
    for match in run.finditer(text):
        sql = "".join(part.group()[1:-1] for part in STRING.finditer(match.group()))
        if STATEMENT.search(sql):
            sql = re.sub(r"\{(?:int|bytes|strict)\}", "", sql)
            yield text.count("\n", 0, match.start()) + 1, sql


class PortableSql(unittest.TestCase):
    def test_no_foreign_words(self):
        seen = 0
        for path in sorted(ROOM.glob("*.c")):
            if path.name in DIALECT:
                continue
            for line, sql in statements(path):
                seen += 1
                for pattern, what in FOREIGN:
                    self.assertNotRegex(sql, re.compile(pattern, re.I), f"{path.name}:{line}: {what}")
        self.assertGreater(seen, 60)

    def test_parameters_are_numbered(self):
        for path in sorted(ROOM.glob("*.c")):
            for line, sql in statements(path):
                bare = re.sub(r"'[^']*'", "", sql)
                self.assertNotIn("?", bare, f"{path.name}:{line}: write $1, $2, …")
                self.assertNotRegex(bare, r"[:@]\w", f"{path.name}:{line}: write $1, $2, …")
                numbers = {int(n) for n in re.findall(r"\$(\d+)", bare)}
                self.assertNotIn(0, numbers, f"{path.name}:{line}: parameters begin at $1")

    def test_the_library_is_known_in_few_files(self):
        for path in sorted(ROOM.glob("*.[ch]")):
            if path.name not in LIBRARY:
                self.assertNotRegex(path.read_text(), r"sqlite3", path.name)


if __name__ == "__main__":
    unittest.main(verbosity=0)
