"""Which stretch of the submission belongs to which place of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.locate.align import Sign, Step, align
from grader.locate.labels import labels
from grader.locate.outline import Outline, Path
from grader.locate.statements import Statements
from grader.model import Block, BlockKind

MAX_SIGNS = 600
"""Labels of one submission that are looked at; a homework has a few dozen."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One stretch of blocks that stands under one place; a place may be visited more than once."""

    blocks: tuple[Block, ...]
    how: str
    """How the place was recognised, in words."""
    certain: bool
    """Whether its label says so itself."""


def regions(outline: Outline, blocks: tuple[Block, ...]) -> Mapping[Path, tuple[Visit, ...]]:
    """The visits to each place, in the order of the text; the stretch before any label is the root's, `()`."""
    signs, rests = _signs(outline, blocks)
    by_block: dict[int, list[Step]] = {}
    for step in align(outline, signs):
        by_block.setdefault(step.sign.block, []).append(step)
    found: dict[Path, list[Visit]] = {}
    path: Path = ()
    how, certain, outside = "the beginning of the text", True, False
    gathered: list[Block] = []
    for number, block in enumerate(blocks):
        taken = 0
        for index, step in enumerate(by_block.get(number, ())):
            if step.path is None and not step.outside:
                taken = index + 1 if _is_item(step) else taken
                continue
            _close(found, path, gathered, how, certain=certain, outside=outside)
            gathered = []
            outside = step.outside
            path, how, certain = (step.path or path, step.how, step.certain)
            taken = index + 1 if step.sign.label else 0
        text = rests[number][taken - 1] if taken else block.text
        gathered.append(replace(block, text=text) if taken else block)
    _close(found, path, gathered, how, certain=certain, outside=outside)
    return {place: tuple(visits) for place, visits in found.items()}


def _is_item(step: Step) -> bool:
    """Whether the sign is the number of an item in a list, and no value by itself, nor a name such as `U: 3x3`."""
    label = step.sign.label
    return label is not None and not label.weak and bool(label.rest.strip()) and not label.style.endswith("letter:")


def _close(
    found: dict[Path, list[Visit]], path: Path, blocks: list[Block], how: str, *, certain: bool, outside: bool
) -> None:
    if blocks and not outside:
        found.setdefault(path, []).append(Visit(tuple(blocks), how, certain))


def _signs(outline: Outline, blocks: tuple[Block, ...]) -> tuple[list[Sign], dict[int, list[str]]]:
    """The signs in order, and for each block its text behind the first label, behind the second..."""
    statements = Statements.of(outline)
    signs: list[Sign] = []
    rests: dict[int, list[str]] = {}
    for number, block in enumerate(blocks):
        if len(signs) > MAX_SIGNS:
            break
        if block.kind not in {BlockKind.TEXT, BlockKind.HEADING, BlockKind.MATH}:
            continue
        likeness = statements.likeness(block.text) if block.kind is not BlockKind.MATH else {}
        found = labels(block)
        rests[number] = [label.rest for label in found]
        signs += [Sign(number, label, likeness if label is found[-1] else {}) for label in found]
        if not found and likeness:
            signs.append(Sign(number, None, likeness))
    return signs, rests
