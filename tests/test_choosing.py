"""Which claim counts, and when a person should look: whole paragraphs, marked as a number of 280."""

from __future__ import annotations

import json

import pytest

from grader.experiment import row_of, tried


def verdict(text: str, expect: int = 280) -> str:
    """The verdict on a paragraph that answers `expect`."""
    line = json.dumps({"as": "number", "expect": expect, "text": text})
    return str(tried(row_of(line, "rows", 1), "rows", 1).verdict)


@pytest.mark.parametrize(
    "text",
    [
        "First 270. No, it is 280.",
        "$3*3*3*10 = 270$, then $270 + 10 = 280$",
        "The answer is **280**, since there are 270 weights.",
        "280 (270 weights and 10 biases)",
        "270 weights + 10 biases",
        "It is 280 (not 270).",
        "It is not 270 but 280.",
        "We get 280 because there are 10 biases.",
        "$l_1 = 100$\n\n$l_2 = 100 + 80 = 180$\n\n$l_3 = 180 + 100 = 280$",
        "- [ ] 270\n- [x] 280\n- [ ] 290",
        "**Counting the weights of the 3 layers**\n\nThere are 280.",
        "There are 3*3*3*10 = 270 weights and 10 biases, 280 in all.",
        "27 * 10 = 270, with biases 280",
        "27 * 10 = 270 weights and 10 biases, together 280.",
        "$N_W = 27*10 = 270$, $N_b = 10$, $N = N_W + N_b = 280$",
    ],
)
def test_the_one_that_is_meant(text: str) -> None:
    """The correction, the result, the one that is marked; not the reason, nor what is denied."""
    assert verdict(text) == "correct"


@pytest.mark.parametrize(
    "text",
    [
        "from 270 towards 280",
        "The number of values is 280. The number of weights is 270.",
        "It is not 270.",
        "Weights: 270\nBiases: 10",
        "less than 280",
        "I don't know, maybe 280?",
        "at least 280 parameters",
        "We take N x Dp x Dp (per convolution) = so many that 270 is close to it",
        "the layer has 3 filters, so the answer is $3 \\oint 4$",
        "2100 *(3*3*3+1)*10*",
        r"\boxed{270} weights and \boxed{280} parameters",
        r"$$270 \quad \text{and} \quad 280$$",
        "The same with 270.",
        "27 * 10 + 10 = 280, with biases 290",
        "27 * 10 = 270, with biases 10",
        "It has 270 instead of 300 weights.",
        "$k = 280$. The check gives $n = 2 k + 1 = 561$.",
    ],
)
def test_where_it_is_not_said(text: str) -> None:
    """Values of equal standing, a denial alone, a piece of something larger, a mention among words."""
    assert verdict(text) == "review"


@pytest.mark.parametrize("text", ["It is 270.", "280, no, 270", "270", "The answer is **270**."])
def test_a_wrong_one_is_wrong(text: str) -> None:
    """Where it is said what the answer is."""
    assert verdict(text) == "incorrect"
