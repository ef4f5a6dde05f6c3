"""The shape behind the last layer of a chain: a cell of a table of layers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader.answers.values import Shape
from grader.answers.views.shape import ShapeView
from grader.kinds import Kind, Slip
from grader.kinds._layout import in_words
from grader.kinds._network import Network
from grader.kinds._shape_mistakes import conv_mistakes, window_mistakes
from grader.kinds._slips import slips


class LayerShape(Network):
    """A chain of layers; what is asked for is the shape behind the last, or the input where there is none."""

    singletons: bool = False
    """Whether a vector may be written with axes of extent 1: ``1 x 1 x 10`` for ``10``."""


def _view(given: LayerShape) -> ShapeView:
    return ShapeView(in_words(given.layout), singletons=given.singletons and len(given.shapes()[-1]) == 1)


def _reference(given: LayerShape) -> Shape:
    return Shape(given.written(given.shapes()[-1]))


def _slips(given: LayerShape) -> tuple[Slip, ...]:
    if not given.layers:
        return ()
    layer, before = given.layers[-1], given.shapes()[-2]
    stated = layer.conv or layer.pool
    if stated is None:
        return ()

    def changed(**values: Any) -> Shape:
        return Shape(given.written(replace(layer.operation, **values).shape(before)))

    axes = len(before) - 1
    if layer.conv:
        mistakes = conv_mistakes(changed, stated.padding, axes, before[0])
    else:
        mistakes = window_mistakes(changed, stated.padding, axes)
    return slips(_reference(given), *mistakes)


KIND = Kind(
    LayerShape,
    _view,
    _reference,
    slips=_slips,
    names=("output dimension", "output shape", "output size", "dimension", "shape", "size"),
)
