r"""Takes off what stands before or behind an answer and is no part of it.

A label before it (`(2) W_out = 5`), its equation number behind it (`\quad (3.2)`), a where-clause, a remark in
brackets (`252 (504 / 2 = 252)`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from grader.answers.formulas.chain import closed
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread

_TAG = re.compile(r"\\tag\*?\s*\{[^{}]*\}|\\(?:label|nonumber|notag)(?:\s*\{[^{}]*\})?")
_EQUATION_NUMBER = re.compile(r"(?:\\q?quad|\\hfill|\\[,;: ]|\s|~)*\(\s*\d+(?:\.\d+)*[a-z]?\s*\)\s*[.,]?\s*\Z")
_TAIL = 80
"""Characters at the end of a formula in which its number stands."""
_LABEL = re.compile(
    r"\s*(?:\(\s*(?:\d{1,2}(?:\.\d{1,2})*|[a-h]|i{1,3}|iv|vi{0,3})\s*\)[.:]?|(?:[a-hA-H]|i{1,3}|iv|vi{0,3}|\d{1,2})\)[.:]?)"
    r"(?:\s|\\q?quad|\\[,;: ])+(?=\S)"
)
_NO_ANSWER = re.compile(r"[-+−–*/×·^x=<>)\](]|\\(?:times|cdot)")
"""What follows a bracket that is no label: `(2) x 3` goes on with a sign."""
_EQUATION = re.compile(r"(?:\\(?:hat|bar|tilde|text|mathrm)\s*\{\w+\}|\\?[A-Za-z]+)[^=]{0,60}=")
_WHERE = re.compile(r"(?<![\w.\\])(?:where|here|with)\b", re.IGNORECASE)
_MOST_WORDS = 20
"""How many times such a word is looked at."""
_TEXT_OPENS = re.compile(r"\\(?:text|mbox|textrm)\s{0,3}\{\s{0,3}\Z")
_SPACE_BEHIND = re.compile(r"\\(?:q?quad|[,;: ])\Z")
_CONDITION = re.compile(r"<|>|≤|≥|\\[lg]eq?(?![A-Za-z])")
_WITH = re.compile(r"[\s$}]*(?:\\?[A-Za-z]+(?:_\{?\w+\}?)?'?\s*\$?\s*=|(?:the\s+)?[a-z]+\s+\$?\\?[A-Za-z])")
_FOR = r"(?:for|where|with|over)(?:\s+(?:all|each|every|any))?"
_SEVERAL = r"[\s$]*\\?[A-Za-z](?:_?\{?\w\}?)?(?:[\s$]*,[\s$]*\\?[A-Za-z](?:_?\{?\w\}?)?)*[\s$]*"
_RUNS = r"(?:=|\\in(?![A-Za-z])|∈|in\b)"
_RANGE = re.compile(
    rf"(?:\\(?:text|mbox|textrm|mathrm)\s*\{{[\s,]*{_FOR}[\s$]*\}}|(?<![A-Za-z\\]){_FOR}(?![A-Za-z])|\\forall(?![A-Za-z])|∀)"
    rf"{_SEVERAL}(?:{_RUNS}[^=<>≤≥]{{0,80}}?(?:\.\.|…|\\[lc]?dots)[^=<>≤≥]{{0,40}}|{_RUNS}[\s$]*\\?[{{\[][^=<>≤≥]{{0,60}})?[\s$.]*\Z"
    rf"|,(?:\s|\\q?quad|\\[,;: ])*{_SEVERAL}{_RUNS}[^=<>≤≥]{{0,80}}?(?:\.\.|…|\\[lc]?dots)[^=<>≤≥]{{0,40}}\Z"
)
"""What an index runs over, behind a formula: `for j = 1, ..., d`, `\\forall j`, `, i = 1..m`."""
_LONGEST_RANGE = 200
_WORDS = re.compile(r"(?<![A-Za-z\\_])[A-Za-z]{2,}(?![A-Za-z_(])")
_FEW_WORDS = 3
"""Words in a bracket beyond which it holds no mathematics."""
_OPENING = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Trimmed:
    """An answer without what stands around it."""

    text: str
    behind: str = ""
    """What was taken off behind it."""
    repairs: tuple[str, ...] = ()


def trimmed(text: str) -> Trimmed:
    """`text` without a label, a where-clause, a remark and an equation number."""
    bare = without_label(text)
    repairs = (_said("label", text[: len(text) - len(bare)]),) if bare != text else ()
    main, clause = without_clause(bare)
    main, ranges = without_range(main)
    value, remark = without_remark(main)
    numbered = without_number(value)
    if numbered.strip() != value.strip():
        repairs = (*repairs, _said("equation number", value[len(numbered) :]))
    return Trimmed(numbered, f"{remark} {ranges} {clause}".strip(), repairs)


def _said(what: str, text: str) -> str:
    return f"the {what} {text.strip()!r} left aside"


def without_number(text: str) -> str:
    r"""`text` without the equation number or tag behind it: `... \quad (3.2)`, `\tag{1}`."""
    bare = _TAG.sub(" ", text).rstrip()
    found = _EQUATION_NUMBER.search(bare, max(0, len(bare) - _TAIL))
    stripped = bare[: found.start()] if found else bare
    tail = bare[len(stripped) :]
    # `L (3)` is a product; a number set apart by `\\quad`, or with a dot, or behind a finished relation is a tag.
    is_tag = "quad" in tail or "hfill" in tail or "." in tail.rstrip(" .,") or not stripped.strip()
    return stripped if is_tag else bare


def without_label(text: str) -> str:
    """`text` without the part's label before it: `(2) W_out = 5`, `b) 3`."""
    found = _LABEL.match(text)
    if not found or _NO_ANSWER.match(text, found.end()):
        return text
    return text[found.end() :]


def is_labelled_formula(text: str) -> bool:
    """Whether a label stands before an equation, where it would be multiplied in."""
    bare = without_label(text)
    return bare != text and bool(_EQUATION.match(bare))


def without_clause(text: str) -> tuple[str, str]:
    """`text` and the where-clause behind it; `x where x > 0` is a case and stays whole."""
    for number, found in enumerate(_WHERE.finditer(text)):
        head = text[: found.start()]
        quoted = _TEXT_OPENS.search(head, max(0, len(head) - 20))
        head = _without_space(head[: quoted.start()] if quoted else head)
        if head and _depth(head) <= 0 and _is_clause(found.group(), text[found.end() :]):
            return head, text[len(head) :].strip(" ,;.\t\n")
        if number > _MOST_WORDS:
            break
    return text, ""


def without_range(text: str) -> tuple[str, str]:
    r"""`text` and the range of its indices behind it, `\text{for } j = 1, \dots, d`; `x for x > 0` is a case."""
    found = _RANGE.search(text, max(0, len(text) - _LONGEST_RANGE))
    head = _without_space(text[: found.start()]) if found else ""
    if not found or not head or _depth(head) > 0:
        return text, ""
    return head, found.group()


def _without_space(text: str) -> str:
    """`text` without the white space, the wide spaces and the stops at its end."""
    bare = text.rstrip(" ,;.\t\n$")
    while found := _SPACE_BEHIND.search(bare, max(0, len(bare) - 8)):
        bare = bare[: found.start()].rstrip(" ,;.\t\n")
    return bare


def _depth(text: str) -> int:
    return sum(text.count(char) for char in "([{") - sum(text.count(char) for char in ")]}")


def _is_clause(opener: str, clause: str) -> bool:
    if opener.lower() == "with":
        return bool(_WITH.match(clause))
    first = clause.partition(",")[0][:200]
    return not _CONDITION.search(first) and not first.lstrip().startswith("(")


def without_remark(text: str) -> tuple[str, str]:
    """`252` and `(504 / 2 = 252)`: a bracket behind a number that says how it was found, and is no factor.

    It holds words, an equation, or just the number again.
    """
    bare = text.rstrip(" .\n\t")
    start = _last_bracket(bare)
    if start > 0 and bare[start - 1].isspace() and len(_WORDS.findall(bare[start:])) > _FEW_WORDS:
        return bare[:start].rstrip(), bare[start:]
    if start <= 0 or not bare[start - 1].isspace() or bare[:start].rstrip()[-1:] not in set("0123456789])}$"):
        return text, ""
    value, inner = bare[:start].rstrip(), bare[start + 1 : -1]
    if "=" in inner or re.search(r"[A-Za-z]{3,}", re.sub(r"\\[A-Za-z]+", "", inner)) or _same(value, inner):
        return value, bare[start:]
    return text, ""


def _last_bracket(text: str) -> int:
    """Where the bracket opens that ends `text`; -1 where none does."""
    close = text[-1:]
    depth = 0
    for at in range(len(text) - 1, -1, -1) if close in _OPENING else ():
        depth += (text[at] == close) - (text[at] == _OPENING[close])
        if not depth:
            return at
    return -1


def _same(value: str, inner: str) -> bool:
    """Whether both are closed and one number."""
    one, other = _closed(value), _closed(inner)
    return one is not None and one == other


def _closed(text: str) -> Fraction | None:
    try:
        return closed(parse(text))
    except Unread:
        return None
