"""Which lines of a Python file are prose: comments and bare strings, where they stand outside every block."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenize import TokenInfo

MAX_CHARACTERS = 1_000_000
"""Python's tokenizer takes a second for these; a longer file is read by line."""


class Span(NamedTuple):
    """Lines from `first` to `last`, 0-based, both in it."""

    first: int
    last: int
    comment: bool


def prose_spans(source: str) -> tuple[list[Span], list[str]]:
    """The spans in `source`, in order, and a note where they had to be found without Python's tokenizer."""
    import tokenize

    if len(source) > MAX_CHARACTERS:
        return _by_line(source), [f"over {MAX_CHARACTERS} characters of Python: comments were found line by line"]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(_tokenized(tokenize.generate_tokens(io.StringIO(source).readline))), []
    except (SyntaxError, tokenize.TokenError) as error:
        problem = str(error.args[0]).split("\n", maxsplit=1)[0]
        return _by_line(source), [f"this is not valid Python ({problem}): comments were found line by line"]


def _by_line(source: str) -> list[Span]:
    return [Span(at, at, comment=True) for at, line in enumerate(source.split("\n")) if line.startswith("#")]


def _tokenized(tokens: Iterator[TokenInfo]) -> Iterator[Span]:
    """A comment belongs to the block that goes on behind it, so it waits for the next token that counts."""
    import tokenize

    depth, brackets, starts, waiting = 0, 0, True, list[Span]()
    string: Span | None = None
    for token in tokens:
        row = token.start[0] - 1
        if token.type == tokenize.COMMENT and token.start[1] == 0 and not brackets:
            waiting.append(Span(row, row, comment=True))
            continue
        if token.type in (tokenize.NL, tokenize.COMMENT):
            string = None if token.type == tokenize.COMMENT else string
            continue
        if token.type == tokenize.DEDENT:
            depth -= 1
            continue
        if token.type == tokenize.INDENT:
            depth += 1
            waiting.clear()
            continue
        if depth == 0 and not brackets:
            yield from waiting
        waiting.clear()
        if token.type == tokenize.NEWLINE and string:
            yield string
        whole = token.type == tokenize.STRING and starts and depth == 0 and not brackets
        string = Span(row, token.end[0] - 1, comment=False) if whole else None
        starts = token.type == tokenize.NEWLINE
        brackets += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
