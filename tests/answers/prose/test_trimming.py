"""What stands around an answer and is no part of it is taken off, on the record."""

from __future__ import annotations

import pytest

from grader.answers.prose.trimming import trimmed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(2) 3", "3"),
        ("b) 3", "3"),
        ("252 (504 / 2 = 252)", "252"),
        ("7 (7 x 7 pixels)", "7"),
        (r"W - K + 1 \quad (3.2)", "W - K + 1"),
        (r"W - K + 1 \tag{3}", "W - K + 1"),
        ("m^2 F, where m = n - k", "m^2 F"),
        ("x where x > 0", "x where x > 0"),
        ("L (3)", "L (3)"),
        ("(2) x 3", "(2) x 3"),
        ("(2)(3)", "(2)(3)"),
        ("2 (W + 1)", "2 (W + 1)"),
    ],
)
def test_what_is_taken_off(text: str, expected: str) -> None:
    """Labels, remarks, tags and where-clauses; factors and cases stay."""
    assert trimmed(text).text == expected


def test_labels_and_tags_are_on_the_record() -> None:
    """Rule 22."""
    assert trimmed(r"(2) W \quad (3.2)").repairs == (
        "the label '(2)' left aside",
        r"the equation number '\\quad (3.2)' left aside",
    )
