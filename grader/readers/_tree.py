"""YAML and JSON to a tree of text: every scalar as it is written, every key as often as it stands there.

``1e3``, ``no``, ``010`` and ``1:30`` are what a student wrote, and no type is made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

MAX_DEPTH = 50

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class TreeError(Exception):
    """The text is no YAML that can be read: `line` is 0-based, `problem` one phrase."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


class Scalar(NamedTuple):
    """A scalar's text; empty for null."""

    text: str
    line: int


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int


class Mapping(NamedTuple):
    """Keys and values in order; a key that stands twice is here twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int


Node = Scalar | Sequence | Mapping


def tree(source: str) -> Node | None:
    """The only document in `source`, or None where it is empty.

    Raises:
        TreeError: it is no YAML, or has anchors, aliases, a second document or more than `MAX_DEPTH` levels.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.events import DocumentEndEvent, DocumentStartEvent

    # A document's own events say nothing here; a second one shows as a second root.
    silent = (DocumentStartEvent, DocumentEndEvent)
    try:
        events = (event for event in YAML(typ="safe", pure=True).parse(source) if not isinstance(event, silent))
        return _document(events)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise TreeError(mark.line if mark else 0, str(error.problem or error.context)) from None
    except YAMLError as error:
        raise TreeError(0, str(error).split("\n", maxsplit=1)[0]) from None
    except (ValueError, OverflowError) as error:  # ruamel makes characters of escapes without looking
        raise TreeError(0, f"an escape that is no character ({error})") from None


def _document(events: Iterator[Any]) -> Node | None:
    from ruamel.yaml.events import StreamEndEvent

    next(events)
    first = next(events)
    if isinstance(first, StreamEndEvent):
        return None
    root = _node(first, events, 0)
    second = next(events)
    if not isinstance(second, StreamEndEvent):
        raise TreeError(second.start_mark.line, "a second document begins here; one is expected")
    return root


def _node(event: Any, events: Iterator[Any], depth: int) -> Node:
    from ruamel.yaml.events import AliasEvent, MappingStartEvent, ScalarEvent

    line = event.start_mark.line
    if isinstance(event, AliasEvent) or event.anchor is not None:
        raise TreeError(line, f"the anchor or alias {event.anchor!r}, expected the value written out")
    if isinstance(event, ScalarEvent):
        return Scalar("" if event.implicit[0] and event.value in _NULLS else _joined(event.value), line)
    if depth == MAX_DEPTH:
        raise TreeError(line, f"more than {MAX_DEPTH} levels of brackets or indentation")
    return _mapping(line, events, depth) if isinstance(event, MappingStartEvent) else _sequence(line, events, depth)


def _sequence(line: int, events: Iterator[Any], depth: int) -> Sequence:
    from ruamel.yaml.events import SequenceEndEvent

    items = []
    while not isinstance(event := next(events), SequenceEndEvent):
        items.append(_node(event, events, depth + 1))
    return Sequence(tuple(items), line)


def _mapping(line: int, events: Iterator[Any], depth: int) -> Mapping:
    from ruamel.yaml.events import MappingEndEvent

    pairs = []
    while not isinstance(event := next(events), MappingEndEvent):
        key = _node(event, events, depth + 1)
        if not isinstance(key, Scalar):
            raise TreeError(key.line, "a list or mapping as a key, expected text")
        pairs.append((key, _node(next(events), events, depth + 1)))
    return Mapping(tuple(pairs), line)


def _joined(text: str) -> str:
    """`text` with the two halves that JSON writes for one character made whole."""
    if max(text, default="") < "\ud800":
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
