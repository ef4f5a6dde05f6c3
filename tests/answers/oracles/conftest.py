"""How a row of a suite's table is read, and held against what it has to mean.

A row is (group, text, meaning, domain, options); the sort of the meaning says which view reads the text:

    int, Fraction, float           a number: exactly, or where it is irrational to the last digits of a float
    function of numbers            a formula over its parameters' names: `a_` is a', `x_0` is x with a subscript
    function to True or False      equations and inequalities, tried at all integers from -6 to 6
    list                           an array, entry by entry
    tuple                          a shape
    list of tuples                 places: coordinates, solutions
    set of words                   names out of a list
    text                           a formula, or with the option `options` the key of one of them
    tree                           the syntax tree itself
    None                           no value through any view: it is left to a person, with a code

A row's function or number is written in Python and worked out by Python: our parser is nowhere asked about itself.
Options: `fails` says why a row fails today; `differs` where the suite's meaning is another than ours, and why;
`names` are symbols of the problem that the meaning does not show; `spelt` is how a parameter is spelt as a symbol;
`against` is the right answer for a text that is left to a person;
`integers` draws integers; `display` cuts the text as a display formula; `as` names the views that must refuse.
"""

from __future__ import annotations

import inspect
import itertools
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest

from grader.answers.claims import Claim
from grader.answers.formulas.pointwise import sampled
from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.prose.extract import claims
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Node
from grader.answers.view import View
from grader.answers.views.choice import ChoiceView
from grader.answers.views.formula import FormulaView
from grader.answers.views.limits import LimitsView
from grader.answers.views.members import MembersView
from grader.answers.views.number import NumberView
from grader.answers.views.places import PlacesView
from grader.answers.views.shape import ShapeView
from grader.answers.views.tensor import TensorView
from grader.model import Block, BlockKind, Verdict, Where

IN, OUT = "in domain", "out: left to a person"
POINTS = 60
GRID = range(-6, 7)
Lens = tuple[View[Any], Callable[[Any], None]]
"""A view, and what asserts that a value read through it is the one meant."""


class Row(NamedTuple):
    """One row of a table; see above."""

    group: str
    text: str
    meaning: Any
    domain: str
    options: dict[str, Any] = {}  # noqa: RUF012 - never written to


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a `row` runs for each of its module's `ROWS`."""
    if "row" not in metafunc.fixturenames:
        return
    rows = [Row(*raw) for raw in metafunc.module.ROWS]
    marked = [
        pytest.param(row, marks=pytest.mark.xfail(strict=True, reason=row.options["fails"]))
        if "fails" in row.options
        else row
        for row in rows
    ]
    metafunc.parametrize("row", marked, ids=[f"{row.group}: {row.text}" for row in rows])


@pytest.fixture(scope="session")
def lens() -> Callable[[Row], Lens]:
    """The view for a row, and the check of what it reads."""
    return _lens


@pytest.fixture(scope="session")
def holds() -> Callable[[Row], None]:
    """Asserts that a row's text, taken as the answer itself, has the row's meaning."""
    return _holds


@pytest.fixture(scope="session")
def refused() -> Callable[[str, Any], None]:
    """Asserts that a view refuses a text, with a code and a reason."""
    return _refused


def _holds(row: Row) -> None:
    assert row.domain == (OUT if row.meaning is None else IN)
    if row.meaning is None:
        for view in _views(row):
            _refused(row.text, view)
    elif isinstance(row.meaning, Node):
        assert parse(row.text, frozenset(row.options.get("names", "").split())) == row.meaning
    else:
        view, check = _lens(row)
        reading = view.read(_displayed(row.text) if "display" in row.options else _said(row.text))
        assert reading.value is not None, f"{reading.code}: {reading.reason}"
        check(reading.value)


def _said(text: str) -> Claim:
    return Claim(text, Where("answer.md", 1))


def _displayed(text: str) -> Claim:
    """What a display formula says last, cut into rows as for a student."""
    return claims([Block(BlockKind.MATH, text, Where("answer.md", 1))])[-1]


def _refused(text: str, view: Any) -> None:
    reading = view.read(_said(text))
    shown = None if reading.value is None else view.render(reading.value)
    assert reading.value is None, f"{type(view).__name__} reads {shown!r}"
    assert reading.code
    assert reading.reason


def _views(row: Row) -> list[Any]:
    names = tuple(row.options.get("names", "x y z").split())
    views = {
        "number": NumberView(),
        "formula": FormulaView(Symbols({name: Domain(-4, 4, integer=False) for name in names})),
        "tensor": TensorView(),
        "limits": LimitsView(names[:2], -6, 6),
        "shape": ShapeView(),
        "places": PlacesView(2),
    }
    return [views[name] for name in row.options.get("as", "number formula tensor limits").split()]


def _lens(row: Row) -> Lens:
    match row.meaning:
        case int() | Fraction() | float():
            return NumberView(), lambda value: _same_number(value.value, row.meaning)
        case str() if "options" in row.options:
            return ChoiceView(row.options["options"]), lambda value: _same(value.key, row.meaning)
        case str():
            return _formula_lens(row)
        case [tuple(), *_] as places:
            return PlacesView(len(places[0])), lambda value: _same(sorted(value.indices), sorted(places))
        case list():
            return TensorView(), lambda value: _same_array(value.array, row.meaning)
        case tuple():
            return ShapeView(), lambda value: _same(value.extents, row.meaning)
        case set():
            return MembersView(dict.fromkeys(row.options["names"].split(), ())), lambda value: _same(
                value.names, row.meaning
            )
    return _function_lens(row)


def _formula_lens(row: Row) -> Lens:
    """A formula against one in ASCII: equal to it, and not to one that differs."""
    symbols = Symbols({name: Domain(0.5, 4, integer=False) for name in row.options["names"].split()})
    view = FormulaView(symbols)
    right, wrong = (view.read(_said(text)).value for text in (row.meaning, f"({row.meaning}) + 1"))
    assert right
    assert wrong

    def check(value: Any) -> None:
        assert view.compare(value, right).verdict is Verdict.CORRECT, view.render(value)
        assert view.compare(value, wrong).verdict is Verdict.INCORRECT

    return view, check


def _function_lens(row: Row) -> Lens:
    parameters = list(inspect.signature(row.meaning).parameters)
    spelt = row.options.get("spelt", {})
    names = [spelt.get(name) or _spelt(name) for name in parameters]
    if isinstance(row.meaning(*(1 for _ in names)), bool):
        points = itertools.product(GRID, repeat=len(names))
        wanted = tuple(row.meaning(*point) for point in points)
        return LimitsView(tuple(names), GRID[0], GRID[-1]), lambda value: _same(value.holds, wanted)
    columns, values = _drawn(row, len(names))
    at = dict(zip(names, columns, strict=True))
    domain = Domain(1, 6) if row.options.get("integers") else Domain(0.5, 4, integer=False)
    others = row.options.get("names", "").split()
    view = FormulaView(Symbols(dict.fromkeys([*names, *others], domain)))

    def check(value: Any) -> None:
        got = np.broadcast_to(sampled(value.tree, at), (POINTS,))
        assert np.allclose(got, values, rtol=1e-9, atol=1e-9), f"read as {view.render(value)}"

    return view, check


def _spelt(parameter: str) -> str:
    bare = parameter.rstrip("_")
    return bare + "'" * (len(parameter) - len(bare))


def _drawn(row: Row, count: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Points and the meaning's values there: from all reals around 0 where it is defined there, else positive ones."""
    rng = np.random.default_rng(7)
    if row.options.get("integers"):
        columns = [rng.integers(1, 7, POINTS) for _ in range(count)]
    else:
        columns = [rng.uniform(-4, 4, POINTS) for _ in range(count)]
        if not _defined(row.meaning, columns):
            columns = [rng.uniform(0.5, 4, POINTS) for _ in range(count)]
    values = [row.meaning(*(number.item() for number in point)) for point in zip(*columns, strict=True)]
    return [column.astype(float) for column in columns], np.array(values, dtype=float)


def _defined(meaning: Callable[..., Any], columns: list[np.ndarray]) -> bool:
    try:
        return all(isinstance(meaning(*map(float, point)), int | float) for point in zip(*columns, strict=True))
    except (ValueError, ZeroDivisionError):
        return False


def _same(got: object, wanted: object) -> None:
    assert got == wanted


def _same_number(got: Fraction | float, wanted: Fraction | float) -> None:
    if isinstance(wanted, float):
        assert math.isclose(got, wanted, rel_tol=1e-12), got
    else:
        assert isinstance(got, Fraction), got
        assert got == wanted


def _same_array(got: np.ndarray, wanted: list[Any]) -> None:
    expected = np.array(wanted, dtype=float)
    assert got.shape == expected.shape
    assert np.allclose(got.astype(float), expected, rtol=1e-12, atol=0), got.tolist()
