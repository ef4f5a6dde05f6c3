"""One formula for several parts: `dL/dk_j = ..., j = 1, 2, 3` answers for k_1, k_2 and k_3, each with its j put in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from grader.answers.claims import Claim
from grader.locate.names import canonical, left_sides

_NUMBERED = re.compile(r"(?P<stem>.*[a-z])_?(?P<number>\d)")
_INDEXED = re.compile(r"(?P<stem>.*[a-z])_(?P<index>[a-z])")
_FEWEST = 2
_RANGE = re.compile(
    r"(?P<index>[a-z])(?:=|\\in|∈)(?:\\?\{)?(?P<first>\d)(?P<others>(?:,\d)*)(?:(?:,?(?:\.\.+|…|\\[lc]?dots),?|to)(?P<last>\d))?"
    r"(?:\\?\})?[.,;]?"
)
"""What the index runs over, without white space: `j=1,2,3`, `j=1,\\dots,3`."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A claim with a part's number put in for its index."""

    claim: Claim
    stated: bool
    """Whether the student says that the index runs over it."""


class Families:
    """The parts of one place whose names differ in their number only: `dL/dk_1`, `dL/dk_2`."""

    def __init__(self, names: Iterable[tuple[str, Sequence[str]]]) -> None:
        self.numbers: dict[str, dict[str, int]] = {}
        """For each stem the parts with their numbers."""
        for part, called in names:
            for found in filter(None, (_NUMBERED.fullmatch(canonical(name)) for name in called)):
                self.numbers.setdefault(found["stem"], {})[part] = int(found["number"])

    def of(self, claim: Claim, behind: Claim | None) -> dict[str, Instance]:
        """The parts that `claim` answers, each with its instance; `behind` is the claim that follows, or None.

        None where its left side is no name of the family, where the index is summed over, or where it is said to run
        over other numbers.
        """
        lefts = left_sides(claim)
        found = _INDEXED.fullmatch(lefts[0]) if lefts else None
        parts = self.numbers.get(found["stem"], {}) if found else {}
        if not found or len(set(parts.values())) < _FEWEST or _is_bound(claim.text, found["index"]):
            return {}
        said = _values(claim, behind, found["index"])
        if said is not None and not set(parts.values()) <= said:
            return {}
        return {
            part: Instance(replace(claim, text=_put(claim.text, found["index"], number)), said is not None)
            for part, number in parts.items()
        }


def _is_bound(text: str, index: str) -> bool:
    """Whether a sum on the right side runs over `index`."""
    right = text.partition("=")[2]
    return bool(re.search(rf"(?<![A-Za-z]){index}\s*(?:=|\\in(?![A-Za-z])|∈)|sum_\{{?[\w,]{{0,9}}{index}", right))


def _put(text: str, index: str, number: int) -> str:
    """`text` with `number` for the letter `index`: `k_j` as `k_1`, `x_{i+j}` as `x_{i+(1)}`."""
    text = re.sub(rf"(?<=_){index}(?![A-Za-z])", str(number), text)
    text = re.sub(rf"(?<=_\{{){index}(?=\}})", str(number), text)
    return re.sub(rf"(?<![A-Za-z\\]){index}(?![A-Za-z])", f"({number})", text)


def _values(claim: Claim, behind: Claim | None, index: str) -> set[int] | None:
    """What the student says that `index` runs over; None where nothing is said of it."""
    texts = [claim.after, behind.text if behind else ""]
    for text in texts:
        bare = re.sub(r"\s|\\[,;: ]|\\q?quad|\\text\{.{0,20}?\}|\$|\bfor\b|\bwhere\b", "", text[:80])
        found = _RANGE.fullmatch(bare)
        if found and found["index"] == index:
            listed = {int(found["first"]), *(int(other) for other in found["others"].split(",") if other)}
            return set(range(min(listed), int(found["last"]) + 1)) if found["last"] else listed
    return None
