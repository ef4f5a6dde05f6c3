"""Blocks -> claims: what a student says in a paragraph, a display formula, a table, a line of code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.answers.claims import Claim
from grader.answers.prose.definitions import is_definition, members, opens_definition, with_definitions
from grader.answers.prose.prose import Stretch, sentences, stretches
from grader.answers.prose.python_code import assigned, is_program, shown
from grader.answers.prose.repair import repaired
from grader.answers.prose.roles import NEAR, RELATION, RESULT, Role, is_cut, role
from grader.answers.prose.spaces import with_spaces
from grader.answers.prose.split import Piece, pieces, without_number
from grader.answers.prose.spoken import with_signs
from grader.answers.prose.trimming import trimmed, without_label
from grader.answers.prose.words import is_formula, is_sentence
from grader.answers.shapes.named_rows import with_named_rows
from grader.answers.shapes.single_entries import with_entries
from grader.answers.shapes.stacked import with_stacked
from grader.model import Block, BlockKind, Where

MAX_BLOCK = 6_000
"""Characters of one block; no answer is longer, and a longer one is left to a person."""

_LEADING = re.compile(
    r"(?:\s|&|\\therefore|∴|\\(?:Long)?[Rr]ightarrow|\\implies|\\because|⇒|⟹|=>|\\quad|\\qquad|\\boxed|\\[,;!:])+"
)
_NUMBER = r"[-+−]?(?:\d+(?:\.\d+)?|\.\d+)"
_NUMBER_ROW = re.compile(rf"[ \t]*{_NUMBER}(?:(?:[ \t]+(?:,[ \t]*)?|,[ \t]*){_NUMBER})+[ \t]*,?[ \t]*")
"""One line of a matrix typed as lines of numbers."""
_ESCAPED = re.compile(r"\\([*_#~])(?![A-Za-z]*\{)")
"""Markdown's own escapes: `3\\*3` is `3*3`."""
_AXIS = re.compile(
    r"\s*\$?\\?(?:text\{|mathrm\{)?(?:[WHCDN]|width|height|depth|channels?|batch)\}?(?:_\{?(?:\\?\w|[{}])+\}?)?'?\s*(?:=|:)",
    re.IGNORECASE,
)

_AXIS_BEFORE = re.compile(
    r"(?:\A|[\s*•-])(?P<axis>width|height|depth|channels|rows|columns)\W{0,4}?(?P<sign>:|=|\bis|\bare)?[\s*$]*\Z",
    re.IGNORECASE,
)
_CALLED = {"rows": "height", "columns": "width"}


def claims(blocks: Iterable[Block]) -> list[Claim]:
    """All that `blocks` say, in order.

    A formula that begins with `=` goes on from the one before it; the sentence that leads to a formula or a table is
    the words before it. Equations that name the axes of one shape are said together as well.
    """
    found: list[Claim] = []
    before: Block | None = None
    for block in blocks:
        lead = _last_sentence(before.text) if before and before.kind in {BlockKind.TEXT, BlockKind.HEADING} else ""
        adjacent = before is not None and before.kind is BlockKind.MATH
        for number, claim in enumerate(_of_block(block)):
            joined = _continued(claim, found[-1] if found else None, adjacent=adjacent and not number)
            led = (
                lead
                and block.kind in {BlockKind.MATH, BlockKind.TABLE}
                and not (block.kind is BlockKind.TABLE and number)
            )
            found.append(_led(joined, lead) if led else joined)
        before = block
    filled = [claim for claim in found if claim.text.strip() or claim.rows]
    filled = with_entries(with_named_rows(with_stacked(filled)))
    is_sheet = before is not None and before.kind is BlockKind.ANSWER
    return with_spaces(with_definitions(filled if is_sheet else _with_axes(filled)))


def _last_sentence(text: str) -> str:
    found = [sentence for sentence, _ in sentences(text)]
    return found[-1].strip() if found else ""


def _led(claim: Claim, lead: str) -> Claim:
    """`claim` with the sentence that leads to its block before it."""
    before = f"{lead} {claim.before}".strip()
    said = role(before, claim.text, claim.after)
    defines = claim.defines or (opens_definition(lead) and is_definition(before, claim.text, claim.after))
    return replace(
        claim, before=before, final=claim.final or said.final, marked=claim.marked or said.marked, defines=defines
    )


def _continued(claim: Claim, before: Claim | None, *, adjacent: bool) -> Claim:
    """`claim`, joined to the one before where it begins with a sign of relation and follows it closely."""
    text = _LEADING.sub("", claim.text, count=1) if _LEADING.match(claim.text) else claim.text
    said_therefore = bool(re.match(r"\s*(?:\\therefore|∴|\\because)", claim.text))
    if not RELATION.match(text):
        return replace(claim, text=text)
    if adjacent and before and not said_therefore and not claim.before.strip():
        final = claim.final or before.final
        return replace(claim, text=f"{before.text} {text}", before=before.before, final=final)
    return replace(claim, text=text, continues=not claim.before.strip())


def _of_block(block: Block) -> Iterator[Claim]:
    if len(block.text) > MAX_BLOCK:
        return
    match block.kind:
        case BlockKind.MATH:
            yield from _of_formula(block.text, block.where)
        case BlockKind.TABLE:
            yield from _of_table(block)
        case BlockKind.CODE:
            yield from _of_code(block)
        case BlockKind.ANSWER:
            yield from _of_entry(block)
        case BlockKind.TEXT | BlockKind.HEADING:
            yield from _of_text(block.text, block.where)
        case BlockKind.IMAGE:
            return


def _of_formula(text: str, where: Where) -> Iterator[Claim]:
    mended = repaired(text)
    bare = without_number(mended.text)
    number = mended.text[len(bare) :].strip() if bare and mended.text.startswith(bare) else ""
    repairs = (*mended.repairs, f"the equation number {number!r} left aside") if number else mended.repairs
    for piece in pieces(mended.text):
        found = role(piece.words, piece.text, piece.behind)
        final = found.final or bool(RESULT.search(piece.text) and not found.reason)
        found = replace(found, asserted=not found.denied, final=final)
        yield _of_piece(piece, replace(where, line=where.line + piece.line), piece.words, piece.behind, repairs, found)


def _of_piece(piece: Piece, where: Where, said: str, after: str, repairs: tuple[str, ...], role: Role) -> Claim:
    """The claim that `piece` makes behind the words `said`."""
    return Claim(
        piece.text,
        where,
        said,
        after,
        asserted=role.asserted,
        final=role.final,
        repairs=repairs,
        marked=role.marked,
        denied=role.denied,
        reason=role.reason,
        corrects=role.corrects,
        hedged=role.hedged,
        defines=is_definition(said[-NEAR:], piece.text, after),
        cut=is_cut(said[-NEAR:], piece.text, after),
    )


def _of_text(text: str, where: Where) -> Iterator[Claim]:
    """Claims of a paragraph; lines of numbers at its end are a table, LaTeX without words a formula."""
    if is_formula(text):
        yield from _of_formula(text, where)
        return
    lines = text.rstrip().split("\n")
    start = len(lines)
    while start and _NUMBER_ROW.fullmatch(lines[start - 1]):
        start -= 1
    if len(lines) - start < 2:
        yield from _of_sentences(text, where)
        return
    prose = "\n".join(lines[:start])
    yield from _of_sentences(prose, where)
    rows = tuple(tuple(line.replace(",", " ").split()) for line in lines[start:])
    place = replace(where, line=where.line + start)
    yield Claim("\n".join(lines[start:]), place, before=_last_sentence(prose), rows=rows)


def _of_sentences(text: str, where: Where) -> Iterator[Claim]:
    mended = repaired(text)
    source, spoken = with_signs(_ESCAPED.sub(r"\1", mended.text))
    for stretch in stretches(source):
        place = replace(where, line=where.line + source.count("\n", 0, stretch.offset))
        yield from _of_stretch(stretch, place, (*mended.repairs, *spoken))


def _of_stretch(stretch: Stretch, where: Where, repairs: tuple[str, ...]) -> Iterator[Claim]:
    """The claims of one stretch; what stands in a question is only mentioned."""
    said = stretch.before
    found = list(pieces(stretch.text))
    for number, piece in enumerate(found):
        before = f"{said} {piece.words}".strip()
        after = piece.behind or (stretch.after if number == len(found) - 1 else "")
        how = role(before, piece.text, after, strong=stretch.strong)
        asserted = how.asserted and not stretch.asked
        yield _of_piece(piece, where, before, after, repairs, replace(how, asserted=asserted))
        said = f"{said} {piece.text}"


def _with_axes(found: list[Claim]) -> list[Claim]:
    """`found`, and for equations in a row that name the axes of one shape, `H = 28`, `W = 28`, all of them as one."""
    complete: list[Claim] = []
    at = 0
    while at < len(found):
        end = at
        texts: list[str] = []
        while end < len(found) and (text := _of_axis(found[end])):
            texts.append(text.rstrip(" \t\n,;"))
            end += 1
        row = found[at:end]
        if len(row) > 1:
            whole = ", ".join(texts)
            said = replace(row[-1], text=whole, where=row[0].where, before=row[0].before, defines=False)
            complete += [replace(said, final=any(claim.final for claim in row))]
            complete += [replace(claim, inside=whole) for claim in row]
        complete += found[at : max(end, at + 1)] if len(row) < 2 else []
        at = max(end, at + 1)
    return complete


def _of_axis(claim: Claim) -> str:
    """`claim` as the equation of an axis, `H = 28`; its name may stand before it, `Height: 28`; else empty."""
    if claim.rows:
        return ""
    if _AXIS.match(claim.text):
        return claim.text
    named = _AXIS_BEFORE.search(claim.before[-40:])
    chain = members(claim.text)
    if not named or not chain[-1] or not (named["sign"] or len(chain) > 1):
        return ""  # `height 21` may be any height, `height 21 - 2 = 19` is worked out
    axis = named["axis"].lower()
    return f"{_CALLED.get(axis, axis)} = {chain[-1]}"


def _of_table(block: Block) -> Iterator[Claim]:
    """The whole table as one claim, then its cells with the names of their row and column."""
    repairs = ("cells set apart by tabs",) if "\t" in block.text else ()
    rows = tuple(tuple(_bare(cell) for cell in row) for row in block.rows)
    yield Claim(block.text, block.where, rows=rows, repairs=repairs)
    header = block.rows[0] if block.rows else ()
    for number, row in enumerate(block.rows):
        place = block.row_at(number)
        for column, cell in enumerate(row[1:], 1):
            name = header[column] if number and column < len(header) else ""
            yield from (replace(claim, before=f"{row[0]} {name} {claim.before}") for claim in _of_text(cell, place))


def _bare(cell: str) -> str:
    return cell.strip().strip("$").strip("*` ")


def _of_entry(block: Block) -> Iterator[Claim]:
    """An entry of an answer sheet: the whole text first, then what its sentences say."""
    text = block.text.strip()
    bare = text.strip("$`").strip()
    if bare.startswith("\\[") and bare.endswith("\\]") and bare.count("\\[") == 1:
        bare = bare[2:-2].strip()
    if not bare:
        return
    mended = repaired(bare)
    whole = trimmed(mended.text)
    repairs = (*mended.repairs, *whole.repairs)
    is_answer = not is_sentence(whole.text)
    said = whole.text.strip() or bare
    yield Claim(said, block.where, after=whole.behind, repairs=repairs, final=is_answer, marked=is_answer)
    inner = _of_text(without_label(text), block.where)
    yield from _with_axes([claim for claim in inner if claim.text != bare])


def _of_code(block: Block) -> Iterator[Claim]:
    """The names of a program with what they hold, and what its last line shows; output that is no program is text."""
    for one in (*assigned(block.text), *shown(block.text)):
        place = replace(block.where, line=block.where.line + one.line)
        yield Claim(f"{one.name} = {one.value}" if one.name else one.value, place, before=one.name)
    if not is_program(block.text):
        yield from _of_text(block.text, block.where)
