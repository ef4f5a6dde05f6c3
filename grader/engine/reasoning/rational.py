"""Linear equations in exact arithmetic: integers in, fractions out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def solve(matrix: Sequence[Sequence[int]], right: Sequence[int]) -> tuple[list[Fraction], int]:
    """One solution of matrix @ solution = right, and the matrix's rank; unknowns left free are 0.

    Gauss-Jordan elimination without fractions (Bareiss): every division comes out even. Rows that contradict
    each other go unnoticed, so `right` must lie in the matrix's column space.
    """
    rows = [[*map(int, row), int(value)] for row, value in zip(matrix, right, strict=True)]
    unknowns = len(rows[0]) - 1
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
    solution = [Fraction(0)] * unknowns
    for row, column in zip(rows, pivots, strict=False):
        solution[column] = Fraction(row[-1], row[column])
    return solution, len(pivots)


def _eliminate(rows: list[list[int]], pivot_row: int, column: int, previous: int) -> None:
    """Clears `column` in every row but the pivot's; `previous`, the pivot before, divides evenly."""
    pivot = rows[pivot_row]
    for index, row in enumerate(rows):
        if index != pivot_row:
            factor = row[column]
            rows[index] = [(pivot[column] * a - factor * b) // previous for a, b in zip(row, pivot, strict=True)]
