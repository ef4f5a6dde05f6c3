"""Follow-through: where ``given`` says ``{answer: 3c.output}``, it means the value of that part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from grader.problems.source import Step


def answers_in(given: Any, *steps: Step) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """The ids of the parts that `given` is built on, each with the way to the place that names it."""
    if _is_answer(given):
        yield given["answer"], (*steps, "answer")
    elif isinstance(given, dict):
        for key, value in given.items():
            yield from answers_in(value, *steps, key)
    elif isinstance(given, list):
        for index, value in enumerate(given):
            yield from answers_in(value, *steps, index)


def substitute(given: Any, values: Mapping[str, Any]) -> Any:
    """`given` with each ``{answer: ID}`` replaced by ``values[ID]``."""
    if _is_answer(given):
        return values[given["answer"]]
    if isinstance(given, dict):
        return {key: substitute(value, values) for key, value in given.items()}
    if isinstance(given, list):
        return [substitute(value, values) for value in given]
    return given


def _is_answer(given: Any) -> bool:
    return isinstance(given, dict) and given.keys() == {"answer"} and isinstance(given["answer"], str)
