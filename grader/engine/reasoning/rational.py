"""Linear equations in exact arithmetic: integers in, fractions out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

Rows = list[list[int]]


def solve(matrix: Sequence[Sequence[int]], right: Sequence[int]) -> tuple[list[Fraction], int]:
    """One solution of matrix @ solution = right, and the matrix's rank; unknowns left free are 0.

    Rows that contradict each other go unnoticed, so `right` must lie in the matrix's column space.
    """
    (solution,), rank = solve_all(matrix, [right])
    return solution, rank


def solve_all(matrix: Sequence[Sequence[int]], rights: Sequence[Sequence[int]]) -> tuple[list[list[Fraction]], int]:
    """As `solve`, one solution for each of `rights`."""
    unknowns = len(matrix[0])
    rows, pivots = _reduced([[*row, *values] for row, *values in zip(matrix, *rights, strict=True)], unknowns)
    solutions = []
    for number in range(unknowns, unknowns + len(rights)):
        solution = [Fraction(0)] * unknowns
        for row, column in zip(rows, pivots, strict=False):
            solution[column] = Fraction(row[number], row[column])
        solutions.append(solution)
    return solutions, len(pivots)


def null_space(matrix: Sequence[Sequence[int]]) -> Rows:
    """A basis of all solutions of matrix @ solution = 0, a vector for each unknown left free.

    Each is of integers without a common factor; its own free unknown is positive, the other free ones are 0.
    """
    unknowns = len(matrix[0])
    rows, pivots = _reduced([list(row) for row in matrix], unknowns)
    basis = []
    for free in sorted(set(range(unknowns)) - set(pivots)):
        # All pivots are one number, as the elimination leaves them.
        vector = [0] * unknowns
        vector[free] = rows[0][pivots[0]] if pivots else 1
        for row, column in zip(rows, pivots, strict=False):
            vector[column] = -row[free]
        common = gcd(*vector) if vector[free] > 0 else -gcd(*vector)
        basis.append([entry // common for entry in vector])
    return basis


def _reduced(matrix: Sequence[Sequence[int]], unknowns: int) -> tuple[Rows, list[int]]:
    """The rows with every pivot alone in its column, and the pivots' columns.

    Gauss-Jordan elimination without fractions (Bareiss): every division comes out even.
    """
    rows = [[*map(int, row)] for row in matrix]
    pivots: list[int] = []
    previous = 1
    for column in range(unknowns):
        rank = len(pivots)
        found = next((row for row in range(rank, len(rows)) if rows[row][column]), None)
        if found is None:
            continue
        rows[rank], rows[found] = rows[found], rows[rank]
        _eliminate(rows, rank, column, previous)
        previous = rows[rank][column]
        pivots.append(column)
    return rows, pivots


def _eliminate(rows: Rows, pivot_row: int, column: int, previous: int) -> None:
    """Clears `column` in every row but the pivot's; `previous`, the pivot before, divides evenly."""
    pivot = rows[pivot_row]
    for index, row in enumerate(rows):
        if index != pivot_row:
            factor = row[column]
            rows[index] = [(pivot[column] * a - factor * b) // previous for a, b in zip(row, pivot, strict=True)]
