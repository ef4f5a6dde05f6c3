"""Rows are marked as a submission's parts are: one example of each sort, right, wrong and unreadable."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.errors import ProblemError
from grader.experiment import Result, row_of, tried

CONV = "floor((W - K + 2*P)/S) + 1"
GRADIENT = "dW[h,l] = sum_{i=1..m} sum_{j=1..m} dY[i,j] * X[i+h-1, j+l-1], m = n - k + 1"


def result(as_: str, expect: Any, text: str, **more: Any) -> Result:
    """What comes of one row."""
    line = json.dumps({"id": "r", "as": as_, "expect": expect, "text": text, **more})
    return tried(row_of(line, "rows.jsonl", 1), "rows.jsonl", 1)


@pytest.mark.parametrize(
    ("as_", "expect", "text", "verdict"),
    [
        ("number", 280, "3*3*3*10 + 10 = 280", "correct"),
        ("number", "3*3*3*10 + 10", "270 parameters", "incorrect"),
        ("shape", [28, 28, 10], "The output is $28 \\times 28 \\times 10$.", "correct"),
        ("shape", [28, 28, 10], "10 x 28 x 28", "correct"),
        ("shape", "5x4", "4x5", "incorrect"),
        ("shape", "[3, 5, 7] or [3, 7, 5]", "(3, 7, 5)", "correct"),
        ("shape", ["W - K + 1", "F"], "(W - K + 1) x F", "correct"),
        ("tensor", [[1, 2], [3, 4]], "| 1 | 2 |\n|---|---|\n| 3 | 4 |", "correct"),
        ("tensor", "[[1, 2], [3, 4]]", "[[1, 2], [3, 5]]", "partial"),
        ("formula", f"W_out = {CONV}", "$\\lfloor (W - K + 2P)/S \\rfloor + 1$", "correct"),
        ("formula", CONV, "(W - K + P)/S + 1", "incorrect"),
        ("formula", "n*m^2, m = n - k + 1", "n(n - k + 1)^2", "correct"),
        ("formula", "sqrt(a) + log(b)", "\\log b + \\sqrt{a}", "correct"),
        ("indexed", GRADIENT, "dW_{hl} = \\sum_{i,j} X_{i+h-1, j+l-1} dY_{ij}", "correct"),
        ("indexed", GRADIENT, "dW_{hl} = \\sum_{i,j} X_{i-h+1, j-l+1} dY_{ij}", "incorrect"),
        ("indexed", GRADIENT, "dW_{hl} = \\sum_{i,j} X_{i+h, j+l} dY_{ij}", "review"),  # right if indices begin at 0
        ("cases", "d if z > 0 else 0", "0 if z <= 0 and d otherwise", "correct"),
        ("set", "{k1, k2, b}", "b, k_1 and k_2", "correct"),
        ("set", ["k1", "k2"], "k_1", "partial"),
        ("choice", "B", "B", "correct"),
        ("choice", "yes", "No.", "incorrect"),
    ],
)
def test_each_sort_of_answer(as_: str, expect: Any, text: str, verdict: str) -> None:
    """Right and wrong ones."""
    assert result(as_, expect, text).verdict == verdict


@pytest.mark.parametrize("text", ["", "  \n", "TODO", "?"])
def test_nothing_is_missing(text: str) -> None:
    """Rule 20."""
    assert result("number", 3, text).verdict == "missing"


def test_what_cannot_be_read_is_for_a_person() -> None:
    """With the reason, and without credit either way."""
    found = result("formula", CONV, "see my picture below")
    assert (found.verdict, found.read, found.credit) == ("review", None, 0)
    assert found.reason


def test_working_over_several_lines() -> None:
    """The last line states the answer; the lines before it are working."""
    text = "First the width.\n\n$$W = (32 - 5)/1 + 1 = 28$$\n\nThere are 6 filters, so the output is\n\n28 x 28 x 6"
    assert result("shape", [28, 28, 6], text).verdict == "correct"


def test_a_where_clause_is_followed() -> None:
    """The student's own names stand for what the student says."""
    text = "$V = m^2 F$ where $m = n - k + 1$"
    assert result("formula", "F*(n - k + 1)^2", text).verdict == "correct"


@pytest.mark.parametrize("behind", [r" \quad (3.2)", ", where S is the stride", r" \tag{1}", " (rounded down)"])
def test_what_stands_behind_a_formula(behind: str) -> None:
    """Its number and its legend are no factors of it."""
    assert result("formula", CONV, CONV + behind).verdict == "correct"


def test_a_fixed_layout_makes_the_other_order_partial() -> None:
    """Rule 6: where a layout is fixed, the other one is partly right."""
    assert result("shape", [28, 28, 10], "10x28x28").verdict == "correct"
    assert result("shape", [28, 28, 10], "10x28x28", layout="HWC").verdict == "partial"


def test_repairs_are_told() -> None:
    """Rule 22: on the record."""
    found = result("tensor", [[1, 2], [3, 4]], "\\begin{bmatrix} 1 & 2 \\ 3 & 4 \\end{bmatrix}")
    assert found.verdict == "correct"
    assert found.repairs


@pytest.mark.parametrize(
    "domain",
    [
        {"n": [4, 9], "k": [1, 3]},
        {"n": "4..9", "k": ">= 1"},
        "n >= k",
        ["n >= k", {"k": [1, 3]}],
        {"n": "integer", "require": "n >= k"},
    ],
)
def test_how_a_domain_is_stated(domain: Any) -> None:
    """As ranges, words or relations."""
    assert result("formula", "n - k + 1", "1 - k + n", domain=domain).verdict == "correct"


def test_a_domain_decides() -> None:
    """Two formulas that differ where r < c agree where that is ruled out."""
    assert result("formula", "r - c", "|r - c|").verdict == "incorrect"
    assert result("formula", "r - c", "|r - c|", domain="r >= c").verdict == "correct"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('{"as": "number", "expect": 3}', "found no 'text'"),
        ('{"as": "numbr", "expect": 3, "text": "3"}', "found 'numbr'"),
        ("[1]", "found a JSON list"),
        ("{", "found no JSON"),
        ('{"as": "number", "expect": "W", "text": "3"}', "'W'"),
        ('{"as": "tensor", "expect": "1 2", "text": "3"}', "'1 2'"),
        ('{"as": "formula", "expect": "W +", "text": "3"}', "'W +'"),
        ('{"as": "formula", "expect": "W", "text": "W", "domain": 3}', "found the domain 3"),
        ('{"as": "formula", "expect": "W", "text": "W", "domain": {"W": "odd"}}', "'odd'"),
        ('{"as": "shape", "expect": {}, "text": "W"}', "expected a shape"),
        ('{"as": "indexed", "expect": 3, "text": "W"}', "expected a formula"),
        ('{"as": "formula", "expect": "W", "text": "W", "domain": "W > W"}', "domain"),
    ],
)
def test_a_row_that_is_wrong_itself(row: str, says: str) -> None:
    """One line: the file and line, what was found, what was expected."""
    with pytest.raises(ProblemError) as error:
        tried(row_of(row, "rows.jsonl", 7), "rows.jsonl", 7)
    message = str(error.value)
    assert message.startswith("rows.jsonl:7:")
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "text",
    [
        "9^{9^{9^{9}}}",
        "((9!)!)!",
        "1E999999999",
        "(" * 10_000,
        "7" * 1_000_000,
        "__import__('os')",
        "\x00\u202e3\u200b",
    ],
)
def test_hostile_text_is_one_more_answer(text: str) -> None:
    """It ends in a verdict and a reason."""
    found = result("number", 4, text)
    assert found.verdict in {"review", "incorrect"}
    assert found.reason


@pytest.mark.parametrize(
    ("as_", "expect", "text", "read"),
    [
        ("number", 5133600, "5.13 * 10^6", r"5.13 \cdot 10^{6}"),
        ("number", "1/3", "1/3", r"\frac{1}{3}"),
        ("shape", [28, 28, 10], "28x28x10", r"28 \times 28 \times 10"),
        ("shape", ["W - K + 1", "F"], "(W - K + 1) x F", r"\left(W - K + 1\right) \times F"),
        ("tensor", [[1, 2], [3, 4]], "[[1, 2], [3, 4]]", r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"),
        ("formula", CONV, "(W - K + 2P)//S + 1", r"\left\lfloor \frac{W - K + 2P}{S} \right\rfloor + 1"),
        ("indexed", GRADIENT, "dW_{hl} = \\sum_{i,j} X_{i+h, j+l} dY_{ij}", r"\sum_{i} \sum_{j} X_{i+h,j+l} dY_{i,j}"),
        (
            "cases",
            "d if z > 0 else 0",
            "0 if z <= 0 and d otherwise",
            r"\begin{cases} 0 & \text{if } z \le 0 \\ d & \text{otherwise} \end{cases}",
        ),
        ("set", "{k1, k2, b}", "b, k_1", r"\{b, k_1\}"),
        ("growth", "O(n^2)", "quadratic in n", "O(n^2)"),
        ("choice", "yes", "No.", r"\text{no}"),
    ],
)
def test_what_was_read_is_shown_in_latex(as_: str, expect: Any, text: str, read: str) -> None:
    """Whatever the verdict: right, wrong, or for a person to look at."""
    assert result(as_, expect, text).read == read
