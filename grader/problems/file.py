"""What stands in an assignment's file: the shape of the YAML, validated here and nowhere else."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from grader.problems.labels import is_id, is_label
from grader.yamlfile import Mark, YamlFile

_TEXTS = frozenset({"id", "title", "statement", "kind", "label", "names"})


def _id(text: str) -> str:
    if not is_id(text):
        raise ValueError(f"found the id {text!r}, expected letters, digits, '_', '-' and single dots; rename it")
    return text


def _label(text: str) -> str:
    if not is_label(text):
        raise ValueError(f"found the label {text!r}, expected numbering such as 3b or 4.a.ii; leave the rest out")
    return text


Id = Annotated[str, AfterValidator(_id)]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class StatedConvention(_Stated):
    """Another way to arrive at an answer, with what it earns: FLOPs for MACs, a flipped kernel, no bias."""

    credit: Annotated[float, Field(strict=True, ge=0, le=1)]
    """1 takes the answer as right."""
    feedback: str = ""
    """What is said to it; left out, what the kind says of the mistake."""
    given: dict[str, Any] = Field(default_factory=dict)
    """What is stated differently: the answer is worked out from it. Left out where the kind knows it by name."""


class StatedPart(_Stated):
    """A part, or a table that stands for many."""

    id: Id
    """Unique in the assignment; begins with the problem's id."""
    kind: str
    given: dict[str, Any] = Field(default_factory=dict)
    """What the kind asks for; ``{answer: ID}`` stands for the answer of an earlier part."""
    statement: str = ""
    points: Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)] = 1.0
    """Shared out among its cells where the part stands for many."""
    names: tuple[str, ...] = ()
    """How students name the answer, beyond the kind's own names."""
    label: Annotated[str, AfterValidator(_label)] | None = None
    """How the sheet numbers the part, where its id does not tell."""
    conventions: dict[str, StatedConvention] = Field(default_factory=dict)
    """By name; adds to the problem's table, or replaces a row of it."""


class StatedProblem(_Stated):
    """A numbered question."""

    id: Id
    title: str = ""
    statement: str = ""
    conventions: dict[str, StatedConvention] = Field(default_factory=dict)
    """What holds for all of its parts, by the name of a mistake that their kinds know, or with what is given."""
    parts: Annotated[tuple[StatedPart, ...], Field(min_length=1)]


class StatedAssignment(_Stated):
    """A whole file."""

    id: Id
    """The name of the file or folder."""
    title: str
    problems: Annotated[tuple[StatedProblem, ...], Field(min_length=1)]


def as_written(file: YamlFile) -> Any:
    """The data of `file`, ids and other texts as they stand there: ``id: 1.10`` is the text ``1.10``."""
    return _texts(file.data, file.root, is_text=False, in_given=False)


def _texts(data: Any, mark: Mark, *, is_text: bool, in_given: bool) -> Any:
    if isinstance(data, dict):
        texts = (frozenset(data) & {"answer"} if len(data) == 1 else frozenset()) if in_given else _TEXTS
        return {
            key: _texts(value, mark.parts[key], is_text=key in texts, in_given=in_given or key == "given")
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [_texts(value, mark.parts[i], is_text=is_text, in_given=in_given) for i, value in enumerate(data)]
    return mark.text if is_text and data is not None else data
