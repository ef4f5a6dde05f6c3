"""What an entry of a network's node sees of the input, along one axis, where there are branches and upsampling.

Behind a transposed convolution neighbouring entries see different numbers of inputs, in a pattern that repeats. A
field therefore holds the regions of one period of entries; behind convolutions and poolings alone the period is 1.
Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019, for the
joins of branches; the regions are exact hulls, tap by tap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from grader.engine.geometry.sizes import Pair, explicit_padding
from grader.engine.reasoning.kernel_layers import KernelLayer, TransposedLayer
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class NodeField:
    """The receptive field of every entry of a node, along one axis; by default the input's own."""

    regions: tuple[Pair | None, ...] = ((0, 0),)
    """First and last input positions that the entries of one period see, from entry 0 on; None where one sees nothing.

    Positions are negative where they lie in the padding before the input.
    """
    shift: int = 1
    """How many input positions further the entries of the next period look."""
    center: Fraction | None = Fraction(0)
    """The middle of what entry 0 sees, the same along every path to the input; None where paths differ."""

    @property
    def jump(self) -> Fraction:
        """How far apart, in input positions and on average, neighbouring entries look (the effective stride)."""
        return Fraction(self.shift, len(self.regions))

    @property
    def size(self) -> int:
        """How many input positions an entry sees, from the first to the last: of those that see most."""
        return max((last - first + 1 for first, last in filter(None, self.regions)), default=0)

    @property
    def start(self) -> int | None:
        """The first input position that entry 0 sees."""
        return self.regions[0][0] if self.regions[0] else None

    @property
    def uniform(self) -> bool:
        """Whether every entry sees as many positions as its neighbour, `jump` further on."""
        return len(self.regions) == 1

    @property
    def aligned(self) -> bool:
        """Whether what an entry sees along one path has the same middle as along any other."""
        return self.center is not None

    def region(self, index: int) -> Pair | None:
        """The first and last input positions that entry `index` sees."""
        block, phase = divmod(index, len(self.regions))
        found = self.regions[phase]
        return found and (found[0] + block * self.shift, found[1] + block * self.shift)

    def through(self, layer: KernelLayer | TransposedLayer | None) -> NodeField:
        """The field after one more layer; after one that works on each entry by itself where there is none."""
        if layer is None:
            return self
        return self._spread(layer) if isinstance(layer, TransposedLayer) else self._slid(layer)

    def _slid(self, layer: KernelLayer) -> NodeField:
        """Entry q sees what the entries q * stride - padding + tap * dilation before it see."""
        before, taps = _reach(layer)
        stride, period = layer.stride, len(self.regions)
        count = period // gcd(period, stride)
        regions = [_hull(self.region(entry * stride - before + tap) for tap in taps) for entry in range(count)]
        middle = Fraction(taps[-1], 2) - before
        return _reduced(regions, self.shift * stride * count // period, self._moved(middle))

    def _spread(self, layer: TransposedLayer) -> NodeField:
        """Entry q sees what those entries see that are laid down on it: the ones at (q + padding - tap) / stride."""
        before, taps = _reach(layer)
        stride = layer.stride
        regions = [
            _hull(self.region(place // stride) for tap in taps if not (place := entry + before - tap) % stride)
            for entry in range(stride * len(self.regions))
        ]
        middle = (before - Fraction(taps[-1], 2)) / stride
        return _reduced(regions, self.shift, self._moved(middle))

    def _moved(self, middle: Fraction) -> Fraction | None:
        return None if self.center is None else self.center + middle * self.jump


def joined(name: str, fields: Sequence[NodeField]) -> NodeField:
    """The field of node `name`, entries of which see whatever those of its inputs see at the same place.

    Raises:
        EngineError: the inputs look on at different jumps, so that what an entry sees has no bound.
    """
    jumps = [field.jump for field in fields]
    if len(set(jumps)) != 1:
        raise EngineError(
            f"receptive_fields: the inputs of {name} look on in steps of {', '.join(map(str, jumps))} positions, "
            f"so they do not stay together; expected equal products of strides along all paths"
        )
    count = lcm(*(len(field.regions) for field in fields))
    regions = [_hull(field.region(entry) for field in fields) for entry in range(count)]
    centers = {field.center for field in fields}
    return _reduced(regions, int(jumps[0] * count), centers.pop() if len(centers) == 1 else None)


def _reach(layer: KernelLayer | TransposedLayer) -> tuple[int, range]:
    """The padding before, and how far the taps lie from the first."""
    ((before, _),) = explicit_padding("receptive_fields", (layer.padding,), 1)
    return before, range(0, layer.dilation * (layer.kernel_size - 1) + 1, layer.dilation)


def _hull(regions: Iterable[Pair | None]) -> Pair | None:
    """From the first position to the last of all."""
    seen = [region for region in regions if region]
    return (min(first for first, _ in seen), max(last for _, last in seen)) if seen else None


def _reduced(regions: list[Pair | None], shift: int, center: Fraction | None) -> NodeField:
    """The same with the shortest period."""
    whole = NodeField(tuple(regions), shift, center)
    for count in range(1, len(regions)):
        further, rest = divmod(shift * count, len(regions))
        if len(regions) % count or rest:
            continue
        short = NodeField(whole.regions[:count], further, center)
        if all(short.region(entry) == region for entry, region in enumerate(regions)):
            return short
    return whole
