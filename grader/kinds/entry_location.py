"""Where a convolution's output has its largest, its smallest or a stated value: any such place is right."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.answers.values import Places
from grader.answers.view import CORRECT, Comparison
from grader.answers.views.places import PlacesView
from grader.kinds import Kind
from grader.kinds._convolution import Convolution
from grader.model import Verdict

_RTOL, _ATOL = 1e-6, 1e-9

Mask: TypeAlias = NDArray[np.bool_]


class EntryLocation(Convolution):
    """A convolution and the value whose place in its output is asked for."""

    value: Literal["max", "min"] | int | float
    """The largest, the smallest, or a number."""
    origin: Literal[0, 1] = 0
    """What indices begin at."""

    def holds(self) -> Mask:
        """Where the output has the value."""
        output = self.output()
        wanted: Any = {"max": output.max(), "min": output.min()}.get(str(self.value), self.value)
        return np.asarray(np.isclose(output, wanted, rtol=_RTOL, atol=_ATOL))


def _reference(given: EntryLocation) -> Places:
    places = np.argwhere(given.holds())
    if not len(places):
        raise ValueError(f"the value {given.value} stands nowhere in the output")
    return Places((tuple(int(i) + given.origin for i in places[0]),))


def _check(value: Places, given: EntryLocation) -> Comparison:
    """Every place that is named has to hold; credit is the share that does."""
    holds = given.holds()
    wrong = [place for place in value.indices if not _is_right(place, holds, given.origin)]
    if not wrong:
        return CORRECT
    named = len(value.indices)
    credit = (named - len(wrong)) / named
    reason = f"it is not so at {_shown(wrong[0])}"
    if credit:
        return Comparison(Verdict.PARTIAL, credit, f"{named - len(wrong)} of {named} places hold; {reason}")
    return Comparison(Verdict.INCORRECT, 0.0, reason)


def _is_right(place: tuple[int, ...], holds: Mask, origin: int) -> bool:
    at = tuple(i - origin for i in place)
    inside = len(at) == holds.ndim and all(0 <= i < n for i, n in zip(at, holds.shape, strict=True))
    return inside and bool(holds[at])


def _shown(place: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, place))})"


KIND = Kind(
    EntryLocation,
    lambda given: PlacesView(given.holds().ndim),
    _reference,
    check=_check,
    names=("pixel location", "location", "position", "pixel", "point", "index", "place"),
)
