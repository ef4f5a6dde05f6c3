r"""Sentence -> what it says of growth: `O(n)`, "linear in n", "grows like $n^2$", "does not depend on n".

What comes out is each statement as a formula; what the formula means, and which statement counts, is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader.answers.growth.quantities import Quantities, Quantity
from grader.answers.prose.roles import role
from grader.answers.syntax.unread import Unread

CONSTANT = "1"
SELF = "\0"
"""Stands for the symbol where it is left out, as in "it grows linearly"."""

_ADVERBS = {
    "linear": "({0})", "quadratic": "({0})^2", "cubic": "({0})^3", "quartic": "({0})^4", "logarithmic": "log({0})",
    "linearithmic": "({0})*log({0})", "exponential": "{0}", "constant": CONSTANT,
}  # fmt: skip
_ADVERB = re.compile(rf"(?<![\w-])(?P<word>{'|'.join(_ADVERBS)})(?P<ly>ly|ally)?(?![\w-])", re.IGNORECASE)
_NOUN = (
    r"(?:\s+(?:function|growth|relation(?:ship)?|dependen(?:ce|cy)|rate|order|scaling|increase|manner|way|fashion"
    r"|complexity|factor|time))?"
)
_INTO = re.compile(
    rf"{_NOUN}\s*(?P<into>in|with\s+respect\s+to|with\s+regards?\s+to|w\.?\s?r\.?\s?t\.?|with|to|upon|on|of|relative\s+to"
    r"|as\s+a\s+function\s+of|regarding|against|related\s+to)(?![A-Za-z])",
    re.IGNORECASE,
)
_BIG_O = re.compile(
    r"(?<![\w\\])(?:\\(?:mathcal|mathrm|mathbf|operatorname|text|cal|mathit)\s*\{?\s*(?:O|Theta|\\Theta)\s*\}?|\\(?:big)?(?:Theta|theta|O)"
    r"|[OΘΟ𝒪𝑂]|[Tt]heta|(?i:big[- ]?(?:o|oh|theta)))\s*(?:\\left|\\[bB]ig[gl]?)?\s*(?=\()"
)
_ONE_SIDED = re.compile(r"(?<![\w\\])(?:\\(?:Omega|omega|mathcal\s*\{\s*o\s*\})|[Ωωo]|[Oo]mega)\s*(?:\\left)?\s*(?=\()")
_IS_NOTATION = re.compile(rf"[\s:=]*(?:the\s+|of\s+|order\s+)*(?:{_BIG_O.pattern}|{_ONE_SIDED.pattern})")
_VERB = (
    r"(?:grow|scale|increase|rise|goe|go|vary|varie|behave|change|evolve|decay|decrease|shrink|fall|get|become)"
    r"(?:s|es|ing|n|d)?"
)
_EXACTLY = re.compile(
    rf"\b{_VERB}\s+(?:asymptotically\s+|roughly\s+|approximately\s+)?(?:like|as(?:\s+(?:fast|quickly)\s+as)?"
    r"|(?:at|with)\s+(?:a|the)\s+rate\s+of|(?:by|with)\s+(?:a\s+|the\s+)?factors?(?:\s+of)?|at\s+the\s+same\s+rate\s+as|with\s+order)(?![A-Za-z])"
    r"|\b(?:growth|growth[- ]rate|rate\s+of\s+(?:the\s+)?growth"
    r"|order(?:\s+of\s+(?:growth|magnitude))?|complexity|growth\s+order|at\s+(?:a|the)\s+rate)"
    r"\s*(?:is|of|[:=]|equals)(?:\s*(?:of|on|in)?\s*(?:the\s+)?order(?:\s+of)?(?![A-Za-z]))?"
    r"|\b(?:(?:of|on|in)\s+)?(?:the\s+)?order(?:\s+of(?:\s+magnitude(?:\s+of)?)?)?(?![\w-])"
    r"|\bbig[- ]?(?:o|oh|theta)(?:\s+of)?(?![\w-])"
    r"|\b(?:(?:directly|linearly)\s+)?proportional(?:ly)?\s+(?:to|with)(?![A-Za-z])|\bin\s+(?:direct\s+)?proportion\s+(?:to|with)(?![A-Za-z])"
    r"|\\propto(?![A-Za-z])|∝|\\sim(?![A-Za-z])|∼|(?<![\w~])~(?!~)|\\asymp(?![A-Za-z])|≍",
    re.IGNORECASE,
)
_INVERSELY = re.compile(r"\binverse(?:ly)?\s+(?:proportional\s+)?(?:to|with)(?![A-Za-z])", re.IGNORECASE)
_WITH = re.compile(rf"\b{_VERB}\s+(?:in|with)(?![A-Za-z])", re.IGNORECASE)
_LARGER = re.compile(
    r"\s*-?\s*(?:times\s+(?:as\s+)?(?:larger|bigger|greater|higher|more|wider|large|big|much|great|high|the|what|that)|fold)(?![A-Za-z])",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:independent\s+(?:of|from)|(?:do(?:es)?\s+not|doesn['’]t|don['’]t)\s+(?:depend|rely)\s+(?:up)?on|is\s+not\s+(?:dependent|affected|influenced)\s+(?:on|by)"
    r"|unaffected\s+by|(?:do(?:es)?\s+not|doesn['’]t|don['’]t)\s+(?:grow|change|scale|vary|increase)\s+(?:with|in|as|when))(?![A-Za-z])",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"\b(?:stays?|remains?|is|be|keeps?|being)\s+(?:always\s+|a\s+|the\s+)?(?:constant|the\s+same|unchanged)(?![\w-])"
    r"|\b(?:do(?:es)?\s+not|doesn['’]t|don['’]t)\s+(?:grow|change)\s*(?:at\s+all)?(?=\s*(?:[.,;!]|\Z))",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno\s+longer|\binstead\s+of|\brather\s+than|\bneither|\bnor|\bno|\bnon)[\s-]+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:\b(?:than|at\s+least|sub|super|log|poly|quasi|pseudo|piecewise|bi|tri)[\s-]+(?:a\s+)?|\b(?:more|less|faster|slower)\s+)\Z",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    r"\b(?:grow|scal|increas|rise|rate|growth|dependen|depend|relation|complex|chang|var(?:y|ie)|order)\w*",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\\(?:text|mathrm|textbf|textit|mbox|textrm|operatorname|boxed|fbox|underline)\s*\{([^{}]*)\}")
_BOLD = re.compile(r"(?<!\*)(\*\*|__|\*(?=[A-Za-z$]))(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])|`([^`\n]+)`")
_INCREASES = re.compile(
    r"\s*(?:increas|grow|get|becom|go(?:es)?\b|rise|tend|does|doubl|chang|is\s+(?:increas|doubl|made)|\\to\b|\\rightarrow|→|->)",
    re.IGNORECASE,
)
_SHRINKS = re.compile(r"\b(?:decreas|decay|shrink|fall|drop|reduc|less|small)\w*", re.IGNORECASE)
_DRAWN = re.compile(r"\s*(?:\\mathcal\s*\{?\s*[NU]|[NU]\s*\(|Normal|Uniform|Bernoulli|iid|i\.i\.d)", re.IGNORECASE)
_ENDS = re.compile(
    r"\s*(?:[.,;:!)]|\Z|(?:because|since|as|so|and|but|not|when|if|for|due|thus|hence|i\.e|\(|growth|function|relation(?:ship)?|dependence|scaling"
    r"|increase|manner|way|fashion|rate|order|complexity|time|asymptotically|too|here|again)(?![A-Za-z]))",
    re.IGNORECASE,
)
_OF_NAME = re.compile(r"(?:\A|\s)\\?(?:[A-Za-z]|[α-ω]|sigma|gamma)(?:_\S{1,5})?\s*\Z")
_NO_SUBJECT = re.compile(
    r"\b(?:if|when|while|since|for|assuming|given|kernel|filter|stride|padding|input|image|size|weights?|everything|rest|other)\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"[\w^{}()\\²³/+*-]+\Z")
_BARE = 2
"""Words of an answer that may say no more than "constant"."""
_NO_GROWTH = re.compile(
    r"\b(?:expect\w+|convolution|layer|operat\w+|map\w*|activation|network|model|filter|system|function)s?\s+(?:is|are)\s+\Z",
    re.IGNORECASE,
)
"""What is linear in another sense."""
_FACTOR = 20
_FACTOR_BEHIND = re.compile(r"\s*(?:\*|×|·|\\times|\\cdot|x\s|times\s)\s*(?:\\|[OΘn(\d]|log)")
_FACTOR_BEFORE = re.compile(r"(?:[\w)]\s*(?:\*|×|·|\\times|\\cdot|\bx|\btimes)|(?:\A|[\s(=$])[b-zB-HJ-Z])\s*\Z")
_NEAR = 400
"""Characters before a statement that may say something of it."""
_MOST = 40
_SHORT = 6
"""Words of one that may say no more than "linear", or of the subject of a "stays constant"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said of growth."""

    start: int
    end: int
    formula: str = ""
    """As a formula; `SELF` where its symbol stands, if that is left out."""
    unread: Unread | None = None
    """Why it cannot be read, where something is said that is not understood."""
    minor: bool = False
    """Whether it counts only where nothing else is said: it is of something else, or too vague."""
    aside: bool = False
    """Whether it is given as a reason, or in brackets."""
    final: bool = False
    """Whether it is stated as the result."""
    worded: bool = True
    """Whether it may speak of one of several symbols only."""
    slope: bool = False
    """Whether it may be said of the slope: "the growth rate is constant"."""
    exponential: bool = False
    """Whether it grows exponentially in `formula`."""
    free: bool = False
    """Whether it does not depend on `formula`."""


def plain(text: str) -> str:
    r"""`text` without dollar signs, `\text{}` and emphasis."""
    for _ in range(2):
        text = _PLAIN.sub(r" \1 ", text)
    text = _BOLD.sub(lambda found: f" {found[2] or found[3]} ", text)
    text = re.sub(r"(?<=[a-z]{2})~(?=[a-z$\\])", " ", text)
    return re.sub(r"\$+|\\[()\[\]]|\\(?:left|right|displaystyle|quad|qquad|therefore)(?![A-Za-z])", " ", text)


def statements(sentence: str, quantities: Quantities) -> Iterator[Statement]:
    """What the plain `sentence` says of growth, in order; what it denies is left out."""
    behind, counted = 0, 0
    for one in sorted(_found(sentence, quantities), key=lambda each: (each.start, -each.end)):
        before, said = sentence[max(0, one.start - _NEAR) : one.start], sentence[one.start : one.end]
        if one.start < behind or _DENIED.search(before):
            continue
        behind, counted = one.end, counted + 1
        if counted > _MOST:
            raise Unread("too-many", f"more than {_MOST} statements in one sentence")
        how = role(before, said, sentence[one.end :])
        if how.denied:
            continue
        unread = one.unread
        if _VAGUE.search(before):
            unread = Unread("vague", f"{sentence[max(0, one.start - 10) : one.end].strip()!r} states no rate")
        elif _SHRINKS.search(before[-15:] + said) and not re.search(r"/|\^\s*[({]*-|frac", one.formula):
            unread = Unread("shrinks", "it is said to shrink, and not at which rate")
        yield replace(one, unread=unread, final=how.final, aside=how.reason)


def _found(sentence: str, quantities: Quantities) -> Iterator[Statement]:
    yield from _notations(sentence)
    for find in (_adverbs, _relations, _multiples, _constants):
        yield from find(sentence, quantities)


def _notations(sentence: str) -> Iterator[Statement]:
    """`O(n)` and its kin."""
    for pattern in (_BIG_O, _ONE_SIDED):
        for found in pattern.finditer(sentence):
            end = _closing(sentence, found.end())
            inner = sentence[found.end() + 1 : end - 1]
            if end and inner.strip():
                unread = None
                if pattern is _ONE_SIDED:
                    unread = Unread("one-sided", f"{sentence[found.start() : end]!r} is a bound from one side")
                elif _FACTOR_BEHIND.match(sentence, end) or _FACTOR_BEFORE.search(sentence[: found.start()][-_FACTOR:]):
                    unread = Unread("goes-on", f"{sentence[found.start() : end]!r} is a factor of something else")
                yield Statement(found.start(), end, inner, unread, worded=False)


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed; 0 where it is not."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at + 1
    return 0


def _adverbs(sentence: str, quantities: Quantities) -> Iterator[Statement]:
    """`linear`, `quadratically in n`."""
    for found in _ADVERB.finditer(sentence):
        word = found["word"].lower()
        into = _INTO.match(sentence, found.end())
        quantity = _quantity(quantities, sentence, into.end()) if into else None
        end, formula = found.end(), SELF
        if isinstance(quantity, Unread):
            yield Statement(found.start(), into.end() if into else end, unread=quantity)
            continue
        if quantity:
            end, formula = quantity.end, quantity.formula
        elif into and not re.match(r"\s*(?:it|this)\b", sentence[into.end() :], re.IGNORECASE):
            why = Unread("unknown-quantity", f"what it is {word} in is none of the names that the problem knows")
            yield Statement(found.start(), into.end(), unread=why, minor=True)
            continue
        elif not _is_of_growth(sentence, found):
            continue
        slope = word == "constant" and bool(_GROWTH.search(sentence))
        made = _ADVERBS[word].format(formula)
        free = word == "constant" and formula != SELF
        formula = formula if free else made
        yield Statement(found.start(), end, formula, slope=slope, exponential=word == "exponential", free=free)


def _is_of_growth(sentence: str, found: re.Match[str]) -> bool:
    """Whether a "linear" without its symbol speaks of growth, and not of a layer."""
    if found["word"].lower() == "constant":
        return len(_words(sentence)) <= _BARE
    if not found["ly"] and not _ENDS.match(sentence, found.end()):
        return False
    if not found["ly"] and _NO_GROWTH.search(sentence[: found.start()][-_NEAR:]):
        return False
    comes_first = not _words(sentence[: found.start()])
    return comes_first or bool(_GROWTH.search(sentence)) or len(_words(sentence)) <= _SHORT


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", text)


def _relations(sentence: str, quantities: Quantities) -> Iterator[Statement]:
    r"""`grows like n`, `\propto n`, `order n^2`; "grows with n" says too little."""
    for pattern, template in ((_EXACTLY, "{}"), (_INVERSELY, "({})^(-1)"), (_WITH, "{}")):
        for found in pattern.finditer(sentence):
            if _DRAWN.match(sentence, found.end()) or _IS_NOTATION.match(sentence, found.end()):
                continue
            quantity = _quantity(quantities, sentence, found.end())
            if isinstance(quantity, Unread):
                yield Statement(found.start(), found.end(), unread=quantity)
            elif quantity and not _INCREASES.match(sentence, quantity.end):
                yield _related(sentence, found, quantity, template, weak=pattern is _WITH)


def _related(sentence: str, found: re.Match[str], quantity: Quantity, template: str, *, weak: bool) -> Statement:
    formula = template.format(quantity.formula)
    slope = bool(re.search(r"growth|rate", found.group(), re.IGNORECASE))
    if weak and re.fullmatch(r"[\s()]*\\?[A-Za-z]+(?:_\{?\w+\}?)?[\s()]*", formula):
        why = Unread("vague", f"{sentence[found.start() : quantity.end]!r} does not say how fast")
        return Statement(found.start(), quantity.end, unread=why, minor=True)
    return Statement(found.start(), quantity.end, formula, slope=slope)


def _quantity(quantities: Quantities, sentence: str, start: int) -> Quantity | Unread | None:
    try:
        return quantities.at(sentence, start)
    except Unread as unread:
        return unread


def _multiples(sentence: str, quantities: Quantities) -> Iterator[Statement]:
    """`n times larger`."""
    for found in _LARGER.finditer(sentence):
        before = _LAST.search(sentence, 0, found.start())
        quantity = quantities.typed(sentence[: found.start()], before.start()) if before else None
        if before and quantity and quantity.end == found.start() and re.search(r"[A-Za-z]", quantity.formula):
            yield Statement(before.start(), found.end(), quantity.formula)


def _constants(sentence: str, quantities: Quantities) -> Iterator[Statement]:
    """`does not depend on n`, `stays constant`."""
    for found in _FREE.finditer(sentence):
        quantity = _quantity(quantities, sentence, found.end())
        if quantity and not isinstance(quantity, Unread):
            yield Statement(found.start(), quantity.end, quantity.formula, free=True)
        else:
            why = Unread("unknown-quantity", "what it does not depend on is none of the names that the problem knows")
            yield Statement(found.start(), found.end(), unread=why, minor=True)
    for found in _STAYS.finditer(sentence):
        before = sentence[: found.start()]
        subject = _words(before)
        if len(subject) <= _SHORT and not _NO_SUBJECT.search(before) and not _OF_NAME.search(before):
            yield Statement(found.start(), found.end(), CONSTANT, slope=bool(_GROWTH.search(before)))
