"""Random formulas, rendered in each notation: read, they keep their value; damaged, they are read or refused."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.answers.formulas.pointwise import sampled
from grader.answers.formulas.sampling import points
from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.syntax.tree import (
    Big,
    Binary,
    Bound,
    Branch,
    Call,
    Cases,
    Group,
    Logic,
    Name,
    Node,
    Num,
    Relation,
    Unary,
)
from grader.answers.syntax.unread import Unread
from grader.answers.values import Formula, ShapeFormula
from grader.answers.views.formula import FormulaView
from grader.answers.views.number import NumberView
from grader.answers.views.shape import ShapeView
from grader.answers.views.shape_formula import ShapeFormulaView
from grader.answers.views.tensor import TensorView
from grader.answers.writing.notation import Notation

SYMBOLS = Symbols(
    {
        "W": Domain(4, 9),
        "K": Domain(1, 4),
        "S": Domain(1, 3),
        "k_1": Domain(0, 3),
        "W_in": Domain(2, 5),
        "pad": Domain(0, 3),
        "x": Domain(-3.0, 3.0, integer=False),
        "sigma_x": Domain(0.5, 3.0, integer=False),
        "dL/dy": Domain(-1.0, 1.0, integer=False),
    }
)
VIEWS: tuple[Any, ...] = (NumberView(), ShapeView(), TensorView(), FormulaView(SYMBOLS), ShapeFormulaView(SYMBOLS))
NOTATIONS = pytest.mark.parametrize("notation", Notation)

_names = st.sampled_from([Name(name) for name in SYMBOLS.domains])
_numbers = st.one_of(
    st.integers(0, 12).map(Num.of), st.sampled_from([Num(Fraction(1, 2), "0.5"), Num(Fraction(5, 3), "5/3")])
)
_signs = st.sampled_from(["+", "-", "*", "", "/", "//", "%", "^", "x", "·"])
_functions = st.sampled_from("floor ceil trunc abs sqrt exp log sigmoid relu tanh sign".split())
_index = st.sampled_from([Name("i"), Name("j"), Name("t_1")])
_orders = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])


def _relations(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    chains = st.tuples(_orders, inner, inner).map(lambda each: Relation((each[0],), each[1:]))
    between = st.tuples(inner, inner, inner).map(lambda each: Relation(("<=", "<"), each))
    return st.one_of(chains, between)


def _conditions(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    joined = st.tuples(st.sampled_from(["and", "or"]), st.lists(_relations(inner), min_size=2, max_size=3))
    return st.one_of(
        _relations(inner),
        joined.map(lambda each: Logic(each[0], tuple(each[1]))),
        _relations(inner).map(lambda each: Logic("not", (each,))),
        st.tuples(joined, _relations(inner)).map(
            lambda each: Logic("or" if each[0][0] == "and" else "and", (Logic(each[0][0], tuple(each[0][1])), each[1]))
        ),
    )


def _sums(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def over(op: str, index: Name, low: int, high: Node, body: Node, sign: str) -> Node:
        return Big(op, (Bound(index, Num.of(low), high),), Binary(sign, index, body))

    ends = st.one_of(st.integers(0, 5).map(Num.of), st.just(Name("K")))
    return st.builds(
        over,
        st.sampled_from(["sum", "prod", "max", "min"]),
        _index,
        st.integers(0, 2),
        ends,
        inner,
        st.sampled_from("+-*"),
    )


def _cases(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    branches = st.lists(st.builds(Branch, inner, _conditions(inner)), min_size=1, max_size=2)
    return st.tuples(branches, inner).map(lambda each: Cases((*each[0], Branch(each[1]))))


def _larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Binary, _signs, inner, inner),
        st.builds(Binary, _signs, inner, inner),
        st.builds(lambda arg: Unary("-", arg), inner),
        st.builds(lambda name, arg: Call(name, (arg,)), _functions, inner),
        st.builds(
            lambda name, args: Call(name, tuple(args)),
            st.sampled_from(["max", "min", "mean"]),
            st.lists(inner, min_size=2, max_size=3),
        ),
        st.builds(lambda *args: Call("where", args), _relations(inner), inner, inner),
        st.builds(lambda arg: Group("(", (arg,)), inner),
        _conditions(inner).map(lambda arg: Group("[", (arg,))),
        _sums(inner),
        _cases(inner),
    )


TREES = st.recursive(st.one_of(_names, _numbers), _larger, max_leaves=8)
AT = points(SYMBOLS, ())


def values(tree: Node) -> Any:
    """What `tree` comes to at points of the domain."""
    with np.errstate(all="ignore"):
        return np.broadcast_to(sampled(tree, AT), AT["W"].shape)


@NOTATIONS
@given(tree=TREES)
@example(tree=Binary("*", Binary("%", Name("W"), Name("K")), Name("S")))
@settings(deadline=None, max_examples=100)
def test_formulas(tree: Node, notation: Notation, say: Any) -> None:
    """A formula keeps its value at every point."""
    view = FormulaView(SYMBOLS)
    text = view.render(Formula(tree), notation)
    reading = view.read(say(text))
    if not _has_value(tree):
        return
    assert reading.value is not None, (text, reading.reason)
    np.testing.assert_allclose(values(reading.value.tree), values(tree), rtol=1e-9, atol=1e-9, err_msg=text)


def _has_value(tree: Node) -> bool:
    try:
        return bool(np.isfinite(values(tree)).any())
    except Unread:
        return False


@NOTATIONS
@given(trees=st.lists(TREES.filter(_has_value), min_size=1, max_size=3))
@settings(deadline=None, max_examples=40)
def test_shapes_of_formulas(trees: list[Node], notation: Notation, say: Any) -> None:
    """Each extent keeps its value, and none falls into two."""
    view = ShapeFormulaView(SYMBOLS)
    text = view.render(ShapeFormula(tuple(trees)), notation)
    reading = view.read(say(text))
    assert reading.value is not None, (text, reading.reason)
    assert len(reading.value.extents) == len(trees), text
    for got, want in zip(reading.value.extents, trees, strict=True):
        np.testing.assert_allclose(values(got), values(want), rtol=1e-9, atol=1e-9, err_msg=text)


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """A formula in some notation with a character left out or doubled, up to three times."""
    text = FormulaView(SYMBOLS).render(Formula(draw(TREES)), draw(st.sampled_from(Notation)))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(text) - 1)))
        text = text[:at] + draw(st.sampled_from(["", text[at : at + 1] * 2])) + text[at + 1 :]
    return text


@given(text=_damaged())
@settings(deadline=None, max_examples=150)
def test_damaged_formulas(text: str, say: Any, within: Any) -> None:
    """They have a value or a code with its reason, and cost next to nothing."""
    for view in VIEWS:
        reading = within(100, partial(view.read, say(text)))
        assert (reading.value is None) == bool(reading.code) == bool(reading.reason)
        if reading.value is not None:
            within(100, partial(view.render, reading.value, Notation.LATEX))
