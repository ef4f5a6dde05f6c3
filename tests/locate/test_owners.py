"""Under whose name a statement stands, where several parts share one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from grader.model import Finding

Grade = Callable[[str, str], Mapping[str, Finding]]

REALS = "symbols: {s: real, t: real, g_1: real, g_2: real}"
GRADIENTS = f"""
    1a.by_u: kind: formula, names: [dL/du], given: {{formula: s - t, {REALS}}}
    1a.by_w1: kind: formula, names: [dL/dw_1], given: {{formula: (s - t)*g_1, {REALS}}}
    1a.by_w2: kind: formula, names: [dL/dw_2], given: {{formula: (s - t)*g_2, {REALS}}}
"""
VECTORS = """
    1a.of_x3: kind: tensor, names: [x_3, x3], given: {value: [0, 0.5, 0]}
    1a.of_x4: kind: tensor, names: [x_4, x4], given: {value: [0.5, 0, 0]}
"""
SHAPES = """
    1a.of_z: kind: shape, names: [Z], given: {shape: [4, 4, 2]}
    1a.of_u: kind: shape, names: [U], given: {shape: [2, 2, 2]}
"""
COUNTS = """
    1a.weights: kind: number, names: [weight], given: {value: 90}
    1a.biases: kind: number, names: [bias], given: {value: 10}
"""


def verdicts(findings: Mapping[str, Finding]) -> list[str]:
    """In the order of the parts."""
    return [finding.verdict.value for finding in findings.values()]


@pytest.mark.parametrize(
    "text",
    [
        "dL/du = s - t, dL/dw_1 = (s - t) g_1, dL/dw_2 = (s - t) g_2",
        "dL/du = -(t - s); dL/dw1 = -(t - s) g_1; dL/dw2 = -(t - s) g_2",
        "We get dL/du = s - t. So dL/dw1 = g_1 (s - t) and dL/dw2 = g_2 (s - t).",
        "dL/du = -(t-s), dL/dw_1 = -(t-s)*g_1, dL/dw_2 = (s-t)*g_2",
        "$\\nabla_u L = s - t$, $\\nabla_{w_1} L = (s - t) g_1$, $\\nabla_{w_2} L = (s - t) g_2$",
        "$$\\partial_u L = s - t, \\qquad \\partial_{w_1} L = (s - t) g_1, \\qquad \\partial_{w_2} L = (s - t) g_2$$",
    ],
)
def test_each_left_side_names_its_part(grade: Grade, text: str) -> None:
    """Several in one line, in more than one spelling."""
    assert verdicts(grade(GRADIENTS, f"1a) {text}\n")) == ["correct"] * 3


def test_a_wrong_one_among_them_is_wrong(grade: Grade) -> None:
    """It does not hide behind the others."""
    text = "1a) dL/du = -(t - s); dL/dw1 = -(t - s) g_1; dL/dw2 = -(t - s) g_1"
    assert verdicts(grade(GRADIENTS, text)) == ["correct", "correct", "incorrect"]


def test_the_rest_of_an_open_bracket_is_no_answer(grade: Grade) -> None:
    """`t` behind `(s - ` is a piece of what could not be read."""
    one = "1a: kind: formula, given: {formula: 2*s - 2*t, symbols: {s: real, t: real}}"
    assert verdicts(grade(one, "1a) twice (s - what they call $t$)")) == ["review"]


@pytest.mark.parametrize(
    "text",
    [
        "x3: [0, 0.5, 0], x4: [0.5, 0, 0]",
        "for $x_3$ we get $(0, 0.5, 0)$ and for $x_4$ we get $(0.5, 0, 0)$.",
        "x_3 has the features [0, 0.5, 0]. As x_4 is only shifted, x_4 has the features [0.5, 0, 0].",
        "x_3 has the features [0, 0.5, 0] as x_1 had. For x_4 I first took the same, but now I say: [0.5, 0, 0].",
    ],
)
def test_what_a_sentence_names_goes_before_what_another_says(grade: Grade, text: str) -> None:
    """A name with a colon, a name in dollar signs, a name and a verb."""
    assert verdicts(grade(VECTORS, f"1a) {text}")) == ["correct", "correct"]


def test_a_name_within_a_formula_names_nothing_behind_it(grade: Grade) -> None:
    """The U of `Z = 2U` does not own what follows."""
    assert verdicts(grade(SHAPES, "1a) Since $U$ belongs to $Z = U + 1$, it is 4x4x2."))[1] != "correct"


@pytest.mark.parametrize("text", ["Z: (4, 4, 2)\n\nU: (2, 2, 2)", "Z: 4x4x2\nU: 2x2x2", "Z: 4x4x2, U: 2x2x2"])
def test_a_letter_and_a_colon_are_a_name(grade: Grade, text: str) -> None:
    """And no label of a list."""
    assert verdicts(grade(SHAPES, f"1a) What shapes have Z and U?\n\n{text}")) == ["correct", "correct"]


def test_a_total_of_named_counts_belongs_to_neither(grade: Grade) -> None:
    """It takes nothing back of what is said by name."""
    text = "1a) The layer has 90 weights and 10 biases, in total 100 parameters."
    assert verdicts(grade(COUNTS, text)) == ["correct", "correct"]


def test_another_number_beside_a_named_count_is_for_a_person(grade: Grade) -> None:
    """It may take the count back."""
    found = verdicts(grade(COUNTS, "1a) Each filter has 9 weights and 1 bias, so there are 90 and 10."))
    assert not {"correct", "incorrect"} & set(found)


CHAINED = ["correct"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "dL/dr = s - t. dL/du = dL/dr, dL/dw_1 = dL/dr * g_1, dL/dw_2 = dL/dr * g_2",
        (
            "$$\\frac{\\partial L}{\\partial r} = s - t$$\n\n$$\\frac{\\partial L}{\\partial u} = s - t$$\n\n"
            "$$\\frac{\\partial L}{\\partial w_1} = \\frac{\\partial L}{\\partial r} \\cdot g_1$$\n\n"
            "$$\\frac{\\partial L}{\\partial w_2} = \\frac{\\partial L}{\\partial r} \\cdot g_2$$\n"
        ),
    ],
)
def test_a_derivative_that_others_are_built_on_is_put_in(grade: Grade, text: str) -> None:
    """By the chain rule; it answers none of the parts itself."""
    assert verdicts(grade(GRADIENTS, f"1a) {text}")) == CHAINED


def test_a_wrong_derivative_is_put_in_as_it_is(grade: Grade) -> None:
    """And one that is said nowhere is for a person."""
    wrong = "1a) dL/dr = s + t. dL/du = s - t, dL/dw_1 = dL/dr * g_1, dL/dw_2 = dL/dr * g_2"
    assert "correct" not in verdicts(grade(GRADIENTS, wrong))[1:]
    assert verdicts(grade(GRADIENTS, "1a) dL/dw_1 = dL/dr g_1"))[1] == "review"


@pytest.mark.parametrize(
    "text",
    [
        "| parameter | gradient |\n|---|---|\n| u | s - t |\n| w1 | (s - t) g_1 |\n| w2 | (s - t) g_2 |",
        "u: s - t, w_1: (s - t) g_1, w_2: (s - t) g_2",
        "- u: s - t\n- $w_1$: $(s - t) g_1$\n- $w_2$: $(s - t) g_2$",
        "with respect to u: $s - t$\n\nwith respect to $w_1$: $(s - t) g_1$\n\nwith respect to $w_2$: $(s - t) g_2$",
    ],
)
def test_a_parameter_is_the_label_of_its_gradient(grade: Grade, text: str) -> None:
    """Where nothing but gradients is asked for."""
    assert verdicts(grade(GRADIENTS, f"1a)\n\n{text}\n")) == ["correct"] * 3


def test_an_equation_of_the_parameter_is_no_gradient(grade: Grade) -> None:
    """`w_1 = ...` says what w_1 is."""
    assert verdicts(grade(GRADIENTS, "1a) w_1 = (s - t) g_1, w_2 = (s - t) g_2"))[1:] == ["review", "review"]


CHANNELS = """
    1a.inside: kind: number, names: [input channel, in channel], given: {value: 10}
    1a.outside: kind: number, names: [output channel, out channel], given: {value: 20}
"""


@pytest.mark.parametrize(
    "text",
    [
        "10 in, 20 out",
        "There are 10 channels at the input and there are 20 channels at the output.",
        "output: 20, input: 10",
    ],
)
def test_the_word_that_tells_them_apart_is_enough(grade: Grade, text: str) -> None:
    """Behind a value, or before it with a colon."""
    assert verdicts(grade(CHANNELS, f"1a) {text}")) == ["correct", "correct"]


@pytest.mark.parametrize("text", ["20 in total, 10 of them first", "10 and then 20"])
def test_without_it_they_are_for_a_person(grade: Grade, text: str) -> None:
    """`in total` says nothing of what goes in."""
    assert set(verdicts(grade(CHANNELS, f"1a) {text}"))) == {"review"}


def test_a_total_behind_what_is_said_of_one_is_for_a_person(grade: Grade) -> None:
    """A named value, and one that follows upon it."""
    assert verdicts(grade(COUNTS, "1a) weights: 9 per filter, so in all 90; biases: 10")) == ["review", "correct"]
