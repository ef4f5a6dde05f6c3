"""What every operation answers, and the shapes that they are asked about."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from grader.engine.geometry.window import Window
from grader.engine.reasoning.kernel_layers import KernelLayer, TransposedLayer
from grader.errors import EngineError

Dims: TypeAlias = tuple[int, ...]
"""(channels, *size) of one image, without a batch; (features,) behind a flattening."""

Reach: TypeAlias = tuple[KernelLayer | TransposedLayer, ...] | Literal["same", "whole", "irregular"]
"""Which input entries an output entry sees.

A window for each spatial axis; the entry at its own place; all there are; or what no window describes.
"""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on one input. By itself it leaves the shape as it is and learns nothing."""

    sort: ClassVar[str] = "identity"
    """Its key in a description."""
    is_view: ClassVar[bool] = False
    """Whether the output is the input in other words, and takes no memory of its own."""

    @property
    def label(self) -> str:
        """What a table calls it."""
        return self.sort

    def shape(self, dims: Dims) -> Dims:
        """The output's shape.

        Raises:
            EngineError: an input of shape `dims` does not fit.
        """
        return dims

    def weights(self, dims: Dims) -> dict[str, Dims]:  # noqa: ARG002 - as every operation is asked
        """The shape of each array that it learns, by name; running statistics are not learned.

        Raises:
            EngineError: as ``shape``.
        """
        return {}

    def multiplications(self, dims: Dims) -> int:  # noqa: ARG002
        """Weights times input entries (MACs) for one image; 0 where there is no weighted sum.

        Raises:
            EngineError: as ``shape``.
        """
        return 0

    def bias_additions(self, dims: Dims) -> int:  # noqa: ARG002
        """How many times a bias is added: once for each entry of a weighted sum with one."""
        return 0

    def reach(self, dims: Dims) -> Reach:  # noqa: ARG002
        """Which entries of an input of shape `dims` an output entry sees."""
        return "same"


@dataclass(frozen=True, slots=True)
class Join(ABC):
    """An operation on several inputs, which learns nothing and multiplies no weights."""

    sort: ClassVar[str] = "join"

    @property
    def label(self) -> str:
        """What a table calls it."""
        return self.sort

    @abstractmethod
    def shape_of(self, inputs: tuple[Dims, ...]) -> Dims:
        """The output's shape.

        Raises:
            EngineError: the shapes do not fit together.
        """


def spatial(op: str, dims: Dims) -> Dims:
    """The spatial extents of `dims`.

    Raises:
        EngineError: there are none.
    """
    if len(dims) < 2:
        raise EngineError(f"{op}: needs an input with spatial axes, got {dims}; put it before the flattening")
    return dims[1:]


def require_channels(op: str, name: str, stated: int | None, dims: Dims) -> None:
    """Refuses an input with another number of channels, or features, than a layer was made for.

    Raises:
        EngineError: `stated` is given and is not the first extent of `dims`.
    """
    if stated is not None and stated != dims[0]:
        raise EngineError(f"{op}: {name}={stated} expects input with {stated} channels, got input of shape {dims}")


def windows(window: Window) -> tuple[KernelLayer, ...]:
    """`window` as a receptive field takes it."""
    return tuple(KernelLayer(axis.kernel, axis.stride, (axis.before, 0), axis.dilation) for axis in window.axes)
