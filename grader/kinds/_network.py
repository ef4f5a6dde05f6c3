"""A chain of layers as a problem describes it, with the shape and the parameters of each."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from grader.engine import networks
from grader.kinds import Given
from grader.kinds._arrays import Extents
from grader.kinds._layout import Layout, arranged, extent_of, require_extents, spatial
from grader.kinds._operations import Conv, Linear, Plain, Pool

Dims: TypeAlias = tuple[int, ...]
"""(channels, *size) without a batch, or (features,) behind a flattening."""


class Layer(BaseModel):
    """One layer: its name and exactly one operation."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]
    """Unique in the network; part ids are made of it."""
    title: str = ""
    """How the statement calls it: ``Conv3-10``."""
    conv: Conv | None = None
    pool: Pool | None = None
    relu: Plain | None = None
    sigmoid: Plain | None = None
    softmax: Plain | None = None
    dropout: Plain | None = None
    batch_norm: Plain | None = None
    flatten: Plain | None = None
    gap: Plain | None = None
    linear: Linear | None = None

    @model_validator(mode="after")
    def _one_operation(self) -> Layer:
        if len(self._stated) != 1:
            known = ", ".join(name for name in type(self).model_fields if name not in {"name", "title"})
            found = " and ".join(self._stated) or "none"
            raise ValueError(f"found {found} in the layer {self.name!r}, expected exactly one of {known}")
        return self

    @property
    def _stated(self) -> list[str]:
        names = type(self).model_fields
        return [name for name in names if name not in {"name", "title"} and getattr(self, name) is not None]

    @property
    def sort(self) -> str:
        """The operation's key: ``conv``."""
        return self._stated[0]

    @property
    def operation(self) -> networks.Operation:
        """What it does."""
        stated: Plain = getattr(self, self.sort)
        operation = networks.operation_from_mapping(self.sort, dict(stated))
        assert isinstance(operation, networks.Operation)  # noqa: S101 - the layers of a chain have one input each
        return operation


class Network(Given):
    """An input and the layers that it goes through."""

    input: Extents
    """The input's shape, in the order of `layout`."""
    layout: Layout
    """The order of the axes, with a C: ``HWC``, ``NCHW``; a vector is ``C``."""
    layers: tuple[Layer, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Network:
        require_extents(self.input, self.layout)
        if "C" not in self.layout:
            raise ValueError(f"found the layout {self.layout} of a network, expected one with channels (C)")
        names = [layer.name for layer in self.layers]
        for name in names:
            if names.count(name) > 1 or name == "input":
                raise ValueError(f"found the layer name {name!r}, expected names that differ and are not 'input'")
        return self

    @property
    def start(self) -> Dims:
        """The input without its batch axis, channels first."""
        return (self.input[self.layout.index("C")], *spatial(self.input, self.layout))

    @property
    def chain(self) -> networks.Network:
        """The network for the engine.

        Raises:
            EngineError: a layer does not fit.
        """
        return networks.Network(self.start, tuple(networks.Layer(layer.name, layer.operation) for layer in self.layers))

    def shapes(self) -> list[Dims]:
        """The shape before the first layer and behind each, channels first, without batch.

        Raises:
            EngineError: a layer does not fit.
        """
        return [self.start, *self.chain.shapes]

    def parameters(self) -> list[int]:
        """The parameters of each layer.

        Raises:
            EngineError: a layer does not fit.
        """
        return list(self.chain.parameters)

    def written(self, dims: Dims) -> tuple[int, ...]:
        """`dims` in the order of the statement, with the batch where the layout has one."""
        batch = extent_of("N", self.input, self.layout, 1)
        if len(dims) == len(self.start):
            return arranged(batch, dims[0], dims[1:], self.layout)
        return (batch, *dims) if "N" in self.layout else dims
