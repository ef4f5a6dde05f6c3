"""Formulas: right where they agree with the reference on the problem's domain."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.syntax.parse import parse
from grader.answers.values import Formula
from grader.answers.views.formula import FormulaView
from grader.model import Verdict

SIZES = Symbols({"W": Domain(8, 64), "K": Domain(1, 7), "P": Domain(0, 3), "S": Domain(1, 4)}, {"stride": "S"})
VIEW = FormulaView(SIZES, (parse("K <= W + 2*P", SIZES.names),))
LAYERS = FormulaView(Symbols({"L": Domain(1, 10), "K": Domain(1, 7)}))
OUTPUT = "floor((W - K + 2P)/S) + 1"


@pytest.mark.parametrize(
    "text",
    [
        "floor((W-K+2P)/S)+1",
        "⌊(W−K+2P)/S⌋ + 1",
        r"\lfloor \frac{W-K+2P}{S} \rfloor + 1",
        r"\left\lfloor\frac{W - K + 2P}{S}\right\rfloor + 1",
        r"\left\lfloor \frac{W - K + 2 \cdot P}{S} + 1 \right\rfloor",
        "(W - K + 2*P)//S + 1",
        "int((W-K+2P)/S) + 1",
        "math.floor((W-K+2P)/S) + 1",
        "floor((W+2P-K+S)/S)",
        "ceil((W-K+2P+1)/S)",
        "(W - K + 2P - (W - K + 2P) % S)/S + 1",
        "W' = floor((W-K+2P)/S)+1",
        r"W_{out} = \lfloor (W_{in} - k + 2p)/s \rfloor + 1",
        "floor((W-K+2P)/stride)+1",
        "O = floor((w-k+2p)/s)+1",
    ],
)
def test_the_right_formula_in_many_forms(text: str, mark: Any) -> None:
    """LaTeX, Unicode, Python; rewritten, with names in another case or with subscripts."""
    result = mark(VIEW, text, OUTPUT)
    assert (result.verdict, result.credit) == (Verdict.CORRECT, 1.0)


@pytest.mark.parametrize("text", ["(W-K+2P)/S + 1", r"\frac{W-K+2P}{S} + 1", "(W+2P-K+S)/S"])
def test_a_floor_may_be_left_out(text: str, mark: Any) -> None:
    """The forms agree wherever the stride divides; the reason says that it is missing."""
    result = mark(VIEW, text, OUTPUT)
    assert (result.verdict, result.credit) == (Verdict.CORRECT, 1.0)
    assert "the floor is left out" in result.reason


def test_a_floor_that_the_problem_asks_for(mark: Any) -> None:
    """Then leaving it out is partial."""
    strict = FormulaView(SIZES, VIEW.require, floor_required=True)
    assert mark(strict, OUTPUT, OUTPUT).verdict is Verdict.CORRECT
    result = mark(strict, "(W-K+2P)/S + 1", OUTPUT)
    assert (result.verdict, result.credit) == (Verdict.PARTIAL, 0.5)


@pytest.mark.parametrize(
    "text",
    [
        "(W-K+2P)/S",
        "(W-K+2P)/S - 1",
        "(W-K+P)/S + 1",
        "(W-K-2P)/S + 1",
        "(W+K+2P)/S + 1",
        "(W-K+2P)/(S+1)",
        "W - K + 2P/S + 1",
        "ceil((W-K+2P)/S) + 1",
        "floor((W-K+2P)/S + 1/2) + 1",
        "(W-K+2P)*S + 1",
        "2K",
    ],
)
def test_slips(text: str, mark: Any) -> None:
    """One off, a lost sign, a lost bracket, a ceiling: wrong, with a point where it does not hold."""
    result = mark(VIEW, text, OUTPUT)
    assert (result.verdict, result.credit) == (Verdict.INCORRECT, 0.0)
    assert "does not hold everywhere: at W = " in result.reason


@pytest.mark.parametrize("text", ["L(K-1) + 1", "1 + L(K - 1)", "LK - L + 1", r"L \cdot (k-1) + 1", "K + (L-1)(K-1)"])
def test_juxtaposition(text: str, mark: Any) -> None:
    """`L(K-1)` is a product, not a function."""
    assert mark(LAYERS, text, "1 + L*(K-1)").verdict is Verdict.CORRECT


def test_case_counts_where_both_are_symbols(mark: Any) -> None:
    """`k` is not `K` where the problem has both."""
    both = FormulaView(Symbols({"K": Domain(1, 7), "k": Domain(1, 7)}))
    assert mark(both, "k", "K").verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("W_1 - W_2 + 1", "ambiguous-name"),
        ("(N - F)/S + 1", "unknown-name"),
        ("W/2K", "ambiguous-slash"),
        ("W, K", "not-a-formula"),
        ("W or K", "not-a-formula"),
        ("W > K", "inequality"),
        (r"\sum_{i} i", "bound"),
        ("W ± K", "not-a-formula"),
        ("the width", "unknown-name"),
        ("", "empty"),
    ],
)
def test_what_is_no_formula(text: str, code: str, say: Any) -> None:
    """Nothing is renamed, picked or guessed."""
    reading = VIEW.read(say(text))
    assert (reading.value, reading.code) == (None, code)


def test_the_last_member_that_can_be_read(say: Any) -> None:
    """What stands behind it is told."""
    reading = VIEW.read(say("(W-K)/S + 1 = H'"))
    assert reading.value is not None
    assert "H'" in reading.notes[0]


def test_a_number_is_no_likely_formula(say: Any) -> None:
    """Where symbols stand in the reference."""
    number, formula = VIEW.read(say("28")).value, VIEW.read(say("W - K")).value
    assert number is not None
    assert formula is not None
    assert not VIEW.likely(number, formula)
    assert VIEW.likely(formula, formula)


def test_one_extent_of_a_written_shape(mark: Any) -> None:
    """Where the problem asks for one of them."""
    view = FormulaView(SIZES, extent=(1, 3))
    assert mark(view, "K x (W/S) x W", "W/S").verdict is Verdict.CORRECT
    assert mark(view, "W/S", "W/S").verdict is Verdict.CORRECT


_leaf = st.one_of(st.sampled_from(["W", "K", "P", "S"]), st.integers(1, 9).map(str))
_formula = st.recursive(
    _leaf,
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=6,
)


@given(text=_formula)
@settings(deadline=None, max_examples=60)
def test_every_formula_agrees_with_itself(text: str, mark: Any, say: Any) -> None:
    """Also once it was rendered and read again."""
    assert mark(VIEW, text, text).verdict is Verdict.CORRECT
    value = VIEW.read(say(text)).value
    assert isinstance(value, Formula)
    assert mark(VIEW, VIEW.render(value), text).verdict is Verdict.CORRECT


@given(a=_formula, b=_formula, c=_formula)
@settings(deadline=None, max_examples=40)
def test_rewritten_formulas_agree(a: str, b: str, c: str, mark: Any) -> None:
    """By the laws of arithmetic, in either notation of a product."""
    for one, other in [
        (f"{a}*({b} + {c})", f"{a}*{b} + {a}*{c}"),
        (f"({a})({b})", f"{b} \\cdot {a}"),
        (f"{a} - ({b} - {c})", f"{a} - {b} + {c}"),
        (f"({a})^2", f"{a}*{a}"),
        (f"\\frac{{{a} + {b}}}{{2}}", f"({a} + {b})/2"),
    ]:
        assert mark(VIEW, one, other).verdict is Verdict.CORRECT


@given(text=_formula, slip=st.sampled_from(["+ 1", "- 1", "+ K", "- S", "+ W/64", "+ 1/2"]))
@settings(deadline=None, max_examples=60)
def test_no_slip_agrees(text: str, slip: str, mark: Any) -> None:
    """One more, one less, a term too many."""
    assert mark(VIEW, f"{text} {slip}", text).verdict is Verdict.INCORRECT


@given(divisor=st.integers(2, 40), other=st.integers(2, 40))
@settings(deadline=None, max_examples=60)
def test_floors_of_different_divisors(divisor: int, other: int, mark: Any) -> None:
    """`floor(n/15)` is told from `floor(n/16)`, although they agree at most points."""
    view = FormulaView(Symbols({"n": Domain(1, 400)}))
    want = Verdict.CORRECT if divisor == other else Verdict.INCORRECT
    assert mark(view, f"floor(n/{divisor})", f"floor(n/{other})").verdict is want


def test_right_answers_may_differ_outside_the_domain(mark: Any) -> None:
    """`max(W - K, 0)` is `W - K` where the kernel fits."""
    fits = FormulaView(SIZES, (parse("K <= W", SIZES.names),))
    assert mark(fits, "max(W - K, 0)", "W - K").verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    "text",
    [
        "W^T",
        "W:K",
        "W:K = 1:2",
        "floor W/2",
        "log W K",
        "> W",
        "50%W",
        "1/0",
    ],
)
def test_no_formula_is_guessed(text: str, say: Any) -> None:
    """Two readings that would be marked differently go to a person."""
    assert VIEW.read(say(text)).value is None


def test_the_value_for_one_case_behind_a_formula(mark: Any) -> None:
    """It takes nothing back."""
    assert mark(VIEW, OUTPUT + " = 28", OUTPUT).verdict is Verdict.CORRECT


def test_the_constant_e(mark: Any) -> None:
    """Where the problem has no symbol of that name."""
    view = FormulaView(Symbols({"z": Domain(-4, 4, integer=False)}))
    assert mark(view, r"\frac{1}{1 + e^{-z}}", "1/(1 + exp(-z))").verdict is Verdict.CORRECT


def test_one_off_among_large_counts(mark: Any) -> None:
    """Integers are exact, however large the domain makes them."""
    view = FormulaView(Symbols({"W": Domain(1000, 4000), "H": Domain(1000, 4000), "C": Domain(256, 1024)}))
    assert mark(view, "W^2*H^2*C + 1", "W^2*H^2*C").verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("W - K + 1 = W - (K - 1)", ()),
        ("W - K + 1 = W - K - 1 = W - (K - 1)", ("a step does not hold: W - K + 1 is not W - K - 1",)),
        ("floor((W - K)/S) + 1 = (W - K)/S + 1", ()),
        ("W_out = 28 - 5 + 1 = W - K + 1", ()),
    ],
)
def test_the_first_false_step_of_the_working_is_named(say: Any, text: str, note: tuple[str, ...]) -> None:
    """Even where the end is right; a rounding left out and an example are no false steps."""
    view = FormulaView(Symbols({"W": Domain(4, 64), "K": Domain(1, 7), "S": Domain(1, 4)}))
    assert view.read(say(text)).notes == note


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(W_out = W - K)", "equation-in-brackets"),
        (r"\frac{W}{K = 2}", "syntax"),
        ("K2 + W", "ambiguous-digit"),
        ("W & K", "ampersand"),
    ],
)
def test_what_may_be_meant_otherwise(text: str, code: str, say: Any) -> None:
    """An equation, a lost exponent, cells of a table: no value comes of them."""
    reading = VIEW.read(say(text))
    assert (reading.value, reading.code) == (None, code)


def test_a_name_with_a_digit_on_the_left(mark: Any) -> None:
    """`K2 = ...` names what follows."""
    assert mark(VIEW, "K2 = W - K + 1", "W - K + 1").verdict is Verdict.CORRECT


def test_a_sum_that_takes_too_long_is_for_a_person(mark: Any) -> None:
    """It is read at one point, and not worked out at hundreds."""
    result = mark(VIEW, r"\sum_{i=1}^{900} (i W + i^2 K + i W K)", "W")
    assert (result.verdict, result.credit) == (Verdict.REVIEW, 0.0)
    assert result.reason
