"""Counts of parameters and multiplications as formulas of named channels, kernels and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from grader.engine.geometry.sizes import integer
from grader.engine.reasoning.expressions import Expression, expression
from grader.engine.reasoning.simplifying import divided
from grader.engine.reasoning.size_formulas import Extent
from grader.errors import EngineError


def conv_parameters_formula(
    in_channels: Extent,
    out_channels: Extent,
    kernel_size: Sequence[Extent],
    groups: Extent = 1,
    *,
    bias: bool = True,
) -> Expression:
    """``conv_parameters`` as a formula, such as C*F*K^2 + F; channels are taken to be divisible by groups.

    Raises:
        EngineError: an integer below 1, or no kernel size.
    """
    op = "conv_parameters_formula"
    filters = _read(op, "out_channels", out_channels)
    weights = filters * _per_group(op, in_channels, groups) * _kernel(op, kernel_size)
    return weights + filters if bias else weights


def conv_multiplications_formula(
    in_channels: Extent,
    out_channels: Extent,
    kernel_size: Sequence[Extent],
    output_size: Sequence[Extent],
    groups: Extent = 1,
) -> Expression:
    """``conv_multiplications`` of one image as a formula: a product for each weight and place.

    Args:
        in_channels: C.
        out_channels: O.
        kernel_size: the kernel's extents.
        output_size: the output's extents, such as ``conv_size_formula`` gives.
        groups: divides both channel counts.

    Raises:
        EngineError: an integer below 1, or another count of output than of kernel sizes.
    """
    op = "conv_multiplications_formula"
    if len(output_size) != len(kernel_size):
        raise EngineError(
            f"{op}: output_size needs an extent for each of {len(kernel_size)} axes, got {len(output_size)}"
        )
    places = prod((_read(op, "output_size", extent) for extent in output_size), start=expression(1))
    weights = conv_parameters_formula(in_channels, out_channels, kernel_size, groups, bias=False)
    return weights * places


def linear_parameters_formula(in_features: Extent, out_features: Extent, *, bias: bool = True) -> Expression:
    """``linear_parameters`` as a formula.

    Raises:
        EngineError: an integer below 1.
    """
    op = "linear_parameters_formula"
    outputs = _read(op, "out_features", out_features)
    weights = _read(op, "in_features", in_features) * outputs
    return weights + outputs if bias else weights


def _per_group(op: str, channels: Extent, groups: Extent) -> Expression:
    count, whole = _read(op, "in_channels", channels), _read(op, "groups", groups)
    return divided(count, whole)


def _kernel(op: str, kernel_size: Sequence[Extent]) -> Expression:
    if not kernel_size:
        raise EngineError(f"{op}: kernel_size needs one size for each spatial axis, got none")
    return prod((_read(op, "kernel_size", extent) for extent in kernel_size), start=expression(1))


def _read(op: str, name: str, value: Extent) -> Expression:
    return value if isinstance(value, Expression) else expression(integer(op, name, value, 1))
