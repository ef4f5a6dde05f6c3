# ruff: noqa: PLW0108 - the names of a parameter are the symbols of its row
r"""Beside the tests of latex2sympy2_extended, as of January 2026.

What their 1,206 cases are, each spelling counted, and what of them is in our domain:

    all_good 206: numbers, formulas, roots, sums, relations, subscripts, matrices, percent 102               in
                  trigonometry, limits, integrals, factorials, gcd and lcm, money, infinity 104              out
    all_bad 37                                                                                               out
    abs 72, ceil 64, floor 64: eight arguments in up to nine spellings                                       in
    max 50, min 51: whole, negative, decimal, fraction, expression, symbol, many                             in
    exp 15, greek 3, pi 3, left_right_cdot 1, overline 1                                                     in
    atom_expr 168: subscripted names with and without a power, in either order                               in
    grouping 59: products in seven sorts of brackets                                                         in
    boxed 11, set 64                       in: boxes, membership, intervals, pairs; operations on sets are out
    mixed_fraction 6, mod 45, gcd 126, lcm 126, binomial 7, trig 1, complex 3, variable 23                   out

and of what is no such assertion: units and boxes in `normalization_test`, relations that are commented out there, in.

`I` is the imaginary unit there; in our field it is a width, and a product with it is one. A bare `\log` is to base 10
there and natural here. `2x2` is 4x there and a shape here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

IN, OUT = "in domain", "out: left to a person"

ROWS: list[tuple[Any, ...]] = [
    ("numbers", "7 - 4", 3, IN),
    ("numbers", r"\left(-6.25\right)\left(1.6\right)", -10, IN),
    ("numbers", r"3.5\times 10^2", 350, IN),
    ("numbers", r"1800\times 10^{-1}", 180, IN),
    ("numbers", "3.5E2", 350, IN),
    ("numbers", "1800E-1", 180, IN),
    ("percent", r"100\%", 1, IN),
    ("percent", r"2.5\%", Fraction(1, 40), IN),
    ("percent", r"0.08\%", Fraction(8, 10000), IN),
    ("percent", r"u\%v", lambda u, v: u % v, IN, {"differs": "broken there; a remainder, as in Python, here"}),
    ("percent", r"w\%", lambda w: w / 100, IN),
    ("formulas", "-5v + 2u", lambda u, v: 2 * u - 5 * v, IN),
    ("formulas", r"\frac{1}{3}uv(u+v)", lambda u, v: u * v * (u + v) / 3, IN),
    ("formulas", r"\frac{1}{3}\theta(u+v)", lambda theta, u, v: theta * (u + v) / 3, IN),
    ("formulas", "2x3y", None, OUT, {"differs": "6xy there; the 3 may be an exponent or an index"}),
    ("formulas", "a+bI", lambda a, b, I: a + b * I, IN, {"differs": "the imaginary unit there; a width here"}),  # noqa: E741
    ("formulas", "u^{\\left(2 + 1\\right)}", lambda u: u**3, IN),
    ("formulas", r"1-f u", lambda f, u: 1 - f * u, IN),
    ("shapes", "2x2", (2, 2), IN, {"differs": "2 times x times 2 there"}),
    ("absolute values", "|6.9|", Fraction("6.9"), IN),
    ("absolute values", r"\left|u - 3\right|", lambda u: abs(u - 3), IN),
    ("absolute values", r"\vert u + v\vert", lambda u, v: abs(u + v), IN),
    ("absolute values", r"\lvert 2u \rvert", lambda u: abs(2 * u), IN),
    ("absolute values", r"\left\lvert -8\right\rvert", 8, IN),
    ("absolute values", r"\mleft|u\mright|", lambda u: abs(u), IN),
    ("floor", r"\floor(6.9)", 6, IN),
    ("floor", r"\operatorname{floor}(u + v)", lambda u, v: math.floor(u + v), IN),
    ("floor", r"\lfloor -1.1\rfloor", -2, IN),
    ("floor", r"\left\lfloor 3v-v\right\rfloor", lambda v: math.floor(2 * v), IN),
    ("floor", r"\mleft\lfloor 7/2\mright\rfloor", 3, IN),
    ("ceiling", r"\ceil(6.1)", 7, IN),
    ("ceiling", r"\operatorname{ceil}(u)", lambda u: math.ceil(u), IN),
    ("ceiling", r"\lceil 8\rceil", 8, IN),
    ("ceiling", r"\left\lceil u + v\right\rceil", lambda u, v: math.ceil(u + v), IN),
    ("maximum", r"\max(3, 8)", 8, IN),
    ("maximum", r"\max(-6, 4)", 4, IN),
    ("maximum", r"\max(-7)", -7, IN),
    ("maximum", r"\max(5, 2, 17, 4)", 17, IN),
    ("maximum", r"\max(-324E-3, -58)", Fraction("-0.324"), IN),
    ("maximum", r"\max(1234.56789, 1234.5678901)", Fraction("1234.5678901"), IN),
    ("maximum", r"\max(\sqrt{3}, 0, 1)", math.sqrt(3), IN),
    ("maximum", r"\max(-12/5, 6.4)", Fraction("6.4"), IN),
    ("maximum", r"\max((1+6)/3, 7)", 7, IN),
    ("maximum", r"\max(7*4/5, 092) * 2", 184, IN),
    ("maximum", r"41+\max(12, 15-2.3)", Fraction("53.7"), IN),
    ("maximum", r"\sqrt{\max(48, 49)}", 7, IN),
    ("maximum", r"\max(u+v, w)", lambda u, v, w: max(u + v, w), IN),
    ("maximum", r"\max(9u/4, w)", lambda u, w: max(9 * u / 4, w), IN),
    ("maximum", r"\max(u\pi, 9)", lambda u: max(math.pi * u, 9), IN),
    ("minimum", r"\min(3, 8)", 3, IN),
    ("minimum", r"\min(\pi, 3)", 3.0, IN),
    ("minimum", r"\min(-4/3, -2/1, 0/9, -3)", -3, IN),
    ("minimum", r"\min(274/(5+2), \exp(3))", math.exp(3), IN),
    ("minimum", r"\min(2v-v, v + 1)", lambda v: v, IN),
    ("exp and logarithms", r"\exp(2)", math.exp(2), IN),
    ("exp and logarithms", "e", None, OUT,
     {"as": "number tensor limits", "differs": "a number there; by itself it may be a label, or option e"}),
    ("exp and logarithms", "e^2", math.exp(2), IN),
    ("exp and logarithms", "e^{-u}", lambda u: math.exp(-u), IN),
    ("exp and logarithms", "e^{(u+v)}", lambda u, v: math.exp(u + v), IN),
    ("exp and logarithms", r"\ln\left(\theta\right)", lambda theta: math.log(theta), IN),
    ("exp and logarithms", r"\ln\left(\left(u+\theta\right)\right)", lambda u, theta: math.log(u + theta), IN),
    ("exp and logarithms", r"\log(u)", lambda u: math.log(u), IN, {"differs": "to base 10 there"}),
    ("pi", r"\frac{\pi}{3}", math.pi / 3, IN),
    ("pi", r"\pi^{|uv|}", lambda u, v: math.pi ** abs(u * v), IN),
    ("greek", r"2\epsilon", lambda epsilon: 2 * epsilon, IN),
    ("greek", r"2\varepsilon", lambda epsilon: 2 * epsilon, IN, {"differs": "two symbols there"}),
    ("subscripts", "u^2", lambda u: u**2, IN),
    ("subscripts", "u_{23}^2", lambda u_23: u_23**2, IN),
    ("subscripts", r"\lambda^2_{ij}", lambda p: p**2, IN, {"spelt": {"p": "lambda_ij"}}),
    ("subscripts", r"\lambda_{i,j}^{2}", lambda p: p**2, IN, {"spelt": {"p": "lambda_i,j"}}),
    ("subscripts", r"\alpha _{good}", lambda alpha_good: alpha_good, IN),
    ("subscripts", r"u_{v^2}^{2}", lambda p: p**2, IN, {"spelt": {"p": "u_v^2"}}),
    ("bars", r"3\bar{u}", lambda u_bar: 3 * u_bar, IN),
    ("bars", r"3\bar{u}_n", lambda p: 3 * p, IN, {"spelt": {"p": "u_bar,n"}}),
    ("bars", r"3\overline{u}", lambda u_bar: 3 * u_bar, IN),
    ("bars", r"\frac{u}{\overline{u}_n}", lambda u, p: u / p, IN, {"spelt": {"p": "u_bar,n"}}),
    ("brackets", r"\left(2+3\right)\left(4-5\right)", -5, IN),
    ("brackets", "[2+3][4-5]", -5, IN),
    ("brackets", r"\{2+3\}\{4-5\}", -5, IN),
    ("brackets", r"\lbrace 2+3\rbrace\lbrace 4-5\rbrace", -5, IN),
    ("brackets", r"\mleft(2+3\mright)\mleft(4-5\mright)", -5, IN),
    ("brackets", "{2+3}{4-5}", -5, IN),
    ("boxed", r"\boxed{6.9}", Fraction("6.9"), IN),
    ("boxed", r"\boxed{u + v}", lambda u, v: u + v, IN),
    ("boxed", r"\boxed{(4,2,3)}", (4, 2, 3), IN),
    ("boxed", r"\boxed{\{k_1, b\}}", {"k_1", "b"}, IN, {"names": "k_1 k_2 b"}),
    ("units", r"28 \mbox{ pixels}", 28, IN),
    ("units", r"28px", 28, IN),
    ("units", r"\frac{1}{2} \text{ MB}", Fraction(1, 2), IN),
    ("relations", "x < y < z", lambda x, y, z: x < y < z, IN),
    ("relations", r"x \lt y", lambda x, y: x < y, IN),
    ("relations", r"-2 \leq x \leq 2", lambda x: -2 <= x <= 2, IN),
    ("relations", "2x + 1 < 3y", lambda x, y: 2 * x + 1 < 3 * y, IN),
    ("relations", r"x^2 \geq y^2 + 1", lambda x, y: x**2 >= y**2 + 1, IN),
    ("relations", "x == y", lambda x, y: x == y, IN),
    ("relations", "x^2 != 2y", lambda x, y: x**2 != 2 * y, IN),
    ("sets", r"x \in \{1,2\}", lambda x: x in {1, 2}, IN),
    ("sets", r"x \in {1,2,3}", lambda x: x in {1, 2, 3}, IN),
    ("sets", r"x \notin \{1,2,3\}", lambda x: x not in {1, 2, 3}, IN),
    ("sets", r"x \in [-1, 3]", lambda x: -1 <= x <= 3, IN),
    ("sets", r"x \in [-1, 3)", lambda x: -1 <= x < 3, IN),
    ("sets", r"x \in (-1, 3]", lambda x: -1 < x <= 3, IN),
    ("sets", r"x \in [-3,-1] \cup [1,3]", lambda x: -3 <= x <= -1 or 1 <= x <= 3, IN),
    ("sets", "x = 1,2,3", lambda x: x in {1, 2, 3}, IN),
    ("sets", "x = -1, y = 2", lambda x, y: x == -1 and y == 2, IN),
    ("sets", "x=-1; y=2", lambda x, y: x == -1 and y == 2, IN),
    ("sets", r"x = 1 \text{ and } y = 2", lambda x, y: x == 1 and y == 2, IN),
    ("solutions", "$(5,3),(3,7),(3,2)$", [(5, 3), (3, 7), (3, 2)], IN),
    ("solutions", "$(0;0),(0;-2)$", [(0, 0), (0, -2)], IN),
    ("matrices", r"\begin{matrix}1&2\\3&4\end{matrix}", [[1, 2], [3, 4]], IN),
    ("matrices", r"\begin{pmatrix}1\\2\\3\end{pmatrix}", [[1], [2], [3]], IN),
    ("matrices", r"{\begin{pmatrix}1\\2\\3\end{pmatrix}}", [[1], [2], [3]], IN),
    ("matrices", r"\begin{bmatrix}\frac{1}{2}&\sqrt{9}\\3&2^2\end{bmatrix}", [[0.5, 3], [3, 4]], IN),
    ("matrices", r"3\begin{matrix}1\\3\end{matrix} - \begin{matrix}-1\\2\end{matrix}", [[4], [7]], IN),
    ("matrices", r"\begin{pmatrix}1\\2\end{pmatrix};\begin{pmatrix}4\\3\end{pmatrix}", [[[1], [2]], [[4], [3]]], IN,
     {"differs": "a set of two there; an array with one more axis here"}),
    ("matrices", r"\theta\begin{matrix}1&2\\3&4\end{matrix}", None, OUT),
    ("matrices", r"\begin{matrix}1&0\\0&1\end{matrix}*\begin{matrix}3\\-2\end{matrix}", None, OUT),
    ("mixed numbers", r"1 \frac{1}{2}", None, OUT, {"differs": "one and a half there; a product in formulas"}),
    ("mixed numbers", r"-3 \frac{1}{2}", None, OUT, {"differs": "minus three and a half there"}),
    ("mixed numbers", r"3 1\frac{1}{2}", None, OUT),
    ("exp and logarithms", r"\exp3", math.exp(3), IN),
    ("plus or minus", r"2 \pm 1", None, OUT),
    ("gcd and lcm", r"\gcd(18, 3)", None, OUT),
    ("gcd and lcm", r"\operatorname{lcm}(6, 4)", None, OUT),
    ("gcd and lcm", r"y + \gcd(0.4x, 8/3) / 2", None, OUT),
    ("remainders", r"128\mod 3", None, OUT),
    ("remainders", r"x\mod y", None, OUT),
    ("binomials", r"\binom{16}{2}", None, OUT),
    ("binomials", r"{16 \choose 2}", None, OUT),
    ("trigonometry", r"\sin^{-1} x", None, OUT),
    ("trigonometry", r"\operatorname{arsinh}(x)", None, OUT),
    ("trigonometry", r"\cosh(x)", None, OUT),
    ("complex numbers", r"e^{I\pi}", None, OUT),
    ("infinity", r"-\infty\%", None, OUT),
    ("limits", r"\lim_{x \to 3^{+}} x", None, OUT),
    ("integrals", r"\int^{y}_x z dz", None, OUT),
    ("factorials", r"\left(x + 1\right)!", None, OUT),
    ("money", r"\$1,000.00", None, OUT),
    ("money", r"\$0.009", None, OUT),
    ("empty set", r"\emptyset", None, OUT),
    ("empty set", r"\{\}", None, OUT),
    ("empty set", "∅", None, OUT),
    ("sets", r"\mathbb{Q}", None, OUT),
    ("sets", r"\{1,2\} \cup \{2,3\}", None, OUT),
    ("sets", r"\{1,2\} \setminus \{2\}", None, OUT),
    ("sets", r"\{1\} \subseteq \{1,2\}", None, OUT),
    ("sets", "x = -1 or y = 2", None, OUT, {"differs": "a set of equations there, as for and"}),
    ("ratios", "$S_{x}:S=7:32$", None, OUT),
    ("corners", r"\ulcorner x\urcorner", None, OUT),
    ("corners", r"\llcorner 3.5\lrcorner", None, OUT),
    ("placeholders", r"\variable{x}", None, OUT),
    ("placeholders", r"4\cdot\variable{value1}\frac{\variable{value_2}}{\variable{a}}", None, OUT),
    *(("broken", text, None, OUT) for text in (
        r"\lfloor x", r"\lfloor x \rceil", r"\operatorname{floor}(12.3, 123.4)", r"\mathit{TEST}\frac{2}{}",
        r"(\frac{d}{dx})\sqrt{}", r"x\mod \begin{matrix}y\end{matrix}|", r"\%100", r"\$", r"x_", "_x",
    )),
]  # fmt: skip


def test_what_is_read(row: Any, holds: Callable[[Any], None]) -> None:
    """A row in our domain has its value; any other is refused with a code."""
    holds(row)
