"""Random formulas of entries, rendered in each notation, are read as formulas with the same entries."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import kinds
from grader.answers.entries.arrays import Faulty
from grader.answers.entries.grid import on_grid
from grader.answers.syntax.tree import Big, Binary, Bound, Call, Group, Index, Name, Node, Num, Relation, Unary
from grader.answers.syntax.unread import Unread
from grader.answers.values import Entrywise, Indexed
from grader.answers.writing.notation import Notation

KIND = kinds.load("indexed")
VIEW = KIND.view(
    KIND.given(
        formula=(
            "dW[h,l] = sum_{i=1..m} sum_{j=1..m} dY[i,j] * X[i+h-1, j+l-1]"
            " + b*a[h] + sigma_x*sum_{i=1..m} x[i]*dL/dz[i,h]"
        ),
        symbols={"m": [2, 4], "k": [2, 3], "n": [3, 7], "b": "real", "sigma_x": "positive"},
        require=["m = n - k + 1"],
        arrays={"dW": ["k", "k"], "X": ["n", "n"], "dY": ["m", "m"], "a": ["k"], "x": ["m"], "dL/dz": ["m", "k"]},
    )
)
FREE = ("h", "l")
ONE = Num.of(1)
ENDS = [
    (None, None),
    (ONE, Name("m")),
    (Num.of(0), Binary("-", Name("m"), ONE)),
    (ONE, Name("h")),
    (Num.of(2), None),
]
NOTATIONS = pytest.mark.parametrize("notation", Notation)


# Strategies are kept: hypothesis looks through each new one before it draws, which takes longer than to draw.
@cache
def _indices(names: tuple[str, ...]) -> st.SearchStrategy[Node]:
    name = st.sampled_from([Name(each) for each in names])
    return st.one_of(
        name,
        st.integers(1, 3).map(Num.of),
        st.builds(Binary, st.sampled_from("+-"), name, st.integers(1, 2).map(Num.of)),
        st.builds(lambda one, other: Binary("-", Binary("+", one, other), ONE), name, name),
        st.builds(lambda one, other: Binary("+", Binary("*", Num.of(2), one), other), name, name),
    )


@cache
def _factors(names: tuple[str, ...]) -> st.SearchStrategy[Node]:
    index = _indices(names)
    entries = st.one_of(
        *(st.tuples(*[index] * rank).map(lambda at, name=name: Index(Name(name), at)) for name, rank in RANKS.items())
    )
    scalars = [Name("m"), Name("b"), Name("sigma_x"), Num.of(2), Num(Fraction(1, 2), "0.5"), *map(Name, names)]
    indicators = st.builds(
        lambda op, one, other: Group("[", (Relation((op,), (one, other)),)),
        st.sampled_from(["=", "<=", "!="]),
        index,
        index,
    )
    return st.one_of(entries, entries, st.sampled_from(scalars), indicators)


RANKS = VIEW.signature.ranks


@cache
def _terms(names: tuple[str, ...], unbound: tuple[str, ...]) -> st.SearchStrategy[Node]:
    """Terms in the indices `names`, with sums over one after the other of those `unbound`."""

    def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        return st.one_of(
            st.builds(Binary, st.sampled_from(["+", "-", "*", "", "·", "/"]), inner, inner),
            st.builds(lambda arg: Unary("-", arg), inner),
            st.builds(lambda arg: Call("exp", (arg,)), inner),
            st.builds(lambda one, other: Call("max", (one, other)), inner, inner),
        )

    smallest = _factors(names)
    if unbound:
        smallest = st.one_of(smallest, _sums(names, *unbound))
    return st.recursive(smallest, larger, max_leaves=4)


@st.composite
def _sums(draw: st.DrawFn, names: tuple[str, ...], index: str, *unbound: str) -> Node:
    body = draw(_terms((*names, index), unbound))
    bound = Bound(Name(index), *draw(st.sampled_from(ENDS)))
    return Big(draw(st.sampled_from(["sum", "sum", "prod", "max"])), (bound,), body)


def entries_of(tree: Node, free: tuple[tuple[str, str], ...]) -> list[Any]:
    """The entries that `tree` gives, on arrays of each size."""
    return [on_grid(tree, setting, dict(free)) for setting in VIEW.settings]


def _has_entries(tree: Node) -> bool:
    try:
        entries_of(tree, tuple(zip(FREE, FREE, strict=True)))
    except (Unread, Faulty):
        return False
    return True


TREES = _terms(FREE, ("i", "j_1")).filter(_has_entries)


@NOTATIONS
@given(tree=TREES)
@settings(deadline=None, max_examples=100)
def test_formulas_of_entries(tree: Node, notation: Notation, say: Any) -> None:
    """The same entries on arrays of each size; what has no value anywhere has none again."""
    free = tuple(zip(FREE, FREE, strict=True))
    text = VIEW.render(Indexed((Entrywise(tree, free),)), notation)
    reading = VIEW.read(say(text))
    assert reading.value is not None, (text, reading.reason)
    assert not reading.value.fault, (text, reading.value.fault)
    (found,) = reading.value.readings
    for got, want in zip(entries_of(found.tree, found.free), entries_of(tree, free), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-9, err_msg=text)


OWN = r"dW_{ab} = \sum_{h=1}^{m} \sum_{j=1}^{m} X_{h+a-1, j+b-1} dY_{hj}"


@NOTATIONS
def test_own_names_of_indices(notation: Notation, say: Any) -> None:
    """They are shown as the problem's, and an index of a sum that is called so gets another letter."""
    value = VIEW.read(say(OWN)).value
    again = VIEW.read(say(VIEW.render(value, notation))).value
    assert VIEW.compare(again, value).credit == 1
    assert VIEW.render(value, Notation.LATEX) == r"\sum_{t=1}^{m} \sum_{j=1}^{m} X_{t+h-1,j+l-1} dY_{t,j}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"a_1 x_1 + a_2 x_2 + \cdots + a_m x_m", r"\sum_{t=1}^{m} a_t x_t"),
        (r"X_{h,l} + X_{h,l+1} + \cdots + X_{h,l+m-1}", r"\sum_{t=0}^{m - 1} X_{h,l+t}"),
        (r"x_1 a_h + x_3 a_h + \cdots + x_m a_h", r"\sum_{t=0}^{\frac{m - 1}{2}} x_{2t+1} a_h"),
    ],
)
def test_an_ellipsis_is_shown_as_its_sum(text: str, shown: str, say: Any) -> None:
    """Counted as its first number counts, with the arithmetic done."""
    value = VIEW.read(say(text)).value
    assert VIEW.render(value, Notation.LATEX) == shown


def test_what_is_wrong_in_itself_is_shown_as_written(say: Any) -> None:
    """An index that nothing binds: there is no formula, but the student sees what was read."""
    value = VIEW.read(say(r"dW_{hl} = \sum_{i} X_{i+h,j+l} dY_{ij}")).value
    assert value is not None
    assert value.fault
    assert VIEW.render(value, Notation.LATEX) == r"\sum_{i} X_{i+h,j+l} dY_{ij}"
