r"""Formulas of entries: the gradient of a convolution, in many hands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from grader.answers.view import Comparison, Reading
from grader.kinds import cases, indexed
from grader.model import Verdict

GRADIENT = {
    "formula": "dW[h,l] = sum_{i=1..m} sum_{j=1..m} dY[i,j] * X[i+h-1, j+l-1]",
    "arrays": {"X": ["n", "n"], "dY": ["m", "m"], "dW": ["k", "k"]},
    "symbols": {"n": [3, 8], "k": [1, 4], "m": [1, 8]},
    "require": ["m = n - k + 1"],
}
SIGMOID = {
    "formula": "dJ/dZ[i,j,m] = dJ/dU[i,j,m] * U[i,j,m] * (1 - U[i,j,m])",
    "define": ["U[i,j,m] = 1/(1 + exp(-Z[i,j,m]))"],
    "origin": 0,
}
PLAIN = {"formula": "dL/dk_j = sum_{i=1..m} alpha_i * x_{i+j-1}"}


@pytest.fixture(scope="module")
def read(say: Any) -> Any:
    """What the view of a part makes of a text."""

    def of(given: dict[str, Any], text: str) -> Reading[Any]:
        return indexed.KIND.view(indexed.IndexedGiven.model_validate(given)).read(say(text))

    return of


@pytest.fixture(scope="module")
def verdict(say: Any) -> Any:
    """How a text is marked."""

    def of(given: dict[str, Any], text: str) -> Comparison:
        model = indexed.IndexedGiven.model_validate(given)
        view = indexed.KIND.view(model)
        reading = view.read(say(text))
        assert reading.value is not None, reading.reason
        return view.compare(reading.value, indexed.KIND.reference(model))

    return of


RIGHT = [
    r"dW_{hl} = \sum_{ij} dY_{ij} X_{i+h-1,j+l-1}",
    r"\frac{\partial L}{\partial W_{h,l}} = \sum_{i=1}^m \sum_{j=1}^m dy_{i,j} \cdot X_{i+h-1, j+l-1}",
    r"\sum_i \sum_j dY[i,j] X[i+h-1,j+l-1]",
    r"dW_{ab} = \sum_{i,j} dY_{ij} X_{i+a-1,j+b-1}",
    r"dW_{h,l} = \sum_{j=1}^{m} \sum_{i=1}^{m} X_{i+h-1,j+l-1} \frac{\partial L}{\partial Y_{ij}}",
    r"\partial L/\partial W[h,l] = ∑_{i=1}^{m} ∑_{j=1}^{m} X[i+h-1][j+l-1] · dY[i][j]",
    r"dL/dW_{h,l} = \sum_{i=1}^{n-k+1}\sum_{j=1}^{n-k+1} dY(i,j) X(i+h-1,j+l-1)",
    r"dW_{h,l} = \sum_{p=h}^{h+m-1}\sum_{q=l}^{l+m-1} dY_{p-h+1,q-l+1} X_{p,q}",
    r"dW_{h,l} = \sum_{i=0}^{m-1} \sum_{j=0}^{m-1} dY_{i,j} X_{i+h,j+l}",
    r"dW_{h,l} = \sum_{i=1}^{T} \sum_{j=1}^{T} dY_{i,j} X_{i+h-1,j+l-1}",
    "dW[h,l] = sum(dY[i,j]*X[i+h-1,j+l-1] for i in range(1,m+1) for j in range(1,m+1))",
]


@pytest.mark.parametrize("text", RIGHT)
def test_one_gradient_in_many_notations(text: str, verdict: Any) -> None:
    """Dummy names, order of sums, ends left out, base 0 or 1, a derivative for its short name: all are right."""
    assert verdict(GRADIENT, text).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"dW_{h,l} = \sum_i \sum_j dY_{ij} X_{i-h+1,j-l+1}", "gives something else at h = 1, l = 2"),
        (r"dW_{h,l} = \sum_i dY_{i,j} X_{i+h-1,j+l-1}", "the index j is bound by nothing"),
        (r"dW_{h,l} = \sum_{j} \sum_{j} dY_{i,j} X_{i+h-1,j+l-1}", "the index j is bound twice"),
        (r"\sum_{i=1}^{n} \sum_{j=1}^{n} dY_{ij} X_{i+h-1,j+l-1}", "the index i runs to 4, outside the array"),
        (r"\sum_{i=1}^{m-1} \sum_{j=1}^{m} dY_{ij} X_{i+h-1,j+l-1}", "gives something else"),
        (r"-\sum_i \sum_j dY[i,j] X[i+h-1,j+l-1]", "gives something else"),
        (r"\frac{1}{m^2}\sum_i \sum_j dY[i,j] X[i+h-1,j+l-1]", "gives something else"),
        (r"dW_{h,l} = \sum_{i,j} dY_{i,j} X_{i+h-1,j+l-1} + dY_{h+m,l}", "no value"),
    ],
)
def test_wrong_gradients(text: str, why: str, verdict: Any) -> None:
    """Each says what is wrong with it."""
    result = verdict(GRADIENT, text)
    assert result.verdict is Verdict.INCORRECT
    assert why in result.reason


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"dW_{l,h} = \sum_i \sum_j dY_{i,j} X_{i+h-1, j+l-1}", "right by their names and wrong by their places"),
        (r"\sum_i \sum_j dY_{i,j} X_{i+h,j+l}", "right if indices begin at 0"),
        (r"\sum_{i=1}^{T} \sum_{j=1}^{T} dY_{ij} X_{i+h,j+l-1}", "not said"),
        (r"dW_{a,b} = \sum_i \sum_j dY_{i,j} X_{i+b-1, j+a-1}", "right with its indices in another order"),
    ],
)
def test_two_readings_that_mark_differently(text: str, why: str, verdict: Any) -> None:
    """They are for a person."""
    result = verdict(GRADIENT, text)
    assert result.verdict is Verdict.REVIEW
    assert why in result.reason


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"dW = X \cdot dY", "indices-left-off"),
        (r"dW = X^T dY", "transpose"),
        (r"dW_{h,l} = \sum_i \sum_j dY_{ij} Q_{i+h-1,j+l-1}", "unknown-name"),
        (r"dW_{h,l} = \sum_i \sum_j dY_{i} X_{i+h-1,j+l-1}", "rank"),
        (r"dW_{h} = \sum_i \sum_j dY_{ij} X_{i+h-1,j}", "left-side"),
        (r"\sum_i \sum_j dY_{ij} X_{i+p,j+q}", "unbound-index"),
        (r"\frac{\partial Q}{\partial X_{ij}}", "derivative"),
        (r"\sum_{i \in S} dY_{ij}", "unknown-name"),
        (r"dW_{h,l} = \sum_{i=1}^{512} \sum_{j=1}^{512} dY_{i,j} X_{i+h-1,j+l-1}", "bound-number"),
        (r"dW \in R^{2 \times 2}", "inequality"),
        ("", "empty"),
    ],
)
def test_what_is_left_to_a_person(text: str, code: str, read: Any) -> None:
    """With the reason, never a guess."""
    assert (read(GRADIENT, text).value, read(GRADIENT, text).code) == (None, code)


def test_what_stands_last_and_cannot_be_read_takes_nothing_back(read: Any, verdict: Any) -> None:
    """A closing shorthand is noted."""
    text = r"dW_{h,l} = \sum_i \sum_j dY[i,j] X[i+h-1,j+l-1] = X * dY"
    assert verdict(GRADIENT, text).verdict is Verdict.CORRECT
    assert "could not be read" in read(GRADIENT, text).notes[0]


@pytest.mark.parametrize(
    "text",
    [
        r"dJ/dU * U(1 - U)",
        r"\frac{\partial J}{\partial U} \cdot \frac{e^{-z}}{(1 + e^{-z})^2}",
        r"\frac{\partial J}{\partial U_{ijm}} U_{ijm} (1 - U_{ijm})",
        r"dU \cdot \sigma(Z) (1 - \sigma(Z))",
        r"\frac{\partial J}{\partial Z[i,j,m]} = dJ/dU[i,j,m] \cdot U[i,j,m] - dJ/dU[i,j,m] U[i,j,m]^2",
    ],
)
def test_indices_may_be_left_off_throughout(text: str, verdict: Any) -> None:
    """An elementwise product needs none."""
    assert verdict(SIGMOID, text).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    "text",
    [
        r"\alpha_1 x_j + \alpha_2 x_{j+1} + \cdots + \alpha_m x_{j+m-1}",
        r"\alpha_1 x_j + \dots + \alpha_m x_{j+m-1}",
        r"\sum_{i=1}^{m} \alpha_i x_{j+i-1}",
        r"\sum_i x_{i + j - 1} \alpha_i",
    ],
)
def test_an_ellipsis_is_a_sum(text: str, verdict: Any) -> None:
    """The terms around it say which."""
    assert verdict(PLAIN, text).verdict is Verdict.CORRECT


def test_an_ellipsis_whose_end_does_not_fit(read: Any) -> None:
    """It may be a slip of the pen: a person looks."""
    assert read(PLAIN, r"\alpha_1 x_j + \alpha_2 x_{j+1} + \cdots + \alpha_m x_m").code == "ellipsis"


def test_a_kronecker_delta(verdict: Any) -> None:
    """It is 1 where its indices are equal."""
    softmax = {"formula": "J[i,j] = s[i]*[i = j] - s[i]*s[j]"}
    assert verdict(softmax, r"J_{ij} = s_i (\delta_{ij} - s_j)").verdict is Verdict.CORRECT
    assert verdict(softmax, r"J_{ij} = s_i (1 - s_j)").verdict is Verdict.INCORRECT


def test_a_maximum_over_a_window(verdict: Any) -> None:
    """Over the indices below it."""
    pooled = {"formula": "Y[i,j] = max_{a=0..1, b=0..1} X[2*i+a, 2*j+b]", "origin": 0}
    assert verdict(pooled, r"\max_{0 \le p < 2, 0 \le q < 2} X_{2i+p, 2j+q}").verdict is Verdict.CORRECT
    assert verdict(pooled, r"\max(X_{2i,2j}, X_{2i,2j+1}, X_{2i+1,2j}, X_{2i+1,2j+1})").verdict is Verdict.CORRECT
    assert verdict(pooled, r"\max_{0 \le p < 2, 0 \le q < 2} X_{i+p, j+q}").verdict is Verdict.INCORRECT


def test_a_false_step_of_the_working_is_named(read: Any) -> None:
    """Even where the end is right."""
    wrong, right = r"\sum_{i,j} dY_{ij} X_{i+h,j+l-1}", r"\sum_{i,j} dY_{ij} X_{i+h-1,j+l-1}"
    (note,) = read(GRADIENT, f"dW_{{hl}} = {wrong} = {right}").notes
    assert note.startswith("a step does not hold: sum_{i, j} dY[i, j]*X[i + h, j + l - 1] is not ")
    assert read(GRADIENT, f"dW_{{hl}} = {right} = {right}").notes == ()


@pytest.mark.parametrize("text", ["dW[h,l] = sum(dY * X[h:h+m, l:l+m])", "dW += dY[i,j] * X[i:i+k, j:j+k]"])
def test_slices_are_for_a_person(read: Any, text: str) -> None:
    """What they are is not worked out."""
    assert read(GRADIENT, text).value is None


LAYER = {
    "formula": "dJ/dW[k_1,k_2,n,m] = sum_{i,j} dJ/dZ[i,j,m] * X[i+k_1, j+k_2, n]",
    "define": [
        "U[i,j,m] = 1/(1 + exp(-Z[i,j,m]))",
        "dJ/dZ[i,j,m] = dJ/dU[i,j,m] * U[i,j,m] * (1 - U[i,j,m])",
    ],
    "origin": 0,
}
ONE_FILTER = {
    "formula": "df[r]/dW[c,k,i] = x[i+2*(r-1), k]",
    "arrays": {"x": [7, 5], "df/dW": [3, 1, 5, 3]},
    "origin": 1,
}


@pytest.fixture(scope="module")
def told(say: Any) -> Any:
    """How a text is marked beside a student's own definitions."""

    def of(given: dict[str, Any], text: str, *defined: tuple[str, str]) -> Verdict | None:
        model = indexed.IndexedGiven.model_validate(given)
        view = indexed.KIND.view(model)
        reading = view.read(replace(say(text), defined=defined))
        return view.compare(reading.value, indexed.KIND.reference(model)).verdict if reading.value else None

    return of


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("G[i,j,m]", "dJ/dZ[i,j,m]"),
        ("G[a,b,c]", "dJ/dZ[a,b,c]"),
        ("G_{ijm}", r"\frac{\partial J}{\partial Z_{ijm}}"),
        ("G", "dJ/dZ"),
        ("G", "dJ/dU * U * (1 - U)"),
        ("G", "dJ/dU U (1 - U)"),
    ],
)
def test_an_array_of_the_students_own(name: str, meaning: str, told: Any) -> None:
    """Entry by entry or as a whole; used with other indices than it is defined with."""
    right = "dJ/dW[k1,k2,n,m] = sum_{p,q} G[p,q,m] X[p+k1,q+k2,n]"
    assert told(LAYER, right, (name, meaning)) is Verdict.CORRECT
    assert told(LAYER, right.replace("p+k1", "p-k1"), (name, meaning)) is Verdict.INCORRECT


def test_a_wrong_definition_makes_a_wrong_answer(told: Any) -> None:
    """The last definition of a name counts, and one may build on another."""
    text = "dJ/dW[k1,k2,n,m] = sum_{i,j} G[i,j,m] X[i+k1,j+k2,n]"
    wrong, right = ("G[i,j,m]", "dJ/dU[i,j,m]"), ("G[i,j,m]", "dJ/dZ[i,j,m]")
    assert told(LAYER, text, wrong) is Verdict.INCORRECT
    assert told(LAYER, text, right, wrong) is Verdict.INCORRECT
    assert told(LAYER, text, wrong, right) is Verdict.CORRECT
    assert told(LAYER, text, ("S[i,j,m]", "U[i,j,m] (1 - U[i,j,m])"), ("G", "dJ/dU S")) is Verdict.CORRECT


@pytest.mark.parametrize(
    "definition",
    [("H[i,j,m]", "dJ/dZ[i,j,m]"), ("G[i,j,m]", "the gradient"), ("G[i,j]", "dJ/dZ[i,j,m]"), ("G[i,j,m]", "2")],
)
def test_a_definition_that_says_nothing_clear_is_for_a_person(definition: tuple[str, str], told: Any) -> None:
    """Another name, words, an index missing, no entry of an array."""
    assert told(LAYER, "dJ/dW[k1,k2,n,m] = sum_{i,j} G[i,j,m] X[i+k1,j+k2,n]", definition) is None


def test_an_array_of_the_problems_stays_what_it_is(told: Any) -> None:
    """A student's formula for it is not put in."""
    text = "dJ/dW[k1,k2,n,m] = sum_{i,j} dJ/dZ[i,j,m] X[i+k1,j+k2,n]"
    assert told(LAYER, text, ("X[i,j,n]", "dJ/dZ[i,j,n]")) is Verdict.CORRECT


@pytest.mark.parametrize(
    "left",
    [
        "df[r]/dW[c,k,i]",
        "df/dW[r,1,k,i]",
        "df/dW[r,k,i]",
        r"\frac{\partial f(x)_r}{\partial W_{1,k,i}}",
        r"\frac{\partial f(x)[r]}{\partial W}[1][k][i]",
    ],
)
def test_an_axis_of_extent_1(left: str, verdict: Any) -> None:
    """It may have a name, the number 1, or be left out."""
    assert verdict(ONE_FILTER, f"{left} = x[2r - 2 + i, k]").verdict is Verdict.CORRECT
    assert verdict(ONE_FILTER, f"{left} = x[2r - 1 + i, k]").verdict is Verdict.INCORRECT


def test_a_number_for_a_longer_axis_is_for_a_person(read: Any) -> None:
    """It says one slice of the answer."""
    assert read(ONE_FILTER, "df/dW[1,c,k,i] = x[i, k]").value is None


def test_axes_in_another_order_are_for_a_person(verdict: Any) -> None:
    """Where the array would have another shape; in a square array it is a mistake."""
    result = verdict(ONE_FILTER, "df/dW[r,1,k,i] = x[k, 2r - 2 + i]")
    assert result.verdict is Verdict.REVIEW
    assert "the axes of x stand in another order" in result.reason
    assert verdict(GRADIENT, r"\sum_i \sum_j dY_{ij} X_{j+l-1,i+h-1}").verdict is Verdict.INCORRECT


def test_a_lost_left_side_is_no_unbound_index(read: Any, verdict: Any) -> None:
    """What stands before the equals sign may bind it."""
    assert read(GRADIENT, r"= \sum_i dY_{i,j} X_{i+h-1,j+l-1}").value is None
    assert verdict(GRADIENT, r"\sum_i dY_{i,j} X_{i+h-1,j+l-1}").verdict is Verdict.INCORRECT


def test_what_holds_outside_the_arrays(say: Any) -> None:
    """An entry that is not there may be meant as 0: that is for a person."""
    given = {
        "formula": "df[r]/dx[k,i] = W[k,i-2*(r-1)] if 1 <= i-2*(r-1) <= 3 else 0",
        "arrays": {"W": [5, 3], "df/dx": [3, 5, 7]},
        "origin": 1,
    }
    model = cases.CasesGiven.model_validate(given)
    view = cases.KIND.view(model)

    def marked(text: str) -> Verdict:
        return view.compare(view.read(say(text)).value, cases.KIND.reference(model)).verdict

    assert marked("df[r]/dx[k,i] = W[k,i-2r+2]") is Verdict.REVIEW
    assert marked("df[r]/dx[k,i] = W[k,i-2r+1]") is Verdict.INCORRECT
    assert marked("df[r]/dx[k,i] = W[k,i-2r+2] if 1 <= i-2r+2 <= 3 else 0") is Verdict.CORRECT


POSITIONS = {
    "formula": "df[r]/dx[k,i] = W[k,i-2*(r-1)] if 1 <= i-2*(r-1) <= 3 else 0",
    "arrays": {"W": [5, 3], "df/dx": [3, 5, 7]},
    "origin": 1,
}


@pytest.mark.parametrize(
    ("left", "space", "expected"),
    [
        ("df/dx[r,n,c]", (3, 7, 5), Verdict.CORRECT),
        (r"\frac{\partial f(x)_r}{\partial x_{n,c}}", (3, 7, 5), Verdict.CORRECT),
        ("df/dx[r,c,n]", (3, 5, 7), Verdict.CORRECT),
        ("df/dx[r,n,c]", (3, 5, 7), Verdict.REVIEW),
        ("df/dx[r,c,n]", (3, 7, 5), Verdict.REVIEW),
        ("df/dx[r,n,c]", (3, 35), Verdict.REVIEW),
        ("df/dx[r,n,c]", (2, 7, 5), Verdict.REVIEW),
    ],
)
def test_the_space_that_is_stated_tells_the_axes_apart(
    left: str, space: tuple[int, ...], expected: Verdict, say: Any
) -> None:
    """Where it has the answer's extents; names that it takes for others are for a person."""
    model = cases.CasesGiven.model_validate(POSITIONS)
    view = cases.KIND.view(model)
    claim = replace(say(f"{left} = W[c,n-2r+2] if 1 <= n-2r+2 <= 3 else 0"), spaces=(("df/dx", space),))
    assert view.compare(view.read(claim).value, cases.KIND.reference(model)).verdict is expected


def test_definitions_that_double_each_other_are_given_up(told: Any, within: Any) -> None:
    """At once: eighteen of them would make a tree of 2^17 terms."""
    names = "BCDEFGHKLMNOPQRSTV"
    doubling = [("B", "dJ/dZ"), *((names[n + 1], f"{names[n]} * {names[n]}") for n in range(len(names) - 1))]
    text = "dJ/dW[k1,k2,n,m] = sum_{i,j} V[i,j,m] X[i+k1,j+k2,n]"
    assert within(10_000, lambda: told(LAYER, text, *doubling)) is None
    many = " * ".join(["F[i,j,m]"] * 150)
    assert within(10_000, lambda: told(LAYER, text.replace("V[i,j,m]", many), *doubling)) is None
