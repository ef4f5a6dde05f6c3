r"""Sums, products and maxima over indices, written down: `\sum_{i=1}^{m}`, `sum_{i=1..m}`, `sum(... for i in ...)`."""

from __future__ import annotations

from grader.answers.formulas.linear import simplified
from grader.answers.syntax.tree import Big, Binary, Bound, Num
from grader.answers.writing.notation import Notation
from grader.answers.writing.write_conditions import SIGNS
from grader.answers.writing.writer import ATOM, LIST, OPEN, SUM, Writer, Written, bare

_SUMS = {Notation.LATEX: {"sum": r"\sum", "prod": r"\prod"}, Notation.UNICODE: {"sum": "∑", "prod": "∏"}}


def big(w: Writer, node: Big) -> Written:
    """The sign with its indices, and the body, which reaches as far as a product; that of a maximum in brackets."""
    if node.op in {"max", "min"}:
        sign = rf"\{node.op}" if w.latex else node.op
        return f"{sign}_{{{_below(w, node)}}}{w.bracketed(w.text(node.body, LIST))}", ATOM
    if w.notation is Notation.PYTHON and node.bounds and all(each.low and each.high for each in node.bounds):
        loops = " ".join(f"for {w.text(each.name, ATOM)} in range({_span(w, each)})" for each in node.bounds)
        return f"{node.op}({w.text(node.body, SUM)} {loops})", ATOM
    body = w.text(bare(node.body), OPEN)
    sign = _SUMS.get(w.notation, {}).get(node.op, node.op)
    if w.notation not in _SUMS and node.bounds and all(each.low or not each.high for each in node.bounds):
        return f"{sign}_{{{_below(w, node)}}} {body}", OPEN
    signs = [_signed(w, sign, bound) for bound in node.bounds]
    return f"{' '.join(signs) or sign} {body}", OPEN


def _below(w: Writer, node: Big) -> str:
    """All indices below one sign, with both ends."""
    return ", ".join(_ends(w, bound) for bound in node.bounds)


def _ends(w: Writer, bound: Bound) -> str:
    if not bound.high:
        return _begin(w, bound)
    dots = r" \dots " if w.latex else ".."
    return f"{_begin(w, bound)}{dots}{w.text(bound.high, SUM)}"


def _signed(w: Writer, sign: str, bound: Bound) -> str:
    """A sign for one index, its ends below and above."""
    high = f"^{{{w.text(bound.high, LIST)}}}" if bound.high else ""
    return f"{sign}_{{{_begin(w, bound)}}}{high}"


def _begin(w: Writer, bound: Bound) -> str:
    name = w.text(bound.name, ATOM)
    if bound.among:
        return f"{name} {SIGNS[w.notation]['in']} {w.text(bound.among, SUM)}"
    return f"{name}={w.text(bound.low, SUM)}" if bound.low else name


def _span(w: Writer, bound: Bound) -> str:
    """Both ends as Python's range has them."""
    high = simplified(Binary("+", bound.high or Num.of(0), Num.of(1)))
    return f"{w.text(bound.low or Num.of(0), SUM)}, {w.text(high, SUM)}"
