"""LaTeX documents to the same blocks as Markdown, on the lines of the file."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.model import Block, BlockKind
from grader.readers import latex
from grader.readers._reading import Reading

HEADING, TEXT, MATH, TABLE, CODE, IMAGE = (
    BlockKind.HEADING,
    BlockKind.TEXT,
    BlockKind.MATH,
    BlockKind.TABLE,
    BlockKind.CODE,
    BlockKind.IMAGE,
)


def read(source: str) -> Reading:
    """The reading of an indented example."""
    return latex.blocks(dedent(source), "hw.tex")


def blocks(source: str) -> tuple[Block, ...]:
    """Its blocks."""
    return read(source).blocks


def outline(source: str) -> list[tuple[int, BlockKind, str]]:
    """Line, kind and text of each block."""
    return [(block.where.line, block.kind, block.text) for block in blocks(source)]


def texts(source: str) -> list[str]:
    """The blocks' text."""
    return [block.text for block in blocks(source)]


def test_only_the_document_is_read() -> None:
    """Lines are those of the file."""
    source = "\\documentclass{article}\n\\title{x}\n\\begin{document}\n\n(a) 5\n\\end{document}\nnot read\n"
    assert outline(source) == [(5, TEXT, "(a) 5")]


def test_a_fragment_is_read_whole() -> None:
    """A file without a preamble is one that another file names."""
    assert outline("(a) 5") == [(1, TEXT, "(a) 5")]


def test_comments_go_and_part_no_paragraph() -> None:
    r"""``\%`` is no comment."""
    source = "50\\% of % a half\n% alone\nthem\n% last\n\nnext % end"
    assert outline(source) == [(1, TEXT, "50% of\n\nthem"), (6, TEXT, "next")]


def test_a_comment_names_the_assignment() -> None:
    """Anywhere in the file."""
    assert read("% grader: assignment=hw4\n(a) 5").assignment == "hw4"


def test_sections_are_headings_with_the_number_that_is_printed() -> None:
    """Unless there is a star, or a number in the title."""
    source = r"""
    \section{Pooling}
    \subsection{}
    \subsection{\textbf{Average}}
    \section*{Problem 2}
    \section{3. Networks}
    \subsubsection*{(b)} 5
    \paragraph{Answer.} 6
    """
    assert [(block.kind, block.level, block.text) for block in blocks(source)] == [
        (HEADING, 1, "1 Pooling"),
        (HEADING, 2, "1.1"),
        (HEADING, 2, "1.2 Average"),
        (HEADING, 1, "Problem 2"),
        (HEADING, 1, "3. Networks"),
        (HEADING, 3, "(b)"),
        (TEXT, 0, "5"),
        (HEADING, 4, "Answer."),
        (TEXT, 0, "6"),
    ]


def test_items_begin_with_the_label_that_is_printed() -> None:
    """By depth, and on the item's line."""
    source = r"""
    \begin{enumerate}
      \item one
      \begin{enumerate}
        \item two
        \begin{enumerate} \item three \begin{enumerate} \item four \end{enumerate} \end{enumerate}
        \item[(z)] five
        \item six
      \end{enumerate}
      \item
        seven
      \begin{itemize} \item eight \end{itemize}
    \end{enumerate}
    """
    assert [(b.where.line, b.level, b.bullet, b.text) for b in blocks(source)] == [
        (3, 0, "", "1. one"),
        (5, 4, "", "(a) two"),
        (6, 8, "", "i. three"),
        (6, 12, "", "A. four"),
        (7, 4, "", "(z) five"),
        (8, 4, "", "(b) six"),
        (10, 0, "", "2."),
        (11, 0, "", "seven"),
        (12, 4, "•", "eight"),
    ]


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ("label=(\\alph*)", ["(a)", "(b)"]),
        ("label={\\bfseries \\Roman*.}, left=0pt", ["I.", "II."]),
        ("label=\\textbf{Q\\arabic*}, start=9", ["Q9", "Q10"]),
        ("(i)", ["(i)", "(ii)"]),
        ("a)", ["a)", "b)"]),
        ("leftmargin=*", ["1.", "2."]),
    ],
)
def test_labels_of_enumitem_and_enumerate(options: str, labels: list[str]) -> None:
    """The packages that homework uses."""
    source = f"\\begin{{enumerate}}[{options}] \\item x \\item x \\end{{enumerate}}"
    assert texts(source) == [f"{label} x" for label in labels]


def test_counters_go_on_where_they_are_told() -> None:
    """By hand, by ``resume``, and by the number of the outer list."""
    source = r"""
    \begin{enumerate} \setcounter{enumi}{3} \item x
      \begin{enumerate}[label=\theenumi.\arabic*] \item y \end{enumerate}
    \end{enumerate}
    \begin{enumerate}[resume] \item z \end{enumerate}
    """
    assert texts(source) == ["4. x", "4.1 y", "5. z"]


def test_the_exam_class() -> None:
    """Its lists have commands of their own; points are no labels."""
    source = r"""
    \begin{questions}
    \question[5] one
    \begin{parts} \part two \part three \end{parts}
    \question four
    \end{questions}
    """
    assert texts(source) == ["1. one", "(a) two", "(b) three", "2. four"]


def test_formulas() -> None:
    """Display formulas without their delimiters, inline ones between dollars."""
    source = r"""
    the size \( 3 \times 3 \) is $x^{2}$
    \[ a = 1 \]
    $$b = 2$$
    \begin{equation*} c = 3 \end{equation*}
    \begin{align}
      d &= 4 \\ % first
      % alone
      e &= 5
    \end{align}
    \item $$f = 6$$
    """
    assert outline(source) == [
        (2, TEXT, r"the size $3 \times 3$ is $x^{2}$"),
        (3, MATH, "a = 1"),
        (4, MATH, "b = 2"),
        (5, MATH, "c = 3"),
        (7, MATH, "d &= 4 \\\\ \n\n  e &= 5"),
        (11, MATH, "f = 6"),
    ]
    assert blocks(source)[-1].bullet == "•"


def test_a_formula_that_never_closes_ends_at_the_blank_line() -> None:
    """It swallows nothing, and the student is told."""
    reading = read("\\begin{align} x\n\n(b) 5")
    assert [block.text for block in reading.blocks] == ["x", "(b) 5"]
    assert reading.notes == (
        "line 1: the formula that \\begin{align} opens never closes; read up to the next blank line",
    )


def test_formatting_falls_away() -> None:
    """What is unknown stays as written."""
    source = (
        r"""\textbf{Answer:} {\em 3}~of~$4$, 5\,\% ``done'' \label{x}\verb|a_b| 10\textsuperscript{6} x_{10} \new{y}"""
    )
    assert texts(source) == ['Answer: 3 of $4$, 5 % "done" a_b 10^{6} x_{10} \\new y']


def test_line_breaks_end_a_block() -> None:
    r"""``\\`` is how many begin a new answer."""
    assert outline("one \\\\ (b) two \\\\[2pt]\nthree\\newline four") == [
        (1, TEXT, "one"),
        (1, TEXT, "(b) two"),
        (2, TEXT, "three"),
        (2, TEXT, "four"),
    ]


def test_tables() -> None:
    """Rules fall away; what stands in braces or in a formula parts no cells."""
    source = r"""
    \begin{table}[h] \centering
    \begin{tabular}{|l|c@{ }r|}
    \hline
    Layer & Params & \textbf{Shape} \\ \hline\hline
    Conv & $10 + 3$ & 28 \& 28 \\[2pt] \cline{1-2}
    \multicolumn{2}{c}{Total} & $\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$
    \end{tabular}
    \caption{The layers}
    \end{table}
    """
    table, caption = blocks(source)
    assert (table.kind, table.where.line) == (TABLE, 5)
    assert table.rows == (
        ("Layer", "Params", "Shape"),
        ("Conv", "$10 + 3$", "28 & 28"),
        ("Total", r"$\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$"),
    )
    assert caption.text == "The layers"


def test_code_and_pictures() -> None:
    """Code is kept as it stands; comment environments go."""
    source = r"""
    \begin{lstlisting}[language=Python]
      x = 1 % 2
      \item $
    \end{lstlisting}
    \includegraphics[width=3cm]{plot.png}
    \begin{comment} nothing \end{comment}
    """
    assert outline(source) == [(3, CODE, "  x = 1 % 2\n  \\item $"), (6, IMAGE, "plot.png")]


def test_code_that_never_ends_is_told() -> None:
    """All that follows is code, as it is for LaTeX."""
    reading = read("(a) 5\n\\begin{verbatim}\n(b) 6")
    assert [(block.kind, block.text) for block in reading.blocks] == [(TEXT, "(a) 5"), (CODE, "(b) 6")]
    assert reading.notes == ("line 2: the verbatim environment never ends; all that follows belongs to it",)


def test_other_files_are_not_opened() -> None:
    """A note says so."""
    reading = read("(a) 5\n\\input{/etc/passwd}")
    assert [block.text for block in reading.blocks] == ["(a) 5"]
    assert reading.notes == ("line 2: \\input{/etc/passwd} was not followed; hand in one file that holds everything",)


def test_macros_are_expanded_on_their_lines() -> None:
    """With and without arguments, with a default, from the preamble or not."""
    source = r"""
    \newcommand{\R}{\mathbb{R}}
    \newcommand\pd[2]{\frac{\partial #1}{\partial #2}}
    \newcommand{\size}[2][3]{#1 \times #2}
    \DeclareMathOperator*{\Var}{Var}
    \def\sq#1{#1^2}
    \newcommand{\sol}[1]{\textbf{Solution:} #1}
    \begin{document}
    $x \in \R^3$, $\pd{L}{\sq{w}}$, $\size{4}$, $\size[5]4$, $\sq\sigma$
    \sol{the answer

    is 5}
    \renewcommand{\R}{Q}$\R$ $\Var(x)$
    \end{document}
    """
    assert outline(source) == [
        (
            9,
            TEXT,
            r"$x \in \mathbb{R}^3$, $\frac{\partial L}{\partial w^2}$, $3 \times 4$, $5 \times 4$, $\sigma^2$",
        ),
        (10, TEXT, "Solution: the answer"),
        (12, TEXT, "is 5\n$Q$ $\\operatorname{Var}(x)$"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "bomb",
    [
        r"\def\a{\a}\a",
        r"\def\a{\b}\def\b{\a}\a",
        r"\def\a{xx}" + "".join(rf"\def\{chr(98 + i)}{{\{chr(97 + i)}\{chr(97 + i)}}}" for i in range(24)) + r"\y",
        r"\newcommand{\a}[1]{#1#1}" + r"\a{" * 30 + "x" + "}" * 30,
        r"\newcommand{\a}[1]{" + "#1" * 10_000 + r"}\a{" + "x" * 10_000 + "}",
    ],
)
def test_macro_bombs_are_refused(bomb: str) -> None:
    """Before they go off."""
    with pytest.raises(SubmissionError, match="its macros expand without end"):
        read(bomb)


def test_a_book_is_refused() -> None:
    """Homework is shorter."""
    with pytest.raises(SubmissionError, match="2000001 characters, expected at most 2000000"):
        latex.blocks("x" * 2_000_001, "hw.tex")


PIECES = [
    "$", "$$", "\\[", "\\]", "\\(", "\\begin{align}", "\\end{align}", "\\begin{enumerate}",
    "\\end{enumerate}", "\\item ", "\\item[", "]", "{", "}", "\\begin{tabular}{c}", "\\end{tabular}", "&",
    "\\\\", "%", "\n", "\n\n", "\\section{", "\\textbf{", "\\newcommand{\\x}[1]{", "#1", "\\x", "\\def\\y{",
    "\\y", "\\begin{verbatim}", "\\end{verbatim}", "\\verb|", "|", "~", "x", "1 ", "\\begin{document}",
    "\\end{document}", "\\input{", "\\includegraphics{", "\\multicolumn{2}{c}{", "\\setcounter{enumi}{3}",
]  # fmt: skip
ODD = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(st.one_of(ODD, st.text()))
@settings(deadline=None, max_examples=400)
def test_nothing_makes_it_fail_but_with_one_line(source: str) -> None:
    """Whatever the text."""
    source = source.replace("\x00", "")  # files are cleaned before they are read
    try:
        reading = latex.blocks(source, "hw.tex")
    except SubmissionError as error:
        event(str(error))
        return
    lines = source.count("\n") + 1
    assert all(1 <= block.where.line <= lines for block in reading.blocks)


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "5", "$x$"]), min_size=1, max_size=4).map(" ".join)
DRESSED = st.sampled_from(
    [
        "{}", "\\section*{{{}}}", "\\textbf{{{}}}", "\\[ {} \\]", "\\item {}", "% {}", "\\twice{{{}}}",
        "\\begin{{center}}\n{}\n\\end{{center}}", "\\begin{{tabular}}{{c}}\n{} \\\\\n\\end{{tabular}}",
        "\\newcommand{{\\unused}}{{\n{}}}",
    ]
)  # fmt: skip


@given(st.lists(st.tuples(DRESSED, WORDS), max_size=8))
@settings(deadline=None, max_examples=100)
def test_every_block_stands_on_the_line_it_says(parts: list[tuple[str, str]]) -> None:
    """Through comments, macros and environments."""
    source = "\\newcommand{\\twice}[1]{#1 #1}\n" + "\n\n".join(dress.format(words) for dress, words in parts)
    lines = source.split("\n")
    for block in latex.blocks(source, "hw.tex").blocks:
        word = re.search(r"[a-z0-9$]+", block.text)
        assert word
        assert word[0] in lines[block.where.line - 1]


@pytest.mark.parametrize(
    "unit",
    [
        "$",
        "{",
        "\\",
        "\\item[",
        "\\begin{itemize}\\item a\n",
        "\\begin{tabular}{",
        "\\section{",
        "%\n",
        "\\[",
        "\\def\\a",
    ],
)
def test_hostile_repetition_costs_next_to_nothing(unit: str, within: Any) -> None:
    """Thirty thousand of them; in quadratic time they would take minutes."""
    within(300, lambda: latex.blocks(unit * 30_000, "hw.tex"))
