"""What a growth is said to be in: `n`, `$n^2$`, `n squared`, `the square root of n`, `the image size`.

A scanner over a sentence: at a position it tells the quantity that is named there, as a formula in ASCII or LaTeX, and
where it ends; or that words stand there that name none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.answers.syntax.signs import GREEK
from grader.answers.syntax.unread import Unread

_FILLER = re.compile(
    r"(?:[\s:=]|\b(?:the|its|both|either|about|roughly|approximately|value\s+of|increas(?:e|es|ing)(?:\s+(?:of|in))?"
    r"|grow(?:th|ing)(?:\s+(?:of|in))?|just|only|factor|variable|parameter|inputs?(?=\s+\$?[A-Za-z]\b))\b)*",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?P<what>square\s+root|squared?|cubed?|cube\s+root|log(?:arithm)?|root|inverse|reciprocal|(?P<nth>first|second|third|fourth)\s+power)"
    r"\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)
_MAKE_OF = {
    "squareroot": "sqrt({})", "root": "sqrt({})", "square": "({})^2", "squared": "({})^2", "cube": "({})^3",
    "cubed": "({})^3", "cuberoot": "({})^(1/3)", "log": "log({})", "logarithm": "log({})", "inverse": "({})^(-1)",
    "reciprocal": "({})^(-1)", "firstpower": "({})", "secondpower": "({})^2", "thirdpower": "({})^3",
    "fourthpower": "({})^4",
}  # fmt: skip
_PAIR = re.compile(r"(?P<what>product|sum)\s+of\s+(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|and|&)\s*(?:and\s+)?(?:the\s+)?", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*-?(?:(?P<squared>squared?)|(?P<cubed>cubed?)|(?:raised\s+)?to\s+(?:the\s+)?(?:power\s+(?:of\s+)?(?P<power>\d|two|three|four)"
    r"|(?P<nth>first|second|third|fourth|2nd|3rd|4th)\s+power))(?![A-Za-z])",
    re.IGNORECASE,
)
_POWERS = {"two": "2", "three": "3", "four": "4", "first": "1", "second": "2", "third": "3", "fourth": "4"}
_GOES_ON = re.compile(
    r"\s*(?:(?P<join>and|or|times|by|over|plus|minus|divided\s+by|multiplied\s+by)\s+(?:the\s+)?|to\s+the\s+|per\s+|of\s+|raised\b)",
    re.IGNORECASE,
)
_TIMES = frozenset({"times", "multiplied by", "by"})
_LARGER = re.compile(r"times\s+(?:as\s+|larger|bigger|greater|higher|more|wider|the\b|that\b|what\b)", re.IGNORECASE)
_SIGNS = r"\*\*|[-+*/^(){}\[\]·×²³⁴√⌊⌋⋅−∗]|\\[,;:!{} ]"
_WORDS = rf"(?:log|ln|lg|sqrt|exp|max|min|floor|ceil|{'|'.join(sorted(set(GREEK.values()), key=len, reverse=True))})"
_SCRIPT = r"(?:_(?:\{[^{}]{1,12}\}|\w{1,9}))?'*"
_CLOSE = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as a formula, and where it ends in the sentence."""

    formula: str
    end: int


@dataclass(frozen=True)
class Quantities:
    """Finds quantities in the names and words that a problem knows."""

    names: frozenset[str]
    words: Mapping[str, str]
    """What is said in words, `image size`, and the formula that it stands for."""

    def at(self, text: str, start: int) -> Quantity | None:
        """The quantity at `start`, or None where words stand there that name none.

        Raises:
            Unread: it goes on in a way that is not understood.
        """
        begin = _FILLER.match(text, start).end()  # type: ignore[union-attr]  # it matches nothing at least
        found = self._made(text, begin) or self._spoken(text, begin) or self.typed(text, begin)
        return self._with_behind(text, found) if found else None

    def _made(self, text: str, start: int) -> Quantity | None:
        """`the square root of n`, `the product of n and m`."""
        of = _OF.match(text, start)
        if of and (inner := self.at(text, of.end())):
            return Quantity(_MAKE_OF[re.sub(r"\s", "", of["what"].lower())].format(inner.formula), inner.end)
        pair = _PAIR.match(text, start)
        first = self._simple(text, pair.end()) if pair else None
        link = _AND.match(text, first.end) if first else None
        second = self._simple(text, link.end()) if link else None
        if not (pair and first and second):
            return None
        sign = "*" if pair["what"].lower() == "product" else "+"
        return Quantity(f"({first.formula}){sign}({second.formula})", second.end)

    def _simple(self, text: str, start: int) -> Quantity | None:
        return self._spoken(text, start) or self.typed(text, start)

    def _spoken(self, text: str, start: int) -> Quantity | None:
        found = self._phrases.match(text, start) if self._phrases else None
        if not found:
            return None
        words = re.sub(r"[\s-]+", " ", found.group().lower())
        formula = self._formulas.get(words) or self._formulas[words.removesuffix("s")]
        return Quantity(f"({formula})", found.end())

    @cached_property
    def _formulas(self) -> dict[str, str]:
        return {re.sub(r"[\s-]+", " ", words.lower()): formula for words, formula in self.words.items()}

    @cached_property
    def _phrases(self) -> re.Pattern[str] | None:
        longest = sorted(self._formulas, key=len, reverse=True)
        said = "|".join(r"[\s-]+".join(map(re.escape, words.split(" "))) for words in longest)
        return re.compile(rf"(?:{said})s?(?![\w-])", re.IGNORECASE) if said else None

    @cached_property
    def _token(self) -> re.Pattern[str]:
        known = "|".join(re.escape(name) for name in sorted(self.names, key=len, reverse=True))
        run = rf"(?:(?:{known})+{_SCRIPT}(?![A-Za-z])|" if known else "(?:"
        return re.compile(
            rf"\s*(?:\\[A-Za-z]+{_SCRIPT}|\d+(?:\.\d+)?|[α-ωΑ-Ω]{_SCRIPT}|{_SIGNS}|{_WORDS}(?:_(?:\{{\d+\}}|\d+))?{_SCRIPT}(?![a-z])"
            rf"|{run}[A-Za-z]{_SCRIPT}(?![A-Za-z])))"
        )

    def typed(self, text: str, start: int) -> Quantity | None:
        """A formula that is typed or set in LaTeX, as far as it goes."""
        at = start
        while found := self._token.match(text, at):
            word = found.group().strip()
            if word in {"a", "A", "I"} and word not in self.names and re.match(r"\s+[A-Za-z]", text[found.end() :]):
                break
            at = found.end()
        raw = _balanced(text[start:at])
        if not re.search(r"[\w\\]", raw):
            return None
        return Quantity(raw.strip(), start + len(raw))

    def _with_behind(self, text: str, found: Quantity) -> Quantity:
        """`found` with what follows: `squared`, `times m`."""
        behind = _BEHIND.match(text, found.end)
        if behind:
            power = "2" if behind["squared"] else "3" if behind["cubed"] else behind["power"] or behind["nth"][:6]
            power = _POWERS.get(power.lower(), power[:1])
            return self._with_behind(text, Quantity(f"({found.formula})^{power}", behind.end()))
        on = _GOES_ON.match(text, found.end)
        if not on or _LARGER.match(text[found.end :].lstrip()):
            return found
        join = re.sub(r"\s+", " ", (on["join"] or "").lower())
        other = self._simple(text, on.end()) if join else None
        if join in _TIMES and other:
            return self._with_behind(text, Quantity(f"({found.formula})*({other.formula})", other.end))
        if other or not join:
            raise Unread("goes-on", f"what follows {found.formula.strip('()')!r} is not understood")
        return found


def _balanced(text: str) -> str:
    """`text` up to a bracket that it does not open, without signs that dangle at its end."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in "([{":
            opened.append(at)
        elif char in _CLOSE:
            if not opened or text[opened[-1]] != _CLOSE[char]:
                text = text[:at]
                break
            opened.pop()
    if opened and opened[0] < len(text):
        text = text[: opened[0]]
    return re.sub(r"(?:[\s+*/^·×⋅−∗-]|\\[,;:! ]|\\[A-Za-z]+\s*\Z(?<=times)|\\cdot\s*)+\Z", "", text)
