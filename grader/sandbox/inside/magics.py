"""IPython's habits without IPython: a notebook's cell that is no Python goes in, Python of as many lines comes out.

Magics that run code (``%time``, ``%%timeit``, ``%%capture``) leave the code; those that only dress the notebook vanish;
what would install, list or call something outside is left out and noted. Strings and brackets are never touched.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from .lines import logical_lines

_RUNS = re.compile(
    r"\s*%{1,2}(?:time|timeit|prun|memit|snakeviz)\b(?:[ \t]+-(?:[nrptsl][ \t]*\d+|[-a-zA-Z]+)(?=\s|$))*[ \t]*"
)
_CELL = re.compile(r"\s*%%(\w+)[ \t]*(.*)")
_WRITES = re.compile(r"(-a|--append)?\s*(\S+)")
_QUIET = frozenset("matplotlib load_ext reload_ext autoreload config precision pdb xmode colors pylab tb".split())
_TARGETS = re.compile(r"[\w\s.,\[\]'\"]+")
_HELP = re.compile(r"\?{0,2}[\w.%*]+\?{0,2}")
_SHELL = re.compile(r"\s*(?:pip3?|conda|apt|apt-get|ls|cd|mkdir|cat|wget|unzip|git)\s+[^\s=(.,:].*")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A cell as Python."""

    text: str
    notes: tuple[tuple[int, str], ...] = ()
    """Lines that were left out, 1-based, and what was done."""
    writes: tuple[str, str, bool] | None = None
    """``%%writefile``: the file's name, its text, and whether it is added to what is there."""


def prepared(source: str) -> Prepared:
    """`source`, which does not compile, as Python of the same number of lines."""
    first, body, notes = _cell_magics(source)
    if isinstance(body, Prepared):
        return body
    pieces, line = [first], first.count("\n") + 1
    for text, magic in logical_lines(body, _is_magic):
        pieces.append(_replaced(text, line, notes) if magic else text)
        line += text.count("\n")
    return Prepared(_dedented("".join(pieces)), tuple(notes))


def _cell_magics(source: str) -> tuple[str, str | Prepared, list[tuple[int, str]]]:
    """What stands for the cell magics at the top, the rest of the cell, and notes."""
    lines = source.splitlines(keepends=True)
    done: list[str] = []
    notes: list[tuple[int, str]] = []
    for number, whole in enumerate(lines):
        line = whole
        code = line.strip()
        if code and not code.startswith(("%%", "#")):
            break
        if code.startswith("%%"):
            stands = _cell_magic(lines, number)
            if isinstance(stands, Prepared):
                return "", stands, notes
            line = stands + "\n"
        done.append(line)
    return "".join(done), "".join(lines[len(done) :]), notes


def _cell_magic(lines: list[str], number: int) -> str | Prepared:
    """The code that stands for the cell magic on that line, or the whole cell where it says what that is."""
    line = lines[number]
    if _RUNS.match(line):
        return _behind_runs(line)
    found = _CELL.match(line)
    name, argument = found.groups() if found else ("", "")
    if name == "capture":
        target = argument.split(" ")[0].strip()
        return f"{target} = get_ipython()" if target.isidentifier() else ""
    if name in ("writefile", "file") and (target_ := _WRITES.match(argument)):
        return Prepared("", writes=(target_[2], "".join(lines[number + 1 :]), bool(target_[1])))
    return Prepared("", ((number + 1, f"{_short(line)} is left out, with its cell"),))


def _is_magic(line: str) -> bool:
    code = line.strip()
    if code[:1] in ("%", "!", "?") or _SHELL.fullmatch(code):
        return True
    if code.endswith("?"):
        return _HELP.fullmatch(code) is not None
    target, equals, value = code.partition("=")
    return bool(equals) and value.lstrip()[:1] in ("%", "!") and _TARGETS.fullmatch(target) is not None


def _replaced(text: str, line: int, notes: list[tuple[int, str]]) -> str:
    """The code that stands for the magic `text`, of as many lines."""
    indent, code = text[: len(text) - len(text.lstrip())], text.strip()
    target, value = _assigned(code)
    if _RUNS.match(value):
        stands = _behind_runs(value) or "pass"
        return indent + target + stands + "\n" * (text.count("\n") - stands.count("\n"))
    if value.lstrip("%").partition(" ")[0] not in _QUIET and "?" not in (value[:1], value[-1:]):
        notes.append((line, f"{_short(code)} is left out"))
    empty = "[]" if value[:1] == "!" else "None"
    return indent + (target + empty if target else "pass") + "\n" * text.count("\n")


def _assigned(code: str) -> tuple[str, str]:
    """``x = %magic`` as ``x = `` and the magic; a magic that is not assigned has no target."""
    if code[:1] in ("%", "!", "?") or code.endswith("?") or _SHELL.fullmatch(code):
        return "", code
    target, equals, value = code.partition("=")
    return target + equals + " ", value.strip()


def _behind_runs(text: str) -> str:
    """The statement behind ``%time`` and its like, however many are stacked."""
    position = 0
    while found := _RUNS.match(text, position):
        position = found.end()
    return text[position:].strip()


def _short(code: str) -> str:
    return textwrap.shorten(code[:200], 60, placeholder=" ...")


def _dedented(text: str) -> str:
    """A cell that is indented as a whole, as pasted from a function's body, begins at the margin."""
    first = next((line for line in text.split("\n") if line.strip() and line.lstrip()[0] != "#"), "")
    return textwrap.dedent(text) if first[:1] in (" ", "\t") else text
