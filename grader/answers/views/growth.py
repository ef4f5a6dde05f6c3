"""How something grows: `O(n)`, "linear in n", "grows like n^2", or a formula of which only the growth counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from grader.answers.claims import Claim
from grader.answers.formulas.chain import members
from grader.answers.growth.expansion import Growing
from grader.answers.growth.growth_words import CONSTANT as CONSTANT_AS_SAID
from grader.answers.growth.growth_words import SELF, Statement, plain, statements
from grader.answers.growth.quantities import Quantities
from grader.answers.growth.rates import ANY_BASE, CONSTANT, Rate, differ, equal, exponential, outgrows, written
from grader.answers.prose.prose import sentences
from grader.answers.prose.questions import asks
from grader.answers.prose.repair import repaired
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Node
from grader.answers.syntax.unread import MAX_LENGTH, Unread
from grader.answers.values import Growth
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import Notation
from grader.answers.writing.render import render_tree
from grader.model import Verdict

_LOGARITHM = re.compile(
    r"\\?(?:log|lg|ln)\s*_\s*(?:\{\s*\w+\s*\}|\d+|[eb](?![A-Za-z]))|(?<![A-Za-z])(?:log(?:2|10)(?=\s*\()|\\?lg(?![A-Za-z]))"
)
_POWER_OF_LOG = re.compile(r"\\?(?:log|ln)\s*\^\s*\{?(\d)\}?\s*(?:\((\w+)\)|(?:\\left\()?([A-Za-z])(?![A-Za-z]))")
_GLUED_LOG = re.compile(
    r"(?<=[A-Za-z0-9)])(?=(?:log|ln)(?![a-z]{2}))|(?<=log)(?=[A-Za-z])|(?<=[^A-Za-z]ln)(?=[A-Za-z])"
)
_GOES_ON = re.compile(
    r"=|\b(?:so|thus|therefore|hence|then|std|standard)\b|∝|\\(?:propto|sim|Rightarrow|therefore)|⇒|∴", re.IGNORECASE
)
_LEADS = re.compile(r"(?:(?:as|with|like|by|to|about|approximately|roughly|it|is)\s+)+", re.IGNORECASE)
_WORDS = 3
_MANY = re.compile(r"\w\s*=(?!=)[^=]*\n[^=]*\w\s*=(?!=)")


@dataclass(frozen=True)
class GrowthView:
    """Reads and compares rates of growth in the symbols of `growing`."""

    growing: Growing
    words: tuple[tuple[str, str], ...] = ()
    """What is said in words, `image size`, and the formula that it stands for."""

    def read(self, claim: Claim) -> Reading[Growth]:
        """The rate that all statements of the claim agree on, or the one that they lead to."""
        text = " ".join(filter(None, (claim.before, claim.text, claim.after)))
        mended = repaired(text)
        if len(text) > MAX_LENGTH:
            return Reading(None, "too-long", f"{len(text)} characters; at most {MAX_LENGTH} are read")
        try:
            return Reading(self._said(mended.text), repairs=mended.repairs)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)

    def likely(self, value: Growth, reference: Growth) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: a rate is a rate."""
        return True

    def compare(self, value: Growth, reference: Growth) -> Comparison:
        """Equal up to a constant factor and terms that are outgrown."""
        if equal(value.rate, reference.rate):
            return CORRECT
        if any(equal(other, reference.rate) for other in value.others):
            said = " and ".join(self._named(rate) for rate in (*value.others, value.rate))
            return Comparison(Verdict.REVIEW, 0.0, f"{said} are both stated, and which one is the answer is not sure")
        if value.unfinished:
            said = f"{self._named(value.rate)} is stated, and what follows may be the answer"
            return Comparison(Verdict.REVIEW, 0.0, said)
        if not differ(value.rate, reference.rate):
            return Comparison(Verdict.REVIEW, 0.0, "whether both sums grow alike is not told for certain")
        if outgrows(value.rate, reference.rate):
            return Comparison(
                Verdict.INCORRECT, 0.0, f"{self._named(value.rate)} grows faster: as a bound it is not tight"
            )
        if outgrows(reference.rate, value.rate):
            return Comparison(Verdict.INCORRECT, 0.0, f"{self._named(value.rate)} grows more slowly than it does")
        return Comparison(Verdict.INCORRECT, 0.0, f"it does not grow like {self._named(value.rate)}")

    def render(self, value: Growth, notation: Notation = Notation.ASCII) -> str:
        """In big-O notation."""
        return self._named(value.rate, notation)

    def rate(self, text: str) -> Rate:
        """The rate that `text` states in any of the ways in which a student may.

        Raises:
            Unread: it states none.
        """
        try:
            return self._rate(text)
        except Unread:
            return self._said(text).rate

    def _named(self, rate: Rate, notation: Notation = Notation.ASCII) -> str:
        names = [name for term in rate for name, order in term if order[0] == ANY_BASE]
        if names:
            return f"exponential in {names[0]}"
        formula = written(rate)
        if notation is not Notation.ASCII:
            formula = render_tree(parse(formula, self.growing.names), notation)
        return f"O({formula})"

    @cached_property
    def _quantities(self) -> Quantities:
        return Quantities(self.growing.names, dict(self.words))

    def _said(self, text: str) -> Growth:
        said = [plain(sentence) for sentence, _ in sentences(text) if not asks(sentence)]
        found = [(number, one) for number, each in enumerate(said) for one in statements(each, self._quantities)]
        counting = [(number, one) for number, one in found if not one.minor and not self._is_of_another(one)]
        counting = [(number, one) for number, one in counting if not one.aside] or counting
        if counting:
            number, last = counting[-1]
            behind = "\n".join((said[number][last.end :], *said[number + 1 :]))
            growth = self._agreed([one for _, one in counting])
            return replace(growth, unfinished=bool(_GOES_ON.search(behind)))
        if found:
            raise found[-1][1].unread or Unread("unknown-quantity", "it is said of what the problem does not know")
        return Growth(self._of_formula(text))

    def _is_of_another(self, one: Statement) -> bool:
        """Whether the statement names what it speaks of, and that is no symbol of the problem: `linear in k`."""
        named = one.worded and SELF not in one.formula and one.formula not in {"", CONSTANT_AS_SAID}
        return named and not one.unread and self._is_constant(one.formula)

    def _is_constant(self, formula: str) -> bool:
        try:
            return self._rate(formula) == CONSTANT
        except Unread as unread:
            return unread.code == "unknown-name"

    def _agreed(self, found: Sequence[Statement]) -> Growth:
        rates = [self._meant(one) for one in found]
        others = tuple(rate for rate in dict.fromkeys(rates) if not equal(rate, rates[-1]))
        if others and (
            not found[-1].final or any(one.final for one, rate in zip(found, rates, strict=True) if rate in others)
        ):
            said = " and ".join(self._named(rate) for rate in (*others, rates[-1]))
            raise Unread("ambiguous", f"{said} are all stated, and which one is the answer is not said")
        return Growth(rates[-1], others)

    def _meant(self, one: Statement) -> Rate:
        """The rate that a statement states."""
        if one.unread:
            raise one.unread
        symbols = self.growing.symbols
        if SELF in one.formula and len(symbols) != 1:
            raise Unread("no-symbol", f"in which of {', '.join(symbols)} it grows so is not said")
        rate = self._rate(one.formula.replace(SELF, symbols[0] if symbols else "1"))
        if one.free:
            rate = CONSTANT if len(symbols) == 1 else self._one_of_several()
        if one.exponential:
            rate = exponential(rate)
        if one.slope and rate == CONSTANT:
            raise Unread("slope", "a growth rate that is constant may mean no growth, or a linear one")
        if one.worded and len({name for term in rate for name, _ in term}) < len(symbols) > 1:
            return self._one_of_several()
        return rate

    def _one_of_several(self) -> Rate:
        raise Unread("one-of-several", f"how it grows in each of {', '.join(self.growing.symbols)} is not said")

    def _of_formula(self, text: str) -> Rate:
        """The growth of the formula that `text` is, from its first character to its last."""
        if _MANY.search(text.strip()):
            raise Unread("several-lines", "several lines of formulas; which one states the growth is not said")
        rate = self._rate(self._quantity(plain(text).strip()))
        if rate == CONSTANT:
            raise Unread("no-symbol", f"nothing here says how it grows with {', '.join(self.growing.symbols)}")
        return rate

    def _quantity(self, text: str) -> str:
        """`text`, or the formula that its words stand for: `n squared`."""
        led = _LEADS.match(text)
        found = self._quantities.at(text, led.end() if led else 0)
        if found and not text[found.end :].strip(" .,;"):
            return found.formula
        words = re.findall(r"(?<!\\\\)\b[A-Za-z]{3,}", text)
        if len(words) > _WORDS and "=" not in text:
            raise Unread("no-growth", "nothing that is said of growth could be read")
        return text

    def _rate(self, formula: str) -> Rate:
        text = _POWER_OF_LOG.sub(lambda found: rf"(\log({found[2] or found[3]}))^{found[1]}", formula)
        text = _GLUED_LOG.sub(" ", _LOGARITHM.sub(r"\\log ", text))
        tree: Node = members(parse(text, self.growing.names))[-1]
        return self.growing.rate(tree)
