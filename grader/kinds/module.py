"""A layer or network given as code: its parameters, their shapes, and the shape that comes out.

A class of PyTorch, an instance, or a class or function that gives its parameters as a dict of arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from grader.answers.views.prose import ProseView
from grader.errors import EngineError
from grader.kinds import Given, Kind, Proof, Trial
from grader.kinds._code import networks
from grader.kinds._code.asked import Points
from grader.kinds._network import Network
from grader.sandbox import Program


class Module(Given):
    """The module and the network that it is to be.

    A part of five minutes::

        kind: module
        given:
          name: Net
          network:
            input: [1, 28, 28]
            layout: CHW
            layers:
              - {name: conv1, conv: {out_channels: 10, kernel_size: 3, padding: 1}}
              - {name: pool1, pool: {window: 2}}
    """

    name: str
    """The class, an instance of it, or a function that makes one."""
    arguments: tuple[Any, ...] = ()
    """What it is made with: ``[10]`` for ``Net(10)``."""
    network: Mapping[str, Any]
    """The network as the tables of layers state it: input, layout, layers."""
    params: str | None = None
    """The attribute that holds a dict of arrays by name, where it is no module of PyTorch; a function that returns
    such a dict needs none."""
    points: Annotated[Mapping[str, Points], Field(min_length=1)] = {"params": 1.0, "shape": 1.0}
    """What is looked at: ``params``, the number of parameters, and ``shape``, of the output for an input."""

    @model_validator(mode="after")
    def _fits(self) -> Module:
        if set(self.points) - {"params", "shape"} or not sum(self.points.values()):
            raise ValueError(f"found points for {', '.join(self.points)}, expected them for params, shape or both")
        if self.params is not None and "shape" in self.points:
            raise ValueError("found points for the shape of a dict of arrays, expected them for params; remove shape")
        try:
            self.asked.parameters()
        except EngineError as error:
            raise ValueError(f"found a network that does not fit: {error}") from None
        return self

    @cached_property
    def asked(self) -> Network:
        """The network.

        Raises:
            ValueError: it is not stated as one.
        """
        try:
            return Network.model_validate(dict(self.network))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise ValueError(f"found a network that does not fit: {where}: {first['msg']}") from None


def _ask(given: Module) -> networks.Ask:
    return networks.Ask(given.name, given.arguments, given.asked, given.params, given.points)


def _run(given: Module, program: Program, located: str | None) -> Trial:
    return networks.run(_ask(given), program, located)


def _proof(given: Module) -> Proof:
    return networks.proof(_ask(given))


KIND = Kind(Module, lambda _given: ProseView(), lambda _given: None, run=_run, proof=_proof)
