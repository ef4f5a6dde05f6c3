"""One line of a file of experiments -> a row."""

from __future__ import annotations

import json
from typing import Any, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field

from grader.problems import Source, validate
from grader.yamlfile import in_one_place

As: TypeAlias = Literal["number", "shape", "tensor", "formula", "indexed", "cases", "set", "growth", "choice"]
KINDS: tuple[str, ...] = get_args(As)
"""What an answer can be read as."""

MAX_LINE = 1 << 21
"""Characters of one row."""


class Row(BaseModel):
    """An answer and what was expected of it. Keys that it does not know are an author's notes."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    id: str | int = ""
    as_: As = Field(alias="as")
    expect: Any
    """The right answer, as an instructor would state it: a number, a list, a formula."""
    text: str
    """The student's answer, of any length."""
    domain: Any = None
    """What the symbols may be: `{"K": [1, 7], "sigma": "positive"}`, relations such as `"n >= k"`, or the options."""
    arrays: dict[str, Any] | None = None
    """Each array with its extents, `["n", "n"]`, or with the number of its indices."""
    layout: str | None = None
    """The order of a shape's axes where the question fixes it: `HWC`."""


def row_of(line: str, name: str, number: int) -> Row:
    """The row in `line`, which is line `number` of the file called `name`.

    Raises:
        ProblemError: it is no JSON object, or a key is missing or does not fit.
    """
    source = place(name, number)
    if len(line) > MAX_LINE:
        raise source.error(f"{len(line)} characters", f"at most {MAX_LINE} in a row", "shorten the text")
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise source.error(f"no JSON ({error})", "an object with id, as, expect, text", "write one a line") from None
    if not isinstance(data, dict):
        raise source.error(f"a JSON {type(data).__name__}", "an object with id, as, expect, text", "write one a line")
    return validate(Row, data, source)


def place(name: str, number: int) -> Source:
    """Line `number` of the file called `name`, to complain about."""
    return Source(in_one_place(name, number))
