"""What a student's names mean among the problem's symbols."""

from __future__ import annotations

import pytest

from grader.answers.formulas.symbols import Domain, Symbols, names_in
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread
from grader.answers.writing.render import render_tree

SIZES = Symbols({"W": Domain(8, 64), "K": Domain(1, 7), "P": Domain(0, 3)}, {"F": "K", "pad": "P"})


def bound(text: str, symbols: Symbols = SIZES) -> str:
    """`text` with the problem's own names."""
    return render_tree(symbols.bind(parse(text, symbols.names)))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("W - K", "W - K"),
        ("W - k", "W - K"),
        ("w - k", "W - K"),
        ("W_{in} - k", "W - K"),
        ("W_in - K", "W - K"),
        ("W₁ - K", "W - K"),
        ("W - F", "W - K"),
        ("W + 2pad", "W + 2*P"),
        ("W - K_h", "W - K"),
    ],
)
def test_names_that_differ_a_little(text: str, meaning: str) -> None:
    """In case, by a subscript, or as the problem's aliases."""
    assert bound(text) == meaning


@pytest.mark.parametrize("text", ["C_in", "C_{in}", r"C_{\text{in}}", "2C_in"])
def test_a_known_subscript_is_one_word(text: str) -> None:
    """Although the problem has a symbol for each of its letters."""
    symbols = Symbols({name: Domain(1, 5) for name in ("C_in", "I", "n")})
    assert bound(text, symbols).removeprefix("2*") == "C_in"


@pytest.mark.parametrize("text", ["sum_{k_1=0..3} k_1*W_in", r"\sum_{k_1=0}^{3} k_1 W_{in}"])
def test_names_within_a_sum(text: str) -> None:
    """Indices may have subscripts, and subscripts of other names are no names of their own."""
    assert bound(text, Symbols({"W_in": Domain(1, 5)})) == "sum_{k_1=0..3} k_1*W_in"


def test_an_exact_name_beats_a_similar_one() -> None:
    """Where both k and K are symbols, each is itself."""
    both = Symbols({"K": Domain(1, 7), "k": Domain(1, 7)})
    assert bound("K - k", both) == "K - k"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("W_1 - W_2", "ambiguous-name"),
        ("W - w", "ambiguous-name"),
        ("N - K", "unknown-name"),
        ("H' + 1", "unknown-name"),
        (r"\sigma", "unknown-name"),
    ],
)
def test_a_renaming_that_is_not_certain_is_unread(text: str, code: str) -> None:
    """Two names for one symbol, or a name for none: a person decides."""
    with pytest.raises(Unread) as refused:
        bound(text)
    assert refused.value.code == code


def test_a_subscript_that_fits_two_symbols() -> None:
    """`k` could be either."""
    with pytest.raises(Unread):
        bound("k + 1", Symbols({"k_1": Domain(0, 5), "k_2": Domain(0, 5)}))


def test_names_of_a_tree() -> None:
    """Each once."""
    assert names_in(parse("W*(W - K)", SIZES.names)) == {"W", "K"}


@pytest.mark.parametrize("text", [r"\hat{W}", r"\bar{W} - K", r"\overline{W}", r"\tilde{W}", "W_hat"])
def test_an_accent_makes_another_quantity(text: str) -> None:
    """A mean or an estimate of W is not W, unlike `W_{in}`."""
    with pytest.raises(Unread) as caught:
        bound(text)
    assert caught.value.code == "unknown-name"
