"""A failing case -> the simplest one that fails in the same manner: sizes first, then options, then numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from grader.kinds._code.attempt import Attempt, attempt
from grader.kinds._code.case import Case, is_case, with_gradient
from grader.kinds._code.question import Question
from grader.kinds._code.words import Numbers, Values
from grader.sandbox import Program, Stopped

MOST_CALLS = 150
"""Calls of the student's function that one counterexample may cost."""
_FEW = 16
"""Entries of an array up to which each is simplified by itself."""


def shrunk(question: Question, failing: Attempt, program: Program) -> Attempt:
    """The simplest attempt at a case that fails as `failing` does; the same on every run.

    It tries each simpler case in a fixed order, takes the first that still fails and goes on from there, until none
    does or `MOST_CALLS` are used up.
    """
    best, calls = failing, 0
    while calls < MOST_CALLS:
        for case in _simpler(question, best.case):
            calls += 1
            tried = attempt(question, case, program)
            if isinstance(tried.outcome, Stopped):  # each of these costs seconds
                return best
            if tried.sort == failing.sort:
                best = tried
                break
            if calls >= MOST_CALLS:
                return best
        else:
            return best
    return best


def _simpler(question: Question, case: Case) -> Iterator[Case]:
    for values in (*_smaller(question, case.values), *_plainer(question, case.values)):
        if is_case(question.operation, values, loose=case.group.loose):
            yield replace(case, values=_completed(question, values))
    for values in _rounder(question, case.values):
        yield replace(case, values=values)


def _completed(question: Question, values: Values) -> Values:
    """`values` with a gradient to the output in its shape, where there is one."""
    back = values.get("grad_output")
    if back is None or np.shape(back) == np.shape(question.operation.right(values)):
        return values
    return with_gradient(question.operation, values)


def extents(question: Question, values: Values) -> dict[str, int]:
    """The extent of each dim of a case."""
    words = question.operation.words
    return {
        dim: extent
        for name, word in words.items()
        if name in values
        for dim, extent in zip(word.dims, np.shape(values[name]), strict=True)
    }


def _smaller(question: Question, values: Values) -> Iterator[Values]:
    """Each dim at 1, at half, and one less; those that are equal together."""
    sizes = extents(question, values)
    partners = dict(question.room.equal)
    bound = set(partners.values())
    for dim in sorted(sizes, key=lambda one: -sizes[one]):
        if dim in bound:
            continue
        for extent in dict.fromkeys((1, sizes[dim] // 2, sizes[dim] - 1)):
            least = question.room.clip(dim, extent)
            if 0 < least < sizes[dim]:
                yield _cropped(question, values, {dim: least, partners.get(dim, dim): least})


def _cropped(question: Question, values: Values, sizes: dict[str, int]) -> Values:
    found = dict(values)
    for name, word in question.operation.words.items():
        if name in values:
            array = values[name][tuple(slice(0, sizes.get(dim)) for dim in word.dims)]
            found[name] = array % sizes["C"] if word.sort == "labels" and "C" in sizes else array
    return found


def _plainer(question: Question, values: Values) -> Iterator[Values]:
    """Each option at its simplest, and one less."""
    partners = dict(question.room.equal)
    for name, option in question.operation.options.items():
        value = values[name]
        if option.least is None or name not in question.room.passed or not isinstance(value, int):
            continue
        if name in partners.values():
            continue
        for simpler in dict.fromkeys((option.least, value - 1)):
            fitted = question.room.clip(name, simpler)
            if option.least <= fitted < value:
                yield {**values, name: fitted, partners.get(name, name): fitted}


def _rounder(question: Question, values: Values) -> Iterator[Values]:
    """Each array at 0, at 1, in integers; then entry by entry."""
    names = [*question.operation.words, "grad_output"]
    arrays = [name for name in names if name in values and np.size(values[name])]
    steps: tuple[Callable[[Numbers], Numbers], ...] = (np.zeros_like, np.ones_like, np.rint)
    for name in arrays:
        for step in steps:
            yield from _changed(values, name, step(values[name]))
    for name in arrays:
        if values[name].size <= _FEW:
            yield from _by_entry(values, name)


def _by_entry(values: Values, name: str) -> Iterator[Values]:
    for index in np.ndindex(values[name].shape):
        entry = values[name][index]
        for simple in (0, 1, np.sign(entry) * (abs(entry) // 2 + 1)):
            if _weight(simple) < _weight(entry):
                other = values[name].copy()
                other[index] = simple
                yield {**values, name: other}


def _changed(values: Values, name: str, array: Any) -> Iterator[Values]:
    if sum(map(_weight, array.flat)) < sum(map(_weight, values[name].flat)):
        yield {**values, name: array.astype(values[name].dtype)}


def _weight(entry: float) -> float:
    """How much there is to read in a number: 0, 1, small integers, larger ones, fractions."""
    size = abs(float(entry))
    return (0 if size == 0 else 1 + size - 0.5 * (entry == 1)) + (50 if size != int(size) else 0)
