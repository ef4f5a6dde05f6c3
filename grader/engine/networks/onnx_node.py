"""A node of an ONNX graph, with what is known of its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.engine.networks.onnx_numbers import Numbers
from grader.engine.networks.operations.operation import Dims
from grader.errors import EngineError


@dataclass(frozen=True, slots=True)
class Node:
    """A node with what is known of its inputs; an input that is left out has an empty name."""

    operator: str
    attributes: Mapping[str, Any]
    inputs: tuple[str, ...]
    tensors: Mapping[str, Dims]
    """The shapes, without the batch, of those of its inputs that layers make."""
    arrays: Mapping[str, Dims]
    """The shapes of those that are initialisers or constants."""
    numbers: Mapping[str, Numbers]
    """Those of them that are small enough to be sizes, with their values."""
    batch: int

    @property
    def dims(self) -> Dims:
        """The shape of its first input."""
        return self.tensors[self._named(0)]

    @property
    def axes(self) -> int:
        """How many spatial axes that has."""
        return len(self.dims) - 1

    def _named(self, number: int) -> str:
        return self.inputs[number] if number < len(self.inputs) else ""

    def tensor(self, number: int = 0) -> str:
        """The name of input `number`, which a layer makes."""
        if self._named(number) not in self.tensors:
            raise EngineError(f"{self.operator}: input {number} is made by no layer")
        return self._named(number)

    def array(self, number: int) -> tuple[str, Dims]:
        """The name and the shape of input `number`, an initialiser."""
        if self._named(number) not in self.arrays:
            raise EngineError(f"{self.operator}: input {number} is no initialiser, so its shape is not known")
        return self._named(number), self.arrays[self._named(number)]

    def kernel(self) -> tuple[str, Dims]:
        """Input 1 as a convolution's weight."""
        name, extents = self.array(1)
        if len(extents) != self.axes + 2:
            raise EngineError(f"{self.operator}: a weight of shape {extents} for {self.axes} spatial axes")
        return name, extents

    def optional(self, number: int) -> str | None:
        """The name of input `number`, an initialiser, where there is one."""
        return self.array(number)[0] if self._named(number) else None

    def values(self, attribute: str, number: int) -> list[Any] | None:
        """Numbers that are an attribute in some versions of ONNX and input `number` in others."""
        if attribute in self.attributes:
            return list(self.attributes[attribute])
        name = self._named(number)
        if name and name not in self.numbers:
            raise EngineError(f"{self.operator}: its {attribute} is no constant")
        found: list[Any] | None = self.numbers[name].reshape(-1).tolist() if name else None
        return found or None


def _pads(node: Node, kernel: Dims, strides: list[int], dilations: list[int]) -> Any:
    """All befores and then all afters as pairs; ``SAME_LOWER`` with the odd one first."""
    automatic = node.attributes.get("auto_pad", b"NOTSET")
    if automatic in {b"NOTSET", b"VALID"}:
        pads = node.attributes.get("pads", [0] * 2 * len(kernel)) if automatic == b"NOTSET" else [0] * 2 * len(kernel)
        return tuple(zip(pads[: len(kernel)], pads[len(kernel) :], strict=True))
    if automatic == b"SAME_UPPER":
        return "same"
    moves = zip(node.dims[1:], kernel, strides, dilations, strict=True)
    totals = [max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0) for n, k, s, d in moves]
    return tuple((total - total // 2, total // 2) for total in totals)


def movement(node: Node, kernel: Dims) -> tuple[Any, Any, Any]:
    """Stride, padding and dilation, as the attributes of convolutions and poolings say them."""
    strides = list(node.attributes.get("strides", [1] * len(kernel)))
    dilations = list(node.attributes.get("dilations", [1] * len(kernel)))
    return tuple(strides), _pads(node, kernel, strides, dilations), tuple(dilations)
