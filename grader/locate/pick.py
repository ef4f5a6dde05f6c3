"""Within one place of the sheet: which of the things that are said there answers which part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from grader.answers.claims import Claim
from grader.answers.prose.definitions import may_define, plainly_defined
from grader.answers.prose.extract import MAX_BLOCK, claims
from grader.answers.prose.repair import repaired
from grader.answers.view import Reading, View
from grader.locate.answer import Answer, Candidate, Missed
from grader.locate.blank import is_blank, is_placeholder
from grader.locate.boxes import ticked
from grader.locate.regions import Visit
from grader.locate.said import Asked, Defined, Said, contests, is_apt, is_named, is_total, takes_the_rest, what_is_said
from grader.locate.statements import without_questions
from grader.locate.tables import IN_LINE, Cell, cells
from grader.model import Block, BlockKind, Where
from grader.problems import Part

_DASHES = frozenset({"-", "–", "—", "--"})
_SAYS = re.compile(r"[-+*/^=<>×·−≤≥∑√]|\d\s+and\s+\d|\\[A-Za-z]{2,}.*[\s{]|\d\s*x\s*\d")
"""What a statement holds that is more than a name: a sign, a command with something behind it."""
_NO_STATEMENT = re.compile(
    r"\\(?:text\w*|mbox|mathrm)\s*\{[^{}]*\}|.*(?:\\in(?![A-Za-z])|∈)\s*(?:\\mathb\w+\s*\{?\s*R|\\?R\b|ℝ).*", re.DOTALL
)
"""Words, and what a thing is an element of: that says its shape."""
STATED_AS_NAMED, STATED, ASIDE, MENTIONED = 3, 2, 1, 0


def pick(asked: Sequence[Asked], visits: Sequence[Visit], known: Defined = ()) -> list[Answer]:
    """An answer for each of the parts that share a place; `known` is what the student defined before it."""
    tabled = [one for one in asked if one.part.group and one.part.row is not None and not one.alone]
    listed = [one for one in asked if one.part.spec.reads_passage]
    others = [one for one in asked if one not in tabled and one not in listed]
    passages = [passage([visit]) for visit in visits]
    said = what_is_said(others, passages, known)
    text = [block for blocks in passages for block in blocks]
    found_at = (_how(visits), _certain(visits))
    answers = [_complete(_answer(one, others, said, *found_at), one, said, text) for one in others]
    answers += [_complete(_of_passage(one, text, *found_at), one, [], text) for one in listed]
    blocks = [block for visit in visits for block in visit.blocks]
    found = cells([one.part for one in tabled], blocks, _reader(tabled)) if tabled else {}
    return answers + [_cell_answer(one, found[one.part.id], blocks, visits) for one in tabled]


def passage(visits: Iterable[Visit]) -> list[Block]:
    """The blocks of `visits`, questions blanked out, what is empty left out."""
    cleared = [
        replace(block, text=without_questions(block.text))
        if block.kind in {BlockKind.TEXT, BlockKind.HEADING}
        else block
        for visit in visits
        for block in ticked(visit.blocks)
    ]
    return [block for block in cleared if not is_blank(block.text) or block.kind is BlockKind.IMAGE]


def defined_in(visits: Sequence[Visit]) -> Defined:
    """What is plainly defined at a place, for the places behind it."""
    passages = (passage([visit]) for visit in visits)
    return tuple(
        pair
        for blocks in passages
        if any(may_define(block.text) for block in blocks)
        for pair in plainly_defined(claims(blocks))
    )


# --- one part


def _answer(one: Asked, asked: Sequence[Asked], said: Sequence[Said], located_by: str, certain: bool) -> Answer:
    mine = [
        s
        for s in said
        if s.readings[one.part.id].value is not None
        and (not s.owned.parts or one.part.id in s.owned.parts or takes_the_rest(s, one))
    ]
    named = [s for s in mine if one.part.id in s.owned.parts]
    mine = [s for s in mine if s.owned.parts or not named or not is_total(s, named, one, said)]
    rivals = [other for other in asked if other is not one and not is_named(other, said)]
    doubt = ""
    if not named and len(asked) > 1:
        mine = [s for s in mine if is_apt(s, one) or not any(is_apt(s, rival) for rival in rivals)]
        own = [s for s in mine if not any(contests(s, one, rival) for rival in rivals)]
        if mine and not own:
            doubt = "it is not said which of the parts here it answers"
        mine = own or mine
    candidates = tuple(
        Candidate(s.claim, s.readings[one.part.id], _rank(s, one), s.visit, s.at, one.part.id in s.owned.parts)
        for s in mine
    )
    missed = tuple(
        Missed(s.claim.text, s.readings[one.part.id].reason, s.at, one.part.id in s.owned.parts)
        for s in said
        if _may_answer(s.claim, s.readings[one.part.id])
        and not s.foreign
        and (not s.owned.parts or one.part.id in s.owned.parts)
        and not _answers_another(s, one)
    )
    certain = certain and not any(one.part.id in s.guessed for s in mine)
    return Answer(one.part, candidates, located_by, certain, doubt=doubt, missed=missed)


def _answers_another(said: Said, one: Asked) -> bool:
    """Whether it stands under the name of several parts, and another of them can read it."""
    return any(said.readings[part].value is not None for part in said.owned.parts if part != one.part.id)


def _may_answer(claim: Claim, reading: Reading[Any]) -> bool:
    """Whether `claim` states something that could not be read, although it may be the answer."""
    if reading.value is not None or claim.rows or not claim.asserted or is_placeholder(claim.text):
        return False
    if claim.denied or claim.reason or claim.defines or claim.inside:
        return False
    said = _NO_STATEMENT.sub("", claim.text)
    return bool(_SAYS.search(said)) and bool(re.search(r"\w", said))


def _of_passage(one: Asked, blocks: Sequence[Block], located_by: str, certain: bool) -> Answer:
    """The answer that all of a place's text makes together."""
    whole_text = "\n".join(block.text for block in blocks)
    if not whole_text.strip():
        return Answer(one.part, (), located_by, certain)
    mended = repaired(whole_text)
    claim = Claim(mended.text, blocks[0].where, repairs=mended.repairs)
    reading = one.view.read(claim)
    if reading.value is None:
        return Answer(one.part, (), located_by, certain, unread=reading.reason)
    return Answer(one.part, (Candidate(claim, reading, STATED, 0),), located_by, certain)


def _rank(said: Said, one: Asked) -> int:
    named = one.part.id in said.owned.parts
    if not said.claim.asserted and not (named and said.owned.asserted):
        return ASIDE if named else MENTIONED
    if said.foreign:
        return ASIDE
    return STATED_AS_NAMED if named and said.owned.stated else STATED


def _complete(answer: Answer, one: Asked, said: Sequence[Said], blocks: Sequence[Block]) -> Answer:
    """`answer` with its passage, and with the reason where something stands there that could not be read."""
    text = "\n".join(block.text for block in blocks)
    own = [s for s in said if one.part.id in s.owned.parts]
    unread = next((s for s in (*reversed(own), *reversed(said)) if s.readings[one.part.id].reason), None)
    where = unread.claim.where if unread and own else blocks[-1].where if blocks else None
    if answer.candidates:
        return replace(answer, passage=text, where=where)
    shown = [s for s in own if not is_placeholder(s.claim.text)] or [
        s for s in said if not is_placeholder(s.claim.text)
    ]
    if not blocks or (said and not shown) or any(_is_template(s.claim, one) for s in said):
        return replace(answer, passage="", where=where)
    others_only = len(said) > 0 and all(s.owned.parts and one.part.id not in s.owned.parts for s in shown) and not own
    if others_only and all(block.kind is BlockKind.MATH for block in blocks):
        return replace(answer, passage="", where=where)
    longest = max((len(block.text) for block in blocks), default=0)
    if longest > MAX_BLOCK:
        reason = f"a paragraph of {longest} characters, where at most {MAX_BLOCK} are searched"
    else:
        reason = answer.unread or (unread.readings[one.part.id].reason if unread else "words only")
    return replace(answer, passage=text, where=where, unread=reason)


def _is_template(claim: Claim, one: Asked) -> bool:
    """Whether `claim` is a placeholder for this very sort of answer: `R^{a x b}` where a shape is asked for."""
    filled = re.sub(r"(?<![A-Za-z\\])[a-d?_](?![A-Za-z])", "2", re.split(r"=|\\in\b|∈", claim.text)[-1])
    return is_placeholder(claim.text) and one.view.read(replace(claim, text=filled)).value is not None


def _how(visits: Sequence[Visit]) -> str:
    return visits[-1].how if visits else ""


def _certain(visits: Sequence[Visit]) -> bool:
    return all(visit.certain for visit in visits)


# --- a cell of a table


def _cell_answer(one: Asked, found: Cell | str, blocks: list[Block], visits: Sequence[Visit]) -> Answer:
    if isinstance(found, str):
        tables = [block for block in blocks if block.kind is BlockKind.TABLE]
        shown = "\n".join(block.text for block in tables or blocks)
        where = blocks[0].where if blocks else None
        return Answer(one.part, (), _how(visits), _certain(visits), shown if found else "", where, unread=found)
    return cell_candidates(one, found, visits)


def _reader(tabled: Sequence[Asked]) -> Callable[[Part, str], int]:
    """How well a cell's text can be read as what a part of `tabled` asks for."""
    views = {one.part.id: one.view for one in tabled}

    def reads(part: Part, text: str) -> int:
        found = claims([Block(BlockKind.TEXT, text, Where("", 1))])
        readings = [views[part.id].read(claim) for claim in found]
        return max((1 + reading.apt for reading in readings if reading.value is not None), default=0)

    return reads


def cell_candidates(one: Asked, cell: Cell, visits: Sequence[Visit]) -> Answer:
    """The answer that stands in `cell`: the shape or number that it states, not the working beside it."""
    where = cell.block.row_at(cell.row)
    how = f"row {cell.row_name!r}, column {cell.column_name!r}"
    block = Block(BlockKind.TEXT, cell.text, where)
    certain = _certain(visits) and cell.column_name != IN_LINE
    readings = [(claim, one.view.read(claim)) for claim in claims([block])]
    readable = tuple(Candidate(claim, reading, STATED, 0) for claim, reading in readings if reading.value is not None)
    if cell.text.strip() in _DASHES:
        reason = "a dash may mean none, or not answered"
        return Answer(one.part, (), how, certain, cell.text, where, unread=reason)
    unread = "" if readable or is_blank(cell.text) else next((r.reason for _, r in readings), "words only")
    passed = "" if is_blank(cell.text) else cell.text
    return Answer(one.part, readable, how, certain, passed, where, unread=unread)


def whole(part: Part, view: View[Any], block: Block) -> Answer:
    """The answer that a block states outright: an entry of an answer sheet, a cell whose metadata names the part."""
    if part.spec.reads_passage:
        one = Asked(part, view, alone=True)
        said = [] if is_blank(block.text) else [block]
        return _complete(_of_passage(one, said, "the answer sheet", certain=True), one, [], said)
    found = [(claim, view.read(claim)) for claim in claims([block])]
    readable = tuple(
        Candidate(claim, reading, STATED if claim.asserted else MENTIONED, 0, at)
        for at, (claim, reading) in enumerate(found)
        if reading.value is not None
    )
    missed = tuple(
        Missed(claim.text, reading.reason, at, named=False)
        for at, (claim, reading) in enumerate(found)
        if _may_answer(claim, reading) and not (block.kind is BlockKind.ANSWER and at == 0)
    )
    if block.kind is BlockKind.ANSWER and readable and readable[0].claim is found[0][0] and found[0][0].marked:
        readable, missed = readable[:1], ()
    blank = is_blank(block.text) and block.kind is not BlockKind.IMAGE
    unread = "" if readable or blank else next((r.reason for _, r in found if r.reason), "words only")
    passed = "" if blank else block.text
    return Answer(part, readable, "the answer sheet", True, passed, block.where, unread=unread, missed=missed)
