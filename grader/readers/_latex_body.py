"""The body of a LaTeX document to blocks: sections, lists, formulas, tables, pictures, code and prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from grader.model import Block, BlockKind
from grader.readers._latex_inline import VERB, plain
from grader.readers._latex_lists import ITEMS, LISTS, Lists
from grader.readers._latex_macros import pairs
from grader.readers._latex_source import VERBATIM, verbatim_end
from grader.readers._latex_tables import TABLES, content_start, rows
from grader.readers._paragraphs import HELD_NEWLINE
from grader.readers._reading import Place
from grader.readers._scanner import Scanner

_LEVELS = {
    "part": 1,
    "chapter": 1,
    "section": 1,
    "subsection": 2,
    "subsubsection": 3,
    "paragraph": 4,
    "subparagraph": 5,
}
_NUMBERED = ("section", "subsection", "subsubsection")
_OPTIONS = re.compile(r"[ \t]*+\[((?:[^\[\]{}\n]|\{(?:[^{}\n]|\{[^{}\n]*+\})*+\})*+)\]")
_FLOAT_ARGUMENTS = re.compile(r"(?:[ \t]*+(?:\[[^\[\]\n]*+\]|\{[^{}\n]*+\}))*+")
_FLOATS = re.compile(
    r"(?:figure|table|multicols)\*?|center|wrapfigure|minipage|subfigure|algorithm|tcolorbox|adjustbox"
)
_INDENT = re.compile(f"(?:^|(?<=[\n{HELD_NEWLINE}]))[ \t]++")
_TOKEN = re.compile(
    rf"""
    \\begin[ ]?\{{ (?P<begin> [A-Za-z]++\*? ) \}}
    | \\end[ ]?\{{ (?P<end> [A-Za-z]++\*? ) \}}
    | (?P<break> \\\\\*?(?:\[[^\]\n]{{0,20}}\])? | \\(?:newline|par|linebreak)(?![A-Za-z]) )
    | (?P<display> \$\$ | \\\[ )
    | (?P<inline> \$ )
    | (?P<bracket> \\\( )
    | (?P<plain> {VERB} )
    | (?P<heading> \\(?P<section> {"|".join(_LEVELS)} ) (?P<star>\*?) (?![A-Za-z]) )
    | (?P<item> \\(?:{"|".join(sorted(ITEMS - {"part"}))}) (?![A-Za-z]) )
    | (?P<counter> \\setcounter\{{ (?P<counted> enum[iv]+ ) \}}\{{ (?P<count> \d{{1,4}} ) \}} )
    | (?P<picture> \\includegraphics\*? (?:\[[^\[\]\n]*+\])? \{{ (?P<name> [^{{}}\n]*+ ) \}} )
    | (?P<file> \\(?:input|include|subfile|lstinputlisting|verbatiminput) (?:\[[^\[\]\n]*+\])?
                \{{ [^{{}}\n]*+ \}} )
    | (?P<escaped> \\[^A-Za-z] )
    """,
    re.VERBOSE,
)


class Body(Scanner):
    """The pass over the body; its source is free of comments, and its macros are expanded."""

    token = _TOKEN

    def __init__(self, source: str, place: Place) -> None:
        super().__init__(source, place)
        self.lists = Lists()
        self.prefix = ""
        self.sections = [0, 0, 0]

    @cached_property
    def braces(self) -> dict[int, int]:
        """Where each brace of the source closes."""
        return pairs(self.source)

    def prose(self, held: str) -> str:
        """Printed text without the source's indentation, behind the label of the item that it belongs to."""
        text = self.prefix + _INDENT.sub("", plain(held)).replace("\t", " ")
        self.prefix = ""
        return text

    def _plain(self, found: re.Match[str]) -> Iterable[Block]:
        return self.keep(found.end())

    _escaped = _plain

    def _break(self, found: re.Match[str]) -> Iterator[Block]:
        self.go_on(found.end())
        yield from self.flush(fresh=True)

    def _begin(self, found: re.Match[str]) -> Iterable[Block]:
        name = found["begin"]
        if name in VERBATIM:
            return self.verbatim(name, found.end())
        if name in TABLES:
            return self.table(name, found.end())
        blocks = self.formula(found, name)
        return self.environment(name, found.end()) if blocks is None else blocks

    def verbatim(self, name: str, start: int) -> Iterator[Block]:
        """Code; what stands in a comment environment is dropped."""
        yield from self.flush()
        end = verbatim_end(self.source, name, start)
        if end == len(self.source):
            self.mended(f"the {name} environment never ends; all that follows belongs to it")
        options = _FLOAT_ARGUMENTS.match(self.source, start)
        self.go_on(options.end() if options and options.end() <= end else start)
        if name != "comment":
            yield from self.place.verbatim(BlockKind.CODE, self.source[self.at : end], self.line)
        self.go_on(min(len(self.source), end + len(f"\\end{{{name}}}")))
        self.held_line, self.fresh = self.line, True

    def table(self, name: str, start: int) -> Iterator[Block]:
        """A table; one that never ends is read as text."""
        closer = f"\\end{{{name}}}"
        end = self.closings.literal(closer, start, whole=True)
        if end < 0:
            self.mended(f"the {name} never ends; read as text")
            self.go_on(start)
            return
        first = min(content_start(self.source, name, start), end)
        content = self.source[first:end].replace(HELD_NEWLINE, "\n")
        cells = rows(content, lambda cell: " ".join(plain(cell).split()))
        yield from self.flush()
        self.go_on(first)
        if cells:
            yield self.table_block(content, cells)
        self.go_on(end + len(closer))
        self.held_line, self.fresh = self.line, True

    def table_block(self, content: str, cells: tuple[tuple[str, ...], ...]) -> Block:
        """The block of a table: it stands where the first word of its first row does."""
        words = next(cell for cell in cells[0] if cell).split()
        blank = max(0, content.find(words[0]))
        block = self.place.block(BlockKind.TABLE, content.strip(), self.line + content.count("\n", 0, blank))
        return replace(block, rows=cells)

    def environment(self, name: str, start: int) -> Iterator[Block]:
        """A list, or an environment that only groups."""
        self.go_on(start)
        yield from self.flush(fresh=True)
        if name in LISTS:
            options = _OPTIONS.match(self.source, start)
            self.lists.begin(name, options[1] if options else "")
            self.go_on(options.end() if options else start)
        elif _FLOATS.fullmatch(name) and (arguments := _FLOAT_ARGUMENTS.match(self.source, start)):
            self.go_on(arguments.end())

    def _end(self, found: re.Match[str]) -> Iterator[Block]:
        self.go_on(found.end())
        yield from self.flush(fresh=True)
        if found["end"] in LISTS:
            self.lists.end()

    def _item(self, found: re.Match[str]) -> Iterator[Block]:
        yield from self.flush()
        self.go_on(found.end())
        options = _OPTIONS.match(self.source, found.end())
        if options:
            self.go_on(options.end())
        own = plain(options[1]).strip() if options and found[0] == "\\item" else None
        self.held_line, self.fresh = self.line, True
        self.prefix = f"{' ' * self.lists.indent()}{self.lists.item(own)} "

    def _heading(self, found: re.Match[str]) -> Iterator[Block]:
        if found["section"] == "part" and self.lists.open:
            yield from self._item(found)
            return
        yield from self.flush()
        options = _OPTIONS.match(self.source, found.end())
        start = options.end() if options else found.end()
        start += len(self.source[start : start + 80]) - len(self.source[start : start + 80].lstrip())
        end = self.braces.get(start)
        self.go_on(found.end() if end is None else end + 1)
        title = "" if end is None else " ".join(plain(self.source[start + 1 : end]).split())
        title = title if found["star"] else self.numbered(found["section"], title)
        if title:
            yield self.place.block(BlockKind.HEADING, title, self.line, _LEVELS[found["section"]])
        self.held_line, self.fresh = self.line, True

    def numbered(self, name: str, title: str) -> str:
        """The title with the number that LaTeX prints before it, unless the student wrote one into it."""
        if name not in _NUMBERED:
            return title
        depth = _NUMBERED.index(name)
        self.sections[depth:] = [self.sections[depth] + 1, *[0] * (2 - depth)]
        number = ".".join(map(str, self.sections[: depth + 1]))
        return title if any(map(str.isdigit, title)) else f"{number} {title}".strip()

    def _counter(self, found: re.Match[str]) -> Iterable[Block]:
        self.lists.set_counter(found["counted"], int(found["count"]))
        return self.keep(found.end(), "")

    def _picture(self, found: re.Match[str]) -> Iterator[Block]:
        yield from self.flush()
        yield self.place.block(BlockKind.IMAGE, found["name"].strip() or "a picture", self.line)
        self.go_on(found.end())
        self.held_line = self.line

    def _file(self, found: re.Match[str]) -> Iterable[Block]:
        self.mended(f"{found[0][:80]} was not followed; hand in one file that holds everything")
        return self.keep(found.end(), "")
