"""A display formula that says several things, cut where it does."""

from __future__ import annotations

import pytest

from grader.answers.prose.split import pieces, without_number


def texts(formula: str) -> list[str]:
    """The pieces of `formula`."""
    return [piece.text for piece in pieces(formula)]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"a = 1 \\ b = 2", ["a = 1", "b = 2"]),
        (r"a = 1 \quad b = 2", ["a = 1", "b = 2"]),
        (r"I = 5, K = 3", ["I = 5", "K = 3"]),
        (r"(a, b) = (1, 2)", ["(a, b) = (1, 2)"]),
        (r"1, 2, 3", ["1, 2, 3"]),
        (r"a = \frac{1, 2}{3}", [r"a = \frac{1, 2}{3}"]),
    ],
)
def test_where_a_formula_is_cut(formula: str, expected: list[str]) -> None:
    """At rows, at wide spaces and between equations; never within brackets."""
    assert texts(formula) == expected


def test_a_matrix_stays_whole() -> None:
    """Its rows are no rows of the formula."""
    formula = r"y = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}"
    assert texts(formula) == [formula]


def test_an_aligned_chain_is_one_piece() -> None:
    """A row that begins with an equals sign goes on from the row before."""
    (piece,) = texts(r"\begin{aligned} k &= 205 - 65 \cdot 3 \\ &= 10 \end{aligned}")
    assert piece.count("=") == 2


def test_words_before_a_piece_are_kept() -> None:
    r"""`\text{...}` says what the piece is about."""
    (piece,) = pieces(r"\text{Output: } 28 \times 28")
    assert (piece.words, piece.text) == ("Output:", r"28 \times 28")


def test_a_name_in_upright_letters_is_no_word() -> None:
    r"""`\text{W}` is W."""
    assert "W" in texts(r"\text{W} = 3")[0]


def test_lines_are_counted() -> None:
    """From 0, within the formula."""
    assert [piece.line for piece in pieces("a = 1 \\\\\nb = 2")] == [0, 1]


@pytest.mark.parametrize("formula", [r"k = 10 \quad (3.2)", r"k = 10 \tag{3}", r"k = 10 \qquad (4)", "k = 10 (3.2)"])
def test_equation_numbers_are_no_factors(formula: str) -> None:
    """A number set apart at the end, or tagged, is the equation's."""
    assert without_number(formula).strip() == "k = 10"


def test_a_bracket_behind_a_name_is_a_factor() -> None:
    """`L(3)` is a product."""
    assert without_number("L(3)") == "L(3)"


def test_cases_with_names_are_a_list_of_answers() -> None:
    """A brace around rows that each begin with a word makes no case distinction."""
    formula = r"\begin{cases} \text{Size: } 28 \times 28 \\ \text{Count: } 280 \end{cases}"
    assert texts(formula) == [r"28 \times 28", "280"]


def test_a_part_label_within_a_formula() -> None:
    r"""`(2) W_{out} = 5` is part (2), whose answer is 5."""
    assert texts(r"(2) W_{out} = 5") == [r"W_{out} = 5"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"(2, 2) \quad \text{and} \quad (6, 2)", [r"(2, 2) \text{and} (6, 2)"]),
        (r"3 \text{ or } 5", [r"3 \text{or} 5"]),
        (r"H = 28 \quad \text{and} \quad W = 14", ["H = 28", "W = 14"]),
    ],
)
def test_an_and_between_values(formula: str, expected: list[str]) -> None:
    """A list stays whole; equations are said one after another."""
    assert texts(formula) == expected
