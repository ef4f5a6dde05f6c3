"""Where branches meet: sums, products, and channels behind one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from grader.engine.geometry.sizes import integer
from grader.engine.networks.operations.operation import Dims, Join
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class Add(Join):
    """Entry by entry; extents of 1 are repeated."""

    sort: ClassVar[str] = "add"

    def shape_of(self, inputs: tuple[Dims, ...]) -> Dims:
        """The inputs' shape."""
        wide = tuple(max(extents) for extents in zip(*inputs, strict=False))
        fitting = all(
            len(dims) == len(wide) and all(n in {1, m} for n, m in zip(dims, wide, strict=True)) for dims in inputs
        )
        if not fitting:
            raise EngineError(f"{self.sort}: inputs must have one shape, or extents of 1, got {_listed(inputs)}")
        return wide


@dataclass(frozen=True, slots=True)
class Multiply(Add):
    """As ``Add``: the gates of squeeze-and-excitation."""

    sort: ClassVar[str] = "multiply"


@dataclass(frozen=True, slots=True)
class Concat(Join):
    """One behind the other along `axis`, by default the channels."""

    sort: ClassVar[str] = "concat"
    axis: int = 0
    """Counted without the batch: 0 is the channels."""

    def shape_of(self, inputs: tuple[Dims, ...]) -> Dims:
        """The extents along the axis add up; the others have to agree."""
        axis = integer(self.sort, "axis", self.axis, 0)
        rests = {(*dims[:axis], *dims[axis + 1 :]) for dims in inputs}
        if len({len(dims) for dims in inputs}) > 1 or len(rests) > 1 or axis >= len(inputs[0]):
            raise EngineError(f"{self.sort}: inputs must differ along axis {axis} alone, got {_listed(inputs)}")
        return *inputs[0][:axis], sum(dims[axis] for dims in inputs), *inputs[0][axis + 1 :]


def _listed(inputs: tuple[Dims, ...]) -> str:
    return " and ".join(map(str, inputs))
