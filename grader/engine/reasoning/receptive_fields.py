"""Receptive fields of a chain of layers, along one axis.

Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019,
equations 2 to 5, with dilation as a kernel of dilation * (kernel_size - 1) + 1 taps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from grader.engine.geometry.sizes import Pair, explicit_padding
from grader.engine.reasoning.kernel_layers import KernelLayer


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """What one output entry of a layer sees of the network's input, along one axis."""

    size: int = 1
    """How many input positions, from the first that counts to the last."""
    jump: int = 1
    """How far apart, in input positions, neighbouring output entries look (the effective stride)."""
    start: int = 0
    """The first input position that output entry 0 sees, from 0; negative where it lies in the padding."""

    @property
    def center(self) -> float:
        """The middle of what output entry 0 sees."""
        return self.start + (self.size - 1) / 2

    def region(self, index: int) -> Pair:
        """The first and last input positions that output entry `index` sees."""
        first = self.start + index * self.jump
        return first, first + self.size - 1

    def through(self, layer: KernelLayer) -> ReceptiveField:
        """The receptive field after one more layer."""
        (before, _), *_ = explicit_padding("receptive_fields", (layer.padding,), 1)
        return ReceptiveField(
            size=self.size + layer.dilation * (layer.kernel_size - 1) * self.jump,
            jump=self.jump * layer.stride,
            start=self.start - before * self.jump,
        )


def receptive_fields(layers: Iterable[KernelLayer]) -> tuple[ReceptiveField, ...]:
    """The receptive field after each layer of a chain, first layer first."""
    fields: Iterator[ReceptiveField] = accumulate(layers, ReceptiveField.through, initial=ReceptiveField())
    return tuple(fields)[1:]


def receptive_field(layers: Iterable[KernelLayer]) -> ReceptiveField:
    """The receptive field after the last layer of a chain; of the input itself where there is none."""
    return (ReceptiveField(), *receptive_fields(layers))[-1]
