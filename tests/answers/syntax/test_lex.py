"""Tokens: what LaTeX, Unicode, ASCII and Python notation have in common."""

from __future__ import annotations

import pytest

from grader.answers.syntax.lex import lex
from grader.answers.syntax.unread import MAX_DIGITS, MAX_LENGTH, MAX_TOKENS, Unread


def symbols(text: str) -> list[str]:
    """The texts of the tokens of `text`, the end left out."""
    return [token.text for token in lex(text)[:-1]]


@pytest.mark.parametrize("text", ["3 * 4", "3*4", "3 \\ast 4", "3 ∗ 4"])
def test_a_star_is_a_star(text: str) -> None:
    """However it is typed."""
    assert symbols(text) == ["3", "*", "4"]


@pytest.mark.parametrize("text", ["3 × 4", "3 \\times 4", "3✕4", "$3 \\times 4$", "3\\,\\times\\,4"])
def test_a_cross_is_a_cross(text: str) -> None:
    """Dollar signs and thin spaces only change the looks."""
    assert symbols(text) == ["3", "×", "4"]


@pytest.mark.parametrize("text", ["a - b", "a − b", "a – b", "a — b"])
def test_every_dash_is_a_minus(text: str) -> None:
    """Word processors turn a minus into a dash."""
    assert symbols(text) == ["a", "-", "b"]


@pytest.mark.parametrize("text", ["0 <= k", "0 ≤ k", "0 \\le k", "0 \\leq k", "0 ⩽ k", "0 \\leqslant k"])
def test_signs_of_relation(text: str) -> None:
    """At most, in six notations."""
    assert symbols(text) == ["0", "<=", "k"]


@pytest.mark.parametrize("text", ["⌊x⌋", "\\lfloor x \\rfloor", "\\left\\lfloor x \\right\\rfloor"])
def test_floors(text: str) -> None:
    """The brackets of a floor; their size says nothing."""
    assert symbols(text) == ["⌊", "x", "⌋"]


def test_superscripts_and_subscripts() -> None:
    """Raised and lowered characters are scripts in braces."""
    assert symbols("x² + k₁₀") == ["x", "^", "{", "2", "}", "+", "k", "_", "{", "10", "}"]


def test_greek_letters_have_their_names() -> None:
    """As characters and as commands."""
    assert symbols("σ + β") == ["sigma", "+", "beta"]


@pytest.mark.parametrize("text", ["73,728", "73{,}728", "73\\,728", "73'728", "73\u202f728"])
def test_thousands_stay_together(text: str) -> None:
    """A separator between groups of three belongs to the number."""
    assert symbols(text) == [text]


def test_a_comma_in_brackets_separates() -> None:
    """`(28,100)` holds two numbers."""
    assert symbols("(28,100)") == ["(", "28", ",", "100", ")"]


@pytest.mark.parametrize("text", ["1.5", ".5", "1e5", "1E+5", "2.5e-3"])
def test_numbers_with_points_and_exponents(text: str) -> None:
    """One token each."""
    assert symbols(text) == [text]


def test_a_full_stop_is_not_part_of_the_number() -> None:
    """The sentence ends behind 28."""
    assert symbols("28.") == ["28", "."]


def test_letters_and_words() -> None:
    r"""A run of letters is one token, so is the text within `\text`."""
    assert [(t.kind, t.text) for t in lex(r"WK \text{if so} \frac")[:-1]] == [
        ("name", "WK"),
        ("word", "if so"),
        ("command", "frac"),
    ]


def test_ampersands_count_in_matrices_alone() -> None:
    """In an aligned formula they only align."""
    assert "&" in symbols(r"\begin{bmatrix} 1 & 2 \end{bmatrix}")
    assert "&" not in symbols(r"\begin{aligned} a &= 2 \end{aligned}")


def test_a_token_knows_whether_space_stood_before_it() -> None:
    """`H x W` and `HxW` differ in that."""
    assert [token.spaced for token in lex("H xW")[:-1]] == [False, True]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9" * (MAX_DIGITS + 1), "too-many-digits"),
        ("1" * (MAX_LENGTH + 1), "too-long"),
        ("a " * (MAX_TOKENS + 10), "too-many-tokens"),
        ("3 €", "strange-character"),
        ("1\x002", "strange-character"),
        ("\u202e1+1", "strange-character"),
        ("1 \\", "stray-backslash"),
    ],
)
def test_limits_and_strange_characters(text: str, code: str) -> None:
    """Refused in words, never in part."""
    with pytest.raises(Unread) as refused:
        lex(text)
    assert refused.value.code == code
    assert refused.value.reason


def test_a_position_is_told() -> None:
    """The reason says where, counted from 1."""
    with pytest.raises(Unread) as refused:
        lex("3 + €")
    assert "at character 5" in refused.value.reason


@pytest.mark.parametrize("text", [".₁", ".²", ".①"])
def test_a_point_before_a_raised_digit(text: str) -> None:
    """A full stop and a footnote are no number, and no failure of the grader's."""
    try:
        found = symbols(text)
    except Unread:
        return  # a character that means nothing is refused, with its place
    assert "1" not in found[:1]


@pytest.mark.parametrize("hidden", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"])
def test_a_zero_width_space_is_no_space(hidden: str) -> None:
    """It comes along when a number is copied from a page, and cannot be seen."""
    assert symbols(f"12{hidden}34") == ["1234"]


def test_an_invisible_times_parts_two_numbers() -> None:
    """Where it stands is a sign, though nobody sees it."""
    assert symbols("12\u206234") == ["12", "34"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1_000_000", ["1_000_000"]),
        ("[1., 2.]", ["[", "1.", ",", "2.", "]"]),
        ("[1. 2.]", ["[", "1.", "2.", "]"]),
        ("1./9", ["1.", "/", "9"]),
        ("28.", ["28", "."]),
        ("1..5", ["1", "...", "5"]),
    ],
)
def test_numbers_as_python_prints_them(text: str, expected: list[str]) -> None:
    """A point behind the digits belongs to them where something follows that a sentence does not end before."""
    assert symbols(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"u\hspace{1em}v", r"u\kern3mu v", r"u\,v", r"u\negthinspace v", r"u\mkern 2mu v", r"\color{red} u v",
        r"\textcolor{red} u v", r"\mathopen u v", r"\boxed u v",
    ],
)  # fmt: skip
def test_looks_say_nothing(text: str) -> None:
    """Spaces, colours, boxes, and how wide or which."""
    assert symbols(text) == ["u", "v"]


@pytest.mark.parametrize("text", [r"\boxed{3}\boxed{4}", r"3 \boxed{4}", r"k \boxed{4}", r"(1) \boxed{4}"])
def test_a_box_behind_a_value_is_another_answer(text: str) -> None:
    """And no factor."""
    with pytest.raises(Unread) as refused:
        lex(text)
    assert refused.value.code == "several"


@pytest.mark.parametrize(("text", "signs"), [("(a) & (b)", "∧"), ("a && b", "∧"), ("[a & b]", "∧"), ("a &= b", "=")])
def test_ampersands_that_say_and(text: str, signs: str) -> None:
    """Twice, within brackets or between two; beside a sign it only aligns."""
    assert [symbol for symbol in symbols(text) if symbol in "∧="] == [signs]


@pytest.mark.parametrize("text", ["x & y", "x >= 0 & x <= 2", "2 & 3"])
def test_an_ampersand_between_values_is_not_dropped(text: str) -> None:
    """It may set cells apart, or mean "and"; a product it is not."""
    with pytest.raises(Unread) as caught:
        lex(text)
    assert caught.value.code == "ampersand"
