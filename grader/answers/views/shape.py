"""A shape: extents in order. `28x28x10` is not `10x28x28`, and never 7,840."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.answers.claims import Claim
from grader.answers.formulas.chain import closed
from grader.answers.formulas.evaluate import Exact
from grader.answers.formulas.units import without_counted
from grader.answers.shapes.axes import both_orders, named, worded
from grader.answers.shapes.extents import extents, worked_out
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Binary, Name, Node, Num
from grader.answers.syntax.unread import Unread
from grader.answers.values import Shape
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import CROSS, Notation
from grader.model import Verdict

OTHER_LAYOUT_CREDIT = 0.5
_ORDER_BEHIND = re.compile(
    r"\s{0,3}\(\s{0,3}[NBCHWDL](?:\s{0,3}(?:[x×,*]|\\times)?\s{0,3}[NBCHWDL]){1,4}\s{0,3}\)[\s.$]{0,3}\Z"
)
"""The order of the axes, said behind a shape: `28x28x10 (HxWxC)`."""
_BATCH = frozenset({"n", "b", "batch", "none", "m"})


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
            said = worded(claim)
            tree = parse(said or without_counted(_ORDER_BEHIND.sub("", claim.text)))
            shape = self._shape(tree)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        if said:
            shape = Shape(shape.extents, (_channels_first(shape.extents),))
        return Reading(shape, apt=len(shape.extents) > 1)

    def _shape(self, tree: Node) -> Shape:
        axes = named(tree)
        if axes and axes.keys() != {"length"}:
            return self._of_axes(axes)
        nodes = extents(tree)
        if self.singletons and len(nodes) > 2 and isinstance(nodes[0], Name) and nodes[0].base.lower() in _BATCH:
            nodes = nodes[1:]
        others = [_whole((total,)) for total in (worked_out(tree),) if total is not None]
        return Shape(_whole(nodes), (*others, *_squares(nodes)))

    def _of_axes(self, axes: Mapping[str, Node]) -> Shape:
        """A shape by one equation for each axis, which may stand in any order."""
        wanted = len(self.layout.split(" x ")) if self.layout else len(self.also[0]) if self.also else 0
        if len(axes) < max(2, wanted):
            raise Unread("axis-missing", "not every axis of the shape is named")
        if 0 <= self.layout.find("width") < self.layout.find("height") and {"width", "height"} <= axes.keys():
            axes = {**axes, "height": axes["width"], "width": axes["height"]}
        extents, *others = map(_whole, both_orders(axes))
        return Shape(extents, tuple(others))

    def likely(self, value: Shape, reference: Shape) -> bool:
        """Whether it has as many axes."""
        return any(len(extents) == len(reference.extents) for extents in (value.extents, *value.others))

    def compare(self, value: Shape, reference: Shape) -> Comparison:
        """Right in the declared order; channels at the other end are another layout."""
        right = {reference.extents, *self.also}
        stated = (value.extents, *value.others)
        if right.intersection(stated):
            return CORRECT
        if self.singletons and {_squeezed(shape) for shape in stated} & {_squeezed(extents) for extents in right}:
            return CORRECT
        if any(_is_other_layout(value.extents, extents, self.layout) for extents in right):
            order = f"; the statement uses {self.layout}" if self.layout else ""
            reason = f"the extents of {self.render(value)} are right and stand in another order{order}"
            return Comparison(Verdict.PARTIAL, OTHER_LAYOUT_CREDIT, reason)
        got = next((shape for shape in stated if len(shape) == len(reference.extents)), value.extents)
        return Comparison(Verdict.INCORRECT, 0.0, self._difference(got, reference.extents))

    def _difference(self, got: tuple[int, ...], want: tuple[int, ...]) -> str:
        if len(got) != len(want):
            return f"{_times(got)} has {_axes(len(got))}; the shape asked for has {_axes(len(want))}"
        wrong = [str(axis + 1) for axis, (a, b) in enumerate(zip(got, want, strict=True)) if a != b]
        return f"{_times(got)} is wrong in axis {', '.join(wrong)}"

    def render(self, value: Shape, notation: Notation = Notation.ASCII) -> str:
        """Extents with a cross between them; in Python, and where there is a single one, as a tuple."""
        if len(value.extents) > 1 and notation in CROSS:
            return CROSS[notation].join(map(str, value.extents))
        return f"({', '.join(map(str, value.extents))})"


def _whole(nodes: tuple[Node, ...]) -> tuple[int, ...]:
    """The extents that `nodes` are.

    Raises:
        Unread: one of them is no whole number.
    """
    evaluator = Exact()
    values = [closed(node, evaluator) for node in nodes]
    if any(value is None or value.denominator != 1 for value in values):
        raise Unread("not-a-shape", "an extent is not a whole number")
    if any(value is not None and value < 0 for value in values):
        raise Unread("not-a-shape", "an extent below 0; a dash may set extents apart")
    return tuple(int(value) for value in values if value is not None)


def _squares(nodes: tuple[Node, ...]) -> Iterator[tuple[int, ...]]:
    """`28^2 x 10` written out, as it is meant where three axes are asked for."""
    written: list[Node] = []
    for node in nodes:
        match node:
            case Binary("^", base, Num(power)) if power in {2, 3}:
                written += [base] * int(power)
            case _:
                written.append(node)
    if len(written) > len(nodes) > 1:
        yield _whole(tuple(written))


def _channels_first(extents: tuple[int, ...]) -> tuple[int, ...]:
    return (extents[-1], *extents[:-1])


def _channels_last(extents: tuple[int, ...]) -> tuple[int, ...]:
    return (*extents[1:], extents[0])


def _times(extents: tuple[int, ...]) -> str:
    return " x ".join(map(str, extents))


def _axes(count: int) -> str:
    return "1 axis" if count == 1 else f"{count} axes"


def _squeezed(extents: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(extent for extent in extents if extent != 1)


def _is_other_layout(got: tuple[int, ...], want: tuple[int, ...], layout: str) -> bool:
    """Whether the channels stand at the other end, behind the batch if there is one: CHW for HWC, NHWC for NCHW."""
    words = layout.split(" x ") if layout else []
    batched = words[0] == "batch" if words else len(want) == 4 and got[:1] == want[:1]
    if batched:
        return got[:1] == want[:1] and _is_other_layout(got[1:], want[1:], " x ".join(words[1:]))
    if len(got) != len(want) or len(got) < 3:
        return False
    ends = {"channels": _channels_first, "depth": _channels_first}
    if words and words[-1] in ends:
        return got == _channels_first(want)
    if words and words[0] in ends:
        return got == _channels_last(want)
    return got in {_channels_first(want), _channels_last(want)}
