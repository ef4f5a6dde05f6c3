"""What names stand for: told from an equation, and given to the claims that it counts for."""

from __future__ import annotations

import pytest

from grader.answers.claims import Claim
from grader.answers.prose.definitions import (
    is_definition,
    may_define,
    members,
    plainly_defined,
    with_definitions,
    with_known,
)
from grader.answers.prose.extract import claims
from grader.model import Block, BlockKind, Where


def defined(text: str) -> dict[str, dict[str, str]]:
    """Each claim of a paragraph with what is defined for it."""
    found = claims([Block(BlockKind.TEXT, text, Where("answer.md", 1))])
    return {claim.text: dict(claim.defined) for claim in found}


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("the total is V, where", "m = n - k + 1", True),
        ("for", "W = 28", True),
        ("let F denote", "K", True),
        ("With", r"\Delta[i,j] := \frac{\partial J}{\partial Z[i,j]}", True),
        ("write", r"g_{pq} = dY_{pq}", True),
        ("the size is", "G[i,j] = dY[i,j]", False),
        ("the output is then", "W = 28", False),
        ("we assume no padding, so we get", "W = 28", False),
        ("for K = 3, S = 1:", "RF = 7", False),
        ("where the stride is 2, the answer is", "W = 28", False),
    ],
)
def test_a_definition_is_told_by_its_words(said: str, text: str, *, expected: bool) -> None:
    """`where`, `let` and `for` open one; `so` and `then` close it."""
    assert is_definition(said, text) is expected


def test_a_where_clause_counts_for_what_stands_before_it() -> None:
    """And for what stands behind it."""
    assert defined("$V = m^2 F$ where $m = n - k + 1$")["V = m^2 F"] == {"m": "n - k + 1"}


def test_an_equation_counts_for_what_stands_behind_it() -> None:
    """The last equation of a name counts."""
    found = defined("We have $m = n - k$. Sorry, $m = n - k + 1$. So the size is $m^2$.")
    assert found["m^2"] == {"m": "n - k + 1"}
    assert found["m = n - k"] == {}


def test_a_renaming_in_words() -> None:
    """`let F denote K`."""
    assert defined("Let F denote K. Then $W_{out} = W - F + 1$.")["W_{out} = W - F + 1"] == {"F": "K"}


def test_an_equation_of_a_name_in_itself_defines_nothing() -> None:
    """`n = n + 1` is an assignment."""
    first = Claim("n = n + 1", Where("a", 1))
    assert with_definitions([first, Claim("n^2", Where("a", 2))])[1].defined == ()


def test_members_are_cut_outside_brackets() -> None:
    """The `=` below a sum belongs to it."""
    assert members(r"V = \sum_{i=1}^{m} x_i = 3") == ["V", r"\sum_{i=1}^{m} x_i", "3"]


def test_an_array_and_an_accented_name_are_defined() -> None:
    r"""`G[i,j] = ...`, `\tilde K = ...`."""
    assert defined("Let `G[i,j] = dY[i,j]`. Then $dW = G X$.")["dW = G X"] == {"G[i,j]": "dY[i,j]"}
    assert defined(r"We have $\tilde K = D(K-1)+1$, so the size is $W - \tilde K$.")[r"W - \tilde K"] == {
        r"\tilde K": "D(K-1)+1"
    }


def test_what_is_plainly_defined_holds_further_down() -> None:
    """An equation that only stands there does not; what is said anew takes over."""
    first = claims([Block(BlockKind.TEXT, "Let $G = dY$, where $K = 3$. Also $H = 2G$.", Where("answer.md", 1))])
    known = plainly_defined(first)
    assert known == (("G", "dY"),)
    later = claims([Block(BlockKind.TEXT, "So $dX = G$.", Where("answer.md", 5))])
    assert with_known(later, known)[0].defined == (("G", "dY"),)
    anew = claims([Block(BlockKind.TEXT, "Here $G = dX$. So $dX = G$.", Where("answer.md", 5))])
    assert with_known(anew, known)[-1].defined == (("G", "dX"),)


def test_a_word_that_may_define() -> None:
    """`let` and `:=` do; a plain equation needs no second look."""
    assert may_define("Let G = dY")
    assert may_define("G := dY")
    assert not may_define("G = dY")
