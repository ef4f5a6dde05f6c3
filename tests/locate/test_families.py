"""One formula that answers several parts, each with its number put in for the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from grader.model import Finding

Grade = Callable[[str, str], Mapping[str, Finding]]

REALS = "symbols: {g_1: real, g_2: real, u_1: real, u_2: real, u_3: real}"
ENTRIES = f"""
    1a.by_q1: kind: formula, names: [dL/dq_1], given: {{formula: g_1*u_1 + g_2*u_2, {REALS}}}
    1a.by_q2: kind: formula, names: [dL/dq_2], given: {{formula: g_1*u_2 + g_2*u_3, {REALS}}}
    1a.by_c: kind: formula, names: [dL/dc], given: {{formula: g_1 + g_2, {REALS}}}
"""
SUM = "\\sum_{i=1}^{2} g_i u_{i+j-1}"
BIAS = "$$\\frac{\\partial L}{\\partial c} = \\sum_{i=1}^{2} g_i$$"


def verdicts(findings: Mapping[str, Finding]) -> list[str]:
    """In the order of the parts."""
    return [finding.verdict.value for finding in findings.values()]


def graded(grade: Grade, text: str) -> list[str]:
    """The verdicts on `text`, with the bias behind it."""
    return verdicts(grade(ENTRIES, f"1a)\n\n{text}\n\n{BIAS}\n"))


@pytest.mark.parametrize(
    "text",
    [
        f"$$\\frac{{\\partial L}}{{\\partial q_j}} = {SUM}, \\qquad j = 1, 2$$",
        f"$$\\frac{{\\partial L}}{{\\partial q_j}} = {SUM} \\quad \\text{{for }} j = 1, 2$$",
        f"$\\frac{{\\partial L}}{{\\partial q_j}} = {SUM}$ for $j \\in \\{{1, 2\\}}$",
        "dL/dq_j = sum_{i=1}^2 g_i u_{i+j-1}, j = 1..2",
        f"$$\\nabla_{{q_j}} L = {SUM}$$",
    ],
)
def test_the_index_stands_for_each_number(grade: Grade, text: str) -> None:
    """Whether its range is stated, or the names show it."""
    assert graded(grade, text) == ["correct"] * 3


def test_a_wrong_formula_is_wrong_for_each(grade: Grade) -> None:
    """Where it is said what the index runs over; else it may run over something else."""
    wrong = "\\sum_{i=1}^{2} g_i u_{i+j}"
    assert "correct" not in graded(grade, f"$$\\frac{{\\partial L}}{{\\partial q_j}} = {wrong}, \\qquad j = 1, 2$$")[:2]
    assert graded(grade, f"$$\\frac{{\\partial L}}{{\\partial q_j}} = {wrong}$$")[:2] == ["review", "review"]


def test_a_range_that_leaves_one_out_is_for_a_person(grade: Grade) -> None:
    """So is an index that counts from 0 where the names count from 1."""
    text = f"$$\\frac{{\\partial L}}{{\\partial q_j}} = {SUM}, \\qquad j = 0, 1$$"
    assert graded(grade, text)[:2] == ["review", "review"]


def test_one_of_its_parts_may_stand_by_itself(grade: Grade) -> None:
    """What is said of it alone counts as well, and a difference is for a person."""
    one = "$$\\frac{\\partial L}{\\partial q_1} = g_1$$"
    text = f"$$\\frac{{\\partial L}}{{\\partial q_j}} = {SUM}, \\qquad j = 1, 2$$\n\n{one}"
    assert graded(grade, text)[0] != "correct"
