"""Formulas over declared symbols."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.model import Verdict

OUTPUT = {
    "formula": "floor((W - K + 2*P)/S) + 1",
    "symbols": {"W": [4, 64], "K": [1, 7], "P": [0, 3], "S": [1, 4]},
    "require": ["K <= W + 2*P"],
}


@pytest.mark.parametrize("text", ["(W - k + 2P)/S + 1", r"\lfloor \frac{W_{in} + 2P - K}{S} \rfloor + 1"])
def test_other_forms_are_right(text: str, ask: Any) -> None:
    """The floor may be left out, names may differ in case or by a subscript."""
    assert ask("formula", **OUTPUT).mark(text).verdict is Verdict.CORRECT


def test_one_padding_is_wrong(ask: Any) -> None:
    """A padding that is counted once is another formula."""
    assert ask("formula", **OUTPUT).mark("(W - K + P)/S + 1").verdict is Verdict.INCORRECT


def test_a_floor_can_be_asked_for(ask: Any) -> None:
    """Where the problem wants the floor, a form without it is half right."""
    result = ask("formula", **OUTPUT, floor_required=True).mark("(W - K + 2P)/S + 1")
    assert (result.verdict, result.credit) == (Verdict.PARTIAL, 0.5)


def test_an_alias_stands_for_its_symbol(ask: Any) -> None:
    """Any usual name of the learning rate will do, in Greek or in words."""
    step = {
        "formula": "W - lambda*dW",
        "symbols": {"W": "real", "lambda": "positive", "dW": "real"},
        "aliases": {"\\eta": "lambda", "lr": "lambda"},
    }
    for text in (r"W_t - \lambda dw", r"W - \eta dW", "W - lr * dW"):
        assert ask("formula", **step).mark(text).verdict is Verdict.CORRECT


def test_one_extent_of_a_written_shape(ask: Any) -> None:
    """Asked for the depth, `H' x W' x N` answers with its third extent."""
    depth = ask("formula", formula="N", symbols={"N": [1, 9]}, extent=[2, 3])
    assert depth.mark(r"H' \times W' \times N").verdict is Verdict.CORRECT


def test_a_requirement_may_define_a_symbol(ask: Any) -> None:
    """With m = n - k + 1 declared, either form is right."""
    given = {"symbols": {"n": [3, 10], "k": [1, 4], "m": [1, 10]}, "require": ["m = n - k + 1"], "formula": "m^2"}
    assert ask("formula", **given).mark("(n-k+1)^2").verdict is Verdict.CORRECT


def test_a_listed_slip(ask: Any) -> None:
    """A problem may list a mistake with the credit it still earns."""
    slip = {"name": "lost-sign", "formula": "y - h", "feedback": "look at the sign", "credit": 0.5}
    question = ask("formula", formula="h - y", symbols={"y": "real", "h": "real"}, slips=[slip])
    (found,) = question.kind.slips(question.given)
    assert (found.name, found.credit) == ("lost-sign", 0.5)
    assert question.kind.view(question.given).compare(question.read("y - h").value, found.value).credit == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"formula": "W - Q"}, "'W - Q', expected a formula in W, K, P, S"),
        ({"formula": "W - ("}, "expected a formula"),
        ({"symbols": {"W": [9, 4]}}, r"the domain \[9, 4\]"),
        ({"symbols": {"W + 1": "real"}}, "expected one symbol"),
        ({"aliases": {"w": "V"}}, "the alias 'w' of 'V'"),
        ({"require": ["W + K"]}, "expected a relation"),
        ({"extent": [3, 3]}, r"the extent \[3, 3\]"),
        ({"slips": [{"formula": "Q", "feedback": "no"}]}, "'Q', expected a formula"),
    ],
)
def test_bad_givens(change: dict[str, Any], message: str, ask: Any) -> None:
    """What an author gets wrong is said in words."""
    with pytest.raises(ValidationError, match=message):
        ask("formula", **{**OUTPUT, **change})


def test_an_empty_domain_is_the_authors_error(ask: Any) -> None:
    """Requirements that hardly ever hold leave nothing to compare on."""
    with pytest.raises(ValueError, match="the domain leaves only"):
        _ = ask("formula", formula="W", symbols={"W": [4, 64]}, require=["W > 64"]).reference


def test_a_hole_in_the_domain_is_the_authors_error(ask: Any) -> None:
    """A formula has to have a value wherever it is asked for."""
    with pytest.raises(ValueError, match="1/S has no value somewhere"):
        _ = ask("formula", formula="1/S", symbols={"S": [0, 4]}).reference
