"""The macros that a student defines, expanded within hard bounds, so that no macro can be a bomb."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.readers._latex_source import BEGIN_VERBATIM, verbatim_end
from grader.readers._paragraphs import HELD_NEWLINE

MAX_EXPANSIONS = 20_000
MAX_DEPTH = 40
MAX_PRODUCED = 2_000_000
"""Characters that all expansions together may make."""

_DEFINERS = frozenset(
    {"newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "DeclareMathOperator", "def"}
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_CALL = re.compile(rf"{BEGIN_VERBATIM}|\\(?P<name>[A-Za-z@]++|[^A-Za-z@])")
_NAME = re.compile(r"\*?[ \t]*+(?:\{[ \t]*+\\([A-Za-z@]++|[^A-Za-z\s\\])[ \t]*+\}|\\([A-Za-z@]++|[^A-Za-z\s\\]))")
_COUNT = re.compile(r"[ \t]*+\[([0-9])\]")
_DEFAULT = re.compile(r"[ \t]*+\[([^\[\]\n]*+)\]")
_PARAMETERS = re.compile(r"(?:#[1-9])*+")
_SPACE = re.compile(r"[\s\x00]*+")
_TOKEN = re.compile(r"\\(?:[A-Za-z@]++|.)|[^\s{}]", re.DOTALL)
_PARAMETER = re.compile(r"#([1-9])")
_ENDS = re.compile(f"[\n{HELD_NEWLINE}]")


class MacroBomb(Exception):  # noqa: N818  # it is what it is
    """The macros expand without end, or to far more than any homework."""


class Macro(NamedTuple):
    """A macro's body, how many arguments it takes, and the default of the first, where that is optional."""

    body: str
    arguments: int = 0
    default: str | None = None


def pairs(text: str) -> dict[int, int]:
    """Where each ``{`` that closes does so."""
    closing: dict[int, int] = {}
    open_at: list[int] = []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            open_at.append(found.start())
        elif found[0] == "}" and open_at:
            closing[open_at.pop()] = found.start()
    return closing


class Expander:
    """Learns macros from what it expands, in order, and counts what they produce over all its calls."""

    def __init__(self) -> None:
        self.macros: dict[str, Macro] = {}
        self.expansions = 0
        self.produced = 0

    def expand(self, text: str, depth: int = 0) -> str:
        """`text` with all macros expanded and without their definitions, on the same lines.

        Raises:
            MacroBomb: a bound was passed.
        """
        kept, at = [], 0
        closing: dict[int, int] | None = None
        while found := _CALL.search(text, at):
            name, start = found["name"], found.start()
            kept.append(text[at:start])
            at = verbatim_end(text, found["verbatim"], found.end()) if found["verbatim"] else found.end()
            if name in _DEFINERS or name in self.macros:
                closing = pairs(text) if closing is None else closing
            if name in _DEFINERS:
                at = self.learn(text, at, name, closing or {})
                kept.append("".join(_ENDS.findall(text, start, at)))
            elif name in self.macros:
                given, at = _arguments(text, at, self.macros[name], closing or {})
                result = self.expand(self.substituted(self.macros[name], given, depth), depth + 1)
                kept.append(_on_lines(result, "".join(_ENDS.findall(text, start, at))))
            else:
                kept.append(text[start:at])
        return "".join([*kept, text[at:]])

    def learn(self, text: str, at: int, definer: str, closing: dict[int, int]) -> int:
        """Take up the definition that stands `at`, if it has one of the simple forms; where it ends."""
        read = _definition(text, at, definer, closing)
        if not read:
            return at
        name, macro, end = read
        if definer != "providecommand" or name not in self.macros:
            self.macros[name] = macro
        return end

    def substituted(self, macro: Macro, given: list[str], depth: int) -> str:
        """The body of `macro` with its arguments, if that stays within the bounds."""
        used = [int(number) - 1 for number in _PARAMETER.findall(macro.body)]
        self.expansions += 1
        self.produced += len(macro.body) + sum(len(given[index]) for index in used if index < len(given))
        if depth >= MAX_DEPTH or self.expansions > MAX_EXPANSIONS or self.produced > MAX_PRODUCED:
            raise MacroBomb
        return _PARAMETER.sub(lambda found: (*given, *[""] * 9)[int(found[1]) - 1], macro.body)


def _definition(text: str, at: int, definer: str, closing: dict[int, int]) -> tuple[str, Macro, int] | None:
    """The name, the macro and where its definition ends; None where it is none of the simple forms."""
    name = _NAME.match(text, at)
    if not name:
        return None
    at, count, default = name.end(), 0, None
    if definer == "def":
        parameters = _PARAMETERS.match(text, at)
        at, count = (parameters.end(), len(parameters[0]) // 2) if parameters else (at, 0)
    elif counted := _COUNT.match(text, at):
        at, count = counted.end(), int(counted[1])
        if optional := _DEFAULT.match(text, at):
            at, default = optional.end(), optional[1]
    start = _after_space(text, at)
    if start not in closing:
        return None
    content = _ENDS.sub(" ", text[start + 1 : closing[start]])
    body = f"\\operatorname{{{content}}}" if definer == "DeclareMathOperator" else content
    return name[1] or name[2], Macro(body, count, default), closing[start] + 1


def _arguments(text: str, at: int, macro: Macro, closing: dict[int, int]) -> tuple[list[str], int]:
    """The arguments that follow a call, and where they end; those that are not there are empty."""
    given: list[str] = []
    if macro.default is not None:
        optional = _DEFAULT.match(text, at)
        given.append(optional[1] if optional else macro.default)
        at = optional.end() if optional else at
    while len(given) < macro.arguments:
        start = _after_space(text, at)
        if start in closing:
            given.append(text[start + 1 : closing[start]])
            at = closing[start] + 1
        elif token := _TOKEN.match(text, start):
            given.append(token[0])
            at = token.end()
        else:
            given.append("")
    return given, at


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _on_lines(result: str, ends: str) -> str:
    """`result` with as many line ends as the call had: its own, where they are as many, else at its end."""
    return result if len(_ENDS.findall(result)) == len(ends) else _ENDS.sub(" ", result) + ends
