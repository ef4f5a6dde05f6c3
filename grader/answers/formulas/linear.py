"""Sums of multiples, `(j + 1) - j` and `2 + 3*(t - 1)`, worked out: `1` and `3*t - 1`."""

from __future__ import annotations

from fractions import Fraction

from grader.answers.syntax.tree import PRODUCTS, Binary, Group, Node, Num, Unary

_Terms = dict[Node | None, Fraction]
"""What is added up, each with its factor; None stands for 1."""


def simplified(node: Node) -> Node:
    """`node` with equal terms taken together; what is no sum of multiples stays as it is."""
    found: Node | None = None
    terms = [(term, factor) for term, factor in _terms(node).items() if factor]
    for term, factor in sorted(terms, key=lambda each: (each[0] is None, each[1] < 0)):
        multiple = _multiple(term, abs(factor))
        if found is None:
            found = Unary("-", multiple) if factor < 0 else multiple
        else:
            found = Binary("-" if factor < 0 else "+", found, multiple)
    return found or Num.of(0)


def _multiple(term: Node | None, factor: Fraction) -> Node:
    number = Num(factor, str(factor))
    if term is None:
        return number
    return term if factor == 1 else Binary("*", number, term)


def _terms(node: Node) -> _Terms:
    match node:
        case Num(value):
            return {None: value}
        case Group("(", (inner,)):
            return _terms(inner)
        case Unary("-", arg):
            return _times(_terms(arg), Fraction(-1))
        case Binary("+" | "-" as op, left, right):
            found = _terms(left)
            for term, factor in _times(_terms(right), Fraction(1 if op == "+" else -1)).items():
                found[term] = found.get(term, Fraction(0)) + factor
            return found
        case Binary(op, left, right) if op in PRODUCTS:
            sides = _terms(left), _terms(right)
            for one, other in (sides, sides[::-1]):
                if one.keys() <= {None}:
                    return _times(other, one.get(None, Fraction(0)))
    return {node: Fraction(1)}


def _times(terms: _Terms, factor: Fraction) -> _Terms:
    return {term: each * factor for term, each in terms.items()}
