"""Ties break either way, where a small step decides them; nothing else is free."""

from __future__ import annotations

import pytest

from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.syntax.parse import parse
from grader.answers.values import Formula
from grader.answers.views.formula import FormulaView

REAL = Domain(-3.0, 3.0, integer=False, ties=True)
VIEW = FormulaView(Symbols({"d": REAL, "x": REAL, "y": REAL, "n": Domain(1, 9), "k": Domain(1, 9)}))


def verdict(expect: str, text: str) -> str:
    """How `text` stands to `expect`."""
    bind = VIEW.symbols.bind
    return str(VIEW.compare(Formula(bind(parse(text))), Formula(bind(parse(expect)))).verdict)


@pytest.mark.parametrize(
    "text",
    [
        "d if x >= 0 else 0",
        "d if x > 0, 0 if x < 0",
        "d if x > 0, d/2 if x = 0, 0 if x < 0",
        "0 if x <= 0 else d",
        "d*(x > 0)",
    ],
)
def test_a_tie_of_real_numbers_is_free(text: str) -> None:
    """The derivative of ReLU at 0 is anything."""
    assert verdict("d if x > 0 else 0", text) == "correct"


def test_values_around_a_tie_count() -> None:
    """One that is a tie on a whole side is none; off by more than a point is wrong."""
    assert verdict("d if x > 0 else 0", "d if max(x, 0) > 0 else 77") == "incorrect"
    assert verdict("d if x > 0 else 0", "d if x > 0 else 77") == "incorrect"
    assert verdict("d if x > 0 else 0", "d if x - x >= 0 else 0") == "incorrect"


def test_integers_have_no_ties() -> None:
    """`n >= k` and `n > k` differ by one step of a loop."""
    assert verdict("1 if n >= k else 0", "1 if n > k else 0") == "incorrect"
