"""Time limits inside the child: an honest endless loop costs its cell or call, and not the whole process.

What ignores this is stopped by the trusted side, which keeps a clock of its own and counts in the same way.
"""

from __future__ import annotations

import signal
import time
from types import FrameType

LATE = "ran too long"
"""The message of a cell that was interrupted; how long it may run is the trusted side's to say."""
_OFTEN = 0.1
_clock, _processor = time.monotonic, time.process_time
_set_timer, _alarm = signal.setitimer, signal.ITIMER_REAL


class Interrupted(BaseException):
    """Raised in a student's code that ran longer than it may; no `except Exception` catches it."""


def spent(processor: float, wall: float) -> float:
    """The seconds that are charged: processor time, so that a busy machine makes no difference.

    What mostly waits is charged the time on the wall, and nothing takes more than five times as long as it is charged.
    """
    return wall if wall > 1 and processor < wall / 10 else max(processor, wall / 5)


class Alarm:
    """Raises Interrupted in the main thread, again and again, until it is turned off."""

    def __init__(self) -> None:
        self._limit: float | None = None
        self._wall = self._begun = 0.0
        signal.signal(signal.SIGALRM, self._ring)

    def on(self, seconds: float) -> None:
        """Interrupt whatever runs once it has used `seconds`."""
        self._wall, self._begun, self._limit = _clock(), _processor(), seconds
        _set_timer(_alarm, max(seconds, 0.001), _OFTEN)

    def off(self) -> None:
        """Interrupt nothing any more."""
        self._limit = None
        _set_timer(_alarm, 0)

    def _ring(self, _signal: int, _frame: FrameType | None) -> None:
        if self._limit is not None and spent(_processor() - self._begun, _clock() - self._wall) >= self._limit:
            raise Interrupted
