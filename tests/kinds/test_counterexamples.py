"""Counterexamples: shrunk with a bound on calls, and the same on every run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader import kinds
from grader.kinds._code.local import LocalProgram
from grader.kinds._code.pasted import pasted, told
from grader.kinds._code.shrinking import MOST_CALLS
from grader.sandbox import Outcome


class Counting(LocalProgram):
    """A program that counts its calls."""

    calls = 0

    def call(self, name: str, *arguments: Any, **keywords: Any) -> Outcome:
        """As it is."""
        self.calls += 1
        return super().call(name, *arguments, **keywords)


def ask(operation: str, call: list[Any], answer: Any) -> tuple[str, int, int]:
    """The counterexample, the calls that it took in all, and the number of hidden cases."""
    kind = kinds.load("function")
    given = kind.given.model_validate({"name": "f", "operation": operation, "call": call})
    assert kind.run
    program = Counting({"f": answer})
    evidence = kind.run(given, program, None).evidence
    return evidence, program.calls, sum(map(len, given.question.cases.values()))


def test_every_entry_matters() -> None:
    """Only large inputs fail, so the counterexample stays as large as that takes."""

    def answer(x: Any) -> Any:
        return np.maximum(x, 0) + (x.size > 5)

    evidence, calls, cases = ask("relu", ["x"], answer)
    assert "x = np.array([[0., 0.], [0., 0.], [0., 0.]])" in evidence
    assert calls <= cases + MOST_CALLS


def test_values_come_down_to_what_is_needed() -> None:
    """A fault above 1 shows at 2."""
    evidence, _, _ = ask("relu", ["x"], lambda x: np.where(x > 1, 0, np.maximum(x, 0)))
    assert evidence.splitlines()[0] == "x = np.array([[2.]])"


def test_options_come_down_as_well() -> None:
    """A padding that is always 1 is wrong first at 0."""
    evidence, _, _ = ask("zero-pad", ["x", "padding"], lambda x, _pad: np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)]))
    assert "f(x, 0)" in evidence


def test_chance_does_not_move_it() -> None:
    """An answer that fails at random still ends, within the bound."""
    rng = np.random.default_rng(0)
    _, calls, cases = ask("relu", ["x"], lambda x: np.maximum(x, 0) + (rng.random() < 0.5))
    assert calls <= cases + MOST_CALLS


@pytest.mark.parametrize(
    ("array", "text"),
    [
        (np.array([[1.0, -2.5]]), "np.array([[1., -2.5]])"),
        (np.array([1, 2]), "np.array([1, 2])"),
        (np.array([np.nan, np.inf]), "np.array([np.nan, np.inf])"),
        (np.array([1.0], dtype=np.float32), "np.array([1.], dtype=np.float32)"),
        (np.zeros((1, 0)), "np.empty((1, 0))"),
    ],
)
def test_arrays_as_they_are_pasted(array: Any, text: str) -> None:
    """Each gives itself back."""
    assert pasted(array) == text
    again = eval(text, {"np": np})  # noqa: S307 - a text of ours
    assert np.array_equal(again, array, equal_nan=True)
    assert again.dtype == array.dtype


def test_large_results_are_bounded() -> None:
    """They are said to be large."""
    assert told(np.zeros((100, 100))) == "...  # 10000 entries of shape (100, 100), too many to write out"
    assert len(told("x" * 10**6)) < 3000
