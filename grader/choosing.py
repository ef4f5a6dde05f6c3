"""Among the claims that could answer a part, the one that does; and why a person should look where that is not sure.

Of what the student says at a place the statement counts before the mention, what is marked as the answer before what
is not, and the last before the first, as students correct themselves downwards. What is given as a reason, in
brackets, or only to say what a name stands for, counts where nothing else does; what the student denies never does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.answers.prose.definitions import members
from grader.answers.view import Comparison
from grader.locate import Candidate
from grader.model import Verdict

_NAMED = 3
_STATED = 2
_ASIDE = 1
_NAMED_UNLIKE, _UNLIKE = 1.75, 1.5
"""What is stated and does not look like this sort of answer."""
_DEFINES = 0.6
_UNLIKELY = 0.5
_MENTIONED = 0

_WORD = re.compile(r"[A-Za-z]{2,}")
_WORDY = 4
"""From so many words around it on, a value that is mentioned is no answer by itself."""

_SYMBOL = re.compile(r"\\?[A-Za-zα-ωΑ-Ω]{1,3}'?(?:_(?:\{[^{}]{1,20}\}|\w{1,6}))?'?")
"""A name, as it stands on the left of an equation."""

_MOST_RIVALS = 50
"""Statements at one place among which it is looked for what takes back or builds on what."""

Mark = Callable[[Candidate], Comparison]
"""How a candidate would be marked."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The candidate that counts."""

    candidate: Candidate
    doubt: str = ""
    """Why a person should look all the same."""


def choose(candidates: Sequence[Candidate], mark: Mark, likely: Callable[[Candidate], bool]) -> Chosen:
    """The candidate that counts, of one or more.

    Args:
        candidates: in the order of the text.
        mark: how one would be marked.
        likely: whether its value is of the sort asked for, right or wrong.
    """
    open_ones = _whole([one for one in candidates if not one.claim.denied])
    if not open_ones:
        return Chosen(candidates[-1], "the student says only what the answer is not")
    standing = {id(one): _standing(one, likely=likely(one)) for one in open_ones}
    best = max(standing.values())
    level = [one for one in open_ones if standing[id(one)] == best]
    marked = [one for one in level if one.claim.marked] or [one for one in level if one.claim.final] or level
    chosen = marked[-1]
    place = next(at for at, one in enumerate(open_ones) if one is chosen)
    rivals = [
        one
        for at, one in enumerate(open_ones)
        if standing[id(one)] >= min(best, _STATED) or at > place or (one.named and not chosen.named)
    ]
    doubt = _doubt(chosen, level, rivals, mark)
    if not doubt and mark(chosen).verdict is Verdict.INCORRECT:
        doubt = _is_no_answer(chosen, likely=likely(chosen))
    if not doubt and chosen.claim.hedged:
        doubt = f"{_shown(chosen)!r} is said as a bound or as a guess"
    return Chosen(chosen, doubt)


def _whole(candidates: list[Candidate]) -> list[Candidate]:
    """`candidates` without the pieces of a larger one among them."""
    texts = {one.claim.text for one in candidates}
    return [one for one in candidates if not one.claim.inside or one.claim.inside not in texts]


def _standing(one: Candidate, *, likely: bool) -> float:
    """Its rank; what is not of the sort asked for stands below all that is stated."""
    claim = one.claim
    if not likely:
        return min(one.rank, _ASIDE) * _UNLIKELY if one.rank else -_UNLIKELY
    if claim.defines and one.rank < _NAMED:
        return min(one.rank, _DEFINES)
    if claim.reason:
        return min(one.rank, _ASIDE)
    if not one.reading.apt:
        return min(one.rank, _NAMED_UNLIKE if one.rank >= _NAMED else _UNLIKE)
    return one.rank


def _doubt(chosen: Candidate, level: list[Candidate], rivals: list[Candidate], mark: Mark) -> str:
    own_mark = _key(mark(chosen))
    past = _superseded(chosen, rivals)
    others = [one for one in level if _key(mark(one)) != own_mark and id(one) not in past]
    others = [one for one in others if not _uses(chosen, one, level)]
    if boxed := [one for one in others if _is_level(one, chosen)]:
        return _not_said(boxed[-1], chosen)
    settled = chosen.claim.final or chosen.rank > _ASIDE
    if others and len({one.visit for one in level}) > 1 and not chosen.claim.final:
        return "it is answered more than once, under the same number, and the answers differ"
    if others and not settled:
        if chosen.rank == _MENTIONED:
            return "several values are mentioned and none is stated as the answer"
        return _not_said(others[-1], chosen)
    own = mark(chosen).credit
    better = [one for one in rivals if mark(one).credit > own and id(one) not in past]
    return _not_said(better[-1], chosen) if better else ""


def _is_level(one: Candidate, other: Candidate) -> bool:
    """Whether both are marked as the answer in one line."""
    return one.claim.marked and other.claim.marked and one.claim.where == other.claim.where


def _is_no_answer(chosen: Candidate, *, likely: bool) -> str:
    """Why the only thing that could be read is no wrong answer: it defines a name, or is mentioned among words."""
    claim = chosen.claim
    if claim.cut:
        return f"only {_shown(chosen)!r} could be read, which is a piece of something larger"
    if claim.defines:
        return f"only {_shown(chosen)!r} could be read, which says what a name stands for"
    words = len(_WORD.findall(claim.before)) + len(_WORD.findall(claim.after))
    strange = chosen.rank == _MENTIONED and not likely
    unsaid = chosen.rank == _MENTIONED or not (likely or _is_of_its_name(chosen))
    if (words and strange) or (words >= _WORDY and unsaid):
        return f"only {_shown(chosen)!r} could be read, among words that a person has to read"
    return ""


def _is_of_its_name(chosen: Candidate) -> bool:
    """Whether it is an equation with the part's own name on its left, `C_out = 1`, and so an answer of any sort."""
    chain = members(chosen.claim.text)
    return chosen.rank == _NAMED and len(chain) == 2 and bool(_SYMBOL.fullmatch(chain[0]))


def _superseded(chosen: Candidate, order: Sequence[Candidate]) -> set[int]:
    """What `chosen` takes back, repeats or builds on, be it through others that stand between."""
    found = {id(chosen)}
    waiting = [chosen]
    near = order[-_MOST_RIVALS:]
    while waiting:
        one = waiting.pop()
        new = [other for other in near if id(other) not in found and _supersedes(one, other, order)]
        found |= {id(other) for other in new}
        waiting += new
    return found - {id(chosen)}


def _supersedes(chosen: Candidate, other: Candidate, order: Sequence[Candidate]) -> bool:
    """Whether `chosen` takes back, repeats or builds on `other`, so that no one would take the other for the answer."""
    claim = chosen.claim
    if claim.marked and not other.claim.marked:
        return True
    later = order.index(chosen) < order.index(other)
    if chosen.rank > other.rank >= _STATED and chosen.rank == _NAMED and not (later and other.claim.final):
        return True
    if later:
        return False
    return claim.corrects or _same_name(claim.text, other.claim.text) or _builds_on(claim.text, other.claim.text)


def _same_name(text: str, other: str) -> bool:
    """Whether both are equations of one name."""
    one, two = members(text), members(other)
    return len(one) > 1 and len(two) > 1 and one[0].lower() == two[0].lower() and bool(re.search("[A-Za-z]", one[0]))


def _builds_on(text: str, other: str) -> bool:
    """Whether the working in `text` goes on from the result in `other`: `27 * 10 = 270`, then `270 + 10 = 280`."""
    chain = members(text)
    result = re.findall(r"\d[\d.,]*", members(other)[-1])
    if len(chain) < 2 or not result:
        return False
    return bool(re.search(rf"(?<![\d.]){re.escape(result[-1].rstrip('.,'))}(?![\d])", " ".join(chain[:-1])))


def _uses(chosen: Candidate, other: Candidate, order: Sequence[Candidate]) -> bool:
    """Whether the working of `chosen` names what stands before it: `a = 270`, `b = 10`, then `n = a + b = 280`.

    A check of an answer names it as well, `65*3 + k = 205`: so this never settles for a worse one.
    """
    chain, before = members(chosen.claim.text), members(other.claim.text)
    if len(chain) < 3 or len(before) < 2 or not _SYMBOL.fullmatch(before[0]):
        return False
    named = re.search(rf"(?<![A-Za-z\\_]){re.escape(before[0])}(?![\w'])", " ".join(chain[1:-1]))
    return bool(named) and order.index(other) < order.index(chosen)


def _key(result: Comparison) -> tuple[Verdict, float]:
    return result.verdict, result.credit


def _not_said(*two: Candidate) -> str:
    shown = " and ".join(repr(_shown(one)) for one in two)
    return f"{shown} would be marked differently, and which one is the answer is not said"


def _shown(one: Candidate) -> str:
    text = one.claim.text
    return text if len(text) <= 40 else f"{text[:39]}…"
