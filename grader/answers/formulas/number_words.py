"""Numbers in words: `two`, `twenty-five`, `one thousand two hundred and eighty`."""

from __future__ import annotations

import re

_SMALL = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_WORDS = re.compile(r"[a-z]+(?:(?:\s+|\s*-\s*)[a-z]+){0,30}")


def spoken(text: str) -> int | None:
    """The number that all of `text` says; None where it says anything else, or more than one number."""
    bare = text.strip().lower()
    if not bare[:1].isalpha() or not _WORDS.fullmatch(bare):
        return None
    words = [word for word in re.split(r"[\s-]+", bare) if word != "and"]
    total, part, last = 0, 0, 10**12
    for word in words:
        if word in _LARGE:
            if not part or _LARGE[word] >= last:
                return None
            total, part, last = total + part * _LARGE[word], 0, _LARGE[word]
            continue
        grown = _grown(part, word)
        if grown is None:
            return None
        part = grown
    return total + part if words else None


def _grown(part: int, word: str) -> int | None:
    """`part`, below a thousand, with one more word; None where the word does not go on from it."""
    if word == "hundred":
        return part * 100 if 0 < part < 10 else None
    if word in _TENS:
        return part + _TENS[word] if part % 100 == 0 else None
    value = _SMALL.get(word)
    if value is None or (value == 0 and part):
        return None
    fits = part % 100 == 0 or (value < 10 and part % 100 >= 20 and part % 10 == 0)
    return part + value if fits else None
