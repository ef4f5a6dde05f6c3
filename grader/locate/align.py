"""Which numbering of the submission is which of the assignment's: the cheapest way to walk through the sheet.

A label such as (a) may be the next question, a question repeated further down with its answer, an item of a list within
an answer, or a damaged label. Each reading has a cost; a beam search keeps the cheapest walks. Costs are orders of
plausibility, not probabilities: 0 goes on as the sheet does, 1 is one oddity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from grader.locate.labels import Label, follows, opens
from grader.locate.outline import Outline, Path

BEAM = 12
SLACK = 1.5
"""A walk that is this much less hopeful than the best is given up."""

AGAIN = 0.1
"""The same label once more: the question, then its answer."""
WEAK = 0.2
"""A bare number taken as numbering."""
LIST_ITEM = 0.1
LIST_OPENS = 0.4
STRAY = 0.5
"""A label that is none of the sheet's: an item of a list in an answer, a number in brackets."""
BEYOND = 0.05
"""The sheet's own numbering goes on to questions that are not graded."""
BEYOND_GAP = 0.3
OUTSIDE = 0.02
"""Whatever stands within such a question."""
OUTSIDE_FITS = 0.3
"""A label within such a question that would be the sheet's next one."""
RESTART = 0.5
"""Back to the first label of the same level: questions first, then answers."""
BACK = 1.0
BACK_FAR = 1.5
LOST_LABEL = 1.0
"""A question whose own label is lost, known by its first sub-label."""
DAMAGED = 0.8
"""A label that fits nowhere, standing where exactly one label is missing."""
SKIPPED = 0.6
"""A place that is never reached."""
LIKENESS = 0.8
"""What a likeness of 1 between the text and a statement is worth."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that may tell where in the sheet we are: a label, or a text like a statement."""

    block: int
    label: Label | None
    likeness: Mapping[Path, float]
    """How much the text behind it is like each place's statement, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one sign was taken for."""

    sign: Sign
    path: Path | None
    """The place that begins here; None where the sign changes nothing."""
    outside: bool = False
    """Whether a question begins that the assignment does not hold."""
    certain: bool = True
    how: str = ""


@dataclass(frozen=True, slots=True)
class _Walk:
    """One way to read the signs so far."""

    cost: float = 0.0
    path: Path = ()
    outside: bool = False
    visited: frozenset[Path] = frozenset()
    lists: Mapping[str, str] = field(default_factory=dict)
    """The last label of each style that was taken for an item of a list."""
    sheet: Mapping[str, tuple[str, Path]] = field(default_factory=dict)
    """The last label of each style that was taken for the sheet's, and its parent."""
    last: Step | None = None
    before: _Walk | None = None

    def steps(self) -> list[Step]:
        """What each sign was taken for, in order."""
        found: list[Step] = []
        walk: _Walk | None = self
        while walk and walk.last:
            found.append(walk.last)
            walk = walk.before
        return found[::-1]


def align(outline: Outline, signs: list[Sign]) -> tuple[Step, ...]:
    """What each of `signs` is, in order."""
    walks = [_Walk()]
    for sign in signs:
        grown = [after for walk in walks for after in _readings(outline, walk, sign)]
        walks = _cheapest(outline, grown)
    best = min(walks, key=lambda walk: walk.cost + SKIPPED * _unvisited(outline, walk))
    return tuple(best.steps())


def _unvisited(outline: Outline, walk: _Walk) -> int:
    """How many places with parts `walk` has not been at."""
    return len(outline.after[()] - walk.visited)


def _cheapest(outline: Outline, walks: list[_Walk]) -> list[_Walk]:
    """The most hopeful walks, one for each state that matters for what comes.

    What has not been visited counts half, before and behind: a walk that goes straight to the third problem, the only
    one that was handed in, is not given up for what it leaves out, which the others may not find either.
    """
    hopes = sorted(((walk.cost + SKIPPED / 2 * _unvisited(outline, walk), i) for i, walk in enumerate(walks)))
    best: dict[object, _Walk] = {}
    for hope, i in hopes:
        if hope > hopes[0][0] + SLACK or len(best) == BEAM:
            break
        walk = walks[i]
        best.setdefault((walk.path, walk.outside, walk.visited, tuple(sorted(walk.lists.items()))), walk)
    return list(best.values())


def _readings(outline: Outline, walk: _Walk, sign: Sign) -> Iterator[_Walk]:
    """Every way to go on from `walk` at `sign`."""
    likely = max(sign.likeness.values(), default=0.0)
    if sign.label is None:
        yield replace(walk, cost=walk.cost + LIKENESS * likely, last=Step(sign, None), before=walk)
        for path, likeness in sign.likeness.items():
            if outline.order(path) > outline.order(walk.path):
                cost = _move_cost(outline, walk, path, path) + LIKENESS * (likely - likeness)
                yield _moved(walk, sign, path, cost, certain=True, how="the text of the question")
        return
    yield from _strays(outline, walk, sign, sign.label)
    for path in outline.ending(sign.label.tokens):
        cost = _move_cost(outline, walk, path, path[: -len(sign.label.tokens)])
        cost += (WEAK if sign.label.weak else 0.0) - LIKENESS * sign.likeness.get(path, 0.0)
        lost = not _within(walk.path, path[: -len(sign.label.tokens)])
        certain = not lost or sign.likeness.get(path, 0.0) > 0
        yield _moved(walk, sign, path, cost, certain=certain, how=f"label {sign.label.text}")
    yield from _damaged(outline, walk, sign, sign.label)


def _within(path: Path, parent: Path) -> bool:
    return path[: len(parent)] == parent


def _move_cost(outline: Outline, walk: _Walk, target: Path, parent: Path) -> float:
    """What it costs to take a sign for `target`, whose label leaves `parent` unsaid."""
    here, there = outline.order(walk.path), outline.order(target)
    natural = _within(walk.path, parent)
    cost = 0.0 if natural else LOST_LABEL
    if walk.outside and not (natural and there > here):
        cost += BACK_FAR
    if there == here:
        return cost + AGAIN
    if there > here:
        return cost
    if not parent and target[:1] != walk.path[:1]:
        return cost + BACK_FAR
    return cost + (RESTART if target in outline.firsts and natural else BACK)


def _moved(walk: _Walk, sign: Sign, path: Path, cost: float, *, certain: bool, how: str) -> _Walk:
    sheet = dict(walk.sheet)
    if sign.label:
        sheet[sign.label.style] = (sign.label.tokens[-1], path[:-1])
    lists = {k: v for k, v in walk.lists.items() if sign.label and k != sign.label.style}
    step = Step(sign, path, certain=certain, how=how)
    return _Walk(walk.cost + cost, path, False, walk.visited | {path}, lists, sheet, step, walk)


def _strays(outline: Outline, walk: _Walk, sign: Sign, label: Label) -> Iterator[_Walk]:
    """The sign is none of the sheet's: an item of a list, or a question that is not graded."""
    last = label.tokens[-1]
    likely = LIKENESS * max(sign.likeness.values(), default=0.0)
    if walk.outside:
        cost = _outside_cost(outline, walk, label)
        lists = {**walk.lists, label.style: last} if label.style in walk.lists else walk.lists
        yield replace(walk, cost=walk.cost + cost + likely, lists=lists, last=Step(sign, None), before=walk)
        return
    before = walk.lists.get(label.style)
    opening = opens(last) and label.style not in walk.sheet
    cost = LIST_ITEM if label.weak or (before and follows(last, before)) else LIST_OPENS if opening else STRAY
    step = Step(sign, None)
    yield replace(walk, cost=walk.cost + cost + likely, lists={**walk.lists, label.style: last}, last=step, before=walk)
    beyond = _beyond(outline, walk, label)
    if beyond is not None:
        step = Step(sign, None, outside=True)
        lists = {label.style: last}
        yield replace(walk, cost=walk.cost + beyond + likely, outside=True, lists=lists, last=step, before=walk)


def _outside_cost(outline: Outline, walk: _Walk, label: Label) -> float:
    """What it costs that `label` still belongs to a question that is not graded."""
    before = walk.lists.get(label.style)
    if before and not follows(label.tokens[-1], before):
        return STRAY
    return OUTSIDE_FITS if _next_label(outline, walk.path) == label.tokens else OUTSIDE


def _next_label(outline: Outline, path: Path) -> Path:
    """The label that follows `path` on the sheet, as it would be written there."""
    later = [place for place in outline.places if outline.order(place) > outline.order(path)]
    return later[0][-1:] if later else ()


def _beyond(outline: Outline, walk: _Walk, label: Label) -> float | None:
    """What it costs to take `label` for a question that is not in the assignment; None where it cannot be one."""
    if label.weak:
        return None
    if label.named and not outline.ending(label.tokens):
        return BEYOND
    before = walk.sheet.get(label.style)
    numbers = [(last, parent) for last, parent in walk.sheet.values() if last.isdigit() and not parent]
    last = label.tokens[-1]
    if before and len(label.tokens) == 1 and follows(last, before[0]) and (*before[1], last) not in outline.places:
        return BEYOND_GAP if before[1] else BEYOND
    if last.isdigit() and len(label.tokens) == 1 and numbers and (last,) not in outline.places:
        return BEYOND_GAP if int(last) > max(int(n) for n, _ in numbers) else None
    return None


def _damaged(outline: Outline, walk: _Walk, sign: Sign, label: Label) -> Iterator[_Walk]:
    """The sign stands for the next place of its level, whose label it should be."""
    if len(label.tokens) != 1 or not label.style.startswith("(") or walk.outside or len(walk.path) < 2:
        return
    level = [p for p in outline.places if p[:-1] == walk.path[:-1] and outline.order(p) > outline.order(walk.path)]
    if level and level[0] not in walk.visited and level[0][-1] != label.tokens[-1]:
        how = f"label {label.text}, taken for ({level[0][-1]}), which is missing here"
        cost = DAMAGED + _move_cost(outline, walk, level[0], level[0][:-1])
        yield _moved(walk, sign, level[0], cost, certain=False, how=how)
