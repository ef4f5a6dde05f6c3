"""Sums, products and maxima as students write them: one meaning, many notations."""

from __future__ import annotations

import pytest

from grader.answers.formulas.evaluate import exact
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Big, Group, Node, spelled
from grader.answers.syntax.unread import Unread

NAMES = frozenset({"a", "i", "j", "k", "m", "n", "x", "y"})


def big(text: str) -> Big:
    """The one sum that `text` is."""
    found = parse(text, NAMES)
    found = found.items[0] if isinstance(found, Group) else found
    assert isinstance(found, Big)
    return found


def shown(text: str) -> list[tuple[str, bool, bool]]:
    """The indices of `text`, and whether each has a lower and an upper end."""
    return [(spelled(b.name), b.low is not None, b.high is not None) for b in big(text).bounds]


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{i=1}^{m} \sum_{j=1}^{n} x_{ij}",
        r"\sum\limits_{i=1}^m\sum\limits_{j=1}^n x_{i,j}",
        r"\sum^{m}_{i=1} \sum^{n}_{j=1} x[i,j]",
        "∑_{i=1}^m ∑_{j=1}^n x[i][j]",
        "Σ_{i=1}^{m} Σ_{j=1}^{n} x_ij",
        "sum_{i=1..m} sum_{j=1..n} x[i,j]",
        "sum_{i=1..m, j=1..n} x[i,j]",
        r"\sum_{i=1, \ldots, m} \sum_{j \in \{1, \ldots, n\}} x_{ij}",
        r"\sum_{1 \le i \le m} \sum_{j \in [1, n]} x_{ij}",
        "sum(x[i,j] for i in range(1, m+1) for j in range(1, n+1))",
    ],
)
def test_ways_to_write_a_double_sum(text: str) -> None:
    """All of them name two indices with both ends, in order."""
    assert shown(text) == [("i", True, True), ("j", True, True)]


@pytest.mark.parametrize("text", [r"\sum_i \sum_j x_{ij}", r"\sum_{i,j} x_{ij}", "∑ᵢ ∑ⱼ x_{ij}", "sum_{i, j} x[i,j]"])
def test_ends_may_be_left_out(text: str) -> None:
    """Then the index runs over all there is."""
    assert shown(text) == [("i", False, False), ("j", False, False)]


def test_one_upper_end_is_for_all_indices_below() -> None:
    r"""`\sum_{i,j=1}^{m}` is two sums up to m."""
    assert shown(r"\sum_{i,j=1}^{m} x_{ij}") == [("i", True, True), ("j", True, True)]


def test_scripts_that_are_digits() -> None:
    """Indices may have subscripts themselves."""
    assert shown(r"\sum_{k_1=0}^{2} \sum_{k_2} x") == [("k_1", True, True), ("k_2", False, False)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\sum_{i=1}^{3} i", 6),
        (r"\sum_{i=1}^{3} i + 1", 7),
        (r"\sum_{i=1}^{3} (i + 1)", 9),
        (r"\sum_{i=1}^{3} i^2 \cdot 2", 28),
        (r"\sum_{i=1}^{3} i - i", 0),
        (r"2 \sum_{i=1}^{3} i", 12),
        (r"\prod_{i=1}^{4} i", 24),
        (r"\sum_{i=1}^{3}\sum_{j=1}^{i} j", 10),
        ("sum(2*i for i in range(4))", 12),
        (r"\sum_{i=1}^{0} i", 0),
        (r"\sum_{i=1}^{3} i - \sum_{i=1}^{2} i", 3),
        ("sum(i for i in range(4)) - sum(i for i in range(3))", 3),
    ],
)
def test_what_a_sum_reaches_over(text: str, value: int) -> None:
    """As far as a product does; a further term belongs to it only where it uses the index."""
    assert exact(parse(text)) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"\sum_{i-1} x_i", "bound"),
        (r"\sum^{m} x_i", "bound"),
        (r"\sum_{i=1}^{10^{9}} i", "too-large"),
        (r"\sum_{i=1}^{1/2} i", "bound"),
        (r"\sum_{i=1}^{4000}\sum_{j=1}^{4000} i j", "too-large"),
    ],
)
def test_sums_that_are_not_worked_out(text: str, code: str) -> None:
    """Each with its code, and at once."""
    with pytest.raises(Unread) as refused:
        exact(parse(text))
    assert refused.value.code == code


def test_a_condition_below_the_sign_is_a_factor() -> None:
    r"""`\sum_{i \ne j}` leaves terms out; the index is bound elsewhere, or the sum is over all that the body names."""
    found: Node = parse(r"\sum_{i \ne j} x_i", NAMES)
    assert isinstance(found, Big)
    assert found.bounds == ()
