"""Cases out of plans: sizes fitted to what the course fixes, numbers drawn the same on every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

import numpy as np

from grader.errors import EngineError
from grader.kinds._code.operation import Group, Operation, Plan, Style
from grader.kinds._code.words import Numbers, Values, Word


@dataclass(frozen=True)
class Room:
    """What a course leaves open: which sizes and options vary, and between what."""

    single: str = ""
    """Dims that are 1, since no array has an axis for them."""
    equal: tuple[tuple[str, str], ...] = ()
    """Pairs of dims or options of which the second equals the first."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Options that the function does not take, with what they are."""
    passed: frozenset[str] = frozenset()
    """Options that it takes."""
    taken: frozenset[str] = frozenset()
    """Arrays that it takes: perhaps no bias."""
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def allows(self, group: Group) -> bool:
        """Whether the group's trap can come up at all."""
        bound = {second for _, second in self.equal}
        there = (self.passed | self.taken) - bound
        fixed = {*self.single, *bound}
        return all(need in there if len(need) > 1 else need not in fixed for need in group.needs)

    def fit(self, plan: Plan, operation: Operation) -> Plan:
        """`plan` within what is left open."""
        dims = {dim: self._within(dim, 1 if dim in self.single else extent) for dim, extent in plan.dims.items()}
        options: dict[str, Any] = {name: option.default for name, option in operation.options.items()}
        options |= {name: value for name, value in plan.options.items() if name in self.passed}
        options = {name: self._within(name, value) for name, value in options.items()} | dict(self.options)
        for first, second in self.equal:
            for sizes in (dims, options):
                if first in sizes:
                    sizes[second] = sizes[first]
        return replace(plan, dims=dims, options=options)

    def clip(self, name: str, value: int) -> int:
        """`value` of the dim or option `name`, within its range."""
        low, high = self.ranges.get(name, (value, value))
        return min(max(value, low), high)

    def _within(self, name: str, value: Any) -> Any:
        return self.clip(name, value) if isinstance(value, int) else value


@dataclass(frozen=True)
class Case:
    """One hidden case."""

    group: Group
    values: Values
    known: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What has been worked out for it: the same cases are put to every submission."""


def cases(operation: Operation, group: Group, room: Room, seed: str, *, gradient: bool) -> tuple[Case, ...]:
    """The cases of `group`, those left out that the course's sizes make impossible or equal to one before.

    Args:
        operation: what is asked for.
        group: which trap.
        room: what the course leaves open.
        seed: names the part, so that parts differ and runs do not.
        gradient: whether a gradient to the output is drawn as well.
    """
    found: list[Case] = []
    seen: list[tuple[object, ...]] = []
    for index, plan in enumerate(group.plans):
        fitted = room.fit(plan, operation)
        key = (dict(fitted.dims), dict(fitted.options), fitted.style, fitted.zero, fitted.one)
        values = _values(operation, fitted, room, np.random.default_rng(crc32(f"{seed}/{group.name}/{index}".encode())))
        if key in seen or not is_case(operation, values, loose=group.loose):
            continue
        seen.append(key)
        found.append(Case(group, with_gradient(operation, values, fitted.style) if gradient else values))
    apart = [case for case in found if not operation.overlaps(case.values)]
    return tuple(apart if gradient and apart and not (group.overlap or group.mixed) else found)


def large_case(operation: Operation, room: Room, *, gradient: bool) -> Values | None:
    """The values of the case that takes long, where the operation has one that the course's sizes allow."""
    if operation.large is None:
        return None
    values = _values(operation, room.fit(operation.large, operation), room, np.random.default_rng(0))
    if not is_case(operation, values, loose=False):
        return None
    return with_gradient(operation, values, "real") if gradient else values


def is_case(operation: Operation, values: Values, *, loose: bool) -> bool:
    """Whether the operation can be done with sizes that a statement speaks of."""
    try:
        operation.right(values)
    except EngineError:
        return False
    return loose or operation.fair(values)


def with_gradient(operation: Operation, values: Values, style: Style = "small") -> Values:
    """`values` with a gradient to the output, the same wherever the output has the same shape."""
    shape = np.shape(operation.right(values))
    rng = np.random.default_rng(crc32(repr(shape).encode()))
    drawn = (
        rng.normal(0, 2, shape).round(2) if style == "real" else rng.integers(1, 4, shape) * rng.choice([-1, 1], shape)
    )
    return {**values, "grad_output": np.asarray(drawn, dtype=np.float64)}


def _values(operation: Operation, plan: Plan, room: Room, rng: np.random.Generator) -> Values:
    arrays = {
        name: _drawn(word, tuple(plan.dims[dim] for dim in word.dims), plan, rng, distinct=operation.distinct)
        for name, word in operation.words.items()
        if name in room.taken
    }
    arrays |= {name: np.zeros_like(arrays[name]) for name in plan.zero if name in arrays}
    arrays |= {name: np.ones_like(arrays[name]) for name in plan.one if name in arrays}
    return {**arrays, **plan.options}


def _drawn(word: Word, shape: tuple[int, ...], plan: Plan, rng: np.random.Generator, *, distinct: bool) -> Numbers:
    if word.sort == "labels":
        return rng.integers(0, plan.dims["C"], shape)
    if word.sort == "mask":
        return rng.integers(0, 2, shape).astype(np.float64)
    return _numbers(shape, plan.style, rng, distinct=distinct)


def _numbers(shape: tuple[int, ...], style: Style, rng: np.random.Generator, *, distinct: bool) -> Numbers:
    """Reals; none is 0 unless ties are wanted, so that nothing hides what it is multiplied with."""
    count = int(np.prod(shape))
    found: Numbers
    apart = rng.permutation(count).reshape(shape)
    match style:
        case "small" if distinct:
            found = apart - count // 3
        case "small":
            found = rng.integers(1, 4, shape) * rng.choice([-1, 1, 1], shape)
        case "real":
            found = (apart * 0.37 - count * 0.17 if distinct else rng.normal(0, 2, shape)).round(2)
        case "negative":
            found = -1 - apart if distinct else -rng.integers(1, 6, shape)
        case "positive":
            found = 1 + apart if distinct else rng.integers(1, 6, shape)
        case "large":
            found = rng.choice([-1000, 1000, 1, 500, 999], shape)
        case "tied":
            found = rng.integers(0, 2, shape)
    return np.asarray(found, dtype=np.float64)
