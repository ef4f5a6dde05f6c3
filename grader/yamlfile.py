"""Text to tree with line marks: the path of a YAML file comes in; its data and their places go out.

The YAML is a strict subset that reads one way only: one document, no anchors, aliases or tags, no key twice.
Scalars follow the YAML 1.2 core schema (``1e-3`` is a float, ``no`` and ``1_000`` are text); keys are text as
written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isinf
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from grader.errors import ProblemError

MAX_BYTES = 1 << 20
MAX_DEPTH = 50

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMBER_STARTS = frozenset("+-.0123456789")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_BEGINNERS_SLIPS = {
    "mapping values are not allowed": (
        "': ' where no key can stand",
        "it in quotes or on a line of its own",
        "add either",
    ),
    "character '\\t'": ("a tab", "spaces", "indent with spaces"),
    "unexpected end of stream": ("the end of the file inside quotes", "the closing quote", "add it"),
    "expected <block end>": ("a line that does not fit in", "the indentation of its neighbours", "align it"),
}
"""What the parser says of common slips, and what we say: found, expected, what to do."""


class Mark(NamedTuple):
    """Where a value stands, from 0, and what it is made of."""

    line: int
    column: int
    text: str | None
    """A scalar as the file has it, quotes taken off; None for a list or mapping."""
    parts: dict[str | int, Mark]
    keys: dict[str, Mark]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One YAML file, read."""

    path: Path
    data: Any
    """Plain data: dict, list, str, int, float, bool, None."""
    root: Mark

    def where(self, loc: Sequence[str | int] = (), *, key: bool = False) -> str:
        """``file:line:column`` of the value at `loc`, 1-based; with `key`, of the key that `loc` ends in.

        A step that is not in the file is passed over, so that the answer is the nearest place that is.
        """
        mark = self.root
        for step in loc[:-1] if key else loc:
            mark = mark.parts.get(step, mark)
        if key and loc:
            mark = mark.keys.get(str(loc[-1]), mark)
        return _place(self.path, mark.line, mark.column)

    def text(self, loc: Sequence[str | int]) -> str | None:
        """The scalar at `loc` as the file has it (``1.10`` stays ``1.10``); None where no scalar is."""
        mark = self.root
        for step in loc:
            if step not in mark.parts:
                return None
            mark = mark.parts[step]
        return mark.text


def in_one_place(name: str, line: int) -> YamlFile:
    """What was read elsewhere, all of it on line `line` of the file called `name`."""
    return YamlFile(Path(name), None, Mark(line - 1, 0, None, {}, {}))


def load(path: Path) -> YamlFile:
    """Read the YAML file at `path`.

    Raises:
        ProblemError: it cannot be read, or is no YAML of the strict subset.
    """
    text = _decoded(path, _content(path))
    try:
        # libyaml is twelve times as fast; what it refuses is read once more in Python, whose errors say more.
        data, root = _Builder(path, YAML(typ="safe", pure=False).parse(text)).document()
    except (ProblemError, YAMLError):
        data, root = _in_python(path, text)
    return YamlFile(path, data, root)


def _in_python(path: Path, text: str) -> tuple[Any, Mark]:
    try:
        return _Builder(path, YAML(typ="safe", pure=True).parse(text)).document()
    except MarkedYAMLError as error:
        raise _syntax_error(path, error) from None
    except ReaderError as error:
        raise _character_error(path, text, error) from None


class _Builder:
    """Data and marks from the parser's events, in one pass: neither nodes nor a second tree are made."""

    def __init__(self, path: Path, events: Iterator[Any]) -> None:
        self.path = path
        self.events = events

    def document(self) -> tuple[Any, Mark]:
        """The only document's data and mark."""
        starts = (event for event in self.events if isinstance(event, DocumentStartEvent))
        start = next(starts, None)
        if start is None:
            raise ProblemError(f"{_place(self.path, 0, 0)}: found an empty file, expected a mapping; write one")
        if start.version or start.tags:
            self.fail(start, "a % directive", "plain YAML", "take it out")
        built = self.node(next(self.events), 0)
        second = next(starts, None)
        if second is not None:
            self.fail(second, "a second document", "one document a file", "put it into a file of its own")
        return built

    def node(self, event: Any, depth: int) -> tuple[Any, Mark]:
        """The value that begins with `event`."""
        if isinstance(event, AliasEvent) or event.anchor is not None:
            self.fail(event, f"the anchor or alias {event.anchor!r}", "the value itself", "write it out")
        if event.tag is not None:
            self.fail(event, f"the tag {event.tag}", "plain data", "take the tag out")
        if isinstance(event, ScalarEvent):
            return self.scalar(event), self.mark(event, event.value)
        if depth == MAX_DEPTH:
            self.fail(event, f"more than {MAX_DEPTH} levels", "a flatter file", "nest less")
        return self.mapping(event, depth) if isinstance(event, MappingStartEvent) else self.sequence(event, depth)

    def sequence(self, start: SequenceStartEvent, depth: int) -> tuple[list[Any], Mark]:
        """A list, from the event that opens it."""
        data: list[Any] = []
        mark = self.mark(start)
        while not isinstance(event := next(self.events), SequenceEndEvent):
            value, mark.parts[len(data)] = self.node(event, depth + 1)
            data.append(value)
        return data, mark

    def mapping(self, start: MappingStartEvent, depth: int) -> tuple[dict[str, Any], Mark]:
        """A mapping, from the event that opens it."""
        data: dict[str, Any] = {}
        mark = self.mark(start)
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.key(event, mark)
            data[key], mark.parts[key] = self.node(next(self.events), depth + 1)
        return data, mark

    def key(self, event: Any, mapping: Mark) -> str:
        """A key's text, noted in `mapping`."""
        if not isinstance(event, ScalarEvent):
            self.fail(event, "a list or mapping as a key", "text", "give the value a name")
        self.node(event, 0)
        key = str(event.value)
        if key in mapping.keys:
            self.fail(
                event,
                f"the key {key!r} twice (first on line {mapping.keys[key].line + 1})",
                "it once",
                "remove one",
            )
        mapping.keys[key] = self.mark(event, key)
        return key

    def scalar(self, event: ScalarEvent) -> Any:
        """A scalar's value by the core schema; quoted and block scalars are text."""
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text[:1] not in _NUMBER_STARTS:
            return _WORDS.get(text, text)
        try:
            return _number(text)
        except (ValueError, OverflowError):
            self.fail(event, f"a number of {len(text)} characters", "one that fits a float", "write a smaller one")

    @staticmethod
    def mark(event: Any, text: str | None = None) -> Mark:
        """Where `event` stands."""
        return Mark(event.start_mark.line, event.start_mark.column, text, {}, {})

    def fail(self, event: Any, found: str, expected: str, remedy: str) -> NoReturn:
        """Refuse what stands at `event`."""
        where = _place(self.path, event.start_mark.line, event.start_mark.column)
        raise ProblemError(f"{where}: found {found}, expected {expected}; {remedy}")


def _number(text: str) -> Any:
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if not _FLOAT.fullmatch(text):
        return _WORDS.get(text, text)
    value = float(text)
    if isinf(value):
        raise OverflowError(text)
    return value


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ProblemError(
            f"{path}: cannot be read ({error.strerror}), expected a YAML file; correct the path"
        ) from None
    if len(content) > MAX_BYTES:
        raise ProblemError(
            f"{_place(path, 0, 0)}: found more than {MAX_BYTES >> 20} MiB, expected a smaller file; split it"
        )
    return content


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        byte = f"the byte 0x{content[error.start]:02x}"
        raise ProblemError(f"{_at(path, before)}: found {byte}, expected UTF-8; save the file as UTF-8") from None


def _syntax_error(path: Path, error: MarkedYAMLError) -> ProblemError:
    mark, began = error.problem_mark or error.context_mark, error.context_mark
    problem = str(error.problem)
    slip = next((words for part, words in _BEGINNERS_SLIPS.items() if part in problem), None)
    if slip is None:
        since = "" if began is None else f" {error.context}, begun on line {began.line + 1}"
        slip = f"what is no YAML ({problem}{since})", "YAML", "check brackets, quotes and indentation"
    found, expected, remedy = slip
    return ProblemError(f"{_place(path, mark.line, mark.column)}: found {found}, expected {expected}; {remedy}")


def _character_error(path: Path, text: str, error: ReaderError) -> ProblemError:
    where = _at(path, text[: error.position])
    found = f"the control character U+{error.character:04X}"
    return ProblemError(f"{where}: found {found}, expected text; remove it")


def _at(path: Path, before: str) -> str:
    lines = before.split("\n")
    return _place(path, len(lines) - 1, len(lines[-1]))


def _place(path: Path, line: int, column: int) -> str:
    return f"{path}:{line + 1}:{column + 1}"
