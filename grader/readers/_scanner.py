"""One pass over a marked-up text: blocks of other kinds are taken out, and what lies between is prose.

Markdown and LaTeX share this, and the formulas. A formula that never closes ends at the next blank line, so
that it cannot swallow the rest of the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from grader.model import Block, BlockKind
from grader.readers import _starts
from grader.readers._closing import Closings
from grader.readers._formula import ENVIRONMENTS, KEPT_ENVIRONMENTS, bare
from grader.readers._paragraphs import HELD_NEWLINE, paragraphs
from grader.readers._reading import Place


class Scanner:
    """`at` is how far the pass has come, on `line`; `held` is the prose since the last block of another kind.

    A subclass has a `token`, and for each of its outer groups a method: an underscore and the group's name.
    """

    token: re.Pattern[str]

    def __init__(self, source: str, place: Place, line: int = 1) -> None:
        self.source = source
        self.place = place
        self.closings = Closings(source)
        self.notes: list[str] = []
        self.at = 0
        self.line = line
        self.held: list[str] = []
        self.held_line = line
        self.fresh = True

    def blocks(self) -> Iterator[Block]:
        """All blocks, in order. A bullet with nothing behind it goes to the formula that follows."""
        waiting: Block | None = None
        for block in self.scan():
            if block.kind is BlockKind.TEXT and not block.text:
                waiting = block
                continue
            if waiting and not block.bullet and block.where.line - waiting.where.line <= 1:
                yield replace(block, level=waiting.level, bullet=waiting.bullet)
            else:
                yield block
            waiting = None

    def scan(self) -> Iterator[Block]:
        """The pass."""
        while found := self.token.search(self.source, self.at):
            self.keep(found.start())
            handle: Callable[[re.Match[str]], Iterable[Block]] = getattr(self, f"_{found.lastgroup}")
            yield from handle(found)
        self.keep(len(self.source))
        yield from self.flush()

    def keep(self, end: int, text: str | None = None) -> tuple[()]:
        """Hold what lies before `end`, or `text` in its place, as prose, and go on there."""
        self.held.append(self.source[self.at : end] if text is None else text)
        return self.go_on(end)

    def go_on(self, end: int) -> tuple[()]:
        """Go on at `end`."""
        self.line += self.source.count("\n", self.at, end) + self.source.count(HELD_NEWLINE, self.at, end)
        self.at = end
        return ()

    def flush(self, *, fresh: bool = False) -> Iterator[Block]:
        """The prose held so far; `fresh` says whether what follows begins as if on a line of its own."""
        text = self.prose("".join(self.held))
        if text and not text.isspace():
            yield from paragraphs(text, self.held_line, self.place, fresh=self.fresh)
        self.held, self.held_line, self.fresh = [], self.line, fresh

    def prose(self, held: str) -> str:
        """What is held, made ready to be read by line."""
        return held

    def emit(self, kind: BlockKind, start: int, end: int, after: int) -> Iterator[Block]:
        """The prose held, and ``source[start:end]`` as a block; go on `after` it."""
        yield from self.flush()
        self.go_on(start)
        content = self.source[start:end].replace(HELD_NEWLINE, "\n")
        text = bare(content) if kind is BlockKind.MATH else content.strip()
        if text:
            yield self.place.block(kind, text, self.line + content.count("\n", 0, content.find(text)))
        self.go_on(after)
        self.held_line = self.line

    def mended(self, problem: str) -> None:
        """Note a `problem` on the line at hand."""
        self.notes.append(f"{self.place.where(self.line)}: {problem}")

    def _display(self, found: re.Match[str]) -> Iterable[Block]:
        start, opener = found.end(), found[0]
        bracket = opener == "\\["
        end = self.closings.literal("\\]", start) if bracket else self.closings.double_dollar(start)
        if end < 0:
            # Markdown escapes brackets, so that one alone is no formula.
            return self.keep(start) if bracket else self.unclosed(opener, start)
        return self.display(start, end)

    def display(self, start: int, end: int) -> Iterable[Block]:
        """The formula ``source[start:end]``, between closers of two characters."""
        return self.emit(BlockKind.MATH, start, end, end + 2)

    def unclosed(self, opener: str, start: int) -> Iterable[Block]:
        """A formula that ends at the blank line, or at the one dollar that is left of its end."""
        self.mended(f"the formula that {opener} opens never closes; read up to the next blank line")
        limit = self.closings.paragraph_end(start)
        end = start + len(self.source[start:limit].rstrip())
        if self.source[start:end].endswith("$"):
            end -= 1
        return self.emit(BlockKind.MATH, start, end, limit)

    def formula(self, found: re.Match[str], name: str) -> Iterable[Block] | None:
        """The formula in the environment `name` that `found` begins; None where `name` holds no formula."""
        if name not in ENVIRONMENTS and name not in KEPT_ENVIRONMENTS:
            return None
        closer = f"\\end{{{name}}}"
        end = self.closings.literal(closer, found.end())
        if end < 0:
            return self.unclosed(found[0], found.end())
        return self.emit(BlockKind.MATH, found.start(), end + len(closer), end + len(closer))

    def _inline(self, found: re.Match[str]) -> Iterable[Block]:
        end = self.closings.inline(found.start())
        if end < 0 or self.has_items(found.end(), end):
            return self.keep(found.end())
        return self.keep(end, self.source[self.at : end].replace("\n", HELD_NEWLINE))

    def has_items(self, start: int, end: int) -> bool:
        """Whether a line between begins an item: then the dollars at both ends are not of one formula."""
        following = (line.lstrip() for line in self.source[start:end].split("\n")[1:])
        return any(_starts.label(line) or _starts.bullet(line) == "•" for line in following)

    def _bracket(self, found: re.Match[str]) -> Iterable[Block]:
        end = self.closings.literal("\\)", found.end())
        if end < 0:
            return self.keep(found.end())
        formula = self.source[found.end() : end].strip().replace("\n", HELD_NEWLINE)
        return self.keep(end + 2, f"${formula}$")
