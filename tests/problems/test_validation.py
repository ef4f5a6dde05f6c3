"""What pydantic finds wrong, in one line that points into the file; with the awkward shapes of models."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from grader import yamlfile
from grader.errors import ProblemError
from grader.problems.source import Source
from grader.problems.validation import validate


class Conv(BaseModel):
    """A layer with filters."""

    model_config = ConfigDict(extra="forbid")
    layer: Literal["conv"]
    filters: int


class Pool(BaseModel):
    """A layer with a window."""

    model_config = ConfigDict(extra="forbid")
    layer: Literal["pool"]
    window: int


class Given(BaseModel):
    """Every sort of field."""

    model_config = ConfigDict(extra="forbid")
    layers: tuple[Annotated[Conv | Pool, Field(discriminator="layer")], ...] = ()
    padding: int | tuple[int, int] | Literal["same"] = 0
    first: Pool | None = None
    from_: Annotated[str, Field(alias="from")] = ""
    inside: bool = False
    names: Annotated[list[str], Field(max_length=2)] = []


@pytest.mark.parametrize(
    ("text", "where", "found", "expected"),
    [
        ("layers: [{layer: con, filters: 3}]", "1:18", "'con'", "one of 'conv', 'pool'"),
        ("layers: [{filters: 3}]", "1:10", "no 'layer'", "which it is; add it"),
        (
            "layers: [{layer: conv, filter: 3}]",
            "1:24",
            "the key 'filter'",
            "one of layer, filters; did you mean 'filters'?",
        ),
        ("layers: [{layer: pool}]", "1:10", "no 'window'", "the keys layer, window; add it"),
        ("first: {layer: pool}", "1:8", "no 'window'", "the keys layer, window; add it"),
        ("padding: wide", "1:10", "'wide'", "an integer or a list or 'same'"),
        (
            "form: x",
            "1:1",
            "the key 'form'",
            "one of layers, padding, first, from, inside, names; did you mean 'from'?",
        ),
        ("inside: 7", "1:9", "7", "true or false"),
        ("names: [a, b, c]", "1:8", "['a', 'b', 'c']", "at most 2 items"),
        (
            f"inside: {'x' * 80}",
            "1:9",
            "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…",
            "true or false",
        ),
    ],
)
def test_a_complaint_points_into_the_file(tmp_path: Path, text: str, where: str, found: str, expected: str) -> None:
    """A union's complaints become one, and the keys are those of the member that was meant."""
    path = tmp_path / "a.yaml"
    path.write_text(text)
    file = yamlfile.load(path)
    with pytest.raises(ProblemError) as error:
        validate(Given, file.data, Source(file))
    assert str(error.value) == f"{path}:{where}: found {found}, expected {expected}"


@pytest.mark.parametrize("data", [{}, {"padding": [1, 2], "from": "x"}, {"layers": [{"layer": "pool", "window": 2}]}])
def test_what_fits_passes(tmp_path: Path, data: dict[str, Any]) -> None:
    """Lists stand for tuples, as YAML has no others."""
    (tmp_path / "a.yaml").write_text("{}")
    source = Source(yamlfile.load(tmp_path / "a.yaml"))
    assert validate(Given, data, source) == Given.model_validate(data)
