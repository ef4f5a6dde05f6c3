"""`call` and `returns` of a part, read: what the part states comes in, a `Signature` and `Result`s go out.

A call lists the arguments in order:

- ``x``: an array under one of its usual names (``x``, ``w``, ``b``, ``dout``), or the operation's own word (``input``,
  ``weight``, ``bias``, ``grad_output``), or an option (``stride``, ``padding``, ``window``);
- ``{A_prev: input NHWC}``: any name, the word, and how it is laid out: a letter for each axis, 1 for an axis of extent
  1 (``bias 1x1x1xO``), ``FF`` for a square (``weight FFIO``); an axis that is left out has extent 1;
- ``{stride: stride, pad: padding}``: a dict of options, or with its name ``{conv_param: {stride: stride, ...}}``;
- ``{eps: 1e-5}``, ``{mode: "'train'"}``: a number, or a word in quotes, that is the same in every call;
- ``mode='max'``, ``stride=stride``: an argument that is passed by its name.

`returns` is ``out`` for a result alone, ``[out, _]`` or ``[dx, dw, db]`` for a tuple, ``{dW: dw}`` for a dict; ``_``
and ``cache`` are not looked at. A layout is stated as in the call: ``[{dA: dx NHWC}, db]``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from grader.kinds._code.operation import Operation
from grader.kinds._code.slots import ArraySlot, DictSlot, FixedSlot, LentSlot, OptionSlot, Signature, Slot, TupleSlot
from grader.kinds._code.words import Layout

Path: TypeAlias = tuple[int | str, ...]


@dataclass(frozen=True)
class Result:
    """Something that a function returns and that is checked."""

    name: str
    """As the part calls it."""
    word: str
    """``output`` or ``grad_input``."""
    layout: Layout
    path: Path
    """Where it stands in what is returned."""


@dataclass(frozen=True)
class Reader:
    """Reads calls of one operation."""

    operation: Operation
    tensor: bool = False
    lent: Mapping[str, Slot] = field(default_factory=dict)
    """Names beyond the operation's: the cache."""

    def signature(self, name: str, call: Any) -> Signature:
        """The call of the function `name`.

        Raises:
            ValueError: something in it is no argument of the operation.
        """
        positional: list[Slot] = []
        keywords: dict[str, Slot] = {}
        for item in call:
            if isinstance(item, str) and "=" in item:
                key, _, value = (part.strip() for part in item.partition("="))
                keywords[key] = self.named(key, value)
            elif keywords:
                raise ValueError(f"found {item!r} behind {list(keywords)[-1]}=..., expected it before; move it")
            else:
                positional.append(self.slot(item))
        return Signature(name, tuple(positional), keywords)

    def slot(self, item: Any) -> Slot:
        """One argument of a call."""
        match item:
            case str():
                return self.named(item, item)
            case dict() if len(item) == 1:
                ((name, value),) = item.items()
                return self.named(str(name), value)
            case dict() if item:
                return self.named("options", item)
        raise ValueError(f"found {item!r} in a call, expected a name such as x, {{A_prev: input NHWC}} or a dict")

    def named(self, name: str, value: Any) -> Slot:
        """The argument `name`, filled with `value`."""
        match value:
            case dict():
                return DictSlot(name, {str(key): self.named(str(key), inner) for key, inner in value.items()})
            case list() | tuple():
                return TupleSlot(name, tuple(self.slot(item) for item in value))
            case str() if value in self.lent:
                return self.lent[value]
            case str() if value[:1] in {"'", '"'}:
                return FixedSlot(name, ast.literal_eval(value))
            case str():
                return self._word(name, value)
        return FixedSlot(name, value)

    def results(self, returns: Any, layouts: Mapping[str, Layout]) -> tuple[Result, ...]:
        """What is checked of what is returned.

        Args:
            returns: as the part states it.
            layouts: by word the layouts of the arguments, which a gradient shares with what it is the gradient to.

        Raises:
            ValueError: something in it is no result, or there is none.
        """
        match returns:
            case list() | tuple():
                stated: list[tuple[Any, Path]] = [(item, (place,)) for place, item in enumerate(returns)]
            case dict():
                stated = [({key: item}, (str(key),)) for key, item in returns.items()]
            case _:
                stated = [(returns, ())]
        found = [self._result(item, path, layouts) for item, path in stated if not unchecked(item)]
        if not found:
            raise ValueError(f"found no result in returns {returns!r}, expected one of {', '.join(self._results())}")
        return tuple(found)

    def _result(self, item: Any, path: Path, layouts: Mapping[str, Layout]) -> Result:
        name, text = next(iter(item.items())) if isinstance(item, dict) and item else (item, item)
        word, _, layout = str(text).partition(" ")
        found = self.operation.named(word)
        if found not in self.operation.results:
            raise ValueError(
                f"found {text!r} in returns, expected {', '.join(self._results())}, or _ for what is not looked at"
            )
        array = self.operation.word(found)
        if found.startswith("grad_") and not layout and found.removeprefix("grad_") in layouts:
            return Result(str(name), found, layouts[found.removeprefix("grad_")], path)
        return Result(str(name), found, array.layout(layout or self._output_layout(found, layouts)), path)

    def _output_layout(self, word: str, layouts: Mapping[str, Layout]) -> str:
        """The input's layout, where the output has its letters: NHWC in, NHWC out."""
        text = layouts["input"].text if word == "output" and "input" in layouts else ""
        known = self.operation.output.letters
        return text if text and known and set(text) <= {*known, "1"} else ""

    def _results(self) -> list[str]:
        names = {word: (array.names or (word,))[0] for word, array in self.operation.words.items()}
        return ["output", *(f"d{names[word]}" for word in self.operation.gradients)]

    def _word(self, name: str, text: str) -> Slot:
        word, _, layout = text.partition(" ")
        found = self.operation.named(word)
        options = {*self.operation.options, *self.operation.together}
        if found in options and not layout:
            return OptionSlot(name, self.operation.together.get(found, (found,))[0])
        if found is not None and found not in options and (found in self.operation.words or found == "grad_output"):
            return ArraySlot(name, found, self.operation.word(found).layout(layout), self.tensor)
        known = [
            *(n for word in self.operation.words.values() for n in word.names[:1]),
            *self.operation.words,
            *options,
        ]
        raise ValueError(
            f"found {text!r} for the argument {name!r}, expected one of {', '.join(dict.fromkeys(known))} or "
            f"a constant in quotes; correct it, or say {{{name}: word}}"
        )


def unchecked(item: Any) -> bool:
    """Whether an entry of `returns` is there to be passed over."""
    return isinstance(item, str) and item.startswith(("_", "cache"))


def layouts(*signatures: Signature | None) -> dict[str, Layout]:
    """By word, how the arrays that the signatures take are laid out."""
    slots = [slot for signature in signatures if signature for slot in signature.flat()]
    return {slot.word: slot.layout for slot in slots if isinstance(slot, ArraySlot)}


def options(*signatures: Signature | None) -> frozenset[str]:
    """The options that the signatures take."""
    slots = [slot for signature in signatures if signature for slot in signature.flat()]
    return frozenset(slot.option for slot in slots if isinstance(slot, OptionSlot))


def kept(returns: Any) -> dict[str, Path]:
    """What a forward returns beside its results, by name, and where: the cache."""
    items = list(returns) if isinstance(returns, list | tuple) else []
    return {item: (place,) for place, item in enumerate(items) if isinstance(item, str) and item.startswith("cache")}


def lent_slots(names: Mapping[str, Path]) -> dict[str, Slot]:
    """A place for each thing that an earlier call gives."""
    return {name: LentSlot(name) for name in names}
