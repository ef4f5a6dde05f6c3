"""Mathematics within a sentence, with and without dollar signs."""

from __future__ import annotations

import pytest

from grader.answers.prose.prose import sentences, stretches


def found(text: str) -> list[str]:
    """The stretches of mathematics in `text`."""
    return [" ".join(stretch.text.split()) for stretch in stretches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The output is 28 x 28 x 10.", ["28 x 28 x 10"]),
        ("There are 490*3+3 = 1473 parameters.", ["490*3+3 = 1473"]),
        ("The total is 1,473.", ["1,473"]),
        ("We get $k = 205 - 65*3 = 10$.", ["k = 205 - 65*3 = 10"]),
        (r"We get \(k = 10\) here.", ["k = 10"]),
        ("Answer: 3!", ["3!"]),
        ("(1,3), (2,3), or (3,3)", ["(1,3), (2,3), or (3,3)"]),
        ("$32$ x $32$ x $3$", ["32 x 32 x 3"]),
        ("$3$ by $5$", ["3 by 5"]),
        ("The 3rd layer is large.", []),
        ("see https://example.org/10", []),
        ("No numbers here at all.", []),
        ("f = floor((W - K)/S) + 1 holds", ["f = floor((W - K)/S) + 1"]),
    ],
)
def test_what_looks_like_mathematics(text: str, expected: list[str]) -> None:
    """Words that look like it, side by side, and all between dollar signs."""
    assert found(text) == expected


def test_words_around_a_stretch() -> None:
    """They say what it is about."""
    (stretch,) = stretches("So 1.11 billion multiplications.")
    assert stretch.before.strip() == "So"
    assert stretch.after.startswith(" billion")


@pytest.mark.parametrize("text", ["The answer is **1473**.", "The answer is `1473`.", "The answer is __1473__."])
def test_emphasis_is_noticed(text: str) -> None:
    """Bold, underlined or code: the student marks the result."""
    (stretch,) = stretches(text)
    assert (stretch.text, stretch.strong) == ("1473", True)


def test_offsets_lead_back_to_the_text() -> None:
    """Each stretch stands where its offset says."""
    text = "First 3 filters.\nThen 28 x 28 pixels."
    assert [text[s.offset :].startswith(s.text) for s in stretches(text)] == [True, True]


def test_sentences_end_at_full_stops_only() -> None:
    """A point within a number or a formula ends nothing."""
    assert [s.strip() for s, _ in sentences("We get $a. B$ and 3.5 here. Then 4.")] == [
        "We get $a. B$ and 3.5 here.",
        "Then 4.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~3.2M", ["~3.2M"]),
        ("f(x) = x^2", ["f(x) = x^2"]),
        ("- 3", ["- 3"]),
        ("x = 3; y = 4", ["x = 3", "y = 4"]),
        ("The rate is 12 %.", ["12 %"]),
        ("The price is $5 and then $6.", ["5", "6"]),
    ],
)
def test_signs_that_change_the_value(text: str, expected: list[str]) -> None:
    """A sign that changes the value belongs to the stretch."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x3: [0, 1], x4: [1, 0]", ["x3", "[0, 1]", "x4", "[1, 0]"]),
        ("it is [[0, 4],\n[3, 0]]", ["[[0, 4],\n[3, 0]]"]),
        ("[1, 2]\n[3, 4]", ["[1, 2]", "[3, 4]"]),
        ("if v_1 > v_2: 1", ["v_1 > v_2", "1"]),
    ],
)
def test_names_before_a_colon_and_arrays_of_several_lines(text: str, found: list[str]) -> None:
    """A label is no item of the list before it; a line end within an array's outer brackets ends nothing."""
    assert [stretch.text for stretch in stretches(text)] == found
