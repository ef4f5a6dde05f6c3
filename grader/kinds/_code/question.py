"""A question to a program: a signature, hidden cases by group, and what is right for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.kinds._code import calls
from grader.kinds._code.calls import Path, Result
from grader.kinds._code.case import Case, Room, cases
from grader.kinds._code.operation import Operation
from grader.kinds._code.slots import ArraySlot, Signature
from grader.kinds._code.words import Numbers, Values

_RANGE = re.compile(r"(\d+)(?:\.\.(\d+))?")


@dataclass(frozen=True)
class Forward:
    """The student's own forward, which a backward takes its cache from."""

    signature: Signature
    result: Result
    """Its output."""
    kept: Mapping[str, Path]
    """What it returns for the backward, by name, and where."""


@dataclass(frozen=True)
class Question:
    """A function, what it is called with, and what is right."""

    operation: Operation
    signature: Signature
    results: tuple[Result, ...]
    cases: Mapping[str, tuple[Case, ...]]
    """By group."""
    points: Mapping[str, float]
    """By group."""
    room: Room
    forward: Forward | None = None
    properties: Mapping[str, float] | None = None
    """Points by property."""
    tolerance: float | None = None
    loop_ratio: float = 100.0
    shares: Mapping[str, float] | None = None
    """How a group's points are shared out over the results, by name; None for evenly."""

    @property
    def name(self) -> str:
        """What the function is called."""
        return self.signature.name

    @property
    def has_gradient(self) -> bool:
        """Whether its cases hold a gradient to the output."""
        return takes_gradient(self.signature)

    def expected(self, result: Result, values: Values) -> Numbers:
        """The right `result`, as the course lays it out."""
        return result.layout.write(self.operation.compute(result.word, values))

    def right(self, result: Result, case: Case) -> Numbers:
        """The same for a case, worked out once."""
        key = (result.word, result.layout)
        if key not in case.known:
            case.known[key] = self.expected(result, case.values)
        found: Numbers = case.known[key]
        return found

    def share(self, result: Result) -> float:
        """The part of a group's points that `result` earns."""
        if self.shares is None:
            return 1 / len(self.results)
        return self.shares[result.name] / sum(self.shares[one.name] for one in self.results)


def room_of(
    operation: Operation, signatures: Sequence[Signature], options: Mapping[str, Any], sizes: Mapping[str, int | str]
) -> Room:
    """What the calls, fixed options and ranges leave open.

    Raises:
        ValueError: something that the operation has not, or an array that it needs and no call takes.
    """
    layouts = calls.layouts(*signatures)
    for word, array in operation.words.items():
        if not array.optional and word not in layouts:
            raise ValueError(f"found no {word} in the call, expected {operation.name} to take one; add it")
    passed = calls.options(*signatures)
    equal = [layout.equal for layout in layouts.values() if layout.equal]
    equal += [(one, two) for one, two in operation.together.values() if two not in passed]
    fixed = _fixed(operation, options)
    passed |= {two for one, two in equal if one in passed}
    return Room(
        single="".join(sorted({dim for layout in layouts.values() for dim in layout.missing})),
        equal=tuple(equal),
        options=fixed,
        passed=passed,
        taken=frozenset(layouts.keys() & operation.words.keys()),
        ranges=dict(_ranges(operation, sizes)),
    )


def groups_of(
    operation: Operation, room: Room, seed: str, listed: Mapping[str, float] | None, *, gradient: bool
) -> dict[str, tuple[Case, ...]]:
    """The groups that count, each with its cases.

    Raises:
        ValueError: a group that is listed has no case.
    """
    there: dict[str, tuple[Case, ...]] = {}
    for group in operation.groups:
        asked = group.name in listed if listed else group.usual
        if room.allows(group) and asked and (gradient or not group.backward):
            found = cases(operation, group, room, seed, gradient=gradient)
            there |= {group.name: found} if found else {}
    for name in listed or ():
        if name not in there:
            known = ", ".join(group.name for group in operation.groups if room.allows(group))
            raise ValueError(
                f"found the group {name!r} of {operation.name}, expected one of {known}; this call and these sizes "
                "leave it no case"
            )
    return there


def takes_gradient(signature: Signature) -> bool:
    """Whether a gradient to the output is among the arguments."""
    return any(isinstance(slot, ArraySlot) and slot.word == "grad_output" for slot in signature.flat())


def _fixed(operation: Operation, options: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in options.items():
        if name not in {*operation.options, *operation.together}:
            known = ", ".join([*operation.options, *operation.together]) or "none, it has no options"
            raise ValueError(f"found the option {name!r} of {operation.name}, expected one of {known}")
        found |= dict.fromkeys(operation.together.get(name, (name,)), value)
    return found


def _ranges(operation: Operation, sizes: Mapping[str, int | str]) -> Iterator[tuple[str, tuple[int, int]]]:
    known = [*dict.fromkeys(dim for word in operation.words.values() for dim in word.dims), *operation.options]
    for name, value in sizes.items():
        match = _RANGE.fullmatch(str(value))
        if name not in known or not match:
            raise ValueError(
                f"found the size {name}: {value}, expected such as {known[0]}: 1..3 for {', '.join(known)}"
            )
        yield name, (int(match[1]), int(match[2] or match[1]))
