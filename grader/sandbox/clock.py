"""The time that a child may take: its processor's clock, and the deadline of one question."""

from __future__ import annotations

import time
from collections.abc import Callable

from grader.sandbox.inside.alarm import spent

_LATE, _LATE_BY = 1.25, 0.5
"""How much later than the child itself the trusted side stops it: as a factor, and in seconds."""
_LOOK_EVERY = 0.25
_SHORT = 0.02
"""What takes no longer is charged the time on the wall."""


class StoppedError(Exception):
    """There is no reply; the text says why. The child is of no further use."""


class Clock:
    """A child's processor time: as it was last read, and what was charged since without reading it."""

    def __init__(self, cpu_seconds: Callable[[], float]) -> None:
        self._cpu_seconds = cpu_seconds
        self._last = 0.0
        self.unread = _SHORT

    def known(self) -> float:
        """The processor time by now, to the length of a short question."""
        return self.read() if self.unread >= _SHORT else self._last + self.unread

    def read(self) -> float:
        """The processor time.

        Raises:
            SandboxError: the process that all children come from has ended, and this one with it.
        """
        self._last, self.unread = self._cpu_seconds(), 0.0
        return self._last


class Deadline:
    """The time of one question; the processor's clock, which takes a message, is asked where it makes a difference."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._hard = seconds * _LATE + _LATE_BY
        self._begun = clock.known()
        self._wall = time.monotonic()
        self._next = self._wall + self._hard

    def patience(self) -> float:
        """Seconds to wait before the clock is looked at again.

        Raises:
            StoppedError: they are used up.
        """
        now = time.monotonic()
        if now >= self._next:
            if self.spent() >= self._hard:
                raise StoppedError(f"ran longer than {self._seconds:.3g} s")
            self._next = now + _LOOK_EVERY
        return max(self._next - now, 0.001)

    def spent(self) -> float:
        """What is charged so far."""
        wall = time.monotonic() - self._wall
        return wall if wall < _SHORT else spent(max(self._clock.read() - self._begun, 0.0), wall)

    def end(self) -> float:
        """What is charged in the end."""
        charged = self.spent()
        if charged < _SHORT:
            self._clock.unread += charged
        return charged
