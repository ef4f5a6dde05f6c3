r"""Text -> tokens, for LaTeX, Unicode, ASCII and Python notation alike, in one pass over the text.

What comes out: numbers, names (runs of letters), commands (`\frac`), words (`\text{...}`) and signs. White space is
dropped, but a token knows whether there was any before it. Decoration (`\left`, `\big`, `\,`, `$`) is dropped too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from grader.answers.syntax.signs import (
    ACCENTS,
    BOXES,
    CASES,
    COMMAND_SIGNS,
    FONTS,
    GREEK,
    MATRICES,
    SIGNS,
    SILENT,
    SIZED,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    WORDS,
)
from grader.answers.syntax.unread import MAX_DIGITS, MAX_LENGTH, MAX_TOKENS, Unread


class Token(NamedTuple):
    """One token; `kind` is number, name, command, word, sign, open, close (an environment's) or end."""

    kind: str
    text: str
    position: int
    spaced: bool = False


_DIGITS = frozenset("0123456789")
_NUMBER = re.compile(
    r"(?:\d+(?:\.\d+|\.(?=[eE][+-]?\d|[*/]|\s*[,\])&]|\s+[-+]?[\d.]|\s*\\(?:\\|end)))?|\.\d+)(?:[eE][+-]?\d+(?![A-Za-z\d]))?"
)
"""Python prints `1.` for 1.0; a point that ends a sentence is none of the number's."""
_UNDERSCORED = re.compile(r"\d{1,3}(?:_\d{3})+(?![\d_])")
_GROUPED = re.compile(r"\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?(?![\d])(?!,\d)")
_SPACED_GROUPS = re.compile(r"\d{1,3}(?:(?:\\,|,\\! *|\{,\}|['\u00a0\u2009\u202f])\d{3})+(?!\d)(?:\.\d+)?")
_LETTERS = re.compile(r"[A-Za-z]+")
_SLASHED = re.compile(
    r"d[A-Za-z]{1,4}(?:_\w{1,9}|_\{[^{}]{1,20}\})?'{0,2}(?:\[[^\[\]]{1,40}\])?\s{0,2}/\s{0,2}d(?=[A-Za-z])"
)
_PLAIN = re.compile(r"([ \t\n$~]+)|((?!d)[A-Za-z]+)|([+^_{}]|\*(?!\*))|([()\[\]])|([1-9]\d{0,14})(?=[ )\]}+*/^=]|\Z)")
"""What most answers are made of, and what can be told at a glance: space, names, signs, integers."""
_PLAIN_KINDS = ("", "", "name", "sign", "sign", "number")
_BRACKETS = 4
_VALUE = re.compile(r"[ \t]*([A-Za-z\d(])")
_LENGTH = re.compile(r"\s*(?:\{[^{}]*\}|[-+]?[\d.]+\s*(?:em|ex|mu|pt|px|cm|mm|in)\b)")
_LATEX_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_BRACED = re.compile(r"\s*\{([^{}]*)\}")
_INVISIBLE = "\u2061\u2062\u2063\u2064"
"""Unicode's invisible signs between factors and arguments; they part what they stand between."""
_NO_WIDTH = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
"""Characters that nobody sees and that part nothing."""
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES_OF_NUMBERS = {"ℝ": "R", "ℤ": "Z", "ℕ": "N"}
_LONE_SIGN = re.compile(r"\{\s*([-+*/=<>(),])\s*\}")
"""A sign in braces of its own, `\\mathopen{(}`."""
_PAIRS = re.compile(r"(?<=\s)<-(?=\s)|//|\*\*|<=|>=|!=|==|:=|->|=>|\.\.\.?|&&|\|\||''")
_PAIR_SIGNS = {"<-": "=", "**": "^", "==": "=", ":=": "=", "..": "...", "&&": "∧"}


@lru_cache(maxsize=4_096)
def lex(text: str) -> tuple[Token, ...]:
    """The tokens of `text`, an end token last.

    Raises:
        Unread: too long, too many tokens, a number with too many digits, or a character that means nothing here.
    """
    if len(text) > MAX_LENGTH:
        raise Unread("too-long", f"{len(text)} characters; at most {MAX_LENGTH} are read")
    return _Lexer(visible(text)).run()


def visible(text: str) -> str:
    """`text` without characters that nobody sees, such as a zero-width space."""
    return text.translate(_NO_WIDTH) if not text.isascii() and _HIDDEN.search(text) else text


class _Lexer:
    """The state of one pass: where it stands, how deep in brackets, what it has found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.slashed: set[int] = set()
        """Where the signs of `dL/dW` stand."""
        self.environments: list[str] = []
        self.spaced = False
        self.tokens: list[Token] = []

    def run(self) -> tuple[Token, ...]:
        while self.at < len(self.text):
            if len(self.tokens) > MAX_TOKENS:
                raise Unread("too-many-tokens", f"more than {MAX_TOKENS} symbols", self.at)
            found = _PLAIN.match(self.text, self.at)
            if not found:
                self.step()
            elif found.lastindex == 1:
                self.spaced = True
                self.at = found.end()
            elif found.lastindex == _BRACKETS:
                self.take("sign", found.group(), 1)
            else:
                self.tokens.append(Token(_PLAIN_KINDS[found.lastindex or 0], found.group(), self.at, self.spaced))
                self.spaced = False
                self.at = found.end()
        self.add("end", "")
        return tuple(self.tokens)

    def add(self, kind: str, text: str) -> None:
        self.tokens.append(Token(kind, text, self.at, self.spaced))
        self.spaced = False
        if kind == "sign":
            self.depth += (text in {"(", "["}) - (text in {")", "]"})

    def step(self) -> None:
        char = self.text[self.at]
        if char == "&" and not self.environments and (sign := self.conjunction()):
            self.take("sign", "∧", len(sign))
        elif char.isspace() or char in "$~" or (char == "&" and not self.in_matrix) or char in _INVISIBLE:
            self.spaced = True
            self.at += 1
        elif char == "\\":
            self.command()
        elif (char.isascii() and char.isdigit()) or (char == "." and self.text[self.at + 1 : self.at + 2] in _DIGITS):
            self.number()
        elif char == "d" and (self.at in self.slashed or self.is_slashed()):
            self.take("sign", "∂", 1)
        elif char.isascii() and char.isalpha():
            run = _LETTERS.match(self.text, self.at)
            assert run  # noqa: S101 - a letter stands here
            self.take("name", run.group(), len(run.group()))
        else:
            self.sign(char)

    def is_slashed(self) -> bool:
        """Whether `dL/dW` begins here; both of its signs are then differentials, whatever names there are."""
        found = _SLASHED.match(self.text, self.at)
        if not found or (self.tokens and self.tokens[-1].kind == "name" and not self.spaced):
            return False
        self.slashed |= {self.at, found.end() - 1}
        return True

    def conjunction(self) -> str:
        """The sign of an "and" that stands here; empty for one that only aligns.

        Raises:
            Unread: it stands between two values, which may be cells.
        """
        if self.text.startswith("&&", self.at):
            return "&&"
        behind = _VALUE.match(self.text, self.at + 1)
        before = self.tokens[-1] if behind and self.tokens else None
        if self.depth > 0 or (before and before.text == ")" and behind and behind[1] == "("):
            return "&"
        if before and (before.kind in {"number", "name"} or before.text == "]"):
            raise Unread("ampersand", "an & between two values", self.at)
        return ""

    @property
    def in_matrix(self) -> bool:
        """Whether `&` sets cells apart here; elsewhere it only aligns."""
        return bool(self.environments) and self.environments[-1] in MATRICES | CASES

    def take(self, kind: str, text: str, length: int) -> None:
        self.add(kind, text)
        self.at += length

    def number(self) -> None:
        grouped = _SPACED_GROUPS.match(self.text, self.at) or _UNDERSCORED.match(self.text, self.at)
        if not grouped and self.depth <= 0:
            grouped = _GROUPED.match(self.text, self.at)
        found = grouped or _NUMBER.match(self.text, self.at)
        assert found  # noqa: S101 - a digit stands here
        raw = found.group()
        if self.depth > 0 and len(raw) == 3 and raw[0] == "0" and self.is_tight_after_number():
            raise Unread("thousands", "a comma within brackets that may set thousands apart", self.at)
        behind = self.text[self.at + len(raw) : self.at + len(raw) + 2]
        if raw == "0" and behind[:1] in {"x", "X"} and behind[1:] in _DIGITS:
            raise Unread("hexadecimal", "0x... may be a hexadecimal number", self.at)
        if sum(char.isdigit() for char in raw) > MAX_DIGITS:
            raise Unread("too-many-digits", f"a number of more than {MAX_DIGITS} digits", self.at)
        self.take("number", raw, len(raw))

    def is_tight_after_number(self) -> bool:
        """Whether a number and a comma stand right before here, as in `(1,024`."""
        before = self.tokens[-2:]
        return [token.kind for token in before] == ["number", "sign"] and before[1].text == "," and not self.spaced

    def sign(self, char: str) -> None:
        if char in GREEK and char != "Σ":
            return self.take("name", GREEK[char], 1)
        if char in _SPACES_OF_NUMBERS:
            self.take("command", "mathbb", 0)
            return self.take("name", _SPACES_OF_NUMBERS[char], 1)
        for table, mark in ((SUPERSCRIPTS, "^"), (SUBSCRIPTS, "_")):
            if char in table:
                return self.scripts(table, mark)
        pair = _PAIRS.match(self.text, self.at)
        if pair:
            found = pair.group()
            return self.take("sign", _PAIR_SIGNS.get(found, found), len(found))
        if char in SIGNS:
            return self.take("sign", SIGNS[char], 1)
        if char in "+-*/^_=<>()[]{}|,;:.!%'@?#&×·⌊⌋⌈⌉±½¼¾¬√∪∩∖\"":
            return self.take("sign", char, 1)
        raise Unread("strange-character", f"the character {char!r} means nothing here", self.at)

    def scripts(self, table: dict[str, str], mark: str) -> None:
        """`²` and `₁₀` are `^{2}` and `_{10}`."""
        self.take("sign", mark, 0)
        self.take("sign", "{", 0)
        end = self.at
        while end < len(self.text) and self.text[end] in table:
            end += 1
        for token in lex("".join(table[char] for char in self.text[self.at : end]))[:-1]:
            self.take(token.kind, token.text, 0)
        self.take("sign", "}", end - self.at)

    def command(self) -> None:
        found = _LATEX_COMMAND.match(self.text, self.at)
        if not found:
            raise Unread("stray-backslash", "a backslash with nothing behind it", self.at)
        name, length = found.group(1), len(found.group())
        if name in {"quad", "qquad"} and self.environments and self.environments[-1] in CASES:
            self.take("sign", "&", length)
        elif name in SILENT or name in SIZED or name.isspace():
            self.looks(name, length)
        elif name in BOXES:
            self.box(length)
        elif name in COMMAND_SIGNS:
            self.take("sign", COMMAND_SIGNS[name], length)
        elif name in WORDS or name in {"begin", "end"}:
            self.braced(name, length)
        elif name in FONTS:
            self.at += length
        else:
            self.other(name, length)

    def other(self, name: str, length: int) -> None:
        r"""A command that is read with what follows it; many define `\\R` as the real numbers."""
        if name in {"R", "reals"}:
            self.take("command", "mathbb", 0)
            self.take("name", "R", length)
        else:
            self.take("command", ACCENTS.get(name, name), length)

    def looks(self, name: str, length: int) -> None:
        r"""Steps over what only changes the looks, and over `\left.`, or the length of a space."""
        self.spaced = True
        self.at += length
        if name in {"left", "right"} and self.text[self.at : self.at + 1] == ".":
            self.at += 1
        if name in SIZED and (size := _LENGTH.match(self.text, self.at)):
            self.at = size.end()
        if lone := _LONE_SIGN.match(self.text, self.at):
            self.take("sign", lone[1], len(lone.group()))

    def box(self, length: int) -> None:
        """A box around an answer changes nothing, unless a value stands right before it."""
        before = self.tokens[-1] if self.tokens else None
        if before and (before.kind in {"number", "name"} or before.text in {")", "]", "}", "}set"}):
            raise Unread("several", "a boxed answer right behind another value", self.at)
        self.spaced = True
        self.at += length

    def braced(self, name: str, length: int) -> None:
        r"""`\text{...}` is one word, `\begin{...}` one token."""
        body = _BRACED.match(self.text, self.at + length)
        if not body and name in {"begin", "end"}:
            raise Unread("syntax", f"\\{name} without a name behind it", self.at)
        if not body:
            if name in {"begin", "end"}:
                raise Unread("syntax", f"\\{name} without the name of what it {name}s", self.at)
            self.at += length
            return
        content = body.group(1).strip()
        if name == "begin":
            self.environments.append(content)
        elif name == "end" and self.environments:
            self.environments.pop()
        kind = {"begin": "open", "end": "close"}.get(name, "word")
        if kind == "word":
            content = content.rstrip(" .,;") or content  # \\text{else.}
        self.take(kind, content, body.end() - self.at)
