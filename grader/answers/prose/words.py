"""Tells mathematics from words where a student sets no dollar signs: word by word, then the words side by side.

What comes in is plain text in which all that is set apart (`$...$`, bold) is masked; what comes out are the stretches
that are mathematics, from the start of their first word to the end of their last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMAND = re.compile(r"\\[A-Za-z]{2,}")
_NO_WORDS = re.compile(
    r"\\(?:text\w*|mathrm|mathbf|mbox|operatorname)\s*\{[^{}]*\}|\\(?:begin|end)\s*\{[^{}]*\}(?:\{[^{}]*\})?"
    r"|\\[A-Za-z]+|_\{[^{}]*\}|_\w+"
)
_ANY_WORD = re.compile(r"(?<![A-Za-z_.])[A-Za-z]{3,}(?![A-Za-z_(])")
_NO_SENTENCE = frozenset(
    "and or if else otherwise when for where with max min floor ceil sqrt exp log abs sum prod sigmoid relu "
    "tanh mod not alpha beta gamma delta epsilon eta theta lambda mu sigma phi omega rho pi hat width height "
    "depth channels stride padding kernel size parameters weights params biases bias pixels bytes million "
    "billion thousand one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty "
    "sixty seventy eighty ninety hundred".split()
)
_PLAIN_WORD = re.compile(r"[A-Za-z]{3,}|\b(?:is|so|of|we|if|by|to|in|it|or|as|be|an|the)\b")

MASK = "\x01\x02"
"""Stand for mathematics and for emphasis that was found already."""
STRIP = ' \t\n,.;:?"“”‘'
OPERATORS = frozenset("= := + - − – * / × · ^ < > ≤ ≥ <= >= == -> → ⇒ => ≈ ~ x X @ // ± %".split())

_SCRIPTS = "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
"""Chinese, Japanese and Korean, which set no spaces around a number."""
_WORD = re.compile(rf"[A-Za-z]{{2,}}:(?=[-+−~$(\[\d])|[^\s{MASK}{_SCRIPTS}]+")
"""A word ends at a space; `Total:280` is two."""
_MEANING = re.compile(r"[^\W_]|[∑√∂]")
"""What a word needs to say anything: a letter, a digit, a large operator; signs alone say nothing."""
_FUNCTION = re.compile(
    r"(?:(?:torch\.)?(?:Size|tensor)|(?:np\.)?array|max|min|floor|ceil|sqrt|exp|log|ln|int|abs|math\.\w+|np\.\w+|O|Θ)\s*\("
)
_DERIVED = r"d[A-Za-z](?:_?\w)?'?(?:\([a-z]\))?(?:\[[^\s\[\]]{1,20}\])?/d[A-Za-z]"
_DERIVATIVE = re.compile(_DERIVED)
_BIG = re.compile(
    r"(?:sum|prod|max|min)_[{(\w]"
    rf"|{_DERIVED}\w?'?(?:[\[_(]|\Z)"
)
"""A large operator with its index, `sum_{i,j}`; a derivative, `df[r]/dW[r,k]`."""
_ENTRY_OPENS = re.compile(r"d?[A-Za-z]'?(?:_\w)?\[(?:[a-z]\d?|\d)(?![a-z])[-+*/()\w,]{0,20},\Z")
"""An entry up to the space behind one of its commas, `X[i+k,`."""
_NAMES_IN_A_ROW = re.compile(r"[A-Z]{2,4}")
"""A product of names, `LK`, where a sign stands beside it; else an abbreviation."""
_JOINS = frozenset("= + − * / × · ^".split())
_APPLIED = re.compile(
    r"[A-Za-zα-ωΑ-Ω]{1,2}'?(?:_\{?\w{1,4}\}?)?(?:[(\[][\w,]{1,12}[)\]]|\[[a-z\d][\w,+\-*/()]{0,30}\])"
)
"""The name of a function with its argument, `f(x)`, or an entry, `Z[i,j]`, `X[i-1,j]`."""
_OPENED = re.compile(r"[A-Za-zα-ωΑ-Ω]{1,2}\[\w{1,4}(?:[-+]\w{1,4})?")
"""An entry up to the space within its brackets: `Z[i,` of `Z[i, j]`."""
_STRONG = re.compile(r"[=<>≤≥^\\+*×·√∑∂²³⌊⌋⌈⌉∈]|\d\s*/\s*\d")
_SLASH = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]|d[A-Z]\w?|\d+|[)\]])/(?:d?[A-Za-z](?![A-Za-z])|d[A-Z]|\d|\()")
_NUMBER = re.compile(r"[-+−~≈]?\(*\[*[-+−]?\.?\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|-?[dD]|-[A-Za-z]{2,}.*)")
_SYMBOL = re.compile(
    r"(?:[A-Za-zα-ωΑ-Ω]|d[A-Zbwxyz]|alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|sigma|phi|omega)"
    r"(?:_\{?\w+\}?|\d|[²³ᵀ])?'*|[A-Za-z]{2,4}_\{?\w{1,3}\}?'*|[A-Za-z]{1,12}(?:_[A-Za-z0-9]{1,12}){1,3}"
)
_LEFT = re.compile(
    r"(?!(?:so|is|are|be|the|it|we|and|or|of|for|to|with|then|get|has|but|as|if|at|in|on|by)\Z)[A-Za-z]{2,3}'?"
    r"|width|height|depth|channels?",
    re.IGNORECASE,
)
"""A short name, or that of an axis, as it stands before an equals sign."""
_TERMS = re.compile(r"\(?[A-Za-zα-ωΑ-Ω](?:_\w{1,5})?(?:[-+−*/·][A-Za-zα-ωΑ-Ω](?:_\w{1,5})?){1,4}\)?")
"""Names with signs between them and no spaces."""
_RELATIONS = frozenset({"=", ":=", "≈", "<", ">", "≤", "≥", "<=", ">="})
_NO_PRODUCT = frozenset({"and/or", "w/o", "n/a", "i/o", "w/"})
_NO_OPENING = frozenset("- − – * · % & + /".split())
"""Signs that begin no mathematics: a dash, a bullet, an "and"."""
_MINUS = frozenset("-−–")
_LEADS_TO_VALUE = re.compile(r"(?:\A|[=:]|\b(?:is|are|be|equals?|of|gives?|get|to|becomes?))\s*\Z")
_LONGEST = 200
"""Words of one bracket that is followed to its end."""


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Where mathematics stands in `text`: start and end of each stretch."""
    words = [(found.start(), found.group()) for found in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        if not _begins(text, words, at):
            at += 1
            continue
        end = _run_end(text, words, at)
        start = words[at][0]
        last, word = words[end - 1]
        bare = word.rstrip(STRIP)
        yield start, last + len(bare)
        at = end


def is_mathematics(word: str) -> bool:
    """Whether `word` is mathematics by its looks."""
    bare = word.strip(STRIP + "$")
    if not _MEANING.search(bare) or _is_article(bare) or "://" in bare or bare.startswith("www."):
        return False
    if _BIG.match(bare) or _ENTRY_OPENS.match(word):
        return True
    if _SYMBOL.fullmatch(bare.strip("()[]{}")) or _FUNCTION.match(bare.lstrip("([{")) or _APPLIED.fullmatch(bare):
        return True
    if word[-1] == "," and _OPENED.fullmatch(bare):
        return True
    if _NUMBER.match(bare):
        return not _ORDINAL.fullmatch(bare)
    letters = max((len(run) for run in re.findall(r"[A-Za-z]+", bare)), default=0)
    if _STRONG.search(bare) or (_SLASH.search(bare) and bare.lower() not in _NO_PRODUCT):
        return letters < 5 or "=" in bare or "\\" in bare or "(" in bare or bool(re.search(r"\d", bare))
    return bare[0] in "([{" and letters < 2 and len(bare) > 1


def is_formula(text: str) -> bool:
    r"""Whether `text` is LaTeX that lost its dollar signs: commands, and no words but those within `\\text{...}`."""
    if "$" in text or "\\(" in text or "\\[" in text or not _COMMAND.search(text):
        return False
    return not _PLAIN_WORD.search(_NO_WORDS.sub(" ", text))


def is_sentence(text: str) -> bool:
    """Whether words stand in `text` that are no names, functions or units: two of them, or more."""
    bare = _NO_WORDS.sub(" ", text)
    return len({found.group().lower() for found in _ANY_WORD.finditer(bare)} - _NO_SENTENCE) > 1


def is_operator(word: str) -> bool:
    """Whether `word` is a sign that stands between two pieces of mathematics."""
    return word in OPERATORS


def _begins(text: str, words: list[tuple[int, str]], at: int) -> bool:
    start, word = words[at]
    behind = words[at + 1][1] if at + 1 < len(words) else ""
    if word in _MINUS and _NUMBER.match(behind):
        return bool(_LEADS_TO_VALUE.search(text[:start]))  # elsewhere it is a dash
    if word in {"x", "X"}:
        return behind in _RELATIONS or behind == "is"
    if word in OPERATORS:
        return word not in _NO_OPENING and is_mathematics(behind)
    if _is_pronoun(words, at):
        return False
    if _is_product(words, at):
        return True
    if behind in _RELATIONS and _LEFT.fullmatch(word):
        return at + 2 < len(words) and (is_mathematics(words[at + 2][1]) or bool(_LEFT.fullmatch(words[at + 2][1])))
    return is_mathematics(word) or (_is_article(word) and behind in OPERATORS - {"-", "–"})


def _run_end(text: str, words: list[tuple[int, str]], at: int) -> int:
    """The index behind the last word of the run that begins at `at`; brackets are followed to their end."""
    depth = 0
    end = at
    while end < len(words):
        _, word = words[end]
        if end > at and (_is_parted(text, words, end, depth) or _is_label(words, end, depth)):
            break
        inside = depth > 0 and end - at < _LONGEST
        after_sign = end > at and words[end - 1][1] in OPERATORS and _is_article(word)
        left = end + 1 < len(words) and words[end + 1][1] in _RELATIONS and bool(_LEFT.fullmatch(word)) and end == at
        mathematics = is_mathematics(word) or _is_product(words, end) or word.rstrip(".,;") in OPERATORS
        mathematics = mathematics or (end > at and _is_term(words, end))
        if not (left or mathematics or inside or after_sign):
            break
        depth += sum(word.count(c) for c in "([{") - sum(word.count(c) for c in ")]}")
        end += 1
        if depth <= 0 and word[-1] in ".;:?!" and word not in OPERATORS:
            break
    while end - 1 > at and _dangles(words, end - 1):
        end -= 1
    return max(end, at + 1)


def _is_label(words: list[tuple[int, str]], at: int, depth: int) -> bool:
    """Whether a name behind a comma says what comes next: `x4:` in `x3: [0, 1], x4: [1, 0]`."""
    word, before = words[at][1], words[at - 1][1]
    return depth <= 0 and word[-1] == ":" and before[-1] in ",;" and bool(_SYMBOL.fullmatch(word[:-1]))


def _is_product(words: list[tuple[int, str]], at: int) -> bool:
    """Whether capitals in a row, `LK`, stand beside a sign, so that they are factors."""
    if not _NAMES_IN_A_ROW.fullmatch(words[at][1].rstrip(".,;")):
        return False
    return any(words[near][1] in _JOINS for near in (at - 1, at + 1) if 0 <= near < len(words))


def _is_term(words: list[tuple[int, str]], at: int) -> bool:
    """Whether a term stands right behind a sign that wants one: `= -(y - z)`, `= -y`, `= (y-y_hat)`."""
    if words[at - 1][1] not in _RELATIONS | _JOINS:
        return False
    word = words[at][1].lstrip("-−–")
    return bool(_TERMS.fullmatch(word.rstrip(".,;"))) or (word != words[at][1] and is_mathematics(word))


def _is_parted(text: str, words: list[tuple[int, str]], at: int, depth: int) -> bool:
    """Whether the word `at` belongs to something else than the word before it."""
    start, word = words[at]
    before_start, before = words[at - 1]
    if "\x01" in text[before_start:start] or _is_other_script(text[before_start + len(before) : start]):
        return True
    if depth <= 0 and (_is_apposition(before, word) or _is_next_label(before, word)):
        return True
    return _is_remark(text, before, start) or _is_pronoun(words, at)


def _is_other_script(gap: str) -> bool:
    return bool(gap.strip()) and "\x02" not in gap


def _dangles(words: list[tuple[int, str]], at: int) -> bool:
    """Whether a sign at the end of a run has nothing behind it that it could belong to; `12 %` is whole."""
    word = words[at][1].rstrip(".,;")
    return word in OPERATORS and not (word == "%" and words[at - 1][1][-1:].isdigit())


def _is_apposition(before: str, word: str) -> bool:
    """Whether a value follows the name of what it is said of, `the shape of W, 1 x 5 x 3`; or a derivative does."""
    named = before[-1:] == "," and bool(_SYMBOL.fullmatch(before[:-1]))
    return named and (word[:1].isdigit() or bool(_DERIVATIVE.match(word)))


def _is_next_label(before: str, word: str) -> bool:
    """Whether a value ends and the name of the next one begins: `x3: [0, 1], x4: [1, 0]`."""
    return before[-1:] in {",", ";"} and word[-1:] == ":" and bool(_SYMBOL.fullmatch(word[:-1]))


def _is_remark(text: str, before: str, start: int) -> bool:
    """Whether a bracket behind a number holds a remark, `7 (7 x 7 pixels)` or `252 (504 / 2 = 252)`, and no factor."""
    if text[start] != "(" or not before[-1:].isdigit():
        return False
    inner = text[start + 1 : start + 60].partition(")")[0]
    return "=" in inner or any(not (is_mathematics(word) or word in OPERATORS) for word in inner.split())


def _is_article(word: str) -> bool:
    return word.strip(STRIP) in {"a", "A", "I"}


def _is_pronoun(words: list[tuple[int, str]], at: int) -> bool:
    """Whether an `i` is the student: `i think`, and not the index."""
    behind = words[at + 1][1] if at + 1 < len(words) else ""
    return words[at][1] == "i" and len(behind) > 2 and behind.isalpha()
