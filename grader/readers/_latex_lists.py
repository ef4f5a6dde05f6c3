"""The labels that LaTeX prints before list items: standard lists, enumitem, enumerate and the exam class."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ENUMERATIONS = {
    "enumerate": ("1.", "(a)", "i.", "A."),
    "questions": ("1.",),
    "parts": ("(a)",),
    "subparts": ("i.",),
    "subsubparts": ("(A)",),
}
"""Environments that count, with the labels of their levels."""

LISTS = frozenset({*ENUMERATIONS, "itemize", "description", "checkboxes", "choices"})
"""Environments that have items."""

ITEMS = frozenset({"item", "question", "part", "subpart", "subsubpart", "choice", "CorrectChoice"})
"""Commands that begin one."""

MAX_DEPTH = 10
"""LaTeX itself allows six levels of lists; what lies deeper is not told apart."""

_LABEL_OPTION = re.compile(r"label[ ]*+=[ ]*+(\{(?:[^{}]|\{[^{}]*+\})*+\}|[^,]*+)")
_START_OPTION = re.compile(r"start[ ]*+=[ ]*+(\d{1,4})")
_COUNTED = re.compile(r"\\(?:arabic|alph|Alph|roman|Roman)\*|[1aAiI](?![A-Za-z])")
_COUNTER = re.compile(r"\\(arabic|alph|Alph|roman|Roman)\*")
_OUTER = re.compile(r"\\(?:(arabic|alph|Alph|roman|Roman)\{enum(i{1,3}|iv)\}|theenum(i{1,3}|iv)(?![a-z]))")
_COMMAND = re.compile(r"\\(?!(?:arabic|alph|Alph|roman|Roman)\*)[A-Za-z]++[ ]?|[{}]")
_LEVELS = {"i": 0, "ii": 1, "iii": 2, "iv": 3}
_STYLES = ("arabic", "alph", "roman", "Alph")
_SHORT = {"1": "arabic", "a": "alph", "A": "Alph", "i": "roman", "I": "Roman"}
_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


@dataclass(slots=True)
class OpenList:
    """A list that is open: how its labels look, and how far it has counted."""

    name: str
    template: str
    """The label with ``\\alph*`` and the like for the count; empty where the list does not count."""
    count: int = 0


@dataclass(slots=True)
class Lists:
    """The lists that are open at a place of the document."""

    open: list[OpenList] = field(default_factory=list)
    last_count: dict[int, int] = field(default_factory=dict)
    """How far the last list of each depth counted, for ``resume``."""

    def begin(self, name: str, options: str) -> None:
        """A list begins, with what stands in its brackets."""
        labels = ENUMERATIONS.get(name)
        depth = sum(outer.name == name for outer in self.open[-MAX_DEPTH:])
        options = _OUTER.sub(lambda found: self.outer(found, depth), options)
        template = _template(options) or _of_short(labels[min(depth, len(labels) - 1)]) if labels else ""
        start = _START_OPTION.search(options)
        count = int(start[1]) - 1 if start else self.last_count.get(len(self.open), 0) if "resume" in options else 0
        self.open.append(OpenList(name, template, count))

    def end(self) -> None:
        """The innermost list ends."""
        if self.open:
            closed = self.open.pop()
            self.last_count[len(self.open)] = closed.count

    def set_counter(self, counter: str, count: int) -> None:
        """The enumeration that `counter` (``enumi``, ``enumii``, ...) belongs to goes on from `count`."""
        counting, depth = self.enumerations(), _LEVELS.get(counter.removeprefix("enum"), 4)
        if depth < len(counting):
            counting[depth].count = count

    def enumerations(self) -> list[OpenList]:
        """The open lists of sort ``enumerate``, the outermost first."""
        return [outer for outer in self.open[:MAX_DEPTH] if outer.name == "enumerate"]

    def indent(self) -> int:
        """By how many columns the items of the innermost list stand in."""
        return 4 * (min(len(self.open), MAX_DEPTH) - 1)

    def outer(self, found: re.Match[str], depth: int) -> str:
        """A counter that a label names: that of an outer list as it stands, its own as the one to count."""
        level = _LEVELS[found[2] or found[3]]
        style, counting = found[1] or _STYLES[level], self.enumerations()
        return _number(style, counting[level].count) if level < min(depth, len(counting)) else f"\\{style}*"

    def item(self, own_label: str | None) -> str:
        """What is printed before the next item; `own_label`, where the student gave one, counts nothing."""
        if own_label is not None:
            return own_label
        if not self.open or not self.open[-1].template:
            return "•"
        innermost = self.open[-1]
        innermost.count += 1
        return _COUNTER.sub(lambda found: _number(found[1], innermost.count), innermost.template)


def _template(options: str) -> str:
    """The label in the options of a list: enumitem's ``label=...`` or the enumerate package's own."""
    given = _LABEL_OPTION.search(options)
    if given:
        label = given[1].removeprefix("{").removesuffix("}") if given[1].startswith("{") else given[1]
    else:
        label = "" if "=" in options else options
    if not _COUNTED.search(label):
        return ""
    return _COMMAND.sub("", label).strip() if _COUNTER.search(label) else _of_short(label.strip())


def _of_short(label: str) -> str:
    """``(a)`` in enumitem's way: the first letter or digit that can count does."""
    found = _COUNTED.search(label)
    return f"{label[: found.start()]}\\{_SHORT[found[0]]}*{label[found.end() :]}" if found else label


def _number(style: str, count: int) -> str:
    if style == "arabic" or not 0 < count < 40:
        return str(count)
    letter = chr(ord("a") + (count - 1) % 26)
    text = _roman(count) if style.lower() == "roman" else letter * ((count - 1) // 26 + 1)
    return text.upper() if style[0].isupper() else text


def _roman(count: int) -> str:
    text = ""
    for sign, value in _ROMAN:
        text += sign * (count // value)
        count %= value
    return text
