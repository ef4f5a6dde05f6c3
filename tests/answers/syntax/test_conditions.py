"""Case distinctions and the conditions in them, in every form in which they are typed."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answers.formulas.pointwise import sampled
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread

NAMES = frozenset({"a", "b", "x", "y", "z"})
X = np.array([-2.0, -1.0, 1.0, 2.0])


def values(text: str) -> list[float]:
    """What `text` is at four values of x, where a is 10 and y is 1."""
    at = {"x": X, "y": np.ones(4), "a": np.full(4, 10.0)}
    return [float(value) for value in np.broadcast_to(sampled(parse(text, NAMES), at), X.shape)]


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{cases} a & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
        r"\begin{cases} a, & x > 0 \\ 0, & x \le 0 \end{cases}",
        r"\begin{cases} a \quad x > 0 \\ 0 \quad \text{else} \end{cases}",
        r"\begin{dcases} a & \text{for } x > 0, \\ 0 & \text{for } x \leq 0. \end{dcases}",
        r"\left\{ \begin{array}{ll} a & \text{if } x > 0 \\ 0 & \text{otherwise} \end{array} \right.",
        "a if x > 0 else 0",
        "a if x > 0, 0 otherwise",
        "a if x > 0 and 0 otherwise",
        "a when x > 0; 0 else",
        "a for x > 0, 0 for x <= 0",
        "if x > 0, a; otherwise 0",
        "if x > 0 then a, else 0",
        "a if x is positive, otherwise 0",
        "np.where(x > 0, a, 0)",
        "a * (x > 0)",
        "a * 1[x > 0]",
        r"a \mathbb{1}_{x > 0}",
        r"a \cdot \mathbf{1}\{x > 0\}",
        r"\mathbb{I}(x > 0) \, a",
        "a [x > 0]",
    ],
)
def test_ways_to_say_one_distinction(text: str) -> None:
    """All of them are a where x is positive, else 0."""
    assert values(text) == [0, 0, 10, 10]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 if x > 0 and x < 2 else 0", [0, 0, 1, 0]),
        ("1 if x < -1 or x > 1 else 0", [1, 0, 0, 1]),
        ("1 if not (x > 0) else 0", [1, 1, 0, 0]),
        ("1 if -1 <= x <= 1 else 0", [0, 1, 1, 0]),
        (r"1 \text{ if } x \in \{1, 2\}, 0 \text{ otherwise}", [0, 0, 1, 1]),
        (r"1 \text{ if } x \in [-1, 1], 0 \text{ otherwise}", [0, 1, 1, 0]),
        ("1 if x = y else 0", [0, 0, 1, 0]),
        ("(x > 0) * (x < 2)", [0, 0, 1, 0]),
        ("1[x > 0 and (x < 2 or y > 3)]", [0, 0, 1, 0]),
        ("np.where((x > 0) & (x < 2), 1, 0)", [0, 0, 1, 0]),
        ("1 if x > 1 else 2 if x > 0 else 3", [3, 3, 2, 1]),
    ],
)
def test_conditions(text: str, expected: list[float]) -> None:
    """Chains, and, or, not, membership, nesting."""
    assert values(text) == expected


def test_where_no_case_holds_there_is_no_value() -> None:
    """It is not zero by chance."""
    assert np.isnan(values("a if x > 0")).tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1[x > 1 or x > -1 and x < 1]", [0, 0, 0, 1]),
        ("1[x < -1 and x > 1 or x > 1]", [0, 0, 0, 1]),
        ("1[(x > -1 and x < 2) or x < -1]", [1, 0, 1, 0]),
        ("1[not (x > 1)]", [1, 1, 1, 0]),
        ("(1 if x > 1 or x > -1 and x < 1 else 0)", [0, 0, 0, 1]),
    ],
)
def test_and_binds_tighter_than_or(text: str, expected: list[float]) -> None:
    """In the brackets behind a 1 as elsewhere."""
    assert values(text) == expected


def test_a_value_in_brackets_before_otherwise() -> None:
    """It is no condition of the case before."""
    assert values("a if x > 0, (a - y) otherwise") == [9, 9, 10, 10]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a if x", "condition"),
        ("a if x is small", "condition"),
        (r"\begin{cases} a \\ b & x > 0 \end{cases}", "condition"),
        (r"\begin{cases} \end{cases}", "empty"),
        ("if", "syntax"),
        ("otherwise", "syntax"),
    ],
)
def test_what_is_no_distinction(text: str, code: str) -> None:
    """A condition has to state something, and a case has to have one."""
    with pytest.raises(Unread) as refused:
        parse(text, NAMES)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["(1 if x > 0 and " * 55, "1 if x>0, (" * 50 + "1" + ")" * 50, "if x>0, " * 200])
def test_nested_ways_to_read_come_to_an_end(text: str) -> None:
    """Each level could be read in two ways; together they are tried a bounded number of times."""
    with pytest.raises(Unread):
        parse(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "if x > 0 then a else 0",
        r"\text{if } x > 0 \text{ then } a \text{ else } 0",
        "if x < 0 then 0 else if x > 0 then a else 0",
        "a if x > 0 else 0 if x < 0 else 5",
    ],
)
def test_the_condition_first(text: str) -> None:
    """As in a program, one after another too."""
    assert values(text) == [0, 0, 10, 10]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\begin{cases} 1 & x \in [-1, 2) \\ 0 & \text{else} \end{cases}", [0, 1, 1, 0]),
        (r"\begin{cases} 1 & x \in (-1, 2] \\ 0 & \text{else} \end{cases}", [0, 0, 1, 1]),
        (r"\begin{cases} 1 & x \in [1, \infty) \\ 0 & \text{else} \end{cases}", [0, 0, 1, 1]),
        (r"\begin{cases} 1 & x \notin \{1, 2\} \\ 0 & \text{else} \end{cases}", [1, 1, 0, 0]),
        (r"\begin{cases} 1 & x \in \{-2\} \cup [2, 3] \\ 0 & \text{else} \end{cases}", [1, 0, 0, 1]),
        ("1 if x in range(1, 2) else 0", [0, 0, 1, 0]),
    ],
)
def test_membership(text: str, expected: list[float]) -> None:
    """Half-open and endless intervals, unions, what is left out."""
    assert values(text) == expected


def test_a_full_stop_within_the_words_of_a_case_says_nothing() -> None:
    r"""`\text{else.}` is `\text{else}`."""
    text = r"\begin{cases} a & \text{if } x > 0 \\ 0 & \text{else%s} \end{cases}"
    assert parse(text % ".") == parse(text % "")
