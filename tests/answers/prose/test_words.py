"""Where mathematics stands in plain text."""

from __future__ import annotations

import pytest

from grader.answers.prose.words import is_mathematics, runs


@pytest.mark.parametrize(
    "word",
    [
        "3",
        "-3",
        "~3.2M",
        "3x3",
        "W_out",
        "sum_{i,j}",
        "df/dW[r,k]",
        "df[t]/dW[1,c,j]",
        "df(x)[t]/dW[1,c,j]",
        "G[i-k1,",
        "G[i-k1,j-2*k2,m]",
        "f(x)",
        "Z[i,j]",
        "n/2",
        "dY",
        "α_1",
        "O(n)",
        "2P)/S",
    ],
)
def test_mathematics(word: str) -> None:
    """By their looks."""
    assert is_mathematics(word)


@pytest.mark.parametrize(
    "word", ["a", "I", "1st", "3rd", "2D", "and/or", "n/a", "output", "https://x.y", "...", "--", "dx[x", "a[see"]
)
def test_words(word: str) -> None:
    """Articles, ordinals, addresses and dashes are none."""
    assert not is_mathematics(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the width is W - K + 1 here", ["W - K + 1"]),
        ("Total:280 parameters", ["280"]),
        ("it is 12 % of them", ["12 %"]),
        ("3 filters - 4 channels", ["3", "4"]),
        ("the answer is - 3", ["- 3"]),
        ("i think x = 3", ["x = 3"]),
        ("max(0, W - K) pixels", ["max(0, W - K)"]),
        ("it costs LK + 1 for a CNN and no ML", ["LK + 1"]),
        ("the sum is sum_{i} x_i for all", ["sum_{i} x_i"]),
    ],
)
def test_runs(text: str, expected: list[str]) -> None:
    """Words that look like mathematics, side by side."""
    assert [text[start:end] for start, end in runs(text)] == expected


def test_a_derivative_behind_a_name_and_a_comma_is_no_list() -> None:
    """`linear in W, df/dW = x`."""
    text = "f is linear in W, df[t]/dW[1,c,j] = x[2t-2+j, c]"
    assert [text[start:end] for start, end in runs(text)][-1] == "df[t]/dW[1,c,j] = x[2t-2+j, c]"


def test_a_sign_of_definition_joins_both_sides() -> None:
    """`D[i,j] := dJ/dU[i,j]`."""
    text = "with D[i,j] := dJ/dU[i,j] as before"
    assert [text[start:end] for start, end in runs(text)] == ["D[i,j] := dJ/dU[i,j]"]


@pytest.mark.parametrize("text", ["y = -(s - t)", "y = -(s - t) w", "y = -s + t"])
def test_a_minus_behind_a_sign_goes_on(text: str) -> None:
    """No space has to part it from what it negates."""
    assert [text[start:end] for start, end in runs(text)] == [text]


def test_a_name_with_a_colon_begins_anew() -> None:
    """`x4:` does not belong to the value before it."""
    text = "[0, 1], x4: [1, 0]"
    assert [text[start:end] for start, end in runs(text)] == ["[0, 1]", "x4", "[1, 0]"]
