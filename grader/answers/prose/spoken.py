r"""Sums in words as signs: `the sum over i and j of dY_ij X_ij` is `\sum_{i,j} dY_ij X_ij`."""

from __future__ import annotations

import re

from grader.answers.formulas.number_words import spoken

_INDEX = r"\$?[A-Za-z](?:_?\{?\d\}?)?'?\$?"
_INDICES = rf"(?:all\s+)?(?P<indices>{_INDEX}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*){_INDEX}){{0,4}})(?![A-Za-z])"
_BODY = r"(?P<body>\$[^$\n]{1,300}\$|[^\s$.,;]{1,80}(?:\s*[*·×]\s*[^\s$.,;]{1,80}){0,4})"
_SUM = r"(?:the\s+)?(?:double\s+|triple\s+)?sum(?:mation)?"
_OVER = re.compile(rf"\b{_SUM}\s+over\s+{_INDICES}\s+of\s+(?P<opens>\$?)", re.IGNORECASE)
_FROM = re.compile(
    rf"\b{_SUM}\s+from\s+\$?(?P<index>[A-Za-z])\s*=\s*(?P<low>\w+)\$?\s+to\s+\$?(?P<high>\w+)\$?\s+of\s+(?P<opens>\$?)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"(?:\b{_SUM}\s+of\s+{_BODY}|(?P<first>\$[^$\n]{{1,300}}\$)\s*,?\s+summed)\s+over\s+{_INDICES}", re.IGNORECASE
)

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million)"
)
_NUMBER_WORDS = re.compile(rf"\b{_NUMBER_WORD}(?:(?:\s+and\s+|\s+|-){_NUMBER_WORD})+\b", re.IGNORECASE)
"""Numbers of several words; a single `one` or `two` counts all sorts of things."""
_IS_ONE_WORD = re.compile(
    r"(?P<lead>\b(?:mean|expectation|average|value|answer|result|number|sum|total|it)\s+(?:is|equals|becomes|stays)\s+"
    r"(?:(?:equal\s+to|also|again|always|exactly|just|simply|therefore|thus|then)\s+)?)"
    r"(?P<word>zero|two|three|four|five|six|seven|eight|nine|ten)(?=\s{0,3}(?:[.,;)]|\n|\Z))",
    re.IGNORECASE,
)
"""A number of one word where the sentence says what something is, and no more."""
_CONDITION = re.compile(
    r"\b(?:if|when|where|whenever|unless|otherwise|else|assum\w*|suppose|since|because|as|not|n['’]t)\b[^.;]*\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(\d)\s+[A-Za-z]{3,12}(?=\s*\+\s*\$?\d)")
"""`270 weights + 10 biases` adds up what it counts."""
_NEAR = 120
"""Characters before a number in words in which a condition is looked for."""
_DIMENSIONAL = re.compile(r"(\d)-(?=dim)")
"""`4096-dim` is 4096."""


def with_signs(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with its spoken sums written as signs, and a line for the record where there was one."""
    text = _DIMENSIONAL.sub(r"\1 ", text)
    text = _NUMBER_WORDS.sub(_digits, text)
    text = _COUNTED.sub(r"\1", text)
    text = _IS_ONE_WORD.sub(_as_number, text)
    if "sum" not in text.lower():
        return text, ()
    bare, over = _OVER.subn(lambda found: f"{found['opens']}\\sum_{{{_listed(found['indices'])}}} ", text)
    bare, ends = _FROM.subn(
        lambda found: f"{found['opens']}\\sum_{{{found['index']}={found['low']}}}^{{{found['high']}}} ", bare
    )
    bare, behind = _BEHIND.subn(_before, bare)
    return bare, ("a sum in words read as \\sum",) if over + ends + behind else ()


def _before(found: re.Match[str]) -> str:
    body = found["body"] or found["first"]
    dollar = "$" if body.startswith("$") else ""
    return f"{dollar}\\sum_{{{_listed(found['indices'])}}} {body.removeprefix('$')}"


def _listed(indices: str) -> str:
    return ",".join(re.findall(r"[A-Za-z](?:_?\{?\d\}?)?'?", re.sub(r"\band\b", ",", indices)))


def _as_number(found: re.Match[str]) -> str:
    """The word as digits, unless it stands in a condition or a reason, or is denied."""
    if _CONDITION.search(found.string[max(0, found.start() - _NEAR) : found.start()]):
        return found.group()
    return f"{found['lead']}{spoken(found['word'])}"


def _digits(found: re.Match[str]) -> str:
    number = spoken(found.group())
    return found.group() if number is None else str(number)
