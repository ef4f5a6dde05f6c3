"""Blocks -> claims: what a student says in a paragraph, a display formula, a table, a line of code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.answers.claims import Claim
from grader.answers.prose import sentences, stretches
from grader.answers.repair import repaired
from grader.answers.split import pieces, without_number
from grader.model import Block, BlockKind, Where

MAX_BLOCK = 6_000
"""Characters of one block; no answer is longer, and a longer one is left to a person."""

_NEAR = 200
"""Characters before a claim in which a word such as "therefore" still belongs to it."""

_RESULT = re.compile(
    r"\\therefore|∴|\\boxed|\\Rightarrow|\\implies|⇒|⟹|=>|\b(?:therefore|thus|hence|so|answer|result|final(?:ly)?)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:\s|&|\\therefore|∴|\\(?:Long)?[Rr]ightarrow|\\implies|\\because|⇒|⟹|=>|\\quad|\\qquad|\\boxed|\\[,;!:])+"
)
_RELATION = re.compile(r"=|\\approx|\\le|\\ge|≈|≤|≥")

_NUMBER = r"[-+−]?(?:\d+(?:\.\d+)?|\.\d+)"
_NUMBER_ROWS = re.compile(rf"(?:[ \t]*{_NUMBER}(?:[ \t]*[ \t,][ \t]*{_NUMBER})+[ \t]*\n?){{2,}}")
"""A matrix typed as lines of numbers."""
_ESCAPED = re.compile(r"\\([*_#~])(?![A-Za-z]*\{)")
"""Markdown's own escapes: `3\\*3` is `3*3`."""
_ASSERTS = re.compile(
    r"(?:\b(?:is|are|was|were|be|becomes?|equals?|gives?|get|gets|have|has|need|needs|obtain|yields?|total"
    r"|total of|altogether|makes?|returns?|say|answer|result|therefore|thus|hence|so|i\.e)|[:=≈→>]|\A)"
    r"[\s,:*(]*(?:(?:a|an|the|by|of|to|equal|shape|size|about|exactly|just|only)\s+)*\Z",
    re.IGNORECASE,
)


def claims(blocks: Iterable[Block]) -> list[Claim]:
    """All that `blocks` say, in order.

    A formula that begins with `=` goes on from the one before it; the sentence that leads to a formula or a table is
    the words before it.
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
            found.append(replace(joined, before=f"{lead} {joined.before}".strip()) if led else joined)
        before = block
    return [claim for claim in found if claim.text.strip() or claim.rows]


def _last_sentence(text: str) -> str:
    found = [sentence for sentence, _ in sentences(text)]
    return found[-1].strip() if found else ""


def _continued(claim: Claim, before: Claim | None, *, adjacent: bool) -> Claim:
    """`claim`, joined to the one before where it begins with a sign of relation and follows it closely."""
    text = _LEADING.sub("", claim.text, count=1) if _LEADING.match(claim.text) else claim.text
    said_therefore = bool(re.match(r"\s*(?:\\therefore|∴|\\because)", claim.text))
    if not _RELATION.match(text):
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
    for piece in pieces(mended.text):
        place = replace(where, line=where.line + piece.line)
        final = bool(_RESULT.search(piece.text) or _RESULT.search(piece.words))
        yield Claim(piece.text, place, before=piece.words, final=final, repairs=mended.repairs)


def _of_text(text: str, where: Where) -> Iterator[Claim]:
    """Claims of a paragraph; a display formula inside `$...$` is cut like one."""
    if _NUMBER_ROWS.fullmatch(text.strip()):
        rows = tuple(tuple(line.replace(",", " ").split()) for line in text.strip().splitlines())
        yield Claim(text, where, rows=rows)
        return
    mended = repaired(text)
    source = _ESCAPED.sub(r"\1", mended.text)
    for stretch in stretches(source):
        place = replace(where, line=where.line + source.count("\n", 0, stretch.offset))
        final = stretch.strong or bool(_RESULT.search(stretch.before[-_NEAR:]) or _RESULT.match(stretch.text.strip()))
        said = stretch.before
        for piece in pieces(stretch.text):
            before = f"{said} {piece.words}".strip()
            asserted = stretch.strong or bool(_RELATION.search(piece.text) or _ASSERTS.search(before[-_NEAR:]))
            yield Claim(
                piece.text,
                place,
                before,
                stretch.after,
                asserted=asserted,
                final=final,
                repairs=mended.repairs,
            )
            said = f"{said} {piece.text}"


def _of_table(block: Block) -> Iterator[Claim]:
    """The whole table as one claim, then its cells with the names of their row and column."""
    yield Claim(block.text, block.where, rows=tuple(tuple(_bare(cell) for cell in row) for row in block.rows))
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
    bare = text.strip("$").strip()
    if bare:
        mended = repaired(without_number(bare).strip() or bare)
        yield Claim(mended.text, block.where, repairs=mended.repairs, final=True)
        inner = list(_of_text(text, block.where))
        yield from (claim for claim in inner if claim.text != bare)


def _of_code(block: Block) -> Iterator[Claim]:
    """Assignments and comments of a cell, read as text; nothing is run."""
    for name, value, line in _assignments(block.text):
        place = replace(block.where, line=block.where.line + line)
        yield Claim(f"{name} = {value}", place, before=name)


def _assignments(source: str) -> Iterator[tuple[str, str, int]]:
    """Name, value as written and line (from 0) of each top-level `name = value`; `np.array(...)` is its list."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # code that does not parse holds no value that could be read for certain
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = _unwrapped(node.value)
            text = ast.get_source_segment(source, value)
            if text:
                yield node.targets[0].id, text, node.lineno - 1


def _unwrapped(value: ast.expr) -> ast.expr:
    if (
        isinstance(value, ast.Call)
        and value.args
        and ast.unparse(value.func).rpartition(".")[2] in {"array", "asarray", "tensor"}
    ):
        return value.args[0]
    return value
