"""Where in an assignment's file a thing is stated, so that every complaint can point at it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader.errors import ProblemError
from grader.yamlfile import YamlFile

Step = str | int


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a file, by the keys and indices that lead there."""

    file: YamlFile
    loc: tuple[Step, ...] = ()
    made: str = ""
    """What a kind made out of this place, such as a cell of a table: it stands nowhere in the file itself."""

    def at(self, *steps: Step) -> Source:
        """The place that `steps` lead to from here."""
        return replace(self, loc=(*self.loc, *steps))

    def where(self, *steps: Step, key: bool = False) -> str:
        """``file:line:column`` of what `steps` lead to, or with `key` of the key that they end in."""
        if self.made:
            return f"{self.file.where(self.loc)}: {self.made}"
        return self.file.where((*self.loc, *steps), key=key)

    def error(self, found: str, expected: str, remedy: str = "") -> ProblemError:
        """The complaint about what stands here."""
        return ProblemError(f"{self.where()}: found {found}, expected {expected}" + (f"; {remedy}" if remedy else ""))


def did_you_mean(word: str, known: list[str], otherwise: str) -> str:
    """The remedy for a misspelt `word`: the nearest of `known`, or `otherwise`."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else otherwise
