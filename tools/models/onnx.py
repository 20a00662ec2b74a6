# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes an ONNX file (a protocol buffer) with Python's standard library alone: as much of the format as the
converter needs. The numbers of the fields are those of the format's public onnx.proto."""
import struct
import sys

FLOAT, INT64 = 1, 7
IR_VERSION, OPSET = 4, 10


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, data):
    if isinstance(data, str):
        data = data.encode()
    return varint(field << 3 | 2) + varint(len(data)) + data


def attribute(name, value):
    """Integers, a float, a string, or a list of integers."""
    out = block(1, name)
    if isinstance(value, float):
        return out + varint(2 << 3 | 5) + struct.pack("<f", value) + number(20, 1)
    if isinstance(value, int):
        return out + number(3, value) + number(20, 2)
    if isinstance(value, str):
        return out + block(4, value) + number(20, 3)
    return out + b"".join(number(8, item) for item in value) + number(20, 7)


def node(kind, inputs, outputs, **attributes):
    out = b"".join(block(1, name) for name in inputs) + b"".join(block(2, name) for name in outputs)
    out += block(3, outputs[0]) + block(4, kind)
    return out + b"".join(block(5, attribute(name, attributes[name])) for name in sorted(attributes))


def little_endian(values):
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def tensor(name, shape, values):
    """values: an array of floats, or a list of integers."""
    dims = b"".join(number(1, side) for side in shape)
    if isinstance(values, list):
        return dims + number(2, INT64) + block(8, name) + block(9, struct.pack(f"<{len(values)}q", *values))
    return dims + number(2, FLOAT) + block(8, name) + block(9, little_endian(values))


def value_info(name, shape):
    sides = b"".join(block(1, number(1, side)) for side in shape)
    return block(1, name) + block(2, block(1, number(1, FLOAT) + block(2, sides)))


def model(name, nodes, constants, inputs, outputs):
    """nodes and constants: as made above; inputs and outputs: (name, shape)."""
    graph = b"".join(block(1, item) for item in nodes) + block(2, name)
    graph += b"".join(block(5, item) for item in constants)
    graph += b"".join(block(11, value_info(*item)) for item in inputs)
    graph += b"".join(block(12, value_info(*item)) for item in outputs)
    return number(1, IR_VERSION) + block(2, "gateside") + block(7, graph) + block(8, block(1, "") + number(2, OPSET))
