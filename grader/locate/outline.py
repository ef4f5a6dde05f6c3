"""The outline of an assignment: its numbering as a tree, with the parts that each numbered place answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.problems import Assignment, Part, label_of

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One numbered place: `2`, `2(e)`, `4(a) ii`."""

    path: Path
    order: int
    """Its turn in a walk through the sheet."""
    parts: tuple[Part, ...]
    statement: str
    """What is asked here, as far as the problem file says so."""


@dataclass(frozen=True)
class Outline:
    """All places of an assignment, in order."""

    places: Mapping[Path, Place]

    def ending(self, label: Path) -> list[Path]:
        """The places whose numbering ends in `label`."""
        return [path for path in self.places if path and path[-len(label) :] == label]

    def order(self, path: Path) -> int:
        """The turn of `path`."""
        return self.places[path].order

    @cached_property
    def answered(self) -> tuple[Path, ...]:
        """The places that have parts of their own, in order."""
        return tuple(path for path, place in self.places.items() if place.parts)

    @cached_property
    def after(self) -> Mapping[Path, frozenset[Path]]:
        """For each place those behind it that have parts of their own."""
        order = self.order
        return {path: frozenset(p for p in self.answered if order(p) > order(path)) for path in self.places}

    @cached_property
    def firsts(self) -> frozenset[Path]:
        """The places that are the first of their level."""
        first: dict[Path, Path] = {}
        for path in self.places:
            if path:
                first.setdefault(path[:-1], path)
        return frozenset(first.values())


def outline(assignment: Assignment) -> Outline:
    """The tree of `assignment`; a place above others stands before them."""
    parts: dict[Path, list[Part]] = {(): []}
    statements: dict[Path, list[str]] = {}
    for problem in assignment.problems:
        path = label_of(problem.id)
        statements.setdefault(path, []).extend([problem.title, problem.statement])
        for part in problem.parts:
            for depth in range(1, len(part.label) + 1):
                parts.setdefault(part.label[:depth], [])
            parts[part.label].append(part)
            if part.statement not in statements.setdefault(part.label, []):
                statements[part.label].append(part.statement)
    places = {
        path: Place(path, order, tuple(parts[path]), " ".join(filter(None, statements.get(path, []))))
        for order, path in enumerate(parts)
    }
    return Outline(places)
