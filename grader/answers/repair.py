r"""Mends what scanning and copying did to LaTeX, and says what it mended.

Only damage that has one cause and one cure is mended here: a command that lost its backslash to an escape
(`\b`, `\r`, `\t`, `\f`, `\n`), and a row of a matrix that ends in one backslash instead of two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mended:
    """A text and the repairs that were made to it."""

    text: str
    repairs: tuple[str, ...]


_LOST = [
    (re.compile(r"(?<![\\A-Za-z])(?:\x08)?egin\s*\{"), r"\\begin{", "egin{ read as \\begin{"),
    (
        re.compile(r"(?:\r|\n)ight(?=\s*[\]\)\}|.\\])"),
        r"\\right",
        "a line break before 'ight' read as \\right",
    ),
    (re.compile(r"(?:\x0c)rac(?=\s*\{)|(?<![\\A-Za-z])rac(?=\s*\{)"), r"\\frac", "rac{ read as \\frac{"),
    (re.compile(r"(?:\t)imes(?![A-Za-z])"), r"\\times", "a tab before 'imes' read as \\times"),
    (re.compile(r"(?:\t)ext(?=\s*\{)"), r"\\text", "a tab before 'ext{' read as \\text"),
    (re.compile(r"(?<=[\s{(])(?:\x08)ar(?=\s*\{)"), r"\\bar", "ar{ read as \\bar{"),
]
_MATRIX = re.compile(r"\\begin\s*\{(array|[bpvBV]?matrix|cases)\}.*?\\end\s*\{\1\}", re.DOTALL)
_SINGLE = re.compile(r"(?<!\\)\\(?=\s+[-+\d\\$&]|\s*\n)")


def repaired(text: str) -> Mended:
    """`text` with its damage mended, and a line for each repair."""
    repairs: list[str] = []
    for pattern, cure, said in _LOST:
        text, count = pattern.subn(cure, text)
        if count:
            repairs.append(said)
    mended = _MATRIX.sub(lambda found: _SINGLE.sub(r"\\\\ ", found.group()), text)
    if mended != text:
        repairs.append("a single backslash at the end of a row read as \\\\")
    return Mended(mended, tuple(repairs))
