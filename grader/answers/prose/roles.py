"""What a stretch of mathematics is in its sentence: stated, denied, given as a reason, marked as the result."""

from __future__ import annotations

import re
from dataclasses import dataclass

NEAR = 200
"""Characters before a stretch in which a word such as "therefore" still belongs to it."""

_REACH = 400
"""Characters before a stretch in which a "because" or an open bracket is looked for."""

RELATION = re.compile(r"=|\\approx|\\le|\\ge|≈|≤|≥")
RESULT = re.compile(
    r"\\therefore|∴|\\boxed|\\Rightarrow|\\implies|⇒|⟹|=>|->|→|,\s+also\b|所以|因此|答案?|итого|ответ"
    r"|\b(?:therefore|thus|hence|so|ans(?:wer)?|result|final(?:ly)?|overall|altogether|together(?=,?\s+(?:\$?\d|it|they|th[ai]t|this|these|we|makes?|gives?)\b)|in\s+all(?=[\s,:]+\$?\d)|total"
    r"|daher|somit|insgesamt|folglich|antwort|ergebnis|entonces|por (?:lo )?tanto|respuesta|resultado|luego"
    r"|donc|ainsi|r[ée]ponse|r[ée]sultat|quindi|dunque|risposta|portanto|resposta)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"(?:\\therefore|∴|\b(?:(?:final|my|the)\s+)?(?:ans(?:wer)?|solution|result)\b"
    r"(?:\s+(?:is|was|will be|would be|here))?)"
    r"[\s:.=*$]*(?:(?:a|an|the|by|of|to|equal|shape|size|about|exactly|just|only|therefore|thus|hence)\s+)*[\s:=*$]*\Z",
    re.IGNORECASE,
)
_BOX = re.compile(r"\\f?box(?:ed)?(?![A-Za-z])|\\underline(?![A-Za-z])|\\(?:mathbf|textbf|bm)\s*\{[\s\d]")
_FILLERS = (
    r"[\s,:*$(]*(?:(?:a|an|the|its|by|of|to|equal|shape|shapes|sizes?|dims?|dimensions?|dimensionality"
    r"|volume|output|features?|values?|vector|array|matrix|about"
    r"|factor|around|approximately|roughly|exactly|just|only|now|then|simply|with|total|overall|also)[\s,:*$]+)*\Z"
)
_ASSERTS = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|becomes?|equals?|gives?|giving|get|gets|got|have|has|had|need"
    r"|needs|obtain|obtains|yields?"
    r"|yielding|arranged\s+(?:as|in)|total|totals|altogether|together|in\s+all|makes?|making|returns?|say|answer|ans|result|outputs?|therefore"
    r"|thus|hence|so|i\.e\.?\\?|no"
    r"|nope|actually|rather|instead|correction|but|results?\s+in|produces?|leads?\s+to|comes?\s+(?:out\s+)?to|contains?"
    r"|ist|sind|betr[äa]gt|ergibt|es|son|est|sont|vaut|sono|grows?|increases?|decreases?|shrinks?"
    r"|changes?|requires?|will|would|should)|[:=≈→>是为為]|\A)" + _FILLERS,
    re.IGNORECASE,
)
_DENIED_BEFORE = re.compile(
    r"(?:\bnot|n['’]t|\bcannot|\binstead of|\brather than|\bunlike|\bno longer)\s+"
    r"(?:(?:be|is|equal|equals|to|a|an|really|actually|exactly)\s+)*(?:the\s+(?:[a-z]+\s+)?)?[$*]*\Z",
    re.IGNORECASE,
)
_DENIED_BEHIND = re.compile(
    r"[\s$*`)]*(?:(?:is|are|was|were|would be|seems|looks)\s+(?:clearly\s+|obviously\s+)?"
    r"(?:wrong|incorrect|false|not\s+(?:right|correct|it|the\s+answer|possible))"
    r"|\((?:wrong|incorrect|not\s+(?:right|correct|it|the\s+answer))\b)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|due to|given that|assuming"
    r"|as\s+(?=(?:the|there|we|it|its|each|all|every|both|stride|padding)\b))",
    re.IGNORECASE,
)
_REASON_ENDS = re.compile(
    r",\s*(?:so|then|the|we|it|this|there|its|our|each|thus|hence|therefore)\b"
    r"|\b(?:so|then|therefore|hence|thus|we\s+(?:get|have|obtain)|gives?|yields?|implies)\b|=>|⇒|→|->|∴"
    r"|\\Rightarrow|\\therefore",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:no|nope|wait|actually|correction|corrected|sorry|oops|scratch that|instead|rather|edit|fixed"
    r"|update[d]?|perd[óo]n|nein|pardon|scusa|falsch)\b",
    re.IGNORECASE,
)

_JOINED_BEFORE = re.compile(r"[\w)\]}$|⌋⌉]\s*[+×·^/]\s*[$(]*\Z|[\w)\]}|]\s+[*x]\s+[$(]*\Z")
_IN_BRACKET = re.compile(r"(?:\A|[=+\-−*/·\s(])[(\[][\w\\{}^$ ]{1,24}[-−/]\s*[$(]*\Z")
"""An open bracket with a difference in it, `-(y - `; outside of one a minus may be a dash."""
_ALIKE_BEFORE = re.compile(
    r"\b(?:the\s+same|likewise|similarly|analogous(?:ly)?)\s+(?:with|for|as|to|but\s+with)\s*[$(]*\Z", re.IGNORECASE
)
_ALIKE_BEHIND = re.compile(r"[\s$)]*(?:instead\s+of|in\s+place\s+of|replaced\s+by)\b", re.IGNORECASE)
"""What says that the answer is another one with something put in."""
_UNDER_CONDITION = re.compile(
    r"\b(?:if|when)\b[^.;\n]{0,80}[<>≤≥=][^.;\n]{0,80}(?:[:,]|\bthen)\s*[\w()']{0,20}\s*[$(]*\Z", re.IGNORECASE
)
_CONDITION_BEHIND = re.compile(
    r"[\s$,]*(?:si|s['’]|se|wenn|falls|sofern|cuando|quando|quand|lorsque|provided(?:\s+that)?|as\s+long\s+as|in\s+case"
    r"|only\s+if|iff)[\s$]*\Z",
    re.IGNORECASE,
)
"""What leads from a value to the condition under which it holds."""
_JOINED_BEHIND = re.compile(
    r"[\s$)]*(?:=(?!>)|[+×·^]|\*(?![*\s]|\Z)|[*x/]\s+[\w(\\$]|-\s+(?:\d|[A-Za-z](?![A-Za-z])|[\\($]))"
)


_ORDERS = re.compile(r"[<>≤≥=]|\\[lg]eq?(?![A-Za-z])")
_HEDGED = re.compile(
    r"\b(?:(?:less|more|fewer|greater|larger|smaller|bigger|lower|higher)\s+than|at\s+(?:least|most)|up\s+to|below|above"
    r"|between|no\s+more\s+than|maybe|perhaps|possibly|guess(?:ing)?|not\s+sure|don['’]?t\s+know)[\s,:$*(]*"
    r"(?:(?:it|is|it['’]s|that|the|a|an|equal|to|or|about)[\s,:$*(]+)*\Z",
    re.IGNORECASE,
)

_SPAN = re.compile(
    r"(?:\b(?:runs?|running|goes|go|going|ranges?|ranging|sums?|summed|both|each)|[A-Za-z](?:_\{?\w\}?)?\$?)\s+from\s+\$?[\w-]{1,12}\$?"
    r"\s+up\s+to\s+[$*(]*\Z",
    re.IGNORECASE,
)
"""Both ends of a range, `k runs from 0 up to`: its end is no bound on something else."""
_TOTAL_BEHIND = re.compile(
    r"[\s$*)]*(?:(?:parameters?|params|weights|values|numbers|entries|multiplications|operations)\s+)?"
    r"(?:in\s+(?:all|total|sum)|all\s+together|altogether|overall)(?=[\s$*]*(?:[.,;:)]|\Z))",
    re.IGNORECASE,
)
"""What makes the number before it the total."""
_ALL_INCLUDED = re.compile(
    r"\b(?:with|including|incl\.?|counting)\s+(?:the\s+|all\s+)?bias(?:es)?[\s,:=$]*(?:(?:it\s+is|that\s+is|we\s+get)[\s:$]*)?\Z",
    re.IGNORECASE,
)
"""What makes the number behind it the total: `with biases 280`."""


@dataclass(frozen=True, slots=True)
class Role:
    """How a stretch stands in its sentence."""

    asserted: bool
    """Whether it is stated, and not only mentioned."""
    final: bool
    """Whether it follows upon a "so", a "therefore"."""
    marked: bool
    """Whether it is marked as the answer outright: boxed, bold, behind "Answer:"."""
    denied: bool
    """Whether the student says that it is not so."""
    reason: bool
    """Whether it is given as a reason or in brackets, behind what it is said of."""
    corrects: bool
    """Whether it takes something back: "no, it is 12"."""
    hedged: bool = False
    """Whether it is said only as a bound, "less than 12", or as a guess, "maybe 12?"."""


def role(said: str, text: str, after: str, *, strong: bool = False) -> Role:
    """The role of the stretch `text`.

    Args:
        said: the words of its sentence before it, earlier mathematics included.
        text: the stretch.
        after: the words behind it, up to the next stretch.
        strong: whether it is emphasised.
    """
    near = f"{said[-NEAR:]} "
    is_code = said.rstrip().endswith("`")
    denied = bool(_DENIED_BEFORE.search(near) or _DENIED_BEHIND.match(after))
    asked = after.lstrip(" $*`").startswith("?")
    reason = _is_reason(said[-_REACH:])
    stated = _ASSERTS.search(near)
    strong = strong and (bool(stated) or not is_code) and not after.lstrip("*_` ").startswith(":")
    marked = not denied and (strong or bool(_BOX.search(text)) or bool(_MARKED.search(near)))
    total = bool(_TOTAL_BEHIND.match(after) or _ALL_INCLUDED.search(near))
    asserted = marked or total or bool(stated or RELATION.search(text))
    final = marked or total or bool(RESULT.search(near) or RESULT.match(text.strip()))
    return Role(
        asserted=asserted and not denied and not asked,
        final=final and not denied and not reason,
        marked=marked and not reason,
        denied=denied,
        reason=reason,
        corrects=bool(_CORRECTS.search(near)),
        hedged=asked or bool(_HEDGED.search(near) and not (_ORDERS.search(text) or _SPAN.search(near))),
    )


def is_cut(said: str, text: str, after: str) -> bool:
    """Whether a sign beside the stretch `text` joins it to words: `N` of `N x Dp (per convolution) = ...`."""
    if ("*" in text and after.lstrip().startswith("*")) or _UNDER_CONDITION.search(said):
        return True
    if _ALIKE_BEFORE.search(said) or _ALIKE_BEHIND.match(after) or _CONDITION_BEHIND.match(after):
        return True
    return bool(_JOINED_BEFORE.search(said) or _IN_BRACKET.search(said[-40:]) or _JOINED_BEHIND.match(after))


def _is_reason(said: str) -> bool:
    """Whether what follows `said` belongs to a "because" or to a bracket that is still open."""
    depth = 0
    for char in said:
        depth = max(depth + (char in "([") - (char in ")]"), 0)
    if depth:
        return True
    starts = [found.end() for found in _REASON.finditer(said)]
    return bool(starts) and not _REASON_ENDS.search(said, starts[-1])
