"""Limits of summation indices."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.model import Verdict


@pytest.mark.parametrize("text", [r"0 \le k_1 \le 1, 0 \le k_2 \le 1", r"0 \leq k_1, k_2 < 2"])
def test_forms(text: str, ask: Any) -> None:
    """Limits are right where they hold for the same integers."""
    assert ask("index-limits", names=["k_1", "k_2"], sizes=2).mark(text).verdict is Verdict.CORRECT


def test_a_limit_of_the_sum(ask: Any) -> None:
    """A limit of k_1 + k_2 does not limit each."""
    limits = ask("index-limits", names=["k_1", "k_2"], sizes=2)
    assert limits.mark(r"0 \le (k_1 + k_2) \le 2").verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    ("text", "name"), [("0 <= k <= 3", "one-too-far"), ("1 <= k <= 3", "counted-from-one"), ("0 <= k <= 2", "")]
)
def test_slips(text: str, name: str, ask: Any) -> None:
    """Going one too far, or counting from the wrong end."""
    limits = ask("index-limits", names=["k"], sizes=3)
    value = limits.read(text).value
    assert [slip for slip, region in limits.slips.items() if region == value] == [name][: bool(name)]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"names": ["i", "j"], "sizes": [2]}, "1 sizes for 2 indices"),
        ({"names": ["i", "j", "k"], "sizes": 100}, "too many points"),
    ],
)
def test_bad_givens(stated: dict[str, Any], message: str, ask: Any) -> None:
    """One size for each index, and ranges that can be tried out."""
    with pytest.raises(ValidationError, match=message):
        ask("index-limits", **stated)
