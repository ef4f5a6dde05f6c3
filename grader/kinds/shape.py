"""A shape that the problem states itself, extent by extent."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from grader.answers.values import Shape
from grader.answers.views.shape import ShapeView
from grader.kinds import Given, Kind
from grader.kinds._closed import ClosedExtent

Stated = Annotated[tuple[ClosedExtent, ...], Field(min_length=1)]


class ShapeGiven(Given):
    """A shape."""

    shape: Stated
    """Its extents: integers, or closed expressions such as ``"floor((21 - 4)/4) + 1"``."""
    layout: str = ""
    """The order of the axes in words, where the statement fixes one: ``height x width x channels``."""
    also: tuple[Stated, ...] = ()
    """Other shapes that are right, where the statement fixes no order."""
    singletons: bool = False
    """Whether axes of extent 1 more or less are accepted."""


KIND = Kind(
    ShapeGiven,
    lambda given: ShapeView(given.layout, given.also, given.singletons),
    lambda given: Shape(given.shape),
    names=("output dimension", "output shape", "output size", "dimension", "dimensionality", "shape", "size"),
)
