"""Blocks + the outline of the assignment -> an Answer for each part.

Where a cell's metadata or an answer sheet names the part, that settles it; else the numbering of the submission is
aligned with the sheet's, and within a place the words and symbols before a value tell which part it answers.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.answers.prose.extract import claims
from grader.answers.view import View
from grader.locate.answer import Answer, Candidate
from grader.locate.lines import at_numbers
from grader.locate.outline import Outline, Path, outline
from grader.locate.pick import STATED_AS_NAMED, defined_in, passage, pick, whole
from grader.locate.regions import Visit, regions
from grader.locate.said import Asked, Defined
from grader.model import Block, BlockKind
from grader.problems import Assignment, Part, label_of

__all__ = ["Answer", "Candidate", "alone", "locate"]

_MARKED = re.compile(r"\A\s*#\s*part\s*:\s*(?P<part>[\w.\-]+)", re.IGNORECASE)
_WITHIN = "its label stands within another answer, and what belongs to it is not certain"
_NOT_LABELLED = "its number is nowhere in the submission; something stands under {place} that may answer it"


def locate(
    assignment: Assignment, blocks: tuple[Block, ...], views: Mapping[str, View[Any]]
) -> tuple[dict[str, Answer], tuple[str, ...]]:
    """The answer to each part, in order, and notes on what could not be placed.

    A part that asks for code has none in the text, unless that names it: its code is run, and not read.
    """
    sheet = outline(assignment)
    asked = {part.id: Asked(part, views[part.id]) for part in assignment.parts}
    named, free = _named(blocks)
    answers, notes = _explicit(asked, named)
    rest = [one for one in asked.values() if one.part.id not in answers]
    answers |= _by_numbering(sheet, [one for one in rest if not one.part.spec.run], free)
    answers |= {one.part.id: _lost(one.part, None) for one in rest if one.part.spec.run}
    answers, more = _misspelt(answers, named, asked)
    return {part.id: answers[part.id] for part in assignment.parts}, (*notes, *more)


# --- parts that are named outright


def _named(blocks: Sequence[Block]) -> tuple[dict[str, list[Block]], tuple[Block, ...]]:
    """Blocks by the part that they name, and the blocks that name none."""
    named: dict[str, list[Block]] = {}
    free: list[Block] = []
    for block in blocks:
        marked = _MARKED.match(block.text) if block.kind is BlockKind.CODE else None
        part = block.part or (marked["part"] if marked else None)
        if part is None:
            free.append(block)
        else:
            named.setdefault(part, []).append(block)
    return named, tuple(free)


def _explicit(
    asked: Mapping[str, Asked], named: Mapping[str, list[Block]]
) -> tuple[dict[str, Answer], tuple[str, ...]]:
    answers: dict[str, Answer] = {}
    for part_id, blocks in named.items():
        if part_id in asked:
            answers[part_id] = alone(asked[part_id].part, asked[part_id].view, blocks)
            continue
        for answer in pick(_below(asked, part_id), [Visit(tuple(blocks), f"named as part {part_id}", certain=True)]):
            answers[answer.part.id] = answer
    return answers, ()


def _below(asked: Mapping[str, Asked], place: str) -> list[Asked]:
    """The parts at the place called `place`: `3b` for 3b.filter and 3b.shape."""
    label = label_of(place)
    return [one for key, one in asked.items() if key.startswith(f"{place}.") or (label and one.part.label == label)]


def alone(part: Part, view: View[Any], blocks: Sequence[Block]) -> Answer:
    """The answer to `part` in blocks that hold nothing else: an entry of a sheet, a cell that names its part."""
    one = Asked(part, view, alone=True)
    entries = [block for block in blocks if block.kind is BlockKind.ANSWER]
    within = tuple(block for block in blocks if block.kind is not BlockKind.ANSWER)
    if not entries:
        return pick([one], [Visit(within, "the part named by its cell", certain=True)])[0]
    answer = _of_entry(one, entries[-1], within)
    if len({block.text.strip() for block in entries}) > 1:
        return replace(answer, doubt=f"the sheet holds {len(entries)} different entries for it")
    return answer


def _of_entry(one: Asked, entry: Block, within: tuple[Block, ...]) -> Answer:
    """An entry as a whole where it is one paragraph, and can be read so; else what its lines say, as in a document."""
    answer = whole(one.part, one.view, entry)
    stated = answer.candidates and answer.candidates[0].claim.text == _bare(entry) and answer.candidates[0].claim.marked
    if not within or (len(within) == 1 and stated):
        return answer
    inner = pick([one], [Visit(within, answer.located_by, certain=True)])[0]
    return inner if inner.candidates or not answer.candidates else answer


def _bare(entry: Block) -> str:
    return claims([entry])[0].text


def _misspelt(
    answers: dict[str, Answer], named: Mapping[str, list[Block]], asked: Mapping[str, Asked]
) -> tuple[dict[str, Answer], list[str]]:
    """A note for each id that is no part's; the part that it may mean is for a person, never silently missing."""
    notes: list[str] = []
    for part_id, blocks in named.items():
        if part_id in asked or _below(asked, part_id):
            continue
        empty = [key for key, answer in answers.items() if not answer.candidates and not answer.passage]
        close = difflib.get_close_matches(part_id, empty, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        notes.append(f"{blocks[0].where}: {part_id!r} is no part of the assignment{hint}")
        if close:
            doubt = f"an entry is called {part_id!r}, which is no part; it may be meant for this one"
            text = "\n".join(block.text for block in blocks)
            answers[close[0]] = replace(answers[close[0]], passage=text, where=blocks[0].where, unread=doubt)
    return answers, notes


# --- parts found by numbering


def _by_numbering(sheet: Outline, asked: Sequence[Asked], blocks: tuple[Block, ...]) -> dict[str, Answer]:
    found = regions(sheet, at_numbers(sheet, blocks))
    by_place: dict[Path, list[Asked]] = {}
    for one in asked:
        by_place.setdefault(one.part.label, []).append(one)
    answers: dict[str, Answer] = {}
    known: dict[str, Defined] = {}
    for place, ones in by_place.items():
        problem = place[0] if place else ""
        earlier = known.get(problem, ())
        located = pick(ones, found[place], earlier) if place in found else _unlabelled(place, ones, found)
        known[problem] = (*earlier, *defined_in(found.get(place, ())))
        answers |= {answer.part.id: answer for answer in located}
    return answers


def _unlabelled(place: Path, asked: Sequence[Asked], found: Mapping[Path, Sequence[Visit]]) -> list[Answer]:
    """Parts whose own label is not in the submission: by name under the place above, else missing or for a person."""
    above = next((place[:depth] for depth in range(len(place) - 1, -1, -1) if place[:depth] in found), None)
    near = _within_another(place, found)
    if above is None or (above == () and len(found) > 1):
        return [_lost(one.part, near) for one in asked]
    siblings_seen = any(path[: len(above)] == above and path != above for path in found)
    answers: list[Answer] = []
    for answer in pick(asked, found[above]):
        stated = tuple(candidate for candidate in answer.candidates if candidate.rank == STATED_AS_NAMED)
        if stated:
            answers.append(replace(answer, candidates=stated, certain=False))
        elif near or siblings_seen or not passage(found[above]):
            answers.append(_lost(answer.part, near))
        else:
            reason = _NOT_LABELLED.format(place=f"({'.'.join(above)})" if above else "no number")
            answers.append(replace(answer, candidates=(), certain=False, unread=answer.passage and reason))
    return answers


def _lost(part: Part, near: Block | None) -> Answer:
    """The answer to a part whose label is nowhere, or only within the text of another answer, `near`."""
    if near is None:
        return Answer(part, (), "", certain=True)
    return Answer(part, (), "", certain=False, passage=near.text, where=near.where, unread=_WITHIN)


def _within_another(place: Path, found: Mapping[Path, Sequence[Visit]]) -> Block | None:
    """The block of a neighbouring place in whose text the label of `place` stands: `... and ii) 36`."""
    label = re.compile(rf"(?<![\w.]){re.escape(place[-1])}[.)](?=\s)") if place and place[-1].isalpha() else None
    near = (block for path, visits in found.items() if path and path[:-1] == place[:-1] for block in passage(visits))
    return next((block for block in near if label and label.search(block.text)), None)
