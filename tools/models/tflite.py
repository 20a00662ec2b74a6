# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the parts of a TensorFlow Lite file that the converter needs, with Python's standard library alone.

A file is a FlatBuffer: tables whose vtable says where each field lies. The numbers of the fields, of the
operators and of the types below are those of the format's public schema, version 3. Every mistake is a
Malformed.
"""
import array
import struct
import sys

FLOAT32, FLOAT16, INT32 = 0, 1, 2
MAX_SIZE = 1 << 26  # numbers of one tensor
OPERATORS = {0: "ADD", 2: "CONCATENATION", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D", 6: "DEQUANTIZE", 17: "MAX_POOL_2D",
             18: "MUL", 19: "RELU", 22: "RESHAPE", 34: "PAD", 41: "SUB", 54: "PRELU", 101: "ABS"}


class Malformed(ValueError):
    """The file is not what it says to be."""


class Table:
    """One table of a FlatBuffer; a field that is missing has its default."""

    def __init__(self, data, at):
        self.data, self.at = data, at
        self.vtable = at - self.unpack("i", at)
        self.fields = (self.unpack("H", self.vtable) - 4) // 2

    def unpack(self, kind, at):
        if at < 0:
            raise Malformed("an offset before the beginning")
        try:
            return struct.unpack_from("<" + kind, self.data, at)[0]
        except struct.error:
            raise Malformed("an offset behind the end") from None

    def where(self, field):
        offset = self.unpack("H", self.vtable + 4 + 2 * field) if field < self.fields else 0
        return self.at + offset if offset else None

    def number(self, field, kind, default=0):
        at = self.where(field)
        return default if at is None else self.unpack(kind, at)

    def target(self, field):
        at = self.where(field)
        return None if at is None else at + self.unpack("I", at)

    def table(self, field):
        at = self.target(field)
        return None if at is None else Table(self.data, at)

    def tables(self, field):
        at = self.target(field)
        if at is None:
            return []
        length = self.unpack("I", at)
        if at + 4 + 4 * length > len(self.data):
            raise Malformed("a vector behind the end")
        places = [at + 4 + 4 * i for i in range(length)]
        return [Table(self.data, place + self.unpack("I", place)) for place in places]

    def bytes(self, field):
        at = self.target(field)
        if at is None:
            return b""
        length = self.unpack("I", at)
        if at + 4 + length > len(self.data):
            raise Malformed("a vector behind the end")
        return self.data[at + 4:at + 4 + length]

    def integers(self, field):
        at = self.target(field)
        if at is None:
            return []
        length = self.unpack("I", at)
        if at + 4 + 4 * length > len(self.data):
            raise Malformed("a vector behind the end")
        return list(struct.unpack_from(f"<{length}i", self.data, at + 4))


class Tensor:
    def __init__(self, table, buffers):
        self.shape = table.integers(0)
        self.type = table.number(1, "b")
        self.name = table.bytes(3).decode("utf-8", "replace")
        number = table.number(2, "I")
        if number >= len(buffers):
            raise Malformed(f"the tensor {self.name} has no buffer")
        self.raw = buffers[number].bytes(0)
        self.size = 1
        for side in self.shape:
            self.size *= side
            if side < 1 or self.size > MAX_SIZE:
                raise Malformed(f"the tensor {self.name} has the shape {self.shape}")

    def values(self):
        """The numbers of a constant, as an array of floats or of integers."""
        kind = {FLOAT32: "f", FLOAT16: "e", INT32: "i"}.get(self.type)
        if kind is None:
            raise Malformed(f"the tensor {self.name} has the type {self.type}, which is not supported")
        if len(self.raw) != struct.calcsize(kind) * self.size:
            raise Malformed(f"the constant {self.name} has {len(self.raw)} bytes for the shape {self.shape}")
        if kind == "e":
            return array.array("f", struct.unpack(f"<{self.size}e", self.raw))
        values = array.array(kind)
        values.frombytes(self.raw)
        if sys.byteorder == "big":
            values.byteswap()
        return values


class Operator:
    def __init__(self, table, codes):
        number = table.number(0, "I")
        if number >= len(codes):
            raise Malformed("an operator without a code")
        self.kind = OPERATORS.get(codes[number])
        if self.kind is None:
            raise Malformed(f"the operator {codes[number]} is not supported")
        self.inputs, self.outputs = table.integers(1), table.integers(2)
        self.options = table.table(4)

    def option(self, field, kind="b", default=0):
        return default if self.options is None else self.options.number(field, kind, default)


class Model:
    """The only subgraph of a file: tensors, operators in order, and the numbers of inputs and outputs."""

    def __init__(self, data):
        if len(data) < 8 or data[4:8] != b"TFL3":
            raise Malformed("this is no TensorFlow Lite file")
        root = Table(data, struct.unpack_from("<I", data)[0])
        # The newer field holds the code where the older one's byte does not suffice.
        codes = [max(code.number(0, "b"), code.number(3, "i")) for code in root.tables(1)]
        graphs, buffers = root.tables(2), root.tables(4)
        if len(graphs) != 1:
            raise Malformed(f"there are {len(graphs)} subgraphs, not one")
        graph = graphs[0]
        self.tensors = [Tensor(table, buffers) for table in graph.tables(0)]
        self.inputs, self.outputs = graph.integers(1), graph.integers(2)
        self.operators = [Operator(table, codes) for table in graph.tables(3)]
        for operator in self.operators:
            if any(not 0 <= i < len(self.tensors) for i in operator.inputs + operator.outputs):
                raise Malformed(f"a {operator.kind} of tensors that are not there")
