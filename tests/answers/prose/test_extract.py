"""Claims: what a student says in a paragraph, a formula, a table, a line of code."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answers.claims import Claim
from grader.answers.prose.extract import MAX_BLOCK, claims
from grader.model import Block, BlockKind, Where


def said(kind: BlockKind, text: str, **more: Any) -> list[Claim]:
    """The claims of one block."""
    return claims([Block(kind, text, Where("answer.md", 7), **more)])


def texts(kind: BlockKind, text: str, **more: Any) -> list[str]:
    """Their texts."""
    return [claim.text for claim in said(kind, text, **more)]


def test_a_paragraph() -> None:
    """Each stretch with the words before it."""
    first, second = said(BlockKind.TEXT, "The output is 28x28x10, so it has 7840 entries.")
    assert (first.text, first.before) == ("28x28x10", "The output is")
    assert second.text == "7840"


def test_what_is_asserted_and_what_is_mentioned() -> None:
    """`the output is 3x3` states it, `of size 5x5` only mentions it."""
    stated, mentioned = said(BlockKind.TEXT, "The output is 3x3 for filters of size 5x5.")
    assert (stated.asserted, mentioned.asserted) == (True, False)


@pytest.mark.parametrize("text", ["The answer is **10**.", "Therefore k = 10.", r"$\boxed{10}$", "So we get 10."])
def test_results_are_marked_as_final(text: str) -> None:
    """By bold letters, a box or a word."""
    assert said(BlockKind.TEXT, text)[-1].final


def test_a_display_formula() -> None:
    """Cut into its pieces; damage is mended and listed."""
    assert texts(BlockKind.MATH, r"I = 5, K = 3 \quad (3.2)") == ["I = 5", "K = 3"]
    (claim,) = said(BlockKind.MATH, r"egin{bmatrix}1&2\\3&4\end{bmatrix}")
    assert claim.text.startswith(r"\begin{bmatrix}")
    assert claim.repairs


def test_a_formula_that_goes_on() -> None:
    """One that begins with an equals sign continues the one before it."""
    where = Where("answer.md", 1)
    found = claims([Block(BlockKind.MATH, "k = 205 - 65*3", where), Block(BlockKind.MATH, "= 10", where)])
    assert " ".join(found[-1].text.split()) == "k = 205 - 65*3 = 10"


def test_the_sentence_before_a_formula() -> None:
    """It says what the formula is about."""
    where = Where("answer.md", 1)
    blocks = [Block(BlockKind.TEXT, "The number of parameters is", where), Block(BlockKind.MATH, "280", where)]
    assert claims(blocks)[-1].before == "The number of parameters is"


def test_a_table() -> None:
    """The whole of it, then each cell with the names of its row and column."""
    whole, cell = said(BlockKind.TABLE, "", rows=(("layer", "shape"), ("conv1", "28x28x10")))
    assert whole.rows == (("layer", "shape"), ("conv1", "28x28x10"))
    assert (cell.text, cell.before.split()) == ("28x28x10", ["conv1", "shape"])


def test_code_is_read_and_never_run() -> None:
    """Assignments at the top level, an array as its list."""
    source = "k = 205 - 65*3\ny = np.array([[1, 2], [3, 4]])\nimport os\nos.abort()\n"
    found = said(BlockKind.CODE, source)
    assert [claim.text for claim in found] == ["k = 205 - 65*3", "y = [[1, 2], [3, 4]]"]
    assert [claim.where.line for claim in found] == [7, 8]


def test_code_that_does_not_parse_says_nothing() -> None:
    """No value could be read from it for certain."""
    assert said(BlockKind.CODE, "k = = 3") == []


def test_an_entry_of_an_answer_sheet() -> None:
    """The whole text first, then what its sentences say."""
    assert texts(BlockKind.ANSWER, "The answer is 10.") == ["The answer is 10.", "10"]
    assert texts(BlockKind.ANSWER, "$k = 10$")[0] == "k = 10"


def test_lines_are_kept() -> None:
    """A claim in the second line of a block stands there."""
    assert [claim.where.line for claim in said(BlockKind.TEXT, "It is 10.\nIt is 12.")] == [7, 8]


def test_pictures_and_endless_blocks_say_nothing() -> None:
    """They are left to a person."""
    assert said(BlockKind.IMAGE, "28x28") == []
    assert said(BlockKind.TEXT, "1 " * MAX_BLOCK) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"k = 3 \quad (3.2)", "k = 3"),
        ("(2) 3", "3"),
    ],
)
def test_labels_in_an_answer_sheet(text: str, expected: str) -> None:
    """They are no factors."""
    assert texts(BlockKind.ANSWER, text)[0].strip() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 10  # 12", "x = 10"),
        ("x = y = 10", "x = 10"),
        ("x: int = 10", "x = 10"),
        ("a, b = 10, 12", "a = 10"),
    ],
)
def test_sorts_of_assignments(text: str, expected: str) -> None:
    """Annotated ones and tuples say as much as plain ones."""
    assert expected in texts(BlockKind.CODE, text)


def test_code_keeps_python_s_meaning() -> None:
    """What Python computes is what the student has."""
    assert texts(BlockKind.CODE, "x = 10 ^ 2") == []


def test_a_variable_set_twice() -> None:
    """It holds what it was given last."""
    assert texts(BlockKind.CODE, "x = 10\nx = 12") == ["x = 12"]


def test_a_list_changed_later() -> None:
    """`x[0] = 9` makes the list above it out of date."""
    assert texts(BlockKind.CODE, "x = [1, 2]\nx[0] = 9") == []


@pytest.mark.parametrize(
    "text",
    [
        "Not 10 but 12.",
        "10 is wrong, it is not 12.",
    ],
)
def test_denied_numbers(text: str) -> None:
    """A number that the student denies is at most mentioned."""
    assert not said(BlockKind.TEXT, text)[0].asserted


def test_a_where_before_a_formula_makes_it_a_definition() -> None:
    """It says what the names of the answer before it stand for; `we get` leads to the answer itself."""

    def found(lead: str) -> list[tuple[str, bool, dict[str, str]]]:
        blocks = [
            Block(BlockKind.TEXT, lead, Where("answer.md", 1)),
            Block(BlockKind.MATH, r"H' = H - K + 1,\quad W' = W - K + 1", Where("answer.md", 1)),
        ]
        return [(claim.text.strip(" ,"), claim.defines, dict(claim.defined)) for claim in claims(blocks)]

    where = found("The shape is $(F, H', W')$ where")
    assert where[0] == ("(F, H', W')", False, {"H'": "H - K + 1", "W'": "W - K + 1"})
    assert [defines for text, defines, _ in where if text.startswith("W'")] == [True]
    assert not any(defines for _, defines, _ in found("For stride 1 we get"))
