"""Hostile texts of every sort, made by chance and by a grammar: a coded answer, at once, within bounded memory.

`test_unread.py` holds the known attacks one by one; here they are nested, glued together and cut off.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answers.claims import Claim
from grader.answers.formulas.symbols import Domain, Symbols
from grader.answers.views.formula import FormulaView
from grader.answers.views.limits import LimitsView
from grader.answers.views.number import NumberView
from grader.answers.views.places import PlacesView
from grader.answers.views.shape import ShapeView
from grader.answers.views.shape_formula import ShapeFormulaView
from grader.answers.views.tensor import TensorView
from grader.model import Where

LOOPS = 100
"""What one reading and all that is done with its value may cost, in plain loops: the worst takes 15, some 0.1 s."""
MEGABYTES = 64

SYMBOLS = Symbols({"W": Domain(8, 64), "K": Domain(1, 7)})
VIEWS: list[Any] = [
    NumberView(),
    NumberView(square=True),
    ShapeView(layout="height x width x channels"),
    TensorView(),
    FormulaView(SYMBOLS),
    ShapeFormulaView(SYMBOLS),
    PlacesView(2),
    LimitsView(("k_1", "k_2"), -2, 5),
]

ATTACKS = [
    "9^{9^{9^{9}}}", "((9!)!)!", "1E999999999", "1e-999999999", "10^{100^{100}}", "0^{-1}", "1/(3-3)", "2^{0.5^{0.5}}",
    "(" * 10_000, ")" * 10_000, "[" * 10_000, "{" * 10_000, "[" * 5_000 + "1" + "]" * 5_000, "(" * 59 + "1" + ")" * 59,
    "9" * 1_000_000, "1," * 500_000, "1 " * 500_000, "1\n" * 500_000, "x" * 1_000_000, "=" * 1_000_000, " " * 1_000_000,
    "-" * 3_999, "+1" * 1_999, "1=" * 1_999, "1x" * 1_999, "|" * 3_999, "^2" * 1_999, "_{" * 1_999, "'" * 3_999,
    "\\frac{" * 600, "\\frac{1}{" * 400 + "1" + "}" * 400, "\\sqrt{" * 600, "\\frac1" * 600, "\\frac 1 2" * 400,
    "\\begin{matrix}" * 280, "\\begin{bmatrix}1&" * 200, "\\begin{cases}" * 300,
    "\\begin{cases} 1 & x > 0 \\\\ " * 100,
    "\\begin{aligned} a, b \\\\ " * 60 + "\\end{aligned}" * 60, "\\left\\{" * 500, "\\text{" * 600, "\\boxed{" * 500,
    r"\sum_{i=1}^{1000000000} i", r"\sum_{i=1}^{4096} \frac{i^3 + i^2}{i + 1}", r"\sum_{i=1}^{60} \sum_{j=1}^{60} ij",
    r"\sum_{i=1}^{99} (\sum_{j=1}^{99} (\sum_{k=1}^{99} (i j k)))", r"\prod_{i=1}^{4000} 2^i", r"\prod_{i=1}^{900} 2",
    " = ".join([r"\sum_{i=1}^{900} i W"] * 80),
    " = ".join([r"\sum_{i=1}^{900} i"] * 90), "[" + ", ".join([r"\sum_{i=1}^{900} i"] * 90) + "]",
    r"\sum_{i=1}^{W^2} \sum_{j=1}^{W^2} (i j)", r"\sum_{i=1}^{W^{9}} i", r"\sum_{i=W}^{-W} i",
    r"\sum_{i \in \{1, 2\}} i" * 40,
    r"\sum_{a} " * 300, "max_" * 600, "sum(" * 500, "sum(i for i in range(10**9))", "sum(1 for i in range(4000))",
    "a if " * 600, "1 if x > 0 else " * 150, "0 <= " * 500, "k_1 < " * 500, "k_1 from " * 300, "row 1 column " * 200,
    "if x > 0 and " * 200, "(1 > 0 or " * 300, "1[" * 500, "\\partial" * 400, "d/d" * 800, "dL/dW" * 500,
    "1/2x" * 400, "1/2" * 900, "2%3" * 900, "50%" * 900, "\\log_" * 500, "log2(" * 500, "√" * 3_999, "floor " * 600,
    "1\x002", "\x00" * 3_999, "\u202e1+1\u202c", "\u202e" * 3_999, "\u2066(1\u2069", "1\u200b" * 1_999,
    "\u200b" * 1_000_000, "\ufeff" * 3_999, "\u20622" * 1_999, "\ud800", "٣", "²" * 3_999, "₁" * 3_999, "½" * 999,
    "__import__('os').system('x')", "${jndi:ldap://x}", "<script>", "{{7*7}}", "%s%s%n", "'; DROP TABLE", "../../x",
    "array(" * 600, "np." * 900, "torch.Size(" * 300, "R^{" * 900, "\\mathbb{" * 500, "ℝ" * 3_999, "1@" * 1_999,
    "[1 2\n" * 800, "[[1 2] [" * 500, "⎡1 2⎤\n" * 600, "|1|2|\n" * 600, "row 1: 1\n" * 400, "[1, 2] + " * 400,
    "-[" * 1_900, "[1, 2]^T" * 400, "Y_{11} = 1, " * 300, "1;2;" * 900, "28 x 28 with 10 channels, " * 100,
    "10 maps of 28x28 " * 200, "H = 28, " * 400, "H = W = " * 400, "1,234," * 600, "1.234." * 600, "1 234 " * 600,
    "one hundred and " * 200, "two " * 900, "3K" + " " * 3_900 + "x", "1" + " px" * 1_200, "1" + "\\text{ px}" * 380,
]  # fmt: skip


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
def test_attacks_cost_nothing(view: Any, say: Any, within: Any) -> None:
    """No exception, a value or a reason, and soon."""
    for text in ATTACKS:
        within(LOOPS, partial(_use, view, text, say))


def test_attacks_take_little_memory(say: Any) -> None:
    """Whatever is tried, what Python allots for it stays within bounds."""
    tracemalloc.start()
    try:
        for view in VIEWS:
            for text in ATTACKS[::9]:
                _use(view, text, say)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MEGABYTES * 2**20


LEAVES = [
    *"0 1 -2 3.5 1,000 10 9^{99} W K k_1 i x π e \\pi ... ? € ² & ' ! ⌊ 1E99 28x28 (1,2) [3,4]".split(),
    "\x00", "\u202e", "\u200b", "\\\\",
]  # fmt: skip
SIGNS = [
    "+", "-", "*", "/", "^", "=", "<", " x ", "×", ",", ";", " ", "", "_", "//", "%", "->", "|", "\n", " or ", " in ",
]  # fmt: skip
FORMS: list[Callable[[str, str], str]] = [
    lambda one, other: rf"\frac{{{one}}}{{{other}}}",
    lambda one, other: rf"\sum_{{i={one}}}^{{{other}}} i",
    lambda one, other: rf"\begin{{cases}} {one} & {other} \\ {other} & \text{{otherwise}} \end{{cases}}",
    lambda one, other: rf"\begin{{bmatrix}} {one} & {other} \\ {other} & {one} \end{{bmatrix}}",
    lambda one, other: f"[[{one}, {other}], [{other}, {one}]]",
]
WRAPPINGS: list[Callable[[str], str]] = [
    lambda text: f"({text})!",
    lambda text: rf"\sqrt[{text}]{{{text}}}",
    lambda text: rf"\mathbb{{R}}^{{{text}}}",
    lambda text: f"max({text}, {text})",
    lambda text: f"{text} if {text} else {text}",
    lambda text: rf"\boxed{{{text}}} \text{{ px}}",
    lambda text: text[: len(text) // 2],
    lambda text: text * 3,
]


def _in(text: str, wrappings: list[Callable[[str], str]]) -> str:
    for wrapping in wrappings:
        text = wrapping(text)
    return text


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    # Two strategies for thirteen forms: hypothesis multiplies out alternatives that are mapped, level by level.
    return st.one_of(
        st.tuples(inner, st.sampled_from(SIGNS), inner).map("".join),
        st.tuples(st.sampled_from("([{|⌊⌈"), inner, st.sampled_from([*")]}|⌋⌉", ""])).map("".join),
        st.tuples(st.sampled_from(FORMS), inner, inner).map(lambda drawn: drawn[0](*drawn[1:])),
        st.tuples(inner, st.lists(st.sampled_from(WRAPPINGS), min_size=1, max_size=3)).map(lambda drawn: _in(*drawn)),
    )


@given(text=st.recursive(st.sampled_from(LEAVES), _wrapped, max_leaves=25))
@settings(deadline=None, max_examples=500)
def test_nested_and_cut_off(text: str, say: Any, within: Any) -> None:
    """A grammar of everything that is read, and of much that is not."""
    for view in VIEWS:
        within(LOOPS, partial(_use, view, text, say))


@given(text=st.text(max_size=80))
@settings(deadline=None, max_examples=100)
def test_any_text(text: str, say: Any) -> None:
    """Any character of Unicode in any order."""
    for view in VIEWS:
        _use(view, text, say)


def _use(view: Any, text: str, say: Any) -> None:
    """Reads `text`, and does what a grade does with its value."""
    claim: Claim = say(text)
    assert claim.where == Where("answer.md", 1)
    reading = view.read(claim)
    assert (reading.value is None) == bool(reading.code) == bool(reading.reason)
    if reading.value is not None:
        view.likely(reading.value, reading.value)
        assert view.compare(reading.value, reading.value).reason is not None
        assert view.render(reading.value)
