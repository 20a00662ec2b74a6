# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a TensorFlow Lite network into an ONNX one that OpenCV's dnn reads.

What changes on the way, and nothing else does: every number is the one of the file.

- The dots of a picture come last in TensorFlow Lite (height, width, channel) and first in ONNX (channel, height,
  width). Pictures and kernels are turned; before a RESHAPE they are turned back, so that its order stays.
- Padding SAME may be one more at the end than at the beginning; it becomes a Pad before the convolution.
- Constants of 16 bits (DEQUANTIZE) become 32 bits, which is exact.
- max(x, 0) + c (x - |x|), five operators, is a PReLU with the slope 2 c; so c becomes 2 c, which is exact.
- A batch of several pictures becomes one.

The operators are those of face detection, face mesh and MobileFaceNet; anything else is refused.
"""
import array

import onnx
from tflite import FLOAT16, FLOAT32, Malformed, Model

SAME, VALID = 0, 1


class Converter:
    def __init__(self, model):
        self.model = model
        self.nodes, self.constants, self.written = [], [], set()
        self.floats = {}    # tensor: array of floats, of constants
        self.shapes = {}    # tensor: shape, batch of 1, the dots last as in the file
        self.made_by = {}   # tensor: operator
        self.used_by = {}   # tensor: operators

    def name(self, tensor):
        return f"t{tensor}"

    def shape(self, tensor):
        """Height, width, channels of pictures; any other shape as it is; the batch is 1."""
        shape = list(self.model.tensors[tensor].shape)
        return [1] + shape[1:] if shape else shape

    def picture(self, tensor):
        shape = self.shape(tensor)
        if len(shape) != 4:
            raise Malformed(f"the tensor {tensor} of the shape {shape} is no picture")
        return shape

    def is_constant(self, tensor):
        return tensor in self.floats or bool(self.model.tensors[tensor].raw)

    def constant(self, tensor):
        if tensor not in self.floats:
            if not self.is_constant(tensor) or self.model.tensors[tensor].type not in (FLOAT32, FLOAT16):
                raise Malformed(f"the tensor {tensor} is no constant of floats")
            self.floats[tensor] = self.model.tensors[tensor].values()
        if len(self.floats[tensor]) != self.model.tensors[tensor].size:
            raise Malformed(f"the constant {tensor} does not fit its shape")
        return self.floats[tensor]

    def integers(self, tensor):
        return list(self.model.tensors[tensor].values())

    def write(self, name, shape, values):
        if name not in self.written:
            self.written.add(name)
            self.constants.append(onnx.tensor(name, shape, values))
        return name

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(onnx.node(kind, inputs, [output], **attributes))
        return output

    def kernel(self, tensor, depthwise):
        """The kernel of a convolution, outputs and inputs first."""
        values = self.constant(tensor)
        outputs, height, width, inputs = self.model.tensors[tensor].shape
        turned = array.array("f")
        if depthwise:
            if outputs != 1:
                raise Malformed("a depthwise convolution whose kernel is not of one picture")
            for channel in range(inputs):
                turned.extend(values[channel::inputs])
            return self.write(self.name(tensor), [inputs, 1, height, width], turned), height, width
        for output in range(outputs):
            one = values[output * height * width * inputs:(output + 1) * height * width * inputs]
            for channel in range(inputs):
                turned.extend(one[channel::inputs])
        return self.write(self.name(tensor), [outputs, inputs, height, width], turned), height, width

    def vector(self, tensor):
        return self.write(self.name(tensor), [self.model.tensors[tensor].size], self.constant(tensor))

    def pad(self, name, output, before, after):
        """before, after: batch, height, width, channels."""
        order = (0, 3, 1, 2)
        pads = [before[i] for i in order] + [after[i] for i in order]
        return self.node("Pad", [name], output, mode="constant", pads=pads, value=0.0)

    def padded(self, operator, kernel, strides):
        """The first input's name, behind a Pad where SAME asks for one."""
        tensor = operator.inputs[0]
        name, padding = self.name(tensor), operator.option(0)
        if padding not in (SAME, VALID):
            raise Malformed(f"a padding of {padding}")
        if padding == VALID:
            return name
        before, after = [0, 0, 0, 0], [0, 0, 0, 0]
        for axis in (0, 1):
            side = self.picture(tensor)[1 + axis]
            outputs = -(-side // strides[axis])
            pad = max((outputs - 1) * strides[axis] + kernel[axis] - side, 0)
            before[1 + axis], after[1 + axis] = pad // 2, pad - pad // 2
        if not any(before + after):
            return name
        if operator.kind == "MAX_POOL_2D":
            raise Malformed("a MAX_POOL_2D that needs padding")
        return self.pad(name, f"{self.name(operator.outputs[0])}_padded", before, after)

    def convolution(self, operator):
        depthwise = operator.kind == "DEPTHWISE_CONV_2D"
        strides = [operator.option(2, "i"), operator.option(1, "i")]
        fused, dilation = (4, (5, 6)) if depthwise else (3, (4, 5))
        if min(strides) < 1 or operator.option(fused) or any(operator.option(i, "i", 1) != 1 for i in dilation):
            raise Malformed(f"a {operator.kind} with options that are not supported")
        kernel, height, width = self.kernel(operator.inputs[1], depthwise)
        name = self.padded(operator, (height, width), strides)
        self.node("Conv", [name, kernel, self.vector(operator.inputs[2])], self.name(operator.outputs[0]),
                  kernel_shape=[height, width], strides=strides, pads=[0, 0, 0, 0],
                  group=self.picture(operator.inputs[0])[3] if depthwise else 1)

    def max_pool(self, operator):
        strides = [operator.option(2, "i"), operator.option(1, "i")]
        kernel = [operator.option(4, "i"), operator.option(3, "i")]
        if min(strides + kernel) < 1 or operator.option(5):
            raise Malformed("a MAX_POOL_2D with options that are not supported")
        self.node("MaxPool", [self.padded(operator, kernel, strides)], self.name(operator.outputs[0]),
                  kernel_shape=kernel, strides=strides, pads=[0, 0, 0, 0])

    def prelu(self, picture, slope, output, factor=1.0):
        values = array.array("f", (factor * value for value in self.constant(slope)))
        if len(values) != self.picture(picture)[3]:
            raise Malformed("a PReLU that has not one slope a channel")
        self.node("PRelu", [self.name(picture), self.write(f"{self.name(slope)}_slope", [len(values), 1, 1], values)],
                  self.name(output))

    def long_prelu(self, operator):
        """TRUE when this ADD ends max(x, 0) + c (x - |x|), which is written as one PReLU."""
        relu, mul = (self.made_by.get(tensor) for tensor in operator.inputs)
        if relu is None or mul is None or relu.kind != "RELU" or mul.kind != "MUL":
            return False
        slope, difference = mul.inputs if self.is_constant(mul.inputs[0]) else mul.inputs[::-1]
        sub = self.made_by.get(difference)
        if sub is None or sub.kind != "SUB":
            return False
        absolute = self.made_by.get(sub.inputs[1])
        picture = relu.inputs[0]
        if absolute is None or absolute.kind != "ABS" or sub.inputs[0] != picture or absolute.inputs[0] != picture:
            return False
        if any(len(self.used_by[part.outputs[0]]) != 1 for part in (relu, mul, sub, absolute)):
            return False
        self.prelu(picture, slope, operator.outputs[0], 2.0)
        return True

    def reshape(self, operator):
        tensor, output = operator.inputs[0], operator.outputs[0]
        name = self.name(tensor)
        if len(self.shape(tensor)) == 4:
            name = self.node("Transpose", [name], f"{name}_turned_{output}", perm=[0, 2, 3, 1])
        if len(self.shape(output)) == 4:
            raise Malformed("a RESHAPE that makes a picture")
        shape = self.shape(output)
        size = lambda sides: sides[0] * size(sides[1:]) if sides else 1
        if size(shape) != size(self.shape(tensor)):
            raise Malformed("a RESHAPE that loses something")
        self.node("Reshape", [name, self.write(f"{self.name(output)}_shape", [len(shape)], shape)], self.name(output))

    def concatenation(self, operator):
        if operator.option(1) or any(len(self.shape(tensor)) == 4 for tensor in operator.inputs):
            raise Malformed("a CONCATENATION with options that are not supported")
        self.node("Concat", [self.name(tensor) for tensor in operator.inputs], self.name(operator.outputs[0]),
                  axis=operator.option(0, "i"))

    def add(self, operator):
        if operator.option(0):
            raise Malformed("an ADD with options that are not supported")
        if not self.long_prelu(operator):
            if any(self.is_constant(tensor) for tensor in operator.inputs):
                raise Malformed("an ADD of a constant")
            self.node("Add", [self.name(tensor) for tensor in operator.inputs], self.name(operator.outputs[0]))

    def channel_pad(self, operator):
        pads = self.integers(operator.inputs[1])
        if len(pads) != 8 or min(pads) < 0:
            raise Malformed("a PAD of something else than a picture")
        self.pad(self.name(operator.inputs[0]), self.name(operator.outputs[0]), pads[0::2], pads[1::2])

    def operator(self, operator):
        if operator.kind == "DEQUANTIZE":
            self.floats[operator.outputs[0]] = self.constant(operator.inputs[0])
        elif operator.kind in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            self.convolution(operator)
        elif operator.kind == "MAX_POOL_2D":
            self.max_pool(operator)
        elif operator.kind == "PRELU":
            self.prelu(operator.inputs[0], operator.inputs[1], operator.outputs[0])
        elif operator.kind == "RESHAPE":
            self.reshape(operator)
        elif operator.kind == "CONCATENATION":
            self.concatenation(operator)
        elif operator.kind == "PAD":
            self.channel_pad(operator)
        elif operator.kind == "ADD":
            self.add(operator)
        elif operator.kind == "RELU":
            if not self.is_part_of_prelu(operator.outputs[0]):
                self.node("Relu", [self.name(operator.inputs[0])], self.name(operator.outputs[0]))
        elif not self.is_part_of_prelu(operator.outputs[0]):
            raise Malformed(f"a {operator.kind} that is not part of a PReLU")

    def is_part_of_prelu(self, tensor):
        """Whether this and what uses it end in one of the PReLUs that were found before."""
        return any(use.outputs[0] in self.prelus or use.kind in ("SUB", "MUL") and self.is_part_of_prelu(use.outputs[0])
                   for use in self.used_by.get(tensor, []))

    def find_prelus(self):
        """The ADDs that end one; the writing of it is left to its turn."""
        nodes, constants, written = self.nodes, self.constants, self.written
        self.nodes, self.constants, self.written = [], [], set()
        self.prelus = {operator.outputs[0] for operator in self.model.operators
                       if operator.kind == "ADD" and len(operator.inputs) == 2 and self.long_prelu(operator)}
        self.nodes, self.constants, self.written = nodes, constants, written

    def run(self, name):
        for operator in self.model.operators:
            for tensor in operator.inputs:
                self.used_by.setdefault(tensor, []).append(operator)
            for tensor in operator.outputs:
                self.made_by[tensor] = operator
        self.find_prelus()
        for operator in self.model.operators:
            self.operator(operator)
        return onnx.model(name, self.nodes, self.constants, [self.end(tensor) for tensor in self.model.inputs],
                          [self.end(tensor) for tensor in self.model.outputs])

    def end(self, tensor):
        shape = self.shape(tensor)
        if len(shape) == 4:
            shape = [shape[0], shape[3], shape[1], shape[2]]
        return self.name(tensor), shape


def convert(data, name):
    """The bytes of a TensorFlow Lite file as those of an ONNX one. Raises Malformed."""
    try:
        return Converter(Model(data)).run(name)
    except (IndexError, KeyError, OverflowError, RecursionError) as error:
        raise Malformed(f"the file contradicts itself ({error})") from error
