"""Sums over a sliding window without weights, and their adjoint. Arrays have any leading axes."""

from __future__ import annotations

from typing import Any

from grader.engine.arrays.backend import Array
from grader.engine.geometry.window import Window


def sum_over_taps(xp: Any, x: Array, window: Window) -> Array:
    """(..., *size) to (..., *output): each place's sum, the padding as zeros."""
    padded = window.pad(xp, x)
    total: Array = xp.zeros((*window.lead(x.shape), *window.output), dtype=x.dtype)
    for _, region in window.taps():
        total += padded[region]
    return total


def spread_over_taps(xp: Any, y: Array, window: Window) -> Array:
    """(..., *output) to (..., *size): each entry is added to every input entry of its place."""
    canvas: Array = xp.zeros((*window.lead(y.shape), *window.padded), dtype=y.dtype)
    for _, region in window.taps():
        canvas[region] += y
    return canvas[window.inner]
