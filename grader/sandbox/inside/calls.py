"""Calls of what a student defined: a request goes in; what came back or was raised comes out, as JSON and arrays."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .advice import advice
from .chance import seed
from .faults import message, place
from .frames import Array, Frame
from .trees import Receiver
from .values import Sender, type_name

_processor = time.process_time
_FEWEST_KEPT, _MOST_KEPT = 4, 500
_MOST_BYTES = 128 << 20


class LostError(LookupError):
    """Something was asked for by an id that is not kept any more."""


class Calls:
    """What can be called in a namespace, and what the calls left."""

    def __init__(self, namespace: dict[str, Any], files: dict[str, str], room: int) -> None:
        self._namespace = namespace
        self._files = files
        self._room = room
        self._kept: dict[int, Any] = {}
        self._sizes: dict[int, int] = {}

    def answer(self, frame: Frame) -> Frame:
        """The outcome of the request in `frame`.

        Raises:
            LostError: an argument is kept no more.
        """
        body = frame.body
        receiver = Receiver(frame.arrays, kept=self._piece, tensor=_tensor)
        seed()
        if body["do"] == "value":
            return self._returned(body["keep"], self._found(body["name"]), 0.0, [])
        arguments = [receiver.value(tree) for tree in body["arguments"]]
        keywords = {name: receiver.value(tree) for name, tree in body["keywords"].items()}
        given = _held(body["arguments"], frame.arrays)
        function = self._function(body, receiver)
        result, seconds = _timed(function, arguments, keywords)
        changed = [position for position, array, before in given if _state(array) != before]
        return self._returned(body["keep"], result, seconds, changed)

    def raised(self, error: BaseException) -> Frame:
        """What is told of an exception."""
        name, text = type_name(error), message(error)
        told = {"type": name, "message": text, "line": place(error, self._files), "advice": advice(name, text)}
        return Frame({"outcome": "raised", **told})

    def _returned(self, keep: int, result: Any, seconds: float, changed: list[int]) -> Frame:
        sender = Sender(self._room)
        told = {"value": sender.tree(result), "seconds": seconds, "changed": changed}
        self._keep(keep, result, sum(array.nbytes for array in sender.arrays))
        return Frame({"outcome": "returned", **told}, tuple(sender.arrays))

    def _keep(self, keep: int, result: Any, size: int) -> None:
        """Hold a result; the oldest are let go, so that many calls take no more memory than one may."""
        self._kept[keep], self._sizes[keep] = result, size
        while len(self._kept) > _FEWEST_KEPT and (
            len(self._kept) > _MOST_KEPT or sum(self._sizes.values()) > _MOST_BYTES
        ):
            oldest = min(self._kept)
            del self._kept[oldest], self._sizes[oldest]

    def _function(self, body: Mapping[str, Any], receiver: Receiver) -> Callable[..., Any]:
        if body["do"] == "call":
            return self._found(body["name"])  # type: ignore[no-any-return]  # whether it can be called is seen when it is
        owner = receiver.value(body["receiver"])
        method: Callable[..., Any] = owner if body["name"] == "__call__" else getattr(owner, body["name"])
        return method

    def _found(self, name: str) -> Any:
        first, *attributes = name.split(".")
        if first not in self._namespace:
            raise NameError(f"name '{first}' is not defined")
        value = self._namespace[first]
        for attribute in attributes:
            value = getattr(value, attribute)
        return value

    def _piece(self, kept: int, path: tuple[int | str, ...]) -> Any:
        if kept not in self._kept:
            raise LostError
        value = self._kept[kept]
        for step in path:
            value = _step(value, step)
        return value


def _timed(function: Callable[..., Any], arguments: list[Any], keywords: dict[str, Any]) -> tuple[Any, float]:
    begun = _processor()
    result = function(*arguments, **keywords)
    return result, _processor() - begun


def _step(value: Any, step: int | str) -> Any:
    """An item by number or key, or an attribute; a key that is no text is found by its text, as it was sent."""
    if isinstance(step, int):
        return value[step]
    if not isinstance(value, dict):
        return getattr(value, step)
    return value[next((key for key in value if str(key) == step), step)]


def _held(trees: Sequence[Any], arrays: Sequence[Array]) -> list[tuple[int, Array, Any]]:
    """The positions of the arguments that are arrays, with the array and what it holds before the call."""
    numbers = [(place, tree[1]) for place, tree in enumerate(trees) if isinstance(tree, list) and tree[0] in ("a", "T")]
    return [(place, arrays[number], _state(arrays[number])) for place, number in numbers]


def _state(array: Array) -> tuple[tuple[int, ...], bytes]:
    return array.shape, array.tobytes()


def _tensor(array: Array) -> Any:
    import torch

    return torch.from_numpy(array)
