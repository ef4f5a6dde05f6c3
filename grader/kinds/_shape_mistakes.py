"""Mistakes in working out the shape behind a layer with a window."""

from __future__ import annotations

from typing import Protocol

from grader.answers.values import Shape
from grader.kinds._arrays import Padding, one_sided
from grader.kinds._layout import Layout, in_other_order
from grader.kinds._slips import Mistake


class Changed(Protocol):
    """Works out the shape with some of the layer's values changed."""

    def __call__(self, **changed: object) -> Shape:
        """The shape; an `EngineError` where nothing fits."""


def window_mistakes(changed: Changed, padding: Padding, axes: int) -> tuple[Mistake, ...]:
    """What goes wrong with any window over `axes` spatial axes."""
    return (
        (
            "padding-once",
            "the padding was counted once: it lies on both sides",
            lambda: changed(padding=one_sided(padding, axes)),
        ),
        ("padding-left-out", "the padding was left out", lambda: changed(padding=0)),
        ("stride-left-out", "the stride was left out", lambda: changed(stride=1)),
    )


def other_order(extents: tuple[int, ...], layout: Layout) -> Mistake:
    """The right extents in the other order in use."""
    said = "look at the order of the axes"
    return "other-axis-order", said, lambda: Shape(in_other_order(extents, layout))


def conv_mistakes(changed: Changed, padding: Padding, axes: int, in_channels: int) -> tuple[Mistake, ...]:
    """What goes wrong with a convolution."""
    return (
        *window_mistakes(changed, padding, axes),
        ("dilation-left-out", "the dilation was left out", lambda: changed(dilation=1)),
        (
            "channels-kept",
            "the channels of the input were kept: each filter makes one channel",
            lambda: changed(out_channels=in_channels),
        ),
    )
