r"""Mends what scanning and copying did to an answer, and says what it mended.

Only damage that has one cause and one cure is mended here: a command that lost its backslash to an escape
(`\b`, `\r`, `\t`, `\f`, `\n`), a row of a matrix that ends in one backslash instead of two, backslashes doubled by
an escape, an alpha where a derivative has its partial sign, entities of HTML, characters of full width.
What is crossed out is no longer said, and is taken out here as well.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mended:
    """A text and the repairs that were made to it."""

    text: str
    repairs: tuple[str, ...]


_LOST = [
    (re.compile(r"(?<![\\A-Za-z])(?:\x08)?egin\s*\{"), r"\\begin{", "egin{ read as \\begin{"),
    (
        re.compile(r"[\r\n](ight(?:arrow)?(?=\s*(?:[\]\)\}|.\\]|[lr]?(?:floor|ceil)|\Z))|ho(?![A-Za-z]))"),
        r"\\r\1",
        "a line break before the rest of \\right or \\rho read as \\r",
    ),
    (re.compile(r"(?<=\\right)[ ]?[\r\n](?=floor|ceil|brace)"), r"\\r", "a line break behind \\right read as \\r"),
    (re.compile(r"[\r\n](?=abla(?![A-Za-z]))"), r"\\n", "a line break before 'abla' read as \\nabla"),
    (re.compile(r"(?:\x0c)rac(?=\s*\{)|(?<![\\A-Za-z])rac(?=\s*\{)"), r"\\frac", "rac{ read as \\frac{"),
    (
        re.compile(r"\t(?=(?:imes|heta|au|herefore|anh|frac)(?![A-Za-z])|(?:ext(?:bf|it|rm)?|ilde)(?=\s*\{))"),
        r"\\t",
        "a tab before the rest of \\times, \\text or \\theta read as \\t",
    ),
    (re.compile(r"(?<=[\s{(])(?:\x08)ar(?=\s*\{)"), r"\\bar", "ar{ read as \\bar{"),
]
_MATRIX = re.compile(r"\\begin\s*\{(array|[bpvBV]?matrix|cases)\}.*?\\end\s*\{\1\}", re.DOTALL)
_SINGLE = re.compile(r"(?<!\\)\\(?=\s+[-+\d\\$&]|\s*\n)")
_SINGLE_ANY = re.compile(r"(?<!\\)\\(?=\s)")
_COMMANDS = (
    "times|cdot|cdots|ldots|dots|frac|dfrac|tfrac|left|right|lfloor|rfloor|lceil|rceil|sum|sqrt|begin|end|text|mathbf"
    "|mathbb|mathrm|partial|alpha|beta|delta|sigma|lambda|quad|qquad|boxed|therefore|approx|leq|geq|max|min|hat|bar|exp|log"
)
_DOUBLED = re.compile(rf"\\\\(?=(?:{_COMMANDS})(?![A-Za-z]))")
_LONE_COMMAND = re.compile(rf"(?<!\\)\\(?:{_COMMANDS})(?![A-Za-z])")
_FOUR = re.compile(r"\\{4}")
_NAME = r"\s*(?:\\(?:hat|bar|tilde)\s?\{\w{1,4}\}|\\?[A-Za-z]+)(?:'|_\{[^{}]*\}|_\w|\^\{[^{}]*\}|\[[^\[\]]*\]|\s)*"
_ALPHA_FRACTION = re.compile(
    rf"(?P<frac>\\[dt]?frac)\s*\{{\s*\\alpha(?P<above>{_NAME})\}}\s*\{{\s*\\alpha(?P<below>{_NAME})\}}"
)
_ALPHA_SLASH = re.compile(
    r"(?<![\w\\])(?:\\alpha\s+|α\s*)(?P<above>[A-Za-z]{1,2}(?:_\w+)?)\s*/\s*(?:\\alpha\s+|α\s*)(?P<below>[A-Za-z]{1,2}(?![A-Za-z]))"
)
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&times;": "×", "&nbsp;": " ", "&minus;": "−", "&middot;": "·"}
_ENTITY = re.compile("|".join(_ENTITIES))
_FULL_WIDTH = re.compile("[\uff01-\uff5e]+")
_PIECES = [
    (re.compile("⎣([^⎡⎤⎣⎦\n]*)⎦(?![\\s\\S]*⎡)"), r"⌊\1⌋"),
    (re.compile("⎡([^⎡⎤⎣⎦\n]*)⎤(?![\\s\\S]*⎣)"), r"⌈\1⌉"),
]
"""Corners out of which tall brackets are drawn; upper and lower ones together draw an array."""
_ACCENTS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde"}
_ACCENTED = re.compile(r"(?<![^\W\d_])[^\W\d_][\u0302-\u0304]?(?![^\W\d_]|[\u0300-\u036f])")
"""A letter by itself, which may carry an accent; those within words are spelling."""
_LOST_DISPLAY = re.compile(r"\s*\[[ \t]*\n(?P<inner>[^\n]*[A-Za-z\\][^\n]*)\n[ \t]*\][ \t.,]*\s*")
"""`\\[ ... \\]` without its backslashes; an array has its entries on the lines of its brackets, or one a line."""
_MATH_IN_TEXT = re.compile(r"(\\text\s*\{[^{}$]*)\$([^{}$]*)\$(?=[^{}$]*\})")
_CROSSED = [
    re.compile(r"~~(?=\S)[^~\n]{1,400}?~~"),
    re.compile(r"<(s|del|strike)>[^<\n]{0,400}</\1>", re.IGNORECASE),
    re.compile(r"\\(?:cancel|bcancel|xcancel|sout|st|xout|hcancel)\s*\{(?:[^{}]|\{[^{}]*\}){0,400}\}"),
]


def repaired(text: str) -> Mended:
    """`text` with its damage mended, and a line for each repair."""
    repairs: list[str] = []
    for mend in (_crossed_out, _plain_characters, _escapes, _rows, _derivatives):
        text, said = mend(text)
        repairs += said
    return Mended(text, tuple(repairs))


def _crossed_out(text: str) -> tuple[str, list[str]]:
    """Blanks what the student struck out; the line ends stay."""
    bare = text
    for pattern in _CROSSED:
        bare = pattern.sub(lambda found: " " * len(found.group()), bare)
    return (bare, ["what is crossed out left aside"]) if bare != text and bare.strip(" $\n") else (text, [])


def _plain_characters(text: str) -> tuple[str, list[str]]:
    said: list[str] = []
    if "&" in text and _ENTITY.search(text):
        text = _ENTITY.sub(lambda found: _ENTITIES[found.group()], text)
        said.append("entities of HTML read as their characters")
    if _FULL_WIDTH.search(text):
        text = _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
        said.append("characters of full width read as plain ones")
    if not text.isascii():
        text = _ACCENTED.sub(_accent, unicodedata.normalize("NFC", text))
        for pieces, whole in _PIECES:
            text = pieces.sub(whole, text)
    return text, said


def _accent(found: re.Match[str]) -> str:
    r"""`ŷ` as `\hat{y}`."""
    apart = unicodedata.normalize("NFD", found.group())
    name = _ACCENTS.get(apart[1:])
    return f"\\{name}{{{apart[0]}}}" if name else found.group()


def _escapes(text: str) -> tuple[str, list[str]]:
    """Commands that lost their backslash to an escape, or got a second one."""
    said: list[str] = []
    for pattern, cure, line in _LOST:
        text, count = pattern.subn(cure, text)
        if count:
            said.append(line)
    if _DOUBLED.search(text) and not _LONE_COMMAND.search(text):
        text = _DOUBLED.sub(r"\\", _FOUR.sub(r"\\\\", text))
        said.append("doubled backslashes read as single ones")
    if "$" in text and "\\text" in text:
        text = _MATH_IN_TEXT.sub(r"\1} \2 \\text{", text)
    bare = _LOST_DISPLAY.fullmatch(text)
    if bare:
        text = bare["inner"]
        said.append("brackets on lines of their own read as the bounds of a display formula")
    return text, said


def _rows(text: str) -> tuple[str, list[str]]:
    mended = _MATRIX.sub(_with_rows, text)
    return mended, ["a single backslash at the end of a row read as \\\\"] if mended != text else []


def _with_rows(found: re.Match[str]) -> str:
    whole = found.group()
    single = _SINGLE if "\\\\" in whole else _SINGLE_ANY
    return single.sub(r"\\\\ ", whole)


def _derivatives(text: str) -> tuple[str, list[str]]:
    r"""An alpha above and below the line is a badly scanned partial sign: `\frac{\alpha J}{\alpha Z}`."""
    mended, count = _ALPHA_FRACTION.subn(r"\g<frac>{\\partial \g<above>}{\\partial \g<below>}", text)
    mended, more = _ALPHA_SLASH.subn(r"∂\g<above>/∂\g<below>", mended)
    return mended, ["alpha in a derivative read as the partial sign"] if count + more else []
