"""What an operation is to the kinds for code: its words, what is right by the engine, its hidden cases, its slips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from grader.kinds._code.words import Numbers, Values, Word

Style: TypeAlias = Literal["small", "real", "negative", "positive", "large", "tied"]
"""Integers of -3 to 3 or all different; two decimals; integers below 0 or above; up to 1000; few that repeat."""


@dataclass(frozen=True)
class Option:
    """A number or word that an operation takes beside its arrays."""

    default: Any
    least: int | None = 1
    """The simplest that it can be, to which a counterexample is shrunk; None where it is left alone."""


@dataclass(frozen=True)
class Plan:
    """One hidden case before it has numbers."""

    dims: Mapping[str, int]
    options: Mapping[str, Any] = field(default_factory=dict)
    style: Style = "small"
    zero: tuple[str, ...] = ()
    """Words whose arrays are 0, so that what is done with them does not show."""
    one: tuple[str, ...] = ()
    """Words whose arrays are 1, for the same reason."""


@dataclass(frozen=True)
class Group:
    """Cases that show one trap, everything else being as simple as in the basic cases."""

    name: str
    phrase: str
    """As it goes on behind ``right`` or ``wrong``: ``with a stride above 1``."""
    plans: tuple[Plan, ...]
    needs: tuple[str, ...] = ()
    """The dims that must be free to vary, and the arrays and options that must be passed, for it to make sense."""
    usual: bool = True
    """Whether it counts where the part lists no groups."""
    overlap: bool = False
    """Whether it is about windows that overlap."""
    backward: bool = False
    """Whether it counts for gradients alone."""
    mixed: bool = False
    """Whether it shows no trap of its own, so that where another group fails it needs no mention."""
    loose: bool = False
    """Whether its cases may be such as most statements rule out, as a stride that leaves rows over."""


@dataclass(frozen=True)
class Neutral:
    """An option whose usual value is itself a trap, as a padding of 0 is to ``x[pad:-pad]``.

    Where its group fails, the others are asked again with another value: so it costs its own points alone.
    """

    group: str
    option: str
    others: tuple[int, ...]
    """What to try in its place; the first that the sizes allow is taken."""


@dataclass(frozen=True)
class CodeSlip:
    """A known mistake, as what would be computed instead."""

    name: str
    feedback: str
    compute: Callable[[Values], Numbers]
    of: str = "output"
    """The result that it is made in: ``output``, ``grad_input``."""


@dataclass(frozen=True)
class Operation:
    """Something that a student writes a function for."""

    name: str
    words: Mapping[str, Word]
    """The arrays it takes, by word."""
    output: Word
    right: Callable[[Values], Numbers]
    """The output.

    Raises:
        EngineError: sizes that do not fit.
    """
    groups: tuple[Group, ...]
    options: Mapping[str, Option] = field(default_factory=dict)
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words for several options that are then equal: ``window`` for its height and width."""
    gradients: Mapping[str, Callable[[Values], Numbers]] = field(default_factory=dict)
    """By the word of the array that it is the gradient to; ``grad_output`` is then among the values."""
    slips: tuple[CodeSlip, ...] = ()
    not_finite: str = ""
    """The feedback where NaN or infinity comes out and nothing else is wrong."""
    fair: Callable[[Values], bool] = lambda _values: True
    """Whether a usual statement of the operation speaks of such sizes."""
    overlaps: Callable[[Values], bool] = lambda _values: False
    """Whether windows overlap: in the gradients' other groups they do not, where that can be helped."""
    neutral: Neutral | None = None
    large: Plan | None = None
    """A case on which a loop over pixels shows in the time; None where there is none."""
    distinct: bool = False
    """Whether entries of an array that are not drawn as ties have to differ, as under a maximum."""

    def compute(self, result: str, values: Values) -> Numbers:
        """The right `result`: ``output``, or ``grad_`` and a word.

        Raises:
            EngineError: sizes that do not fit.
        """
        if result == "output":
            return self.right(values)
        return self.gradients[result.removeprefix("grad_")](values)

    def word(self, name: str) -> Word:
        """The array that is called so, whether it is taken or given.

        Raises:
            KeyError: there is none.
        """
        if name in {"output", "grad_output"}:
            return self.output
        return self.words[name.removeprefix("grad_")]

    @property
    def scalar(self) -> bool:
        """Whether its output is one number, whose gradient to itself is 1."""
        return not self.output.dims

    @property
    def results(self) -> tuple[str, ...]:
        """All that can be asked for."""
        return ("output", *(f"grad_{word}" for word in self.gradients))

    def named(self, name: str) -> str | None:
        """The word or option for what students call `name`: ``x`` is the input, ``dw`` the gradient to the weight."""
        if name in {*self.words, *self.options, *self.together, *self.results, "output", "grad_output"}:
            return name
        both = {"output": self.output, **self.words}
        for word, array in both.items():
            if name in array.names:
                return word
            if name.startswith("d") and name[1:] in array.names:
                return f"grad_{word}"
        return None
