"""A `Program` without a process, of the grader's own callables: for proofs and tests, never for a student's text."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from itertools import count
from time import process_time
from typing import Any

import numpy as np

from grader.sandbox import (
    Argument,
    AsTensor,
    CellFault,
    Definition,
    Kept,
    Opaque,
    Outcome,
    Raised,
    Returned,
    Sort,
)


class LocalProgram:
    """Names and what they stand for, asked as a student's program is."""

    def __init__(
        self,
        names: Mapping[str, Any],
        faults: Sequence[CellFault] = (),
        blank: Sequence[str] = (),
        tensor: Callable[[Any], Any] = lambda array: array,
    ) -> None:
        """Takes trusted objects.

        Args:
            names: what the cells left behind.
            faults: the cells that failed.
            blank: the functions that hold nothing.
            tensor: makes a tensor of an array, for `AsTensor`.
        """
        self._names = dict(names)
        self._tensor = tensor
        self._kept: dict[int, Any] = {}
        self._ids = count()
        self.definitions: Mapping[str, Definition] = {
            name: _definition(name, value, line, blank=name in blank)
            for line, (name, value) in enumerate(names.items(), start=1)
            if not inspect.ismodule(value)
        }
        self.faults: Sequence[CellFault] = tuple(faults)

    def call(self, name: str, *arguments: Argument, **keywords: Argument) -> Outcome:
        """Call what `name` stands for."""
        return self._called(lambda: self._found(name), arguments, keywords)

    def call_method(self, receiver: Kept, name: str, *arguments: Argument, **keywords: Argument) -> Outcome:
        """Call a method of something kept."""
        return self._called(lambda: getattr(self._object(receiver), name), arguments, keywords)

    def value(self, name: str) -> Outcome:
        """What `name` stands for."""
        return self._called(lambda: lambda: self._found(name), (), {})

    def _found(self, name: str) -> Any:
        if name in self._names:
            return self._names[name]
        head, *attributes = name.split(".")
        found = self._names[head]
        for attribute in attributes:
            found = getattr(found, attribute)
        return found

    def _object(self, kept: Kept) -> Any:
        found = self._kept[kept.id]
        for step in kept.path:
            found = found[step]
        return found

    def _called(
        self, find: Callable[[], Callable[..., Any]], arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Outcome:
        given = [self._given(argument) for argument in arguments]
        before = [deepcopy(one) if isinstance(one, np.ndarray) else None for one in given]
        begun = process_time()
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")  # what an answer warns of is not what it is marked by
                value = find()(*given, **{key: self._given(argument) for key, argument in keywords.items()})
        except Exception as error:  # noqa: BLE001 - whatever it raises is the outcome
            return Raised(type(error).__name__, (str(error).splitlines() or [""])[0])
        seconds = process_time() - begun
        changed = tuple(
            index
            for index, (was, now) in enumerate(zip(before, given, strict=True))
            if was is not None and not np.array_equal(was, now, equal_nan=True)
        )
        return self._returned(value, seconds, changed)

    def _returned(self, value: Any, seconds: float, changed: tuple[int, ...]) -> Returned:
        kept = Kept(next(self._ids))
        self._kept[kept.id] = value
        return Returned(_sent(value), kept, seconds, changed)

    def _given(self, argument: Argument) -> Any:
        match argument:
            case Kept():
                return self._object(argument)
            case AsTensor(array=array):
                return self._tensor(deepcopy(array))
            case list() | tuple():
                return type(argument)(self._given(item) for item in argument)
            case dict():
                return {key: self._given(item) for key, item in argument.items()}
        return deepcopy(argument)


def _definition(name: str, value: Any, line: int, *, blank: bool) -> Definition:
    if not callable(value):
        return Definition(name, Sort.VALUE, 0, line, type=type(value).__name__)
    sort = Sort.CLASS if inspect.isclass(value) else Sort.FUNCTION
    try:
        parameters = list(inspect.signature(value).parameters.values())
    except (TypeError, ValueError):  # a builtin that does not tell
        return Definition(name, sort, 0, line, ("*args", "**kwargs"), 0, blank)
    stars: dict[Any, str] = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    names = tuple(stars.get(one.kind, "") + one.name for one in parameters)
    required = sum(one.default is one.empty and one.kind not in stars for one in parameters)
    return Definition(name, sort, 0, line, names, required, blank)


def _sent(value: Any) -> Any:
    """`value` as far as it would cross from one process to another."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case np.ndarray() if value.dtype.kind in "biufc":
            return np.array(value)
        case np.generic():
            return value.item()
        case list() | tuple():
            return type(value)(_sent(item) for item in value) if type(value) in {list, tuple} else _sent(tuple(value))
        case dict():
            return {str(key): _sent(item) for key, item in value.items()}
    if type(value).__module__ == "torch" and hasattr(value, "detach"):
        return value.detach().numpy().copy()
    return Opaque(type(value).__name__)
