"""The trusted side's hold on the sandbox: one process that imports, and a child of it for each submission."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable
from dataclasses import asdict
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.errors import SandboxError
from grader.sandbox.child import Child
from grader.sandbox.inside.plan import Layer, Plan
from grader.sandbox.limits import Limits
from grader.sandbox.readable import readable
from grader.sandbox.starting import Places, Running, Server
from grader.sandbox.walls import Walls

_NEEDED = {"landlock": "Landlock", "seccomp": "seccomp"}


class Zygote:
    """Starts on first use; may be used by several threads, each with children of its own."""

    def __init__(
        self,
        walls: Walls = Walls.STRICT,
        limits: Limits | None = None,
        libraries: Iterable[str] = (),
        *,
        hidden: Iterable[Path] = (),
        threads: int = 1,
        server: Server | None = None,
    ) -> None:
        """Nothing is started yet.

        Args:
            walls: what is asked of the machine.
            limits: what each child may use.
            libraries: modules to import before the first child, besides NumPy: each child then has them for nothing.
            hidden: files and folders that no child may read, wherever they lie.
            threads: how many threads a child may have.
            server: what runs in a child.
        """
        self.limits = limits or Limits()
        self._walls = walls
        self._libraries = tuple(libraries)
        self._hidden = tuple(hidden)
        self._threads = threads
        self._server = server or Server()
        self._running: Running | None = None
        self._lock = threading.Lock()
        self._numbers = count()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The walls, and of each whether it was seen to hold."""
        return self.start().layers

    @property
    def missing(self) -> dict[str, str]:
        """The libraries that were asked for and cannot be imported, with the reason."""
        return self.start().missing

    def start(self) -> Running:
        """Start now, if it has not been done.

        Raises:
            SandboxError: it does not start, or lacks a wall that is asked for.
        """
        with self._lock:
            if self._running is None or not self._running.ours:
                self._running = self._started()
                self._at_exit = weakref.finalize(self, self._running.close)  # for those who do not close it
            return self._running

    def spawn(self) -> Child:
        """A new child, between its walls.

        Raises:
            SandboxError: the process that it is forked from does not start.
        """
        running = self.start()
        try:
            return Child(running, self.limits, next(self._numbers))
        except SandboxError:
            self._give_up(running)  # it has died, as when the kernel chose it for lack of memory: once more, anew
            return Child(self.start(), self.limits, next(self._numbers))

    def close(self) -> None:
        """End all children and remove all folders; another `spawn` starts anew."""
        if running := self._running:
            self._give_up(running)

    def _give_up(self, running: Running) -> None:
        with self._lock:
            if self._running is not running:
                return  # another thread was first
            self._running = None
            self._at_exit.detach()
        running.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _started(self) -> Running:
        places = Places.made()
        running = Running(places, self._plan(places))
        lacking = absent(running.layers)
        if self._walls is Walls.STRICT and lacking:
            running.close()
            raise SandboxError(_refusal(lacking, running.layers))
        return running

    def _plan(self, places: Places) -> Plan:
        may_read = readable((*self._hidden, places.root))
        return Plan(
            walls=self._walls,
            canary=str(places.canary),
            children=str(places.children),
            readable=may_read.places,
            roots=may_read.roots,
            listable=may_read.listable,
            sites=may_read.sites,
            libraries=self._libraries,
            serve=(str(self._server.folder), self._server.module, self._server.function),
            limits=asdict(self.limits),
            threads=self._threads,
        )


def absent(layers: tuple[Layer, ...]) -> list[Layer]:
    """The walls without which no student's code is run, as far as they are not there."""
    return [layer for layer in layers if layer.name in _NEEDED and not layer.active]


def _refusal(absent: list[Layer], layers: tuple[Layer, ...]) -> str:
    lacks = " and ".join(f"no {_NEEDED[layer.name]} ({layer.why})" for layer in absent)
    rest = ", ".join(layer.name for layer in layers if layer.active) or "a process of its own"
    advice = f"say --sandbox weak to run it with what there is: {rest}"
    return f"this machine offers {lacks}, so no student's code is run; {advice}"
