"""The environments of display math, and a formula without the one around it."""

from __future__ import annotations

import re

_DISPLAYS = (
    "equation",
    "align",
    "gather",
    "multline",
    "eqnarray",
    "flalign",
    "alignat",
    "displaymath",
    "math",
    "dmath",
)
_PARTS = (
    "matrix", "bmatrix", "pmatrix", "vmatrix", "Vmatrix", "Bmatrix", "smallmatrix",
    "cases", "array", "aligned", "alignedat", "gathered", "split",
)  # fmt: skip

ENVIRONMENTS = frozenset(name + star for name in _DISPLAYS for star in ("", "*"))
"""Environments that open display math: they are no part of the formula."""

KEPT_ENVIRONMENTS = frozenset(name + star for name in _PARTS for star in ("", "*"))
"""Environments that belong to the formula, also where nothing opens display math around them."""

_BEGIN = re.compile(r"\\begin\{([A-Za-z]++\*?)\}")
_COLUMNS = re.compile(r"\{\d{1,3}\}")


def bare(formula: str) -> str:
    """`formula` without blank ends and without a display environment that holds the whole of it."""
    text = formula.strip()
    found = _BEGIN.match(text)
    if not found or found[1] not in ENVIRONMENTS:
        return text
    closer = f"\\end{{{found[1]}}}"
    if text.find(closer) != len(text) - len(closer):
        return text
    start = found.end()
    if found[1].startswith("alignat") and (columns := _COLUMNS.match(text, start)):
        start = columns.end()
    return text[start : -len(closer)].strip()
