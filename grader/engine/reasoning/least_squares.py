"""Least squares, exact where the data are integers, with all that the data leave open."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

from grader.engine.arrays.backend import Array, device
from grader.engine.arrays.numeric import LARGEST_INTEGER, is_floating, lifted, lowered, magnitude
from grader.engine.reasoning.rational import null_space, solve_all


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The least-squares solutions of smallest norm of matrix @ solution = right, for several right-hand sides."""

    values: Array
    """Shape (right-hand sides, unknowns); int64 where the data are integers and so is every value, else float64."""
    exact: tuple[tuple[Fraction, ...], ...] | None
    """The same as fractions, where the data are integers."""
    residual: float
    """Euclidean norm of all that is missed; exactly 0 where integer data fit."""
    null_space: Array
    """Shape (free, unknowns), a basis: coprime integers where the data are integers, else orthonormal float64."""


def least_squares(xp: Any, matrix: Array, right: Array) -> Solution:
    """Solves for each column of `right`, (equations, right-hand sides), with `matrix`, (equations, unknowns).

    Integer data, whole floats too, are solved in exact arithmetic, others by singular values.
    """
    if _whole(xp, matrix) and _whole(xp, right):
        return _exact(xp, xp.astype(matrix, xp.int64), xp.astype(right, xp.int64))
    return _floating(xp, xp.astype(matrix, xp.float64), xp.astype(right, xp.float64))


def _whole(xp: Any, values: Array) -> bool:
    """Whether every entry is an integer that its type holds exactly."""
    return not is_floating(xp, values) or bool(xp.all((values == xp.round(values)) & (xp.abs(values) < 2**53)))


def _floating(xp: Any, matrix: Array, right: Array) -> Solution:
    """By singular values; those below the rounding error of the largest count as 0."""
    equations, unknowns = matrix.shape
    missing = max(unknowns - equations, 0)
    # With as many rows as unknowns the right singular vectors span the null space too.
    tall = xp.concat([matrix, xp.zeros((missing, unknowns), dtype=matrix.dtype, device=device(matrix))])
    wide = xp.concat([right, xp.zeros((missing, right.shape[1]), dtype=right.dtype, device=device(right))])
    U, s, Vh = xp.linalg.svd(tall, full_matrices=False)
    least = float(xp.max(s)) * float(xp.finfo(s.dtype).eps) * max(equations, unknowns)
    rank = int(xp.sum(xp.astype(s > least, xp.int64)))
    weights = xp.matmul(xp.matrix_transpose(U[:, :rank]), wide) / s[:rank, None]
    solution = xp.matmul(xp.matrix_transpose(Vh[:rank, :]), weights)
    residual = sqrt(float(xp.sum((xp.matmul(matrix, solution) - right) ** 2)))
    return Solution(xp.matrix_transpose(solution), None, residual, Vh[rank:, :])


def _exact(xp: Any, matrix: Array, right: Array) -> Solution:
    """From the normal equations G w = b with G = A'A and b = A'y.

    Of many solutions the smallest is the one in the row space of A, w = G v, where v solves G G v = b. What is
    missed is |y - A w|^2 = y'y - w'b.
    """
    unknowns = matrix.shape[1]
    whole = _products(xp, xp.concat([matrix, right], axis=1))
    gram = [row[:unknowns] for row in whole[:unknowns]]
    rights = [row[:unknowns] for row in whole[unknowns:]]
    squares = sum(row[number] for number, row in enumerate(whole) if number >= unknowns)
    solutions, rank = solve_all(gram, rights)
    if rank < unknowns:
        square = [[_dot(row, other) for other in gram] for row in gram]
        smallest, _ = solve_all(square, rights)
        solutions = [[_dot(row, solution) for row in gram] for solution in smallest]
    explained = sum(_dot(solution, values) for solution, values in zip(solutions, rights, strict=True))
    basis = null_space(gram) if rank < unknowns else []
    return Solution(
        numbers(xp, solutions, matrix, unknowns),
        tuple(map(tuple, solutions)),
        sqrt(squares - explained),
        numbers(xp, basis, matrix, unknowns),
    )


def numbers(xp: Any, rows: Any, like: Array, columns: int) -> Array:
    """Fractions or integers beside `like`: int64 where all are integers within it, else float64."""
    whole = all(entry.denominator == 1 and abs(entry) <= LARGEST_INTEGER for row in rows for entry in row)
    values = [[int(entry) if whole else float(entry) for entry in row] for row in rows]
    flat = xp.asarray(values, dtype=xp.int64 if whole else xp.float64, device=device(like))
    result: Array = xp.reshape(flat, (len(values), columns))
    return result


def _products(xp: Any, columns: Array) -> list[list[int]]:
    """The scalar products of all pairs of columns, as Python integers; no int64 limits them."""
    bound = columns.shape[0] * magnitude(xp, columns) ** 2
    if bound > LARGEST_INTEGER:
        unlimited = _lists(xp.matrix_transpose(columns))
        return [[_dot(one, other) for other in unlimited] for one in unlimited]
    one, other = lifted(xp, bound, xp.matrix_transpose(columns), columns)
    return _lists(lowered(xp, bound, xp.matmul(one, other)))


def _lists(values: Array) -> list[list[int]]:
    """Rows of Python integers."""
    return [[int(values[row, column]) for column in range(values.shape[1])] for row in range(values.shape[0])]


def _dot(one: Any, other: Any) -> Any:
    return sum(a * b for a, b in zip(one, other, strict=True))
