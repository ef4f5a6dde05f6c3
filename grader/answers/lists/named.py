"""Which names a text lists, which it denies, and which it only mentions: in a reason, in a formula, in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.answers.lists import name_words
from grader.answers.lists.name_lists import Known, Token
from grader.answers.syntax.unread import Unread


@dataclass(slots=True)
class Named:
    """What was found of names in a text, each in order."""

    listed: dict[str, None] = field(default_factory=dict)
    denied: dict[str, None] = field(default_factory=dict)
    mentioned: dict[str, None] = field(default_factory=dict)
    strange: dict[str, None] = field(default_factory=dict)
    """Items of a list that the problem does not know."""
    loose: dict[str, None] = field(default_factory=dict)
    """Other symbols that it does not know, which may or may not be items."""
    apart: dict[str, None] = field(default_factory=dict)
    """Names that are said to be something else, such as inputs."""
    all_but: bool = False


def named(plain: str, known: Known) -> Named:
    """What plain text says of the names that are known.

    Raises:
        Unread: a list with an ellipsis that nothing fills, an "or", a denial of which the reach is not clear.
    """
    found = Named()
    at = 0
    count = 0
    for end in (*(cut.end() for cut in name_words.CLAUSE.finditer(plain)), len(plain)):
        tokens = known.tokens(plain[at:end])
        count += len(tokens)
        if count > name_words.MOST:
            raise Unread("too-long", f"more than {name_words.MOST} words and signs in a list of names")
        _Clause(plain[at:end], tokens, known, found).read()
        at = end
    return found


class _Clause:
    """One sentence or line, token by token."""

    def __init__(self, text: str, tokens: Sequence[Token], known: Known, found: Named) -> None:
        self.text, self.tokens, self.known, self.found = text, list(tokens), known, found
        self.state = "listed"
        self.seen = False
        """Whether a name was listed already."""
        self.denials = 0
        self.mine: set[str] = set()
        """Names that nothing before this clause listed."""
        self.ranged: set[str] = set()
        """Names that only stand within a range."""
        self.soft = False
        """Whether an aside ends at the next comma."""
        self.run: list[str] = []
        """Names one after another that a verb behind them speaks of."""

    def read(self) -> None:
        """Adds what the clause says to what was found."""
        bare = [one for one in self.tokens if one.kind != "line"]
        only_names = all(
            one.kind in {"known", "strange", "sign", "dots"} and one.text not in name_words.OPERATORS for one in bare
        )
        self.plain_list = only_names and "=" not in self.text
        at = 0
        while at < len(self.tokens):
            at = self.step(at)

    def step(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind == "dots":
            return self.row(at)
        if token.kind in {"known", "strange"}:
            return self.name(at)
        if token.text == "(":
            return self.bracket(at)
        if token.kind == "word":
            self.word(at)
        elif token.text == ":" and self.state != "denied":
            self.state = "aside" if at and self.tokens[at - 1].text.lower() in name_words.INPUTS else "listed"
            self.run = []
        elif token.text in {",", "&"} and self.soft:
            self.state, self.soft = "listed", False
        elif token.text not in {",", "&", "{", "}", "-", "/"}:
            self.run = []
        return at + 1

    def word(self, at: int) -> None:
        """What a word says of the names behind it."""
        word = self.tokens[at].text.lower()
        if word in {"and", "also", "well", "both"} or (
            word == "as" and (self.follows(at, "well") or self.follows(at - 2, "well"))
        ):
            self.state, self.soft = ("listed", False) if self.soft and word != "both" else (self.state, self.soft)
            return
        if word in {"all", "everything"} and any(
            self.follows(at + ahead, *name_words.EXCEPTS, "but") for ahead in range(4)
        ):
            self.found.all_but = True
        elif word == "but":
            self.state = "denied" if self.found.all_but and not self.denials else "listed"
        elif word == "other" and self.follows(at, "than"):
            self.state = "denied"
        elif word in name_words.DENIES:
            self.state = "denied"
            self.denials += 1
        elif word in name_words.REASONS and (word not in name_words.USED or self.seen):
            self.state, self.soft = "aside", False
        elif word in name_words.BEHIND_NAMES and self.seen and not self.follows(at, "well"):
            self.soft = self.state == "listed"
            self.state = "aside" if self.soft else self.state
        elif word == "or" and self.state == "listed" and self.seen and self.names_next(at):
            raise Unread("or", 'names with an "or" between them')
        elif name_words.SAYS_LIST.match(self.text, self.tokens[at].start) and self.state == "aside":
            self.state = "listed"
        self.run = []

    def follows(self, at: int, *words: str) -> bool:
        return 0 <= at + 1 < len(self.tokens) and self.tokens[at + 1].text.lower() in words

    def names_next(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].kind == "known"

    def name(self, at: int) -> int:
        """A name: listed, unless an article, a factor, or denied."""
        token = self.tokens[at]
        if token.text in name_words.ARTICLES and not self.stands_alone(at):
            return at + 1
        end = self.range_end(at)
        names = self.known.subscripts(token.text) if token.kind == "strange" else []
        if end != at:
            names = self.known.range(token.text, self.tokens[end].text)
        if names:
            self.state_of_formula(end)
            self.put_all(names)
            self.deny_by_verb(self.tokens[end].end)
            return end + 1
        state = self.state
        if self.in_formula(at) and state == "listed":
            self.state = "aside"
        self.put(token.text if token.kind == "known" else None, token.text, strict=self.is_item(at))
        self.state = state if state != "aside" else self.state
        self.deny_by_verb(token.end)
        return at + 1

    def put_all(self, names: Sequence[str]) -> None:
        """Notes the names of a range."""
        for name in names:
            called = self.known.called(name)
            self.put(called, name, strict=True)
            self.ranged |= {called} if called else set()

    def state_of_formula(self, at: int) -> None:
        if self.in_formula(at):
            raise Unread("ellipsis", "a row of names within a formula")

    def put(self, name: str | None, text: str, *, strict: bool) -> None:
        """Notes a name in the present state; a verb behind it may still deny it."""
        found = self.found
        before = frozenset(found.listed)
        if self.state == "aside":
            self.soft = False  # what belongs to a name may go on behind a comma
        if name is None:
            name = text
            if self.state == "listed":
                (found.strange if strict else found.loose)[text] = None
        elif self.state == "denied" and name in self.ranged:
            found.listed.pop(name, None)
            found.denied[name] = None
        else:
            {"listed": found.listed, "denied": found.denied, "aside": found.mentioned}[self.state][name] = None
            self.seen = self.seen or self.state == "listed"
            self.mine |= {name} if self.state == "listed" and name not in before else set()
        if self.state == "listed":
            self.run.append(name)

    def deny_by_verb(self, end: int) -> None:
        """Takes back the names of the run where "is not", "are inputs" stands at `end`, behind the last of them."""
        verb = name_words.NO_MEMBER.match(self.text, end) if self.run else None
        if not verb:
            return
        found = self.found
        one = verb["verb"].lower() in {"is", "was", "does"}
        for name in self.run[-1:] if one else self.run:
            known = name in found.listed
            for names in (found.listed, found.strange, found.loose):
                if not known or name in self.mine:
                    names.pop(name, None)
            if known:
                (found.denied if verb["not"] else found.apart)[name] = None
        self.run = []

    def stands_alone(self, at: int) -> bool:
        """Whether an `a` is a name: an article has a word behind it."""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return after is None or after.kind != "word" or after.text in name_words.ENDS

    def is_item(self, at: int) -> bool:
        """Whether nothing but signs of a list stands on both sides."""
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        begins = (
            before is None
            or before.kind == "line"
            or before.text.lower() in {",", "and", "&", "{", "[", "(", "are", ":"}
        )
        return begins and (
            after is None or after.kind == "line" or after.text.lower() in {",", "and", "&", "}", "]", ")", "."}
        )

    def in_formula(self, at: int) -> bool:
        """Whether the name is a factor, a term, or one side of an equation that is no list."""
        if self.plain_list:
            return False
        near = [self.tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(self.tokens)]
        if any(one.text in name_words.OPERATORS or one.kind in {"known", "strange"} for one in near):
            return True
        slashed = any(one.text == "/" for one in near) and bool(re.search(r"\bd|partial", self.text))
        before, after = (
            (self.tokens[at - 1] if at else None),
            (self.tokens[at + 1] if at + 1 < len(self.tokens) else None),
        )
        if after is not None and after.text == "=":
            return not (at + 2 < len(self.tokens) and self.tokens[at + 2].kind == "number")
        if before is not None and before.text == "=":
            return after is not None and after.text not in {",", "and", "&"}
        return slashed

    def range_end(self, at: int) -> int:
        """Where the range ends that begins at `at`: `k1 to k4`, `k_1 - k_4`; `at` where it is none."""
        if at + 2 >= len(self.tokens):
            return at
        sign, last = self.tokens[at + 1], self.tokens[at + 2]
        dashed = sign.text in {"-", "–", "—", "−", ":"} and not self.text[sign.end :].startswith("  ")
        said = sign.text.lower() in {"to", "through", "until", "till", "upto"}
        if last.kind not in {"known", "strange"} or not (dashed or said):
            return at
        try:
            self.known.range(self.tokens[at].text, last.text)
        except Unread:
            if dashed:
                return at
            raise
        return at + 2

    def row(self, at: int) -> int:
        """`k_1, k_2, ..., k_4`: the names between the one before the dots and the one behind them."""
        before = next((one for one in reversed(self.tokens[:at]) if one.text not in {",", "and", "{"}), None)
        ahead = next((i for i in range(at + 1, len(self.tokens)) if self.tokens[i].text not in {",", "and"}), None)
        last = self.tokens[ahead] if ahead is not None else None
        if before is None or last is None or ahead is None or not {before.kind, last.kind} <= {"known", "strange"}:
            raise Unread("ellipsis", "a list with an ellipsis that nothing fills")
        self.put_all(self.known.range(before.text, last.text))
        self.deny_by_verb(last.end)
        return ahead + 1

    def bracket(self, at: int) -> int:
        """A round bracket: a list of names behind a word is listed, all else is an aside."""
        depth = 0
        for end in range(at, len(self.tokens)):
            depth += (self.tokens[end].text == "(") - (self.tokens[end].text == ")")
            if not depth:
                break
        inner = self.tokens[at + 1 : end]
        behind_name = at > 0 and self.tokens[at - 1].kind in {"known", "strange"}
        lists = all(
            one.kind in {"known", "strange", "dots"} or one.text.lower() in {",", "and", "&", "-", "to"}
            for one in inner
        )
        kept = self.state
        if self.state == "listed" and (behind_name or not lists):
            self.state = "aside"
        last, self.tokens = self.tokens, [*self.tokens[:at], *inner]
        position = at
        run, self.run = self.run, []
        while position < len(self.tokens):
            position = self.step(position)
        self.tokens, self.state, self.run = last, kept, run
        return end + 1
