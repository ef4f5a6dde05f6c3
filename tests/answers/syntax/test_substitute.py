"""Short sums written out."""

from __future__ import annotations

import pytest

from grader.answers.syntax.parse import parse
from grader.answers.syntax.substitute import written_out
from grader.answers.syntax.tree import Big
from grader.answers.syntax.tree import parts as parts_of


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\\sum_{i=1}^{3} g_i", "g_1 + g_2 + g_3"),
        ("\\sum_{i=1}^{2} g_i u_{i+1}", "g_1 u_2 + g_2 u_3"),
        ("\\sum_{i=0}^{1} g_{i+(2)-1}", "g_1 + g_2"),
    ],
)
def test_a_short_sum_of_numbered_names(text: str, written: str) -> None:
    """Each term with its number put in."""
    assert written_out(parse(text)) == parse(written)


@pytest.mark.parametrize("text", ["\\sum_{i=1}^{m} g_i", "\\sum_{i=1}^{3} i^2", "\\sum_{i=1}^{900} g_i"])
def test_other_sums_stay(text: str) -> None:
    """Those without plain ends, without numbered names, and long ones."""
    assert written_out(parse(text)) == parse(text)


def test_sums_within_sums_do_not_grow_without_end() -> None:
    """The outer ones stay as they are."""
    tree = written_out(parse("\\sum_{i=1}^{60}\\sum_{j=1}^{60}\\sum_{k=1}^{60} g_{ijk} g_i g_j g_k"))
    assert any(isinstance(node, Big) for node in parts_of(tree))
