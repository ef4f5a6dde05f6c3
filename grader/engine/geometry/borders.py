"""What stands around an input: zeros, its own border again, its mirror image, or its other end.

Source: `torch.nn.functional.pad`, modes constant, replicate, reflect and circular.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, get_args

from grader.engine.arrays.backend import Array, device
from grader.engine.geometry.window import Axis, Window
from grader.errors import EngineError

PaddingMode: TypeAlias = Literal["zeros", "reflect", "replicate", "circular"]
"""As in ``torch.nn.Conv2d``."""


def require_border(op: str, mode: str, window: Window) -> None:
    """Refuses a mode that there is not, and padding that the input is too small for.

    Raises:
        EngineError: an unknown mode; reflected padding as wide as the input, circular padding wider than it.
    """
    if mode not in get_args(PaddingMode):
        raise EngineError(f"{op}: padding_mode must be one of {', '.join(get_args(PaddingMode))}, got {mode!r}")
    most = {"reflect": -1, "circular": 0}
    for axis in window.axes:
        wide = max(axis.before, axis.after)
        if mode in most and wide > axis.size + most[mode]:
            raise EngineError(
                f"{op}: padding should be at most {axis.size + most[mode]} for padding_mode={mode!r} on input of "
                f"size {window.size}, got padding ({axis.before}, {axis.after})"
            )


def sources(axis: Axis, mode: str) -> list[int]:
    """For each index of the padded axis the index of the input that stands there; -1 for a zero."""
    return [_source(index - axis.before, axis.size, mode) for index in range(axis.padded)]


def _source(index: int, size: int, mode: str) -> int:
    if 0 <= index < size:
        return index
    if mode == "replicate":
        return min(max(index, 0), size - 1)
    if mode == "circular":
        return index % size
    if mode == "reflect":
        return -index if index < 0 else 2 * (size - 1) - index
    return -1


def bordered(xp: Any, x: Array, window: Window, mode: str) -> Array:
    """`x` of shape (..., *size) with its border, (..., *padded)."""
    if mode == "zeros" or window.padded == window.size:
        return window.pad(xp, x)
    for number, axis in enumerate(window.axes, start=x.ndim - len(window.axes)):
        index = xp.asarray(sources(axis, mode), dtype=xp.int64, device=device(x))
        x = xp.take(x, index, axis=number)
    return x


def unbordered(xp: Any, grad: Array, window: Window, mode: str) -> Array:
    """The adjoint of `bordered`: (..., *padded) to (..., *size), each border entry added to what stood there."""
    if mode == "zeros" or window.padded == window.size:
        return grad[window.inner]
    for number, axis in enumerate(window.axes, start=grad.ndim - len(window.axes)):
        ends = list(range(axis.size))
        spread = [[int(source == end) for end in ends] for source in sources(axis, mode)]
        matrix = xp.asarray(spread, dtype=grad.dtype, device=device(grad))
        last = [n for n in range(grad.ndim) if n != number]
        moved = xp.matmul(xp.permute_dims(grad, (*last, number)), matrix)
        order = list(range(grad.ndim - 1))
        order.insert(number, grad.ndim - 1)
        grad = xp.permute_dims(moved, tuple(order))
    return grad
