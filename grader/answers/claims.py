"""What a student says at one place: a stretch of mathematics, the words around it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model import Where


@dataclass(frozen=True, slots=True)
class Claim:
    """One stretch of mathematics, as the student wrote it."""

    text: str
    where: Where
    before: str = ""
    """The words of the sentence before it, earlier mathematics included."""
    after: str = ""
    """The words of the sentence behind it."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells, where the claim is a whole table."""
    asserted: bool = True
    """Whether it is stated (`the output is 3x3`, an equation) and not only mentioned (`a 3x3 kernel`)."""
    final: bool = False
    """Whether the student marks it as the result: therefore, answer, a box, bold."""
    continues: bool = False
    """Whether it begins with a sign of relation and goes on from an earlier one that may not be the nearest."""
    repairs: tuple[str, ...] = ()
    marked: bool = False
    """Whether it is marked as the answer outright: boxed, bold, behind "Answer:". It is `final` as well."""
    denied: bool = False
    """Whether the student says that it is not so: `not 28 but 26`, `10 is wrong`."""
    reason: bool = False
    """Whether it is given as a reason, or in brackets behind what it is said of."""
    hedged: bool = False
    """Whether it is said only as a bound, `less than 26`, or as a guess, `maybe 26?`."""
    corrects: bool = False
    """Whether it takes an earlier one back: `no, it is 26`."""
    defines: bool = False
    """Whether it says what a name stands for and no more: `where m = n - k + 1`, `for W = 28`."""
    defined: tuple[tuple[str, str], ...] = ()
    """The names that the student defines for it, each with its expression, both as written."""
    spaces: tuple[tuple[str, tuple[int, ...]], ...] = ()
    r"""The arrays that the student says the shapes of before it, `dW \in R^{3x5}`, each with its extents."""
    cut: bool = False
    """Whether a sign beside it says that it is a piece of something that was not taken for mathematics as a whole."""
    inside: str = ""
    """The text of the larger claim that it is a piece of; where that can be read, it stands for its pieces."""
