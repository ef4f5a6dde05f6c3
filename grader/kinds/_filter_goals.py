"""What a filter may be asked to do: conditions that are tried on test images, and an example that fulfils them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader import engine
from grader.kinds._convolution import Numbers

_NOTHING = 1e-6
"""An answer this much weaker than another one, or than the filter's entries, counts as none."""
_ONE = 5e-3
"""How far the sum of nine entries of three digits may lie from 1."""
_WELL_BELOW = 0.5

Image = NDArray[np.int64]
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition with credit of its own."""

    credit: float
    holds: Callable[[Numbers], bool]
    held: str
    """What is said where it holds and another does not."""
    missed: str


@dataclass(frozen=True, slots=True)
class FilterGoal:
    """What a filter is to do."""

    clauses: tuple[Clause, ...]
    """Their credits add up to 1."""
    example: Callable[[Size], Numbers]
    """A filter of the given rows and columns that fulfils them all."""


def _response(weight: Numbers, image: Image) -> float:
    """The strongest answer of the filter anywhere in `image`."""
    return float(np.abs(engine.conv(image[None, None], weight[None, None])).max())


def _canvas(weight: Numbers) -> tuple[Image, Image]:
    """Row and column numbers of an image with room for the filter on either side of its middle."""
    rows, columns = np.indices((2 * weight.shape[0] + 2, 2 * weight.shape[1] + 2))
    return rows, columns


def _flat(weight: Numbers) -> Image:
    return np.ones_like(_canvas(weight)[0])


def _vertical_edge(weight: Numbers) -> Image:
    columns = _canvas(weight)[1]
    return np.where(columns > weight.shape[1], 1, 0)


def _horizontal_edge(weight: Numbers) -> Image:
    rows = _canvas(weight)[0]
    return np.where(rows > weight.shape[0], 1, 0)


def _checkerboard(weight: Numbers) -> Image:
    rows, columns = _canvas(weight)
    return np.where((rows + columns) % 2, -1, 1)


def _is_weak(weight: Numbers, image: Image, strong: Image) -> bool:
    """Whether the filter answers to `strong` and hardly at all to `image`."""
    strength = _response(weight, strong)
    return strength > _NOTHING * float(np.abs(weight).max()) and _response(weight, image) < _NOTHING * strength


def _sums_to_one(weight: Numbers) -> bool:
    return abs(float(weight.sum()) - 1) <= _ONE


def _smooths(weight: Numbers) -> bool:
    """Low-pass: a mean with weights, in which the finest pattern there is all but vanishes."""
    if weight.min() < 0:
        return False
    return _response(weight, _checkerboard(weight)) < _WELL_BELOW * _response(weight, _flat(weight))


def _sharpens(weight: Numbers) -> bool:
    """High-boost: the finest pattern comes out stronger than a flat area of the same strength."""
    return _response(weight, _checkerboard(weight)) > (1 + _ONE) * _response(weight, _flat(weight))


def _edges(
    which: str, other: str, edge: Callable[[Numbers], Image], across: Callable[[Numbers], Image]
) -> tuple[Clause, ...]:
    return (
        Clause(
            0.5,
            lambda weight: _is_weak(weight, _flat(weight), edge(weight)),
            f"it tells {which} edges from flat areas",
            f"it does not tell {which} edges from flat areas",
        ),
        Clause(
            0.5,
            lambda weight: _is_weak(weight, across(weight), edge(weight)),
            f"it leaves {other} edges alone",
            f"it does not leave {other} edges alone",
        ),
    )


_KEEPS_BRIGHTNESS = Clause(
    0.5, _sums_to_one, "it keeps the brightness", "it does not keep the brightness: look at the sum of its entries"
)


def _columns(size: Size) -> Numbers:
    """-1 in the first column, 1 in the last."""
    weight = np.zeros(size, dtype=np.int64)
    weight[:, 0], weight[:, -1] = -1, 1
    return weight


def _centre(size: Size) -> Numbers:
    weight = np.zeros(size, dtype=np.int64)
    weight[size[0] // 2, size[1] // 2] = 1
    return weight


def _boosted(size: Size) -> Numbers:
    """A large centre, less one everywhere: the entries add up to 1."""
    return _centre(size) * (size[0] * size[1] + 1) - np.ones(size, dtype=np.int64)


GOALS: Mapping[str, FilterGoal] = {
    "vertical-edges": FilterGoal(_edges("vertical", "horizontal", _vertical_edge, _horizontal_edge), _columns),
    "horizontal-edges": FilterGoal(
        _edges("horizontal", "vertical", _horizontal_edge, _vertical_edge), lambda size: _columns(size[::-1]).T
    ),
    "blur": FilterGoal(
        (
            Clause(0.5, _smooths, "it smooths", "it does not smooth: fine patterns come through"),
            _KEEPS_BRIGHTNESS,
        ),
        lambda size: np.full(size, 1 / (size[0] * size[1])),
    ),
    "sharpen": FilterGoal(
        (
            Clause(0.5, _sharpens, "it brings out fine patterns", "it does not bring out fine patterns"),
            _KEEPS_BRIGHTNESS,
        ),
        _boosted,
    ),
    "identity": FilterGoal(
        (
            Clause(
                1.0,
                lambda weight: bool(
                    np.allclose(weight, _centre((weight.shape[0], weight.shape[1])), rtol=0, atol=_NOTHING)
                ),
                "it leaves an image as it is",
                "it does not leave an image as it is",
            ),
        ),
        _centre,
    ),
}
