"""A submission's code in a child that can be lost: cells come in, a `Program` goes out.

A child that has to be stopped is replaced by a new one that runs the same cells, without the one that it hung in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np

from grader.sandbox import replies
from grader.sandbox.clock import StoppedError
from grader.sandbox.inside.frames import Array, Frame, FrameError
from grader.sandbox.inside.values import Sender
from grader.sandbox.limits import Limits
from grader.sandbox.program import (
    Argument,
    AsTensor,
    Cell,
    CellFault,
    Definition,
    Kept,
    Outcome,
    Stopped,
)
from grader.sandbox.wire import Output, Spawner, Wire

T = TypeVar("T")

_MOST_NOTES = 200
_ROOM = 1 << 40
_MOST_ENTRIES = 20_000
"""So that no child fills the grader's memory with what it says of its cells."""


class Session:
    """A `Program` on top of children; it starts with the first question, and ends with `close`."""

    def __init__(self, spawner: Spawner, cells: Sequence[Cell], limits: Limits | None = None) -> None:
        self._spawner = spawner
        self._cells = cells
        self._limits = limits or Limits()
        self._output = Output(self._limits.output)
        self._wire: Wire | None = None
        self._number = 0
        self._spent = 0.0
        self._stops: list[str] = []
        self._over = ""
        self._skipped: dict[int, CellFault] = {}
        self._faults: dict[int, list[CellFault]] = {}
        self._definitions: dict[str, Definition] = {}
        self._entries = 0
        self._notes: dict[str, None] = {}
        self._here: set[int] = set()
        self._lost: dict[int, str] = {}

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """What the cells left behind, by name, in the order of the cells; imported names are not among them."""
        self._ready()
        return self._definitions

    @property
    def faults(self) -> Sequence[CellFault]:
        """The cells that failed, in order."""
        self._ready()
        return [fault for place in range(len(self._cells)) for fault in self._faults.get(place, [])]

    @property
    def notes(self) -> Sequence[str]:
        """What was left out or taken otherwise, a line each: magics, imports that are not installed, NumPy 1."""
        self._ready()
        return list(self._notes)

    @property
    def output(self) -> str:
        """What was printed, up to `Limits.output` bytes; never judged."""
        return self._output.text

    def call(self, name: str, *arguments: Argument, **keywords: Argument) -> Outcome:
        """See `Program.call`."""
        return self._ask(name, {"do": "call", "name": name}, arguments, keywords)

    def call_method(self, receiver: Kept, name: str, *arguments: Argument, **keywords: Argument) -> Outcome:
        """See `Program.call_method`."""
        body = {"do": "method", "name": name, "receiver": ["k", receiver.id, list(receiver.path)]}
        return self._ask(name, body, arguments, keywords, receiver)

    def value(self, name: str) -> Outcome:
        """See `Program.value`."""
        return self._ask(name, {"do": "value", "name": name}, (), {})

    def close(self) -> None:
        """End the child; what is asked after that starts another."""
        if self._wire:
            self._wire.close()
            self._wire = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(
        self,
        what: str,
        body: dict[str, Any],
        arguments: Sequence[Argument],
        keywords: Mapping[str, Argument],
        *used: Kept,
    ) -> Outcome:
        wire = self._ready()
        if wire is None:
            return Stopped(self._over, over=True)
        sent = _Arguments(used)
        trees = {"arguments": [*map(sent.tree, arguments)], "keywords": {k: sent.tree(v) for k, v in keywords.items()}}
        lost = next((kept.id for kept in sent.used if kept.id not in self._here), None)
        if lost is not None:
            return Stopped(f"what it needed was lost when {self._lost.get(lost, 'another program')} was stopped")
        try:
            return self._outcome(wire, {**body, **trees}, tuple(sent.arrays))
        except StoppedError as error:
            return Stopped(self._stop(str(error), what), over=self._spent >= self._limits.total_seconds)

    def _outcome(self, wire: Wire, body: dict[str, Any], arrays: tuple[Array, ...]) -> Outcome:
        kept = Kept(self._number + 1)
        frame = self._exchange(wire, {**body, "keep": kept.id}, arrays, self._limits.call_seconds)
        match frame.body.get("outcome"):
            case "returned":
                outcome: Outcome = _valid(lambda: replies.returned(frame, kept, wire.seconds))
                self._here.add(kept.id)
            case "stopped":
                outcome = Stopped(_late(self._limits.call_seconds))
            case "lost":
                outcome = Stopped("what it needed was let go: too many results were kept since")
            case _:
                outcome = _valid(lambda: replies.raised(frame))
        return outcome

    def _ready(self) -> Wire | None:
        """A child whose cells have run; none where no more are started."""
        while self._wire is None and not self._over:
            self._start()
        return self._wire

    def _start(self) -> None:
        self._wire = Wire(self._spawner.spawn(), self._limits, self._output)
        self._faults = {place: [fault] for place, fault in self._skipped.items()}
        self._definitions, self._entries = {}, 0
        for place, cell in enumerate(self._cells):
            if self._wire is None and self._over:
                self._faults.setdefault(place, [CellFault(cell.index, cell.name, 0, f"not run: {self._over}")])
            elif self._wire is None:
                return
            elif place not in self._skipped:
                self._run(self._wire, place, cell)

    def _run(self, wire: Wire, place: int, cell: Cell) -> None:
        source = np.frombuffer(cell.source.encode("utf-8", "surrogatepass"), np.uint8)
        body = {"do": "cell", "name": cell.name, "statements": cell.statements}
        try:
            frame = self._exchange(wire, body, (source,), self._limits.cell_seconds)
            _valid(lambda: self._learn(frame, place, cell))
        except StoppedError as error:
            reason = self._stop(str(error), cell.name)
            self._skipped[place] = CellFault(cell.index, cell.name, 0, reason)
            self._faults[place] = [self._skipped[place]]

    def _learn(self, frame: Frame, place: int, cell: Cell) -> None:
        faults = replies.faults(frame, cell, _late(self._limits.cell_seconds))
        definitions = replies.definitions(frame, cell)
        self._entries += len(faults) + len(definitions)
        if self._entries > _MOST_ENTRIES:
            raise FrameError(f"more than {_MOST_ENTRIES:,} definitions and faults")
        self._faults[place] = faults
        for name in replies.names(frame, "gone"):
            self._definitions.pop(name, None)
        for definition in definitions:
            self._definitions.pop(definition.name, None)
            self._definitions[definition.name] = definition

    def _exchange(self, wire: Wire, body: dict[str, Any], arrays: tuple[Array, ...], seconds: float) -> Frame:
        """The reply to one question.

        Raises:
            StoppedError: there is none, or one to another question.
        """
        self._number += 1
        seconds = max(min(seconds, self._limits.total_seconds - self._spent), 0.01)
        try:
            frame = wire.ask(Frame({**body, "n": self._number, "seconds": seconds}, arrays), seconds)
        finally:
            self._spent += wire.seconds
        if frame.body.get("n") != self._number:
            raise StoppedError("sent what is no result: an answer to another question")
        for note in _valid(lambda: replies.names(frame, "notes"))[: _MOST_NOTES - len(self._notes)]:
            self._notes[note] = None
        if self._spent >= self._limits.total_seconds:
            raise StoppedError("")
        return frame

    def _stop(self, reason: str, what: str) -> str:
        """End the child that was asked for `what`; the reason, which is the total's where that is used up."""
        self.close()
        self._lost.update(dict.fromkeys(self._here, what))
        self._here.clear()
        if self._spent >= self._limits.total_seconds:
            reason = self._over = f"all its cells and calls together {_late(self._limits.total_seconds)}"
        self._stops.append(reason)
        if len(self._stops) > self._limits.restarts:
            self._over = self._over or self._stops[0]
        return reason


class _Arguments(Sender):
    """Arguments as trees; what is kept there is named, and whatever cannot be sent is the caller's mistake."""

    def __init__(self, used: Sequence[Kept]) -> None:
        super().__init__(_ROOM, self._named)
        self.used = list(used)

    def _named(self, value: Any) -> Any:
        if isinstance(value, Kept):
            self.used.append(value)
            return ["k", value.id, list(value.path)]
        return self.array(value.array, "T") if isinstance(value, AsTensor) else None

    def unsent(self, value: Any, why: str = "") -> Any:
        raise FrameError(f"an argument that cannot be sent: {type(value).__name__} {why}".rstrip())


def _late(seconds: float) -> str:
    return f"ran longer than {seconds:.3g} s"


def _valid(read: Callable[[], T]) -> T:
    try:
        return read()
    except FrameError as error:
        raise StoppedError(f"sent what is no result: {error}") from None
