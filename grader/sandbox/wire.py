"""The pipes to a child, and the time it may take: requests go in, replies come out or a reason why there is none.

The child may be anything: it may not read, not answer, answer too much, print without end, or be gone. Nothing here
waits for it without a deadline.
"""

from __future__ import annotations

import os
import select
from typing import Protocol

from grader.errors import SandboxError
from grader.sandbox.clock import Clock, Deadline, StoppedError
from grader.sandbox.inside.frames import Bounds, Frame, FrameError, pack, read
from grader.sandbox.limits import Limits

_PIECE = 1 << 16


class Ending(Protocol):
    """How a child ended."""

    @property
    def reason(self) -> str:
        """In words: ``ended the process``."""

    @property
    def walled(self) -> bool:
        """Whether its walls were up, so that the end is the student's."""

    @property
    def stopped(self) -> bool:
        """Whether it still ran and was ended from outside."""


class Child(Protocol):
    """A process that serves `grader.sandbox.inside.serve`, by its pipes."""

    @property
    def requests(self) -> int:
        """The descriptor to write requests to."""

    @property
    def replies(self) -> int:
        """The descriptor to read replies from."""

    @property
    def output(self) -> int:
        """The descriptor to read standard output and error from."""

    def cpu_seconds(self) -> float:
        """Processor time so far."""

    def end(self) -> Ending:
        """Kill it if it still runs."""

    def close(self) -> None:
        """End it and close the descriptors."""


class Spawner(Protocol):
    """Where children come from."""

    def spawn(self) -> Child:
        """A new one."""


class Output:
    """What was printed: the first bytes are kept, the rest is read and dropped."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept = bytearray()

    def add(self, data: bytes) -> None:
        """Keep what there is room for."""
        self._kept += data[: self._most - len(self._kept)]

    @property
    def text(self) -> str:
        """What was kept, with a mark for each byte that is no text."""
        return self._kept.decode("utf-8", "replace")


class Wire:
    """A child and the clock that runs while it is asked."""

    def __init__(self, child: Child, limits: Limits, output: Output) -> None:
        self._child = child
        self._output = output
        self._clock = Clock(child.cpu_seconds)
        self._bounds = Bounds(payload=limits.answer)
        self.seconds = 0.0
        """What the last question is charged."""
        for descriptor in (child.requests, child.replies, child.output):
            os.set_blocking(descriptor, False)

    def ask(self, request: Frame, seconds: float) -> Frame:
        """The reply to `request`, for which the child may take `seconds`.

        Raises:
            StoppedError: it takes longer, ends, or sends what is no frame.
            SandboxError: it is lost, and that is the machine's fault.
            FrameError: `request` cannot be written.
        """
        data, self.seconds = pack(request), 0.0
        deadline = Deadline(self._clock, seconds)
        try:
            for piece in data:
                self._write(memoryview(piece), deadline)
            return read(lambda count: self._take(count, deadline), self._bounds)
        except FrameError as error:
            raise StoppedError(f"sent what is no result: {error}") from None
        finally:
            self.seconds = deadline.end()
            self._drain()

    def close(self) -> None:
        """End the child, and keep what it printed last."""
        try:
            self._child.end()
            self._drain()
        finally:
            self._child.close()

    def _write(self, rest: memoryview, deadline: Deadline) -> None:
        while rest:
            self._wait(self._child.requests, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._child.requests, rest[:_PIECE]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise StoppedError(self._ended()) from None

    def _take(self, count: int, deadline: Deadline) -> bytearray:
        data = bytearray()
        while len(data) < count:
            try:
                piece = os.read(self._child.replies, min(count - len(data), 1 << 20))
            except BlockingIOError:
                self._wait(self._child.replies, select.POLLIN, deadline)
                continue
            if not piece:
                raise StoppedError(self._ended())
            data += piece
        return data

    def _wait(self, descriptor: int, event: int, deadline: Deadline) -> None:
        """Until `descriptor` is ready; what is printed meanwhile is read, so that the child does not wait for that."""
        poll = select.poll()
        poll.register(descriptor, event)
        poll.register(self._child.output, select.POLLIN)
        while True:
            ready = dict(poll.poll(deadline.patience() * 1000))
            if descriptor in ready:
                return
            if self._child.output in ready and not self._printed():
                poll.unregister(self._child.output)

    def _printed(self) -> bool:
        """Read a piece of what is printed; whether there may be more some day."""
        try:
            data = os.read(self._child.output, _PIECE)
        except BlockingIOError:
            return True
        self._output.add(data)
        return bool(data)

    def _drain(self) -> None:
        """What lies in the pipe now, and no more than one could hold."""
        for _ in range(16):
            try:
                data = os.read(self._child.output, _PIECE)
            except BlockingIOError:
                return
            if not data:
                return
            self._output.add(data)

    def _ended(self) -> str:
        ending = self._child.end()
        if not ending.walled:
            raise SandboxError(f"a child of the sandbox was lost by no fault of its own: {ending.reason}")
        return "closed its pipes" if ending.stopped else ending.reason
