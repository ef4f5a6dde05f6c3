"""What students get wrong in pooling and its gradient, each as the computation that they did instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np

from grader.kinds._code.operation import CodeSlip
from grader.kinds._code.words import Numbers, Values

Spread = Callable[[Numbers, Numbers], Numbers]
"""A window and the gradient that comes back to it, with axes of extent 1, to what its entries get."""


def reached(values: Values, spread: Spread) -> Numbers:
    """What `spread` gives each window, added up."""
    return _spread(values, spread, add=True)


def overwritten(values: Values, spread: Spread) -> Numbers:
    """The same with ``=`` for ``+=``: the last window that reaches an entry decides."""
    return _spread(values, spread, add=False)


def overwritten_where(values: Values, chosen: Callable[[Numbers], Numbers]) -> Numbers:
    """The same where only the `chosen` entries of a window are written to."""
    return _spread(values, lambda window, back: np.where(chosen(window), back, np.nan), add=False)


def _spread(values: Values, spread: Spread, *, add: bool) -> Numbers:
    """NaN in what a window's entries get leaves an entry as it is."""
    x, back, edge = values["input"], values["grad_output"], values["padding"]
    padded = np.pad(x, [(0, 0), (0, 0), (edge, edge), (edge, edge)])
    found = np.zeros_like(padded)
    for (row, column), (rows, columns) in _windows(values):
        given = spread(padded[:, :, rows, columns], back[:, :, row, column, None, None])
        before = found[:, :, rows, columns]
        found[:, :, rows, columns] = np.where(np.isnan(given), before, given + before * add)
    return found[:, :, edge : edge + x.shape[2], edge : edge + x.shape[3]]


def _windows(values: Values) -> Iterator[tuple[tuple[int, int], tuple[slice, slice]]]:
    sizes = values["window_height"], values["window_width"]
    steps = (values["stride"] or size for size in sizes)
    height, width = steps
    for row, column in product(*(range(n) for n in values["grad_output"].shape[2:])):
        top, left = row * height, column * width
        yield (row, column), (slice(top, top + sizes[0]), slice(left, left + sizes[1]))


def shared_slips(output: Callable[[Values], Numbers]) -> tuple[CodeSlip, ...]:
    """Those of every pooling."""

    def but(change: Callable[[Values], dict[str, Any]]) -> Callable[[Values], Numbers]:
        return lambda values: output({**values, **change(values)})

    return (
        CodeSlip(
            "stride-is-window",
            "it steps by the size of the window: the stride is another number",
            but(lambda _values: {"stride": None}),
        ),
        CodeSlip("stride-left-out", "the stride is not used", but(lambda _values: {"stride": 1})),
        CodeSlip(
            "window-exchanged",
            "height and width of the window are exchanged",
            but(lambda values: {"window_height": values["window_width"], "window_width": values["window_height"]}),
        ),
        CodeSlip(
            "square-window",
            "the window's height is taken for its width",
            but(lambda values: {"window_width": values["window_height"]}),
        ),
        CodeSlip("padding-left-out", "the padding is not used", but(lambda _values: {"padding": 0})),
        CodeSlip(
            "one-too-few",
            "the last row and column are missing: the output has one place more",
            lambda values: output(values)[:, :, :-1, :-1],
        ),
        CodeSlip(
            "one-too-many",
            "the output has one row and column too many, left at 0",
            lambda values: np.pad(output(values), [(0, 0), (0, 0), (0, 1), (0, 1)]),
        ),
        CodeSlip(
            "across-channels",
            "every channel has the result of the first",
            lambda values: np.repeat(output(values)[:, :1], values["input"].shape[1], axis=1),
        ),
        CodeSlip(
            "transposed-result", "rows and columns are exchanged", lambda values: np.swapaxes(output(values), -1, -2)
        ),
    )
