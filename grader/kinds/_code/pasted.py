"""Values as Python that can be pasted: ``np.array([[1., -2.5]])``."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np

from grader.kinds._code.words import Numbers

_MOST = 200
"""Entries that are written out; a counterexample that is larger says so."""


def pasted(array: Numbers) -> str:
    """`array` as an expression; one entry of a float array keeps its point, so that it is one again."""
    if array.size > _MOST:
        return f"...  # {array.size} entries of shape {array.shape}, too many to write out"
    if array.size == 0:
        return f"np.empty({array.shape})"
    if array.dtype in (np.float64, np.int64, np.bool_):
        return f"np.array({_nested(array.tolist())})"
    return f"np.array({_nested(array.tolist())}, dtype=np.{array.dtype})"


def told(value: Any) -> str:
    """Whatever came back, on one bounded line."""
    text = pasted(value).removeprefix("np.") if isinstance(value, np.ndarray) else _told(value)
    return text if len(text) <= 2000 else f"{text[:2000]}…"


def _told(value: Any) -> str:
    match value:
        case float():
            return _number(value)
        case list() | tuple():
            inside = ", ".join(told(item) for item in value)
            return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    return " ".join(repr(value).split())


def _nested(entries: Any) -> str:
    if isinstance(entries, list):
        return f"[{', '.join(_nested(entry) for entry in entries)}]"
    return _number(entries) if isinstance(entries, float) else repr(entries)


def _number(value: float) -> str:
    if not isfinite(value):
        return f"np.{value}"
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value)}."
    return f"{value:.8g}"
