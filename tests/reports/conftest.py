"""Reports made by hand: one of all verdicts as a student would get it, and parts full of hostile text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.model import Finding, Read, Report, Submission, Verdict, Where
from grader.scoring import score

HOSTILE = (
    "[/b] [bold]x <script>alert(1)</script> ::error file=x::owned\n::add-mask::y\r\n##[error]z "
    "\x1b[31mred\x07\x00 ]]> & \"quoted\" 'single' `code` | cell | **b** @someone "
    "\u202eevil\u2066 \ud800 %0A,a:b"
)
"""What a student may write to break a report."""

Row = tuple[Finding, float, str]


def read(text: str, line: int, by: str, understood: str | None = None, *repairs: str, cell: int | None = None) -> Read:
    """What was read at one line of ``ada.md``."""
    return Read(text, Where("ada.md", line, cell), by, understood, repairs)


def row(  # a finding has this many sides
    part: str,
    verdict: Verdict,
    credit: float,
    points: float,
    reason: str,
    found: Read | None = None,
    diagnosis: str | None = None,
    expected: str | None = None,
    evidence: str | None = None,
) -> Row:
    """A finding with its points, as `score` takes it."""
    finding = Finding(part, verdict, credit, reason, found, diagnosis, expected, evidence)
    return finding, points, f"Statement of {part}."


def build(rows: list[Row], notes: tuple[str, ...] = ()) -> Report:
    """The report on ``ada.md`` made from `rows`."""
    submission = Submission("ada.md", "0" * 64, (), "hw4", ("line 12: a table row with one cell too many",))
    return score("hw4", "Homework 4, convolutional networks", submission, rows, notes)


MATRIX = r"\begin{pmatrix} -1 & 3 & -2 \\ 3 & -3 & 1 \\ 0 & 3 & 1 \end{pmatrix}"
TABLE = "row 'Conv3-10', column 'shape'"

ROWS = [
    row(
        "2a.weights",
        Verdict.CORRECT,
        1,
        1,
        "equal at all 256 points of the domain",
        read(r"F \cdot C \cdot K^2", 13, "label (a)", "F*C*K^2"),
    ),
    row(
        "2a.w_out",
        Verdict.CORRECT,
        1,
        1,
        "equal wherever the stride divides",
        read("(W - K + 2P) / S + 1", 15, "label (a)", "(W - K + 2*P)/S + 1"),
    ),
    row(
        "2c.receptive_field",
        Verdict.INCORRECT,
        0,
        2,
        "differs at L = 3, K = 5",
        read("L K", 35, "label (c)", "L*K"),
        "the overlap of neighbouring windows was counted twice",
        "L*(K - 1) + 1",
    ),
    row(
        "2d.advantage",
        Verdict.REVIEW,
        0,
        3,
        "prose, which a person reads; the rubric's 'computation' stands in it",
        read(
            "Downsampling reduces the amount of computation that the later layers need, and makes the "
            "network see more of the image at once, so that fewer layers reach the whole of it.",
            47,
            "label (d)",
        ),
    ),
    row("2e.conv1.shape", Verdict.CORRECT, 1, 1, "the same shape", read("28x28x10", 57, TABLE, "28 × 28 × 10")),
    row(
        "2e.conv1.params",
        Verdict.INCORRECT,
        0,
        1,
        "90 is not the number of parameters",
        read(r"3 \times 3 \times 1 \times 10 = 90", 57, "row 'Conv3-10', column 'params'", "90"),
        "the biases were left out",
        "100",
    ),
    row(
        "2e.pool1.shape",
        Verdict.PARTIAL,
        0.5,
        1,
        "right extents in another layout than the statement's",
        read("10x14x14", 58, "row 'Pool2', column 'shape'", "10 × 14 × 14"),
        "channels stand last in this table",
        "14 × 14 × 10",
    ),
    row("2e.fc.params", Verdict.MISSING, 0, 1, "no answer was found", expected="1473"),
    row(
        "3b.filter",
        Verdict.CORRECT,
        1,
        2,
        "the filter maps the input to the output",
        read("[0, 1, 2]", 88, "label (b)", "[0, 1, 2]"),
    ),
    row(
        "3c.output",
        Verdict.PARTIAL,
        8 / 9,
        3,
        "8 of 9 entries agree; row 2, column 2 is -5",
        read(
            MATRIX,
            104,
            "display math after label (c)",
            "[[-1, 3, -2], [3, -5, 1], [0, 3, 1]]",
            r"'egin{' to '\begin{'",
            r"a line break before 'ight]' to '\right]'",
        ),
        "one product of the overlap was counted twice",
    ),
    row(
        "4a.i",
        Verdict.CORRECT,
        1,
        2,
        "the same shape; your working has a false step: 32 + 2 - 3 = 30",
        read("(10, 64, 32, 32)", 120, "label i.", "10 × 64 × 32 × 32"),
    ),
    row(
        "4b",
        Verdict.ERROR,
        0,
        2,
        "the grader failed on this part: it ran past its time",
        read("[[1, 0, -1]] * 3", 131, "cell metadata", cell=7),
    ),
    row(
        "4d.ii",
        Verdict.REVIEW,
        0,
        1,
        "two answers that would be marked differently: 7 (line 140) and 5 (line 152)",
    ),
    row(
        "5a",
        Verdict.INCORRECT,
        0,
        4,
        "the sum over j is missing",
        read(r"dW_{h,l} = \sum_i dY_{ij} X_{i+h-1,j+l-1}", 160, "label (a)"),
        evidence="x = np.array([[1.0, 0.0]])\nconv(x, stride=2)\n# expected: [[1.0]]\n#      got: [[1.0, 0.0]]",
    ),
    row("5b.mean", Verdict.CORRECT, 1, 1, "0 as expected", read("0", 171, "label (b)", "0")),
]


@pytest.fixture(scope="session")
def report() -> Report:
    """Fifteen parts with all six verdicts, 11.17 to 17.17 of 26 points."""
    return build(ROWS, ("part 3c was found twice; the later answer counts",))


@pytest.fixture(scope="session")
def saying() -> Callable[[str], Report]:
    """A function: a report with a part of each verdict, every text of which is the one given."""

    def make(text: str) -> Report:
        found = Read(text, Where(text, 3), text, text, (text,))
        rows = [
            row(f"1.{verdict}", verdict, float(verdict is Verdict.CORRECT), 1, text, found, text, text, text)
            for verdict in Verdict
        ]
        return score("hw4", "Title", Submission(text, "0" * 64, (), None, (text,)), rows, (text,))

    return make


@pytest.fixture(scope="session")
def hostile(saying: Callable[[str], Report]) -> Report:
    """A report in which every text that a student can influence is `HOSTILE`."""
    return saying(HOSTILE)


@pytest.fixture(scope="session")
def many() -> Callable[[int], Report]:
    """A function: a report of so many wrong parts, each with long texts."""

    def make(count: int) -> Report:
        found = read("9" * 300, 1, "label")
        return build([row(f"1.{n}", Verdict.INCORRECT, 0, 1, "wrong " * 60, found) for n in range(count)])

    return make
