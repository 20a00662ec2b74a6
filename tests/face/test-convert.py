#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The converter of the face engine's models: what OpenCV makes of the ONNX file is what the TensorFlow Lite file says.

usage: test-convert.py SOURCE-ROOT [RUN-NET]

RUN-NET runs an ONNX file with the project's own gs-face-net; without it only the converter's refusals are tried.
"""
import array
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

RUN_NET = sys.argv.pop() if len(sys.argv) == 3 else None
SOURCE = pathlib.Path(sys.argv.pop())
sys.dont_write_bytecode = True
sys.path[:0] = [str(SOURCE / "tools/models"), str(SOURCE / "tests/face")]

from convert import convert  # noqa: E402
from tflite import Malformed  # noqa: E402
from tiny_tflite import Net  # noqa: E402

chance = random.Random(20)


def numbers(count, scale=0.5):
    return [struct_float(chance.uniform(-scale, scale)) for _ in range(count)]


def struct_float(value):
    return array.array("f", [value])[0]


def long_prelu(net, picture, slopes):
    shape = net.shape(picture)[1:]
    relu, absolute = net.add("RELU", [picture], shape), net.add("ABS", [picture], shape)
    difference = net.add("SUB", [picture, absolute], shape)
    product = net.add("MUL", [net.tensor([len(slopes)], slopes), difference], shape)
    return net.add("ADD", [relu, product], shape)


def every_operator(batch=1):
    """Each operator at least once, with the paddings of both kinds, odd and even."""
    net = Net(12, batch)
    one = net.add("CONV_2D", [net.input, net.half([4, 3, 3, 3], numbers(108)), net.half([4], numbers(4))], [6, 6, 4],
                  padding=0, stride=2)
    one = long_prelu(net, one, numbers(4))
    two = net.add("DEPTHWISE_CONV_2D", [one, net.tensor([1, 3, 3, 4], numbers(36)), net.tensor([4], numbers(4))], [6, 6, 4],
                  padding=0, stride=1)
    two = net.add("PRELU", [two, net.half([1, 1, 4], numbers(4))], [6, 6, 4])
    one = net.add("ADD", [one, two], [6, 6, 4])
    two = net.add("DEPTHWISE_CONV_2D", [one, net.tensor([1, 3, 3, 4], numbers(36)), net.tensor([4], numbers(4))], [3, 3, 4],
                  padding=0, stride=2)
    two = net.add("CONV_2D", [two, net.tensor([6, 1, 1, 4], numbers(24)), net.tensor([6], numbers(6))], [3, 3, 6],
                  padding=1, stride=1)
    one = net.add("MAX_POOL_2D", [one], [3, 3, 4], padding=0, stride=2, size=2)
    one = net.add("PAD", [one, net.tensor([4, 2], [0, 0, 0, 0, 0, 0, 0, 2], "i")], [3, 3, 6])
    one = net.add("RELU", [net.add("ADD", [one, two], [3, 3, 6])], [3, 3, 6])
    other = net.add("CONV_2D", [one, net.tensor([2, 1, 1, 6], numbers(12)), net.tensor([2], numbers(2))], [3, 3, 2],
                    padding=0, stride=1)
    flat = [net.add("RESHAPE", [one], [27, 2]), net.add("RESHAPE", [other], [9, 2])]
    net.outputs = [net.add("CONCATENATION", flat, [36, 2], axis=1),
                   net.add("CONV_2D", [one, net.tensor([5, 3, 3, 6], numbers(270)), net.tensor([5], numbers(5))], [1, 1, 5],
                           padding=1, stride=1)]
    return net


class Convert(unittest.TestCase):
    def run_net(self, onnx, side, picture, lengths):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "net.onnx"
            path.write_bytes(onnx)
            planes = array.array("f", [picture[3 * i + channel] for channel in range(3) for i in range(side * side)])
            done = subprocess.run([RUN_NET, path, str(side), *map(str, lengths)], input=planes.tobytes(), capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        values, made = array.array("f", done.stdout), []
        for length in lengths:
            made.append(list(values[:length]))
            del values[:length]
        return made

    def compare(self, net):
        if RUN_NET is None:
            self.skipTest("built without OpenCV")
        picture = numbers(12 * 12 * 3, 1)
        expected = net.run(picture)
        made = self.run_net(convert(net.write(), "tiny"), 12, picture, [len(values) for values in expected])
        for one, other in zip(made, expected):
            self.assertGreater(max(map(abs, other)), 0.05)
            for a, b in zip(one, other):
                self.assertAlmostEqual(a, b, delta=1e-5)

    def test_every_operator(self):
        self.compare(every_operator())

    def test_batch_becomes_one(self):
        self.compare(every_operator(2))

    def test_deterministic(self):
        data = every_operator().write()
        self.assertEqual(convert(data, "tiny"), convert(data, "tiny"))

    def test_refusals(self):
        def refuse(expected, build):
            net = Net(12)
            net.outputs = [build(net)]
            with self.assertRaisesRegex(Malformed, expected):
                convert(net.write(), "tiny")

        kernel = lambda net: [net.input, net.tensor([3, 3, 3, 3], numbers(81)), net.tensor([3], numbers(3))]
        refuse("operator 25 is not supported", lambda net: net.add("SOFTMAX", [net.input], [12, 12, 3]))
        refuse("padding of 7", lambda net: net.add("CONV_2D", kernel(net), [6, 6, 3], padding=7, stride=2))
        refuse("options that are not", lambda net: net.add("CONV_2D", kernel(net), [6, 6, 3], padding=0, stride=0))
        refuse("no constant", lambda net: net.add("PRELU", [net.input, net.input], [12, 12, 3]))
        refuse("not part of a PReLU", lambda net: net.add("ABS", [net.input], [12, 12, 3]))
        refuse("loses something", lambda net: net.add("RESHAPE", [net.input], [10]))
        refuse("needs padding", lambda net: net.add("MAX_POOL_2D", [net.input], [3, 3, 3], padding=0, stride=5, size=5))

    def test_damaged(self):
        """Any damage is a Malformed, or a network like any other; never something else."""
        data = every_operator().write()
        for cut in range(0, len(data), 97):
            with self.assertRaises(Malformed):
                convert(data[:cut], "tiny")
        refused = 0
        for _ in range(400):
            damaged = bytearray(data)
            for _ in range(chance.randint(1, 6)):
                damaged[chance.randrange(8, len(data))] = chance.randrange(256)
            try:
                convert(bytes(damaged), "tiny")
            except Malformed:
                refused += 1
        self.assertGreater(refused, 20)


class Manifest(unittest.TestCase):
    def setUp(self):
        self.models = json.loads((SOURCE / "tools/models/models.json").read_text(encoding="utf-8"))["models"]
        self.program = SOURCE / "tools/models/make-models.py"

    def test_says_everything(self):
        self.assertEqual([model["name"] for model in self.models], ["detector", "mesh", "embedding"])
        packages = json.loads((SOURCE / "tools/models/package.json").read_text())["dependencies"]
        locked = json.loads((SOURCE / "tools/models/package-lock.json").read_text())["packages"]
        for model in self.models:
            self.assertEqual(packages[model["package"]], model["version"])
            self.assertRegex(locked["node_modules/" + model["package"]]["integrity"], r"^sha512-.{86}==$")
            self.assertTrue(model["licence"] and model["origin"] and model["what"])
            for key in ("input_sha256", "output_sha256"):
                self.assertRegex(model[key], r"^[0-9a-f]{64}$")

    def test_altered_package_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            for model in self.models:
                path = pathlib.Path(folder) / "node_modules" / model["package"] / model["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"something else")
            output = pathlib.Path(folder) / "models"
            done = subprocess.run([self.program, "convert", folder, output], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertIn("SHA-256", done.stderr)
            self.assertEqual(list(output.iterdir()), [])

    def test_usage(self):
        self.assertEqual(subprocess.run([self.program, "convert"], capture_output=True).returncode, 2)
        self.assertEqual(subprocess.run([self.program, "convert", "/nowhere", "/nowhere/too"],
                                        capture_output=True).returncode, 1)


unittest.main(verbosity=2)
