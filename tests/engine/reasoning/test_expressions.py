"""Expressions: their normal form, their values, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import Expression, as_latex, as_text, divided, minimum, root, symbol
from grader.engine.reasoning.expressions import expression
from grader.errors import EngineError

W, K, S = symbol("W"), symbol("K"), symbol("S")
sigma, mean = symbol("sigma_x", "nonnegative"), symbol("mu", "real")


def test_the_same_polynomial_is_equal() -> None:
    """However it was made."""
    assert (W + K) * (W - K) == W**2 - K * K
    assert 2 * (W - 1) + 2 == W + W
    assert (W - W).terms == ()
    assert (3 - W).value({"W": 1}) == 2
    assert (W * 0).constant == 0
    assert (W - W + 7).constant == 7
    assert W.constant is None


def test_floors_of_floors_are_one_floor() -> None:
    """Two layers of stride 2 are one of stride 4."""
    once = divided(W - 3, 2) + 1
    assert divided(once - 3, 2) + 1 == divided(W - 7, 4) + 1


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (divided(W - 3, 2) + 1, "ceil(W/2) - 1"),
        (divided(W - 11, 4) + 1, "floor((W + 1)/4) - 2"),
        (divided(W - 2, 2) + 1, "floor(W/2)"),
        (divided(6 * W + 3, 4), "ceil(W/2) + W"),
        (divided(W + 2 * symbol("P") - K, S) + 1, "floor((2*P + W - K)/S) + 1"),
        (divided(S * W + S + 1, S), "floor(1/S) + W + 1"),
        (divided(W, K + S), "floor(W/(K + S))"),
        (divided(K, 2 * S), "floor(K/(2*S))"),
        (divided(7, 2), "3"),
        (divided(-W, 2), "floor((-W)/2)"),
        (3 - W, "3 - W"),
        (-W - K, "-K - W"),
        (-2 * W * K**2, "-2*K^2*W"),
        (Expression(), "0"),
        (minimum(W, K), "min(K, W)"),
        (minimum(W + 1, W - 1), "W - 1"),
        (root(12 * W**2), "2*W*sqrt(3)"),
        (root(W + K, W + K, sigma, sigma), "K*sigma_x + W*sigma_x"),
        (root(mean**2), "sqrt(mu^2)"),
        (root(W + K), "sqrt(K + W)"),
        (root(0), "0"),
        (root(4), "2"),
    ],
)
def test_plain_text(found: Expression, text: str) -> None:
    """What is added first, what is taken away behind it, integers last; rounded up where that is shorter."""
    assert as_text(found) == text


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (divided(W - 3, 4) + 1, r"\left\lfloor \frac{W + 1}{4} \right\rfloor"),
        (divided(W, 2, up=True), r"\left\lceil \frac{W}{2} \right\rceil"),
        (2 * K * W**2, r"2 K W^{2}"),
        (symbol("W_out") * symbol("batch"), r"W_{\mathrm{out}} \mathrm{batch}"),
        (root(3) * sigma, r"\sigma_{x} \sqrt{3}"),
        (minimum(W, K), r"\min\left(K, W\right)"),
    ],
)
def test_latex(found: Expression, text: str) -> None:
    """Without dollars; words stand upright."""
    assert as_latex(found) == text


def test_values() -> None:
    """Integers where all is whole, exact fractions, floats where a root needs them."""
    assert divided(W, 4).value({"W": 7}) == 1
    assert (sigma**2 * W).value({"W": 3, "sigma_x": Fraction(1, 2)}) == Fraction(3, 4)
    assert root(W).value({"W": 9}) == 3
    assert root(W).value({"W": 2}) == sqrt(2)
    assert (mean * 2).value({"mu": -1.5}) == -3
    assert {name.name for name in (divided(W, S) + minimum(K, 3)).names} == {"W", "S", "K"}


def some_expressions() -> st.SearchStrategy[Expression]:
    """Sums, products and quotients of three names and small integers; divisors are integers or single names."""
    leaves = st.sampled_from([W, K, S]) | st.integers(-9, 9).map(expression)
    divisors = st.integers(1, 6).map(expression) | st.sampled_from([W, K, S])

    def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        return (
            st.builds(lambda a, b: a + b, inner, inner)
            | st.builds(lambda a, b: a - b, inner, inner)
            | st.builds(lambda a, b: a * b, inner, st.integers(-4, 4))
            | st.builds(divided, inner, divisors, up=st.booleans())
            | st.builds(minimum, inner, inner)
        )

    return st.recursive(leaves, larger, max_leaves=6)


sizes = st.fixed_dictionaries({name: st.integers(1, 40) for name in "WKS"})


@given(some_expressions(), some_expressions(), sizes, st.integers(1, 5))
@settings(deadline=None, max_examples=150)
def test_simplifying_changes_no_value(one: Expression, other: Expression, names: dict[str, int], divisor: int) -> None:
    """Against Python's own integers, for every sum, product, floor, ceiling and minimum."""
    a, b = int(one.value(names)), int(other.value(names))
    assert (one + other).value(names) == a + b
    assert (one * other - one).value(names) == a * b - a
    assert divided(one, divisor).value(names) == a // divisor
    assert divided(one, divisor, up=True).value(names) == -(-a // divisor)
    assert divided(one + 3 * K, 2 * K).value(names) == (a + 3 * names["K"]) // (2 * names["K"])
    assert minimum(one, other).value(names) == min(a, b)


@given(st.integers(1, 3000), st.integers(0, 3), st.integers(1, 9))
@settings(deadline=None, max_examples=50)
def test_roots(count: int, power: int, size: int) -> None:
    """Squares taken out and left in."""
    found = root(count, W**power, K + 1, K + 1).value({"W": size, "K": size})
    assert found == pytest.approx(sqrt(count * size**power) * (size + 1))


@given(some_expressions(), sizes)
@settings(deadline=None, max_examples=60)
def test_text_is_read_back(found: Expression, names: dict[str, int]) -> None:
    """Python reads the plain text as the same number."""
    import math

    text = as_text(found).replace("^", "**").replace("floor(", "math.floor(").replace("ceil(", "math.ceil(")
    exact = {name: Fraction(size) for name, size in names.items()}
    assert eval(text, {"math": math}, exact) == found.value(names)  # noqa: S307 - our own text


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: W.value({}), "expression: W has no value, got values of nothing"),
        (lambda: W.value({"W": 1.5}), "expression: W must be an integer of at least 0, got 1.5"),
        (lambda: W.value({"W": -1}), "expression: W must be an integer of at least 0, got -1"),
        (lambda: sigma.value({"sigma_x": -1}), "sigma_x must be at least 0"),
        (lambda: divided(W, S).value({"W": 1, "S": 0}), "a divisor must be at least 1, got 0"),
        (lambda: divided(W, 0), "a divisor must be at least 1, got 0"),
        (lambda: divided(W + sigma, 2), "only integers can be divided and rounded, got sigma_x"),
        (lambda: root(W - 5).value({"W": 1}), "a square root needs at least 0, got -4"),
        (lambda: root(-3 * W), "a square root needs a product of at least 0"),
        (lambda: symbol("2x"), "a name must be letters"),
        (lambda: symbol("floor"), "a name must be letters"),
        (lambda: W + 0.5, "expected an integer or an expression, got 0.5"),  # type: ignore[operator]
    ],
)
def test_what_has_no_value_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message says what was found."""
    with pytest.raises(EngineError, match=message):
        call()
