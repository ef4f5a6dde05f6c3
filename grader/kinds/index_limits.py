"""The limits of summation indices: each runs over one axis of a kernel."""

from __future__ import annotations

from itertools import product
from typing import Annotated, Literal

from pydantic import Field, model_validator

from grader.answers.values import Region
from grader.answers.views.limits import LimitsView
from grader.kinds import Given, Kind, Slip
from grader.kinds._arrays import Count, Sizes, per_axis
from grader.kinds._slips import slips

_AROUND = 2
_MOST_POINTS = 100_000


class IndexLimits(Given):
    """Indices and how many values each takes: `origin` <= index <= `origin` + size - 1."""

    names: Annotated[tuple[str, ...], Field(min_length=1)]
    """The indices, as the statement calls them."""
    sizes: Sizes
    """One for all, or one for each."""
    origin: Literal[0, 1] = 0
    """What indices begin at."""

    @model_validator(mode="after")
    def _fits(self) -> IndexLimits:
        if len(self.extents) != len(self.names):
            raise ValueError(f"found {len(self.extents)} sizes for {len(self.names)} indices, expected one for each")
        if len(self.along) ** len(self.names) > _MOST_POINTS:
            raise ValueError(f"found ranges with too many points, expected {_MOST_POINTS} at most; make them smaller")
        return self

    @property
    def extents(self) -> tuple[Count, ...]:
        """How many values each index takes."""
        return per_axis(self.sizes, len(self.names))

    @property
    def along(self) -> range:
        """The integers that are tried for each index: its range and a little around it."""
        return range(self.origin - _AROUND, self.origin + max(self.extents) + _AROUND)

    def region(self, low: int = 0, high: int = -1) -> Region:
        """The points with origin + `low` <= index <= origin + size + `high` for every index."""
        ends = [(self.origin + low, self.origin + size + high) for size in self.extents]
        points = product(self.along, repeat=len(self.names))
        return Region(tuple(all(a <= i <= b for i, (a, b) in zip(point, ends, strict=True)) for point in points))


def _slips(given: IndexLimits) -> tuple[Slip, ...]:
    return slips(
        given.region(),
        ("one-too-far", "the upper limit is one too far: count from where indices begin", lambda: given.region(high=0)),
        ("counted-from-one", "look at where indices begin", lambda: given.region(low=1, high=0)),
        ("counted-from-zero", "look at where indices begin", lambda: given.region(low=-1, high=-2)),
    )


KIND = Kind(
    IndexLimits,
    lambda given: LimitsView(given.names, given.along.start, given.along.stop - 1),
    lambda given: given.region(),
    slips=_slips,
    names=("limit", "limits of summation", "limits of the summation", "range"),
)
