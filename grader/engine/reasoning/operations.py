"""Multiplications and additions of layers, kept apart, so that every convention of counting can be told from them.

Tools disagree: fvcore and thop count multiply-accumulates without biases, torchinfo and ptflops with them; FLOPs are
twice as many, or what is really worked out. A `Convention` says which is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal, TypeAlias, get_args

from grader.engine.geometry.fitting import conv_window, output_shape, transpose_window
from grader.engine.geometry.sizes import Padding, PerAxis, Shape, integer, shape
from grader.engine.geometry.window import Axis
from grader.errors import EngineError

Convention: TypeAlias = Literal["macs", "macs+bias", "flops", "flops+bias", "exact"]
"""How to count.

macs: multiplications, each with the addition that follows it, biases left out.
macs+bias: with the addition of a bias as one more.
flops: twice the macs.
flops+bias: twice the macs, and an addition for each bias.
exact: every multiplication and addition that is worked out; a sum of n products has n - 1 additions.
"""


@dataclass(frozen=True, slots=True)
class Operations:
    """What a layer works out; those of several layers add up."""

    multiplications: int
    additions: int
    """Of products to one another."""
    biases: int = 0
    """Additions of a bias."""

    def __add__(self, other: Operations) -> Operations:
        return Operations(
            self.multiplications + other.multiplications,
            self.additions + other.additions,
            self.biases + other.biases,
        )

    def counted(self, convention: Convention) -> int:
        """The one number that `convention` makes of them.

        Raises:
            EngineError: there is no such convention.
        """
        macs = self.multiplications
        numbers = {
            "macs": macs,
            "macs+bias": macs + self.biases,
            "flops": 2 * macs,
            "flops+bias": 2 * macs + self.biases,
            "exact": macs + self.additions + self.biases,
        }
        if convention not in numbers:
            raise EngineError(
                f"counted: convention must be one of {', '.join(get_args(Convention))}, got {convention!r}"
            )
        return numbers[convention]


def conv_operations(
    input_shape: Shape,
    weight_shape: Shape,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    *,
    bias: bool = False,
    count_padding: bool = True,
) -> Operations:
    """Operations of ``conv``.

    Args:
        input_shape: (C, *size), or (N, C, *size), whose count is of the whole batch.
        weight_shape: (O, C / groups, *kernel).
        stride: as in ``conv``, like all that follow.
        padding: as in ``conv``.
        dilation: as in ``conv``.
        groups: as in ``conv``.
        bias: whether each output channel has a bias.
        count_padding: whether products with the padding's zeros count, as they do in every tool.

    Raises:
        EngineError: as ``conv``.
    """
    op = "conv_operations"
    extents, weight = shape(op, "input_shape", input_shape), shape(op, "weight_shape", weight_shape)
    window = conv_window(op, extents, weight, stride, padding, dilation, groups)
    output = output_shape(extents, weight, window)
    sums = prod(output[: -len(window.axes)])
    products = sums * weight[1] * prod(sum(axis.cover(padding=count_padding)) for axis in window.axes)
    started = sums * prod(sum(map(bool, axis.cover(padding=count_padding))) for axis in window.axes)
    return Operations(products, products - started, prod(output) if bias else 0)


def conv_transpose_operations(
    input_shape: Shape,
    weight_shape: Shape,
    stride: PerAxis = 1,
    padding: Padding = 0,
    output_padding: PerAxis = 0,
    groups: int = 1,
    dilation: PerAxis = 1,
    *,
    bias: bool = False,
    count_padding: bool = True,
) -> Operations:
    """Operations of ``conv_transpose``: every input entry times O / groups * prod(kernel), added where copies meet.

    Args:
        input_shape: (C, *size), or (N, C, *size), whose count is of the whole batch.
        weight_shape: (C, O / groups, *kernel).
        stride: as in ``conv_transpose``, like all that follow.
        padding: as in ``conv_transpose``.
        output_padding: as in ``conv_transpose``.
        groups: as in ``conv_transpose``.
        dilation: as in ``conv_transpose``.
        bias: whether each output channel has a bias.
        count_padding: whether products that padding trims away count.

    Raises:
        EngineError: as ``conv_transpose``.
    """
    op = "conv_transpose_operations"
    extents, weight = shape(op, "input_shape", input_shape), shape(op, "weight_shape", weight_shape)
    window = transpose_window(op, extents, weight, stride, padding, output_padding, groups, dilation)
    entries = prod(extents[: -len(window.axes)])
    products = entries * weight[1] * prod(sum(axis.cover(padding=count_padding)) for axis in window.axes)
    sums = prod(extents[: -len(window.axes) - 1]) * weight[1] * groups
    started = sums * prod(_laid_on(axis, trimmed=count_padding) for axis in window.axes)
    return Operations(products, products - started, sums * prod(window.size) if bias else 0)


def _laid_on(axis: Axis, *, trimmed: bool) -> int:
    """How many output entries a copy of the kernel lies on, those that are trimmed away included or not."""
    low, high = (0, axis.padded) if trimmed else (axis.before, axis.inner.stop)
    return len(
        {index for tap in range(axis.kernel) for index in range(axis.padded)[axis.region(tap)] if low <= index < high}
    )


def linear_operations(in_features: int, out_features: int, rows: int = 1, *, bias: bool = False) -> Operations:
    """Operations of a fully connected layer, for `rows` inputs.

    Raises:
        EngineError: a count below 1.
    """
    op = "linear_operations"
    inputs, outputs = integer(op, "in_features", in_features, 1), integer(op, "out_features", out_features, 1)
    sums = outputs * integer(op, "rows", rows, 0)
    return Operations(inputs * sums, (inputs - 1) * sums, sums if bias else 0)


def norm_operations(input_shape: Shape, *, bias: bool = True) -> Operations:
    """Operations of a norm with known statistics, folded into a scale and a shift of each entry.

    Raises:
        EngineError: a negative extent.
    """
    entries = prod(shape("norm_operations", "input_shape", input_shape))
    return Operations(entries, 0, entries if bias else 0)
