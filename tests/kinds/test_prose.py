"""Answers in words."""

from __future__ import annotations

from typing import Any


def test_nothing_is_read(ask: Any) -> None:
    """There is no reference and no value: a person judges."""
    question = ask("prose", rubric=["weights are shared"])
    assert question.reference is None
    assert question.read("weights are shared").code == "prose"
