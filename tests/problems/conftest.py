"""Small kinds that stand in for the real ones, and a way to write an assignment in a line or two."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from textwrap import dedent, indent
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from pydantic import Field, model_validator

from grader import kinds
from grader.answers.values import Choice, Number, Tensor
from grader.errors import EngineError
from grader.kinds import Given, Kind, SubPart


class Sum(Given):
    """Numbers to add."""

    terms: tuple[int, ...]
    offset: int = 0


class Scaled(Given):
    """A row of numbers to multiply."""

    input: tuple[float, ...]
    factor: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _fits(self) -> Scaled:
        if len(self.input) > 4:
            raise ValueError(f"found {len(self.input)} entries, expected 4 at most; leave some out")
        return self


class Nothing(Given):
    """A question that states no data."""


class Conv(Given):
    """A layer with filters."""

    layer: Literal["conv"]
    filters: int


class Pool(Given):
    """A layer with a window."""

    layer: Literal["pool"]
    window: int


class Layers(Given):
    """A stack of layers, each a row."""

    layers: tuple[Annotated[Conv | Pool, Field(discriminator="layer")], ...]


def _scaled(given: Scaled) -> Tensor:
    if given.factor == 13:
        raise EngineError("13 is nothing to scale by")
    return Tensor(np.array(given.input) * given.factor)


def _cells(given: Layers) -> list[SubPart]:
    if len(given.layers) > 3:
        raise EngineError("4 layers do not fit")
    if any(layer.layer == "conv" and layer.filters == 0 for layer in given.layers):
        return [SubPart("broken", "sum", {"terms": 7})]
    return [
        SubPart(f"row{i}.size", "sum", {"terms": [i, 1]}, row=i, row_names=(layer.layer,), column_names=("size",))
        for i, layer in enumerate(given.layers)
    ]


def _no_view(_given: Any) -> Any:
    raise NotImplementedError


KINDS: dict[str, Kind[Any]] = {
    "sum": Kind(Sum, _no_view, lambda given: Number(Fraction(sum(given.terms) + given.offset)), names=("total",)),
    "scaled": Kind(Scaled, _no_view, _scaled),
    "prose": Kind(Nothing, _no_view, lambda _given: None),
    "choice": Kind(Nothing, _no_view, lambda _given: Choice("yes")),
    "layers": Kind(Layers, _no_view, lambda _given: None, expand=_cells),
}

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only the kinds above are there, and files are named from the folder they are written to."""
    monkeypatch.setattr(kinds, "load", KINDS.__getitem__)
    monkeypatch.setattr(kinds, "names", lambda: sorted(KINDS))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write() -> Write:
    """Writes an assignment file whose only problem, 1, has the parts given as YAML list items."""

    def write(parts: str, name: str = "hw") -> Path:
        head = f'id: {name}\ntitle: A sheet\nproblems:\n  - id: "1"\n    parts:\n'
        path = Path(f"{name}.yaml")
        path.write_text(head + indent(dedent(parts).strip("\n"), "      ") + "\n", encoding="utf-8")
        return path

    return write
