"""What activations and parameters take of memory, in entries and in bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from grader.engine.geometry.sizes import Shape, integer, shape
from grader.errors import EngineError

_BYTES = {
    **dict.fromkeys(("float64", "int64"), 8),
    **dict.fromkeys(("float32", "int32"), 4),
    **dict.fromkeys(("float16", "bfloat16", "int16"), 2),
    **dict.fromkeys(("int8", "uint8", "bool"), 1),
}


@dataclass(frozen=True, slots=True)
class ActivationMemory:
    """The activations of a chain of layers, its input among them."""

    entries: int
    """Of all activations together."""
    peak: int
    """Entries of the input and output of the layer that has most of them: what has to be there at one time."""
    itemsize: int
    """Bytes of an entry."""

    @property
    def forward_bytes(self) -> int:
        """All activations, each kept."""
        return self.entries * self.itemsize

    @property
    def inference_bytes(self) -> int:
        """The peak, where each activation is given up as soon as the next one is there."""
        return self.peak * self.itemsize

    @property
    def training_bytes(self) -> int:
        """All activations, kept for the way back, and a gradient of the same size for each."""
        return 2 * self.forward_bytes


def activation_memory(shapes: Iterable[Shape], dtype: str = "float32") -> ActivationMemory:
    """The memory of a chain's activations.

    Args:
        shapes: the input's shape, then the shape after each layer; with a batch axis, of the whole batch.
        dtype: the type of an entry, by its name, as ``float32``.

    Raises:
        EngineError: no shape, a negative extent, an unknown type.
    """
    op = "activation_memory"
    entries = [prod(shape(op, "shapes", one)) for one in shapes]
    if not entries:
        raise EngineError(f"{op}: shapes must hold at least the input's, got none")
    peak = max((one + other for one, other in pairwise(entries)), default=entries[0])
    return ActivationMemory(sum(entries), peak, itemsize(op, dtype))


def parameter_memory(parameters: int, dtype: str = "float32", *, gradients: bool = False, states: int = 0) -> int:
    """Bytes of parameters, with their gradients and the optimizer's states.

    Args:
        parameters: how many.
        dtype: the type of all of them, by its name.
        gradients: whether each has a gradient.
        states: how many numbers the optimizer keeps for each: 0 for SGD, 1 with momentum, 2 for Adam.

    Raises:
        EngineError: a negative count, an unknown type.
    """
    op = "parameter_memory"
    each = 1 + gradients + integer(op, "states", states, 0)
    return integer(op, "parameters", parameters, 0) * each * itemsize(op, dtype)


def itemsize(op: str, dtype: str) -> int:
    """Bytes of an entry of `dtype`.

    Raises:
        EngineError: an unknown type.
    """
    if dtype not in _BYTES:
        raise EngineError(f"{op}: dtype must be one of {', '.join(_BYTES)}, got {dtype!r}")
    return _BYTES[dtype]
