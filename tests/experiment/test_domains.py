"""What names stand for where a row does not say."""

from __future__ import annotations

import pytest

from grader.experiment.domains import usual


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("floor((W - K + 2*P)/S) + 1", {"W": [24, 64], "K": [1, 7], "P": [0, 3], "S": [1, 4]}),
        ("n*m", {"n": [24, 64], "m": [1, 16]}),
        ("(y_hat - y)*v_1", {"y_hat": "real", "y": "real", "v_1": "real"}),
        ("n*sigma_x", {"n": [24, 64], "sigma_x": "positive"}),
        ("C*F*K^2", {"C": [1, 16], "F": [1, 7], "K": [1, 7]}),
    ],
)
def test_usual_values(formula: str, expected: dict[str, object]) -> None:
    """Sizes and counts are integers, Greek letters and errors are real, deviations positive."""
    assert usual(expected, formula) == expected
