#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ipptool's ipp-1.1.test (RFC 8011) on the simulated stamp printer, and on ippeveprinter beside it.

The simulated printer fails nothing, and in the same run passes what ippeveprinter passes, but for tests that are left out
there. What ippeveprinter, of the same makers as ipptool, fails is listed here, so that a change of either is noticed. The
counts are printed.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE, BUILD = pathlib.Path(os.environ["GATESIDE_SOURCE_ROOT"]), pathlib.Path(os.environ["GATESIDE_BUILD_ROOT"])
sys.path.insert(0, str(SOURCE / "tests" / "support"))
import gs_test_printers  # noqa: E402

SUITE = pathlib.Path("/usr/share/cups/ipptool/ipp-1.1.test")
RESULT = re.compile(r"^\s+(.+?)\s+\[(PASS|FAIL|SKIP)\]$", re.M)
# It takes one job at a time, and the suite makes the next one before the last has ended.
EVE_MAY_FAIL = {"RFC 8011 section 4.2.4: Create-Job Operation",
                "Send-Document missing last-document: Create-Job Operation",
                "Send-URI with bad URI: Create-Job Operation",
                "RFC 8011 section 4.3.1: Send-Document Operation",
                "RFC 8011 section 4.3.3: Cancel-Job Operation",
                "RFC 8011 section 4.3.4: Get-Job-Attributes Operation",
                "Print-Job with copies"}

# What the suite leaves out (SKIP) at the simulated printer and may run at the other: Send-URI, which it does not have, and
# the lists of jobs, which the suite asks for only where one of its own still waits.
SIMULATED_MAY_SKIP = {"Send-URI with bad URI: Cancel-Job Operation", "Send-URI with bad URI: Create-Job Operation"}
SIMULATED_MAY_SKIP_BEGINNING = "RFC 8011 section 4.2.6: Get-Jobs Operation"


@unittest.skipUnless(shutil.which("ipptool") and SUITE.exists(), "ipptool is not installed")
class Conformance(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gateside-ipptool-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        # The suite names a PDF that Debian leaves out; no printer here takes one, but the file must be there.
        self.suite = self.folder / SUITE.name
        shutil.copyfile(SUITE, self.suite)
        (self.folder / "document-a4.pdf").write_bytes(b"")
        self.raster = self.folder / "stamp.pwg"
        subprocess.run([BUILD / "tests/integration/write-raster", self.raster], check=True)

    def results(self, printer):
        with printer:
            time.sleep(1.1)  # printer-up-time must be more than 0 and counts whole seconds
            run = subprocess.run(["ipptool", "-tI", "-T", "20", "-f", self.raster, printer.uri, self.suite],
                                 capture_output=True, text=True, timeout=100)
        results = RESULT.findall(run.stdout)
        self.assertGreater(len(results), 30, run.stdout + run.stderr)
        self.assertIn("Summary:", run.stdout, run.stderr)
        failed = {name for name, result in results if result == "FAIL"}
        self.passed = {name for name, result in results if result == "PASS"}
        print(f"# {type(printer).__name__}: " + ", ".join(
            f"{sum(r == kind for _, r in results)} {kind}" for kind in ("PASS", "FAIL", "SKIP")), *sorted(failed),
            sep="\n#   ", flush=True)
        return failed, run.stdout

    def test_simulated(self):
        failed, output = self.results(gs_test_printers.SimulatedPrinter(BUILD, self.folder / "simulated"))
        self.assertEqual(failed, set(), output)
        simulated = self.passed
        if not gs_test_printers.EvePrinter.is_installed():
            self.skipTest("ippeveprinter or dbus-daemon is not installed: nothing to compare with")
        failed, output = self.results(gs_test_printers.EvePrinter(self.folder / "eve"))
        self.assertLessEqual(failed, EVE_MAY_FAIL, output)
        more = self.passed - simulated
        print("# only ippeveprinter passes:", *sorted(more), sep="\n#   ", flush=True)
        more = {name for name in more if not name.startswith(SIMULATED_MAY_SKIP_BEGINNING)}
        self.assertLessEqual(more, SIMULATED_MAY_SKIP, "the reference printer passes more")


if __name__ == "__main__":
    unittest.main()
