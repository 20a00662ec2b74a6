# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes small TensorFlow Lite files, and computes what their networks say: written from the format's description, apart
from tools/models, and slow."""
import math
import struct


class Builder:
    """A FlatBuffer, laid out from front to back: offsets point forwards and are filled in later."""

    def __init__(self):
        self.data = bytearray(b"\0\0\0\0TFL3")

    def align(self, to=4):
        self.data += bytes(-len(self.data) % to)

    def point(self, place, target):
        struct.pack_into("<I", self.data, place, target - place)

    def table(self, fields):
        """fields: {number: (struct kind, value)}, or {number: function that writes and returns where}."""
        self.align(8)
        count = max(fields, default=-1) + 1
        vtable = len(self.data)
        self.data += bytes(4 + 2 * count)
        self.align(8)
        start = len(self.data)
        self.data += struct.pack("<i", start - vtable)
        later = []
        for number, field in sorted(fields.items()):
            kind, value = field if isinstance(field, tuple) else ("I", 0)
            self.data += bytes(-(len(self.data)) % struct.calcsize(kind))
            struct.pack_into("<H", self.data, vtable + 4 + 2 * number, len(self.data) - start)
            if not isinstance(field, tuple):
                later.append((len(self.data), field))
            self.data += struct.pack("<" + kind, value)
        struct.pack_into("<HH", self.data, vtable, 4 + 2 * count, len(self.data) - start)
        for place, write in later:
            self.point(place, write())
        return start

    def vector(self, kind, values):
        def write():
            self.align(16)
            self.data += bytes(12)
            at = len(self.data)
            self.data += struct.pack("<I", len(values)) + struct.pack(f"<{len(values)}{kind}", *values)
            return at
        return write

    def tables(self, writers):
        def write():
            self.align()
            at = len(self.data)
            self.data += struct.pack("<I", len(writers)) + bytes(4 * len(writers))
            for i, one in enumerate(writers):
                self.point(at + 4 + 4 * i, one())
            return at
        return write


CODES = {"ADD": 0, "CONCATENATION": 2, "CONV_2D": 3, "DEPTHWISE_CONV_2D": 4, "DEQUANTIZE": 6, "MAX_POOL_2D": 17, "MUL": 18,
         "RELU": 19, "RESHAPE": 22, "PAD": 34, "SUB": 41, "PRELU": 54, "ABS": 101, "SOFTMAX": 25}


class Net:
    """Tensors, and operators in order; a picture is a list of numbers with the channels last."""

    def __init__(self, side, batch=1):
        self.tensors, self.operators, self.batch = [], [], batch
        self.input = self.tensor([batch, side, side, 3])
        self.outputs = []

    def tensor(self, shape, values=None, kind="f"):
        self.tensors.append((shape, kind, values))
        return len(self.tensors) - 1

    def half(self, shape, values):
        """A constant of 16 bits behind a DEQUANTIZE; the values are changed to what fits."""
        values[:] = [struct.unpack("<e", struct.pack("<e", value))[0] for value in values]
        stored, output = self.tensor(shape, values, "e"), self.tensor(shape)
        self.operators.append(("DEQUANTIZE", [stored], output, {}))
        return output

    def add(self, kind, inputs, shape, **options):
        output = self.tensor([self.batch] + shape)
        self.operators.append((kind, inputs, output, options))
        return output

    def write(self):
        builder = Builder()
        codes = sorted({kind for kind, *_ in self.operators})
        types = {"f": 0, "e": 1, "i": 2}

        def options_of(kind, options):
            names = {"CONV_2D": ("padding", "stride", "stride"), "DEPTHWISE_CONV_2D": ("padding", "stride", "stride", "one"),
                     "MAX_POOL_2D": ("padding", "stride", "stride", "size", "size"), "CONCATENATION": ("axis",)}.get(kind)
            if names is None:
                return {}
            values = {"one": 1, **options}
            return {4: lambda: builder.table({i: ("b" if name == "padding" else "i", values[name])
                                              for i, name in enumerate(names)})}

        def operator(kind, inputs, output, options):
            return lambda: builder.table({0: ("I", codes.index(kind)), 1: builder.vector("i", inputs),
                                          2: builder.vector("i", [output]), **options_of(kind, options)})

        def tensor(number, shape, kind):
            return lambda: builder.table({0: builder.vector("i", shape), 1: ("b", types[kind]), 2: ("I", number + 1),
                                          3: builder.vector("B", f"tensor {number}".encode())})

        def buffer(kind, values):
            raw = b"" if values is None else struct.pack(f"<{len(values)}{kind}", *values)
            return lambda: builder.table({0: builder.vector("B", raw)} if raw else {})

        graph = lambda: builder.table({
            0: builder.tables([tensor(i, shape, kind) for i, (shape, kind, _) in enumerate(self.tensors)]),
            1: builder.vector("i", [self.input]), 2: builder.vector("i", self.outputs),
            3: builder.tables([operator(*one) for one in self.operators])})
        root = builder.table({
            0: ("I", 3),
            1: builder.tables([lambda code=CODES[kind]: builder.table({0: ("b", code)}) for kind in codes]),
            2: builder.tables([graph]),
            4: builder.tables([buffer("f", None)] + [buffer(kind, values) for _, kind, values in self.tensors])})
        builder.point(0, root)
        return bytes(builder.data)

    def run(self, picture):
        """What the outputs are for one picture, as the description of each operator has it."""
        known = {i: values for i, (_, _, values) in enumerate(self.tensors) if values is not None}
        known[self.input] = picture
        for kind, inputs, output, options in self.operators:
            known[output] = getattr(self, {"ADD": "add_"}.get(kind, kind.lower()))([known[i] for i in inputs], inputs, output, **options)
        return [known[output] for output in self.outputs]

    def shape(self, tensor):
        return self.tensors[tensor][0]

    def windows(self, tensor, size, padding, stride):
        """For each place of the output: the places of the input under the window, with those of the window."""
        height, width = self.shape(tensor)[1:3]
        reach = [-(-side // stride) if padding == 0 else (side - size) // stride + 1 for side in (height, width)]
        before = [max((count - 1) * stride + size - side, 0) // 2 if padding == 0 else 0
                  for count, side in zip(reach, (height, width))]
        for row in range(reach[0]):
            for column in range(reach[1]):
                yield [((row * stride - before[0] + i) * width + column * stride - before[1] + j, i, j)
                       for i in range(size) for j in range(size)
                       if 0 <= row * stride - before[0] + i < height and 0 <= column * stride - before[1] + j < width]

    def conv_2d(self, values, inputs, _output, padding, stride):
        picture, kernel, bias = values
        outputs, size, _, channels = self.shape(inputs[1])
        return [bias[o] + math.fsum(picture[at * channels + c] * kernel[((o * size + i) * size + j) * channels + c]
                                    for at, i, j in window for c in range(channels))
                for window in self.windows(inputs[0], size, padding, stride) for o in range(outputs)]

    def depthwise_conv_2d(self, values, inputs, _output, padding, stride):
        picture, kernel, bias = values
        _, size, _, channels = self.shape(inputs[1])
        return [bias[c] + math.fsum(picture[at * channels + c] * kernel[(i * size + j) * channels + c] for at, i, j in window)
                for window in self.windows(inputs[0], size, padding, stride) for c in range(channels)]

    def max_pool_2d(self, values, inputs, _output, padding, stride, size):
        channels = self.shape(inputs[0])[3]
        return [max(values[0][at * channels + c] for at, _, _ in window)
                for window in self.windows(inputs[0], size, padding, stride) for c in range(channels)]

    def pad(self, values, inputs, output):
        channels, more = self.shape(inputs[0])[3], self.shape(output)[3] - self.shape(inputs[0])[3]
        return [value for at in range(0, len(values[0]), channels) for value in values[0][at:at + channels] + [0] * more]

    def prelu(self, values, _inputs, _output):
        return [x if x > 0 else x * values[1][i % len(values[1])] for i, x in enumerate(values[0])]

    def dequantize(self, values, _inputs, _output):
        return values[0]

    def reshape(self, values, _inputs, _output):
        return values[0]

    def concatenation(self, values, _inputs, _output, axis):
        return [value for part in values for value in part]

    def relu(self, values, _inputs, _output):
        return [max(x, 0) for x in values[0]]

    def abs(self, values, _inputs, _output):
        return [abs(x) for x in values[0]]

    def combine(self, values, function):
        length = max(map(len, values))
        return [function(values[0][i % len(values[0])], values[1][i % len(values[1])]) for i in range(length)]

    def add_(self, values, _inputs, _output):
        return self.combine(values, lambda a, b: a + b)

    def sub(self, values, _inputs, _output):
        return self.combine(values, lambda a, b: a - b)

    def mul(self, values, _inputs, _output):
        return self.combine(values, lambda a, b: a * b)
