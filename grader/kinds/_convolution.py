"""What convolution parts state in common: arrays with or without their channel axes, and how the kernel slides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from grader import engine
from grader.answers.values import Tensor
from grader.kinds import Given
from grader.kinds._arrays import Array, Bias, Count, Padding, Sizes
from grader.kinds._slips import Mistake

Numbers: TypeAlias = NDArray[Any]


class Sliding(Given):
    """How a kernel slides."""

    stride: Sizes = 1
    padding: Padding = 0
    dilation: Sizes = 1


class Weighted(Sliding):
    """A kernel that slides.

    A weight of rank 1 or 2 is one kernel alone: input and output are then one channel of one image, of the same
    rank. Any other weight is laid out as in PyTorch, (O, C / groups, *kernel), its input (N, C, *size) or
    (C, *size).
    """

    weight: Array
    groups: Count = 1

    @property
    def is_plain(self) -> bool:
        """Whether arrays are written without batch and channels."""
        return is_plain(self.weight)

    @property
    def options(self) -> dict[str, Any]:
        """What the engine's functions take beside the arrays."""
        return {name: getattr(self, name) for name in ("stride", "padding", "dilation", "groups")}


class Convolution(Weighted):
    """An input and the kernel that slides over it."""

    input: Array
    bias: Bias | None = None
    """One number, or one for each output channel."""

    @model_validator(mode="after")
    def _ranks_fit(self) -> Convolution:
        require_ranks(self.input.ndim, self.weight)
        return self

    def output(self) -> Numbers:
        """The output, written as the input is: without batch and channels where the weight is.

        Raises:
            EngineError: shapes that do not fit.
        """
        return self._through(engine.conv)

    def transposed(self, **more: Any) -> Numbers:
        """The output of the transposed convolution; its weight is (C, O / groups, *kernel).

        Raises:
            EngineError: shapes that do not fit.
        """
        return self._through(engine.conv_transpose, **more)

    def _through(self, operation: Callable[..., Numbers], **more: Any) -> Numbers:
        plain = self.is_plain
        x, weight = with_channels(self.input, plain=plain), with_channels(self.weight, plain=plain)
        return without_channels(operation(x, weight, self.bias, **self.options, **more), plain=plain)

    def but(self, **changed: Any) -> Convolution:
        """The same with other values: what a student may have worked out instead."""
        return self.model_copy(update=changed)


def is_plain(weight: Numbers) -> bool:
    """Whether `weight` is one kernel alone, without channels."""
    return weight.ndim <= 2


def require_ranks(rank: int, weight: Numbers) -> None:
    """Refuse an input of `rank` axes that does not go with `weight`.

    Raises:
        ValueError: it does not.
    """
    fits = rank == weight.ndim or (not is_plain(weight) and rank == weight.ndim - 1)
    if not fits:
        raise ValueError(
            f"found an input of rank {rank} with a weight of rank {weight.ndim}, expected both of rank 1 or 2, or "
            f"a weight (out_channels, in_channels, *kernel) with an input (N, C, *size) or (C, *size)"
        )


def with_channels(array: Numbers, *, plain: bool) -> Numbers:
    """`array` as the engine takes it."""
    return array[None, None] if plain else array


def without_channels(array: Numbers, *, plain: bool) -> Numbers:
    """`array` as the problem writes it."""
    return array[0, 0] if plain else array


def flipped(weight: Numbers) -> Numbers:
    """`weight`, reversed along its spatial axes."""
    return engine.flip(weight, weight.ndim if is_plain(weight) else None)


def swapped(output: Numbers, weight: Numbers) -> Numbers:
    """`output` with its last two spatial axes exchanged, where there are two."""
    spatial = weight.ndim if is_plain(weight) else weight.ndim - 2
    return np.swapaxes(output, -1, -2) if spatial > 1 else output


def turned_around(given: Weighted, answer: Callable[[Any], Numbers]) -> tuple[Mistake, ...]:
    """The slips of every convolution: the kernel flipped, the result transposed."""
    other = given.model_copy(update={"weight": flipped(given.weight)})
    return (
        (
            "flipped-kernel",
            "the kernel was flipped: layers of a network slide it as it stands",
            lambda: Tensor(answer(other)),
        ),
        ("transposed-result", "rows and columns are exchanged", lambda: Tensor(swapped(answer(given), given.weight))),
    )
