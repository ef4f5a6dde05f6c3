"""Linear equations solved in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine.reasoning.rational import null_space, solve, solve_all


def test_a_solution_with_fractions() -> None:
    """2x + y = 1 and x - y = 1."""
    assert solve([[2, 1], [1, -1]], [1, 1]) == ([Fraction(2, 3), Fraction(-1, 3)], 2)


def test_what_is_left_free_is_zero() -> None:
    """The second equation repeats the first."""
    assert solve([[1, 2], [2, 4]], [3, 6]) == ([3, 0], 1)


def test_what_solves_nothing() -> None:
    """Coprime integers, the free unknown positive."""
    assert null_space([[2, 4, 0], [1, 2, 0]]) == [[-2, 1, 0], [0, 0, 1]]
    assert null_space([[0, 0]]) == [[1, 0], [0, 1]]
    assert null_space([[3, 1], [1, 1]]) == []
    assert null_space([[-3, 2]]) == [[2, 3]]


def test_several_right_hand_sides() -> None:
    """One elimination for all."""
    assert solve_all([[2, 0], [0, 4]], [[2, 4], [1, 1]]) == ([[1, 1], [Fraction(1, 2), Fraction(1, 4)]], 2)


def test_a_leading_zero_is_no_pivot() -> None:
    """Rows change places where they must."""
    assert solve([[0, 1], [1, 0]], [5, 7]) == ([7, 5], 2)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.tuples(
            st.lists(st.lists(st.integers(-5, 5), min_size=n, max_size=n), min_size=n, max_size=n),
            st.lists(st.integers(-5, 5), min_size=n, max_size=n),
        )
    )
)
@settings(deadline=None, max_examples=80)
def test_every_solution_solves(problem: tuple[list[list[int]], list[int]]) -> None:
    """Right-hand sides made from a known solution, singular matrices included."""
    matrix, known = problem
    right = [sum(a * b for a, b in zip(row, known, strict=True)) for row in matrix]
    solution, rank = solve(matrix, right)
    assert rank + len(null_space(matrix)) == len(matrix)
    assert [sum(a * b for a, b in zip(row, solution, strict=True)) for row in matrix] == right
    for vector in null_space(matrix):
        assert all(sum(a * b for a, b in zip(row, vector, strict=True)) == 0 for row in matrix)
