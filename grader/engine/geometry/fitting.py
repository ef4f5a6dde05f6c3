"""Checks that shapes fit together, and gives the window that the fitting ones make.

What does not fit is an EngineError that begins with `op`, the caller's name. Shapes come in as the arrays' library has
them, and stand in the messages as plain tuples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import prod

from grader.engine.geometry.sizes import Padding, PerAxis, integer
from grader.engine.geometry.sliding import slide, spread
from grader.engine.geometry.window import Window
from grader.errors import EngineError


def conv_window(
    op: str,
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: PerAxis,
    padding: Padding,
    dilation: PerAxis,
    groups: int,
) -> Window:
    """The window of a convolution whose shapes fit."""
    input_shape, weight_shape = tuple(input_shape), tuple(weight_shape)
    _require_ranks(op, input_shape, weight_shape, "(out_channels, in_channels / groups, *kernel)")
    axes = len(weight_shape) - 2
    integer(op, "groups", groups, 1)
    channels = weight_shape[1] * groups
    if input_shape[-axes - 1] != channels:
        raise EngineError(
            f"{op}: weight of shape {weight_shape} with groups={groups} expects input with {channels} "
            f"channels, got input of shape {input_shape}"
        )
    if weight_shape[0] % groups:
        raise EngineError(
            f"{op}: out_channels must be divisible by groups, got weight of shape {weight_shape} with groups={groups}"
        )
    return slide(op, input_shape[-axes:], weight_shape[2:], stride, padding, dilation)


def transpose_window(
    op: str,
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: PerAxis,
    padding: Padding,
    output_padding: PerAxis,
    groups: int,
    dilation: PerAxis,
    output_size: PerAxis | None = None,
) -> Window:
    """The window of the convolution that a transposed convolution undoes: its output is our input."""
    input_shape, weight_shape = tuple(input_shape), tuple(weight_shape)
    _require_ranks(op, input_shape, weight_shape, "(in_channels, out_channels / groups, *kernel)")
    axes = len(weight_shape) - 2
    integer(op, "groups", groups, 1)
    if input_shape[-axes - 1] != weight_shape[0]:
        raise EngineError(
            f"{op}: weight of shape {weight_shape} expects input with {weight_shape[0]} channels, "
            f"got input of shape {input_shape}"
        )
    if weight_shape[0] % groups:
        raise EngineError(
            f"{op}: in_channels must be divisible by groups, got weight of shape {weight_shape} with groups={groups}"
        )
    return spread(op, input_shape[-axes:], weight_shape[2:], stride, padding, output_padding, dilation, output_size)


def pool_window(
    op: str,
    input_shape: tuple[int, ...],
    kernel_size: PerAxis,
    stride: PerAxis | None,
    padding: Padding,
    dilation: PerAxis,
    *,
    ceil_mode: bool,
) -> Window:
    """The window of a pooling over as many last axes as `kernel_size` has entries, or all after (N, C).

    Working it out is a third of a call as small as homework, so those last asked for are kept. Only numbers, words and
    None are looked up: (True, 1) equals (1, 1), and is refused.
    """
    asked = (kernel_size, stride, padding, dilation, ceil_mode)
    worked_out = _kept_window if all(type(value) in _PLAIN for value in asked) else _pool_window
    return worked_out(op, tuple(input_shape), *asked)


def _pool_window(
    op: str,
    input_shape: tuple[int, ...],
    kernel_size: PerAxis,
    stride: PerAxis | None,
    padding: Padding,
    dilation: PerAxis,
    ceil_mode: bool,
) -> Window:
    axes = pooled_axes(op, "kernel_size", kernel_size, input_shape)
    step = kernel_size if stride is None else stride
    return slide(op, input_shape[-axes:], kernel_size, step, padding, dilation, ceil_mode=ceil_mode)


_PLAIN = (int, bool, str, type(None))
_kept_window: Callable[..., Window] = lru_cache(maxsize=512, typed=True)(_pool_window)


def pooled_axes(op: str, name: str, value: object, input_shape: tuple[int, ...]) -> int:
    """How many of the last axes are pooled: as many as `value` has entries, or all after (N, C).

    Raises:
        EngineError: the input has fewer, or none.
    """
    axes = len(value) if isinstance(value, Sequence) else len(input_shape) - 2
    if not 1 <= axes <= len(input_shape):
        raise EngineError(
            f"{op}: {name} {value} does not fit input of shape {input_shape}: an integer pools "
            f"the axes after (N, C), a tuple as many of the last axes as it has entries"
        )
    return axes


def output_shape(input_shape: tuple[int, ...], weight_shape: tuple[int, ...], window: Window) -> tuple[int, ...]:
    """The shape of a convolution's output, with a batch axis where the input has one."""
    return (*window.lead(input_shape)[:-1], weight_shape[0], *window.output)


def require_shape(op: str, name: str, found: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """Refuses an array whose shape is not the one expected.

    Raises:
        EngineError: `found` is not `expected`.
    """
    if found != expected:
        raise EngineError(f"{op}: {name} must have shape {tuple(expected)}, got shape {tuple(found)}")


def _require_ranks(op: str, input_shape: tuple[int, ...], weight_shape: tuple[int, ...], layout: str) -> None:
    rank = len(weight_shape)
    if rank < 3:
        raise EngineError(f"{op}: weight must have shape {layout}, got shape {weight_shape}")
    if len(input_shape) not in (rank, rank - 1):
        raise EngineError(
            f"{op}: weight of shape {weight_shape} expects input of rank {rank} (batched) or {rank - 1} "
            f"(unbatched), got input of shape {input_shape}"
        )
    if not prod(weight_shape):
        raise EngineError(f"{op}: every extent of the weight must be at least 1, got shape {weight_shape}")


def require_input_in_every_place(op: str, window: Window) -> None:
    """Refuses a window with a place that holds padding alone, where there is nothing to pool.

    Raises:
        EngineError: there is such a place; padding of at most half the kernel rules it out.
    """
    for axis in window.axes:
        if 0 in axis.cover(padding=False):
            raise EngineError(
                f"{op}: padding ({axis.before}, {axis.after}) leaves a place with padding alone, for kernel "
                f"of size {axis.kernel} with dilation {axis.dilation} on input of size {axis.size}; "
                f"pad by at most half of kernel_size"
            )
