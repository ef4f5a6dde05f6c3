"""All layers, within given ranges, that map one size to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from grader.engine.geometry.sizes import integer
from grader.engine.reasoning.kernel_layers import KernelLayer, TransposedLayer
from grader.errors import EngineError


def conv_designs(
    size: int | Sequence[int],
    output: int | Sequence[int],
    kernel_sizes: Sequence[int] = range(1, 12),
    strides: Sequence[int] = range(1, 5),
    paddings: Sequence[int] = range(6),
    dilations: Sequence[int] = (1,),
    *,
    exact: bool = False,
) -> Iterator[KernelLayer]:
    """Convolutions that map `size` to `output`: by kernel size, then stride, padding, dilation, in the ranges' order.

    Args:
        size: the input's extent, or one for each axis that the same layer slides along.
        output: the output's extent, or one for each axis.
        kernel_sizes: which to try.
        strides: which to try.
        paddings: which to try, the same before and after.
        dilations: which to try.
        exact: only those whose windows end with the padded input, so that no entry is left over.

    Raises:
        EngineError: a value that no layer may have, or another count of sizes than of outputs.
    """
    op = "conv_designs"
    pairs = _pairs(op, size, output)
    choices = [
        _read(op, "kernel_sizes", kernel_sizes, 1),
        _read(op, "strides", strides, 1),
        _read(op, "paddings", paddings, 0),
        _read(op, "dilations", dilations, 1),
    ]
    return (
        KernelLayer(kernel, stride, padding, dilation)
        for kernel, stride, padding, dilation in product(*choices)
        if all(
            _slides(n + 2 * padding - dilation * (kernel - 1) - 1, stride, places, exact=exact) for n, places in pairs
        )
    )


def conv_transpose_designs(
    size: int | Sequence[int],
    output: int | Sequence[int],
    kernel_sizes: Sequence[int] = range(1, 12),
    strides: Sequence[int] = range(1, 5),
    paddings: Sequence[int] = range(6),
    output_paddings: Sequence[int] = (0,),
    dilations: Sequence[int] = (1,),
) -> Iterator[TransposedLayer]:
    """Transposed convolutions that map `size` to `output`: by kernel size, stride, padding, output padding, dilation.

    Args:
        size: the input's extent, or one for each axis that the same layer slides along.
        output: the output's extent, or one for each axis.
        kernel_sizes: which to try.
        strides: which to try.
        paddings: which to try, the same before and after.
        output_paddings: which to try, each where stride or dilation allow it.
        dilations: which to try.

    Raises:
        EngineError: a value that no layer may have, or another count of sizes than of outputs.
    """
    op = "conv_transpose_designs"
    pairs = _pairs(op, size, output)
    choices = [
        _read(op, "kernel_sizes", kernel_sizes, 1),
        _read(op, "strides", strides, 1),
        _read(op, "paddings", paddings, 0),
        _read(op, "output_paddings", output_paddings, 0),
        _read(op, "dilations", dilations, 1),
    ]
    return (
        TransposedLayer(kernel, stride, padding, extra, dilation)
        for kernel, stride, padding, extra, dilation in product(*choices)
        if extra < max(stride, dilation)
        and all((n - 1) * stride - 2 * padding + dilation * (kernel - 1) + extra + 1 == m for n, m in pairs)
    )


def _slides(room: int, stride: int, places: int, *, exact: bool) -> bool:
    """Whether a kernel takes `places` places, with `room` to move before it meets the end."""
    rest = room - (places - 1) * stride
    return rest == 0 if exact else 0 <= rest < stride


def _pairs(op: str, size: int | Sequence[int], output: int | Sequence[int]) -> list[tuple[int, int]]:
    """Input and output extent of each axis."""
    ins = _read(op, "size", size if isinstance(size, Sequence) else (size,), 1)
    outs = _read(op, "output", output if isinstance(output, Sequence) else (output,), 1)
    if len(ins) != len(outs) or not ins:
        raise EngineError(f"{op}: size and output need as many axes, got {tuple(ins)} and {tuple(outs)}")
    return list(zip(ins, outs, strict=True))


def _read(op: str, name: str, values: Sequence[int], least: int) -> Sequence[int]:
    """`values`, each of which may stand in a layer; a range is read by its ends."""
    for value in (values[0], values[-1]) if isinstance(values, range) and values else values:
        integer(op, name, value, least)
    return values
