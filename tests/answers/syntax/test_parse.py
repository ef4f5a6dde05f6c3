"""Trees: how tightly things bind, and what stands side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.formulas.evaluate import exact
from grader.answers.syntax.parse import is_slash_ambiguous, parse
from grader.answers.syntax.tree import Binary, Group, Index, Matrix, Name, Num, Relation, Sequence, Space, Transposed
from grader.answers.syntax.unread import MAX_DEPTH, Unread
from grader.answers.writing.render import render_tree

NAMES = frozenset({"W", "K", "L", "P", "S", "H", "F", "pad", "k_1"})


def written(text: str) -> str:
    """`text` as it was understood, with every sign and bracket that it stands for."""
    return render_tree(parse(text, NAMES))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1 + 2*3", "1 + 2*3"),
        ("(1 + 2)*3", "(1 + 2)*3"),
        ("1 - 2 - 3", "1 - 2 - 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("8/4/2", "8/4/2"),
        ("-2^2", "-2^2"),
        ("(-2)^2", "(-2)^2"),
        ("2**3", "2^3"),
        ("7//2", "7//2"),
        (r"\frac{W - K}{S} + 1", "(W - K)/S + 1"),
        (r"\sqrt{W}", "sqrt(W)"),
        (r"W^{2}", "W^2"),
        ("|W - K|", "abs(W - K)"),
    ],
)
def test_what_binds_tighter(text: str, meaning: str) -> None:
    """Powers, signs, products, sums; equals from left to right."""
    assert written(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("L(K-1)", "L*(K - 1)"),
        ("L (K-1)", "L*(K - 1)"),
        ("2PS", "2*P*S"),
        ("WK", "W*K"),
        ("(W+1)(K+1)", "(W + 1)*(K + 1)"),
        ("2pad", "2*pad"),
        ("FxKxK", "F*K*K"),
        ("F x K x K", "F*K*K"),
        ("3W^2K", "3*W^2*K"),
        (r"2\sqrt{W}K", "2*sqrt(W)*K"),
    ],
)
def test_juxtaposition_is_a_product(text: str, meaning: str) -> None:
    """A name before a bracket is multiplied by it, a run of letters taken apart where the problem knows the pieces."""
    assert written(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "⌊(W-K)/S⌋ + 1",
        r"\lfloor (W-K)/S \rfloor + 1",
        r"\left\lfloor \frac{W-K}{S} \right\rfloor + 1",
        "floor((W-K)/S) + 1",
        r"\operatorname{floor}((W-K)/S) + 1",
        r"\text{floor}((W-K)/S) + 1",
    ],
)
def test_floors_in_all_notations(text: str) -> None:
    """Brackets, words and commands."""
    assert written(text) == "floor((W - K)/S) + 1"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("(W-K)//S + 1", "(W - K)//S + 1"),
        ("int((W-K)/S) + 1", "int((W - K)/S) + 1"),
        ("math.floor((W-K)/S) + 1", "floor((W - K)/S) + 1"),
        ("np.floor((W-K)/S) + 1", "floor((W - K)/S) + 1"),
    ],
)
def test_floors_in_python(text: str, meaning: str) -> None:
    """A whole division and a truncation keep their own meaning."""
    assert written(text) == meaning


def test_two_numbers_side_by_side_are_no_product() -> None:
    """One of them is a slip of the pen, or another answer."""
    with pytest.raises(Unread, match="side by side"):
        parse("3 4")


def test_a_slash_before_a_product_has_two_readings() -> None:
    """`1/2x` is read as `(1/2)x` by some and as `1/(2x)` by others; `1/2*x` is not."""
    assert is_slash_ambiguous("1/2W", NAMES)
    assert not is_slash_ambiguous("1/2*W", NAMES)
    assert not is_slash_ambiguous(r"\frac{1}{2}W", NAMES)


def test_chains_and_lists() -> None:
    """Relations make one chain; commas outside brackets a sequence, within them a tuple or a list."""
    assert parse("a = b <= 3") == Relation(("=", "<="), (Name("a"), Name("b"), Num.of(3)))
    assert parse("1, 2") == Sequence((Num.of(1), Num.of(2)))
    assert parse("(1, 2)") == Group("(", (Num.of(1), Num.of(2)))
    assert parse("[1, 2]") == Group("[", (Num.of(1), Num.of(2)))


def test_names_with_scripts() -> None:
    """Subscripts, primes and accents belong to the name."""
    assert parse("W_{in}") == Name("W", (Name("in"),))
    assert parse("W_in", frozenset({"W"})) == Name("W", (Name("in"),))
    assert parse("H'") == Name("H", primes=1)
    assert parse(r"\hat{y}") == Name("y", (Name("hat"),))
    assert parse("X[1, 2]") == Index(Name("X"), (Num.of(1), Num.of(2)))
    assert parse("(x)_r") == Index(Group("(", (Name("x"),)), (Name("r"),))


@pytest.mark.parametrize("text", ["x^T", r"x^\top", "x^{T}"])
def test_transposes(text: str) -> None:
    """A raised T, unless the problem has a symbol of that name."""
    assert parse(text) == Transposed(Name("x"))
    assert parse(text.replace(r"\top", "T"), frozenset({"x", "T"})) == Binary("^", Name("x"), Name("T"))


def test_matrices_and_spaces() -> None:
    r"""Rows and cells; the exponent of a space is its dimension."""
    assert parse(r"\begin{bmatrix}1&2\\3&4\end{bmatrix}") == Matrix(((Num.of(1), Num.of(2)), (Num.of(3), Num.of(4))))
    assert isinstance(parse(r"\mathbb{R}^{3 \times 5}"), Space)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("(1", "unbalanced"),
        ("1)", "syntax"),
        ("3 *", "syntax"),
        (r"\frac{1}", "syntax"),
        ("((9!)!)!", "factorial"),
        ("2^3^4", "double-exponent"),
        ("(" * (MAX_DEPTH + 1), "too-deep"),
        (r"\begin{bmatrix} 1", "unbalanced"),
        (r"\binom{5}{2}", "unknown-command"),
        (r"\sum_{i-1} x_i", "bound"),
    ],
)
def test_what_cannot_be_parsed(text: str, code: str) -> None:
    """Refused with a code and a reason."""
    with pytest.raises(Unread) as refused:
        parse(text)
    assert refused.value.code == code


_closed = st.recursive(
    st.integers(0, 50).map(str),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.builds(lambda text: f"floor({text})", inner),
        st.builds(lambda text: f"-({text})", inner),
    ),
    max_leaves=8,
)


@given(_closed)
def test_rendering_keeps_the_value(text: str) -> None:
    """What is rendered parses to the same value."""
    tree = parse(text)
    assert exact(parse(render_tree(tree))) == exact(tree)


@pytest.mark.parametrize(
    "text",
    [
        "> 3",
        r"\le 3",
        "0 <= k <=",
        "floor W/2",
        r"\boxed{3}\boxed{4}",
        "max(1,000, 2)",
        "[1|2|3]",
        "0x10",
        "[1, , 3]",
        r"\log W K",
        r"\log W(K + 1)",
        "log W / K",
        "floor W * K",
        "√2W",
        r"\sqrt12",
        "50%W",
        "50% - W",
        r"3\frac12",
        r"-3 \frac{1}{2}",
        "2^{3}4",
        r"\frac1234",
        r"\frac1.5 2",
        "1 | 2 | 3",
        "||W||",
        r"1 + \begin + 2",
        r"\int (W + K)",
        r"1 \over 2 \over 3",
        r"\sqrt{5}[3]",
    ],
)
def test_no_guess_is_made(text: str) -> None:
    """A text that people read in two ways, or that lacks something, is not read."""
    with pytest.raises(Unread):
        parse(text, NAMES | {"k"})


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (r"\frac12", "1/2"),
        (r"\frac34W", "3/4*W"),
        (r"W^\frac12", "W^(1/2)"),
        (r"2\frac{3}{2}", "2*(3/2)"),
        ("W^(K+1)", "W^(K + 1)"),
        (r"W^{\left(2 + 1\right)}", "W^(2 + 1)"),
        ("W^2_0", "W_0^2"),
        ("log_2(8)", "log(8)/log(2)"),
        ("log₂(8)", "log(8)/log(2)"),
        ("log2(8)", "log(8)/log(2)"),
        (r"\log_{10} W", "log(W)/log(10)"),
        (r"\log W \log K", "log(W)*log(K)"),
        (r"\log W + K", "log(W) + K"),
        (r"W \log K \cdot L", "W*log(K)*L"),
        ("W1 + 2k1", "W*1 + 2*k_1"),
        (r"\underbrace{W + K}_{n} + 1", "W + K + 1"),
        (r"\{W+1\}\{K+1\}", "(W + 1)*(K + 1)"),
        ("||W-K|-L|", "abs(abs(W - K) - L)"),
        ("|W||K|", "abs(W)*abs(K)"),
        (r"{1 \over 2} W", "1/2*W"),
        (r"e^{(W+1)}", "e^(W + 1)"),
        ("W % 2", "W % 2"),
        ("50% * W", "50/100*W"),
        ("1_000_000", "1000000"),
    ],
)
def test_notations_with_one_reading(text: str, meaning: str) -> None:
    """As LaTeX, Python, a text in one line or a page says them."""
    assert written(text) == meaning


@pytest.mark.parametrize("text", ["n^(1/2)", "n^(-1)", "n^(k+1)"])
def test_an_exponent_typed_in_brackets_is_a_power(text: str) -> None:
    """Without braces; `W^{(2)}` and `W^(l)` are labels, and `W^(2)` may be either."""
    assert isinstance(parse(text, frozenset({"n", "k"})), Binary)
    assert isinstance(parse("W^{(2)}"), Name)
    assert isinstance(parse("W^(l)"), Name)
    with pytest.raises(Unread, match="a power or a label"):
        parse("n^(2)")
