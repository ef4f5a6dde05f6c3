"""What a sentence says of options: their keys, their place in the list, their text, and what is denied of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

_DECORATION = re.compile(
    r"\\(?:text|mathrm|mathbf|textbf|mathit|boxed|underline|fbox|mathsf|operatorname)\s*\{([^{}]*)\}"
)
_SIGNS = re.compile(r"\$+|\*\*|__|`|\\(?:left|right|[,;:! ()\[\]])|[#>]")
_REASON = re.compile(
    r"\b(?:because|since|due\s+to|as\s+(?:the|there|it|we|a|an|each|in|no)|reason|explanation|for\s+example|e\.g|given\s+that)\b"
)
_DENIED_BEFORE = re.compile(
    r"(?:\bnot|\bnever|\bno\s+longer|\bneither|\bnor|n['’]t|\bopposite\s+of|\binstead\s+of|\brather\s+than|\bexcept|\bunlike|\bcannot|\bwithout)"
    r"\s+(?:(?!but\b|and\b|so\b)[a-z]+\s+){0,2}\W*\Z"
)
_DENIED_BEHIND = re.compile(
    r"[\s)'\"]*(?:is|are|would\s+be|was|seems)(?:\s+(?:clearly|also))?(?:n['’]t|\s+(?:not|wrong|false|incorrect|impossible|no))\b"
)
_OR = r"(?:\s*(?:,\s*)?(?:\bor\b|\band\b|&|/|\+|,|;)\s*)"
_CHOSEN = (
    r"(?:\b(?:final\s+|my\s+|correct\s+|right\s+|the\s+)*(?:answer|ans|option|choice|solution)s?(?:\s+here)?"
    r"|\b(?:i|we)\s+(?:would\s+)?(?:choose|chose|pick|select|say|go\s+(?:with|for)|think|believe)(?:\s+(?:it\s+is|it's|that))?"
    r"|\b(?:so|thus|hence|therefore)\b|=>|⇒|∴)"
)
_SAID = r"\b(?:it|this|that|statement|claim)(?=\s+is|['’]s)"
_IS = (
    r"[\s:=*.,\-–—]*(?:(?:is|['’]s|are|it\s+is|it's|(?:would|must|should)\s+be|the|answer"
    r"|option|choice|letter|just)\b[\s:=*]*)*"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_NTH = re.compile(
    r"\b(?:the\s+)?(?P<which>first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|4th|5th|6th|former|latter)"
    r"(?:\s+(?:one|option|choice|answer|statement|alternative|of\s+(?:them|these|the\s+\w+)))?"
)
_NTH_NOUN = re.compile(r"(?:one|option|choice|answer|statement|alternative)\Z")
_NEAR = 80
_NONE = re.compile(r"(?:none|neither|nothing|other|something\s+else)\b")
_ARTICLES = frozenset({"a", "i"})
_STOP = frozenset(
    "a an the it its is are was be will would to of in on by and so this that they there than then do does has have"
    " we you i because answer option choice for with as get gets become becomes think correct right final here".split()
)
_PAIRS = ({"yes": "yes yep yeah yup y true correct right", "no": "no nope n false incorrect wrong"},
          {"true": "true t yes correct right", "false": "false f no incorrect wrong"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """An option that is named at a place of a text."""

    key: str
    start: int
    end: int
    denied: bool = False


def bare(text: str) -> str:
    """`text` in lower case, without LaTeX's and Markdown's dress."""
    for _ in range(2):
        text = _DECORATION.sub(r" \1 ", text)
    text = _SIGNS.sub(" ", text).replace("×", "x").replace("−", "-")
    return re.sub(r"\s+", " ", text).strip().lower()


def claim_and_reason(text: str) -> tuple[str, str]:
    """What bare `text` claims, and the reason that it gives from its first "because" on."""
    found = _REASON.search(text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def words(text: str) -> frozenset[str]:
    """The words of bare `text` that say something, singular and plural alike."""
    found = re.findall(r"[-+]?\d+(?:\.\d+)?|[a-z0-9]+", text)
    return frozenset(_stem(word) for word in found if word not in _STOP)


def _denies(text: str, start: int) -> bool:
    """Whether a denial stands right before `start`."""
    return bool(_DENIED_BEFORE.search(text[max(0, start - _NEAR) : start]))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True)
class Options:
    """The options of a problem, and how they are found in a text."""

    texts: Mapping[str, str]
    """Each key with its text."""

    @cached_property
    def _bare(self) -> dict[str, str]:
        return {key: bare(text) for key, text in self.texts.items()}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """How keys are written, and whose each spelling is."""
        found = {key.lower().strip(): key for key in self.texts}
        for pair in _PAIRS:
            if set(found) == set(pair):
                found |= {word: found[key] for key, said in pair.items() for word in said.split()}
        return found

    @cached_property
    def _is_pair(self) -> bool:
        """Whether the options are yes and no, whose words stand in other senses as well."""
        return any({key.lower() for key in self.texts} == set(pair) for pair in _PAIRS)

    @cached_property
    def _key(self) -> str:
        longest = sorted(self._spellings, key=len, reverse=True)
        return rf"(?:\(\s*|\[\s*|['\"])?(?P<key>{'|'.join(map(re.escape, longest))})(?!\w|['’]\w)"

    @cached_property
    def _front(self) -> re.Pattern[str]:
        return re.compile(
            rf"[\W_]*(?:(?:option|choice|answer|ans)\b[\s:.=]*(?:is\s+)?)?{self._key}(?P<close>\s*[)\]'\"])?"
        )

    @cached_property
    def _next(self) -> re.Pattern[str]:
        return re.compile(rf"{_OR}(?:option\s+|choice\s+)?{self._key}(?P<close>\s*[)\]'\"])?")

    @cached_property
    def _said(self) -> re.Pattern[str]:
        return re.compile(rf"{_SAID}{_IS}{self._key}(?P<close>\s*[)\]'\"])?")

    @cached_property
    def _marked(self) -> re.Pattern[str]:
        return re.compile(rf"{_CHOSEN}{_IS}{self._key}(?P<close>\s*[)\]'\"])?")

    def in_front(self, text: str) -> list[Mention]:
        """The keys that bare `text` begins with: one, or several set apart by commas or "and"."""
        return self._run(self._front.match(text), text)

    def marked(self, text: str) -> list[Mention]:
        """The keys that stand behind "the answer is", "so", "I choose" in bare `text`."""
        return [one for found in self._marked.finditer(text) for one in self._run(found, text)]

    def said(self, text: str) -> list[Mention]:
        """The keys that stand behind "it is", "the statement is" in bare `text`."""
        return [one for found in self._said.finditer(text) for one in self._run(found, text)]

    def _run(self, found: re.Match[str] | None, text: str) -> list[Mention]:
        run: list[Mention] = []
        while found and self._stands_alone(found, text):
            asked = text[found.end() :].lstrip().startswith("?")
            denied = asked or bool(_denies(text, found.start("key")) or _DENIED_BEHIND.match(text[found.end() :]))
            run.append(Mention(self._spellings[found["key"]], found.start("key"), found.end(), denied))
            found = self._next.match(text, found.end())
        return run

    def _stands_alone(self, found: re.Match[str], text: str) -> bool:
        """Whether a key is one and no word of its sentence: an article, the "no" of "no bias"."""
        behind = text[found.end() :].lstrip()
        closed = bool(found["close"]) or not behind or not behind[0].isalnum()
        if closed:
            return not re.match(r"['’*^_]|-\w", text[found.end() :])
        if found["key"] in _ARTICLES:
            return bool(
                self._next.match(text, found.end())
                or re.match(r"(?:because|since|(?:is|are)\s+(?:the\s+)?(?:correct|right|true|answer))\b", behind)
            )
        follows = re.match(
            r"(?:because|since|as|is|are|it|the|this|that|there|they|we|i|for|due|or|and|but|so|only|when|if)\b", behind
        )
        return bool(follows) or self._is_text_of(self._spellings[found["key"]], behind)

    def _is_text_of(self, key: str, behind: str) -> bool:
        return bool(self._bare[key]) and behind.startswith(self._bare[key])

    def by_place(self, text: str) -> list[Mention]:
        """`the second one`, `the latter`, in bare `text`."""
        keys = list(self.texts)
        found: list[Mention] = []
        for one in _NTH.finditer(text):
            alone = one.group() == text.strip(" .") or _NTH_NOUN.search(one.group())
            at = self._index(one["which"], len(keys))
            if alone and at is not None:
                found.append(Mention(keys[at], one.start(), one.end(), _denies(text, one.start())))
        return found

    @staticmethod
    def _index(which: str, count: int) -> int | None:
        if which in {"former", "latter"}:
            return int(which == "latter") if count == 2 else None
        if which == "last":
            return count - 1
        at = int(which[0]) - 1 if which[0].isdigit() else _ORDINALS.index(which)
        return at if at < count else None

    def by_text(self, text: str) -> list[Mention]:
        """The options whose whole text stands in bare `text`; one within a longer one is not named."""
        found: list[Mention] = []
        for key, said in self._bare.items():
            if said == key.lower() and (len(said) < 2 or self._is_pair):
                continue
            for one in re.finditer(rf"(?<![\w.-]){re.escape(said)}(?!\w|\.\d)", text):
                denied = _denies(text, one.start()) or bool(_DENIED_BEHIND.match(text, one.end()))
                found.append(Mention(key, one.start(), one.end(), denied))
        return [one for one in found if not any(_holds(other, one) for other in found)]

    def by_words(self, text: str) -> list[str]:
        """The options whose text holds all the words of bare `text`."""
        said = words(text)
        if len(self.texts) == 2 and any(_NONE.match(each) for each in self._bare.values()):
            return []  # there is nothing to tell an option from by a part of its text
        return [key for key, each in self._words.items() if said and said <= each and self._bare[key] != key.lower()]

    def hinted(self, text: str) -> frozenset[str]:
        """The options of which a word stands in bare `text` that no other option has."""
        said = words(text)
        return frozenset(key for key in self._words if said & self._own[key])

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {key: words(text) for key, text in self._bare.items()}

    @cached_property
    def _own(self) -> dict[str, frozenset[str]]:
        return {
            key: mine - frozenset(word for other, theirs in self._words.items() if other != key for word in theirs)
            for key, mine in self._words.items()
        }


def _holds(one: Mention, other: Mention) -> bool:
    longer = one.end - one.start > other.end - other.start
    return longer and one.start <= other.start and other.end <= one.end


def keys_of(mentions: Iterator[Mention] | list[Mention]) -> list[str]:
    """The keys that are named and not denied, each once."""
    return list(dict.fromkeys(one.key for one in mentions if not one.denied))
