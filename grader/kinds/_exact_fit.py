"""The kernel whose windows fit an input exactly: with nothing left over at the end.

Source: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning", relationships 6 and 15, solved for
the kernel where the division leaves no remainder.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.kinds._arrays import Padding, Sizes, per_axis


def exact_kernel(
    size: Sequence[int], output: Sequence[int], stride: Sizes, padding: Padding, dilation: Sizes
) -> tuple[int, ...]:
    """The kernel's extent along each axis, from the input's and the output's.

    Raises:
        ValueError: there is none, or the arguments speak of different numbers of axes.
    """
    axes = len(size)
    columns = (output, per_axis(stride, axes), _added(padding, axes), per_axis(dilation, axes))
    if any(len(column) != axes for column in columns):
        raise ValueError(f"input {list(size)}, output {list(output)} and the movement differ in their axes")
    return tuple(_along(*axis) for axis in zip(size, *columns, strict=True))


def _along(size: int, output: int, stride: int, added: int, dilation: int) -> int:
    reach = size + added - 1 - stride * (output - 1)
    if reach < 0 or reach % dilation:
        raise ValueError(
            f"no kernel fits an input of {size} to an output of {output} exactly, with stride {stride}, "
            f"{added} padded in all and dilation {dilation}"
        )
    return reach // dilation + 1


def _added(padding: Padding, axes: int) -> tuple[int, ...]:
    """What `padding` adds to each axis, both sides together."""
    if isinstance(padding, str):
        if padding == "same":
            raise ValueError("the padding 'same' leaves the kernel open; state it in numbers")
        return (0,) * axes
    each = (padding,) * axes if isinstance(padding, int) else padding
    return tuple(2 * side if isinstance(side, int) else sum(side) for side in each)
