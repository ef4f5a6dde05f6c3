"""What scanning and copying did to LaTeX, mended on the record."""

from __future__ import annotations

import pytest

from grader.answers.prose.repair import repaired


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (r"egin{bmatrix}1&2\end{bmatrix}", r"\begin{bmatrix}1&2\end{bmatrix}"),
        ("\x08egin{bmatrix}1&2\\end{bmatrix}", r"\begin{bmatrix}1&2\end{bmatrix}"),
        ("\\left[ 3 \night]", r"\left[ 3 \right]"),
        ("\x0crac{1}{2}", r"\frac{1}{2}"),
        ("rac{1}{2}", r"\frac{1}{2}"),
        ("3 \times 4", r"3 \times 4"),
        ("3\text{ px}", r"3\text{ px}"),
    ],
)
def test_a_lost_backslash(text: str, mended: str) -> None:
    r"""`\b`, `\r`, `\f`, `\t` and `\n` were taken for escapes; each repair is listed."""
    result = repaired(text)
    assert result.text == mended
    assert len(result.repairs) == 1


def test_a_single_backslash_at_the_end_of_a_row() -> None:
    """In a matrix it ends the row."""
    result = repaired("\\begin{bmatrix} 1 & 2 \\\n 3 & 4 \\end{bmatrix}")
    assert "\\\\" in result.text
    assert result.repairs == ("a single backslash at the end of a row read as \\\\",)


@pytest.mark.parametrize(
    "text",
    [
        "28x28x10",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        r"\frac{1}{2} \times \text{two}",
        "the right answer\nright below",
        "a tracing and a beginning",
    ],
)
def test_what_is_whole_stays_as_it_is(text: str) -> None:
    """And nothing is listed."""
    assert repaired(text).text == text
    assert repaired(text).repairs == ()


def test_mending_twice_changes_nothing_more() -> None:
    """A mended text is whole."""
    once = repaired("egin{bmatrix} 1 & 2 \\\n 3 & 4 \\end{bmatrix}")
    assert repaired(once.text).text == once.text
    assert repaired(once.text).repairs == ()
