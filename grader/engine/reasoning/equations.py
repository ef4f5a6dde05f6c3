"""What inputs and outputs say of the weight between them, as linear equations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.engine.arrays.backend import Array, ArrayLike
from grader.engine.geometry.borders import PaddingMode, bordered, require_border
from grader.engine.geometry.window import Window
from grader.errors import EngineError


def depth(value: object) -> int:
    """How many axes an array or nested sequence has."""
    if isinstance(value, Sequence):
        return 1 + (depth(value[0]) if value else 0)
    return int(getattr(value, "ndim", 0))


def pairs(op: str, inputs: ArrayLike, outputs: ArrayLike, axes: int) -> list[tuple[ArrayLike, ArrayLike]]:
    """Each input with its output.

    Raises:
        EngineError: neither one of each with `axes` axes, nor as many inputs as outputs.
    """
    depths = depth(inputs), depth(outputs)
    if depths == (axes, axes) and axes:
        return [(inputs, outputs)]
    if depths != (axes + 1, axes + 1) or not axes:
        raise EngineError(
            f"{op}: a filter with {axes} axes needs inputs and outputs of rank {axes}, or sequences of "
            f"them, got ranks {depths[0]} and {depths[1]}"
        )
    ins, outs = _items(inputs), _items(outputs)
    if len(ins) != len(outs) or not ins:
        raise EngineError(f"{op}: every input needs one output, got {len(ins)} inputs and {len(outs)} outputs")
    return list(zip(ins, outs, strict=True))


def _items(values: ArrayLike) -> list[ArrayLike]:
    """The entries along the first axis."""
    return list(values) if isinstance(values, Sequence) else [values[n, ...] for n in range(values.shape[0])]


def coefficients(xp: Any, op: str, x: Array, window: Window, mode: PaddingMode) -> Array:
    """What each place meets of x, (N, C, *size): an equation for each image and place, (N * places, C * taps)."""
    require_border(op, mode, window)
    padded = bordered(xp, x, window, mode)
    met = xp.stack([padded[region] for _, region in window.taps()], axis=-1)
    by_place = xp.permute_dims(met, (0, *range(2, met.ndim - 1), 1, met.ndim - 1))
    rows: Array = xp.reshape(by_place, (-1, x.shape[1] * met.shape[-1]))
    return rows


def below(xp: Any, parts: Sequence[Array]) -> Array:
    """All rows below one another; in float64 where some are integers and some not."""
    if len({str(part.dtype) for part in parts}) > 1:
        parts = [xp.astype(part, xp.float64) for part in parts]
    joined: Array = xp.concat(list(parts))
    return joined


def require_finite(xp: Any, op: str, x: Array, y: Array) -> None:
    """Refuses NaN and infinities, of which no equation can be made.

    Raises:
        EngineError: there is one.
    """
    if not (xp.all(xp.isfinite(x)) and xp.all(xp.isfinite(y))):
        shapes = f"{tuple(x.shape)} or {tuple(y.shape)}"
        raise EngineError(f"{op}: inputs and outputs must be finite, got NaN or infinity in shapes {shapes}")
