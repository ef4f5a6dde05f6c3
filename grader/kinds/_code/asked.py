"""What a part states of a function, in YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, field_validator, model_validator

from grader.kinds import Given
from grader.kinds._code import calls
from grader.kinds._code.calls import Reader
from grader.kinds._code.catalogue import load
from grader.kinds._code.question import Question, groups_of, room_of, takes_gradient

Points: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Property: TypeAlias = Literal["dtype", "input-unchanged", "no-pixel-loop"]

_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


class Called(Given):
    """A function of the student's."""

    name: str
    """``conv_forward_naive``; a static method is ``Conv.forward``."""
    call: Annotated[tuple[Any, ...], Field(min_length=1)]
    """Its arguments in order, as `grader.kinds._code.calls` says."""
    returns: Any = "output"
    """What it gives: ``out``, ``[out, cache]``, ``[dx, dw, db]``."""

    @field_validator("name")
    @classmethod
    def _is_name(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError(f"found the name {name!r}, expected one such as conv_forward or Conv.forward")
        return name


class Asked(Called):
    """What the kinds `function` and `gradient` have in common."""

    operation: str
    """Which operation of the engine is right: ``conv``, ``max-pool``, ``softmax``..."""
    options: Mapping[str, Any] = {}
    """Options that the function does not take, with what it has in their place: ``{padding: 1}``."""
    groups: Mapping[str, Points] | None = None
    """Points by group of cases; left out, one for each that the operation usually has."""
    sizes: Mapping[str, int | str] = {}
    """Ranges of sizes and options where the statement promises some: ``{C: 1..3, stride: 1..2}``."""
    properties: tuple[Property, ...] | Mapping[Property, Points] = ()
    """What else is asked, with points like a group's, 1 each where none are said: the dtype kept, the input not written
    to, no Python loop over pixels. They count where the function is right for something."""
    loop_ratio: Annotated[float, Field(gt=1)] = 100.0
    """How many times the engine's time it may take on a large case before it is said to loop over pixels."""
    tolerance: Annotated[float, Field(gt=0, lt=1)] | None = None
    """How far off a number may be, relative to its size; left out, 1e-6, and 1e-4 in float32."""
    torch: bool = False
    """Whether it takes PyTorch tensors for arrays."""

    @model_validator(mode="after")
    def _makes_sense(self) -> Asked:
        if not self.question.points or sum(self.question.points.values()) <= 0:
            raise ValueError("found groups without points, expected some above 0")
        return self

    @cached_property
    def question(self) -> Question:
        """What is asked, worked out once.

        Raises:
            ValueError: the part does not make sense.
        """
        operation = load(self.operation)
        signature = Reader(operation, self.torch).signature(self.name, self.call)
        results = Reader(operation).results(self.returns, calls.layouts(signature))
        room = room_of(operation, [signature], self.options, self.sizes)
        seed = f"{self.name}/{self.operation}"
        gradient = takes_gradient(signature)
        cases = groups_of(operation, room, seed, self.groups, gradient=gradient)
        if not gradient and not operation.scalar and any(result.word != "output" for result in results):
            raise ValueError("found a gradient in returns, expected the gradient to the output (dout) in the call")
        return Question(operation, signature, results, cases, self.counted(cases), room, **self.manner)

    def counted(self, cases: Mapping[str, Any]) -> dict[str, float]:
        """The points of each group."""
        return dict.fromkeys(cases, 1.0) if self.groups is None else dict(self.groups)

    @property
    def manner(self) -> dict[str, Any]:
        """What goes into the question as it is stated."""
        asked = self.properties
        properties = dict(asked) if isinstance(asked, Mapping) else dict.fromkeys(asked, 1.0)
        return {"properties": properties, "tolerance": self.tolerance, "loop_ratio": self.loop_ratio}
