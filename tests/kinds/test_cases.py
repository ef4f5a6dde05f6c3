"""The kind for case distinctions: over symbols or entries; ties break either way."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answers.claims import Claim
from grader.kinds.cases import KIND, CasesGiven
from grader.model import Verdict, Where

FOUR_CASES = r"""\begin{cases}
    \delta_1 & \text{if } z_2 > 0, z_2 > z_1, z_2 \le z_3 \\
    \delta_2 & z_2 > 0, z_2 \le z_1, z_2 > z_3 \\
    \delta_1 + \delta_2 & z_2 > 0, z_2 > z_1, z_2 > z_3 \\
    0 & \text{otherwise}
\end{cases}"""
POOLED = "delta_1 * [z_2 > 0 and z_2 > z_1] + delta_2 * [z_2 > 0 and z_2 > z_3]"


@pytest.fixture(scope="module")
def verdict() -> Any:
    """How a text is marked where `formula` is the reference."""

    def of(formula: str, text: str, **stated: Any) -> Verdict:
        given = CasesGiven.model_validate({"formula": formula, **stated})
        view = KIND.view(given)
        reading = view.read(Claim(text, Where("answer.md", 1)))
        assert reading.value is not None, reading.reason
        return view.compare(reading.value, KIND.reference(given)).verdict

    return of


@pytest.mark.parametrize(
    "text",
    [
        "delta_1*[z_2 > 0 and z_2 >= z_1] + delta_2*[z_2 > 0 and z_2 > z_3]",
        FOUR_CASES,
        r"\mathbb{1}[z_2 > 0] (\delta_1 \mathbb{1}[z_2 > z_1] + \delta_2 \mathbb{1}[z_2 > z_3])",
        r"\delta_1 1_{z_2 > \max(z_1, 0)} + \delta_2 1_{z_2 > \max(z_3, 0)}",
    ],
)
def test_one_distinction_in_many_forms(text: str, verdict: Any) -> None:
    """Which way a tie breaks is free."""
    assert verdict(POOLED, text) is Verdict.CORRECT


@pytest.mark.parametrize(
    "text",
    [
        "delta_1*[z_2 > z_1] + delta_2*[z_2 > z_3]",
        "(delta_1 + delta_2) if z_2 > 0 else 0",
        "delta_1 if z_2 > 0 and z_2 > z_1 else 0",
        "delta_1*[z_2 > 0 and z_2 < z_1] + delta_2*[z_2 > 0 and z_2 < z_3]",
    ],
)
def test_wrong_distinctions(text: str, verdict: Any) -> None:
    """A condition left out, a case left out, a sign turned round."""
    assert verdict(POOLED, text) is Verdict.INCORRECT


def test_no_value_at_a_tie_is_no_mistake(verdict: Any) -> None:
    """Students leave out x = 0; elsewhere a person has to see what is meant where no case holds."""
    assert verdict("max(0, x)", "x if x > 0, 0 if x < 0") is Verdict.CORRECT
    assert verdict("max(0, x)", "x if x > 0") is Verdict.REVIEW


def test_entries_of_an_array(verdict: Any) -> None:
    """With indices it is a formula of entries."""
    formula = "dx[k,i] = W[k,i-2] if 1 <= i-2 <= 3 else 0"
    text = r"\begin{cases} W_{k,i-2} & \text{if } i - 2 \in [1, 3] \\ 0 & \text{otherwise} \end{cases}"
    stated = {"arrays": {"W": [5, 3], "dx": [5, 7]}, "origin": 1}
    assert verdict(formula, text, **stated) is Verdict.CORRECT
    assert verdict(formula, text.replace("3]", "2]"), **stated) is Verdict.INCORRECT


def test_a_stated_distinction_that_cannot_be_read() -> None:
    """The author is told."""
    with pytest.raises(ValueError, match="expected a formula of entries"):
        CasesGiven.model_validate({"formula": "a if"})
