"""Works out the window of a kernel over an input, or refuses it: the forward way and the transposed."""

from __future__ import annotations

from grader.engine.geometry.sizes import Padding, Pair, PerAxis, explicit_padding, per_axis
from grader.engine.geometry.window import Axis, Window
from grader.errors import EngineError


def slide(
    op: str,
    size: tuple[int, ...],
    kernel_size: PerAxis,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    *,
    ceil_mode: bool = False,
) -> Window:
    """The window of a kernel over an input of spatial extents `size`.

    Raises:
        EngineError: an argument is out of range or has the wrong count, or the kernel does not fit.
    """
    kernel, strides, dilations = _movement(op, len(size), kernel_size, stride, dilation)
    if min(size, default=0) < 1:
        raise EngineError(f"{op}: every spatial size must be at least 1, got {size}")
    spans = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilations, strict=True))
    pads = _padding(op, padding, size, spans, strides)
    places = tuple(_places(*axis, ceil_mode=ceil_mode) for axis in zip(size, pads, spans, strides, strict=True))
    if min(places) < 1:
        padded = tuple(n + sum(pad) for n, pad in zip(size, pads, strict=True))
        raise EngineError(
            f"{op}: kernel of size {kernel} with dilation {dilations} spans {spans}, more than the padded "
            f"input of size {padded}; the output would be empty"
        )
    return _window(size, kernel, strides, pads, dilations, places)


def spread(
    op: str,
    places: tuple[int, ...],
    kernel_size: PerAxis,
    stride: PerAxis,
    padding: Padding,
    output_padding: PerAxis,
    dilation: PerAxis,
    output_size: PerAxis | None = None,
) -> Window:
    """The window that takes `places` places over a transposed convolution's output.

    Raises:
        EngineError: an argument is out of range or has the wrong count, or nothing would be left.
    """
    kernel, strides, dilations = _movement(op, len(places), kernel_size, stride, dilation)
    if isinstance(padding, str):
        raise EngineError(f"{op}: padding must be numbers for a transposed convolution, got {padding!r}")
    pads = explicit_padding(op, padding, len(places))
    extra = per_axis(op, "output_padding", output_padding, len(places), 0)
    if any(e >= max(s, d) for e, s, d in zip(extra, strides, dilations, strict=True)):
        raise EngineError(
            f"{op}: output_padding must be smaller than stride or dilation, got output_padding {extra}, "
            f"stride {strides}, dilation {dilations}"
        )
    size = tuple(
        (n - 1) * s + d * (k - 1) + 1 + e - sum(pad)
        for n, s, d, k, e, pad in zip(places, strides, dilations, kernel, extra, pads, strict=True)
    )
    if output_size is not None:
        most = tuple(n + max(s, d) - 1 for n, s, d in zip(size, strides, dilations, strict=True))
        size = _requested(op, output_size, extra, size, most)
    if min(places, default=0) < 1 or min(size) < 1:
        raise EngineError(f"{op}: input of size {places} gives output of size {size}; it would be empty")
    return _window(size, kernel, strides, pads, dilations, places)


def _requested(
    op: str, output_size: PerAxis, extra: tuple[int, ...], least: tuple[int, ...], most: tuple[int, ...]
) -> tuple[int, ...]:
    if any(extra):
        raise EngineError(f"{op}: give output_padding or output_size, not both; got {extra} and {output_size}")
    size = per_axis(op, "output_size", output_size, len(least), 1)
    if any(not low <= n <= high for low, n, high in zip(least, size, most, strict=True)):
        raise EngineError(f"{op}: requested an output size of {size}, but valid sizes range from {least} to {most}")
    return size


def _movement(
    op: str, axes: int, kernel_size: PerAxis, stride: PerAxis, dilation: PerAxis
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    return (
        per_axis(op, "kernel_size", kernel_size, axes, 1),
        per_axis(op, "stride", stride, axes, 1),
        per_axis(op, "dilation", dilation, axes, 1),
    )


def _window(
    size: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[Pair, ...],
    dilation: tuple[int, ...],
    places: tuple[int, ...],
) -> Window:
    before, after = zip(*padding, strict=True)
    return Window(tuple(map(Axis, size, kernel, stride, before, after, dilation, places)))


def _padding(
    op: str, padding: Padding, size: tuple[int, ...], spans: tuple[int, ...], strides: tuple[int, ...]
) -> tuple[Pair, ...]:
    if padding in ("same", "same_lower"):
        pads = tuple(_same(*axis) for axis in zip(size, spans, strides, strict=True))
        return pads if padding == "same" else tuple((after, before) for before, after in pads)
    if padding == "valid":
        return ((0, 0),) * len(size)
    if isinstance(padding, str):
        raise EngineError(f"{op}: padding must be 'valid', 'same', 'same_lower' or numbers, got {padding!r}")
    return explicit_padding(op, padding, len(size))


def _same(size: int, span: int, stride: int) -> Pair:
    """The padding that gives ceil(size / stride) places, the odd one at the end."""
    total = max((-(-size // stride) - 1) * stride + span - size, 0)
    return total // 2, total - total // 2


def _places(size: int, pad: Pair, span: int, stride: int, *, ceil_mode: bool) -> int:
    room = size + sum(pad) - span
    if not ceil_mode:
        return room // stride + 1
    places = -(-room // stride) + 1
    # A place that would begin in the padding after the input is dropped, as in PyTorch.
    return places - 1 if (places - 1) * stride >= size + pad[0] else places
