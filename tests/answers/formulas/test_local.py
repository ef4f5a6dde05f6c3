"""Definitions are put in for names that mean nothing to the problem, and only for them."""

from __future__ import annotations

import pytest

from grader.answers.formulas.local import with_local
from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread
from grader.answers.writing.render import render_tree

KNOWN = Symbols({name: Domain(1, 9) for name in ("n", "k", "F", "W")})


def complete(text: str, *defined: tuple[str, str]) -> str:
    """`text` with the definitions put in."""
    return render_tree(with_local(parse(text), defined, KNOWN.names, KNOWN.knows, KNOWN.fits))


@pytest.mark.parametrize(
    ("text", "defined", "expected"),
    [
        ("m^2*F", [("m", "n - k + 1")], "(n - k + 1)^2*F"),
        ("a*F", [("m", "n - k"), ("a", "m^2")], "(n - k)^2*F"),
        ("n*F", [("n", "28")], "n*F"),
        ("N*F", [("N", "28")], "N*F"),
        ("W_out*F", [("W_out", "n - k")], "(n - k)*F"),
        ("W_in*F", [("W_in", "28")], "W_in*F"),
        ("q*F", [("q", "3")], "3*F"),
        ("q*F", [("q", "what?")], "q*F"),
    ],
)
def test_what_is_put_in(text: str, defined: list[tuple[str, str]], expected: str) -> None:
    """Unknown names, in any order; a number for one of the problem's own names is an example."""
    assert complete(text, *defined) == expected


def test_definitions_that_double_each_other_end() -> None:
    """Thirty of them would make a billion things."""
    doubling = [(f"a_{i}", f"a_{i + 1} + a_{i + 1}") for i in range(30)]
    with pytest.raises(Unread) as error:
        complete("a_0", *doubling)
    assert error.value.code == "too-long"


def test_definitions_in_a_circle_end() -> None:
    """They are put in as often as there are definitions."""
    assert complete("a*F", ("a", "b"), ("b", "a")).endswith("*F")
