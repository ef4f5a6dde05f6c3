"""What a child says, as outcomes: frames that may be forged go in; fields of another type are refused."""

from __future__ import annotations

import math
import re
import reprlib
import tempfile
from functools import cache
from typing import Any

from grader.sandbox.inside.alarm import LATE
from grader.sandbox.inside.frames import Frame, FrameError
from grader.sandbox.inside.trees import Receiver
from grader.sandbox.program import Cell, CellFault, Definition, Kept, Opaque, Raised, Returned, Sort

_LONGEST = 500
_LONGEST_NAME = 100
_MOST = 5_000
_MOST_PARAMETERS = 50


def returned(frame: Frame, kept: Kept, seconds: float) -> Returned:
    """A call that came back, for which the clock outside counted `seconds`.

    What the child says of its own time is believed where it is near that: it leaves out the way there and back.
    """
    value = Receiver(frame.arrays, opaque=lambda name: Opaque(line(name))).value(frame.body.get("value"))
    claimed = frame.body.get("seconds")
    if (
        not isinstance(claimed, float)
        or not math.isfinite(claimed)
        or not seconds / 4 - 0.01 <= claimed <= seconds + 0.05
    ):
        claimed = seconds
    changed = tuple(_number(position) for position in _list(frame.body.get("changed")))
    return Returned(value, kept, claimed, changed)


def raised(frame: Frame) -> Raised:
    """A call that raised."""
    body = frame.body
    return Raised(*(line(body.get(name, "")) for name in ("type", "message", "line", "advice")))


def faults(frame: Frame, cell: Cell, late: str) -> list[CellFault]:
    """The faults of a cell that was run; `late` is what is said where it was interrupted."""
    if frame.body.get("outcome") == "stopped":
        return [CellFault(cell.index, cell.name, 0, late)]
    if frame.body.get("outcome") == "raised":
        return [CellFault(cell.index, cell.name, 0, line(frame.body.get("message")))]
    pairs = [_pair(pair) for pair in _list(frame.body.get("faults"))]
    return [CellFault(cell.index, cell.name, number, late if said == LATE else said) for number, said in pairs]


def definitions(frame: Frame, cell: Cell) -> list[Definition]:
    """The names that a cell left."""
    return [_definition(entry, cell) for entry in _list(frame.body.get("definitions", []))]


def names(frame: Frame, key: str) -> list[str]:
    """Texts under `key`, each one line."""
    return [line(name) for name in _list(frame.body.get(key, []))]


def line(text: Any, longest: int = _LONGEST) -> str:
    """A text in one bounded line, without what would steer a terminal, and the same from run to run.

    Raises:
        FrameError: it is no text.
    """
    if not isinstance(text, str):
        raise FrameError(f"{reprlib.repr(text)} for a text")
    plain = "".join(character if character.isprintable() else " " for character in text[:longest])
    return _varying().sub(lambda found: "." if found["folder"] else "0x…", " ".join(plain.split()))


@cache
def _varying() -> re.Pattern[str]:
    """A child's folder and addresses in memory, which are others on every run."""
    folder = rf"(?:/private)?{re.escape(tempfile.gettempdir())}/grader-\w+/children/\d+"
    return re.compile(rf"(?P<folder>{folder})|\b0x[0-9a-fA-F]{{6,16}}\b")


def _definition(entry: Any, cell: Cell) -> Definition:
    match entry:
        case {"name": str() as name, "sort": "function" | "class" | "value" as sort, "blank": bool() as blank}:
            parameters = tuple(
                line(given, _LONGEST_NAME) for given in _list(entry.get("parameters"))[:_MOST_PARAMETERS]
            )
            at, required = _number(entry.get("line")), _number(entry.get("required"))
            name, type_ = line(name, _LONGEST_NAME), line(entry.get("type"), _LONGEST_NAME)
            return Definition(name, Sort(sort), cell.index, at, parameters, required, blank, type_)
    raise FrameError(f"{reprlib.repr(entry)} for a definition")


def _list(entries: Any) -> list[Any]:
    if not isinstance(entries, list) or len(entries) > _MOST:
        raise FrameError(f"{reprlib.repr(entries)} for a list")
    return entries


def _number(number: Any) -> int:
    if type(number) is not int or not 0 <= number < 1 << 31:
        raise FrameError(f"{reprlib.repr(number)} for a count")
    return number


def _pair(pair: Any) -> tuple[int, str]:
    match pair:
        case [int() as number, str() as said]:
            return _number(number), line(said)
    raise FrameError(f"{reprlib.repr(pair)} for a fault")
