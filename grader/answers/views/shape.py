"""A shape: extents in order. `28x28x10` is not `10x28x28`, and never 7,840."""

from __future__ import annotations

from dataclasses import dataclass

from grader.answers.chain import closed
from grader.answers.claims import Claim
from grader.answers.extents import extents
from grader.answers.parse import parse
from grader.answers.unread import Unread
from grader.answers.values import Shape
from grader.answers.view import CORRECT, Comparison, Reading
from grader.model import Verdict

OTHER_LAYOUT_CREDIT = 0.5


@dataclass(frozen=True)
class ShapeView:
    """Reads and compares shapes."""

    layout: str = ""
    """The order of the axes where the problem fixes one, in words for the reason: ``height x width x channels``."""
    also: tuple[tuple[int, ...], ...] = ()
    """Other shapes that are right, where the problem fixes no layout."""
    singletons: bool = False
    """Whether axes of extent 1 more or less (a batch of one) are accepted."""

    def read(self, claim: Claim) -> Reading[Shape]:
        """The shape that stands in the claim; its working beside it is left out."""
        try:
            nodes = extents(parse(claim.text))
            values = [closed(node) for node in nodes]
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        if any(value is None or value.denominator != 1 for value in values):
            return Reading(None, "not-a-shape", "an extent is not a whole number")
        shape = Shape(tuple(int(value) for value in values if value is not None))
        return Reading(shape, apt=len(shape.extents) > 1)

    def likely(self, value: Shape, reference: Shape) -> bool:
        """Whether it has as many axes."""
        return len(value.extents) == len(reference.extents)

    def compare(self, value: Shape, reference: Shape) -> Comparison:
        """Right in the declared order; a rotated order of the axes is another layout."""
        right = {reference.extents, *self.also}
        if value.extents in right:
            return CORRECT
        if self.singletons and _squeezed(value.extents) in {_squeezed(extents) for extents in right}:
            return CORRECT
        if any(_is_other_layout(value.extents, extents) for extents in right):
            order = f"; the statement uses {self.layout}" if self.layout else ""
            reason = f"the extents of {self.render(value)} are right and stand in another order{order}"
            return Comparison(Verdict.PARTIAL, OTHER_LAYOUT_CREDIT, reason)
        return Comparison(Verdict.INCORRECT, 0.0, self._difference(value.extents, reference.extents))

    def _difference(self, got: tuple[int, ...], want: tuple[int, ...]) -> str:
        if len(got) != len(want):
            return f"{_times(got)} has {_axes(len(got))}; the shape asked for has {_axes(len(want))}"
        wrong = [str(axis + 1) for axis, (a, b) in enumerate(zip(got, want, strict=True)) if a != b]
        return f"{_times(got)} is wrong in axis {', '.join(wrong)}"

    def render(self, value: Shape) -> str:
        """Extents with `x` between them; a single one as a tuple."""
        return _times(value.extents) if len(value.extents) > 1 else f"({value.extents[0]})"


def _times(extents: tuple[int, ...]) -> str:
    return " x ".join(map(str, extents))


def _axes(count: int) -> str:
    return "1 axis" if count == 1 else f"{count} axes"


def _squeezed(extents: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(extent for extent in extents if extent != 1)


def _is_other_layout(got: tuple[int, ...], want: tuple[int, ...]) -> bool:
    """Whether the axes are only rotated, as from height x width x channels to channels x height x width."""
    if len(got) != len(want) or len(got) < 3:
        return False
    return any(got == want[cut:] + want[:cut] for cut in range(1, len(want))) or _rotated_behind_batch(got, want)


def _rotated_behind_batch(got: tuple[int, ...], want: tuple[int, ...]) -> bool:
    """The same with a batch axis that stays in front: NHWC for NCHW."""
    return len(got) == 4 and got[0] == want[0] and _is_other_layout(got[1:], want[1:])
