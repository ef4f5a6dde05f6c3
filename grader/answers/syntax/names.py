"""Runs of letters as names: whole, or taken apart into the problem's names; subscripts typed without their sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.answers.syntax.parse import Parser

TIMES = "\0"
"""Stands for the `x` between factors while a run of letters is taken apart."""


def split(p: Parser, run: str) -> list[str]:
    """`run` as names: whole where the problem knows it or nothing else fits, else taken apart (`FxKxK` at its x)."""
    if len(run) == 1 or run.lower() in p.folded:
        return [run]
    factors = run.split("x")
    if len(factors) > 1 and "x" not in p.names and all(factors):
        pieces = [_apart(p, factor) for factor in factors]
        if all(pieces):
            return [piece for factor in pieces for piece in (TIMES, *(factor or ()))][1:]
    return _apart(p, run) or [run]


def _apart(p: Parser, run: str) -> list[str] | None:
    """`run` as a row of the problem's names, the longest first; None where it is none."""
    pieces: list[str] = []
    at = 0
    while at < len(run):
        ends = range(len(run), at, -1)
        end = next((e for e in ends if run[at:e] in p.names), None)
        end = end or next((e for e in ends if run[at:e].lower() in p.folded), None)
        if end is None:
            return None
        pieces.append(run[at:end])
        at = end
    return pieces


def subscript_within(p: Parser, run: str) -> str:
    """`h` of `nh`, where that is how the problem's `n_h` is typed, and nothing else is."""
    if run.lower() in p.folded or len(run) < 2:
        return ""
    meant = {name.lower() for name in p.names if "_" in name and name.replace("_", "").lower() == run.lower()}
    return run[len(meant.pop().partition("_")[0]) :] if len(meant) == 1 else ""


def is_numbered(p: Parser, name: str, number: str) -> bool:
    """Whether the digits behind `name` are its subscript: `k1` is `k_1` where the problem has that."""
    known = f"{name}_{number}".lower() in p.folded
    return known and f"{name}{number}".lower() not in p.folded
