"""A set of names, `k_1, k_2 and b`: right minus wrong members over the members there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.answers.claims import Claim
from grader.answers.lists.name_lists import Known, is_symbol, plain_names
from grader.answers.lists.named import named
from grader.answers.prose.questions import asks
from grader.answers.prose.repair import repaired
from grader.answers.prose.trimming import without_label
from grader.answers.syntax.unread import MAX_LENGTH, Unread
from grader.answers.values import Members
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import Notation, name_text
from grader.model import Verdict

_NONE = re.compile(
    r"\W*(?:none|nothing|no\s+(?:parameters?|one|names?)|(?:the\s+)?empty\s+set|\{\s*\})(?:\s+of\s+(?:them|these|the\s+above))?\W*",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\W*(?:all|every\s*(?:one|thing))(?:\s+of)?(?:\s+(?:them|these|it|the\s+above|the\s+\w+))?\W*", re.IGNORECASE
)
_CUT = re.compile(r",|;|\n|&|\band\b|[{}()\[\]:.]")
"""What sets the items of a list apart."""
_BRACES = {Notation.LATEX: (r"\{", r"\}"), Notation.UNICODE: ("{", "}"), Notation.PYTHON: ("{", "}")}
_NUMBERED = re.compile(r"\A([A-Za-z])(\d+)\Z")
_MOST_ITEM = 3
"""Words of an item that may be a name which the problem does not know."""
_COUNTED = re.compile(
    r"(?<![\w(])(?P<base>[A-Za-z])\s{0,3}\(\s{0,3}(?:with\s+|of\s+)?(?P<count>\d{1,3})\s+(?:entries|values|weights|components"
    r"|elements|numbers|parameters)\s{0,3}\)"
)
"""A name with how many it stands for: `k (3 entries)`."""
_FILLS = frozenset("the a an of are is it etc they only just all these those parameters answer respectively".split())


@dataclass(frozen=True)
class MembersView:
    """Reads which names of `universe` a text lists."""

    universe: Mapping[str, tuple[str, ...]]
    """Each name that is known, right or wrong, with its other spellings."""

    @cached_property
    def _known(self) -> Known:
        return Known(self.universe)

    def read(self, claim: Claim) -> Reading[Members]:
        """The names that the text lists; those that it denies are none of them."""
        text = " ".join(filter(None, (claim.before, claim.text, claim.after)))
        if len(text) > MAX_LENGTH:
            return Reading(None, "too-long", f"{len(text)} characters; at most {MAX_LENGTH} are read")
        mended = repaired(text)
        try:
            plain = _COUNTED.sub(self._family, self._plain(mended.text))
            return Reading(self._listed(plain), repairs=mended.repairs)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)

    @staticmethod
    def _plain(text: str) -> str:
        """The plain text of the lines that ask nothing."""
        lines = [without_label(line) for line in text.split("\n") if not line.rstrip().endswith("?") or not asks(line)]
        return plain_names("\n".join(lines))

    def _family(self, found: re.Match[str]) -> str:
        """`k1, k2, k3` for `k (3 entries)`, where the problem knows three names of that sort and no `k` itself."""
        numbered = ((name, _NUMBERED.match(name.replace("_", ""))) for name in self.universe)
        names = [name for name, parts in numbered if parts and parts[1] == found["base"]]
        fits = len(names) == int(found["count"]) and not self._known.called(found["base"])
        return plain_names(", ".join(names)) if fits else found.group()

    def _listed(self, plain: str) -> Members:
        if _NONE.fullmatch(plain):
            return Members(frozenset())
        if _ALL.fullmatch(plain):
            if "above" not in plain.lower():
                raise Unread("all", "it says all of them, and names none")
            return Members(frozenset(self.universe))
        found = named(plain, self._known)
        both = [name for name in found.listed if name in found.denied or name in found.apart]
        if both:
            raise Unread("denied", f"{both[0]} is both listed and denied")
        if found.all_but and not found.listed and found.denied:
            return Members(frozenset(self.universe) - frozenset(found.denied))
        if not found.listed:
            self._raise_without_names(denied=bool(found.denied or found.apart), strange=[*found.strange, *found.loose])
        mentioned = (
            frozenset(found.mentioned) - frozenset(found.listed) - frozenset(found.denied) - frozenset(found.apart)
        )
        strange = (*found.strange, *self._strange_words(plain))
        return Members(frozenset(found.listed), strange, tuple(found.loose), mentioned, frozenset(found.apart))

    def _raise_without_names(self, *, denied: bool, strange: list[str]) -> None:
        if denied:
            raise Unread("denied", "it says only what does not belong")
        if strange:
            raise Unread("unknown-name", f"{strange[0]} is none of the names that the problem knows")
        raise Unread("no-names", "none of the names that the problem knows is listed")

    def _strange_words(self, plain: str) -> list[str]:
        """Items of words that the problem does not know, where its names are words too."""
        if all(is_symbol(name) or len(name) < 3 for name in self.universe):
            return []
        return [item.strip() for item in _CUT.split(plain) if self._is_strange(item)]

    def _is_strange(self, item: str) -> bool:
        said = [word for word in re.findall(r"[A-Za-z]+", item) if word.lower() not in _FILLS]
        known = any(token.kind in {"known", "strange"} for token in self._known.tokens(item))
        return not known and 0 < len(said) <= _MOST_ITEM

    def likely(self, value: Members, reference: Members) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: a list of names is one."""
        return True

    def compare(self, value: Members, reference: Members) -> Comparison:
        """Right minus wrong members over the members there are, never below 0."""
        doubt = doubted(value, reference, len(reference.names))
        if doubt:
            return Comparison(Verdict.REVIEW, 0.0, doubt)
        right, extra = value.names & reference.names, sorted(value.names - reference.names) + list(value.strange)
        if len(right) == len(reference.names) and not extra:
            return CORRECT
        credit = max(0.0, (len(right) - len(extra)) / len(reference.names))
        reason = f"{len(right)} of {len(reference.names)} are named"
        if extra:
            reason += f"; {', '.join(extra)} {'does' if len(extra) == 1 else 'do'} not belong"
        return Comparison(Verdict.PARTIAL if credit else Verdict.INCORRECT, credit, reason)

    def render(self, value: Members, notation: Notation = Notation.ASCII) -> str:
        """The names with commas between them; in LaTeX and Unicode in the braces of a set."""
        if not value.names:
            return r"\varnothing" if notation is Notation.LATEX else "none"
        names = [_name(name, notation) for name in sorted(value.names)]
        opening, closing = _BRACES.get(notation, ("", ""))
        return f"{opening}{', '.join(names)}{closing}"


def _name(name: str, notation: Notation) -> str:
    """A symbol in `notation`; words as they are."""
    if is_symbol(name):
        return name_text(_NUMBERED.sub(r"\1_\2", name) if notation is Notation.LATEX else name, notation)
    return rf"\text{{{name}}}" if notation is Notation.LATEX else name


def doubted(value: Members, reference: Members, wanted: int) -> str:
    """Why a person has to look at `value`, of which `wanted` members are asked for; empty where nobody has to.

    A name that the problem does not know may stand for one that is missing; one that is only mentioned may be meant.
    """
    missing = len(value.names & reference.names) < wanted
    strange = (*value.strange, *value.loose)
    if strange and missing:
        return f"{strange[0]} is none of the names that the problem knows, and may stand for one that is missing"
    if any(not is_symbol(name) for name in value.strange):
        return f"{value.strange[0]!r} is listed, which the problem does not know"
    if value.apart & reference.names:
        return f"it says what {min(value.apart & reference.names)} is, and whether that takes it out is not sure"
    if value.mentioned:
        return f"{min(value.mentioned)} is mentioned, and whether it is listed is not sure"
    return ""
