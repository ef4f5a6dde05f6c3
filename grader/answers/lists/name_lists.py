r"""Text -> tokens of a list of names: `k_1`, `\kappa`, `σ²`, `k₁`, ranges of them, and the words and signs between.

All spellings of a name are brought to one, so that `k_{1}`, `k1` and `k₁` are found where a problem says `k_1`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.answers.syntax.signs import GREEK
from grader.answers.syntax.unread import Unread

_DRESS = re.compile(
    r"\\(?:text|mathrm|mathbf|textbf|mathit|boldsymbol|bm|vec|mathsf|mathcal|boxed|fbox|underline|textit|operatorname)\s*\{([^{}]*)\}"
)
_HATS = re.compile(r"\\(hat|bar|tilde|widehat|widetilde)\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|(\\?[A-Za-z]))")
_DOTS = re.compile(r"\\[lc]?dots[cb]?|…|⋯|\.\.+|\\vdots")
_SET_APART = re.compile(r"\$\s*([aAI])\s*\$(?=\s+(?!is\b|are\b|and\b|or\b|does\b|do\b)[A-Za-z])")
"""An `$a$` before a word is a name, and no article."""
_SPACES = re.compile(r"\$+|\*\*|`|\\(?:left|right|quad|qquad|displaystyle|[,;:! ()\[\]])(?![A-Za-z])|~|\\(?=[{}_])")
_SPACE = re.compile(r"(?:\\in\b|∈)\s*(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ|R\b)(?:\^(?:\{[^{}]{0,20}\}|\w+))?")
_NOT = re.compile(r"(?<=[a-z])n['’]t\b")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]{0,20}\}|\\\\")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_GREEK_NAMES = frozenset(GREEK.values()) | {"varepsilon", "varphi", "vartheta", "ell", "nabla"}
_COMMANDS = {
    "in": " in ", "cup": ",", "and": ",", "item": "\n- ", "setminus": " except ", "emptyset": " none ",
    "varnothing": " none ",
}  # fmt: skip
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUB = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₚₓ", "0123456789ijklmnpx")
_SCRIPTS = re.compile(r"(?P<up>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<down>[₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₚₓ]+)")
_TOKEN = re.compile(
    r"(?P<name>[A-Za-z]['’]s\b|[A-Za-z]+(?:_hat|_bar|_tilde)?(?:_\{[^{}\n]{1,20}\}|_[A-Za-z]+\d*|_\d+|\d+|\[\d+\]|\(\d+\))*"
    r"(?:\^\{[^{}\n]{1,8}\}|\^[\[(]\w{1,3}[\])]|\^\d+)?(?:_\{[^{}\n]{1,20}\}|_\w+)?'*)"
    r"|(?P<dots>\.\.\.)|(?P<line>\n\s*(?:[-*•+]\s+|\(?\d{1,2}[.)]\s+)?)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>\S)"
)
_NUMBERED = re.compile(r"(?P<stem>.*?[A-Za-z])_?(?P<number>\d{1,3})")
_SUBSCRIPTS = re.compile(r"(?P<stem>\w+?)_\{\s*(?P<list>\d+(?:\s*(?:,|\.\.\.|:|-|to)\s*\d*)+)\s*\}")
_MOST = 60
"""Members of one range."""


@dataclass(frozen=True, slots=True)
class Token:
    """A name, a word, or a sign, where it stands in the plain text."""

    kind: str
    """``known`` of the problem, ``strange`` another symbol, ``word``, ``sign``, ``dots``, ``line`` or ``number``."""
    text: str
    """As written; of a name that is known the problem's spelling."""
    start: int
    end: int


def plain_names(text: str) -> str:
    """`text` with each name in ASCII, `sigma_x^2`, and without the dress of LaTeX and Markdown."""
    text = _SET_APART.sub(r"\1, ", text)
    text = _NOT.sub(" not", _SPACE.sub(" ", unicodedata.normalize("NFC", text)))
    for _ in range(2):
        text = _DRESS.sub(r" \1 ", text)
    text = _ENVIRONMENT.sub("\n", text)
    text = _HATS.sub(lambda found: f" {(found[2] or found[3])}_{found[1].removeprefix('wide')} ", text)
    text = _DOTS.sub(" ... ", text)
    text = _SCRIPTS.sub(_script, _SPACES.sub(" ", text))
    text = "".join(GREEK.get(char, char) for char in text)
    text = _COMMAND.sub(lambda found: _command(found[1]), text)
    return re.sub(r"\s*([_^])\s*(?=[\w{(\[])", r"\1", text)


def _script(found: re.Match[str]) -> str:
    return f"^{found['up'].translate(_SUPER)}" if found["up"] else f"_{found['down'].translate(_SUB)}"


def _command(name: str) -> str:
    if name in _GREEK_NAMES:
        return name.removeprefix("var")
    return _COMMANDS.get(name, " ")


def canonical(name: str) -> str:
    """One spelling for all of a name: `k_{1}`, `k1`, `k[1]` are `k1`; a power stays one."""
    plain = plain_names(name).strip()
    label = re.sub(r"\^(?:\{?[\[(](\w+)[\])]\}?)", r"\1", plain)
    return re.sub(r"[\s_{}()\[\],-]", "", label)


@dataclass(frozen=True)
class Known:
    """The names that a problem knows, with their other spellings."""

    universe: Mapping[str, tuple[str, ...]]

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {canonical(each): name for name, others in self.universe.items() for each in (name, *others)}

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Spellings in lower case, where one name only has them."""
        found: dict[str, set[str]] = {}
        for spelling, name in self._exact.items():
            found.setdefault(spelling.lower(), set()).add(name)
        return {spelling: min(names) for spelling, names in found.items() if len(names) == 1}

    @cached_property
    def _longest(self) -> int:
        """Words of the longest name."""
        each = (spelling for name, others in self.universe.items() for spelling in (name, *others))
        return max((len(re.findall(r"\w+", spelling)) for spelling in each), default=1)

    def called(self, text: str) -> str | None:
        """The name that `text` spells, in this case or, where that is clear, another, or in the plural."""
        key = canonical(text)
        return (
            self._exact.get(key)
            or self._folded.get(key.lower())
            or (self._folded.get(key.lower().removesuffix("s")) if len(key) > 4 else None)
        )

    def tokens(self, plain: str) -> list[Token]:
        """The tokens of plain text, names of several words as one."""
        found = [_token(match) for match in _TOKEN.finditer(plain)]
        joined: list[Token] = []
        at = 0
        while at < len(found):
            token, at = self._known(plain, found, at)
            joined.append(token)
        return joined

    def _known(self, plain: str, found: list[Token], at: int) -> tuple[Token, int]:
        """The name that begins at token `at`, the longest first, and where the next token is."""
        first = found[at]
        if first.kind != "word":
            return first, at + 1
        for end in range(min(len(found), at + self._longest), at, -1):
            last = found[end - 1]
            if all(one.kind == "word" or one.text == "-" for one in found[at:end]):
                name = self.called(plain[first.start : last.end])
                if name is not None:
                    return Token("known", name, first.start, last.end), end
        kind = "strange" if is_symbol(first.text) else "word"
        return Token(kind, first.text, first.start, first.end), at + 1

    def range(self, first: str, last: str) -> list[str]:
        """The names from `first` to `last`, which differ in their number.

        Raises:
            Unread: they are no two ends of one row.
        """
        one, two = _NUMBERED.fullmatch(canonical(first)), _NUMBERED.fullmatch(canonical(last))
        if not one or not two or one["stem"] != two["stem"]:
            raise Unread("ellipsis", f"{first} and {last} are not the ends of one row of names")
        low, high = int(one["number"]), int(two["number"])
        if not low < high < low + _MOST:
            raise Unread("ellipsis", f"a row of names from {first} to {last}")
        return [f"{one['stem']}_{number}" for number in range(low, high + 1)]

    def subscripts(self, text: str) -> list[str]:
        """The names of `k_{1,2,3}`, `k_{1..3}` or "the k's", if these are several; else none."""
        if re.fullmatch(r"[A-Za-z]['’]s", text):
            return [name for name in self.universe if re.fullmatch(rf"{text[0]}\d+", canonical(name))]
        found = _SUBSCRIPTS.fullmatch(text)
        if not found or self.called(text):
            return []
        numbers = re.findall(r"\d+", found["list"])
        if re.search(r"\.\.\.|:|-|to", found["list"]):
            return self.range(f"{found['stem']}_{numbers[0]}", f"{found['stem']}_{numbers[-1]}")
        return [f"{found['stem']}_{number}" for number in numbers]


def _token(found: re.Match[str]) -> Token:
    kind = "word" if found.lastgroup == "name" else found.lastgroup or "sign"
    return Token(kind, found.group(), found.start(), found.end())


def is_symbol(text: str) -> bool:
    """Whether a run of letters is a symbol rather than a word of the sentence."""
    bare = text.partition("_")[0].partition("^")[0].removesuffix("s").rstrip("'’0123456789")
    if re.search(r"[_^\d'’]", text):
        return len(bare) <= 2 or bare in _GREEK_NAMES
    return (len(text) == 1 and text not in {"a", "A", "I", "i"}) or text in _GREEK_NAMES
