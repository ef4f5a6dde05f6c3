r"""How an answer is named: the left side of an equation, or the words before a value.

Names are compared in one spelling: without brackets of LaTeX, spaces and upright letters, in lower case;
`\frac{\partial L}{\partial k_1}`, `dL/dk_1`, `dL/dk1`, `\nabla_{k_1} L` and `∂L/∂k₁` are one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from grader.answers.claims import Claim
from grader.answers.syntax.lex import lex
from grader.answers.syntax.unread import Unread

_WORDS = re.compile(r"[a-z]{2,}(?: [a-z]{2,})*")
_INDICES = re.compile(r"\[[a-z0-9',_+\-]{1,40}\]")
_LEFT = re.compile(r"\A(?P<left>(?:[^=≈]|(?<=[<>!])=)+?)(?:=|≈|\\approx|\\in\b|∈)")


_NABLA = re.compile(
    r"(?:\\nabla|∇|\\partial|∂)\s?_\s?(?:\{(?P<by>[^{}]{1,20}(?:\{[^{}]{1,12}\})?)\}|(?P<letter>\w))\s{0,3}(?P<of>[A-Za-z]\b)"
)
"""`\\nabla_w L`, `\\partial_w L`: the derivative of L by w."""
_NUMBERED = re.compile(r"(?<=[^\W\d_])_(?=\d)")


@lru_cache(maxsize=4_096)
def canonical(text: str) -> str:
    """`text` as a name, or the empty string where it cannot be one."""
    text = _NABLA.sub(lambda found: f"d{found['of']}/d{found['by'] or found['letter']}", text)
    try:
        tokens = lex(text)
    except Unread:
        return ""
    if any(token.kind == "open" for token in tokens):
        return ""  # a matrix names nothing
    parts: list[str] = []
    stack: list[str] = []
    for token in tokens:
        word = token.text
        if token.kind == "command" and word in {"frac", "dfrac", "tfrac"}:
            stack.append("frac")
        elif token.kind == "sign" and word == "{":
            continue
        elif token.kind == "sign" and word == "}":
            if stack:
                parts.append("/")
                stack.pop()
        elif token.kind == "sign" and word == "∂":
            parts.append("d")
        else:
            parts.append(word)
    joined = "".join(parts).lower()
    return re.sub(r"/+\Z", "", joined).replace("//", "/")


def without_subscripts(name: str) -> str:
    """`dl/dw` for `dl/dw_h,l`."""
    return re.sub(r"_(?:[a-z0-9]+(?:,[a-z0-9]+)*)", "", name)


def left_sides(claim: Claim) -> tuple[str, ...]:
    """The names on the left of each equals sign of the claim, the first first."""
    return _left_sides(claim.text)


@lru_cache(maxsize=1_024)
def _left_sides(text: str) -> tuple[str, ...]:
    found: list[str] = []
    while match := _LEFT.match(text):
        name = canonical(match["left"])
        if name and len(match["left"]) < 120:
            found.append(name)
        text = text[match.end() :]
    return tuple(found)


@lru_cache(maxsize=1_024)
def is_symbol(name: str) -> bool:
    """Whether a part's name is a symbol (`W_out`, `dL/dw_1`) and no words."""
    return not re.fullmatch(r"[A-Za-z][a-z]+(?:[ -][A-Za-z][A-Za-z]+)*|[A-Za-z][a-z]{2,}\w*", name) or "_" in name


def named_left(claim: Claim, names: tuple[str, ...]) -> bool:
    """Whether an equation of `claim` has one of `names` on its left."""
    lefts = [_INDICES.sub("", left) for left in left_sides(claim)]
    wanted = {canonical(name) for name in names if is_symbol(name)}
    bare = {name for name in wanted if "_" not in name}
    close = {_NUMBERED.sub("", name) for name in wanted}
    return any(_NUMBERED.sub("", left) in close or without_subscripts(left) in bare for left in lefts)


_LABEL = re.compile(
    r"(?:\A|.*(?:\n|\b(?:for|w\.?r\.?t\.?|with\s+respect\s+to)\s))[\s$*`-]*(?P<name>\\?[A-Za-z](?:_?\{?\w{1,3}\}?)?)"
    r"[\s$*`]*(?:the\s+)?(?:gradients?|derivatives?)?[\s$*`]*(?:is|we\s+get|we\s+have)?[\s:$]*"
    r"|.*[,;.]\s[\s$]*(?P<next>\\?[A-Za-z](?:_?\{?\w{1,3}\}?)?)[\s$]*:[\s$]*",
    re.DOTALL,
)
"""What a value is said of: `for w_1:`, the first cell of its row."""
_TELLING = re.compile(r"(?<![\w'])[a-z]{2,}(?=[ -]|\Z)")
_BY = re.compile(r"d[a-z]/d(?P<by>.+)")


@lru_cache(maxsize=1_024)
def by_names(names: tuple[str, ...]) -> frozenset[str]:
    """What the derivatives among `names` are by: `w1` for `dL/dw_1`."""
    found = (_BY.fullmatch(canonical(name)) for name in names if is_symbol(name))
    return frozenset(_NUMBERED.sub("", match["by"]) for match in found if match)


def labelled(said: str) -> str:
    """The name that `said`, the words before a value, ends in as its label; else the empty string."""
    found = _LABEL.fullmatch(said[-200:])
    return _NUMBERED.sub("", canonical(found["name"] or found["next"])) if found else ""


def telling_words(names: Sequence[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """The words that tell parts apart whose names share others: `max` and `average` of pooling; each with its part."""
    words = {part: {word for name in called for word in _TELLING.findall(name.lower())} for part, called in names}
    found: dict[str, str] = {}
    for part, mine in words.items():
        others = [theirs for other, theirs in words.items() if other != part and mine & theirs]
        if others:
            found |= dict.fromkeys(mine - set().union(*others), part)
    return found


def word_spans(said: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where `names` stand in the words `said`: start and end of each."""
    plain = _plain(said)
    found: list[tuple[int, int]] = []
    for name in names:
        found += [(match.start(), match.end()) for match in _whole_word(name).finditer(plain)]
    return found


@lru_cache(maxsize=1_024)
def _whole_word(name: str) -> re.Pattern[str]:
    """`name`, in the singular or the plural, and no part of a longer word."""
    return re.compile(rf"(?<![A-Za-z]){re.escape(_plain(name).strip())}(?:s|es)?(?![A-Za-z'])")


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    """Lower-case words, as long as before; single letters keep their case, as w and W may differ."""
    bare = re.sub(r"[$*`\\{}\-]", " ", text)
    return re.sub(r"[A-Za-z]{2,}", lambda found: found.group().lower(), bare)
