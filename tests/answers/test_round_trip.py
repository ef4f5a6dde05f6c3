"""Values of every kind, rendered in each notation, are read as the same value again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.answers.growth.expansion import Growing
from grader.answers.values import Growth, Members, Number, Places, Region, Shape, Tensor
from grader.answers.views.choice import ChoiceView, chosen
from grader.answers.views.growth import GrowthView
from grader.answers.views.limits import LimitsView
from grader.answers.views.members import MembersView
from grader.answers.views.number import NumberView
from grader.answers.views.places import PlacesView
from grader.answers.views.shape import ShapeView
from grader.answers.views.tensor import TensorView
from grader.answers.writing.notation import Notation

NOTATIONS = pytest.mark.parametrize("notation", Notation)
MODEST = settings(deadline=None, max_examples=60)


def again(view: Any, value: Any, notation: Notation, say: Any) -> Any:
    """`value`, rendered and read; it has to look like an answer of its sort."""
    text = view.render(value, notation)
    reading = view.read(say(text))
    assert reading.value is not None, (text, reading.reason)
    assert not reading.notes
    return reading.value


def _in_proportion(value: float) -> bool:
    """Whether it is no smaller than what is read."""
    return value == 0 or abs(value) > 1e-90


_wholes = st.integers(-(10**40) + 1, 10**40 - 1).map(Fraction)
_rationals = st.fractions(max_denominator=10**9).filter(lambda value: abs(value) < 10**20)
_rounded = st.builds(
    lambda mantissa, power: Number(mantissa * Fraction(10) ** power, digits=3),
    st.integers(100, 999),
    st.integers(-6, 12),
)
_in_units = st.builds(
    lambda head, power: Number(Fraction(head) * 10**power, digits=2), st.integers(10, 99), st.integers(0, 11)
)
_decimals = st.builds(
    lambda value, places: Number(Fraction(value, 10**places), decimals=places),
    st.integers(-(10**9), 10**9),
    st.integers(1, 9),
)


@NOTATIONS
@given(value=st.one_of(_wholes, _rationals, st.integers(-(10**30), 10**30).map(lambda value: Fraction(value * 10**60))))
@MODEST
def test_numbers(value: Fraction, notation: Notation, say: Any) -> None:
    """Exactly, as long as its digits can be read."""
    assert again(NumberView(), Number(value), notation, say).value == value


@NOTATIONS
@given(value=st.one_of(_rounded, _in_units, _decimals))
@MODEST
def test_numbers_with_the_digits_written(value: Number, notation: Notation, say: Any) -> None:
    """What is written as rounded stays so, and to the same digits."""
    found = again(NumberView(), value, notation, say)
    assert (found.value, found.digits) == (value.value, value.digits)
    assert value.digits or found.decimals == value.decimals


@NOTATIONS
@given(value=st.floats(-1e30, 1e30).filter(_in_proportion))
@MODEST
def test_floats(value: float, notation: Notation, say: Any) -> None:
    """To the last digit."""
    assert float(again(NumberView(), Number(value), notation, say).value) == value


@NOTATIONS
@given(extents=st.lists(st.integers(1, 10**6), min_size=1, max_size=5))
@MODEST
def test_shapes(extents: list[int], notation: Notation, say: Any) -> None:
    """Extents in their order."""
    value = Shape(tuple(extents))
    assert again(ShapeView(), value, notation, say) == value


# 81 entries at most: with all their digits they are no longer than what is read.
_shapes = arrays.array_shapes(min_dims=1, max_dims=4, max_side=3)
_entries = st.one_of(
    arrays.arrays(np.int64, _shapes, elements=st.integers(-(10**15), 10**15)),
    arrays.arrays(np.float64, _shapes, elements=st.floats(-1e9, 1e9).filter(_in_proportion)),
)


@NOTATIONS
@given(array=_entries)
@MODEST
def test_tensors(array: Any, notation: Notation, say: Any) -> None:
    """Each entry, in one to four axes."""
    value = Tensor(array)
    assert again(TensorView(), value, notation, say) == value


GROWING = GrowthView(Growing(("n", "k"), {}, frozenset({"m"})))
_orders = st.tuples(
    st.sampled_from([0.0, round(float(np.log(2)), 9)]),
    st.sampled_from([Fraction(0), Fraction(1), Fraction(2), Fraction(1, 2), Fraction(-1), Fraction(3, 2)]),
    st.sampled_from([Fraction(0), Fraction(1), Fraction(2)]),
).filter(any)
_terms = st.dictionaries(st.sampled_from("nk"), _orders, min_size=1).map(lambda term: tuple(sorted(term.items())))


@NOTATIONS
@given(term=_terms)
@MODEST
def test_rates_of_growth(term: Any, notation: Notation, say: Any) -> None:
    """Powers, logarithms and exponentials of several symbols."""
    value = Growth(frozenset({term}))
    assert again(GROWING, value, notation, say) == value


MEMBERS = MembersView(
    {"k_1": ("k1",), "k_2": ("k2",), "b": (), "sigma_x": (), "gamma": (), "a": (), "W": (), "y_hat": ()}
)


@NOTATIONS
@given(names=st.frozensets(st.sampled_from(sorted(MEMBERS.universe))))
@MODEST
def test_sets(names: frozenset[str], notation: Notation, say: Any) -> None:
    """The same names, and nothing else beside them."""
    value = Members(names)
    assert again(MEMBERS, value, notation, say) == value


@NOTATIONS
@given(indices=st.lists(st.tuples(st.integers(-3, 40), st.integers(0, 40)), min_size=1, max_size=4, unique=True))
@MODEST
def test_places(indices: list[tuple[int, int]], notation: Notation, say: Any) -> None:
    """Each place, in order."""
    value = Places(tuple(indices))
    assert again(PlacesView(2), value, notation, say) == value


LIMITS = LimitsView(("k_1", "k_2"), -2, 5)
_ends = st.tuples(st.integers(-2, 5), st.integers(-2, 5))
WRITTEN = (
    "k_1 + k_2 <= 3",
    "0 <= k_1 < k_2, k_2 >= 1",
    "|k_1| <= 1, k_2 = 2",
    "k_1 != 0, 2 k_2 <= k_1^2",
    r"k_1 \in \{0, 1\}",
)


@NOTATIONS
@given(first=_ends, second=_ends)
@MODEST
def test_limits(first: tuple[int, int], second: tuple[int, int], notation: Notation, say: Any) -> None:
    """The points of a box, of an empty one too."""
    one, other = LIMITS.grid["k_1"], LIMITS.grid["k_2"]
    held = (one >= first[0]) & (one <= first[1]) & (other >= second[0]) & (other <= second[1])
    value = Region(tuple(map(bool, held)))
    assert again(LIMITS, value, notation, say) == value


@NOTATIONS
@pytest.mark.parametrize("text", WRITTEN)
def test_limits_that_are_no_box(text: str, notation: Notation, say: Any) -> None:
    """They are shown as they were written."""
    value = LIMITS.read(say(text)).value
    assert again(LIMITS, value, notation, say) == value


OPTIONS = {"a": "increases", "b": "decreases", "c": "stays the same"}
WORDS = {"yes": "yes", "no": "no", "not enough": "not enough"}


@NOTATIONS
@pytest.mark.parametrize(("options", "key"), [*((OPTIONS, key) for key in OPTIONS), *((WORDS, key) for key in WORDS)])
def test_choices(options: dict[str, str], key: str, notation: Notation, say: Any) -> None:
    """The key of one option."""
    assert again(ChoiceView(options), chosen([key]), notation, say) == chosen([key])


@NOTATIONS
@pytest.mark.parametrize("keys", [["a", "c"], ["b"], ["a", "b", "c"]])
def test_choices_of_several(keys: list[str], notation: Notation, say: Any) -> None:
    """Keys with commas between them."""
    assert again(ChoiceView(OPTIONS, several=True), chosen(keys), notation, say) == chosen(keys)
