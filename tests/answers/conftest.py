"""A way to say something to a view, as a student would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.answers.claims import Claim
from grader.answers.view import Comparison
from grader.model import Where


@pytest.fixture(scope="session")
def say() -> Callable[..., Claim]:
    """A claim of a text, with the words around it or a table's rows where they matter."""

    def build(text: str, *, before: str = "", after: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> Claim:
        return Claim(text, Where("answer.md", 1), before, after, rows)

    return build


@pytest.fixture(scope="session")
def mark(say: Any) -> Callable[[Any, str, str], Comparison]:
    """What `view` makes of a student's text where another text is the reference."""

    def compare(view: Any, text: str, reference: str) -> Comparison:
        got, want = view.read(say(text)), view.read(say(reference))
        assert got.value is not None, got.reason
        assert want.value is not None, want.reason
        result = view.compare(got.value, want.value)
        assert isinstance(result, Comparison)
        return result

    return compare
