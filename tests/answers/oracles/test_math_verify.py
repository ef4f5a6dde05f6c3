r"""Beside the tests of Math-Verify (huggingface/Math-Verify), as of July 2025: answers within text.

What their 283 cases are, and what of them is in our domain:

    numbers: thousands, decimals, units around a number 19, precision 4    in, but for money
    fractions, notations, styles: $ $, \[ \], \( \), boxes 28              in
    percent 9                                                              in
    answers at the end of a worked solution 73                             in; degrees, bases, plus or minus: out
    relations: chains, flipped, rearranged 30                              in; equations of a line: out
    matrices 8                                                             in, but for products
    sets and intervals 9                                                   in as limits
    expressions: equal in another form 15                                  in, but for trigonometry
    solutions: pairs, several of them, `and`, `or` 73                      in as places; several numbers: out
    letters and words 7                                                    in as options
    settings, time limits, errors 8                                        not about texts

Each text is read as the answer to one part, the way a grade comes about: blocks of Markdown, what they say, the
candidate that counts. An answer in our domain is also right against its meaning, and not against another one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader import grading
from grader.answers.claims import Claim
from grader.answers.syntax.tree import Binary, Num
from grader.answers.values import Choice, Formula, Number, Places, Region, Shape, Tensor, Value
from grader.answers.view import View
from grader.judging import Judged, Key, judge
from grader.locate import locate
from grader.model import Verdict, Where
from grader.problems import Assignment, load_file
from grader.readers.markdown import READER

IN, OUT = "in domain", "out: left to a person"
OPTIONS = {"options": {"A": "", "B": "", "C": "", "D": "", "E": ""}}
YES = {"options": {"yes": "yes", "no": "no"}}

ROWS: list[tuple[Any, ...]] = [
    ("numbers", "-5", -5, IN),
    ("numbers", "7,425,000", 7425000, IN),
    ("numbers", "7 425 000", 7425000, IN),
    ("numbers", "1000.0", 1000, IN),
    ("numbers", "1,000.50", Fraction("1000.5"), IN),
    ("numbers", ".4", Fraction("0.4"), IN),
    ("numbers", "0,125", Fraction(1, 8), IN),
    ("numbers", "The error is 2,74 in the end.", None, OUT, {"differs": "2.74 there; nothing shows a decimal comma"}),
    ("numbers", "The width is not 10, it is 1,024px.", 1024, IN),
    ("numbers", "The number is not 10 but it is 1,000.99 MB", Fraction("1000.99"), IN),
    ("numbers", "We get 23,232 parameters.", 23232, IN),
    ("numbers", "So there are 1,728 weights, not 1,700.", 1728, IN),
    ("numbers", "AZYUK2A", None, OUT),
    ("notations", r"\frac{10}{9}", Fraction(10, 9), IN),
    ("notations", r"-\frac{10}{9}", Fraction(-10, 9), IN),
    ("notations", r"Answer \[ 9 \]", 9, IN),
    ("notations", "Answer $ 9 $", 9, IN),
    ("notations", "Answer $$ 9 $$", 9, IN),
    ("notations", r"Answer \( 9 \)", 9, IN),
    ("notations", r"Answer \( (9+1) \)", 10, IN),
    ("notations", "Answer\n\n$$\n9\n$$", 9, IN),
    ("notations", "Answer\n\\[\n9\n\\]", 9, IN),
    ("notations", r"$\frac13$", Fraction(1, 3), IN),
    ("notations", r"$\frac3{4}$", Fraction(3, 4), IN),
    ("notations", r"$\cfrac{1}{3}$", Fraction(1, 3), IN),
    ("notations", "$ 1/3 $", Fraction(1, 3), IN),
    ("notations", r"$\left( \frac{1}{3} \right)$", Fraction(1, 3), IN),
    ("notations", r"$\boxed{\frac{1}{3}}$", Fraction(1, 3), IN),
    ("notations", r"$k = \frac{1}{3}$", Fraction(1, 3), IN),
    ("notations", "so the answer is $\\sqrt{9}$", 3, IN),
    ("units", r"$25 \text{ pixels}$", 25, IN),
    ("units", r"$\boxed{125\textnormal{ parameters}}$", 125, IN),
    ("units", "$125$ parameters", 125, IN),
    ("units", "It takes $15$ MB.", 15, IN),
    ("percent", r"$28\%$", Fraction(28, 100), IN),
    ("percent", "28%", Fraction(28, 100), IN),
    ("percent", "28 percent", Fraction(28, 100), IN),
    ("percent", "28 %", Fraction(28, 100), IN),
    ("percent", "$28$ %", Fraction(28, 100), IN),
    ("percent", r"We lose 19% and then 9%, in all $\boxed{28\%}$.", Fraction(28, 100), IN),
    ("worked", "Since there are 4 maps of 6 by 6, we have $4 \\cdot 36 = \\boxed{144}$ outputs.", 144, IN),
    ("worked", "Out of 16 and 36, only two fit. Thus, there are $\\boxed{2}$ possible values for $S$.", 2, IN),
    ("worked", "\\begin{align*} n &= \\sqrt{36 + 64}\\\\ &= \\sqrt{100} = \\boxed{10}. \\end{align*}", 10, IN),
    ("worked", r"$f(-2)+f(0)=\frac{-8}{-4}+\frac{5}{3}+1=\boxed{\frac{14}{3}}$", Fraction(14, 3), IN),
    ("worked", "The area is\n\n$$\\frac{1}{2}\\times 3 \\times 10 = \\boxed{15\\mbox{ px}^2}.$$", 15, IN),
    ("worked", "5 (= 2 + 3)", 5, IN),
    ("worked", "This is $3 + 2 = 5$. Final Answer: The final answer is $5$. I hope it is correct.", 5, IN),
    ("worked", "Final Answer: The largest $n$ is 34.", 34, IN),
    ("worked", "There are 12 filters.\n\n**Final Answer**\n\n$\\boxed{12}$", 12, IN),
    ("worked", "first try: $13$. No, that is wrong.\n\nTherefore the output has $\\boxed{14}$ rows.", 14, IN),
    ("worked", "The volume is $5 \\times 6 \\times 4 = 120$. Final Answer: The volume is 120.", 120, IN),
    ("worked", "It is 12,000,003 + 20 = 12,000,023. Final Answer: The final answer is 12,000,023.", 12000023, IN),
    ("worked", r"$85 + 12,\!000,\!003 = 12,\!000,\!088$", 12000088, IN),
    ("worked", r"The smallest one is $\boxed{14{,}916}$.", 14916, IN),
    ("worked", r"is $\boxed{32,\! 349}$", 32349, IN),
    ("worked", "$$\\frac{x/2}{5x/2} = \\frac{1}{5} = \\boxed{0.2}$$", Fraction("0.2"), IN),
    ("worked", r"$A \approx 10000(1.025)^{2} \approx 10506.25$", Fraction("10506.25"), IN),
    ("worked", "It should be $\\boxed{004}$. Let me check: yes.\n\n**Final Answer**\n\n$\\boxed{004}$", 4, IN),
    ("worked", "Let $n$ be 3. So $n = 3 + 5 = 8$ and the step is $8/2 = 4$. The answer is therefore 4.", 4, IN),
    ("chains", "$x = 5+5+1 = 7 = 11$", 11, IN),
    ("chains", "$z = 3+3 = 2$", 2, IN),
    ("chains", r"$x=1/3\approx 0.33$", Fraction(1, 3), IN),
    ("chains", r"$x\approx 11$", 11, IN),
    ("chains", "$A:B = 1$", 1, IN),
    ("chains", "$f(2)=1$", 1, IN),
    ("chains", "$a_{37} = 19$", 19, IN),
    ("chains", "$9 = 189$", 189, IN),
    ("chains", "$|AB| = 1$", 1, IN),
    ("precision", "4.123105625617661", Fraction("4.123105625617661"), IN),
    ("precision", r"$\sqrt{17}$", 17**0.5, IN),
    ("precision", r"$\frac{1+\sqrt{5}}{2}$", (1 + 5**0.5) / 2, IN),
    ("precision", r"$4\sqrt{2}$", 4 * 2**0.5, IN),
    ("formulas", "Since $x < 2$ it follows that $x = 2 - p$. Thus $x - p = \\boxed{2-2p}$.", "2 - 2*p", IN,
     {"names": "p x"}),
    ("formulas", r"The answer is $\boxed{\frac{\pi r}{h+r}}$.", "pi*r/(h + r)", IN, {"names": "r h"}),
    ("formulas", r"$\frac{x}{7}+\frac{2}{7}$", "(x + 2)/7", IN, {"names": "x"}),
    ("formulas", r"$\frac{\sqrt{\sqrt{11}+x}}{2\sqrt{33}+15}$", "sqrt(sqrt(11) + x)/(15 + 2*sqrt(33))", IN,
     {"names": "x"}),
    ("formulas", "$(b+2)(a+5)$", "(a + 5)*(b + 2)", IN, {"names": "a b"}),
    ("formulas", "$f(n) = \\frac{n^2 + 3n - 2}{2}$ holds for all $n$.", "(n*n + 3*n - 2)/2", IN, {"names": "n"}),
    ("formulas", "Therefore $1 - \\frac{1}{\\mathrm{e}^{a}}$.", "1 - exp(-a)", IN, {"names": "a"}),
    ("relations", "Therefore $x \\geq 5$ is the solution.", lambda x: x >= 5, IN),
    ("relations", "We find that $x \\lt 3$.", lambda x: x < 3, IN),
    ("relations", "Thus $x <= 2$ is our answer.", lambda x: x <= 2, IN),
    ("relations", "We find that $x \\neq 3$.", lambda x: x != 3, IN),
    ("relations", "$5 \\geq x$", lambda x: x <= 5, IN),
    ("relations", "$-x > -1$", lambda x: x < 1, IN),
    ("relations", "$-2 \\le x \\le 4$", lambda x: -2 <= x <= 4, IN),
    ("relations", "$x \\in [-2, 4]$", lambda x: -2 <= x <= 4, IN),
    ("relations", "The solution is the interval \\( x \\in (-3, 5) \\).", lambda x: -3 < x < 5, IN),
    ("relations", "$x \\in \\boxed{[-3, 5)}$", lambda x: -3 <= x < 5, IN),
    ("relations", "$x \\in \\boxed{\\{-1\\} \\cup [0,4)}.$", lambda x: x == -1 or 0 <= x < 4, IN),
    ("relations", "$|x - 1| \\leq 2$", lambda x: abs(x - 1) <= 2, IN),
    ("matrices", r"The identity is $ \begin{pmatrix}1 & 0 \\ 0 & 1\end{pmatrix} $.", [[1, 0], [0, 1]], IN),
    ("matrices", r"A matrix: $ \left[\begin{array}{cc}1 & 2 \\3 & 4\end{array}\right] $", [[1, 2], [3, 4]], IN),
    ("matrices", "\\boxed{\n\\begin{pmatrix} 0 & 3 \\\\ 0 & -1 \\end{pmatrix}\n}.", [[0, 3], [0, -1]], IN),
    ("matrices", r"$\begin{pmatrix}\frac{1}{2} & \frac{3}{4} \\ -\frac{7}{4} & 2\\\end{pmatrix}$",
     [[0.5, 0.75], [-1.75, 2]], IN),
    ("matrices", r"The sum is $\begin{pmatrix}1 & 2\end{pmatrix} + \begin{pmatrix}5 & 6\end{pmatrix}$", [[6, 8]], IN),
    ("matrices", r"$(\begin{pmatrix}\frac{1}{4}\\ \frac{1}{5} \end{pmatrix})$", [[0.25], [0.2]], IN),
    ("pairs", "$H = 28, W = 14$", (28, 14), IN),
    ("pairs", "$H=28$ and $W=14$", (28, 14), IN),
    ("pairs", "the pair $(x, y)$ that solves it is $(4, 6)$.", (4, 6), IN),
    ("pairs", r"Then $(p,q,r) = \boxed{(6,31,1)}.$", (6, 31, 1), IN),
    ("pairs", "$(5,3),(3,7),(3,2)$", [(5, 3), (3, 7), (3, 2)], IN),
    ("pairs", r"\[\boxed{(1, 2)}, \boxed{(2, 1)}, \boxed{(3, 20)}\]", [(1, 2), (2, 1), (3, 20)], IN),
    ("pairs", "$(4;0),(4;2),(0;6)$", [(4, 0), (4, 2), (0, 6)], IN),
    ("pairs", r"$$\boxed{(2, 2)} \quad \text{and} \quad \boxed{(6, 2)}$$", [(2, 2), (6, 2)], IN),
    ("pairs", "$(11,7)or(7,11)$", [(11, 7), (7, 11)], IN),
    ("letters", "The answer is B.", "B", IN, OPTIONS),
    ("letters", "The answer is A.", "A", IN, OPTIONS),
    ("letters", "Final answer is C", "C", IN, OPTIONS),
    ("letters", r"\(\boxed{\text{C}}\).", "C", IN, OPTIONS),
    ("letters", r"$\boxed{\text{(D)}}.$", "D", IN, OPTIONS),
    ("letters", r"$\text{E}$", "E", IN, OPTIONS),
    ("letters", "B. Because the filter is odd", "B", IN, OPTIONS),
    ("letters", "B. Because A is not valid", "B", IN, OPTIONS),
    ("letters", "Yes, the output keeps its size.", "yes", IN, YES),
    ("letters", "A or B, depending on the stride", None, OUT, OPTIONS),
    ("letters", "There is no valid answer here", None, OUT, OPTIONS),
    ("money", "$1,000.99€", None, OUT),
    ("money", "Soucis : 2,74 $ a..", None, OUT),
    ("several", r"$\boxed{1}\boxed{2}$", None, OUT, {"differs": "a set of two there"}),
    ("several", r"\boxed{1} papers and \boxed{2} bins", None, OUT,
     {"differs": "a set of two there", "against": 2}),
    ("several", "$1,2$ or $3$", None, OUT, {"differs": "a set of three there"}),
    ("several", "$-2,1$", None, OUT, {"differs": "a set of two there"}),
    ("several", "$n=1, 2, 3$", None, OUT, {"differs": "a set of three there"}),
    ("several", r"is $\boxed{32, 349}$", None, OUT),
    ("plus or minus", r"By the quadratic formula, $x = \boxed{1 \pm \sqrt{19}}.$", None, OUT),
    ("plus or minus", r"$\pm 2021$", None, OUT),
    ("degrees", r"Hence, the angle is $\boxed{90^\circ}.$", None, OUT),
    ("bases", r"for a quotient of $\boxed{204_5}$.", None, OUT),
    ("congruences", r"Then, $129^{34} \equiv \boxed{9} \pmod{11}.$", None, OUT, {"differs": "9 there"}),
    ("trigonometry", r"\[\sin (a + b) - \sin (a - b) = \boxed{2 \sin b \cos a}.\]", None, OUT),
    ("ratios", "$S_{M}:S = 7:32$", None, OUT),
    ("ratios", "$V_{1}:V_{2}=11:21$", None, OUT),
    ("times of day", "$12:00$", None, OUT),
    ("incomplete", "$a + 3z = 0$", 0, IN, {"differs": "no number there; the last member here"}),
    ("words", r"$$\text{The midpoints form a hexagon}$$", None, OUT),
    ("words", r"$\text{Even}$", None, OUT),
]  # fmt: skip


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assignment]:
    """Assignments of one part, which asks for a value or for one of some options."""
    folder: Path = tmp_path_factory.mktemp("oracles")
    given = {"number": "{value: 0}", "choice": "{options: {A: one, B: other}, answer: A}"}
    return {kind: _sheet(folder / f"{kind}.yaml", kind, given[kind]) for kind in given}


def _sheet(file: Path, kind: str, given: str) -> Assignment:
    part = f"{{id: 1a, kind: {kind}, given: {given}}}"
    file.write_text(f'id: {kind}\ntitle: A sheet\nproblems: [{{id: "1", parts: [{part}]}}]\n', encoding="utf-8")
    return load_file(file)


def test_what_is_read(row: Any, lens: Callable[[Any], Any], sheets: dict[str, Assignment]) -> None:
    """An answer in our domain has its value and is right; any other is for a person."""
    part = sheets["choice" if "options" in row.options else "number"]
    asked = row if row.meaning is not None else row._replace(meaning=_against(row))
    view, check = lens(asked)
    judged = _judged(row.text, part, view, _reference(asked, view))
    if row.meaning is None:
        assert judged.finding.verdict is Verdict.REVIEW, judged.finding.read
        return
    assert judged.value is not None, judged.finding.reason
    check(judged.value)
    assert judged.finding.verdict is Verdict.CORRECT
    other = _judged(row.text, part, view, _another(_reference(row, view)))
    assert other.finding.verdict is not Verdict.CORRECT


def _against(row: Any) -> Any:
    """What a text that is left to a person is held against: where it can, what would be right if it were read."""
    return row.options.get("against", "A" if "options" in row.options else 7)


def _judged(text: str, part: Assignment, view: View[Any], reference: Value) -> Judged:
    """The grade of `text` as the answer to the one part, read through `view`."""
    (one,) = part.parts
    blocks = tuple(replace(block, part=one.id) for block in READER.blocks(text, "answer.md").blocks)
    answers, _ = locate(part, blocks, {one.id: view})
    given = grading.key_of(part)[one.id].given
    return judge(answers[one.id], Key(given, view, reference))


def _reference(row: Any, view: Any) -> Value:
    """The meaning of `row` as a value of `view`."""
    match row.meaning:
        case int() | Fraction() | float() as number:
            return Number(Fraction(number) if isinstance(number, int) else number)
        case str() as key if "options" in row.options:
            return Choice(key)
        case str() as formula:
            return view.read(Claim(formula, Where("key", 1))).value  # type: ignore[no-any-return]  # a fixture is Any
        case [tuple(), *_] as places:
            return Places(tuple(places))
        case list() as entries:
            return Tensor(np.array(entries))
        case tuple() as extents:
            return Shape(extents)
    return Region(tuple(bool(row.meaning(*point)) for point in zip(*view.grid.values(), strict=True)))


def _another(value: Value) -> Value:
    """A value of the same sort that is wrong where `value` is right."""
    match value:
        case Number(number):
            return Number(number + 1)
        case Formula(tree):
            return Formula(Binary("+", tree, Num.of(1)))
        case Tensor(array):
            return Tensor(array + 1)
        case Shape((first, *rest)):
            return Shape((first + 1, *rest))
        case Places(((first, *rest), *others)):
            return Places(((first + 1, *rest), *others))
        case Region(holds):
            return Region(tuple(not held for held in holds))
    return Choice("none of them")
