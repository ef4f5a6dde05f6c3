"""Which of the things that are said at one place answers which part."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from grader.model import Finding

Grade = Callable[[str, str], Mapping[str, Finding]]

SHAPE = "1a: kind: shape, given: {shape: [4, 4]}"
COUNT = "1a: kind: number, given: {value: 280}"
BOTH = """
    1a.shape: kind: shape, given: {shape: [4, 4]}
    1a.count: kind: number, given: {value: 280}
"""
SIZES = """
    1a.w_out: kind: formula, names: [W_out], given: {formula: W - K + 1, symbols: {W: [8, 20], H: [8, 20], K: [1, 5]}}
    1a.h_out: kind: formula, names: [H_out], given: {formula: H - K + 1, symbols: {W: [8, 20], H: [8, 20], K: [1, 5]}}
"""


def verdicts(findings: Mapping[str, Finding]) -> dict[str, str]:
    """Part and verdict."""
    return {part: finding.verdict.value for part, finding in findings.items()}


@pytest.mark.parametrize(
    "text",
    [
        "1a) 4x4",
        "1a) The output is 4 x 4.",
        "1a) $4 \\times 4$",
        "1a) With a 2x2 kernel on a 5x5 image the output is 4x4.",
        "1a) The output is 4x4, since the image is 5x5 and the kernel is 2x2.",
        "1a)\n\n$$H' = W' = (5 - 2)/1 + 1 = 4$$\n\nso the output is $[4, 4]$",
        "1a) shape: (4, 4)",
        "1a)\n\n**Answer:** 4×4",
        "1a) What is the output for a 5x5 image and a 2x2 kernel?\n\n4x4",
    ],
)
def test_the_shape_that_is_stated_is_the_answer(grade: Grade, text: str) -> None:
    """Shapes that are only mentioned, and the working, are left aside."""
    assert verdicts(grade(SHAPE, text)) == {"1a": "correct"}


@pytest.mark.parametrize(
    "text",
    [
        "1a) 280",
        "1a) 280 parameters",
        "1a) 3*3*3*10 + 10 = 280",
        "1a) There are $3 \\cdot 3 \\cdot 3$ weights a filter and 10 filters, so $27 \\cdot 10 + 10 = 280$.",
        "1a) The layer has 280 trainable parameters.",
        "1a)\n\n$$3 \\times 3 \\times 3 \\times 10 = 270$$\n\n$$270 + 10 = 280$$",
    ],
)
def test_the_last_number_that_is_stated_is_the_answer(grade: Grade, text: str) -> None:
    """Numbers on the way to it are working."""
    assert verdicts(grade(COUNT, text)) == {"1a": "correct"}


def test_the_kind_decides_what_is_taken(grade: Grade) -> None:
    """One sentence that holds a shape and a count answers both parts."""
    assert verdicts(grade(BOTH, "1a) The output is 4x4 and there are 280 parameters.")) == {
        "1a.shape": "correct",
        "1a.count": "correct",
    }


def test_symbols_on_the_left_tell_formulas_apart(grade: Grade) -> None:
    """`W_out = ...` and `H_out = ...` in any order."""
    text = "1a)\n\n$$H_{out} = H - K + 1$$\n\n$$W_{out} = W - K + 1$$\n"
    assert set(verdicts(grade(SIZES, text)).values()) == {"correct"}


def test_formulas_that_cannot_be_told_apart_are_for_a_person(grade: Grade) -> None:
    """Two formulas without names for two parts: neither is guessed."""
    assert set(verdicts(grade(SIZES, "1a)\n\n$$H - K + 1$$\n\n$$W - K + 1$$\n")).values()) == {"review"}


def test_a_correction_further_down_counts(grade: Grade) -> None:
    """The last of two statements is the answer, right or wrong."""
    assert verdicts(grade(COUNT, "1a) 270\n\nNo, with the bias it is 280.")) == {"1a": "correct"}
    assert verdicts(grade(COUNT, "1a) 280\n\nNo, it is 270.")) == {"1a": "incorrect"}


@pytest.mark.parametrize(
    "text", ["1a)", "1a) TODO", "1a) ?", "1a) your answer here", "1a) ...", "nothing at all", "1a) $a \\times b$"]
)
def test_nothing_there_is_missing(grade: Grade, text: str) -> None:
    """A blank, a template's placeholder and a question mark are no answer."""
    assert grade(SHAPE, text)["1a"].verdict in {"missing", "review"}
    if text.startswith("1a"):
        assert grade(SHAPE, text)["1a"].verdict == "missing"


@pytest.mark.parametrize("text", ["1a) it gets smaller", "1a) $4 \\oint 4$", "1a) ![my answer](scan.png)"])
def test_something_that_cannot_be_read_is_for_a_person(grade: Grade, text: str) -> None:
    """Words, strange notation and pictures cost nothing and are shown to a person, with the reason."""
    finding = grade(SHAPE, text)["1a"]
    assert finding.verdict == "review"
    assert finding.reason


def test_a_wrong_answer_without_its_number_is_for_a_person(grade: Grade) -> None:
    """A text that was never labelled counts where it is right; else it may answer something else."""
    assert verdicts(grade(SHAPE, "The output has shape 4x4.")) == {"1a": "correct"}
    assert verdicts(grade(SHAPE, "The output has shape 3x3.")) == {"1a": "review"}


def test_values_of_equal_standing_that_differ_are_for_a_person(grade: Grade) -> None:
    """A 3x3 and a 4x4 that are both only mentioned: which is meant is not guessed."""
    assert verdicts(grade(SHAPE, "1a) from 5x5 by way of 3x3 towards 4x4")) == {"1a": "review"}


def test_a_table_of_layers_is_read_by_row_and_column(grade: Grade) -> None:
    """Rows by the layer's name, columns by their headings; the shape is taken, the working beside it left."""
    layers = (
        "{name: conv1, title: Conv3-4, conv: {out_channels: 4, kernel_size: 3}}, "
        "{name: pool1, title: Pool-2, pool: {window: 2}}"
    )
    sheet = f"1: kind: layer-table, given: {{input: [8, 8, 1], layout: HWC, layers: [{layers}]}}"
    text = """
        1.

        | Layer   | Output size                | Parameters        |
        |---------|----------------------------|-------------------|
        | Input   | 8x8x1                      | 0                 |
        | Conv3-4 | $6 \\times 6 \\times 4$ (8 - 3 + 1 = 6) | 3*3*1*4 + 4 = 40 |
        | Pool-2  | 3x3x8                      | 0                 |
    """
    findings = grade(sheet, text)
    wrong = {part: finding.verdict.value for part, finding in findings.items() if finding.verdict != "correct"}
    assert wrong == {"1.pool1.shape": "incorrect"}
    read = findings["1.pool1.shape"].read
    assert read is not None
    assert read.where.line == 8


CHANNELS = """
    1a.in: kind: number, names: [input channel], given: {value: 10}
    1a.out: kind: number, names: [output channel], given: {value: 20}
"""


@pytest.mark.parametrize(
    "text",
    [
        "1a) input channels: 10, output channels: 20",
        "1a) 10 input channels, 20 output channels",
        "1a) There are 10 input channels and 20 output channels.",
        "1a) The input channels are 10 and the output channels are 20.",
    ],
)
def test_a_name_stands_before_its_value_or_right_behind_it(grade: Grade, text: str) -> None:
    """`weights: 90` and `90 weights` are one answer."""
    assert verdicts(grade(CHANNELS, text)) == {"1a.in": "correct", "1a.out": "correct"}


def test_what_a_number_counts_does_not_outrank_the_result(grade: Grade) -> None:
    """The count of each entry is working, the product behind it is the answer."""
    text = (
        "1a) Each entry takes $3 \\cdot 3 = 9$ parameters and there are $4 \\cdot 7 = 28$ of them: $28 \\cdot 10 = 280$"
    )
    assert verdicts(grade(COUNT, text)) == {"1a": "correct"}


def test_a_remark_in_brackets_is_not_multiplied_in(grade: Grade) -> None:
    """`280 (10 filters of 28)` is 280."""
    assert verdicts(grade(COUNT, "1a) so it has 280 (10 filters of 28) parameters")) == {"1a": "correct"}


def test_a_matrix_may_be_typed_as_lines_of_numbers(grade: Grade) -> None:
    """Numbers in rows, with spaces between them, in a text without any table."""
    sheet = "1a: kind: tensor, given: {value: [[1, 2], [3, 4]]}"
    assert verdicts(grade(sheet, "1a)\n\n1 2\n3 4\n")) == {"1a": "correct"}


def test_a_list_over_several_sentences_is_one_set(grade: Grade) -> None:
    """Names are gathered from all that stands at the place; the article "a" is none of them."""
    sheet = "1a: kind: members, given: {members: [k_1, k_2, a, b], others: [x]}"
    assert verdicts(grade(sheet, "1a) A filter with k_1 and k_2. The biases are a and b.")) == {"1a": "correct"}
    assert grade(sheet, "1a) A filter with a kernel k_1.")["1a"].credit == pytest.approx(0.25)


def test_limits_may_be_given_as_sets_or_inequalities(grade: Grade) -> None:
    """Both hold for the same integers."""
    sheet = "1a: kind: index-limits, given: {names: [k_1, k_2], sizes: [2, 2], origin: 0}"
    for text in (
        "$0 \\le k_1 \\le 1$ and $0 \\le k_2 \\le 1$",
        "$k_1 \\in \\{0, 1\\}$, $k_2 \\in \\{0, 1\\}$",
        "0 <= k_1, k_2 <= 1",
    ):
        assert verdicts(grade(sheet, f"1a) {text}")) == {"1a": "correct"}, text
    assert verdicts(grade(sheet, "1a) $0 \\le k_1 + k_2 \\le 2$")) == {"1a": "incorrect"}


@pytest.mark.parametrize("text", ["F x A x A, where A = W - 2", "The output is (F, A, A) with A = W - 2."])
def test_a_shape_of_names_that_are_defined_beside_it(grade: Grade, text: str) -> None:
    """They stand for what they are said to be."""
    sheet = """
        1a: kind: shape-formula, given: {extents: [F, W - 2, W - 2], symbols: {F: [1, 9], W: [8, 20]}}
    """
    assert verdicts(grade(sheet, f"1a) {text}")) == {"1a": "correct"}


GRADIENTS = """
    3a: kind: indexed, given: {formula: "dW[h] = sum_{i} dY[i] * X[i+h-1]"}
    3b: kind: indexed, given: {formula: "dX[i] = dY[i] / 4"}
"""


def test_a_name_that_is_plainly_defined_holds_in_the_parts_behind_it(grade: Grade) -> None:
    """`Let g = dY` in (a) counts in (b), unless (b) says something else; a plain equation does not."""
    first = "3a) {} Then $dW_h = \\sum_i g_i X_{{i+h-1}}$\n\n3b) {} $dX_i = g_i / 4$"
    assert verdicts(grade(GRADIENTS, first.format("Let $g_i = dY_i$.", ""))) == {"3a": "correct", "3b": "correct"}
    anew = first.format("Let $g_i = dY_i$.", "Let $g_i = 2 dY_i$. Then")
    assert verdicts(grade(GRADIENTS, anew)) == {"3a": "correct", "3b": "incorrect"}
    assert verdicts(grade(GRADIENTS, first.format("", "")))["3b"] == "review"


POOLINGS = """
    5c.max: kind: formula, names: [max-pooling], given: {formula: 2*a, symbols: {a: real}}
    5c.avg: kind: formula, names: [average-pooling], given: {formula: a/4, symbols: {a: real}}
"""


@pytest.mark.parametrize("text", ["Max: $2a$\n\nAverage: $a/4$", "- **Max:** $2a$\n- **Average:** $a/4$"])
def test_one_word_of_a_name_before_a_colon_is_a_label(grade: Grade, text: str) -> None:
    """Where one part alone has a name that begins with it."""
    assert verdicts(grade(POOLINGS, f"5c)\n\n{text}")) == {"5c.max": "correct", "5c.avg": "correct"}
    swapped = text.replace("Max", "X").replace("Average", "Max").replace("X", "Average")
    assert verdicts(grade(POOLINGS, f"5c)\n\n{swapped}")) == {"5c.max": "incorrect", "5c.avg": "incorrect"}


def test_a_word_that_begins_several_names_labels_nothing(grade: Grade) -> None:
    """`Pooling:` may be either."""
    parts = POOLINGS.replace("max-pooling", "pooling by max").replace("average-pooling", "pooling by mean")
    assert verdicts(grade(parts, "5c) Pooling: $2a$")) == {"5c.max": "review", "5c.avg": "review"}


SHAPE_AND_VALUES = """
    1a.shape: kind: shape, names: [dW], given: {shape: [3, 5]}
    1a.values: kind: indexed, names: [dW], given: {formula: "dW[h,l] = sum_i dY[i,h] * X[i,l]"}
"""


def test_what_one_part_of_a_name_reads_is_not_missed_by_the_other(grade: Grade) -> None:
    """A wrong shape stays wrong where the formula of the values stands behind it."""
    text = "1a) dW has the shape 5 x 3.\n\n$dW[h,l] = \\sum_i dY[i,h] X[i,l]$"
    assert verdicts(grade(SHAPE_AND_VALUES, text)) == {"1a.shape": "incorrect", "1a.values": "correct"}


VECTOR = "1a: kind: tensor, given: {value: [2, -1, 3]}"


def test_an_array_of_another_length_that_is_only_mentioned(grade: Grade) -> None:
    """Is no answer, but what the question gives; one that is stated is."""
    assert verdicts(grade(VECTOR, "1a) Sliding it over [1, 4, 0, -2, 3], and so on.")) == {"1a": "review"}
    assert verdicts(grade(VECTOR, "1a) The filter is [1, 4, 0, -2, 3].")) == {"1a": "incorrect"}
    text = "1a) Sliding it over $[1, 4, 0, -2, 3]$ gives three equations, so $w_1 = 2$, $w_2 = -1$, $w_3 = 3$."
    assert verdicts(grade(VECTOR, text)) == {"1a": "correct"}


def test_a_constant_under_the_parts_own_name_is_its_answer(grade: Grade) -> None:
    """Wrong where a formula was asked for, whatever stands around it."""
    text = "1a) $W_{out} = W - K + 1$, the height is found in the very same way, $H_{out} = 1$"
    assert verdicts(grade(SIZES, text)) == {"1a.w_out": "correct", "1a.h_out": "incorrect"}


ARRAY_AND_SHAPE = """
    1a.shape: kind: shape, names: [output size], given: {shape: [2, 2]}
    1a.output: kind: tensor, names: [output], given: {value: [[1, 2], [3, 4]]}
"""
KERNEL = """
    1a.kernel: kind: kernel-size, given: {input: 205, output: 66, stride: 3}
    1a.size: kind: shape, given: {shape: [10, 10, 5]}
"""


def test_what_stands_behind_a_name_of_another_sort(grade: Grade) -> None:
    """A shape behind the array's name is the shape that is asked for; the array is the array."""
    found = grade(ARRAY_AND_SHAPE, "1a) The output is 2x2:\n\n$$\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$$")
    assert verdicts(found) == {"1a.shape": "correct", "1a.output": "correct"}
    found = grade(ARRAY_AND_SHAPE, "1a) The output is 3x3:\n\n$$\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$$")
    assert verdicts(found) == {"1a.shape": "incorrect", "1a.output": "correct"}
    found = grade(
        ARRAY_AND_SHAPE, "1a) The output of the 3x3 filter is\n\n$$\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$$"
    )
    assert verdicts(found)["1a.shape"] != "incorrect"


@pytest.mark.parametrize(("size", "verdict"), [("10x10x5", "correct"), ("10x10x4", "incorrect")])
def test_a_kernel_with_its_channels(grade: Grade, size: str, verdict: str) -> None:
    """Its size as a number is stated before, and the shape is not taken for that."""
    found = grade(KERNEL, f"1a) $205 = 65*3 + k$, so $k = 10$. Each kernel is ${size}$.")
    assert verdicts(found) == {"1a.kernel": "correct", "1a.size": verdict}


@pytest.mark.parametrize(
    "text",
    [
        "1a) height (9-2)/2 + 0.5 = 4, width 5-2+1 = 4",
        "1a) rows 5-2+1 = 4, columns 5-2+1 = 4",
        "1a) $(5-2+1)^2 = 16$ pixels, arranged as 4x4.",
    ],
)
def test_a_shape_by_its_axes(grade: Grade, text: str) -> None:
    """Each with its working; how many entries it has is not what was asked."""
    assert verdicts(grade(SHAPE, text)) == {"1a": "correct"}


@pytest.mark.parametrize(
    "text", ["1a) Only the height is clear to me, it is 5-2+1 = 4", "1a) $5-2+1 = 4$ as we saw in the lecture"]
)
def test_one_axis_of_a_shape_is_for_a_person(grade: Grade, text: str) -> None:
    """Nothing says what the other one is."""
    assert verdicts(grade(SHAPE, text)) == {"1a": "review"}


LARGEST = """
    1a.value: kind: output-entry, names: [maximum], given: {input: [[1, 2], [5, 3]], weight: [[1]], which: max}
    1a.location: kind: entry-location, given: {input: [[1, 2], [5, 3]], weight: [[1]], value: max}
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The maximum is Z[1,0] = 5.", ["correct", "correct"]),
        ("The maximum is Z[0,1] = 5.", ["correct", "incorrect"]),
        ("The maximum is Z[0,1] = 2. Correction: that is not the maximum, it is Z[1,0] = 5.", ["correct", "correct"]),
        ("5, at i = 1, j = 0", ["correct", "correct"]),
        ("5, at row 1, column 0", ["correct", "correct"]),
    ],
)
def test_an_entry_says_where_and_what(grade: Grade, text: str, found: list[str]) -> None:
    """Its number answers the one part, its place the other."""
    assert list(verdicts(grade(LARGEST, f"1a) {text}")).values()) == found


TWO_ARRAYS = """
    1a.x: kind: tensor, names: [x_3, x3], given: {value: [0, 1, 0]}
    1a.y: kind: tensor, names: [x_4, x4], given: {value: [1, 0, 0]}
"""


@pytest.mark.parametrize(
    "text",
    [
        "x3: [0, 1, 0], x4: [1, 0, 0]",
        "for $x_3$ we get $(0, 1, 0)$ and for $x_4$ we get $(1, 0, 0)$.",
    ],
)
def test_arrays_behind_their_names(grade: Grade, text: str) -> None:
    """Each is for the name that is nearest before it."""
    assert verdicts(grade(TWO_ARRAYS, f"1a) {text}")) == {"1a.x": "correct", "1a.y": "correct"}
