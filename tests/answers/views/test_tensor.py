"""Arrays: LaTeX matrices, nested lists, tables; right by entry."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.values import Tensor
from grader.answers.views.tensor import TensorView
from grader.model import Verdict

VIEW = TensorView()


def entries(say: Any, text: str, **more: Any) -> Any:
    """The array in `text`, as nested lists."""
    reading = VIEW.read(say(text, **more))
    assert reading.value is not None, reading.reason
    return reading.value.array.squeeze().tolist()


@pytest.mark.parametrize(
    "text",
    [
        "[[1, 2], [3, 4]]",
        "((1, 2), (3, 4))",
        "[1, 2], [3, 4]",
        "[1, 2; 3, 4]",
        "np.array([[1, 2], [3, 4]])",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \\ \end{bmatrix}",
        r"\begin{pmatrix} 1, 2 \\ 3, 4 \end{pmatrix}",
        r"\left[\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right]",
        r"\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array}",
        r"Y = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        "[[1, 3], [2, 4]]^T",
        "2 * [[0.5, 1], [1.5, 2]]",
        r"\frac{1}{2} \begin{bmatrix} 2 & 4 \\ 6 & 8 \end{bmatrix}",
        "[[3 - 2, 2], [1 + 2, 2*2]]",
        "[[1 2]\n [3 4]]",
        "[[1 2], [3 4]]",
        "[[1. 2.]\n [3. 4.]]",
        "[1 2; 3 4]",
        "Y = [1 2; 3 4];",
        "[1 2\n 3 4]",
        "[1, 2\n 3, 4]",
        "[1 2]\n[3 4]",
        "[1, 2]\n[3, 4]",
        "1 2\n3 4",
        "1, 2\n3, 4",
        " 1   2\n\n 3   4\n",
        "1\t2\n3\t4",
        "| 1 | 2 |\n| 3 | 4 |",
        "| 1 | 2 |\n|---|---|\n| 3 | 4 |",
        "| 1 2 |\n| 3 4 |",
        "1 | 2\n3 | 4",
        "⎡1 2⎤\n⎣3 4⎦",
        "row 1: 1, 2\nrow 2: 3, 4",
        "array([[1, 2],\n       [3, 4]])",
        "array([[1., 2.],\n       [3., 4.]], dtype=float32)",
        "tensor([[1., 2.],\n        [3., 4.]], device='cpu')",
        "torch.tensor([[1, 2], [3, 4]], dtype=torch.int64)",
        r"\left[ \begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix} \right]",
        r"\begin{pmatrix}[cc] 1 & 2 \\ 3 & 4 \end{pmatrix}",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 0 \end{bmatrix} + \begin{bmatrix} 0 & 0 \\ 0 & 4 \end{bmatrix}",
        "[[2, 4], [6, 8]] / 2",
        "[[2, 4], [6, 8]] * 1/2",
        "-[[-1, -2], [-3, -4]]",
        "[[2, 2], [2, 2]] - [[1, 0], [-1, -2]]",
        "Y_{11} = 1, Y_{12} = 2, Y_{21} = 3, Y_{22} = 4",
        "Y_{0,0} = 1, Y_{0,1} = 2, Y_{1,0} = 3, Y_{1,1} = 2 + 2 = 4",
        (
            r"\begin{aligned} \frac{\partial L}{\partial K_{00}} &= 1 \\ \partial L/\partial K_{01} &= 2 \\ "
            r"\partial L/\partial K_{10} &= 3 \\ \partial L/\partial K_{11} &= 4 \end{aligned}"
        ),
    ],
)
def test_one_matrix_in_many_notations(text: str, say: Any) -> None:
    """Rows by brackets, backslashes or semicolons; cells by commas or ampersands."""
    assert entries(say, text) == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "text", ["[0, 0.8, 0]", "[0, 0.8, 0]^T", "(0, 0.8, 0)", r"\begin{bmatrix}0\\0.8\\0\end{bmatrix}"]
)
def test_vectors(text: str, say: Any) -> None:
    """A row, a column and a list are one vector."""
    assert entries(say, text) == [0, 0.8, 0]


@pytest.mark.parametrize("text", ["1/9 [[1,1,1],[1,1,1],[1,1,1]]", r"\frac{1}{9}[[1,1,1],[1,1,1],[1,1,1]]"])
def test_a_factor_before_a_matrix(text: str, say: Any) -> None:
    """It scales each entry."""
    assert np.allclose(entries(say, text), np.full((3, 3), 1 / 9))


def test_a_table(say: Any) -> None:
    """Cells set apart by tabs or bars."""
    assert entries(say, "", rows=(("1", "-2"), ("1/2", "0"))) == [[1, -2], [0.5, 0]]


def test_working_before_the_result(say: Any) -> None:
    """The last array counts; a note says where the one before it differs."""
    assert entries(say, "[1*4 + 2*3, 5] = [10, 5]") == [10, 5]
    reading = VIEW.read(say("[1*4 + 2*3, 5] = [10, 6]"))
    assert "gives 5 where entry 2 is 6" in reading.notes[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[1, 2], [3]]", "ragged"),
        (r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}", "ragged"),
        ("[1, a]", "unknown-name"),
        ("10", "not-a-tensor"),
        ("[1, 2] = 3", "not-a-tensor"),
        ("[]", "not-a-tensor"),
        ("[[1, 2 3], [3 4, 5]]", "two-numbers"),
        ("[1, 2] * [3, 4]", "array-arithmetic"),
        ("[1, 2] + 3", "array-arithmetic"),
        ("[1, 2] + [3, 4, 5]", "array-arithmetic"),
        ("[9007199254740993, 0.5]", "too-large"),
        ("[1, 10^999]", "too-large"),
        ("[1, ..., 9]", "not-a-number"),
        ("[1, 1/0]", "division-by-zero"),
        ("a = 1, [2", "unbalanced"),
    ],
)
def test_what_is_no_array(text: str, code: str, say: Any) -> None:
    """A code and a reason, no value."""
    reading = VIEW.read(say(text))
    assert (reading.value, reading.code) == (None, code)


def test_a_table_with_a_header_is_no_array(say: Any) -> None:
    """Names stand among the numbers."""
    assert VIEW.read(say("", rows=(("a", "b"), ("1", "2")))).value is None


NINE = "[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]"


def test_credit_by_entry(mark: Any) -> None:
    """8 of 9 right entries earn 8/9, and the wrong one is named."""
    result = mark(VIEW, NINE.replace("2]", "-5]", 1), NINE)
    assert result.verdict is Verdict.PARTIAL
    assert result.credit == pytest.approx(8 / 9)
    assert "8 of 9 entries agree; row 2, column 3 is -5" in result.reason


def test_half_right_and_less(mark: Any) -> None:
    """Half earns half; under half is incorrect."""
    assert mark(VIEW, "[1, 2, 0, 0]", "[1, 2, 3, 4]").credit == 0.5
    result = mark(VIEW, "[1, 0, 0, 0]", "[1, 2, 3, 4]")
    assert (result.verdict, result.credit) == (Verdict.INCORRECT, 0.0)
    assert "1 of 4" in result.reason


@pytest.mark.parametrize(
    ("text", "got"), [("[[1, 2], [3, 4]]", "2 x 2"), ("[1, 2, 3]", "shape 3,"), ("[[[1], [2]], [[3], [4]]]", "2 x 2")]
)
def test_a_wrong_shape_earns_nothing(text: str, got: str, mark: Any) -> None:
    """And both shapes are named."""
    result = mark(VIEW, text, NINE)
    assert (result.verdict, result.credit) == (Verdict.INCORRECT, 0.0)
    assert got in result.reason
    assert "3 x 3" in result.reason


@pytest.mark.parametrize(
    ("text", "reference"),
    [("[1.0, 2.0]", "[1, 2]"), ("[0.333, 0.667]", "[1/3, 2/3]"), ("[0.1111111, 0.5]", "[1/9, 1/2]")],
)
def test_reals_agree_to_the_digits_written(text: str, reference: str, mark: Any) -> None:
    """At least three of them."""
    assert mark(VIEW, text, reference).verdict is Verdict.CORRECT


@pytest.mark.parametrize("wrong", ["[0.33, 0.67]", "[0.334, 0.667]"])
def test_reals_that_do_not_agree(wrong: str, mark: Any) -> None:
    """Two digits are too few, and a wrong third is wrong."""
    assert mark(VIEW, wrong, "[1/3, 2/3]").verdict is not Verdict.CORRECT


def test_integers_are_exact(mark: Any) -> None:
    """Also where floats could not tell them apart."""
    assert mark(VIEW, "[9007199254740993]", "[9007199254740992]").verdict is Verdict.INCORRECT
    assert mark(VIEW, "[73725, 1]", "[73728, 1]").credit == 0.5


_shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3)


@given(shape=_shapes, numbers=st.lists(st.integers(-999, 999), min_size=64, max_size=64))
def test_reading_what_was_rendered(shape: list[int], numbers: list[int], say: Any) -> None:
    """The same entries in the same shape, and it earns full marks."""
    tensor = Tensor(np.array(numbers[: int(np.prod(shape))], dtype=np.int64).reshape(shape))
    reading = VIEW.read(say(VIEW.render(tensor)))
    assert reading.value == tensor
    assert VIEW.compare(tensor, tensor).verdict is Verdict.CORRECT


@given(numbers=st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=6))
def test_reading_rendered_reals(numbers: list[float], say: Any) -> None:
    """To the last digit."""
    tensor = Tensor(np.array(numbers, dtype=np.float64))
    reading = VIEW.read(say(VIEW.render(tensor)))
    assert reading.value is not None, reading.reason
    assert np.array_equal(reading.value.array.astype(np.float64), tensor.array)


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{bmatrix} 1 -2 \\ 3 -4 \end{bmatrix}",
        "[1 -2]",
        r"\begin{bmatrix} 1 & & 2 \\ 3 & & 5 \end{bmatrix}",
        r"\begin{bmatrix} 1 & \\ & 1 \end{bmatrix}",
        "[1, , 3]",
        "[1,000, 2,000]",
        "[1|2|3]",
        "[1 | 2 | 3]",
    ],
)
def test_no_array_is_guessed(text: str, say: Any) -> None:
    """Something is missing, or stands there in a way that people read differently."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1., 2.]", [1, 2]),
        ("-[1, 2]", [-1, -2]),
        ("[2, 4]/2", [1, 2]),
        ("[1, 2] * 2", [2, 4]),
    ],
)
def test_arithmetic_with_an_array(text: str, expected: list[int], say: Any) -> None:
    """Each has one reading only."""
    assert entries(say, text) == expected


def test_integers_are_exact_beside_a_fraction(mark: Any) -> None:
    """A count among reals is still a count."""
    assert mark(VIEW, "[1000001, 0.5]", "[1000000, 0.5]").verdict is Verdict.PARTIAL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[0 1 -1 0]", [0, 1, -1, 0]),
        ("[[ 1 -1]\n [-1  1]]", [[1, -1], [-1, 1]]),
        ("[[-1 -2]\n [-3 -4]]", [[-1, -2], [-3, -4]]),
        ("[-1 -2; 3 4]", [[-1, -2], [3, 4]]),
        ("1/9 1/9\n1/9 1/9", [[1 / 9, 1 / 9], [1 / 9, 1 / 9]]),
        ("1/3 * [[3 6]\n [9 12]]", [[1, 2], [3, 4]]),
        ("1\n2\n3", [1, 2, 3]),
        ("[1.5e+00 2.0e-01]", [1.5, 0.2]),
        (r"\begin{bmatrix} [0, 1] & [1, 0] \\ [0, 2] & [0, 0] \end{bmatrix}", [[[0, 1], [1, 0]], [[0, 2], [0, 0]]]),
        ("[sqrt(9), sqrt(2)*sqrt(2)]", [3, pytest.approx(2)]),
    ],
)
def test_prints_and_drawings(text: str, expected: Any, say: Any) -> None:
    """A sign belongs to its number where cells are set apart by space."""
    assert entries(say, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[1 - 2 3]",
        "[1, 2 3]",
        "[[1 2]\n [3]]",
        "1 2\n3",
        "1 2\na b",
        "[" + " ".join("1" for _ in range(40)) + "\n" + " ".join("1" for _ in range(40)) + "]",
        "Y_{11} = 1, Y_{12} = 2, Y_{21} = 3",
        "Y_{11} = 1, Z_{12} = 2, Y_{21} = 3, Y_{22} = 4",
        "Y_{11} = 1, Y_{11} = 2, Y_{21} = 3, Y_{22} = 4",
        r"\begin{bmatrix} 1 2 \\ 3 4 \end{bmatrix}",
        "row 1: 1, 2\nrow 3: 3, 4",
    ],
)
def test_no_drawing_is_guessed(text: str, say: Any) -> None:
    """A row that is short, a cell that is a sum, a line that may go on."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("[1*4 + 2*3, 5] = [10, 6] = [10, 6]", "gives 5 where entry 2 is 6"),
        ("[[1, 2]] + [[3, 4]] = [[4, 7]]", "gives 6 where row 1, column 2 is 7"),
        ("[1/3, 2/3] = [0.333, 0.667]", ""),
        ("[1/3, 2/3] = [0.334, 0.667]", "where entry 1 is 0.334"),
    ],
)
def test_the_first_false_entry(text: str, note: str, say: Any) -> None:
    """Of the working is named; a rounding is none."""
    notes = VIEW.read(say(text)).notes
    assert bool(notes) == bool(note)
    assert note in "".join(notes)


@given(
    rows=st.lists(st.lists(st.integers(-99, 99), min_size=3, max_size=3), min_size=2, max_size=4),
    form=st.sampled_from(["numpy", "matlab", "lines", "tabs", "bars", "latex", "array", "commas"]),
)
def test_every_notation_gives_the_same_array(rows: list[list[int]], form: str, say: Any) -> None:
    """Printed, typed, drawn."""
    array = np.array(rows)
    cells = [[str(cell) for cell in row] for row in rows]
    text = {
        "numpy": str(array),
        "matlab": "[" + "; ".join(" ".join(row) for row in cells) + "]",
        "lines": "\n".join("  ".join(row) for row in cells),
        "tabs": "\n".join("\t".join(row) for row in cells),
        "bars": "\n".join(f"| {' | '.join(row)} |" for row in cells),
        "latex": r"\begin{bmatrix}" + r" \\ ".join(" & ".join(row) for row in cells) + r"\end{bmatrix}",
        "array": repr(array),
        "commas": str(rows),
    }[form]
    reading = VIEW.read(say(text))
    if reading.value is None:
        assert form == "matlab", text
        assert reading.code in {"spaced-cells", "syntax"}  # no two cells show that space sets them apart
        return
    assert np.array_equal(reading.value.array, array)
