"""The cells of a ``tabular``."""

from __future__ import annotations

import re
from collections.abc import Callable

TABLES = frozenset({"tabular", "tabular*", "tabularx", "tabulary", "longtable", "tabbing"})
"""Environments whose rows end in ``\\\\`` and whose cells are parted by ``&``."""

_ARGUMENT = re.compile(r"[ \t]*+(?:\[[^\]\n]{0,20}\]|\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]{0,9}\}){0,20}\}){0,60}\})")
_RULE = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot)(?![A-Za-z])"
    r"|\\(?:cline|cmidrule|specialrule|addlinespace)(?![A-Za-z])(?:\([^()\n]{0,9}\))?(?:[\[{][^]}\n]{0,20}[\]}])*+"
)
_SPAN = re.compile(
    r"\\multi(?:column|row)\*?(?:\[[^\]\n]{0,9}\])?\{[^{}\n]{0,20}\}(?:\[[^\]\n]{0,9}\])?\{[^{}\n]{0,40}\}(?=\{)"
)
_MARK = re.compile(
    r"(?P<row>\\\\\*?(?:[ \t]*+\[[^\]\n]{0,20}\])?|\\tabularnewline(?![A-Za-z]))"
    r"|(?P<open>\\begin\{[^{}\n]{0,20}\}|\{)|\\end\{[^{}\n]{0,20}\}|\\[^\\]|(?P<close>\})|(?P<formula>\$(?:\\.|[^$\\])*+\$)|(?P<cell>&)",
    re.DOTALL,
)


def content_start(source: str, name: str, at: int) -> int:
    """Where the rows begin, behind the arguments of the table `name` that stand `at`."""
    for _ in range({"tabular*": 3, "tabularx": 3, "tabulary": 3}.get(name, 2)):
        argument = _ARGUMENT.match(source, at)
        at = argument.end() if argument else at
    return at


def rows(content: str, plain: Callable[[str], str]) -> tuple[tuple[str, ...], ...]:
    """The cells of the rows in `content`, each made plain by `plain`; rows of nothing but rules are none."""
    found = [tuple(plain(cell) for cell in row) for row in _split(_SPAN.sub("", _RULE.sub("", content)))]
    return tuple(row for row in found if any(row))


def _split(content: str) -> list[list[str]]:
    """Raw cells; what stands in braces, in a formula or in an inner environment is not split."""
    split: list[list[str]] = [[]]
    start = depth = 0
    for mark in _MARK.finditer(content):
        if mark["open"]:
            depth += 1
        elif mark["close"] or mark[0].startswith("\\end{"):
            depth = max(depth - 1, 0)
        elif depth == 0 and (mark["row"] or mark["cell"]):
            split[-1].append(content[start : mark.start()])
            start = mark.end()
            if mark["row"]:
                split.append([])
    split[-1].append(content[start:])
    return split
