#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gateside-document from outside: its JSON, its exit codes, its usage."""
import json
import subprocess
import sys
import unittest

TOOL = sys.argv.pop(1)
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
       "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\n"
       "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n")
MRVA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
        "L8988901C4XXX4009078F96121096ZE184226B<<<<<<\n")


def run(*arguments, text=""):
    return subprocess.run([TOOL, *arguments], input=text, capture_output=True, text=True, timeout=10)


class Mrz(unittest.TestCase):
    def test_td3_is_exactly_this(self):
        done = run("mrz", "--json", text=TD3)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout.count("\n"), 1)
        self.assertEqual(json.loads(done.stdout), {
            "type": "TD3", "valid": True,
            "fields": {
                "document_code": "P", "issuing_state": "UTO", "primary_identifier": "ERIKSSON",
                "secondary_identifier": "ANNA MARIA", "document_number": "L898902C3",
                "nationality": "UTO", "birth_date": "740812", "sex": "F", "expiry_date": "120415",
                "optional_data": "ZE184226B"},
            "checks": {"document_number": True, "birth_date": True, "expiry_date": True,
                       "optional_data": True, "composite": True},
            "repaired": []})

    def test_order_of_members(self):
        self.assertEqual(list(json.loads(run("mrz", "--json", text=TD3).stdout)),
                         ["type", "valid", "fields", "checks", "repaired"])

    def test_td1_has_second_optional_data_and_no_check_of_the_first(self):
        found = json.loads(run("mrz", "--json", text=TD1).stdout)
        self.assertEqual(found["type"], "TD1")
        self.assertEqual(found["fields"]["optional_data_2"], "")
        self.assertIsNone(found["checks"]["optional_data"])

    def test_visa_has_no_composite(self):
        found = json.loads(run("mrz", "--json", text=MRVA).stdout)
        self.assertEqual((found["type"], found["valid"]), ("MRV-A", True))
        self.assertIsNone(found["checks"]["composite"])
        self.assertIsNone(found["checks"]["optional_data"])
        self.assertNotIn("optional_data_2", found["fields"])

    def test_wrong_digit(self):
        done = run("mrz", "--json", text=TD3.replace("7408122F", "7408132F"))
        found = json.loads(done.stdout)
        self.assertEqual(done.returncode, 1)
        self.assertFalse(found["valid"])
        self.assertFalse(found["checks"]["birth_date"])
        self.assertFalse(found["checks"]["composite"])
        self.assertTrue(found["checks"]["document_number"])

    def test_format_alone_makes_it_not_valid(self):
        done = run("mrz", "--json", text=TD3.replace("2F12", "2H12"))
        self.assertEqual(done.returncode, 1)
        self.assertNotIn(False, json.loads(done.stdout)["checks"].values())

    def test_repair_is_told(self):
        done = run("mrz", "--json", text=TD3.replace("7408122F", "74O8122F"))
        self.assertEqual(done.returncode, 0)
        self.assertEqual(json.loads(done.stdout)["repaired"],
                         [{"field": "birth_date", "line": 2, "column": 16, "read": "O", "used": "0"}])

    def test_unknown_parts_of_a_birth_date_stay(self):
        text = MRVA.replace("4009078", "40<<<<8")
        found = json.loads(run("mrz", "--json", text=text).stdout)
        self.assertEqual(found["fields"]["birth_date"], "40<<<<")
        self.assertTrue(found["valid"])

    def test_not_an_mrz(self):
        for text in ("", "\n", "hello\n", TD3[:60], TD3.replace("\n", "X\n", 1), "A" * 10000):
            done = run("mrz", "--json", text=text)
            self.assertEqual((done.returncode, done.stdout), (2, ""), text)
            self.assertTrue(done.stderr.startswith("gateside-document: "))

    def test_text(self):
        done = run("mrz", text=TD3)
        self.assertEqual(done.returncode, 0)
        self.assertIn("ERIKSSON, ANNA MARIA", done.stdout)


class Usage(unittest.TestCase):
    def test_wrong_usage_is_64(self):
        for arguments in ([], ["--json"], ["reed"], ["read", "--no-such"], ["mrz", "--jsn"], ["mrz", "file"], ["mrz", "--json=1"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 64, arguments)
            self.assertIn("Usage:", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_help_and_version(self):
        for arguments in (["--help"], ["mrz", "--help"]):
            done = run(*arguments)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("--json", done.stdout)
        done = run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^gateside-document \d+\.\d+")

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([TOOL, "mrz"], input=TD3, stdout=full, stderr=subprocess.PIPE, text=True,
                                  timeout=10)
        self.assertEqual(done.returncode, 74)


unittest.main(verbosity=2)
