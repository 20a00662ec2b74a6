# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the classes of a test program beside each other, each in a process of its own, for programs that wait more than they
compute.

    unittest_main = classes_main(sys.argv)   # before the program takes its own arguments
    ...
    unittest_main()

With names of classes or tests behind the program's own arguments it runs those, as unittest does.
"""
import subprocess
import sys
import unittest


def _has_tests(value):
    return isinstance(value, type) and issubclass(value, unittest.TestCase) and bool(
        unittest.defaultTestLoader.getTestCaseNames(value))


def classes_main(arguments):
    command = [sys.executable, *arguments]

    def main():
        if len(sys.argv) > 1:
            unittest.main(verbosity=2)
        module = sys.modules["__main__"]
        names = [name for name, value in vars(module).items() if _has_tests(value)]
        running = [(name, subprocess.Popen([*command, name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
                   for name in names]
        failed = []
        for name, process in running:
            print(process.communicate()[0], flush=True)
            if process.returncode != 0:
                failed.append(name)
        print("failed:", *failed) if failed else print(len(names), "classes passed")
        sys.exit(1 if failed or not names else 0)

    return main
