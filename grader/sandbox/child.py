"""One child, as the trusted side holds it: three pipes, a folder, a clock, and its end."""

from __future__ import annotations

import os
import select
import threading
import time
from contextlib import suppress

from grader.errors import SandboxError
from grader.sandbox.ending import Ending, ending
from grader.sandbox.limits import Limits
from grader.sandbox.scratch import overfull, remove
from grader.sandbox.starting import Running

_LOOK_EVERY = 0.05
"""Seconds between two looks into a folder that is no file system of its own."""


class Child:
    """A process between walls. Whoever spawned it ends it; its end is seen before that as the end of `replies`."""

    def __init__(self, running: Running, limits: Limits, number: int) -> None:
        """Fork it.

        Raises:
            SandboxError: the process that it is forked from has ended.
        """
        self.folder = running.places.children / str(number)
        self.folder.mkdir(0o700)
        self._running = running
        self._limits = limits
        self._born = time.monotonic()
        self._ending: Ending | None = None
        self._lock = threading.Lock()
        self._too_much = ""
        asked, self.requests = os.pipe()
        self.replies, answered = os.pipe()
        self.output, written = os.pipe()
        self._open = [self.requests, self.replies, self.output]
        try:
            told = running.ask({"do": "spawn", "folder": str(self.folder)}, (asked, answered, written))
        except SandboxError:
            self._give_back()
            raise
        finally:
            for descriptor in (asked, answered, written):
                os.close(descriptor)
        self._pid = told["pid"]
        self._over = threading.Event()
        if running.watched:
            threading.Thread(target=self._watch, daemon=True).start()

    def cpu_seconds(self) -> float:
        """Processor time that it has used; where the system does not tell, the time since it was born."""
        if self._ending:
            return self._ending.seconds
        told = self._running.ask({"do": "cpu", "pid": self._pid})["seconds"]
        return time.monotonic() - self._born if told is None else float(told)

    def end(self) -> Ending:
        """Kill it if it still runs, and remove its folder; what it wrote to the pipes can still be read.

        A second call says the same again.
        """
        with self._lock:
            if self._ending is None:
                self._over.set()
                self._ending = self._ended()
                with suppress(FileNotFoundError):  # it goes with the sandbox, where that was closed before
                    remove(self.folder)
            return self._ending

    def close(self) -> None:
        """End it, and give the pipes back; a second call does nothing."""
        self.end()
        self._give_back()

    def _give_back(self) -> None:
        while self._open:
            os.close(self._open.pop())

    def _ended(self) -> Ending:
        try:
            told = self._running.ask({"do": "end", "pid": self._pid, "gone": self._gone()})
        except SandboxError as fault:  # with that process all its children have ended
            return Ending.lost(str(fault))
        return ending(told, self._limits, self._too_much)

    def _gone(self) -> bool:
        """Whether it has let go of its replies, as when it ended by itself."""
        look = select.poll()
        look.register(self.replies, 0)
        return any(event & select.POLLHUP for _, event in look.poll(0))

    def _watch(self) -> None:
        """Stop it when its folder holds too much."""
        while not (self._over.wait(_LOOK_EVERY) or self._too_much):
            self._too_much = overfull(self.folder, self._limits.disk, self._limits.files)
        if self._too_much:
            with suppress(SandboxError):  # it ends with the process that would have ended it
                self._running.ask({"do": "kill", "pid": self._pid})
